//! The assignment board's calls: what stands where, and every change of it.

use kaishi_domain::assignment::{Act, Board, Change, Held, Past, Reserved, Weights, spots_beside};
use kaishi_domain::entry::Entry;
use kaishi_domain::ground::Ground;
use kaishi_domain::layout::Layout;
use kaishi_domain::market::Plan;
use kaishi_domain::unit::CredentialKind;
use kaishi_domain::{EntryId, MarketRef, StallId};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::Json;

use crate::fault::Fault;
use crate::words::Lang;

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
    /// The stalls that no wheelchair gets to, in fair weather and in rain.
    pub stepped: (Vec<StallId>, Vec<StallId>),
    /// Who comes.
    pub entries: Vec<Entry>,
    /// Who stands where.
    pub held: Vec<Held>,
    /// What those who come again had on past Saturdays.
    pub past: Vec<Past>,
    /// Who is named on the poster that was printed for a stall.
    pub printed: Vec<(EntryId, StallId)>,
    /// Whose unit lacks a paper for that day.
    pub unlicensed: Vec<(EntryId, CredentialKind)>,
    /// Whose services are meant for old people.
    pub elders: Vec<EntryId>,
    /// Pairs between whom many visitors go, and how many.
    pub affinity: Vec<(EntryId, EntryId, i64)>,
    /// The stalls that are kept free.
    pub reserved: Vec<Reserved>,
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
        let (fair, rain) = &self.stepped;
        let stepped = if plan == Plan::Rain { rain } else { fair };
        Board {
            entries: self.entries.clone(),
            spots: spots_beside(&self.ground, self.layout(plan), stepped),
            held: self.held.clone(),
            rain: plan == Plan::Rain,
            weights: Weights::default(),
            past: self.past.clone(),
            printed: self.printed.clone(),
            unlicensed: self.unlicensed.clone(),
            elders: self.elders.clone(),
            affinity: self.affinity.clone(),
            reserved: self.reserved.clone(),
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

/// What fill-in would do.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Filling {
    /// Who would stand where.
    pub held: Vec<Held>,
    /// Who stays out, and what would help, as a sentence.
    pub left: Vec<(EntryId, String)>,
    /// Proved to be the best there is.
    pub optimal: bool,
}

/// Opens the board of a market.
#[server(prefix = "/api/call", endpoint = "board/load", input = Json)]
pub async fn board_load(market: MarketRef) -> Result<Scene, Fault> {
    let (state, actor) = (crate::calls::state()?, crate::calls::actor().await?);
    if market.org != actor.org() {
        return Err(Fault::Missing);
    }
    server::scene(&state, &actor.viewer(), market, actor.organizer().is_ok()).await
}

/// Fills in around the pins of what the organizer sees, saved or not. Changes nothing.
#[server(prefix = "/api/call", endpoint = "board/fill", input = Json)]
pub async fn board_fill(
    market: MarketRef,
    plan: Plan,
    held: Vec<Held>,
    lang: Lang,
) -> Result<Filling, Fault> {
    let (state, actor) = (crate::calls::state()?, crate::calls::actor().await?);
    if market.org != actor.organizer()?.org() {
        return Err(Fault::Missing);
    }
    let board = Board { held, ..server::scene(&state, &actor.viewer(), market, true).await?.board(plan) };
    server::propose(board, lang).await
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
    let before = server::scene(&state, &actor.viewer(), market, true).await?.board(plan);
    let steps = server::steps(&before, act, &changes)?;
    server::told(state.store.arrange(&by, market.market, act, &steps, state.now()).await)
}

/// Keeps an empty stall free, with what for, or lets go of it where there is no `why`.
#[server(prefix = "/api/call", endpoint = "board/reserve", input = Json)]
pub async fn board_reserve(
    market: MarketRef,
    stall: StallId,
    why: Option<String>,
) -> Result<Arranged, Fault> {
    let (state, actor) = (crate::calls::state()?, crate::calls::actor().await?);
    let by = actor.organizer()?;
    if market.org != by.org() {
        return Err(Fault::Missing);
    }
    let now = state.now();
    server::told(match why {
        Some(why) => state.store.stall_reserve(&by, market.market, stall, &why, now).await,
        None => state.store.stall_release(&by, market.market, stall, now).await,
    })
}

#[cfg(feature = "ssr")]
mod server {
    use std::collections::BTreeMap;

    use kaishi_domain::actor::Viewer;
    use kaishi_domain::assignment::past::{MOST, Was, past};
    use kaishi_domain::assignment::spot::{quality, stepped};
    use kaishi_domain::assignment::{Block, because, change, fill};
    use kaishi_domain::moment::Day;
    use kaishi_domain::unit::{Audience, Tie, Unit, gate_entry};
    use kaishi_store::Step;

    use super::{Act, Arranged, Board, Change, Entry, EntryId, Fault, Filling, Lang, MarketRef, Plan, Scene};
    use crate::state::State;
    use crate::words::term::help;

