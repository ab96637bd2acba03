//! Printed numbers: how they go on, and how a selection is numbered anew in one step.
//!
//! Numbering never touches an id and never makes two stalls share a number: where a stall outside the
//! selection has a number that is wanted, it takes one that the selection gives up.

use serde::{Deserialize, Serialize};

use super::super::{Layout, Stall, number_order};
use crate::geometry::Point;
use crate::map::{Map, Set};
use crate::order::{Gather, Order};
use crate::{Refusal, StallId};

/// What stands before the figure.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Prefix {
    /// `1`, `2`, `3`.
    #[default]
    None,
    /// The same letters for all: `A1`, `A2`.
    Letters(String),
    /// The letter of the stall's slogan zone; each zone begins at the start: `A1`, `A2`, `B1`.
    Zone,
}

/// In which order stalls are read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// Row after row from the north, each from west to east.
    #[default]
    Rows,
    /// Column after column from the west, each from north to south.
    Columns,
}

/// A way to number stalls.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Scheme {
    /// What stands before the figure.
    pub prefix: Prefix,
    /// One slogan zone after the other.
    pub by_zone: bool,
    /// Row after row or column after column.
    pub reading: Reading,
    /// Every other row backwards, as one walks.
    pub serpentine: bool,
    /// The first figure.
    pub start: u32,
}

impl Layout {
    /// Numbers some stalls by a scheme.
    pub(super) fn number(&mut self, ids: &[StallId], scheme: &Scheme) -> Result<(), Refusal> {
        let wanted = self.numbers(ids, scheme)?;
        let given: Set<&str> = wanted.values().map(String::as_str).gather();
        if given.len() < wanted.len() {
            return Err(Refusal::Taken("stall number"));
        }
        let (mine, others): (Vec<&Stall>, Vec<&Stall>) =
            self.in_order().into_iter().partition(|stall| wanted.contains_key(&stall.id));
        let freed = mine.into_iter().map(|stall| &stall.no).filter(|no| !given.contains(no.as_str()));
        let displaced = others.into_iter().filter(|stall| given.contains(stall.no.as_str()));
        let moved: Vec<_> = displaced.zip(freed).map(|(stall, no)| (stall.id, no.clone())).collect();
        for (id, no) in moved.into_iter().chain(wanted) {
            self.each(&[id], |stall| stall.no.clone_from(&no))?;
        }
        Ok(())
    }

    /// The number that a scheme gives to each stall.
    fn numbers(&self, ids: &[StallId], scheme: &Scheme) -> Result<Map<StallId, String>, Refusal> {
        let mut stalls = Vec::with_capacity(ids.len());
        for id in ids {
            stalls.push(self.stall(*id).ok_or(Refusal::Missing("stall"))?);
        }
        let mut stalls = in_reading(stalls, scheme.reading, scheme.serpentine);
        if scheme.by_zone || scheme.prefix == Prefix::Zone {
            stalls = by_zone(&stalls, scheme);
        }
        let mut next: Map<&str, u32> = Map::new();
        let numbers = stalls.into_iter().map(|stall| {
            let prefix = match &scheme.prefix {
                Prefix::None => "",
                Prefix::Letters(letters) => letters.trim(),
                Prefix::Zone => &stall.zone,
            };
            let figure = next.or_insert(prefix, || scheme.start);
            let no = format!("{prefix}{figure}");
            *figure = figure.saturating_add(1);
            (stall.id, no)
        });
        Ok(numbers.gather())
    }

    /// Numbers that go on from those here, one after the other.
    pub fn series(&self) -> Series {
        let here = self.stalls.values().map(|stall| &stall.no);
        let taken = here.chain(self.reserved()).cloned().gather();
        Series { taken, next: Map::new() }
    }
}

/// Zone after zone by letter, each read for itself.
fn by_zone<'a>(stalls: &[&'a Stall], scheme: &Scheme) -> Vec<&'a Stall> {
    let zones: Set<&str> = stalls.iter().map(|stall| stall.zone.as_str()).gather();
    let zone = |zone| stalls.iter().filter(move |stall| stall.zone == zone).copied().collect();
    zones.into_iter().flat_map(|name| in_reading(zone(name), scheme.reading, scheme.serpentine)).collect()
}

