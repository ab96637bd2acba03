//! The address with which an organizer subscribes to the Saturdays.

use leptos::prelude::*;

use crate::document::Page;
use crate::pages::frame::{Desk, Section, section};
use crate::words::common::Common;
use crate::words::season::Feeds as Words;

/// `webcal://…`: what opens the calendar of a phone.
pub fn webcal(address: &str) -> String {
    address.split_once("://").map_or_else(|| address.to_owned(), |(_, rest)| format!("webcal://{rest}"))
}

/// The page. `address` is the whole one, if there is one.
pub fn feed(desk: &Desk, address: Option<String>) -> Page {
    let lang = desk.lang;
    let words = Words(lang);
    section(desk, Section::Season, words.title(), move || {
        let body = match address {
            None => view! {
                <div class="feed">
                    <p class="note">{words.none()}</p>
                    <form method="post" action="/o/feed"><button type="submit" class="primary">{words.make()}</button></form>
                </div>
            }
            .into_any(),
            Some(address) => view! {
                <div class="feed">
                    <label for="feed-address">{words.address()}</label>
                    <input id="feed-address" type="text" readonly value=address.clone()/>
                    <p class="actions">
                        <a class="button primary" href=webcal(&address)>{words.open()}</a>
                        <a class="button" href=address.clone() download="kaishi.ics">{words.download()}</a>
                    </p>
                    <p class="note" id="feed-revoke">{words.revoke_why()}</p>
                    <form method="post" action="/o/feed/revoke"><button type="submit" aria-describedby="feed-revoke">{words.revoke()}</button></form>
                </div>
            }
            .into_any(),
        };
        view! {
            <h1>{words.title()}</h1>
            <p class="note">{words.why()}</p>
            {body}
            <p class="actions"><a class="button" href="/o/">{Common(lang).back()}</a></p>
        }
    })
}
