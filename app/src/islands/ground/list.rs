//! Every part as a list, and what is wrong: the same choice without a pointer.

use kaishi_domain::ground::{Kind, Spot, flaws};
use leptos::prelude::*;

use super::brush;
use super::model::Model;
use super::panel::heading;
use crate::parts::{Icon, icon};
use crate::words::ground::{flaw_on, part_name};

pub(super) fn list(model: Model) -> impl IntoView {
    let words = model.words;
    let groups = Kind::LISTS
        .iter()
        .chain(&[Kind::Outline, Kind::Backdrop])
        .map(|kind| group(model, *kind))
        .collect_view();
    let circuit = model.may_change.then(|| {
        let add = move |_| model.add(model.ground.with_untracked(brush::circuit));
        view! {
            <div class="acts"><button type="button" class="plain" on:click=add>{icon(Icon::Plus)}{crate::words::ground::kind_name(model.lang(), Kind::Circuit)}</button></div>
        }
    });
    view! {
        <details class="fold stalls" open>
            <summary>{words.parts()}</summary>
            {groups}
            {circuit}
        </details>
    }
}

/// The parts of one kind; nothing while there are none.
fn group(model: Model, kind: Kind) -> impl IntoView {
    let count = Memo::new(move |_| model.count(kind));
    move || {
        (count.get() > 0).then(|| {
            let rows = (0..count.get()).map(|index| row(model, Spot { kind, index })).collect_view();
            view! { <h3>{heading(model, kind)}</h3> <ul>{rows}</ul> }
        })
    }
}

fn row(model: Model, spot: Spot) -> impl IntoView {
    let part = Memo::new(move |_| model.ground.with(|ground| ground.part(spot)));
    let name = move || part.with(|part| part.as_ref().map(|part| part_name(model.lang(), part)));
    let place = move || {
        let at = part.with(|part| part.as_ref().map(kaishi_domain::ground::Part::middle))?;
        (spot.kind != Kind::Circuit).then(|| format!("{:.1}, {:.1}", at.x, at.y))
    };
    let pressed = move || if model.chosen.get() == Some(spot) { "true" } else { "false" };
    view! {
        <li>
            <button type="button" aria-pressed=pressed on:click=move |_| model.choose(Some(spot))>
                <span class="name">{name}</span>
                <span class="place">{place}</span>
            </button>
        </li>
    }
}

/// What is wrong with the drawing; each is tapped to its place.
pub(super) fn checks(model: Model) -> impl IntoView {
    let words = model.words;
    let lang = model.lang();
    let rows = move || {
        let all = model.flaws.get();
        let rows = all.into_iter().map(|flaw| {
            let sentence = model.ground.with_untracked(|ground| flaw_on(lang, &flaw, ground));
            let (class, sign) = if flaw.is_error() { ("error", "×") } else { ("warning", "!") };
            let show = move |_| {
                model.choose(Some(flaw.spot));
                model.look_at(flaw.at);
            };
            view! {
                <li class=class>
                    <span class="sign" aria-hidden="true">{sign}</span>
                    <button type="button" class="sentence" on:click=show>{sentence}</button>
                </li>
            }
        });
        rows.collect_view()
    };
    let news = move || model.ground.with(|g| flaws(g).first().map(|flaw| flaw_on(lang, flaw, g)));
    let well = move || {
        model.flaws.with(Vec::is_empty).then(|| view! { <span class="badge well">{words.all_well()}</span> })
    };
    let area = move || model.ground.with(|ground| format!("{:.0} m²", ground.area()));
    view! {
        <section class="checks" aria-label=words.checks()>
            <header>
                <strong>{words.checks()}</strong>
                {well}
                <span class="gap"></span>
                <span class="fact">{words.area()}" "<strong>{area}</strong></span>
            </header>
            <ol>{rows}</ol>
            <p class="hidden" role="status">{news}</p>
        </section>
    }
}
