//! Beside the map: the exact figures of what is chosen, and everything that can be done with it.

mod need;
mod one;
mod room;
mod several;

use kaishi_domain::StallId;

use super::brush::note;
use super::model::{Leaf, Model};
use crate::islands::node::{Node, button, icon, of, text};
use crate::parts::Icon;
use one::Panel;
pub(super) use one::cure;

/// What the panel is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum About {
    Nothing,
    One(StallId),
    Several(usize),
}

/// The panel.
pub(super) fn inspector(model: Model) -> Node {
    let words = model.words;
    let about = move || {
        model.selected.with(|all| match (all.first(), all.len()) {
            (Some(id), 1) => About::One(*id),
            (_, 0) => About::Nothing,
            (_, count) => About::Several(count),
        })
    };
    let fields = move |fields: Vec<Node>| {
        let mut all = vec![of("div", "fields").children(fields)];
        all.extend(model.may_change.then(|| acts(model)));
        all
    };
    let content = move |about: &About| match *about {
        About::Nothing => vec![text("h2", words.nothing()), note(words.nothing_why())],
        About::One(id) => fields(Panel::new(model, id).view()),
        About::Several(count) => fields(several::several(model, count)),
    };
    of("section", "inspector")
        .live_class("open", move || model.leaf.get() == Some(Leaf::Figures))
        .attr("aria-label", words.position())
        .hole_of(about, content)
}

/// A name and what belongs to it, on one line.
fn pair(name: &str, field: Node) -> Node {
    of("label", "pair").child(text("span", name)).child(field)
}

/// A name, a figure and its unit.
fn figure(name: &str, field: Node, unit: &str) -> Node {
    of("label", "figure").child(text("span", name)).child(field).child(of("span", "unit").text(unit))
}

/// What can be done with one stall or with several.
fn acts(model: Model) -> Node {
    let words = model.words;
    let act = |which, title, act: fn(Model)| {
        button("plain", move || act(model)).attr("title", title).child(icon(which))
    };
    let lock = move || if model.all_locked() { words.unlock() } else { words.lock() }.to_owned();
    of("div", "acts")
        .child(
            act(Icon::Lock, "Ctrl L", Model::toggle_lock)
                .live_state("aria-pressed", move || model.all_locked())
                .child(of("span", "").live_text(lock)),
        )
        .child(act(Icon::Turn, "T", |model| model.turn(90.0)).text(words.turn()))
        .child(act(Icon::Copy, "Ctrl D", Model::duplicate).text(words.duplicate()))
        .child(act(Icon::Bin, "Delete", Model::remove).text(words.remove()))
}
