//! The tools beside the map and how near one looks.

use leptos::prelude::*;

use super::model::{Model, Tool};
use crate::parts::{Icon, icon};

pub(super) fn tools(model: Model) -> impl IntoView {
    let words = model.words;
    let tool = move |this: Tool, which, name, key: &'static str| {
        let pressed = move || if model.tool.get() == this { "true" } else { "false" };
        view! {
            <button type="button" aria-pressed=pressed aria-keyshortcuts=key title=key on:click=move |_| model.tool.set(this)>{icon(which)}<span>{name}</span></button>
        }
    };
    let zoom = move |factor: f64| {
        model.camera.update(|camera| *camera = camera.map(|camera| camera.stepped(factor)));
    };
    let drawing = model.may_change.then(|| {
        view! {
            {tool(Tool::Place, Icon::Stall, words.place(), "S")}
            {tool(Tool::Row, Icon::Row, words.row(), "R")}
            {tool(Tool::Fill, Icon::Fill, words.fill(), "F")}
        }
    });
    view! {
        <div class="toolbox" role="toolbar" aria-orientation="vertical" aria-label=words.tools()>
            {tool(Tool::Select, Icon::Arrow, words.select(), "V")}
            {drawing}
            {tool(Tool::Measure, Icon::Tape, words.measure(), "M")}
            {tool(Tool::Pan, Icon::Hand, words.pan(), "H")}
            <span class="gap"></span>
            <button type="button" title="+" on:click=move |_| zoom(1.25)>{icon(Icon::Plus)}<span>{words.larger()}</span></button>
            <button type="button" title="-" on:click=move |_| zoom(0.8)>{icon(Icon::Minus)}<span>{words.smaller()}</span></button>
            <button type="button" title="0" on:click=move |_| model.fit()>{icon(Icon::Fit)}<span>{words.whole()}</span></button>
        </div>
    }
}
