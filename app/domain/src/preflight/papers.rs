//! Which entries need a paper on the day, and which of them have none that is good.

use crate::entry::Entry;
use crate::moment::Day;
use crate::unit::{Category, CredentialKind, Unit, gate};

/// Entries that need papers of a kind.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Papers {
    /// How many need one.
    pub needed: usize,
    /// Who lacks one on the day, by the names on their signs.
    pub lacking: Vec<String>,
}

/// The filings of free clinics, the papers of food, and all others. An entry whose unit is still to be found needs
/// none yet.
pub fn papers(entries: &[Entry], units: &[Unit], on: Day) -> [Papers; 3] {
    let mut found = [Papers::default(), Papers::default(), Papers::default()];
    for entry in entries {
        let Some(unit) = units.iter().find(|unit| Some(unit.id) == entry.unit) else { continue };
        let lacks = gate(unit, &entry.services, on);
        let demands: Vec<CredentialKind> =
            entry.services.iter().flat_map(|service| demands(unit, service).iter().copied()).collect();
        for (at, papers) in found.iter_mut().enumerate() {
            let here = |kind: CredentialKind| place(kind) == at;
            papers.needed += usize::from(demands.iter().any(|kind| here(*kind)));
            if lacks.iter().any(|lack| here(lack.kind)) {
                papers.lacking.push(entry.name.clone());
            }
        }
    }
    found
}

fn demands(unit: &Unit, service: &str) -> &'static [CredentialKind] {
    let known = unit.services.iter().find(|known| known.name == service);
    known.map_or_else(|| Category::of(service), |known| known.category).demands()
}

const fn place(kind: CredentialKind) -> usize {
    match kind {
        CredentialKind::FreeClinic => 0,
        CredentialKind::Food => 1,
        CredentialKind::Physician | CredentialKind::Lawyer | CredentialKind::SpecialEquipment => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::{Needs, Way};
    use crate::unit::Credential;
    use crate::unit::tests::unit;
    use crate::{EntryId, Moment};

    #[test]
    fn each_entry_is_told_under_the_kind_of_paper_that_it_lacks() {
        let day = Day::parse("2023-05-13").unwrap();
        let mut unit = unit();
        let entry = |name: &str, service: &str, known: bool| Entry {
            id: EntryId::new(Moment::from_millis(0), [1; 10]),
            unit: known.then_some(unit.id),
            unit_name: String::new(),
            name: name.into(),
            zone: String::new(),
            services: vec![service.into()],
            needs: Needs::default(),
            wishes: Vec::new(),
            way: Way::Offer,
            arrived: false,
        };
        let entries = [
            entry("健康义诊", "义诊", true),
            entry("咖啡", "咖啡", true),
            entry("书画", "书画", true),
            entry("律师", "律师", false),
        ];
        unit.credentials = vec![Credential {
            kind: CredentialKind::FreeClinic,
            number: String::new(),
            issued_by: "区卫健局".into(),
            valid_until: day,
        }];
        let [clinics, food, other] = papers(&entries, &[unit], day);
        assert_eq!(clinics, Papers { needed: 1, lacking: vec![] });
        assert_eq!(food, Papers { needed: 1, lacking: vec!["咖啡".into()] });
        assert_eq!(other, Papers { needed: 1, lacking: vec!["健康义诊".into()] }, "the physician's");
    }
}
