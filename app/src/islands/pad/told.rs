//! What everybody is told, above a pad: drawn on the server, then asked for again every few seconds. Without a network
//! or without script it shows what was told last.

use kaishi_domain::MarketRef;
use leptos::prelude::*;
#[cfg(feature = "browser")]
use leptos::task::spawn_local;

#[cfg(feature = "browser")]
use crate::calls::tally::tally_told;
use crate::islands::fresh::Fresh;
use crate::words::Lang;

/// Asked for again so often, in milliseconds.
#[cfg(feature = "browser")]
const AGAIN: u64 = 5_000;

/// The lines.
#[island]
pub fn Told(market: MarketRef, lang: Lang, first: Vec<String>) -> impl IntoView {
    let lines = RwSignal::new(first);
    #[cfg(feature = "browser")]
    {
        let ask = move || {
            spawn_local(async move {
                if let Ok(told) = tally_told(market).await {
                    lines.set(told);
                }
            });
        };
        Effect::new(move |_| set_interval(ask, std::time::Duration::from_millis(AGAIN)));
    }
    #[cfg(not(feature = "browser"))]
    let _ = market;
    let rows = move || lines.get().into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    Fresh::new(view! { <div class="told-lines" aria-live="polite" lang=lang.tag()>{rows}</div> })
}
