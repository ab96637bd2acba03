//! Entries (参市): a unit's presence at one market, what it offers there and what its stall must have.

use serde::{Deserialize, Serialize};

use crate::text::{short, short_or_empty};
use crate::unit::Unit;
use crate::{EntryId, Refusal, UnitId};

/// How the unit came in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// 揭榜: answered a posted need.
    Bid,
    /// 认领: took an open stall.
    Take,
    /// 请缨: offered a service of its own.
    Offer,
}

impl Way {
    /// The value of the `way` column.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Bid => "bid",
            Self::Take => "take",
            Self::Offer => "offer",
        }
    }

    /// Reads the `way` column.
    pub fn from_code(code: &str) -> Result<Self, Refusal> {
        match code {
            "bid" => Ok(Self::Bid),
            "take" => Ok(Self::Take),
            "offer" => Ok(Self::Offer),
            _ => Err(Refusal::Malformed("way")),
        }
    }
}

/// What a stall must have for this entry.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(clippy::struct_excessive_bools, reason = "independent demands, not a state")]
pub struct Needs {
    /// Watts; 0 for none.
    pub power_w: i64,
    /// Running water nearby.
    pub water: bool,
    /// A roof when it rains (paper, health, electronics).
    pub shelter: bool,
    /// Suffers from loudspeakers next door.
    pub quiet: bool,
    /// Makes noise itself.
    pub loud: bool,
    /// Least width in centimetres; 0 for any.
    pub width_cm: i64,
    /// Draws a queue that needs room.
    pub queue: bool,
    /// People expected in that queue; 0: nobody has said.
    #[serde(skip_serializing_if = "is_zero")]
    pub waiting: i64,
    /// A wheelchair must get to its counter.
    #[serde(skip_serializing_if = "is_false")]
    pub step_free: bool,
    /// Visitors expected over the day, so that no zone is crowded while another is empty; 0: nobody has said.
    #[serde(skip_serializing_if = "is_zero")]
    pub visitors: i64,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_zero(count: &i64) -> bool {
    *count == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_false(wanted: &bool) -> bool {
    !*wanted
}

/// A unit's presence at one market.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// Which.
    pub id: EntryId,
    /// Whose; `None` while the unit is still to be found (单位待定).
    pub unit: Option<UnitId>,
    /// The unit's name, for reading.
    pub unit_name: String,
    /// What stands on the sign: `网格有约`.
    pub name: String,
    /// The slogan zone's letter in which it belongs; empty for any.
    pub zone: String,
    /// What it offers.
    pub services: Vec<String>,
    /// What its stall must have.
    pub needs: Needs,
    /// Numbers of the stalls it would like, best first.
    pub wishes: Vec<String>,
    /// How it came in.
    pub way: Way,
    /// Whether it has come on the day.
    pub arrived: bool,
}

/// More services or wishes than this are no list any more.
const MOST: usize = 20;

impl Entry {
    /// This entry with its texts trimmed, if it makes sense: a name for the sign, demands that a stall can meet.
    pub fn sound(mut self) -> Result<Self, Refusal> {
        self.name = short(&self.name, 40, "name")?;
        self.zone = short_or_empty(&self.zone, 4, "zone")?;
        for (list, most, what) in [(&mut self.services, 40, "service"), (&mut self.wishes, 8, "wish")] {
            list.retain(|text| !text.trim().is_empty());
            if list.len() > MOST {
                return Err(Refusal::TooLong(what));
            }
            for text in list {
                *text = short(text, most, what)?;
            }
        }
        let needs = &self.needs;
        let ranges = [
            (needs.power_w, 20_000, "power"),
            (needs.width_cm, 2_000, "width"),
            (needs.waiting, 500, "queue"),
            (needs.visitors, 20_000, "visitors"),
        ];
        match ranges.into_iter().find(|(value, most, _)| !(0..=*most).contains(value)) {
            Some((_, _, what)) => Err(Refusal::Malformed(what)),
            None => Ok(self),
        }
    }
}

/// An entry in a file, before it has an id; its unit stands there by name.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryLine {
    name: String,
    unit: Option<String>,
    zone: String,
    services: Vec<String>,
    needs: Needs,
    wishes: Vec<String>,
    way: Way,
}

