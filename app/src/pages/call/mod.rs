//! The call of a Saturday: the organizer's page, the units' page behind their link, and the public one.

mod answer;
mod demand;
mod desk;
mod letter;
mod public;

pub use answer::{Filled, Mine, Open, View as AnswerView, answer};
pub use desk::{Letter, Line, Link, View, Wanted, desk};
pub use public::{Poster, public};

use kaishi_domain::call::Want;
use leptos::prelude::*;

use crate::words::Lang;
use crate::words::call::{Answer, Call as Words};

/// A want as everybody reads it: what, where, how many are left.
fn want_line(lang: Lang, want: &Want, zone: String) -> impl IntoView + use<> {
    let (words, answer) = (Words(lang), Answer(lang));
    let left = if want.left() > 0 {
        format!("{} {}／{}", words.left(), want.left(), want.seats)
    } else {
        answer.full().to_owned()
    };
    let zone = if zone.is_empty() { answer.any_zone().to_owned() } else { zone };
    let detail = (!want.detail.is_empty()).then(|| view! { <span class="what">{want.detail.clone()}</span> });
    view! {
        <strong>{want.title.clone()}</strong>
        <span class="chip" class:full=want.left() <= 0>{left}</span>
        <span class="zone">{zone}</span>
        {detail}
    }
}
