//! Who acts. No permission, no handle: a verb takes the type that only the right role can make.

use serde::{Deserialize, Serialize};

use crate::paper::Hand;
use crate::{
    AccountId, CellId, DeviceId, LinkId, MarketId, OrgId, PosterId, Refusal, StallId, UnitId, device,
};

/// What an account may do in its organization.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Plans and runs the market.
    Organizer,
    /// Watches counts and bulletins; changes nothing.
    Committee,
}

impl Role {
    /// The value of the `role` column.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Organizer => "organizer",
            Self::Committee => "committee",
        }
    }

    /// Reads the `role` column.
    pub fn from_code(code: &str) -> Result<Self, Refusal> {
        match code {
            "organizer" => Ok(Self::Organizer),
            "committee" => Ok(Self::Committee),
            _ => Err(Refusal::Malformed("role")),
        }
    }
}

/// A signed-in account, its role as the database says at this request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Actor {
    org: OrgId,
    account: AccountId,
    role: Role,
}

impl Actor {
    /// Only the store makes one, from a session that it has checked.
    pub const fn new(org: OrgId, account: AccountId, role: Role) -> Self {
        Self { org, account, role }
    }

    /// The organization in which everything this actor does happens.
    pub const fn org(&self) -> OrgId {
        self.org
    }

    /// Which account.
    pub const fn account(&self) -> AccountId {
        self.account
    }

    /// Which role.
    pub const fn role(&self) -> Role {
        self.role
    }

    /// The handle with the organizer's verbs.
    pub fn organizer(&self) -> Result<Organizer, Refusal> {
        match self.role {
            Role::Organizer => Ok(Organizer { org: self.org, account: self.account }),
            Role::Committee => Err(Refusal::NotAllowed),
        }
    }

    /// The handle with the verbs that only read: organizers and committees have it.
    pub const fn viewer(&self) -> Viewer {
        Viewer { org: self.org }
    }
}

/// May plan and run the markets of one organization.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Organizer {
    org: OrgId,
    account: AccountId,
}

impl Organizer {
    /// For seeding and the command line, where whoever runs the program owns the data.
    pub const fn operator(org: OrgId, account: AccountId) -> Self {
        Self { org, account }
    }

    /// The organization.
    pub const fn org(&self) -> OrgId {
        self.org
    }

    /// The account that is written beside each change.
    pub const fn account(&self) -> AccountId {
        self.account
    }

    /// The handle for paper sheets and the crowd of one market.
    pub const fn clerk(&self, market: MarketId) -> Clerk {
        Clerk { org: self.org, market, hand: Hand::Account(self.account) }
    }

    /// An organizer may read all that a viewer may.
    pub const fn viewer(&self) -> Viewer {
        Viewer { org: self.org }
    }
}

/// May read counts, maps and bulletins of one organization.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Viewer {
    org: OrgId,
}

impl Viewer {
    /// The organization.
    pub const fn org(&self) -> OrgId {
        self.org
    }
}

/// A staff phone at one stall of one market, by its signed link.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Device {
    /// Organization (inside the link id, too).
    pub org: OrgId,
    /// The market it counts for.
    pub market: MarketId,
    /// The stall it stands at.
    pub stall: StallId,
    /// The link that opened it: the device's name in the ledger.
    pub link: LinkId,
}

/// A staff phone at a stall, with the name that it has for itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Phone {
    /// Where it counts.
    pub at: Device,
    /// Which phone, of those that share the link.
    pub id: DeviceId,
    /// What it may do.
    pub role: device::Role,
}

/// A supervisor's phone: may count at every stall of its market, key in paper sheets and count the crowd.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Supervisor {
    link: LinkId,
    market: MarketId,
    phone: DeviceId,
}

impl Supervisor {
    /// Only the store makes one, from a link that it has checked.
    pub const fn new(link: LinkId, market: MarketId, phone: DeviceId) -> Self {
        Self { link, market, phone }
    }

    /// A supervisor reads what everybody in its organization may.
    pub const fn viewer(&self) -> Viewer {
        Viewer { org: self.link.org() }
    }

    /// The handle for paper sheets and the crowd.
    pub const fn clerk(&self) -> Clerk {
        Clerk { org: self.link.org(), market: self.market, hand: Hand::Device(self.phone) }
    }
}

/// May key in what others counted on paper: an organizer, or a supervisor's phone. For one market.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Clerk {
    org: OrgId,
    market: MarketId,
    hand: Hand,
}

impl Clerk {
    /// The organization.
    pub const fn org(&self) -> OrgId {
        self.org
    }

    /// The market.
    pub const fn market(&self) -> MarketId {
        self.market
    }

    /// Who it is.
    pub const fn hand(&self) -> Hand {
        self.hand
    }
}

/// A big screen, by its signed link: one market, read-only.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Watcher {
    /// Organization.
    pub org: OrgId,
    /// The market it shows.
    pub market: MarketId,
}

/// A partner unit, by its signed link: its own page at one market.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Guest {
    /// Organization.
    pub org: OrgId,
    /// The market.
    pub market: MarketId,
    /// The unit.
    pub unit: UnitId,
}

impl Guest {
    /// A unit reads what everybody in its organization may.
    pub const fn viewer(&self) -> Viewer {
        Viewer { org: self.org }
    }
}

/// The head of a cell of stalls (邻铺长), by its signed link: signs the opening checklist of that cell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CellHead {
    /// Organization.
    pub org: OrgId,
    /// The market.
    pub market: MarketId,
    /// The cell.
    pub cell: CellId,
}

/// A resident before a poster: nobody we know, at a place we do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Resident {
    /// Organization.
    pub org: OrgId,
    /// The market of the poster.
    pub market: MarketId,
    /// The stall of the poster.
    pub stall: StallId,
    /// The poster itself.
    pub poster: PosterId,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Moment;

    #[test]
    fn a_committee_has_no_organizer_handle() {
        let org = OrgId::from_bytes([1, 2, 3]);
        let account = AccountId::new(Moment::from_millis(0), [0; 10]);
        assert_eq!(Actor::new(org, account, Role::Committee).organizer(), Err(Refusal::NotAllowed));
        assert_eq!(Actor::new(org, account, Role::Organizer).organizer().unwrap().org(), org);
    }
}
