//! Every address of the server with who may open it: the table that `right` looks up and that tests compare with the
//! router, with what is answered, and with the matrix of roles. A route without a line here fails them.

mod booking;
mod main;

use kaishi_domain::actor::{Role, Roles};

use super::Who;

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

/// Method, path as the router writes it, who.
pub type Row = (&'static str, &'static str, Who);

/// The whole table.
pub const TABLE: &[Row] = &joined::<{ main::ROWS.len() + booking::ROWS.len() }>(main::ROWS, booking::ROWS);

const fn joined<const N: usize>(first: &[Row], second: &[Row]) -> [Row; N] {
    let mut all = [first[0]; N];
    let mut at = 0;
    while at < N {
        all[at] = if at < first.len() { first[at] } else { second[at - first.len()] };
        at += 1;
    }
    all
}
