//! The map editor: an SVG in metres, exact figures beside it, everything also without a pointer.
//!
//! The server sends a place and a word of waiting (`pages::layout`); the editor opens in it. It needs nothing of the
//! framework's views, neither to wake them nor to build them: `node` and `live` are what it is made of.

mod arrange;
mod bar;
mod breaches;
mod browser;
mod brush;
mod canvas;
mod carry;
mod change;
mod check;
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

use std::str::FromStr as _;

use js_sys::futures::spawn_local;
use kaishi_domain::MarketRef;
use kaishi_domain::market::Plan;
use leptos::prelude::document;
use leptos::web_sys::Element;

use crate::calls::layout::Load;
use crate::islands::node::{Node, button, of, text};
use crate::islands::wire::call;
use crate::words::Lang;
use crate::words::common::Faults;
use crate::words::layout::Editor as Words;
use model::{Leaf, Model};
use pointer::Fingers;

/// Which map is opened, and in which language.
#[derive(Clone, Copy)]
struct Door {
    market: MarketRef,
    plan: Plan,
    lang: Lang,
}

impl Door {
    /// As the page says.
    fn read(place: &Element) -> Option<Self> {
        let said = |name| place.get_attribute(name).unwrap_or_default();
        let market = MarketRef::from_str(&said("data-market")).ok()?;
        let plan = Plan::from_code(&said("data-plan")).ok()?;
        Some(Self { market, plan, lang: Lang::from_tag(&said("data-lang")) })
    }
}

/// Opens the editor where the page has a place for it.
pub(crate) fn wake() {
    if let Some(place) = document().get_element_by_id("editor")
        && let Some(door) = Door::read(&place)
    {
        open(place, door);
    }
}

fn open(place: Element, door: Door) {
    spawn_local(async move {
        let content = match call(Load { market: door.market, plan: door.plan }).await {
            Ok(opened) => bench(Model::new(opened, door.market, door.plan, door.lang)),
            Err(fault) => {
                let words = Words(door.lang);
                let again = place.clone();
                of("div", "opening")
                    .attr("role", "alert")
                    .child(text("h2", words.not_open()))
                    .child(text("p", Faults(door.lang).sentence(&fault)))
                    .child(button("", move || open(again.clone(), door)).text(words.again()))
            }
        };
        place.set_text_content(None);
        let _ = place.append_child(content.element());
    });
}

fn bench(model: Model) -> Node {
    let fingers = Fingers::new(model);
    keys::listen(model, fingers);
    save::watch_line(model);
    let stage = of("div", "stage").child(canvas::canvas(model, fingers));
    let stage = canvas::furniture(model, stage)
        .hole_of(move || model.tool.get(), move |tool| brush::brush(model, *tool))
        .hole(move || menu::menu(model));
    let drawn_up = move || matches!(model.leaf.get(), Some(Leaf::Figures | Leaf::List));
    of("div", "bench")
        .child(bar::bar(model))
        .child(bar::asks(model))
        .child(tools::tools(model))
        .child(stage)
        .child(leaves(model))
        .child(
            of("div", "side")
                .live_class("open", drawn_up)
                .child(inspector::inspector(model))
                .child(list::list(model)),
        )
        .child(breaches::breaches(model))
        .hole_of(
            move || model.arranging.get(),
            move |open| open.then(|| arrange::panel(model)).into_iter().collect(),
        )
}

/// On a phone: which sheet is drawn up over the lower half of the map.
fn leaves(model: Model) -> Node {
    let words = model.words;
    let leaf = |this: Leaf, name: Box<dyn Fn() -> String>| {
        let turn =
            move || model.leaf.update(|leaf| *leaf = if *leaf == Some(this) { None } else { Some(this) });
        button("plain", turn)
            .live_state("aria-expanded", move || model.leaf.get() == Some(this))
            .live_text(name)
    };
    let figures = move || match model.selected.with(|chosen| (chosen.len(), chosen.first().copied())) {
        (0, _) => words.figures().to_owned(),
        (1, Some(id)) => {
            let no = model.layout.with(|layout| layout.stall(id).map(|stall| stall.no.clone()));
            words.numbered(&no.unwrap_or_default())
        }
        (count, _) => words.chosen(count),
    };
    let list = move || words.all_of(model.layout.with(|layout| layout.stalls().len()));
    let checks = move || words.checked(model.breaches.with(Vec::len));
    of("div", "leaves")
        .child(leaf(Leaf::Figures, Box::new(figures)))
        .child(leaf(Leaf::List, Box::new(list)))
        .child(leaf(Leaf::Checks, Box::new(checks)))
}
