//! The stamp card of a market and the pass slips behind their codes. Nothing but the day's cookie is known.

use axum::extract::{Path, Query, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use kaishi_app::pages::resident::{self, Card, No, PassSlip, Retry, Top};
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_app::words::quiz::Quiz as Words;
use kaishi_app::words::resident::{Done, PosterNumber};
use kaishi_domain::market::Market;
use kaishi_domain::reward::{Cause, Reward, State as Standing};
use kaishi_domain::{MarketRef, Refusal, StallId};
use kaishi_store::{Error, Result};

use crate::route::caller::Tongue;
use crate::route::quiz::pass_path;
use crate::route::scan::Look;
use crate::route::tries;
use crate::route::visitor::Visitor;

/// A market's public frame, for whoever came to it by its address.
struct Place {
    state: State,
    at: MarketRef,
    market: Market,
    top: Top,
}

impl Place {
    async fn open(
        state: State,
        lang: Lang,
        at: &str,
        (path, look): (&str, &Look),
    ) -> std::result::Result<Self, Response> {
        let here = format!("/m/{at}/{path}");
        let mut top =
            Top { lang, big: look.big.is_some(), here, title: String::new(), map: None, appeal: None };
        let read = async {
            let at: MarketRef = at.parse()?;
            let (market, organization) =
                (state.store.market(at).await?, state.store.organization(at.org).await?);
            Ok::<_, Error>((at, market, organization))
        };
        match read.await {
            Ok((at, market, organization)) => {
                top.title = format!("{} {}", resident::community(&organization.name), market.name);
                top.map = Some(format!("/m/{at}"));
                Ok(Self { state, at, market, top })
            }
            Err(Error::Missing(_) | Error::Refused(_)) => {
                Err(resident::no(&state.site, &top, None, &No::NoMarket).into_response())
            }
            Err(error) => {
                tracing::warn!(%error, "a market was not read");
                let retry = No::Busy(Retry::Page(top.here.clone()));
                Err(resident::no(&state.site, &top, None, &retry).into_response())
            }
        }
    }

    /// `到 10号摊 啡你莫属 领一杯咖啡`
    async fn fetch(&self, stall: StallId, prize: &str) -> Result<String> {
        let signs = self.state.store.signs(self.at, self.state.now()).await?;
        let sign = signs.iter().find(|sign| sign.stall == stall).ok_or(Error::Missing("stall"))?;
        let lang = self.top.lang;
        Ok(Words(lang).fetch(&Done(lang).where_served(&sign.no, &sign.name), prize))
    }

    /// This phone's tag, as long as the day's key is there.
    async fn visitor(&self, jar: &CookieJar) -> Result<Option<[u8; 16]>> {
        let key = self.state.store.day_key(self.at).await?;
        Ok(Visitor::sent(&self.state, jar).zip(key).map(|(visitor, key)| visitor.tag(&key)))
    }

    fn off(&self) -> Response {
        let words = Words(self.top.lang);
        resident::told(&self.state.site, &self.top, words.no_stamps(), words.no_stamps_why()).into_response()
    }

    fn busy(&self, error: &Error) -> Response {
        match error {
            Error::Missing(_) | Error::Refused(_) => {
                resident::no(&self.state.site, &self.top, None, &No::NoMarket).into_response()
            }
            _ => {
                tracing::warn!(%error, "a card was not read");
                let retry = No::Busy(Retry::Page(self.top.here.clone()));
                resident::no(&self.state.site, &self.top, None, &retry).into_response()
            }
        }
    }

    async fn card(&self, visitor: Option<[u8; 16]>, reward: Reward, left: i64) -> Result<Card> {
        let been = match visitor {
            Some(tag) => {
                let signs = self.state.store.signs(self.at, self.state.now()).await?;
                let been = self.state.store.stamps(self.at, &kaishi_domain::id::hex(&tag)).await?;
                let number =
                    |stall| signs.iter().find(|sign| sign.stall == stall).map(|sign| sign.no.clone());
                Some(been.into_iter().filter_map(number).collect())
            }
            None => None,
        };
        let fetch = self.fetch(reward.stall, &reward.prize).await?;
        let path = self.top.here.clone();
        Ok(Card { path, been, needs: reward.needs, prize: reward.prize, fetch, gone: left == 0 })
    }
}

/// The card.
pub async fn page(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path(at): Path<String>,
    Query(look): Query<Look>,
    jar: CookieJar,
) -> Response {
    let place = match Place::open(state, lang, &at, ("stamps", &look)).await {
        Ok(place) => place,
        Err(no) => return no,
    };
    let seen = async {
        let Some((reward, left)) = place.state.store.reward(place.at, Cause::Stamps).await? else {
            return Ok(place.off());
        };
        let visitor = place.visitor(&jar).await?;
        let known = match visitor {
            Some(_) => place.state.store.pass_of(place.at, Cause::Stamps, "", visitor).await?,
            None => None,
        };
        if let Some(code) = known {
            return Ok(Redirect::to(&place.top.sized(&pass_path(place.at, code))).into_response());
        }
        let card = place.card(visitor, reward, left).await?;
        Ok(resident::card(&place.state.site, &place.top, card).into_response())
    };
    seen.await.unwrap_or_else(|error| place.busy(&error))
}

/// Takes the reward of a full card: one a phone, while the market is held.
pub async fn take(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path(at): Path<String>,
    Query(look): Query<Look>,
    jar: CookieJar,
) -> Response {
    let place = match Place::open(state, lang, &at, ("stamps", &look)).await {
        Ok(place) => place,
        Err(no) => return no,
    };
    let done = async {
        let found = place.state.store.reward(place.at, Cause::Stamps).await?;
        let now = place.state.now();
        let over = now > place.market.closes_at.plus(kaishi_domain::market::GRACE);
        let (Some(_), Some(tag), false) = (found, place.visitor(&jar).await?, over) else {
            return Err(Refusal::NotAllowed.into());
        };
        place.state.store.pass_give(place.at, Cause::Stamps, tag, Some(tag), now).await
    };
    match done.await {
        Ok(code) => Redirect::to(&place.top.sized(&pass_path(place.at, code))).into_response(),
        // The card says what is missing.
        Err(Error::Refused(_)) => Redirect::to(&place.top.sized(&place.top.here)).into_response(),
        Err(error) => place.busy(&error),
    }
}

/// A pass slip. Who tries codes at random soon waits, as at the slips of appeals.
pub async fn pass(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path((at, code)): Path<(String, String)>,
    Query(look): Query<Look>,
) -> Response {
    let safe: String = code.chars().filter(char::is_ascii_alphanumeric).take(6).collect();
    let place = match Place::open(state, lang, &at, (&format!("pass/{safe}"), &look)).await {
        Ok(place) => place,
        Err(no) => return no,
    };
    if tries::codes_are_too_many(&place.state, place.at.org).await {
        let words = PosterNumber(place.top.lang);
        let page = resident::told(&place.state.site, &place.top, words.slow_down(), words.slow_down_why());
        return page.status(StatusCode::TOO_MANY_REQUESTS).retry_after(60).into_response();
    }
    let seen = async {
        let pass = place.state.store.pass(place.at, safe.parse()?).await?;
        let fetch = place.fetch(pass.stall, &pass.prize).await?;
        Ok(PassSlip { code: pass.code, fetch, redeemed: pass.state != Standing::Open })
    };
    match seen.await {
        Ok(slip) => resident::pass(&place.state.site, &place.top, &slip).into_response(),
        Err(error) => {
            if matches!(error, Error::Missing(_) | Error::Refused(_)) {
                tries::code_was_wrong(&place.state, place.at.org).await;
            }
            place.busy(&error)
        }
    }
}
