//! Publishing a map: how the draft stands to what residents see, and making it the next version.
#![allow(missing_docs, reason = "the argument structs that the macro writes carry none")]

use kaishi_domain::MarketRef;
use kaishi_domain::layout::Layout;
use kaishi_domain::market::Plan;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::Json;

use crate::calls::layout::Held;
use crate::fault::Fault;
use crate::words::Lang;
use crate::words::publish::Publish as Words;

/// What residents see of a plan.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Seen {
    /// Its version; 0 before the first.
    pub version: i64,
    /// Its stalls.
    pub layout: Layout,
}

/// What became of a publish.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Put {
    /// Residents see it.
    Done {
        /// Its number.
        version: i64,
        /// `10:21` on the wall of the square.
        at: String,
    },
    /// Somebody has saved since; nothing was published.
    Stale,
    /// Rules are broken; nothing was published.
    Wrong {
        /// How many.
        count: usize,
        /// The first in words: `12 压住消防通道 0.40 m`.
        first: String,
    },
    /// Something hangs on stalls that would vanish.
    Held(Vec<Held>),
    /// Another stall has one of its numbers on the other plan that residents see.
    Twin,
    /// There is no stall on it.
    Empty,
}

impl Held {
    /// `12 号有单位、1 张海报`
    pub fn sentence(&self, words: Words) -> String {
        words.hangs(&self.no, self.assigned, self.posters, self.encounters)
    }
}

impl Put {
    /// In one sentence.
    pub fn sentence(&self, words: Words) -> String {
        match self {
            Self::Done { version, at } => words.done(*version, at),
            Self::Wrong { count, first } => words.wrong(*count, first),
            Self::Held(held) => {
                words.not_published(&held.iter().map(|one| one.sentence(words)).collect::<Vec<_>>())
            }
            Self::Stale => words.stale().to_owned(),
            Self::Twin => words.twin().to_owned(),
            Self::Empty => words.empty().to_owned(),
        }
    }
}

/// Reads what residents see.
#[server(prefix = "/api/call", endpoint = "layout/published", input = Json, output = Json)]
pub async fn published(market: MarketRef, plan: Plan) -> Result<Seen, Fault> {
    let (state, actor) = (super::state()?, super::actor().await?);
    if market.org != actor.org() {
        return Err(Fault::Missing);
    }
    let (version, layout) = state.store.published(market, plan).await?;
    Ok(Seen { version, layout })
}

/// Publishes the draft, if it still has the revision that was looked at.
#[server(prefix = "/api/call", endpoint = "layout/publish", input = Json, output = Json)]
pub async fn publish(market: MarketRef, plan: Plan, revision: i64, lang: Lang) -> Result<Put, Fault> {
    let (state, by) = (super::state()?, super::actor().await?.organizer()?);
    if market.org != by.org() {
        return Err(Fault::Missing);
    }
    put(&state, &by, market, plan, revision, lang).await
}

/// The same for pages without a script.
#[cfg(feature = "ssr")]
pub async fn put(
    state: &crate::state::State,
    by: &kaishi_domain::actor::Organizer,
    market: MarketRef,
    plan: Plan,
    revision: i64,
    lang: Lang,
) -> Result<Put, Fault> {
    use kaishi_store::{Error, Published};
    let now = state.now();
    let done = state.store.layout_publish(by, market.market, plan, revision, now).await;
    Ok(match done {
        Ok(Published::Done { version, .. }) => {
            Put::Done { version, at: state.store.market(market).await?.place()?.clock(now) }
        }
        Ok(Published::Stale { .. }) => Put::Stale,
        Ok(Published::Wrong(wrong)) => {
            let (_, layout) = state.store.layout(market, plan).await?;
            let words = crate::words::layout::Editor(lang);
            let first = wrong.first().map(|breach| words.sentence(breach, &layout)).unwrap_or_default();
            Put::Wrong { count: wrong.len(), first }
        }
        Ok(Published::Held(held)) => Put::Held(held.into_iter().map(Held::from).collect()),
        Ok(Published::Empty) => Put::Empty,
        Err(Error::Taken(_)) => Put::Twin,
        Err(error) => return Err(error.into()),
    })
}
