//! A layout that comes as a file, up to the map that is drawn of it.

use kaishi_domain::ground::Ground;

use kaishi_domain::layout::drawing::{Labels, draw};
use kaishi_domain::layout::file::File;
use kaishi_domain::layout::svg::svg;
use kaishi_domain::layout::{Layout, Spot, Uses, check};
use kaishi_domain::{Moment, StallId};

use super::bend::document;

const GROUND: &str = include_str!("../../../demo/ground.json");
const STALLS: &str = include_str!("../../../demo/layout-fair.json");

/// A picture of more stalls is looked at less often than it takes.
const MOST_DRAWN: usize = 120;

fn id(n: u8) -> StallId {
    StallId::new(Moment::from_millis(0), [n; 10])
}

pub(super) fn ground() -> Ground {
    Ground::parse(GROUND).unwrap()
}

/// The demo's stalls.
pub(super) fn layout() -> Layout {
    let spots = Spot::parse_all(STALLS).unwrap();
    Layout::of(spots.into_iter().zip(1..).map(|(spot, n)| spot.stall(id(n)).unwrap())).unwrap()
}

/// The same as a file.
pub(super) fn in_order() -> String {
    File::of(&layout(), "shiyuan", kaishi_domain::market::Plan::Fair).text().unwrap()
}

pub(super) fn run(bytes: &[u8]) -> bool {
    let Ok(file) = File::parse(&document(bytes, &in_order())) else { return false };
    let text = file.text().unwrap();
    assert_eq!(File::parse(&text).unwrap().text().unwrap(), text, "a file is written and read without loss");
    let (before, mut next) = (layout(), 100);
    let fresh = || {
        next += 1;
        StallId::new(Moment::from_millis(next), [0; 10])
    };
    let Ok(diff) = file.over(&before, |_| false, fresh) else { return false };
    let mut after = before.clone();
    diff.apply(&mut after).unwrap();
    assert_eq!(after.stalls().len(), file.len());
    let known: Layout = serde_json::from_str(&serde_json::to_string(&after).unwrap()).unwrap();
    assert_eq!(known, after, "a layout is kept without loss");
    if after.stalls().len() <= MOST_DRAWN {
        show(&ground(), &after);
    }
    diff.inverse().apply(&mut after).unwrap();
    assert_eq!(after, before, "an import can be undone");
    true
}

/// Looks for what is wrong with a layout, and draws it.
pub(super) fn show(ground: &Ground, layout: &Layout) {
    for breach in check(ground, layout, &Uses::default()) {
        let told = format!("{breach:?}");
        assert!(!told.contains("NaN") && !told.contains("inf"), "a figure that is none: {told}");
    }
    let picture = svg(&draw(ground, layout, &Labels::default()), "map");
    for nothing in ["NaN", "inf", "<script"] {
        assert!(!picture.contains(nothing), "{nothing} in a picture");
    }
}
