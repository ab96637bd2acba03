//! Who else has this map open: said and heard in one beat every five seconds, shown as letters in the bar.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::model::Model;
use crate::calls::presence::{Here, Other, presence as beat};
use crate::words::publish::Publish as Words;

/// Between two beats.
const EVERY: Duration = Duration::from_secs(5);

pub(super) fn presence(model: Model) -> impl IntoView {
    let here = RwSignal::new(Here::default());
    let seat = StoredValue::new(String::new());
    let say = move || {
        let (seat, selected) = (seat.get_value(), model.chosen());
        spawn_local(async move {
            if let Ok(now) = beat(model.market, model.plan, seat, selected).await {
                here.try_set(now);
            }
        });
    };
    Effect::new(move |_| {
        seat.set_value(fresh());
        say();
        if let Ok(timer) = set_interval_with_handle(say, EVERY) {
            on_cleanup(move || timer.clear());
        }
    });
    let others = move || here.with(|here| here.others.iter().map(|other| face(model, other)).collect_view());
    view! { <ul class="others" aria-label=Words(model.words.0).others()>{others}</ul> }
}

/// A letter with the name and what is selected there.
fn face(model: Model, other: &Other) -> impl IntoView + use<> {
    let numbers = model.layout.with_untracked(|layout| {
        let all = other.selected.iter().filter_map(|id| layout.stall(*id)).map(|stall| stall.no.clone());
        all.take(3).collect::<Vec<_>>()
    });
    let name = Words(model.words.0).with_stalls(&other.name, &numbers);
    let (title, initial) = (name.clone(), other.initial.clone());
    view! { <li title=title><span aria-hidden="true">{initial}</span><span class="hidden">{name}</span></li> }
}

/// A name for this tab that nobody else has.
fn fresh() -> String {
    let part = || (js_sys::Math::random() * 4_294_967_296.0) as u32;
    format!("{:08x}{:08x}", part(), part())
}
