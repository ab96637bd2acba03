//! One part of a ground as a value, whatever it is, and where it stands in the document.
//!
//! Parts of a list have no ids of their own: a part is known by what it was. Only zones, outlets and circuits
//! have one, because layouts and other parts name them.

use serde::{Deserialize, Serialize};

use super::{Area, Backdrop, Circuit, Facility, Ground, KeepClear, Obstacle, Outlet, Patch, Rules};
use crate::Refusal;
use crate::geometry::{Point, Polygon};
use crate::text::{short, short_or_empty};

/// What people call the place, and where its measures come from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heading {
    /// A short name for files.
    pub name: String,
    /// `诗园小广场 + 中心书城南北馆连廊`
    pub title: String,
    /// Where the measures come from.
    pub survey: String,
}

/// Where in the document of a ground a part stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Spot {
    /// Which list.
    pub kind: Kind,
    /// Its place there, from 0; 0 for what there is only once.
    pub index: usize,
}

macro_rules! parts {
    ($($(#[$doc:meta])* $name:ident($of:ty) in $list:ident;)*) => {
        /// The kinds of parts, in the order of the document.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Kind {
            /// Names.
            Heading,
            /// Figures.
            Rules,
            /// The edge of the whole place.
            Outline,
            /// A photo under it.
            Backdrop,
            $($(#[$doc])* $name,)*
        }

        /// One part of a ground, as a whole.
        #[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Part {
            /// Names.
            Heading(Heading),
            /// Figures.
            Rules(Rules),
            /// The edge of the whole place.
            Outline(Polygon),
            /// A photo under it.
            Backdrop(Backdrop),
            $($(#[$doc])* $name($of),)*
        }

        impl Kind {
            /// Every kind of which there may be several.
            pub const LISTS: &[Self] = &[$(Self::$name),*];
        }

        impl Part {
            /// Which kind it is.
            pub const fn kind(&self) -> Kind {
                match self {
                    Self::Heading(_) => Kind::Heading,
                    Self::Rules(_) => Kind::Rules,
                    Self::Outline(_) => Kind::Outline,
                    Self::Backdrop(_) => Kind::Backdrop,
                    $(Self::$name(_) => Kind::$name,)*
                }
            }
        }

        impl Ground {
            /// How many parts of a kind there are.
            pub fn count(&self, kind: Kind) -> usize {
                match kind {
                    Kind::Heading | Kind::Rules => 1,
                    Kind::Outline => usize::from(self.outline.is_some()),
                    Kind::Backdrop => usize::from(self.backdrop.is_some()),
                    $(Kind::$name => self.$list.len(),)*
                }
            }

            /// The part at a spot.
            pub fn part(&self, spot: Spot) -> Option<Part> {
                let index = spot.index;
                if index > 0 && !Kind::LISTS.contains(&spot.kind) {
                    return None;
                }
                match spot.kind {
                    Kind::Heading => Some(Part::Heading(Heading {
                        name: self.name.clone(),
                        title: self.title.clone(),
                        survey: self.survey.clone(),
                    })),
                    Kind::Rules => Some(Part::Rules(self.rules)),
                    Kind::Outline => self.outline.clone().map(Part::Outline),
                    Kind::Backdrop => self.backdrop.clone().map(Part::Backdrop),
                    $(Kind::$name => self.$list.get(index).cloned().map(Part::$name),)*
                }
            }

            /// Puts a part in at a spot, before what stands there.
            pub(super) fn put_in(&mut self, index: usize, part: Part) {
                match part {
                    $(Part::$name(part) => self.$list.insert(index.min(self.$list.len()), part),)*
                    single => self.replace(index, single),
                }
            }

            /// Puts a part in the place of the one at a spot.
            pub(super) fn replace(&mut self, index: usize, part: Part) {
                match part {
                    Part::Heading(heading) => {
                        let Heading { name, title, survey } = heading;
                        (self.name, self.title, self.survey) = (name, title, survey);
                    }
                    Part::Rules(rules) => self.rules = rules,
                    Part::Outline(outline) => self.outline = Some(outline),
                    Part::Backdrop(backdrop) => self.backdrop = Some(backdrop),
                    $(Part::$name(part) => {
                        if let Some(place) = self.$list.get_mut(index) {
                            *place = part;
                        }
                    })*
                }
            }

            /// Takes the part at a spot out.
            pub(super) fn take_out(&mut self, spot: Spot) {
                match spot.kind {
                    Kind::Heading | Kind::Rules => {}
                    Kind::Outline => self.outline = None,
                    Kind::Backdrop => self.backdrop = None,
                    $(Kind::$name => {
                        if spot.index < self.$list.len() {
                            self.$list.remove(spot.index);
                        }
                    })*
                }
            }
        }
    };
}

parts! {
    /// An area in which stalls may stand.
    Zone(Area) in zones;
    /// Ground that people walk on.
    Walk(Polygon) in walk;
    /// Something that stands there.
    Obstacle(Obstacle) in obstacles;
    /// A part that stays free.
    KeepClear(KeepClear) in keep_clear;
    /// A way in.
    Entrance(Point) in entrances;
    /// A way out only.
    Exit(Point) in exits;
    /// A fuse.
    Circuit(Circuit) in circuits;
    /// A socket box.
    Outlet(Outlet) in outlets;
    /// A tap.
    Water(Point) in water;
    /// A thing that people look for.
    Facility(Facility) in facilities;
    /// What the floor is like.
    Patch(Patch) in patches;
}

impl Kind {
    /// Whether there may be several.
    pub fn is_list(self) -> bool {
        Self::LISTS.contains(&self)
    }
}

impl Ground {
    /// Every part of a kind with its spot.
    pub fn parts(&self, kind: Kind) -> impl Iterator<Item = (Spot, Part)> + '_ {
        (0..self.count(kind)).filter_map(move |index| {
            let spot = Spot { kind, index };
            self.part(spot).map(|part| (spot, part))
        })
    }

    /// Every part.
    pub fn all_parts(&self) -> impl Iterator<Item = (Spot, Part)> + '_ {
        let single = [Kind::Heading, Kind::Rules, Kind::Outline, Kind::Backdrop];
        single.into_iter().chain(Kind::LISTS.iter().copied()).flat_map(|kind| self.parts(kind))
    }

    /// An id that no zone, outlet or circuit has yet: `o5`.
    pub fn fresh_id(&self, kind: Kind) -> String {
        let letter = match kind {
            Kind::Outlet => "o",
            Kind::Circuit => "c",
            _ => "z",
        };
        let known = |id: &String| self.parts(kind).any(|(_, part)| part.id() == Some(id));
        (1..=10_000).map(|n: u32| format!("{letter}{n}")).find(|id| !known(id)).unwrap_or_default()
    }
}

impl Part {
    /// The id by which others name it.
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Zone(area) => Some(&area.id),
            Self::Outlet(outlet) => Some(&outlet.id),
            Self::Circuit(circuit) => Some(&circuit.id),
            _ => None,
        }
    }

    /// Its outline, if it covers ground.
    pub const fn polygon(&self) -> Option<&Polygon> {
        match self {
            Self::Outline(polygon) | Self::Walk(polygon) => Some(polygon),
            Self::Zone(area) => Some(&area.polygon),
            Self::Obstacle(obstacle) => Some(&obstacle.polygon),
            Self::KeepClear(part) => Some(&part.polygon),
            Self::Patch(patch) => Some(&patch.polygon),
            _ => None,
        }
    }

    /// Its place, if it is a point; the lower left corner of a photo.
    pub const fn point(&self) -> Option<Point> {
        match self {
            Self::Entrance(at) | Self::Exit(at) | Self::Water(at) => Some(*at),
            Self::Outlet(outlet) => Some(outlet.at),
            Self::Facility(facility) => Some(facility.at),
            Self::Backdrop(backdrop) => Some(backdrop.at),
            _ => None,
        }
    }

    /// Its middle; the origin for what has no place.
    pub fn middle(&self) -> Point {
        self.polygon().map(Polygon::centroid).or_else(|| self.point()).unwrap_or_default()
    }

    /// The same part with another outline.
    pub fn with_corners(&self, corners: Vec<Point>) -> Result<Self, Refusal> {
        let mut part = self.clone();
        match &mut part {
            Self::Outline(polygon)
            | Self::Walk(polygon)
            | Self::Zone(Area { polygon, .. })
            | Self::Obstacle(Obstacle { polygon, .. })
            | Self::KeepClear(KeepClear { polygon, .. })
            | Self::Patch(Patch { polygon, .. }) => *polygon = Polygon::try_from(corners)?,
            _ => return Err(Refusal::Malformed("polygon")),
        }
        Ok(part)
    }

    /// The same part at another place.
    pub fn with_place(&self, place: Point) -> Result<Self, Refusal> {
        let mut part = self.clone();
        match &mut part {
            Self::Entrance(at)
            | Self::Exit(at)
            | Self::Water(at)
            | Self::Outlet(Outlet { at, .. })
            | Self::Facility(Facility { at, .. })
            | Self::Backdrop(Backdrop { at, .. }) => *at = place,
            _ => return Err(Refusal::Malformed("place")),
        }
        Ok(part)
    }
}

