//! What every route behind a printed code begins with: a genuine token, its poster, what it counts for.

use std::sync::Arc;

use axum::extract::{FromRef, FromRequestParts, Query, RawPathParams};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::resident::{self, No, Retry, Top};
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_domain::moment::Day;
use kaishi_domain::poster::{Sign, Standing};
use kaishi_domain::token::{Purpose, Ticket};
use kaishi_domain::{MarketRef, Moment, PosterId, Refusal, StallId, poster};
use kaishi_store::{Error, NOBODY_TODAY, Scan};
use serde::Deserialize;

use crate::route::caller::tongue;
use crate::route::news;
use crate::route::visitor::Visitor;

/// A genuine poster's door.
pub struct Door {
    /// The server.
    pub state: State,
    /// Now, the same for the whole request.
    pub now: Moment,
    /// What is printed: the poster's own id, or that of a standing one whose place it has today.
    pub printed: PosterId,
    /// The poster with all that its page shows.
    pub scan: Arc<Scan>,
    /// `/s/{TOKEN}`
    pub path: String,
    /// Its language.
    pub lang: Lang,
    /// Text of 30 pixels.
    pub big: bool,
}

fn stranger(lang: Lang, big: bool, here: &str) -> Top {
    Top { lang, big, here: here.to_owned(), title: String::new(), map: None, appeal: None }
}

/// What every address behind a code may add.
#[derive(Deserialize)]
struct Size {
    /// Text of 30 pixels.
    big: Option<String>,
}

/// Opened by the `token` of the address; where it does not open, the page says why.
impl<S: Send + Sync> FromRequestParts<S> for Door
where
    State: FromRef<S>,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, inner: &S) -> Result<Self, Response> {
        let lang = tongue(parts);
        let big = Query::<Size>::try_from_uri(&parts.uri).is_ok_and(|Query(size)| size.big.is_some());
        let names =
            RawPathParams::from_request_parts(parts, inner).await.map_err(IntoResponse::into_response)?;
        let token = names.iter().find(|(name, _)| *name == "token").map_or("", |(_, token)| token);
        Self::open(State::from_ref(inner), lang, token, big).await.map_err(IntoResponse::into_response)
    }
}

impl Door {
    /// Checks the token before anything is looked up, then finds its poster.
    async fn open(state: State, lang: Lang, token: &str, big: bool) -> Result<Self, Page> {
        let Ok(id) = state.keys.read(Purpose::Poster, token) else {
            return Err(resident::no(&state.site, &stranger(lang, big, "/"), None, &No::NotOurs));
        };
        let (now, path) = (state.now(), format!("/s/{}", token.to_ascii_uppercase()));
        match state.store.poster(id, now).await {
            Ok(scan) => Ok(Self { state, now, printed: id, scan, path, lang, big }),
            Err(Error::Missing(what)) if what == NOBODY_TODAY => {
                Err(resident::no(&state.site, &stranger(lang, big, &path), None, &No::NobodyToday))
            }
            Err(Error::Missing(_)) => {
                Err(resident::no(&state.site, &stranger(lang, big, "/"), None, &No::NotOurs))
            }
            Err(error) => {
                tracing::warn!(%error, "a poster was not read");
                let busy = No::Busy(Retry::Page(path.clone()));
                Err(resident::no(&state.site, &stranger(lang, big, &path), None, &busy))
            }
        }
    }

    /// Whether a tap counts now.
    pub fn standing(&self) -> Result<Standing, Refusal> {
        self.scan.poster.standing(&self.scan.sign, &self.scan.market, self.now)
    }

    /// The market of the poster.
    pub fn market(&self) -> MarketRef {
        MarketRef { org: self.scan.market.org, market: self.scan.market.id }
    }

    /// The day of its market.
    pub fn held_on(&self) -> Result<Day, Refusal> {
        Day::parse(&self.scan.market.held_on)
    }

    /// The visitor's tag, if this visitor's page carried this ticket.
    pub fn proves(&self, visitor: &Visitor, ticket: &Ticket) -> Option<[u8; 16]> {
        self.scan.day_key.map(|key| visitor.tag(&key)).filter(|tag| *tag == ticket.visitor)
    }

