//! A ground: zones, obstacles, keep-clear areas, power and water of a place in metres (schema `venue/1`).
//!
//! Read and written without loss. Knows nothing of stalls.

use serde::{Deserialize, Serialize};

use crate::Refusal;
use crate::geometry::{Bounds, Point, Polygon};

/// The only schema that is read.
pub const SCHEMA: &str = "venue/1";

/// The width and depth of a stall, in metres.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Size {
    /// Along the counter.
    pub w: f64,
    /// From the counter to the back.
    pub d: f64,
}

/// An area in which stalls may stand.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// `plaza`; not a slogan zone's letter.
    pub id: String,
    /// `诗园小广场`
    pub name: String,
    /// Its outline.
    pub polygon: Polygon,
    /// Whether it stays dry in rain.
    pub shelter: bool,
    /// The usual size of a stall here.
    pub stall: Size,
    /// Room for people before a counter, in metres.
    pub aisle: f64,
    /// Patterns that an automatic layout may try.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub patterns: Vec<String>,
}

/// Something that stands there.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Obstacle {
    /// `tree`, `planter` …; `label` names it for people.
    pub kind: String,
    /// Its outline.
    pub polygon: Polygon,
    /// Metres that must stay free round it.
    pub clear: f64,
}

/// A part of the ground on which nothing may stand.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeepClear {
    /// `fire_lane`, `entrance` …; `label` names it for people.
    pub kind: String,
    /// Its outline.
    pub polygon: Polygon,
    /// The clear width a lane must keep, in metres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<f64>,
}

impl KeepClear {
    /// Whether it is a way for the fire brigade.
    pub fn is_fire_lane(&self) -> bool {
        self.kind == "fire_lane"
    }
}

/// A socket box with its own fuse.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outlet {
    /// `o4`
    pub id: String,
    /// Where.
    pub at: Point,
    /// Watts.
    pub cap_w: u32,
    /// Metres of cable.
    pub reach: f64,
}

/// Figures the organizer may tighten; metres, except `max_run` (stalls in a row).
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Stalls in a row before a gap.
    pub max_run: u32,
    /// That gap.
    pub run_gap: f64,
    /// Between rows that stand back to back.
    pub back_gap: f64,
    /// The narrowest way for people.
    pub min_aisle: f64,
    /// The clear width of a fire lane that names none of its own.
    pub fire_lane: f64,
}

/// A place in metres that is used again every Saturday.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, try_from = "Written")]
pub struct Ground {
    schema: String,
    /// A short name for files.
    pub name: String,
    /// `诗园小广场 + 中心书城南北馆连廊`
    pub title: String,
    /// Where the measures come from.
    pub survey: String,
    /// Where stalls may stand.
    pub zones: Vec<Area>,
    /// Ground that people walk on and stalls do not use.
    pub walk: Vec<Polygon>,
    /// What stands there.
    pub obstacles: Vec<Obstacle>,
    /// What must stay free.
    pub keep_clear: Vec<KeepClear>,
    /// Where people come in.
    pub entrances: Vec<Point>,
    /// Power.
    pub outlets: Vec<Outlet>,
    /// Taps.
    pub water: Vec<Point>,
    /// Figures.
    pub rules: Rules,
}

/// A ground as it stands in a file, before it is checked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    schema: String,
    name: String,
    title: String,
    #[serde(default)]
    survey: String,
    zones: Vec<Area>,
    walk: Vec<Polygon>,
    obstacles: Vec<Obstacle>,
    keep_clear: Vec<KeepClear>,
    entrances: Vec<Point>,
    outlets: Vec<Outlet>,
    water: Vec<Point>,
    rules: Rules,
}

impl TryFrom<Written> for Ground {
    type Error = Refusal;
    fn try_from(written: Written) -> Result<Self, Refusal> {
        let Written { schema, name, title, survey, .. } = written;
        let Written { zones, walk, obstacles, keep_clear, entrances, outlets, water, rules, .. } = written;
        if schema != SCHEMA {
            return Err(Refusal::Malformed("schema of the ground"));
        }
        let ground = Self {
            schema,
            name,
            title,
            survey,
            zones,
            walk,
            obstacles,
            keep_clear,
            entrances,
            outlets,
            water,
            rules,
        };
        ground.refuse_nonsense()?;
        Ok(ground)
    }
}

fn within(value: f64, low: f64, high: f64, what: &'static str) -> Result<(), Refusal> {
    if (low..=high).contains(&value) { Ok(()) } else { Err(Refusal::Malformed(what)) }
}

impl Ground {
    /// Reads `venue/1`.
    pub fn parse(json: &str) -> Result<Self, Refusal> {
        serde_json::from_str(json).map_err(|_| Refusal::Malformed("ground"))
    }

    fn refuse_nonsense(&self) -> Result<(), Refusal> {
        if self.zones.is_empty() {
            return Err(Refusal::Missing("zone"));
        }
        let parts = [self.zones.len(), self.walk.len(), self.obstacles.len(), self.keep_clear.len()];
        let marks = [self.entrances.len(), self.outlets.len(), self.water.len()];
        if parts.into_iter().chain(marks).any(|count| count > 5_000) {
            return Err(Refusal::TooLong("ground"));
        }
        for area in &self.zones {
            within(area.stall.w, 0.5, 50.0, "stall width")?;
            within(area.stall.d, 0.5, 50.0, "stall depth")?;
            within(area.aisle, 0.0, 50.0, "aisle")?;
        }
        for obstacle in &self.obstacles {
            within(obstacle.clear, 0.0, 50.0, "clearance")?;
        }
        for width in self.keep_clear.iter().filter_map(|part| part.width) {
            within(width, 0.5, 50.0, "lane width")?;
        }
        for outlet in &self.outlets {
            within(outlet.reach, 0.0, 500.0, "outlet reach")?;
        }
        let rules = &self.rules;
        for value in [rules.run_gap, rules.back_gap, rules.min_aisle, rules.fire_lane] {
            within(value, 0.0, 50.0, "rule")?;
        }
        let spots = self.outlets.iter().map(|outlet| outlet.at);
        if !spots.chain(self.entrances.iter().copied()).chain(self.water.iter().copied()).all(Point::is_sound)
        {
            return Err(Refusal::Malformed("place"));
        }
        self.refuse_twins()
    }

