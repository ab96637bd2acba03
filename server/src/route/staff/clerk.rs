//! A supervisor's phone: every stall's pad, paper sheets, the crowd.

use axum::extract::{Form, FromRequestParts, Path};
use axum::http::{StatusCode, request};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use kaishi_app::document::Page;
use kaishi_app::pages::staff::{self, Stalls};
use kaishi_app::pages::{crowd as crowd_pages, paper as paper_pages};
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_domain::token::Purpose;
use kaishi_domain::{DeviceId, MarketRef};
use kaishi_store::Result;

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
    Ok(Room { state, market, lang, clerk: Some(clerk), viewer, base, is_desk: false, lets_in: false })
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

/// Who comes: with which key, as which phone.
pub struct Visit {
    state: State,
    lang: Lang,
    token: String,
    known: Option<DeviceId>,
}

/// The part of every address here that names the link.
#[derive(serde::Deserialize)]
struct Link {
    token: String,
}

impl FromRequestParts<State> for Visit {
    type Rejection = Response;

    async fn from_request_parts(
        parts: &mut request::Parts,
        state: &State,
    ) -> std::result::Result<Self, Response> {
        let Path(Link { token }) =
            Path::from_request_parts(parts, state).await.map_err(IntoResponse::into_response)?;
        let Ok(Tongue(lang)) = Tongue::from_request_parts(parts, state).await;
        let known = enrol::known(&CookieJar::from_headers(&parts.headers));
        Ok(Self { state: state.clone(), lang, token, known })
    }
}

/// What came of it: a page, the same page again because a form was not right, or the way back.
enum Done {
    Page(Page),
    Again(Page),
    Back(&'static str),
}

impl Visit {
    /// Lets something happen in the room, if the visitor may be there.
    async fn serve(self, act: impl AsyncFnOnce(&Room<'_>) -> Result<Done>) -> Response {
        let done = async {
            let room = phone(&self.state, self.lang, &self.token, self.known).await?;
            Ok(match act(&room).await? {
                Done::Page(page) => page.into_response(),
                Done::Again(page) => page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response(),
                Done::Back(to) => Redirect::to(&format!("{}/{to}", room.base)).into_response(),
            })
        };
        match done.await {
            Ok(answer) => answer,
            Err(error) => {
                other(&self.state, self.lang, &self.token, self.known, &error).await.into_response()
            }
        }
    }
}

/// Paper sheets.
pub async fn paper(visit: Visit) -> Response {
    visit.serve(async |room| Ok(Done::Page(paper_page(room, sheets::view(room, None, None).await?)))).await
}

/// Keys a sheet in.
pub async fn paper_enter(visit: Visit, Form(form): Form<sheets::Keyed>) -> Response {
    let enter = async |room: &Room<'_>| {
        let again = sheets::enter(room, &form).await?;
        Ok(again.map_or(Done::Back("paper"), |view| Done::Again(paper_page(room, view))))
    };
    visit.serve(enter).await
}

/// Takes a batch back; a second person sits at the desk.
pub async fn paper_rule(
    visit: Visit,
    Path((_, batch)): Path<(String, String)>,
    Form(form): Form<sheets::Ruled>,
) -> Response {
    let rule = async |room: &Room<'_>| {
        let again = sheets::rule(room, None, &batch, &form).await?;
        Ok(again.map_or(Done::Back("paper"), |view| Done::Again(paper_page(room, view))))
    };
    visit.serve(rule).await
}

/// The crowd.
pub async fn crowd(visit: Visit) -> Response {
    visit.serve(async |room| Ok(Done::Page(crowd_page(room, looks::view(room, None).await?)))).await
}

/// Keys a look in.
pub async fn crowd_enter(visit: Visit, Form(form): Form<looks::Keyed>) -> Response {
    let enter = async |room: &Room<'_>| {
        let again = looks::enter(room, &form).await?;
        Ok(again.map_or(Done::Back("crowd"), |view| Done::Again(crowd_page(room, view))))
    };
    visit.serve(enter).await
}

/// Takes a look out of the estimate.
pub async fn crowd_drop(visit: Visit, Path((_, look)): Path<(String, String)>) -> Response {
    let drop_look = async |room: &Room<'_>| {
        looks::drop_look(room, &look).await?;
        Ok(Done::Back("crowd"))
    };
    visit.serve(drop_look).await
}
