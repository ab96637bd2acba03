//! 责任田: which unit answers for which kind of appeal in which grid, and who in a grid receives what comes from there.

use std::collections::BTreeSet;

use super::{Category, Step, Verb};
use crate::{GridId, Refusal, UnitId};

/// The most characters of a grid's name, of what it covers, and of a receiver's role.
pub const MAX_GRID: usize = 60;

/// One rule of the table. What is `None` holds for everything.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Duty {
    /// For which kind.
    pub category: Option<Category>,
    /// For which grid.
    pub grid: Option<GridId>,
    /// Who leads (首接负责).
    pub lead: UnitId,
    /// Who helps.
    pub helpers: BTreeSet<UnitId>,
}

/// Somebody who receives what comes from a grid (一格多员): a role, never a person's name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Receiver {
    /// `网格员`, `楼长`
    pub role: String,
    /// The unit that the role belongs to, if it does to one.
    pub unit: Option<UnitId>,
}

/// To what those who receive are fixed (包路、进楼、联户).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum GridKind {
    /// 网格: a part of the map.
    #[default]
    Area,
    /// 楼栋: one building.
    Building,
    /// 企业: one enterprise.
    Enterprise,
}

impl GridKind {
    /// Every kind, in the order in which forms offer them.
    pub const ALL: [Self; 3] = [Self::Area, Self::Building, Self::Enterprise];

    /// The value of the `kind` column.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Area => "area",
            Self::Building => "building",
            Self::Enterprise => "enterprise",
        }
    }

    /// Reads the `kind` column, or a form's field.
    pub fn from_code(code: &str) -> Result<Self, Refusal> {
        Self::ALL.into_iter().find(|kind| kind.code() == code).ok_or(Refusal::Malformed("kind"))
    }
}

/// A grid.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Grid {
    /// Which.
    pub id: GridId,
    /// What it is.
    pub kind: GridKind,
    /// `第一网格`
    pub name: String,
    /// `1–4 栋，沿街商铺`
    pub covers: String,
    /// Who receives, in the order in which they were written.
    pub receivers: Vec<Receiver>,
}

impl Grid {
    /// A text of the map of duties: trimmed, bounded, there.
    pub fn text(text: &str, may_lack: bool) -> Result<String, Refusal> {
        let text: String = text.chars().filter(|c| !c.is_control()).collect();
        let text = text.trim().to_owned();
        match text.chars().count() {
            0 if !may_lack => Err(Refusal::Missing("text")),
            long if long > MAX_GRID => Err(Refusal::TooLong("text")),
            _ => Ok(text),
        }
    }
}

/// Why somebody is proposed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Because {
    /// The rule for this kind in this grid.
    Both,
    /// The rule for this grid.
    Grid,
    /// A receiver of this grid, by role.
    Receiver(String),
    /// The rule for this kind.
    Category,
    /// The rule for everything.
    Everything,
}

/// Whom to send it to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proposal {
    /// Who leads.
    pub lead: UnitId,
    /// Who helps.
    pub helpers: BTreeSet<UnitId>,
    /// Why.
    pub because: Because,
    /// The lead by rule has handed it back, so that a helper leads.
    pub instead: bool,
}

/// Whom the table proposes: the narrowest rule that has somebody who did not hand it back.
pub fn propose(
    duties: &[Duty],
    category: Category,
    grid: Option<&Grid>,
    returned: &BTreeSet<UnitId>,
) -> Option<Proposal> {
    let here = grid.map(|grid| grid.id);
    let rule = |kind: Option<Category>, place: Option<GridId>, because: Because| {
        let duty = duties.iter().find(|duty| duty.category == kind && duty.grid == place)?;
        let lead = std::iter::once(&duty.lead).chain(&duty.helpers).find(|unit| !returned.contains(unit))?;
        let mut helpers = duty.helpers.clone();
        helpers.retain(|unit| unit != lead && !returned.contains(unit));
        Some(Proposal { lead: *lead, helpers, because, instead: *lead != duty.lead })
    };
    let received = || {
        grid?.receivers.iter().find_map(|receiver| {
            let lead = receiver.unit.filter(|unit| !returned.contains(unit))?;
            let because = Because::Receiver(receiver.role.clone());
            Some(Proposal { lead, helpers: BTreeSet::new(), because, instead: false })
        })
    };
    let by_grid = here.and_then(|here| {
        rule(Some(category), Some(here), Because::Both).or_else(|| rule(None, Some(here), Because::Grid))
    });
    by_grid
        .or_else(received)
        .or_else(|| rule(Some(category), None, Because::Category))
        .or_else(|| rule(None, None, Because::Everything))
}

