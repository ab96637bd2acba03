//! Who acts. No permission, no handle: a verb takes the type that only the right role can make.

use crate::paper::Hand;
use crate::{
    AccountId, CellId, DeviceId, LinkId, MarketId, OrgId, PosterId, Refusal, StallId, UnitId, device,
};

mod handle;
mod role;

pub use handle::{Admin, Auditor, Operator, Organizer, Reader, Viewer};
pub use role::{Role, Roles};

/// A signed-in account at one organization, its roles as the database says at this request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seat {
    /// The organization in which everything happens.
    pub org: OrgId,
    /// The organization that keeps the account, its password and its sessions.
    pub home: OrgId,
    /// Which account.
    pub account: AccountId,
    /// What it may do at `org`; maybe nothing.
    pub roles: Roles,
    /// Whether a second factor stands beside the password.
    pub second: bool,
}

impl Seat {
    /// Whoever reads something here; an operator of the server reads nothing.
    pub fn actor(&self) -> Result<Actor, Refusal> {
        Actor::new(self.org, self.account, self.roles)
    }

    /// The handle with the verbs of whoever runs the server.
    pub const fn operator(&self) -> Result<Operator, Refusal> {
        if self.roles.holds(Role::Operator) {
            return Ok(Operator::of(self.org, self.account));
        }
        Err(Refusal::NotAllowed)
    }
}

/// A signed-in account that reads at least the totals and what is published.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Actor {
    org: OrgId,
    account: AccountId,
    roles: Roles,
}

impl Actor {
    /// Only the store makes one, from a session that it has checked. Without a role that reads there is none.
    pub fn new(org: OrgId, account: AccountId, roles: impl Into<Roles>) -> Result<Self, Refusal> {
        let roles = roles.into();
        if roles.reads() { Ok(Self { org, account, roles }) } else { Err(Refusal::NotAllowed) }
    }

    /// The organization in which everything this actor does happens.
    pub const fn org(&self) -> OrgId {
        self.org
    }

    /// Which account.
    pub const fn account(&self) -> AccountId {
        self.account
    }

    /// Which roles.
    pub const fn roles(&self) -> Roles {
        self.roles
    }

    const fn only<T: Copy>(is: bool, handle: T) -> Result<T, Refusal> {
        if is { Ok(handle) } else { Err(Refusal::NotAllowed) }
    }

    /// The handle with the organizer's verbs: organizers and admins have it.
    pub const fn organizer(&self) -> Result<Organizer, Refusal> {
        let is = self.roles.holds(Role::Organizer) || self.roles.holds(Role::Admin);
        Self::only(is, Organizer::operator(self.org, self.account))
    }

    /// The handle of whoever reads drafts, single rows and words: organizers, admins and auditors have it.
    pub const fn reader(&self) -> Result<Reader, Refusal> {
        let roles = self.roles;
        let is = roles.holds(Role::Organizer) || roles.holds(Role::Admin) || roles.holds(Role::Auditor);
        Self::only(is, Reader::of(self.org))
    }

    /// The handle with the verbs over people, and over what needs a second pair of eyes.
    pub const fn admin(&self) -> Result<Admin, Refusal> {
        Self::only(self.roles.holds(Role::Admin), Admin::operator(self.org, self.account))
    }

    /// The handle of whoever reads the whole trail, and who works here: auditors and admins have it.
    pub const fn auditor(&self) -> Result<Auditor, Refusal> {
        let is = self.roles.holds(Role::Auditor) || self.roles.holds(Role::Admin);
        Self::only(is, Auditor::of(self.org))
    }

    /// The handle with the verbs that only read: totals and what is published. Every actor has it.
    pub const fn viewer(&self) -> Viewer {
        Viewer::of(self.org)
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
        Viewer::of(self.link.org())
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
        Viewer::of(self.org)
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

    fn with(roles: Roles) -> Result<Actor, Refusal> {
        let account = AccountId::new(Moment::from_millis(0), [0; 10]);
        Actor::new(OrgId::from_bytes([1, 2, 3]), account, roles)
    }

    #[test]
    fn each_role_has_the_handles_of_the_matrix_and_no_other() {
        // organizer, reader, admin, auditor
        let table = [
            (Role::Organizer, [true, true, false, false]),
            (Role::Admin, [true, true, true, true]),
            (Role::Committee, [false, false, false, false]),
            (Role::Auditor, [false, true, false, true]),
        ];
        for (role, [organizer, reader, admin, auditor]) in table {
            let actor = with(role.into()).unwrap();
            assert_eq!(actor.organizer().is_ok(), organizer, "{role:?}");
            assert_eq!(actor.reader().is_ok(), reader, "{role:?}");
            assert_eq!(actor.admin().is_ok(), admin, "{role:?}");
            assert_eq!(actor.auditor().is_ok(), auditor, "{role:?}");
        }
        assert_eq!(
            with(Role::Operator.into()),
            Err(Refusal::NotAllowed),
            "who runs the server reads nothing"
        );
        assert_eq!(with(Roles::default()), Err(Refusal::NotAllowed));
        let both = with(Roles::from(Role::Committee).with(Role::Admin)).unwrap();
        assert!(both.organizer().is_ok() && both.admin().is_ok());
    }

    #[test]
    fn only_an_operator_runs_the_server() {
        for role in Role::ALL {
            let seat = Seat {
                org: OrgId::from_bytes([1, 2, 3]),
                home: OrgId::from_bytes([1, 2, 3]),
                account: AccountId::new(Moment::from_millis(0), [0; 10]),
                roles: role.into(),
                second: false,
            };
            assert_eq!(seat.operator().is_ok(), role == Role::Operator);
            assert_eq!(seat.actor().is_ok(), role != Role::Operator);
        }
    }
}
