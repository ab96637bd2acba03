//! How a counted number is written: exact, or rounded down with a word that says so. Never up.

use crate::Refusal;

/// How a number is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Style {
    /// `5037`
    Exact,
    /// `5000余`
    Odd,
    /// `超过40`
    Over,
}

impl Style {
    /// The word behind the bar in a reference, `{诉求|余}`; none for the exact number.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Exact => "",
            Self::Odd => "余",
            Self::Over => "超过",
        }
    }

    /// Reads that word.
    pub fn from_word(word: &str) -> Result<Self, Refusal> {
        let all = [Self::Exact, Self::Odd, Self::Over];
        all.into_iter().find(|style| style.word() == word).ok_or(Refusal::Malformed("style"))
    }
}

/// The round number that a figure is written with: tens below a hundred, hundreds below ten thousand, thousands
/// above.
const fn floor(n: i64) -> i64 {
    match n {
        ..10 => n,
        10..100 => n - n % 10,
        100..10_000 => n - n % 100,
        _ => n - n % 1000,
    }
}

/// A figure in words: rounded down with its marker, or exact where it is round or small.
pub fn written(n: i64, style: Style) -> String {
    let round = floor(n);
    match style {
        Style::Odd if round != n => format!("{round}余"),
        Style::Over if round != n => format!("超过{round}"),
        _ => n.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_fuzhong_figures_read_as_in_the_account() {
        assert_eq!(written(5037, Style::Odd), "5000余");
        assert_eq!(written(63, Style::Odd), "60余");
        assert_eq!(written(42, Style::Over), "超过40");
        assert_eq!(written(618, Style::Odd), "600余");
        assert_eq!(written(5037, Style::Exact), "5037");
    }

    #[test]
    fn round_and_small_figures_are_exact() {
        for n in [0, 1, 9, 10, 40, 100, 600, 5000, 12_000] {
            assert_eq!(written(n, Style::Odd), n.to_string());
            assert_eq!(written(n, Style::Over), n.to_string());
        }
        assert_eq!(written(5001, Style::Odd), "5000余");
        assert_eq!(written(12_345, Style::Over), "超过12000");
    }

    #[test]
    fn a_style_is_read_by_its_word() {
        for style in [Style::Exact, Style::Odd, Style::Over] {
            assert_eq!(Style::from_word(style.word()), Ok(style));
        }
        assert_eq!(Style::from_word("近"), Err(Refusal::Malformed("style")), "a word that rounds up is none");
    }

    proptest! {
        #[test]
        fn a_written_figure_never_exceeds_the_ledger(n in 0_i64..2_000_000) {
            for style in [Style::Exact, Style::Odd, Style::Over] {
                let text = written(n, style);
                let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                let said: i64 = digits.parse().unwrap();
                let marked = digits != text;
                prop_assert!(said <= n);
                prop_assert!(!marked || said < n, "{text} says more than {n}");
                prop_assert!(marked || said == n);
                prop_assert!(n - said < 1000 && (n - said) * 10 <= n.max(10) * 9);
            }
        }
    }
}
