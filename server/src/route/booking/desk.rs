//! The desk: who comes today, who did not, and booking for somebody who stands there.

use axum::extract::{Form, Query, State as Shared};
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::booking::{self as pages, Room, View};
use kaishi_app::state::State;
use kaishi_app::words::booking::{Booking as Told, Desk as Words};
use kaishi_domain::appeal::SlipCode;
use kaishi_domain::booking::{Bar, Resource};
use kaishi_domain::id::hex;
use kaishi_domain::moment::{Day, Place};
use kaishi_domain::queue::{Mark, Standing};
use kaishi_domain::season::Table;
use kaishi_domain::{Moment, OrgId, Refusal, ResourceId};
use kaishi_store::{Booked, Error, Result, Said, Whose};
use serde::Deserialize;

use super::{day_name, hours, whole};
use crate::route::booking::manage::ZONE;
use crate::route::caller::{No, SignedIn};

/// What the address may add.
#[derive(Deserialize)]
pub struct Look {
    day: Option<String>,
    made: Option<String>,
}

/// What a button sends.
#[derive(Deserialize)]
pub struct Sent {
    #[serde(default)]
    day: String,
    #[serde(default)]
    act: String,
    #[serde(default)]
    resource: String,
    #[serde(default)]
    slot: String,
    #[serde(default)]
    nonce: String,
}

/// The day that is meant: today, where none is.
fn day_of(typed: &str, now: Moment) -> Result<Day> {
    Ok(Day::parse(typed).or_else(|_| Place::named(ZONE).map(|place| place.day(now)))?)
}

/// The page.
pub async fn page(
    Shared(state): Shared<State>,
    who: SignedIn,
    Query(look): Query<Look>,
) -> std::result::Result<Page, No> {
    let made = look.made.and_then(|code| code.parse::<SlipCode>().ok()).map(|code| code.to_string());
    show(&state, &who, &look.day.unwrap_or_default(), (made, None)).await.map_err(who.no())
}

async fn show(
    state: &State,
    who: &SignedIn,
    day: &str,
    (made, wrong): (Option<String>, Option<String>),
) -> Result<Page> {
    let (org, now) = (who.actor.org(), state.now());
    let (day, today) = (day_of(day, now)?, day_of("", now)?);
    let (table, mut rooms) = (state.store.special_days(org).await?, Vec::new());
    for resource in state.store.resources(org).await? {
        let room = room(state, org, resource, (day, now), &table).await?;
        if room.resource.standing != Standing::Off || !room.lines.is_empty() {
            rooms.push(room);
        }
    }
    let view = View {
        day: day.to_string(),
        title: day_name(who.desk.lang, day),
        beside: [day.plus_days(-1), today, day.plus_days(1)].map(|day| day.to_string()),
        rooms,
        public: format!("/b/{org}"),
        nonce: hex(&state.random::<16>()),
        made,
        wrong,
    };
    Ok(pages::desk(&who.desk, view))
}

async fn room(
    state: &State,
    org: OrgId,
    resource: Resource,
    (day, now): (Day, Moment),
    table: &Table,
) -> Result<Room> {
    let held = state.store.bookings(org, resource.id, whole(&resource, day, day)?).await?;
    let free = resource.slots(day, table)?.into_iter();
    let free = free.filter(|slot| slot.to > now && resource.left(*slot, &held) > 0);
    Ok(Room {
        free: free.map(|slot| (slot.from.millis().to_string(), hours(&resource, slot))).collect(),
        lines: held.iter().map(|one| (*one, hours(&resource, one.slot))).collect(),
        resource,
    })
}

/// Does what a button says.
pub async fn act(
    Shared(state): Shared<State>,
    who: SignedIn,
    Form(sent): Form<Sent>,
) -> std::result::Result<Response, No> {
    let by = who.organizer()?;
    let (words, org, now) = (Words(who.desk.lang), by.org(), state.now());
    let done = async {
        let (act, code) = sent.act.split_once(':').unwrap_or((&sent.act, ""));
        if act == "book" {
            return book(&state, &who, &sent, now).await;
        }
        let code: SlipCode = code.parse()?;
        let said = match act {
            "came" => Said::Mark(Mark::Served),
            "missed" => Said::Mark(Mark::Missed),
            "undo" => Said::Unmark,
            "cancel" => {
                state.store.booking_cancel(org, code, Some(&by), now).await?;
                return Ok(Ok(None));
            }
            _ => return Err(Refusal::Malformed("act").into()),
        };
        state.store.booking_mark(&by, code, said, now).await?;
        Ok(Ok(None))
    };
    let wrong = match done.await {
        Ok(Ok(made)) => {
            let made = made.map(|code: SlipCode| format!("&made={code}")).unwrap_or_default();
            let day = day_of(&sent.day, now).map_err(who.no())?;
            return Ok(Redirect::to(&format!("/o/bookings?day={day}{made}")).into_response());
        }
        Ok(Err(bar)) => Told(who.desk.lang).bar(bar, ""),
        Err(Error::Refused(Refusal::WrongState(why))) if why == "early" => words.early().to_owned(),
        Err(Error::Refused(Refusal::WrongState(why))) if why == "full" => words.given().to_owned(),
        Err(Error::Refused(Refusal::WrongState(_)) | Error::Taken(_)) => words.other().to_owned(),
        Err(error) => return Err(who.no()(error)),
    };
    let page = show(&state, &who, &sent.day, (None, Some(wrong))).await.map_err(who.no())?;
    Ok(page.into_response())
}

/// Books for whoever stands there; nothing is kept of them but the code.
async fn book(
    state: &State,
    who: &SignedIn,
    sent: &Sent,
    now: Moment,
) -> Result<std::result::Result<Option<SlipCode>, Bar>> {
    let by = who.actor.organizer()?;
    let id: ResourceId = sent.resource.parse()?;
    let from = Moment::from_millis(sent.slot.parse().map_err(|_| Refusal::Malformed("slot"))?);
    let nonce = u128::from_str_radix(&sent.nonce, 16).map_err(|_| Refusal::Malformed("nonce"))?.to_be_bytes();
    let resource = state.store.resource(by.org(), id).await?;
    let table = state.store.special_days(by.org()).await?;
    let Some(slot) = resource.slot(from, &table)? else { return Ok(Err(Bar::NoSlot)) };
    let whose = (Whose::Desk(&by), nonce);
    match state.store.booking_take(by.org(), (&resource, slot), whose, now).await? {
        Booked::Given(code) => Ok(Ok(Some(code))),
        Booked::Barred(bar) => Ok(Err(bar)),
    }
}
