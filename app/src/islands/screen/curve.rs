//! The morning as a line that rises, beside last Saturday and the middle of the season: three dashes, three names.

use kaishi_domain::course::Past;
use leptos::prelude::*;

use super::chart::{self, Chart, Hours, WIDE};
use super::live::Live;

/// Classes of the lines; a dash of its own each, so that colour is never needed.
const CLASSES: [&str; 3] = ["line", "line last", "line middle"];

/// The block.
pub(super) fn curve(live: Live, past: Past, hours: Hours) -> impl IntoView {
    let words = live.words;
    let drawn = Memo::new(move |_| live.seen.with(|seen| chart::chart(seen, &past, hours)));
    let names = [words.today(), words.last(), words.middle()];
    // The last is drawn first: today lies on top.
    let lines = [2, 1, 0].map(|nth: usize| line(drawn, nth, names[nth]));
    let high = Memo::new(move |_| drawn.with(|drawn| drawn.high));
    let ticks = Memo::new(move |_| drawn.with(|drawn| (drawn.high, drawn.hours.clone())));
    let ticks = move || {
        let (high, hours) = ticks.get();
        hours.into_iter().map(|hour| tick(high, hour)).collect_view()
    };
    let growth = move || drawn.with(|drawn| drawn.growth.map(|n| format!("{n:+}%")).unwrap_or_default());
    let tip = move || drawn.with(|drawn| drawn.tip);
    view! {
        <div class="curve">
            <h2>{words.curve()}<span class="growth" hidden=move || growth().is_empty()>{words.than_last()}" "<strong>{growth}</strong></span></h2>
            <svg viewBox=move || format!("-34 -26 {} {}", WIDE + 170.0, high.get() + 66.0) role="img" aria-label=words.curve()>
                <path class="axis" d=move || format!("M0 {}H{WIDE}", high.get())/>
                {ticks}
                {lines}
                <circle class="tip" r="8" cx=move || tip().0.to_string() cy=move || tip().1.to_string()/>
            </svg>
        </div>
    }
}

fn line(drawn: Memo<Chart>, nth: usize, name: &'static str) -> impl IntoView {
    let at = move || drawn.with(|drawn| drawn.names[nth]);
    let place = move || at().unwrap_or_default();
    view! {
        <polyline class=CLASSES[nth] points=move || drawn.with(|drawn| drawn.lines[nth].clone())/>
        <text class=CLASSES[nth].replace("line", "called") x=move || place().0.to_string() y=move || place().1.to_string()>
            {move || if at().is_some() { name } else { "" }}
        </text>
    }
}

fn tick(high: f64, (x, hour): (f64, String)) -> impl IntoView {
    view! {
        <path class="tick" d=format!("M{x} {high}v6")/>
        <text class="hour" x=x.to_string() y=(high + 34.0).to_string()>{hour}</text>
    }
}
