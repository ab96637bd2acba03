//! Saving when the hand rests: one save at a time, what happens meanwhile goes with the next. What to send and
//! what stands when others save in between is the outbox's rule; here is only the line.

use std::time::Duration;

use kaishi_domain::layout::{Clash, Diff, Layout, Merged, Outbox};
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
    /// What hangs on stalls that were to go; they are back.
    Held(Vec<Held>),
    Failed(Fault),
}

/// Stalls that somebody else changed as well: theirs stand, mine wait for a word.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Torn {
    mine: Diff,
    /// Both versions of each.
    pub(super) clashes: Vec<Clash>,
}

/// What has not reached the server, and how the line is.
#[derive(Clone, Debug)]
pub(super) struct Keeper {
    outbox: Outbox,
    busy: bool,
    /// When the server last took something, as it is shown; empty before the first save.
    last: String,
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
        Self { outbox: Outbox::at(revision), busy: false, last: String::new(), misses: 0, wait: 0 }
    }
}

/// Tries at once when the network comes back, and asks before a page with unsaved changes goes.
pub(super) fn watch_line(model: Model) {
    let online = window_event_listener(leptos::ev::online, move |_| model.send());
    let leaving = window_event_listener(leptos::ev::beforeunload, move |event| {
        if model.unsaved() > 0 {
            event.prevent_default();
        }
    });
    on_cleanup(move || {
        online.remove();
        leaving.remove();
    });
}

impl Model {
    /// Notes a change and sends it when the hand rests and the line is free.
    pub(super) fn keep(self, diff: &Diff) {
        self.keeper.update_value(|keeper| keeper.outbox.note(diff));
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
        self.keeper.with_value(|keeper| keeper.outbox.count())
    }

    /// The revision that stands, once everything that was changed here is stored.
    pub(super) fn settled(self) -> Option<i64> {
        self.keeper
            .with_value(|keeper| (!keeper.busy && keeper.outbox.is_empty()).then(|| keeper.outbox.revision()))
    }

    /// Sends what waits now, without waiting for the hand to rest.
    pub(super) fn send(self) {
        let job = self.keeper.try_update_value(|keeper| {
            let next = if keeper.busy { None } else { keeper.outbox.outgoing() };
            keeper.busy |= next.is_some();
            next
        });
        let Some((base, diff)) = job.flatten() else { return self.calm() };
        // On a line that is down the word of it stays until something has got through.
        if !self.keeping.with_untracked(|now| matches!(now, Keeping::Failed(_))) {
            self.keeping.set(Keeping::Saving);
        }
        spawn_local(async move {
            let answer = save(self.market, self.plan, base, diff).await;
            self.keeper.update_value(|keeper| keeper.busy = false);
            let through = answer.is_ok();
            self.learn(answer);
            if through {
                self.send();
            }
        });
    }

    /// A step and its undo cancel each other out before anything is sent: the server has all of it already.
    fn calm(self) {
        let last = self.keeper.with_value(|keeper| {
            let rests = !keeper.busy && keeper.outbox.is_empty();
            rests.then(|| keeper.last.clone())
        });
        if let Some(last) = last
            && self.keeping.with_untracked(|now| *now == Keeping::Saving)
        {
            self.keeping.set(Keeping::Saved(last));
        }
    }

    fn learn(self, answer: Result<Kept, Fault>) {
        match answer {
            Ok(Kept::Done { revision, merged, at }) => {
                self.keeper.update_value(|keeper| keeper.last.clone_from(&at));
                self.keeping.set(Keeping::Saved(at));
                self.merge(|outbox| outbox.saved(revision, merged));
            }
            Ok(Kept::Stale { revision, layout, .. }) => {
                self.keeping.set(Keeping::Still);
                self.merge(|outbox| Some(outbox.stale(revision, layout)));
            }
            Ok(Kept::Held(held)) => {
                self.revert();
                self.keeping.set(Keeping::Held(held));
            }
            Err(fault @ (Fault::Taken(_) | Fault::Refused(_) | Fault::Missing | Fault::NotAllowed)) => {
                self.revert();
                self.keeping.set(Keeping::Failed(fault));
            }
            Err(fault) => {
                let misses = self.keeper.try_update_value(|keeper| {
                    keeper.misses += 1;
                    keeper.misses
                });
                self.keeping.set(Keeping::Failed(fault));
                let wait = Duration::from_secs(1 << misses.unwrap_or(1).clamp(1, 5));
                self.send_after(wait.min(LONGEST));
            }
        }
    }

    /// Others saved while I only looked on.
    pub(super) fn heard(self, revision: i64, theirs: Layout) {
        let before = self.layout.get_untracked();
        self.merge(|outbox| outbox.heard(revision, theirs));
        let changed = self.layout.with_untracked(|layout| Diff::between(&before, layout).steps().count());
        if changed > 0 {
            self.said.set(self.words.theirs_changed(changed));
        }
    }

    /// Others saved in between: theirs with what fits of mine stands, the rest is asked about.
    fn merge(self, answer: impl FnOnce(&mut Outbox) -> Option<Merged>) {
        let merged = self.keeper.try_update_value(|keeper| {
            keeper.misses = 0;
            answer(&mut keeper.outbox)
        });
        let Some(Merged { layout, mine, clashes }) = merged.flatten() else { return };
        self.put(layout);
        if clashes.is_empty() {
            return;
        }
        self.torn.update(|torn| {
            let (earlier, mut known) = torn.take().map(|torn| (torn.mine, torn.clashes)).unwrap_or_default();
            known.retain(|old| clashes.iter().all(|new| new.stall != old.stall));
            known.extend(clashes);
            *torn = Some(Torn { mine: earlier.compose(&mine), clashes: known });
        });
    }

    /// The server said no for good: as it was before, and undo keeps what still fits.
    fn revert(self) {
        let before = self.keeper.try_update_value(|keeper| {
            keeper.misses = 0;
            self.layout.with_untracked(|layout| keeper.outbox.refused(layout))
        });
        if let Some(before) = before {
            self.put(before);
        }
        self.layout.with_untracked(|layout| {
            self.history.update(|history| drop(history.rebase(layout)));
        });
    }

    /// Leaves theirs.
    pub(super) fn take_theirs(self) {
        self.torn.set(None);
    }

    /// Puts my version of those stalls on top of theirs, as a step of mine that can be undone.
    pub(super) fn put_mine(self) {
        let Some(Torn { mine, .. }) = self.torn.get_untracked() else { return };
        self.torn.set(None);
        let mut top = self.layout.get_untracked();
        let diff = mine.over(&top);
        if diff.apply(&mut top).is_ok() && !diff.is_empty() {
            self.put(top);
            self.keep(&diff);
            self.history.update(|history| history.mark(diff));
        } else {
            self.notice.set(Some(self.words.not_on_top().to_owned()));
        }
    }

    /// Puts the message away.
    pub(super) fn dismiss(self) {
        self.keeping.set(Keeping::Still);
    }
}
