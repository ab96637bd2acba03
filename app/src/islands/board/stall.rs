//! An empty stall that is asked about while nobody is chosen: what it has, and whether it is kept free.

use kaishi_domain::StallId;
use kaishi_domain::assignment::{Board, Reserved, Spot};
use leptos::prelude::*;

use crate::islands::board::table::Table;
use crate::words::board::{kilowatts, metres};

/// What the stall has, and what the organizer may do with it.
pub(super) fn card(table: Table, board: &Board, stall: StallId) -> AnyView {
    let Some(spot) = board.spot(stall) else { return ().into_any() };
    let title = table.lang.pick(format!("{} 号空位", spot.no), format!("Stall {}, free", spot.no));
    let facts = facts(table, board, spot)
        .into_iter()
        .map(|(good, what, how)| {
            let class = if good { "yes" } else { "no" };
            view! { <li class=class><span>{what}</span><span class="how">{how}</span></li> }
        })
        .collect_view();
    let keep = match board.reserved_at(stall) {
        Some(kept) => Some(kept_free(table, kept).into_any()),
        None if board.held_at(stall).is_none() && !spot.closed => Some(keep_free(table, stall).into_any()),
        None => None,
    };
    view! {
        <section class="answer stall" aria-live="polite" tabindex="0">
            <div class="verdict">
                <p class="head"><strong>{title}</strong><span>{place(table, spot)}</span></p>
                <ul class="must">{facts}</ul>
            </div>
            <div class="terms">{keep}</div>
        </section>
    }
    .into_any()
}

/// `B 区 · 3.0 m × 2.5 m`
fn place(table: Table, spot: &Spot) -> String {
    let depth = table.scene.with_untracked(|scene| {
        let layout = scene.as_ref()?.layout(table.plan.get_untracked());
        Some((layout.stall(spot.stall)?.d * 100.0).round() as i64)
    });
    let depth = depth.map(|depth| format!(" × {}", metres(depth))).unwrap_or_default();
    let zone = table.lang.pick(format!("{} 区", spot.zone), format!("Zone {}", spot.zone));
    format!("{zone} · {}{depth}", metres(spot.width_cm))
}

/// Power, water, roof and steps: whether it has it, and how.
fn facts(table: Table, board: &Board, spot: &Spot) -> [(bool, &'static str, String); 4] {
    let words = table.words();
    let outlet = spot.outlets.iter().find(|outlet| outlet.reaches());
    let power = outlet.map_or_else(
        || words.no_power().to_owned(),
        |outlet| format!("{} {}，{}", outlet.id, metres(outlet.distance_cm), kilowatts(outlet.most_w())),
    );
    let tap = spot.water_cm.filter(|far| *far <= board.weights.water_max_cm);
    let roof = if spot.sheltered { words.roof() } else { words.open_air() };
    let way = if spot.step_free { words.no_steps() } else { words.steps() };
    [
        (outlet.is_some(), words.power(), power),
        (tap.is_some(), words.water(), tap.map_or_else(|| words.no_water().to_owned(), metres)),
        (spot.sheltered, words.shelter(), roof.to_owned()),
        (spot.step_free, words.way_there(), way.to_owned()),
    ]
}

fn kept_free(table: Table, kept: &Reserved) -> impl IntoView + use<> {
    let (words, stall) = (table.words(), kept.stall);
    let release = table.may_change().then(|| {
        view! { <button type="button" class="put" on:click=move |_| table.reserve(stall, None)>{words.release()}</button> }
    });
    view! { <p class="label">{words.reserved()}</p> <p>{kept.why.clone()}</p> {release} }
}

fn keep_free(table: Table, stall: StallId) -> impl IntoView + use<> {
    let words = table.words();
    table.may_change().then(|| {
        let why = RwSignal::new(String::new());
        view! {
            <label class="label" for="reserve-why">{words.reserve_why()}</label>
            <input
                id="reserve-why"
                maxlength=Reserved::LONGEST.to_string()
                autocomplete="off"
                on:input=move |event| why.set(event_target_value(&event))
            />
            <button type="button" class="put" on:click=move |_| table.reserve(stall, Some(why.get_untracked()))>
                {words.reserve()}
            </button>
        }
    })
}
