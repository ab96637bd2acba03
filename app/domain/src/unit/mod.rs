//! Partner units (共建单位): who could come, with which services, papers and standing.

pub mod archive;
pub mod credential;
pub mod history;
mod line;
mod phone;
#[cfg(not(target_arch = "wasm32"))]
pub mod search;
pub mod service;
pub mod tie;
pub mod vetting;

use serde::{Deserialize, Serialize};

pub use archive::Archive;
pub use credential::{Credential, CredentialKind, Lack, gate, gate_entry};
pub use line::UnitLine;
pub(crate) use service::codes;
pub use service::{Audience, Category, Service};
pub use tie::{Flow, Tie};
pub use vetting::Standing;

use crate::text::{short, short_or_empty};
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
    /// 专家、人才
    Expert,
}

impl UnitKind {
    /// Every kind, in the order in which lists offer them.
    pub const ALL: [Self; 8] = [
        Self::Office,
        Self::Company,
        Self::NewOrganization,
        Self::Branch,
        Self::Association,
        Self::Volunteers,
        Self::Merchant,
        Self::Expert,
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
            Self::Expert => "expert",
        }
    }

    /// Reads the `kind` column.
    pub fn from_code(code: &str) -> Result<Self, Refusal> {
        Self::ALL.into_iter().find(|kind| kind.code() == code).ok_or(Refusal::Malformed("unit kind"))
    }
}

/// 三亮: what a unit says of itself in public. Each may be empty.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Card {
    /// 亮身份: who it is.
    pub identity: String,
    /// 亮职责: what it is there for.
    pub duty: String,
    /// 亮承诺: what it promises.
    pub pledge: String,
}

impl Card {
    /// This card with its texts trimmed.
    pub fn sound(self) -> Result<Self, Refusal> {
        Ok(Self {
            identity: short_or_empty(&self.identity, 60, "identity")?,
            duty: short_or_empty(&self.duty, 120, "duty")?,
            pledge: short_or_empty(&self.pledge, 200, "pledge")?,
        })
    }

    /// Whether it says nothing.
    pub const fn is_empty(&self) -> bool {
        self.identity.is_empty() && self.duty.is_empty() && self.pledge.is_empty()
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
    /// Its catalogue: what it can offer.
    pub services: Vec<Service>,
    /// What it says of itself in public.
    pub card: Card,
    /// The papers that it holds.
    pub credentials: Vec<Credential>,
    /// How far vetting is.
    pub standing: Standing,
    /// Since when it is put aside, if it is.
    pub archived: Option<Archive>,
}

/// What an organizer writes down about a unit, for organizers only.
pub fn note(words: &str) -> Result<String, Refusal> {
    crate::text::long(words, 500, "note")
}

/// More services or credentials than this are no list any more.
const MOST: usize = 20;

/// One change of what is known of a unit.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs, reason = "the fields say what they are")]
pub enum Edit {
    /// Who it is and what it says of itself.
    Basics { name: String, kind: UnitKind, contact_role: String, card: Card },
    /// A service comes, or takes the place of the one of its name.
    Service(Service),
    /// A service goes.
    DropService(String),
    /// A credential comes, or takes the place of the one of its kind and number.
    Credential(Credential),
    /// A credential goes.
    DropCredential { kind: CredentialKind, number: String },
}

impl Unit {
    /// A unit of which only the basics are known.
    pub fn new(id: UnitId, name: &str, kind: UnitKind, contact_role: &str) -> Self {
        Self {
            id,
            name: name.to_owned(),
            kind,
            contact_role: contact_role.to_owned(),
            services: Vec::new(),
            card: Card::default(),
            credentials: Vec::new(),
            standing: Standing::default(),
            archived: None,
        }
    }

    /// This unit with its texts trimmed, if they make sense. A telephone number belongs neither in its name nor in
    /// the role to ask for.
    pub fn sound(self) -> Result<Self, Refusal> {
        let unit = self.shaped()?;
        if phone::is_told(&unit.name) {
            return Err(Refusal::Malformed("phone in name"));
        }
        if phone::is_told(&unit.contact_role) {
            return Err(Refusal::Malformed("phone in contact role"));
        }
        Ok(unit)
    }

    /// The same for one that the register holds already: its name may be older than the rule on numbers.
    fn shaped(mut self) -> Result<Self, Refusal> {
        self.name = short(&self.name, 60, "name")?;
        self.contact_role = short(&self.contact_role, 30, "contact role")?;
        self.card = self.card.sound()?;
        self.services.retain(|service| !service.name.trim().is_empty());
        if self.services.len() > MOST {
            return Err(Refusal::TooLong("services"));
        }
        if self.credentials.len() > MOST {
            return Err(Refusal::TooLong("credentials"));
        }
        self.services = self.services.into_iter().map(Service::sound).collect::<Result<_, _>>()?;
        self.credentials = self.credentials.into_iter().map(Credential::sound).collect::<Result<_, _>>()?;
        self.credentials.sort();
        Ok(self)
    }

