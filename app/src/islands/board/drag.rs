//! Dragging by mouse, pen or finger: from the tray onto a stall, between stalls, back into the tray.

use kaishi_domain::{EntryId, StallId};
use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use leptos::web_sys::{Element, PointerEvent};

use crate::islands::board::table::Table;

/// Pixels before a press becomes a drag.
const SLACK: i32 = 6;

/// What is being dragged and what lies under it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Drag {
    pub(super) entry: EntryId,
    at: (i32, i32),
    /// The stall under the pointer.
    pub(super) over: Option<StallId>,
    tray: bool,
}

/// A press on a card or a plate that may become a drag.
#[derive(Clone, Copy)]
pub(super) struct Press {
    table: Table,
    from: StoredValue<Option<(EntryId, i32, i32)>>,
    /// The press was a drag: the click that follows it means nothing.
    spent: StoredValue<bool>,
}

impl Press {
    pub(super) fn new(table: Table) -> Self {
        Self { table, from: StoredValue::new(None), spent: StoredValue::new(false) }
    }

    /// Begins to watch a press on something that stands for `entry`.
    pub(super) fn down(self, entry: EntryId, event: &PointerEvent) {
        let pinned = self.table.board.with_untracked(|b| b.held_by(entry).is_some_and(|held| held.pinned));
        self.spent.set_value(false);
        if event.button() != 0 || pinned || !self.table.may_change() {
            return;
        }
        self.from.set_value(Some((entry, event.client_x(), event.client_y())));
    }

    pub(super) fn moved(self, event: &PointerEvent) {
        let Some((entry, x, y)) = self.from.get_value() else { return };
        let at = (event.client_x(), event.client_y());
        let begun = self.table.drag.with_untracked(Option::is_some);
        if !begun && (at.0 - x).abs().max((at.1 - y).abs()) < SLACK {
            return;
        }
        if !begun {
            capture(event);
            self.spent.set_value(true);
            self.table.preview.set(None);
            self.table.message.set(None);
        }
        event.prevent_default();
        let (over, tray) = under(at);
        self.table.drag.set(Some(Drag { entry, at, over, tray }));
        self.table.asked.set(over);
    }

    /// Lets go: onto a stall, into the tray, or nowhere.
    pub(super) fn up(self) {
        self.from.set_value(None);
        let Some(drag) = self.table.drag.get_untracked() else { return };
        self.table.drag.set(None);
        if let Some(stall) = drag.over {
            self.table.put(drag.entry, Some(stall));
        } else if drag.tray {
            self.table.put(drag.entry, None);
        }
    }

    pub(super) fn cancel(self) {
        self.from.set_value(None);
        self.table.drag.set(None);
    }

    /// Whether the click that has come ends a drag.
    pub(super) fn is_spent(self) -> bool {
        self.spent.get_value()
    }
}

fn capture(event: &PointerEvent) {
    let target = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
    if let Some(element) = target {
        // A pointer that is gone by now needs no capture.
        let _ = element.set_pointer_capture(event.pointer_id());
    }
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

/// What hangs at the pointer. Escape lets it go.
pub(super) fn ghost(table: Table) -> impl IntoView {
    let escape = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" {
            table.drag.set(None);
            table.picked.set(None);
            table.preview.set(None);
        }
    });
    on_cleanup(move || escape.remove());
    let view = move |drag: Drag| {
        let (name, zone) = table.board.with(|board| {
            let entry = board.entry(drag.entry);
            entry.map(|entry| (entry.name.clone(), entry.zone.clone())).unwrap_or_default()
        });
        let class = format!("ghost {}", crate::parts::map::zone_class(&zone));
        view! {
            <svg class=class aria-hidden="true">
                <g transform=format!("translate({} {})", drag.at.0 - 24, drag.at.1 - 44)>
                    <rect class="paper" width="152" height="40" rx="8"/>
                    <rect class="seal" x="10" y="10" width="20" height="20" rx="4"/>
                    <text class="letter" x="20" y="25">{zone}</text>
                    <text class="name" x="40" y="25">{name}</text>
                </g>
            </svg>
        }
    };
    move || table.drag.get().map(view)
}
