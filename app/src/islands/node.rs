//! Elements as a page shows them, put together by plain calls: a tag, attributes, listeners, children, and what
//! follows a value.
//!
//! The framework writes code for each element of each view, because it wakes, renders and rebuilds them all. An
//! island that only ever builds needs none of it: here an element costs as many calls as it has parts.

use std::cell::RefCell;

use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use leptos::web_sys::{
    Document, Element, Event, EventTarget, HtmlElement, HtmlInputElement, HtmlSelectElement,
};

use super::live::{Live, watch};
use crate::parts::{Icon, Markup};

/// An element.
#[derive(Clone)]
pub(super) struct Node(Element);

fn page() -> Document {
    leptos::prelude::document()
}

/// A new element.
pub(super) fn el(tag: &str) -> Node {
    made(page().create_element(tag))
}

/// A new element of a picture.
pub(super) fn svg(tag: &str) -> Node {
    made(page().create_element_ns(Some("http://www.w3.org/2000/svg"), tag))
}

fn made(element: Result<Element, leptos::wasm_bindgen::JsValue>) -> Node {
    // No browser refuses a name that stands in this source.
    Node(element.unwrap_or_else(|_| std::process::abort()))
}

/// A new element of a class, if it has one.
pub(super) fn of(tag: &str, class: &str) -> Node {
    let node = el(tag);
    if class.is_empty() { node } else { node.attr("class", class) }
}

/// A new element with a text in it.
pub(super) fn text(tag: &str, words: &str) -> Node {
    el(tag).text(words)
}

/// A picture of lines.
pub(super) fn icon(which: Icon) -> Node {
    lines(which.path())
}

/// A picture of lines from its path. The words beside it say the same.
pub(super) fn lines(path: &str) -> Node {
    let path = svg("path")
        .attr("d", path)
        .attr("fill", "none")
        .attr("stroke", "currentColor")
        .attr("stroke-width", "1.8")
        .attr("stroke-linecap", "round")
        .attr("stroke-linejoin", "round");
    svg("svg").attr("class", "icon").view_box("0 0 24 24", "18", "18").child(path)
}

/// Has something done at an event that nobody else takes.
pub(super) fn hear(event: &str, act: impl FnMut(Event) + 'static) {
    listen(&leptos::prelude::window(), event, Box::new(act));
}

/// A button of a class that does something.
pub(super) fn button(class: &str, act: impl Fn() + 'static) -> Node {
    of("button", class).attr("type", "button").click(act)
}

#[allow(dead_code, reason = "a bundle holds one family of islands, and not every family asks for everything")]
impl Node {
    pub(super) fn attr(self, name: &str, value: &str) -> Self {
        let _ = self.0.set_attribute(name, value);
        self
    }

    /// A small picture beside words, hidden from those who hear them.
    pub(super) fn view_box(self, view: &str, wide: &str, high: &str) -> Self {
        self.attr("viewBox", view).attr("width", wide).attr("height", high).attr("aria-hidden", "true")
    }

    /// A figure of a picture.
    pub(super) fn figure(self, name: &str, value: f64) -> Self {
        self.attr(name, &value.to_string())
    }

    /// Several attributes of a picture.
    pub(super) fn figures<const N: usize>(self, all: [(&str, f64); N]) -> Self {
        all.into_iter().fold(self, |node, (name, value)| node.figure(name, value))
    }

    /// An attribute that is there or not.
    pub(super) fn flag(self, name: &str, on: bool) -> Self {
        set_flag(&self.0, name, on);
        self
    }

    pub(super) fn text(self, words: &str) -> Self {
        let _ = self.0.append_with_str_1(words);
        self
    }

    pub(super) fn child(self, child: Self) -> Self {
        let _ = self.0.append_child(&child.0);
        self
    }

    pub(super) fn children(self, all: impl IntoIterator<Item = Self>) -> Self {
        all.into_iter().fold(self, Self::child)
    }

