//! The list before opening: read from what the market holds, and marked by people.

use axum::extract::{Form, Path, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::day::{PreflightTyped as Typed, PreflightView, preflight as page_of};
use kaishi_app::state::State;
use kaishi_app::words::preflight::Preflight as Words;
use kaishi_domain::actor::Viewer;
use kaishi_domain::layout;
use kaishi_domain::market::{Market, Plan};
use kaishi_domain::moment::Day;
use kaishi_domain::preflight::{Facts, Item, Layout, Line, Mark, judge, papers};
use kaishi_domain::safety::attendance;
use kaishi_domain::{MarketRef, Refusal};
use kaishi_store::{Error, Result as Stored};
use serde::Deserialize;

use crate::route::caller::{No, SignedIn};
use crate::route::organizer::market_of;
use crate::route::rail::rail;

/// The list as it stands now.
pub async fn lines(state: &State, by: &Viewer, market: &Market) -> Stored<Vec<Line>> {
    let at = MarketRef { org: market.org, market: market.id };
    let facts = facts(state, by, market).await?;
    let marks = state.store.preflight_marks(at).await?;
    let today = market.place()?.day(state.now());
    Ok(judge(&facts, &marks, Day::parse(&market.held_on)?, today))
}

async fn facts(state: &State, by: &Viewer, market: &Market) -> Stored<Facts> {
    let at = MarketRef { org: market.org, market: market.id };
    let (entries, units) = (state.store.entries(at).await?, state.store.units(by).await?);
    let [clinics, food, other] = papers(&entries, &units, Day::parse(&market.held_on)?);
    let safety = state.store.safety(at).await?;
    let (version, published) = state.store.published(at, market.plan).await?;
    let (_, rain) = state.store.published(at, Plan::Rain).await?;
    let sockets = published.stalls().values().filter(|stall| stall.outlet.is_some()).count();
    let hungry = entries.iter().filter(|entry| entry.needs.power_w > 0).count();
    let standing = if version == 0 || published.stalls().is_empty() {
        Layout::Unpublished
    } else {
        let ground = state.store.ground_of(at).await?;
        let uses = state.store.uses(at, market.plan).await?;
        let found = layout::check(&ground, &published, &uses);
        match found.iter().filter(|breach| breach.severity == layout::Severity::Error).count() {
            0 => Layout::Sound,
            rules => Layout::Broken(rules),
        }
    };
    Ok(Facts {
        attendance: safety.attendance,
        clinics,
        food,
        other,
        powered: sockets.max(hungry),
        layout: standing,
        rain: !rain.stalls().is_empty(),
        limits: safety.limits.is_some(),
    })
}

/// What was not right and is shown again.
#[derive(Default)]
struct Again {
    attendance: Option<String>,
    wrong: Option<(Item, &'static str, Typed)>,
}

/// The page.
pub async fn page(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
) -> Result<Page, No> {
    let market = market_of(&state, &who, at).await?;
    show(&state, &who, &market, Again::default()).await
}

async fn show(state: &State, who: &SignedIn, market: &Market, again: Again) -> Result<Page, No> {
    let at = MarketRef { org: market.org, market: market.id };
    let rail = rail(state, who, market).await?;
    let lines = lines(state, &who.actor.viewer(), market).await.map_err(who.no())?;
    let known = state.store.safety(at).await.map_err(who.no())?.attendance;
    let today = market.place().map_err(who.no::<Refusal>())?.day(state.now()).to_string();
    let wrong = again.attendance.as_ref().map(|_| Words(who.desk.lang).wrong_attendance());
    let known = known.map(|people| people.to_string()).unwrap_or_default();
    let view = PreflightView {
        market: at,
        lines,
        attendance: again.attendance.unwrap_or(known),
        today,
        wrong_attendance: wrong,
        wrong: again.wrong,
    };
    Ok(page_of(&who.desk, &rail, view))
}

async fn refused(state: &State, who: &SignedIn, market: &Market, again: Again) -> Result<Response, No> {
    let page = show(state, who, market, again).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// What the form of the number sends.
#[derive(Deserialize)]
pub struct Expected {
    attendance: String,
}

/// Notes how many are expected.
pub async fn expect(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(form): Form<Expected>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let Ok(people) = attendance(&form.attendance) else {
        let again = Again { attendance: Some(form.attendance), ..Again::default() };
        return refused(&state, &who, &market, again).await;
    };
    state.store.attendance_set(&by, market.id, people, state.now()).await.map_err(who.no())?;
    Ok(Redirect::to(&format!("/o/m/{at}/preflight")).into_response())
}

/// What a mark's form sends.
#[derive(Deserialize)]
pub struct Marked {
    mark: String,
    #[serde(default)]
    by: String,
    #[serde(default)]
    on: String,
    #[serde(default)]
    note: String,
}

impl Marked {
    fn mark(&self) -> Result<Option<Mark>, Refusal> {
        let (by, note) = (self.by.clone(), self.note.clone());
        Ok(match self.mark.as_str() {
            "done" => Some(Mark::Done { by, on: Day::parse(&self.on)?, note }),
            "exempt" => Some(Mark::Exempt { reason: note }),
            "none" => None,
            _ => return Err(Refusal::Malformed("mark")),
        })
    }
}

/// Marks an item, or takes its mark off.
pub async fn mark(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path((at, item)): Path<(MarketRef, String)>,
    Form(form): Form<Marked>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let item = Item::from_code(&item).map_err(|_| who.no()(Error::Missing("preflight item")))?;
    let done = match form.mark() {
        Ok(mark) => state.store.preflight_mark(&by, market.id, item, mark.as_ref(), state.now()).await,
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/o/m/{at}/preflight#i-{}", item.code())).into_response()),
        Err(Error::Refused(why)) => {
            let words = Words(who.desk.lang);
            let text = if why == Refusal::NotAllowed { words.itself() } else { words.wrong_mark() };
            let Marked { mark, by, on, note } = form;
            let wrong = Some((item, text, Typed { mark, by, on, note }));
            refused(&state, &who, &market, Again { wrong, ..Again::default() }).await
        }
        Err(error) => Err(who.no()(error)),
    }
}
