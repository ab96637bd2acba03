//! The desk's appeals: the list of one Saturday with filters, one appeal, and one form a verb.

use axum::extract::{Form, Path, Query, State as Shared};
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::appeals::{self, Asked, Heap, List, One, Reach, Typed};
use kaishi_app::state::State;
use kaishi_app::words::handle::Handle;
use kaishi_domain::actor::Organizer;
use kaishi_domain::appeal::{ALIKE, Appeal, AppealCode, Category, Light, SlipCode, Verb, Words, likeness};
use kaishi_domain::market::Market;
use kaishi_domain::moment::{Day, HOUR, Place};
use kaishi_domain::{MarketRef, Moment, Refusal, UnitId};
use kaishi_store::{Error, Hand};
use serde::Deserialize;

use crate::route::caller::{No, SignedIn};
use crate::route::names::{moment, names};
use crate::route::organizer::market_of;
use crate::route::rail::rail;

/// So long back an appeal may be the same matter as another.
const ALIKE_FOR: i64 = 60 * 24 * HOUR;

/// What the address may ask for.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Look {
    heap: String,
    light: String,
    category: String,
    unit: String,
    q: String,
}

impl Look {
    fn asked(self) -> Asked {
        Asked {
            heap: Heap::ALL.into_iter().find(|heap| heap.code() == self.heap),
            light: Light::ALL.into_iter().find(|light| light.code() == self.light),
            category: Category::from_code(&self.category).ok(),
            unit: self.unit.parse().ok(),
            text: self.q.chars().take(40).collect(),
        }
    }
}

/// What a form sends: the verb, and whatever it needs.
#[derive(Deserialize, Clone)]
pub struct Act {
    verb: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    words: String,
    #[serde(default)]
    until: String,
}

impl Act {
    fn verb(&self, place: &Place) -> Result<Verb, Refusal> {
        let unit = || self.unit.parse::<UnitId>().map_err(|_| Refusal::Malformed("unit"));
        let some = || Words::some(&self.words);
        Ok(match self.verb.as_str() {
            "accept" => Verb::Accept,
            "settle_on_spot" => Verb::SettleOnSpot { how: Words::parse(&self.words)? },
            "hear" => Verb::Hear,
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
            "join" => Verb::Join { unit: unit()? },
            "inform" => Verb::Inform { words: some()? },
            "urge" => Verb::Urge { words: Words::parse(&self.words)? },
            "pause" => Verb::Pause { why: some()? },
            "resume" => Verb::Resume,
            "extend" => Verb::Extend { until: self.until(place)?, why: some()? },
            "supervise" => Verb::Supervise { why: some()? },
            _ => return Err(Refusal::Malformed("verb")),
        })
    }

    fn until(&self, place: &Place) -> Result<Moment, Refusal> {
        let wrong = Refusal::Malformed("until");
        let (day, clock) = self.until.split_once('T').ok_or(wrong.clone())?;
        let clock: String = clock.chars().take(5).collect();
        place.at_clock(Day::parse(day).map_err(|_| wrong.clone())?, &clock).map_err(|_| wrong)
    }

    fn typed(self) -> Typed {
        let Self { verb, unit, words, until } = self;
        Typed { verb, unit, words, until }
    }
}

/// One sentence for a verb that was not done.
pub(super) fn sentence(words: Handle, error: &Error) -> Option<&'static str> {
    Some(match error {
        Error::Taken(_) | Error::Refused(Refusal::WrongState(_)) => words.changed(),
        Error::Refused(Refusal::Missing(_)) => words.words_missing(),
        Error::Refused(Refusal::TooLong(_)) => words.words_long(),
        Error::Refused(Refusal::Malformed("code")) | Error::Missing("appeal") => words.code_missing(),
        Error::Refused(Refusal::Malformed("until")) => words.until_wrong(),
        Error::Refused(Refusal::Malformed("unit") | Refusal::Taken(_)) | Error::Missing(_) => {
            words.unit_missing()
        }
        Error::Refused(_) => words.not_done(),
        _ => return None,
    })
}

/// The list; for whoever only watches, without the words.
pub async fn page(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Query(look): Query<Look>,
) -> Result<Page, No> {
    let market = market_of(&state, &who, at).await?;
    let (rail, place) = (rail(&state, &who, &market).await?, market.place().map_err(who.no())?);
    let (lang, now) = (who.desk.lang, state.now());
    let found = match who.actor.organizer() {
        Ok(by) => state.store.appeals(&by, market.id).await,
        Err(_) => state.store.appeals_seen(&who.actor.viewer(), market.id).await,
    };
    let view = List {
        base: format!("/o/m/{at}/appeals"),
        counts: state.store.appeal_counts(at, None, now).await.map_err(who.no())?,
        appeals: found.map_err(who.no())?,
        asked: look.asked(),
        names: names(&state, at, lang).await.map_err(who.no())?,
        now,
    };
    Ok(appeals::list(&who.desk, &rail, view, &|at| moment(&place, lang, at)))
}

