//! The tray: units that wait, each with the stalls that would do, and below them those who have a stall.

use std::cmp::Reverse;

use kaishi_domain::EntryId;
use kaishi_domain::assignment::{Block, Board, Held, Sight, hall, market, rule};
use kaishi_domain::entry::{Entry, Needs, Way};
use kaishi_domain::order::Order as _;
use leptos::prelude::*;

use crate::islands::board::answer::grouped;
use crate::islands::board::drag;
use crate::islands::board::table::Table;
use crate::islands::board::verdict::Verdict;
use crate::parts::{Icon, icon};
use crate::words::board::{Board as Words, block, kilowatts, metres, minus, of_stalls, short};
use crate::words::{Lang, term};

/// The left column.
pub(super) fn tray(table: Table) -> impl IntoView {
    let words = table.words();
    let waiting = Memo::new(move |_| table.board.with(hardest_first));
    let none = move || {
        let empty = table.board.with(|board| board.entries.is_empty());
        let text = if empty { words.no_entries() } else { words.waiting_none() };
        waiting.with(Vec::is_empty).then(|| view! { <p class="note">{text}</p> })
    };
    let target = move || table.drag.with(Option::is_some);
    view! {
        <aside class="tray" class:target=target data-tray="">
            <h2>
                {words.waiting()}<span class="count">{move || waiting.with(Vec::len)}</span>
                {move || (waiting.with(Vec::len) > 1).then(|| view! { <span class="order">{words.hardest_first()}</span> })}
            </h2>
            {none}
            <ul class="waiting">
                <For each=move || waiting.get() key=|entry| entry.id children=move |entry| card(table, entry)/>
            </ul>
            {placed(table)}
        </aside>
    }
}

/// Those who wait, first who could stand on the fewest stalls.
fn hardest_first(board: &Board) -> Vec<Entry> {
    let choices = |entry: &Entry| {
        let open = |spot: &&_| rule::lacks(entry, spot, board.rain, &board.weights).is_empty();
        board.spots.iter().filter(open).count()
    };
    let mut waiting: Vec<Entry> = board.waiting().cloned().collect();
    waiting.order_by_key(choices);
    waiting
}

const fn way(words: Words, way: Way) -> &'static str {
    match way {
        Way::Bid => words.bid(),
        Way::Take => words.take(),
        Way::Offer => words.offer(),
    }
}

fn demands(words: Words, needs: &Needs, elders: bool) -> Vec<String> {
    let mut list = Vec::new();
    if needs.power_w > 0 {
        list.push(kilowatts(needs.power_w));
    }
    if needs.width_cm > 0 {
        list.push(format!("≥ {}", metres(needs.width_cm)));
    }
    for (wanted, word) in [
        (needs.water, words.water()),
        (needs.shelter, words.shelter()),
        (needs.quiet, words.quiet()),
        (needs.loud, words.loud()),
        (needs.queue, words.queue()),
        (needs.step_free, words.step_free()),
        (elders, words.elders()),
    ] {
        if wanted {
            list.push(word.to_owned());
        }
    }
    if list.is_empty() {
        list.push(words.nothing_special().to_owned());
    }
    list
}

/// The class and the letter of an entry's zone; whoever belongs anywhere has neither colour nor letter.
pub(super) fn seal(zone: &str) -> (&'static str, String) {
    if zone.is_empty() {
        ("zone-none", "—".to_owned())
    } else {
        (crate::parts::map::zone_class(zone), zone.to_owned())
    }
}

/// One waiting unit.
fn card(table: Table, entry: Entry) -> impl IntoView {
    let (words, id) = (table.words(), entry.id);
    let unit =
        if entry.unit_name.is_empty() { words.open_unit().to_owned() } else { entry.unit_name.clone() };
    let open = entry.unit.is_none();
    let (zone, letter) = seal(&entry.zone);
    let what = entry.services.join("、");
    let elders = table.board.with_untracked(|board| board.elders.contains(&id));
    let chips =
        demands(words, &entry.needs, elders).into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
    let picked = move || table.picked.get() == Some(id);
    let dragged = move || table.drag.with(|drag| drag.as_ref().is_some_and(|drag| drag.entry == id));
    view! {
        <li
            class=format!("card {zone}")
            class:picked=picked
            class:dragged=dragged
            on:pointerdown=move |event| drag::down(table, id, &event)
        >
            <button
                type="button"
                class="choose"
                aria-expanded=move || picked().to_string()
                on:click=move |_| if !table.spent.get_value() { table.pick(id) }
            >
                <span class="seal" aria-hidden="true">{letter}</span>
                <span class="name">{entry.name.clone()}</span>
                <span class="way">{way(words, entry.way)}</span>
                <span class="unit" class:open=open>{unit}</span>
                <span class="what">{what}</span>
            </button>
            <ul class="needs">{chips}</ul>
            <span class="grip" aria-hidden="true"></span>
            {move || picked().then(|| options(table, id))}
        </li>
    }
}

