//! What a resident keeps of an appeal: the slip with its code, and the page behind the code.

use axum::http::StatusCode;
use kaishi_domain::appeal::{AppealCode, Category};
use leptos::prelude::*;

use super::rate::{RateForm, rate};
use super::{Top, page};
use crate::document::Page;
use crate::pages::appeals::{MyPhotos, Reach, Steps, my_agency, my_photos};
use crate::parts::{Icon, icon};
use crate::state::Site;
use crate::words::Lang;
use crate::words::appeal::{Categories, Slip as Words};
use crate::words::contact::Mine;
use crate::words::desk::Voices;

/// A QR code as one SVG path in module units, quiet zone included.
#[derive(Clone, Debug)]
pub struct Qr {
    /// Modules on a side.
    pub side: usize,
    /// The dark modules.
    pub path: String,
}

/// The slip, to photograph.
#[derive(Clone, Debug)]
pub struct Slip {
    /// The code.
    pub code: AppealCode,
    /// The same as a picture.
    pub qr: Qr,
    /// What kind of appeal.
    pub category: Category,
    /// `2号摊 网格有约`
    pub stall: Option<String>,
    /// `5月13日 10:42`
    pub raised: String,
    /// Where it stands, once it is further than received.
    pub standing: Option<String>,
    /// `ks.example.cn/a`: where the code can be typed.
    pub address: String,
}

/// The slip.
pub fn slip(site: &Site, top: &Top, slip: Slip) -> Page {
    let words = Words(top.lang);
    page(site, top, format!("{} {}", words.your_code(), slip.code), |lang| {
        let kind = Categories(lang).name(slip.category);
        let at = slip.stall.map(|stall| format!(" · {stall}")).unwrap_or_default();
        let standing = slip.standing.map(|standing| view! { <p>{standing}</p> });
        let href = top.sized(&format!("/a/{}", slip.code));
        let square = format!("0 0 {0} {0}", slip.qr.side);
        view! {
            <div class="band" role="status">
                <span class="ring">{icon(Icon::Check)}</span>
                <div><h1>{words.received()}</h1><p>{kind}{at}</p>{standing}<p>{slip.raised}</p></div>
            </div>
            <section class="slip">
                <h2>{words.your_code()}</h2>
                {code(slip.code)}
                <svg class="qr" viewBox=square role="img" aria-label=words.qr() shape-rendering="crispEdges">
                    <rect width="100%" height="100%" fill="#fff"/>
                    <path d=slip.qr.path fill="#000"/>
                </svg>
                <p>{words.keep()}</p>
                <p>{words.type_it()}" "<b>{slip.address}</b></p>
            </section>
            <p><a class="go calm" href=href>{words.progress()}</a></p>
        }
    })
}

/// The six characters huge, the community's before them.
fn code(code: AppealCode) -> impl IntoView {
    view! { <p class="code-big"><small>{format!("{}-", code.org)}</small><b>{code.slip.to_string()}</b></p> }
}

/// One entry of the history.
#[derive(Clone, Debug)]
pub struct Event {
    /// `5月13日 10:42`
    pub at: String,
    /// `社区`
    pub who: String,
    /// `交给福中物业`
    pub what: String,
}

/// The page behind a code.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts about one page, not a state")]
pub struct Progress {
    /// The code.
    pub code: AppealCode,
    /// What kind.
    pub category: Category,
    /// `2号摊 网格有约`
    pub stall: Option<String>,
    /// What was said; `None` where it is not shown.
    pub words: Option<String>,
    /// Where it stands.
    pub standing: String,
    /// Until when, and whether that is past.
    pub due: Option<(String, bool)>,
    /// The clock stands still, and what for; that is empty where it is not shown.
    pub paused: Option<String>,
    /// The units that help.
    pub helpers: Vec<String>,
    /// Merged: where the matter stands as which it goes on.
    pub together: Option<String>,
    /// How many others raised the same.
    pub echoes: i64,
    /// The Party committee watches.
    pub supervised: bool,
    /// Nobody's clock runs for this kind.
    pub no_clock: bool,
    /// What was done, in order; begins with the raising.
    pub history: Vec<Event>,
    /// The form, where the resident may say how it was.
    pub rate: Option<RateForm>,
    /// How far an errand is.
    pub agency: Option<Steps>,
    /// Photos.
    pub photos: MyPhotos,
    /// What the resident left to be reached by.
    pub reach: Reach,
    /// The resident may urge.
    pub may_urge: bool,
    /// The resident may take it back.
    pub may_withdraw: bool,
    /// A sentence about what was just done here.
    pub told: Option<&'static str>,
}

