//! Saving after each gesture: one save at a time, what happens meanwhile goes with the next.

use kaishi_domain::layout::{Diff, History, Layout};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::model::Model;
use crate::calls::layout::{Held, Kept, save};
use crate::fault::Fault;

/// How the last save stands.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Keeping {
    /// Nothing to save.
    Still,
    Saving,
    /// `10:21`
    Saved(String),
    /// Somebody changed the same stalls: theirs and mine wait for a choice.
    Stale {
        revision: i64,
        theirs: Layout,
        mine: Diff,
        numbers: String,
    },
    /// What hangs on stalls that were to go; they are back.
    Held(Vec<Held>),
    Failed(Fault),
}

/// What has not reached the server.
#[derive(Clone, Debug)]
pub(super) struct Keeper {
    revision: i64,
    unsent: Diff,
    /// Sent without an answer: goes again exactly as it was, so that the server knows it for the same.
    again: Option<Diff>,
    busy: bool,
}

impl Keeper {
    pub(super) fn at(revision: i64) -> Self {
        Self { revision, unsent: Diff::default(), again: None, busy: false }
    }
}

impl Model {
    /// Notes a change and sends it as soon as the line is free.
    pub(super) fn keep(self, diff: &Diff) {
        self.keeper.update_value(|keeper| keeper.unsent = keeper.unsent.compose(diff));
        self.send();
    }

    fn send(self) {
        let waiting = matches!(self.keeping.get_untracked(), Keeping::Stale { .. });
        let job = self.keeper.try_update_value(|keeper| {
            let nothing = keeper.unsent.is_empty() && keeper.again.is_none();
            if keeper.busy || waiting || nothing {
                return None;
            }
            keeper.busy = true;
            let next = keeper.again.take().unwrap_or_else(|| std::mem::take(&mut keeper.unsent));
            Some((keeper.revision, next))
        });
        let Some((base, diff)) = job.flatten() else { return };
        self.keeping.set(Keeping::Saving);
        spawn_local(async move {
            let answer = save(self.market, self.plan, base, diff.clone()).await;
            self.keeper.update_value(|keeper| keeper.busy = false);
            self.learn(diff, answer);
            self.send();
        });
    }

    fn learn(self, sent: Diff, answer: Result<Kept, Fault>) {
        match answer {
            Ok(Kept::Done { revision, merged, at }) => {
                self.keeper.update_value(|keeper| keeper.revision = revision);
                self.keeping.set(Keeping::Saved(at));
                if let Some(theirs) = merged {
                    self.merge(theirs);
                }
            }
            Ok(Kept::Stale { revision, layout, conflict }) => {
                let clashes = conflict.clashes.iter();
                let numbers: Vec<String> = clashes
                    .filter_map(|clash| {
                        clash.theirs.as_ref().or(clash.mine.as_ref()).map(|stall| stall.no.clone())
                    })
                    .collect();
                let mine = self.take_back(&sent);
                self.keeping.set(Keeping::Stale {
                    revision,
                    theirs: layout,
                    mine,
                    numbers: numbers.join("、"),
                });
            }
            Ok(Kept::Held(held)) => {
                self.revert(&sent);
                self.keeping.set(Keeping::Held(held));
            }
            Err(fault @ (Fault::Taken(_) | Fault::Refused(_) | Fault::Missing | Fault::NotAllowed)) => {
                self.revert(&sent);
                self.keeping.set(Keeping::Failed(fault));
            }
            Err(fault) => {
                self.keeper.update_value(|keeper| {
                    keeper.again = Some(sent);
                    keeper.busy = true;
                });
                self.keeping.set(Keeping::Failed(fault));
                set_timeout(
                    move || {
                        self.keeper.update_value(|keeper| keeper.busy = false);
                        self.send();
                    },
                    std::time::Duration::from_secs(3),
                );
            }
        }
    }

    /// Everything that the server does not have, as one diff; nothing is left to send.
    fn take_back(self, sent: &Diff) -> Diff {
        self.keeper
            .try_update_value(|keeper| sent.compose(&std::mem::take(&mut keeper.unsent)))
            .unwrap_or_default()
    }

    /// Others saved in between: their layout with my unsent changes on top.
    fn merge(self, mut theirs: Layout) {
        self.keeper.update_value(|keeper| {
            let mine = keeper.unsent.over(&theirs);
            keeper.unsent = if mine.apply(&mut theirs).is_ok() { mine } else { Diff::default() };
        });
        self.layout.set(theirs);
        self.forget_gone();
    }

    /// The server said no for good: as it was before.
    fn revert(self, sent: &Diff) {
        let mine = self.take_back(sent);
        self.layout.update(|layout| {
            let back = mine.inverse().over(layout);
            let _ = back.apply(layout);
        });
        self.history.set(History::default());
        self.forget_gone();
    }

    /// Gives way: theirs stands, my undo begins anew.
    pub(super) fn take_theirs(self) {
        if let Keeping::Stale { revision, theirs, .. } = self.keeping.get_untracked() {
            self.keeper.set_value(Keeper::at(revision));
            self.history.set(History::default());
            self.layout.set(theirs);
            self.forget_gone();
            self.keeping.set(Keeping::Still);
        }
    }

    /// Puts my version of my stalls on top of theirs.
    pub(super) fn put_mine(self) {
        if let Keeping::Stale { revision, theirs, mine, .. } = self.keeping.get_untracked() {
            let later = self.take_back(&Diff::default());
            self.keeper.set_value(Keeper::at(revision));
            self.keeping.set(Keeping::Still);
            let mut top = theirs;
            let diff = mine.compose(&later).over(&top);
            if diff.apply(&mut top).is_ok() {
                self.layout.set(top);
                self.forget_gone();
                self.keep(&diff);
            }
        }
    }

    /// Puts the message away.
    pub(super) fn dismiss(self) {
        self.keeping.set(Keeping::Still);
    }
}
