//! A ground: zones, obstacles, keep-clear areas, power and water of a place in metres (schema `venue/1`).
//!
//! Read and written without loss. Knows nothing of stalls.

mod feature;
mod fuse;
mod label;
mod part;

use serde::{Deserialize, Serialize};

pub use feature::{Backdrop, Circuit, Facility, Patch};
pub use fuse::Fuse;
pub use label::label;
pub use part::{Area, KeepClear, Obstacle, Outlet, Rules, Size};

use crate::Refusal;
use crate::geometry::{Bounds, Point, Polygon};

/// The only schema that is read.
pub const SCHEMA: &str = "venue/1";

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
    /// The edge of the whole place; its parts lie within.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outline: Option<Polygon>,
    /// Where people get out; every entrance is an exit too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exits: Vec<Point>,
    /// Fuses that several outlets share.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub circuits: Vec<Circuit>,
    /// Things that people look for: AED, toilet, seat.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facilities: Vec<Facility>,
    /// What the floor is like: shade, step-free, steps.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub patches: Vec<Patch>,
    /// A photo or a plan that lies under it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backdrop: Option<Backdrop>,
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
    #[serde(default)]
    walk: Vec<Polygon>,
    #[serde(default)]
    obstacles: Vec<Obstacle>,
    #[serde(default)]
    keep_clear: Vec<KeepClear>,
    #[serde(default)]
    entrances: Vec<Point>,
    #[serde(default)]
    outlets: Vec<Outlet>,
    #[serde(default)]
    water: Vec<Point>,
    rules: Rules,
    #[serde(default)]
    outline: Option<Polygon>,
    #[serde(default)]
    exits: Vec<Point>,
    #[serde(default)]
    circuits: Vec<Circuit>,
    #[serde(default)]
    facilities: Vec<Facility>,
    #[serde(default)]
    patches: Vec<Patch>,
    #[serde(default)]
    backdrop: Option<Backdrop>,
}

impl TryFrom<Written> for Ground {
    type Error = Refusal;
    fn try_from(written: Written) -> Result<Self, Refusal> {
        let Written { schema, name, title, survey, .. } = written;
        let Written { zones, walk, obstacles, keep_clear, entrances, outlets, water, rules, .. } = written;
        let Written { outline, exits, circuits, facilities, patches, backdrop, .. } = written;
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
            outline,
            exits,
            circuits,
            facilities,
            patches,
            backdrop,
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
        let marks = [self.entrances.len(), self.outlets.len(), self.water.len(), self.exits.len()];
        let more = [self.circuits.len(), self.facilities.len(), self.patches.len()];
        if parts.into_iter().chain(marks).chain(more).any(|count| count > 5_000) {
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
        if let Some(backdrop) = &self.backdrop {
            backdrop.refuse_nonsense()?;
        }
        let marks =
            self.outlets.iter().map(|outlet| outlet.at).chain(self.facilities.iter().map(|one| one.at));
        let ways = self.entrances.iter().chain(&self.exits).chain(&self.water).copied();
        if !marks.chain(ways).all(Point::is_sound) {
            return Err(Refusal::Malformed("place"));
        }
        self.refuse_twins()?;
        let unknown = |outlet: &Outlet| outlet.circuit.as_ref().is_some_and(|id| self.circuit(id).is_none());
        if self.outlets.iter().any(unknown) {
            return Err(Refusal::Missing("circuit"));
        }
        Ok(())
    }

    fn refuse_twins(&self) -> Result<(), Refusal> {
        let mut areas: Vec<_> = self.zones.iter().map(|area| &area.id).collect();
        let mut outlets: Vec<_> = self.outlets.iter().map(|outlet| &outlet.id).collect();
        let mut circuits: Vec<_> = self.circuits.iter().map(|circuit| &circuit.id).collect();
        areas.sort();
        outlets.sort();
        circuits.sort();
        if areas
            .windows(2)
            .chain(outlets.windows(2))
            .chain(circuits.windows(2))
            .any(|pair| pair[0] == pair[1])
        {
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

    /// The circuit of an id.
    pub fn circuit(&self, id: &str) -> Option<&Circuit> {
        self.circuits.iter().find(|circuit| circuit.id == id)
    }

    /// Whether a point lies on a patch of a kind.
    pub fn is_on(&self, kind: &str, at: Point) -> bool {
        self.patches.iter().any(|patch| patch.kind == kind && patch.polygon.contains(at))
    }

    /// The rectangle round all its areas.
    pub fn bounds(&self) -> Bounds {
        let corners = self.zones.iter().flat_map(|area| area.polygon.points().iter().copied());
        Bounds::of(corners).unwrap_or(Bounds { low: Point::default(), high: Point::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIYUAN: &str = include_str!("../../../../server/demo/ground.json");

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
                .map(|(key, v)| {
                    if ["cap_w", "max_run", "opacity"].contains(&key.as_str()) {
                        (key, v)
                    } else {
                        (key, lax(v))
                    }
                })
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
    fn everything_a_square_may_have_is_written_as_it_was_read() {
        let mut full: serde_json::Value = lax(serde_json::from_str(SHIYUAN).unwrap());
        full["outline"] = serde_json::json!([[-2.0, -2.0], [62.0, -2.0], [62.0, 48.0], [-2.0, 48.0]]);
        full["exits"] = serde_json::json!([[42.0, 9.0]]);
        full["circuits"] = serde_json::json!([{"id": "c1", "cap_w": 9000}]);
        full["outlets"][0]["circuit"] = "c1".into();
        full["facilities"] = serde_json::json!([
            {"kind": "aed", "at": [30.0, 35.0], "label": "北馆服务台"}, {"kind": "seat", "at": [2.0, 3.0]}
        ]);
        full["patches"] =
            serde_json::json!([{"kind": "shade", "polygon": [[0.0, 0.0], [5.0, 0.0], [5.0, 5.0]]}]);
        full["backdrop"] = serde_json::json!(
            {"image": "0f".repeat(16), "at": [0.0, 0.0], "w": 60.0, "h": 45.0, "angle": 0.0, "opacity": 40}
        );
        let ground = Ground::parse(&full.to_string()).unwrap();
        assert_eq!(serde_json::to_value(&ground).unwrap(), full);
        assert!(ground.is_on("shade", Point::new(4.0, 1.0)) && !ground.is_on("shade", Point::new(9.0, 9.0)));
        full["backdrop"]["opacity"] = 140.into();
        assert!(Ground::parse(&full.to_string()).is_err());
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
            ("/outlets/0/circuit", "nowhere".into()),
        ];
        for (place, value) in cases {
            let mut bad = good.clone();
            let (parent, key) = place.rsplit_once('/').unwrap();
            match bad.pointer_mut(parent).unwrap() {
                serde_json::Value::Array(all) => all[key.parse::<usize>().unwrap()] = value.clone(),
                other => other[key] = value.clone(),
            }
            assert!(Ground::parse(&bad.to_string()).is_err(), "{place} = {value}");
        }
        let mut bad = good;
        bad["surprise"] = 1.into();
        assert!(Ground::parse(&bad.to_string()).is_err());
    }
}
