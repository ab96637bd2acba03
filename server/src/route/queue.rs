//! A resident's number: taken at the stall's code, shown behind its own code, given back. No script, no account;
//! without a cookie the address of the number's page is all that is needed.

use axum::extract::{Form, Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use kaishi_app::pages::resident::{self, Line, LineWrong as Wrong, No, NumberSlip, Retry, Serving};
use kaishi_app::state::State;
use kaishi_domain::appeal::SlipCode;
use kaishi_domain::poster::{Sign, Standing as Counts};
use kaishi_domain::queue::{Number, Standing, State as Stands, before, called};
use kaishi_domain::token::Ticket;
use kaishi_domain::{MarketRef, Refusal};
use kaishi_store::{Asked, Error};
use serde::Deserialize;

use crate::route::door::Door;
use crate::route::visitor::{self, Visitor};

/// What the address may add.
#[derive(Deserialize, Default)]
pub struct Look {
    code: Option<String>,
    noted: Option<String>,
    still: Option<String>,
}

/// What the form sends.
#[derive(Deserialize)]
pub struct Sent {
    ticket: String,
}

fn base(door: &Door) -> String {
    format!("{}/queue", door.path)
}

/// The page of a number.
fn own(door: &Door, code: SlipCode) -> Response {
    Redirect::to(&door.sized(&format!("{}/{code}", base(door)))).into_response()
}

/// A stall without a queue shows its own page; what is not read is busy.
fn away(door: &Door, error: &Error) -> Response {
    match error {
        Error::Missing(_) | Error::Refused(Refusal::Malformed(_)) => {
            Redirect::to(&door.sized(&door.path)).into_response()
        }
        _ => {
            tracing::warn!(%error, "a queue was not read");
            door.page(&No::Busy(Retry::Page(base(door)))).into_response()
        }
    }
}

/// Where the queue stands, or the page of the number that this phone has.
pub async fn page(door: Door, Query(look): Query<Look>, jar: CookieJar) -> Response {
    let Some(typed) = look.code else { return show(&door, jar, (None, look.noted.is_some())).await };
    let found = match typed.parse() {
        Ok(code) => door.state.store.number(door.market(), door.scan.sign.stall, code).await,
        Err(refusal) => Err(Error::from(refusal)),
    };
    match found {
        Ok(number) => own(&door, number.code),
        Err(Error::Missing(_) | Error::Refused(_)) => {
            show(&door, jar, (Some((Wrong::Code, typed.chars().take(12).collect())), false)).await
        }
        Err(error) => away(&door, &error),
    }
}

async fn show(door: &Door, jar: CookieJar, (wrong, noted): (Option<(Wrong, String)>, bool)) -> Response {
    match door.standing() {
        Ok(Counts::Counts(_)) => {}
        Ok(other) => return door.refuse(other).await.into_response(),
        Err(refusal) => return door.broken(&refusal.into()).into_response(),
    }
    let Some(key) = door.scan.day_key else { return door.page(&No::Over).into_response() };
    let (visitor, jar) = visitor::known_or_new(&door.state, jar, door.scan.market.closes_at, door.now);
    let tag = visitor.tag(&key);
    match line(door, tag, wrong, noted).await {
        Ok(Ok(line)) => {
            let top = door.top_at(&line.path);
            (jar, resident::queue(&door.state.site, &top, line)).into_response()
        }
        Ok(Err(code)) => own(door, code),
        Err(error) => away(door, &error),
    }
}

/// The line as it stands, or the number that this visitor has in it.
async fn line(
    door: &Door,
    tag: [u8; 16],
    wrong: Option<(Wrong, String)>,
    noted: bool,
) -> Result<Result<Line, SlipCode>, Error> {
    let (store, at, stall) = (&door.state.store, door.market(), door.scan.sign.stall);
    let queue = store.queue(at, stall).await?;
    if queue.standing == Standing::Off {
        return Err(Error::Missing("queue"));
    }
    if let Some(code) = store.number_of(at, stall, tag).await? {
        return Ok(Err(code));
    }
    let living = store.living_numbers(at, stall).await?;
    let called = called(&living);
    let waiting = i64::try_from(living.len()).unwrap_or(i64::MAX) - called;
    let ticket = Ticket::mint(door.scan.poster.id, door.now, door.state.random(), tag);
    let (wrong, typed) = wrong.map_or((None, String::new()), |(wrong, typed)| (Some(wrong), typed));
    Ok(Ok(Line {
        sign: door.scan.sign.clone(),
        path: base(door),
        ticket: door.state.keys.seal(&ticket),
        open: queue.standing == Standing::Open,
        noted: noted && queue.standing == Standing::Closed,
        waiting,
        about: queue.wait(waiting, called, door.now),
        wrong,
        typed,
    }))
}

/// Takes a number, or notes that there was none.
pub async fn take(door: Door, jar: CookieJar, Form(sent): Form<Sent>) -> Response {
    let resident = match door.standing() {
        Ok(Counts::Counts(resident)) => resident,
        Ok(other) => return door.refuse(other).await.into_response(),
        Err(refusal) => return door.broken(&refusal.into()).into_response(),
    };
    let age = door.state.limits.ticket_age;
    let Ok(ticket) = door.state.keys.open(&sent.ticket, resident.poster, door.now, age) else {
        return show(&door, jar, (Some((Wrong::Stale, String::new())), false)).await;
    };
    let visitor = Visitor::sent(&door.state, &jar).and_then(|visitor| door.proves(&visitor, &ticket));
    match door.state.store.number_take(&resident, ticket.nonce, visitor, door.now).await {
        Ok(Asked::Given(code)) => own(&door, code),
        Ok(Asked::TurnedAway) => {
            Redirect::to(&door.sized(&format!("{}?noted=1", base(&door)))).into_response()
        }
        Err(error) => away(&door, &error),
    }
}

/// The page of a number.
pub async fn number(
    door: Door,
    Path((_, code)): Path<(String, String)>,
    Query(look): Query<Look>,
) -> Response {
    match slip(&door, &code, look.still.is_some()).await {
        Ok(slip) => {
            let top = door.top_at(&format!("{}/{}", slip.path, slip.number.code));
            resident::number(&door.state.site, &top, slip).into_response()
        }
        Err(error) => away(&door, &error),
    }
}

async fn slip(door: &Door, code: &str, still: bool) -> Result<NumberSlip, Error> {
    let (store, at, stall) = (&door.state.store, door.market(), door.scan.sign.stall);
    let number = store.number(at, stall, code.parse()?).await?;
    let (queue, living) = (store.queue(at, stall).await?, store.living_numbers(at, stall).await?);
    let (ahead, called) = before(&number, &living);
    let waits = number.state.place().is_some();
    Ok(NumberSlip {
        sign: door.scan.sign.clone(),
        path: base(door),
        number,
        ahead,
        about: queue.wait(ahead, called, door.now).filter(|_| waits),
        serving: in_turn(&living),
        still,
    })
}

fn in_turn(living: &[Number]) -> Vec<i64> {
    let called = living.iter().filter(|one| matches!(one.state, Stands::Called { .. }));
    called.map(|one| one.number).collect()
}

/// Gives a number back.
pub async fn leave(door: Door, Path((_, code)): Path<(String, String)>) -> Response {
    let Ok(code) = code.parse::<SlipCode>() else { return Redirect::to(&base(&door)).into_response() };
    let (at, stall) = (door.market(), door.scan.sign.stall);
    match door.state.store.number_give_up(at, stall, code, door.now).await {
        // Its page says what became of it, also when it was over already.
        Ok(()) | Err(Error::Refused(_) | Error::Taken(_)) => own(&door, code),
        Err(error) => away(&door, &error),
    }
}

/// The open queues of a market, for its public page.
pub async fn serving(state: &State, at: MarketRef, signs: &[Sign]) -> Result<Vec<Serving>, Error> {
    let extras = state.store.extras(at, state.now()).await?;
    let mut queues = Vec::new();
    for sign in signs.iter().filter(|sign| !sign.withdrawn && extras.queues.contains(&sign.stall)) {
        let living = state.store.living_numbers(at, sign.stall).await?;
        let waiting = living.iter().filter(|one| one.state.place().is_some()).count();
        let waiting = i64::try_from(waiting).unwrap_or(i64::MAX);
        queues.push((sign.no.clone(), sign.name.clone(), in_turn(&living), waiting));
    }
    Ok(queues)
}
