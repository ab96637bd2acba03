//! Announcements: told and ended from the live desk.

use axum::extract::{Form, Path, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::pages::day::ToldTyped as Typed;
use kaishi_app::state::State;
use kaishi_app::words::day::Announcements as Words;
use kaishi_domain::announcement::{Announcement, Topic};
use kaishi_domain::market::Market;
use kaishi_domain::{AnnouncementId, MarketRef, Refusal};
use kaishi_store::Error;
use serde::Deserialize;

use crate::route::caller::{No, SignedIn};
use crate::route::live;
use crate::route::organizer::market_of;

/// What the form sends.
#[derive(Deserialize)]
pub struct Said {
    topic: String,
    #[serde(default)]
    words: String,
    from: String,
    until: String,
}

impl Said {
    /// The line: own words, or those of the template; on the day of the desk's clock.
    fn line(&self, state: &State, market: &Market) -> Result<Announcement, Refusal> {
        let (now, wall, topic) = (state.now(), market.place()?, Topic::from_code(&self.topic)?);
        let today = wall.day(now);
        let own = Some(self.words.as_str()).filter(|words| !words.trim().is_empty());
        let words = own.or(Words::template(topic)).unwrap_or_default().to_owned();
        Announcement {
            id: AnnouncementId::new(now, state.random()),
            topic,
            words,
            from: wall.at_clock(today, &self.from)?,
            until: wall.at_clock(today, &self.until)?,
        }
        .sound()
    }
}

/// Tells everybody.
pub async fn tell(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(form): Form<Said>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let done = match form.line(&state, &market) {
        Ok(line) => state.store.announce(&by, market.id, &line, state.now()).await,
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/o/m/{at}/live#told")).into_response()),
        Err(Error::Refused(_)) => {
            let wrong = Some(Words(who.desk.lang).wrong());
            let Said { topic, words, from, until } = form;
            let typed = Typed { topic, words, from, until, wrong };
            let page = live::show(&state, &who, &market, Some(typed)).await?;
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
        Err(error) => Err(who.no()(error)),
    }
}

/// Takes a line back; one that has ended meanwhile has ended.
pub async fn end(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path((at, line)): Path<(MarketRef, AnnouncementId)>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    match state.store.announcement_end(&by, market.id, line, state.now()).await {
        Ok(()) | Err(Error::Missing(_)) => Ok(Redirect::to(&format!("/o/m/{at}/live#told")).into_response()),
        Err(error) => Err(who.no()(error)),
    }
}
