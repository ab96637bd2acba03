//! From a market to a plan: places first, for as many as can have one, then points, in counted steps.

use super::anneal::Anneal;
use super::chain::Chain;
use super::cooling::Cooling;
use super::dice::Dice;
use super::every::every;
use super::judge::Plan;
use super::model::Model;
use super::price::prices;
use super::relay::relay;
use super::state::State;
use super::table::{NONE, Table};

/// How much work a search may do. The same effort and seed give the same plan on every machine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Effort {
    /// Where chance begins.
    pub seed: u64,
    /// Steps that are tried.
    pub steps: u64,
}

impl Effort {
    /// About what a small computer does in so many milliseconds: a count of steps, never a clock. Rather too few than
    /// too many: a search that is cut off half-way is worth less than a shorter one that has cooled to its end.
    pub fn within(model: &Model, seed: u64, milliseconds: u64) -> Self {
        let units = model.instance.units.len() as u64;
        let tables = units * units / 9_000;
        let a_millisecond = 43_000 / (units.isqrt() + 7);
        Self { seed, steps: milliseconds.saturating_sub(tables).saturating_mul(a_millisecond) }
    }
}

/// A plan and what the search thinks it is worth; `Model::evaluate` says the same.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Solved {
    /// For each unit the stalls it stands on.
    pub plan: Plan,
    /// Sum of the priorities of those without a place.
    pub unplaced: i64,
    /// Soft points.
    pub soft: i64,
}

/// Solves a market. `stop` may end the search early, for a clock that only the caller has: what there is then is
/// cooled in about a tenth of the steps and is the answer.
pub fn solve(model: &Model, effort: Effort, stop: &mut dyn FnMut() -> bool) -> Solved {
    let mut table = Table::new(model);
    if let Some(best) = every(&table) {
        return best;
    }
    let start = first(&table);
    if model.units() >= LARGE
        && let Some(prices) = prices(&table, &start)
    {
        table.order(&prices);
    }
    let best = improve(&table, start, effort, stop);
    let place = |at: &u32| (*at != NONE).then(|| model.positions[*at as usize].stalls.clone());
    Solved { plan: best.place.iter().map(place).collect(), unplaced: best.unplaced, soft: best.soft }
}

/// Places for everybody who can have one: pinned first, then those with the least choice, by chains.
fn first(table: &Table) -> State {
    let mut state = State::empty(table);
    let units = &table.model.instance.units;
    let mut order: Vec<usize> = (0..units.len()).filter(|unit| !table.arcs[*unit].is_empty()).collect();
    order.sort_by_key(|unit| {
        (units[*unit].lock.is_none(), -units[*unit].priority, table.arcs[*unit].len(), *unit)
    });
    let late: Vec<usize> =
        order.into_iter().filter(|unit| !Chain::insert(table, &mut state, *unit, 2, 200)).collect();
    for unit in late {
        Chain::insert(table, &mut state, unit, 5, 4_000);
    }
    state
}

/// How a search divides its steps. Found by trial on markets of 12 to 2,000 stalls; `make bench` shows what
/// each choice is worth.
struct Course {
    /// Short searches from the start, of which the best goes on.
    probes: u64,
    /// Degrees at the start of each, in points.
    from: f64,
    /// Degrees at the end of a probe.
    until: f64,
    /// Degrees at the very end.
    to: f64,
    /// How much cheap places are preferred.
    bias: u32,
    /// Steps out of a hundred for the exact exchange of many units at the end.
    relay: u64,
}

impl Course {
    const fn of(units: usize, steps: u64) -> Self {
        let ample = steps > 1_500_000;
        match units {
            ..60 if steps < 800_000 => {
                let bias = if units < 30 { 2 } else { 1 };
                Self { probes: 1, from: 40.0, until: 2.0, to: 2.0, bias, relay: 0 }
            }
            ..60 => {
                Self { probes: if ample { 6 } else { 4 }, from: 40.0, until: 3.0, to: 1.0, bias: 2, relay: 0 }
            }
            60..400 => Self { probes: 1, from: 60.0, until: 1.5, to: 1.5, bias: 4, relay: 15 },
            _ => {
                let (relay, to) = match steps / units as u64 {
                    ..2_000 => (45, 1.5),
                    2_000..8_000 => (25, 1.5),
                    _ => (20, 1.0),
                };
                Self { probes: 1, from: 30.0, until: to, to, bias: 2, relay }
            }
        }
    }
}

/// Where the last search begins after the probes, in points.
const WARM: f64 = 10.0;
/// So many prices of an exchange of many units take about as long as one step.
const RELAY_PRICES: u64 = 4;
/// Units in one such exchange at the most.
const RELAY_UNITS: usize = 400;
/// From so many units on, places are proposed by their price.
const LARGE: usize = 400;

fn improve(table: &Table, start: State, effort: Effort, stop: &mut dyn FnMut() -> bool) -> State {
    let course = Course::of(start.place.len(), effort.steps);
    let relays = effort.steps * course.relay / 100;
    let steps = effort.steps - relays;
    let chance = |run: u64| effort.seed.wrapping_mul(0x1_0001).wrapping_add(run);
    let last = if course.probes > 1 { steps / 10 } else { 0 };
    let mut best = start.clone();
    let mut search = |from: &State, run: u64, cooling: Cooling| {
        let mut anneal = Anneal::new(table, from.clone(), chance(run));
        anneal.run(cooling, stop);
        anneal.best()
    };
    for run in 0..course.probes {
        let cooling = Cooling {
            steps: (steps - last) / course.probes,
            from: course.from,
            to: course.until,
            bias: course.bias,
        };
        let found = search(&start, run, cooling);
        if found.rank() < best.rank() {
            best = found;
        }
    }
    if last > 0 {
        let cooling = Cooling { steps: last, from: WARM, to: course.to, bias: course.bias };
        let found = search(&best, course.probes, cooling);
        if found.rank() < best.rank() {
            best = found;
        }
    }
    let mut dice = Dice::new(chance(course.probes + 1));
    let mut asked = 0;
    while asked < relays * RELAY_PRICES && !stop() {
        asked += relay(table, &mut best, &mut dice, RELAY_UNITS).max(RELAY_PRICES);
    }
    insert_left_out(table, &mut best);
    best
}

/// After all exchanges there may be room for somebody who had none.
fn insert_left_out(table: &Table, state: &mut State) {
    let left: Vec<usize> = (0..state.place.len()).filter(|unit| state.place[*unit] == NONE).collect();
    for unit in left {
        Chain::insert(table, state, unit, 3, 500);
    }
}
