//! The map editor: an SVG in metres, exact figures beside it, everything also without a pointer.
#![allow(missing_docs, reason = "the struct of an island that the macro writes carries none")]

mod arrange;
mod bar;
mod breaches;
mod browser;
mod brush;
mod canvas;
mod choice;
mod draw;
mod gesture;
mod held;
mod inspector;
mod keys;
mod list;
mod menu;
mod minimap;
mod model;
mod overlay;
mod pointer;
mod presence;
mod publish;
mod rulers;
mod save;
mod sheet;
mod tools;
mod travel;

use kaishi_domain::MarketRef;
use kaishi_domain::market::Plan;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::calls::layout::{Opened, load};
use crate::fault::Fault;
use crate::islands::fresh::Fresh;
use crate::words::Lang;
use crate::words::common::Faults;
use crate::words::layout::Editor as Words;
use model::{Leaf, Model};
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
    Fresh::new(view! { <div class="editor">{content}</div> })
}

fn bench(model: Model) -> impl IntoView {
    let fingers = Fingers::new(model);
    keys::listen(model, fingers);
    save::watch_line(model);
    view! {
        <div class="bench">
            {bar::bar(model)}
            {tools::tools(model)}
            <div class="stage">
                {canvas::canvas(model, fingers)}
                {canvas::furniture(model)}
                {brush::brush(model)}
                {arrange::panel(model)}
                {menu::menu(model)}
            </div>
            {leaves(model)}
            <div class="side" class:open=move || matches!(model.leaf.get(), Some(Leaf::Figures | Leaf::List))>
                {inspector::inspector(model)}
                {list::list(model)}
            </div>
            {breaches::breaches(model)}
        </div>
    }
}

/// On a phone: which sheet is drawn up over the lower half of the map.
fn leaves(model: Model) -> impl IntoView {
    let words = model.words;
    let leaf = move |this: Leaf, name: Signal<String>| {
        let expanded = move || if model.leaf.get() == Some(this) { "true" } else { "false" };
        let turn =
            move |_| model.leaf.update(|leaf| *leaf = if *leaf == Some(this) { None } else { Some(this) });
        view! { <button type="button" class="plain" aria-expanded=expanded on:click=turn>{move || name.get()}</button> }
    };
    let figures =
        Signal::derive(move || match model.selected.with(|chosen| (chosen.len(), chosen.first().copied())) {
            (0, _) => words.figures().to_owned(),
            (1, Some(id)) => {
                let no = model.layout.with(|layout| layout.stall(id).map(|stall| stall.no.clone()));
                words.numbered(&no.unwrap_or_default())
            }
            (count, _) => words.chosen(count),
        });
    let list = Signal::derive(move || words.all_of(model.layout.with(|layout| layout.stalls().len())));
    let checks = Signal::derive(move || words.checked(model.breaches.with(Vec::len)));
    view! {
        <div class="leaves">
            {leaf(Leaf::Figures, figures)}
            {leaf(Leaf::List, list)}
            {leaf(Leaf::Checks, checks)}
        </div>
    }
}
