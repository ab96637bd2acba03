//! The exact figures of what is selected, and everything that can be done with it.

use kaishi_domain::layout::{Edit, Severity, Stall};
use leptos::ev::Event;
use leptos::prelude::*;

use super::model::Model;
use crate::parts::map::zone_class;
use crate::parts::{Icon, icon};

pub(super) fn inspector(model: Model) -> impl IntoView {
    let content = move || match model.only() {
        Some(stall) => one(model, stall).into_any(),
        None => {
            let count = model.selected.with(|selected| selected.len());
            if count > 1 { several(model, count).into_any() } else { nothing(model).into_any() }
        }
    };
    view! { <section class="inspector" aria-label=model.words.position()>{content}</section> }
}

fn nothing(model: Model) -> impl IntoView {
    let words = model.words;
    view! { <h2>{words.nothing()}</h2> <p class="note">{words.nothing_why()}</p> }
}

fn several(model: Model, count: usize) -> impl IntoView {
    view! { <h2>{model.words.several()} " " {count}</h2> {acts(model, false)} }
}

fn one(model: Model, stall: Stall) -> impl IntoView {
    let (words, id, ro) = (model.words, stall.id, !model.may_change);
    let label = model.labels.with_value(|labels| labels.stalls.get(&id).cloned()).unwrap_or_default();
    let zone = model.zones.with_value(|zones| zones.iter().find(|zone| zone.letter == stall.zone).cloned());
    let unit = if label.unit.is_empty() { words.unit_open().to_owned() } else { label.unit };
    let figure = |name, unit, value: f64, edit: fn(&Stall, f64) -> Edit| {
        let stall = stall.clone();
        let set = move |event: Event| {
            if let Ok(typed) = event_target_value(&event).replace('，', ".").trim().parse::<f64>() {
                model.edit(edit(&stall, typed));
            }
        };
        view! {
            <label class="figure"><span>{name}</span>
                <input type="number" inputmode="decimal" step="0.1" readonly=ro prop:value=format!("{value:.2}") value=format!("{value:.2}") on:change=set/>
                <span class="unit">{unit}</span>
            </label>
        }
    };
    view! {
        <header class="who">
            <span class="no">{stall.no.clone()}</span>
            <div>
                <h2>{label.name}</h2>
                <p class="zone-line"><span class=format!("letter {}", zone_class(&stall.zone))>{stall.zone.clone()}</span>{zone.map(|zone| zone.name)}</p>
            </div>
        </header>
        {wrong(model, id)}
        <h3>{words.position()}</h3>
        <div class="figures">
            {figure("X", "m", stall.x, |stall, x| Edit::Move { stalls: vec![stall.id], dx: x - stall.x, dy: 0.0 })}
            {figure("Y", "m", stall.y, |stall, y| Edit::Move { stalls: vec![stall.id], dx: 0.0, dy: y - stall.y })}
            {figure(words.width(), "m", stall.w, |stall, w| Edit::Resize { stall: stall.id, w, d: stall.d })}
            {figure(words.depth(), "m", stall.d, |stall, d| Edit::Resize { stall: stall.id, w: stall.w, d })}
            {figure(words.angle(), "°", stall.angle, |stall, angle| Edit::Rotate { stalls: vec![stall.id], by: angle - stall.angle })}
            {facing(model, &stall)}
        </div>
        <div class="choices">
            {number(model, &stall)}
            {zones(model, &stall)}
            {outlets(model, &stall)}
            <p class="pair"><span>{words.unit()}</span><strong>{unit}</strong></p>
        </div>
        {acts(model, true)}
    }
}

fn wrong(model: Model, id: kaishi_domain::StallId) -> impl IntoView {
    let words = model.words;
    model.breaches.with(|all| {
        all.iter()
            .filter(|breach| breach.stalls.contains(&id))
            .map(|breach| {
                let remedy = breach.remedy.clone().filter(|_| model.may_change);
                let class = if breach.severity == Severity::Error { "wrong error" } else { "wrong warning" };
                let fix = remedy.map(|edit| {
                    let verb = words.verb(&edit);
                    view! { <button type="button" class="fix" on:click=move |_| model.edit(edit.clone())>{verb}</button> }
                });
                view! { <div class=class><strong>{words.what(breach)}</strong><p>{words.rule(breach)}</p>{fix}</div> }
            })
            .collect_view()
    })
}

