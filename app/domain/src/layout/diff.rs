//! What changed between two layouts: saved, undone, merged and explained by the same value.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Layout, Stall};
use crate::{Refusal, StallId};

/// Stalls that came, changed and went. A stall stands in one of the three at most.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(try_from = "Written")]
pub struct Diff {
    /// Stalls that were not there.
    pub added: BTreeMap<StallId, Stall>,
    /// Before and after.
    pub changed: BTreeMap<StallId, (Stall, Stall)>,
    /// Stalls that are no longer there, as they were.
    pub removed: BTreeMap<StallId, Stall>,
}

/// A diff as it comes in, before it is checked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    added: BTreeMap<StallId, Stall>,
    #[serde(default)]
    changed: BTreeMap<StallId, (Stall, Stall)>,
    #[serde(default)]
    removed: BTreeMap<StallId, Stall>,
}

impl TryFrom<Written> for Diff {
    type Error = Refusal;
    fn try_from(written: Written) -> Result<Self, Refusal> {
        let Written { added, changed, removed } = written;
        let diff = Self { added, changed, removed };
        let mut seen = BTreeSet::new();
        for (id, was, is) in diff.steps() {
            if !seen.insert(id) || was.into_iter().chain(is).any(|stall| stall.id != id) {
                return Err(Refusal::Malformed("diff"));
            }
        }
        Ok(diff)
    }
}

/// One stall that somebody else has changed meanwhile.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Clash {
    /// Which.
    pub stall: StallId,
    /// What the diff wants it to be; `None`: gone.
    pub mine: Option<Stall>,
    /// What it is now; `None`: gone.
    pub theirs: Option<Stall>,
}

/// A diff that no longer fits, with every stall that stands in its way.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, thiserror::Error)]
#[error("{} stalls have changed meanwhile", .clashes.len())]
pub struct Conflict {
    /// Never empty.
    pub clashes: Vec<Clash>,
}

impl Diff {
    /// What leads from one layout to another.
    pub fn between(before: &Layout, after: &Layout) -> Self {
        let ids: BTreeSet<_> = before.stalls.keys().chain(after.stalls.keys()).copied().collect();
        ids.into_iter()
            .map(|id| (id, before.stall(id).cloned(), after.stall(id).cloned()))
            .fold(Self::default(), |diff, (id, was, is)| diff.with(id, was, is))
    }

    /// Notes one stall's before and after; equal ones are no change.
    fn with(mut self, id: StallId, was: Option<Stall>, is: Option<Stall>) -> Self {
        match (was, is) {
            (None, Some(is)) => {
                self.added.insert(id, is);
            }
            (Some(was), None) => {
                self.removed.insert(id, was);
            }
            (Some(was), Some(is)) if was != is => {
                self.changed.insert(id, (was, is));
            }
            _ => {}
        }
        self
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }

    /// Every stall it touches with before and after.
    pub fn steps(&self) -> impl Iterator<Item = (StallId, Option<&Stall>, Option<&Stall>)> {
        let added = self.added.iter().map(|(id, is)| (*id, None, Some(is)));
        let changed = self.changed.iter().map(|(id, (was, is))| (*id, Some(was), Some(is)));
        let removed = self.removed.iter().map(|(id, was)| (*id, Some(was), None));
        added.chain(changed).chain(removed)
    }

    /// Whether two diffs touch a stall in common.
    pub fn meets(&self, other: &Self) -> bool {
        let mine: BTreeSet<_> = self.steps().map(|(id, ..)| id).collect();
        other.steps().any(|(id, ..)| mine.contains(&id))
    }

