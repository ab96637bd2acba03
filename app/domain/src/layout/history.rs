//! Undo and redo over a whole session. Selection, pan and other people's changes are no history.
//!
//! Others' changes go into the layout, never in here. A mark is taken back only where its stalls are as it
//! left them: a stall that somebody else changed since is never overwritten, both versions are told instead,
//! and what else the mark did can be taken back by itself.

use super::{Clash, Conflict, Diff, Layout};

/// The marks of one person in one session; one gesture is one mark.
#[derive(Clone, Default, Debug)]
pub struct History {
    done: Vec<Diff>,
    undone: Vec<Diff>,
    /// The mark that was refused last.
    refused: Option<Refused>,
}

/// A mark whose way back somebody else has blocked.
#[derive(Clone, Debug)]
struct Refused {
    /// What it would have changed.
    back: Diff,
    /// Whether it was to be undone, not done again.
    undo: bool,
}

impl History {
    /// Notes a gesture that has been done. What was undone before it can no longer be redone.
    pub fn mark(&mut self, diff: Diff) {
        if !diff.is_empty() {
            self.done.push(diff);
            self.undone.clear();
            self.refused = None;
        }
    }

    /// Whether there is something to undo.
    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether there is something to redo.
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// Takes the last mark back and says what that changed; `None` when there is none. A mark that no longer
    /// fits, because somebody else changed its stalls, changes nothing and leaves the history; the conflict
    /// names each of those stalls with both versions, and `rest` takes back what still fits.
    pub fn undo(&mut self, layout: &mut Layout) -> Result<Option<Diff>, Conflict> {
        self.step(true, layout)
    }

    /// Does the last undone mark again, on the same terms.
    pub fn redo(&mut self, layout: &mut Layout) -> Result<Option<Diff>, Conflict> {
        self.step(false, layout)
    }

    /// After a refusal: does the part of that step that nobody else stands in the way of, and says what it
    /// changed; `None` when nothing is left of it.
    pub fn rest(&mut self, layout: &mut Layout) -> Option<Diff> {
        let Refused { back, undo } = self.refused.take()?;
        let (fits, _) = back.fitting(layout);
        if fits.is_empty() || fits.apply(layout).is_err() {
            return None;
        }
        let pile = if undo { &mut self.undone } else { &mut self.done };
        pile.push(fits.clone());
        Some(fits)
    }

    /// Drops what no longer fits a layout that has become another one as a whole (a save that was refused, a
    /// version that was restored), mark by mark from the last; says which stalls that concerns, with what
    /// undo would have made of them and what they are. The rest can still be undone.
    pub fn rebase(&mut self, layout: &Layout) -> Vec<Clash> {
        self.refused = None;
        let mut lost = kept(&mut self.done, layout);
        lost.extend(kept(&mut self.undone, layout));
        lost
    }

    /// Applies the inverse of the last mark of one pile and puts it on the other.
    fn step(&mut self, undo: bool, layout: &mut Layout) -> Result<Option<Diff>, Conflict> {
        let (from, to) =
            if undo { (&mut self.done, &mut self.undone) } else { (&mut self.undone, &mut self.done) };
        let Some(mark) = from.pop() else { return Ok(None) };
        let back = mark.inverse();
        match back.apply(layout) {
            Ok(()) => {
                to.push(back.clone());
                self.refused = None;
                Ok(Some(back))
            }
            Err(conflict) => {
                self.refused = Some(Refused { back, undo });
                Err(conflict)
            }
        }
    }
}

/// Keeps of a pile what can be taken back from a layout on, last mark first.
fn kept(pile: &mut Vec<Diff>, layout: &Layout) -> Vec<Clash> {
    let (mut now, mut lost, mut marks) = (layout.clone(), Vec::new(), Vec::new());
    for mark in pile.drain(..).rev() {
        let (fits, clashes) = mark.inverse().fitting(&now);
        lost.extend(clashes);
        if !fits.is_empty() && fits.apply(&mut now).is_ok() {
            marks.push(fits.inverse());
        }
    }
    marks.reverse();
    *pile = marks;
    lost
}

#[cfg(test)]
mod tests;
