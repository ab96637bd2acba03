//! A ground: zones, obstacles, keep-clear areas, power and water of a place in metres (schema `venue/1`).
//!
//! Read and written without loss. Knows nothing of stalls.

mod diff;
mod edit;
mod feature;
mod flaw;
mod fuse;
mod history;
mod import;
mod kind;
mod label;
mod part;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use diff::{Clash, Diff, Misfit, Step, tell};
pub use edit::Edit;
pub use feature::{Backdrop, Circuit, Facility, Patch};
pub use flaw::{FIRE_LANE, Flaw, Mistake, flaws};
pub use fuse::Fuse;
pub use history::History;
pub use import::{Unread, read};
pub use kind::{Heading, Kind, Part, Spot};
pub use label::label;
pub use part::{Area, KeepClear, Obstacle, Outlet, Rules, Size};

use crate::Refusal;
use crate::geometry::{Bounds, Point, Polygon, micrometre};
use crate::order::Order;
use crate::text::short;

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
        let mut ground = Self {
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
        ground.tidy();
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

    /// Every figure to the micrometre, as places are: what is written and read again is the same ground.
    fn tidy(&mut self) {
        let zones = self.zones.iter_mut().flat_map(|z| [&mut z.stall.w, &mut z.stall.d, &mut z.aisle]);
        let rules = &mut self.rules;
        let figures = [&mut rules.run_gap, &mut rules.back_gap, &mut rules.min_aisle, &mut rules.fire_lane];
        let photo = self.backdrop.iter_mut().flat_map(|b| [&mut b.w, &mut b.h, &mut b.angle]);
        let widths = self.keep_clear.iter_mut().filter_map(|part| part.width.as_mut());
        let clears = self.obstacles.iter_mut().map(|part| &mut part.clear);
        let reaches = self.outlets.iter_mut().map(|outlet| &mut outlet.reach);
        let all = zones.chain(figures).chain(photo).chain(widths).chain(clears).chain(reaches);
        all.for_each(|figure| *figure = micrometre(*figure));
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
        self.all_parts().try_for_each(|(_, part)| part.refuse_nonsense())?;
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
        areas.order_by(Ord::cmp);
        outlets.order_by(Ord::cmp);
        circuits.order_by(Ord::cmp);
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

    /// A plain rectangle under the sky with an entrance in the middle of its lower edge; metres, 5 to 500.
    pub fn rectangle(title: &str, w: f64, d: f64) -> Result<Self, Refusal> {
        within(w, 5.0, 500.0, "ground")?;
        within(d, 5.0, 500.0, "ground")?;
        let title = short(title, 120, "ground")?;
        let corners = [(0.0, 0.0), (w, 0.0), (w, d), (0.0, d)].map(|(x, y)| Point::new(x, y));
        let area = Area {
            id: "z1".into(),
            name: title.clone(),
            polygon: Polygon::try_from(corners.to_vec())?,
            shelter: false,
            stall: Size { w: 3.0, d: 3.0 },
            aisle: 3.0,
            patterns: Vec::new(),
        };
        Ok(Self {
            schema: SCHEMA.into(),
            name: "rectangle".into(),
            title,
            survey: String::new(),
            zones: vec![area],
            entrances: vec![Point::new(w / 2.0, 0.0)],
            rules: Rules { max_run: 8, run_gap: 1.5, back_gap: 0.5, min_aisle: 3.0, fire_lane: 4.0 },
            walk: Vec::new(),
            obstacles: Vec::new(),
            keep_clear: Vec::new(),
            outlets: Vec::new(),
            water: Vec::new(),
            outline: None,
            exits: Vec::new(),
            circuits: Vec::new(),
            facilities: Vec::new(),
            patches: Vec::new(),
            backdrop: None,
        })
    }

    /// In square metres, all areas together.
    pub fn area(&self) -> f64 {
        self.zones.iter().map(|area| area.polygon.area()).sum()
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
