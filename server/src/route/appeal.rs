//! The desk's appeals: the list of one Saturday with filters, one appeal, and one form a verb.

use axum::extract::{Form, Path, Query, State as Shared};
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::appeals::{self, Advice, Asked, Bulk, Copies, Heap, List, One, Reach, Typed};
use kaishi_app::state::State;
use kaishi_app::words::duty::Agencies;
use kaishi_app::words::handle::Handle;
use kaishi_domain::actor::Reader;
use kaishi_domain::appeal::{
    ALIKE, Agency, Appeal, AppealCode, Category, Light, Reference, SlipCode, State as Standing, Step, Verb,
    Words, likeness, propose, returned_by,
};
use kaishi_domain::market::Market;
use kaishi_domain::moment::{Day, HOUR, Place};
use kaishi_domain::{MarketRef, Moment, Refusal, UnitId};
use kaishi_store::{Error, Hand};
use serde::Deserialize;

use crate::route::answers::Offer;
use crate::route::caller::{No, SignedIn};
use crate::route::dispatch::route;
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
    done: Option<usize>,
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
#[derive(Clone, Default)]
struct Act {
    verb: String,
    unit: String,
    words: String,
    until: String,
    grid: String,
    agent: String,
    step: String,
}

impl Act {
    /// From the fields of a form; helpers may come several times.
    fn of(fields: &[(String, String)]) -> (Self, Vec<String>) {
        let one = |name: &str| {
            fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap_or_default()
        };
        let helpers =
            fields.iter().filter(|(key, _)| key == "helper").map(|(_, value)| value.clone()).collect();
        let act = Self {
            verb: one("verb"),
            unit: one("unit"),
            words: one("words"),
            until: one("until"),
            grid: one("grid"),
            agent: one("agent"),
            step: one("step"),
        };
        (act, helpers)
    }

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
            "locate" if self.grid.is_empty() => Verb::Locate { grid: None },
            "locate" => Verb::Locate { grid: Some(self.grid.parse()?) },
            "plan" => {
                let (agent, steps) = Agency::read(&self.agent, &self.words)?;
                Verb::Plan { agent, steps }
            }
            "tick" => Verb::Tick { step: self.step.parse().map_err(|_| Refusal::Malformed("step"))? },
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
        let Self { verb, unit, words, until, grid, agent, .. } = self;
        Typed { verb, unit, words, until, grid, agent }
    }
}

