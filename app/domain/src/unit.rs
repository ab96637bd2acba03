//! Partner units (共建单位): who could come, with which services.

use serde::{Deserialize, Serialize};

use crate::text::short;
use crate::{Refusal, UnitId};

/// What kind of body a unit is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// 机关
    Office,
    /// 企业
    Company,
    /// 两新组织
    NewOrganization,
    /// 党支部
    Branch,
    /// 社会组织
    Association,
    /// 志愿队
    Volunteers,
    /// 商户
    Merchant,
}

impl UnitKind {
    /// Every kind, in the order in which lists offer them.
    pub const ALL: [Self; 7] = [
        Self::Office,
        Self::Company,
        Self::NewOrganization,
        Self::Branch,
        Self::Association,
        Self::Volunteers,
        Self::Merchant,
    ];

    /// The value of the `kind` column.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Office => "office",
            Self::Company => "company",
            Self::NewOrganization => "new_organization",
            Self::Branch => "branch",
            Self::Association => "association",
            Self::Volunteers => "volunteers",
            Self::Merchant => "merchant",
        }
    }

    /// Reads the `kind` column.
    pub fn from_code(code: &str) -> Result<Self, Refusal> {
        Self::ALL.into_iter().find(|kind| kind.code() == code).ok_or(Refusal::Malformed("unit kind"))
    }
}

/// A partner unit in the register.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Unit {
    /// Which.
    pub id: UnitId,
    /// `福中社区党委`
    pub name: String,
    /// What kind of body.
    pub kind: UnitKind,
    /// A role to ask for, never a person's name: `支部书记`.
    pub contact_role: String,
    /// What it can offer.
    pub services: Vec<String>,
}

/// A unit in a file, before it has an id.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitLine {
    name: String,
    kind: UnitKind,
    contact_role: String,
    services: Vec<String>,
}

impl UnitLine {
    /// Reads `{"about": …, "units": [{"name", "kind", "contact_role", "services"}]}`.
    pub fn parse_all(json: &str) -> Result<Vec<Self>, Refusal> {
        #[derive(Deserialize)]
        struct File {
            units: Vec<UnitLine>,
        }
        serde_json::from_str(json).map(|file: File| file.units).map_err(|_| Refusal::Malformed("units"))
    }

    /// The unit with the id it is known by from now on.
    pub fn unit(self, id: UnitId) -> Result<Unit, Refusal> {
        let Self { name, kind, contact_role, services } = self;
        Unit { id, name, kind, contact_role, services }.sound()
    }
}

/// More services than this are no list any more.
const MOST_SERVICES: usize = 20;

impl Unit {
    /// This unit with its texts trimmed, if they make sense.
    pub fn sound(mut self) -> Result<Self, Refusal> {
        self.name = short(&self.name, 60, "name")?;
        self.contact_role = short(&self.contact_role, 30, "contact role")?;
        self.services.retain(|service| !service.trim().is_empty());
        if self.services.len() > MOST_SERVICES {
            return Err(Refusal::TooLong("services"));
        }
        for service in &mut self.services {
            *service = short(service, 40, "service")?;
        }
        Ok(self)
    }

    /// The services of a text with one service a line, or several parted by 、 or ；.
    pub fn services_of(text: &str) -> Vec<String> {
        text.split(['\n', '、', '；', ';'])
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Moment;

    fn unit() -> Unit {
        Unit {
            id: UnitId::new(Moment::from_millis(0), [1; 10]),
            name: " 福中社区党委 ".into(),
            kind: UnitKind::Branch,
            contact_role: "支部书记".into(),
            services: Unit::services_of("书画、讲座\n\n 义诊 "),
        }
    }

    #[test]
    fn texts_are_trimmed_and_services_are_parted() {
        let unit = unit().sound().unwrap();
        assert_eq!(unit.name, "福中社区党委");
        assert_eq!(unit.services, ["书画", "讲座", "义诊"]);
    }

    #[test]
    fn nonsense_is_refused() {
        type Case = (fn(&mut Unit), Refusal);
        let cases: [Case; 5] = [
            (|unit| unit.name = "  ".into(), Refusal::Missing("name")),
            (|unit| unit.name = "长".repeat(61), Refusal::TooLong("name")),
            (|unit| unit.contact_role = "a\u{7}b".into(), Refusal::Malformed("contact role")),
            (|unit| unit.services = vec!["x".repeat(41)], Refusal::TooLong("service")),
            (|unit| unit.services = vec!["x".into(); 21], Refusal::TooLong("services")),
        ];
        for (spoil, refusal) in cases {
            let mut unit = unit();
            spoil(&mut unit);
            assert_eq!(unit.sound(), Err(refusal));
        }
        for kind in UnitKind::ALL {
            assert_eq!(UnitKind::from_code(kind.code()), Ok(kind));
        }
    }
}
