//! Units in a file, such as the demo's.

use serde::Deserialize;

use super::{Card, Credential, CredentialKind, Service, Unit, UnitKind};
use crate::moment::Day;
use crate::{Refusal, UnitId};

/// A unit in a file, before it has an id.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitLine {
    name: String,
    kind: UnitKind,
    contact_role: String,
    services: Vec<Service>,
    #[serde(default)]
    card: Card,
    #[serde(default)]
    credentials: Vec<CredentialLine>,
    /// Why it was chosen; without, it is a candidate.
    #[serde(default)]
    vetted: Option<String>,
}

/// A credential in a file that is read on any day: it is good for so many more days.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CredentialLine {
    kind: CredentialKind,
    issued_by: String,
    days: i32,
}

impl UnitLine {
    /// Reads `{"about": …, "units": [{"name", "kind", "contact_role", "services", …}]}`.
    pub fn parse_all(json: &str) -> Result<Vec<Self>, Refusal> {
        #[derive(Deserialize)]
        struct File {
            units: Vec<UnitLine>,
        }
        serde_json::from_str(json).map(|file: File| file.units).map_err(|_| Refusal::Malformed("units"))
    }

    /// The credentials that it holds if it is read today.
    pub fn credentials(&self, today: Day) -> Vec<Credential> {
        let credential = |line: &CredentialLine| Credential {
            kind: line.kind,
            number: String::new(),
            issued_by: line.issued_by.clone(),
            valid_until: today.plus_days(line.days),
        };
        self.credentials.iter().map(credential).collect()
    }

    /// Why it was chosen, if it was.
    pub fn vetted(&self) -> Option<&str> {
        self.vetted.as_deref()
    }

    /// The unit with the id it is known by from now on; its credentials and its standing come later.
    pub fn unit(self, id: UnitId) -> Result<Unit, Refusal> {
        let Self { name, kind, contact_role, services, card, .. } = self;
        Unit { services, card, ..Unit::new(id, &name, kind, &contact_role) }.sound()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Moment;
    use crate::unit::gate;

    #[test]
    fn the_demo_units_hold_what_their_services_need() {
        let today = Day::parse("2023-05-13").unwrap();
        for line in UnitLine::parse_all(include_str!("../../../../server/demo/units.json")).unwrap() {
            let credentials = line.credentials(today);
            let unit =
                Unit { credentials, ..line.unit(UnitId::new(Moment::from_millis(0), [1; 10])).unwrap() };
            let offered: Vec<_> = unit.services.iter().map(|service| service.name.clone()).collect();
            assert_eq!(gate(&unit, &offered, today), [], "{}", unit.name);
        }
    }
}
