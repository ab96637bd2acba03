//! A map with a mark on one stall: you are here.

use kaishi_domain::StallId;
use kaishi_domain::layout::drawing::Drawing;
use leptos::prelude::*;

use crate::parts::map::{defs, frame, ground, plate};

/// A whole map as [`crate::parts::map::map`] draws it, and a pin at a stall.
pub fn map_at(drawing: &Drawing, title: &str, photos: &str, here: StallId) -> impl IntoView + use<> {
    let [x, y, w, h] = drawing.view;
    let plates = drawing.plates.iter().map(plate).collect_view();
    let mark = drawing.plates.iter().find(|plate| plate.stall == here).map(|plate| {
        let (left, top) = (-plate.w / 2.0 - 6.0, -plate.h / 2.0 - 6.0);
        view! {
            <g class="here-mark" transform=frame(plate)>
                <rect x=left y=top width=plate.w + 12.0 height=plate.h + 12.0 rx="7"/>
                <path d=format!("M0 {top}l-13 -20a15 15 0 1 1 26 0Z")/>
                <circle cx="0" cy=top - 27.0 r="5"/>
            </g>
        }
    });
    view! {
        <svg class="map" viewBox=format!("{x} {y} {w} {h}") role="img" aria-label=title.to_owned()>
            {defs(&drawing.outlines)}
            {ground(&drawing.ground, photos)}
            {plates}
            {mark}
        </svg>
    }
}