/// The way without dragging: every stall, best first, then those that will not do with the reason.
fn options(table: Table, entry: EntryId) -> impl IntoView {
    let (lang, words) = (table.lang, table.words());
    let board = table.board.get();
    let may_change = table.may_change();
    let (mut yes, mut no) = (Vec::new(), Vec::new());
    for (stall, verdict) in table.verdicts.get() {
        let Some(spot) = board.spot(stall) else { continue };
        match verdict {
            Verdict::Yes(points) => {
                yes.push((points, stall, spot.no.clone(), board.held_at(stall).is_some()));
            }
            Verdict::No(blocks) => {
                let why = blocks.first().map(|reason| block(lang, reason, &board)).unwrap_or_default();
                no.push((spot.no.clone(), why));
            }
            Verdict::Here => {}
        }
    }
    yes.retain(|(.., taken)| !taken);
    yes.order_by_key(|(points, ..)| Reverse(*points));
    no.order_by_key(|(no, _)| kaishi_domain::layout::number_order(no));
    let none = yes.is_empty().then(|| {
        let few = hall(&board, entry).map(|found| term::hall(lang, &found, &board));
        view! { <p class="note">{few.unwrap_or_else(|| words.no_stall_fits().to_owned())}</p> }
    });
    let yes = yes
        .into_iter()
        .map(|(points, stall, no, _)| {
            let ask = move || table.asked.set(Some(stall));
            let label = format!("{no} {} {} {}", words.put_here(), minus(points), words.points());
            view! {
                <li>
                    <button
                        type="button"
                        class="option"
                        disabled=!may_change
                        aria-label=label
                        on:click=move |_| table.put(entry, Some(stall))
                        on:focus=move |_| ask()
                        on:pointerenter=move |_| ask()
                    >
                        <b>{no}</b>
                        <span>{minus(points)}<small>{words.points()}</small></span>
                    </button>
                </li>
            }
        })
        .collect_view();
    let count = no.len();
    let no = grouped(no)
        .into_iter()
        .map(|(numbers, why)| view! { <li><b>{of_stalls(lang, &numbers)}</b><span>{why}</span></li> })
        .collect_view();
    view! {
        <div class="options">
            <p class="label">{words.best_for()}</p>
            {none}
            <ul class="yes">{yes}</ul>
            {(count > 0).then(|| view! {
                <details>
                    <summary>{words.worst_for()}" "{count}</summary>
                    <ul class="no">{no}</ul>
                </details>
            })}
        </div>
    }
}

/// Those who have a stall: points, pin, take off.
fn placed(table: Table) -> impl IntoView {
    let words = table.words();
    let rows = Memo::new(move |_| {
        table.broken.with(|broken| table.board.with(|board| lines(table.lang, board, broken)))
    });
    let pinned = move || rows.with(|rows| rows.iter().filter(|row| row.held.pinned).count());
    let hint = move || {
        let text = if rows.with(Vec::is_empty) { words.placed_none() } else { words.tray_hint() };
        view! { <p class="note">{text}</p> }
    };
    view! {
        <div class="placed">
            <h2>
                {words.placed()}<span class="count">{move || rows.with(Vec::len)}</span>
                <span class="pins">{icon(Icon::Pin)}{words.pinned()}" "{pinned}</span>
            </h2>
            {hint}
            <ul>
                <For each=move || rows.get() key=Clone::clone children=move |row| line(table, row)/>
            </ul>
        </div>
    }
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Line {
    held: Held,
    no: String,
    name: String,
    points: i64,
    /// The entry stands against this rule.
    against: Option<&'static str>,
}

fn lines(lang: Lang, board: &Board, broken: &[(EntryId, Block)]) -> Vec<Line> {
    let against = |id| broken.iter().find(|(entry, _)| *entry == id).map(|(_, block)| short(lang, block));
    let instance = market::instance(board);
    let mut lines: Vec<_> = Sight::new(board, &instance)
        .placements(&board.held)
        .into_iter()
        .filter_map(|at| {
            Some(Line {
                held: Held { entry: at.entry, stall: at.stall, pinned: at.pinned },
                no: board.spot(at.stall)?.no.clone(),
                name: board.entry(at.entry)?.name.clone(),
                points: at.points,
                against: against(at.entry),
            })
        })
        .collect();
    lines.order_by_key(|line| kaishi_domain::layout::number_order(&line.no));
    lines
}

fn line(table: Table, line: Line) -> impl IntoView {
    let (words, held) = (table.words(), line.held);
    let may_change = table.may_change();
    let picked = move || table.picked.get() == Some(held.entry);
    let choose = move |_| {
        table.pick(held.entry);
        table.asked.set(Some(held.stall));
    };
    let label = if held.pinned { words.unpin() } else { words.pin() };
    let against = line.against.map(|why| view! { <span class="against">"! "{why}</span> });
    let buttons = may_change.then(|| {
        view! {
            <button
                type="button"
                class="pin"
                aria-pressed=held.pinned.to_string()
                aria-label=format!("{label} {}", line.name)
                title=label
                on:click=move |_| table.pin(held.entry, !held.pinned)
            >{icon(Icon::Pin)}</button>
            <button
                type="button"
                class="off"
                disabled=held.pinned
                aria-label=format!("{} {}", words.take_off(), line.name)
                on:click=move |_| table.put(held.entry, None)
            >{words.take_off()}</button>
        }
    });
    view! {
        <li class:picked=picked>
            <button type="button" class="choose" aria-pressed=move || picked().to_string() on:click=choose>
                <b>{line.no}</b>
                <span class="name">{line.name}</span>
                <span class="points">{minus(line.points)}</span>
                {against}
            </button>
            {buttons}
        </li>
    }
}
