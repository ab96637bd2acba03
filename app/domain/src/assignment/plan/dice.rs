//! Chance for a search: whole numbers and exact floating-point steps only, the same on every machine.

/// `xorshift64*` (Vigna 2016).
pub(super) struct Dice(u64);

/// How many steps the table of acceptance has.
const STEPS: usize = 4_096;

impl Dice {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x2545_f491_4f6c_dd1d | 1)
    }

    pub(super) const fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16
    }

    /// A number below `bound`, which is not 0.
    pub(super) const fn below(&mut self, bound: usize) -> usize {
        (((self.next() & 0xffff_ffff) * bound as u64) >> 32) as usize
    }

    /// A number below `bound`, small ones far more often: a uniform fraction to the power of `bias`.
    pub(super) fn biased(&mut self, bound: usize, bias: u32) -> usize {
        let fraction = (self.next() & 0xffff_ffff) as f64 / 4_294_967_296.0;
        let mut power = fraction;
        for _ in 1..bias {
            power *= fraction;
        }
        (power * bound as f64) as usize
    }
}

/// `-ln((step + 1/2) / STEPS)`: how many degrees a step may be warm.
pub(super) struct Warmth(Vec<f64>);

impl Warmth {
    pub(super) fn new() -> Self {
        Self((0..STEPS).map(|step| -natural_log((step as f64 + 0.5) / STEPS as f64)).collect())
    }

    pub(super) fn draw(&self, dice: &mut Dice) -> f64 {
        self.0[(dice.next() as usize) & (STEPS - 1)]
    }
}

/// The natural logarithm by halving and the series of artanh: sums, products and quotients only, because
/// the logarithms of two platforms may differ in the last digit.
fn natural_log(value: f64) -> f64 {
    const LN_2: f64 = std::f64::consts::LN_2;
    let (mut value, mut halvings) = (value, 0.0);
    while value < 0.75 {
        value *= 2.0;
        halvings += 1.0;
    }
    let ratio = (value - 1.0) / (value + 1.0);
    let (mut power, mut sum) = (ratio, 0.0);
    for odd in 0..16 {
        sum += power / f64::from(2 * odd + 1);
        power *= ratio * ratio;
    }
    2.0 * sum - halvings * LN_2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_logarithm_is_the_logarithm() {
        for value in [1e-4, 0.1, 0.5, 0.74, 0.75, 0.999, 1.0] {
            assert!((natural_log(value) - f64::ln(value)).abs() < 1e-12, "{value}");
        }
    }

    #[test]
    fn a_bias_prefers_small_numbers_and_stays_in_bounds() {
        let mut dice = Dice::new(7);
        let small = (0..10_000).filter(|_| dice.biased(100, 3) < 10).count();
        assert!((4_000..5_500).contains(&small), "{small}");
        assert!((0..10_000).all(|_| dice.biased(3, 2) < 3 && dice.below(3) < 3));
    }
}
