//! Reads a ground that comes from a file, and when it cannot, says which part is wrong and how.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{
    Area, Circuit, Facility, Flaw, Ground, KeepClear, Kind, Obstacle, Outlet, Part, Patch, SCHEMA, Spot,
    flaws,
};
use crate::Refusal;
use crate::geometry::{Point, Polygon};

/// Why a file is no ground.
#[derive(Clone, PartialEq, Debug)]
pub enum Unread {
    /// Not even JSON; where it stops making sense.
    NotJson {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
    },
    /// JSON, but not of schema `venue/1`.
    NotVenue,
    /// A field of the whole document is wrong: what the reader says, in English.
    Whole(String),
    /// One part is wrong: what the reader says, in English.
    Part(Spot, String),
    /// One part makes no sense.
    Nonsense(Spot, Refusal),
    /// The parts do not go together.
    Together(Refusal),
    /// Drawn wrongly.
    Flaw(Flaw),
}

/// Reads `venue/1`. What comes out has no errors among its [`flaws`].
pub fn read(json: &str) -> Result<Ground, Unread> {
    let value: Value = serde_json::from_str(json.trim_start_matches('\u{feff}'))
        .map_err(|error| Unread::NotJson { line: error.line(), column: error.column() })?;
    if value.get("schema").and_then(Value::as_str) != Some(SCHEMA) {
        return Err(Unread::NotVenue);
    }
    parts(&value)?;
    let ground: Ground = serde_json::from_value(value).map_err(|error| whole(&error.to_string()))?;
    match flaws(&ground).into_iter().find(Flaw::is_error) {
        Some(flaw) => Err(Unread::Flaw(flaw)),
        None => Ok(ground),
    }
}

fn parts(value: &Value) -> Result<(), Unread> {
    list::<Area>(value, "zones", Kind::Zone, Part::Zone)?;
    list::<Polygon>(value, "walk", Kind::Walk, Part::Walk)?;
    list::<Obstacle>(value, "obstacles", Kind::Obstacle, Part::Obstacle)?;
    list::<KeepClear>(value, "keep_clear", Kind::KeepClear, Part::KeepClear)?;
    list::<Point>(value, "entrances", Kind::Entrance, Part::Entrance)?;
    list::<Point>(value, "exits", Kind::Exit, Part::Exit)?;
    list::<Circuit>(value, "circuits", Kind::Circuit, Part::Circuit)?;
    list::<Outlet>(value, "outlets", Kind::Outlet, Part::Outlet)?;
    list::<Point>(value, "water", Kind::Water, Part::Water)?;
    list::<Facility>(value, "facilities", Kind::Facility, Part::Facility)?;
    list::<Patch>(value, "patches", Kind::Patch, Part::Patch)?;
    single(value, "rules", Kind::Rules, Part::Rules)?;
    single(value, "outline", Kind::Outline, Part::Outline)?;
    single(value, "backdrop", Kind::Backdrop, Part::Backdrop)
}

fn list<T: DeserializeOwned>(
    value: &Value,
    field: &str,
    kind: Kind,
    part: fn(T) -> Part,
) -> Result<(), Unread> {
    let all = value.get(field).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    all.iter().enumerate().try_for_each(|(index, one)| check(one, Spot { kind, index }, part))
}

fn single<T: DeserializeOwned>(
    value: &Value,
    field: &str,
    kind: Kind,
    part: fn(T) -> Part,
) -> Result<(), Unread> {
    match value.get(field) {
        None | Some(Value::Null) => Ok(()),
        Some(one) => check(one, Spot { kind, index: 0 }, part),
    }
}

fn check<T: DeserializeOwned>(value: &Value, spot: Spot, part: fn(T) -> Part) -> Result<(), Unread> {
    let read = T::deserialize(value).map_err(|error| Unread::Part(spot, error.to_string()))?;
    part(read).refuse_nonsense().map_err(|refusal| Unread::Nonsense(spot, refusal))
}

/// What the reader says about the whole document; a rule's own word for no comes through as its text.
fn whole(said: &str) -> Unread {
    let rules = [
        Refusal::Missing("zone"),
        Refusal::Missing("circuit"),
        Refusal::Malformed("id that occurs twice"),
        Refusal::TooLong("ground"),
    ];
    match rules.into_iter().find(|rule| rule.to_string() == said) {
        Some(refusal) => Unread::Together(refusal),
        None => Unread::Whole(said.to_owned()),
    }
}
