//! What was sent to a unit, behind its signed link: the list, one appeal, and what the unit does with it.

use axum::extract::{Form, Path, Query, State as Shared};
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::appeals::{self, Handed, HandedOne, Reach, Typed};
use kaishi_app::pages::resident::community;
use kaishi_app::pages::staff::{self, Gone};
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_app::words::handle::Handle;
use kaishi_domain::actor::Guest;
use kaishi_domain::appeal::{Agency, Appeal, By, Reference, Verb, Words};
use kaishi_domain::moment::Place;
use kaishi_domain::token::Purpose;
use kaishi_domain::{MarketRef, Refusal};
use kaishi_store::{Error, Hand, Result};
use serde::Deserialize;

use crate::route::answers::Offer;
use crate::route::appeal::sentence;
use crate::route::caller::Tongue;
use crate::route::names::{moment, names};

/// What a form sends.
#[derive(Deserialize, Clone)]
pub struct Act {
    verb: String,
    #[serde(default)]
    words: String,
    #[serde(default)]
    agent: String,
    #[serde(default)]
    step: String,
}

impl Act {
    fn verb(&self) -> std::result::Result<Verb, Refusal> {
        let some = || Words::some(&self.words);
        Ok(match self.verb.as_str() {
            "take" => Verb::Take,
            "handle" => Verb::Handle,
            "resolve" => Verb::Resolve { how: some()? },
            "inform" => Verb::Inform { words: some()? },
            "return" => Verb::Return { why: some()? },
            "plan" => {
                let (agent, steps) = Agency::read(&self.agent, &self.words)?;
                Verb::Plan { agent, steps }
            }
            "tick" => Verb::Tick { step: self.step.parse().map_err(|_| Refusal::Malformed("step"))? },
            _ => return Err(Refusal::Malformed("verb")),
        })
    }
}

/// A unit at its door.
pub(super) struct Inside {
    pub(super) guest: Guest,
    pub(super) place: Place,
    pub(super) list: Handed,
}

impl Inside {
    pub(super) async fn of(state: &State, lang: Lang, token: &str) -> Result<Self> {
        let link = state.keys.read(Purpose::Unit, token)?;
        let guest = state.store.guest(link, state.now()).await?;
        let at = MarketRef { org: guest.org, market: guest.market };
        let market = state.store.market(at).await?;
        let organization = state.store.organization(at.org).await?;
        let list = Handed {
            lang,
            title: format!("{} {}", community(&organization.name), market.name),
            home: state.path(Purpose::Unit, link),
            unit: guest.unit,
            appeals: state.store.appeals_of(&guest).await?,
            names: names(state, at, lang).await?,
            now: state.now(),
        };
        Ok(Self { guest, place: market.place()?, list })
    }

    /// An appeal that the unit has to do with, by its reference. A code leads nowhere here.
    pub(super) async fn appeal(&self, state: &State, name: &str) -> Result<Appeal> {
        let reference: Reference = name.parse().map_err(|_| Error::Missing("appeal"))?;
        state.store.appeal_for(&self.guest, reference).await
    }

    pub(super) async fn show(
        self,
        state: &State,
        name: &str,
        typed: Typed,
        complaint: Option<&'static str>,
        shown: Option<Reach>,
    ) -> Result<Page> {
        let appeal = self.appeal(state, name).await?;
        let reach = match shown {
            Some(reach) => reach,
            None if appeal.shows_contact(By::Unit(self.guest.unit)) => {
                state.store.contact_kept(&appeal).await?.map_or(Reach::None, Reach::Kept)
            }
            None => Reach::None,
        };
        let steps = state.store.appeal_steps(&appeal).await?;
        let photos = state.store.appeal_photos(&appeal).await?;
        let texts = state.store.templates(self.guest.org).await?;
        let (lang, place) = (self.list.lang, self.place);
        let view = HandedOne { list: self.list, appeal, steps, photos, texts, reach, typed, complaint };
        Ok(appeals::handed_one(&state.site, view, &|at| moment(&place, lang, at)))
    }
}

pub(super) fn gone(state: &State, lang: Lang, error: &Error) -> Page {
    staff::gone(&state.site, lang, Gone::because(error))
}

/// The list.
pub async fn page(Shared(state): Shared<State>, Tongue(lang): Tongue, Path(token): Path<String>) -> Page {
    match Inside::of(&state, lang, &token).await {
        Ok(Inside { place, list, .. }) => appeals::handed(&state.site, list, &|at| moment(&place, lang, at)),
        Err(error) => gone(&state, lang, &error),
    }
}

/// One of them.
pub async fn one(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path((token, name)): Path<(String, String)>,
    Query(offer): Query<Offer>,
) -> Page {
    let shown = async {
        let inside = Inside::of(&state, lang, &token).await?;
        let typed = offer.typed(&state, inside.guest.org).await?;
        inside.show(&state, &name, typed, None, None).await
    };
    shown.await.unwrap_or_else(|error| gone(&state, lang, &error))
}

/// One verb, then back to the appeal, or to the list when it is not theirs any more.
pub async fn act(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path((token, name)): Path<(String, String)>,
    Form(act): Form<Act>,
) -> Response {
    let done = async {
        let inside = Inside::of(&state, lang, &token).await?;
        let appeal = inside.appeal(&state, &name).await?;
        let done = async {
            state.store.appeal_step(Hand::Guest(&inside.guest), appeal.code, act.verb()?, state.now()).await
        };
        match done.await {
            Ok(after)
                if after.state.answers() == Some(inside.guest.unit)
                    || after.care.helpers.contains(&inside.guest.unit) =>
            {
                let own = format!("{}/appeals/{}", inside.list.home, appeal.reference());
                Ok(Redirect::to(&own).into_response())
            }
            Ok(_) => Ok(Redirect::to(&format!("{}/appeals", inside.list.home)).into_response()),
            Err(error) => {
                let Some(text) = sentence(Handle(lang), &error) else { return Err(error) };
                let Act { verb, words, agent, .. } = act.clone();
                let typed = Typed { verb, words, agent, ..Typed::default() };
                Ok(inside.show(&state, &name, typed, Some(text), None).await?.into_response())
            }
        }
    };
    done.await.unwrap_or_else(|error| gone(&state, lang, &error).into_response())
}
