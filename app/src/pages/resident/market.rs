//! The public page of a market: when, in which weather, the map, every stall with its services, and help.

use std::collections::BTreeMap;

use kaishi_domain::layout::drawing::{Drawing, SCALE};
use kaishi_domain::layout::way::Way;
use kaishi_domain::poster::Sign;
use leptos::prelude::*;

use super::{Top, news, page};
use crate::document::Page;
use crate::pages::day::Places;
use crate::parts::here::map_at;
use crate::parts::map::map;
use crate::parts::{Icon, icon};
use crate::state::Site;
use crate::words::Lang;
use crate::words::booking::Booking;
use crate::words::day::Emergency;
use crate::words::desk::Voices;
use crate::words::layout::Editor;
use crate::words::queue::Queue;
use crate::words::resident::{PosterNumber, Resident, Square as Words};

/// Where whoever looks stands, and what is near.
#[derive(Clone, PartialEq, Debug)]
pub struct Standing {
    /// The stall before them.
    pub sign: Sign,
    /// The nearest way in.
    pub entrance: Option<Way>,
    /// The stalls beside it.
    pub neighbours: Vec<(Sign, Way)>,
}

/// An AED: what is written of it, and the way there where we know from where.
#[derive(Clone, PartialEq, Debug)]
pub struct Aed {
    /// `北馆服务台`
    pub label: String,
    /// From the stall before whoever looks.
    pub way: Option<Way>,
}

/// An open queue: the stall's number, its name, who is being served, how many wait.
pub type Serving = (String, String, Vec<i64>, i64);

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
    /// Where whoever looks came from.
    pub here: Option<Standing>,
    /// The nearest AED, or every one while we do not know where they are.
    pub aeds: Vec<Aed>,
    /// What everybody is told now.
    pub told: Vec<String>,
    /// Who leads in an emergency, where people gather, and what helps.
    pub help: Places,
    /// The open queues.
    pub queues: Vec<Serving>,
    /// Where rooms and pitches are booked.
    pub booking: Option<String>,
}

/// The public page.
pub fn market(site: &Site, top: &Top, square: Square) -> Page {
    let title = format!("{} {}", top.title, square.day);
    page(site, top, title, |lang| {
        let words = Words(lang);
        let plan = if square.rain { words.in_rain() } else { words.in_sun() };
        let map = square.map.as_ref().map(|drawing| {
            let title = format!("{}, {plan}", words.map());
            let photos = format!("{}/photo", top.map.as_deref().unwrap_or_default());
            view! {
                <h2>{words.map()}</h2>
                <div class=width(drawing) tabindex="0" role="region" aria-label=words.map()>{picture(drawing, &title, &photos, square.here.as_ref())}</div>
            }
        });
        let here = square.here.as_ref().map(|here| standing(lang, here));
        let weather = (!square.weather.is_empty())
            .then(|| view! { <span>{words.weather()}" "<b>{square.weather.clone()}</b></span> });
        view! {
            {news(&square.told)}
            <h1 class="day">{square.day.clone()}</h1>
            <p class="theme">{square.theme.clone()}</p>
            <p class="facts"><span>{words.today()}" "<b>{square.hours.clone()}</b></span>
                {weather}<span>{plan}</span></p>
            {square.moved.clone().map(|text| view! { <p class="kind moved" role="status">{text}</p> })}
            {here}
            {serving(lang, &square.queues)}
            {map}
            {search(lang, top, &square.query)}
            {list(lang, top, &square)}
            {look_up(lang, top)}
            <p><a class="more" href=top.sized(&format!("{}/voices", top.map.as_deref().unwrap_or_default()))>{Voices(lang).door()}</a></p>
            {square.booking.as_ref().map(|path| view! { <p><a class="more" href=top.sized(path)>{Booking(lang).title()}</a></p> })}
            {first_aid(lang, &square.aeds, &square.help)}
            {comfort(lang, &square.help)}
        }
    })
}

/// Who is called where.
fn serving(lang: Lang, queues: &[Serving]) -> impl IntoView + use<> {
    let words = Queue(lang);
    let rows = queues
        .iter()
        .map(|(no, name, numbers, waiting)| {
            let numbers: Vec<String> = numbers.iter().map(|one| words.number(*one)).collect();
            let numbers =
                if numbers.is_empty() { "—".to_owned() } else { numbers.join(lang.pick("、", ", ")) };
            let stall = format!("{no} {name}");
            view! { <li>{stall}" "<b>{numbers}</b>" "<span>{words.line(*waiting)}</span></li> }
        })
        .collect_view();
    (!queues.is_empty()).then(|| {
        view! { <section class="calling" aria-labelledby="queues"><h2 id="queues">{words.queues()}</h2><ul>{rows}</ul></section> }
    })
}

/// So wide that the number of a stall can be read; what does not fit is moved past with a finger.
fn width(drawing: &Drawing) -> &'static str {
    match drawing.view[2] / SCALE {
        ..75.0 => "map-box",
        75.0..115.0 => "map-box wide",
        115.0..155.0 => "map-box wider",
        _ => "map-box widest",
    }
}

fn picture(drawing: &Drawing, title: &str, photos: &str, here: Option<&Standing>) -> AnyView {
    match here {
        Some(here) => map_at(drawing, title, photos, here.sign.stall).into_any(),
        None => map(drawing, title, photos).into_any(),
    }
}

