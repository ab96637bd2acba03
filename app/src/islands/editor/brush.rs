//! What a drawing tool asks before it draws, and the way to do the same by typing.

use kaishi_domain::geometry::Point;
use kaishi_domain::layout::place::Hand;
use leptos::ev::Event;
use leptos::prelude::*;

use super::model::{Model, Tool};
use crate::islands::canvas::figure;

pub(super) fn brush(model: Model) -> impl IntoView {
    move || {
        let content = match model.tool.get() {
            Tool::Row => row(model).into_any(),
            Tool::Fill => fill(model).into_any(),
            Tool::Place => view! { {zones(model)} <p class="note">{model.words.place_how()}</p> }.into_any(),
            Tool::Measure => view! { <p class="note">{model.words.measure_how()}</p> }.into_any(),
            Tool::Select | Tool::Pan => return None,
        };
        Some(view! { <div class="brush" role="group" aria-label=model.words.brush()>{content}</div> })
    }
}

/// The slogan zone of what comes.
fn zones(model: Model) -> impl IntoView {
    let now = model.brush.with_untracked(|brush| brush.zone.clone());
    let options = model.zones.with_value(|zones| {
        zones
            .iter()
            .map(|zone| view! { <option value=zone.letter.clone() selected=zone.letter == now>{format!("{} {}", zone.letter, zone.name)}</option> })
            .collect_view()
    });
    let set = move |event: Event| model.brush.update(|brush| brush.zone = event_target_value(&event));
    view! { <label><span>{model.words.zone()}</span><select on:change=set>{options}</select></label> }
}

fn gap(model: Model) -> impl IntoView {
    let now = model.brush.with_untracked(|brush| brush.gap);
    let set = move |event: Event| {
        if let Some(gap) = figure(&event_target_value(&event)) {
            model.brush.update(|brush| brush.gap = gap.clamp(0.0, 20.0));
        }
    };
    view! {
        <label><span>{model.words.gap()}</span>
            <input type="number" inputmode="decimal" min="0" max="20" step="0.1" value=now on:change=set/>
        </label>
    }
}

/// A row: between two places that are drawn or typed.
fn row(model: Model) -> impl IntoView {
    let words = model.words;
    let middle = model.camera.get_untracked().map_or(Point::default(), |camera| {
        let (wide, high) = camera.size();
        model.snapped_at(camera.ground((wide / 2.0, high / 2.0)))
    });
    let ends = RwSignal::new([middle.x, middle.y, middle.x + 10.0, middle.y]);
    let field = move |at: usize, name: &'static str| {
        let set = move |event: Event| {
            if let Some(metres) = figure(&event_target_value(&event)) {
                ends.update(|ends| ends[at] = metres);
            }
        };
        view! { <label><span>{name}</span><input type="number" inputmode="decimal" step="0.1" value=ends.get_untracked()[at] on:change=set/></label> }
    };
    let other = move |event: Event| {
        let hand = if event_target_value(&event) == "left" { Hand::Left } else { Hand::Right };
        model.brush.update(|brush| brush.hand = hand);
    };
    let left = model.brush.with_untracked(|brush| brush.hand == Hand::Left);
    let go = move |_| {
        let [x1, y1, x2, y2] = ends.get_untracked();
        model.stand(&model.row(Point::new(x1, y1), Point::new(x2, y2)));
        model.tool.set(Tool::Select);
    };
    view! {
        {zones(model)}
        {gap(model)}
        <label><span>{words.counters()}</span>
            <select on:change=other>
                <option value="right" selected=!left>{words.right_hand()}</option>
                <option value="left" selected=left>{words.left_hand()}</option>
            </select>
        </label>
        <details>
            <summary>{words.type_it()}</summary>
            <div class="ends">
                {field(0, "X")} {field(1, "Y")} {field(2, "X₂")} {field(3, "Y₂")}
                <button type="button" class="small" on:click=go>{words.set_row()}</button>
            </div>
        </details>
        <p class="note">{words.row_how()}</p>
    }
}

/// An area: a rectangle that is drawn, or all of an area of the ground.
fn fill(model: Model) -> impl IntoView {
    let words = model.words;
    let facing = model.brush.with_untracked(|brush| brush.facing);
    let sides = [270.0, 90.0, 0.0, 180.0].map(|side| {
        view! { <option value=side.to_string() selected=(side - facing).abs() < 1.0>{words.sky(side)}</option> }
    });
    let set = move |event: Event| {
        if let Some(side) = figure(&event_target_value(&event)) {
            model.brush.update(|brush| brush.facing = side);
        }
    };
    let pair = move |event: Event| {
        let paired = event_target_checked(&event);
        model.brush.update(|brush| brush.paired = paired);
    };
    let paired = model.brush.with_untracked(|brush| brush.paired);
    let areas = model.ground.with_value(|ground| ground.zones.clone());
    let whole = areas
        .into_iter()
        .map(|area| {
            let (name, polygon) = (words.fill_all(&area.name), area.polygon);
            let go = move |_| {
                model.stand(&model.fill(&polygon, polygon.centroid()));
                model.tool.set(Tool::Select);
            };
            view! { <button type="button" class="small" on:click=go>{name}</button> }
        })
        .collect_view();
    view! {
        {zones(model)}
        {gap(model)}
        <label><span>{words.facing()}</span><select on:change=set>{sides.into_iter().collect_view()}</select></label>
        <label class="check"><input type="checkbox" checked=paired on:change=pair/><span>{words.paired()}</span></label>
        <div class="verbs-row">{whole}</div>
        <p class="note">{words.fill_how()}</p>
    }
}