fn number(model: Model, stall: &Stall) -> impl IntoView + use<> {
    let (id, no, ro) = (stall.id, stall.no.clone(), !model.may_change);
    let set = move |event: Event| model.edit(Edit::Renumber { stall: id, no: event_target_value(&event) });
    view! {
        <label class="pair"><span>{model.words.number()}</span>
            <input class="short" maxlength="6" readonly=ro prop:value=no.clone() value=no on:change=set/>
        </label>
    }
}

fn zones(model: Model, stall: &Stall) -> impl IntoView + use<> {
    let (id, here) = (stall.id, stall.zone.clone());
    let set =
        move |event: Event| model.edit(Edit::SetZone { stalls: vec![id], zone: event_target_value(&event) });
    let options = model.zones.with_value(|zones| {
        zones
            .iter()
            .map(|zone| {
                let name = format!("{} {}", zone.letter, zone.name);
                view! { <option value=zone.letter.clone() selected=zone.letter == here>{name}</option> }
            })
            .collect_view()
    });
    view! {
        <label class="pair"><span>{model.words.zone()}</span>
            <select on:change=set disabled=!model.may_change>{options}</select>
        </label>
    }
}

fn outlets(model: Model, stall: &Stall) -> impl IntoView + use<> {
    let (id, here, centre) = (stall.id, stall.outlet.clone(), stall.centre());
    let set = move |event: Event| {
        let outlet = Some(event_target_value(&event)).filter(|outlet| !outlet.is_empty());
        model.edit(Edit::SetOutlet { stall: id, outlet });
    };
    let options = model.ground.with_value(|ground| {
        ground
            .outlets
            .iter()
            .map(|outlet| {
                let far = outlet.at.minus(centre).length();
                let name = format!("{} · {far:.1} m · {} kW", outlet.id, f64::from(outlet.cap_w) / 1000.0);
                let chosen = here.as_deref() == Some(outlet.id.as_str());
                view! { <option value=outlet.id.clone() selected=chosen>{name}</option> }
            })
            .collect_view()
    });
    view! {
        <label class="pair"><span>{model.words.outlet()}</span>
            <select on:change=set disabled=!model.may_change>
                <option value="" selected=stall.outlet.is_none()>{model.words.no_outlet()}</option>
                {options}
            </select>
        </label>
    }
}

/// The four sides that a counter can be on.
fn facing(model: Model, stall: &Stall) -> impl IntoView + use<> {
    let (id, words, now) = (stall.id, model.words, stall.counter());
    let set = move |event: Event| {
        if let Ok(facing) = event_target_value(&event).parse() {
            model.edit(Edit::Face { stall: id, facing });
        }
    };
    let options = (0..4_u8)
        .map(|side| {
            let facing = (stall.angle + f64::from(side) * 90.0).rem_euclid(360.0);
            view! { <option value=facing.to_string() selected=side == now>{words.sky(facing)}</option> }
        })
        .collect_view();
    view! {
        <label class="figure"><span>{words.facing()}</span>
            <select on:change=set disabled=!model.may_change>{options}</select>
        </label>
    }
}

fn acts(model: Model, single: bool) -> impl IntoView {
    let words = model.words;
    let copy = single.then(|| {
        view! {
            <button type="button" class="plain" on:click=move |_| model.duplicate()>{icon(Icon::Copy)}{words.duplicate()}</button>
        }
    });
    model.may_change.then(|| {
        view! {
            <div class="acts">
                <button type="button" class="plain" on:click=move |_| model.turn(90.0)>{icon(Icon::Undo)}{words.turn()}</button>
                {copy}
                <button type="button" class="plain" on:click=move |_| model.remove()>{icon(Icon::Bin)}{words.remove()}</button>
            </div>
        }
    })
}
