//! The bulletin: a draft that follows the day, edited as prose, signed and frozen, corrected by number.

pub mod copy;
pub mod edit;
pub mod figure;
pub mod file;
pub mod picture;
pub mod thanks;

use axum::Router;
use axum::extract::{Form, Path, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use kaishi_app::document::Page;
use kaishi_app::pages::bulletin::{self as pages, Issued, Next, View};
use kaishi_app::state::State;
use kaishi_app::words::bulletin::Bulletin as Words;
use kaishi_domain::MarketRef;
use kaishi_domain::bulletin::{changes, draft, figures};
use kaishi_domain::market::{Market, Stage};
use kaishi_domain::moment::Place;
use kaishi_store::{Error, Issue};
use serde::Deserialize;

use crate::route::caller::{No, SignedIn};
use crate::route::organizer::market_of;
use crate::route::rail::rail;

/// Everything under `/o/m/{market}/bulletin`.
pub fn routes() -> Router<State> {
    Router::new()
        .route("/o/m/{market}/bulletin", get(page).post(sign))
        .route("/o/m/{market}/bulletin/edit", get(edit::page).post(edit::save))
        .route("/o/m/{market}/bulletin/correct", post(correct))
        .route("/o/m/{market}/bulletin/figures/{figure}", get(figure::page))
        .route("/o/m/{market}/bulletin/copies/{file}", get(copy::file))
        .route("/o/m/{market}/bulletin/thanks", get(thanks::page))
        .route("/o/m/{market}/bulletin/thanks.pdf", get(thanks::file))
        .route("/o/m/{market}/bulletin/pictures/{hash}", get(picture::file))
        .route("/o/m/{market}/bulletin/pictures/{hash}/drop", post(picture::remove))
        .route("/o/m/{market}/bulletin/{file}", get(file::file))
}

/// The counts that were looked at.
#[derive(Deserialize)]
pub struct Seen {
    version: i64,
}

/// A correction.
#[derive(Deserialize)]
pub struct Corrected {
    version: i64,
    #[serde(default)]
    why: String,
}

/// The bulletin of a Saturday.
pub async fn page(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
) -> Result<Page, No> {
    let market = market_of(&state, &who, at).await?;
    show(&state, &who, &market, Shown::default()).await
}

/// What is shown again with the page when something was not done.
#[derive(Default)]
struct Shown {
    /// Why the last act was refused.
    complaint: Option<&'static str>,
    /// The reason for a correction, as it was typed.
    why: String,
    /// The line below a picture, as it was typed, and why the picture was not added.
    album: Option<(String, &'static str)>,
}

async fn show(state: &State, who: &SignedIn, market: &Market, again: Shown) -> Result<Page, No> {
    let Shown { complaint, why, album } = again;
    let at = MarketRef { org: market.org, market: market.id };
    let rail = rail(state, who, market).await?;
    let place = market.place().map_err(who.no())?;
    let signed = state.store.bulletin(at).await.map_err(who.no())?;
    if signed.is_none() && !who.desk.reads_rows {
        return Ok(pages::waits(&who.desk, &rail));
    }
    let (seen, seq) = state.store.seen_with_seq(at, state.now()).await.map_err(who.no())?;
    let (bulletin, ledger_rows, issued, next) = if let Some((bulletin, issues)) = signed {
        let last = issues.last().map(|issue| issue.figures.as_slice()).unwrap_or_default();
        let next = if who.desk.signs {
            Next::Correct { changes: changes(last, &figures(&seen)), version: seen.version, why }
        } else {
            Next::Nothing
        };
        let rows = issues.first().map_or(0, |issue| issue.seq);
        (bulletin, rows, issued(&issues, &place), next)
    } else {
        let (letter, _) = state.store.letter(at).await.map_err(who.no())?;
        let next = if market.stage == Stage::Closed && who.desk.signs {
            Next::Sign(seen.version)
        } else {
            Next::Nothing
        };
        (draft(market, &seen, &letter).map_err(who.no())?, seq, Vec::new(), next)
    };
    let mut pictures = picture::album(state, who, market).await.map_err(who.no())?;
    if let Some((typed, wrong)) = album {
        (pictures.typed, pictures.complaint) = (typed, Some(wrong));
    }
    let view = View {
        market: at,
        as_of: place.clock(bulletin.as_of),
        bulletin,
        ledger_rows,
        issued,
        opens: who.desk.reads_rows,
        next,
        album: pictures,
        complaint,
    };
    Ok(pages::bulletin(&who.desk, &rail, view))
}

fn issued(issues: &[Issue], place: &Place) -> Vec<Issued> {
    let line = |(nth, issue): (usize, &Issue)| Issued {
        n: issue.n,
        why: issue.why.clone(),
        changes: match nth {
            0 => Vec::new(),
            _ => changes(&issues[nth - 1].figures, &issue.figures),
        },
        by: format!("{}，{} {}", issue.by, place.day(issue.at).zh(), place.clock(issue.at)),
        seq: issue.seq,
        head: issue.head.map(|head| head.to_string()),
    };
    issues.iter().enumerate().map(line).collect()
}

/// Signs and files what was seen.
pub async fn sign(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(form): Form<Seen>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.admin()?.organizer();
    let now = state.now();
    let basis = state.store.basis(at, now).await.map_err(who.no())?;
    let (letter, _) = state.store.letter(at).await.map_err(who.no())?;
    let done = if basis.seen.version == form.version {
        let bulletin = draft(&market, &basis.seen, &letter).map_err(who.no())?;
        state.store.bulletin_sign(&by, &bulletin, &basis, now).await
    } else {
        Err(Error::Taken("the counts have moved".into()))
    };
    answer(&state, &who, &market, done, String::new()).await
}

/// Corrects a signed bulletin.
pub async fn correct(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(form): Form<Corrected>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.admin()?.organizer();
    let why = form.why.trim().to_owned();
    if why.is_empty() || why.chars().count() > 200 {
        let complaint = Some(Words(who.desk.lang).reason_missing());
        let again = Shown { complaint, why: form.why, ..Shown::default() };
        let page = show(&state, &who, &market, again).await?;
        return Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    }
    let now = state.now();
    let (_, issues) = state
        .store
        .bulletin(at)
        .await
        .and_then(|found| found.ok_or(Error::Missing("bulletin")))
        .map_err(who.no())?;
    let n = issues.last().map_or(0, |issue| issue.n) + 1;
    let basis = state.store.basis(at, now).await.map_err(who.no())?;
    let done = if basis.seen.version == form.version {
        state.store.bulletin_correct(&by, n, &why, &basis, now).await
    } else {
        Err(Error::Taken("the counts have moved".into()))
    };
    answer(&state, &who, &market, done, why).await
}

/// Back to the page, or the page again with what moved in between.
async fn answer(
    state: &State,
    who: &SignedIn,
    market: &Market,
    done: Result<(), Error>,
    why: String,
) -> Result<Response, No> {
    let at = MarketRef { org: market.org, market: market.id };
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/o/m/{at}/bulletin")).into_response()),
        Err(Error::Taken(_)) => {
            let market = market_of(state, who, at).await?;
            let complaint = Some(Words(who.desk.lang).moved());
            let page = show(state, who, &market, Shown { complaint, why, ..Shown::default() }).await?;
            Ok(page.status(StatusCode::CONFLICT).into_response())
        }
        Err(error) => Err(who.no()(error)),
    }
}
