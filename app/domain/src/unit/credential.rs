//! Credentials with an end: which services need which, and whether a unit holds them on a given day.

use serde::{Deserialize, Serialize};

use super::Unit;
use super::service::{Category, codes};
use crate::Refusal;
use crate::entry::Entry;
use crate::moment::Day;
use crate::text::{short, short_or_empty};

codes! {
    /// What a unit must show before it may offer certain services.
    CredentialKind "credential kind" {
        /// 义诊备案
        FreeClinic "free_clinic",
        /// 医师执业
        Physician "physician",
        /// 律师执业
        Lawyer "lawyer",
        /// 食品经营
        Food "food",
        /// 特种设备
        SpecialEquipment "special_equipment",
    }
}

/// A paper that a unit holds. It belongs to the unit: a number, never a person's name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credential {
    /// What it allows.
    pub kind: CredentialKind,
    /// Its number; empty if nobody wrote it down.
    pub number: String,
    /// Who gave it: `区卫健局`.
    pub issued_by: String,
    /// The last day on which it is good.
    pub valid_until: Day,
}

/// So many days before its end a credential is told of.
pub const SOON: i32 = 30;

impl Credential {
    /// This credential with its texts trimmed, if they make sense.
    pub fn sound(mut self) -> Result<Self, Refusal> {
        self.number = short_or_empty(&self.number, 40, "credential number")?;
        self.issued_by = short(&self.issued_by, 40, "issuer")?;
        if [&self.number, &self.issued_by].iter().any(|text| text.contains(['｜', '|', '；', ';'])) {
            return Err(Refusal::Malformed("credential"));
        }
        Ok(self)
    }

    /// Whether it is good on a day.
    pub fn holds(&self, on: Day) -> bool {
        self.valid_until >= on
    }
}

/// Why a credential does not help.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// The unit has none of this kind.
    Missing,
    /// The last one ends before the day.
    Expired {
        /// Its last day.
        on: Day,
    },
}

/// One thing that keeps a unit from offering a service on a day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lack {
    /// The service: `义诊`.
    pub service: String,
    /// What it needs.
    pub kind: CredentialKind,
    /// What is wrong with it.
    pub fault: Fault,
}

/// What `unit` lacks to offer `services` on a day; empty: it may. Every kind is named once, with the first
/// service that needs it. A service that is not in the unit's catalogue is judged by its name.
pub fn gate(unit: &Unit, services: &[String], on: Day) -> Vec<Lack> {
    let mut lacks: Vec<Lack> = Vec::new();
    for service in services {
        let known = unit.services.iter().find(|known| known.name == *service);
        let category = known.map_or_else(|| Category::of(service), |known| known.category);
        for &kind in category.demands() {
            if lacks.iter().any(|lack| lack.kind == kind) {
                continue;
            }
            let last =
                unit.credentials.iter().filter(|held| held.kind == kind).map(|held| held.valid_until).max();
            let fault = match last {
                None => Fault::Missing,
                Some(end) if end < on => Fault::Expired { on: end },
                Some(_) => continue,
            };
            lacks.push(Lack { service: service.clone(), kind, fault });
        }
    }
    lacks
}

/// The same for an entry, with the register beside it. One whose unit is still to be found lacks nothing yet.
/// Whoever places entries asks this first: what lacks something is told and not placed.
pub fn gate_entry(entry: &Entry, units: &[Unit], on: Day) -> Vec<Lack> {
    let unit = units.iter().find(|unit| Some(unit.id) == entry.unit);
    unit.map(|unit| gate(unit, &entry.services, on)).unwrap_or_default()
}

