//! Saving after each gesture: one save at a time, what happens meanwhile goes with the next.

use std::time::Duration;

use kaishi_domain::layout::{Diff, Layout};
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
    /// How often the server was not to be reached, one after the other.
    misses: u32,
    /// Counts the waits, so that only the newest one ends in a save.
    wait: u32,
}

/// Steps within this time go together: a key that is held down is one save.
const REST: Duration = Duration::from_millis(350);
/// The longest wait between two tries on a line that is down.
const LONGEST: Duration = Duration::from_secs(15);

impl Keeper {
    pub(super) fn at(revision: i64) -> Self {
        Self { revision, unsent: Diff::default(), again: None, busy: false, misses: 0, wait: 0 }
    }
}

/// Tries at once when the network comes back, and asks before a page with unsaved changes goes.
pub(super) fn watch_line(model: Model) {
    let online = window_event_listener(leptos::ev::online, move |_| model.send());
    let leaving = window_event_listener(leptos::ev::beforeunload, move |event| {
        if model.unsaved() > 0 || model.keeper.with_value(|keeper| keeper.busy) {
            event.prevent_default();
        }
    });
    on_cleanup(move || {
        online.remove();
        leaving.remove();
    });
}

impl Model {
    /// The revision that stands, once everything that was changed here is stored.
    pub(super) fn settled(self) -> Option<i64> {
        self.keeper.with_value(|keeper| {
            let clean = !keeper.busy && keeper.again.is_none() && keeper.unsent.is_empty();
            clean.then_some(keeper.revision)
        })
    }

    /// Notes a change and sends it when the hand rests and the line is free.
    pub(super) fn keep(self, diff: &Diff) {
        self.keeper.update_value(|keeper| keeper.unsent = keeper.unsent.compose(diff));
        let calm = |now: &Keeping| matches!(now, Keeping::Still | Keeping::Saved(_) | Keeping::Held(_));
        if self.keeping.with_untracked(calm) {
            self.keeping.set(Keeping::Saving);
        }
        self.send_after(REST);
    }

    /// Sends when this wait is over, unless a newer one has begun.
    fn send_after(self, wait: Duration) {
        let mine = self.keeper.try_update_value(|keeper| {
            keeper.wait += 1;
            keeper.wait
        });
        let send = move || {
            if mine.is_some() && self.keeper.try_with_value(|keeper| keeper.wait) == mine {
                self.send();
            }
        };
        set_timeout(send, wait);
    }

    /// How many stalls have changes that the server does not have.
    pub(super) fn unsaved(self) -> usize {
        self.keeper.with_value(|keeper| {
            let again = keeper.again.as_ref().map_or(0, |diff| diff.steps().count());
            again + keeper.unsent.steps().count()
        })
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
        // On a line that is down the word of it stays until something has got through.
        if !self.keeping.with_untracked(|now| matches!(now, Keeping::Failed(_))) {
            self.keeping.set(Keeping::Saving);
        }
        spawn_local(async move {
            let answer = save(self.market, self.plan, base, diff.clone()).await;
            self.keeper.update_value(|keeper| keeper.busy = false);
            let through = answer.is_ok();
            self.learn(diff, answer);
            if through {
                self.send();
            }
        });
    }

    fn learn(self, sent: Diff, answer: Result<Kept, Fault>) {
        match answer {
            Ok(Kept::Done { revision, merged, at }) => {
                self.keeper.update_value(|keeper| {
                    keeper.revision = revision;
                    keeper.misses = 0;
                });
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
                let misses = self.keeper.try_update_value(|keeper| {
                    keeper.again = Some(sent);
                    keeper.misses += 1;
                    keeper.misses
                });
                self.keeping.set(Keeping::Failed(fault));
                let wait = Duration::from_secs(1 << misses.unwrap_or(1).clamp(1, 5));
                self.send_after(wait.min(LONGEST));
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
        self.put(theirs);
    }

    /// The server said no for good: as it was before.
    fn revert(self, sent: &Diff) {
        let mine = self.take_back(sent);
        let mut before = self.layout.get_untracked();
        let back = mine.inverse().over(&before);
        let _ = back.apply(&mut before);
        self.put(before);
        self.rebase_history();
    }

    /// Undo keeps what still fits.
    fn rebase_history(self) {
        self.layout.with_untracked(|layout| {
            self.history.update(|history| drop(history.rebase(layout)));
        });
    }

    /// Gives way: theirs stands, my undo begins anew.
    pub(super) fn take_theirs(self) {
        if let Keeping::Stale { revision, theirs, .. } = self.keeping.get_untracked() {
            self.keeper.set_value(Keeper::at(revision));
            self.put(theirs);
            self.rebase_history();
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
                self.put(top);
                self.keep(&diff);
            }
        }
    }

    /// Puts the message away.
    pub(super) fn dismiss(self) {
        self.keeping.set(Keeping::Still);
    }
}
