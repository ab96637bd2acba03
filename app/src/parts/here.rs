//! A map with a mark on one stall: you are here.

use kaishi_domain::StallId;
use kaishi_domain::layout::drawing::Drawing;
use leptos::prelude::*;

use crate::parts::map::{frame, plate, whole};

/// A whole map as [`crate::parts::map::map`] draws it, and a pin at a stall.
pub fn map_at(drawing: &Drawing, title: &str, photos: &str, here: StallId) -> impl IntoView + use<> {
    let [x, y, w, h] = drawing.view;
    let mut content = whole(drawing, photos);
    for one in &drawing.plates {
        plate(&mut content, one);
    }
    if let Some(plate) = drawing.plates.iter().find(|plate| plate.stall == here) {
        let (left, top) = (-plate.w / 2.0 - 6.0, -plate.h / 2.0 - 6.0);
        let (w, h) = (plate.w + 12.0, plate.h + 12.0);
        content.open("g", &[("class", &"here-mark"), ("transform", &frame(plate))]);
        content.add("rect", &[("x", &left), ("y", &top), ("width", &w), ("height", &h), ("rx", &7)]);
        content.add("path", &[("d", &format_args!("M0 {top}l-13 -20a15 15 0 1 1 26 0Z"))]);
        content.add("circle", &[("cx", &0), ("cy", &(top - 27.0)), ("r", &5)]).close("g");
    }
    view! {
        <svg class="map" viewBox=format!("{x} {y} {w} {h}") role="img" aria-label=title.to_owned()>{content.group()}</svg>
    }
}
