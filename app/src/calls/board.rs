//! The assignment board's calls: what stands where, and every change of it.

use kaishi_domain::MarketRef;
use kaishi_domain::assignment::{Act, Board, Change, Held, Weights, spots};
use kaishi_domain::entry::Entry;
use kaishi_domain::ground::Ground;
use kaishi_domain::layout::Layout;
use kaishi_domain::market::Plan;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::Json;

use crate::fault::Fault;

/// Everything the board shows.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Scene {
    /// The place.
    pub ground: Ground,
    /// Where the stalls stand in fair weather.
    pub fair: Layout,
    /// Where they stand in rain.
    pub rain: Layout,
    /// Which of the two is in force.
    pub plan: Plan,
    /// Who comes.
    pub entries: Vec<Entry>,
    /// Who stands where.
    pub held: Vec<Held>,
    /// Whether whoever looks may change anything.
    pub may_change: bool,
}

impl Scene {
    /// The layout of a plan.
    pub const fn layout(&self, plan: Plan) -> &Layout {
        match plan {
            Plan::Fair => &self.fair,
            Plan::Rain => &self.rain,
        }
    }

    /// The board of a plan, as the rules see it.
    pub fn board(&self, plan: Plan) -> Board {
        Board {
            entries: self.entries.clone(),
            spots: spots(&self.ground, self.layout(plan)),
            held: self.held.clone(),
            rain: plan == Plan::Rain,
            weights: Weights::default(),
        }
    }
}

/// What became of a change.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arranged {
    /// Stored.
    Done,
    /// Somebody else was first: who stands there now, or `#3`, where the unit itself stands by now.
    Lost(String),
}

/// Opens the board of a market.
#[server(prefix = "/api/call", endpoint = "board/load", input = Json)]
pub async fn board_load(market: MarketRef) -> Result<Scene, Fault> {
    let (state, actor) = (crate::calls::state()?, crate::calls::actor().await?);
    if market.org != actor.org() {
        return Err(Fault::Missing);
    }
    server::scene(&state, market, actor.organizer().is_ok()).await
}

/// Changes who stands where: all of it or nothing. A pinned place is the organizer's word; any other must
/// obey the rules in the weather of `plan`.
#[server(prefix = "/api/call", endpoint = "board/arrange", input = Json)]
pub async fn board_arrange(
    market: MarketRef,
    plan: Plan,
    act: Act,
    changes: Vec<Change>,
) -> Result<Arranged, Fault> {
    let (state, actor) = (crate::calls::state()?, crate::calls::actor().await?);
    let by = actor.organizer()?;
    if market.org != by.org() {
        return Err(Fault::Missing);
    }
    let before = server::scene(&state, market, true).await?.board(plan);
    let steps = server::steps(&before, act, &changes)?;
    match state.store.arrange(&by, market.market, act, &steps, state.now()).await {
        Ok(()) => Ok(Arranged::Done),
        Err(kaishi_store::Error::Taken(now)) => Ok(Arranged::Lost(now)),
        Err(error) => Err(error.into()),
    }
}

#[cfg(feature = "ssr")]
mod server {
    use kaishi_domain::assignment::{Block, because, change};
    use kaishi_store::Step;

    use super::{Act, Board, Change, Fault, MarketRef, Plan, Scene};
    use crate::state::State;

    pub(super) async fn scene(state: &State, market: MarketRef, may_change: bool) -> Result<Scene, Fault> {
        let store = &state.store;
        let plan = store.market(market).await?.plan;
        Ok(Scene {
            ground: store.ground_of(market).await?,
            fair: store.layout(market, Plan::Fair).await?.1,
            rain: store.layout(market, Plan::Rain).await?.1,
            plan,
            entries: store.entries(market).await?,
            held: store.assignments(market).await?.into_iter().map(|assigned| assigned.held).collect(),
            may_change,
        })
    }

    /// Each change with its reason, or the codes of the rules that it breaks.
    pub(super) fn steps(before: &Board, act: Act, changes: &[Change]) -> Result<Vec<Step>, Fault> {
        let after = Board { held: change::applied(&before.held, changes), ..before.clone() };
        changes
            .iter()
            .map(|change| {
                let reason = because(before, &after, change);
                let free = change.pinned || matches!(act, Act::Undo | Act::Redo) || change.from == change.to;
                if !free && !reason.against.is_empty() {
                    let codes: Vec<_> = reason.against.iter().map(Block::code).collect();
                    return Err(Fault::Refused(codes.join(" ")));
                }
                let reason = serde_json::to_string(&reason).map_err(|_| Fault::Broken)?;
                Ok(Step { change: *change, reason })
            })
            .collect()
    }
}
