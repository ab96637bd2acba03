//! Partner units (共建单位): who could come, with which services.

use serde::{Deserialize, Serialize};

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
