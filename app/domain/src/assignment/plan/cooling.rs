//! How the heat of a search falls: the same on every machine.

/// How a run cools.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cooling {
    pub(super) steps: u64,
    pub(super) from: f64,
    pub(super) to: f64,
    /// How much cheap places are preferred when one is proposed.
    pub(super) bias: u32,
}

impl Cooling {
    /// By what the heat is multiplied after each of so many rounds.
    pub(super) fn factor(self, rounds: u64) -> f64 {
        root(self.to / self.from, rounds)
    }
}

/// The `n`-th root by bisection: products only, so that it is the same everywhere.
fn root(value: f64, n: u64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..64 {
        let middle = f64::midpoint(low, high);
        if power(middle, n) < value { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

fn power(base: f64, exponent: u64) -> f64 {
    let (mut result, mut base, mut exponent) = (1.0, base, exponent);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result *= base;
        }
        base *= base;
        exponent >>= 1;
    }
    result
}
