//! What waits for a decision, and how fast stalls serve: the page, and its two forms.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use axum::extract::{Form, Path, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::pages::review::{self, Filled, Line, Past, Standing, View, Wrong};
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_app::words::trust::Review as Words;
use kaishi_domain::count::Snapshot;
use kaishi_domain::market::Market;
use kaishi_domain::moment::Place;
use kaishi_domain::trust::{Key, Pace, Reason, Verdict, ripe_at};
use kaishi_domain::{MarketRef, Moment, Refusal, StallId};
use kaishi_store::{Error, Group, Result, Review};
use serde::Deserialize;

use crate::route::caller::{No, SignedIn};
use crate::route::organizer::market_of;
use crate::route::rail::rail;

/// What a decision sends.
#[derive(Deserialize, Default)]
pub struct Ruled {
    stall: String,
    from: i64,
    labels: String,
    verdict: String,
    #[serde(default)]
    reason: String,
}

impl Ruled {
    fn key(&self) -> std::result::Result<Key, Refusal> {
        let (stall, from) = (self.stall.parse()?, Moment::from_millis(self.from));
        Ok(Key { stall, from, labels: self.labels.parse()? })
    }
}

/// What the form of a pace sends.
#[derive(Deserialize, Default)]
pub struct Said {
    stall: String,
    #[serde(default)]
    minutes: String,
    #[serde(default)]
    hands: String,
    #[serde(default)]
    code: String,
}

impl Said {
    fn pace(&self) -> std::result::Result<Pace, Refusal> {
        let number = |text: &str, what| match text.trim() {
            "" => Ok(None),
            text => text.parse::<i64>().map(Some).map_err(|_| Refusal::Malformed(what)),
        };
        let (minutes, hands) = (number(&self.minutes, "minutes")?, number(&self.hands, "hands")?);
        if minutes.is_none() && hands.is_some() {
            return Err(Refusal::Missing("minutes"));
        }
        Pace::of(minutes, hands.unwrap_or(1), !self.code.is_empty())
    }

    fn filled(&self) -> Filled {
        let (stall, minutes, hands) = (self.stall.clone(), self.minutes.clone(), self.hands.clone());
        Filled { stall, minutes, hands, code: !self.code.is_empty() }
    }
}

/// What is typed and was not right.
#[derive(Default)]
struct Typed {
    wrong: Option<Wrong>,
    key: Option<Key>,
    reason: String,
    filled: Filled,
}

/// The page.
pub async fn page(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
) -> std::result::Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    show(&state, &who, &market, Typed::default()).await
}

async fn show(
    state: &State,
    who: &SignedIn,
    market: &Market,
    typed: Typed,
) -> std::result::Result<Response, No> {
    let rail = rail(state, who, market).await?;
    let wrong = typed.wrong;
    let view = view(state, who, market, typed).await.map_err(who.no())?;
    let page = review::review(&who.desk, &rail, view);
    Ok(match wrong {
        Some(_) => page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response(),
        None => page.into_response(),
    })
}

/// Decides about one group.
pub async fn decide(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(form): Form<Ruled>,
) -> std::result::Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let key = form.key().map_err(who.no())?;
    let verdict = Verdict::from_code(&form.verdict).map_err(who.no())?;
    let done = match Reason::of(&form.reason) {
        Ok(reason) => {
            let (ruled, now) = ((verdict, &reason), state.now());
            match who.actor.admin() {
                Ok(admin) => state.store.review_admitted(&admin, at.market, key, ruled, now).await,
                Err(_) => state.store.review(&by, at.market, key, ruled, now).await,
            }
        }
        Err(refusal) => Err(refusal.into()),
    };
    let wrong = match done {
        Ok(_) => return Ok(Redirect::to(&format!("/o/m/{at}/review")).into_response()),
        Err(Error::Refused(Refusal::Malformed(_) | Refusal::TooLong(_))) => Wrong::Reason,
        Err(Error::Refused(_) | Error::Taken(_)) => Wrong::Gone,
        Err(error) => return Err(who.no()(error)),
    };
    show(
        &state,
        &who,
        &market,
        Typed { wrong: Some(wrong), key: Some(key), reason: form.reason, ..Typed::default() },
    )
    .await
}

/// Says how fast a stall serves.
pub async fn pace(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(form): Form<Said>,
) -> std::result::Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let stall: StallId = form.stall.parse().map_err(who.no::<Refusal>())?;
    let Ok(pace) = form.pace() else {
        let typed = Typed { wrong: Some(Wrong::Pace), filled: form.filled(), ..Typed::default() };
        return show(&state, &who, &market, typed).await;
    };
    state.store.pace_set(&by, at.market, stall, pace, state.now()).await.map_err(who.no())?;
    Ok(Redirect::to(&format!("/o/m/{at}/review")).into_response())
}

