//! The stalls on their ground: who stands there, or what the stall would be to the unit that is chosen.

use kaishi_domain::layout::drawing::{Plate, Side, fit};
use kaishi_domain::{EntryId, StallId};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::islands::board::drag;
use crate::islands::board::table::{Table, Verdict};
use crate::parts::map as part;
use crate::parts::{Icon, icon};

/// A view wider than this many map units is wide.
const WIDE: f64 = 1000.0;

/// The map with its legend.
pub(super) fn map(table: Table) -> impl IntoView {
    let words = table.words();
    let message = move || {
        let text = table.message.get()?;
        Some(view! { <p class="message" role="alert">{icon(Icon::Alert)}{text}</p> })
    };
    let svg = move || {
        let drawing = table.drawing.get()?;
        if drawing.plates.is_empty() {
            let href = format!("/o/m/{}/layout", table.market);
            return Some(
                view! {
                    <p class="standby">{words.no_stalls()}" "<a href=href>{words.draw_stalls()}</a></p>
                }
                .into_any(),
            );
        }
        let [x, y, w, h] = drawing.view;
        let plates = drawing.plates.iter().map(|plate| stall(table, plate.clone())).collect_view();
        let bottom = y + h;
        // On a long ground letters grow and the units' names give way.
        let class = if w > WIDE { "map wide" } else { "map" };
        Some(
            view! {
                <svg class=class viewBox=format!("{x} {y} {w} {h}") role="group" aria-label=words.map()>
                    {part::defs(&drawing.outlines)}
                    {part::ground(&drawing.ground)}
                    {leader(table, drawing.plates.clone(), bottom)}
                    {plates}
                </svg>
            }
            .into_any(),
        )
    };
    view! {
        <div class="mapview">
            {legend(table)}
            {message}
            {svg}
        </div>
    }
}

fn legend(table: Table) -> impl IntoView {
    let words = table.words();
    view! {
        <ul class="legend" aria-hidden="true">
            <li class="yes"><svg viewBox="0 0 18 14" width="18" height="14"><rect x="1" y="1" width="16" height="12" rx="2"/></svg>{words.legend_yes()}</li>
            <li class="no"><svg viewBox="0 0 18 14" width="18" height="14"><rect x="1" y="1" width="16" height="12" rx="2"/></svg>{words.legend_no()}</li>
            <li class="held"><svg viewBox="0 0 18 14" width="18" height="14"><rect x="1" y="1" width="16" height="12" rx="2"/></svg>{words.legend_held()}</li>
            <li>{icon(Icon::Pin)}{words.legend_pinned()}</li>
        </ul>
    }
}

/// From the stall in question to the answer below the map.
fn leader(table: Table, plates: Vec<Plate>, bottom: f64) -> impl IntoView {
    move || {
        let asked = table.question.get()?;
        let plate = plates.iter().find(|plate| plate.stall == asked)?;
        let top = plate.y + plate.h / 2.0;
        Some(view! { <path class="leader" d=format!("M{} {top}V{bottom}", plate.x)/> })
    }
}

/// What a plate shows.
#[derive(Clone, PartialEq, Debug)]
struct Face {
    class: &'static str,
    middle: String,
    points: Option<i64>,
    below: String,
    pinned: bool,
    entry: Option<EntryId>,
    spoken: String,
}

fn face(table: Table, plate: &Plate) -> Face {
    let (lang, words) = (table.lang, table.words());
    let letters = |units: f64, size: f64| (units / size).floor().max(1.0) as usize;
    let inside = letters(plate.w - 8.0, 12.0);
    table.board.with(|board| {
        let shown = table.preview.with(|preview| {
            let placed = preview.as_ref()?.placements.iter().find(|at| at.stall == plate.stall)?;
            let same = board.held_at(plate.stall).is_some_and(|held| held.entry == placed.entry);
            (!same).then_some((placed.entry, placed.points))
        });
        let holder = board.held_at(plate.stall);
        let entry = holder.and_then(|held| board.entry(held.entry));
        let name = entry.map(|entry| entry.name.clone()).unwrap_or_default();
        let unit = entry.map(|entry| match entry.unit_name.as_str() {
            "" => words.open_unit().to_owned(),
            unit => unit.to_owned(),
        });
        let free = format!("{} · {}", words.free(), plate.zone);
        let mut face = Face {
            class: if holder.is_some() { "held" } else { "free" },
            middle: fit(&name, inside),
            points: None,
            below: fit(unit.as_deref().unwrap_or(&free), letters(plate.w + 14.0, 11.5)),
            pinned: holder.is_some_and(|held| held.pinned),
            entry: holder.map(|held| held.entry),
            spoken: format!("{} {}", plate.no, if name.is_empty() { words.free() } else { &name }),
        };
        if let Some((coming, points)) = shown {
            let name = board.entry(coming).map(|entry| entry.name.clone()).unwrap_or_default();
            face.class = "next";
            face.below = format!("+{points}");
            face.middle = fit(&name, inside);
            return face;
        }
        table.verdicts.with(|verdicts| match verdicts.get(&plate.stall) {
            Some(Verdict::Here) => face.class = "held here",
            Some(Verdict::Yes(points)) if holder.is_none() => {
                face.class = "yes";
                face.points = Some(*points);
                face.spoken = format!("{}，{points} {}", face.spoken, words.points());
            }
            Some(Verdict::Yes(_)) => face.class = "held swap",
            Some(verdict @ Verdict::No(_)) if holder.is_none() => {
                let reason = verdict.short(lang).unwrap_or_default();
                face.class = "no";
                face.middle = format!("✕ {reason}");
                face.spoken = format!("{}，{reason}", face.spoken);
            }
            _ => {}
        });
        face
    })
}

