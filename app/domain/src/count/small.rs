//! Small figures on public screens: fewer than five are not told one by one.
//!
//! A single hidden figure would follow from the total and the others; then the next smallest is blurred too.

/// Fewer than so many are not told.
pub const FEW: i64 = 5;
/// What is blurred beside a single small figure is told to be below the next multiple of this.
const BLUR: i64 = 10;

/// A figure as a public screen tells it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shown {
    /// As it is.
    All(i64),
    /// Only that it is below this.
    Below(i64),
}

/// The parts of a told total as they may be told.
pub fn shown(parts: &[i64]) -> Vec<Shown> {
    let small = |n: i64| (1..FEW).contains(&n);
    let mut told: Vec<Shown> =
        parts.iter().map(|n| if small(*n) { Shown::Below(FEW) } else { Shown::All(*n) }).collect();
    if parts.iter().filter(|n| small(**n)).count() == 1 {
        let next = parts.iter().enumerate().filter(|(_, n)| **n >= FEW).min_by_key(|(_, n)| **n);
        if let Some((at, n)) = next {
            told[at] = Shown::Below((n / BLUR + 1) * BLUR);
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use Shown::{All, Below};
    use proptest::prelude::*;

    #[test]
    fn nobody_is_found_by_a_small_figure() {
        assert_eq!(shown(&[]), []);
        assert_eq!(shown(&[0, 5, 120]), [All(0), All(5), All(120)]);
        assert_eq!(shown(&[1, 4, 120]), [Below(5), Below(5), All(120)]);
        assert_eq!(shown(&[2, 120, 37, 0]), [Below(5), All(120), Below(40), All(0)]);
        assert_eq!(shown(&[3]), [Below(5)]);
    }

    proptest! {
        #[test]
        fn what_is_hidden_is_never_alone_and_always_below_its_bound(parts in prop::collection::vec(0_i64..60, 0..12)) {
            let told = shown(&parts);
            let hidden = told.iter().filter(|one| matches!(one, Below(_))).count();
            prop_assert!(hidden != 1 || parts.iter().filter(|n| **n > 0).count() == 1);
            for (n, one) in parts.iter().zip(&told) {
                match one {
                    All(told) => prop_assert!(told == n && !(1..FEW).contains(n)),
                    Below(bound) => prop_assert!(*n > 0 && n < bound),
                }
            }
        }
    }
}
