//! What the pad shows, from what the phone knows. Pure; the same on both sides.

use kaishi_domain::Moment;
use kaishi_domain::pad::{Journal, SHOWN};

use super::{Setup, tray};
use crate::islands::told::{Teller, Told};
use crate::words::Lang;
use crate::words::staff::Pad as Words;

/// How the line to the server is.
#[cfg_attr(not(feature = "browser"), allow(dead_code, reason = "only a phone comes so far"))]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Line {
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
#[cfg_attr(not(feature = "browser"), allow(dead_code, reason = "only a phone comes so far"))]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Stop {
    /// This phone, or its link, was taken out of service.
    Revoked,
    /// The market is over.
    Over,
    /// The PIN is asked for.
    Pin,
}

/// What the last press of the appeals' sheet led to.
#[cfg_attr(not(feature = "browser"), allow(dead_code, reason = "only a phone comes so far"))]
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) enum Outcome {
    /// Nothing was pressed.
    #[default]
    Nothing,
    /// The code, and whether it is settled.
    Raised(String, bool),
    /// It was not noted.
    Failed,
    /// There was no network; nothing is kept on the phone.
    Away,
}

/// What is shown.
pub(crate) struct Face<'a> {
    /// Language.
    pub lang: Lang,
    /// The beginning of the market's day.
    pub midnight: Moment,
    /// The stall's figures, and what this phone holds.
    pub journal: &'a Journal,
    /// The time of the market.
    pub now: Moment,
    /// `None` until the script runs.
    pub line: Option<Line>,
    /// Whether the phone has kept what the journal says; if not, it stands in this page only.
    pub kept: bool,
    /// Appeals raised here, and how many of them are settled.
    pub appeals: (i64, i64),
    /// What the last press of the sheet led to.
    pub outcome: &'a Outcome,
}

impl Outcome {
    /// As a plain form has left it.
    pub(crate) fn of(setup: &Setup) -> Self {
        setup.raised.clone().map_or(Self::Nothing, |(code, settled)| Self::Raised(code, settled))
    }
}

#[cfg(feature = "ssr")]
impl<'a> Face<'a> {
    /// As a page begins.
    pub(crate) const fn of(setup: &'a Setup, outcome: &'a Outcome) -> Self {
        let Setup { lang, midnight, ref journal, now, appeals, .. } = *setup;
        Self { lang, midnight, journal, now, line: None, kept: true, appeals, outcome }
    }
}

/// `10:42:08` on the market's day.
pub(crate) fn clock(midnight: Moment, at: Moment) -> String {
    let seconds = at.since(midnight).div_euclid(1000).rem_euclid(86_400);
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// All that follows.
pub(crate) fn tell(face: &Face) -> Vec<Told> {
    let (mut told, words) = (Teller::default(), Words(face.lang));
    line(&mut told, words, face);
    let today = face.journal.today();
    told.n("served", today.served);
    let talks = (today.talks != 0).then(|| format!("{} {}", words.talks(), today.talks));
    told.text("talks", talks.unwrap_or_default());
    let undoable = face.journal.undoable(face.now);
    told.flag("undo", "disabled", undoable.is_none());
    let undo = words.undo();
    told.text("undo.name", undoable.map_or_else(|| undo.to_owned(), |tap| format!("{undo} +{}", tap.n)));
    tray::tell(&mut told, face);
    appeal(&mut told, words, face);
    last(&mut told, face);
    told.all()
}

/// Online, sending or offline: always in the same place.
fn line(told: &mut Teller, words: Words, face: &Face) {
    let waiting = face.journal.waiting();
    let count = face.lang.pick(format!("{waiting} 条待上传"), format!("{waiting} waiting"));
    let waits = waiting > 0;
    let or = |none: &str| if waits { count.clone() } else { none.to_owned() };
    let (class, name, how, calm) = match face.line {
        None => ("line plain", words.title(), words.plain().to_owned(), ""),
        Some(Line::Online) => ("line online", words.online(), or(words.all_sent()), ""),
        Some(Line::Sending) => ("line online", words.sending(), count, ""),
        Some(Line::Offline) => {
            ("line offline", words.offline(), or(words.keep_tapping()), words.keep_tapping())
        }
        Some(Line::Stopped(why)) => {
            ("line stopped", stopped(words, why), or(words.ask_desk()), words.ask_desk())
        }
    };
    told.class("line", class);
    told.text("line.name", name.to_owned());
    told.text("line.how", how);
    told.text("line.calm", if waits { calm } else { "" }.to_owned());
}

const fn stopped(words: Words, why: Stop) -> &'static str {
    match why {
        Stop::Revoked => words.stopped(),
        Stop::Over => words.over(),
        Stop::Pin => words.asks_pin(),
    }
}

fn appeal(told: &mut Teller, words: Words, face: &Face) {
    let (raised, settled) = face.appeals;
    told.text("plea.here", format!("{} {raised} · {} {settled}", words.here(), words.here_settled()));
    let failed = match face.outcome {
        Outcome::Failed => words.not_raised(),
        Outcome::Away => words.away(),
        Outcome::Nothing | Outcome::Raised(..) => "",
    };
    told.seen("plea.failed", !failed.is_empty());
    told.text("plea.failed", failed.to_owned());
    let (code, said) = match face.outcome {
        Outcome::Raised(code, true) => (code.as_str(), words.settled()),
        Outcome::Raised(code, false) => (code.as_str(), words.raised()),
        _ => ("", ""),
    };
    told.seen("plea.told", !code.is_empty());
    told.text("plea.said", said.to_owned());
    told.text("plea.code", code.rsplit('-').next().unwrap_or_default().to_owned());
    told.attr("plea.show", "href", format!("/a/{code}?new=1"));
}

fn last(told: &mut Teller, face: &Face) {
    for nth in 0..SHOWN {
        let (tap, mark) = (face.journal.last().get(nth), format!("tap-{nth}"));
        let undone = tap.is_some_and(|tap| tap.undone);
        told.seen(&mark, tap.is_some());
        told.class(&mark, if undone { "undone" } else { "" });
        told.text(&format!("{mark}.at"), tap.map(|tap| clock(face.midnight, tap.at)).unwrap_or_default());
        told.text(&format!("{mark}.n"), tap.map(|tap| format!("+{}", tap.n)).unwrap_or_default());
        told.seen(&format!("{mark}.undone"), undone);
    }
}
