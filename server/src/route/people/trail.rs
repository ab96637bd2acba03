//! The audit trail of an organization, newest first, a page at a time: all of it, or what an organizer has done.

use axum::extract::{Query, State as Shared};
use kaishi_app::document::Page;
use kaishi_app::pages::people::trail::{self, Line, Shown};
use kaishi_app::state::State;
use kaishi_domain::{Moment, UnitId};
use serde::Deserialize;

use crate::route::caller::{No, SignedIn};
use crate::route::names::moment;
use crate::route::unit::place;

/// From where on; nothing is the newest.
#[derive(Deserialize)]
pub struct From {
    before: Option<String>,
}

impl From {
    /// `1683945720000-0f3a…`: a moment and a row of it.
    fn mark(&self) -> Option<(Moment, String)> {
        let (at, id) = self.before.as_deref()?.split_once('-')?;
        let plain = id.len() <= 40 && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        Some((Moment::from_millis(at.parse().ok()?), plain.then(|| id.to_owned())?))
    }
}

/// The page.
pub async fn page(Shared(state): Shared<State>, who: SignedIn, Query(from): Query<From>) -> Result<Page, No> {
    let (lang, place) = (who.desk.lang, place(&state, &who).await?);
    let mark = from.mark();
    let (rows, is_whole) = match who.actor.auditor() {
        Ok(by) => (state.store.trail(&by, mark.clone()).await, true),
        Err(_) => (state.store.trail_own(&who.organizer()?, mark.clone()).await, false),
    };
    let rows = rows.map_err(who.no())?;
    let earlier =
        rows.more.then(|| rows.acts.last().map(|act| format!("{}-{}", act.at.millis(), act.id))).flatten();
    let units = state.store.unit_names(who.actor.org()).await.map_err(who.no())?;
    // A unit acts by its bare id where it answers a call, and by `unit:` where it handles an appeal.
    let unit = |actor: &str| {
        let id: UnitId = actor.strip_prefix("unit:").unwrap_or(actor).parse().ok()?;
        units.get(&id).cloned()
    };
    let lines = rows
        .acts
        .into_iter()
        .map(|act| Line {
            at: moment(&place, lang, act.at),
            unit: unit(&act.actor),
            actor: act.actor,
            login: act.login,
            verb: act.verb,
            object: act.object,
            detail: act.detail,
        })
        .collect();
    Ok(trail::trail(&who.desk, Shown { lines, earlier, is_older: mark.is_some(), is_whole, place }))
}
