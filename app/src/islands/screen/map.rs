//! The stalls: on the real layout for the stage, as a list for a phone and where there is no layout.

use leptos::prelude::*;

use super::figure::{self, BAR, Cell, SHADES, Tag};
use super::live::Live;
use super::{Anchor, Stage, Tile};

/// What follows of all stalls from a snapshot, once for map and list.
pub(super) fn cells(live: Live) -> Memo<Vec<Cell>> {
    Memo::new(move |_| live.seen.with(figure::cells))
}

/// One stall of them, by its number.
fn cell(cells: Memo<Vec<Cell>>, no: &str) -> Memo<Cell> {
    let no = no.to_owned();
    Memo::new(move |_| cells.with(|all| all.iter().find(|cell| cell.no == no).cloned()).unwrap_or_default())
}

fn tag(live: Live, cell: Memo<Cell>) -> impl Fn() -> String + Copy + Send + Sync {
    move || match cell.with(|cell| cell.tag) {
        Tag::Nothing => String::new(),
        Tag::Waits(n) => format!("{} {n}", live.words.waits()),
        Tag::Quiet => live.words.quiet().to_owned(),
    }
}

/// The head of the map: where it is, what the shades say, what the signs mean.
pub(super) fn legend(live: Live, stage: &Stage) -> impl IntoView + use<> {
    let words = live.words;
    let shades = (1..=SHADES)
        .map(|shade| view! { <rect class=format!("shade-{shade}") x=((shade - 1) * 50).to_string() width="46" height="24"/> })
        .collect_view();
    let place = match (stage.place.as_str(), stage.tiles.is_empty()) {
        (_, true) => words.not_placed().to_owned(),
        ("", false) => words.true_place().to_owned(),
        (place, false) => format!("{} · {place}", words.true_place()),
    };
    view! {
        <div class="legend">
            <h2>{words.each()}<small>{place}</small></h2>
            <p>
                <span class="means" hidden=live.is(|seen| !seen.open)><b class="tag quiet">{words.quiet()}</b>{words.quiet_is()}</span>
                <span class="means" hidden=live.is(|seen| seen.stalls.iter().all(|stall| stall.waiting.is_none()))><b class="tag">{words.waits()}</b>{words.waits_are()}</span>
                <span>{live.text(|words, seen| if seen.open { words.just_now() } else { words.whole_day() }.to_owned())}</span>
                <span class="scale">{words.few()}<svg viewBox="0 0 246 24" aria-hidden="true">{shades}</svg>{words.many()}</span>
            </p>
        </div>
    }
}

/// The stalls on the ground, shaded by their figures.
pub(super) fn plan(live: Live, stage: &Stage, cells: Memo<Vec<Cell>>) -> impl IntoView + use<> {
    let [x, y, w, h] = stage.view;
    let pixel = stage.pixel;
    let tiles = stage.tiles.iter().map(|tile| plate(live, tile.clone(), pixel, cells)).collect_view();
    view! {
        <svg class="tiles" viewBox=format!("{x} {y} {w} {h}") role="img" aria-label=live.words.each()>{tiles}</svg>
    }
}

fn class(cell: Memo<Cell>, kind: &'static str) -> impl Fn() -> String + Copy + Send + Sync {
    move || {
        cell.with(|cell| {
            let quiet = if cell.tag == Tag::Quiet { " quiet" } else { "" };
            format!("{kind} shade-{}{quiet}", cell.shade)
        })
    }
}

fn plate(live: Live, tile: Tile, pixel: f64, cells: Memo<Vec<Cell>>) -> impl IntoView {
    let cell = cell(cells, &tile.no);
    let size = |pixels: f64| ((pixels * pixel) * 10.0).round() / 10.0;
    let number = size(44.0).min(tile.h * 0.8).to_string();
    let turn = (tile.turn != 0.0).then(|| format!("rotate({} {} {})", tile.turn, tile.x, tile.y));
    let label = tile.label.map(|(x, y, anchor)| {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        view! {
            <g class="label" text-anchor=anchor>
                <text class="name" x=x.to_string() y=(y - size(8.0)).to_string() font-size=size(28.0).to_string()>
                    {move || kaishi_domain::layout::drawing::fit(&cell.with(|cell| cell.name.clone()), 5)}
                </text>
                <text class="n" x=x.to_string() y=(y + size(34.0)).to_string() font-size=size(44.0).to_string()>
                    {move || cell.with(|cell| cell.told.clone())}
                    <tspan class="tag" dx=size(8.0).to_string() font-size=size(28.0).to_string()>{tag(live, cell)}</tspan>
                </text>
            </g>
        }
    });
    view! {
        <g class=class(cell, "tile")>
            <rect class="face" x=(tile.x - tile.w / 2.0).to_string() y=(tile.y - tile.h / 2.0).to_string() width=tile.w.to_string() height=tile.h.to_string() rx="4" transform=turn/>
            <text class="no" x=tile.x.to_string() y=tile.y.to_string() dy="0.36em" font-size=number>{tile.no}</text>
            {label}
        </g>
    }
}

/// The same as a list, for a phone.
pub(super) fn list(live: Live, cells: Memo<Vec<Cell>>) -> impl IntoView {
    let numbers: Vec<String> = cells.with_untracked(|all| all.iter().map(|cell| cell.no.clone()).collect());
    let nothing = numbers.is_empty().then(|| view! { <li class="nothing">{live.words.nothing()}</li> });
    let rows = numbers.into_iter().map(|no| row(live, cell(cells, &no), no)).collect_view();
    view! { <ol class="list">{rows}{nothing}</ol> }
}

fn row(live: Live, cell: Memo<Cell>, no: String) -> impl IntoView {
    view! {
        <li class=class(cell, "stall")>
            <span class="no">{no}</span>
            <span class="name">{move || cell.with(|cell| cell.name.clone())}</span>
            <b class="tag">{tag(live, cell)}</b>
            <span class="n">{move || cell.with(|cell| cell.told.clone())}</span>
            <svg class="bar" viewBox=format!("0 0 {BAR} 20") preserveAspectRatio="none" aria-hidden="true">
                <rect class="heat" width=move || cell.with(|cell| cell.width).to_string() height="20"/>
            </svg>
        </li>
    }
}
