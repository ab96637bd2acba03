//! 揭榜: units answer one want with a few places; decisions are prepared, told, taken back; who leaves makes room.

use kaishi_domain::EntryId;
use kaishi_domain::call::{Decision, Policy, Side, State};
use kaishi_domain::entry::{Entry, Needs, Way};

use super::world::World;

/// Places of the one want.
const PLACES: usize = 4;

impl World {
    fn seats(&self) -> usize {
        self.claims.iter().filter(|claim| claim.entry().is_some()).count()
    }

    pub(crate) fn claim(&mut self) -> &'static str {
        if self.claims.len() < 10 {
            self.claims.push(State::New);
            self.deeds.note("claims");
        }
        "a claim"
    }

    pub(crate) fn decide(&mut self) -> &'static str {
        if self.claims.is_empty() {
            return "no claim";
        }
        let at = self.index(self.claims.len());
        let (entry, seat) = (self.id(), self.seats() < PLACES);
        let policy = Policy::ALL[self.index(3)];
        let claim = self.claims[at].clone();
        let before = claim.entry();
        let next = match self.below(10) {
            0 | 1 => claim.prepare(Decision::Accept),
            2 => claim.prepare(Decision::Waitlist),
            3 if self.below(3) == 0 => claim.prepare(Decision::Decline("地方不够".into())),
            3 => claim.reconsider(),
            4 | 5 => claim.tell(entry, seat, self.now),
            6 if seat => claim.promote(entry, self.now),
            7 if self.below(3) == 0 => claim.leave(policy, "来不了"),
            8 => claim.answer(self.below(2) == 0),
            9 if self.below(6) == 0 => claim.strike("重复"),
            _ => claim.confirm(self.now),
        };
        match next {
            Ok(next) => {
                self.deeds.note("decisions");
                match (before, next.entry()) {
                    (None, Some(entry)) => self.join(entry),
                    (Some(entry), None) => self.part(entry),
                    _ => {}
                }
                self.claims[at] = next;
            }
            Err(_) => self.deeds.note("decisions refused"),
        }
        "a decision"
    }

    fn join(&mut self, id: EntryId) {
        let unit = self.units[self.index(self.units.len())];
        let entry = Entry {
            id,
            unit: Some(unit),
            unit_name: String::new(),
            name: "网格有约".into(),
            zone: String::new(),
            services: Vec::new(),
            needs: Needs::default(),
            wishes: Vec::new(),
            way: Way::Bid,
            arrived: false,
        };
        self.square.entries.push(entry.sound().expect("an entry"));
    }

    fn part(&mut self, id: EntryId) {
        self.square.entries.retain(|entry| entry.id != id);
        self.square.settle();
    }

    pub(crate) fn check_call(&self) -> Result<(), String> {
        if self.seats() > PLACES {
            return Err(format!("{} units have one of {PLACES} places", self.seats()));
        }
        let of = |entry: &Entry| self.claims.iter().filter(|claim| claim.entry() == Some(entry.id)).count();
        if self.square.entries.len() != self.seats() || self.square.entries.iter().any(|entry| of(entry) != 1)
        {
            return Err("the roster is not who was told to come".into());
        }
        let gone = |claim: &&State| matches!(claim, State::Withdrawn { by: Side::Organizer, reason } if reason.is_empty());
        if self.claims.iter().any(|claim| gone(&claim)) {
            return Err("taken out without a reason".into());
        }
        Ok(())
    }
}
