//! The bar above the drawing and the tools beside it.

use kaishi_domain::ground::FIRE_LANE;
use leptos::prelude::*;

use super::brush;
use super::model::{Model, Tool};
use super::save;
use crate::islands::canvas::{Camera, figure};
use crate::parts::{Icon, icon};

pub(super) fn bar(model: Model) -> impl IntoView {
    let words = model.words;
    let export = format!("/o/grounds/{}/export", model.id);
    view! {
        <div class="editor-bar">
            <button type="button" class="plain" title="Ctrl Z" disabled=move || model.history.with(|h| !h.can_undo()) on:click=move |_| model.undo()>{icon(Icon::Undo)}<span>{words.undo()}</span></button>
            <button type="button" class="plain" title="Ctrl Shift Z" disabled=move || model.history.with(|h| !h.can_redo()) on:click=move |_| model.redo()>{icon(Icon::Redo)}<span>{words.redo()}</span></button>
            {move || brushes(model)}
            <span class="gap"></span>
            <a class="export" href=export download>{words.export()}</a>
            {save::standing(model)}
        </div>
        {move || save::question(model)}
    }
}

/// What the tool at hand draws, and a way to add it without dragging.
fn brushes(model: Model) -> Option<AnyView> {
    let words = model.words;
    let options = |all: &'static [&'static str], now: &'static str| {
        all.iter()
            .map(|brush| view! { <option value=*brush selected=*brush == now>{brush::name(model.lang(), brush)}</option> })
            .collect_view()
    };
    let pick = |all: &'static [&'static str], signal: RwSignal<&'static str>| {
        let set = move |event| {
            let value = event_target_value(&event);
            if let Some(brush) = all.iter().find(|brush| **brush == value) {
                signal.set(brush);
            }
        };
        view! {
            <label class="what"><span>{words.what()}</span>
                <select on:change=set>{options(all, signal.get_untracked())}</select>
            </label>
        }
        .into_any()
    };
    let choice = match model.tool.get() {
        Tool::Rectangle | Tool::Polygon => pick(&brush::AREAS, model.area),
        Tool::Point => pick(&brush::POINTS, model.mark),
        Tool::Lane => {
            let set = move |event| {
                if let Some(width) = figure(&event_target_value(&event)) {
                    model.lane_width.set(width.clamp(FIRE_LANE, 30.0));
                }
            };
            view! {
                <label class="what"><span>{words.lane_width()}</span>
                    <input type="number" inputmode="decimal" step="0.1" min=FIRE_LANE prop:value=move || model.lane_width.get() on:change=set/>
                </label>
            }
            .into_any()
        }
        _ => return None,
    };
    Some(
        view! {
            {choice}
            <button type="button" class="small" on:click=move |_| model.add_here()>{icon(Icon::Plus)}{words.add()}</button>
        }
        .into_any(),
    )
}

pub(super) fn tools(model: Model) -> impl IntoView {
    let words = model.words;
    let tool = move |this: Tool, which, name, key| {
        let pressed = move || if model.tool.get() == this { "true" } else { "false" };
        view! {
            <button type="button" aria-pressed=pressed title=key on:click=move |_| model.take(this)>{icon(which)}<span>{name}</span></button>
        }
    };
    let zoom = move |factor: f64| {
        model.camera.update(|camera| *camera = camera.map(|camera| camera.stepped(factor)));
    };
    let whole = move |_| {
        let view = model.view();
        model.camera.update(|camera| *camera = camera.map(|camera| Camera::fit(view, camera.size())));
    };
    let draws = model.may_change.then(|| {
        view! {
            {tool(Tool::Rectangle, Icon::Rectangle, words.rectangle(), "R")}
            {tool(Tool::Polygon, Icon::Polygon, words.polygon(), "P")}
            {tool(Tool::Point, Icon::Pin, words.point(), "T")}
            {tool(Tool::Lane, Icon::Lane, words.lane(), "L")}
        }
    });
    view! {
        <div class="toolbox" role="toolbar" aria-label=words.tools()>
            {tool(Tool::Select, Icon::Arrow, words.select(), "V")}
            {draws}
            {tool(Tool::Pan, Icon::Hand, words.pan(), "H")}
            <span class="gap"></span>
            <button type="button" on:click=move |_| zoom(1.25)>{icon(Icon::Plus)}<span>{words.larger()}</span></button>
            <button type="button" on:click=move |_| zoom(0.8)>{icon(Icon::Minus)}<span>{words.smaller()}</span></button>
            <button type="button" on:click=whole>{icon(Icon::Fit)}<span>{words.whole()}</span></button>
        </div>
    }
}

/// One line on the canvas: what a tap does now; while a polygon is drawn, its two ends.
pub(super) fn hint(model: Model) -> impl IntoView {
    let words = model.words;
    let text = move || match model.tool.get() {
        Tool::Select => words.say_select(),
        Tool::Rectangle => words.say_rectangle(),
        Tool::Polygon => words.say_polygon(),
        Tool::Point => words.say_point(),
        Tool::Lane => words.say_lane(),
        Tool::Scale => words.say_scale(),
        Tool::Pan => words.say_pan(),
    };
    let acts = move || {
        let corners = model.sketch.with(Vec::len);
        let done = (model.tool.get() == Tool::Polygon && corners >= 3).then(|| {
            view! { <button type="button" class="small primary" on:click=move |_| model.finish()>{words.done()}</button> }
        });
        let drawing = !matches!(model.tool.get(), Tool::Select | Tool::Pan);
        let cancel = drawing.then(|| {
            view! { <button type="button" class="small" on:click=move |_| model.stop()>{words.cancel()}</button> }
        });
        view! { {done}{cancel} }
    };
    let shown = move || model.may_change || model.tool.get() == Tool::Pan;
    view! {
        <div class="hint" hidden=move || !shown()>
            <p role="status">{text}</p>
            {acts}
        </div>
    }
}
