//! The demo's accounts. They exist only in the demo's own folder.

use anyhow::Result;
use kaishi_app::state::State;
use kaishi_domain::actor::Role;
use kaishi_domain::{AccountId, OrgId};
use kaishi_store::Account;

/// Login and password of the demo's organizer.
pub const ORGANIZER: (&str, &str) = ("organizer", "kaishi-demo-organizer");
/// Login and password of the demo's committee.
pub const COMMITTEE: (&str, &str) = ("committee", "kaishi-demo-committee");

/// Login and password of the demo's auditor.
pub const AUDITOR: (&str, &str) = ("auditor", "kaishi-demo-auditor");

/// Login and password of whoever runs the demo's server.
pub(super) const OPERATOR: (&str, &str) = ("operator", "kaishi-demo-operator");
/// Login and password of the demo's street, above the community.
pub(super) const STREET: (&str, &str) = ("street", "kaishi-demo-street");

/// Adds the three accounts; answers the organizer's, which looks after accounts, too.
pub(super) async fn add(state: &State, org: OrgId) -> Result<AccountId> {
    let organizer = one(state, org, ORGANIZER, Role::Organizer).await?;
    one(state, org, COMMITTEE, Role::Committee).await?;
    one(state, org, AUDITOR, Role::Auditor).await?;
    Ok(organizer)
}

async fn one(state: &State, org: OrgId, (login, password): (&str, &str), role: Role) -> Result<AccountId> {
    let now = state.now();
    let id = AccountId::new(now, state.random());
    let hash = crate::password::hash(password.to_owned()).await?;
    state.store.account_add(&Account { org, id, login: login.to_owned(), role }, &hash, now).await?;
    Ok(id)
}
