//! Pages of those who hold a signed link: the staff pad, and the page for a link that opens nothing.

mod clerk;
mod enrol;
mod pad;

pub use clerk::{Room, Stalls, clerk, stalls};
pub use enrol::{Asked, Wrong, code, pin};

use axum::http::StatusCode;
use kaishi_domain::{MarketRef, Moment};
use leptos::prelude::*;

use crate::document::{Family, Head, Manner, Page, document};
use crate::islands::pad::{Setup, Shut};
use crate::pages::day::{Places, card};
use crate::state::Site;
use crate::words::Lang;
use crate::words::common::Common;
use crate::words::day::Emergency;
use crate::words::staff::{Gone as Words, Pad as PadWords, Tray};

/// The head of a page in this manner.
pub(super) fn head(lang: Lang, title: String, islands: Option<Family>, class: &'static str) -> Head {
    Head { lang, title, manner: Manner::Staff, islands, class }
}

/// Lines that everybody is told, as a page shows them that does not follow them.
pub(super) fn told(lines: Vec<String>) -> impl IntoView {
    let lines = lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    view! { <div class="told-lines">{lines}</div> }
}

/// What stands round the pad: where the stall has moved to, what everybody is told, whom to call.
pub struct Around {
    /// Of which market.
    pub market: MarketRef,
    /// `下雨了，12号摊移到了连廊东侧。`
    pub moved: Option<String>,
    /// What everybody is told now.
    pub told: Vec<String>,
    /// Leads a supervisor to the other stalls.
    pub all: Option<String>,
    /// What else the stall has: address and name.
    pub doors: Vec<(String, &'static str)>,
    /// The emergency card.
    pub places: Places,
}

/// The +1 pad of one stall.
pub fn pad(site: &Site, setup: Setup, around: Around) -> Page {
    let title = format!("{} {} · {}", setup.no, setup.name, PadWords(setup.lang).title());
    document(site, &head(setup.lang, title, Some(Family::Pad), "staff"), || {
        let Around { market, moved, told, all, doors, places } = around;
        let moved = moved.map(|text| view! { <p class="moved" role="status">{text}</p> });
        let lang = setup.lang;
        let market = serde_json::to_string(&market).unwrap_or_default();
        let told = told.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
        let card = card(lang, Emergency(lang).title(), &places);
        let words = PadWords(lang);
        let all = all.map(|href| view! { <p class="all"><a href=href>{words.all_stalls()}</a></p> });
        let links =
            doors.into_iter().map(|(href, name)| view! { <a href=href>{name}</a> }).collect::<Vec<_>>();
        let doors = (!links.is_empty()).then(|| view! { <nav class="doors">{links}</nav> });
        view! { <main>
            <div class="first">
                {all}
                <div class="told-lines" id="told" aria-live="polite" data-market=market data-live="told">{told}</div>
                {moved}{doors}
                {pad::pad(setup)}
            </div>
            {card}
        </main> }
    })
}

/// Why a link opens nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Gone {
    /// Not signed by us.
    NotOurs,
    /// Its market is over.
    Over,
    /// Taken out of service.
    Revoked,
    /// Nothing was read or written; worth another try.
    Busy,
}

impl Gone {
    /// Why the store gives no device or guest.
    pub fn because(error: &kaishi_store::Error) -> Self {
        use kaishi_domain::Refusal;
        use kaishi_store::Error;
        match error {
            Error::Refused(Refusal::Expired) => Self::Over,
            Error::Refused(_) => Self::NotOurs,
            Error::Missing(_) | Error::Taken(_) => Self::Revoked,
            Error::Unavailable(_) | Error::Schema(_) | Error::Broken(_) => {
                tracing::warn!(%error, "a link was not read");
                Self::Busy
            }
        }
    }
}

/// The page of a pad's link that opens nothing any more: with what the phone still holds for it.
pub fn gone_pad(site: &Site, lang: Lang, why: Gone, key: String, midnight: Moment) -> Page {
    let family = (why != Gone::NotOurs).then_some(Family::Pad);
    none(site, lang, why, family, move || family.map(|_| left(Tray(lang), Shut { token: key, midnight })))
}

/// What is left on the phone, which fills it in.
fn left(words: Tray, shut: Shut) -> impl IntoView {
    let shut = serde_json::to_string(&shut).unwrap_or_default();
    view! {
        <section id="left" class="left" role="status" data-shut=shut data-live="left" hidden>
            <p><b data-live="left.count"></b>" "{words.left()}</p>
            <p>{words.tell()}</p>
            <pre tabindex="0" data-live="left.lines"></pre>
        </section>
    }
}

/// The page of a link that opens nothing.
pub fn gone(site: &Site, lang: Lang, why: Gone) -> Page {
    none(site, lang, why, None, || ())
}

fn none<V: IntoView + 'static>(
    site: &Site,
    lang: Lang,
    why: Gone,
    islands: Option<Family>,
    left: impl FnOnce() -> V,
) -> Page {
    let words = Words(lang);
    let (status, sentence, reason) = match why {
        Gone::NotOurs => (StatusCode::NOT_FOUND, words.not_ours(), words.not_ours_why()),
        Gone::Over => (StatusCode::GONE, words.over(), words.over_why()),
        Gone::Revoked => (StatusCode::GONE, words.revoked(), words.revoked_why()),
        Gone::Busy => (StatusCode::SERVICE_UNAVAILABLE, words.busy(), words.busy_why()),
    };
    let page = document(site, &head(lang, sentence.into(), islands, "staff gone"), || {
        view! {
            <main>
                <p class="brand"><span class="seal" aria-hidden="true">{Common(lang).seal()}</span>{Common(lang).market()}</p>
                <h1>{sentence}</h1>
                <p>{reason}</p>
                {left()}
            </main>
        }
    });
    let page = page.status(status);
    if why == Gone::Busy { page.retry_after(5) } else { page }
}
