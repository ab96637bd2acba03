//! The page behind a slip's code: where the appeal is, and how it is found. The code is the right to see
//! it; who tries codes at random soon waits, together with everybody else, for the rest of a minute.

use axum::extract::{FromRef, FromRequestParts, Query, RawPathParams, State as Shared};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::pages::appeals::{MyPhotos, Reach, Steps};
use kaishi_app::pages::resident::{self, Event, Lookup, No, Progress, Qr, RateForm, Retry, Slip, Top};
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_app::words::appeal::Slip as SlipWords;
use kaishi_app::words::contact::Mine;
use kaishi_app::words::story::{Names, Story};
use kaishi_app::words::told::Told;
use kaishi_domain::appeal::{Appeal, AppealCode, By, Rating, SlipCode, State as Standing, Verb, Words};
use kaishi_domain::market::Market;
use kaishi_domain::{Moment, OrgId};
use kaishi_store::{Error, Hand};
use serde::Deserialize;

use crate::poster::{Code, address};
use crate::route::caller::{Tongue, tongue};
use crate::route::names::{moment, names};
use crate::route::tries;

/// What the address may add.
#[derive(Deserialize, Default)]
pub struct Look {
    big: Option<String>,
    new: Option<String>,
    code: Option<String>,
    told: Option<String>,
}

fn stranger(lang: Lang, look: &Look) -> Top {
    let here = "/a".to_owned();
    Top { lang, big: look.big.is_some(), here, title: String::new(), map: None, appeal: None }
}

/// Asks for a code, or goes to the page of the one that was typed.
pub async fn ask(Shared(state): Shared<State>, Tongue(lang): Tongue, Query(look): Query<Look>) -> Response {
    let top = stranger(lang, &look);
    let typed = look.code.unwrap_or_default();
    if typed.trim().is_empty() {
        return resident::lookup(&state.site, &top, "", Lookup::Ask).into_response();
    }
    match read(&state, &typed).await {
        Some(code) => Redirect::to(&top.sized(&format!("/a/{code}"))).into_response(),
        None => resident::lookup(&state.site, &top, &typed, Lookup::NotFound).into_response(),
    }
}

/// The code that is meant. Six characters alone are enough where one organization alone has such an appeal.
async fn read(state: &State, typed: &str) -> Option<AppealCode> {
    if let Ok(code) = typed.parse() {
        return Some(code);
    }
    let slip: SlipCode = typed.parse().ok()?;
    let codes: Vec<AppealCode> =
        state.store.organizations().await.ok()?.iter().map(|one| AppealCode { org: one.id, slip }).collect();
    if let [only] = codes.as_slice() {
        return Some(*only);
    }
    let mut known = Vec::new();
    for code in codes {
        if state.store.appeal(code).await.is_ok() {
            known.push(code);
        }
    }
    if let [only] = known.as_slice() { Some(*only) } else { None }
}

/// An appeal with all that its pages say.
pub struct Found {
    pub(super) state: State,
    pub(super) appeal: Appeal,
    market: Market,
    names: Names,
    pub(super) top: Top,
    look: Look,
}

impl<S: Send + Sync> FromRequestParts<S> for Found
where
    State: FromRef<S>,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, inner: &S) -> Result<Self, Response> {
        let Query(look) = Query::<Look>::try_from_uri(&parts.uri).unwrap_or_default();
        let names =
            RawPathParams::from_request_parts(parts, inner).await.map_err(IntoResponse::into_response)?;
        let typed = names.iter().find(|(name, _)| *name == "code").map_or("", |(_, code)| code);
        find(State::from_ref(inner), tongue(parts), typed, look).await
    }
}

