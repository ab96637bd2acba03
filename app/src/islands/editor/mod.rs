//! The map editor: an SVG in metres, exact figures beside it, everything also without a pointer.
#![allow(missing_docs, reason = "the struct of an island that the macro writes carries none")]

mod bar;
mod breaches;
mod browser;
mod canvas;
mod inspector;
mod keys;
mod list;
mod model;
mod pointer;
mod save;

use kaishi_domain::MarketRef;
use kaishi_domain::market::Plan;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::calls::layout::{Opened, load};
use crate::fault::Fault;
use crate::parts::map;
use crate::words::Lang;
use crate::words::common::Faults;
use crate::words::layout::Editor as Words;
use model::Model;
use pointer::Fingers;

/// Opens one plan of a market for editing.
#[island]
pub fn Editor(market: MarketRef, plan: Plan, lang: Lang) -> impl IntoView {
    let words = Words(lang);
    let opened: RwSignal<Option<Result<Opened, Fault>>> = RwSignal::new(None);
    let open = move || {
        opened.set(None);
        spawn_local(async move { opened.set(Some(load(market, plan).await)) });
    };
    Effect::new(move |_| open());
    let content = move || match opened.get() {
        None => view! { <p class="opening" role="status">{words.opening()}</p> }.into_any(),
        Some(Err(fault)) => view! {
            <div class="opening" role="alert">
                <h2>{words.not_open()}</h2>
                <p>{Faults(lang).sentence(&fault)}</p>
                <button type="button" on:click=move |_| open()>{words.again()}</button>
            </div>
        }
        .into_any(),
        Some(Ok(opened)) => bench(Model::new(opened, market, plan, lang)).into_any(),
    };
    view! { <div class="editor">{content}</div> }
}

fn bench(model: Model) -> impl IntoView {
    let fingers = Fingers::new(model);
    keys::listen(model, fingers);
    let legend = model.zones.with_value(|zones| {
        zones
            .iter()
            .map(|zone| view! { <li>{map::swatch(&zone.letter)}<strong>{zone.letter.clone()}</strong>{zone.name.clone()}</li> })
            .collect_view()
    });
    view! {
        <div class="bench">
            {bar::bar(model)}
            {bar::tools(model)}
            <div class="stage">
                {canvas::canvas(model, fingers)}
                <ul class="legend">{legend}</ul>
                {canvas::measure(model)}
                <p class="hidden" id="map-keys">{model.words.map_keys()}</p>
            </div>
            <div class="side">
                {inspector::inspector(model)}
                {list::list(model)}
            </div>
            {breaches::breaches(model)}
        </div>
    }
}
