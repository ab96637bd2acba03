//! Standing posters for organizers: made once for every stall number, printed, called back.

use axum::extract::{Form, Path, State as Shared};
use axum::response::Redirect;
use kaishi_app::document::Page;
use kaishi_app::pages::poster as pages;
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_app::words::poster::{Printed, Prints};
use kaishi_domain::poster::{Sign, number_order, place_number};
use kaishi_domain::token::Purpose;
use kaishi_domain::{MarketRef, Refusal};
use kaishi_store::{Result as Stored, StandingPoster};

use crate::route::caller::{No, SignedIn};
use crate::route::organizer::market_of;
use crate::route::poster::{Named, brand, code};

async fn hanging(state: &State, at: MarketRef) -> Stored<Vec<StandingPoster>> {
    let mut places = state.store.standing_posters(at).await?;
    places.sort_by(|a, b| number_order(&a.no).cmp(&number_order(&b.no)));
    Ok(places)
}

/// The standing posters of a market's ground, for the list.
pub async fn places(state: &State, at: MarketRef) -> Stored<Vec<pages::Place>> {
    let shown = |place: StandingPoster| pages::Place {
        number: place_number(&place.no, &state.keys.eye_code(place.id)),
        opens: state.path(Purpose::Poster, place.id),
        poster: place.id.to_string(),
        no: place.no,
    };
    Ok(hanging(state, at).await?.into_iter().map(shown).collect())
}

/// Makes one for every stall number that has none.
pub async fn make(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
) -> Result<Redirect, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let signs = state.store.signs(at, state.now()).await.map_err(who.no())?;
    for sign in signs.iter().filter(|sign| !sign.withdrawn) {
        state
            .store
            .standing_poster_make(&by, market.ground, &sign.no, state.now())
            .await
            .map_err(who.no())?;
    }
    Ok(back(at))
}

/// Calls one back.
pub async fn revoke(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(named): Form<Named>,
) -> Result<Redirect, No> {
    let by = who.organizer()?;
    let poster = named.poster.parse().map_err(who.no::<Refusal>())?;
    state.store.standing_poster_revoke(&by, poster, state.now()).await.map_err(who.no())?;
    Ok(back(at))
}

/// The sheets. They name no unit and no day, because they outlive both.
pub async fn print(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
) -> Result<Page, No> {
    let market = market_of(&state, &who, at).await?;
    let signs = state.store.signs(at, state.now()).await.map_err(who.no())?;
    let words = Prints(Lang::Zh);
    let mut rows = Vec::new();
    for place in hanging(&state, at).await.map_err(who.no())? {
        let Some(sign) = signs.iter().find(|sign| sign.no == place.no) else { continue };
        let code = code(&state, place.id).map_err(who.no::<Refusal>())?;
        rows.push(pages::Row {
            zone_name: market.zone(&sign.zone).map(|zone| zone.name.clone()).unwrap_or_default(),
            sign: Sign {
                name: Printed(Lang::Zh).place(&place.no),
                unit: words.standing_unit().to_owned(),
                services: Vec::new(),
                off_hours: Vec::new(),
                ..sign.clone()
            },
            sheet: Some(pages::Sheet {
                poster: place.id.to_string(),
                revision: 1,
                number: place_number(&place.no, &state.keys.eye_code(place.id)),
                opens: state.path(Purpose::Poster, place.id),
                code: code.path(),
                width: code.width(),
            }),
        });
    }
    let day = words.standing_day().to_owned();
    let brand = pages::Brand { day, weekday: String::new(), standing: true, ..brand(&state, &who, &market)? };
    Ok(pages::sheets(&state.site, who.desk.lang, at, &brand, rows))
}

fn back(at: MarketRef) -> Redirect {
    Redirect::to(&format!("/o/m/{at}/posters#standing"))
}