    /// Who was first tells the board something; what else goes wrong is a fault.
    pub(super) fn told(done: kaishi_store::Result<()>) -> Result<Arranged, Fault> {
        match done {
            Ok(()) => Ok(Arranged::Done),
            Err(kaishi_store::Error::Taken(now)) => Ok(Arranged::Lost(now)),
            Err(error) => Err(error.into()),
        }
    }

    pub(super) async fn scene(
        state: &State,
        by: &Viewer,
        market: MarketRef,
        may_change: bool,
    ) -> Result<Scene, Fault> {
        let store = &state.store;
        let known = store.market(market).await?;
        let (plan, day) = (known.plan, Day::parse(&known.held_on)?);
        let entries = store.entries(market).await?;
        let units = store.units(by).await?;
        let lack = |entry: &Entry| Some((entry.id, gate_entry(entry, &units, day).first()?.kind));
        let printed = store.posters_named(market).await?;
        let printed = printed.into_iter().filter_map(|(stall, name)| {
            let mut named = entries.iter().filter(|entry| entry.name == name);
            Some((named.next().filter(|_| named.next().is_none())?.id, stall))
        });
        let ground = store.ground_of(market).await?;
        let fair = store.layout(market, Plan::Fair).await?.1;
        let rain = store.layout(market, Plan::Rain).await?.1;
        Ok(Scene {
            stepped: (stepped(&ground, &fair), stepped(&ground, &rain)),
            ground,
            fair,
            rain,
            plan,
            held: store.assignments(market).await?.into_iter().map(|assigned| assigned.held).collect(),
            past: past(&entries, &places(state, market).await?),
            printed: printed.collect(),
            unlicensed: entries.iter().filter_map(lack).collect(),
            elders: entries
                .iter()
                .filter(|entry| serves_elders(entry, &units))
                .map(|entry| entry.id)
                .collect(),
            affinity: affinity(&entries, &store.unit_ties(by).await?),
            reserved: store.reserved(market).await?,
            entries,
            may_change,
        })
    }

    /// Whether something that an entry offers is meant for old people.
    fn serves_elders(entry: &Entry, units: &[Unit]) -> bool {
        let unit = units.iter().find(|unit| Some(unit.id) == entry.unit);
        unit.is_some_and(|unit| {
            let mut offered = unit.services.iter().filter(|service| entry.services.contains(&service.name));
            offered.any(|service| service.audiences.contains(&Audience::Elders))
        })
    }

    /// The ties of units as those of their entries; a unit may come with several.
    fn affinity(entries: &[Entry], ties: &[Tie]) -> Vec<(EntryId, EntryId, i64)> {
        let of = |unit| entries.iter().filter(move |entry| entry.unit == Some(unit)).map(|entry| entry.id);
        ties.iter()
            .flat_map(|tie| {
                of(tie.one)
                    .flat_map(move |one| of(tie.other).map(move |other| (one, other, tie.flow.amount())))
            })
            .collect()
    }

    /// Boards of at most so many entries may be proved while somebody waits.
    const PROVABLE: usize = 24;
    /// So long a proof may take, in seconds.
    const PATIENCE: f64 = 1.0;

    /// Searches beside the threads that answer others.
    pub(super) async fn propose(mut board: Board, lang: Lang) -> Result<Filling, Fault> {
        let (entries, stalls) = (board.entries.clone(), board.spots.clone());
        board.held.retain(|held| {
            let known = entries.iter().any(|entry| entry.id == held.entry);
            known && (held.pinned || stalls.iter().any(|spot| spot.stall == held.stall))
        });
        let search = move || {
            let mut proposal = fill::propose(&board);
            if board.entries.len() <= PROVABLE {
                proposal.optimal = fill::proved(&board, &proposal, PATIENCE);
            }
            let said = proposal.left.iter().map(|(entry, found)| (*entry, help(lang, found, &board)));
            Filling { left: said.collect(), held: proposal.held, optimal: proposal.optimal }
        };
        tokio::task::spawn_blocking(search).await.map_err(|_| Fault::Broken)
    }

    /// Where the units stood on earlier Saturdays, with how good each spot was on the map of that day.
    async fn places(state: &State, market: MarketRef) -> Result<Vec<Was>, Fault> {
        let (mut places, mut maps) = (Vec::new(), BTreeMap::new());
        for stood in state.store.stood(market).await? {
            let day = MarketRef { market: stood.market, ..market };
            if !maps.contains_key(&stood.market) {
                if maps.len() == MOST {
                    break;
                }
                let ground = state.store.ground_of(day).await?;
                maps.insert(stood.market, (ground, state.store.layout(day, stood.plan).await?.1));
            }
            let Some((ground, layout)) = maps.get(&stood.market) else { continue };
            let Some(stall) = layout.stall(stood.stall) else { continue };
            let quality = quality(ground, stall);
            places.push(Was {
                unit: stood.unit,
                name: stood.name,
                market: stood.market,
                no: stood.no,
                quality,
            });
        }
        Ok(places)
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
