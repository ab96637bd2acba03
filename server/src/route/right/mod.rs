//! Who may open which address. Looked up before a handler does anything, so that whoever may not learns nothing of
//! what is there.

pub mod table;

use axum::http::Method;
use kaishi_domain::actor::{Role, Roles};
use kaishi_domain::token::Purpose;

/// Who may open an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Who {
    /// Everybody: nothing of it is private.
    Anyone,
    /// Whoever holds a signed link for this.
    Link(Purpose),
    /// A signed-in account with one of these roles.
    Roles(Roles),
}

/// Who looks after accounts, and signs.
const ADMIN: Roles = Roles::only(Role::Admin);
/// Who plans and runs a market.
const RUN: Roles = ADMIN.with(Role::Organizer);
/// Who reads the trail and who works here.
const AUDIT: Roles = ADMIN.with(Role::Auditor);
/// Who reads drafts and rows.
const READ: Roles = RUN.with(Role::Auditor);
/// Who reads totals and what is published.
const LOOK: Roles = READ.with(Role::Committee);
/// Whoever runs the server.
const OPERATOR: Roles = Roles::only(Role::Operator);
/// Whoever may look after the server: its operator, and the admin of one that has a single organization.
const MACHINE: Roles = OPERATOR.with(Role::Admin);
/// Everybody who is signed in.
const ALL: Roles = LOOK.with(Role::Operator);

/// Who may open an address; `None` where the table has no line.
pub fn who(method: &str, path: &str) -> Option<Who> {
    let method = if method == "HEAD" { "GET" } else { method };
    table::TABLE.iter().find(|row| row.0 == method && row.1 == path).map(|row| row.2)
}

/// The roles that open an address with a session. What nobody has thought of is for organizers.
pub fn roles(method: &Method, path: &str) -> Roles {
    match who(method.as_str(), path) {
        Some(Who::Roles(roles)) => roles,
        Some(_) => Roles::default(),
        None => Roles::only(Role::Organizer),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_address_has_one_line() {
        let mut seen = BTreeSet::new();
        for (method, path, _) in table::TABLE {
            assert!(seen.insert((method, path)), "{method} {path} stands there twice");
        }
    }

    #[test]
    fn who_only_reads_changes_nothing_but_its_own_account() {
        let reads = Roles::only(Role::Committee).with(Role::Auditor);
        for (method, path, who) in table::TABLE {
            if let Who::Roles(roles) = who
                && *method != "GET"
                && roles.meets(reads)
            {
                let own = path.starts_with("/o/self");
                let asks = [
                    "layout/load",
                    "layout/published",
                    "layout/presence",
                    "board/load",
                    "ground/load",
                    "rain/propose",
                ]
                .iter()
                .any(|call| *path == format!("/api/call/{call}"));
                assert!(own || asks, "{method} {path}");
            }
        }
    }

    #[test]
    fn who_runs_the_server_reads_no_market() {
        for (method, path, who) in table::TABLE {
            if let Who::Roles(roles) = who
                && roles.holds(Role::Operator)
            {
                let own = ["/o/self", "/o/platform", "/o/operations"];
                assert!(own.iter().any(|own| path.starts_with(own)), "{method} {path}");
            }
        }
    }

    #[test]
    fn what_is_read_with_head_is_read_with_get() {
        assert_eq!(who("HEAD", "/o/"), who("GET", "/o/"));
        assert_eq!(roles(&Method::GET, "/o/of-tomorrow"), Roles::only(Role::Organizer));
        assert!(roles(&Method::GET, "/login").is_empty());
    }
}
