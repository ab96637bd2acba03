//! A layout (摊位图): numbered stalls as turned rectangles on a ground, in metres.
//!
//! A change is an `Edit` that yields a `Diff`; saving, undo and two editors at once are one mechanism.
//! Knows nothing of units: who stands at a stall is an assignment.

mod check;
mod diff;
pub mod drawing;
mod edit;
pub mod file;
mod gap;
mod history;
mod outbox;
mod pick;
pub mod place;
mod plate;
pub mod settle;
mod shape;
pub mod sheet;
pub mod snap;
mod stall;
mod surround;
pub mod svg;
pub mod way;

use serde::{Deserialize, Serialize};

pub use check::{Barrier, Breach, Kind, Load, Severity, Site, Steps, Use, Uses, check, check_stall};
pub use diff::{Clash, Conflict, Diff};
pub use edit::{Align, Axis, Clipping, Edit, Prefix, Reading, Scheme, Series};
pub use gap::{Gap, Nearby, Toward, gaps};
pub use history::History;
pub use outbox::{Merged, Outbox};
pub use pick::{Marquee, Measure, measure};
pub use stall::{Spot, Stall};

use crate::map::{Map, Set};
use crate::order::{Gather, Order};
use crate::{Refusal, StallId};

/// More stalls than this are no Saturday market.
pub const MOST_STALLS: usize = 2_000;

/// The stalls of one market in one weather. Numbers and ids are unique.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(try_from = "Listed", into = "Listed")]
pub struct Layout {
    stalls: Map<StallId, Stall>,
    /// The numbers of the market's other plan. A stall that stands in both has one number.
    elsewhere: Map<StallId, String>,
}

impl PartialEq for Layout {
    fn eq(&self, other: &Self) -> bool {
        self.stalls == other.stalls
    }
}

/// A layout as it stands in a document: a list in the order of numbers.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    stalls: Vec<Stall>,
}

impl From<Layout> for Listed {
    fn from(layout: Layout) -> Self {
        Self { stalls: layout.in_order().into_iter().cloned().gather() }
    }
}

impl TryFrom<Listed> for Layout {
    type Error = Refusal;
    fn try_from(listed: Listed) -> Result<Self, Refusal> {
        Self::of(listed.stalls)
    }
}

/// Numbers in the order in which people read them: 2 before 10, plain before lettered.
pub fn number_order(no: &str) -> (u32, String) {
    let digits: String = no.chars().take_while(char::is_ascii_digit).collect();
    (digits.parse().unwrap_or(u32::MAX), no[digits.len()..].to_owned())
}

impl Layout {
    /// From its stalls.
    pub fn of(stalls: impl IntoIterator<Item = Stall>) -> Result<Self, Refusal> {
        let mut layout = Self::default();
        for stall in stalls {
            let stall = stall.sound()?;
            if layout.stalls.insert(stall.id, stall).is_some() {
                return Err(Refusal::Taken("stall id"));
            }
        }
        layout.refuse_twins()?;
        Ok(layout)
    }

    /// This layout beside the market's other plan: no number that a stall has only there is given out here.
    #[must_use]
    pub fn with_elsewhere(mut self, elsewhere: Map<StallId, String>) -> Self {
        self.elsewhere = elsewhere;
        self
    }

    /// The numbers of the market's other plan.
    pub const fn elsewhere(&self) -> &Map<StallId, String> {
        &self.elsewhere
    }

    /// Numbers that only the other plan's stalls have.
    fn reserved(&self) -> impl Iterator<Item = &String> {
        self.elsewhere.iter().filter(|(id, _)| !self.stalls.contains_key(id)).map(|(_, no)| no)
    }

    fn refuse_twins(&mut self) -> Result<(), Refusal> {
        for (id, no) in self.elsewhere.iter_mut() {
            if let Some(here) = self.stalls.get(id).filter(|here| here.no != *no) {
                no.clone_from(&here.no);
            }
        }
        let numbers: Set<&str> = self.stalls.values().map(|stall| stall.no.as_str()).gather();
        if numbers.len() != self.stalls.len() || self.reserved().any(|no| numbers.contains(no.as_str())) {
            return Err(Refusal::Taken("stall number"));
        }
        if self.stalls.len() > MOST_STALLS {
            return Err(Refusal::TooLong("layout"));
        }
        Ok(())
    }

    /// The same stalls for another market, where none of them is known: each gets a new id, which `ids` remembers,
    /// so that a stall of both plans is one stall there, too.
    pub fn anew(
        &self,
        ids: &mut Map<StallId, StallId>,
        mut fresh: impl FnMut() -> StallId,
    ) -> Result<Self, Refusal> {
        Self::of(self.stalls.values().map(|stall| {
            let id = *ids.or_insert(stall.id, &mut fresh);
            Stall { id, ..stall.clone() }
        }))
    }

    /// Every stall, by id.
    pub const fn stalls(&self) -> &Map<StallId, Stall> {
        &self.stalls
    }

    /// Every stall in the order of the numbers.
    pub fn in_order(&self) -> Vec<&Stall> {
        let mut stalls: Vec<&Stall> = self.stalls.values().collect();
        stalls.order_by_key(|stall| number_order(&stall.no));
        stalls
    }

