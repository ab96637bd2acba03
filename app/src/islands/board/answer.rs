//! The answer below the map: what the stall must have and has, what it is worth, why not elsewhere.

use kaishi_domain::assignment::{self, Block, Board, Sight, Term, change, market, rule};
use kaishi_domain::order::Order as _;
use kaishi_domain::{EntryId, StallId};
use leptos::prelude::*;

use crate::islands::board::stall;
use crate::islands::board::strip::{signed, sums};
use crate::islands::board::table::Table;
use crate::islands::board::verdict::Verdict;
use crate::words::board::{block, minus, of_stalls, pass};
use crate::words::term::reason;

/// So many units of width for a point in the bars; the longest bar is cut.
const BAR: i64 = 2;
/// The longest bar.
const BAR_MOST: i64 = 80;

/// The answer to the stall in question, or a word on how to ask.
pub(super) fn answer(table: Table) -> impl IntoView {
    let words = table.words();
    move || {
        let asked = table.question.get();
        let hint = |text: &'static str| view! { <p class="answer hint">{text}</p> }.into_any();
        match (table.subject(), asked) {
            (Some(entry), Some(stall)) => card(table, &table.board.get(), entry, stall),
            (None, Some(stall)) => table.board.with(|board| stall::card(table, board, stall)),
            (Some(_), None) => hint(words.no_stall_fits()),
            (None, None) => hint(words.choose()),
        }
    }
}

fn number(board: &Board, stall: StallId) -> String {
    board.spot(stall).map(|spot| spot.no.clone()).unwrap_or_default()
}

fn card(table: Table, board: &Board, entry: EntryId, stall: StallId) -> AnyView {
    let instance = market::instance(board);
    let sight = Sight::new(board, &instance);
    let (Some(here), Some(who), Some(spot)) =
        (sight.why(entry, stall), board.entry(entry), board.spot(stall))
    else {
        return ().into_any();
    };
    let words = table.words();
    let standing = board.held_by(entry).is_some_and(|held| held.stall == stall);
    let blocks = rule::blocks(board, who, spot);
    let lang = table.lang;
    let no = spot.no.clone();
    let (ok, title) = if standing {
        (true, lang.pick(format!("{} 在 {no} 号", who.name), format!("{} at stall {no}", who.name)))
    } else if blocks.is_empty() {
        (true, lang.pick(format!("放 {no} 号，可以"), format!("Stall {no} will do")))
    } else {
        (false, lang.pick(format!("放 {no} 号，不行"), format!("Stall {no} will not do")))
    };
    let note = displaced(table, board, entry, stall).map(|text| view! { <p class="note">{text}</p> });
    let points = here.points;
    let score =
        ok.then(|| view! { <span class="score">{minus(points)}<small>{words.points()}</small></span> });
    let heading = if ok { words.why_here() } else { words.worth() };
    let passes = here
        .passes
        .iter()
        .map(|found| {
            let (what, how) = pass(lang, found);
            view! { <li class="yes"><span>{what}</span><span class="how">{how}</span></li> }
        })
        .collect_view();
    let none = (here.passes.is_empty() && blocks.is_empty())
        .then(|| view! { <li class="none">{words.no_demands()}</li> });
    let fails = blocks
        .iter()
        .map(|found| view! { <li class="no"><span>{block(lang, found, board)}</span></li> })
        .collect_view();
    let buttons = act(table, entry, stall, standing, &blocks);
    // A unit that waits and a stall that is free: the market gains what the unit gains, nothing more to say.
    let alone = board.held_by(entry).is_none() && board.held_at(stall).is_none();
    let drop = (!standing && !alone).then(|| change_if(table, &sight.what_if(entry, stall)));
    let third = if ok {
        elsewhere(table, board, entry).into_any()
    } else {
        instead(table, board, entry, stall).into_any()
    };
    view! {
        <section class="answer" class:refused=!ok aria-live="polite" tabindex="0">
            <div class="verdict">
                <p class="head"><strong>{title}</strong>{score}</p>
                {note}
                <p class="label">{words.must()}</p>
                <ul class="must">{passes}{fails}{none}</ul>
                {buttons}
            </div>
            <div class="terms">
                <p class="label">{heading}</p>
                {bars(table, board, &here.terms)}
                {drop}
            </div>
            <div class="other">{third}</div>
        </section>
    }
    .into_any()
}

/// What becomes of whoever stands there now.
fn displaced(table: Table, board: &Board, entry: EntryId, stall: StallId) -> Option<String> {
    let other = board.held_at(stall).filter(|held| held.entry != entry && !held.pinned)?.entry;
    let name = board.entry(other).map(|other| other.name.clone()).unwrap_or_default();
    let after = change::put(board, entry, Some(stall));
    let goes = after.iter().find(|held| held.entry == other).map(|held| number(board, held.stall));
    Some(match goes {
        Some(no) => table.lang.pick(format!("{name} 换到 {no} 号"), format!("{name} moves to stall {no}")),
        None => table.lang.pick(format!("{name} 回到待排栏"), format!("{name} waits again")),
    })
}