/// With a proper minus.
fn signed(points: i64) -> String {
    points.to_string().replace('-', "−")
}

fn stall(table: Table, plate: Plate) -> impl IntoView {
    let id = plate.stall;
    let face = {
        let plate = plate.clone();
        Memo::new(move |_| face(table, &plate))
    };
    let choose = move || press_stall(table, id, face.get_untracked().entry);
    let key = move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            choose();
        }
    };
    let class = {
        let zone = part::zone_class(&plate.zone);
        move || {
            let asked = if table.question.get() == Some(id) { " asked" } else { "" };
            format!("plate {zone} {}{asked}", face.get().class)
        }
    };
    let (left, top) = (-plate.w / 2.0, -plate.h / 2.0);
    let [x, y, w, h] = plate.counter_edge();
    let inset = |side| if plate.counter == side { 5.0 } else { 0.0 };
    let no_y = top + 22.0 + inset(Side::Top);
    let middle_y = no_y + 19.0;
    let shift = (inset(Side::Left) - inset(Side::Right)) / 2.0;
    let text = move || {
        match face.get() {
        Face { points: Some(points), .. } => {
            view! { <text class="points" x=left + 7.0 y=middle_y + 2.0>{signed(points)}<tspan class="small">{table.words().points()}</tspan></text> }
                .into_any()
        }
        Face { middle, .. } => view! { <text class="name" x=shift y=middle_y>{middle}</text> }.into_any(),
    }
    };
    let corner = {
        let zone = plate.zone.clone();
        let (x, y) = (-left - 7.0 - inset(Side::Right), no_y);
        move || {
            if face.get().pinned {
                view! { <path class="pin" transform=format!("translate({} {}) scale(.62)", x - 14.0, y - 16.0) d="M9 3h6l-1 6 3 4H7l3-4zM12 13v8"/> }.into_any()
            } else {
                view! { <text class="letter" x=x y=y - 1.0>{zone.clone()}</text> }.into_any()
            }
        }
    };
    view! {
        <g
            class=class
            transform=part::frame(&plate)
            data-stall=id.to_string()
            role="button"
            tabindex="0"
            aria-label=move || face.get().spoken
            on:click=move |_| if !table.spent.get_value() { choose() }
            on:keydown=key
            on:pointerdown=move |event| if let Some(entry) = face.get_untracked().entry { drag::down(table, entry, &event) }
            on:pointerenter=move |_| if table.picked.with_untracked(Option::is_some) { table.asked.set(Some(id)) }
        >
            <rect class="face" x=left y=top width=plate.w height=plate.h rx="3"/>
            <rect class="edge" x=x y=y width=w height=h rx="1.5"/>
            <text class="no" x=left + 7.0 + inset(Side::Left) y=no_y>{plate.no.clone()}</text>
            {corner}
            {text}
            <text class="lone-no" x="0" y="0" dy="0.35em">{plate.no.clone()}</text>
            <text class="unit" x="0" y=-top + 14.0>{move || face.get().below}</text>
        </g>
    }
}

/// A stall was chosen: with a unit in hand a free one takes it and a taken one is asked about; else whoever
/// stands there is chosen.
fn press_stall(table: Table, stall: StallId, holder: Option<EntryId>) {
    match (table.picked.get_untracked(), holder) {
        (Some(picked), Some(holder)) if picked == holder => table.pick(picked),
        (Some(_), Some(_)) => table.asked.set(Some(stall)),
        (Some(picked), None) if table.may_change() => table.put(picked, Some(stall)),
        (None, Some(holder)) => {
            table.pick(holder);
            table.asked.set(Some(stall));
        }
        _ => {}
    }
}
