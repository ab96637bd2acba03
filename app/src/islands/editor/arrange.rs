//! Arrange for me: asks how many and where, shows what would come, and does it as one step that can be undone.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::futures::spawn_local;
use kaishi_domain::StallId;
use kaishi_domain::arrange::Wish;
use kaishi_domain::geometry::{Footprint, Point};
use kaishi_domain::layout::Layout;
use kaishi_domain::layout::place::Place;
use kaishi_domain::layout::settle::{Settled, settle};
use kaishi_domain::map::Set;
use kaishi_domain::order::Gather;

use super::browser;
use super::brush::note;
use super::model::Model;
use crate::arrange::{Answer, Ask};
use crate::islands::live::{Live, at_end};
use crate::islands::node::{Node, button, el, of, text};

/// What would come.
#[derive(Clone, PartialEq)]
pub(super) struct Offer {
    pub(super) places: Vec<Footprint>,
    settled: Settled,
    /// Each area by name, with how many it holds and what keeps it from holding more.
    areas: Vec<[String; 3]>,
}

/// What is asked for.
struct Form {
    model: Model,
    most: Live<bool>,
    target: Live<usize>,
    areas: RefCell<Set<String>>,
    seed: Cell<u64>,
    /// It is being worked out.
    busy: Cell<bool>,
    /// The panel has been closed.
    gone: Cell<bool>,
    failed: Live<Option<String>>,
}

/// The panel.
pub(super) fn panel(model: Model) -> Node {
    let words = model.words;
    let layout = model.layout.read_untracked();
    let form = Rc::new(Form {
        model,
        most: Live::new(true),
        target: Live::new(layout.stalls().len()),
        areas: RefCell::new(model.ground.zones.iter().map(|area| area.id.clone()).gather()),
        seed: Cell::new(1),
        busy: Cell::default(),
        gone: Cell::default(),
        failed: Live::default(),
    });
    let closed = form.clone();
    at_end(move || closed.gone.set(true));
    let many = |most: bool| {
        let (shown, set) = (form.clone(), form.clone());
        let radio = el("input").attr("type", "radio").attr("name", "how-many");
        radio.live_checked(move || shown.most.get() == most).ticked(move |_| set.most.set(most))
    };
    let (shown, set) = (form.clone(), form.clone());
    let target = of("input", "short")
        .attr("type", "number")
        .attr("inputmode", "numeric")
        .attr("min", "1")
        .attr("max", "2000")
        .attr("aria-label", words.exactly())
        .live_value(move || shown.target.get().to_string())
        .changed(move |typed| {
            if let Ok(target) = typed.trim().parse::<usize>() {
                set.target.set(target.clamp(1, kaishi_domain::layout::MOST_STALLS));
                set.most.set(false);
            }
        });
    let locked = layout.stalls().values().filter(|stall| stall.locked).count();
    let (failed, answered) = (form.clone(), form.clone());
    let complaint = move || {
        let text = failed.failed.get();
        text.map(|text| of("p", "complaint").attr("role", "alert").text(&text)).into_iter().collect()
    };
    of("section", "arrange")
        .attr("aria-label", words.arrange())
        .child(text("h2", words.arrange()))
        .child(note(words.arrange_why()))
        .child(of("label", "check").child(many(true)).child(text("span", words.as_many())))
        .child(of("label", "check").child(many(false)).child(text("span", words.exactly())).child(target))
        .children(areas(&form))
        .children((locked > 0).then(|| note(&words.keeps_locked(locked))))
        .hole(complaint)
        .hole(move || answer(&answered))
}

/// Which areas of the ground; one alone is not asked about.
fn areas(form: &Rc<Form>) -> Option<Node> {
    let areas = &form.model.known().ground.zones;
    let rows = areas.iter().map(|area| {
        let form = form.clone();
        let set = move |wanted: bool| {
            let mut all = form.areas.borrow_mut();
            if wanted {
                all.insert(area.id.clone());
            } else {
                all.remove(&area.id);
            }
        };
        let tick = el("input").attr("type", "checkbox").flag("checked", true).ticked(set);
        of("label", "check").child(tick).child(text("span", &area.name))
    });
    let asked = || el("fieldset").child(text("legend", form.model.words.where_to())).children(rows);
    (areas.len() > 1).then(asked)
}

