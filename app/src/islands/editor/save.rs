//! Saving when the hand rests: one save at a time, what happens meanwhile goes with the next. What to send and
//! what stands when others save in between is the outbox's rule; here is only the line.

use std::time::Duration;

use js_sys::futures::spawn_local;
use kaishi_domain::StallId;
use kaishi_domain::layout::{Clash, Diff, Layout, Merged, Outbox};
use kaishi_domain::map::Map;
use leptos::prelude::set_timeout;

use super::model::Model;
use crate::calls::layout::{Held, Kept, Save};
use crate::fault::Fault;
use crate::islands::node::hear;
use crate::islands::wire::call;

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

    /// What is to be sent now; it is on its way then.
    fn next(&mut self) -> Option<(i64, Diff)> {
        let next = if self.busy { None } else { self.outbox.outgoing() };
        self.busy |= next.is_some();
        next
    }

    /// The server has answered.
    fn through<T>(&mut self, answer: impl FnOnce(&mut Outbox) -> T) -> T {
        self.misses = 0;
        answer(&mut self.outbox)
    }
}

/// Tries at once when the network comes back, and asks before a page with unsaved changes goes.
pub(super) fn watch_line(model: Model) {
    hear("online", move |_| model.send());
    hear("beforeunload", move |event| {
        if model.unsaved() > 0 {
            event.prevent_default();
        }
    });
}

impl Model {
    /// Notes a change and sends it when the hand rests and the line is free.
    pub(super) fn keep(self, diff: &Diff) {
        self.keeper.borrow_mut().outbox.note(diff);
        let calm = |now: &Keeping| matches!(now, Keeping::Still | Keeping::Saved(_) | Keeping::Held(_));
        if self.keeping.with_untracked(calm) {
            self.keeping.set(Keeping::Saving);
        }
        self.send_after(REST);
    }

    /// Sends when this wait is over, unless a newer one has begun.
    fn send_after(self, wait: Duration) {
        let mine = self.keeper.borrow().wait + 1;
        self.keeper.borrow_mut().wait = mine;
        let send = move || {
            if self.keeper.borrow().wait == mine {
                self.send();
            }
        };
        set_timeout(send, wait);
    }

    /// How many stalls have changes that the server does not have.
    pub(super) fn unsaved(self) -> usize {
        self.keeper.borrow().outbox.count()
    }

    /// The revision that stands, once everything that was changed here is stored.
    pub(super) fn settled(self) -> Option<i64> {
        let keeper = self.keeper.borrow();
        (!keeper.busy && keeper.outbox.is_empty()).then(|| keeper.outbox.revision())
    }

    /// Sends what waits now, without waiting for the hand to rest.
    pub(super) fn send(self) {
        let job = self.keeper.borrow_mut().next();
        let Some((base, diff)) = job else { return self.calm() };
        // On a line that is down the word of it stays until something has got through.
        if !self.keeping.with_untracked(|now| matches!(now, Keeping::Failed(_))) {
            self.keeping.set(Keeping::Saving);
        }
        spawn_local(async move {
            let answer = call(Save { market: self.market, plan: self.plan, base, diff }).await;
            self.keeper.borrow_mut().busy = false;
            let through = answer.is_ok();
            self.learn(answer);
            if through {
                self.send();
            }
        });
    }

    /// A step and its undo cancel each other out before anything is sent: the server has all of it already.
    fn calm(self) {
        if self.settled().is_some() && self.keeping.with_untracked(|now| *now == Keeping::Saving) {
            let last = self.keeper.borrow().last.clone();
            self.keeping.set(Keeping::Saved(last));
        }
    }

    fn learn(self, answer: Result<Kept, Fault>) {
        match answer {
            Ok(Kept::Done { revision, merged, at }) => {
                self.keeper.borrow_mut().last.clone_from(&at);
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
            Ok(Kept::Taken { stalls, elsewhere }) => {
                self.keeping.set(Keeping::Saving);
                self.renumber(&stalls, elsewhere);
            }
            Err(fault @ (Fault::Taken(_) | Fault::Refused(_) | Fault::Missing | Fault::NotAllowed)) => {
                self.revert();
                self.keeping.set(Keeping::Failed(fault));
            }
            Err(fault) => {
                let misses = self.keeper.borrow().misses + 1;
                self.keeper.borrow_mut().misses = misses;
                self.keeping.set(Keeping::Failed(fault));
                let wait = Duration::from_secs(1 << misses.clamp(1, 5));
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
        let merged = self.keeper.borrow_mut().through(answer);
        let Some(Merged { layout, mine, clashes }) = merged else { return };
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

    /// Another organizer gave these numbers out in the other plan: only they change, and it is said how.
    fn renumber(self, stalls: &[StallId], elsewhere: Map<StallId, String>) {
        let shown = self.layout.get_untracked().with_elsewhere(elsewhere);
        let back = self.keeper.borrow_mut().through(|outbox| outbox.renumbered(&shown, stalls));
        let mut next = shown.clone();
        if back.apply(&mut next).is_err() {
            return;
        }
        self.layout.set(shown);
        self.put(next);
        self.layout.with_untracked(|layout| {
            self.history.update(|history| drop(history.rebase(layout)));
        });
        let numbers = back.changed.values().map(|(was, is)| (was.no.as_str(), is.no.as_str()));
        self.notice.set(Some(self.words.renamed(numbers)));
    }

    /// The server said no for good: as it was before, and undo keeps what still fits.
    fn revert(self) {
        let layout = self.layout.get_untracked();
        let before = self.keeper.borrow_mut().through(|outbox| outbox.refused(&layout));
        self.put(before);
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
