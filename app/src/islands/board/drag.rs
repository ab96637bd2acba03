//! Dragging by mouse, pen or finger: from the tray onto a stall, between stalls, back into the tray.

use kaishi_domain::{EntryId, StallId};
use leptos::ev;
use leptos::prelude::*;
use leptos::web_sys::PointerEvent;

use crate::islands::board::table::Table;
use crate::islands::board::tray::seal;

/// Pixels before a press becomes a drag.
const SLACK: i32 = 6;
/// So far above the pointer hangs what is dragged, in pixels: the stall below stays to be read.
const ABOVE: i32 = 104;

/// What is being dragged and what lies under it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Drag {
    pub(super) entry: EntryId,
    at: (i32, i32),
    /// The stall under the pointer.
    pub(super) over: Option<StallId>,
    tray: bool,
}

/// Begins to watch a press on something that stands for `entry`; it may become a drag.
pub(super) fn down(table: Table, entry: EntryId, event: &PointerEvent) {
    let pinned = table.board.with_untracked(|board| board.held_by(entry).is_some_and(|held| held.pinned));
    table.spent.set_value(false);
    if event.button() == 0 && !pinned && table.may_change() {
        table.pressed.set_value(Some((entry, event.client_x(), event.client_y())));
        // Now, not while dragging: what is above the map must not move it under the pointer.
        table.preview.set(None);
    }
}

fn moved(table: Table, event: &PointerEvent) {
    let Some((entry, x, y)) = table.pressed.get_value() else { return };
    let at = (event.client_x(), event.client_y());
    let begun = table.drag.with_untracked(Option::is_some);
    if !begun && (at.0 - x).abs().max((at.1 - y).abs()) < SLACK {
        return;
    }
    if !begun {
        table.spent.set_value(true);
        table.message.set(None);
    }
    event.prevent_default();
    let (over, tray) = under(at);
    table.drag.set(Some(Drag { entry, at, over, tray }));
    table.asked.set(over);
}

/// Lets go: onto a stall, into the tray, or nowhere.
fn up(table: Table) {
    table.pressed.set_value(None);
    let Some(drag) = table.drag.get_untracked() else { return };
    table.drag.set(None);
    table.asked.set(None);
    if let Some(stall) = drag.over {
        table.put(drag.entry, Some(stall));
    } else if drag.tray {
        table.put(drag.entry, None);
    }
}

fn cancel(table: Table) {
    table.pressed.set_value(None);
    table.drag.set(None);
}

/// Follows a press wherever the pointer goes.
fn watch(table: Table) {
    let listeners = [
        window_event_listener(ev::pointermove, move |event| moved(table, &event)),
        window_event_listener(ev::pointerup, move |_| up(table)),
        window_event_listener(ev::pointercancel, move |_| cancel(table)),
        window_event_listener(ev::keydown, move |event| {
            if event.key() == "Escape" {
                cancel(table);
                table.picked.set(None);
                table.asked.set(None);
                table.preview.set(None);
            }
        }),
    ];
    on_cleanup(move || listeners.into_iter().for_each(leptos::prelude::WindowListenerHandle::remove));
}

/// The stall under a point of the window, and whether the tray is.
fn under((x, y): (i32, i32)) -> (Option<StallId>, bool) {
    let Some(element) = document().element_from_point(x as f32, y as f32) else { return (None, false) };
    let above = |selector| element.closest(selector).ok().flatten();
    let stall = above("[data-stall]")
        .and_then(|plate| plate.get_attribute("data-stall"))
        .and_then(|id| id.parse().ok());
    (stall, above("[data-tray]").is_some())
}

/// What hangs at the pointer.
pub(super) fn ghost(table: Table) -> impl IntoView {
    watch(table);
    let view = move |drag: Drag| {
        let (name, zone) = table.board.with(|board| {
            let entry = board.entry(drag.entry);
            entry.map(|entry| (entry.name.clone(), entry.zone.clone())).unwrap_or_default()
        });
        let (class, letter) = seal(&zone);
        let class = format!("ghost {class}");
        view! {
            <svg class=class aria-hidden="true">
                <g transform=format!("translate({} {})", drag.at.0 - 24, drag.at.1 - ABOVE)>
                    <rect class="paper" width="152" height="40" rx="8"/>
                    <rect class="mark" x="10" y="10" width="20" height="20" rx="4"/>
                    <text class="letter" x="20" y="25">{letter}</text>
                    <text class="name" x="40" y="25">{name}</text>
                </g>
            </svg>
        }
    };
    move || table.drag.get().map(view)
}
