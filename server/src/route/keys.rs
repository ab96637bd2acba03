//! Keys for programs that raise appeals by Open311. A key is shown on the page that answers its making, and never again.

use axum::extract::{Form, Path, State as Shared};
use axum::response::Redirect;
use kaishi_app::document::Page;
use kaishi_app::pages::appeals::{self, KeyRing, KeyRow};
use kaishi_app::state::State;
use kaishi_domain::token::Purpose;
use kaishi_domain::{LinkId, Refusal};
use kaishi_store::Error;
use serde::Deserialize;

use crate::route::caller::{No, SignedIn};
use crate::route::names::moment;
use crate::route::unit::place;

async fn show(
    state: &State,
    who: &SignedIn,
    fresh: Option<String>,
    typed: Option<String>,
) -> Result<Page, No> {
    let by = who.organizer()?;
    let place = place(state, who).await?;
    let row = |key: kaishi_store::OpenKey| KeyRow {
        id: key.id.to_string(),
        name: key.name,
        made: moment(&place, who.desk.lang, key.made_at),
    };
    let keys = state.store.open_keys(&by).await.map_err(who.no())?.into_iter().map(row).collect();
    let address = format!("{}/api/v1/open311/services.json?jurisdiction_id={}", state.public_url, by.org());
    Ok(appeals::keys(&who.desk, KeyRing { address, keys, fresh, typed }))
}

/// The page.
pub async fn page(Shared(state): Shared<State>, who: SignedIn) -> Result<Page, No> {
    show(&state, &who, None, None).await
}

/// For whom.
#[derive(Deserialize)]
pub struct Named {
    name: String,
}

/// Makes a key and shows it.
pub async fn make(Shared(state): Shared<State>, who: SignedIn, Form(form): Form<Named>) -> Result<Page, No> {
    let by = who.organizer()?;
    match state.store.open_key_make(&by, &form.name, state.now()).await {
        Ok(id) => show(&state, &who, Some(state.keys.token(Purpose::Open, id)), None).await,
        Err(Error::Refused(_)) => show(&state, &who, None, Some(form.name)).await,
        Err(error) => Err(who.no()(error)),
    }
}

/// Takes a key back.
pub async fn revoke(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(id): Path<String>,
) -> Result<Redirect, No> {
    let by = who.organizer()?;
    let id: LinkId = id.parse().map_err(who.no::<Refusal>())?;
    match state.store.open_key_revoke(&by, id, state.now()).await {
        Ok(()) | Err(Error::Missing(_)) => Ok(Redirect::to("/o/open311")),
        Err(error) => Err(who.no()(error)),
    }
}
