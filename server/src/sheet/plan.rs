//! What an import would do, row by row: new, changes, the same, or what is wrong.

use std::collections::BTreeMap;

use kaishi_app::words::Lang;
use kaishi_app::words::sheet::Trouble;
use kaishi_domain::UnitId;
use kaishi_domain::id::hex;
use kaishi_domain::unit::{Unit, UnitKind};
use kaishi_store::Imported;
use sha2::{Digest as _, Sha256};

use super::column::{Column, Head};
use super::{MOST_ROWS, Numbered, Rows, Unread, row};

/// What a row would do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// Adds a unit, or changes one.
    Does(Box<Imported>),
    /// Changes nothing.
    Same,
    /// Cannot be taken as it is.
    Wrong(Vec<Trouble>),
}

/// A row with its number in the file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// Its number, from 1.
    pub no: usize,
    /// Its cells.
    pub cells: Vec<String>,
    /// What it would do.
    pub verdict: Verdict,
}

/// A whole file against the register.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Plan {
    /// The headings.
    pub head: Head,
    /// The rows below them.
    pub lines: Vec<Line>,
}

/// Why a table is no register.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unfit {
    /// The file could not be read.
    Unread(Unread),
    /// No heading among the first rows says that a column holds names.
    NoHead,
    /// There are headings and nothing below them.
    NoRow,
}

/// Compares rows with the register.
pub fn plan(
    head: Head,
    body: Numbered,
    units: &[Unit],
    mut fresh: impl FnMut() -> UnitId,
) -> Result<Plan, Unfit> {
    if body.is_empty() {
        return Err(Unfit::NoRow);
    }
    if body.len() > MOST_ROWS {
        return Err(Unfit::Unread(Unread::Large));
    }
    let known: BTreeMap<&str, &Unit> = units.iter().map(|unit| (unit.name.as_str(), unit)).collect();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut lines = Vec::new();
    for (no, cells) in body {
        let name = head.cell(&cells, Column::Name).unwrap_or_default().to_owned();
        let before = known.get(name.as_str()).map(|unit| (*unit).clone());
        let base = before.clone().unwrap_or_else(|| Unit::new(fresh(), "", UnitKind::Branch, ""));
        let verdict = match (name.as_str(), seen.get(&name)) {
            ("", _) => Verdict::Wrong(vec![Trouble::NoName]),
            (_, Some(first)) => Verdict::Wrong(vec![Trouble::Twice(*first)]),
            _ => match row::read(&head, &cells, base, before.is_none()) {
                Err(troubles) => Verdict::Wrong(troubles),
                Ok(after) if before.as_ref() == Some(&after) => Verdict::Same,
                Ok(after) => Verdict::Does(Box::new(Imported { before, after })),
            },
        };
        if !name.is_empty() {
            seen.entry(name).or_insert(no);
        }
        lines.push(Line { no, cells, verdict });
    }
    Ok(Plan { head, lines })
}

impl Plan {
    /// What it would do, in order.
    pub fn imports(&self) -> Vec<Imported> {
        let does = |line: &Line| match &line.verdict {
            Verdict::Does(import) => Some((**import).clone()),
            Verdict::Same | Verdict::Wrong(_) => None,
        };
        self.lines.iter().filter_map(does).collect()
    }

    /// Rows that cannot be taken as they are.
    pub fn wrong(&self) -> impl Iterator<Item = (&Line, &[Trouble])> {
        self.lines.iter().filter_map(|line| match &line.verdict {
            Verdict::Wrong(troubles) => Some((line, &troubles[..])),
            Verdict::Does(_) | Verdict::Same => None,
        })
    }

    /// A mark of what would be done, so that what is confirmed is what was looked at. New ids do not count.
    pub fn seal(&self) -> String {
        let told = self.imports().into_iter().map(|mut import| {
            if import.before.is_none() {
                import.after.id = UnitId::new(kaishi_domain::Moment::from_millis(0), [0; 10]);
            }
            serde_json::to_string(&(import.before, import.after)).unwrap_or_default()
        });
        hex(&Sha256::digest(told.collect::<Vec<_>>().join("\n").as_bytes())[..16])
    }
}

