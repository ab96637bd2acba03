//! Who calls, on the server: the state and the signed-in actor of a server function.

use kaishi_domain::actor::Actor;
use leptos::prelude::use_context;
use tower_sessions::Session;

use crate::fault::Fault;
use crate::state::State;

/// The state that the router put beside this call.
pub fn state() -> Result<State, Fault> {
    use_context::<State>().ok_or(Fault::Broken)
}

/// The signed-in actor, with its role as the database says now.
pub async fn actor() -> Result<Actor, Fault> {
    let state = state()?;
    let session: Session = leptos_axum::extract().await.map_err(|_| Fault::SignedOut)?;
    state.actor(&session).await?.ok_or(Fault::SignedOut)
}
