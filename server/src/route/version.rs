//! The versions of a map: the page, publishing without a script, bringing one back, files in.

use axum::extract::multipart::MultipartError;
use axum::extract::{Form, Multipart, Path, Query, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::calls::layout::Held;
use kaishi_app::calls::publish::{Put, put};
use kaishi_app::document::Page;
use kaishi_app::pages::version::{self, Compared, Row, Told, View};
use kaishi_app::state::State;
use kaishi_app::words::publish::Publish as Words;
use kaishi_domain::actor::Organizer;
use kaishi_domain::layout::drawing::{Labels, draw};
use kaishi_domain::layout::file::File;
use kaishi_domain::layout::{Diff, Layout, Severity, check};
use kaishi_domain::market::{Market, Plan};
use kaishi_domain::{MarketRef, Refusal, StallId};
use kaishi_store::{Error, Saved, Version};
use serde::Deserialize;

use crate::route::caller::{No, SignedIn};
use crate::route::organizer::market_of;
use crate::route::rail::rail;

/// The largest file that is read, in bytes; a map of 2,000 stalls has less than half of it.
const LARGEST: usize = 2 << 20;

/// What the address says.
#[derive(Deserialize)]
pub struct Look {
    plan: Option<Plan>,
    version: Option<i64>,
    done: Option<String>,
    revision: Option<i64>,
}

/// What publishing and taking back send.
#[derive(Deserialize)]
pub struct Named {
    plan: Plan,
    revision: i64,
}

/// What bringing a version back sends.
#[derive(Deserialize)]
pub struct Restored {
    plan: Plan,
    revision: i64,
    version: i64,
}

/// The page of versions.
pub async fn page(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Query(look): Query<Look>,
) -> Result<Page, No> {
    let market = market_of(&state, &who, at).await?;
    let words = Words(who.desk.lang);
    let text = match look.done.as_deref() {
        Some("restored") => Some(words.restored().to_owned()),
        Some("imported") => Some(words.imported().to_owned()),
        Some("undone") => Some(words.undone().to_owned()),
        Some("published") => look.version.map(|version| words.nth_published(version)),
        _ => None,
    };
    let undo = look.revision.filter(|_| who.desk.may_change && look.done.as_deref() != Some("published"));
    let told = text.map(|text| Told { text, good: true, undo });
    let compared = look.version.filter(|_| look.done.is_none());
    show(&state, &who, &market, look.plan.unwrap_or(market.plan), compared, told).await
}

async fn show(
    state: &State,
    who: &SignedIn,
    market: &Market,
    plan: Plan,
    version: Option<i64>,
    told: Option<Told>,
) -> Result<Page, No> {
    let rail = rail(state, who, market).await?;
    let view = view(state, who, market, plan, version, told).await.map_err(who.no())?;
    Ok(version::versions(&who.desk, &rail, view))
}

async fn view(
    state: &State,
    who: &SignedIn,
    market: &Market,
    plan: Plan,
    version: Option<i64>,
    told: Option<Told>,
) -> Result<View, Error> {
    let at = MarketRef { org: market.org, market: market.id };
    let viewer = who.actor.viewer();
    let (ground, (revision, draft)) = (state.store.ground_of(at).await?, state.store.layout(at, plan).await?);
    let (_, seen) = state.store.published(at, plan).await?;
    let rows = state.store.layout_versions(&viewer, market.id, plan).await?;
    let compared = match version {
        None => None,
        Some(version) => {
            let before = state.store.layout_version(&viewer, market.id, plan, version).await?;
            let labels = Labels {
                stalls: state.store.labels(at).await?,
                english: who.desk.lang == kaishi_app::words::Lang::En,
            };
            let diff = Diff::between(&before, &draft);
            Some(Compared { version, diff, drawing: draw(&ground, &draft, &labels) })
        }
    };
    let uses = state.store.uses(at, plan).await?;
    let errors =
        check(&ground, &draft, &uses).iter().filter(|breach| breach.severity == Severity::Error).count();
    Ok(View {
        market: at,
        plan,
        revision,
        changed: draft != seen,
        errors,
        rows: rows.into_iter().map(|one| row(who, market, one)).collect::<Result<_, _>>()?,
        compared,
        told,
    })
}

fn row(who: &SignedIn, market: &Market, one: Version) -> Result<Row, Error> {
    let place = market.place()?;
    let day = place.day(one.at);
    let day = who.desk.lang.pick(day.zh(), day.en());
    let known = one.at.millis() > 0;
    let when = if known { format!("{day} {}", place.clock(one.at)) } else { String::new() };
    Ok(Row { version: one.version, when, who: one.by })
}

/// A page that says why it did not happen.
async fn refuse(
    state: &State,
    who: &SignedIn,
    market: &Market,
    plan: Plan,
    text: String,
) -> Result<Response, No> {
    let told = Some(Told { text, good: false, undo: None });
    let page = show(state, who, market, plan, None, told).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

fn done(at: MarketRef, plan: Plan, what: &str, rest: &str) -> Response {
    let path = format!("/o/m/{at}/layout/versions?plan={}&done={what}{rest}", plan.code());
    Redirect::to(&path).into_response()
}

/// Publishes the draft that was looked at.
pub async fn publish(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(form): Form<Named>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let (by, lang) = (who.organizer()?, who.desk.lang);
    match put(&state, &by, at, form.plan, form.revision, lang)
        .await
        .map_err(|fault| No::new(&who.desk, fault))?
    {
        Put::Done { version, .. } => Ok(done(at, form.plan, "published", &format!("&version={version}"))),
        no => refuse(&state, &who, &market, form.plan, no.sentence(Words(lang))).await,
    }
}

/// Brings a version back into the draft.
pub async fn restore(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(form): Form<Restored>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let viewer = who.actor.viewer();
    let before = state.store.layout_version(&viewer, at.market, form.plan, form.version).await;
    let before = before.map_err(who.no())?;
    let draft = state.store.layout(at, form.plan).await.map_err(who.no())?;
    if draft.0 != form.revision {
        return refuse(&state, &who, &market, form.plan, Words(who.desk.lang).stale().to_owned()).await;
    }
    let diff = Diff::between(&draft.1, &before);
    keep(&state, &who, &by, &market, (form.plan, draft.0), &diff, "restored").await
}

/// Takes a restore or an import back.
pub async fn undo(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(form): Form<Named>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let made = state.store.layout_change(&by, at.market, form.plan, form.revision).await.map_err(who.no())?;
    keep(&state, &who, &by, &market, (form.plan, form.revision), &made.inverse(), "undone").await
}

/// Saves a whole change into the draft, or says why not.
async fn keep(
    state: &State,
    who: &SignedIn,
    by: &Organizer,
    market: &Market,
    (plan, base): (Plan, i64),
    diff: &Diff,
    what: &str,
) -> Result<Response, No> {
    let (words, at) = (Words(who.desk.lang), MarketRef { org: market.org, market: market.id });
    if diff.steps().filter_map(|(_, _, is)| is).any(|stall| market.zone(&stall.zone).is_none()) {
        return refuse(state, who, market, plan, words.bad_zone().to_owned()).await;
    }
    match state.store.layout_save(by, market.id, plan, base, diff, state.now()).await {
        Ok(Saved::Done { revision, .. }) => {
            let rest = if what == "undone" { String::new() } else { format!("&revision={revision}") };
            Ok(done(at, plan, what, &rest))
        }
        Ok(Saved::Stale { .. }) => refuse(state, who, market, plan, words.stale().to_owned()).await,
        Ok(Saved::Held(held)) => {
            let all: Vec<String> = held.into_iter().map(|one| Held::from(one).sentence(words)).collect();
            refuse(state, who, market, plan, words.not_changed(&all)).await
        }
        Ok(Saved::Taken { .. }) | Err(Error::Taken(_)) => {
            refuse(state, who, market, plan, words.number_taken().to_owned()).await
        }
        Err(error) => Err(No::new(&who.desk, error.into())),
    }
}

/// Reads a file into the draft. A file that makes no sense loses nothing.
pub async fn import(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Query(named): Query<Named>,
    mut form: Multipart,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let (by, words, plan) = (who.organizer()?, Words(who.desk.lang), named.plan);
    let text = match sent(&mut form).await {
        Ok(Some(text)) => text,
        Ok(None) => return refuse(&state, &who, &market, plan, words.no_file().to_owned()).await,
        Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            return refuse(&state, &who, &market, plan, words.too_big().to_owned()).await;
        }
        Err(_) => return refuse(&state, &who, &market, plan, words.bad_file().to_owned()).await,
    };
    if text.len() > LARGEST {
        return refuse(&state, &who, &market, plan, words.too_big().to_owned()).await;
    }
    let (revision, draft) = state.store.layout(at, plan).await.map_err(who.no())?;
    if revision != named.revision {
        return refuse(&state, &who, &market, plan, words.stale().to_owned()).await;
    }
    let elsewhere = if plan == Plan::Fair { Plan::Rain } else { Plan::Fair };
    let (_, other) = state.store.layout(at, elsewhere).await.map_err(who.no())?;
    match read(&state, &text, &draft, &other) {
        Err(_) => refuse(&state, &who, &market, plan, words.bad_file().to_owned()).await,
        Ok(diff) if diff.is_empty() => {
            refuse(&state, &who, &market, plan, words.nothing_new().to_owned()).await
        }
        Ok(diff) => keep(&state, &who, &by, &market, (plan, revision), &diff, "imported").await,
    }
}

/// The text of the file in the form; none where no file was chosen.
async fn sent(form: &mut Multipart) -> Result<Option<String>, MultipartError> {
    while let Some(field) = form.next_field().await? {
        if field.name() == Some("file") {
            let bytes = field.bytes().await?;
            return Ok((!bytes.is_empty()).then(|| String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    Ok(None)
}

/// What a file changes in the draft. A stall of this market stays itself; without an id, its number says who
/// it is, in this plan or in the other.
fn read(state: &State, text: &str, draft: &Layout, other: &Layout) -> Result<Diff, Refusal> {
    let now = state.now();
    File::parse(text)?.over(draft, |id| other.stall(id).is_some(), || StallId::new(now, state.random()))
}
