//! The quiz at a stall: questions drawn from the visitor's tag, so that nothing is kept before the answer.

use std::collections::HashMap;

use axum::extract::Form;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use kaishi_app::pages::resident::{self, Asked, No, Quiz, Retry, Verdict};
use kaishi_app::words::quiz::Quiz as Words;
use kaishi_app::words::resident::Done;
use kaishi_domain::poster::Standing;
use kaishi_domain::quiz::draw;
use kaishi_domain::reward::{Cause, Reward};
use kaishi_domain::token::Ticket;
use kaishi_domain::{MarketRef, Refusal};
use kaishi_store::Error;

use crate::route::door::Door;
use crate::route::visitor::{self, Visitor};

/// What the form sends: the ticket, and an answer a question.
type Sent = HashMap<String, String>;

fn path(door: &Door) -> String {
    format!("{}/quiz", door.path)
}

/// The page of a pass.
pub fn pass_path(at: MarketRef, code: kaishi_domain::appeal::SlipCode) -> String {
    format!("/m/{at}/pass/{code}")
}

/// The quiz that is rewarded at this stall now, with how many rewards are left; else the page to show instead.
async fn open(door: &Door) -> Result<(Reward, i64), Response> {
    match door.standing() {
        Ok(Standing::Counts(_)) => {}
        Ok(other) => return Err(door.refuse(other).await.into_response()),
        Err(refusal) => return Err(door.broken(&refusal.into()).into_response()),
    }
    match door.state.store.reward(door.market(), Cause::Quiz).await {
        Ok(Some((reward, left))) if reward.stall == door.scan.sign.stall => Ok((reward, left)),
        Ok(_) => Err(Redirect::to(&door.sized(&door.path)).into_response()),
        Err(error) => Err(busy(door, &error)),
    }
}

fn busy(door: &Door, error: &Error) -> Response {
    tracing::warn!(%error, "a quiz was not read");
    door.page(&No::Busy(Retry::Page(path(door)))).into_response()
}

fn gone(door: &Door) -> Response {
    let top = door.top_at(&path(door));
    let words = Words(top.lang);
    resident::told(&door.state.site, &top, words.gone(), words.gone_why()).into_response()
}

/// The questions of a ticket with what was answered.
async fn asked(door: &Door, ticket: &Ticket, needs: i64, sent: &Sent) -> Result<Vec<Asked>, Error> {
    let market = door.market();
    let bank = door.state.store.questions(market.org).await?;
    let many = usize::try_from(needs).unwrap_or(0);
    let chosen = |question: &kaishi_domain::quiz::Question| {
        sent.get(&format!("q-{}", question.id())).and_then(|text| text.parse().ok())
    };
    Ok(draw(&bank, &ticket.visitor, market.market, many)
        .into_iter()
        .map(|question| Asked { chosen: chosen(question), question: question.clone() })
        .collect())
}

fn show(door: &Door, reward: &Reward, ticket: &Ticket, asked: Vec<Asked>, verdict: Verdict) -> Response {
    let (path, sign) = (path(door), &door.scan.sign);
    let top = door.top_at(&path);
    let stall = Done(top.lang).where_served(&sign.no, &sign.name);
    let fetch = Words(top.lang).fetch(&stall, &reward.prize);
    let quiz = Quiz { path, ticket: door.state.keys.seal(ticket), asked, fetch, verdict };
    resident::quiz(&door.state.site, &top, quiz).into_response()
}

async fn fresh(door: &Door, jar: CookieJar, reward: &Reward, left: i64, verdict: Verdict) -> Response {
    let Some(key) = door.scan.day_key else { return door.page(&No::Over).into_response() };
    let (visitor, jar) = visitor::known_or_new(&door.state, jar, door.scan.market.closes_at, door.now);
    let tag = visitor.tag(&key);
    match door.state.store.pass_of(door.market(), Cause::Quiz, "", Some(tag)).await {
        Ok(Some(code)) => return Redirect::to(&door.sized(&pass_path(door.market(), code))).into_response(),
        Ok(None) => {}
        Err(error) => return busy(door, &error),
    }
    let ticket = Ticket::mint(door.scan.poster.id, door.now, door.state.random(), tag);
    match asked(door, &ticket, reward.needs, &Sent::new()).await {
        Ok(asked) if left > 0 && !asked.is_empty() => {
            (jar, show(door, reward, &ticket, asked, verdict)).into_response()
        }
        Ok(_) => gone(door),
        Err(error) => busy(door, &error),
    }
}

/// The questions, or the pass that this phone has.
pub async fn page(door: Door, jar: CookieJar) -> Response {
    match open(&door).await {
        Ok((reward, left)) => fresh(&door, jar, &reward, left, Verdict::Fresh).await,
        Err(instead) => instead,
    }
}

/// Judges the answers; right ones give a pass.
pub async fn answer(door: Door, jar: CookieJar, Form(sent): Form<Sent>) -> Response {
    let (reward, left) = match open(&door).await {
        Ok(reward) => reward,
        Err(instead) => return instead,
    };
    let sealed = sent.get("ticket").map(String::as_str).unwrap_or_default();
    let age = door.state.limits.ticket_age;
    let Ok(ticket) = door.state.keys.open(sealed, door.scan.poster.id, door.now, age) else {
        return fresh(&door, jar, &reward, left, Verdict::Stale).await;
    };
    let asked = match asked(&door, &ticket, reward.needs, &sent).await {
        Ok(asked) if asked.is_empty() => return gone(&door),
        Ok(asked) => asked,
        Err(error) => return busy(&door, &error),
    };
    if asked.iter().any(|one| one.chosen.is_none()) {
        return show(&door, &reward, &ticket, asked, Verdict::Missing);
    }
    if asked.iter().any(|one| one.chosen != Some(one.question.answer())) {
        return show(&door, &reward, &ticket, asked, Verdict::Again);
    }
    let visitor = Visitor::sent(&door.state, &jar).and_then(|visitor| door.proves(&visitor, &ticket));
    match door.state.store.pass_give(door.market(), Cause::Quiz, ticket.nonce, visitor, door.now).await {
        Ok(code) => Redirect::to(&door.sized(&pass_path(door.market(), code))).into_response(),
        Err(Error::Refused(Refusal::Taken(_))) => gone(&door),
        Err(error) => busy(&door, &error),
    }
}
