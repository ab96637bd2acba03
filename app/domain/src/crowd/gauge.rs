//! How full the place is: who is inside by the gates, beside what it is approved for. Only where gates are counted.

use serde::{Deserialize, Serialize};

use super::{Look, Method, inside};
use crate::Moment;

/// From so many hundredths of the approved number on, nobody is sent in without a look.
const NEAR: i64 = 80;

/// The gauge of a market.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Gauge {
    /// Inside, by the gates: an estimate as good as the counting.
    pub inside: i64,
    /// Gates were counted until then.
    pub until: Moment,
    /// How many the place is approved for; `None` while nobody has said.
    pub capacity: Option<i64>,
}

/// What the gauge says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Level {
    /// Nobody has said how many may be inside.
    Unknown,
    /// Room enough.
    Calm,
    /// Four fifths are reached.
    Near,
    /// As many as are approved, or more.
    Full,
}

impl Gauge {
    /// The gauge, if gates were counted.
    pub fn of(looks: &[Look], capacity: Option<i64>) -> Option<Self> {
        let gates = looks.iter().filter(|look| look.method == Method::Gate);
        let until = gates.map(|look| look.to).max()?;
        Some(Self { inside: inside(looks), until, capacity })
    }

    /// How it stands.
    pub fn level(&self) -> Level {
        match self.capacity {
            None => Level::Unknown,
            Some(most) if self.inside >= most => Level::Full,
            Some(most) if self.inside * 100 >= most * NEAR => Level::Near,
            Some(_) => Level::Calm,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::CountId;

    fn look(method: Method, to: i64, came: i64, went: i64) -> Look {
        let (from, to) = (Moment::from_millis(0), Moment::from_millis(to));
        Look { id: CountId::new(to, [0; 10]), method, place: "北门".into(), from, to, came, went }
    }

    #[test]
    fn only_gates_make_a_gauge_and_it_warns_before_it_is_full() {
        assert_eq!(Gauge::of(&[look(Method::Walk, 9, 500, 0)], Some(100)), None);
        let looks =
            [look(Method::Gate, 5, 900, 100), look(Method::Gate, 7, 50, 0), look(Method::Walk, 9, 1, 0)];
        let gauge = Gauge::of(&looks, Some(1500)).unwrap();
        assert_eq!((gauge.inside, gauge.until), (850, Moment::from_millis(7)));
        let levels = [
            (None, Level::Unknown),
            (Some(1063), Level::Calm),
            (Some(1062), Level::Near),
            (Some(850), Level::Full),
        ];
        for (capacity, level) in levels {
            assert_eq!(Gauge { capacity, ..gauge }.level(), level, "{capacity:?}");
        }
    }
}
