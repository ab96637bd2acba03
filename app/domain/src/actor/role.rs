//! What accounts are called by what they may do. An account has one or several of these at an organization.

use serde::{Deserialize, Serialize};

use crate::Refusal;

/// What an account may do at an organization.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Plans and runs the market.
    Organizer,
    /// Looks after accounts, and lets in what needs a second pair of eyes.
    Admin,
    /// Watches totals and bulletins, also those of the organizations below; changes nothing.
    Committee,
    /// Reads everything but contacts; changes nothing.
    Auditor,
    /// Runs the server and founds organizations; reads nothing of theirs.
    Operator,
}

impl Role {
    /// Every role, in the order of lists.
    pub const ALL: [Self; 5] = [Self::Organizer, Self::Admin, Self::Committee, Self::Auditor, Self::Operator];

    /// Those that an admin gives; whoever runs the server is named by the server's own people.
    pub const GIVEN: [Self; 4] = [Self::Organizer, Self::Admin, Self::Committee, Self::Auditor];

    /// The value of the `role` column.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Organizer => "organizer",
            Self::Admin => "admin",
            Self::Committee => "committee",
            Self::Auditor => "auditor",
            Self::Operator => "operator",
        }
    }

    /// Reads the `role` column.
    pub fn from_code(code: &str) -> Result<Self, Refusal> {
        Self::ALL.into_iter().find(|role| role.code() == code).ok_or(Refusal::Malformed("role"))
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// The roles of one account at one organization.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Roles(u8);

impl Roles {
    /// This one alone.
    pub const fn only(role: Role) -> Self {
        Self(role.bit())
    }

    /// The same and this one.
    #[must_use]
    pub const fn with(self, role: Role) -> Self {
        Self(self.0 | role.bit())
    }

    /// Whether this one is among them.
    pub const fn holds(self, role: Role) -> bool {
        self.0 & role.bit() != 0
    }

    /// Whether any of those is among them.
    pub const fn meets(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether there is one that reads what happens at a market.
    pub const fn reads(self) -> bool {
        self.0 & !Role::Operator.bit() != 0
    }

    /// One after the other.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(move |role| self.holds(*role))
    }

    /// Reads codes with commas between.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        text.split(',').filter(|code| !code.is_empty()).map(Role::from_code).collect()
    }
}

impl std::fmt::Display for Roles {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.iter().map(Role::code).collect::<Vec<_>>().join(","))
    }
}

impl From<Role> for Roles {
    fn from(role: Role) -> Self {
        Self::only(role)
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        roles.into_iter().fold(Self::default(), Self::with)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_read_as_they_are_written() {
        let both = Roles::from(Role::Admin).with(Role::Organizer);
        assert_eq!(both.to_string(), "organizer,admin");
        assert_eq!(Roles::parse("admin,organizer").unwrap(), both);
        assert_eq!(Roles::parse("").unwrap(), Roles::default());
        assert!(Roles::parse("admin,king").is_err());
        for role in Role::ALL {
            assert_eq!(Role::from_code(role.code()), Ok(role));
        }
    }
}
