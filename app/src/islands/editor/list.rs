//! The stalls as a list beside the map: the same choice and the same keys, without a pointer.
//!
//! One stop of the tab key; up and down go through it, Enter chooses and goes to the map, the space bar
//! chooses beside what is chosen already. Rows are written once and followed by hand, so that a thousand of
//! them cost a moved stall nothing.

use kaishi_domain::StallId;
use kaishi_domain::layout::{Diff, Layout, Stall};
use kaishi_domain::map::{Map, Set};
use leptos::prelude::{document, request_animation_frame};
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, KeyboardEvent, MouseEvent};

use super::browser::focus;
use super::brush::note;
use super::model::{Leaf, Model};
use crate::islands::live::aside;
use crate::islands::node::{Node, el, of, text};
use crate::parts::Markup;
use crate::parts::map::zone_class;
use kaishi_domain::order::Gather;

/// The parts of one row that change.
struct Row {
    node: Element,
    button: Element,
    place: Element,
    locked: bool,
}

/// Every row.
#[derive(Default)]
pub(super) struct Rows {
    root: Option<Element>,
    names: Map<StallId, String>,
    open: String,
    written: Map<StallId, Row>,
    chosen: Set<StallId>,
    stop: Option<StallId>,
    /// Moved stalls whose rows are written when the hand rests.
    late: Set<StallId>,
}

/// So many moved stalls are written into the list at once; more wait until the hand rests.
const AT_ONCE: usize = 50;

impl Rows {
    fn open(&mut self, root: Element, names: Map<StallId, String>, open: &str, layout: &Layout) {
        *self = Self { root: Some(root), names, open: open.to_owned(), ..Self::default() };
        self.write(layout);
    }

    /// Writes all rows in the order of the numbers.
    fn write(&mut self, layout: &Layout) {
        let Some(root) = self.root.clone() else { return };
        root.set_text_content(None);
        self.written.clear();
        self.late.clear();
        for stall in layout.in_order() {
            let name = self.names.get(&stall.id).unwrap_or(&self.open);
            if let Some(row) = write(&root, stall, name) {
                self.written.insert(stall.id, row);
            }
        }
        for id in &self.chosen {
            press(self.written.get(id), true);
        }
        let stop = self.stop.filter(|id| self.written.contains_key(id));
        self.halt(stop.or_else(|| layout.in_order().first().map(|stall| stall.id)));
    }

    /// Follows a change.
    pub(super) fn follow(&mut self, diff: &Diff, layout: &Layout) {
        let renamed = |(was, is): &(Stall, Stall)| was.no != is.no || was.zone != is.zone;
        if !diff.added.is_empty() || !diff.removed.is_empty() || diff.changed.values().any(renamed) {
            return self.write(layout);
        }
        self.late.extend(diff.changed.keys().copied());
        if self.late.len() <= AT_ONCE {
            self.catch_up(layout);
        }
    }

    /// Writes what has been left for later.
    pub(super) fn catch_up(&mut self, layout: &Layout) {
        for id in std::mem::take(&mut self.late) {
            if let (Some(row), Some(is)) = (self.written.get_mut(&id), layout.stall(id)) {
                row.place.set_text_content(Some(&place(is)));
                if row.locked != is.locked {
                    let _ = row.button.class_list().toggle_with_force("locked", is.locked);
                    row.locked = is.locked;
                }
            }
        }
    }

    /// Marks the chosen stalls.
    pub(super) fn choose(&mut self, chosen: &Set<StallId>) {
        for id in self.chosen.symmetric_difference(chosen) {
            press(self.written.get(id), chosen.contains(id));
        }
        self.chosen.clone_from(chosen);
        if let (Some(id), 1) = (chosen.first(), chosen.len()) {
            self.halt(Some(*id));
            if let Some(row) = self.written.get(id) {
                let node = row.node.clone();
                // The panel above has another height a moment later.
                request_animation_frame(move || reveal(&node));
            }
        }
    }

    /// Where the tab key stops.
    fn halt(&mut self, at: Option<StallId>) {
        for (id, stop) in [(self.stop, "-1"), (at, "0")] {
            if let Some(row) = id.and_then(|id| self.written.get(&id)) {
                let _ = row.button.set_attribute("tabindex", stop);
            }
        }
        self.stop = at;
    }

    /// Brings the focus back to the row where it was.
    pub(super) fn take_focus(&self) {
        let row = self.stop.and_then(|id| self.written.get(&id));
        if let Some(row) = row.filter(|_| was_used()) {
            focus(&row.button);
        }
    }
}

/// Scrolls the list, and only the list, until a row is to be seen.
fn reveal(row: &Element) {
    let Some(list) = row.closest(".stalls").ok().flatten() else { return };
    let (row, room) = (row.get_bounding_client_rect(), list.get_bounding_client_rect());
    let by =
        if row.top() < room.top() { row.top() - room.top() } else { (row.bottom() - room.bottom()).max(0.0) };
    if by != 0.0 {
        list.set_scroll_top(list.scroll_top() + by.round() as i32);
    }
}