/// Stalls as people read them on the map. Rows follow the stalls' own angle where they share one.
fn in_reading(stalls: Vec<&Stall>, reading: Reading, serpentine: bool) -> Vec<&Stall> {
    let tilt = tilt(&stalls);
    // From row to row, and within a row, in metres.
    let places = stalls.into_iter().map(|stall| {
        let at = stall.centre().turned(Point::default(), -tilt);
        let bounds = crate::geometry::Footprint { angle: stall.angle - tilt, ..stall.footprint() }.bounds();
        match reading {
            Reading::Rows => (-at.y, at.x, bounds.height(), stall),
            Reading::Columns => (at.x, -at.y, bounds.width(), stall),
        }
    });
    let mut places: Vec<_> = places.collect();
    places.order_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.3.id.cmp(&b.3.id)));
    let mut rows: Vec<Vec<(f64, f64, f64, &Stall)>> = Vec::new();
    for place in places {
        match rows.last_mut() {
            // A stall is in the row of the first when its middle lies within that one's nearer half.
            Some(row) if place.0 - row[0].0 < row[0].2.min(place.2) / 2.0 => row.push(place),
            _ => rows.push(vec![place]),
        }
    }
    for (index, row) in rows.iter_mut().enumerate() {
        row.order_by(|a, b| a.1.total_cmp(&b.1).then(a.3.id.cmp(&b.3.id)));
        if serpentine && index % 2 == 1 {
            row.reverse();
        }
    }
    rows.into_iter().flatten().map(|place| place.3).collect()
}

/// By how much rows are turned: the angle that all stalls share, but for quarter turns; 0 when they differ.
fn tilt(stalls: &[&Stall]) -> f64 {
    let quarter = |stall: &&Stall| (stall.angle + 45.0).rem_euclid(90.0) - 45.0;
    let first = stalls.first().map_or(0.0, quarter);
    if stalls.iter().all(|stall| (quarter(stall) - first).abs() < 0.15) { first } else { 0.0 }
}

/// Gives out numbers that nobody has.
#[derive(Clone, Debug)]
pub struct Series {
    taken: Set<String>,
    next: Map<String, u32>,
}

impl Series {
    /// The next free number of the kind of this one: 15 after 14, `B04` after `B03`. A number without a
    /// figure goes on with the plain numbers.
    pub fn after(&mut self, no: &str) -> String {
        let (letters, width) = kind(no);
        // A stall's number has six characters at most; beyond that the plain numbers go on.
        self.take(letters, width)
            .or_else(|| self.take("", 0))
            .unwrap_or_else(|| number_order(no).0.to_string())
    }

    fn take(&mut self, letters: &str, width: usize) -> Option<String> {
        let most = || {
            let same = self.taken.iter().filter(|no| kind(no).0 == letters);
            same.filter_map(|no| no[letters.len()..].parse().ok()).max().unwrap_or(0)
        };
        let figure = self.next.get(letters).copied().unwrap_or_else(|| most() + 1);
        let no = format!("{letters}{figure:0width$}");
        if no.chars().count() > 6 || !self.taken.insert(no.clone()) {
            return None;
        }
        self.next.insert(letters.to_owned(), figure + 1);
        Some(no)
    }
}

