//! The organizer's view of the counting phones: what is not in, who is let in, who is taken out.

use std::collections::HashMap;

use axum::extract::{Form, Path, State as Shared};
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::fault::Fault;
use kaishi_app::pages::device::{self as pages, Code, Door, Line, View};
use kaishi_app::state::State;
use kaishi_domain::layout::number_order;
use kaishi_domain::market::Market;
use kaishi_domain::token::Purpose;
use kaishi_domain::{DeviceId, LinkId, MarketRef, StallId};
use kaishi_store::Guarded;
use serde::Deserialize;

use crate::link::LinkBook;
use crate::poster;
use crate::route::caller::{No, SignedIn};
use crate::route::organizer::market_of;
use crate::route::rail::rail;

/// What the page's buttons send.
#[derive(Deserialize)]
pub struct Asked {
    verb: String,
    #[serde(default)]
    link: String,
    #[serde(default)]
    device: String,
}

/// The phones.
pub async fn page(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
) -> Result<Page, No> {
    let market = market_of(&state, &who, at).await?;
    let rail = rail(&state, &who, &market).await?;
    let numbers = numbers(&state, &who, at).await?;
    let seen = state.store.devices(&who.actor.viewer(), market.id).await.map_err(who.no())?;
    let place = market.place().map_err(who.no())?;
    let lines = seen
        .into_iter()
        .map(|seen| Line {
            link: seen.link.to_string(),
            device: seen.device.to_string(),
            mark: seen.device.mark(),
            stall: seen.stall.map(|stall| numbers.get(&stall).cloned().unwrap_or_default()),
            role: seen.role,
            seen: place.clock(seen.at),
            high: seen.high,
            gaps: seen.gaps,
            unsent: seen.unsent,
            tray: seen.tray,
            clock_error: seen.clock_error,
            revoked: seen.revoked_at.is_some(),
        })
        .collect();
    let missing = state.store.devices_missing(at).await.map_err(who.no())?;
    let doors = match who.actor.organizer() {
        Ok(_) => doors(&state, &who, &market, &numbers).await?,
        Err(_) => Vec::new(),
    };
    let address = format!("{}/staff", state.public_url);
    Ok(pages::devices(&who.desk, &rail, View { market: at, missing, lines, doors, address }))
}

/// The number of each stall.
async fn numbers(state: &State, who: &SignedIn, at: MarketRef) -> Result<HashMap<StallId, String>, No> {
    let signs = state.store.signs(at, state.now()).await.map_err(who.no())?;
    Ok(signs.iter().map(|sign| (sign.stall, sign.no.clone())).collect())
}

fn door(guard: Guarded, numbers: &HashMap<StallId, String>) -> Door {
    Door {
        link: guard.link.to_string(),
        stall: guard.stall.map(|stall| numbers.get(&stall).cloned().unwrap_or_default()),
        pin: guard.pin,
        code: guard.code,
        shut: guard.shut,
    }
}

/// Supervisors first, then the stalls in the order of their numbers.
async fn doors(
    state: &State,
    who: &SignedIn,
    market: &Market,
    numbers: &HashMap<StallId, String>,
) -> Result<Vec<Door>, No> {
    let by = who.organizer()?;
    let guards = state.store.guards(&by, market.id, state.now()).await.map_err(who.no())?;
    let mut doors: Vec<Door> = guards.into_iter().map(|guard| door(guard, numbers)).collect();
    doors.sort_by_cached_key(|door| door.stall.as_ref().map(|no| number_order(no)));
    Ok(doors)
}

/// One link as a picture.
pub async fn show(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path((at, link)): Path<(MarketRef, String)>,
) -> Result<Page, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let rail = rail(&state, &who, &market).await?;
    let numbers = numbers(&state, &who, at).await?;
    let guards = state.store.guards(&by, market.id, state.now()).await.map_err(who.no())?;
    let found = guards.into_iter().find(|guard| guard.link.to_string() == link);
    let guard = found.ok_or_else(|| No::new(&who.desk, Fault::Missing))?;
    let picture = poster::Code::of(&state.address(Purpose::Staff, guard.link)).map_err(who.no())?;
    let (path, width) = (picture.path(), picture.width());
    Ok(pages::code(&who.desk, &rail, at, Code { door: door(guard, &numbers), path, width }))
}

/// Takes a phone out, or changes how phones are let in.
pub async fn change(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(form): Form<Asked>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let (by, now) = (who.organizer()?, state.now());
    let link = || form.link.parse::<LinkId>().map_err(kaishi_store::Error::from);
    let done = match form.verb.as_str() {
        "revoke" => match (link(), form.device.parse::<DeviceId>()) {
            (Ok(link), Ok(device)) => state.store.device_revoke(&by, market.id, link, device, now).await,
            (Err(error), _) => Err(error),
            (_, Err(refusal)) => Err(refusal.into()),
        },
        "supervisor" => LinkBook::supervisor(&state, &by, &market).await.map(drop),
        verb => match link() {
            Ok(link) => state.store.pin_set(&by, market.id, link, verb == "pin", now).await,
            Err(error) => Err(error),
        },
    };
    done.map_err(who.no())?;
    Ok(Redirect::to(&format!("/o/m/{at}/devices")).into_response())
}
