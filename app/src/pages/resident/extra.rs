//! What a stall has besides its tap: links that stand only where something is switched on.

use leptos::prelude::*;

use super::Top;

/// One link: where to, and what it says.
pub type Extra = (String, String);

/// The links; nothing where there is none.
pub(super) fn extras(top: &Top, extras: &[Extra]) -> impl IntoView + use<> {
    let links = extras
        .iter()
        .map(|(path, label)| view! { <a href=top.sized(path)>{label.clone()}</a> })
        .collect_view();
    (!extras.is_empty()).then(|| view! { <div class="ways">{links}</div> })
}
