//! The curve of the morning beside last Saturday and the middle of the season, in whole tenths of a unit: writing parts
//! of one is code that a page has to load. Pure; the same on both sides.

use kaishi_domain::Moment;
use kaishi_domain::count::Snapshot;
use kaishi_domain::course::{Course, Past, growth};
use kaishi_domain::market::GRACE;
use kaishi_domain::moment::{HOUR, MINUTE};
use kaishi_domain::order::Order as _;
use serde::{Deserialize, Serialize};

use super::figure::clock;

/// Room for the curves from side to side.
pub(super) const WIDE: i64 = 4700;
/// And from top to bottom: beside a gauge, and alone.
const HIGH: [i64; 2] = [1600, 2700];
/// The axis grows by so much at a time.
const QUARTER: i64 = 15 * MINUTE;
/// Between the names of two lines.
const APART: i64 = 330;
/// A name needs so much room to the right of its line.
const NAME: i64 = 1200;
/// A name stands so far right of the end of its line, and so far below.
const BESIDE: (i64, i64) = (160, 90);
/// The lowest name stands so far above the axis.
const ABOVE: i64 = 60;

/// The times of the market, by which everything is placed.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub(crate) struct Hours {
    /// The beginning of its day at its place.
    pub midnight: Moment,
    /// Opening.
    pub opens_at: Moment,
    /// Closing.
    pub closes_at: Moment,
}

/// A point of the picture.
type Point = (i64, i64);

/// What is drawn.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Chart {
    /// How high.
    pub high: i64,
    /// `x,y x,y …`: today, the Saturday before, the middle.
    pub lines: [String; 3],
    /// Where the names of the lines stand; nothing where there is no line.
    pub names: [Option<Point>; 3],
    /// The last point of today.
    pub tip: Point,
    /// Full hours: where and which.
    pub hours: Vec<(i64, String)>,
    /// By how many hundredths today is more than the Saturday before was at the same time.
    pub growth: Option<i64>,
}

/// Everything on one scale that holds all of it.
pub(super) fn chart(seen: &Snapshot, past: &Past, at: Hours) -> Chart {
    let opens = at.opens_at;
    let first = seen.curve.first().map_or(opens, |point| point.at.min(opens));
    let last = seen.curve.last().map_or(first, |point| point.at);
    let now = seen.as_of.min(at.closes_at.plus(GRACE)).max(last).max(first);
    let known = [past.last.as_ref(), past.middle.as_ref()];
    let end = known.into_iter().flatten().map(Course::end).max().unwrap_or(0);
    let quarter = at.midnight.plus((now.since(at.midnight) + QUARTER - 1).div_euclid(QUARTER) * QUARTER);
    let until = quarter.max(opens.plus(end)).max(first.plus(HOUR));
    let total: i64 = seen.curve.iter().map(|point| point.n).sum();
    let high = HIGH[usize::from(seen.gauge.is_none())];
    let whole = known.into_iter().flatten().map(Course::total).max().unwrap_or(0).max(total).max(1);
    let x = |at: Moment| part(at.since(first), until.since(first), WIDE);
    let y = |n: i64| high - part(n, whole, high);

    let mut points = vec![(x(first), y(0))];
    let mut sum = 0;
    for (place, bucket) in seen.curve.iter().enumerate() {
        sum += bucket.n;
        let end = seen.curve.get(place + 1).map_or(now, |next| next.at);
        points.push((x(end.max(bucket.at)), y(sum)));
    }
    if points.last().is_some_and(|(at, _)| *at < x(now)) {
        points.push((x(now), y(sum)));
    }
    let tip = points.last().copied().unwrap_or_default();
    let before = known.map(|course| {
        let course = course?;
        let inside = course.points().map(|(since, n)| (opens.plus(since), n)).filter(|(at, _)| *at > first);
        let begin = (x(first), y(course.at(first.since(opens))));
        let mut points: Vec<Point> =
            std::iter::once(begin).chain(inside.map(|(at, n)| (x(at), y(n)))).collect();
        points.push((WIDE, y(course.total())));
        Some(points)
    });
    let ends = [Some(tip), end_of(before[0].as_deref()), end_of(before[1].as_deref())];
    let [yesterday, middle] = before.map(|points| points.map(|points| text(&points)).unwrap_or_default());
    let behind = past.last.as_ref().and_then(|course| growth(total, course.at(now.since(opens))));
    Chart {
        high,
        lines: [text(&points), yesterday, middle],
        names: names(ends, high),
        tip,
        hours: hours(at, first, until, x),
        growth: behind,
    }
}

fn end_of(points: Option<&[Point]>) -> Option<Point> {
    points.and_then(|points| points.last().copied())
}

fn text(points: &[Point]) -> String {
    points.iter().map(|(x, y)| format!("{x},{y}")).collect::<Vec<_>>().join(" ")
}

/// Full hours, six at most.
fn hours(at: Hours, first: Moment, until: Moment, x: impl Fn(Moment) -> i64) -> Vec<(i64, String)> {
    let step = HOUR * (1 + until.since(first) / HOUR / 5);
    let begin = at.midnight.plus((first.since(at.midnight) + step - 1).div_euclid(step) * step);
    (0..8)
        .map(|nth| begin.plus(nth * step))
        .take_while(|hour| *hour <= until)
        .map(|hour| (x(hour), clock(at.midnight, hour)))
        .collect()
}