    /// What the printed poster shows in its foot.
    pub fn number(&self) -> Result<String, Refusal> {
        let token = self.path.trim_start_matches("/s/");
        let (no, eye) = (&self.scan.sign.no, self.state.keys.eye_code_of(token, self.printed));
        if self.printed != self.scan.poster.id {
            return Ok(poster::place_number(no, &eye));
        }
        self.held_on().map(|day| poster::number(day, no, &eye))
    }

    /// The stall page's own frame.
    pub fn top(&self) -> Top {
        self.top_at(&self.path)
    }

    /// The frame of a page at another path.
    pub fn top_at(&self, here: &str) -> Top {
        let community = resident::community(&self.scan.organization);
        Top {
            lang: self.lang,
            big: self.big,
            here: here.to_owned(),
            title: format!("{community} {}", self.scan.market.name),
            map: Some(format!("/m/{}?at={}", self.market(), self.scan.sign.no)),
            appeal: Some(format!("{}/appeal", self.path)),
        }
    }

    /// A path in the chosen text size.
    pub fn sized(&self, path: &str) -> String {
        self.top().sized(path)
    }

    /// The path of the done page of a ticket.
    pub fn done_path(&self, sealed: &str) -> String {
        let safe: String = sealed.chars().filter(char::is_ascii_alphanumeric).collect();
        format!("{}/done?t={safe}", self.path)
    }

    /// The same in the chosen text size.
    pub fn done(&self, sealed: &str) -> String {
        self.sized(&self.done_path(sealed))
    }

    /// A page that says no, under this stall's name.
    pub fn page(&self, why: &No) -> Page {
        resident::no(&self.state.site, &self.top(), Some(&self.scan.sign), why)
    }

    /// A row that makes no sense: for the person it is the same as busy.
    pub fn broken(&self, error: &Error) -> Page {
        tracing::error!(%error, "a poster's market makes no sense");
        self.page(&No::Busy(Retry::Page(self.path.clone())))
    }

    /// The page for a poster that does not count now.
    pub async fn refuse(&self, standing: Standing) -> Page {
        let day = |day: Day| self.lang.pick(day.zh(), day.en());
        let why = match standing {
            Standing::Counts(_) | Standing::Over => No::Over,
            Standing::Revoked => No::Revoked,
            Standing::Replaced => No::Replaced,
            Standing::Withdrawn => No::Withdrawn(self.instead().await),
            Standing::NotYet(from) => match self.scan.market.place() {
                Ok(place) => No::NotYet(place.clock(from)),
                Err(refusal) => return self.broken(&refusal.into()),
            },
            Standing::DayToCome(held) => No::DayToCome(day(held)),
            Standing::DayPast(held) => No::DayPast(day(held)),
        };
        self.page(&why)
    }

    /// Stalls of the same zone, for somebody before a stall that is gone.
    async fn instead(&self) -> Vec<Sign> {
        let mut signs = self.onward(&[]).await;
        signs.retain(|sign| sign.zone == self.scan.sign.zone);
        signs.truncate(3);
        signs
    }

    /// What to say about the stall's place, if it has moved. The page stands without it.
    pub async fn moved(&self) -> Option<String> {
        let told = self.state.store.standings(self.market(), self.now).await.ok()?;
        news::of_stall(self.lang, &told, &self.scan.sign)
    }

    /// What everybody is told now. The page stands without it.
    pub async fn told(&self) -> Vec<String> {
        self.state.store.told(self.market(), self.now).await.unwrap_or_default()
    }

    /// Where to go next, nearest first on the plan in force. The page stands without it.
    pub async fn onward(&self, been: &[StallId]) -> Vec<Sign> {
        let (store, market) = (&self.state.store, self.market());
        let Ok(signs) = store.signs(market, self.now).await else { return Vec::new() };
        let places = store.places(market, self.scan.market.plan, self.now).await.ok();
        // Nobody is sent to a stall that stands nowhere today.
        let here =
            |sign: &&Sign| places.as_ref().is_none_or(|all| all.is_empty() || all.contains_key(&sign.stall));
        let place = |stall: StallId| places.as_ref().and_then(|places| places.get(&stall).copied());
        kaishi_domain::poster::onward(&self.scan.sign, &signs, been, place)
            .into_iter()
            .filter(here)
            .cloned()
            .collect()
    }
}
