//! The small wishes that wait, as a unit sees them behind its link: whoever takes one first has it.

use axum::http::StatusCode;
use kaishi_domain::appeal::masked;
use leptos::prelude::*;

use super::unit::{Handed, brand};
use super::{Tell, clock};
use crate::document::{Page, document};
use crate::pages::staff::head;
use crate::state::Site;
use crate::words::duty::Wishes as Words;
use crate::words::handle::Handed as Back;

/// The page. `view` holds the wishes; `lost` says that another unit was first.
pub fn wishes(site: &Site, view: Handed, lost: bool, tell: Tell<'_>) -> Page {
    let lang = view.lang;
    let words = Words(lang);
    let page = document(site, &head(lang, words.title().to_owned(), None, "staff guest handed"), || {
        let none = view.appeals.is_empty().then(|| view! { <p>{words.none()}</p> });
        let rows = view
            .appeals
            .iter()
            .map(|appeal| {
                let name = appeal.reference().to_string();
                let action = format!("{}/wishes/{name}", view.home);
                view! {
                    <li>
                        <p class="said">{masked(appeal.words.as_str())}</p>
                        <p class="top"><b>{name}</b>{clock(lang, appeal, view.now, tell)}</p>
                        <form method="post" action=action><button type="submit" class="big">{words.claim()}</button></form>
                    </li>
                }
            })
            .collect_view();
        view! {
            <main>
                {brand(lang, &view.title)}
                <p><a href=view.home.clone()>"‹ "{Back(lang).back()}</a></p>
                <h1>{words.title()}</h1>
                {lost.then(|| view! { <p class="wrong" role="alert">{words.lost()}</p> })}
                <p>{words.why()}</p>
                {none}
                <ul class="handed-list">{rows}</ul>
            </main>
        }
    });
    if lost { page.status(StatusCode::CONFLICT) } else { page }
}
