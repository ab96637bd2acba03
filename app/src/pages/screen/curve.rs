//! The morning as a line that rises, beside last Saturday and the middle of the season: three dashes, three names.

use leptos::prelude::*;

use crate::islands::screen::{LINES, TICKS};
use crate::pages::still::Still;
use crate::words::screen::Screen;

/// Classes of the lines; a dash of its own each, so that colour is never needed.
const CLASSES: [&str; 3] = ["line", "line last", "line middle"];

/// The block.
pub(super) fn curve(words: Screen, still: &Still) -> impl IntoView + use<> {
    let names = [words.today(), words.last(), words.middle()];
    // The last is drawn first: today lies on top.
    let lines = [2, 1, 0].map(|nth: usize| line(still, LINES[nth], CLASSES[nth], names[nth])).collect_view();
    let ticks = (0..TICKS).map(|nth| tick(still, nth)).collect_view();
    let (cx, cy) = (still.attr("tip", "cx"), still.attr("tip", "cy"));
    view! {
        <div class="curve">
            <h2>{words.curve()}<span class="growth" data-live="growth" hidden=still.hidden("growth")>{words.than_last()}" "<strong data-live="growth.n">{still.text("growth.n")}</strong></span></h2>
            <svg viewBox=still.attr("curve", "viewBox") data-live="curve" role="img" aria-label=words.curve()>
                <path class="axis" data-live="axis" d=still.attr("axis", "d")/>
                {ticks}
                {lines}
                <circle class="tip" data-live="tip" r="80" cx=cx cy=cy/>
            </svg>
        </div>
    }
}

fn line(still: &Still, mark: &'static str, class: &'static str, name: &'static str) -> impl IntoView + use<> {
    let called = format!("{mark}.name");
    let (x, y, hidden) = (still.attr(&called, "x"), still.attr(&called, "y"), still.hidden(&called));
    view! {
        <polyline class=class data-live=mark points=still.attr(mark, "points")/>
        <text class=class.replace("line", "called") data-live=called x=x y=y hidden=hidden>{name}</text>
    }
}

fn tick(still: &Still, nth: usize) -> impl IntoView + use<> {
    let (mark, name) = (format!("hour-{nth}"), format!("hour-{nth}.n"));
    let (place, hidden, hour) = (still.attr(&mark, "transform"), still.hidden(&mark), still.text(&name));
    view! {
        <g data-live=mark transform=place hidden=hidden>
            <path class="tick" d="M0 0v60"/>
            <text class="hour" data-live=name y="340">{hour}</text>
        </g>
    }
}
