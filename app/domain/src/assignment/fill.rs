//! Fill in (补齐): the planning core places as many entries as can stand, then for the most points, around the pins.
//! Says for each why it stands there, and for each that stays out what closed every stall and what would help.

use std::collections::BTreeSet;

use super::plan::{self, Effort, Instance, Model, Solved};
use super::{Block, Board, Held, Help, Line, Outlet, Sight, Term, help, market, rule, score};
use crate::entry::Entry;
use crate::order::Gather as _;
use crate::{EntryId, StallId};

/// Where chance begins: the same board is filled in the same way everywhere.
const SEED: u64 = 1;
/// Steps for each pair of entry and stall, as long as a market is small.
const STEPS: u64 = 1_000;
/// A small computer's milliseconds for a market, and for each of its entries more.
const MILLISECONDS: (u64, u64) = (100, 2);

/// One entry on its stall.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Placement {
    /// Who.
    pub entry: EntryId,
    /// Where.
    pub stall: StallId,
    /// Which outlet feeds it.
    pub outlet: Option<String>,
    /// Why here, term by term; what two give each other stands at both.
    pub terms: Vec<Term>,
    /// The sum of the terms.
    pub points: i64,
    /// The organizer has said so.
    pub pinned: bool,
}

/// What a search found; [`shown`] explains it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proposal {
    /// Who would stand where, in the order of the stalls.
    pub held: Vec<Held>,
    /// Everybody who stays out, in the order of the entries, and what would help.
    pub left: Vec<(EntryId, Help)>,
    /// Whether no other placement around the same pins is better: proved.
    pub optimal: bool,
}

/// An entry that stays out. `H` is what would help: as it is here, or as people read it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unplaced<H = Help> {
    /// Who.
    pub entry: EntryId,
    /// For each stall every reason why not; never empty for a stall.
    pub blocks: Vec<(StallId, Vec<Block>)>,
    /// What would help.
    pub help: H,
}

/// An outlet or a circuit on which the pinned entries alone draw too much.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Overload {
    /// Which outlet.
    pub outlet: String,
    /// Watts drawn.
    pub load_w: i64,
    /// Watts it carries.
    pub capacity_w: i64,
}

/// The answer of fill-in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Filled<H = Help> {
    /// Everybody who stands, in the order of the stalls.
    pub placements: Vec<Placement>,
    /// Everybody who stays out, in the order of the entries.
    pub unplaced: Vec<Unplaced<H>>,
    /// Outlets that the pins alone overload.
    pub overloads: Vec<Overload>,
    /// All points as the judge counts them: what two give each other counts once.
    pub points: i64,
    /// What every term gains or loses against now, by its name in the core.
    pub effect: Vec<(&'static str, i64)>,
    /// Whether no other placement around the same pins is better: proved.
    pub optimal: bool,
}

impl<H> Filled<H> {
    /// The board's holdings after it is applied.
    pub fn held(&self) -> Vec<Held> {
        let held = |at: &Placement| Held { entry: at.entry, stall: at.stall, pinned: at.pinned };
        self.placements.iter().map(held).collect()
    }
}

/// How many steps a market is worth.
fn effort(model: &Model, instance: &Instance) -> Effort {
    let (units, stalls) = (instance.units.len() as u64, instance.stalls.len() as u64);
    let usual = Effort::within(model, SEED, MILLISECONDS.0 + MILLISECONDS.1 * units);
    Effort { steps: usual.steps.min(STEPS * units * stalls), ..usual }
}

/// The best plan that is found for a board, or the one that it has where nothing better is found.
pub fn solved(board: &Board, instance: &Instance, model: &Model) -> Solved {
    let found = plan::solve(model, effort(model, instance), &mut || false);
    let now = market::plan(board, &board.held);
    let worth = model.evaluate(&now);
    let as_good = (worth.unplaced, worth.soft) <= (found.unplaced, found.soft);
    if worth.violations.is_empty() && as_good {
        return Solved { plan: now, unplaced: worth.unplaced, soft: worth.soft };
    }
    found
}

