//! The markets of one day on one page: those of a community today, of a whole street where there are several.

use kaishi_domain::count::Snapshot;
use kaishi_domain::market::Market;
use kaishi_domain::{Moment, Refusal};
use leptos::prelude::*;

use crate::document::{Family, Head, Manner, Page, document};
use crate::islands::screen::street::{LiveStreet, Place, Street};
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

/// The whole page; the first row says which day it is. `events` is the address of their common stream.
pub fn street(site: &Site, lang: Lang, events: String, rows: Vec<Row>) -> Result<Page, Refusal> {
    let first = rows.first().ok_or(Refusal::Missing("market"))?;
    let place = first.market.place()?;
    let day = place.day(first.market.opens_at);
    let midnight: Moment = place.at(day, 0, 0)?;
    let mut owners: Vec<&str> = rows.iter().map(|row| row.organization.as_str()).collect();
    owners.dedup();
    let title = owners.join("、");
    let places = rows.iter().map(|one| row(one, owners.len() > 1)).collect::<Result<Vec<_>, _>>()?;
    let street = Street {
        lang,
        events,
        title: title.clone(),
        day: lang.pick(
            format!("{}（{}）", day.zh(), day.weekday_zh()),
            format!("{}, {}", day.weekday_en(), day.en()),
        ),
        midnight,
        places,
    };
    let head = Head {
        lang,
        title: format!("{} · {title}", Screen(lang).street()),
        manner: Manner::Screen,
        islands: Some(Family::Screen),
        class: "screen",
    };
    let seen: Vec<Snapshot> = rows.into_iter().map(|row| row.seen).collect();
    Ok(document(site, &head, move || view! { <LiveStreet first=seen street=street/> }))
}

/// A row; whose market it is stands in it only where several have one.
fn row(row: &Row, several: bool) -> Result<Place, Refusal> {
    let place = row.market.place()?;
    let clock = |at| place.clock(at);
    Ok(Place {
        name: if several {
            format!("{} {}", row.organization, row.market.name)
        } else {
            row.market.name.clone()
        },
        hours: format!("{}–{}", clock(row.market.opens_at), clock(row.market.closes_at)),
        screen: row.screen.clone(),
    })
}
