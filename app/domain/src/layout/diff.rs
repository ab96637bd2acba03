//! What changed between two layouts: saved, undone, merged and explained by the same value.

use serde::{Deserialize, Serialize};

use super::{Layout, Stall};
use crate::map::{Map, Set};
use crate::order::Gather;
use crate::{Refusal, StallId};

/// Stalls that came, changed and went. A stall stands in one of the three at most.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(try_from = "Written")]
pub struct Diff {
    /// Stalls that were not there.
    pub added: Map<StallId, Stall>,
    /// Before and after.
    pub changed: Map<StallId, (Stall, Stall)>,
    /// Stalls that are no longer there, as they were.
    pub removed: Map<StallId, Stall>,
}

/// A diff as it comes in, before it is checked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    added: Map<StallId, Stall>,
    #[serde(default)]
    changed: Map<StallId, (Stall, Stall)>,
    #[serde(default)]
    removed: Map<StallId, Stall>,
}

impl TryFrom<Written> for Diff {
    type Error = Refusal;
    fn try_from(written: Written) -> Result<Self, Refusal> {
        let Written { added, changed, removed } = written;
        let diff = Self { added, changed, removed };
        let mut seen = Set::new();
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
        let ids: Set<_> = before.stalls.keys().chain(after.stalls.keys()).copied().gather();
        ids.into_iter()
            .map(|id| (id, before.stall(id), after.stall(id)))
            // Of a thousand stalls a step changes a few: only those are copied.
            .filter(|(_, was, is)| was != is)
            .fold(Self::default(), |diff, (id, was, is)| diff.with(id, was.cloned(), is.cloned()))
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

    /// The part of this diff that a layout can still take, and each stall that others have changed since, with
    /// what this diff wants it to be and what it is. A number that is taken by now counts as changed.
    pub fn fitting(&self, layout: &Layout) -> (Self, Vec<Clash>) {
        let (mut fits, mut clashes) = (Self::default(), Vec::new());
        for (id, was, is) in self.steps() {
            let now = layout.stall(id);
            if now == was {
                fits = fits.with(id, was.cloned(), is.cloned());
            } else {
                clashes.push(Clash { stall: id, mine: is.cloned(), theirs: now.cloned() });
            }
        }
        // What does not fit may hold a number that something else was to take: until nothing changes.
        loop {
            let twins = fits.twins(&fits.put(layout));
            if twins.is_empty() {
                return (fits, clashes);
            }
            for twin in &twins {
                fits.added.remove(&twin.stall);
                fits.changed.remove(&twin.stall);
            }
            clashes.extend(twins);
        }
    }

    /// This diff without the stalls of another.
    #[must_use]
    pub fn without(&self, other: &Self) -> Self {
        let theirs: Set<_> = other.steps().map(|(id, ..)| id).gather();
        self.steps()
            .filter(|(id, ..)| !theirs.contains(id))
            .fold(Self::default(), |diff, (id, was, is)| diff.with(id, was.cloned(), is.cloned()))
    }

    /// A layout with this diff's result in it, whatever was there.
    fn put(&self, layout: &Layout) -> Layout {
        let mut next = layout.clone();
        for (id, _, is) in self.steps() {
            match is {
                Some(stall) => next.stalls.insert(id, stall.clone()),
                None => next.stalls.remove(&id),
            };
        }
        next
    }

    /// Whether two diffs touch a stall in common.
    pub fn meets(&self, other: &Self) -> bool {
        let mine: Set<_> = self.steps().map(|(id, ..)| id).gather();
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
        let mut both: Map<StallId, (Option<&Stall>, Option<&Stall>)> =
            self.steps().map(|(id, was, is)| (id, (was, is))).gather();
        for (id, was, is) in later.steps() {
            both.or_insert(id, || (was, is)).1 = is;
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
            let next = self.put(layout);
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
        let mut holders: Map<&str, Vec<&Stall>> = Map::new();
        for stall in next.stalls.values() {
            holders.or_insert(stall.no.as_str(), Vec::new).push(stall);
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
mod tests;