/// The units that have handed it back.
pub fn returned_by(steps: &[Step]) -> BTreeSet<UnitId> {
    let (mut sent, mut returned) = (None, BTreeSet::new());
    for step in steps {
        match step.verb {
            Verb::Dispatch { to } | Verb::Reassign { to, .. } => sent = Some(to),
            Verb::Return { .. } => returned.extend(sent),
            _ => {}
        }
    }
    returned
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appeal::{By, Words};
    use crate::{AccountId, Moment};

    const AT: Moment = Moment::from_millis(1);

    fn unit(n: u8) -> UnitId {
        UnitId::new(AT, [n; 10])
    }

    fn grid(n: u8) -> GridId {
        GridId::new(AT, [n; 10])
    }

    fn duty(category: Option<Category>, grid: Option<GridId>, lead: u8, helpers: &[u8]) -> Duty {
        Duty { category, grid, lead: unit(lead), helpers: helpers.iter().map(|n| unit(*n)).collect() }
    }

    #[test]
    fn the_narrowest_rule_proposes_and_says_why() {
        let help = Some(Category::Help);
        let duties = [
            duty(None, None, 1, &[]),
            duty(help, None, 2, &[]),
            duty(None, Some(grid(1)), 3, &[]),
            duty(help, Some(grid(1)), 4, &[5]),
        ];
        let place = |n: u8, receivers| Grid {
            id: grid(n),
            kind: GridKind::Area,
            name: "网格".into(),
            covers: String::new(),
            receivers,
        };
        let receiver = Receiver { role: "楼长".into(), unit: Some(unit(9)) };
        let (one, two) = (place(1, Vec::new()), place(2, vec![receiver]));
        let none = BTreeSet::new();
        let table = [
            (Category::Help, Some(&one), 4, Because::Both),
            (Category::Complaint, Some(&one), 3, Because::Grid),
            (Category::Help, Some(&two), 9, Because::Receiver("楼长".into())),
            (Category::Help, None, 2, Because::Category),
            (Category::Complaint, None, 1, Because::Everything),
        ];
        for (category, place, lead, because) in table {
            let found = propose(&duties, category, place, &none).unwrap();
            assert_eq!((found.lead, found.because, found.instead), (unit(lead), because, false));
        }
        assert_eq!(propose(&[], Category::Help, None, &none), None);
        let back = [unit(4)].into();
        let found = propose(&duties, Category::Help, Some(&one), &back).unwrap();
        assert_eq!((found.lead, found.helpers.len(), found.instead), (unit(5), 0, true), "a helper steps in");
        let back = [unit(4), unit(5)].into();
        assert_eq!(
            propose(&duties, Category::Help, Some(&one), &back).unwrap().lead,
            unit(3),
            "the wider rule"
        );
    }

    #[test]
    fn whoever_handed_it_back_is_known_from_the_history() {
        let by = By::Desk(AccountId::new(AT, [1; 10]));
        let why = || Words::parse("不归我们").unwrap();
        let verbs = [
            Verb::Dispatch { to: unit(1) },
            Verb::Return { why: why() },
            Verb::Dispatch { to: unit(2) },
            Verb::Reassign { to: unit(3), why: why() },
            Verb::Return { why: why() },
        ];
        let steps: Vec<Step> = verbs.into_iter().map(|verb| Step { verb, by, at: AT }).collect();
        assert_eq!(returned_by(&steps), [unit(1), unit(3)].into());
    }

    #[test]
    fn what_receivers_are_fixed_to_reads_back() {
        for kind in GridKind::ALL {
            assert_eq!(GridKind::from_code(kind.code()), Ok(kind));
        }
        assert_eq!(GridKind::from_code("street"), Err(Refusal::Malformed("kind")));
    }

    #[test]
    fn a_text_of_the_map_is_short_and_there() {
        assert_eq!(Grid::text(" 第一\u{0}网格 ", false), Ok("第一网格".into()));
        assert_eq!(Grid::text("  ", true), Ok(String::new()));
        assert_eq!(Grid::text("  ", false), Err(Refusal::Missing("text")));
        assert_eq!(Grid::text(&"格".repeat(MAX_GRID + 1), false), Err(Refusal::TooLong("text")));
    }
}
