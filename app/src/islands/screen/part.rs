//! The blocks of the screen. Each reads one signal; an event changes texts and attributes, never the tree.

use kaishi_domain::Moment;
use kaishi_domain::count::{Snapshot, StallCount};
use leptos::prelude::*;

use super::figure::{self, BAR, CURVE, SHADES};
use super::{Anchor, Stage, Tile};
use crate::words::screen::Screen;

type Seen = RwSignal<Snapshot>;

/// The moment of the figures; red words when they are no longer fresh.
pub(super) fn as_of(words: Screen, seen: Seen, stale: RwSignal<bool>, midnight: Moment) -> impl IntoView {
    let class = move || if stale.get() { "as-of stale" } else { "as-of" };
    let word = move || if stale.get() { words.stuck() } else { words.as_of() };
    let clock = move || figure::clock(midnight, seen.with(|seen| seen.as_of));
    view! {
        <p class=class role="status" aria-live="off">
            <span class="dot" aria-hidden="true"></span>
            <span>{word}</span>
            <strong>{clock}</strong>
        </p>
    }
}

fn piece<F>(class: &'static str, place: F) -> impl IntoView
where
    F: Fn() -> (i64, i64) + Copy + Send + Sync + 'static,
{
    view! { <rect class=class y="0" height="20" x=move || place().0.to_string() width=move || place().1.to_string()/> }
}

fn split(
    class: &'static str,
    name: &'static str,
    n: impl Fn() -> i64 + Send + Sync + 'static,
) -> impl IntoView {
    view! {
        <div class="source">
            <dt><span class=format!("key {class}") aria-hidden="true"></span>{name}</dt>
            <dd>{move || n().to_string()}</dd>
        </div>
    }
}

/// The headline and what it is made of; talks stand below a line, outside.
pub(super) fn served(words: Screen, seen: Seen) -> impl IntoView {
    let total = move || seen.with(|seen| seen.encounters.total);
    let part = move |nth: usize| seen.with(|seen| figure::sources(&seen.encounters)[nth]);
    let place = move |nth: usize| {
        move || {
            seen.with(|seen| figure::pieces(figure::sources(&seen.encounters), seen.encounters.total)[nth])
        }
    };
    let pending = move || seen.with(|seen| seen.encounters.pending_review);
    let crowd =
        move || seen.with(|seen| seen.crowd.map(|told| figure::crowd(words, &told)).unwrap_or_default());
    view! {
        <section class="served">
            <h2>{words.served()}<small>{words.person_times()}</small></h2>
            <p class=move || figure::size(total())>{move || total().to_string()}</p>
            <svg class="bar" viewBox=format!("0 0 {BAR} 20") preserveAspectRatio="none" aria-hidden="true">
                {piece("scan", place(0))} {piece("staff", place(1))} {piece("paper", place(2))}
            </svg>
            <dl class="sources">
                {split("scan", words.scan(), move || part(0))}
                {split("staff", words.staff(), move || part(1))}
                {split("paper", words.paper(), move || part(2))}
            </dl>
            <p class="talks">
                <span>{words.talks()}</span>
                <strong>{move || seen.with(|seen| seen.talks).to_string()}</strong>
                <small>{words.apart()}</small>
                <span class="pending" hidden=move || pending() == 0>
                    {words.pending()}" "<strong>{move || pending().to_string()}</strong>
                </span>
            </p>
            <p class="crowd" hidden=move || crowd().is_empty()>{crowd}</p>
        </section>
    }
}

/// Appeals by how far they are: confirmed inside said inside all.
pub(super) fn appeals(words: Screen, seen: Seen) -> impl IntoView {
    let all = move || seen.with(|seen| seen.appeals);
    let place = move |nth: usize| {
        move || {
            let appeals = all();
            let said = appeals.settled_by_unit - appeals.confirmed;
            figure::pieces([appeals.confirmed, said], appeals.raised)[nth]
        }
    };
    let overdue = move || all().overdue;
    view! {
        <section class="appeals">
            <h2>{words.appeals()}<small>{words.cases()}</small></h2>
            <p class="raised">{move || all().raised.to_string()}</p>
            <p class="says">
                <span><span class="key said" aria-hidden="true"></span>{words.unit_says()}</span>
                <strong>{move || all().settled_by_unit.to_string()}</strong>
            </p>
            <svg class="bar" viewBox=format!("0 0 {BAR} 20") preserveAspectRatio="none" aria-hidden="true">
                <rect class="all" width=BAR.to_string() height="20"/>
                {piece("confirmed", place(0))} {piece("said", place(1))}
            </svg>
            <p class="spot">{words.on_spot()}" "<strong>{move || all().settled_on_spot.to_string()}</strong></p>
            <dl class="fates">
                <div>
                    <dd>{move || all().confirmed.to_string()}</dd>
                    <dt><span class="key confirmed" aria-hidden="true"></span>{words.confirmed()}</dt>
                </div>
                <div>
                    <dd>{move || (all().raised - all().settled_by_unit).to_string()}</dd>
                    <dt>{words.open()}</dt>
                </div>
                <div class:late=move || overdue().is_positive()>
                    <dd>{move || overdue().to_string()}</dd>
                    <dt><span class="mark" aria-hidden="true">"▲"</span>{words.overdue()}</dt>
                </div>
            </dl>
        </section>
    }
}

/// The morning as a line that only rises.
pub(super) fn curve(words: Screen, seen: Seen, opens_at: Moment, midnight: Moment) -> impl IntoView {
    let line = Memo::new(move |_| seen.with(|seen| figure::curve(seen, opens_at, midnight)));
    let (w, h) = CURVE;
    let hours = move || {
        line.get()
            .hours
            .into_iter()
            .map(|(x, hour)| {
                view! {
                    <path class="tick" d=format!("M{x} {h}v6")/>
                    <text class="hour" x=x.to_string() y=(h + 34.0).to_string()>{hour}</text>
                }
            })
            .collect_view()
    };
    view! {
        <div class="curve">
            <h2>{words.curve()}</h2>
            <svg viewBox=format!("-30 -24 {} {}", w + 110.0, h + 66.0) role="img" aria-label=words.curve()>
                <path class="axis" d=format!("M0 {h}H{w}")/>
                {hours}
                <polyline class="line" points=move || line.with(|line| line.points.clone())/>
                <circle class="tip" r="7" cx=move || line.with(|line| line.tip.0).to_string() cy=move || line.with(|line| line.tip.1).to_string()/>
                <text class="today" x=move || line.with(|line| line.tip.0 + 16.0).to_string() y=move || line.with(|line| line.tip.1 + 8.0).to_string()>{words.today()}</text>
            </svg>
        </div>
    }
}

/// What everybody is told now, over the foot of the stage.
pub(super) fn told(seen: Seen) -> impl IntoView {
    let lines = move || seen.with(|seen| seen.announcements.join("　"));
    view! {
        <p class="told" class:none=move || lines().is_empty() aria-live="polite"><b>{lines}</b></p>
    }
}

/// Units that have come, of all that have a stall.
pub(super) fn arrivals(words: Screen, seen: Seen) -> impl IntoView {
    let here = move || seen.with(|seen| figure::arrivals(&seen.stalls));
    let width = move || {
        let (come, all) = here();
        figure::pieces([come as i64], all as i64)[0].1.to_string()
    };
    view! {
        <p class="arrivals">
            <span>{words.arrived()}</span>
            <strong>{move || here().0.to_string()}</strong>
            <span class="of">"／"{move || here().1.to_string()}" "{words.stalls()}</span>
            <svg class="bar" viewBox=format!("0 0 {BAR} 20") preserveAspectRatio="none" aria-hidden="true">
                <rect class="all" width=BAR.to_string() height="20"/>
                <rect class="come" height="20" width=width/>
            </svg>
        </p>
    }
}

/// The head of the map with its shades.
pub(super) fn legend(words: Screen, place: &str) -> impl IntoView + use<> {
    let shades = (1..=SHADES)
        .map(|shade| {
            let x = (shade - 1) * 50;
            view! { <rect class=format!("shade-{shade}") x=x.to_string() width="46" height="24"/> }
        })
        .collect_view();
    let place = if place.is_empty() {
        words.not_placed().to_owned()
    } else {
        format!("{} · {place}", words.true_place())
    };
    view! {
        <div class="legend">
            <h2>{words.each()}<small>{place}</small></h2>
            <p><span>{words.few()}</span><svg viewBox="0 0 246 24" aria-hidden="true">{shades}</svg><span>{words.many()}</span></p>
        </div>
    }
}

fn of(seen: &Snapshot, no: &str) -> Option<StallCount> {
    seen.stalls.iter().find(|stall| stall.no == no).cloned()
}

/// The stalls on the ground, shaded by their figures.
pub(super) fn plan(stage: &Stage, seen: Seen) -> impl IntoView + use<> {
    let [x, y, w, h] = stage.view;
    let most = Memo::new(move |_| seen.with(|seen| figure::most(&seen.stalls)));
    let pixel = stage.pixel;
    let tiles = stage.tiles.iter().map(|tile| plate(tile.clone(), pixel, seen, most)).collect_view();
    view! {
        <svg class="tiles" viewBox=format!("{x} {y} {w} {h}") role="img" aria-label=Screen(stage.lang).each()>{tiles}</svg>
    }
}

fn plate(tile: Tile, pixel: f64, seen: Seen, most: Memo<i64>) -> impl IntoView {
    let no = StoredValue::new(tile.no.clone());
    let stall = Memo::new(move |_| seen.with(|seen| no.with_value(|no| of(seen, no))));
    let count = move || stall.with(|stall| stall.as_ref().map_or(0, |stall| stall.encounters));
    let name = move || stall.with(|stall| stall.as_ref().map(|stall| stall.name.clone()).unwrap_or_default());
    let class = move || format!("tile shade-{}", figure::shade(count(), most.get()));
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
                    {move || kaishi_domain::layout::drawing::fit(&name(), 5)}
                </text>
                <text class="n" x=x.to_string() y=(y + size(34.0)).to_string() font-size=size(44.0).to_string()>{move || count().to_string()}</text>
            </g>
        }
    });
    view! {
        <g class=class>
            <rect class="face" x=(tile.x - tile.w / 2.0).to_string() y=(tile.y - tile.h / 2.0).to_string() width=tile.w.to_string() height=tile.h.to_string() rx="4" transform=turn/>
            <text class="no" x=tile.x.to_string() y=tile.y.to_string() dy="0.36em" font-size=number>{tile.no}</text>
            {label}
        </g>
    }
}

/// The same as a list, for a phone.
pub(super) fn list(seen: Seen) -> impl IntoView {
    let rows = move || {
        seen.with(|seen| {
            let most = figure::most(&seen.stalls);
            seen.stalls
                .iter()
                .map(|stall| {
                    let width = figure::pieces([stall.encounters], most)[0].1.to_string();
                    view! {
                        <li>
                            <span class="no">{stall.no.clone()}</span>
                            <span class="name">{stall.name.clone()}</span>
                            <span class="n">{stall.encounters.to_string()}</span>
                            <svg class="bar" viewBox=format!("0 0 {BAR} 20") preserveAspectRatio="none" aria-hidden="true">
                                <rect class="heat" width=width height="20"/>
                            </svg>
                        </li>
                    }
                })
                .collect_view()
        })
    };
    view! { <ol class="list">{rows}</ol> }
}