    fn refuse_twins(&self) -> Result<(), Refusal> {
        let mut areas: Vec<_> = self.zones.iter().map(|area| &area.id).collect();
        let mut outlets: Vec<_> = self.outlets.iter().map(|outlet| &outlet.id).collect();
        areas.sort();
        outlets.sort();
        if areas.windows(2).chain(outlets.windows(2)).any(|pair| pair[0] == pair[1]) {
            return Err(Refusal::Malformed("id that occurs twice"));
        }
        Ok(())
    }

    /// The area that holds a point.
    pub fn area_at(&self, at: Point) -> Option<&Area> {
        self.zones.iter().find(|area| area.polygon.contains(at))
    }

    /// The outlet of an id.
    pub fn outlet(&self, id: &str) -> Option<&Outlet> {
        self.outlets.iter().find(|outlet| outlet.id == id)
    }

    /// The rectangle round all its areas.
    pub fn bounds(&self) -> Bounds {
        let corners = self.zones.iter().flat_map(|area| area.polygon.points().iter().copied());
        Bounds::of(corners).unwrap_or(Bounds { low: Point::default(), high: Point::default() })
    }
}

/// What an obstacle or a keep-clear area is called, in Chinese and in English; an unknown kind is called
/// by its own name.
pub fn label(kind: &str) -> (&str, &str) {
    match kind {
        "planter" => ("花坛", "Planter"),
        "poem_stone" => ("诗石", "Poem stone"),
        "tree" => ("树", "Tree"),
        "column" => ("柱", "Column"),
        "lamp" => ("灯", "Lamp"),
        "hydrant" => ("消火栓", "Hydrant"),
        "link" => ("往连廊", "To the corridor"),
        "stairs" => ("去广场", "To the square"),
        "book_city_door" => ("书城门", "Book city"),
        "entrance" => ("主入口", "Main entrance"),
        "doorway" => ("门口", "Doorway"),
        "fire_lane" => ("消防通道", "Fire lane"),
        "main_aisle" => ("主通道", "Main aisle"),
        "perimeter" => ("四周通道", "Perimeter"),
        other => (other, other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIYUAN: &str = include_str!("../../../server/demo/ground.json");

    #[test]
    fn the_demo_ground_is_written_as_it_was_read() {
        let ground = Ground::parse(SHIYUAN).unwrap();
        assert_eq!(ground.zones.len(), 2);
        assert_eq!(ground.keep_clear[0].width, Some(4.0));
        assert_eq!(ground.outlet("o4").unwrap().cap_w, 3500);
        let written = serde_json::to_value(&ground).unwrap();
        assert_eq!(written, lax(serde_json::from_str(SHIYUAN).unwrap()));
        assert_eq!(Ground::parse(&written.to_string()).unwrap(), ground);
    }

    /// Numbers as floats, so that `4` and `4.0` compare equal; watts and counts stay whole.
    fn lax(value: serde_json::Value) -> serde_json::Value {
        match value {
            serde_json::Value::Number(n) => n.as_f64().into(),
            serde_json::Value::Array(all) => all.into_iter().map(lax).collect(),
            serde_json::Value::Object(map) => map
                .into_iter()
                .map(|(key, v)| if key == "cap_w" || key == "max_run" { (key, v) } else { (key, lax(v)) })
                .collect(),
            other => other,
        }
    }

    #[test]
    fn every_kind_on_the_demo_ground_has_a_name() {
        let ground = Ground::parse(SHIYUAN).unwrap();
        let kinds = ground.obstacles.iter().map(|o| &o.kind).chain(ground.keep_clear.iter().map(|k| &k.kind));
        for kind in kinds {
            assert_ne!(label(kind).0, kind);
        }
    }

    #[test]
    fn nonsense_is_refused() {
        let good: serde_json::Value = serde_json::from_str(SHIYUAN).unwrap();
        let cases: &[(&str, serde_json::Value)] = &[
            ("/schema", "venue/2".into()),
            ("/zones", serde_json::json!([])),
            ("/zones/0/stall/w", 0.into()),
            ("/zones/0/stall/w", (-3).into()),
            ("/zones/1/id", "plaza".into()),
            ("/zones/0/polygon", serde_json::json!([[0, 0], [1, 1]])),
            ("/obstacles/0/clear", (-1).into()),
            ("/outlets/0/at", serde_json::json!([1e12, 0])),
            ("/outlets/0/cap_w", (-5).into()),
            ("/rules/fire_lane", serde_json::Value::Null),
            ("/keep_clear/0/width", 0.into()),
        ];
        for (place, value) in cases {
            let mut bad = good.clone();
            *bad.pointer_mut(place).unwrap() = value.clone();
            assert!(Ground::parse(&bad.to_string()).is_err(), "{place} = {value}");
        }
        let mut bad = good;
        bad["surprise"] = 1.into();
        assert!(Ground::parse(&bad.to_string()).is_err());
    }
}