impl Part {
    /// Whether its own figures and words make sense, whatever else is on the ground.
    pub(super) fn refuse_nonsense(&self) -> Result<(), Refusal> {
        if self.point().is_some_and(|at| !at.is_sound()) {
            return Err(Refusal::Malformed("place"));
        }
        match self {
            Self::Heading(heading) => {
                short_or_empty(&heading.name, 200, "name")?;
                short(&heading.title, 200, "title")?;
                short_or_empty(&heading.survey, 2_000, "survey").map(drop)
            }
            Self::Rules(rules) => rules.refuse_nonsense(),
            Self::Backdrop(backdrop) => backdrop.refuse_nonsense(),
            Self::Zone(area) => area.refuse_nonsense(),
            Self::Obstacle(obstacle) => obstacle.refuse_nonsense(),
            Self::KeepClear(part) => part.refuse_nonsense(),
            Self::Outlet(outlet) => outlet.refuse_nonsense(),
            Self::Circuit(circuit) => short(&circuit.id, 32, "circuit id").map(drop),
            Self::Facility(facility) => {
                short(&facility.kind, 32, "kind")?;
                short_or_empty(&facility.label, 60, "label").map(drop)
            }
            Self::Patch(patch) => short(&patch.kind, 32, "kind").map(drop),
            Self::Outline(_) | Self::Walk(_) | Self::Entrance(_) | Self::Exit(_) | Self::Water(_) => Ok(()),
        }
    }
}
