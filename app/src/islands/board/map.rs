//! The stalls on their ground: who stands there, or what the stall would be to the unit that is chosen.

use kaishi_domain::layout::drawing::{Plate, Side};
use kaishi_domain::{EntryId, StallId};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::web_sys::PointerEvent;

use crate::islands::board::drag;
use crate::islands::board::face::{Face, face};
use crate::islands::board::table::Table;
use crate::parts::map as part;
use crate::parts::{Icon, icon};
use crate::words::board::minus;

/// A flight of steps, from its foot.
const STEPS: &str = "M0 0H4V-3.5H8V-7H12";

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
        // The ground beside the view is left out: it would be cut off wherever the page ends.
        let mut ground = part::defs_markup(&drawing.outlines);
        ground
            .open("clipPath", &[("id", &"map-frame")])
            .add("rect", &[("x", &x), ("y", &y), ("width", &w), ("height", &h)])
            .close("clipPath")
            .open("g", &[("clip-path", &"url(#map-frame)")])
            .join(&part::ground_markup(&drawing.ground, &format!("/m/{}/photo", table.market)))
            .close("g");
        // On a long ground letters grow and the units' names give way.
        let class = if w > WIDE { "map wide" } else { "map" };
        Some(
            view! {
                <svg class=class viewBox=format!("{x} {y} {w} {h}") role="group" aria-label=words.map()>
                    {ground.group()}
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
            <li class="yes"><svg viewBox="0 0 18 14" width="18" height="14"><rect x="1" y="1" width="16" height="12" rx="2"/></svg><span>{words.legend_yes()}<span class="more">{words.legend_points()}</span></span></li>
            <li class="no"><svg viewBox="0 0 18 14" width="18" height="14"><rect x="1" y="1" width="16" height="12" rx="2"/></svg><span>{words.legend_no()}<span class="more">{words.legend_reason()}</span></span></li>
            <li class="held"><svg viewBox="0 0 18 14" width="18" height="14"><rect x="1" y="1" width="16" height="12" rx="2"/></svg>{words.legend_held()}</li>
            <li>{icon(Icon::Pin)}{words.legend_pinned()}</li>
            {move || table.board.with(|board| board.spots.iter().any(|spot| !spot.step_free)).then(|| view! {
                <li class="steps"><svg viewBox="0 0 18 14" width="18" height="14"><path d=STEPS transform="translate(2 12)"/></svg>{words.legend_steps()}</li>
            })}
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
    let down = move |event: PointerEvent| {
        if let Some(entry) = face.get_untracked().entry {
            drag::down(table, entry, &event);
        }
    };
    let (zone, frame) = (part::zone_class(&plate.zone), part::frame(&plate));
    let class = move || {
        let asked = if table.question.get() == Some(id) { " asked" } else { "" };
        format!("plate {zone} {}{asked}", face.get().class)
    };
    view! {
        <g
            class=class
            transform=frame
            data-stall=id.to_string()
            role="button"
            tabindex="0"
            aria-label=move || face.get().spoken
            on:click=move |_| if !table.spent.get_value() { choose() }
            on:keydown=key
            on:pointerdown=down
            on:pointerenter=move |_| if table.picked.with_untracked(Option::is_some) { table.asked.set(Some(id)) }
        >
            {inner(table, plate, face)}
        </g>
    }
}

/// A plate's counter edge, number and words.
fn inner(table: Table, plate: Plate, face: Memo<Face>) -> impl IntoView {
    let (left, top) = (-plate.w / 2.0, -plate.h / 2.0);
    let [x, y, w, h] = plate.counter_edge();
    let inset = |side| if plate.counter == side { 5.0 } else { 0.0 };
    let (no_x, no_y) = (left + 7.0 + inset(Side::Left), top + 22.0 + inset(Side::Top));
    let (middle_x, middle_y) = ((inset(Side::Left) - inset(Side::Right)) / 2.0, no_y + 19.0);
    let middle = move || match face.get().points {
        Some(points) => view! {
            <text class="points" x=left + 7.0 y=middle_y + 2.0>
                {minus(points)}<tspan class="small">{table.words().points()}</tspan>
            </text>
        }
        .into_any(),
        None => view! { <text class="name" x=middle_x y=middle_y>{face.get().middle}</text> }.into_any(),
    };
    let (id, foot) = (plate.stall, plate.h / 2.0 - 6.0 - inset(Side::Bottom));
    let stepped = move || table.board.with(|board| board.spot(id).is_some_and(|spot| !spot.step_free));
    let steps_at = format!("translate({} {foot})", -left - 18.0 - inset(Side::Right));
    let steps = move || stepped().then(|| view! { <path class="steps" transform=steps_at.clone() d=STEPS/> });
    let (corner_x, zone) = (-left - 7.0 - inset(Side::Right), plate.zone.clone());
    let corner = move || {
        if face.get().pinned {
            let place = format!("translate({} {}) scale(.62)", corner_x - 14.0, no_y - 16.0);
            view! { <path class="pin" transform=place d="M9 3h6l-1 6 3 4H7l3-4zM12 13v8"/> }.into_any()
        } else {
            view! { <text class="letter" x=corner_x y=no_y - 1.0>{zone.clone()}</text> }.into_any()
        }
    };
    let (wide, deep) = (plate.w, plate.h);
    let hatched = move || {
        face.get().class.ends_with("kept").then(|| {
            view! { <rect class="hatched" x=left y=top width=wide height=deep rx="3" fill="url(#map-hatch)"/> }
        })
    };
    let flag = move || {
        let flag = face.get().flag;
        (!flag.is_empty()).then(|| {
            view! {
                <text class="flag" x=corner_x - 13.0 y=no_y - 1.0>{flag}</text>
                <text class="lone-flag" x="0" y=-top - 5.0>{flag}</text>
            }
        })
    };
    view! {
        <rect class="face" x=left y=top width=plate.w height=plate.h rx="3"/>
        {hatched}
        <rect class="edge" x=x y=y width=w height=h rx="1.5"/>
        <rect class="pattern" x=x y=y width=w height=h fill=part::pattern(&plate.zone)/>
        <text class="no" x=no_x y=no_y>{plate.no.clone()}</text>
        {corner}
        {flag}
        {steps}
        {middle}
        <text class="lone-no" x="0" y="0" dy="0.35em">{plate.no}</text>
        <text class="unit" x="0" y=-top + 14.0>{move || face.get().below}</text>
    }
}

/// A stall was chosen: with a unit in hand a free one takes it and a taken one is asked about; else whoever
/// stands there is chosen, and a free one tells what it is.
fn press_stall(table: Table, stall: StallId, holder: Option<EntryId>) {
    match (table.picked.get_untracked(), holder) {
        (Some(picked), Some(holder)) if picked == holder => table.pick(picked),
        (Some(_), Some(_)) => table.asked.set(Some(stall)),
        (Some(picked), None) if table.may_change() => table.put(picked, Some(stall)),
        (None, None) => {
            let again = table.asked.get_untracked() == Some(stall);
            table.message.set(None);
            table.asked.set((!again).then_some(stall));
        }
        (None, Some(holder)) => {
            table.pick(holder);
            table.asked.set(Some(stall));
        }
        _ => {}
    }
}
