//! What earlier Saturdays gave to those who come again: the sum that fairness evens out, and the usual place.

use super::Past;
use crate::entry::Entry;
use crate::{MarketId, UnitId};

/// So many Saturdays are remembered.
pub const MOST: usize = 8;

/// One place of one unit on one earlier Saturday.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Was {
    /// Whose.
    pub unit: UnitId,
    /// What stood on the sign.
    pub name: String,
    /// When.
    pub market: MarketId,
    /// The stall's number.
    pub no: String,
    /// How good the spot was, 0 to 100.
    pub quality: i64,
}

/// What the entries of a market had before; `places` come the latest first. A unit with several entries at one Saturday
/// is remembered by the entry of the same name, or else by its first.
pub fn past(entries: &[Entry], places: &[Was]) -> Vec<Past> {
    let of = |entry: &Entry| {
        let unit = entry.unit?;
        let mut days: Vec<&Was> = Vec::new();
        for place in places.iter().filter(|place| place.unit == unit) {
            match days.iter_mut().find(|day| day.market == place.market) {
                Some(day) if place.name == entry.name => *day = place,
                Some(_) => {}
                None => days.push(place),
            }
        }
        days.truncate(MOST);
        Some(Past {
            entry: entry.id,
            markets: i64::try_from(days.len()).unwrap_or(0),
            quality: days.iter().map(|day| day.quality).sum(),
            last: Some(days.first()?.no.clone()),
        })
    };
    entries.iter().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::{Needs, Way};
    use crate::{EntryId, Moment};

    fn unit(n: u8) -> UnitId {
        UnitId::new(Moment::from_millis(0), [n; 10])
    }

    fn entry(n: u8, of: Option<u8>, name: &str) -> Entry {
        Entry {
            id: EntryId::new(Moment::from_millis(0), [n; 10]),
            unit: of.map(unit),
            unit_name: String::new(),
            name: name.to_owned(),
            zone: String::new(),
            services: vec![],
            needs: Needs::default(),
            wishes: vec![],
            way: Way::Take,
            arrived: false,
        }
    }

    fn was(of: u8, name: &str, day: u8, no: &str, quality: i64) -> Was {
        let market = MarketId::new(Moment::from_millis(0), [day; 10]);
        Was { unit: unit(of), name: name.to_owned(), market, no: no.to_owned(), quality }
    }

    #[test]
    fn each_saturday_counts_once_and_by_the_entry_of_the_same_name() {
        let places = [
            was(1, "就业", 2, "4", 80),
            was(1, "小个微", 2, "5", 10),
            was(2, "书画", 2, "7", 50),
            was(1, "小个微", 1, "9", 30),
        ];
        let entries = [entry(1, Some(1), "小个微"), entry(2, Some(1), "新的"), entry(3, None, "书画")];
        let found = past(&entries, &places);
        let told: Vec<_> =
            found.iter().map(|past| (past.markets, past.quality, past.last.as_deref())).collect();
        assert_eq!(told, [(2, 40, Some("5")), (2, 110, Some("4"))]);
        assert_eq!((found[0].entry, found[1].entry), (entries[0].id, entries[1].id));
        let many: Vec<_> = (0..20).map(|day| was(1, "小个微", day, "1", 10)).collect();
        assert_eq!(past(&entries[..1], &many)[0].markets, 8);
    }
}
