//! Appeals on the screen, with both closings: what units say, and what residents confirm.

use leptos::prelude::*;

use super::part::{bar, piece, whole};
use crate::pages::still::Still;
use crate::words::screen::Screen;

/// Appeals by how far they are.
pub(super) fn appeals(words: Screen, still: &Still) -> impl IntoView + use<> {
    view! {
        <section class="appeals">
            <h2>{words.appeals()}<small>{words.cases()}</small></h2>
            <p class="raised" data-live="raised">{still.text("raised")}</p>
            <p class="says">
                <span><span class="key said" aria-hidden="true"></span>{words.unit_says()}</span>
                <strong data-live="said">{still.text("said")}</strong>
            </p>
            {bar((whole(), piece(still, "confirmed"), piece(still, "said")))}
            <p class="spot">{words.on_spot()}" "<strong data-live="on-spot">{still.text("on-spot")}</strong></p>
            <dl class="fates">
                <div>
                    <dd data-live="confirmed">{still.text("confirmed")}</dd>
                    <dt><span class="key confirmed" aria-hidden="true"></span>{words.confirmed()}</dt>
                </div>
                <div>
                    <dd data-live="open">{still.text("open")}</dd>
                    <dt>{words.open()}</dt>
                </div>
                <div class=still.class("overdue") data-live="overdue">
                    <dd data-live="overdue.n">{still.text("overdue.n")}</dd>
                    <dt><span class="mark" aria-hidden="true">"▲"</span>{words.overdue()}</dt>
                </div>
            </dl>
        </section>
    }
}
