//! Arrange for me: asks how many and where, shows what would come, and does it as one step that can be undone.

use std::collections::BTreeSet;

use kaishi_domain::StallId;
use kaishi_domain::arrange::Wish;
use kaishi_domain::geometry::{Footprint, Point};
use kaishi_domain::layout::Layout;
use kaishi_domain::layout::place::Place;
use kaishi_domain::layout::settle::{Settled, settle};
use leptos::ev::Event;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::browser;
use super::model::Model;
use crate::arrange::{Answer, Ask};
use kaishi_domain::order::Gather;

/// What would come.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Offer {
    pub(super) places: Vec<Footprint>,
    settled: Settled,
    /// Each area by name, with how many it holds and what keeps it from holding more.
    areas: Vec<[String; 3]>,
}

/// What is asked for.
#[derive(Clone, Copy)]
struct Form {
    model: Model,
    most: RwSignal<bool>,
    target: RwSignal<usize>,
    areas: RwSignal<BTreeSet<String>>,
    seed: RwSignal<u64>,
    /// It is being worked out.
    busy: StoredValue<bool>,
    failed: RwSignal<Option<String>>,
}

pub(super) fn panel(model: Model) -> impl IntoView {
    move || model.arranging.get().then(|| form(model))
}

fn form(model: Model) -> impl IntoView {
    let words = model.words;
    let count = model.layout.with_untracked(|layout| layout.stalls().len());
    let all = model.ground.with_value(|ground| ground.zones.iter().map(|area| area.id.clone()).gather());
    let form = Form {
        model,
        most: RwSignal::new(true),
        target: RwSignal::new(count),
        areas: RwSignal::new(all),
        seed: RwSignal::new(1),
        busy: StoredValue::new(false),
        failed: RwSignal::new(None),
    };
    let target = move |event: Event| {
        if let Ok(target) = event_target_value(&event).trim().parse::<usize>() {
            form.target.set(target.clamp(1, kaishi_domain::layout::MOST_STALLS));
            form.most.set(false);
        }
    };
    let locked =
        model.layout.with_untracked(|layout| layout.stalls().values().filter(|stall| stall.locked).count());
    view! {
        <section class="arrange" aria-label=words.arrange()>
            <h2>{words.arrange()}</h2>
            <p class="note">{words.arrange_why()}</p>
            <label class="check"><input type="radio" name="how-many" prop:checked=form.most on:change=move |_| form.most.set(true)/><span>{words.as_many()}</span></label>
            <label class="check"><input type="radio" name="how-many" prop:checked=move || !form.most.get() on:change=move |_| form.most.set(false)/><span>{words.exactly()}</span>
                <input class="short" type="number" inputmode="numeric" min="1" max="2000" aria-label=words.exactly() prop:value=form.target on:change=target/>
            </label>
            {areas(form)}
            {(locked > 0).then(|| view! { <p class="note">{words.keeps_locked(locked)}</p> })}
            {move || form.failed.get().map(|text| view! { <p class="complaint" role="alert">{text}</p> })}
            {move || answer(form)}
        </section>
    }
}

/// Which areas of the ground; one alone is not asked about.
fn areas(form: Form) -> impl IntoView {
    let areas = form.model.ground.with_value(|ground| ground.zones.clone());
    let rows = areas
        .iter()
        .map(|area| {
            let (id, name) = (area.id.clone(), area.name.clone());
            let on = { let id = id.clone(); move || form.areas.with(|all| all.contains(&id)) };
            let set = move |event: Event| {
                let wanted = event_target_checked(&event);
                form.areas.update(|all| if wanted { all.insert(id.clone()); } else { all.remove(&id); });
            };
            view! { <label class="check"><input type="checkbox" prop:checked=on on:change=set/><span>{name}</span></label> }
        })
        .collect_view();
    (areas.len() > 1)
        .then(|| view! { <fieldset><legend>{form.model.words.where_to()}</legend>{rows}</fieldset> })
}

fn answer(form: Form) -> impl IntoView {
    let (model, words) = (form.model, form.model.words);
    let close = move |_| model.leave_arranging();
    model.offer.with(|offer| match offer {
        None => view! {
            <div class="verbs-row">
                <button type="button" class="primary" on:click=move |_| form.look()>{words.look()}</button>
                <button type="button" on:click=close>{words.cancel()}</button>
            </div>
        }
        .into_any(),
        Some(offer) => {
            let text = words.offered(offer.places.len(), offer.settled.added, offer.settled.removed);
            let left = (!offer.settled.left.is_empty()).then(|| view! { <p class="complaint">{words.left_over(offer.settled.left.len())}</p> });
            view! {
                <p role="status"><strong>{text}</strong></p>
                <ul class="limits">{offer.areas.iter().cloned().map(filled).collect_view()}</ul>
                {left}
                <div class="verbs-row">
                    <button type="button" class="primary" on:click=move |_| model.take_offer()>{words.take()}</button>
                    <button type="button" on:click=move |_| { form.seed.update(|seed| *seed += 1); form.look(); }>{words.another()}</button>
                    <button type="button" on:click=close>{words.cancel()}</button>
                </div>
            }
            .into_any()
        }
    })
}

/// One area: how many, and what takes the most of its floor.
fn filled([name, count, why]: [String; 3]) -> impl IntoView {
    view! { <li><span>{name}</span><strong>{count}</strong><span class="why">{why}</span></li> }
}

impl Form {
    /// Has it worked out and shows it on the map.
    fn look(self) {
        let model = self.model;
        if self.busy.get_value() {
            return;
        }
        self.busy.set_value(true);
        self.failed.set(None);
        let layout = model.layout.get_untracked();
        let wish = Wish {
            target: (!self.most.get_untracked()).then(|| self.target.get_untracked()),
            seed: self.seed.get_untracked(),
            areas: Some(self.areas.get_untracked().into_iter().collect()),
            locked: layout.stalls().values().filter(|stall| stall.locked).cloned().collect(),
            tries: None,
        };
        let ask = Ask { ground: model.ground.get_value(), wish, lang: model.words.0 };
        spawn_local(async move {
            let answer = browser::arrange(&ask).await;
            // The panel may have been closed meanwhile.
            if self.busy.try_set_value(false).is_some() {
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

    fn show(self, layout: &Layout, answer: Answer) {
        let model = self.model;
        let place = |[x, y, w, d, angle, facing]: &[f64; 6]| Place {
            footprint: Footprint { centre: Point::new(*x, *y), w: *w, d: *d, angle: *angle },
            facing: *facing,
        };
        let places: Vec<Place> = answer.places.iter().map(place).collect();
        let in_use: BTreeSet<StallId> =
            model.labels.with_value(|labels| labels.stalls.keys().copied().gather());
        let zone =
            model.zones.with_value(|zones| zones.first().map(|zone| zone.letter.clone())).unwrap_or_default();
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
