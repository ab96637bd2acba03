//! The same model as a mixed-integer program, solved to its end: for markets of a neighbourhood, and for large
//! ones whose units do not mind each other. Only on the server: it looks at a clock and at nothing else.

use good_lp::solvers::SolutionStatus;
use good_lp::variable::VariableDefinition;
use good_lp::{
    Constraint, Expression, ProblemVariables, Solution, SolverModel, Variable, WithTimeLimit, microlp,
    variable,
};

use super::judge::Plan;
use super::model::{CLOSED, FAR_CM, Model};
use super::solve::Solved;

/// A program with more places to choose from is not worth starting.
const MOST_ARCS: usize = 20_000;
/// Nor one with more ties between places.
const MOST_TIES: usize = 12_000;

/// The best plan there is, if that can be shown within so many seconds; never worse than `best`.
pub fn prove(model: &Model, best: &Solved, seconds: f64) -> Option<Solved> {
    let program = Program::of(model, best, variable().binary())?;
    let plan = program.solve(seconds)?;
    let worth = model.evaluate(&plan);
    let found = Solved { plan, unplaced: worth.unplaced, soft: worth.soft };
    let sound = worth.violations.is_empty() && (found.unplaced, found.soft) <= (best.unplaced, best.soft);
    sound.then_some(found)
}

/// Points that no plan which leaves nobody out falls below: units may stand here by half and there by half.
/// `None` if `best` leaves somebody out, or for markets too large.
pub fn relaxed(model: &Model, best: &Solved, seconds: f64) -> Option<i64> {
    let mut program =
        Program::of(model, best, variable().min(0.0).max(1.0)).filter(|program| program.everybody)?;
    let points = program.points.clone();
    let solution = program.optimum(seconds)?;
    Some((points.eval_with(&solution) - 1e-6).ceil() as i64)
}

impl Model<'_> {
    /// Points for two units side by side, whatever for.
    fn neighbours(&self, one: usize, other: usize) -> i64 {
        self.kin(one, other) + self.queues(one, other)
    }

    /// The most stalls that any stall touches.
    fn most_touching(&self) -> usize {
        self.adjacent.iter().map(Vec::len).max().unwrap_or(0)
    }
}

/// More points than lie between any two plans.
fn span(model: &Model) -> i64 {
    let weights = &model.instance.weights;
    let units = &model.instance.units;
    let own: i64 = (0..units.len())
        .map(|unit| {
            let open =
                (0..model.positions.len()).map(|at| model.cost(unit, at)).filter(|cost| *cost != CLOSED);
            open.map(|cost| i64::from(cost).abs()).max().unwrap_or(0)
        })
        .sum();
    let affine: i64 = model.affine.iter().flatten().map(|tie| model.affinity(tie.amount, FAR_CM)).sum();
    let (noise, quiet): (i64, i64) =
        units.iter().fold((0, 0), |sum, unit| (sum.0 + unit.noise, sum.1 + unit.quiet));
    let beside: i64 = model.category.iter().map(|kind| model.beside[*kind].abs()).sum();
    let (draw, queue) = units.iter().fold((0, 0), |sum, unit| (sum.0 + unit.draw, sum.1 + unit.queue));
    let pairs = affine
        + weights.queue * queue * queue
        + weights.noise * noise * quiet
        + beside * 16 * model.most_touching() as i64;
    2 * (own + pairs + weights.balance * 2 * draw) + 1
}

fn arcs(model: &Model) -> Vec<Vec<usize>> {
    let open = |unit| (0..model.positions.len()).filter(move |at| model.cost(unit, *at) != CLOSED).collect();
    (0..model.instance.units.len()).map(open).collect()
}

struct Program<'m, 'a> {
    model: &'m Model<'a>,
    arcs: Vec<Vec<usize>>,
    /// Per unit, per arc: whether it stands there.
    stands: Vec<Vec<Variable>>,
    variables: ProblemVariables,
    rules: Vec<Constraint>,
    points: Expression,
    /// Nobody is left out in the best plan known, so nobody need be.
    everybody: bool,
}

