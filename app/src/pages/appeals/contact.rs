//! How the resident can be reached: a button that notes who looks, and whoever has looked. Never on a page by itself.

use kaishi_domain::appeal::{Consent, Contact};
use leptos::prelude::*;

use crate::words::Lang;
use crate::words::contact::Contacts as Words;

/// What a page shows of a contact.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Reach {
    /// There is none, or it is not for whoever looks.
    #[default]
    None,
    /// There is one.
    Kept(Consent),
    /// It was asked for, and that is noted.
    Open(Contact),
    /// It was asked for and is gone.
    Gone,
}

/// The contact, or the button that asks for it. `readings` are who has looked and when.
pub(super) fn reach(
    lang: Lang,
    action: String,
    reach: &Reach,
    readings: &[(String, String)],
) -> Option<AnyView> {
    let words = Words(lang);
    let body = match reach {
        Reach::None if readings.is_empty() => return None,
        Reach::None => ().into_any(),
        Reach::Gone => view! { <p class="note" role="status">{words.gone()}</p> }.into_any(),
        Reach::Open(contact) => {
            view! { <p class="reach" role="status"><b>{contact.as_str().to_owned()}</b></p> }.into_any()
        }
        Reach::Kept(line) => view! {
            <form method="post" action=action class="quiet">
                <button type="submit" class="small">{words.show()}</button>
                <span class="note">{words.consent(*line)}" · "{words.logged()}</span>
            </form>
        }
        .into_any(),
    };
    let rows =
        readings.iter().cloned().map(|(at, who)| view! { <li class="note">{at}" "{who}</li> }).collect_view();
    let log = (!readings.is_empty()).then(|| {
        view! { <details class="readings"><summary>{words.readings()}" "{readings.len()}</summary><ol>{rows}</ol></details> }
    });
    Some(view! { <h2 id="contact">{words.title()}</h2>{body}{log} }.into_any())
}