fn answer(form: &Rc<Form>) -> Vec<Node> {
    let (model, words) = (form.model, form.model.words);
    let look = |class, name| {
        let form = form.clone();
        button(class, move || form.clone().look()).text(name)
    };
    let close = button("", move || model.leave_arranging()).text(words.cancel());
    let verbs = of("div", "verbs-row");
    let offer = model.offer.read();
    let Some(offer) = &*offer else {
        return vec![verbs.child(look("primary", words.look())).child(close)];
    };
    let said = words.offered(offer.places.len(), offer.settled.added, offer.settled.removed);
    let left = offer.settled.left.len();
    let other = form.clone();
    let another = button("", move || {
        other.seed.set(other.seed.get() + 1);
        other.clone().look();
    });
    let mut all = vec![
        el("p").attr("role", "status").child(text("strong", &said)),
        of("ul", "limits").children(offer.areas.iter().map(filled)),
    ];
    all.extend((left > 0).then(|| of("p", "complaint").text(&words.left_over(left))));
    all.push(
        verbs
            .child(button("primary", move || model.take_offer()).text(words.take()))
            .child(another.text(words.another()))
            .child(close),
    );
    all
}

/// One area: how many, and what takes the most of its floor.
fn filled([name, count, why]: &[String; 3]) -> Node {
    el("li").child(text("span", name)).child(text("strong", count)).child(of("span", "why").text(why))
}

impl Form {
    /// Has it worked out and shows it on the map.
    fn look(self: Rc<Self>) {
        let model = self.model;
        if self.busy.replace(true) {
            return;
        }
        self.failed.set(None);
        let layout = model.layout.get_untracked();
        let wish = Wish {
            target: (!self.most.get_untracked()).then(|| self.target.get_untracked()),
            seed: self.seed.get(),
            areas: Some(self.areas.borrow().iter().cloned().collect()),
            locked: layout.stalls().values().filter(|stall| stall.locked).cloned().collect(),
            tries: None,
        };
        let ask = Ask { ground: model.ground.clone(), wish, lang: model.words.0 };
        spawn_local(async move {
            let answer = browser::arrange(&ask).await;
            self.busy.set(false);
            if self.gone.get() {
                return;
            }
            if model.layout.with_untracked(|now| *now != layout) {
                return self.look();
            }
            match answer {
                Some(answer) => self.show(&layout, answer),
                None => self.failed.set(Some(model.words.no_arranging().to_owned())),
            }
        });
    }

    fn show(&self, layout: &Layout, answer: Answer) {
        let model = self.model;
        let place = |[x, y, w, d, angle, facing]: &[f64; 6]| Place {
            footprint: Footprint { centre: Point::new(*x, *y), w: *w, d: *d, angle: *angle },
            facing: *facing,
        };
        let places: Vec<Place> = answer.places.iter().map(place).collect();
        let in_use: Set<StallId> = model.labels.stalls.keys().copied().gather();
        let zone = model.zones.first().map(|zone| zone.letter.clone()).unwrap_or_default();
        match settle(layout, &places, &in_use, &zone, browser::stall_id) {
            Ok(settled) if !places.is_empty() => {
                let places = places.iter().map(|place| place.footprint).collect();
                model.offer.set(Some(Offer { places, settled, areas: answer.areas }));
            }
            _ => self.failed.set(Some(model.words.no_room().to_owned())),
        }
    }
}

impl Model {
    /// Puts the offer into the layout, as one mark.
    fn take_offer(self) {
        if let Some(offer) = self.offer.get_untracked() {
            self.mark(offer.settled.layout);
            self.said.set(self.words.so_many(offer.places.len()));
        }
        self.leave_arranging();
    }

    pub(super) fn turn_arranging(self) {
        if self.arranging.get_untracked() {
            self.leave_arranging();
        } else {
            self.arranging.set(true);
        }
    }

    pub(super) fn leave_arranging(self) {
        self.offer.set(None);
        self.arranging.set(false);
    }
}