impl<'m, 'a> Program<'m, 'a> {
    /// `None` where it would be too large. `standing`: what may be chosen for each place.
    fn of(model: &'m Model<'a>, best: &Solved, standing: VariableDefinition) -> Option<Self> {
        let arcs = arcs(model);
        if arcs.iter().map(Vec::len).sum::<usize>() > MOST_ARCS {
            return None;
        }
        let mut program = Self::new(model, arcs, best, standing);
        program.hard();
        program.balance();
        program.pairs()?;
        Some(program)
    }

    fn new(model: &'m Model<'a>, arcs: Vec<Vec<usize>>, best: &Solved, standing: VariableDefinition) -> Self {
        let mut variables = ProblemVariables::new();
        let stands: Vec<Vec<Variable>> =
            arcs.iter().map(|open| open.iter().map(|_| variables.add(standing.clone())).collect()).collect();
        let mut points = Expression::from(0.0);
        for (unit, open) in arcs.iter().enumerate() {
            for (at, stands) in open.iter().zip(&stands[unit]) {
                points += f64::from(model.cost(unit, *at)) * *stands;
            }
        }
        let mut program =
            Self { model, arcs, stands, variables, rules: Vec::new(), points, everybody: best.unplaced == 0 };
        program.one_place_each();
        program
    }

    /// Each unit stands once, or is left out at a price that no saving of points makes up for.
    fn one_place_each(&mut self) {
        let price = span(self.model) as f64;
        for unit in 0..self.arcs.len() {
            let mut places: Expression = self.stands[unit].iter().sum();
            if !self.everybody {
                let out = self.variables.add(variable().binary());
                places += out;
                self.points += price * self.model.instance.units[unit].priority as f64 * out;
            }
            self.rules.push(places.eq(1.0));
        }
    }

    fn hard(&mut self) {
        let model = self.model;
        let mut stalls = vec![Expression::from(0.0); model.instance.stalls.len()];
        let mut circuits = vec![Expression::from(0.0); model.instance.circuits.len()];
        let mut kinds = vec![Expression::from(0.0); model.caps.len()];
        for (unit, open) in self.arcs.iter().enumerate() {
            let watts = model.instance.units[unit].power_w;
            for (at, stands) in open.iter().zip(&self.stands[unit]) {
                let position = &model.positions[*at];
                for stall in &position.stalls {
                    stalls[*stall] += *stands;
                }
                for fuse in position.fuses(watts) {
                    circuits[*fuse] += watts as f64 * *stands;
                }
                kinds[model.category[unit]] += position.stalls.len() as f64 * *stands;
            }
        }
        self.rules.extend(stalls.into_iter().map(|taken| taken.leq(1.0)));
        let caps = model.instance.circuits.iter().map(|circuit| circuit.cap_w as f64);
        self.rules.extend(circuits.into_iter().zip(caps).map(|(load, cap)| load.leq(cap)));
        let most = kinds.into_iter().zip(&model.caps);
        self.rules.extend(most.filter_map(|(slots, cap)| cap.map(|cap| slots.leq(cap as f64))));
        for (unit, ties) in model.incompatible.iter().enumerate() {
            for tie in ties.iter().filter(|tie| tie.other > unit) {
                for (index, at) in self.arcs[unit].iter().enumerate() {
                    let near =
                        |there: usize| model.touch(*at, there) || model.distance(*at, there) < tie.amount;
                    let clash = self.sum(tie.other, |there| f64::from(u8::from(near(there))));
                    self.rules.push((clash + self.stands[unit][index]).leq(1.0));
                }
            }
        }
    }

    /// A sum over where a unit may stand.
    fn sum(&self, unit: usize, factor: impl Fn(usize) -> f64) -> Expression {
        let mut sum = Expression::from(0.0);
        for (at, stands) in self.arcs[unit].iter().zip(&self.stands[unit]) {
            let factor = factor(*at);
            if factor != 0.0 {
                sum += factor * *stands;
            }
        }
        sum
    }

