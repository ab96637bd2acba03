//! The line above the map: undo, weather, fill in, and what fill in would change before it does.

use kaishi_domain::EntryId;
use kaishi_domain::assignment::{Block, Board, Filled, Placement, Sight, Unplaced, market};
use kaishi_domain::market::Plan;
use leptos::prelude::*;

use crate::islands::board::table::Table;
use crate::parts::{Icon, icon};
use crate::words::board::{block, kilowatts, minus, short};
use crate::words::common::Common;
use crate::words::term::{Terms, reason};

/// Tools and the preview.
pub(super) fn strip(table: Table) -> impl IntoView {
    view! {
        {tools(table)}
        {move || table.preview.get().map(|filled| preview(table, filled))}
    }
}

fn tools(table: Table) -> impl IntoView {
    let words = table.words();
    let waiting = move || table.board.with(|board| board.waiting().count());
    let room = move || table.board.with(|board| board.free().count());
    let choice = move |plan: Plan, sign: Icon, name: &'static str| {
        view! {
            <button
                type="button"
                aria-pressed=move || (table.plan.get() == plan).to_string()
                on:click=move |_| {
                    table.preview.set(None);
                    table.plan.set(plan);
                }
            >{icon(sign)}{name}{move || trouble(table, plan)}</button>
        }
    };
    let change = move || {
        table.may_change().then(|| {
            view! {
                <button type="button" class="plain" aria-label=words.undo() disabled=move || !table.can_undo() on:click=move |_| table.undo()>
                    {icon(Icon::Undo)}<span>{words.undo()}</span>
                </button>
                <button type="button" class="plain" aria-label=words.redo() disabled=move || !table.can_redo() on:click=move |_| table.redo()>
                    {icon(Icon::Redo)}<span>{words.redo()}</span>
                </button>
            }
        })
    };
    let propose = move || {
        let shown = table.may_change() && table.preview.with(Option::is_none);
        shown.then(|| {
            let count = waiting().min(room());
            let busy = table.searching.get();
            let label = if busy {
                words.searching().to_owned()
            } else if count > 0 {
                table.lang.pick(format!("补齐 {count} 个空位"), format!("Fill in {count}"))
            } else {
                words.fill().to_owned()
            };
            view! { <button type="button" class="primary" disabled=busy on:click=move |_| table.propose()>{label}</button> }
        })
    };
    view! {
        <div class="controls">
            <h1>{words.title()}<span class="chip">{move || tally(table)}</span></h1>
            <div class="history">{change}</div>
            <div class="skies" role="group" aria-label=words.plan()>
                {choice(Plan::Fair, Icon::Sun, Common(table.lang).fair())}
                {choice(Plan::Rain, Icon::Cloud, Common(table.lang).rain())}
            </div>
            {move || table.broken.with(|broken| first(table, broken))}
            <span class="gap"></span>
            <span class="sum">{words.total()}" "<b>{move || minus(table.board.with(total))}</b></span>
            {propose}
            {move || (!table.may_change()).then(|| view! { <span class="note">{words.read_only()}</span> })}
        </div>
    }
}

fn total(board: &Board) -> i64 {
    Sight::new(board, &market::instance(board)).total(&board.held)
}

fn tally(table: Table) -> String {
    table.board.with(|board| format!("{}／{}", board.held.len(), board.spots.len()))
}

/// How many of those who stand break a rule in the other weather.
fn trouble(table: Table, plan: Plan) -> Option<impl IntoView> {
    let count = table.trouble(plan);
    let lang = table.lang;
    (count > 0).then(|| {
        let label = lang.pick(format!("{count} 处不合规则"), format!("{count} against a rule"));
        let title = label.clone();
        view! { <span class="trouble" title=title><span aria-hidden="true">{count}</span><span class="hidden">{label}</span></span> }
    })
}

/// How many stand against a rule in the weather that is shown, and the way to the first of them.
fn first(table: Table, broken: &[(EntryId, Block)]) -> Option<impl IntoView + use<>> {
    let (entry, block) = broken.first()?;
    let (entry, count) = (*entry, broken.len());
    let (no, name) = table.board.with(|board| {
        let at = board.held_by(entry).and_then(|held| board.spot(held.stall)).map(|spot| spot.no.clone());
        (at.unwrap_or_default(), board.entry(entry).map(|entry| entry.name.clone()).unwrap_or_default())
    });
    let why = short(table.lang, block);
    let text = table.lang.pick(
        format!("! {count} 处不合规则：{no} 号 {name}，{why}"),
        format!("! {count} against a rule: stall {no}, {name}, {why}"),
    );
    let show = move |_| {
        if table.picked.get_untracked() != Some(entry) {
            table.pick(entry);
        }
    };
    Some(view! { <button type="button" class="plain astray" on:click=show>{text}</button> })
}

