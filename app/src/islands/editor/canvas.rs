//! The map itself: an SVG whose plates are drawn once and moved by their transforms.

use kaishi_domain::layout::Stall;
use kaishi_domain::layout::drawing::{Plate, SCALE, place};
use leptos::ev;
use leptos::prelude::*;
use leptos::svg::Svg;

use super::model::{Model, Tool};
use super::pointer::Fingers;
use crate::islands::canvas::{Camera, size, within};
use crate::parts::map;

/// Pixels between a stall and its turning knob.
const KNOB: f64 = 26.0;

pub(super) fn canvas(model: Model, fingers: Fingers) -> impl IntoView {
    let node: NodeRef<Svg> = NodeRef::new();
    let measured = move || node.get_untracked().map(|svg| size(&svg)).filter(|(w, h)| *w > 1.0 && *h > 1.0);
    let fit = move || {
        if let Some(size) = measured() {
            model.camera.set(Some(Camera::fit(model.drawing.with_untracked(|drawing| drawing.view), size)));
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
    // The list of breaches and the questions above take their room from the map.
    Effect::new(move |_| {
        model.breaches.track();
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
        let [x, y, w, h] = model
            .camera
            .get()
            .map_or_else(|| model.drawing.with(|drawing| drawing.view), |camera| camera.view);
        format!("{x} {y} {w} {h}")
    };
    let ground = Memo::new(move |_| model.drawing.with(|drawing| drawing.ground.clone()));
    let outlines = model.drawing.with_untracked(|drawing| drawing.outlines.clone());
    let photos = format!("/m/{}/photo", model.market);
    view! {
        <svg
            node_ref=node
            class=move || canvas_class(model, fingers)
            viewBox=view_box
            tabindex="0"
            role="group"
            aria-label=model.words.map()
            aria-describedby="map-keys"
            on:pointerdown=on(Fingers::press)
            on:pointermove=on(Fingers::travel)
            on:pointerup=move |event| fingers.release(&event)
            on:pointercancel=move |event| fingers.cancel(&event)
            on:wheel=wheel
        >
            {map::defs(&outlines)}
            {move || ground.with(|shapes| map::ground(shapes, &photos))}
            <For each=move || model.drawing.with(|drawing| drawing.plates.clone()) key=key children=|plate| map::plate(&plate)/>
            {move || overlay(model)}
        </svg>
    }
}

/// A plate is drawn anew only when something of it has changed.
fn key(plate: &Plate) -> String {
    format!("{plate:?}")
}

fn canvas_class(model: Model, fingers: Fingers) -> String {
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
        Tool::Place => "place",
        Tool::Pan => "pan",
    };
    format!("map sheet scale-{scale} tool-{tool}")
}

/// A bar of a round number of metres, and where north is.
pub(super) fn measure(model: Model) -> impl IntoView {
    let north = model.words.sky(90.0);
    move || {
        let zoom = model.camera.get().map_or(1.0, |camera| camera.zoom());
        let metre = zoom * SCALE;
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

/// What lies above the stalls: breaches, selection, knob, the pill at the finger.
fn overlay(model: Model) -> impl IntoView {
    let zoom = model.camera.get().map_or(1.0, |camera| camera.zoom());
    let held = model.held.get();
    let at_rest = held.is_none();
    let chosen: Vec<Stall> = match &held {
        Some(held) => held.stalls.clone(),
        None => model.layout.with(|layout| {
            model.selected.with(|all| all.iter().filter_map(|id| layout.stall(*id).cloned()).collect())
        }),
    };
    let marks = at_rest.then(|| {
        model.breaches.with(|all| {
            all.iter()
                .map(|breach| {
                    let (x, y) = place(breach.at);
                    let class = match breach.severity {
                        kaishi_domain::layout::Severity::Error => "breach error",
                        kaishi_domain::layout::Severity::Warning => "breach warning",
                    };
                    let turn = format!("translate({x} {y}) scale({})", 1.0 / zoom);
                    view! {
                        <g class=class transform=turn>
                            <circle r="9"/>
                            <path d="M0 -4.5V1M0 4V4.2"/>
                        </g>
                    }
                })
                .collect_view()
        })
    });
    let pill = held.and_then(|held| held.breach).zip(chosen.first().cloned()).map(|(text, stall)| {
        let below = stall.footprint().bounds().low.y;
        let (x, y) = place(kaishi_domain::geometry::Point::new(stall.x, below));
        let wide = 16.0 + text.chars().map(|letter| if letter.is_ascii() { 7.5 } else { 13.5 }).sum::<f64>();
        let turn = format!("translate({x} {y}) scale({})", 1.0 / zoom);
        view! {
            <g class="pill" transform=turn>
                <rect x=-wide / 2.0 y="8" width=wide height="24" rx="4"/>
                <text x="0" y="20" dy="0.35em">{text}</text>
            </g>
        }
    });
    let single = chosen.len() == 1 && model.may_change;
    let rings = chosen.iter().map(|stall| ring(stall, zoom, single)).collect_view();
    view! { <g class="overlay">{marks}{rings}{pill}</g> }
}

fn ring(stall: &Stall, zoom: f64, single: bool) -> impl IntoView + use<> {
    let (w, h) = map::extent(stall);
    let knob = single.then(|| {
        let far = -h / 2.0 - KNOB / zoom;
        view! {
            <line class="stem" x1="0" y1=-h / 2.0 x2="0" y2=far vector-effect="non-scaling-stroke"/>
            <circle class="knob reach" cx="0" cy=far r=20.0 / zoom/>
            <circle class="knob" cx="0" cy=far r=7.0 / zoom vector-effect="non-scaling-stroke"/>
        }
    });
    view! {
        <g class="chosen" transform=map::turned(stall, 0.0)>
            <rect class="ring" x=-w / 2.0 y=-h / 2.0 width=w height=h rx="3" vector-effect="non-scaling-stroke"/>
            {knob}
        </g>
    }
}
