//! The markets of one day on one page: those of a community today, of a whole street where there are several.

use kaishi_domain::count::Snapshot;
use kaishi_domain::market::Market;
use kaishi_domain::{Moment, Refusal};
use leptos::prelude::*;

use super::part;
use crate::document::{Family, Head, Manner, Page, document};
use crate::islands::screen::sign;
use crate::islands::screen::street::{COLUMNS, Street, tell};
use crate::pages::still::Still;
use crate::state::Site;
use crate::words::Lang;
use crate::words::screen::Screen;

/// One market with its figures.
#[derive(Clone, Debug)]
pub struct Row {
    /// Whose.
    pub organization: String,
    /// The market.
    pub market: Market,
    /// Its screen, if whoever looks may open it.
    pub screen: Option<String>,
    /// The figures so far.
    pub seen: Snapshot,
}

/// More markets than this stand in smaller rows.
const FEW: usize = 6;

/// The whole page; the first row says which day it is. `events` is the address of their common stream.
pub fn street(site: &Site, lang: Lang, events: String, rows: Vec<Row>) -> Result<Page, Refusal> {
    let first = rows.first().ok_or(Refusal::Missing("market"))?;
    let place = first.market.place()?;
    let day = place.day(first.market.opens_at);
    let midnight: Moment = place.at(day, 0, 0)?;
    let mut owners: Vec<&str> = rows.iter().map(|row| row.organization.as_str()).collect();
    owners.dedup();
    let (several, title, words) = (owners.len() > 1, owners.join("、"), Screen(lang));
    let street = Street { lang, events, midnight, seen: rows.iter().map(|row| row.seen.clone()).collect() };
    let still = Still::of(tell(&street).into_iter().chain(sign(words, false)));
    let street = serde_json::to_string(&street).map_err(|_| Refusal::Malformed("screen"))?;
    let head = Head {
        lang,
        title: format!("{} · {title}", words.street()),
        manner: Manner::Screen,
        islands: Some(Family::Screen),
        class: "screen",
    };
    let (day, count) = (part::day(lang, day), rows.len());
    let lines = rows.iter().enumerate().map(|(nth, row)| line(words, &still, nth, row, several));
    let lines = lines.collect::<Result<Vec<_>, _>>()?;
    let names = names(words);
    let sums = names.into_iter().enumerate().map(|(nth, name)| sum(&still, nth, name)).collect_view();
    let heads =
        names.into_iter().map(|name| view! { <th scope="col" class="figure">{name}</th> }).collect_view();
    Ok(document(site, &head, move || {
        view! {
            <main id="main" class="stage street" class:many={count > FEW} data-street=street>
                <header class="top">
                    <span class="seal" aria-hidden="true">"市"</span>
                    <h1>{title}</h1>
                    <p class="day">{day}</p>
                    <p class="weather">{count}" "{words.markets()}</p>
                    {part::as_of(&still)}
                </header>
                <section class="together">
                    <h2>{words.served()}<small>{words.person_times()}</small></h2>
                    <p class=still.class("total") data-live="total">{still.text("total")}</p>
                    <dl class="sums">{sums}</dl>
                </section>
                <table class="places">
                    <thead><tr>
                        <th scope="col">{words.market()}</th>
                        <th scope="col" class="figure">{words.person_times()}</th>
                        <th scope="col" class="figure">{words.just()}</th>
                        {heads}
                        <th scope="col" class="figure">{words.arrived()}</th>
                        <th scope="col" class="figure">{words.inside()}</th>
                    </tr></thead>
                    <tbody>{lines}</tbody>
                </table>
            </main>
        }
    }))
}

/// The names of [`COLUMNS`].
const fn names(words: Screen) -> [&'static str; COLUMNS.len()] {
    [words.appeals(), words.unit_says(), words.confirmed(), words.overdue(), words.not_in()]
}

fn sum(still: &Still, nth: usize, name: &'static str) -> impl IntoView + use<> {
    let mark = format!("sum-{nth}");
    let (class, n) = (still.class(&mark), still.text(&mark));
    view! { <div><dt>{name}</dt><dd class=class data-live=mark>{n}</dd></div> }
}

/// A row; whose market it is stands in it only where several have one.
fn line(
    words: Screen,
    still: &Still,
    nth: usize,
    row: &Row,
    several: bool,
) -> Result<impl IntoView + use<>, Refusal> {
    let (market, place) = (&row.market, row.market.place()?);
    let name = if several { format!("{} {}", row.organization, market.name) } else { market.name.clone() };
    let hours = format!("{}–{}", place.clock(market.opens_at), place.clock(market.closes_at));
    let name = match row.screen.clone() {
        Some(href) => view! { <a href=href>{name}</a> }.into_any(),
        None => name.into_any(),
    };
    let figure = |what: &str, class: String, name: &'static str| {
        let mark = format!("row-{nth}.{what}");
        let text = still.text(&mark);
        view! { <td class=class data-live=mark data-name=name>{text}</td> }
    };
    let plain = |what: &str, name| figure(what, "figure".to_owned(), name);
    let follows = |what: &str, name| figure(what, still.class(&format!("row-{nth}.{what}")), name);
    let figures = names(words).into_iter().enumerate();
    let figures = figures.map(|(column, name)| follows(&column.to_string(), name)).collect_view();
    let (mark, stands) = (format!("row-{nth}"), format!("row-{nth}.stands"));
    let says = still.text(&stands);
    Ok(view! {
        <tr class=still.class(&mark) data-live=mark>
            <th scope="row">{name}<small>{hours}" "<b data-live=stands>{says}</b></small></th>
            {figure("total", "figure headline".to_owned(), words.person_times())}
            {plain("just", words.just())}
            {figures}
            {plain("arrived", words.arrived())}
            {follows("inside", words.inside())}
        </tr>
    })
}