/// Whether the map has the focus: then the list may take it back.
fn was_used() -> bool {
    document()
        .active_element()
        .is_some_and(|element| element.closest("svg.from-list").ok().flatten().is_some())
}

fn place(stall: &Stall) -> String {
    format!("{:.1}, {:.1}", stall.x, stall.y)
}

fn press(row: Option<&Row>, chosen: bool) {
    if let Some(row) = row {
        let _ = row.button.set_attribute("aria-pressed", if chosen { "true" } else { "false" });
    }
}

fn write(root: &Element, stall: &Stall, name: &str) -> Option<Row> {
    let locked = if stall.locked { "locked" } else { "" };
    let mut markup = Markup::default();
    markup.open("li", &[]).open(
        "button",
        &[
            ("type", &"button"),
            ("class", &locked),
            ("tabindex", &-1),
            ("aria-pressed", &false),
            ("data-row", &stall.id),
        ],
    );
    markup.say("span", &[("class", &format_args!("letter {}", zone_class(&stall.zone)))], &stall.zone);
    markup.say("strong", &[], &stall.no).say("span", &[("class", &"name")], &name);
    markup.say("span", &[("class", &"place")], &place(stall)).close("button").close("li");
    let node = markup.append(root)?;
    let button = node.first_element_child()?;
    Some(Row { place: button.last_element_child()?, button, node, locked: stall.locked })
}

/// The list.
pub(super) fn list(model: Model) -> Node {
    let words = model.words;
    let rows = el("ul")
        .attr("aria-describedby", "list-keys")
        .on("click", move |event| {
            let key: &MouseEvent = event.unchecked_ref();
            if let Some(id) = row_of(event.target()) {
                choose(model, id, key.shift_key() || key.ctrl_key() || key.meta_key());
            }
        })
        .on("keydown", move |event| keys(model, event.unchecked_ref()));
    let names = model.labels.stalls.iter().map(|(id, label)| (*id, label.name.clone())).gather();
    let layout = model.layout.read_untracked();
    model.rows.borrow_mut().open(rows.element().clone(), names, words.unit_open(), &layout);
    of("section", "stalls")
        .live_class("open", move || model.leaf.get() == Some(Leaf::List))
        .attr("aria-label", words.stalls())
        .child(text("h2", words.stalls()))
        .child(note(words.list_keys()).attr("id", "list-keys"))
        .child(rows)
}

fn row_of(target: Option<leptos::web_sys::EventTarget>) -> Option<StallId> {
    let button = target?.dyn_into::<Element>().ok()?.closest("[data-row]").ok()??;
    button.get_attribute("data-row")?.parse().ok()
}

/// Chooses a stall and, when it is the only one, goes to the map, where the arrow keys move it.
fn choose(model: Model, id: StallId, beside: bool) {
    if beside {
        model.select(id, true);
        return;
    }
    model.choose(std::iter::once(id).gather());
    model.leaf.set(None);
    if let Ok(Some(map)) = document().query_selector("svg.sheet") {
        let _ = map.class_list().add_1("from-list");
        focus(&map);
    }
    if let Some(stall) = aside(|| model.only()) {
        model.said.set(model.words.stands(&stall));
        let hidden = model.camera.get_untracked().is_some_and(|camera| {
            let ((x, y), (wide, high)) = (camera.pixel(stall.centre()), camera.size());
            !(0.0..=wide).contains(&x) || !(0.0..=high).contains(&y)
        });
        if hidden {
            model.look(|camera| camera.centred(stall.centre()));
        }
    }
}

fn keys(model: Model, event: &KeyboardEvent) {
    let Some(id) = row_of(event.target()) else { return };
    let order: Vec<StallId> =
        model.layout.with_untracked(|layout| layout.in_order().iter().map(|stall| stall.id).collect());
    let at = order.iter().position(|other| *other == id).unwrap_or(0);
    let to = match event.key().as_str() {
        "ArrowDown" => at + 1,
        "ArrowUp" => at.saturating_sub(1),
        "Home" => 0,
        "End" => order.len() - 1,
        "PageDown" => at + 10,
        "PageUp" => at.saturating_sub(10),
        "Enter" => {
            event.prevent_default();
            return choose(model, id, event.shift_key());
        }
        " " => {
            event.prevent_default();
            return choose(model, id, true);
        }
        _ => return,
    };
    event.prevent_default();
    let next = order.get(to.min(order.len() - 1)).copied();
    let mut rows = model.rows.borrow_mut();
    rows.halt(next);
    if let Some(row) = next.and_then(|next| rows.written.get(&next)) {
        focus(&row.button);
    }
}