/// The page behind a code.
pub fn progress(site: &Site, top: &Top, progress: Progress) -> Page {
    let words = Words(top.lang);
    let wrong =
        progress.rate.as_ref().is_some_and(|form| form.wrong.is_some()) || progress.photos.wrong.is_some();
    let page = page(site, top, format!("{} {}", words.title(), progress.code), |lang| {
        let kind = Categories(lang).name(progress.category);
        let path = format!("/a/{}", progress.code);
        let at = progress.stall.clone().map(|stall| format!(" · {stall}")).unwrap_or_default();
        view! {
            <h1 class="title">{words.title()}</h1>
            {code(progress.code)}
            {progress.told.map(|told| view! { <p class="kind" role="status">{told}</p> })}
            <section class="now" aria-label=words.now()>
                <p class="standing">{progress.standing.clone()}</p>
                {clock(words, &progress)}
                <p class="note left">{kind}{at}</p>
            </section>
            {progress.may_urge.then(|| urge(words, &top.sized(&format!("{path}/urge"))))}
            {progress.rate.clone().map(|form| rate(lang, &top.sized(&format!("{path}/rate")), form))}
            {my_agency(lang, progress.agency.as_ref())}
            {said(words, progress.words.as_deref())}
            {my_photos(lang, &format!("{path}/photo"), &progress.photos)}
            {history(words, &progress.history)}
            {mine(lang, &progress.reach, &top.sized(&format!("{path}/contact")))}
            {progress.may_withdraw.then(|| withdraw(words, &top.sized(&format!("{path}/withdraw"))))}
        }
    });
    if wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page }
}

fn clock(words: Words, progress: &Progress) -> impl IntoView + use<> {
    let due = progress.due.clone().map(|(at, over)| {
        let late = over.then(|| view! { <b class="late">{words.overdue()}</b> });
        view! { <p class="due">{words.due()}" "<b>{at}</b>" "{late}</p> }
    });
    let free = progress.no_clock.then(|| view! { <p class="due">{words.no_clock()}</p> });
    let watched = progress.supervised.then(|| view! { <p class="due"><b>{words.supervised()}</b></p> });
    let paused = progress.paused.clone().map(|why| {
        let why = (!why.is_empty()).then(|| format!("：{why}"));
        view! { <p class="due"><b>{words.paused()}</b>{why}</p> }
    });
    let helpers = (!progress.helpers.is_empty())
        .then(|| view! { <p class="due">{words.helpers()}"："{progress.helpers.join("、")}</p> });
    let together = progress
        .together
        .clone()
        .map(|standing| view! { <p class="due">{words.together()}"：" <b>{standing}</b></p> });
    let echoes = (progress.echoes > 0)
        .then(|| view! { <p class="due">{words.echoes()}" "<b>{progress.echoes}</b></p> });
    view! { {watched} {due} {paused} {free} {helpers} {together} {echoes} }
}

fn urge(words: Words, action: &str) -> impl IntoView + use<> {
    let action = action.to_owned();
    view! {
        <form class="urge" method="post" action=action>
            <button class="go calm" type="submit">{words.urge()}</button>
            <p class="note left">{words.urge_why()}</p>
        </form>
    }
}

