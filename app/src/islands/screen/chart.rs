//! The curve of the morning beside last Saturday and the middle of the season. Pure; the same on both sides.

use kaishi_domain::Moment;
use kaishi_domain::count::{Point, Snapshot};
use kaishi_domain::course::{Course, Past, growth};
use kaishi_domain::market::GRACE;
use kaishi_domain::moment::{HOUR, MINUTE};

use super::figure::clock;

/// Room for the curves from side to side.
pub(super) const WIDE: f64 = 470.0;
/// And from top to bottom: beside a gauge, and alone.
const HIGH: [f64; 2] = [160.0, 270.0];
/// The axis grows by so much at a time.
const QUARTER: i64 = 15 * MINUTE;
/// Between the names of two lines.
const APART: f64 = 33.0;
/// A name needs so much room to the right of its line.
const NAME: f64 = 120.0;

/// The times of the market, by which everything is placed.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Hours {
    pub midnight: Moment,
    pub opens_at: Moment,
    pub closes_at: Moment,
}

/// What is drawn.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Chart {
    /// How high.
    pub high: f64,
    /// `x,y x,y …`: today, the Saturday before, the middle.
    pub lines: [String; 3],
    /// Where the names of the lines stand; nothing where there is no line.
    pub names: [Option<(f64, f64)>; 3],
    /// The last point of today.
    pub tip: (f64, f64),
    /// Full hours: where and which.
    pub hours: Vec<(f64, String)>,
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
    let x = |at: Moment| round(at.since(first) as f64 / until.since(first) as f64 * WIDE);
    let y = |n: i64| round(high - n as f64 / whole as f64 * high);

    let mut points = vec![(x(first), y(0))];
    let mut sum = 0;
    for (place, Point { at, n }) in seen.curve.iter().enumerate() {
        sum += n;
        let end = seen.curve.get(place + 1).map_or(now, |next| next.at);
        points.push((x(end.max(*at)), y(sum)));
    }
    if points.last().is_some_and(|(at, _)| *at < x(now)) {
        points.push((x(now), y(sum)));
    }
    let tip = points.last().copied().unwrap_or_default();
    let before = known.map(|course| {
        let course = course?;
        let inside = course.points().map(|(since, n)| (opens.plus(since), n)).filter(|(at, _)| *at > first);
        let begin = (x(first), y(course.at(first.since(opens))));
        let mut points: Vec<(f64, f64)> =
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

fn end_of(points: Option<&[(f64, f64)]>) -> Option<(f64, f64)> {
    points.and_then(|points| points.last().copied())
}

fn text(points: &[(f64, f64)]) -> String {
    points.iter().map(|(x, y)| format!("{x},{y}")).collect::<Vec<_>>().join(" ")
}

/// Full hours, six at most.
fn hours(at: Hours, first: Moment, until: Moment, x: impl Fn(Moment) -> f64) -> Vec<(f64, String)> {
    let step = HOUR * (1 + until.since(first) / HOUR / 5);
    let begin = at.midnight.plus((first.since(at.midnight) + step - 1).div_euclid(step) * step);
    (0..8)
        .map(|nth| begin.plus(nth * step))
        .take_while(|hour| *hour <= until)
        .map(|hour| (x(hour), clock(at.midnight, hour)))
        .collect()
}

/// Names stand right of the ends of their lines, those that would lie on each other one below the other.
fn names(ends: [Option<(f64, f64)>; 3], high: f64) -> [Option<(f64, f64)>; 3] {
    let mut names = ends.map(|end| end.map(|(x, y)| (x + 16.0, y + 9.0)));
    let mut order: Vec<usize> =
        (0..3).filter(|nth| ends[*nth].is_some_and(|(x, _)| x > WIDE - NAME)).collect();
    order.sort_by(|one, other| {
        names[*one].map_or(0.0, |at| at.1).total_cmp(&names[*other].map_or(0.0, |at| at.1))
    });
    let mut lowest = f64::MIN;
    for nth in &order {
        if let Some(name) = &mut names[*nth] {
            name.1 = name.1.max(lowest);
            lowest = name.1 + APART;
        }
    }
    let mut highest = high + 9.0;
    for nth in order.iter().rev() {
        if let Some(name) = &mut names[*nth] {
            name.1 = name.1.min(highest);
            highest = name.1 - APART;
        }
    }
    names
}

fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
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
        assert_eq!((drawn.high, drawn.tip), (270.0, (470.0, 0.0)));
    }

    fn at() -> Hours {
        let hour = |n| MIDNIGHT.plus(n * HOUR);
        Hours { midnight: MIDNIGHT, opens_at: hour(9), closes_at: hour(12) }
    }

    #[test]
    fn the_curve_rises_from_opening_to_now() {
        let chart = chart(&seen(&[(540, 10), (545, 30), (560, 10)], 660), &Past::default(), at());
        assert_eq!(chart.lines, ["0,160 19.6,128 78.3,32 470,0", "", ""]);
        assert_eq!((chart.tip, chart.growth), ((470.0, 0.0), None));
        let hours: Vec<&str> = chart.hours.iter().map(|(_, hour)| hour.as_str()).collect();
        assert_eq!(hours, ["09:00", "10:00", "11:00"]);
    }

    #[test]
    fn an_empty_morning_is_a_flat_line_and_a_forgotten_one_ends() {
        let before = chart(&seen(&[], 500), &Past::default(), at());
        assert_eq!((before.lines[0].as_str(), before.tip), ("0,160", (0.0, 160.0)));
        let after = chart(&seen(&[], 570), &Past::default(), at());
        assert_eq!(after.lines[0], "0,160 235,160");
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
        assert!(last.starts_with("0,160 13.1,80 26.1,0 39.2,0 ") && last.ends_with(" 470,0"), "{last}");
        assert!(chart.lines[2].starts_with("0,160 13.1,120 26.1,80 "), "{}", chart.lines[2]);
        assert_eq!(chart.growth, Some(-40));
        let [Some(today), Some(last), Some(middle)] = chart.names else { panic!("{:?}", chart.names) };
        assert_eq!((today.0, last.0, middle.0), (chart.tip.0 + 16.0, 486.0, 486.0));
        assert!((middle.1 - last.1).abs() >= APART);
    }

    #[test]
    fn names_never_lie_on_each_other() {
        for ys in [[0.0, 0.0, 0.0], [160.0, 155.0, 160.0], [100.0, 90.0, 95.0], [10.0, 150.0, 60.0]] {
            let mut at: Vec<f64> =
                names(ys.map(|y| Some((470.0, y))), 160.0).into_iter().flatten().map(|name| name.1).collect();
            at.sort_by(f64::total_cmp);
            assert!(at.windows(2).all(|pair| pair[1] - pair[0] >= APART - 0.01), "{ys:?} {at:?}");
        }
    }
}
