//! The stalls as a list beside the map: the same selection and the same keys, without a pointer.

use kaishi_domain::layout::Stall;
use leptos::prelude::*;

use super::model::Model;
use crate::parts::map::zone_class;

pub(super) fn list(model: Model) -> impl IntoView {
    let words = model.words;
    let rows = move || {
        let stalls: Vec<Stall> = model.layout.with(|layout| layout.in_order().into_iter().cloned().collect());
        stalls
    };
    let key = |stall: &Stall| format!("{stall:?}");
    view! {
        <section class="stalls" aria-label=words.stalls()>
            <h3>{words.stalls()}</h3>
            <p class="note" id="list-keys">{words.list_keys()}</p>
            <ul aria-describedby="list-keys">
                <For each=rows key=key children=move |stall| row(model, stall)/>
            </ul>
        </section>
    }
}

fn row(model: Model, stall: Stall) -> impl IntoView {
    let id = stall.id;
    let name = model.labels.with_value(|labels| labels.stalls.get(&id).map(|label| label.name.clone()));
    let chosen = move || model.selected.with(|selected| selected.contains(&id));
    let pressed = move || if chosen() { "true" } else { "false" };
    let choose = move |event: leptos::ev::MouseEvent| model.select(id, event.shift_key());
    let place = format!("{:.1}, {:.1}", stall.x, stall.y);
    view! {
        <li>
            <button type="button" aria-pressed=pressed on:click=choose>
                <span class=format!("letter {}", zone_class(&stall.zone))>{stall.zone.clone()}</span>
                <strong>{stall.no.clone()}</strong>
                <span class="name">{name.unwrap_or_else(|| model.words.unit_open().to_owned())}</span>
                <span class="place">{place}</span>
            </button>
        </li>
    }
}