impl EntryLine {
    /// Reads `{"about": …, "entries": [{"name", "unit", "zone", "services", "needs", "wishes", "way"}]}`.
    pub fn parse_all(json: &str) -> Result<Vec<Self>, Refusal> {
        #[derive(Deserialize)]
        struct File {
            entries: Vec<EntryLine>,
        }
        serde_json::from_str(json).map(|file: File| file.entries).map_err(|_| Refusal::Malformed("entries"))
    }

    /// The entry with the id it is known by from now on and its unit looked up among `units`.
    pub fn entry(self, id: EntryId, units: &[Unit]) -> Result<Entry, Refusal> {
        let find = |name: String| {
            units.iter().find(|unit| unit.name == name).ok_or(Refusal::Malformed("unit of an entry"))
        };
        let unit = self.unit.map(find).transpose()?;
        Ok(Entry {
            id,
            unit: unit.map(|unit| unit.id),
            unit_name: unit.map(|unit| unit.name.clone()).unwrap_or_default(),
            name: self.name,
            zone: self.zone,
            services: self.services,
            needs: self.needs,
            wishes: self.wishes,
            way: self.way,
            arrived: false,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Moment;
    use crate::unit::UnitLine;

    #[test]
    fn the_demo_files_fit_together() {
        let units: Vec<Unit> = UnitLine::parse_all(include_str!("../../../server/demo/units.json"))
            .unwrap()
            .into_iter()
            .zip(1_u8..)
            .map(|(line, n)| line.unit(UnitId::new(Moment::from_millis(0), [n; 10])).unwrap())
            .collect();
        let entries: Vec<Entry> = lines()
            .into_iter()
            .zip(1_u8..)
            .map(|(line, n)| line.entry(EntryId::new(Moment::from_millis(0), [n; 10]), &units).unwrap())
            .collect();
        let wishes: Vec<_> = entries.iter().map(|entry| entry.wishes[0].as_str()).collect();
        assert_eq!(wishes, (1..=14).map(|no| no.to_string()).collect::<Vec<_>>());
        let open: Vec<_> =
            entries.iter().filter(|entry| entry.unit.is_none()).map(|e| &e.wishes[0]).collect();
        assert_eq!(open, ["8", "9", "11", "12"], "the account names no unit for these");
        assert!(units.iter().all(|unit| entries.iter().any(|entry| entry.unit == Some(unit.id))));
        let stray = EntryLine { unit: Some("nobody".into()), ..lines().remove(0) };
        let id = EntryId::new(Moment::from_millis(0), [1; 10]);
        assert_eq!(stray.entry(id, &units), Err(Refusal::Malformed("unit of an entry")));
    }

    #[test]
    fn texts_are_trimmed_and_demands_stay_within_reason() {
        type Case = (fn(&mut Entry), Refusal);
        let id = EntryId::new(Moment::from_millis(0), [1; 10]);
        let entry = lines().remove(9);
        let entry = EntryLine { unit: None, ..entry }.entry(id, &[]).unwrap();
        let typed =
            Entry {
                name: " 啡你莫属 ".into(), wishes: vec![" 10 ".into(), String::new()], ..entry.clone()
            };
        assert_eq!(typed.sound(), Ok(entry.clone()));
        let cases: [Case; 7] = [
            (|entry| entry.needs.visitors = 20_001, Refusal::Malformed("visitors")),
            (|entry| entry.name = "  ".into(), Refusal::Missing("name")),
            (|entry| entry.zone = "ABCDE".into(), Refusal::TooLong("zone")),
            (|entry| entry.services = vec!["茶".into(); 21], Refusal::TooLong("service")),
            (|entry| entry.wishes = vec!["123456789".into()], Refusal::TooLong("wish")),
            (|entry| entry.needs.power_w = 20_001, Refusal::Malformed("power")),
            (|entry| entry.needs.waiting = -1, Refusal::Malformed("queue")),
        ];
        for (spoil, refusal) in cases {
            let mut entry = entry.clone();
            spoil(&mut entry);
            assert_eq!(entry.sound(), Err(refusal));
        }
    }

    fn lines() -> Vec<EntryLine> {
        EntryLine::parse_all(include_str!("../../../server/demo/entries.json")).unwrap()
    }
}
