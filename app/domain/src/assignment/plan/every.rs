//! Tiny markets are not searched: every plan is tried. A search in steps may end beside the best there, where two
//! exchanges that are bad alone are good together, and a handful of plans costs less than its steps.

use super::judge::Plan;
use super::solve::Solved;
use super::table::Table;

/// More plans than this are searched.
const MOST: usize = 20_000;

/// The best of all plans, the first of them where several are as good; `None` if they are too many.
pub(super) fn every(table: &Table) -> Option<Solved> {
    let units = table.model.units();
    let choices = |unit: usize| table.arcs[unit].len() + 1;
    (0..units).try_fold(1_usize, |all, unit| all.checked_mul(choices(unit)).filter(|all| *all <= MOST))?;
    let mut trial = Trial { table, plan: vec![None; units], taken: Vec::new(), best: None };
    trial.place(0);
    trial.best
}

struct Trial<'t, 'a, 'b> {
    table: &'t Table<'a, 'b>,
    plan: Plan,
    taken: Vec<usize>,
    best: Option<Solved>,
}

impl Trial<'_, '_, '_> {
    fn place(&mut self, unit: usize) {
        if unit == self.plan.len() {
            return self.weigh();
        }
        for at in &self.table.arcs[unit] {
            let stalls = &self.table.model.positions[at.at as usize].stalls;
            if stalls.iter().any(|stall| self.taken.contains(stall)) {
                continue;
            }
            self.taken.extend(stalls);
            self.plan[unit] = Some(stalls.clone());
            self.place(unit + 1);
            self.plan[unit] = None;
            self.taken.truncate(self.taken.len() - stalls.len());
        }
        self.place(unit + 1);
    }

    fn weigh(&mut self) {
        let worth = self.table.model.evaluate(&self.plan);
        let better =
            self.best.as_ref().is_none_or(|best| (worth.unplaced, worth.soft) < (best.unplaced, best.soft));
        if worth.violations.is_empty() && better {
            self.best = Some(Solved { plan: self.plan.clone(), unplaced: worth.unplaced, soft: worth.soft });
        }
    }
}
