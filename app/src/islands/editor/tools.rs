//! The tools beside the map and how near one looks.

use super::model::{Model, Tool};
use crate::islands::node::{Node, button, icon, of, text};
use crate::parts::Icon;

/// The tools.
pub(super) fn tools(model: Model) -> Node {
    let words = model.words;
    let verb = |which, name, key, act: Box<dyn Fn()>| {
        button("", act).attr("title", key).child(icon(which)).child(text("span", name))
    };
    let tool = |this: Tool, which, name, key| {
        verb(which, name, key, Box::new(move || model.tool.set(this)))
            .attr("aria-keyshortcuts", key)
            .live_state("aria-pressed", move || model.tool.get() == this)
    };
    let drawing = || {
        [
            tool(Tool::Place, Icon::Stall, words.place(), "S"),
            tool(Tool::Row, Icon::Row, words.row(), "R"),
            tool(Tool::Fill, Icon::Fill, words.fill(), "F"),
        ]
    };
    of("div", "toolbox")
        .attr("role", "toolbar")
        .attr("aria-orientation", "vertical")
        .attr("aria-label", words.tools())
        .child(tool(Tool::Select, Icon::Arrow, words.select(), "V"))
        .children(model.may_change.then(drawing).into_iter().flatten())
        .child(tool(Tool::Measure, Icon::Tape, words.measure(), "M"))
        .child(tool(Tool::Pan, Icon::Hand, words.pan(), "H"))
        .child(of("span", "gap"))
        .child(verb(Icon::Plus, words.larger(), "+", Box::new(move || model.zoom(1.25))))
        .child(verb(Icon::Minus, words.smaller(), "-", Box::new(move || model.zoom(0.8))))
        .child(verb(Icon::Fit, words.whole(), "0", Box::new(move || model.fit())))
}
