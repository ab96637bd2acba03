//! Undo and redo over the whole session; other people's changes are not in my history.

use kaishi_domain::layout::{Conflict, Diff, History, Layout};

use super::model::Model;

impl Model {
    pub(super) fn undo(self) {
        if self.travel(History::undo) {
            self.said.set(self.words.undone().to_owned());
        }
    }

    pub(super) fn redo(self) {
        if self.travel(History::redo) {
            self.said.set(self.words.redone().to_owned());
        }
    }

    fn travel(self, step: impl FnOnce(&mut History, &mut Layout) -> Result<Option<Diff>, Conflict>) -> bool {
        let mut done = Ok(None);
        self.blocked.set(false);
        self.history.update(|history| {
            self.layout.maybe_update(|layout| {
                done = step(history, layout);
                matches!(done, Ok(Some(_)))
            });
        });
        match done {
            Ok(Some(diff)) => {
                self.follow(&diff);
                self.keep(&diff);
                true
            }
            Ok(None) => false,
            Err(conflict) => {
                let numbers =
                    conflict.clashes.iter().filter_map(|clash| clash.theirs.as_ref().or(clash.mine.as_ref()));
                let numbers: Vec<&str> = numbers.map(|stall| stall.no.as_str()).collect();
                let versions: Vec<_> =
                    conflict.clashes.iter().take(3).map(|clash| self.words.versions(clash)).collect();
                let why = self.words.overwritten(&numbers);
                self.notice.set(Some(format!("{why} {}", versions.join("　"))));
                self.blocked.set(true);
                false
            }
        }
    }

    /// Takes back what still can be of the step that somebody else has blocked.
    pub(super) fn undo_rest(self) {
        self.travel(|history, layout| Ok(history.rest(layout)));
        self.notice.set(None);
    }
}
