//! Who else has this map open: said and heard in one beat every five seconds, shown as letters in the bar and as
//! frames round what they have chosen. What they have saved is fetched while nothing of mine is on its way.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::held::Held;
use super::model::Model;
use crate::calls::layout::load;
use crate::calls::presence::{Here, Other, presence as beat};
use crate::words::publish::Publish as Words;

/// Between two beats.
const EVERY: Duration = Duration::from_secs(5);

pub(super) fn presence(model: Model) -> impl IntoView {
    let seat = StoredValue::new(String::new());
    let say = move || {
        let (seat, selected) = (seat.get_value(), model.chosen());
        spawn_local(async move {
            if let Ok(Here { revision, others, .. }) = beat(model.market, model.plan, seat, selected).await {
                if model.others.try_with_untracked(|known| *known != others).unwrap_or_default() {
                    model.others.set(others);
                }
                model.hear(revision).await;
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
    let others =
        move || model.others.with(|others| others.iter().map(|other| face(model, other)).collect_view());
    view! { <ul class="others" aria-label=Words(model.words.0).others()>{others}</ul> }
}

impl Model {
    /// Somebody has saved a newer revision: fetches it unless a step of mine is under way, which would bring it.
    async fn hear(self, revision: i64) {
        let calm = move || {
            let still = self.held.try_with_untracked(|held| *held == Held::Nothing).unwrap_or_default();
            still && self.settled().is_some_and(|known| known < revision)
        };
        if !calm() {
            return;
        }
        if let Ok(opened) = load(self.market, self.plan).await
            && calm()
        {
            self.heard(opened.revision, opened.layout);
        }
    }
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