    fn balance(&mut self) {
        let weight = self.model.instance.weights.balance;
        if weight == 0 {
            return;
        }
        for (zone, share) in self.model.share.iter().enumerate() {
            let mut drawn = Expression::from(-(*share as f64));
            for unit in 0..self.arcs.len() {
                let draw = self.model.instance.units[unit].draw as f64;
                drawn += self.sum(unit, |at| if self.model.positions[at].zone == zone { draw } else { 0.0 });
            }
            let off = self.variables.add(variable().min(0.0));
            self.rules.push((drawn.clone() - off).leq(0.0));
            self.rules.push((-drawn - off).leq(0.0));
            self.points += weight as f64 * off;
        }
    }

    /// What pairs cost each other; `None` where there are too many.
    fn pairs(&mut self) -> Option<()> {
        let model = self.model;
        let mut ties = 0;
        for unit in 0..self.arcs.len() {
            for other in unit + 1..self.arcs.len() {
                let (one, two) = if self.arcs[unit].len() <= self.arcs[other].len() {
                    (unit, other)
                } else {
                    (other, unit)
                };
                let affine =
                    model.affine[unit].iter().find(|tie| tie.other == other).map_or(0, |tie| tie.amount);
                let beside = model.neighbours(unit, other);
                let costs = |at: usize, there: usize| {
                    let d = model.distance(at, there);
                    let loss = if beside > 0 && model.touch(at, there) { beside } else { 0 };
                    (model.noise(unit, other, d) + model.affinity(affine, d) + loss) as f64
                };
                if affine == 0 && beside == 0 && model.noise(unit, other, 0) == 0 {
                    continue;
                }
                for index in 0..self.arcs[one].len() {
                    ties += 1;
                    if ties > MOST_TIES {
                        return None;
                    }
                    self.loss(one, index, two, &costs);
                    if beside < 0 {
                        self.gain(one, index, two, beside as f64);
                    }
                }
            }
        }
        Some(())
    }

    /// Points that `other` costs a unit if it stands at its arc `index`.
    fn loss(&mut self, unit: usize, index: usize, other: usize, costs: &impl Fn(usize, usize) -> f64) {
        let (at, stands) = (self.arcs[unit][index], self.stands[unit][index]);
        let all = || self.arcs[other].iter().map(|there| costs(at, *there));
        let (least, most) = (all().fold(f64::MAX, f64::min), all().fold(0.0, f64::max));
        if most == 0.0 {
            return;
        }
        let least = if self.everybody { least } else { 0.0 };
        self.points += least * stands;
        if most > least {
            let lost = self.variables.add(variable().min(0.0));
            let extra = self.sum(other, |there| costs(at, there) - least);
            self.rules.push((extra + (most - least) * stands - lost).leq(most - least));
            self.points += lost;
        }
    }

    /// Points gained where the two touch.
    fn gain(&mut self, unit: usize, index: usize, other: usize, points: f64) {
        let (at, stands) = (self.arcs[unit][index], self.stands[unit][index]);
        let beside = self.sum(other, |there| f64::from(u8::from(self.model.touch(at, there))));
        let both = self.variables.add(variable().min(0.0).max(1.0));
        self.rules.push((Expression::from(both) - stands).leq(0.0));
        self.rules.push((Expression::from(both) - beside).leq(0.0));
        self.points += points * both;
    }

    /// The optimum, or `None` if time ran out before it was certain.
    fn optimum(&mut self, seconds: f64) -> Option<impl Solution + use<>> {
        let variables = std::mem::replace(&mut self.variables, ProblemVariables::new());
        let mut problem = variables.minimise(&self.points).using(microlp).with_time_limit(seconds);
        for rule in self.rules.drain(..) {
            problem.add_constraint(rule);
        }
        let solution = problem.solve().ok()?;
        matches!(solution.status(), SolutionStatus::Optimal).then_some(solution)
    }

    fn solve(mut self, seconds: f64) -> Option<Plan> {
        let solution = self.optimum(seconds)?;
        let place = |(open, stands): (&Vec<usize>, &Vec<Variable>)| {
            let here = stands.iter().position(|stands| solution.value(*stands) > 0.5)?;
            Some(self.model.positions[open[here]].stalls.clone())
        };
        Some(self.arcs.iter().zip(&self.stands).map(place).collect())
    }
}
