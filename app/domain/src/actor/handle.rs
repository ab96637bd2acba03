//! The handles themselves. Each is a value that only a role makes; a verb that takes one needs no further question.

use super::Clerk;
use crate::paper::Hand;
use crate::{AccountId, MarketId, OrgId};

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
        Viewer::of(self.org)
    }

    /// An organizer reads drafts, single rows and words.
    pub const fn reader(&self) -> Reader {
        Reader::of(self.org)
    }
}

/// May look after the accounts of one organization, and let in what an organizer alone may not.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Admin {
    org: OrgId,
    account: AccountId,
}

impl Admin {
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

    /// An admin reads who works here, and the whole trail.
    pub const fn auditor(&self) -> Auditor {
        Auditor::of(self.org)
    }

    /// An admin has the organizer's verbs.
    pub const fn organizer(&self) -> Organizer {
        Organizer::operator(self.org, self.account)
    }
}

/// May read counts, maps and bulletins of one organization.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Viewer {
    org: OrgId,
}

impl Viewer {
    pub(super) const fn of(org: OrgId) -> Self {
        Self { org }
    }

    /// The organization.
    pub const fn org(&self) -> OrgId {
        self.org
    }
}

/// May read drafts, single rows and words of one organization; no contact.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reader {
    org: OrgId,
}

impl Reader {
    pub(super) const fn of(org: OrgId) -> Self {
        Self { org }
    }

    /// The organization.
    pub const fn org(&self) -> OrgId {
        self.org
    }

    /// Who reads rows reads totals.
    pub const fn viewer(&self) -> Viewer {
        Viewer::of(self.org)
    }
}

/// May read the whole trail of one organization.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Auditor {
    org: OrgId,
}

impl Auditor {
    pub(super) const fn of(org: OrgId) -> Self {
        Self { org }
    }

    /// The organization.
    pub const fn org(&self) -> OrgId {
        self.org
    }
}

/// Runs the server: may found organizations and say under whom they stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Operator {
    org: OrgId,
    account: AccountId,
}

impl Operator {
    /// Whose account it is, and which.
    pub const fn of(org: OrgId, account: AccountId) -> Self {
        Self { org, account }
    }

    /// The organization that keeps the account.
    pub const fn org(&self) -> OrgId {
        self.org
    }

    /// The account that is written beside each change.
    pub const fn account(&self) -> AccountId {
        self.account
    }
}