/// What fill in would do.
fn preview(table: Table, filled: Filled<String>) -> impl IntoView {
    let (lang, words) = (table.lang, table.words());
    let board = table.board.get_untracked();
    let before = filled.points - filled.effect.iter().map(|(_, points)| points).sum::<i64>();
    let now = |at: &Placement| board.held_by(at.entry).map(|held| held.stall);
    let changed: Vec<_> = filled.placements.iter().filter(|at| now(at) != Some(at.stall)).cloned().collect();
    let fresh = changed.iter().filter(|at| now(at).is_none()).count();
    let moved = changed.len() - fresh;
    let out = filled.unplaced.len();
    let verdict = if changed.is_empty() && out == 0 {
        words.nothing_to_do().to_owned()
    } else {
        lang.pick(format!("新排 {fresh} 家"), format!("{fresh} placed anew"))
    };
    let lines = changed.iter().map(|at| change_line(table, &board, at)).collect_view();
    let left = filled.unplaced.iter().map(|out| left_line(table, &board, out)).collect_view();
    let over = filled.overloads.iter().map(|over| {
        view! { <li class="no">{words.overload()}" "{over.outlet.clone()}": "{kilowatts(over.load_w)}" ＞ "{kilowatts(over.capacity_w)}</li> }
    }).collect_view();
    let open = out > 0;
    let nothing = changed.is_empty();
    view! {
        <section class="preview" aria-label=words.preview()>
            <div class="row" role="status">
                <span class="label">{words.preview()}</span>
                <strong>{verdict}</strong>
                <span>{words.total()}" "<b>{minus(before)}" → "{minus(filled.points)}</b></span>
                <span>{words.moves()}" "<b>{moved}</b></span>
                <span class:warn=open>{words.left_out()}" "<b>{out}</b></span>
                <span class="chip">{if filled.optimal { words.proved() } else { words.best_found() }}</span>
                <span class="gap"></span>
                <button type="button" on:click=move |_| table.preview.set(None)>{words.dismiss()}</button>
                <button type="button" class="primary" disabled=nothing on:click=move |_| table.accept()>{words.accept()}</button>
            </div>
            <details open=open>
                <summary>{words.each()}" "{changed.len() + out}</summary>
                {sums(table, &filled.effect)}
                <ul class="changes">{lines}{left}{over}</ul>
            </details>
        </section>
    }
}

/// What each term gains or loses, as the judge counts it.
pub(super) fn sums(table: Table, effect: &[(&'static str, i64)]) -> impl IntoView + use<> {
    (!effect.is_empty()).then(|| {
        let terms = effect
            .iter()
            .map(|(code, points)| {
                let class = if *points < 0 { "less" } else { "more" };
                view! { <li class=class>{Terms(table.lang).of(code)}" "<b>{signed(*points)}</b></li> }
            })
            .collect_view();
        view! { <ul class="effect" aria-label=table.words().change_all()>{terms}</ul> }
    })
}

/// With its sign, and a proper minus.
pub(super) fn signed(points: i64) -> String {
    if points < 0 { minus(points) } else { format!("+{points}") }
}

fn change_line(table: Table, board: &Board, at: &Placement) -> impl IntoView + use<> {
    let lang = table.lang;
    let name = board.entry(at.entry).map(|entry| entry.name.clone()).unwrap_or_default();
    let number = |stall| board.spot(stall).map(|spot| spot.no.clone()).unwrap_or_default();
    let from = board.held_by(at.entry).map_or_else(|| "—".to_owned(), |held| number(held.stall));
    let terms: Vec<_> = at
        .terms
        .iter()
        .map(|term| format!("{} {}", reason(lang, &term.reason, board), signed(term.points)))
        .collect();
    view! {
        <li>
            <strong>{name}</strong>
            <span class="way">{from}" → "<b>{number(at.stall)}</b></span>
            <span class="sum">{minus(at.points)}</span>
            <span class="why">{terms.join("，")}</span>
        </li>
    }
}

fn left_line(table: Table, board: &Board, out: &Unplaced<String>) -> impl IntoView + use<> {
    let (lang, words) = (table.lang, table.words());
    let name = board.entry(out.entry).map(|entry| entry.name.clone()).unwrap_or_default();
    let why = telling(board, out).map(|first| block(lang, first, board)).unwrap_or_default();
    view! {
        <li class="no">
            <strong>{name}</strong>
            <span class="way">{words.left_out()}</span>
            <span class="why">{why}"。"{words.would_help()}"："{out.help.clone()}</span>
        </li>
    }
}

/// The reason that says most: why not on the first wished stall that there is, else what closes the first stall.
fn telling<'o>(board: &Board, out: &'o Unplaced<String>) -> Option<&'o Block> {
    let wished = board.entry(out.entry).into_iter().flat_map(|entry| &entry.wishes);
    let mut wished = wished.filter_map(|no| board.spots.iter().position(|spot| spot.no == *no));
    out.blocks.get(wished.next().unwrap_or(0)).and_then(|(_, blocks)| blocks.first())
}
