//! What the stage of one market tells. Pure; the same on both sides.

use kaishi_domain::Moment;
use kaishi_domain::count::Snapshot;
use kaishi_domain::course::Past;
use serde::{Deserialize, Serialize};

use super::chart::{self, Hours, WIDE};
use super::figure::{self, Cell, Tag};
use crate::islands::told::{Teller, Told};
use crate::words::Lang;
use crate::words::screen::Screen;

/// What does not change while a screen is open, as the browser has to know it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(crate) struct Stage {
    /// Language.
    pub lang: Lang,
    /// Address of the stream.
    pub events: String,
    /// The times of the market.
    pub hours: Hours,
    /// What the morning is held against.
    pub past: Past,
    /// The map that is shown.
    pub map: String,
    /// The stalls that are shown.
    pub stalls: Vec<Known>,
}

/// Number and name of a stall, and whether it has a queue: its label is placed by these.
type Known = (String, String, bool);

fn known(seen: &Snapshot) -> impl Iterator<Item = Known> {
    seen.stalls.iter().map(|stall| (stall.no.clone(), stall.name.clone(), stall.waiting.is_some()))
}

impl Stage {
    /// The stage of the figures that a page begins with.
    #[cfg(any(feature = "ssr", test))]
    pub(crate) fn of(lang: Lang, events: String, hours: Hours, past: Past, seen: &Snapshot) -> Self {
        Self { lang, events, hours, past, map: seen.map.clone(), stalls: known(seen).collect() }
    }

    /// Whether ground and stalls are still those that were drawn.
    #[cfg(any(feature = "browser", test))]
    pub(super) fn still_holds(&self, seen: &Snapshot) -> bool {
        self.map == seen.map && known(seen).eq(self.stalls.iter().cloned())
    }
}

/// All that follows a snapshot.
pub(crate) fn tell(stage: &Stage, seen: &Snapshot) -> Vec<Told> {
    let (mut told, words) = (Teller::default(), Screen(stage.lang));
    let clock = |at| figure::clock(stage.hours.midnight, at);
    told.text("as-of", clock(seen.as_of));
    told.class("told", if seen.announcements.is_empty() { "told none" } else { "told" });
    told.text("told.words", seen.announcements.join("　"));
    served(&mut told, words, stage.hours, seen);
    appeals(&mut told, seen);
    curve(&mut told, stage, seen);
    present(&mut told, words, seen, clock);
    each(&mut told, words, seen);
    told.all()
}

/// Whether the figures are fresh: red words when they are no longer.
pub(crate) fn sign(words: Screen, stale: bool) -> Vec<Told> {
    let mut told = Teller::default();
    told.class("sign", if stale { "as-of stale" } else { "as-of" });
    told.text("sign.word", if stale { words.stuck() } else { words.as_of() }.to_owned());
    told.all()
}

/// A piece of a bar.
fn piece(told: &mut Teller, mark: &str, (x, width): (i64, i64)) {
    told.attr(mark, "x", x.to_string());
    told.attr(mark, "width", width.to_string());
}

/// A figure that is seen only while it is not nought.
fn note(told: &mut Teller, mark: &str, sign: &str, n: i64) {
    told.seen(mark, n != 0);
    told.text(&format!("{mark}.n"), format!("{sign}{n}"));
}

/// The headline, what it is made of, and what belongs to it; talks stand below a line, outside.
fn served(told: &mut Teller, words: Screen, hours: Hours, seen: &Snapshot) {
    let count = &seen.encounters;
    let stands = match (seen.open, seen.as_of < hours.opens_at) {
        (true, _) => String::new(),
        (false, true) => format!("{} {}", figure::clock(hours.midnight, hours.opens_at), words.opens()),
        (false, false) => words.over().to_owned(),
    };
    told.text("stands", stands);
    told.class("total", figure::size(count.total));
    told.n("total", count.total);
    let sources = [count.scan, count.staff, count.paper];
    let pieces = figure::pieces(sources, count.total);
    for (nth, mark) in ["scan", "staff", "paper"].into_iter().enumerate() {
        piece(told, &format!("{mark}.bar"), pieces[nth]);
        told.n(mark, sources[nth]);
    }
    note(told, "late", "", count.late);
    note(told, "corrected", "−", count.corrected);
    note(told, "pending", "", count.pending_review);
    told.n("talks", seen.talks);
    told.seen("crowd", seen.crowd.is_some());
    told.text("crowd", seen.crowd.map(|crowd| figure::crowd(words, &crowd)).unwrap_or_default());
}

/// Appeals by how far they are: confirmed inside said inside all.
fn appeals(told: &mut Teller, seen: &Snapshot) {
    let count = &seen.appeals;
    told.n("raised", count.raised);
    told.n("said", count.settled_by_unit);
    let parts = [count.confirmed, count.settled_by_unit - count.confirmed];
    let [confirmed, said] = figure::pieces(parts, count.raised);
    piece(told, "confirmed.bar", confirmed);
    piece(told, "said.bar", said);
    told.n("on-spot", count.settled_on_spot);
    told.n("confirmed", count.confirmed);
    told.n("open", count.raised - count.settled_by_unit);
    told.class("overdue", if count.overdue > 0 { "late" } else { "" });
    told.n("overdue.n", count.overdue);
}

/// Names of the lines: today, the Saturday before, the middle.
pub(crate) const LINES: [&str; 3] = ["today", "last", "middle"];
/// So many hours are named below the curve at most.
pub(crate) const TICKS: usize = 6;

