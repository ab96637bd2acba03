//! What a plate shows: who stands there, who would come, or what the stall is to the unit that is chosen.

use kaishi_domain::EntryId;
use kaishi_domain::assignment::Board;
use kaishi_domain::layout::drawing::{Plate, fit};
use leptos::prelude::*;

use crate::islands::board::strip::signed;
use crate::islands::board::table::Table;
use crate::islands::board::verdict::Verdict;
use crate::words::board::{Board as Words, minus, short};

/// The words and the state of one plate.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Face {
    pub(super) class: &'static str,
    pub(super) middle: String,
    pub(super) points: Option<i64>,
    pub(super) below: String,
    pub(super) pinned: bool,
    /// A sign of what is wrong here, or that nobody may come; empty where all is well.
    pub(super) flag: &'static str,
    pub(super) entry: Option<EntryId>,
    pub(super) spoken: String,
}

/// So many Chinese letters of a size fit into a width, both in map units.
fn letters(width: f64, size: f64) -> usize {
    (width / size).floor().max(1.0) as usize
}

fn inside(plate: &Plate) -> usize {
    letters(plate.w - 8.0, 12.0)
}

/// What a plate shows now.
pub(super) fn face(table: Table, plate: &Plate) -> Face {
    table.board.with(|board| {
        let face = resting(table, board, plate);
        if let Some((coming, points)) = arrival(table, board, plate) {
            let name = board.entry(coming).map(|entry| entry.name.clone()).unwrap_or_default();
            let middle = fit(&name, inside(plate));
            return Face { class: "next", middle, below: signed(points), flag: "", ..face };
        }
        match table.verdicts.with(|verdicts| verdicts.get(&plate.stall).cloned()) {
            Some(verdict) => judged(table, face, &verdict),
            None => face,
        }
    })
}

/// Without a unit in hand: whoever stands there, or nobody.
fn resting(table: Table, board: &Board, plate: &Plate) -> Face {
    let words = table.words();
    let holder = board.held_at(plate.stall);
    let entry = holder.and_then(|held| board.entry(held.entry));
    let name = entry.map(|entry| entry.name.clone()).unwrap_or_default();
    let against = table.broken.with(|broken| {
        let (_, block) = broken.iter().find(|(entry, _)| holder.is_some_and(|held| held.entry == *entry))?;
        Some(short(table.lang, block))
    });
    let kept = board.reserved_at(plate.stall).filter(|_| holder.is_none());
    let below = match (against, kept, entry.map(|entry| entry.unit_name.as_str())) {
        (Some(against), ..) => format!("! {against}"),
        (_, Some(kept), _) if !kept.why.is_empty() => kept.why.clone(),
        (.., None) => format!("{} · {}", words.free(), plate.zone),
        (.., Some("")) => words.open_unit().to_owned(),
        (.., Some(unit)) => unit.to_owned(),
    };
    let (class, flag) = match (holder, kept) {
        (Some(_), _) if against.is_some() => ("held broken", "!"),
        (Some(_), _) => ("held", ""),
        (None, Some(_)) => ("free kept", table.lang.pick("留", "K")),
        (None, None) => ("free", ""),
    };
    let empty = if kept.is_some() { words.reserved() } else { words.free() };
    let said = if name.is_empty() { empty.to_owned() } else { name.clone() };
    let said = against.map_or_else(|| said.clone(), |against| format!("{said}，{against}"));
    let middle = if kept.is_some() { words.reserved() } else { name.as_str() };
    Face {
        class,
        middle: fit(middle, inside(plate)),
        points: None,
        below: fit(&below, letters(plate.w + 14.0, 11.5)),
        pinned: holder.is_some_and(|held| held.pinned),
        flag,
        entry: holder.map(|held| held.entry),
        spoken: spoken(words, board, plate, &said),
    }
}

/// `3 书画，有台阶`
fn spoken(words: Words, board: &Board, plate: &Plate, name: &str) -> String {
    let steps = board.spot(plate.stall).is_some_and(|spot| !spot.step_free);
    let steps = if steps { format!("，{}", words.steps()) } else { String::new() };
    format!("{} {name}{steps}", plate.no)
}

/// Who would come here if the preview were accepted, and for how many points.
fn arrival(table: Table, board: &Board, plate: &Plate) -> Option<(EntryId, i64)> {
    table.preview.with(|preview| {
        let placed = preview.as_ref()?.placements.iter().find(|at| at.stall == plate.stall)?;
        let same = board.held_at(plate.stall).is_some_and(|held| held.entry == placed.entry);
        (!same).then_some((placed.entry, placed.points))
    })
}

/// With a unit in hand: what the stall would be to it. A taken stall keeps the name of its holder.
fn judged(table: Table, face: Face, verdict: &Verdict) -> Face {
    let words = table.words();
    match verdict {
        Verdict::Here => Face { class: "held here", ..face },
        Verdict::Yes(points) if face.entry.is_none() => {
            let spoken = format!("{}，{} {}", face.spoken, minus(*points), words.points());
            Face { class: "yes", points: Some(*points), spoken, ..face }
        }
        Verdict::Yes(_) => Face { class: "held swap", ..face },
        Verdict::No(_) if face.entry.is_none() => {
            let reason = verdict.short(table.lang).unwrap_or_default();
            let spoken = format!("{}，{reason}", face.spoken);
            let class = if face.class == "free kept" { "no kept" } else { "no" };
            Face { class, middle: format!("✕ {reason}"), spoken, flag: "✕", ..face }
        }
        Verdict::No(_) => face,
    }
}
