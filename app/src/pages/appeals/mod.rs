//! Appeals as those who handle them see them: the desk's list and one appeal, a unit's own. Plain forms.

mod agency;
mod answers;
mod bulk;
mod clerk;
mod contact;
mod duty;
mod keys;
mod list;
mod one;
mod paper;
mod photo;
mod proposal;
mod public;
mod unit;
mod verb;
mod wish;

use kaishi_domain::Moment;
use kaishi_domain::appeal::{Appeal, Light, Step};
use leptos::prelude::*;

pub use agency::{Steps, my_agency};
pub use answers::{Written, answers};
pub use bulk::Bulk;
pub use clerk::{Clerk, clerk};
pub use contact::Reach;
pub use duty::{Field, Sown, duty};
pub use keys::{KeyRing, KeyRow, keys};
pub use list::{Asked, Heap, List, list};
pub use one::{One, Typed, one};
pub use paper::{Printed, print, slips};
pub use photo::{Mine as MyPhotos, my_photos};
pub use proposal::Advice;
pub use public::Copies;
pub use unit::{Handed, HandedOne, handed, handed_one};
pub use wish::wishes;

use crate::words::Lang;
use crate::words::handle::Handle;
use crate::words::story::Story;

/// The last part of an appeal's address on the desk, and how it is called there: by its code for whoever may hold codes,
/// else by its reference.
fn called(appeal: &Appeal, coded: bool) -> String {
    if coded { appeal.code.slip.to_string() } else { appeal.reference().to_string() }
}

/// Tells times as people read them.
pub type Tell<'a> = &'a dyn Fn(Moment) -> String;

/// The clock as a chip: a light with its word, never the colour alone.
fn clock(lang: Lang, appeal: &Appeal, now: Moment, tell: Tell<'_>) -> impl IntoView + use<> {
    let words = Handle(lang);
    if appeal.care.pause.is_some() {
        return view! { <span class="chip still">{words.paused()}</span> }.into_any();
    }
    match (appeal.light(now), appeal.due_at) {
        (Some(light), Some(due)) => {
            let mark = match light {
                Light::Red => "!",
                Light::Amber => "◐",
                Light::Green => "●",
            };
            view! {
                <span class=format!("chip light {}", light.code())>
                    <span aria-hidden="true">{mark}</span>" "{words.light_short(light)}" "{tell(due)}
                </span>
            }
            .into_any()
        }
        _ => ().into_any(),
    }
}

/// What was done, the latest first.
fn history(story: Story<'_>, steps: &[Step], tell: Tell<'_>) -> impl IntoView + use<> {
    let rows = steps
        .iter()
        .rev()
        .map(|step| {
            let what = story.step(&step.verb);
            view! { <li><span class="note">{tell(step.at)}" "{story.actor(step.by)}</span>" "{what}</li> }
        })
        .collect_view();
    view! { <ol class="steps">{rows}</ol> }
}
