//! The drawing itself: what maps show everywhere, and above it what is chosen or being drawn.

use leptos::ev;
use leptos::prelude::*;
use leptos::svg::Svg;

use super::model::{Model, Tool};
use super::overlay::overlay;
use super::pointer::Fingers;
use crate::islands::canvas::{Camera, size, within};
use crate::parts::map;

pub(super) fn canvas(model: Model, fingers: Fingers) -> impl IntoView {
    let node: NodeRef<Svg> = NodeRef::new();
    let measured = move || node.get_untracked().map(|svg| size(&svg)).filter(|(w, h)| *w > 1.0 && *h > 1.0);
    let fit = move || {
        if let Some(size) = measured() {
            model.camera.set(Some(Camera::fit(model.view(), size)));
        }
    };
    Effect::new(move |_| {
        if node.get().is_some() {
            request_animation_frame(fit);
        }
    });
    let adapt = move || {
        let known = model.camera.get_untracked();
        if let (Some(size), Some(camera)) =
            (measured(), known.filter(|camera| Some(camera.size()) != measured()))
        {
            model.camera.set(Some(camera.resized(size)));
        }
    };
    let resized = window_event_listener(ev::resize, move |_| adapt());
    on_cleanup(move || resized.remove());
    // The list of flaws and the questions above take their room from the drawing.
    Effect::new(move |_| {
        model.flaws.track();
        model.keeping.track();
        request_animation_frame(adapt);
    });
    let on = move |act: fn(Fingers, &ev::PointerEvent, &leptos::web_sys::Element)| {
        move |event: ev::PointerEvent| {
            if let Some(svg) = node.get_untracked() {
                act(fingers, &event, &svg);
            }
        }
    };
    let wheel = move |event: ev::WheelEvent| {
        event.prevent_default();
        let (Some(svg), Some(camera)) = (node.get_untracked(), model.camera.get_untracked()) else { return };
        let next = if event.ctrl_key() || event.meta_key() {
            let factor = (-event.delta_y() * 0.002).exp();
            camera.zoomed(factor.clamp(0.5, 2.0), within(&svg, event.client_x(), event.client_y()))
        } else {
            camera.panned((-event.delta_x(), -event.delta_y()))
        };
        model.camera.set(Some(next));
    };
    let view_box = move || {
        let [x, y, w, h] = model.camera.get().map_or_else(|| model.view(), |camera| camera.view);
        format!("{x} {y} {w} {h}")
    };
    let shapes = Memo::new(move |_| model.drawing.with(|drawing| drawing.ground.clone()));
    let photos = format!("/o/grounds/{}/photo", model.id);
    let outlines = model.drawing.with_untracked(|drawing| drawing.outlines.clone());
    view! {
        <svg
            node_ref=node
            class=move || class(model)
            viewBox=view_box
            tabindex="0"
            role="group"
            aria-label=model.words.map()
            aria-describedby="map-keys"
            on:pointerdown=on(Fingers::press)
            on:pointermove=on(Fingers::travel)
            on:pointerup=on(Fingers::release)
            on:pointercancel=move |event| fingers.cancel(&event)
            on:wheel=wheel
        >
            {map::defs(&outlines)}
            {move || shapes.with(|shapes| map::ground(shapes, &photos))}
            {move || overlay(model)}
        </svg>
    }
}

fn class(model: Model) -> String {
    let zoom = model.camera.get().map_or(1.0, |camera| camera.zoom());
    let scale = if zoom < 0.45 { "small" } else { "full" };
    let tool = match model.tool.get() {
        Tool::Select => "select",
        Tool::Pan => "pan",
        _ => "draw",
    };
    format!("map sheet scale-{scale} tool-{tool}")
}
