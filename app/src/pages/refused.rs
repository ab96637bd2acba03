//! The page that says no: one clear sentence and a way on.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::document::{Head, Manner, Page, document};
use crate::fault::Fault;
use crate::state::Site;
use crate::words::Lang;
use crate::words::common::{Common, Faults};

/// The status that belongs to a fault.
pub const fn status(fault: &Fault) -> StatusCode {
    match fault {
        Fault::SignedOut => StatusCode::UNAUTHORIZED,
        Fault::NotAllowed => StatusCode::FORBIDDEN,
        Fault::Missing => StatusCode::NOT_FOUND,
        Fault::Taken(_) => StatusCode::CONFLICT,
        Fault::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Fault::Unavailable | Fault::Unreachable(_) => StatusCode::SERVICE_UNAVAILABLE,
        Fault::Broken => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// A page for organizers that says no.
pub fn refused(site: &Site, lang: Lang, fault: &Fault) -> Page {
    let (common, sentence) = (Common(lang), Faults(lang).sentence(fault));
    let head = Head {
        lang,
        title: common.product().into(),
        manner: Manner::Organizer,
        islands: None,
        class: "organizer door",
    };
    let page = document(site, &head, || {
        view! {
            <main id="main" class="card">
                <p class="brand"><span class="seal" aria-hidden="true">{common.seal()}</span>{common.product()}</p>
                <h1>{sentence}</h1>
                <p><a href="/o/">{common.back()}</a></p>
            </main>
        }
    });
    let page = page.status(status(fault));
    if matches!(fault, Fault::Unavailable) { page.retry_after(5) } else { page }
}
