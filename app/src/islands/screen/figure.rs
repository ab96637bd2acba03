//! From a snapshot to what is drawn: bars, shades, what each stall tells, clock times. Pure; the same on both sides.

use kaishi_domain::Moment;
use kaishi_domain::count::{Shown, Snapshot, StallCount, shown};
use kaishi_domain::crowd::{Estimate, Gauge, Level, Method};
use kaishi_domain::moment::MINUTE;

use crate::words::screen::Screen;

/// Width of a bar's drawing.
pub(crate) const BAR: i64 = 1000;
/// Shades of the map, by lightness.
pub(crate) const SHADES: i64 = 5;

/// `11:42`, by the midnight of the market's day: the browser needs no table of time zones.
pub(crate) fn clock(midnight: Moment, at: Moment) -> String {
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

/// The class of the gauge and its word; nothing to say while there is room.
pub(super) fn gauge(words: Screen, gauge: Option<&Gauge>) -> (&'static str, &'static str) {
    match gauge.map(Gauge::level) {
        None | Some(Level::Unknown | Level::Calm) => ("gauge", ""),
        Some(Level::Near) => ("gauge near", words.near()),
        Some(Level::Full) => ("gauge full", words.full()),
    }
}

/// What a stall shows beside its figure.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Tag {
    Nothing,
    /// So many numbers wait.
    Waits(i64),
    /// Nobody has come for a while.
    Quiet,
}

/// One stall as it is shown.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Cell {
    pub no: String,
    /// `554`, or `<5` where a figure is too small to be told.
    pub told: String,
    /// 1 to [`SHADES`].
    pub shade: i64,
    /// Of [`BAR`].
    pub width: i64,
    pub tag: Tag,
}

/// What colours a stall: the last quarter of an hour while the market is open, the whole day otherwise.
fn heat(seen: &Snapshot, stall: &StallCount) -> i64 {
    if seen.open { stall.last_15_min } else { stall.encounters }
}

/// The shade of a stall, 1 to [`SHADES`], by its share of the busiest one.
fn shade(n: i64, most: i64) -> i64 {
    1 + (n.max(0) * SHADES / (most + 1).max(1)).min(SHADES - 1)
}

/// Every stall as it is shown.
pub(super) fn cells(seen: &Snapshot) -> Vec<Cell> {
    let most = seen.stalls.iter().map(|stall| heat(seen, stall)).max().unwrap_or(0);
    let figures: Vec<i64> = seen.stalls.iter().map(|stall| stall.encounters).collect();
    let cell = |(stall, shown): (&StallCount, Shown)| {
        let heat = heat(seen, stall);
        Cell {
            no: stall.no.clone(),
            told: match shown {
                Shown::All(n) => n.to_string(),
                Shown::Below(n) => format!("<{n}"),
            },
            shade: shade(heat, most),
            width: pieces([heat], most)[0].1,
            tag: match stall.waiting {
                Some(n) if n > 0 => Tag::Waits(n),
                _ if stall.quiet => Tag::Quiet,
                _ => Tag::Nothing,
            },
        }
    };
    seen.stalls.iter().zip(shown(&figures)).map(cell).collect()
}

/// How many stalls have somebody, and how many of these have come.
pub(super) fn arrivals(seen: &Snapshot) -> (i64, i64) {
    let taken = seen.stalls.iter().filter(|stall| !stall.name.is_empty());
    (taken.clone().filter(|stall| stall.arrived).count() as i64, taken.count() as i64)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use kaishi_domain::count::{Encounters, Point};
    use kaishi_domain::moment::HOUR;
    use kaishi_domain::{MarketId, MarketRef, OrgId};

    pub(crate) const MIDNIGHT: Moment = Moment::from_millis(1_683_907_200_000);

    pub(crate) fn seen(minutes: &[(i64, i64)], as_of: i64) -> Snapshot {
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
            open: true,
            gauge: None,
        }
    }

    pub(crate) fn stall(no: &str, encounters: i64, last_15_min: i64) -> StallCount {
        StallCount {
            no: no.into(),
            name: "网格有约".into(),
            unit: String::new(),
            zone: "A".into(),
            encounters,
            last_15_min,
            arrived: no != "4",
            waiting: (no == "1").then_some(7),
            quiet: last_15_min == 0,
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
    fn heat_is_the_last_quarter_while_open_and_the_day_afterwards() {
        let mut seen = seen(&[], 600);
        seen.stalls = vec![stall("1", 900, 2), stall("2", 300, 40), stall("3", 3, 1), stall("4", 60, 0)];
        let look = |seen: &Snapshot| {
            cells(seen).into_iter().map(|cell| (cell.told, cell.shade, cell.tag)).collect::<Vec<_>>()
        };
        assert_eq!(
            look(&seen),
            [
                ("900".into(), 1, Tag::Waits(7)),
                ("300".into(), 5, Tag::Nothing),
                ("<5".into(), 1, Tag::Nothing),
                ("<70".into(), 1, Tag::Quiet),
            ],
            "a single small figure takes the next one with it"
        );
        seen.open = false;
        assert_eq!(cells(&seen).iter().map(|cell| cell.shade).collect::<Vec<_>>(), [5, 2, 1, 1]);
        assert_eq!(arrivals(&seen), (3, 4));
    }

    #[test]
    fn the_gauge_speaks_up_before_it_is_full() {
        let words = Screen(crate::words::Lang::Zh);
        let of = |inside| Gauge { inside, until: MIDNIGHT, capacity: Some(1000) };
        assert_eq!(gauge(words, None), ("gauge", ""));
        assert_eq!(gauge(words, Some(&of(799))), ("gauge", ""));
        assert_eq!(gauge(words, Some(&of(800))), ("gauge near", words.near()));
        assert_eq!(gauge(words, Some(&of(1000))), ("gauge full", words.full()));
    }
}
