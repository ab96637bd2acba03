//! The phone behind the pad: its journal, its line to the server, and what a tap does.

use kaishi_domain::Moment;
use kaishi_domain::encounter::Kind;
use kaishi_domain::pad::Journal;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Setup, browser};
use crate::calls::tally::tally_send;
use crate::fault::Fault;
use crate::words::Lang;

/// A tap waits so long for others to go with it, in milliseconds.
const GATHER: u64 = 250;
/// Whatever is left is tried again so often, in milliseconds.
const RETRY: u64 = 3_000;

/// How the line to the server is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Line {
    /// The last answer came.
    Online,
    /// Records are on their way.
    Sending,
    /// The last try failed; tried again by itself.
    Offline,
    /// The link opens nothing any more; records stay until a person decides.
    Stopped,
}

/// What the pad's pieces share. Copies are the same phone.
#[derive(Clone, Copy)]
pub(super) struct Phone {
    pub lang: Lang,
    pub journal: RwSignal<Journal>,
    pub kind: RwSignal<Kind>,
    /// `None` until the script runs.
    pub line: RwSignal<Option<Line>>,
    token: StoredValue<String>,
    midnight: Moment,
    /// The server's time when this phone's clock shows zero.
    ahead: RwSignal<i64>,
}

impl Phone {
    pub(super) fn new(setup: &Setup) -> Self {
        Self {
            lang: setup.lang,
            journal: RwSignal::new(setup.journal.clone()),
            kind: RwSignal::new(setup.kind),
            line: RwSignal::new(None),
            token: StoredValue::new(setup.token.clone()),
            midnight: setup.midnight,
            ahead: RwSignal::new(setup.now.since(browser::now())),
        }
    }

    /// Runs in the browser only: takes up what an earlier page left, and keeps trying to send.
    pub(super) fn wake(self) {
        Effect::new(move |_| {
            if let Some(earlier) = browser::load(&self.token()) {
                self.journal.update(|journal| *journal = std::mem::take(journal).resume(earlier));
            }
            self.line.set(Some(Line::Online));
            self.send();
            set_interval(move || self.send(), std::time::Duration::from_millis(RETRY));
            let again = window_event_listener_untyped("online", move |_| self.send());
            on_cleanup(move || again.remove());
        });
    }

    pub(super) fn token(self) -> String {
        self.token.get_value()
    }

    /// The time of the market, whatever this phone's own clock shows.
    pub(super) fn now(self) -> Moment {
        browser::now().plus(self.ahead.get_untracked())
    }

    /// `10:42:08` on the market's day.
    pub(super) fn clock(self, at: Moment) -> String {
        let seconds = at.since(self.midnight).div_euclid(1000).rem_euclid(86_400);
        format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
    }

    pub(super) fn tap(self, n: i64) {
        browser::vibrate();
        let (kind, at) = (self.kind.get_untracked(), self.now());
        self.journal.update(|journal| journal.tap(browser::fresh(), kind, n, at));
        self.keep_and_send();
    }

    /// The number that an undo would take back.
    pub(super) fn undoable(self) -> Option<i64> {
        let now = browser::now().plus(self.ahead.get());
        self.journal.with(|journal| journal.undoable(now).map(|tap| tap.n))
    }

    pub(super) fn undo(self) {
        let at = self.now();
        let done = self.journal.try_update(|journal| journal.undo(browser::fresh(), at));
        if done == Some(true) {
            browser::vibrate();
            self.keep_and_send();
        }
    }

    pub(super) fn clear_tray(self) {
        self.journal.update(Journal::clear_tray);
        self.keep();
    }

    fn keep(self) {
        self.journal.with_untracked(|journal| browser::keep(&self.token(), journal));
    }

    fn keep_and_send(self) {
        self.keep();
        set_timeout(move || self.send(), std::time::Duration::from_millis(GATHER));
    }

    /// Sends what waits, unless it is being sent already.
    fn send(self) {
        let batch = self.journal.with_untracked(|journal| journal.batch().to_vec());
        if batch.is_empty() || self.line.get_untracked() == Some(Line::Sending) {
            return;
        }
        let stopped = self.line.get_untracked() == Some(Line::Stopped);
        self.line.set(Some(Line::Sending));
        spawn_local(async move {
            match tally_send(self.token(), batch).await {
                Ok(sent) => {
                    self.ahead.set(sent.now.since(browser::now()));
                    self.journal.update(|journal| journal.receive(&sent.receipts, sent.today));
                    self.keep();
                    self.line.set(Some(Line::Online));
                    if self.journal.with_untracked(|journal| journal.waiting() > 0) {
                        self.send();
                    }
                }
                Err(Fault::Unreachable(_) | Fault::Unavailable | Fault::Broken) if !stopped => {
                    self.line.set(Some(Line::Offline));
                }
                Err(_) => self.line.set(Some(Line::Stopped)),
            }
        });
    }
}
