//! The stalls as a list beside the map: the same selection and the same keys, without a pointer.

use kaishi_domain::StallId;
use kaishi_domain::layout::Stall;
use leptos::prelude::*;

use super::model::Model;
use crate::parts::map::zone_class;

pub(super) fn list(model: Model) -> impl IntoView {
    let words = model.words;
    let rows = move || {
        model.layout.with(|layout| layout.in_order().into_iter().map(|stall| stall.id).collect::<Vec<_>>())
    };
    view! {
        <section class="stalls" aria-label=words.stalls()>
            <h2>{words.stalls()}</h2>
            <p class="note" id="list-keys">{words.list_keys()}</p>
            <ul aria-describedby="list-keys">
                <For each=rows key=|id| *id children=move |id| row(model, id)/>
            </ul>
        </section>
    }
}

/// A row stays the same element while its stall moves, so that the focus stays with it.
fn row(model: Model, id: StallId) -> impl IntoView {
    let stall = Memo::new(move |_| model.layout.with(|layout| layout.stall(id).cloned()));
    let say = move |what: fn(&Stall) -> String| move || stall.with(|stall| stall.as_ref().map(what));
    let name = model.labels.with_value(|labels| labels.stalls.get(&id).map(|label| label.name.clone()));
    let chosen = move || model.selected.with(|selected| selected.contains(&id));
    let pressed = move || if chosen() { "true" } else { "false" };
    let choose = move |event: leptos::ev::MouseEvent| model.select(id, event.shift_key());
    let zone = move || stall.with(|stall| stall.as_ref().map_or("letter", |stall| zone_class(&stall.zone)));
    view! {
        <li>
            <button type="button" aria-pressed=pressed on:click=choose>
                <span class=move || format!("letter {}", zone())>{say(|stall| stall.zone.clone())}</span>
                <strong>{say(|stall| stall.no.clone())}</strong>
                <span class="name">{name.unwrap_or_else(|| model.words.unit_open().to_owned())}</span>
                <span class="place">{say(|stall| format!("{:.1}, {:.1}", stall.x, stall.y))}</span>
            </button>
        </li>
    }
}
