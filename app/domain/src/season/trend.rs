//! The Saturdays beside each other: their figures in order of days, each compared with the one before it.

use crate::MarketId;
use crate::bulletin::{Figure, FigureKey};
use crate::moment::Day;

/// The figures of the trend, in the order of its table.
pub const KEYS: [FigureKey; 10] = [
    FigureKey::Encounters,
    FigureKey::Scan,
    FigureKey::Staff,
    FigureKey::Paper,
    FigureKey::Talks,
    FigureKey::Appeals,
    FigureKey::SettledOnSpot,
    FigureKey::SettledByUnit,
    FigureKey::Confirmed,
    FigureKey::Stalls,
];

/// A Saturday that was held.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Point {
    /// Which.
    pub market: MarketId,
    /// Its day.
    pub day: Day,
    /// The how-manieth.
    pub ordinal: i64,
    /// Its bulletin is signed: the figures are those that were signed or last corrected.
    pub signed: bool,
    /// Its figures.
    pub figures: Vec<Figure>,
}

impl Point {
    /// A figure; none where it was not counted then.
    pub fn of(&self, key: FigureKey) -> Option<i64> {
        self.figures.iter().find(|figure| figure.key == key).map(|figure| figure.exact)
    }
}

/// How a figure moved since the Saturday before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Move {
    /// By so many.
    pub by: i64,
    /// In per cent of before, cut off towards zero; none from nothing.
    pub percent: Option<i64>,
}

/// How a figure moved from one Saturday to the next; none where one of them did not count it.
pub fn moved(before: &Point, after: &Point, key: FigureKey) -> Option<Move> {
    let (before, after) = (before.of(key)?, after.of(key)?);
    let by = after - before;
    Some(Move { by, percent: (before > 0).then(|| by * 100 / before) })
}

/// A figure of several Saturdays together.
pub fn sum<'a>(points: impl IntoIterator<Item = &'a Point>, key: FigureKey) -> i64 {
    points.into_iter().filter_map(|point| point.of(key)).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Moment;

    fn point(encounters: Option<i64>) -> Point {
        let figure = |exact| Figure { key: FigureKey::Encounters, exact, written: exact.to_string() };
        Point {
            market: MarketId::new(Moment::from_millis(0), [1; 10]),
            day: Day::parse("2023-05-13").unwrap(),
            ordinal: 14,
            signed: true,
            figures: encounters.map(figure).into_iter().collect(),
        }
    }

    #[test]
    fn a_move_is_told_by_number_and_share_and_never_from_nothing() {
        let moved = |before, after| moved(&point(before), &point(after), FigureKey::Encounters);
        assert_eq!(moved(Some(4000), Some(5037)), Some(Move { by: 1037, percent: Some(25) }));
        assert_eq!(moved(Some(5037), Some(4000)), Some(Move { by: -1037, percent: Some(-20) }));
        assert_eq!(moved(Some(0), Some(12)), Some(Move { by: 12, percent: None }));
        assert_eq!((moved(None, Some(12)), moved(Some(12), None)), (None, None));
    }

    proptest! {
        #[test]
        fn a_sum_is_what_its_saturdays_have(counts in proptest::collection::vec(0_i64..9000, 0..20)) {
            let points: Vec<Point> = counts.iter().map(|n| point(Some(*n))).chain([point(None)]).collect();
            prop_assert_eq!(sum(&points, FigureKey::Encounters), counts.iter().sum::<i64>());
            for pair in points.windows(2) {
                if let Some(step) = moved(&pair[0], &pair[1], FigureKey::Encounters) {
                    prop_assert_eq!(pair[0].of(FigureKey::Encounters).unwrap() + step.by, pair[1].of(FigureKey::Encounters).unwrap());
                }
            }
        }
    }
}