/// Finds it, or answers with a page that asks again.
async fn find(state: State, lang: Lang, typed: &str, look: Look) -> Result<Found, Response> {
    let mut top = stranger(lang, &look);
    let ask = |why: Lookup| resident::lookup(&state.site, &stranger(lang, &look), typed, why).into_response();
    let code = read(&state, typed).await;
    let org = code.map_or(OrgId::INSTALLATION, |code| code.org);
    if tries::codes_are_too_many(&state, org).await {
        return Err(ask(Lookup::SlowDown));
    }
    let found = async {
        let code = code.ok_or(Error::Missing("appeal"))?;
        let appeal = state.store.appeal(code).await?;
        let market = state.store.market(appeal.at()).await?;
        let organization = state.store.organization(code.org).await?;
        let names = names(&state, appeal.at(), lang).await?;
        top.title = format!("{} {}", resident::community(&organization.name), market.name);
        top.map = Some(format!("/m/{}", appeal.at()));
        top.here = format!("/a/{code}");
        Ok((appeal, market, names))
    };
    match found.await {
        Ok((appeal, market, names)) => Ok(Found { state, appeal, market, names, top, look }),
        Err(Error::Missing(_)) => {
            if let Some(code) = code
                && state.store.slip_waits(code).await.unwrap_or(false)
            {
                return Err(ask(Lookup::Waits));
            }
            tries::code_was_wrong(&state, org).await;
            Err(ask(Lookup::NotFound))
        }
        Err(error) => {
            tracing::warn!(%error, "an appeal was not read");
            let busy = No::Busy(Retry::Page("/a".into()));
            Err(resident::no(&state.site, &stranger(lang, &look), None, &busy).into_response())
        }
    }
}

/// The slip, right after raising; the progress page from then on.
pub async fn page(found: Found) -> Response {
    let shown = if found.look.new.is_some() {
        found.slip()
    } else {
        found.progress(found.look.told.as_deref(), RateForm::default(), None, None).await
    };
    shown.unwrap_or_else(|error| found.busy(&error))
}

impl Found {
    pub(super) fn busy(&self, error: &Error) -> Response {
        tracing::warn!(%error, "an appeal's page or a resident's word did not come through");
        let busy = No::Busy(Retry::Page(self.top.here.clone()));
        resident::no(&self.state.site, &self.top, None, &busy).into_response()
    }

