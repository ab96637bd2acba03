//! The public page of a market: when, in which weather, the map, every stall with its services, and help.

use std::collections::BTreeMap;

use kaishi_domain::layout::drawing::Drawing;
use kaishi_domain::poster::Sign;
use leptos::prelude::*;

use super::{Top, page};
use crate::document::Page;
use crate::parts::map::map;
use crate::parts::{Icon, icon};
use crate::state::Site;
use crate::words::Lang;
use crate::words::resident::{Resident, Square as Words};

/// What the public page shows.
pub struct Square {
    /// `党群开市“服”满园，不拘一“格”应民声`
    pub theme: String,
    /// `5月13日 星期六`
    pub day: String,
    /// `9:00–12:00`
    pub hours: String,
    /// `雨 22℃`
    pub weather: String,
    /// The rain plan is in force.
    pub rain: bool,
    /// The map of the plan in force.
    pub map: Option<Drawing>,
    /// The slogan zones as (letter, name).
    pub zones: Vec<(String, String)>,
    /// The stalls that are shown, in the order of their numbers.
    pub signs: Vec<Sign>,
    /// What was searched.
    pub query: String,
    /// `下雨了，摊位都移到了连廊。`
    pub moved: Option<String>,
    /// Where each stall stands, in words, by its number.
    pub places: BTreeMap<String, String>,
}

/// The public page.
pub fn market(site: &Site, top: &Top, square: Square) -> Page {
    let title = format!("{} {}", top.title, square.day);
    page(site, top, title, |lang| {
        let words = Words(lang);
        let plan = if square.rain { words.in_rain() } else { words.in_sun() };
        let map = square.map.map(|drawing| {
            let title = format!("{}, {plan}", words.map());
            let photos = format!("{}/photo", top.map.as_deref().unwrap_or_default());
            view! {
                <h2>{words.map()}</h2>
                <div class="map-box" tabindex="0" role="region" aria-label=words.map()>{map(&drawing, &title, &photos)}</div>
            }
        });
        view! {
            <h1 class="day">{square.day}</h1>
            <p class="theme">{square.theme}</p>
            <p class="facts"><span>{words.today()}" "<b>{square.hours}</b></span>
                <span>{words.weather()}" "<b>{square.weather}</b></span><span>{plan}</span></p>
            {square.moved.map(|text| view! { <p class="kind moved" role="status">{text}</p> })}
            {map}
            {search(lang, top, &square.query)}
            {list(lang, top, &square.signs, (&square.zones, &square.places), !square.query.is_empty())}
            {look_up(lang, top)}
        }
    })
}

fn search(lang: Lang, top: &Top, query: &str) -> impl IntoView + use<> {
    let words = Words(lang);
    let (action, query) = (top.map.clone().unwrap_or_default(), query.to_owned());
    view! {
        <form class="find" method="get" action=action role="search">
            <label for="q">{words.find()}</label>
            <input type="search" id="q" name="q" value=query maxlength="40" placeholder=words.find_hint()/>
            {top.big.then(|| view! { <input type="hidden" name="big" value="1"/> })}
            <button type="submit">{words.search()}</button>
        </form>
    }
}

fn list(
    lang: Lang,
    top: &Top,
    signs: &[Sign],
    (zones, places): (&[(String, String)], &BTreeMap<String, String>),
    searched: bool,
) -> impl IntoView + use<> {
    let words = Words(lang);
    let all = searched.then(|| {
        let href = top.sized(&top.map.clone().unwrap_or_default());
        view! { <p><a class="more" href=href>{words.all()}</a></p> }
    });
    let empty = signs.is_empty().then(|| {
        view! { <p class="kind">{if searched { words.none() } else { words.empty() }}</p> }
    });
    let known = |letter: &str| zones.iter().any(|zone| zone.0 == letter);
    let groups = zones
        .iter()
        .map(|(letter, name)| {
            group(lang, (letter, name), places, signs.iter().filter(|sign| sign.zone == *letter))
        })
        .chain(std::iter::once(group(lang, ("", ""), places, signs.iter().filter(|sign| !known(&sign.zone)))))
        .collect_view();
    view! { <h2>{words.stalls()}</h2> {empty} {groups} {all} }
}

fn group<'a>(
    lang: Lang,
    (letter, name): (&str, &str),
    places: &BTreeMap<String, String>,
    signs: impl Iterator<Item = &'a Sign>,
) -> Option<AnyView> {
    let rows: Vec<_> = signs.map(|sign| row(lang, sign, places.get(&sign.no).cloned())).collect();
    let class = format!("zone zone-{}", letter.to_ascii_lowercase());
    let head = (!letter.is_empty()).then(|| {
        view! { <h3 class=class><b>{letter.to_owned()}</b>" "{name.to_owned()}</h3> }
    });
    (!rows.is_empty()).then(|| view! { {head} <ul class="stalls">{rows}</ul> }.into_any())
}

fn row(lang: Lang, sign: &Sign, place: Option<String>) -> impl IntoView + use<> {
    let words = Resident(lang);
    let name = if sign.name.is_empty() { words.free().to_owned() } else { sign.name.clone() };
    let unit = if sign.unit.is_empty() { words.unit_open().to_owned() } else { sign.unit.clone() };
    let services = sign.services.join(" · ");
    view! {
        <li id=format!("stall-{}", sign.no)>
            <span class="no">{sign.no.clone()}</span>
            <span class="what"><b>{name}</b><span>{unit}</span><span>{services}</span>
                {place.map(|place| view! { <span class="place">{place}</span> })}</span>
        </li>
    }
}

fn look_up(lang: Lang, top: &Top) -> impl IntoView + use<> {
    let words = Words(lang);
    let action = top.map.as_deref().map(|map| format!("{map}/appeal"));
    view! {
        <form class="find" method="get" action=action>
            <label for="code">{icon(Icon::Speech)}" "{words.appeal_code()}</label>
            <input id="code" name="code" required maxlength="12" placeholder=words.code() autocomplete="off" autocapitalize="characters"/>
            <button type="submit">{words.look_up()}</button>
        </form>
    }
}
