//! The desk's appeals: the list of one Saturday, and one form a verb.

use axum::extract::{Form, Path, Query, State as Shared};
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::appeals::{self, Card, View};
use kaishi_app::state::State;
use kaishi_app::words::appeal::Desk as Texts;
use kaishi_domain::actor::Organizer;
use kaishi_domain::appeal::{AppealCode, SlipCode, Verb, Words};
use kaishi_domain::market::Market;
use kaishi_domain::{MarketRef, Refusal, UnitId};
use kaishi_store::{Error, Hand};
use serde::Deserialize;

use crate::route::caller::{No, SignedIn};
use crate::route::names::{moment, names};
use crate::route::organizer::market_of;
use crate::route::rail::rail;

/// What the address may add after a form.
#[derive(Deserialize)]
pub struct Look {
    told: Option<String>,
}

/// What a form sends: the verb, and whatever it needs.
#[derive(Deserialize)]
pub struct Act {
    verb: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    words: String,
}

impl Act {
    fn verb(&self) -> Result<Verb, Refusal> {
        let unit = || self.unit.parse::<UnitId>();
        let some = || Words::some(&self.words);
        Ok(match self.verb.as_str() {
            "accept" => Verb::Accept,
            "settle_on_spot" => Verb::SettleOnSpot { how: Words::parse(&self.words)? },
            "dispatch" => Verb::Dispatch { to: unit()? },
            "reassign" => Verb::Reassign { to: unit()?, why: some()? },
            "take" => Verb::Take,
            "return" => Verb::Return { why: some()? },
            "handle" => Verb::Handle,
            "resolve" => Verb::Resolve { how: some()? },
            "merge" => Verb::Merge { into: self.words.parse::<SlipCode>()? },
            "refer" => Verb::Refer { to: some()? },
            "give_up" => Verb::GiveUp { why: some()? },
            "exclude" => Verb::Exclude { why: some()? },
            "file" => Verb::File,
            _ => return Err(Refusal::Malformed("verb")),
        })
    }
}

/// The list; for whoever only watches, the figures without the words.
pub async fn page(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Query(look): Query<Look>,
) -> Result<Page, No> {
    let market = market_of(&state, &who, at).await?;
    let (rail, place) = (rail(&state, &who, &market).await?, market.place().map_err(who.no())?);
    let cards = match who.actor.organizer() {
        Ok(by) => cards(&state, &by, &market).await.map_err(who.no())?,
        Err(_) => Vec::new(),
    };
    let (lang, now) = (who.desk.lang, state.now());
    let view = View {
        base: format!("/o/m/{at}/appeals"),
        counts: state.store.appeal_counts(at, None, now).await.map_err(who.no())?,
        cards,
        names: names(&state, at, lang).await.map_err(who.no())?,
        now,
        complaint: match look.told.as_deref() {
            Some("changed") => Some(Texts(lang).changed()),
            Some("not-done") => Some(Texts(lang).not_done()),
            _ => None,
        },
    };
    Ok(appeals::appeals(&who.desk, &rail, view, &|at| moment(&place, lang, at)))
}

async fn cards(state: &State, by: &Organizer, market: &Market) -> kaishi_store::Result<Vec<Card>> {
    let mut histories = state.store.appeal_histories(by, market.id).await?;
    let found = state.store.appeals(by, market.id).await?;
    Ok(found
        .into_iter()
        .map(|appeal| Card { steps: histories.remove(&appeal.id).unwrap_or_default(), appeal })
        .collect())
}

/// One verb, then back to the list at the same appeal.
pub async fn act(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path((at, slip)): Path<(MarketRef, String)>,
    Form(act): Form<Act>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let done = async {
        let code = AppealCode { org: market.org, slip: slip.parse()? };
        if let Ok(Verb::Dispatch { to } | Verb::Reassign { to, .. }) = act.verb() {
            state.store.unit(&by.viewer(), to).await?;
        }
        state.store.appeal_step(Hand::Organizer(&by), code, act.verb()?, state.now()).await
    };
    let told = match done.await {
        Ok(_) => "",
        Err(Error::Taken(_) | Error::Refused(Refusal::WrongState(_))) => "?told=changed",
        Err(Error::Refused(_) | Error::Missing(_)) => "?told=not-done",
        Err(error) => return Err(who.no()(error)),
    };
    let place: String = slip.chars().filter(char::is_ascii_alphanumeric).collect();
    Ok(Redirect::to(&format!("/o/m/{at}/appeals{told}#{place}")).into_response())
}
