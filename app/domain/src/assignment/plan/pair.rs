//! Two units on two positions: how far apart, whether they touch, and what they cost each other.

use super::model::{FAR_CM, Model, NEAR_CM, root};

impl Model<'_> {
    /// Centimetres between two positions, rounded down.
    pub(super) fn distance(&self, one: usize, other: usize) -> i64 {
        let (one, other) = (&self.positions[one], &self.positions[other]);
        let (dx, dy) = (one.x - other.x, one.y - other.y);
        root(dx * dx + dy * dy)
    }

    /// Whether two positions touch.
    pub(super) fn touch(&self, one: usize, other: usize) -> bool {
        let others = &self.positions[other].stalls;
        self.positions[one]
            .stalls
            .iter()
            .any(|stall| self.adjacent[*stall].iter().any(|near| others.contains(near)))
    }

    /// Points that two units cost each other by loudness, `d` centimetres apart.
    pub(super) fn noise(&self, one: usize, other: usize, d: i64) -> i64 {
        let (a, b) = (&self.instance.units[one], &self.instance.units[other]);
        let loud = a.noise * b.quiet + b.noise * a.quiet;
        if d < NEAR_CM { self.instance.weights.noise * loud * (NEAR_CM - d) / NEAR_CM } else { 0 }
    }

    /// Points for `amount` visitors who go between two places `d` centimetres apart.
    pub(super) fn affinity(&self, amount: i64, d: i64) -> i64 {
        (self.instance.weights.affinity * amount * d.min(FAR_CM)).div_euclid(1_000)
    }

    /// Points for two units of a kind side by side.
    pub(super) fn kin(&self, one: usize, other: usize) -> i64 {
        if self.category[one] == self.category[other] { self.beside[self.category[one]] } else { 0 }
    }

    /// Points for two queues side by side.
    pub(super) fn queues(&self, one: usize, other: usize) -> i64 {
        let units = &self.instance.units;
        self.instance.weights.queue * units[one].queue * units[other].queue
    }

    /// The terms of two units on two positions, those that say nothing among them.
    pub(super) fn pair_terms(
        &self,
        (unit, at): (usize, usize),
        (other, there): (usize, usize),
    ) -> [(&'static str, i64); 4] {
        let d = self.distance(at, there);
        let beside = |points: i64| if points != 0 && self.touch(at, there) { points } else { 0 };
        let tie = self.affine[unit].iter().find(|tie| tie.other == other);
        let kin = self.kin(unit, other);
        [
            ("affinity", tie.map_or(0, |tie| self.affinity(tie.amount, d))),
            ("noise", self.noise(unit, other, d)),
            (if kin < 0 { "cluster" } else { "spread" }, beside(kin)),
            ("queue", beside(self.queues(unit, other))),
        ]
    }
}