/// What stands before a number's figure, and the figure's length when it begins with a nought.
fn kind(no: &str) -> (&str, usize) {
    let letters = no.trim_end_matches(|c: char| c.is_ascii_digit());
    let figure = &no[letters.len()..];
    match figure.bytes().next() {
        None => ("", 0),
        Some(b'0') => (letters, figure.len()),
        Some(_) => (letters, 0),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::super::tests::stall;
    use super::super::Edit;
    use super::*;

    fn id(n: u8) -> StallId {
        stall(n, 0.0, 0.0).id
    }

    /// Two rows of three; the numbers are mixed up, the lower row is zone B.
    ///
    /// ```text
    /// 4 6 1
    /// 2 5 3
    /// ```
    fn square() -> Layout {
        let places =
            [(4, 0.0, 4.2), (6, 4.0, 4.0), (1, 8.0, 3.9), (2, 0.0, 0.0), (5, 4.0, 0.1), (3, 8.0, 0.0)];
        Layout::of(places.map(|(n, x, y)| {
            let zone = if y < 2.0 { "B".into() } else { "A".into() };
            Stall { zone, ..stall(n, x, y) }
        }))
        .unwrap()
    }

    /// The numbers as they stand on the map, row after row.
    fn map(layout: &Layout) -> String {
        [4, 6, 1, 2, 5, 3].map(|n| layout.stall(id(n)).unwrap().no.clone()).join(" ")
    }

    fn numbered(scheme: Scheme) -> String {
        let mut layout = square();
        let stalls = layout.stalls().keys().copied().collect();
        layout.apply(Edit::Number { stalls, scheme }).unwrap();
        map(&layout)
    }

    #[test]
    fn rows_columns_and_walks_are_numbered_as_people_read_them() {
        let plain = Scheme { start: 1, ..Scheme::default() };
        assert_eq!(numbered(plain.clone()), "1 2 3 4 5 6");
        assert_eq!(numbered(Scheme { serpentine: true, ..plain.clone() }), "1 2 3 6 5 4");
        assert_eq!(numbered(Scheme { reading: Reading::Columns, ..plain.clone() }), "1 3 5 2 4 6");
        let walk = Scheme { reading: Reading::Columns, serpentine: true, ..plain.clone() };
        assert_eq!(numbered(walk), "1 4 5 2 3 6");
        let lettered = Scheme { prefix: Prefix::Letters("A".into()), start: 11, ..plain.clone() };
        assert_eq!(numbered(lettered), "A11 A12 A13 A14 A15 A16");
        assert_eq!(numbered(Scheme { prefix: Prefix::Zone, ..plain.clone() }), "A1 A2 A3 B1 B2 B3");
        let zones = Scheme { by_zone: true, reading: Reading::Columns, ..plain };
        assert_eq!(numbered(zones), "1 2 3 4 5 6");
    }

    #[test]
    fn rows_that_are_turned_are_read_along_themselves() {
        let mut layout = square();
        let stalls: Vec<_> = layout.stalls().keys().copied().collect();
        layout.apply(Edit::Rotate { stalls: stalls.clone(), by: 30.0 }).unwrap();
        layout.apply(Edit::Number { stalls, scheme: Scheme { start: 1, ..Scheme::default() } }).unwrap();
        assert_eq!(map(&layout), "1 2 3 4 5 6");
    }

    #[test]
    fn a_stall_outside_takes_the_number_that_was_given_up() {
        let mut layout = square();
        let scheme = Scheme { start: 1, ..Scheme::default() };
        layout.apply(Edit::Number { stalls: vec![id(4), id(6)], scheme }).unwrap();
        assert_eq!(map(&layout), "1 2 4 6 5 3");
    }

    #[test]
    fn a_scheme_that_cannot_be_printed_is_refused() {
        let mut layout = square();
        let before = layout.clone();
        let stalls: Vec<_> = layout.stalls().keys().copied().collect();
        let long = Scheme { prefix: Prefix::Letters("LONG".into()), start: 999, ..Scheme::default() };
        assert!(layout.apply(Edit::Number { stalls, scheme: long }).is_err());
        assert_eq!(layout, before);
    }

    #[test]
    fn numbers_go_on_in_their_own_kind() {
        let numbers = ["3", "14", "A1", "B03", "亭"];
        let stalls = numbers.iter().zip(1..).map(|(no, n)| Stall { no: (*no).into(), ..stall(n, 0.0, 0.0) });
        let mut series = Layout::of(stalls).unwrap().series();
        let next = ["3", "3", "A1", "B03", "亭", "B03"].map(|no| series.after(no));
        assert_eq!(next, ["15", "16", "A2", "B04", "17", "B05"]);
        assert_eq!(series.after("A99999"), "A3");
    }

    proptest! {
        #[test]
        fn numbering_is_a_bijection_and_touches_nothing_else(
            chosen in prop::collection::btree_set(1u8..=6, 1..6),
            columns in any::<bool>(), serpentine in any::<bool>(), by_zone in any::<bool>(),
            start in 0u32..12, prefix in prop_oneof![
                Just(Prefix::None), Just(Prefix::Zone), Just(Prefix::Letters("B".into())),
            ],
        ) {
            let before = square();
            let mut after = before.clone();
            let reading = if columns { Reading::Columns } else { Reading::Rows };
            let scheme = Scheme { prefix, by_zone, reading, serpentine, start };
            let stalls: Vec<_> = chosen.iter().map(|n| id(*n)).collect();
            let diff = after.apply(Edit::Number { stalls: stalls.clone(), scheme: scheme.clone() }).unwrap();
            prop_assert!(diff.added.is_empty() && diff.removed.is_empty());
            let mut same = after.clone();
            for (id, stall) in before.stalls() {
                let other = same.stalls.get_mut(id).unwrap();
                other.no.clone_from(&stall.no);
            }
            prop_assert_eq!(&same, &before);
            // All wanted numbers are given out; every other number belongs to a stall that had it before,
            // or was given up for it.
            if scheme.prefix == Prefix::None {
                let mine: Set<String> = stalls.iter().map(|id| after.stall(*id).unwrap().no.clone()).collect();
                let wanted: Set<String> = (start..).take(stalls.len()).map(|n| n.to_string()).collect();
                prop_assert_eq!(mine, wanted);
            }
            let numbers: Set<&str> = after.stalls().values().map(|stall| stall.no.as_str()).collect();
            prop_assert_eq!(numbers.len(), after.stalls().len());
            // Doing it again changes nothing.
            let again = after.apply(Edit::Number { stalls, scheme }).unwrap();
            prop_assert!(again.is_empty());
        }
    }
}
