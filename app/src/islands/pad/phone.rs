//! The phone behind the pad: its journal, its line to the server, and what a tap does.

use std::cell::RefCell;

use js_sys::futures::spawn_local;
use kaishi_domain::Moment;
use kaishi_domain::device::About;
use kaishi_domain::encounter::Kind;
use kaishi_domain::moment::SECOND;
use kaishi_domain::pad::{Act, Answer, Journal};
use leptos::prelude::{document, window};

use super::face::{self, Face, Line, Outcome, Stop};
use super::plea::Sheet;
use super::{Setup, browser};
use crate::calls::tally::{Sent, TallySend};
use crate::fault::Fault;
use crate::islands::page::{after, every, hear};
use crate::islands::shown::Shown;
use crate::islands::wire::call;
use crate::words::Lang;

/// A tap waits so long for others to go with it, in milliseconds.
const GATHER: i32 = 250;
/// Whatever is left is tried again so often, in milliseconds; twice as long after each failure.
const RETRY: i64 = 3 * SECOND;
/// It is never tried less often, in milliseconds.
const LONGEST: i64 = 60 * SECOND;
/// A phone with nothing to send says so often that it is there, in milliseconds.
const HELLO: i64 = 30 * SECOND;

/// When to try again.
#[derive(Clone, Copy, Default)]
struct Pace {
    failures: u32,
    next: i64,
    heard: i64,
    sending: bool,
}

/// What the phone knows.
struct State {
    journal: Journal,
    line: Option<Line>,
    kept: bool,
    pace: Pace,
    /// The server's time when this phone's clock shows zero.
    ahead: i64,
    appeals: (i64, i64),
    outcome: Outcome,
}

/// The phone of a page. It lasts as long as its page.
pub(super) struct Phone {
    lang: Lang,
    midnight: Moment,
    pub token: String,
    name: Option<String>,
    state: RefCell<State>,
    shown: RefCell<Shown>,
    pub sheet: Sheet,
}

