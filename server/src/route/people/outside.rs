//! Who an account is to the identity provider: linked by its owner, who proves it here with the password and there in
//! person, or by an admin who says so; taken away by either.

use std::sync::Arc;

use axum::extract::{Extension, Form, Path, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use kaishi_app::fault::Fault;
use kaishi_app::pages::people::outside::{self as pages, Outside as Shown};
use kaishi_app::pages::people::own::Told;
use kaishi_app::state::State;
use kaishi_app::words::outside::Outside as Words;
use kaishi_domain::token::second::Owner;
use kaishi_domain::{AccountId, Refusal};
use kaishi_store::{Error, Identity};
use serde::Deserialize;
use tower_sessions::Session;

use super::own::{self, Tries};
use crate::oidc::{Lost, Outside};
use crate::password;
use crate::route::caller::{No, Signed, SignedIn};
use crate::route::oidc::{Provided, begin};

/// Link or unlink.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Verb {
    Link,
    Unlink,
}

/// What the form on one's own page sends.
#[derive(Deserialize)]
pub struct Own {
    verb: Verb,
    #[serde(default)]
    password: String,
}

/// What the form on somebody's page sends.
#[derive(Deserialize)]
pub struct OfPerson {
    verb: Verb,
    #[serde(default)]
    subject: String,
}

/// Who an account is to the provider, where there is one.
pub(super) async fn shown(
    state: &State,
    outside: Option<&Arc<Outside>>,
    owner: &Owner,
) -> Result<Option<Shown>, Error> {
    let Some(outside) = outside else { return Ok(None) };
    let subject = state.store.subject(owner, outside.issuer()).await?;
    Ok(Some(Shown { name: outside.name().to_owned(), subject }))
}

/// One's own: the password first, then to the provider; or no more.
pub async fn own(
    Shared(state): Shared<State>,
    who: Signed,
    session: Session,
    Extension(outside): Provided,
    Extension(tries): Extension<Tries>,
    jar: CookieJar,
    Form(form): Form<Own>,
) -> Result<Response, No> {
    let Some(outside) = outside else { return Err(No::new(&who.desk, Fault::Missing)) };
    let (owner, words) = (Owner { home: who.seat.home, account: who.seat.account }, Words(who.desk.lang));
    if matches!(form.verb, Verb::Unlink) {
        let gone = state.store.identity_unlink(&owner, outside.issuer(), state.now()).await;
        gone.map_err(who.no())?;
        return Ok(Redirect::to("/o/self#outside").into_response());
    }
    let wrong = if tries.wait(&owner.account.to_string()) {
        (StatusCode::TOO_MANY_REQUESTS, words.slow_down())
    } else {
        let stored = state.store.password_hash(owner.home, owner.account).await.map_err(who.no())?;
        match password::verify(form.password, stored).await.map_err(who.no())? {
            None => (StatusCode::UNPROCESSABLE_ENTITY, words.wrong_password()),
            Some(_) => match begin(&state, &outside, Some(owner)).await {
                Ok((errand, to)) => {
                    let page = pages::go(&who.desk, outside.name(), to);
                    return Ok((jar.add(errand), page).into_response());
                }
                Err(Lost::Down) => (StatusCode::UNPROCESSABLE_ENTITY, words.down()),
                Err(Lost::Refused) => (StatusCode::UNPROCESSABLE_ENTITY, words.refused()),
            },
        }
    };
    let page = own::show(&state, &who, &session, Some(&outside), Told::NotLinked(wrong.1)).await?;
    Ok(page.status(wrong.0).into_response())
}

/// Somebody's, by an admin.
pub async fn of_person(
    Shared(state): Shared<State>,
    who: SignedIn,
    Extension(outside): Provided,
    Path(account): Path<AccountId>,
    Form(form): Form<OfPerson>,
) -> Result<Response, No> {
    let by = who.admin()?;
    let Some(outside) = outside else { return Err(No::new(&who.desk, Fault::Missing)) };
    let words = Words(who.desk.lang);
    let done = match (form.verb, Identity::of(outside.issuer(), &form.subject)) {
        (Verb::Unlink, _) => state.store.person_unlink(&by, account, outside.issuer(), state.now()).await,
        (Verb::Link, Ok(identity)) => state.store.person_link(&by, account, &identity, state.now()).await,
        (Verb::Link, Err(refusal)) => Err(refusal.into()),
    };
    let wrong = match done {
        Ok(()) => return Ok(Redirect::to(&format!("/o/people/{account}")).into_response()),
        Err(Error::Taken(_)) => words.taken(),
        Err(Error::Refused(Refusal::Malformed(_) | Refusal::Missing(_) | Refusal::TooLong(_))) => {
            words.subject_wrong()
        }
        Err(error) => return Err(who.no()(error)),
    };
    let page = super::show_one(&state, &who, Some(&outside), account, Some(wrong)).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}