/// Names stand right of the ends of their lines, those that would lie on each other one below the other.
fn names(ends: [Option<Point>; 3], high: i64) -> [Option<Point>; 3] {
    let mut names = ends.map(|end| end.map(|(x, y)| (x + BESIDE.0, y + BESIDE.1)));
    let mut order: Vec<usize> =
        (0..3).filter(|nth| ends[*nth].is_some_and(|(x, _)| x > WIDE - NAME)).collect();
    order.order_by_key(|nth| names[*nth].map(|at| at.1));
    let mut lowest = i64::MIN;
    for nth in &order {
        if let Some(name) = &mut names[*nth] {
            name.1 = name.1.max(lowest);
            lowest = name.1 + APART;
        }
    }
    // A name lies on its line, but never on the axis.
    let mut highest = high - ABOVE;
    for nth in order.iter().rev() {
        if let Some(name) = &mut names[*nth] {
            name.1 = name.1.min(highest);
            highest = name.1 - APART;
        }
    }
    names
}

/// So much of a length, rounded.
const fn part(of: i64, whole: i64, length: i64) -> i64 {
    (2 * of * length + whole).div_euclid(2 * whole)
}

#[cfg(test)]
mod tests {
    use super::super::TICKS;
    use super::super::figure::tests::{MIDNIGHT, seen as bare};
    use super::*;
    use kaishi_domain::crowd::Gauge;

    /// With a gauge beside it.
    fn seen(minutes: &[(i64, i64)], as_of: i64) -> Snapshot {
        let gauge = Some(Gauge { inside: 1, until: MIDNIGHT, capacity: None });
        Snapshot { gauge, ..bare(minutes, as_of) }
    }

    #[test]
    fn without_a_gauge_the_curve_has_its_room() {
        let drawn = chart(&bare(&[(540, 10)], 600), &Past::default(), at());
        assert_eq!((drawn.high, drawn.tip), (2700, (4700, 0)));
    }

    fn at() -> Hours {
        let hour = |n| MIDNIGHT.plus(n * HOUR);
        Hours { midnight: MIDNIGHT, opens_at: hour(9), closes_at: hour(12) }
    }

    #[test]
    fn the_curve_rises_from_opening_to_now() {
        let chart = chart(&seen(&[(540, 10), (545, 30), (560, 10)], 660), &Past::default(), at());
        assert_eq!(chart.lines, ["0,1600 196,1280 783,320 4700,0", "", ""]);
        assert_eq!((chart.tip, chart.growth), ((4700, 0), None));
        let hours: Vec<&str> = chart.hours.iter().map(|(_, hour)| hour.as_str()).collect();
        assert_eq!(hours, ["09:00", "10:00", "11:00"]);
    }

    #[test]
    fn an_empty_morning_is_a_flat_line_and_a_forgotten_one_ends() {
        let before = chart(&seen(&[], 500), &Past::default(), at());
        assert_eq!((before.lines[0].as_str(), before.tip), ("0,1600", (0, 1600)));
        let after = chart(&seen(&[], 570), &Past::default(), at());
        assert_eq!(after.lines[0], "0,1600 2350,1600");
        let (noon, night) = (
            chart(&seen(&[(540, 9)], 750), &Past::default(), at()),
            chart(&seen(&[(540, 9)], 1400), &Past::default(), at()),
        );
        assert_eq!(noon, night, "half an hour after closing the line stands");
    }

    #[test]
    fn the_axis_moves_by_quarters_so_that_little_is_drawn_anew() {
        let hours = |now| chart(&seen(&[(540, 9)], now), &Past::default(), at()).hours;
        assert_eq!(hours(661), hours(674));
        assert_ne!(hours(661), hours(676));
    }

    #[test]
    fn last_saturday_and_the_middle_lie_on_the_same_scale() {
        let course = |n| Course::of([(6, n), (7, n), (41, 0)]);
        let past = Past { last: Some(course(100)), middle: Some(course(50)) };
        let chart = chart(&seen(&[(540, 80), (545, 40)], 550), &past, at());
        let last = &chart.lines[1];
        assert!(last.starts_with("0,1600 131,800 261,0 392,0 ") && last.ends_with(" 4700,0"), "{last}");
        assert!(chart.lines[2].starts_with("0,1600 131,1200 261,800 "), "{}", chart.lines[2]);
        assert_eq!(chart.growth, Some(-40));
        let [Some(today), Some(last), Some(middle)] = chart.names else { panic!("{:?}", chart.names) };
        assert_eq!((today.0, last.0, middle.0), (chart.tip.0 + 160, 4860, 4860));
        assert!((middle.1 - last.1).abs() >= APART);
    }

    #[test]
    fn names_never_lie_on_each_other() {
        for ys in [[0, 0, 0], [1600, 1550, 1600], [1000, 900, 950], [100, 1500, 600]] {
            let mut at: Vec<i64> =
                names(ys.map(|y| Some((4700, y))), 1600).into_iter().flatten().map(|name| name.1).collect();
            at.sort_unstable();
            assert!(at.windows(2).all(|pair| pair[1] - pair[0] >= APART), "{ys:?} {at:?}");
        }
    }

    #[test]
    fn no_day_has_more_hours_than_are_drawn() {
        for opens in (0..24 * 60).step_by(7) {
            for minute in opens..24 * 60 {
                let hours = Hours { opens_at: MIDNIGHT.plus(opens * MINUTE), ..at() };
                let (first, until) = (hours.opens_at, MIDNIGHT.plus((minute + 60) * MINUTE));
                let drawn = super::hours(hours, first, until, |_| 0).len();
                assert!(drawn <= TICKS, "{opens} {minute} {drawn}");
            }
        }
    }
}
