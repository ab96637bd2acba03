//! The map itself: the ground is drawn once, the stalls by their sheet, the rest lies above.

use kaishi_domain::layout::Layout;
use kaishi_domain::layout::drawing::{self, Shape};
use leptos::ev;
use leptos::prelude::*;
use leptos::svg::{self, Svg};
use leptos::web_sys::Element;

use super::browser::watch_size;
use super::model::{Model, Tool};
use super::pointer::Fingers;
use super::{minimap, overlay, rulers};
use crate::islands::canvas::{Camera, within};
use crate::parts::map;

pub(super) fn canvas(model: Model, fingers: Fingers) -> impl IntoView {
    let node: NodeRef<Svg> = NodeRef::new();
    let plates: NodeRef<svg::G> = NodeRef::new();
    Effect::new(move |_| {
        if let Some(svg) = node.get() {
            watch_size(&svg, move |size| room(model, size));
        }
    });
    // The stalls come when the map has its place: from then on it moves for nobody but its reader.
    let placed = Memo::new(move |_| model.camera.with(Option::is_some));
    Effect::new(move |_| {
        if let Some(root) = plates.get().filter(|_| placed.get()) {
            open(model, root.into());
        }
    });
    Effect::new(move |_| {
        model.selected.with(|chosen| {
            model.sheet.update_value(|sheet| sheet.choose(chosen));
            model.rows.update_value(|rows| rows.choose(chosen));
        });
    });
    let on = move |act: fn(Fingers, &ev::PointerEvent, &Element)| {
        move |event: ev::PointerEvent| {
            if let Some(svg) = node.get_untracked() {
                act(fingers, &event, &svg);
            }
        }
    };
    let ask = move |event: ev::MouseEvent| {
        if let Some(svg) = node.get_untracked() {
            fingers.ask(&event, &svg);
        }
    };
    let wheel = move |event: ev::WheelEvent| {
        if let Some(svg) = node.get_untracked() {
            turn_wheel(model, &event, &svg);
        }
    };
    let view_box = move || {
        let [x, y, w, h] = model.camera.get().map_or_else(|| model.whole(), |camera| camera.view);
        format!("{x} {y} {w} {h}")
    };
    let photos = format!("/m/{}/photo", model.market);
    let (below, above, outlines) = floor(model);
    let wires = move || model.wires.with(|shapes| map::ground(shapes, ""));
    view! {
        <svg
            node_ref=node
            class=move || class(model, fingers)
            viewBox=view_box
            tabindex="0"
            role="group"
            aria-label=model.words.map()
            aria-describedby="map-keys"
            on:pointerdown=on(Fingers::press)
            on:pointermove=on(Fingers::travel)
            on:pointerup=move |event| fingers.release(&event)
            on:pointercancel=move |event| fingers.cancel(&event)
            on:pointerleave=move |_| fingers.leave()
            on:dblclick=move |event| fingers.twice(&event)
            on:contextmenu=ask
            on:wheel=wheel
        >
            {map::defs(&outlines)}
            {map::ground(&below, &photos)}
            {wires}
            {map::ground(&above, &photos)}
            <g class="plates" node_ref=plates></g>
            {overlay::rings(model)}
            {overlay::overlay(model)}
            {rulers::rulers(model)}
        </svg>
    }
}

/// The canvas has got its room or another one.
fn room(model: Model, size: (f64, f64)) {
    if size.0 < 2.0 || size.1 < 2.0 {
        return;
    }
    let next = match model.camera.get_untracked() {
        Some(camera) if camera.size() == size => return,
        Some(camera) => camera.resized(size),
        None => Camera::fit(model.whole(), size),
    };
    model.camera.set(Some(next));
}

fn open(model: Model, root: Element) {
    model.layout.with_untracked(|layout| {
        model.labels.with_value(|labels| {
            model.sheet.update_value(|sheet| sheet.open(root, layout, labels));
        });
    });
    model.check_soon();
}

/// What does not change while the editor is open: shapes below the cables, shapes above them, outlines.
fn floor(model: Model) -> (Vec<Shape>, Vec<Shape>, Vec<String>) {
    let drawing = model.ground.with_value(|ground| {
        model.labels.with_value(|labels| drawing::draw(ground, &Layout::default(), labels))
    });
    let mut below = drawing.ground;
    let sockets = below.iter().position(|shape| matches!(shape, Shape::Socket { .. })).unwrap_or(below.len());
    let above = below.split_off(sockets);
    (below, above, drawing.outlines)
}

fn turn_wheel(model: Model, event: &ev::WheelEvent, svg: &Element) {
    event.prevent_default();
    let Some(camera) = model.camera.get_untracked() else { return };
    let next = if event.ctrl_key() || event.meta_key() {
        let at = within(svg, event.client_x(), event.client_y());
        camera.zoomed((-event.delta_y() * 0.002).exp().clamp(0.5, 2.0), at)
    } else if event.shift_key() {
        camera.panned((-event.delta_y(), -event.delta_x()))
    } else {
        camera.panned((-event.delta_x(), -event.delta_y()))
    };
    model.camera.set(Some(next));
}

fn class(model: Model, fingers: Fingers) -> String {
    let zoom = model.camera.get().map_or(1.0, |camera| camera.zoom());
    let scale = if zoom < 0.6 {
        "tiny"
    } else if zoom < 0.9 {
        "small"
    } else {
        "full"
    };
    let tool = match model.tool.get() {
        _ if fingers.space.get() => "pan",
        Tool::Select => "select",
        Tool::Pan => "pan",
        _ => "draw",
    };
    format!("map sheet scale-{scale} tool-{tool}")
}

/// What stands over the map: legend, measure, the whole ground in small.
pub(super) fn furniture(model: Model) -> impl IntoView {
    let legend = model.zones.with_value(|zones| {
        zones
            .iter()
            .map(|zone| view! { <li>{map::swatch(&zone.letter)}<strong>{zone.letter.clone()}</strong>{zone.name.clone()}</li> })
            .collect_view()
    });
    view! {
        <ul class="legend">{legend}</ul>
        {minimap::minimap(model)}
        {measure(model)}
        <p class="hidden" id="map-keys">{model.words.map_keys()}</p>
    }
}

/// A bar of a round number of metres, and where north is.
fn measure(model: Model) -> impl IntoView {
    let north = model.words.sky(90.0);
    let metre = Memo::new(move |_| model.camera.get().map_or(20.0, |camera| camera.metre()));
    move || {
        let metre = metre.get();
        let round = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0];
        let length = round.into_iter().find(|length| length * metre >= 70.0).unwrap_or(100.0);
        let (wide, half) = (length * metre, length * metre / 2.0);
        let bar = format!("M0 40V46H{wide}V40M{half} 42V46");
        view! {
            <svg class="measure" width=wide + 50.0 height="52" aria-hidden="true">
                <path d=bar/>
                <text x="0" y="32">"0"</text>
                <text x=wide y="32">{format!("{length} m")}</text>
                <path class="north" d=format!("M{0} 12L{1} 30L{0} 26L{2} 30Z", wide + 36.0, wide + 41.0, wide + 31.0)/>
                <text x=wide + 36.0 y="46">{north}</text>
            </svg>
        }
    }
}
