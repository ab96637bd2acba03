//! What whoever runs the server looks after: backups, proofs, keys; and for whoever looks after accounts, the phones
//! of all Saturdays.

use std::sync::Arc;

use axum::extract::{Query, State as Shared};
use axum::http::{Extensions, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::fault::Fault;
use kaishi_app::pages::people::operations::{self as pages, Backup, Key, Phone, Server, View};
use kaishi_app::state::State;
use kaishi_app::words::operations::Operations as Words;
use kaishi_domain::actor::Auditor;
use kaishi_domain::moment::{Day, Place};
use kaishi_domain::{MarketRef, Moment, OrgId, Refusal};
use kaishi_store::{Error, Task};
use serde::Deserialize;

use crate::health;
use crate::route::caller::{No, Signed};
use crate::route::names::moment;
use crate::works::Works;

/// Where the clock of the page stands: a server is looked after from one place, whatever its markets do.
const ZONE: &str = "Asia/Shanghai";

/// What has just happened.
#[derive(Deserialize)]
pub struct Just {
    done: Option<String>,
}

/// The machine, if this server knows of one.
fn works(extensions: &Extensions) -> Option<Arc<Works>> {
    extensions.get::<Arc<Works>>().cloned()
}

/// `2026-11-27 22:49`
fn told(place: &Place, at: Moment) -> String {
    format!("{} {}", place.day(at), place.clock(at))
}

/// Whoever runs the server; where it has one organization only, whoever looks after that one's accounts.
async fn runs(state: &State, who: &Signed) -> Result<bool, Error> {
    if who.seat.operator().is_ok() {
        return Ok(true);
    }
    let is_admin = who.seat.actor().is_ok_and(|actor| actor.admin().is_ok());
    Ok(is_admin && state.store.organizations().await?.len() == 1)
}

async fn server(state: &State, who: &Signed, works: Option<&Works>, place: &Place) -> Result<Server, Fault> {
    let lang = who.desk.lang;
    let tell = |at| told(place, at);
    let broken = |error: anyhow::Error| {
        tracing::error!(error = format!("{error:#}"), "the page of operations");
        Fault::Broken
    };
    let org = if who.seat.actor().is_ok() { who.seat.org } else { OrgId::INSTALLATION };
    let run = state.store.runs(org).await?.remove(&Task::Retention);
    let (busy, failed) = works.map(Works::standing).unwrap_or_default();
    let backups = match works {
        None => None,
        Some(works) => {
            let found = works.backups(&state.store).map_err(broken)?;
            let one = |found: crate::works::Found| Backup {
                at: tell(found.at),
                file: found.name,
                bytes: found.bytes,
                proved: found.proved,
            };
            Some(found.into_iter().map(one).collect())
        }
    };
    let key = |(id, since, is_void): (u8, Option<Day>, bool)| Key {
        id,
        since: since.map(|day| day.to_string()),
        is_void,
    };
    Ok(Server {
        version: crate::serve::VERSION.to_owned(),
        engine: if state.store.is_shared() { "PostgreSQL" } else { "SQLite" },
        bytes: u64::try_from(state.store.bytes().await?).unwrap_or(0),
        disk: health::disk(&state.store),
        migrations: state.store.schema().await?.had,
        retention: run.map(|run| format!("{} · {}", tell(run.at), Words(lang).retained(&run.found))),
        may_run: works.is_some(),
        keys: works.map(|works| works.keys().map(key).collect()).unwrap_or_default(),
        backups,
        busy,
        failed,
    })
}

async fn phones(state: &State, who: &Signed, by: &Auditor, place: &Place) -> Result<Vec<Phone>, Error> {
    let lang = who.desk.lang;
    let out = state.store.devices_out(by, state.now()).await?;
    let phone = |out: kaishi_store::Out| Phone {
        market: MarketRef { org: by.org(), market: out.market },
        day: Day::parse(&out.held_on).map_or(out.held_on, |day| lang.pick(day.zh(), day.en())),
        stall: out.stall,
        mark: out.device.mark(),
        named: (out.link.to_string(), out.device.to_string()),
        seen: moment(place, lang, out.seen),
        unsent: out.unsent,
    };
    Ok(out.into_iter().map(phone).collect())
}

async fn view(
    state: &State,
    who: &Signed,
    works: Option<Arc<Works>>,
    (said, wrong): (Option<&'static str>, Option<&'static str>),
) -> Result<View, Fault> {
    let place = Place::named(ZONE).map_err(Fault::from)?;
    let runs = runs(state, who).await?;
    let server = if runs { Some(server(state, who, works.as_deref(), &place).await?) } else { None };
    let tell = |at| told(&place, at);
    let verified = state.store.runs(OrgId::INSTALLATION).await?.remove(&Task::Verify);
    let auditor = who.seat.actor().and_then(|actor| actor.auditor());
    let (head, phones) = match auditor {
        Ok(by) => {
            let head = state.store.trail_head(&by).await?;
            let head = format!("{} · {}", head.rows, head.link);
            (Some(head), Some(phones(state, who, &by, &place).await?))
        }
        Err(_) => (None, None),
    };
    Ok(View {
        server,
        verified: verified.map(|run| {
            // Rows and flaws of others are for whoever runs the server alone.
            let short = run.found.split([',', ':']).next().unwrap_or_default();
            format!("{} · {}", tell(run.at), if runs { &run.found } else { short })
        }),
        head,
        phones,
        said,
        wrong,
    })
}

/// The page.
pub async fn page(
    Shared(state): Shared<State>,
    who: Signed,
    Query(just): Query<Just>,
    extensions: Extensions,
) -> Result<Page, No> {
    let words = Words(who.desk.lang);
    let said = just.done.as_deref().map(|done| if done == "busy" { words.busy() } else { words.started() });
    let view = view(&state, &who, works(&extensions), (said, None)).await.map_err(who.no())?;
    Ok(pages::operations(&who.desk, view))
}

/// Begins something, or says why not.
async fn begin(
    state: &State,
    who: &Signed,
    extensions: &Extensions,
    start: impl FnOnce(&Arc<Works>) -> bool,
) -> Result<Response, No> {
    let (words, works) = (Words(who.desk.lang), works(extensions));
    // An auditor reads this page and begins nothing.
    if who.seat.operator().is_err() && who.seat.actor().and_then(|actor| actor.admin()).is_err() {
        return Err(No::new(&who.desk, Refusal::NotAllowed.into()));
    }
    let wrong = match &works {
        _ if !runs(state, who).await.map_err(who.no())? => words.others(),
        None => words.no_room(),
        Some(works) => {
            let done = if start(works) { "begun" } else { "busy" };
            return Ok(Redirect::to(&format!("/o/operations?done={done}")).into_response());
        }
    };
    let view = view(state, who, works, (None, Some(wrong))).await.map_err(who.no())?;
    Ok(pages::operations(&who.desk, view).status(StatusCode::CONFLICT).into_response())
}

/// Begins a backup.
pub async fn back_up(
    Shared(state): Shared<State>,
    who: Signed,
    extensions: Extensions,
) -> Result<Response, No> {
    begin(&state, &who, &extensions, |works| works.back_up(&state)).await
}

/// Begins a proof of every chain.
pub async fn verify(
    Shared(state): Shared<State>,
    who: Signed,
    extensions: Extensions,
) -> Result<Response, No> {
    begin(&state, &who, &extensions, |works| works.prove(&state)).await
}
