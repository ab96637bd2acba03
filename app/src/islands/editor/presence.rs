//! Who else has this map open: said and heard in one beat every five seconds, shown as letters in the bar and as
//! frames round what they have chosen. What they have saved is fetched while nothing of mine is on its way.

use std::time::Duration;

use js_sys::futures::spawn_local;
use leptos::prelude::set_interval;

use super::held::Held;
use super::model::Model;
use crate::calls::layout::Load;
use crate::calls::presence::{Here, Other, Presence};
use crate::islands::node::{Node, el, of, text};
use crate::islands::wire::call;
use crate::words::publish::Publish as Words;

/// Between two beats.
const EVERY: Duration = Duration::from_secs(5);

/// The others' letters.
pub(super) fn presence(model: Model) -> Node {
    let seat = fresh();
    let say = move || {
        let (seat, selected) = (seat.clone(), model.chosen());
        spawn_local(async move {
            if let Ok(Here { revision, others, .. }) =
                call(Presence { market: model.market, plan: model.plan, seat, selected }).await
            {
                model.others.renew(others);
                model.hear(revision).await;
            }
        });
    };
    say();
    set_interval(say, EVERY);
    let faces = move || model.others.with(|others| others.iter().map(|other| face(model, other)).collect());
    of("ul", "others").attr("aria-label", Words(model.words.0).others()).hole(faces)
}

impl Model {
    /// Somebody has saved a newer revision: fetches it unless a step of mine is under way, which would bring it.
    async fn hear(self, revision: i64) {
        let calm = || {
            let still = self.held.with_untracked(|held| *held == Held::Nothing);
            still && self.settled().is_some_and(|known| known < revision)
        };
        if !calm() {
            return;
        }
        if let Ok(opened) = call(Load { market: self.market, plan: self.plan }).await
            && calm()
        {
            self.heard(opened.revision, opened.layout);
        }
    }
}

/// A letter with the name and what is selected there.
fn face(model: Model, other: &Other) -> Node {
    let layout = model.layout.read_untracked();
    let chosen = other.selected.iter().filter_map(|id| layout.stall(*id)).take(3);
    let numbers: Vec<String> = chosen.map(|stall| stall.no.clone()).collect();
    let name = Words(model.words.0).with_stalls(&other.name, &numbers);
    el("li")
        .attr("title", &name)
        .child(text("span", &other.initial).attr("aria-hidden", "true"))
        .child(of("span", "hidden").text(&name))
}

/// A name for this tab that nobody else has.
fn fresh() -> String {
    let part = || (js_sys::Math::random() * 4_294_967_296.0) as u32;
    format!("{:08x}{:08x}", part(), part())
}
