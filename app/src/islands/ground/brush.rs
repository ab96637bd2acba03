//! What can be drawn, and what a drawn outline or point becomes. Pure.

use kaishi_domain::geometry::{Bounds, Point, Polygon};
use kaishi_domain::ground::{
    Area, Circuit, Facility, Ground, KeepClear, Kind, Obstacle, Outlet, Part, Patch, Size, label,
};

use crate::words::Lang;
use crate::words::ground::kind_name;

/// What an outline can be.
pub(super) const AREAS: [&str; 13] = [
    "zone",
    "shelter",
    "walk",
    "fire_lane",
    "doorway",
    "planter",
    "tree",
    "column",
    "lamp",
    "shade",
    "step_free",
    "steps",
    "outline",
];

/// What a point can be.
pub(super) const POINTS: [&str; 14] = [
    "gate_in",
    "gate_out",
    "outlet",
    "tap",
    "aed",
    "first_aid",
    "hydrant",
    "seat",
    "toilet",
    "drinking_water",
    "service",
    "assembly",
    "charging",
    "parking",
];

/// Kinds that a part of the ground can have, in the panel.
pub(super) const OBSTACLES: [&str; 5] = ["planter", "tree", "column", "lamp", "poem_stone"];
pub(super) const KEPT: [&str; 7] =
    ["fire_lane", "main_aisle", "perimeter", "entrance", "doorway", "stairs", "link"];
pub(super) const FACILITIES: [&str; 10] = [
    "aed",
    "first_aid",
    "hydrant",
    "seat",
    "toilet",
    "drinking_water",
    "service",
    "assembly",
    "charging",
    "parking",
];
pub(super) const FLOORS: [&str; 3] = ["shade", "step_free", "steps"];

/// Its name for people.
pub(super) fn name(lang: Lang, brush: &str) -> String {
    let known = |kind: &str| {
        let (zh, en) = label(kind);
        lang.pick(zh, en).to_owned()
    };
    match brush {
        "zone" => lang.pick("分区（露天）", "Zone, open").into(),
        "shelter" => lang.pick("分区（有顶）", "Zone, sheltered").into(),
        "walk" => kind_name(lang, Kind::Walk).into(),
        "outline" => kind_name(lang, Kind::Outline).into(),
        "gate_in" => kind_name(lang, Kind::Entrance).into(),
        "gate_out" => kind_name(lang, Kind::Exit).into(),
        "outlet" => kind_name(lang, Kind::Outlet).into(),
        "tap" => kind_name(lang, Kind::Water).into(),
        "doorway" => lang.pick("留空（门口）", "Kept clear").into(),
        kind => known(kind),
    }
}

/// The part that an outline becomes.
pub(super) fn area(ground: &Ground, brush: &str, corners: Vec<Point>) -> Option<Part> {
    let polygon = Polygon::try_from(corners).ok()?;
    let kind = brush.to_owned();
    Some(match brush {
        "zone" | "shelter" => Part::Zone(Area {
            id: ground.fresh_id(Kind::Zone),
            name: String::new(),
            polygon,
            shelter: brush == "shelter",
            stall: ground.zones.first().map_or(Size { w: 3.0, d: 3.0 }, |area| area.stall),
            aisle: ground.zones.first().map_or(3.0, |area| area.aisle),
            patterns: Vec::new(),
        }),
        "walk" => Part::Walk(polygon),
        "outline" => Part::Outline(polygon),
        "fire_lane" => {
            let width = (polygon.narrowest() * 100.0).round() / 100.0;
            Part::KeepClear(KeepClear { kind, polygon, width: Some(width.clamp(0.5, 50.0)) })
        }
        "doorway" => Part::KeepClear(KeepClear { kind, polygon, width: None }),
        "shade" | "step_free" | "steps" => Part::Patch(Patch { kind, polygon }),
        _ => Part::Obstacle(Obstacle { kind, polygon, clear: 0.3 }),
    })
}

/// The part that a point becomes.
pub(super) fn mark(ground: &Ground, brush: &str, at: Point) -> Part {
    match brush {
        "gate_in" => Part::Entrance(at),
        "gate_out" => Part::Exit(at),
        "tap" => Part::Water(at),
        "outlet" => Part::Outlet(Outlet {
            id: ground.fresh_id(Kind::Outlet),
            at,
            cap_w: 3_500,
            reach: 15.0,
            circuit: None,
        }),
        kind => Part::Facility(Facility { kind: kind.to_owned(), at, label: String::new() }),
    }
}

/// A new fuse.
pub(super) fn circuit(ground: &Ground) -> Part {
    Part::Circuit(Circuit { id: ground.fresh_id(Kind::Circuit), cap_w: 7_000 })
}

/// A rectangle between two corners, if it has any size.
pub(super) fn rectangle(one: Point, other: Point) -> Option<Vec<Point>> {
    let bounds = Bounds::of([one, other])?;
    let Bounds { low, high } = bounds;
    let corners = [low, Point::new(high.x, low.y), high, Point::new(low.x, high.y)];
    (bounds.width() >= 0.2 && bounds.height() >= 0.2).then(|| corners.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_brush_makes_a_part_that_a_ground_takes() {
        let mut ground = Ground::rectangle("新雪广场", 40.0, 25.0).unwrap();
        let corners = || rectangle(Point::new(3.0, 9.0), Point::new(9.0, 2.0)).unwrap();
        for brush in AREAS {
            let part = area(&ground, brush, corners()).unwrap();
            ground.apply(kaishi_domain::ground::Edit::Add(part)).unwrap();
        }
        for brush in POINTS {
            let part = mark(&ground, brush, Point::new(1.0, 1.0));
            ground.apply(kaishi_domain::ground::Edit::Add(part)).unwrap();
        }
        let part = circuit(&ground);
        ground.apply(kaishi_domain::ground::Edit::Add(part)).unwrap();
        assert_eq!((ground.zones.len(), ground.obstacles.len(), ground.facilities.len()), (3, 4, 10));
        assert_eq!(ground.keep_clear[0].width, Some(6.0));
        assert!(rectangle(Point::new(1.0, 1.0), Point::new(1.1, 9.0)).is_none());
    }
}