    /// One stall.
    pub fn stall(&self, id: StallId) -> Option<&Stall> {
        self.stalls.get(&id)
    }

    /// The stall with a printed number.
    pub fn numbered(&self, no: &str) -> Option<&Stall> {
        self.stalls.values().find(|stall| stall.no == no)
    }

    /// The next free number.
    pub fn next_number(&self) -> String {
        let most = self.stalls.values().map(|stall| number_order(&stall.no).0).filter(|n| *n < 100_000).max();
        (most.unwrap_or(0) + 1).to_string()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::Moment;

    /// A stall of 3 m by 3 m that looks south.
    pub(crate) fn stall(n: u8, x: f64, y: f64) -> Stall {
        Stall {
            id: StallId::new(Moment::from_millis(1_700_000_000_000), [n; 10]),
            no: n.to_string(),
            zone: "A".into(),
            x,
            y,
            w: 3.0,
            d: 3.0,
            angle: 0.0,
            facing: 270.0,
            outlet: None,
            locked: false,
            group: None,
        }
    }

    #[test]
    fn a_layout_is_written_as_it_was_read_in_the_order_of_numbers() {
        let layout = Layout::of([stall(10, 36.4, 11.0), stall(2, 0.1 + 0.2, 1.0)]).unwrap();
        let text = serde_json::to_string(&layout).unwrap();
        assert!(text.find("\"2\"").unwrap() < text.find("\"10\"").unwrap());
        assert!(text.contains("\"x\":0.3,"), "{text}");
        assert_eq!(serde_json::from_str::<Layout>(&text).unwrap(), layout);
        assert_eq!(layout.next_number(), "11");
    }

    #[test]
    fn a_copy_for_another_market_shares_no_id_and_keeps_both_plans_together() {
        let fair = Layout::of([stall(1, 0.0, 0.0), stall(2, 9.0, 0.0)]).unwrap();
        let rain = Layout::of([stall(2, 9.0, 9.0), stall(3, 0.0, 9.0)]).unwrap();
        let (mut ids, mut next) = (Map::new(), 100);
        let mut fresh = || {
            next += 1;
            stall(next, 0.0, 0.0).id
        };
        let (fair_too, rain_too) =
            (fair.anew(&mut ids, &mut fresh).unwrap(), rain.anew(&mut ids, &mut fresh).unwrap());
        assert_eq!(ids.len(), 3);
        assert!(fair_too.stalls().keys().all(|id| fair.stall(*id).is_none()));
        let two = fair_too.numbered("2").unwrap();
        assert_eq!((two.x, rain_too.stall(two.id).unwrap().y), (9.0, 9.0));
    }

    #[test]
    fn two_stalls_never_share_a_number() {
        let mut twin = stall(2, 9.0, 9.0);
        twin.no = "1".into();
        assert_eq!(Layout::of([stall(1, 0.0, 0.0), twin]), Err(Refusal::Taken("stall number")));
    }

    #[test]
    fn a_number_of_the_other_plan_is_not_given_out() {
        let both = [stall(1, 0.0, 0.0), stall(2, 9.0, 0.0)];
        let rain = [stall(2, 9.0, 0.0), stall(3, 0.0, 9.0)];
        let elsewhere = rain.map(|stall| (stall.id, stall.no)).into_iter().collect();
        let mut layout = Layout::of(both).unwrap().with_elsewhere(elsewhere);
        assert_eq!(layout.series().after(""), "4");
        let take = |no: &str, stall| Edit::Renumber { stall, no: no.into() };
        let (one, two) = (stall(1, 0.0, 0.0).id, stall(2, 0.0, 0.0).id);
        assert_eq!(layout.apply(take("3", one)), Err(Refusal::Taken("stall number")));
        // A stall of both plans takes its number along, and what it was called is free.
        layout.apply(take("7", two)).unwrap();
        layout.apply(take("2", one)).unwrap();
        layout.apply(Edit::Remove { stalls: vec![two] }).unwrap();
        assert_eq!(layout.apply(take("7", one)), Err(Refusal::Taken("stall number")));
    }

    #[test]
    fn figures_without_sense_are_refused() {
        let bad: [fn(&mut Stall); 8] = [
            |s| s.x = f64::NAN,
            |s| s.y = f64::INFINITY,
            |s| s.w = 0.0,
            |s| s.d = -2.0,
            |s| s.w = 51.0,
            |s| s.angle = f64::NAN,
            |s| s.no = "  ".into(),
            |s| s.no = "1234567".into(),
        ];
        for spoil in bad {
            let mut stall = stall(1, 0.0, 0.0);
            spoil(&mut stall);
            assert!(stall.clone().sound().is_err(), "{stall:?}");
        }
    }

    #[test]
    fn the_counter_is_on_the_side_it_faces() {
        let mut one = stall(1, 0.0, 0.0);
        assert_eq!(one.counter(), 3);
        one.facing = 90.0;
        assert_eq!(one.counter(), 1);
        (one.angle, one.facing) = (350.0, 260.0);
        assert_eq!(one.counter(), 3);
        (one.angle, one.facing) = (10.0, 5.0);
        assert_eq!(one.counter(), 0);
    }
}