fn curve(told: &mut Teller, stage: &Stage, seen: &Snapshot) {
    let drawn = chart::chart(seen, &stage.past, stage.hours);
    told.seen("growth", drawn.growth.is_some());
    told.text("growth.n", drawn.growth.map(|n| format!("{n:+}%")).unwrap_or_default());
    told.attr("curve", "viewBox", format!("-340 -260 {} {}", WIDE + 1700, drawn.high + 660));
    told.attr("axis", "d", format!("M0 {}H{WIDE}", drawn.high));
    for nth in 0..TICKS {
        let (mark, hour) = (format!("hour-{nth}"), drawn.hours.get(nth));
        let (x, name) = hour.map_or((0, ""), |(x, name)| (*x, name.as_str()));
        told.seen(&mark, hour.is_some());
        told.attr(&mark, "transform", format!("translate({x} {})", drawn.high));
        told.text(&format!("{mark}.n"), name.to_owned());
    }
    for ((mark, points), name) in LINES.into_iter().zip(drawn.lines).zip(drawn.names) {
        told.attr(mark, "points", points);
        let (called, (x, y)) = (format!("{mark}.name"), name.unwrap_or_default());
        told.seen(&called, name.is_some());
        told.attr(&called, "x", x.to_string());
        told.attr(&called, "y", y.to_string());
    }
    told.attr("tip", "cx", drawn.tip.0.to_string());
    told.attr("tip", "cy", drawn.tip.1.to_string());
}

/// Units that have come, phones whose records have not, and how full it is.
fn present(told: &mut Teller, words: Screen, seen: &Snapshot, clock: impl Fn(Moment) -> String) {
    let (come, taken) = figure::arrivals(seen);
    told.n("come", come);
    told.n("taken", taken);
    piece(told, "come.bar", figure::pieces([come], taken)[0]);
    told.seen("missing", seen.devices_missing.devices != 0);
    told.text("missing.words", words.missing(seen.devices_missing));

    let gauge = seen.gauge.as_ref();
    let (class, says) = figure::gauge(words, gauge);
    told.class("gauge", class);
    told.seen("gauge", gauge.is_some());
    let inside = gauge.map_or(0, |gauge| gauge.inside);
    told.n("inside", inside);
    let capacity = gauge.and_then(|gauge| gauge.capacity);
    let approved = match capacity {
        Some(most) => format!("／{} {most}", words.approved()),
        None => format!("／{}", words.not_approved()),
    };
    told.text("approved", approved);
    let most = capacity.unwrap_or(0);
    piece(told, "within.bar", figure::pieces([inside.min(most)], most)[0]);
    told.text("gauge.says", says.to_owned());
    told.text("gauge.until", gauge.map(|gauge| clock(gauge.until)).unwrap_or_default());
}

/// The stalls, on the map and in the list, and what their colours and signs say.
fn each(told: &mut Teller, words: Screen, seen: &Snapshot) {
    told.seen("means.quiet", seen.open);
    told.seen("means.waits", seen.stalls.iter().any(|stall| stall.waiting.is_some()));
    told.text("colour", if seen.open { words.just_now() } else { words.whole_day() }.to_owned());
    for Cell { no, told: n, shade, width, tag } in figure::cells(seen) {
        let (quiet, says) = match tag {
            Tag::Nothing => ("", String::new()),
            Tag::Waits(n) => ("", format!("{} {n}", words.waits())),
            Tag::Quiet => (" quiet", words.quiet().to_owned()),
        };
        told.class(&format!("stall {no}"), &format!("stall shade-{shade}{quiet}"));
        told.text(&format!("n {no}"), n);
        told.text(&format!("tag {no}"), says);
        told.attr(&format!("heat {no}"), "width", width.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::super::figure::tests::{MIDNIGHT, seen};
    use super::*;
    use kaishi_domain::moment::HOUR;

    fn stage(seen: &Snapshot) -> Stage {
        let hour = |n| MIDNIGHT.plus(n * HOUR);
        let hours = Hours { midnight: MIDNIGHT, opens_at: hour(9), closes_at: hour(12) };
        Stage::of(Lang::Zh, "/events".into(), hours, Past::default(), seen)
    }

    #[test]
    fn a_screen_loads_itself_again_when_the_ground_or_the_stalls_are_others() {
        let (one, mut other) = (seen(&[], 600), seen(&[(601, 4)], 610));
        let stage = stage(&one);
        assert!(stage.still_holds(&other));
        other.stalls.push(figure::tests::stall("15", 0, 0));
        assert!(!stage.still_holds(&other));
        assert!(!stage.still_holds(&Snapshot { map: "rain-1".into(), ..one.clone() }));
    }

    #[test]
    fn lines_stand_in_the_same_order_whatever_the_figures_are() {
        let mut busy = seen(&[(540, 10), (545, 30)], 700);
        busy.stalls.push(figure::tests::stall("1", 40, 12));
        let mut quiet = seen(&[], 500);
        quiet.stalls.push(figure::tests::stall("1", 0, 0));
        quiet.open = false;
        let marks = |seen: &Snapshot| -> Vec<_> {
            tell(&stage(seen), seen).into_iter().map(|line| (line.mark, line.what)).collect()
        };
        assert_eq!(marks(&busy), marks(&quiet));
        let mut twice = marks(&busy);
        twice.sort();
        twice.dedup();
        assert_eq!(twice.len(), marks(&busy).len(), "and none is told twice");
    }
}
