//! Pages of those who hold a signed link: the staff pad, and the page for a link that opens nothing.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::document::{Family, Head, Manner, Page, document};
use crate::islands::Pad;
use crate::islands::pad::Setup;
use crate::state::Site;
use crate::words::Lang;
use crate::words::common::Common;
use crate::words::staff::{Gone as Words, Pad as PadWords};

/// The head of a page in this manner.
pub(super) fn head(lang: Lang, title: String, islands: Option<Family>, class: &'static str) -> Head {
    Head { lang, title, manner: Manner::Staff, islands, class }
}

/// The +1 pad of one stall; `moved` says where the stall has moved to, `doors` lead to what else the stall has.
pub fn pad(site: &Site, setup: Setup, moved: Option<String>, doors: Vec<(String, &'static str)>) -> Page {
    let title = format!("{} {} · {}", setup.no, setup.name, PadWords(setup.lang).title());
    document(site, &head(setup.lang, title, Some(Family::Pad), "staff"), || {
        let moved = moved.map(|text| view! { <p class="moved" role="status">{text}</p> });
        let links =
            doors.into_iter().map(|(href, name)| view! { <a href=href>{name}</a> }).collect::<Vec<_>>();
        let doors = (!links.is_empty()).then(|| view! { <nav class="doors">{links}</nav> });
        view! { <main>{moved}{doors}<Pad setup=setup/></main> }
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
            Error::Unavailable(_) | Error::Broken(_) => {
                tracing::warn!(%error, "a link was not read");
                Self::Busy
            }
        }
    }
}

/// The page of a link that opens nothing.
pub fn gone(site: &Site, lang: Lang, why: Gone) -> Page {
    let words = Words(lang);
    let (status, sentence, reason) = match why {
        Gone::NotOurs => (StatusCode::NOT_FOUND, words.not_ours(), words.not_ours_why()),
        Gone::Over => (StatusCode::GONE, words.over(), words.over_why()),
        Gone::Revoked => (StatusCode::GONE, words.revoked(), words.revoked_why()),
        Gone::Busy => (StatusCode::SERVICE_UNAVAILABLE, words.busy(), words.busy_why()),
    };
    let page = document(site, &head(lang, sentence.into(), None, "staff gone"), || {
        view! {
            <main>
                <p class="brand"><span class="seal" aria-hidden="true">{Common(lang).seal()}</span>{Common(lang).market()}</p>
                <h1>{sentence}</h1>
                <p>{reason}</p>
            </main>
        }
    });
    let page = page.status(status);
    if why == Gone::Busy { page.retry_after(5) } else { page }
}
