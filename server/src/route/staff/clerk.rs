//! A supervisor's phone: every stall's pad, paper sheets, the crowd.

use axum::extract::{Form, Path, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use kaishi_app::document::Page;
use kaishi_app::pages::staff::{self, Stalls};
use kaishi_app::pages::{crowd as crowd_pages, paper as paper_pages};
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_domain::token::Purpose;
use kaishi_domain::{DeviceId, MarketRef};
use kaishi_store::{Error, Result};

use super::{enrol, other};
use crate::route::caller::Tongue;
use crate::route::tally::room::Room;
use crate::route::tally::{crowd as looks, paper as sheets};

/// The room on the phone.
async fn phone<'a>(state: &'a State, lang: Lang, token: &str, known: Option<DeviceId>) -> Result<Room<'a>> {
    let link = state.keys.read(Purpose::Staff, token)?;
    let supervisor = state.store.supervisor(link, known, state.now()).await?;
    let (clerk, base) = (supervisor.clerk(), format!("/staff/{token}"));
    let market = state.store.market(MarketRef { org: clerk.org(), market: clerk.market() }).await?;
    let viewer = supervisor.viewer();
    Ok(Room { state, market, lang, clerk: Some(clerk), viewer, base, is_desk: false })
}

/// Every stall of the market.
pub async fn stalls(state: &State, lang: Lang, token: &str, known: Option<DeviceId>) -> Result<Page> {
    let room = phone(state, lang, token, known).await?;
    let signs = state.store.signs(room.at(), state.now()).await?;
    let stalls = signs
        .iter()
        .filter(|sign| !sign.withdrawn)
        .map(|sign| (format!("{}~{}", room.base, sign.stall), sign.no.clone(), sign.name.clone()))
        .collect();
    Ok(staff::stalls(&state.site, lang, Stalls { base: room.base.clone(), stalls }))
}

fn paper_page(room: &Room<'_>, view: paper_pages::View) -> Page {
    let body = || paper_pages::body(room.lang, view);
    staff::clerk(&room.state.site, room.lang, staff::Room::Paper, room.base.clone(), body)
}

fn crowd_page(room: &Room<'_>, view: crowd_pages::View) -> Page {
    let body = || crowd_pages::body(room.lang, view);
    staff::clerk(&room.state.site, room.lang, staff::Room::Crowd, room.base.clone(), body)
}

/// What came of a form: the page again, or the way back to it.
enum Done {
    Back(String),
    Again(Box<Page>),
}

/// The answer to whoever sent a form.
async fn answer(state: &State, lang: Lang, token: &str, jar: &CookieJar, done: Result<Done>) -> Response {
    match done {
        Ok(Done::Back(to)) => Redirect::to(&to).into_response(),
        Ok(Done::Again(page)) => page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response(),
        Err(error) => refused(state, lang, token, jar, &error).await.into_response(),
    }
}

async fn refused(state: &State, lang: Lang, token: &str, jar: &CookieJar, error: &Error) -> Page {
    other(state, lang, token, enrol::known(jar), error).await
}

/// Paper sheets.
pub async fn paper(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path(token): Path<String>,
    jar: CookieJar,
) -> Page {
    let page = async {
        let room = phone(&state, lang, &token, enrol::known(&jar)).await?;
        Ok::<_, Error>(paper_page(&room, sheets::view(&room, None, None).await?))
    };
    match page.await {
        Ok(page) => page,
        Err(error) => refused(&state, lang, &token, &jar, &error).await,
    }
}

/// Keys a sheet in.
pub async fn paper_enter(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path(token): Path<String>,
    jar: CookieJar,
    Form(form): Form<sheets::Keyed>,
) -> Response {
    let done = async {
        let room = phone(&state, lang, &token, enrol::known(&jar)).await?;
        Ok(match sheets::enter(&room, &form).await? {
            None => Done::Back(format!("{}/paper", room.base)),
            Some(view) => Done::Again(Box::new(paper_page(&room, view))),
        })
    };
    answer(&state, lang, &token, &jar, done.await).await
}

/// Takes a batch back; a second person sits at the desk.
pub async fn paper_rule(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path((token, batch)): Path<(String, String)>,
    jar: CookieJar,
    Form(form): Form<sheets::Ruled>,
) -> Response {
    let done = async {
        let room = phone(&state, lang, &token, enrol::known(&jar)).await?;
        Ok(match sheets::rule(&room, None, &batch, &form).await? {
            None => Done::Back(format!("{}/paper", room.base)),
            Some(view) => Done::Again(Box::new(paper_page(&room, view))),
        })
    };
    answer(&state, lang, &token, &jar, done.await).await
}

/// The crowd.
pub async fn crowd(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path(token): Path<String>,
    jar: CookieJar,
) -> Page {
    let page = async {
        let room = phone(&state, lang, &token, enrol::known(&jar)).await?;
        Ok::<_, Error>(crowd_page(&room, looks::view(&room, None).await?))
    };
    match page.await {
        Ok(page) => page,
        Err(error) => refused(&state, lang, &token, &jar, &error).await,
    }
}

/// Keys a look in.
pub async fn crowd_enter(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path(token): Path<String>,
    jar: CookieJar,
    Form(form): Form<looks::Keyed>,
) -> Response {
    let done = async {
        let room = phone(&state, lang, &token, enrol::known(&jar)).await?;
        Ok(match looks::enter(&room, &form).await? {
            None => Done::Back(format!("{}/crowd", room.base)),
            Some(view) => Done::Again(Box::new(crowd_page(&room, view))),
        })
    };
    answer(&state, lang, &token, &jar, done.await).await
}

/// Takes a look out of the estimate.
pub async fn crowd_drop(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path((token, look)): Path<(String, String)>,
    jar: CookieJar,
) -> Response {
    let done = async {
        let room = phone(&state, lang, &token, enrol::known(&jar)).await?;
        looks::drop_look(&room, &look).await?;
        Ok(Done::Back(format!("{}/crowd", room.base)))
    };
    answer(&state, lang, &token, &jar, done.await).await
}