/// One sentence for a verb that was not done.
pub(super) fn sentence(words: Handle, error: &Error) -> Option<&'static str> {
    Some(match error {
        Error::Taken(_) | Error::Refused(Refusal::WrongState(_)) => words.changed(),
        Error::Refused(
            Refusal::Missing("step") | Refusal::TooLong("step" | "steps") | Refusal::Malformed("step"),
        ) => Agencies(words.0).wrong(),
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
    let bulk = Bulk { done: look.done, ..Bulk::default() };
    list(&state, &who, &market, look, bulk).await
}

pub(super) async fn list(
    state: &State,
    who: &SignedIn,
    market: &Market,
    look: Look,
    bulk: Bulk,
) -> Result<Page, No> {
    let at = MarketRef { org: market.org, market: market.id };
    let (rail, place) = (rail(state, who, market).await?, market.place().map_err(who.no())?);
    let (lang, now) = (who.desk.lang, state.now());
    let found = match who.actor.reader() {
        Ok(by) => state.store.appeals(&by, market.id).await,
        Err(_) => state.store.appeals_seen(&who.actor.viewer(), market.id).await,
    };
    let view = List {
        base: format!("/o/m/{at}/appeals"),
        counts: state.store.appeal_counts(at, None, now).await.map_err(who.no())?,
        appeals: found.map_err(who.no())?,
        asked: look.asked(),
        names: names(state, at, lang).await.map_err(who.no())?,
        bulk,
        now,
    };
    Ok(appeals::list(&who.desk, &rail, view, &|at| moment(&place, lang, at)))
}

/// What a page comes again with.
#[derive(Default)]
pub(super) struct Again {
    /// What was typed into the form of a verb.
    pub(super) typed: Typed,
    /// Why that was not right.
    pub(super) complaint: Option<&'static str>,
    /// The contact that was asked for.
    pub(super) reach: Option<Reach>,
    /// What was typed as public copy, and whether it was ticked.
    pub(super) copy: Option<(String, bool)>,
}

/// An appeal of this Saturday, by its reference; by its code, too, for whoever may hold codes.
pub(super) async fn found(state: &State, market: &Market, name: &str, coded: bool) -> Result<Appeal, Error> {
    if let Ok(reference) = name.parse::<Reference>() {
        let at = MarketRef { org: market.org, market: market.id };
        return state.store.appeal_called(at, reference).await;
    }
    let slip = name.parse::<SlipCode>().ok().filter(|_| coded).ok_or(Error::Missing("appeal"))?;
    let appeal = state.store.appeal(AppealCode { org: market.org, slip }).await?;
    if appeal.market == market.id { Ok(appeal) } else { Err(Error::Missing("appeal")) }
}

pub(super) async fn show(
    state: &State,
    who: &SignedIn,
    market: &Market,
    name: &str,
    again: Again,
) -> Result<Page, No> {
    let appeal = found(state, market, name, who.desk.may_change).await.map_err(who.no())?;
    let (rail, place) = (rail(state, who, market).await?, market.place().map_err(who.no())?);
    let (lang, now, at) = (who.desk.lang, state.now(), appeal.at());
    let days = state.store.workdays(at).await.map_err(who.no())?;
    let Again { typed, complaint, reach, copy } = again;
    let by = who.reader()?;
    let steps = state.store.appeal_steps(&appeal).await.map_err(who.no())?;
    let view = One {
        alike: alike(state, &by, &appeal).await.map_err(who.no())?,
        echoes: state.store.appeal_echoes(appeal.code).await.map_err(who.no())?,
        base: format!("/o/m/{at}/appeals"),
        names: names(state, at, lang).await.map_err(who.no())?,
        advice: advice(state, &by, &appeal, &steps).await.map_err(who.no())?,
        steps,
        unanswered: appeal.is_unanswered(now, &days),
        readings: state.store.contact_readings(&by, &appeal).await.map_err(who.no())?,
        photos: state.store.appeal_photos(&appeal).await.map_err(who.no())?,
        copies: Copies { versions: state.store.copies(&by, &appeal).await.map_err(who.no())?, typed: copy },
        texts: state.store.templates(by.org()).await.map_err(who.no())?,
        reach: match reach {
            Some(reach) => reach,
            None if !who.desk.may_change => Reach::None,
            None => {
                state.store.contact_kept(&appeal).await.map_err(who.no())?.map_or(Reach::None, Reach::Kept)
            }
        },
        now,
        appeal,
        typed,
        complaint,
        may_change: who.desk.may_change,
    };
    Ok(appeals::one(&who.desk, &rail, view, &|at| moment(&place, lang, at)))
}

/// What the map of duties says, where it can be sent now.
async fn advice(state: &State, by: &Reader, appeal: &Appeal, steps: &[Step]) -> Result<Advice, Error> {
    let grids = state.store.grids(by.org()).await?;
    let open =
        matches!(appeal.state, Standing::Raised | Standing::Accepted { .. } | Standing::Returned { .. });
    let grid = appeal.care.grid.and_then(|id| grids.iter().find(|grid| grid.id == id));
    let proposal = if open {
        propose(&state.store.duties(by).await?, appeal.category, grid, &returned_by(steps))
    } else {
        None
    };
    Ok(Advice { open, proposal, grids })
}

/// Open appeals that may be the same matter, the most alike first. A quarrel is never held against another.
async fn alike(state: &State, by: &Reader, appeal: &Appeal) -> Result<Vec<Appeal>, Error> {
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

/// One appeal, with everything that can be done next for whoever may. Its words are for those who read rows.
pub async fn one(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path((at, name)): Path<(MarketRef, String)>,
    Query(offer): Query<Offer>,
) -> Result<Page, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.reader()?;
    let typed = offer.typed(&state, by.org()).await.map_err(who.no())?;
    show(&state, &who, &market, &name, Again { typed, ..Again::default() }).await
}

/// One verb, then back to the appeal; what is not possible is said there, with what was typed.
pub async fn act(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path((at, slip)): Path<(MarketRef, String)>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let (act, helpers) = Act::of(&fields);
    let place = market.place().map_err(who.no())?;
    let code = found(&state, &market, &slip, true).await.map_err(who.no())?.code;
    let done = async {
        if act.verb == "route" {
            return route(&state, &by, code, &act.unit, &helpers).await;
        }
        let verb = act.verb(&place)?;
        if let Verb::Locate { grid: Some(grid) } = verb
            && !state.store.grids(by.org()).await?.iter().any(|known| known.id == grid)
        {
            return Err(Error::Missing("grid"));
        }
        if let Verb::Dispatch { to: unit } | Verb::Reassign { to: unit, .. } | Verb::Join { unit } = verb {
            state.store.unit(&by.viewer(), unit).await?;
        }
        state.store.appeal_step(Hand::Organizer(&by), code, verb, state.now()).await
    };
    let Err(error) = done.await else {
        return Ok(Redirect::to(&format!("/o/m/{at}/appeals/{}", code.slip)).into_response());
    };
    let Some(text) = sentence(Handle(who.desk.lang), &error) else { return Err(who.no()(error)) };
    let again = Again { typed: act.typed(), complaint: Some(text), ..Again::default() };
    Ok(show(&state, &who, &market, &slip, again).await?.into_response())
}
