//! Undo and redo over a whole session. Selection, pan and other people's changes are no history.

use super::{Conflict, Diff, Layout};

/// The marks of one person in one session; one gesture is one mark.
#[derive(Clone, Default, Debug)]
pub struct History {
    done: Vec<Diff>,
    undone: Vec<Diff>,
}

impl History {
    /// Notes a gesture that has been done. What was undone before it can no longer be redone.
    pub fn mark(&mut self, diff: Diff) {
        if !diff.is_empty() {
            self.done.push(diff);
            self.undone.clear();
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
    /// fits, because somebody else changed its stalls, is dropped.
    pub fn undo(&mut self, layout: &mut Layout) -> Result<Option<Diff>, Conflict> {
        step(&mut self.done, &mut self.undone, layout)
    }

    /// Does the last undone mark again.
    pub fn redo(&mut self, layout: &mut Layout) -> Result<Option<Diff>, Conflict> {
        step(&mut self.undone, &mut self.done, layout)
    }
}

/// Applies the inverse of the last mark of one pile and puts it on the other.
fn step(from: &mut Vec<Diff>, to: &mut Vec<Diff>, layout: &mut Layout) -> Result<Option<Diff>, Conflict> {
    let Some(mark) = from.pop() else { return Ok(None) };
    let back = mark.inverse();
    back.apply(layout)?;
    to.push(back.clone());
    Ok(Some(back))
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "places are exact to the centimetre")]
mod tests {
    use super::super::Edit;
    use super::super::tests::stall;
    use super::*;

    #[test]
    fn other_peoples_stalls_stay_and_a_mark_they_overwrote_is_dropped() {
        let mut layout = Layout::of([stall(1, 0.0, 0.0), stall(2, 4.0, 0.0)]).unwrap();
        let ids = [1, 2].map(|n| stall(n, 0.0, 0.0).id);
        let shift = |id, dx| Edit::Move { stalls: vec![id], dx, dy: 0.0 };
        let mut history = History::default();
        history.mark(layout.apply(shift(ids[0], 1.0)).unwrap());
        layout.apply(shift(ids[1], 5.0)).unwrap();
        history.undo(&mut layout).unwrap();
        assert_eq!(layout.stall(ids[0]).unwrap().x, 0.0);
        assert_eq!(layout.stall(ids[1]).unwrap().x, 9.0);

        history.redo(&mut layout).unwrap();
        layout.apply(shift(ids[0], 7.0)).unwrap();
        assert!(history.undo(&mut layout).is_err());
        assert!(!history.can_undo());
        assert_eq!(layout.stall(ids[0]).unwrap().x, 8.0);
    }

    #[test]
    fn a_new_mark_forgets_what_was_undone() {
        let mut layout = Layout::of([stall(1, 0.0, 0.0)]).unwrap();
        let mut history = History::default();
        let id = stall(1, 0.0, 0.0).id;
        history.mark(layout.apply(Edit::Move { stalls: vec![id], dx: 1.0, dy: 0.0 }).unwrap());
        history.undo(&mut layout).unwrap();
        assert!(history.can_redo());
        history.mark(layout.apply(Edit::Remove { stalls: vec![id] }).unwrap());
        assert!(!history.can_redo());
        history.undo(&mut layout).unwrap();
        assert_eq!(layout.stall(id).unwrap().no, "1");
    }
}
