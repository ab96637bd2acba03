//! The phone behind the pad: its journal, its line to the server, and what a tap does.

use kaishi_domain::Moment;
use kaishi_domain::device::About;
use kaishi_domain::encounter::Kind;
use kaishi_domain::moment::SECOND;
use kaishi_domain::pad::{Act, Answer, Journal};
use leptos::prelude::*;

use super::{Setup, browser};
use crate::calls::tally::{Sent, tally_send};
use crate::fault::Fault;
use crate::words::Lang;

/// A tap waits so long for others to go with it, in milliseconds.
const GATHER: u64 = 250;
/// Whatever is left is tried again so often, in milliseconds; twice as long after each failure.
const RETRY: i64 = 3 * SECOND;
/// It is never tried less often, in milliseconds.
const LONGEST: i64 = 60 * SECOND;
/// A phone with nothing to send says so often that it is there, in milliseconds.
const HELLO: i64 = 30 * SECOND;

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
    Stopped(Stop),
}

/// Why a link opens nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Stop {
    /// This phone, or its link, was taken out of service.
    Revoked,
    /// The market is over.
    Over,
    /// The PIN is asked for.
    Pin,
}

/// When to try again.
#[derive(Clone, Copy, Default)]
struct Pace {
    failures: u32,
    next: i64,
    heard: i64,
    sending: bool,
}