/// Credentials that end within [`SOON`] days or have ended, and that no later one of their kind replaces.
pub fn ending(unit: &Unit, today: Day) -> Vec<&Credential> {
    let until = today.plus_days(SOON);
    let replaced = |one: &Credential| {
        unit.credentials.iter().any(|other| other.kind == one.kind && other.valid_until > one.valid_until)
    };
    unit.credentials.iter().filter(|one| one.valid_until <= until && !replaced(one)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit::tests::unit;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn held(kind: CredentialKind, until: &str) -> Credential {
        Credential { kind, number: String::new(), issued_by: "区卫健局".into(), valid_until: day(until) }
    }

    fn lack(unit: &Unit, services: &[&str]) -> Vec<(CredentialKind, Fault)> {
        let services: Vec<String> = services.iter().map(|name| (*name).to_owned()).collect();
        gate(unit, &services, day("2023-05-13")).into_iter().map(|lack| (lack.kind, lack.fault)).collect()
    }

    #[test]
    fn a_free_clinic_needs_its_filing_and_a_physician_on_the_very_day() {
        let (filing, physician) = (CredentialKind::FreeClinic, CredentialKind::Physician);
        let mut unit = unit();
        assert_eq!(lack(&unit, &["书画", "讲座"]), []);
        assert_eq!(lack(&unit, &["义诊"]), [(filing, Fault::Missing), (physician, Fault::Missing)]);
        unit.credentials = vec![held(filing, "2023-05-13"), held(physician, "2023-05-12")];
        assert_eq!(lack(&unit, &["义诊", "中医"]), [(physician, Fault::Expired { on: day("2023-05-12") })]);
        unit.credentials.push(held(physician, "2024-01-01"));
        assert_eq!(lack(&unit, &["义诊"]), [], "the renewed one counts");
    }

    #[test]
    fn the_catalogue_goes_before_the_name() {
        let mut unit = unit();
        assert_eq!(lack(&unit, &["咖啡"]), [(CredentialKind::Food, Fault::Missing)]);
        unit.services.push(super::super::Service {
            category: Category::Culture,
            ..super::super::Service::named("咖啡")
        });
        assert_eq!(lack(&unit, &["咖啡"]), [], "a talk about coffee");
    }

    #[test]
    fn an_entry_is_judged_by_its_own_unit() {
        let unit = unit();
        let mut entry = Entry {
            id: crate::EntryId::new(crate::Moment::from_millis(0), [1; 10]),
            unit: Some(unit.id),
            unit_name: String::new(),
            name: "健康义诊".into(),
            zone: String::new(),
            services: vec!["义诊".into()],
            needs: crate::entry::Needs::default(),
            wishes: Vec::new(),
            way: crate::entry::Way::Offer,
            arrived: false,
        };
        let units = [unit];
        assert_eq!(gate_entry(&entry, &units, day("2023-05-13")).len(), 2);
        entry.unit = None;
        assert_eq!(gate_entry(&entry, &units, day("2023-05-13")), []);
    }

    #[test]
    fn what_ends_within_thirty_days_is_told_unless_it_was_renewed() {
        let mut unit = unit();
        let food = held(CredentialKind::Food, "2023-06-12");
        unit.credentials = vec![food.clone(), held(CredentialKind::Lawyer, "2023-06-13")];
        assert_eq!(ending(&unit, day("2023-05-13")), [&food]);
        unit.credentials.push(held(CredentialKind::Food, "2026-01-01"));
        assert!(ending(&unit, day("2023-05-13")).is_empty());
    }

    proptest::proptest! {
        #[test]
        fn a_lack_goes_away_exactly_when_a_good_paper_comes(offset in -400_i32..400, pick in 0_usize..5) {
            let kind = CredentialKind::ALL[pick];
            let service = ["义诊", "义诊", "律师", "咖啡", "蹦床"][pick];
            let on = day("2023-05-13");
            let mut unit = unit();
            unit.credentials = vec![Credential { valid_until: on.plus_days(offset), ..held(kind, "2023-01-01") }];
            let lacks = gate(&unit, &[service.to_owned()], on);
            proptest::prop_assert_eq!(lacks.iter().any(|lack| lack.kind == kind), offset < 0);
        }
    }
}
