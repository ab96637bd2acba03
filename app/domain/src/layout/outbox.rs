//! What the server does not have yet, and what happens to it when others save in between.
//!
//! One save at a time; what is done meanwhile goes with the next. Whatever comes back, a change of mine ends in
//! one of two ways: the server has it, or a person is shown both versions of that stall. Others' changes are
//! never overwritten unasked and never enter my history. Sends nothing itself and knows no clock.

use super::{Clash, Diff, Layout, Stall};
use crate::StallId;

/// The changes of one person in one session that wait for the server.
#[derive(Clone, Debug)]
pub struct Outbox {
    revision: i64,
    unsent: Diff,
    /// On its way, or sent without an answer: goes again exactly as it was, so that the server knows it.
    sent: Option<Diff>,
}

/// What stands after others' changes have come in.
#[derive(Clone, PartialEq, Debug)]
pub struct Merged {
    /// What to show: theirs with everything of mine that fits.
    pub layout: Layout,
    /// My version of the stalls where theirs stands now: `over` the layout it puts mine on top.
    pub mine: Diff,
    /// Both versions of these stalls.
    pub clashes: Vec<Clash>,
}

impl Outbox {
    /// Nothing waits; the server is at this revision.
    pub fn at(revision: i64) -> Self {
        Self { revision, unsent: Diff::default(), sent: None }
    }

    /// The last revision of the server that is known.
    pub const fn revision(&self) -> i64 {
        self.revision
    }

    /// Notes a change that has been done.
    pub fn note(&mut self, diff: &Diff) {
        self.unsent = self.unsent.compose(diff);
    }

    /// What to send, with the revision it was made on: the last save again while it has no answer, or else
    /// everything new. `None` when the server has all.
    pub fn outgoing(&mut self) -> Option<(i64, Diff)> {
        if self.sent.is_none() && !self.unsent.is_empty() {
            self.sent = Some(std::mem::take(&mut self.unsent));
        }
        self.sent.clone().map(|diff| (self.revision, diff))
    }

    /// Whether the server has everything.
    pub fn is_empty(&self) -> bool {
        self.sent.is_none() && self.unsent.is_empty()
    }

    /// How many stalls the server does not have as they are here.
    pub fn count(&self) -> usize {
        self.waiting().steps().count()
    }

    /// The server has what was sent. `theirs` is its layout when others saved in between.
    pub fn saved(&mut self, revision: i64, theirs: Option<Layout>) -> Option<Merged> {
        (self.revision, self.sent) = (revision, None);
        theirs.map(|theirs| self.merge(theirs))
    }

    /// Others have saved, as a browser learns that only looks on. `None` when that is known already, or when a
    /// save is on its way: its answer brings theirs along.
    pub fn heard(&mut self, revision: i64, theirs: Layout) -> Option<Merged> {
        if revision <= self.revision || self.sent.is_some() {
            return None;
        }
        self.revision = revision;
        Some(self.merge(theirs))
    }

    /// The server refused the save because others changed some of its stalls; their layout stands. What fits
    /// goes with the next save, the rest is for a person to decide.
    pub fn stale(&mut self, revision: i64, theirs: Layout) -> Merged {
        self.unsent = self.waiting();
        (self.revision, self.sent) = (revision, None);
        self.merge(theirs)
    }

    /// The server refused what was sent for good: what is shown without any of my waiting changes.
    pub fn refused(&mut self, shown: &Layout) -> Layout {
        let mine = self.waiting();
        (self.unsent, self.sent) = (Diff::default(), None);
        let mut before = shown.clone();
        let (back, _) = mine.inverse().fitting(shown);
        // `fitting` has left nothing in its way.
        let _ = back.apply(&mut before);
        before
    }

    /// The server refused some numbers, because stalls that stand only in the other plan have them by now. A changed
    /// stall has its number back and a new one takes the next that is free, as `shown` knows of the other plan;
    /// everything else of mine stays and goes with the next save. Says what changes in what is shown.
    pub fn renumbered(&mut self, shown: &Layout, refused: &[StallId]) -> Diff {
        let (mine, mut next, mut series) = (self.waiting(), shown.clone(), shown.series());
        let mut left = refused.to_vec();
        while let Some(id) = left.pop() {
            let Some(stall) = next.stall(id).cloned() else { continue };
            let before = mine.changed.get(&id).map(|(was, _)| &was.no).filter(|no| **no != stall.no);
            let no = before.cloned().unwrap_or_else(|| series.after(&stall.no));
            // Another change of mine may have given that number away: it goes back as well.
            left.extend(next.numbered(&no).map(|holder| holder.id));
            next.stalls.insert(id, Stall { no, ..stall });
        }
        let back = Diff::between(shown, &next);
        (self.unsent, self.sent) = (mine.compose(&back), None);
        back
    }

    fn waiting(&self) -> Diff {
        self.sent.as_ref().map_or_else(|| self.unsent.clone(), |sent| sent.compose(&self.unsent))
    }

    fn merge(&mut self, theirs: Layout) -> Merged {
        let (fits, clashes) = self.unsent.fitting(&theirs);
        let mine = self.unsent.without(&fits);
        let mut layout = theirs;
        let _ = fits.apply(&mut layout);
        self.unsent = fits;
        Merged { layout, mine, clashes }
    }
}

#[cfg(test)]
mod tests;