/// The register as a table with headings.
pub fn table(lang: Lang, units: &[Unit]) -> Rows {
    let head = Column::ALL.into_iter().map(|column| column.heading(lang).to_owned()).collect();
    std::iter::once(head).chain(units.iter().map(|unit| row::write(lang, unit))).collect()
}

#[cfg(test)]
mod tests {
    use kaishi_domain::Moment;
    use kaishi_domain::moment::Day;
    use kaishi_domain::unit::{Audience, Card, Category, Credential, CredentialKind, Service};
    use proptest::prelude::*;

    use super::super::{csv, read, xlsx};
    use super::*;

    fn id(n: u8) -> UnitId {
        UnitId::new(Moment::from_millis(0), [n; 10])
    }

    fn planned(rows: Rows, units: &[Unit]) -> Plan {
        let (head, body) = Head::find(rows).unwrap();
        plan(head, body, units, || id(99)).unwrap()
    }

    fn rows(text: &str) -> Rows {
        read(text.as_bytes()).unwrap()
    }

    #[test]
    fn each_row_is_told_what_it_would_do() {
        let known = Unit {
            services: vec![Service::named("书画")],
            ..Unit::new(id(1), "老年协会", UnitKind::Association, "会长")
        };
        let same = Unit::new(id(2), "书画社", UnitKind::Branch, "社长");
        let plan = planned(
            rows(
                "单位名称,性质,联系人角色\n老年协会,社会组织,秘书长\n书画社,党支部,社长\n新来的,机关,联络人\n没写性质,,联络人\n老年协会,机关,x\n,机关,x\n怪,火星人,x",
            ),
            &[known.clone(), same],
        );
        let verdicts: Vec<_> = plan.lines.iter().map(|line| &line.verdict).collect();
        let Verdict::Does(change) = verdicts[0] else { panic!("{:?}", verdicts[0]) };
        assert_eq!(
            change.after,
            Unit { contact_role: "秘书长".into(), ..known.clone() },
            "services stay: no such column"
        );
        assert_eq!(verdicts[1], &Verdict::Same);
        assert!(matches!(verdicts[2], Verdict::Does(new) if new.before.is_none()));
        let wrong: Vec<_> = plan.wrong().map(|(line, troubles)| (line.no, troubles[0].clone())).collect();
        let troubles = [
            (5, Trouble::NoKind),
            (6, Trouble::Twice(2)),
            (7, Trouble::NoName),
            (8, Trouble::Kind("火星人".into())),
        ];
        assert_eq!(wrong, troubles);
        assert_eq!(plan.imports().len(), 2);
    }

    #[test]
    fn an_empty_cell_leaves_what_is_there_and_a_mark_clears_it() {
        let paper = Credential {
            kind: CredentialKind::Food,
            number: "JY1".into(),
            issued_by: "区局".into(),
            valid_until: Day::parse("2027-05-01").unwrap(),
        };
        let known = Unit {
            services: vec![Service::named("书画")],
            card: Card { pledge: "不推销".into(), ..Card::default() },
            credentials: vec![paper],
            ..Unit::new(id(1), "老年协会", UnitKind::Association, "会长")
        };
        let head = "单位名称,性质,联系人角色,服务,亮承诺,资质";
        let one = |row: &str| {
            planned(rows(&format!("{head}\n{row}")), std::slice::from_ref(&known)).lines.remove(0).verdict
        };
        for row in ["老年协会,社会组织,会长", "老年协会,,,,,", "老年协会,,,、,,；"] {
            assert_eq!(one(row), Verdict::Same, "{row}");
        }
        for mark in ["-", "－", "清空", "Clear"] {
            let Verdict::Does(done) = one(&format!("老年协会,,,{mark},{mark},{mark}")) else {
                panic!("{mark}")
            };
            let bare = Unit { services: vec![], card: Card::default(), credentials: vec![], ..known.clone() };
            assert_eq!(done.after, bare, "{mark}");
        }
        assert_eq!(
            one("老年协会,,-"),
            Verdict::Wrong(vec![Trouble::NoContact]),
            "there must be somebody to ask"
        );
        assert!(matches!(one("老年协会,-"), Verdict::Wrong(wrong) if wrong == [Trouble::Kind("-".into())]));
    }

