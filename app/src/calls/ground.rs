//! Opening and saving a ground.
#![allow(missing_docs, reason = "the argument structs that the macro writes carry none")]

use kaishi_domain::ground::{Clash, Diff, Ground};
use kaishi_domain::market::Stage;
use kaishi_domain::{GroundId, MarketId};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::Json;

use crate::fault::Fault;
use crate::words::Lang;

/// Everything the drawing board needs.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Opened {
    /// The ground that stands.
    pub ground: Ground,
    /// Its revision.
    pub revision: i64,
    /// Whether this account may change it.
    pub may_change: bool,
}

/// A market that a change touches.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Touched {
    /// Which.
    pub market: MarketId,
    /// `5月13日`
    pub day: String,
    /// Its name.
    pub name: String,
    /// How far it is.
    pub stage: Stage,
    /// The numbers of the stalls that would be in error, over both plans.
    pub wrong: Vec<String>,
    /// How many are in error now.
    pub before: usize,
}

/// What became of a save.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// Stored.
    Done {
        /// The revision it made.
        revision: i64,
        /// The whole ground when others saved in between.
        merged: Option<Box<Ground>>,
    },
    /// Nothing is stored yet: these markets have to be seen first.
    Touches(Vec<Touched>),
    /// Others changed the same parts.
    Stale {
        /// The revision that stands.
        revision: i64,
        /// The ground that stands.
        ground: Box<Ground>,
        /// Which parts, with both versions.
        clashes: Vec<Clash>,
    },
}

/// Opens a ground.
#[server(prefix = "/api/call", endpoint = "ground/load", input = Json, output = Json)]
pub async fn load(ground: GroundId) -> Result<Opened, Fault> {
    let (state, actor) = (super::state()?, super::actor().await?);
    let (revision, body) = state.store.ground(actor.org(), ground).await?;
    Ok(Opened { ground: Ground::parse(&body)?, revision, may_change: actor.organizer().is_ok() })
}

/// Saves a diff that was made on a revision, if whoever saves has seen every market that it touches with the
/// number of stalls that would be in error there.
#[server(prefix = "/api/call", endpoint = "ground/save", input = Json, output = Json)]
pub async fn save(
    ground: GroundId,
    base: i64,
    diff: Diff,
    seen: Vec<(MarketId, usize)>,
    lang: Lang,
) -> Result<Kept, Fault> {
    use kaishi_domain::ground::{Flaw, Misfit, flaws};
    use kaishi_store::Drawn;
    let (state, by) = (super::state()?, super::actor().await?.organizer()?);
    let (_, body) = state.store.ground(by.org(), ground).await?;
    let before = Ground::parse(&body)?;
    let mut after = before.clone();
    match diff.apply(&mut after) {
        Err(Misfit::Refused(refusal)) => return Err(refusal.into()),
        Ok(()) if flaws(&after).iter().any(Flaw::is_error) => return Err(Fault::Refused("drawing".into())),
        Ok(()) => {
            let touched = touched(&state.store.followers(&by, ground).await?, &before, &after, lang)?;
            let shown = |one: &Touched| seen.contains(&(one.market, one.wrong.len()));
            if !touched.iter().all(shown) {
                return Ok(Kept::Touches(touched));
            }
        }
        // The store says with whom it clashes.
        Err(Misfit::Clashes(_)) => {}
    }
    Ok(match state.store.ground_change(&by, ground, base, &diff, state.now()).await? {
        Drawn::Done { revision, merged } => Kept::Done { revision, merged: merged.map(Box::new) },
        Drawn::Stale { revision, ground, clashes } => Kept::Stale { revision, ground, clashes },
    })
}

/// What a change means for the markets that follow the ground.
#[cfg(feature = "ssr")]
fn touched(
    followers: &[kaishi_store::Follower],
    before: &Ground,
    after: &Ground,
    lang: Lang,
) -> Result<Vec<Touched>, Fault> {
    use kaishi_domain::moment::Day;
    let mut all = Vec::new();
    for follower in followers {
        let market = &follower.market;
        let day = Day::parse(&market.held_on)?;
        all.push(Touched {
            market: market.id,
            day: lang.pick(day.zh(), day.en()),
            name: market.name.clone(),
            stage: market.stage,
            wrong: wrong(follower, after),
            before: wrong(follower, before).len(),
        });
    }
    Ok(all)
}

/// The numbers of the stalls that are in error on a ground, over both plans, in order.
#[cfg(feature = "ssr")]
fn wrong(follower: &kaishi_store::Follower, ground: &Ground) -> Vec<String> {
    use kaishi_domain::layout::{Severity, check, number_order};
    let mut numbers = std::collections::BTreeSet::new();
    for (_, layout, uses) in &follower.layouts {
        let errors =
            check(ground, layout, uses).into_iter().filter(|breach| breach.severity == Severity::Error);
        let stalls = errors.flat_map(|breach| breach.stalls);
        numbers.extend(stalls.filter_map(|id| layout.stall(id).map(|s| (number_order(&s.no), s.no.clone()))));
    }
    numbers.into_iter().map(|(_, no)| no).collect()
}
