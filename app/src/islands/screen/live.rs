//! What every block of the screen reads: one signal. A snapshot changes texts and attributes, never the tree.

use kaishi_domain::count::Snapshot;
use leptos::prelude::*;

use super::figure::{self, BAR};
use crate::words::screen::Screen;

/// The newest snapshot, and the words to tell it in. What reads it is a plain function, so that the browser's half
/// holds each of these views once.
#[derive(Clone, Copy)]
pub(super) struct Live {
    pub words: Screen,
    pub seen: RwSignal<Snapshot>,
}

impl Live {
    /// A text that follows the snapshot.
    pub(super) fn text(
        self,
        read: fn(Screen, &Snapshot) -> String,
    ) -> impl Fn() -> String + Copy + Send + Sync {
        move || self.seen.with(|seen| read(self.words, seen))
    }

    /// A figure that follows the snapshot.
    pub(super) fn n(self, read: fn(&Snapshot) -> i64) -> impl Fn() -> String + Copy + Send + Sync {
        move || self.seen.with(read).to_string()
    }

    /// Whether something is so.
    pub(super) fn is(self, read: fn(&Snapshot) -> bool) -> impl Fn() -> bool + Copy + Send + Sync {
        move || self.seen.with(read)
    }

    /// A piece of a bar that follows the snapshot.
    pub(super) fn piece(self, class: &'static str, read: fn(&Snapshot) -> (i64, i64)) -> impl IntoView {
        let place = move || self.seen.with(read);
        view! { <rect class=class y="0" height="20" x=move || place().0.to_string() width=move || place().1.to_string()/> }
    }

    /// A name with its figure, there only while it is not nought.
    pub(super) fn note(
        self,
        name: &'static str,
        sign: &'static str,
        read: fn(&Snapshot) -> i64,
    ) -> impl IntoView {
        view! {
            <span class="aside" hidden=move || self.seen.with(read) == 0>{name}" "<strong>{sign}{self.n(read)}</strong></span>
        }
    }
}

/// The room of a bar.
pub(super) fn bar(pieces: impl IntoView) -> impl IntoView {
    view! { <svg class="bar" viewBox=format!("0 0 {BAR} 20") preserveAspectRatio="none" aria-hidden="true">{pieces}</svg> }
}

/// Appeals by how far they are, as pieces of a bar: confirmed, then said.
pub(super) fn settled(seen: &Snapshot) -> [(i64, i64); 2] {
    let appeals = seen.appeals;
    figure::pieces([appeals.confirmed, appeals.settled_by_unit - appeals.confirmed], appeals.raised)
}
