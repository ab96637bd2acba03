//! How often somebody may try: counted in the database, so that the same bound holds whichever node answers.

use kaishi_app::state::State;
use kaishi_domain::OrgId;
use kaishi_store::{Attempt, Result};

/// Tries a minute for one login name, wherever they come from.
const LOGINS: i64 = 10;
/// Wrong codes a minute that are answered, of all residents of an organization together.
const MISSES: i64 = 30;
/// Of a name that is longer, the first letters count.
const LETTERS: usize = 64;

/// Notes a try with a login name; whether it is one too many. A name that nobody has is counted with the first
/// organization, so that waiting tells nothing about names.
pub async fn login_is_too_often(state: &State, login: &str) -> Result<bool> {
    let mut org = None;
    for organization in state.store.organizations().await? {
        if state.store.login(organization.id, login).await?.is_some() {
            org = Some(organization.id);
            break;
        }
        org = org.or(Some(organization.id));
    }
    let name: String = login.chars().take(LETTERS).collect();
    let org = org.unwrap_or(OrgId::INSTALLATION);
    Ok(state.store.attempt(org, Attempt::Login, &name, state.now()).await? > LOGINS)
}

/// Whether so many wrong codes were typed in this minute that the next one has to wait. A database that does not
/// answer finds no code either.
pub async fn codes_are_too_many(state: &State, org: OrgId) -> bool {
    let seen = state.store.attempts(org, Attempt::Code, "", state.now()).await;
    seen.is_ok_and(|missed| missed >= MISSES)
}

/// Notes a wrong code. One that names no organization of ours leaves no row with that name.
pub async fn code_was_wrong(state: &State, org: OrgId) {
    let org = if state.store.organization(org).await.is_ok() { org } else { OrgId::INSTALLATION };
    if let Err(error) = state.store.attempt(org, Attempt::Code, "", state.now()).await {
        tracing::warn!(%error, "a wrong code was not noted");
    }
}