    /// All that is in it.
    pub(super) fn markup(self, markup: &Markup) -> Self {
        markup.show(&self.0);
        self
    }

    /// All that is in it, as it follows.
    pub(super) fn drawn(self, draw: impl Fn(&mut Markup) + 'static) -> Self {
        drawn(self.0.clone(), Box::new(draw));
        self
    }

    pub(super) fn on(self, event: &str, act: impl FnMut(Event) + 'static) -> Self {
        listen(&self.0, event, Box::new(act));
        self
    }

    pub(super) fn click(self, act: impl Fn() + 'static) -> Self {
        self.on("click", move |_| act())
    }

    /// Hands on what somebody typed or chose in a field.
    pub(super) fn changed(self, act: impl Fn(&str) + 'static) -> Self {
        let field = self.0.clone();
        self.on("change", move |_| act(&value(&field)))
    }

    /// The same with every letter.
    pub(super) fn typed(self, act: impl Fn(&str) + 'static) -> Self {
        let field = self.0.clone();
        self.on("input", move |_| act(&value(&field)))
    }

    /// Hands on whether a box is ticked.
    pub(super) fn ticked(self, act: impl Fn(bool) + 'static) -> Self {
        let field = self.0.clone();
        self.on("change", move |_| {
            act(field.dyn_ref::<HtmlInputElement>().is_some_and(HtmlInputElement::checked));
        })
    }

    /// An attribute that follows; none while there is no value.
    pub(super) fn live(self, name: &'static str, value: impl Fn() -> Option<String> + 'static) -> Self {
        self.follow(Box::new(value), move |element, value| {
            let _ = match value {
                Some(value) => element.set_attribute(name, value),
                None => element.remove_attribute(name),
            };
        })
    }

    /// An attribute that says `true` or `false`.
    pub(super) fn live_state(self, name: &'static str, on: impl Fn() -> bool + 'static) -> Self {
        self.live(name, move || Some(if on() { "true" } else { "false" }.to_owned()))
    }

    /// An attribute that is there or not.
    pub(super) fn live_flag(self, name: &'static str, on: impl Fn() -> bool + 'static) -> Self {
        self.live(name, move || on().then(String::new))
    }

    /// A class that is there or not.
    pub(super) fn live_class(self, name: &'static str, on: impl Fn() -> bool + 'static) -> Self {
        self.follow(Box::new(move || on().then(String::new)), move |element, on| {
            let _ = element.class_list().toggle_with_force(name, on.is_some());
        })
    }

    /// All text of the element.
    pub(super) fn live_text(self, words: impl Fn() -> String + 'static) -> Self {
        self.follow(Box::new(move || Some(words())), |element, words| element.set_text_content(words))
    }

    /// What stands in a field.
    pub(super) fn live_value(self, value: impl Fn() -> String + 'static) -> Self {
        self.follow(Box::new(move || Some(value())), |element, value| set_value(element, value.unwrap_or("")))
    }

    /// Whether a field is ticked.
    pub(super) fn live_checked(self, on: impl Fn() -> bool + 'static) -> Self {
        self.follow(Box::new(move || on().then(String::new)), |element, on| {
            if let Some(field) = element.dyn_ref::<HtmlInputElement>() {
                field.set_checked(on.is_some());
            }
        })
    }

    /// Does what changes, when it does.
    fn follow(
        self,
        value: Box<dyn Fn() -> Option<String>>,
        show: impl Fn(&Element, Option<&str>) + 'static,
    ) -> Self {
        follow(self.0.clone(), value, Box::new(show));
        self
    }

    /// Children that follow: made anew whenever what they have read has changed.
    pub(super) fn hole(self, make: impl Fn() -> Vec<Self> + 'static) -> Self {
        hole(&self.0, Box::new(make));
        self
    }

