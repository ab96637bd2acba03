//! A difference between two layouts as a picture: dashed where a stall stood, an arrow to where it stands.

use kaishi_domain::layout::drawing::{Drawing, Label, Plate};
use kaishi_domain::layout::{Diff, Stall};
use leptos::prelude::*;

use crate::parts::Markup;
use crate::parts::map::{defs, frame, ground, plate};

/// Shorter moves than this get no arrow: it would be all head, in map units.
const SHORT: f64 = 16.0;

/// The draft's drawing with what is different from an earlier version laid over it.
pub fn change(drawing: &Drawing, diff: &Diff, title: &str, photos: &str) -> impl IntoView + use<> {
    let [x, y, w, h] = drawing.view;
    let touched = |plate: &&Plate| diff.steps().any(|(id, ..)| id == plate.stall);
    let (new, same): (Vec<&Plate>, Vec<&Plate>) = drawing.plates.iter().partition(touched);
    let drawn = |plates: Vec<&Plate>| {
        let mut markup = Markup::default();
        for one in plates {
            plate(&mut markup, one);
        }
        markup.group()
    };
    let (same, new) = (drawn(same), drawn(new));
    let ghosts =
        diff.steps().filter_map(|(_, was, is)| was.map(|was| ghost(was, is.is_none()))).collect_view();
    let marks = diff.steps().filter_map(|(_, was, is)| Some(mark(was, is?))).collect_view();
    view! {
        <svg class="map change" viewBox=format!("{x} {y} {w} {h}") role="img" aria-label=title.to_owned()>
            {defs(&drawing.outlines)}
            <defs>
                <marker id="change-head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="12" markerHeight="12" markerUnits="userSpaceOnUse" orient="auto">
                    <path class="head" d="M0 0L10 5L0 10Z"/>
                </marker>
            </defs>
            {ground(&drawing.ground, photos)}
            <g class="same">{same}</g>
            {ghosts}
            {new}
            {marks}
        </svg>
    }
}

/// Where a stall stood; crossed out where it is gone.
fn ghost(stall: &Stall, gone: bool) -> impl IntoView + use<> {
    let was = Plate::of(stall, &Label::default());
    let (left, top) = (-was.w / 2.0, -was.h / 2.0);
    let cross = gone.then(|| {
        let d = format!("M{left} {top}L{} {}M{left} {1}L{0} {top}", -left, -top);
        view! { <path class="cross" d=d/> }
    });
    view! {
        <g class="ghost" transform=frame(&was)>
            <rect x=left y=top width=was.w height=was.h rx="3"/>
            {cross}
            <text x="0" y="0" dy="0.35em">{was.no.clone()}</text>
        </g>
    }
}

/// A ring round a new stall, an arrow to a moved one.
fn mark(was: Option<&Stall>, is: &Stall) -> AnyView {
    let now = Plate::of(is, &Label::default());
    let ring = |class| {
        let (left, top) = (-now.w / 2.0 - 5.0, -now.h / 2.0 - 5.0);
        view! {
            <g transform=frame(&now)>
                <rect class=class x=left y=top width=now.w + 10.0 height=now.h + 10.0 rx="6"/>
            </g>
        }
        .into_any()
    };
    let Some(was) = was.map(|was| Plate::of(was, &Label::default())) else { return ring("ring-added") };
    if (now.x - was.x).hypot(now.y - was.y) < SHORT {
        return ring("ring-changed");
    }
    view! {
        <line class="arrow" x1=was.x y1=was.y x2=now.x y2=now.y marker-end="url(#change-head)"/>
    }
    .into_any()
}