    #[test]
    fn the_seal_changes_with_what_would_be_done() {
        let text = "单位,性质,联系人\n甲,机关,联络人";
        let fresh = planned(rows(text), &[]).seal();
        assert_eq!(fresh, planned(rows(text), &[]).seal());
        let there = Unit::new(id(1), "甲", UnitKind::Branch, "书记");
        assert_ne!(fresh, planned(rows(text), &[there]).seal());
    }

    #[test]
    fn cells_are_read_as_people_write_them() {
        let plan = planned(
            rows(
                "Unit,Type,Contact,Services,Papers\n甲,Office,a,\"书画、讲座；义诊|义诊|老人，骑手快递员|不打烊\",食品经营许可|区局|2027年5月1日",
            ),
            &[],
        );
        let unit = &plan.imports()[0].after;
        let names: Vec<_> = unit.services.iter().map(|one| (one.name.as_str(), one.category)).collect();
        assert_eq!(
            names,
            [("书画", Category::Culture), ("讲座", Category::Culture), ("义诊", Category::Clinic)]
        );
        assert_eq!(unit.services[2].audiences, [Audience::Elders, Audience::Riders]);
        assert_eq!(unit.services.iter().map(|one| one.off_hours).collect::<Vec<_>>(), [false, false, true]);
        assert_eq!(unit.credentials[0].valid_until.to_string(), "2027-05-01");
        let troubles = |papers: &str| {
            let plan = planned(rows(&format!("单位,性质,联系人,资质\n甲,机关,a,{papers}")), &[]);
            plan.wrong().next().unwrap().1[0].clone()
        };
        let odd = planned(rows("单位,性质,联系人,服务\n甲,机关,a,书画|文化联谊|大家|有时"), &[]);
        assert_eq!(odd.wrong().next().unwrap().1[0], Trouble::OffHours("有时".into()));
        assert_eq!(troubles("食品经营许可"), Trouble::Paper("食品经营许可".into()));
        assert_eq!(troubles("月亮证|区局|2027-05-01"), Trouble::PaperKind("月亮证".into()));
        assert_eq!(troubles("食品经营许可|区局|2027-02-30"), Trouble::Day("2027-02-30".into()));
    }

    fn text(most: usize) -> impl Strategy<Value = String> {
        proptest::string::string_regex(&format!("['=+＝＠@a-c中文，,\"]{{1,{most}}}")).unwrap()
    }

    prop_compose! {
        fn service()(name in text(12), category in 0..Category::ALL.len(), whom in prop::collection::vec(0..Audience::ALL.len(), 0..3), off_hours in prop::bool::ANY) -> Service {
            Service { name, category: Category::ALL[category], audiences: whom.into_iter().map(|at| Audience::ALL[at]).collect(), off_hours }
        }
    }

    prop_compose! {
        fn paper()(kind in 0..CredentialKind::ALL.len(), number in "[=A-Z0-9]{0,8}", issued_by in text(9), days in 0_i32..4000) -> Credential {
            Credential { kind: CredentialKind::ALL[kind], number, issued_by, valid_until: Day::parse("2020-01-01").unwrap().plus_days(days) }
        }
    }

    prop_compose! {
        fn unit()(name in text(20), kind in 0_usize..8, contact in text(9), card in [text(20), text(20), text(20)],
            services in prop::collection::vec(service(), 0..4), credentials in prop::collection::vec(paper(), 0..3)) -> Unit {
            let [identity, duty, pledge] = card;
            Unit { services, credentials, card: Card { identity, duty, pledge }, ..Unit::new(id(1), &name, UnitKind::ALL[kind], &contact) }.sound().unwrap()
        }
    }

    proptest! {
        #[test]
        fn an_exported_register_comes_back_as_the_same(unit in unit(), english in prop::bool::ANY) {
            let lang = if english { Lang::En } else { Lang::Zh };
            let units = [unit];
            let table = table(lang, &units);
            for bytes in [csv::write(&table), xlsx::write("名册", &table).unwrap()] {
                let plan = planned(read(&bytes).unwrap(), &units);
                prop_assert_eq!(&plan.lines[0].verdict, &Verdict::Same);
                let afresh = planned(read(&bytes).unwrap(), &[]).imports();
                prop_assert_eq!(&Unit { id: id(1), ..afresh[0].after.clone() }, &units[0]);
            }
        }
    }
}
