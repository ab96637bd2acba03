//! The code of a stall on the phone of its staff: that of now, and those to come for when the network is gone.

use axum::extract::{Path, State as Shared};
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use kaishi_app::pages::code::{self, Shown, View};
use kaishi_app::pages::staff::{Gone, gone};
use kaishi_app::state::State;
use kaishi_domain::token::CODE_FOR;
use kaishi_domain::{DeviceId, MarketRef};
use kaishi_store::Result;

use crate::route::caller::Tongue;
use crate::route::counter::stall;
use crate::route::staff::enrol::known;

/// As many codes to come at most: four hours of them.
const MOST: i64 = 48;

/// The page.
pub async fn page(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path(token): Path<String>,
    jar: CookieJar,
) -> Response {
    match view(&state, &token, known(&jar)).await {
        Ok(view) => code::code(&state.site, lang, view).into_response(),
        Err(error) => gone(&state.site, lang, Gone::because(&error)).into_response(),
    }
}

async fn view(state: &State, token: &str, who: Option<DeviceId>) -> Result<View> {
    let (device, now) = (state.phone(token, who).await?.at, state.now());
    let at = MarketRef { org: device.org, market: device.market };
    let market = state.store.market(at).await?;
    let place = market.place()?;
    let is_on = state.store.paces(at, now).await?.get(&device.stall).is_some_and(|pace| pace.code);
    let begins = now.bucket(CODE_FOR);
    let shown = |nth: i64| {
        let from = begins.plus(nth * CODE_FOR);
        let (from, until) = (place.clock(from), place.clock(from.plus(CODE_FOR)));
        Shown { from, until, code: state.keys.stall_code(device.stall, begins.plus(nth * CODE_FOR)) }
    };
    let codes = (0..MOST).take_while(|nth| *nth == 0 || begins.plus(nth * CODE_FOR) < market.closes_at);
    let codes = if is_on { codes.map(shown).collect() } else { Vec::new() };
    Ok(View { back: format!("/staff/{token}"), stall: stall(state, &device).await?, codes })
}