/// `东边 4 米`
fn way(lang: Lang, way: Way) -> String {
    let (side, metres) = (Editor(lang).sky(way.toward), way.metres.round().max(1.0));
    lang.pick(format!("{side}边约 {metres} 米"), format!("about {metres} m {side}"))
}

fn standing(lang: Lang, here: &Standing) -> impl IntoView + use<> {
    let words = Words(lang);
    let no = here.sign.no.clone();
    let title =
        lang.pick(format!("您在 {no} 号 {}", here.sign.name), format!("You are at {no} {}", here.sign.name));
    let entrance = here.entrance.map(|to| view! { <li>{words.entrance()}" "<b>{way(lang, to)}</b></li> });
    let beside = here
        .neighbours
        .iter()
        .map(|(sign, to)| {
            let name = if sign.name.is_empty() { Resident(lang).free() } else { &sign.name };
            let stall = lang.pick(format!("{} 号 {name}", sign.no), format!("{} {name}", sign.no));
            view! { <li>{stall}" "<b>{way(lang, *to)}</b></li> }
        })
        .collect_view();
    view! {
        <section class="here" aria-labelledby="here">
            <h2 id="here">{title}</h2>
            <ul>{entrance}{beside}</ul>
        </section>
    }
}

/// Whom to call and where the nearest AED is.
fn first_aid(lang: Lang, aeds: &[Aed], help: &Places) -> impl IntoView + use<> {
    let (words, card) = (Words(lang), Emergency(lang));
    let line = |name: &'static str, places: &[String]| {
        let places = places.join(lang.pick("；", "; "));
        (!places.is_empty()).then(|| view! { <li>{name}" "<b>{places}</b></li> })
    };
    let lead = line(card.lead(), &Vec::from_iter(Some(help.lead.clone()).filter(|lead| !lead.is_empty())));
    let (assembly, hydrants) = (line(card.assembly(), &help.assembly), line(card.hydrant(), &help.hydrants));
    let rows = aeds
        .iter()
        .map(|aed| {
            let place = if aed.label.is_empty() { words.on_map().to_owned() } else { aed.label.clone() };
            let far = aed.way.map(|to| view! { " "<b>{way(lang, to)}</b> });
            let sign = if place.contains("AED") { "" } else { "AED " };
            view! { <li>{sign}{place}{far}</li> }
        })
        .collect_view();
    view! {
        <section class="aid" aria-labelledby="aid">
            <h2 id="aid">{words.first_aid()}</h2>
            <p>{words.first_aid_why()}</p>
            <ul>{rows}{lead}{assembly}{hydrants}</ul>
        </section>
    }
}

/// Where to rest, to drink, to charge.
fn comfort(lang: Lang, help: &Places) -> impl IntoView + use<> {
    let rows = help.comfort.iter().cloned().map(|place| view! { <li>{place}</li> }).collect_view();
    (!help.comfort.is_empty()).then(|| {
        view! {
            <section class="aid" aria-labelledby="comfort">
                <h2 id="comfort">{Emergency(lang).facilities()}</h2>
                <ul>{rows}</ul>
            </section>
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

fn list(lang: Lang, top: &Top, square: &Square) -> impl IntoView + use<> {
    let words = Words(lang);
    let (signs, zones, searched) = (&square.signs, &square.zones, !square.query.is_empty());
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
            group(lang, (letter, name), square, signs.iter().filter(|sign| sign.zone == *letter))
        })
        .chain(std::iter::once(group(lang, ("", ""), square, signs.iter().filter(|sign| !known(&sign.zone)))))
        .collect_view();
    let typed = top.map.as_ref().map(|map| {
        view! { <p><a class="more" href=top.sized(&format!("{map}/poster"))>{PosterNumber(lang).link()}</a></p> }
    });
    view! { <h2>{words.stalls()}</h2> {empty} {groups} {all} {typed} }
}

fn group<'a>(
    lang: Lang,
    (letter, name): (&str, &str),
    square: &Square,
    signs: impl Iterator<Item = &'a Sign>,
) -> Option<AnyView> {
    let here = square.here.as_ref().map(|here| here.sign.no.as_str());
    let rows: Vec<_> = signs
        .map(|sign| row(lang, sign, here == Some(sign.no.as_str()), square.places.get(&sign.no).cloned()))
        .collect();
    let class = format!("zone zone-{}", letter.to_ascii_lowercase());
    let head = (!letter.is_empty()).then(|| {
        view! { <h3 class=class><b>{letter.to_owned()}</b>" "{name.to_owned()}</h3> }
    });
    (!rows.is_empty()).then(|| view! { {head} <ul class="stalls">{rows}</ul> }.into_any())
}

fn row(lang: Lang, sign: &Sign, here: bool, place: Option<String>) -> impl IntoView + use<> {
    let words = Resident(lang);
    let name = if sign.name.is_empty() { words.free().to_owned() } else { sign.name.clone() };
    let unit = if sign.unit.is_empty() { words.unit_open().to_owned() } else { sign.unit.clone() };
    let services: Vec<String> = sign
        .services
        .iter()
        .map(|service| {
            let late = words.off_hours();
            if sign.off_hours.contains(service) {
                lang.pick(format!("{service}（{late}）"), format!("{service} ({late})"))
            } else {
                service.clone()
            }
        })
        .collect();
    let services = services.join(" · ");
    view! {
        <li id=format!("stall-{}", sign.no) class:at=here>
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
