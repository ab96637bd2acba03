//! The stall page: number, name, who serves, what for, how many, and one button.

use kaishi_domain::encounter::MAX_GROUP;
use kaishi_domain::poster::Sign;
use kaishi_domain::unit::Card;
use leptos::prelude::*;

use super::extra::{Extra, extras};
use super::{Top, news, page, ways};
use crate::document::Page;
use crate::state::Site;
use crate::words::Lang;
use crate::words::resident::{Resident, Tap as Words};
use crate::words::unit::Units;

/// So many numbers stand open; the rest are behind one more tap.
const AT_ONCE: i64 = 4;

/// What the stall page shows.
#[derive(Clone, Debug)]
pub struct Tap {
    /// The stall's sign.
    pub sign: Sign,
    /// What its unit says of itself.
    pub card: Card,
    /// Where the form goes: the page's own path.
    pub action: String,
    /// The sealed ticket.
    pub ticket: String,
    /// The number of people that is chosen already.
    pub n: i64,
    /// The form was sent too late and comes again.
    pub stale: bool,
    /// `0513-02-K7QM`, the same as on the poster.
    pub code: String,
    /// The form has a field for the stall's code.
    pub asks_code: bool,
    /// `下雨了，12号摊移到了连廊东侧。`
    pub moved: Option<String>,
    /// What everybody is told now.
    pub told: Vec<String>,
    /// What else the stall has.
    pub extra: Vec<Extra>,
}

/// The stall page.
pub fn stall(site: &Site, top: &Top, tap: &Tap) -> Page {
    let title = format!("{} {}", tap.sign.no, tap.sign.name);
    page(site, top, title, |lang| {
        let words = Words(lang);
        let (action, ticket) = (top.sized(&tap.action), tap.ticket.clone());
        view! {
            {news(&tap.told)}
            {face(lang, &tap.sign)}
            {tap.moved.clone().map(|text| view! { <p class="kind moved" role="status">{text}</p> })}
            <form method="post" action=action>
                {tap.stale.then(|| view! { <p class="kind" role="status">{words.stale()}</p> })}
                <input type="hidden" name="ticket" value=ticket/>
                {people(lang, tap.n)}
                {tap.asks_code.then(|| view! {
                    <p class="pin"><label for="pin"><b>{words.typed()}</b><br/>{words.typed_why()}</label>
                        <input id="pin" name="code" inputmode="numeric" maxlength="4" autocomplete="off"/></p>
                })}
                <p hidden><input name="memo" tabindex="-1" autocomplete="off" aria-label="-"/></p>
                <button class="go" type="submit">{words.served()}</button>
            </form>
            <p class="note">{words.plain()}</p>
            {extras(top, &tap.extra)}
            {ways(top)}
            {card(lang, &tap.card)}
            <p class="code">{words.code()}" "<b>{tap.code.clone()}</b><br/>{words.compare()}</p>
        }
    })
}

/// The sign: number and name huge, then who and what for.
fn face(lang: Lang, sign: &Sign) -> impl IntoView + use<> {
    let words = Words(lang);
    let name = if sign.name.is_empty() { Resident(lang).free().to_owned() } else { sign.name.clone() };
    let unit = if sign.unit.is_empty() { Resident(lang).unit_open().to_owned() } else { sign.unit.clone() };
    let services = sign
        .services
        .iter()
        .map(|service| {
            let late = sign.off_hours.contains(service);
            let late = late.then(|| view! { " "<b class="open-late">{Resident(lang).off_hours()}</b> });
            view! { <li>{service.clone()}{late}</li> }
        })
        .collect_view();
    let class = format!("services zone-{}", sign.zone.to_ascii_lowercase());
    view! {
        <h1 class="sign">
            <span class="no">{sign.no.clone()}</span>
            <span class="what"><span class="label">{words.stall()}</span><span class="name">{name}</span></span>
        </h1>
        <p class="unit">{unit}</p>
        {(!sign.services.is_empty()).then(|| view! { <ul class=class>{services}</ul> })}
    }
}

/// 三亮: who serves, what for, and what they promise; below the button, because it is there for whoever reads on.
fn card(lang: Lang, card: &Card) -> impl IntoView + use<> {
    let words = Units(lang);
    let lines = [
        (words.identity(), card.identity.clone()),
        (words.duty(), card.duty.clone()),
        (words.pledge(), card.pledge.clone()),
    ];
    let lines = lines.into_iter().filter(|(_, text)| !text.is_empty());
    let lines = lines.map(|(name, text)| view! { <div><dt>{name}</dt><dd>{text}</dd></div> }).collect_view();
    (!card.is_empty()).then(|| view! { <dl class="card">{lines}</dl> })
}

/// How many: four at once, five more behind a box that needs no script.
fn people(lang: Lang, n: i64) -> impl IntoView {
    let words = Words(lang);
    let choice = move |at: i64| {
        let id = format!("n{at}");
        view! {
            <input type="radio" name="n" id=id.clone() value=at.to_string() checked={at == n}/>
            <label for=id>{at}</label>
        }
    };
    let first = (1..=AT_ONCE).map(choice).collect_view();
    let rest = (AT_ONCE + 1..=MAX_GROUP).map(choice).collect_view();
    view! {
        <fieldset class="people">
            <legend>{words.people()}</legend>
            {first}
            <input type="checkbox" id="more" checked={n > AT_ONCE}/>
            <label for="more">{words.more()}</label>
            <div class="rest">{rest}</div>
        </fieldset>
    }
}
