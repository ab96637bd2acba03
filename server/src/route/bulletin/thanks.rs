//! The sheets that thank the units, once the bulletin is signed: all of them at the desk, its own behind a unit's link.

use axum::extract::{Path, State as Shared};
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::fault::Fault;
use kaishi_app::pages::bulletin::{self as pages, Shared as Stands, ThanksView};
use kaishi_app::pages::resident::community;
use kaishi_app::pages::staff::{self, Gone};
use kaishi_app::state::State;
use kaishi_app::words::thanks::Thanks as Words;
use kaishi_domain::bulletin::Thanks;
use kaishi_domain::market::Market;
use kaishi_domain::moment::Day;
use kaishi_domain::token::Purpose;
use kaishi_domain::{MarketRef, UnitId};
use kaishi_store::{Error, Result};

use crate::bulletin::{Copy, thanks};
use crate::paper::in_turn;
use crate::route::caller::{No, SignedIn, Tongue};
use crate::route::organizer::market_of;
use crate::route::unit::export::attachment;

/// The sheets of a Saturday: of one unit, or of all that were there. Missing before the bulletin is signed.
async fn sheets(state: &State, market: &Market, only: Option<UnitId>) -> Result<(Stands, Vec<Thanks>)> {
    let at = MarketRef { org: market.org, market: market.id };
    let (bulletin, issues) = state.store.bulletin(at).await?.ok_or(Error::Missing("bulletin"))?;
    // What was corrected counts: the last issue's rows.
    let upto = issues.last().map_or(0, |issue| issue.seq);
    let mut units = state.store.unit_thanks(market, upto).await?;
    units.retain(|unit| unit.was_there() && only.is_none_or(|only| only == unit.unit));
    let organization = state.store.organization(market.org).await?;
    let copy = Copy::signed(market, bulletin, &issues)?;
    let day = Day::parse(&market.held_on)?;
    let shared = Stands {
        title: format!("{} {}", community(&organization.name), market.name),
        name: market.name.clone(),
        ordinal: market.ordinal,
        day: format!("{}年{}（{}）", day.year(), day.zh(), day.weekday_zh()),
        organizer: market.organizer.clone(),
        foot: copy.foot().into_iter().map(str::to_owned).collect(),
    };
    Ok((shared, units))
}

/// Whether a unit has a sheet.
pub async fn has_sheet(state: &State, market: &Market, unit: UnitId) -> Result<bool> {
    match sheets(state, market, Some(unit)).await {
        Ok((_, units)) => Ok(!units.is_empty()),
        Err(Error::Missing(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// All sheets of a Saturday, to print; before the bulletin is signed, back to it.
pub async fn page(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
) -> std::result::Result<Response, No> {
    who.reader()?;
    let market = market_of(&state, &who, at).await?;
    let (words, back) = (Words(who.desk.lang), format!("/o/m/{at}/bulletin"));
    let (shared, units) = match sheets(&state, &market, None).await {
        Err(Error::Missing("bulletin")) => return Ok(Redirect::to(&back).into_response()),
        found => found.map_err(who.no())?,
    };
    let files = [("thanks.pdf", words.pdf()), ("units.xlsx", words.xlsx()), ("units.csv", words.csv())];
    let files = files.map(|(file, name)| (format!("{back}/{file}"), name)).to_vec();
    let view = ThanksView { back, files, shared, units };
    Ok(pages::thanks(&state.site, who.desk.lang, view).into_response())
}

/// The same in one file.
pub async fn file(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
) -> std::result::Result<Response, No> {
    who.reader()?;
    let market = market_of(&state, &who, at).await?;
    let (shared, units) = sheets(&state, &market, None).await.map_err(who.no())?;
    if units.is_empty() {
        return Err(No::new(&who.desk, Fault::Missing));
    }
    let made = in_turn(move || thanks::pdf(&shared, &units)).await.map_err(|error| {
        tracing::error!(%error, "thank-you sheets were not made");
        No::new(&who.desk, Fault::Unavailable)
    })?;
    Ok(attachment("application/pdf", &format!("{}-thanks.pdf", market.held_on), made))
}

/// A unit at its door, with the path of its page.
async fn own(state: &State, token: &str) -> Result<(String, Stands, Vec<Thanks>)> {
    let link = state.keys.read(Purpose::Unit, token)?;
    let guest = state.store.guest(link, state.now()).await?;
    let market = state.store.market(MarketRef { org: guest.org, market: guest.market }).await?;
    let (shared, units) = sheets(state, &market, Some(guest.unit)).await?;
    if units.is_empty() {
        Err(Error::Missing("sheet"))
    } else {
        Ok((state.path(Purpose::Unit, link), shared, units))
    }
}

/// The unit's own sheet.
pub async fn guest(Shared(state): Shared<State>, Tongue(lang): Tongue, Path(token): Path<String>) -> Page {
    match own(&state, &token).await {
        Ok((back, shared, units)) => {
            let files = vec![(format!("{back}/thanks.pdf"), Words(lang).pdf())];
            pages::thanks(&state.site, lang, ThanksView { back, files, shared, units })
        }
        Err(error) => staff::gone(&state.site, lang, Gone::because(&error)),
    }
}

/// The same as a file.
pub async fn guest_file(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path(token): Path<String>,
) -> Response {
    let made = async {
        let (_, shared, units) = own(&state, &token).await?;
        in_turn(move || thanks::pdf(&shared, &units))
            .await
            .map_err(|error| Error::Unavailable(error.to_string()))
    };
    match made.await {
        Ok(made) => attachment("application/pdf", "thanks.pdf", made),
        Err(error) => staff::gone(&state.site, lang, Gone::because(&error)).into_response(),
    }
}