fn said(words: Words, text: Option<&str>) -> impl IntoView + use<> {
    match text {
        Some("") => ().into_any(),
        None => view! { <h2>{words.said()}</h2><p class="said">{words.private()}</p> }.into_any(),
        Some(text) => {
            let text = text.to_owned();
            view! { <h2>{words.said()}</h2><p class="said">{text}</p> }.into_any()
        }
    }
}

fn history(words: Words, events: &[Event]) -> impl IntoView + use<> {
    let rows = events
        .iter()
        .rev()
        .cloned()
        .map(|event| view! { <li><span>{event.at}" "{event.who}</span><b>{event.what}</b></li> })
        .collect_view();
    view! { <h2>{words.history()}</h2><ol class="history">{rows}</ol> }
}

/// The resident's own contact, to look at and to take back.
fn mine(lang: Lang, reach: &Reach, action: &str) -> Option<impl IntoView + use<>> {
    let (words, action) = (Mine(lang), action.to_owned());
    let shown = match reach {
        Reach::None | Reach::Gone => return None,
        Reach::Open(contact) => Some(view! { <p class="standing">{contact.as_str().to_owned()}</p> }),
        Reach::Kept(_) => None,
    };
    let show = shown.is_none().then(|| {
        view! { <button class="go calm" type="submit" name="do" value="show">{words.show()}</button> }
    });
    Some(view! {
        <h2 id="contact">{words.title()}</h2>
        {shown}
        <p class="note left">{words.why()}</p>
        <form class="mine" method="post" action=action>
            {show}
            <button class="go calm" type="submit" name="do" value="drop">{words.drop()}</button>
        </form>
    })
}

fn withdraw(words: Words, action: &str) -> impl IntoView + use<> {
    let action = action.to_owned();
    view! {
        <details class="withdraw">
            <summary>{words.withdraw()}</summary>
            <form method="post" action=action>
                <p>{words.withdraw_why()}</p>
                <button class="go calm" type="submit">{words.withdraw_now()}</button>
            </form>
        </details>
    }
}

/// Why a code is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lookup {
    /// Nobody has typed one yet.
    Ask,
    /// Nothing is behind what was typed.
    NotFound,
    /// It is printed on a slip that nobody has keyed in yet.
    Waits,
    /// Too many wrong codes in the last minute.
    SlowDown,
}

/// The page that asks for a code, with what was typed.
pub fn lookup(site: &Site, top: &Top, typed: &str, why: Lookup) -> Page {
    let words = Words(top.lang);
    let (status, title, reason) = match why {
        Lookup::Ask => (StatusCode::OK, words.look_up_title(), words.look_up_why()),
        Lookup::Waits => (StatusCode::OK, Voices(top.lang).waits(), Voices(top.lang).waits_why()),
        Lookup::NotFound => (StatusCode::NOT_FOUND, words.not_found(), words.not_found_why()),
        Lookup::SlowDown => (StatusCode::TOO_MANY_REQUESTS, words.slow_down(), words.slow_down_why()),
    };
    let page = page(site, top, title.into(), |lang| {
        let (typed, big) = (typed.to_owned(), top.big);
        view! {
            <div class="no-page" role="status"><h1>{title}</h1><p>{reason}</p></div>
            <form class="find" method="get" action="/a" role="search">
                <label for="code">{Words(lang).your_code()}</label>
                <input id="code" name="code" value=typed required maxlength="24" autocomplete="off"
                    autocapitalize="characters" spellcheck="false"/>
                {big.then(|| view! { <input type="hidden" name="big" value="1"/> })}
                <button type="submit">{Words(lang).look_up()}</button>
            </form>
        }
    });
    let page = page.status(status);
    if why == Lookup::SlowDown { page.retry_after(60) } else { page }
}

impl Event {
    /// The raising, with which every history begins.
    pub fn raised(lang: Lang, at: String, who: String) -> Self {
        Self { at, who, what: Words(lang).raised().into() }
    }
}
