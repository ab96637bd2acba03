//! A resident raises an appeal from the public page of a market, without a poster. No session, no script.

use axum::extract::{Form, Path, Query, State as Shared};
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::pages::resident::{self, No, Retry, Top, Wrong};
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_domain::MarketRef;
use kaishi_domain::id::ShortId;
use kaishi_domain::token::Ticket;
use kaishi_store::Error;

use crate::route::caller::Tongue;
use crate::route::plea::{Sent, compose};
use crate::route::square::Look;

/// What a ticket of this page is for: as a poster's, but of the market itself. Its five bytes are those of the
/// market's id that were drawn.
fn door(at: MarketRef) -> ShortId {
    let id = at.market.to_string();
    let byte = |n: usize| {
        let from = id.len() - 10 + 2 * n;
        id.get(from..from + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok()).unwrap_or_default()
    };
    ShortId::new(at.org, std::array::from_fn(byte))
}

/// The head of a public page of a market, if there is such a market; `last` ends its path.
pub(super) async fn top(
    state: &State,
    lang: Lang,
    at: &str,
    look: &Look,
    last: &str,
) -> Result<(MarketRef, Top), Response> {
    let mut top =
        Top { lang, big: look.is_big(), here: "/".into(), title: String::new(), map: None, appeal: None };
    let no = |top: &Top, why: No| resident::no(&state.site, top, None, &why).into_response();
    let Ok(at) = at.parse::<MarketRef>() else { return Err(no(&top, No::NoMarket)) };
    top.here = format!("/m/{at}/{last}");
    let named = async {
        let (market, organization) = (state.store.market(at).await?, state.store.organization(at.org).await?);
        Ok(format!("{} {}", resident::community(&organization.name), market.name))
    };
    match named.await {
        Ok(title) => {
            top.title = title;
            top.map = Some(format!("/m/{at}"));
            Ok((at, top))
        }
        Err(Error::Missing(_)) => Err(no(&top, No::NoMarket)),
        Err(error) => {
            tracing::warn!(%error, "a market was not read");
            Err(no(&top, No::Busy(Retry::Page(top.here.clone()))))
        }
    }
}

async fn draft(
    state: &State,
    top: &Top,
    at: MarketRef,
    ticket: String,
    sent: &Sent,
    wrong: Option<Wrong>,
) -> Response {
    let grids = state.store.grids(at.org).await.unwrap_or_default();
    let draft = sent.draft(top.here.clone(), ticket, grids, state.limits.contact_days);
    resident::raise(&state.site, top, resident::Draft { wrong, ..draft }).into_response()
}

fn fresh(state: &State, at: MarketRef) -> String {
    state.keys.seal(&Ticket::mint(door(at), state.now(), state.random(), [0; 16]))
}

/// The form.
pub async fn page(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path(at): Path<String>,
    Query(look): Query<Look>,
) -> Response {
    match top(&state, lang, &at, &look, "say").await {
        Ok((at, top)) => draft(&state, &top, at, fresh(&state, at), &Sent::default(), None).await,
        Err(no) => no,
    }
}

/// Raises it and answers after the commit with its slip.
pub async fn raise(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path(at): Path<String>,
    Query(look): Query<Look>,
    Form(sent): Form<Sent>,
) -> Response {
    let (at, top) = match top(&state, lang, &at, &look, "say").await {
        Ok(found) => found,
        Err(no) => return no,
    };
    if !sent.website.is_empty() {
        return Redirect::to(&format!("/m/{at}")).into_response();
    }
    let now = state.now();
    let Ok(ticket) = state.keys.open(&sent.ticket, door(at), now, state.limits.ticket_age) else {
        return draft(&state, &top, at, fresh(&state, at), &sent, Some(Wrong::Stale)).await;
    };
    let raised = match compose(&state, &sent, (at, None), &ticket).await {
        Ok(new) => state.store.appeal_raise(&new, None, now).await.map_err(|error| {
            tracing::warn!(%error, "an appeal was not raised");
            Wrong::Busy
        }),
        Err(wrong) => Err(wrong),
    };
    match raised {
        Ok(appeal) => Redirect::to(&top.sized(&format!("/a/{}?new=1", appeal.code))).into_response(),
        Err(wrong) => draft(&state, &top, at, sent.ticket.clone(), &sent, Some(wrong)).await,
    }
}
