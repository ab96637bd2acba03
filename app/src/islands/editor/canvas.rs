//! The map itself: the ground is drawn once, the stalls by their sheet, the rest lies above.

use kaishi_domain::layout::Layout;
use kaishi_domain::layout::drawing::{self, Shape};
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, WheelEvent};

use super::browser::watch_size;
use super::model::{Model, Tool};
use super::pointer::Fingers;
use super::{minimap, overlay, rulers};
use crate::islands::canvas::{Camera, within};
use crate::islands::live::watch;
use crate::islands::node::{Node, el, of, svg, text};
use crate::parts::{Markup, map};

/// The map.
pub(super) fn canvas(model: Model, fingers: Fingers) -> Node {
    let photos = format!("/m/{}/photo", model.market);
    let (below, above, outlines) = floor(model);
    let plates = svg("g").attr("class", "plates");
    let wires = svg("g").attr("class", "wires").drawn(move |markup| {
        markup.join(&model.wires.with(|shapes| map::ground_markup(shapes, "")));
    });
    let node = svg("svg")
        .live("class", move || Some(class(model, fingers)))
        .live("viewBox", move || {
            let [x, y, w, h] = model.camera.get().map_or_else(|| model.whole(), |camera| camera.view);
            Some(format!("{x} {y} {w} {h}"))
        })
        .attr("tabindex", "0")
        .attr("role", "group")
        .attr("aria-label", model.words.map())
        .attr("aria-describedby", "map-keys")
        .markup(map::defs_markup(&outlines).join(&map::ground_markup(&below, &photos)))
        .child(wires)
        .child(svg("g").markup(&map::ground_markup(&above, &photos)))
        .child(plates.clone())
        .child(overlay::rings(model))
        .child(overlay::overlay(model))
        .hole(move || rulers::rulers(model));
    let canvas = node.element().clone();
    watch_size(&canvas, move |size| room(model, size, plates.element()));
    watch(move || {
        model.selected.with(|chosen| {
            model.sheet.borrow_mut().choose(chosen);
            model.rows.borrow_mut().choose(chosen);
        });
    });
    listen(node, model, fingers, canvas)
}

/// What hands and wheels do on it.
fn listen(node: Node, model: Model, fingers: Fingers, canvas: Element) -> Node {
    let (other, third, fourth) = (canvas.clone(), canvas.clone(), canvas.clone());
    node.on("pointerdown", move |event| fingers.press(event.unchecked_ref(), &canvas))
        .on("pointermove", move |event| fingers.travel(event.unchecked_ref(), &other))
        .on("pointerup", move |event| fingers.release(event.unchecked_ref()))
        .on("pointercancel", move |event| fingers.cancel(event.unchecked_ref()))
        .on("pointerleave", move |_| fingers.leave())
        .on("dblclick", move |event| fingers.twice(event.unchecked_ref()))
        .on("contextmenu", move |event| fingers.ask(event.unchecked_ref(), &third))
        .on("wheel", move |event| turn_wheel(model, event.unchecked_ref(), &fourth))
}

/// The canvas has got its room or another one. The stalls come with the first: from then on the map moves for
/// nobody but its reader.
fn room(model: Model, size: (f64, f64), plates: &Element) {
    if size.0 < 2.0 || size.1 < 2.0 {
        return;
    }
    match model.camera.get_untracked() {
        Some(camera) if camera.size() == size => {}
        Some(camera) => model.camera.set(Some(camera.resized(size))),
        None => {
            model.camera.set(Some(Camera::fit(model.whole(), size)));
            let layout = model.layout.read_untracked();
            model.sheet.borrow_mut().open(plates.clone(), &layout, &model.labels);
            model.check_soon();
        }
    }
}

/// What does not change while the editor is open: shapes below the cables, shapes above them, outlines.
fn floor(model: Model) -> (Vec<Shape>, Vec<Shape>, Vec<String>) {
    let drawing = drawing::draw(&model.ground, &Layout::default(), &model.labels);
    let mut below = drawing.ground;
    let sockets = below.iter().position(|shape| matches!(shape, Shape::Socket { .. })).unwrap_or(below.len());
    let above = below.split_off(sockets);
    (below, above, drawing.outlines)
}

fn turn_wheel(model: Model, event: &WheelEvent, svg: &Element) {
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
    let offer = if model.offer.with(Option::is_some) { " offering" } else { "" };
    format!("map sheet scale-{scale} tool-{tool}{offer}")
}

/// What stands over the map on its stage: legend, measure, the whole ground in small.
pub(super) fn furniture(model: Model, stage: Node) -> Node {
    let legend = model.zones.iter().map(|zone| {
        let mut swatch = Markup::default();
        map::swatch(&mut swatch, &zone.letter);
        el("li").markup(&swatch).child(text("strong", &zone.letter)).text(&zone.name)
    });
    let keys = of("p", "hidden").attr("id", "map-keys").text(model.words.map_keys());
    let stage = minimap::minimap(model, stage.child(of("ul", "legend").children(legend)));
    measure(model, stage).child(keys)
}

/// A bar of a round number of metres, and where north is.
fn measure(model: Model, stage: Node) -> Node {
    let north = model.words.sky(90.0);
    let metre = move || model.camera.get().map_or(20.0, |camera| camera.metre());
    let content = move |metre: &f64| {
        let round = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0];
        let length = round.into_iter().find(|length| length * metre >= 70.0).unwrap_or(100.0);
        let (wide, half) = (length * metre, length * metre / 2.0);
        let (all, left, middle, right) = (wide + 50.0, wide + 31.0, wide + 36.0, wide + 41.0);
        let north_path = format!("M{middle} 12L{right} 30L{middle} 26L{left} 30Z");
        let mut markup = Markup::default();
        markup.add("path", &[("d", &format_args!("M0 40V46H{wide}V40M{half} 42V46"))]);
        markup.say("text", &[("x", &0), ("y", &32)], &0);
        markup.say("text", &[("x", &wide), ("y", &32)], &format_args!("{length} m"));
        markup.add("path", &[("class", &"north"), ("d", &north_path)]);
        markup.say("text", &[("x", &middle), ("y", &46)], &north);
        let node = svg("svg").attr("class", "measure").figure("width", all).attr("height", "52");
        vec![node.attr("aria-hidden", "true").markup(&markup)]
    };
    stage.hole_of(metre, content)
}
