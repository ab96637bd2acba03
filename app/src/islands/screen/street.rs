//! Several markets of one day on one screen: what they come to together, then a row each, all on one stream.

use kaishi_domain::Moment;
use kaishi_domain::count::Snapshot;
use kaishi_domain::crowd::Level;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "browser")]
use super::feed;
use super::figure;
use crate::words::Lang;
use crate::words::screen::Screen;

/// Figures that are so much older than the newest of the others are marked.
const BEHIND: i64 = 20_000;

/// What does not change while the page is open.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Street {
    /// Language.
    pub lang: Lang,
    /// Address of the stream.
    pub events: String,
    /// `莲花街道`, or whose markets these are.
    pub title: String,
    /// `5月13日（星期六）`
    pub day: String,
    /// The beginning of the day at the place of the markets.
    pub midnight: Moment,
    /// The markets, in the order of their first snapshots.
    pub places: Vec<Place>,
}

/// One market's row.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Place {
    /// `福中社区 党员服务市集`
    pub name: String,
    /// `08:30–12:00`
    pub hours: String,
    /// Its own screen, if whoever looks may open it.
    pub screen: Option<String>,
}

type All = RwSignal<Vec<Snapshot>>;

/// A figure of a market.
type Figure = fn(&Snapshot) -> i64;

/// The columns after the headline: appeals by how far they are, who has come.
const COLUMNS: [Figure; 5] = [
    |seen| seen.appeals.raised,
    |seen| seen.appeals.settled_by_unit,
    |seen| seen.appeals.confirmed,
    |seen| seen.appeals.overdue,
    |seen| seen.devices_missing.records,
];

const fn total(seen: &Snapshot) -> i64 {
    seen.encounters.total
}

fn just(seen: &Snapshot) -> i64 {
    seen.stalls.iter().map(|stall| stall.last_15_min).sum()
}

/// Whether a market's figures are much older than the newest ones.
fn is_behind(all: &[Snapshot], nth: usize) -> bool {
    let newest = all.iter().map(|seen| seen.as_of).max();
    newest.zip(all.get(nth)).is_some_and(|(newest, seen)| newest.since(seen.as_of) > BEHIND)
}

/// The whole page.
#[island]
pub fn LiveStreet(first: Vec<Snapshot>, street: Street) -> impl IntoView {
    let all: All = RwSignal::new(first);
    let stale = RwSignal::new(false);
    #[cfg(feature = "browser")]
    feed::watch(street.events.clone(), stale, move |snapshot| {
        all.update(|all| {
            if let Some(known) = all.iter_mut().find(|known| known.market == snapshot.market) {
                *known = snapshot;
            }
        });
    });
    let words = Screen(street.lang);
    let sum = move |figure: Figure| all.with(|all| all.iter().map(figure).sum::<i64>()).to_string();
    let newest = move || all.with(|all| all.iter().map(|seen| seen.as_of).max()).unwrap_or(street.midnight);
    let size = move || all.with(|all| figure::size(all.iter().map(total).sum()));
    let class = move || if stale.get() { "as-of stale" } else { "as-of" };
    let word = move || if stale.get() { words.stuck() } else { words.as_of() };
    let names = names(words);
    let sums = names
        .into_iter()
        .zip(COLUMNS)
        .map(|(name, figure)| view! { <div><dt>{name}</dt><dd>{move || sum(figure)}</dd></div> })
        .collect_view();
    let heads =
        names.into_iter().map(|name| view! { <th scope="col" class="figure">{name}</th> }).collect_view();
    let count = street.places.len();
    let rows = street.places.into_iter().enumerate();
    let rows = rows.map(|(nth, place)| row(words, all, nth, place, street.midnight)).collect_view();
    view! {
        <main id="main" class="stage street" class:many={count > 6}>
            <header class="top">
                <span class="seal" aria-hidden="true">"市"</span>
                <h1>{street.title}</h1>
                <p class="day">{street.day}</p>
                <p class="weather">{count}" "{words.markets()}</p>
                <p class=class role="status" aria-live="off">
                    <span class="dot" aria-hidden="true"></span>
                    <span>{word}</span>
                    <strong>{move || figure::clock(street.midnight, newest())}</strong>
                </p>
            </header>
            <section class="together">
                <h2>{words.served()}<small>{words.person_times()}</small></h2>
                <p class=size>{move || sum(total)}</p>
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
                <tbody>{rows}</tbody>
            </table>
        </main>
    }
}

/// The names of [`COLUMNS`].
const fn names(words: Screen) -> [&'static str; 5] {
    [words.appeals(), words.unit_says(), words.confirmed(), words.overdue(), words.not_in()]
}

fn row(words: Screen, all: All, nth: usize, place: Place, midnight: Moment) -> impl IntoView {
    let read =
        move |read: &dyn Fn(&Snapshot) -> String| all.with(|all| all.get(nth).map(read).unwrap_or_default());
    let n = move |figure: Figure| read(&|seen| figure(seen).to_string());
    let behind = move || all.with(|all| is_behind(all, nth));
    let stands = move || {
        if behind() {
            read(&|seen| format!("{} {}", words.stuck(), figure::clock(midnight, seen.as_of)))
        } else {
            read(&|seen| if seen.open { String::new() } else { words.shut().to_owned() })
        }
    };
    let arrived = move || {
        read(&|seen| {
            let (come, of) = figure::arrivals(seen);
            format!("{come}／{of}")
        })
    };
    let inside = move || {
        read(&|seen| match seen.gauge {
            Some(gauge) => match gauge.capacity {
                Some(most) => format!("{}／{most}", gauge.inside),
                None => gauge.inside.to_string(),
            },
            None => "—".to_owned(),
        })
    };
    let full = move || {
        let level = all.with(|all| all.get(nth).and_then(|seen| seen.gauge.map(|gauge| gauge.level())));
        match level {
            Some(Level::Full) => "figure full",
            Some(Level::Near) => "figure near",
            _ => "figure",
        }
    };
    let name = match place.screen {
        Some(href) => view! { <a href=href>{place.name}</a> }.into_any(),
        None => place.name.into_any(),
    };
    let names = names(words);
    let figures = COLUMNS
        .into_iter()
        .enumerate()
        .map(|(column, figure)| {
            let late = move || column == 3 && n(figure) != "0";
            view! { <td class="figure" class:late=late data-name=names[column]>{move || n(figure)}</td> }
        })
        .collect_view();
    view! {
        <tr class:behind=behind>
            <th scope="row">{name}<small>{place.hours}" "<b>{stands}</b></small></th>
            <td class="figure headline" data-name=words.person_times()>{move || n(total)}</td>
            <td class="figure" data-name=words.just()>{move || n(just)}</td>
            {figures}
            <td class="figure" data-name=words.arrived()>{arrived}</td>
            <td class=full data-name=words.inside()>{inside}</td>
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use super::super::figure::tests::seen;
    use super::*;

    #[test]
    fn a_market_whose_figures_stand_still_while_others_go_on_is_marked() {
        let all = [seen(&[], 600), seen(&[], 601)];
        assert!(is_behind(&all, 0) && !is_behind(&all, 1));
        assert!(!is_behind(&all[..1], 0), "alone it is the stream's sign that tells");
        assert!(!is_behind(&[], 0));
    }
}