impl Phone {
    /// Takes up what an earlier page left, and keeps trying to send.
    pub(super) fn open(setup: Setup) -> &'static Self {
        let outcome = Outcome::of(&setup);
        let state = State {
            // The taps that the server knows of a link may be another phone's.
            journal: setup.journal.without_taps(),
            line: None,
            kept: true,
            pace: Pace::default(),
            ahead: setup.now.since(browser::now()),
            appeals: setup.appeals,
            outcome,
        };
        let phone: &'static Self = Box::leak(Box::new(Self {
            lang: setup.lang,
            midnight: setup.midnight,
            token: setup.token,
            name: setup.device,
            state: RefCell::new(state),
            shown: RefCell::default(),
            sheet: Sheet::new(setup.nonce),
        }));
        phone.wake();
        phone
    }

    fn wake(&'static self) {
        browser::keep_page();
        spawn_local(async move {
            let page = self.with(|state| state.journal.clone());
            self.change(Act::Join(Box::new(page))).await;
            let known = self.device();
            let name =
                self.name.clone().unwrap_or_else(|| if known.is_empty() { browser::fresh() } else { known });
            self.change(Act::Name(name)).await;
            self.line(Line::Online);
            self.flush();
        });
        every(RETRY as i32, move || {
            self.show();
            self.send();
        });
        // The page's own event, that it is seen again, bubbles up to the window.
        for event in ["online", "visibilitychange"] {
            hear(&window(), event, move |_| {
                if !document().hidden() {
                    self.flush();
                }
            });
        }
    }

    fn with<T>(&self, read: impl FnOnce(&State) -> T) -> T {
        read(&self.state.borrow())
    }

    /// Changes what is known, and shows it.
    fn set(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state.borrow_mut());
        self.show();
    }

    fn line(&self, line: Line) {
        self.set(|state| state.line = Some(line));
    }

    /// What became of a press of the sheet.
    pub(super) fn outcome(&self, outcome: Outcome) {
        self.set(|state| {
            if let Outcome::Raised(_, settled) = outcome {
                state.appeals.0 += 1;
                state.appeals.1 += i64::from(settled);
            }
            state.outcome = outcome;
        });
    }

    fn show(&self) {
        let told = self.with(|state| {
            face::tell(&Face {
                lang: self.lang,
                midnight: self.midnight,
                journal: &state.journal,
                now: self.now(),
                line: state.line,
                kept: state.kept,
                appeals: state.appeals,
                outcome: &state.outcome,
            })
        });
        self.shown.borrow_mut().show(told);
    }

    /// What this phone calls itself, for calls beside the journal.
    pub(super) fn device(&self) -> String {
        self.with(|state| state.journal.device().to_owned())
    }

    /// The time of the market, whatever this phone's own clock shows.
    fn now(&self) -> Moment {
        browser::now().plus(self.with(|state| state.ahead))
    }

    pub(super) fn tap(&'static self, kind: Kind, n: i64) {
        browser::vibrate();
        self.act(Act::Tap { id: browser::fresh(), kind, n, at: self.now() });
    }

    pub(super) fn undo(&'static self) {
        let at = self.now();
        if self.with(|state| state.journal.undoable(at).is_some()) {
            browser::vibrate();
            self.act(Act::Undo { id: browser::fresh(), at });
        }
    }

    /// Keeps an act, shows it, and sends it soon.
    pub(super) fn act(&'static self, act: Act) {
        spawn_local(self.change(act));
        after(GATHER, move || self.send());
    }

    /// Lets an act happen: first it is kept, then it is shown. What cannot be kept is shown with a warning, and is
    /// kept with the next act that can.
    async fn change(&'static self, act: Act) {
        let unkept = self.with(|state| (!state.kept).then(|| state.journal.clone()));
        let kept = browser::change(&self.token, |mut journal| {
            if let Some(here) = unkept {
                journal = journal.join(here);
            }
            journal.apply(&act);
            journal
        });
        let kept = kept.await;
        self.set(|state| {
            state.kept = kept.is_some();
            if let Some(journal) = kept {
                state.ahead = journal.ahead().unwrap_or(state.ahead);
                state.journal = journal;
            } else {
                state.journal.apply(&act);
            }
        });
    }

    fn pace(&self, change: impl FnOnce(&mut Pace)) {
        change(&mut self.state.borrow_mut().pace);
    }

    /// Sends now, whatever failed before.
    fn flush(&'static self) {
        self.pace(|pace| (pace.failures, pace.next, pace.heard) = (0, 0, 0));
        self.send();
    }

    /// Sends what waits, unless it is being sent already or was tried a moment ago.
    fn send(&'static self) {
        let (now, pace) = (browser::now().millis(), self.with(|state| state.pace));
        if pace.sending || now < pace.next {
            return;
        }
        self.pace(|pace| pace.sending = true);
        spawn_local(async move {
            if let Some(_turn) = browser::turn(&self.token).await {
                while self.send_batch().await {}
            }
            self.pace(|pace| pace.sending = false);
        });
    }

    /// Sends one batch; answers whether there is more.
    async fn send_batch(&'static self) -> bool {
        // Another page of this phone may have written in the meantime.
        self.change(Act::Join(Box::default())).await;
        let (records, about) = self.with(|state| (state.journal.batch().to_vec(), about(&state.journal)));
        let now = browser::now().millis();
        let quiet = records.is_empty() && about.cleared.is_empty();
        if quiet && now - self.with(|state| state.pace.heard) < HELLO {
            return false;
        }
        if !quiet && !self.with(|state| matches!(state.line, Some(Line::Stopped(_)))) {
            self.line(Line::Sending);
        }
        let told = about.cleared.iter().map(|cleared| cleared.record.id.clone()).collect();
        match call(TallySend { token: self.token.clone(), records, about }).await {
            Ok(Sent { receipts, today, now: server }) => {
                let here = browser::now();
                self.pace(|pace| (pace.failures, pace.next, pace.heard) = (0, 0, here.millis()));
                self.change(Act::Receive(Answer { receipts, today, now: server, here, told })).await;
                self.line(Line::Online);
                self.with(|state| state.journal.waiting() > 0)
            }
            Err(fault) => {
                self.pace(|pace| {
                    let wait = RETRY.saturating_mul(1 << pace.failures.min(10)).min(LONGEST);
                    (pace.failures, pace.next) = (pace.failures + 1, now + wait);
                });
                self.line(line_after(&fault));
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
