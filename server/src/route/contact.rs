//! A contact is read by a post, because reading it writes into the audit trail; the answer is the page with it.

use axum::extract::{Form, Path, State as Shared};
use axum::response::Response;
use kaishi_app::document::Page;
use kaishi_app::pages::appeals::{Reach, Typed};
use kaishi_app::state::State;
use kaishi_domain::MarketRef;
use kaishi_domain::appeal::Contact;
use kaishi_store::{self as store, Error, Hand};
use serde::Deserialize;

use crate::route::caller::{No, SignedIn, Tongue};
use crate::route::organizer::market_of;
use crate::route::slip::Found;
use crate::route::{appeal, handed};

/// What the page shows for what came of the reading.
fn reach(read: store::Result<Contact>) -> store::Result<Reach> {
    match read {
        Ok(contact) => Ok(Reach::Open(contact)),
        Err(Error::Missing("contact")) => Ok(Reach::Gone),
        Err(error) => Err(error),
    }
}

/// An organizer reads it.
pub async fn at_the_desk(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path((at, slip)): Path<(MarketRef, String)>,
) -> Result<Page, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let code = appeal::found(&state, &market, &slip, true).await.map_err(who.no())?.code;
    let read = state.store.contact_read(Hand::Organizer(&by), code, state.now()).await;
    let shown = reach(read).map_err(who.no())?;
    let again = appeal::Again { reach: Some(shown), ..appeal::Again::default() };
    appeal::show(&state, &who, &market, &slip, again).await
}

/// The unit that works on it reads it.
pub async fn at_the_unit(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path((token, name)): Path<(String, String)>,
) -> Page {
    let shown = async {
        let inside = handed::Inside::of(&state, lang, &token).await?;
        let code = inside.appeal(&state, &name).await?.code;
        let read = state.store.contact_read(Hand::Guest(&inside.guest), code, state.now()).await;
        inside.show(&state, &name, Typed::default(), None, Some(reach(read)?)).await
    };
    shown.await.unwrap_or_else(|error| handed::gone(&state, lang, &error))
}

/// What the resident's form sends.
#[derive(Deserialize)]
pub struct Mine {
    r#do: String,
}

/// Whoever left it looks at it, or takes it back.
pub async fn by_the_resident(found: Found, Form(form): Form<Mine>) -> Response {
    let (state, code) = (&found.state, found.appeal.code);
    if form.r#do == "drop" {
        return match state.store.contact_drop(code, state.now()).await {
            Ok(()) | Err(Error::Missing(_)) => found.back("dropped"),
            Err(error) => found.busy(&error),
        };
    }
    match state.store.contact_read(Hand::Resident, code, state.now()).await.map(Reach::Open) {
        Ok(reach) => found.show(reach).await,
        Err(Error::Missing(_)) => found.back("dropped"),
        Err(error) => found.busy(&error),
    }
}