    /// Children that follow one thing only.
    pub(super) fn hole_of<K: PartialEq + 'static>(
        self,
        key: impl Fn() -> K + 'static,
        make: impl Fn(&K) -> Vec<Self> + 'static,
    ) -> Self {
        let known: std::rc::Rc<Live<Option<K>>> = std::rc::Rc::default();
        let seen = known.clone();
        watch(move || known.renew(Some(key())));
        self.hole(move || seen.with(|key| key.as_ref().map(&make).unwrap_or_default()))
    }

    pub(super) fn element(&self) -> &Element {
        &self.0
    }
}

/// Draws what is in an element, again when it is another picture.
fn drawn(element: Element, draw: Box<dyn Fn(&mut Markup)>) {
    let mut known = Markup::default();
    watch(move || {
        let mut next = Markup::default();
        draw(&mut next);
        if next != known {
            next.show(&element);
            known = next;
        }
    });
}

type Show = Box<dyn Fn(&Element, Option<&str>)>;

/// Shows a value again when it is another one.
fn follow(element: Element, value: Box<dyn Fn() -> Option<String>>, show: Show) {
    let mut known: Option<Option<String>> = None;
    watch(move || {
        let value = value();
        if known.as_ref() != Some(&value) {
            show(&element, value.as_deref());
            known = Some(value);
        }
    });
}

fn set_flag(element: &Element, name: &str, on: bool) {
    let _ = element.toggle_attribute_with_force(name, on);
}

/// What stands in a field.
pub(super) fn value(field: &Element) -> String {
    if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        input.value()
    } else {
        field.dyn_ref::<HtmlSelectElement>().map(HtmlSelectElement::value).unwrap_or_default()
    }
}

/// Puts something into a field.
pub(super) fn set_value(field: &Element, value: &str) {
    if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        input.set_value(value);
    } else if let Some(select) = field.dyn_ref::<HtmlSelectElement>() {
        select.set_value(value);
    }
}

/// Has something done at an event; the element keeps it.
fn listen(element: &EventTarget, event: &str, act: Box<dyn FnMut(Event)>) {
    let act = Closure::wrap(act).into_js_value();
    let _ = element.add_event_listener_with_callback(event, act.unchecked_ref());
}

fn hole(parent: &Element, make: Box<dyn Fn() -> Vec<Node>>) {
    let place: leptos::web_sys::Node = page().create_comment("").into();
    let _ = parent.append_child(&place);
    let (parent, shown) = (parent.clone(), RefCell::new(Vec::<Node>::new()));
    watch(move || {
        let next = make();
        let before = shown.take();
        let focus = focused(&before);
        for node in before {
            node.0.remove();
        }
        for node in &next {
            let _ = parent.insert_before(&node.0, Some(&place));
        }
        if let Some(nth) = focus {
            take_focus(&next, nth);
        }
        shown.replace(next);
    });
}

/// What the keyboard can stop at.
const STOPS: &str = "button, a, input, select, summary";

/// Which of the stops within some elements has the focus.
fn focused(all: &[Node]) -> Option<usize> {
    let active = page().active_element()?;
    all.iter().any(|node| node.0.contains(Some(&active))).then_some(())?;
    stops(all).iter().position(|stop| *stop == active)
}

/// The focus stays where it was in the order, when what had it is made anew.
fn take_focus(all: &[Node], nth: usize) {
    let stops = stops(all);
    let stop = stops.get(nth).or(stops.last()).and_then(|stop| stop.dyn_ref::<HtmlElement>());
    if let Some(stop) = stop {
        let _ = stop.focus();
    }
}

fn stops(all: &[Node]) -> Vec<Element> {
    let mut stops = Vec::new();
    for Node(element) in all {
        if element.matches(STOPS).unwrap_or(false) {
            stops.push(element.clone());
        }
        let Ok(within) = element.query_selector_all(STOPS) else { continue };
        stops.extend((0..within.length()).filter_map(|at| within.item(at)?.dyn_into().ok()));
    }
    stops
}