    fn story(&self) -> Story<'_> {
        Story::outside(self.top.lang, &self.names, self.appeal.category)
    }

    fn time(&self, at: Moment) -> Result<String, Error> {
        Ok(moment(&self.market.place()?, self.top.lang, at))
    }

    fn slip(&self) -> Result<Response, Error> {
        let code = self.appeal.code;
        let picture = Code::of(&address(&self.state.public_url, "a", &code.to_string()))?;
        let slip = Slip {
            code,
            qr: Qr { side: picture.width(), path: picture.path() },
            category: self.appeal.category,
            stall: self.appeal.stall.map(|stall| self.story().stall(stall)),
            raised: self.time(self.appeal.raised_at)?,
            standing: (self.appeal.state != Standing::Raised)
                .then(|| Told(self.story()).standing(&self.appeal.state)),
            address: format!("{}/a", self.state.public_url.split("://").last().unwrap_or_default()),
        };
        let top = Top { here: format!("{}?new=1", self.top.here), ..self.top.clone() };
        Ok(resident::slip(&self.state.site, &top, slip).into_response())
    }

    pub(super) async fn progress(
        &self,
        told: Option<&str>,
        form: RateForm,
        shown: Option<Reach>,
        no_photo: Option<&'static str>,
    ) -> Result<Response, Error> {
        let (appeal, lang, words) = (&self.appeal, self.top.lang, SlipWords(self.top.lang));
        let (story, told_as) = (self.story(), Told(self.story()));
        let mut history = vec![Event::raised(lang, self.time(appeal.raised_at)?, story.actor(By::Resident))];
        for step in self.state.store.appeal_steps(appeal).await? {
            let who = story.actor(step.by);
            history.push(Event { at: self.time(step.at)?, who, what: told_as.step(&step.verb) });
        }
        let due = appeal.due_at.map(|due| self.time(due)).transpose()?;
        let (now, days) = (self.state.now(), self.state.store.workdays(appeal.at()).await?);
        let may = |verb: Verb| appeal.clone().step(verb, By::Resident, now, &days).is_ok();
        let kept = self.state.store.contact_kept(appeal).await?.map_or(Reach::None, Reach::Kept);
        let numbers = self.state.store.appeal_photos(appeal).await?;
        let private = appeal.category.is_private();
        let shown_words = |words: &Words| (!private).then(|| words.as_str().to_owned());
        let rate = may(Verb::Rate(Rating::Satisfied.into())).then_some(form);
        let together = match &appeal.state {
            Standing::Merged { into, .. } => {
                let main = self.state.store.appeal(AppealCode { slip: *into, ..appeal.code }).await?;
                Some(told_as.heading(&main.state))
            }
            _ => None,
        };
        let progress = Progress {
            code: appeal.code,
            category: appeal.category,
            stall: appeal.stall.map(|stall| story.stall(stall)),
            words: shown_words(&appeal.words),
            standing: told_as.standing(&appeal.state),
            due: due.map(|due| (due, appeal.is_overdue(now))),
            paused: appeal.care.pause.as_ref().map(|pause| shown_words(&pause.why).unwrap_or_default()),
            helpers: appeal.care.helpers.iter().map(|unit| story.unit(*unit)).collect(),
            together,
            echoes: self.state.store.appeal_echoes(appeal.code).await?,
            supervised: appeal.is_watched(),
            no_clock: appeal.category.clock().is_none() && matches!(appeal.state, Standing::Raised),
            history,
            rate,
            agency: appeal.care.agency.as_ref().map(|agency| {
                let place = self.market.place();
                Steps::told(appeal.category, agency, &|at| {
                    place.as_ref().map_or_else(|_| String::new(), |place| moment(place, lang, at))
                })
                .discreet(lang)
            }),
            photos: MyPhotos { numbers, hidden: private, open: appeal.state.is_open(), wrong: no_photo },
            reach: shown.unwrap_or(kept),
            may_urge: may(Verb::Urge { words: Words::default() }),
            may_withdraw: may(Verb::Withdraw),
            told: match told {
                Some("thanks") => Some(words.thanks()),
                Some("redone") => Some(words.redone()),
                Some("urged") => Some(words.urged()),
                Some("moved") => Some(words.moved()),
                Some("dropped") => Some(Mine(lang).dropped()),
                _ => None,
            },
        };
        Ok(resident::progress(&self.state.site, &self.top, progress).into_response())
    }

    /// Does what the resident says and goes back to the progress page.
    pub(super) async fn act(&self, verb: Verb, told: &str) -> Response {
        let done =
            self.state.store.appeal_step(Hand::Resident, self.appeal.code, verb, self.state.now()).await;
        let told = match done {
            Ok(_) => told,
            Err(Error::Refused(_) | Error::Taken(_)) => "moved",
            Err(error) => return self.busy(&error),
        };
        self.back(told)
    }

    /// The progress page again, with a sentence about what was done.
    pub(super) fn back(&self, told: &str) -> Response {
        Redirect::to(&self.top.sized(&format!("{}?told={told}", self.top.here))).into_response()
    }

    /// The progress page with why a photo was not taken.
    pub(super) async fn unfit(&self, wrong: &'static str) -> Response {
        let shown = self.progress(None, RateForm::default(), None, Some(wrong)).await;
        shown.unwrap_or_else(|error| self.busy(&error))
    }

    /// The progress page with the contact that its owner asked for.
    pub(super) async fn show(&self, reach: Reach) -> Response {
        let shown = self.progress(None, RateForm::default(), Some(reach), None).await;
        shown.unwrap_or_else(|error| self.busy(&error))
    }
}
