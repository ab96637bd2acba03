//! What is taken away from a bulletin: the bulletin itself in four forms, and the tables behind its figures.

use leptos::prelude::*;

use crate::words::bulletin::Bulletin as Words;
use crate::words::copy::Copies;
use crate::words::thanks::Thanks;

/// The files in which a bulletin leaves the house.
pub const COPIES: [&str; 4] = ["bulletin.pdf", "bulletin.html", "bulletin.txt", "bulletin.png"];

/// The bulletin in the forms in which it leaves the house.
pub(super) fn copies(words: Copies, base: &str, thanks: bool) -> impl IntoView + use<> {
    let thanks = thanks.then(|| {
        let href = format!("{base}/thanks");
        view! { <a class="button" href=href>{Thanks(words.0).open()}</a> }
    });
    let links = COPIES.map(|file| {
        let name = match file {
            "bulletin.pdf" => words.pdf(),
            "bulletin.html" => words.html(),
            "bulletin.txt" => words.text(),
            _ => words.picture(),
        };
        let href = format!("{base}/copies/{file}");
        view! { <a class="button" href=href>{name}</a> }
    });
    view! {
        <section class="no-print">
            <h2>{words.title()}</h2>
            <p class="note">{words.why()}</p>
            <p class="actions">{links.collect_view()}{thanks}</p>
        </section>
    }
}

/// The tables that every figure is made of.
pub(super) fn files(words: Words, base: &str) -> impl IntoView + use<> {
    let tables = [("ledger", words.ledger()), ("appeals", words.appeals()), ("stalls", words.stalls())];
    let links = tables.map(|(table, name)| {
        ["xlsx", "csv"].map(|ending| {
            let href = format!("{base}/{table}.{ending}");
            view! { <a class="button" href=href>{format!("{name} {}", ending.to_uppercase())}</a> }
        })
    });
    view! {
        <section class="no-print">
            <h2>{words.take_away()}</h2>
            <p class="note">{words.take_away_why()}</p>
            <p class="actions">{links.into_iter().flatten().collect_view()}</p>
        </section>
    }
}

/// The rows of a signature or a correction, as they were then.
pub(super) fn rows_of(words: Words, base: &str, n: i64) -> impl IntoView + use<> {
    let tables = [("ledger", words.ledger()), ("appeals", words.appeals()), ("stalls", words.stalls())];
    let links = tables.map(|(table, name)| {
        let href = format!("{base}/{table}.csv?n={n}");
        view! { " "<a href=href>{name}</a> }
    });
    view! { <p class="note no-print">{words.as_signed()}{links.collect_view()}</p> }
}
