//! From a poster's number, typed by hand, to its page. Who tries numbers at random soon waits for the rest of a
//! minute.

use axum::extract::{Path, Query, State as Shared};
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::resident::{self, Found, No, Retry, Top};
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_domain::MarketRef;
use kaishi_domain::moment::{Day, HOUR};
use kaishi_domain::poster::Typed;
use kaishi_domain::token::Purpose;
use kaishi_store::Error;
use serde::Deserialize;

use crate::route::caller::Tongue;
use crate::route::tries;

/// What the address may add.
#[derive(Deserialize)]
pub struct Look {
    big: Option<String>,
    code: Option<String>,
}

/// Asks for a number, or says which stall's it is.
pub async fn page(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path(at): Path<String>,
    Query(look): Query<Look>,
) -> Page {
    let mut top = top(lang, &look, "/");
    let Ok(at) = at.parse::<MarketRef>() else {
        return resident::no(&state.site, &top, None, &No::NoMarket);
    };
    top.here = format!("/m/{at}/poster");
    top.map = Some(format!("/m/{at}"));
    let typed = look.code.unwrap_or_default();
    let found = if typed.trim().is_empty() {
        Ok(Found::Ask)
    } else if tries::codes_are_too_many(&state, at.org).await {
        Ok(Found::SlowDown)
    } else {
        find(&state, at, &typed).await
    };
    match found {
        Ok(found) => {
            if matches!(found, Found::Unknown) {
                tries::code_was_wrong(&state, at.org).await;
            }
            resident::poster_number(&state.site, &top, typed.trim(), &found)
        }
        Err(Error::Missing(_)) => resident::no(&state.site, &top, None, &No::NoMarket),
        Err(error) => {
            tracing::warn!(%error, "a poster's number was not looked up");
            let retry = Retry::Page(top.here.clone());
            resident::no(&state.site, &top, None, &No::Busy(retry))
        }
    }
}

/// The poster that a number means: of this market, or one that hangs on its ground every Saturday.
async fn find(state: &State, at: MarketRef, typed: &str) -> Result<Found, Error> {
    let market = state.store.market(at).await?;
    let (Ok(typed), day) = (Typed::parse(typed), Day::parse(&market.held_on)?) else {
        return Ok(Found::Unknown);
    };
    let path = |poster| state.path(Purpose::Poster, poster);
    let signs = state.store.signs(at, state.now()).await?;
    for sign in signs.iter().filter(|sign| !sign.withdrawn && typed.means(day, &sign.no)) {
        let poster = state.store.poster_at(at, sign.stall).await?;
        if let Some(poster) = poster.filter(|poster| state.keys.is_eye_code(*poster, |eye| typed.ends(eye))) {
            return Ok(Found::Genuine(sign.clone(), path(poster), false));
        }
    }
    for place in state.store.standing_posters(at).await? {
        let sign = signs.iter().find(|sign| sign.no == place.no);
        if let Some(sign) = sign
            .filter(|_| typed.stands(&place.no) && state.keys.is_eye_code(place.id, |eye| typed.ends(eye)))
        {
            return Ok(Found::Genuine(sign.clone(), path(place.id), true));
        }
    }
    Ok(Found::Unknown)
}

/// `ks.example.cn/s`, as posters print it: to the market that runs or comes next, where one community alone has one;
/// else to the page that says to scan.
pub async fn nearest(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Query(look): Query<Look>,
) -> Response {
    match only_near(&state).await {
        Ok(Some(at)) => {
            Redirect::to(&top(lang, &look, "/").sized(&format!("/m/{at}/poster"))).into_response()
        }
        _ => no_market(&state, lang, &look).into_response(),
    }
}

/// The one market that runs or comes next on this server; where there is none, the one that was.
async fn only_near(state: &State) -> Result<Option<MarketRef>, Error> {
    let (mut ahead, mut past) = (Vec::new(), Vec::new());
    for organization in state.store.organizations().await? {
        let org = organization.id;
        let Some(market) = state.store.market_near(org, state.now()).await? else { continue };
        let at = MarketRef { org, market };
        let is_ahead = state.store.market(at).await?.closes_at.plus(HOUR) >= state.now();
        if is_ahead { ahead.push(at) } else { past.push(at) }
    }
    Ok(match (ahead.as_slice(), past.as_slice()) {
        ([only], _) | ([], [only]) => Some(*only),
        _ => None,
    })
}

fn no_market(state: &State, lang: Lang, look: &Look) -> Page {
    resident::no(&state.site, &top(lang, look, "/"), None, &No::NoMarket)
}

fn top(lang: Lang, look: &Look, here: &str) -> Top {
    Top { lang, big: look.big.is_some(), here: here.into(), title: String::new(), map: None, appeal: None }
}
