//! Keeps a screen fresh while its page is open.

use leptos::prelude::window;

use super::street::{self, Street};
use super::{Stage, feed, sign, tell};
use crate::islands::page::said;
use crate::islands::shown::Shown;
use crate::words::screen::Screen;

/// Keeps fresh what the page shows.
pub(crate) fn wake() {
    if let Some(stage) = said::<Stage>("main", "data-stage") {
        let (mut figures, mut fresh, words) = (Shown::default(), Shown::default(), Screen(stage.lang));
        feed::watch(
            stage.events.clone(),
            move |seen| {
                if !stage.still_holds(&seen) {
                    let _ = window().location().reload();
                }
                figures.show(tell(&stage, &seen));
            },
            move |stale| fresh.show(sign(words, stale)),
        );
    }
    if let Some(mut street) = said::<Street>("main", "data-street") {
        let (mut figures, mut fresh, words) = (Shown::default(), Shown::default(), Screen(street.lang));
        feed::watch(
            street.events.clone(),
            move |snapshot| {
                if let Some(known) = street.seen.iter_mut().find(|known| known.market == snapshot.market) {
                    *known = snapshot;
                }
                figures.show(street::tell(&street));
            },
            move |stale| fresh.show(sign(words, stale)),
        );
    }
}
