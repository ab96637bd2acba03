//! Every change of the layout goes through here: it is done, shown, saved and can be undone.

use kaishi_domain::layout::{Diff, Edit, Layout, Stall, drawing};

use super::model::Model;

impl Model {
    /// Does one edit as one mark and saves it. A refused edit changes nothing and says why.
    pub(super) fn edit(self, edit: Edit) -> bool {
        self.edits(vec![edit])
    }

    /// Does several edits as one mark, or none of them.
    pub(super) fn edits(self, edits: Vec<Edit>) -> bool {
        if !self.may_change {
            return false;
        }
        self.notice.set(None);
        let mut mark = Ok(Diff::default());
        self.layout.maybe_update(|layout| {
            mark = together(layout, edits);
            mark.as_ref().is_ok_and(|diff| !diff.is_empty())
        });
        match mark {
            Ok(diff) if !diff.is_empty() => {
                self.follow(&diff);
                self.keep(&diff);
                self.history.update(|history| history.mark(diff));
                true
            }
            Ok(_) => false,
            Err(refusal) => {
                self.notice.set(Some(self.words.refused(&refusal)));
                false
            }
        }
    }

    /// Everything that is shown follows a change of the layout.
    pub(super) fn follow(self, diff: &Diff) {
        self.sheet.borrow_mut().follow(diff, &self.labels);
        self.rows.borrow_mut().follow(diff, &self.layout.read_untracked());
        let wired = |stall: Option<&Stall>| stall.is_some_and(|stall| stall.outlet.is_some());
        if diff.steps().any(|(_, was, is)| wired(was) || wired(is)) {
            let wires = drawing::wires(&self.ground, &self.layout.read_untracked());
            self.wires.set(wires);
        }
        if !diff.removed.is_empty() {
            self.forget_gone();
        }
        // It was worked out for another layout.
        self.offer.renew(None);
        self.check_soon();
    }

    /// Another layout stands: shows it and what is different in it.
    pub(super) fn put(self, next: Layout) {
        let (next, diff) = self.against(next);
        if !diff.is_empty() {
            self.layout.set(next);
            self.follow(&diff);
        }
    }

    /// Another layout as one mark of my own.
    pub(super) fn mark(self, next: Layout) {
        let (next, diff) = self.against(next);
        if self.may_change && !diff.is_empty() {
            self.layout.set(next);
            self.follow(&diff);
            self.keep(&diff);
            self.history.update(|history| history.mark(diff));
        }
    }

    /// Another layout beside the same other plan, and what is different in it.
    fn against(self, next: Layout) -> (Layout, Diff) {
        let layout = self.layout.read_untracked();
        let diff = Diff::between(&layout, &next);
        (next.with_elsewhere(layout.elsewhere().clone()), diff)
    }

    /// Chosen stalls that are no longer there are no longer chosen.
    fn forget_gone(self) {
        let layout = self.layout.read_untracked();
        self.selected.maybe_update(|selected| {
            let before = selected.len();
            selected.retain(|id| layout.stall(*id).is_some());
            selected.len() != before
        });
    }
}

/// Does edits one after another; a refused one takes all back.
fn together(layout: &mut Layout, edits: Vec<Edit>) -> Result<Diff, kaishi_domain::Refusal> {
    let before = (edits.len() > 1).then(|| layout.clone());
    let mut all: Option<Diff> = None;
    for edit in edits {
        match layout.apply(edit) {
            Ok(diff) => {
                all = Some(match all {
                    Some(so_far) => so_far.compose(&diff),
                    None => diff,
                });
            }
            Err(refusal) => {
                if let Some(before) = before {
                    *layout = before;
                }
                return Err(refusal);
            }
        }
    }
    Ok(all.unwrap_or_default())
}
