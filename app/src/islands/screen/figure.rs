//! From a snapshot to what is drawn: bars, the curve, shades, clock times. Pure; the same on both sides.

use kaishi_domain::Moment;
use kaishi_domain::count::{Encounters, Point, Snapshot, StallCount};
use kaishi_domain::crowd::{Estimate, Method};
use kaishi_domain::moment::{HOUR, MINUTE};

use crate::words::screen::Screen;

/// Width of a bar's drawing.
pub(super) const BAR: i64 = 1000;
/// Room for the curve.
pub(super) const CURVE: (f64, f64) = (600.0, 230.0);
/// Shades of the map, by lightness.
pub(super) const SHADES: i64 = 5;

/// `11:42`, by the midnight of the market's day: the browser needs no table of time zones.
pub(super) fn clock(midnight: Moment, at: Moment) -> String {
    let minutes = at.since(midnight).div_euclid(MINUTE).rem_euclid(24 * 60);
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Parts of a whole as pieces of a bar: where each begins and how wide it is.
pub(super) fn pieces<const N: usize>(parts: [i64; N], whole: i64) -> [(i64, i64); N] {
    let whole = whole.max(1);
    let mut before = 0;
    parts.map(|part| {
        let left = before * BAR / whole;
        before += part.max(0);
        (left, (before * BAR / whole).min(BAR) - left)
    })
}

/// The sources in the order of the bar.
pub(super) const fn sources(split: &Encounters) -> [i64; 3] {
    [split.scan, split.staff, split.paper]
}

/// How many people came, never without the word that it is an estimate and how it was made.
pub(super) fn crowd(words: Screen, told: &Estimate) -> String {
    let how = match told.method {
        Method::Gate => words.gates(),
        Method::Sample => words.samples(),
        Method::Walk => words.walks(),
    };
    format!("{} {how} {}（{}–{}）", words.crowd(), told.visitors, told.low, told.high)
}

/// How many letters the headline has, for its size.
pub(super) fn size(total: i64) -> &'static str {
    match total {
        ..10_000 => "total",
        10_000..100_000 => "total five",
        _ => "total many",
    }
}

/// The shade of a stall, 1 to [`SHADES`], by its share of the busiest one.
pub(super) fn shade(n: i64, most: i64) -> i64 {
    1 + (n.max(0) * SHADES / (most + 1).max(1)).min(SHADES - 1)
}

/// The busiest stall's figure.
pub(super) fn most(stalls: &[StallCount]) -> i64 {
    stalls.iter().map(|stall| stall.encounters).max().unwrap_or(0)
}

/// How many stalls have somebody, and how many of these have come.
pub(super) fn arrivals(stalls: &[StallCount]) -> (usize, usize) {
    let taken = stalls.iter().filter(|stall| !stall.name.is_empty());
    (taken.clone().filter(|stall| stall.arrived).count(), taken.count())
}

/// The morning as a rising line.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Curve {
    /// `x,y x,y …`
    pub points: String,
    /// The last point.
    pub tip: (f64, f64),
    /// Full hours: where and which.
    pub hours: Vec<(f64, String)>,
}

/// Adds the buckets up and draws them from opening until now.
pub(super) fn curve(seen: &Snapshot, opens_at: Moment, midnight: Moment) -> Curve {
    let first = seen.curve.first().map_or(opens_at, |point| point.at.min(opens_at));
    let last = seen.curve.last().map_or(first, |point| point.at);
    let until = seen.as_of.max(last).max(first.plus(HOUR));
    let whole = seen.curve.iter().map(|point| point.n).sum::<i64>().max(1);
    let x = |at: Moment| round(at.since(first) as f64 / until.since(first) as f64 * CURVE.0);
    let y = |n: i64| round(CURVE.1 - n as f64 / whole as f64 * CURVE.1);
    let mut points = vec![(x(first), y(0))];
    let mut sum = 0;
    for (place, Point { at, n }) in seen.curve.iter().enumerate() {
        sum += n;
        let end = seen.curve.get(place + 1).map_or(seen.as_of.max(*at), |next| next.at);
        points.push((x(end.max(*at)), y(sum)));
    }
    let now = seen.as_of.max(first);
    if points.last().is_some_and(|(at, _)| *at < x(now)) {
        points.push((x(now), y(sum)));
    }
    let span = until.since(first) / HOUR;
    let step = HOUR * (1 + span / 5);
    let begin = midnight.plus((first.since(midnight) + step - 1).div_euclid(step) * step);
    let hours = (0..8)
        .map(|nth| begin.plus(nth * step))
        .take_while(|at| *at <= until)
        .map(|at| (x(at), clock(midnight, at)))
        .collect();
    let text: Vec<String> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
    Curve { points: text.join(" "), tip: points.last().copied().unwrap_or_default(), hours }
}

fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use kaishi_domain::{MarketId, MarketRef, OrgId};

    const MIDNIGHT: Moment = Moment::from_millis(1_683_907_200_000);

    fn seen(minutes: &[(i64, i64)], as_of: i64) -> Snapshot {
        let now = MIDNIGHT.plus(as_of * MINUTE);
        Snapshot {
            market: MarketRef { org: OrgId::from_bytes([0; 3]), market: MarketId::new(now, [0; 10]) },
            as_of: now,
            version: 1,
            map: "fair-1".into(),
            encounters: Encounters::default(),
            talks: 0,
            devices_about: 0,
            appeals: kaishi_domain::count::Appeals::default(),
            stalls: Vec::new(),
            curve: minutes.iter().map(|(at, n)| Point { at: MIDNIGHT.plus(at * MINUTE), n: *n }).collect(),
            announcements: Vec::new(),
            devices_missing: kaishi_domain::device::Missing::default(),
            crowd: None,
        }
    }

    #[test]
    fn the_wall_of_the_square_shows_its_own_time() {
        assert_eq!(clock(MIDNIGHT, MIDNIGHT.plus(702 * MINUTE)), "11:42");
        assert_eq!(clock(MIDNIGHT, MIDNIGHT.plus(25 * HOUR)), "01:00");
        assert_eq!(clock(MIDNIGHT, MIDNIGHT.plus(-HOUR)), "23:00");
    }

    #[test]
    fn the_crowd_is_told_as_an_estimate_by_its_method() {
        let told =
            Estimate { method: Method::Sample, visitors: 1980, low: 1500, high: 2460, seen: 660, looks: 3 };
        let line = crowd(Screen(crate::words::Lang::Zh), &told);
        assert_eq!(line, "到场（估算） 抽样 1980（1500–2460）");
    }

    #[test]
    fn pieces_of_a_bar_fill_it_without_gap() {
        assert_eq!(pieces([3435, 1602, 0], 5037), [(0, 681), (681, 319), (1000, 0)]);
        assert_eq!(pieces([0, 0, 0], 0), [(0, 0), (0, 0), (0, 0)]);
        assert_eq!(pieces([31, 14], 63), [(0, 492), (492, 222)]);
    }

    #[test]
    fn the_busiest_stall_is_the_brightest() {
        let shades: Vec<i64> = [0, 176, 388, 486, 742].map(|n| shade(n, 742)).into();
        assert_eq!(shades, [1, 2, 3, 4, 5]);
        assert_eq!(shade(0, 0), 1);
    }

    #[test]
    fn the_curve_rises_from_opening_to_now() {
        let opens = MIDNIGHT.plus(9 * HOUR);
        let curve = curve(&seen(&[(540, 10), (545, 30), (560, 10)], 660), opens, MIDNIGHT);
        assert_eq!(curve.points, "0,230 25,184 100,46 600,0");
        assert_eq!(curve.tip, (600.0, 0.0));
        let hours: Vec<&str> = curve.hours.iter().map(|(_, hour)| hour.as_str()).collect();
        assert_eq!(hours, ["09:00", "10:00", "11:00"]);
    }

    #[test]
    fn an_empty_morning_is_a_flat_line() {
        let opens = MIDNIGHT.plus(9 * HOUR);
        let before = curve(&seen(&[], 500), opens, MIDNIGHT);
        assert_eq!((before.points.as_str(), before.tip), ("0,230", (0.0, 230.0)));
        let after = curve(&seen(&[], 570), opens, MIDNIGHT);
        assert_eq!(after.points, "0,230 300,230");
    }
}
