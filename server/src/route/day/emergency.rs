//! The emergency card: written by organizers, read by everybody, printed on A4 or A5.

use axum::extract::{Form, Path, Query, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::day::{EmergencyView, Places, emergency as page_of, sheet};
use kaishi_app::pages::resident::community;
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_app::words::day::Emergency as Words;
use kaishi_app::words::rain::place as spot;
use kaishi_domain::MarketRef;
use kaishi_domain::ground::{Facility, Ground, label};
use kaishi_domain::market::Market;
use kaishi_domain::rain::whereabouts;
use kaishi_domain::safety::Card;
use kaishi_store::{Error, Result as Stored};
use serde::Deserialize;

use crate::route::caller::{No, SignedIn};
use crate::route::organizer::market_of;
use crate::route::rail::rail;

/// Facilities that make waiting easier, as a ground names them.
const COMFORT: [&str; 6] = ["service", "first_aid", "drinking_water", "charging", "seat", "toilet"];

/// Everything that stands on the card of a market.
pub async fn places(state: &State, at: MarketRef, lang: Lang) -> Stored<Places> {
    let (card, ground) = (state.store.safety(at).await?.card, state.store.ground_of(at).await?);
    Ok(on_card(card, &ground, lang))
}

/// The card of a market whose ground has been read.
pub fn on_card(card: Card, ground: &Ground, lang: Lang) -> Places {
    let of = |kind: &str, name: fn(Lang, &Ground, &Facility) -> String| {
        let here = ground.facilities.iter().filter(|one| one.kind == kind);
        let mut found: Vec<String> = here.map(|one| name(lang, ground, one)).collect();
        found.sort();
        found.dedup();
        found
    };
    let mut assembly = card.assembly;
    assembly.extend(of("assembly", place_of));
    let comfort = COMFORT.iter().flat_map(|kind| {
        let (zh, en) = label(kind);
        let name = lang.pick(zh, en);
        // A label that says already what it is says it once.
        of(kind, on_map)
            .into_iter()
            .map(move |at| if at.contains(name) { at } else { format!("{name} {at}") })
    });
    let mut comfort: Vec<String> = comfort.collect();
    comfort.splice(0..0, card.comfort);
    Places {
        lead: card.lead,
        assembly,
        aeds: of("aed", place_of),
        hydrants: of("hydrant", place_of),
        comfort,
    }
}

/// What there are many of is looked up on the map where it has no label.
fn on_map(lang: Lang, _: &Ground, facility: &Facility) -> String {
    if facility.label.is_empty() { Words(lang).on_map().to_owned() } else { facility.label.clone() }
}

/// Where a facility is: as its label says, or the part of the ground where it stands.
fn place_of(lang: Lang, ground: &Ground, facility: &Facility) -> String {
    match whereabouts(ground, facility.at) {
        Some(at) if facility.label.is_empty() => spot(lang, &at),
        _ => on_map(lang, ground, facility),
    }
}

/// What the address may add.
#[derive(Deserialize, Default)]
pub struct Look {
    done: Option<String>,
    size: Option<String>,
}

/// What the form sends.
#[derive(Deserialize)]
pub struct Written {
    #[serde(default)]
    lead: String,
    #[serde(default)]
    assembly: String,
    #[serde(default)]
    comfort: String,
}

/// The page.
pub async fn page(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Query(look): Query<Look>,
) -> Result<Page, No> {
    let market = market_of(&state, &who, at).await?;
    show(&state, &who, &market, None, look.done.is_some()).await
}

async fn show(
    state: &State,
    who: &SignedIn,
    market: &Market,
    again: Option<Written>,
    saved: bool,
) -> Result<Page, No> {
    let (at, lang) = (MarketRef { org: market.org, market: market.id }, who.desk.lang);
    let rail = rail(state, who, market).await?;
    let card = state.store.safety(at).await.map_err(who.no())?.card;
    let ground = state.store.ground_of(at).await.map_err(who.no())?;
    let complaint = again.as_ref().map(|_| Words(lang).wrong());
    let typed = again.map_or_else(
        || (card.lead.clone(), card.assembly.join("\n"), card.comfort.join("\n")),
        |form| (form.lead, form.assembly, form.comfort),
    );
    let view = EmergencyView { market: at, places: on_card(card, &ground, lang), typed, complaint, saved };
    Ok(page_of(&who.desk, &rail, view))
}

/// Writes the card.
pub async fn save(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(form): Form<Written>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let done = match Card::of(&form.lead, &form.assembly, &form.comfort) {
        Ok(card) => state.store.card_set(&by, market.id, &card, state.now()).await,
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/o/m/{at}/emergency?done=saved")).into_response()),
        Err(Error::Refused(_)) => {
            let page = show(&state, &who, &market, Some(form), false).await?;
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
        Err(error) => Err(who.no()(error)),
    }
}

/// The card on paper.
pub async fn print(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Query(look): Query<Look>,
) -> Result<Page, No> {
    let market = market_of(&state, &who, at).await?;
    let places = places(&state, at, Lang::Zh).await.map_err(who.no())?;
    let title = format!("{} {}", community(&who.desk.organization), market.name);
    let small = look.size.as_deref() == Some("a5");
    Ok(sheet(&state.site, who.desk.lang, at, &title, &places, small))
}
