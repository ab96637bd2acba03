//! What can be done with several stalls at once: move them together, line them up, space, number, group them.

mod number;

use kaishi_domain::layout::{Align, Axis, Edit};

use super::{figure, pair};
use crate::islands::canvas::figure as typed_figure;
use crate::islands::editor::brush::{numeric, option, zone_option};
use crate::islands::editor::held::Frame;
use crate::islands::editor::model::Model;
use crate::islands::node::{Node, button, el, lines, of, set_value, text, value};

/// The panel of several stalls.
pub(super) fn several(model: Model, count: usize) -> Vec<Node> {
    let words = model.words;
    let figures = of("div", "figures").child(axis(model, true)).child(axis(model, false));
    let mut all = vec![text("h2", &words.chosen(count)), text("h3", words.position()), figures, zones(model)];
    if model.may_change {
        let [gap, verbs] = spaces(model);
        all.extend([
            text("h3", words.align()),
            aligns(model),
            text("h3", words.distribute()),
            gap,
            verbs,
            text("h3", words.numbering()),
            number::number(model, of("div", "numbering")),
            text("h3", words.belong()),
            bind(model),
        ]);
    }
    all
}

/// The middle of all of them on one axis.
fn axis(model: Model, east: bool) -> Node {
    let place = move |frame: Frame| if east { frame.at.x } else { frame.at.y };
    let text =
        move |frame: Option<Frame>| frame.map(|frame| format!("{:.2}", place(frame))).unwrap_or_default();
    let field = numeric("0.1").flag("readonly", !model.may_change);
    let element = field.element().clone();
    let field = field.live_value(move || text(model.frame.get())).changed(move |typed| {
        let frame = model.frame.get_untracked();
        if let (Some(typed), Some(frame)) = (typed_figure(typed), frame) {
            let by = typed - place(frame);
            let (dx, dy) = if east { (by, 0.0) } else { (0.0, by) };
            model.nudge(dx, dy);
        }
        // A move that was done brings the field its own figure.
        set_value(&element, &text(frame));
    });
    figure(if east { "X" } else { "Y" }, field, "m")
}

/// The six lines that stalls can be brought to, each with a picture of it.
fn aligns(model: Model) -> Node {
    let words = model.words;
    let align = move |to: Align, name: &'static str, path: &str| {
        let act = move || {
            if model.edit(Edit::Align { stalls: model.chosen(), to }) {
                model.said.set(name.to_owned());
            }
        };
        button("small", act).attr("title", name).attr("aria-label", name).child(lines(path))
    };
    of("div", "aligns")
        .child(align(Align::Left, words.align_left(), "M4 3V21M8 6H20V10H8ZM8 14H15V18H8Z"))
        .child(align(Align::Centre, words.align_centre(), "M12 3V21M6 6H18V10H6ZM8.5 14H15.5V18H8.5Z"))
        .child(align(Align::Right, words.align_right(), "M20 3V21M4 6H16V10H4ZM9 14H16V18H9Z"))
        .child(align(Align::Top, words.align_top(), "M3 4H21M6 8V20H10V8ZM14 8V15H18V8Z"))
        .child(align(Align::Middle, words.align_middle(), "M3 12H21M6 6V18H10V6ZM14 8.5V15.5H18V8.5Z"))
        .child(align(Align::Bottom, words.align_bottom(), "M3 20H21M6 4V16H10V4ZM14 9V16H18V9Z"))
}

/// Even gaps, or gaps of so many metres.
fn spaces(model: Model) -> [Node; 2] {
    let words = model.words;
    let gap = numeric("0.1").attr("class", "short").attr("min", "0").attr("placeholder", words.even());
    let space = |axis: Axis, name| {
        let field = gap.element().clone();
        let act = move || {
            let gap = typed_figure(&value(&field));
            if model.edit(Edit::Distribute { stalls: model.chosen(), axis, gap }) {
                model.said.set(words.spaced().to_owned());
            }
        };
        button("small", act).text(name)
    };
    let verbs = of("div", "verbs-row")
        .child(space(Axis::Across, words.across()))
        .child(space(Axis::Along, words.along()));
    [pair(words.gap(), gap), verbs]
}

fn bind(model: Model) -> Node {
    let words = model.words;
    let grouped = move || {
        let (chosen, layout) = (model.selected.read(), model.layout.read());
        chosen.iter().filter_map(|id| layout.stall(*id)).any(|stall| stall.group.is_some())
    };
    let ungroup = move |grouped: &bool| {
        let verb =
            || button("small", move || model.ungroup()).attr("title", "Ctrl Shift G").text(words.ungroup());
        grouped.then(verb).into_iter().collect()
    };
    of("div", "verbs-row")
        .child(button("small", move || model.group()).attr("title", "Ctrl G").text(words.group()))
        .hole_of(grouped, ungroup)
}

/// One slogan zone for all of them.
fn zones(model: Model) -> Node {
    let select = el("select")
        .flag("disabled", !model.may_change)
        .child(option("", model.words.choose(), false))
        .children(model.zones.iter().map(|zone| zone_option(zone, false)));
    let element = select.element().clone();
    let set = move |zone: &str| {
        if !zone.is_empty() {
            model.edit(Edit::SetZone { stalls: model.chosen(), zone: zone.to_owned() });
        }
        set_value(&element, "");
    };
    pair(model.words.zone(), select.changed(set))
}
