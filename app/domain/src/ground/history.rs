//! Undo and redo over a whole session of drawing a ground.

use super::{Diff, Ground};

/// The gestures of one person in one session and how many of them stand.
#[derive(Clone, Default, Debug)]
pub struct History {
    marks: Vec<Diff>,
    standing: usize,
}

impl History {
    /// Notes a gesture that has been done. What was undone before it can no longer be redone.
    pub fn mark(&mut self, diff: Diff) {
        if !diff.is_empty() {
            self.marks.truncate(self.standing);
            self.marks.push(diff);
            self.standing += 1;
        }
    }

    /// Whether there is something to undo.
    pub const fn can_undo(&self) -> bool {
        self.standing > 0
    }

    /// Whether there is something to redo.
    pub const fn can_redo(&self) -> bool {
        self.standing < self.marks.len()
    }

    /// Takes the last standing mark back. One that no longer fits, because somebody else changed its parts,
    /// is dropped, and nothing changes.
    pub fn undo(&mut self, ground: &mut Ground) -> bool {
        if self.standing == 0 {
            return false;
        }
        self.standing -= 1;
        let done = self.marks[self.standing].inverse().apply(ground).is_ok();
        if !done {
            self.marks.remove(self.standing);
        }
        done
    }

    /// Does the last undone mark again.
    pub fn redo(&mut self, ground: &mut Ground) -> bool {
        let Some(mark) = self.marks.get(self.standing) else { return false };
        let done = mark.apply(ground).is_ok();
        if done {
            self.standing += 1;
        } else {
            self.marks.remove(self.standing);
        }
        done
    }
}
