//! Stories and properties of the check.

mod curing;
mod demand;
mod place;
mod quick;
mod reach;

use proptest::prelude::*;

use super::super::tests::stall;
use super::super::{Edit, Layout, Spot, Stall};
use super::*;
use crate::entry::EntryLine;
use crate::geometry::Point;
use crate::market::Plan;

/// The square and the corridor of the demo.
fn ground() -> Ground {
    Ground::parse(include_str!("../../../../../server/demo/ground.json")).unwrap()
}

/// One plain area of so many metres with a way in at the middle of its south side; stalls of 3 m, 3 m before them.
fn yard(w: f64, h: f64) -> Ground {
    let ground = serde_json::json!({
        "schema": "venue/1", "name": "yard", "title": "yard", "survey": "",
        "zones": [{"id": "yard", "name": "yard", "polygon": [[0.0, 0.0], [w, 0.0], [w, h], [0.0, h]],
            "shelter": false, "stall": {"w": 3.0, "d": 3.0}, "aisle": 3.0}],
        "walk": [], "obstacles": [], "keep_clear": [], "entrances": [[w / 2.0, 0.0]], "outlets": [], "water": [],
        "rules": {"max_run": 8, "run_gap": 1.5, "back_gap": 0.5, "min_aisle": 3.0, "fire_lane": 4.0}
    });
    Ground::parse(&ground.to_string()).unwrap()
}

fn square(x: f64, y: f64, w: f64, h: f64) -> serde_json::Value {
    serde_json::json!([[x, y], [x + w, y], [x + w, y + h], [x, y + h]])
}

/// The ground with more of something, as it stands in a file.
fn with(ground: &Ground, part: &str, more: serde_json::Value) -> Ground {
    let mut file = serde_json::to_value(ground).unwrap();
    let list = file.as_object_mut().unwrap().entry(part).or_insert_with(|| serde_json::json!([]));
    list.as_array_mut().unwrap().push(more);
    Ground::parse(&file.to_string()).unwrap()
}

fn layout(stalls: &[Stall]) -> Layout {
    Layout::of(stalls.iter().cloned()).unwrap()
}

/// A stall whose counter looks to so many degrees.
fn looking(n: u8, x: f64, y: f64, facing: f64) -> Stall {
    Stall { facing, ..stall(n, x, y) }
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-6
}

fn none() -> Uses {
    Uses::new()
}

/// The layout after a breach's remedy.
fn after(layout: &Layout, breach: &Breach) -> Layout {
    let mut after = layout.clone();
    after.apply(breach.remedy.clone().unwrap()).unwrap();
    after
}

fn errors(found: &[Breach]) -> Vec<&Breach> {
    found.iter().filter(|breach| breach.severity == Severity::Error).collect()
}

/// The rule's name.
fn name(kind: &Kind) -> String {
    let text = format!("{kind:?}");
    text.split([' ', '(', '{']).next().unwrap_or_default().to_owned()
}

/// The demo layout of a plan with its fourteen entries where they wish to be.
fn demo(plan: Plan) -> (Layout, Uses) {
    let file = match plan {
        Plan::Rain => include_str!("../../../../../server/demo/layout-rain.json"),
        Plan::Fair => include_str!("../../../../../server/demo/layout-fair.json"),
    };
    let spots = Spot::parse_all(file).unwrap();
    let layout =
        Layout::of(spots.into_iter().zip(1..).map(|(spot, n)| spot.stall(stall(n, 0.0, 0.0).id).unwrap()));
    let layout = layout.unwrap();
    let lines = EntryLine::parse_all(include_str!("../../../../../server/demo/entries.json")).unwrap();
    let units: Vec<_> =
        crate::unit::UnitLine::parse_all(include_str!("../../../../../server/demo/units.json"))
            .unwrap()
            .into_iter()
            .zip(1..)
            .map(|(line, n)| line.unit(crate::UnitId::new(crate::Moment::from_millis(0), [n; 10])).unwrap())
            .collect();
    let id = crate::EntryId::new(crate::Moment::from_millis(0), [1; 10]);
    let uses = lines.into_iter().map(|line| line.entry(id, &units).unwrap()).map(|entry| {
        let stall = layout.numbered(&entry.wishes[0]).unwrap();
        (stall.id, Use::of(&entry.needs, plan))
    });
    let uses = uses.collect();
    (layout, uses)
}