    /// The unit after a change.
    pub fn edited(mut self, edit: &Edit) -> Result<Self, Refusal> {
        match edit.clone() {
            Edit::Basics { name, kind, contact_role, card } => {
                return Self { name, kind, contact_role, card, ..self }.sound();
            }
            Edit::Service(service) => {
                let service = service.sound()?;
                match self.services.iter_mut().find(|known| known.name == service.name) {
                    Some(known) => *known = service,
                    None => self.services.push(service),
                }
            }
            Edit::DropService(name) => self.services.retain(|known| known.name != name),
            Edit::Credential(credential) => {
                let credential = credential.sound()?;
                let same =
                    |known: &Credential| known.kind == credential.kind && known.number == credential.number;
                self.credentials.retain(|known| !same(known));
                self.credentials.push(credential);
            }
            Edit::DropCredential { kind, number } => {
                self.credentials.retain(|known| known.kind != kind || known.number != number);
            }
        }
        self.shaped()
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
pub(crate) mod tests {
    use super::*;
    use crate::Moment;
    use crate::moment::Day;

    pub(crate) fn unit() -> Unit {
        let id = UnitId::new(Moment::from_millis(0), [1; 10]);
        let services =
            Unit::services_of("书画、讲座\n\n 义诊 ").iter().map(|name| Service::named(name)).collect();
        Unit { services, ..Unit::new(id, " 福中社区党委 ", UnitKind::Branch, "支部书记") }
    }

    #[test]
    fn a_service_or_paper_of_the_same_name_takes_its_place() {
        let service =
            |audiences: &[Audience]| Service { audiences: audiences.to_vec(), ..Service::named(" 书画 ") };
        let unit = unit().edited(&Edit::Service(service(&[Audience::Elders]))).unwrap();
        assert_eq!((unit.services.len(), &unit.services[0].audiences[..]), (3, &[Audience::Elders][..]));
        let unit = unit.edited(&Edit::DropService("讲座".into())).unwrap();
        assert_eq!(unit.services.len(), 2);
        let paper = |until: &str| Credential {
            kind: CredentialKind::Food,
            number: "JY1".into(),
            issued_by: "区市场监管局".into(),
            valid_until: Day::parse(until).unwrap(),
        };
        let unit = unit.edited(&Edit::Credential(paper("2023-05-13"))).unwrap();
        let unit = unit.edited(&Edit::Credential(paper("2024-05-13"))).unwrap();
        assert_eq!(unit.credentials, [paper("2024-05-13")]);
        let gone = Edit::DropCredential { kind: CredentialKind::Food, number: "JY1".into() };
        assert_eq!(unit.edited(&gone).unwrap().credentials, []);
    }

    #[test]
    fn a_name_that_is_older_than_the_rule_stops_no_other_change() {
        let old = Unit { name: "小店13800138000".into(), ..unit() };
        assert!(old.clone().edited(&Edit::DropService("讲座".into())).is_ok());
        let Unit { name, kind, contact_role, card, .. } = old.clone();
        let again = Edit::Basics { name, kind, contact_role, card };
        assert_eq!(old.edited(&again), Err(Refusal::Malformed("phone in name")));
    }

    #[test]
    fn texts_are_trimmed_and_services_are_parted() {
        let unit = unit().sound().unwrap();
        assert_eq!(unit.name, "福中社区党委");
        let names: Vec<_> = unit.services.iter().map(|service| service.name.as_str()).collect();
        assert_eq!(names, ["书画", "讲座", "义诊"]);
    }

    #[test]
    fn nonsense_is_refused() {
        type Case = (fn(&mut Unit), Refusal);
        let cases: [Case; 8] = [
            (|unit| unit.name = "  ".into(), Refusal::Missing("name")),
            (|unit| unit.name = "长".repeat(61), Refusal::TooLong("name")),
            (|unit| unit.contact_role = "a\u{7}b".into(), Refusal::Malformed("contact role")),
            (|unit| unit.services = vec![Service::named(&"x".repeat(41))], Refusal::TooLong("service")),
            (|unit| unit.services = vec![Service::named("x"); 21], Refusal::TooLong("services")),
            (|unit| unit.card.pledge = "诺".repeat(201), Refusal::TooLong("pledge")),
            (|unit| unit.name = "小店 138 0013 8000".into(), Refusal::Malformed("phone in name")),
            (
                |unit| unit.contact_role = "张三13800138000".into(),
                Refusal::Malformed("phone in contact role"),
            ),
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