/// An appeal of this Saturday.
pub(super) async fn found(state: &State, market: &Market, slip: &str) -> Result<Appeal, Error> {
    let slip: SlipCode = slip.parse().map_err(|_| Error::Missing("appeal"))?;
    let appeal = state.store.appeal(AppealCode { org: market.org, slip }).await?;
    if appeal.market == market.id { Ok(appeal) } else { Err(Error::Missing("appeal")) }
}

pub(super) async fn show(
    state: &State,
    who: &SignedIn,
    market: &Market,
    slip: &str,
    wrong: Option<(Typed, &'static str)>,
    shown: Option<Reach>,
) -> Result<Page, No> {
    let appeal = found(state, market, slip).await.map_err(who.no())?;
    let (rail, place) = (rail(state, who, market).await?, market.place().map_err(who.no())?);
    let (lang, now, at) = (who.desk.lang, state.now(), appeal.at());
    let days = state.store.workdays(at).await.map_err(who.no())?;
    let (typed, complaint) = wrong.map_or_else(Default::default, |(typed, text)| (typed, Some(text)));
    let by = who.organizer()?;
    let view = One {
        alike: alike(state, &by, &appeal).await.map_err(who.no())?,
        echoes: state.store.appeal_echoes(appeal.code).await.map_err(who.no())?,
        base: format!("/o/m/{at}/appeals"),
        steps: state.store.appeal_steps(&appeal).await.map_err(who.no())?,
        names: names(state, at, lang).await.map_err(who.no())?,
        unanswered: appeal.is_unanswered(now, &days),
        readings: state.store.contact_readings(&by, &appeal).await.map_err(who.no())?,
        reach: match shown {
            Some(reach) => reach,
            None => {
                state.store.contact_kept(&appeal).await.map_err(who.no())?.map_or(Reach::None, Reach::Kept)
            }
        },
        now,
        appeal,
        typed,
        complaint,
    };
    Ok(appeals::one(&who.desk, &rail, view, &|at| moment(&place, lang, at)))
}

/// Open appeals that may be the same matter, the most alike first. A quarrel is never held against another.
async fn alike(state: &State, by: &Organizer, appeal: &Appeal) -> Result<Vec<Appeal>, Error> {
    if !appeal.state.is_open() || appeal.category.is_private() {
        return Ok(Vec::new());
    }
    let open = state.store.appeals_open(by, appeal.raised_at.plus(-ALIKE_FOR)).await?;
    let mut found: Vec<(f64, Appeal)> = open
        .into_iter()
        .filter(|other| other.id != appeal.id && !other.category.is_private())
        .map(|other| (likeness(appeal.words.as_str(), other.words.as_str()), other))
        .filter(|(much, _)| *much >= ALIKE)
        .collect();
    found.sort_by(|one, other| other.0.total_cmp(&one.0));
    Ok(found.into_iter().take(5).map(|(_, appeal)| appeal).collect())
}

/// One appeal with everything that can be done next. Its words are the organizers'.
pub async fn one(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path((at, slip)): Path<(MarketRef, String)>,
) -> Result<Page, No> {
    let market = market_of(&state, &who, at).await?;
    who.organizer()?;
    show(&state, &who, &market, &slip, None, None).await
}

/// One verb, then back to the appeal; what is not possible is said there, with what was typed.
pub async fn act(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path((at, slip)): Path<(MarketRef, String)>,
    Form(act): Form<Act>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let place = market.place().map_err(who.no())?;
    let code = found(&state, &market, &slip).await.map_err(who.no())?.code;
    let done = async {
        let verb = act.verb(&place)?;
        if let Verb::Dispatch { to: unit } | Verb::Reassign { to: unit, .. } | Verb::Join { unit } = verb {
            state.store.unit(&by.viewer(), unit).await?;
        }
        state.store.appeal_step(Hand::Organizer(&by), code, verb, state.now()).await
    };
    let Err(error) = done.await else {
        return Ok(Redirect::to(&format!("/o/m/{at}/appeals/{}", code.slip)).into_response());
    };
    let Some(text) = sentence(Handle(who.desk.lang), &error) else { return Err(who.no()(error)) };
    Ok(show(&state, &who, &market, &slip, Some((act.typed(), text)), None).await?.into_response())
}