/// Stalls that are faster than usual, in words, the fastest first.
pub async fn alarms(state: &State, lang: Lang, counts: &Snapshot) -> Result<Vec<String>> {
    let paces = state.store.paces(counts.market, state.now()).await?;
    let signs = state.store.signs(counts.market, state.now()).await?;
    let of =
        |no: &str| signs.iter().find(|sign| sign.no == no).and_then(|sign| paces.get(&sign.stall).copied());
    let fast =
        counts.stalls.iter().filter(|stall| of(&stall.no).unwrap_or_default().is_alarm(stall.last_15_min));
    let mut fast: Vec<_> = fast.collect();
    fast.sort_by_key(|stall| Reverse(stall.last_15_min));
    let words = Words(lang);
    Ok(fast
        .into_iter()
        .map(|stall| words.alarm(&named(lang, &stall.no, &stall.name), stall.last_15_min))
        .collect())
}

/// `3号 网格有约`
fn named(lang: Lang, no: &str, name: &str) -> String {
    lang.pick(format!("{no}号 {name}"), format!("{no} {name}"))
}

async fn view(state: &State, who: &SignedIn, market: &Market, typed: Typed) -> Result<View> {
    let at = MarketRef { org: market.org, market: market.id };
    let (viewer, lang, now) = (who.actor.viewer(), who.desk.lang, state.now());
    let (groups, reviews) =
        (state.store.waiting(&viewer, at.market).await?, state.store.reviews(&viewer, at.market).await?);
    let counts = state.store.snapshot(at, now).await?;
    let signs = state.store.signs(at, now).await?;
    let names: BTreeMap<StallId, String> =
        signs.iter().map(|sign| (sign.stall, named(lang, &sign.no, &sign.name))).collect();
    let stalls = signs.iter().filter(|sign| !sign.withdrawn);
    let stalls = stalls.map(|sign| (sign.stall.to_string(), names[&sign.stall].clone())).collect();
    let paces = state.store.paces(at, now).await?;
    let said = signs.iter().filter_map(|sign| Some((names[&sign.stall].clone(), *paces.get(&sign.stall)?)));
    let place = market.place()?;
    let own = who.actor.account().to_string();
    let told = Told { place: &place, names: &names, own: &own, reviews: &reviews, now };
    let lines = groups.iter().map(|group| told.line(group, &typed)).collect();
    let past = reviews.iter().filter(|one| one.settled_at.is_some()).map(|one| told.past(one)).collect();
    Ok(View {
        market: at,
        lines,
        alarms: alarms(state, lang, &counts).await?,
        past,
        stalls,
        paces: said.collect(),
        filled: typed.filled,
        wrong: typed.wrong,
        admits: who.actor.admin().is_ok(),
    })
}

/// What turns rows into lines.
struct Told<'a> {
    place: &'a Place,
    names: &'a BTreeMap<StallId, String>,
    own: &'a str,
    reviews: &'a [Review],
    now: Moment,
}

impl Told<'_> {
    fn name(&self, key: &Key) -> String {
        self.names.get(&key.stall).cloned().unwrap_or_default()
    }

    fn time(&self, key: &Key) -> String {
        format!("{}–{}", self.place.clock(key.from), self.place.clock(key.until()))
    }

    fn standing(&self, key: &Key) -> Standing {
        let open = self.reviews.iter().find(|one| one.settled_at.is_none() && one.key == *key);
        match open {
            Some(one) if one.entered_by == self.own => Standing::ProposedOwn(one.reason.clone()),
            Some(one) => Standing::Proposed(one.reason.clone()),
            None if self.now < ripe_at(key.from) => Standing::Later(self.place.clock(ripe_at(key.from))),
            None => Standing::Open,
        }
    }

    fn line(&self, group: &Group, typed: &Typed) -> Line {
        let key = &group.key;
        Line {
            stall: key.stall.to_string(),
            from: key.from.millis(),
            labels: key.labels,
            name: self.name(key),
            time: self.time(key),
            n: group.n,
            standing: self.standing(key),
            typed: if typed.key == Some(*key) { typed.reason.clone() } else { String::new() },
        }
    }

    fn past(&self, one: &Review) -> Past {
        Past {
            name: self.name(&one.key),
            time: self.time(&one.key),
            labels: one.key.labels,
            n: one.n,
            verdict: one.verdict,
            reason: one.reason.clone(),
        }
    }
}
