//! Stories and properties of assignment on small made-up boards.

mod answer;
mod filling;
mod fuzhong;
mod people;
mod property;

use super::*;
use crate::entry::{Entry, Needs, Way};
use crate::{EntryId, Moment, StallId};

fn entry_id(n: u8) -> EntryId {
    EntryId::new(Moment::from_millis(0), [n; 10])
}

fn stall_id(n: u8) -> StallId {
    StallId::new(Moment::from_millis(0), [n; 10])
}

/// Entry `n` of zone A that asks for nothing.
fn entry(n: u8) -> Entry {
    Entry {
        id: entry_id(n),
        unit: None,
        unit_name: String::new(),
        name: format!("entry {n}"),
        zone: "A".to_owned(),
        services: vec![],
        needs: Needs::default(),
        wishes: vec![],
        way: Way::Take,
        arrived: false,
    }
}

/// Stall `n` of zone A, `n` x 4 m along a line, 3 m wide, in the open, without power or water.
fn spot(n: u8) -> Spot {
    Spot {
        stall: stall_id(n),
        no: n.to_string(),
        zone: "A".to_owned(),
        at_cm: (i64::from(n) * 400, 0),
        width_cm: 300,
        sheltered: false,
        closed: false,
        step_free: true,
        outlets: vec![],
        water_cm: None,
        entrance_cm: None,
    }
}

fn outlet(id: &str, distance_cm: i64, capacity_w: i64) -> Outlet {
    Outlet { id: id.to_owned(), distance_cm, reach_cm: 1200, capacity_w, circuit: None }
}

fn board(entries: u8, spots: u8) -> Board {
    Board {
        entries: (1..=entries).map(entry).collect(),
        spots: (1..=spots).map(spot).collect(),
        ..Board::default()
    }
}

fn held(entry: u8, stall: u8) -> Held {
    Held { entry: entry_id(entry), stall: stall_id(stall), pinned: false }
}

fn pin(entry: u8, stall: u8) -> Held {
    Held { pinned: true, ..held(entry, stall) }
}

fn needs(board: &mut Board, n: u8) -> &mut Needs {
    &mut board.entries[usize::from(n) - 1].needs
}

fn past(entry: u8, markets: i64, quality: i64, last: Option<&str>) -> Past {
    Past { entry: entry_id(entry), markets, quality, last: last.map(str::to_owned) }
}
