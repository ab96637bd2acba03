//! The organizer's page of the cells: who leads each, which stalls it has, its link, whether it has signed.

use kaishi_domain::cell::{Cell, Lead, Partner};
use kaishi_domain::layout::drawing::Drawing;
use kaishi_domain::{CellId, MarketRef, StallId, UnitId};
use leptos::prelude::*;

use crate::document::Page;
use crate::pages::frame::{Desk, Rail, Step, step};
use crate::parts::map::map;
use crate::words::Lang;
use crate::words::cell::Cells as Words;

/// The head's page, to be sent or shown.
#[derive(Clone, Debug)]
pub struct Link {
    /// Its address.
    pub address: String,
    /// Its code: modules on a side, and the dark ones as a path.
    pub code: (usize, String),
}

/// One cell with what is read beside it.
#[derive(Clone, Debug)]
pub struct Row {
    /// The cell.
    pub cell: Cell,
    /// Its stalls: number and name.
    pub stalls: Vec<(StallId, String)>,
    /// The units that stand in it.
    pub units: Vec<(UnitId, String)>,
    /// Its head's page; `None` for those who may only look.
    pub link: Option<Link>,
    /// `9:12`, when it was signed last.
    pub signed_at: Option<String>,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// The Saturday.
    pub market: MarketRef,
    /// The map in force, each stall with its cell's name.
    pub map: Option<Drawing>,
    /// The cells.
    pub rows: Vec<Row>,
    /// Stalls in no cell: number and name.
    pub loose: Vec<(StallId, String)>,
    /// Why the last act was refused.
    pub complaint: Option<String>,
}

/// The page.
pub fn cells(desk: &Desk, rail: &Rail, view: View) -> Page {
    let (lang, may_change) = (desk.lang, desk.may_change);
    step(desk, rail, Step::Preflight, None, move || {
        let words = Words(lang);
        let base = format!("/o/m/{}/cells", view.market);
        let complaint = view.complaint.map(|text| view! { <p class="complaint" role="alert">{text}</p> });
        let signed = view.rows.iter().filter(|row| row.cell.is_signed()).count();
        let count = (!view.rows.is_empty())
            .then(|| view! { <span class="chip">{words.signed_of(signed, view.rows.len())}</span> });
        let nobody_signed = view.rows.iter().all(|row| row.cell.signed.is_none());
        let make = (may_change && nobody_signed)
            .then(|| make(words, &base, view.map.is_some(), view.rows.is_empty()));
        let targets: Vec<(CellId, String)> =
            view.rows.iter().map(|row| (row.cell.id, row.cell.name.clone())).collect();
        let none = view.rows.is_empty().then(|| view! { <p class="note">{words.none()}</p> });
        let loose = (!view.loose.is_empty() && !targets.is_empty())
            .then(|| loose(words, may_change, &base, &view.loose, &targets));
        let map = view.map.as_ref().map(|drawing| {
            view! {
                <section><h2>{words.map()}</h2>
                <div class="map-box" tabindex="0" role="region" aria-label=words.map()>{map(drawing, words.map(), "")}</div></section>
            }
        });
        let rows =
            view.rows.into_iter().map(|row| one(lang, may_change, &base, row, &targets)).collect_view();
        view! {
            <div class="day">
                <div class="head"><h1>{words.title()}</h1>{count}</div>
                <p class="note">{words.why()}</p>
                {complaint}
                {none}
                {make}
                {loose}
                <div class="cell-list">{rows}</div>
                {map}
            </div>
        }
    })
}

fn make(words: Words, base: &str, drawn: bool, first: bool) -> AnyView {
    if !drawn {
        return view! { <p class="due">{words.no_map()}</p> }.into_any();
    }
    let (name, class) = if first { (words.make(), "primary") } else { (words.make_again(), "") };
    view! {
        <form method="post" action=base.to_owned() class="verbs">
            <button type="submit" class=class>{name}</button><span class="note">{words.made_from()}</span>
        </form>
    }
    .into_any()
}

fn one(
    lang: Lang,
    may_change: bool,
    base: &str,
    row: Row,
    targets: &[(CellId, String)],
) -> impl IntoView + use<> {
    let words = Words(lang);
    let Row { cell, stalls, units, link, signed_at } = row;
    let lead = match &cell.lead {
        Lead::Open => words.lead_open().to_owned(),
        Lead::Role(role) => role.clone(),
        Lead::Unit(_) => cell.lead_unit.clone(),
    };
    let partners = if cell.partners.is_empty() {
        words.partners_none().to_owned()
    } else {
        words.partner_list(&cell.partners)
    };
    let (state, class) = standing(words, &cell);
    let chip = format!("{state} {}", signed_at.unwrap_or_default());
    let list = stalls.iter().map(|(_, name)| view! { <li>{name.clone()}</li> }).collect_view();
    let act = format!("{base}/{}", cell.id);
    let others: Vec<_> = targets.iter().filter(|(id, _)| *id != cell.id).cloned().collect();
    let moving = (may_change && !others.is_empty() && !stalls.is_empty())
        .then(|| moving(words, base, Some(cell.id), &stalls, &others));
    let edit = may_change.then(|| edit(words, &act, &cell, &units));
    let link = link.map(|link| link_view(words, &act, &cell.name, link));
    view! {
        <section class="cell" id=format!("c-{}", cell.id) aria-labelledby=format!("h-{}", cell.id)>
            <div class="head"><h2 id=format!("h-{}", cell.id)>{cell.name.clone()}</h2><span class=format!("chip {class}")>{chip}</span></div>
            <p class="who"><b>{words.lead()}</b>" "{lead}" ＋ "{partners}</p>
            <ul class="chips-list">{list}</ul>
            {moving}
            {edit}
            {link}
        </section>
    }
}

