//! The course of a morning: people served so far, step by step, and the middle of several mornings.

use serde::{Deserialize, Serialize};

use crate::market::GRACE;
use crate::moment::MINUTE;

/// One step of a course, in milliseconds. The first begins [`GRACE`] before opening.
pub const STEP: i64 = 5 * MINUTE;
/// A course has at most the steps of a day.
const MOST: usize = 288;
/// Fewer mornings have no middle worth a line.
const ENOUGH: usize = 3;

/// People served until the end of each step.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Course(Vec<i64>);

impl Course {
    /// From people a step, in any order. A clock that was days off belongs to the edge.
    pub fn of(steps: impl IntoIterator<Item = (i64, i64)>) -> Self {
        let mut each: Vec<i64> = Vec::new();
        for (step, n) in steps {
            let at = usize::try_from(step.max(0)).unwrap_or(MOST).min(MOST - 1);
            if each.len() <= at {
                each.resize(at + 1, 0);
            }
            each[at] += n;
        }
        let mut sum = 0;
        for n in &mut each {
            sum += *n;
            *n = sum;
        }
        Self(each)
    }

    /// All of the morning.
    pub fn total(&self) -> i64 {
        self.0.last().copied().unwrap_or(0)
    }

    /// So long after opening the last step ends, in milliseconds.
    pub fn end(&self) -> i64 {
        self.0.len() as i64 * STEP - GRACE
    }

    /// People served so long after opening, between two steps by the straight line.
    pub fn at(&self, since: i64) -> i64 {
        let passed = (since + GRACE).max(0);
        let until = |step: i64| {
            usize::try_from(step).ok().and_then(|step| self.0.get(step).copied()).unwrap_or(self.total())
        };
        let (step, part) = (passed / STEP, passed % STEP);
        let before = if step == 0 { 0 } else { until(step - 1) };
        before + (until(step) - before) * part / STEP
    }

    /// Each step's end, in milliseconds since opening, with the people served until then; the beginning first.
    pub fn points(&self) -> impl Iterator<Item = (i64, i64)> {
        let ends = self.0.iter().zip(1..).map(|(n, step)| (step * STEP - GRACE, *n));
        std::iter::once((-GRACE, 0)).chain(ends)
    }

    /// The middle of several mornings, moment by moment.
    pub fn middle(all: &[Self]) -> Option<Self> {
        if all.len() < ENOUGH {
            return None;
        }
        let steps = all.iter().map(|course| course.0.len()).max().unwrap_or(0);
        let middle = |step: usize| {
            let mut here: Vec<i64> =
                all.iter().map(|course| course.0.get(step).copied().unwrap_or(course.total())).collect();
            here.sort_unstable();
            i64::midpoint(here[(here.len() - 1) / 2], here[here.len() / 2])
        };
        Some(Self((0..steps).map(middle).collect()))
    }
}

/// What a morning is held against.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Past {
    /// The Saturday before.
    pub last: Option<Course>,
    /// The middle of the season so far.
    pub middle: Option<Course>,
}

/// By how many hundredths `now` is more than `then`, rounded; nothing where `then` is too small to say.
pub fn growth(now: i64, then: i64) -> Option<i64> {
    const LEAST: i64 = 50;
    (then >= LEAST).then(|| ((now - then) * 200 + then).div_euclid(then * 2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_course_adds_up_and_is_read_between_its_steps() {
        let course = Course::of([(6, 10), (8, 30), (-900, 2), (6, 10)]);
        assert_eq!(course, Course(vec![2, 2, 2, 2, 2, 2, 22, 22, 52]));
        assert_eq!((course.total(), course.end()), (52, 15 * MINUTE));
        let at = [(-HOUR_BEFORE, 0), (0, 2), (150_000, 12), (5 * MINUTE, 22), (15 * MINUTE, 52), (DAY, 52)];
        for (since, n) in at {
            assert_eq!(course.at(since), n, "{since}");
        }
        assert_eq!(course.points().last(), Some((15 * MINUTE, 52)));
        assert_eq!(Course::of([(i64::MAX, 1)]).0.len(), MOST);
        assert_eq!((Course::default().at(0), Course::default().total()), (0, 0));
    }

    const HOUR_BEFORE: i64 = 60 * MINUTE;
    const DAY: i64 = 24 * HOUR_BEFORE;

    #[test]
    fn the_middle_wants_three_mornings() {
        let morning = |n| Course::of([(6, n), (7, n)]);
        assert_eq!(Course::middle(&[morning(1), morning(9)]), None);
        assert_eq!(Course::middle(&[morning(1), morning(9), morning(5)]), Some(morning(5)));
        let four = [morning(1), morning(9), morning(5), Course::of([(6, 7)])];
        assert_eq!(Course::middle(&four), Some(Course(vec![0, 0, 0, 0, 0, 0, 6, 8])));
    }

    #[test]
    fn growth_is_told_in_whole_hundredths_and_not_against_nothing() {
        let cases = [
            (119, 100, Some(19)),
            (100, 100, Some(0)),
            (81, 100, Some(-19)),
            (0, 50, Some(-100)),
            (1, 200, Some(-99)),
        ];
        for (now, then, said) in cases {
            assert_eq!(growth(now, then), said, "{now} {then}");
        }
        assert_eq!((growth(9, 49), growth(9, 0)), (None, None));
    }

    proptest! {
        #[test]
        fn the_middle_of_mornings_never_falls(all in prop::collection::vec(prop::collection::vec((-2_i64..300, 0_i64..90), 0..40), 3..9)) {
            let courses: Vec<Course> = all.into_iter().map(Course::of).collect();
            let middle = Course::middle(&courses).unwrap();
            prop_assert!(middle.0.windows(2).all(|pair| pair[0] <= pair[1]));
            let (least, most) = (courses.iter().map(Course::total).min(), courses.iter().map(Course::total).max());
            prop_assert!(least.unwrap() <= middle.total() && middle.total() <= most.unwrap());
        }
    }
}