    /// The diff that takes this one back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        self.steps().fold(Self::default(), |diff, (id, was, is)| diff.with(id, is.cloned(), was.cloned()))
    }

    /// This diff and a later one as one mark.
    #[must_use]
    pub fn compose(&self, later: &Self) -> Self {
        let mut both: BTreeMap<StallId, (Option<&Stall>, Option<&Stall>)> =
            self.steps().map(|(id, was, is)| (id, (was, is))).collect();
        for (id, was, is) in later.steps() {
            both.entry(id).and_modify(|step| step.1 = is).or_insert((was, is));
        }
        both.into_iter()
            .fold(Self::default(), |diff, (id, (was, is))| diff.with(id, was.cloned(), is.cloned()))
    }

    /// Whether a layout already is as this diff wants it: a second copy of a save whose answer was lost.
    pub fn is_done(&self, layout: &Layout) -> bool {
        self.steps().all(|(id, _, is)| layout.stall(id) == is)
    }

    /// Does it, if every stall it touches is as it was when the diff was made and no number ends up twice;
    /// otherwise changes nothing and names the stalls in the way.
    pub fn apply(&self, layout: &mut Layout) -> Result<(), Conflict> {
        let mut clashes: Vec<Clash> = self
            .steps()
            .filter(|(id, was, _)| layout.stall(*id) != *was)
            .map(|(id, _, is)| Clash { stall: id, mine: is.cloned(), theirs: layout.stall(id).cloned() })
            .collect();
        if clashes.is_empty() {
            let mut next = layout.clone();
            for (id, _, is) in self.steps() {
                match is {
                    Some(stall) => next.stalls.insert(id, stall.clone()),
                    None => next.stalls.remove(&id),
                };
            }
            clashes = self.twins(&next);
            if clashes.is_empty() {
                *layout = next;
                return Ok(());
            }
        }
        Err(Conflict { clashes })
    }

    /// Stalls of this diff whose number another stall has, and that other stall.
    fn twins(&self, next: &Layout) -> Vec<Clash> {
        let mut holders: BTreeMap<&str, Vec<&Stall>> = BTreeMap::new();
        for stall in next.stalls.values() {
            holders.entry(&stall.no).or_default().push(stall);
        }
        self.steps()
            .filter_map(|(id, _, is)| {
                let mine = is?;
                let theirs = holders.get(mine.no.as_str())?.iter().find(|holder| holder.id != id)?;
                Some(Clash { stall: id, mine: Some(mine.clone()), theirs: Some((*theirs).clone()) })
            })
            .collect()
    }

    /// This diff's result put on top of a layout that others have changed: their other stalls stay theirs.
    #[must_use]
    pub fn over(&self, layout: &Layout) -> Self {
        self.steps()
            .fold(Self::default(), |diff, (id, _, is)| diff.with(id, layout.stall(id).cloned(), is.cloned()))
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "places are exact to the centimetre")]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::stall;
    use super::super::{Edit, History};
    use super::*;

    fn layout() -> Layout {
        Layout::of((1..=5).map(|n| stall(n, f64::from(n) * 4.0, 0.0))).unwrap()
    }

    /// Any step, also ones that are refused; stalls 1 to 5 exist at first, 6 to 8 may come.
    fn edit(stalls: std::ops::RangeInclusive<u8>) -> impl Strategy<Value = Edit> {
        let figures = (-9.99..9.99f64, -9.99..9.99f64, 1u8..=12, 0u8..9);
        (stalls, figures).prop_map(|(n, (a, b, no, what))| {
            let one = stall(n, a, b);
            let (id, stalls) = (one.id, vec![one.id]);
            match what {
                0 => Edit::Move { stalls, dx: a, dy: b },
                1 => Edit::Resize { stall: id, w: a, d: b },
                2 => Edit::Rotate { stalls, by: a * 30.0 },
                3 => Edit::Face { stall: id, facing: a * 30.0 },
                4 => Edit::Renumber { stall: id, no: no.to_string() },
                5 => Edit::SetZone { stalls, zone: "C".into() },
                6 => Edit::SetOutlet { stall: id, outlet: Some("o4".into()) },
                7 => Edit::Add(one),
                _ => Edit::Remove { stalls },
            }
        })
    }

    #[test]
    fn a_stale_diff_names_the_stall_and_both_versions() {
        let mut mine = layout();
        let mut theirs = layout();
        let id = stall(3, 0.0, 0.0).id;
        let diff = mine.apply(Edit::Move { stalls: vec![id], dx: 1.0, dy: 0.0 }).unwrap();
        theirs.apply(Edit::Move { stalls: vec![id], dx: 0.0, dy: 2.0 }).unwrap();
        let conflict = diff.apply(&mut theirs).unwrap_err();
        assert_eq!(conflict.clashes.len(), 1);
        assert_eq!(conflict.clashes[0].mine.as_ref().unwrap().x, 13.0);
        assert_eq!(conflict.clashes[0].theirs.as_ref().unwrap().y, 2.0);
        diff.over(&theirs).apply(&mut theirs).unwrap();
        assert_eq!(theirs.stall(id), mine.stall(id));
    }

    #[test]
    fn two_stalls_that_take_the_same_number_do_not_merge() {
        let (mut mine, mut theirs) = (layout(), layout());
        let renumber = |n: u8| Edit::Renumber { stall: stall(n, 0.0, 0.0).id, no: "9".into() };
        let diff = mine.apply(renumber(1)).unwrap();
        theirs.apply(renumber(2)).unwrap();
        let conflict = diff.apply(&mut theirs).unwrap_err();
        assert_eq!(conflict.clashes[0].theirs.as_ref().unwrap().id, stall(2, 0.0, 0.0).id);
    }

    #[test]
    fn a_diff_that_files_a_stall_under_another_id_is_refused() {
        let one = stall(1, 0.0, 0.0);
        let key = stall(2, 0.0, 0.0).id;
        let forged =
            serde_json::json!({ "added": { (serde_json::to_value(key).unwrap().as_str().unwrap()): one } });
        assert!(serde_json::from_value::<Diff>(forged).is_err());
        let both = serde_json::json!({ "added": { "018bcfe5-6800-7101-8101-010101010101": one },
            "removed": { "018bcfe5-6800-7101-8101-010101010101": one } });
        assert!(serde_json::from_value::<Diff>(both).is_err());
    }

    #[test]
    fn a_drag_of_many_small_moves_is_one_mark() {
        let start = layout();
        let mut now = start.clone();
        let id = stall(1, 0.0, 0.0).id;
        let step = |dx| Edit::Move { stalls: vec![id], dx, dy: 0.0 };
        let drag = [0.1, 0.2, -0.1]
            .into_iter()
            .fold(Diff::default(), |drag, dx| drag.compose(&now.apply(step(dx)).unwrap()));
        assert_eq!(drag, Diff::between(&start, &now));
        let back = now.apply(step(-0.2)).unwrap();
        assert!(drag.compose(&back).is_empty());
    }

    proptest! {
        #[test]
        fn undo_is_the_inverse_of_any_steps_and_redo_of_undo(edits in prop::collection::vec(edit(1..=8), 1..20)) {
            let start = layout();
            let mut now = start.clone();
            let mut history = History::default();
            let mut whole = Diff::default();
            for edit in edits {
                if let Ok(diff) = now.apply(edit) {
                    prop_assert!(Layout::of(now.stalls().values().cloned()).is_ok());
                    whole = whole.compose(&diff);
                    history.mark(diff);
                }
            }
            let end = now.clone();
            prop_assert_eq!(&whole, &Diff::between(&start, &end));
            while history.undo(&mut now).unwrap().is_some() {}
            prop_assert_eq!(&now, &start);
            while history.redo(&mut now).unwrap().is_some() {}
            prop_assert_eq!(&now, &end);
            whole.inverse().apply(&mut now).unwrap();
            prop_assert_eq!(&now, &start);
        }

        #[test]
        fn a_diff_survives_the_wire(edits in prop::collection::vec(edit(1..=8), 1..6)) {
            let mut now = layout();
            for edit in edits {
                if let Ok(diff) = now.apply(edit) {
                    let sent = serde_json::to_string(&diff).unwrap();
                    prop_assert_eq!(serde_json::from_str::<Diff>(&sent).unwrap(), diff);
                }
            }
        }

        #[test]
        fn diffs_on_different_stalls_commute(mine in edit(1..=2), theirs in edit(3..=8)) {
            let (mut left, mut right) = (layout(), layout());
            if let (Ok(mine), Ok(theirs)) = (left.apply(mine), right.apply(theirs)) {
                prop_assert!(!mine.meets(&theirs));
                let (first, second) = (theirs.apply(&mut left), mine.apply(&mut right));
                prop_assert_eq!(first.is_ok(), second.is_ok());
                if first.is_ok() {
                    prop_assert_eq!(left, right);
                }
            }
        }

        #[test]
        fn of_two_diffs_on_the_same_stall_the_later_is_refused(mine in edit(2..=2), theirs in edit(2..=2)) {
            let (mut left, mut right) = (layout(), layout());
            if let (Ok(mine), Ok(theirs)) = (left.apply(mine), right.apply(theirs)) {
                prop_assume!(!mine.is_empty() && !theirs.is_empty());
                let before = right.clone();
                let conflict = mine.apply(&mut right).unwrap_err();
                prop_assert_eq!(conflict.clashes[0].stall, stall(2, 0.0, 0.0).id);
                prop_assert_eq!(right, before);
            }
        }
    }
}
