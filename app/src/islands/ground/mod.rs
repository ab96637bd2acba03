//! The drawing board of a ground: an SVG in metres, exact figures beside it, everything also without a pointer.
#![allow(missing_docs, reason = "the struct of an island that the macro writes carries none")]

mod bar;
mod brush;
mod canvas;
mod field;
mod hit;
mod keys;
mod list;
mod model;
mod overlay;
mod panel;
mod photo;
mod pointer;
mod save;

use kaishi_domain::GroundId;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::calls::ground::{Opened, load};
use crate::fault::Fault;
use crate::islands::fresh::Fresh;
use crate::words::Lang;
use crate::words::common::Faults;
use crate::words::ground::Board as Words;
use model::Model;
use pointer::Fingers;

/// Opens a ground for drawing.
#[island]
pub fn GroundBoard(ground: GroundId, lang: Lang) -> impl IntoView {
    let words = Words(lang);
    let opened: RwSignal<Option<Result<Opened, Fault>>> = RwSignal::new(None);
    let open = move || {
        opened.set(None);
        spawn_local(async move { opened.set(Some(load(ground).await)) });
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
        Some(Ok(opened)) => bench(Model::new(opened, ground, lang)).into_any(),
    };
    Fresh::new(view! { <div class="editor">{content}</div> })
}

fn bench(model: Model) -> impl IntoView {
    let fingers = Fingers::new(model);
    keys::listen(model, fingers);
    model.warn_before_leaving();
    view! {
        <div class="survey">
            {bar::bar(model)}
            {bar::tools(model)}
            <div class="stage">
                {canvas::canvas(model, fingers)}
                {bar::hint(model)}
                <p class="hidden" id="map-keys">{model.words.map_keys()}</p>
            </div>
            <div class="side">
                {panel::panel(model)}
                {list::list(model)}
            </div>
            {list::checks(model)}
        </div>
    }
}