/// What dropping it here would change for everybody, before it is dropped.
fn change_if(table: Table, effect: &[(&'static str, i64)]) -> impl IntoView + use<> {
    let words = table.words();
    let sum: i64 = effect.iter().map(|(_, points)| points).sum();
    let none = effect.is_empty().then(|| view! { <p class="note">{words.no_change()}</p> });
    view! { <p class="label">{words.change_if()}" "<b>{signed(sum)}</b></p> {none} {sums(table, effect)} }
}

fn bars(table: Table, board: &Board, terms: &[Term]) -> impl IntoView + use<> {
    let mut terms = terms.to_vec();
    terms.order_by_key(|term| std::cmp::Reverse(term.points));
    let none = terms.is_empty().then(|| view! { <li class="none">{table.words().no_points()}</li> });
    let rows = terms
        .into_iter()
        .map(|term| {
            let width = (term.points.abs() * BAR).clamp(2, BAR_MOST);
            let class = if term.points < 0 { "gauge less" } else { "gauge" };
            view! {
                <li>
                    <span>{reason(table.lang, &term.reason, board)}</span>
                    <svg class=class viewBox="0 0 80 6" width="80" height="6" aria-hidden="true"><rect x=BAR_MOST - width width=width height="6" rx="1"/></svg>
                    <b>{signed(term.points)}</b>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="bars">{rows}{none}</ul> }
}

/// Free stalls that will not do: the three commonest reasons at most, each with its stalls.
fn elsewhere(table: Table, board: &Board, entry: EntryId) -> impl IntoView + use<> {
    let words = table.words();
    let mut closed: Vec<(String, String)> = table.verdicts.with(|verdicts| {
        let free = verdicts
            .iter()
            .filter(|(stall, _)| board.held_at(**stall).is_none_or(|held| held.entry == entry));
        free.filter_map(|(stall, verdict)| match verdict {
            Verdict::No(blocks) => Some((number(board, *stall), block(table.lang, blocks.first()?, board))),
            _ => None,
        })
        .collect()
    });
    closed.order_by_key(|(no, _)| kaishi_domain::layout::number_order(no));
    (!closed.is_empty()).then(|| {
        let rows = grouped(closed)
            .into_iter()
            .take(3)
            .map(|(numbers, why)| view! { <li><b>{of_stalls(table.lang, &numbers)}</b><span>{why}</span></li> })
            .collect_view();
        view! { <p class="label">{words.elsewhere()}</p> <ul class="elsewhere">{rows}</ul> }
    })
}

/// Equal reasons together with the numbers of their stalls, the commonest first.
pub(super) fn grouped(closed: Vec<(String, String)>) -> Vec<(Vec<String>, String)> {
    let mut groups: Vec<(Vec<String>, String)> = Vec::new();
    for (no, why) in closed {
        match groups.iter_mut().find(|(_, known)| *known == why) {
            Some((numbers, _)) => numbers.push(no),
            None => groups.push((vec![no], why)),
        }
    }
    groups.order_by_key(|(numbers, _)| std::cmp::Reverse(numbers.len()));
    groups
}

/// The nearest free stalls that would do.
fn instead(table: Table, board: &Board, entry: EntryId, stall: StallId) -> impl IntoView + use<> {
    let words = table.words();
    let near = assignment::why_not(board, entry, stall).map(|no| no.instead).unwrap_or_default();
    let none = near.is_empty().then(|| view! { <p class="note">{words.none_free()}</p> });
    let may_change = table.may_change();
    let rows = near
        .into_iter()
        .take(4)
        .map(|stall| {
            let no = number(board, stall);
            let label = table.lang.pick(format!("放 {no} 号"), format!("Stall {no}"));
            view! { <li><button type="button" class="small" disabled=!may_change on:click=move |_| table.put(entry, Some(stall))>{label}</button></li> }
        })
        .collect_view();
    view! { <p class="label">{words.instead()}</p> {none} <ul class="near">{rows}</ul> }
}

fn act(
    table: Table,
    entry: EntryId,
    stall: StallId,
    standing: bool,
    blocks: &[Block],
) -> impl IntoView + use<> {
    let words = table.words();
    let dragging = table.drag.with(Option::is_some);
    if standing || dragging || !table.may_change() {
        return None;
    }
    // A pin and a stall kept free are the organizer's own word: not overruled, but taken back first.
    let held = |block: &Block| {
        use Block::{HeldByPin, LockedElsewhere, Reserved};
        matches!(block, HeldByPin { .. } | LockedElsewhere { .. } | Reserved { .. })
    };
    if blocks.is_empty() {
        Some(view! { <button type="button" class="put" on:click=move |_| table.put(entry, Some(stall))>{words.put_here()}</button> }.into_any())
    } else if blocks.iter().any(held) {
        None
    } else {
        Some(view! { <button type="button" class="put small" on:click=move |_| table.put_anyway(entry, stall)>{words.put_anyway()}</button> }.into_any())
    }
}