/// Who would stand, found in few steps: for asking whether somebody more could.
pub(super) fn sketch(board: &Board) -> Vec<Held> {
    let instance = market::instance(board);
    let model = Model::new(&instance);
    let steps = STEPS / 10 * (instance.units.len() * instance.stalls.len()) as u64;
    market::holdings(board, &plan::solve(&model, Effort { seed: SEED, steps }, &mut || false).plan)
}

/// Places everybody as well as possible; pinned entries stay where they are.
pub fn fill(board: &Board) -> Filled {
    let Proposal { held, left, optimal } = propose(board);
    shown(board, &held, left, optimal)
}

/// The search of [`fill`]; the bound proves it where it is tight.
pub fn propose(board: &Board) -> Proposal {
    let instance = market::instance(board);
    let model = Model::new(&instance);
    let found = solved(board, &instance, &model);
    let after = Board { held: market::holdings(board, &found.plan), ..board.clone() };
    let left = after.waiting().map(|entry| (entry.id, help::help(board, &after, entry))).collect();
    let optimal = plan::bound(&model).is_some_and(|least| least >= (found.unplaced, found.soft));
    Proposal { left, held: after.held, optimal }
}

/// Whether a proposal is shown to be the best there is, within so many seconds. Only on the server: it looks at a clock.
#[cfg(not(target_arch = "wasm32"))]
pub fn proved(board: &Board, proposal: &Proposal, seconds: f64) -> bool {
    let instance = market::instance(board);
    let model = Model::new(&instance);
    let plan = market::plan(board, &proposal.held);
    let worth = model.evaluate(&plan);
    let found = Solved { plan, unplaced: worth.unplaced, soft: worth.soft };
    proposal.optimal
        || plan::prove(&model, &found, seconds)
            .is_some_and(|best| (best.unplaced, best.soft) == (found.unplaced, found.soft))
}

/// What was proposed, with its reasons, as the judge sees it; `left` is who stays out, and what would help.
pub fn shown<H>(board: &Board, held: &[Held], left: Vec<(EntryId, H)>, optimal: bool) -> Filled<H> {
    let instance = market::instance(board);
    let sight = Sight::new(board, &instance);
    let after = Board { held: held.to_vec(), ..board.clone() };
    let out = |(entry, help)| Some(unplaced(&after, board.entry(entry)?, help));
    Filled {
        placements: sight.placements(held),
        unplaced: left.into_iter().filter_map(out).collect(),
        overloads: overloads(&after),
        points: sight.total(held),
        effect: sight.effect(&board.held, held),
        optimal,
    }
}

impl Sight<'_> {
    /// Each holding with its terms; the price of moving is counted from where the board has the entry now.
    pub fn placements(&self, held: &[Held]) -> Vec<Placement> {
        let place = |at: &Held| {
            let (entry, spot) = (self.board.entry(at.entry)?, self.board.spot(at.stall)?);
            let terms = self.terms(at.entry, at.stall, held);
            Some(Placement {
                entry: at.entry,
                stall: at.stall,
                outlet: spot.feed(entry.needs.power_w).map(|feed| feed.id.clone()),
                points: score::total(&terms),
                terms,
                pinned: at.pinned,
            })
        };
        held.iter().filter_map(place).collect()
    }
}

fn overloads(after: &Board) -> Vec<Overload> {
    let lines: BTreeSet<Line> =
        after.spots.iter().flat_map(|spot| &spot.outlets).flat_map(Outlet::lines).gather();
    lines
        .into_iter()
        .map(|line| (line, after.load(line, None)))
        .filter(|(line, load_w)| *load_w > line.capacity_w)
        .map(|(line, load_w)| Overload { outlet: line.id.to_owned(), load_w, capacity_w: line.capacity_w })
        .collect()
}

fn unplaced<H>(after: &Board, entry: &Entry, help: H) -> Unplaced<H> {
    let closed = |spot: &super::Spot| {
        let mut blocks = rule::blocks(after, entry, spot);
        if let Some(held) = after.held_at(spot.stall).filter(|_| blocks.is_empty()) {
            blocks.push(Block::Taken { by: held.entry });
        }
        (spot.stall, blocks)
    };
    Unplaced { entry: entry.id, blocks: after.spots.iter().map(closed).collect(), help }
}