/// How a cell's checklist stands, and its class.
pub(super) fn standing(words: Words, cell: &Cell) -> (&'static str, &'static str) {
    match &cell.signed {
        None => (words.unsigned(), "closed"),
        Some(_) if !cell.is_signed() => (words.stale(), "closed"),
        Some(signed) if signed.check.unmet().next().is_some() => (words.signed_open(), "bad"),
        Some(_) => (words.signed(), "open"),
    }
}

fn moving(
    words: Words,
    base: &str,
    from: Option<CellId>,
    stalls: &[(StallId, String)],
    targets: &[(CellId, String)],
) -> impl IntoView + use<> {
    let (key, verb) = match from {
        Some(from) => (from.to_string(), words.move_it()),
        None => ("loose".to_owned(), words.put()),
    };
    let from = from.map(|from| view! { <input type="hidden" name="from" value=from.to_string()/> });
    let which = stalls
        .iter()
        .map(|(id, name)| view! { <option value=id.to_string()>{name.clone()}</option> })
        .collect_view();
    let to = targets
        .iter()
        .map(|(id, name)| view! { <option value=id.to_string()>{name.clone()}</option> })
        .collect_view();
    let (stall_id, to_id) = (format!("stall-{key}"), format!("to-{key}"));
    view! {
        <form method="post" action=format!("{base}/move") class="moving">
            {from}
            <label for=stall_id.clone()>{words.move_one()}</label><select id=stall_id name="stall">{which}</select>
            <label for=to_id.clone()>{words.to()}</label><select id=to_id name="to">{to}</select>
            <button type="submit" class="small">{verb}</button>
        </form>
    }
}

fn loose(
    words: Words,
    may_change: bool,
    base: &str,
    stalls: &[(StallId, String)],
    targets: &[(CellId, String)],
) -> impl IntoView + use<> {
    let list = stalls.iter().map(|(_, name)| view! { <li>{name.clone()}</li> }).collect_view();
    let form = may_change.then(|| moving(words, base, None, stalls, targets));
    view! {
        <section class="cell loose"><h2>{words.loose()}</h2><ul class="chips-list">{list}</ul>{form}</section>
    }
}

fn edit(words: Words, act: &str, cell: &Cell, units: &[(UnitId, String)]) -> impl IntoView + use<> {
    let id = cell.id.to_string();
    let (chosen, role) = match &cell.lead {
        Lead::Open => (None, String::new()),
        Lead::Role(role) => (None, role.clone()),
        Lead::Unit(unit) => (Some(*unit), String::new()),
    };
    let options = units
        .iter()
        .map(|(unit, name)| {
            view! { <option value=unit.to_string() selected={Some(*unit) == chosen}>{name.clone()}</option> }
        })
        .collect_view();
    let partners = Partner::ALL
        .iter()
        .map(|partner| {
            let here = cell.partners.contains(partner);
            view! { <label class="check"><input type="checkbox" name=partner.code() value="yes" checked=here/>{words.partner(*partner)}</label> }
        })
        .collect_view();
    view! {
        <details class="more">
            <summary>{words.edit()}<span class="hidden">{cell.name.clone()}</span></summary>
            <form method="post" action=act.to_owned() class="unit-form">
                <label for=format!("name-{id}")>{words.name()}</label>
                <input id=format!("name-{id}") name="name" value=cell.name.clone() required maxlength="12" autocomplete="off"/>
                <label for=format!("unit-{id}")>{words.lead_unit()}</label>
                <select id=format!("unit-{id}") name="unit"><option value="">{words.nobody()}</option>{options}</select>
                <label for=format!("role-{id}")>{words.lead_role()}</label>
                <input id=format!("role-{id}") name="role" value=role maxlength="20" placeholder=words.lead_hint() autocomplete="off"/>
                <p class="note">{words.role_only()}</p>
                <fieldset class="verbs"><legend>{words.partners()}</legend>{partners}</fieldset>
                <button type="submit">{words.save()}</button>
            </form>
        </details>
    }
}

fn link_view(words: Words, act: &str, name: &str, link: Link) -> impl IntoView + use<> {
    let (side, dark) = link.code;
    let label = format!("{} {name}", words.link());
    view! {
        <details class="more">
            <summary>{words.link()}<span class="hidden">{name.to_owned()}</span></summary>
            <p class="note">{words.link_why()}</p>
            <p class="address"><a href=link.address.clone()>{link.address.clone()}</a></p>
            <svg class="code" role="img" aria-label=label viewBox=format!("0 0 {side} {side}") width="160" height="160">
                <rect width="100%" height="100%" fill="#fff"/>
                <path d=dark fill="#000"/>
            </svg>
            <form method="post" action=format!("{act}/relink")><button type="submit" class="small">{words.relink()}</button></form>
        </details>
    }
}