/// What the pad's pieces share. Copies are the same phone.
#[derive(Clone, Copy)]
pub(super) struct Phone {
    pub lang: Lang,
    pub journal: RwSignal<Journal>,
    pub kind: RwSignal<Kind>,
    /// `None` until the script runs.
    pub line: RwSignal<Option<Line>>,
    /// Whether the phone has kept what the journal says; if not, it stands in this page only.
    pub kept: RwSignal<bool>,
    token: StoredValue<String>,
    device: StoredValue<Option<String>>,
    pace: StoredValue<Pace>,
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
            kept: RwSignal::new(true),
            token: StoredValue::new(setup.token.clone()),
            device: StoredValue::new(setup.device.clone()),
            pace: StoredValue::new(Pace::default()),
            midnight: setup.midnight,
            ahead: RwSignal::new(setup.now.since(browser::now())),
        }
    }

    /// Runs in the browser only: takes up what an earlier page left, and keeps trying to send.
    pub(super) fn wake(self) {
        Effect::new(move |_| {
            browser::keep_page();
            browser::run(Box::pin(async move {
                let page = self.journal.get_untracked().without_taps();
                self.journal.set(page.clone());
                self.change(Act::Join(Box::new(page))).await;
                let name = self.device.get_value().unwrap_or_else(|| {
                    let known = self.journal.with_untracked(|journal| journal.device().to_owned());
                    if known.is_empty() { browser::fresh() } else { known }
                });
                self.change(Act::Name(name)).await;
                self.line.set(Some(Line::Online));
                self.flush();
            }));
            let tick = std::time::Duration::from_millis(RETRY.unsigned_abs());
            set_interval(move || self.send(), tick);
            // The page's own event, that it is seen again, bubbles up to the window.
            for name in ["online", "visibilitychange"] {
                let again = window_event_listener_untyped(name, move |_| {
                    if !browser::hidden() {
                        self.flush();
                    }
                });
                on_cleanup(move || again.remove());
            }
        });
    }

    pub(super) fn token(self) -> String {
        self.token.get_value()
    }

    /// What this phone calls itself, for calls beside the journal.
    pub(super) fn device(self) -> String {
        self.journal.with_untracked(|journal| journal.device().to_owned())
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
        self.act(Act::Tap { id: browser::fresh(), kind, n, at });
    }

    /// The number that an undo would take back.
    pub(super) fn undoable(self) -> Option<i64> {
        let now = browser::now().plus(self.ahead.get());
        self.journal.with(|journal| journal.undoable(now).map(|tap| tap.n))
    }

    pub(super) fn undo(self) {
        let at = self.now();
        if self.journal.with_untracked(|journal| journal.undoable(at).is_some()) {
            browser::vibrate();
            self.act(Act::Undo { id: browser::fresh(), at });
        }
    }

    /// Keeps an act, shows it, and sends it soon.
    pub(super) fn act(self, act: Act) {
        browser::run(Box::pin(self.change(act)));
        set_timeout(move || self.send(), std::time::Duration::from_millis(GATHER));
    }

    /// Lets an act happen: first it is kept, then it is shown. What cannot be kept is shown with a warning, and is
    /// kept with the next act that can.
    async fn change(self, act: Act) {
        let unkept = (!self.kept.get_untracked()).then(|| self.journal.get_untracked());
        let token = self.token();
        let kept = browser::change(&token, |mut journal| {
            if let Some(here) = unkept {
                journal = journal.join(here);
            }
            journal.apply(&act);
            journal
        });
        if let Some(journal) = kept.await {
            if let Some(ahead) = journal.ahead() {
                self.ahead.set(ahead);
            }
            self.journal.set(journal);
            self.kept.set(true);
        } else {
            self.journal.update(|journal| journal.apply(&act));
            self.kept.set(false);
        }
    }

    /// Sends now, whatever failed before.
    fn flush(self) {
        self.pace.update_value(|pace| (pace.failures, pace.next, pace.heard) = (0, 0, 0));
        self.send();
    }

    /// Sends what waits, unless it is being sent already or was tried a moment ago.
    fn send(self) {
        let (now, pace) = (browser::now().millis(), self.pace.get_value());
        if pace.sending || now < pace.next {
            return;
        }
        self.pace.update_value(|pace| pace.sending = true);
        browser::run(Box::pin(async move {
            if let Some(_turn) = browser::turn(&self.token()).await {
                while self.send_batch().await {}
            }
            self.pace.update_value(|pace| pace.sending = false);
        }));
    }

    /// Sends one batch; answers whether there is more.
    async fn send_batch(self) -> bool {
        // Another page of this phone may have written in the meantime.
        self.change(Act::Join(Box::default())).await;
        let (records, about) =
            self.journal.with_untracked(|journal| (journal.batch().to_vec(), about(journal)));
        let now = browser::now().millis();
        let quiet = records.is_empty() && about.cleared.is_empty();
        if quiet && now - self.pace.get_value().heard < HELLO {
            return false;
        }
        let stopped = matches!(self.line.get_untracked(), Some(Line::Stopped(_)));
        if !quiet && !stopped {
            self.line.set(Some(Line::Sending));
        }
        let told = about.cleared.iter().map(|cleared| cleared.record.id.clone()).collect();
        match tally_send(self.token(), records, about).await {
            Ok(Sent { receipts, today, now: server }) => {
                let here = browser::now();
                self.pace.update_value(|pace| (pace.failures, pace.next, pace.heard) = (0, 0, here.millis()));
                self.change(Act::Receive(Answer { receipts, today, now: server, here, told })).await;
                self.line.set(Some(Line::Online));
                self.journal.with_untracked(|journal| journal.waiting() > 0)
            }
            Err(fault) => {
                self.pace.update_value(|pace| {
                    let wait = RETRY.saturating_mul(1 << pace.failures.min(10)).min(LONGEST);
                    (pace.failures, pace.next) = (pace.failures + 1, now + wait);
                });
                self.line.set(Some(line_after(&fault)));
                false
            }
        }
    }
}

/// What the phone says of itself with the next batch.
fn about(journal: &Journal) -> About {
    let rest = journal.waiting() - journal.batch().len();
    let number = |n: usize| i64::try_from(n).ok();
    About {
        device: Some(journal.device().to_owned()),
        next: Some(journal.next()),
        waiting: number(rest),
        tray: number(journal.tray().len()),
        clock: Some(browser::now()),
        cleared: journal.cleared().to_vec(),
    }
}

const fn line_after(fault: &Fault) -> Line {
    match fault {
        Fault::Missing => Line::Stopped(Stop::Revoked),
        Fault::Refused(_) => Line::Stopped(Stop::Over),
        Fault::NotAllowed => Line::Stopped(Stop::Pin),
        _ => Line::Offline,
    }
}
