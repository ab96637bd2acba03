//! What several markets of one day tell on one stage. Pure; the same on both sides.

use kaishi_domain::Moment;
use kaishi_domain::count::Snapshot;
use kaishi_domain::crowd::Level;
use serde::{Deserialize, Serialize};

use super::figure;
use crate::islands::told::{Teller, Told};
use crate::words::Lang;
use crate::words::screen::Screen;

/// Figures that are so much older than the newest of the others are marked.
const BEHIND: i64 = 20_000;

/// What the browser has to know, and the newest figures.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(crate) struct Street {
    /// Language.
    pub lang: Lang,
    /// Address of the stream.
    pub events: String,
    /// The beginning of the day at the place of the markets.
    pub midnight: Moment,
    /// The markets, a row each.
    pub seen: Vec<Snapshot>,
}

/// A figure of a market.
type Figure = fn(&Snapshot) -> i64;

/// The columns after the headline: appeals by how far they are, who has come.
pub(crate) const COLUMNS: [Figure; 5] = [
    |seen| seen.appeals.raised,
    |seen| seen.appeals.settled_by_unit,
    |seen| seen.appeals.confirmed,
    |seen| seen.appeals.overdue,
    |seen| seen.devices_missing.records,
];
/// Which of them is red when it is not nought.
const OVERDUE: usize = 3;

fn just(seen: &Snapshot) -> i64 {
    seen.stalls.iter().map(|stall| stall.last_15_min).sum()
}

/// All that follows.
pub(crate) fn tell(street: &Street) -> Vec<Told> {
    let (mut told, words) = (Teller::default(), Screen(street.lang));
    let newest = street.seen.iter().map(|seen| seen.as_of).max().unwrap_or(street.midnight);
    told.text("as-of", figure::clock(street.midnight, newest));
    let total = street.seen.iter().map(|seen| seen.encounters.total).sum();
    told.class("total", figure::size(total));
    told.n("total", total);
    for (nth, column) in COLUMNS.into_iter().enumerate() {
        let (mark, n) = (format!("sum-{nth}"), street.seen.iter().map(column).sum());
        told.class(&mark, if nth == OVERDUE && n > 0 { "late" } else { "" });
        told.n(&mark, n);
    }
    for (nth, seen) in street.seen.iter().enumerate() {
        row(&mut told, words, &format!("row-{nth}"), seen, newest, street.midnight);
    }
    told.all()
}

fn row(told: &mut Teller, words: Screen, row: &str, seen: &Snapshot, newest: Moment, midnight: Moment) {
    let at = |name: &str| format!("{row}.{name}");
    let behind = newest.since(seen.as_of) > BEHIND;
    told.class(row, if behind { "behind" } else { "" });
    let stands = match (behind, seen.open) {
        (true, _) => format!("{} {}", words.stuck(), figure::clock(midnight, seen.as_of)),
        (false, false) => words.shut().to_owned(),
        (false, true) => String::new(),
    };
    told.text(&at("stands"), stands);
    told.n(&at("total"), seen.encounters.total);
    told.n(&at("just"), just(seen));
    for (nth, column) in COLUMNS.into_iter().enumerate() {
        let (mark, n) = (format!("{row}.{nth}"), column(seen));
        told.class(&mark, if nth == OVERDUE && n > 0 { "figure late" } else { "figure" });
        told.n(&mark, n);
    }
    let (come, of) = figure::arrivals(seen);
    told.text(&at("arrived"), format!("{come}／{of}"));
    let inside = match seen.gauge.map(|gauge| (gauge.inside, gauge.capacity)) {
        Some((inside, Some(most))) => format!("{inside}／{most}"),
        Some((inside, None)) => inside.to_string(),
        None => "—".to_owned(),
    };
    let level = match seen.gauge.map(|gauge| gauge.level()) {
        Some(Level::Full) => "figure full",
        Some(Level::Near) => "figure near",
        _ => "figure",
    };
    told.class(&at("inside"), level);
    told.text(&at("inside"), inside);
}

#[cfg(test)]
mod tests {
    use super::super::figure::tests::{MIDNIGHT, seen};
    use super::*;
    use crate::islands::told::What;

    fn classes(seen: Vec<Snapshot>) -> Vec<String> {
        let street = Street { lang: Lang::Zh, events: String::new(), midnight: MIDNIGHT, seen };
        let rows = tell(&street).into_iter().filter(|line| line.what == What::Attr("class"));
        rows.filter(|line| ["row-0", "row-1"].contains(&line.mark.as_str()))
            .filter_map(|line| line.value)
            .collect()
    }

    #[test]
    fn a_market_whose_figures_stand_still_while_others_go_on_is_marked() {
        assert_eq!(classes(vec![seen(&[], 600), seen(&[], 601)]), ["behind", ""]);
        assert_eq!(classes(vec![seen(&[], 600)]), [""], "alone it is the stream's sign that tells");
        assert!(classes(Vec::new()).is_empty());
    }
}
