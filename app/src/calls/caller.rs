//! Who calls, on the server: the state and the signed-in actor of a server function.

use kaishi_domain::Refusal;
use kaishi_domain::actor::{Actor, Roles};
use leptos::prelude::use_context;
use tower_sessions::Session;

use crate::fault::Fault;
use crate::state::State;

/// The state that the router put beside this call.
pub fn state() -> Result<State, Fault> {
    use_context::<State>().ok_or(Fault::Broken)
}

/// The roles that may make this call; the router puts them beside it.
#[derive(Clone, Copy, Debug)]
pub struct Allowed(pub Roles);

/// The signed-in actor, with its roles as the database says now, if they may make this call.
pub async fn actor() -> Result<Actor, Fault> {
    let state = state()?;
    let session: Session = leptos_axum::extract().await.map_err(|_| Fault::SignedOut)?;
    let actor = state.actor(&session).await?.ok_or(Fault::SignedOut)?;
    let allowed = use_context::<Allowed>().is_some_and(|Allowed(roles)| actor.roles().meets(roles));
    if allowed { Ok(actor) } else { Err(Refusal::NotAllowed.into()) }
}
