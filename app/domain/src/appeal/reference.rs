//! What staff call an appeal (编号): it follows from the appeal's id and, unlike the code on the slip, is no right to
//! anything.

use std::fmt;
use std::str::FromStr;

use super::code::meant;
use crate::digits::{base32, hex, unbase32};
use crate::{AppealId, Refusal};

/// Characters on each side of the dash.
const HALF: usize = 4;

/// Eight characters in two halves, `7K2M-9QX4`: longer than a code, so that neither is taken for the other. They are the
/// random end of the appeal's id: forty bits, so that no two of a Saturday are the same.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference([u8; 5]);

impl Reference {
    /// Of an appeal.
    pub const fn of(id: AppealId) -> Self {
        Self(id.tail())
    }

    /// How the appeal's id ends, as it stands in the database.
    pub fn ending(self) -> String {
        hex(&self.0)
    }
}

impl FromStr for Reference {
    type Err = Refusal;
    fn from_str(text: &str) -> Result<Self, Refusal> {
        let wrong = || Refusal::Malformed("reference");
        let letters = meant(text).filter(|letters| letters.len() == 2 * HALF).ok_or_else(wrong)?;
        let bytes = unbase32(&String::from_utf8(letters).map_err(|_| wrong())?).ok_or_else(wrong)?;
        bytes.try_into().map(Self).map_err(|_| wrong())
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = base32(&self.0);
        let (first, second) = text.split_at(HALF);
        write!(f, "{first}-{second}")
    }
}

impl fmt::Debug for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Moment;
    use crate::appeal::{AppealCode, SlipCode};

    #[test]
    fn a_code_is_no_reference_and_a_reference_no_code() {
        let reference = Reference::of(AppealId::new(Moment::from_millis(0), [7; 10]));
        assert_eq!(reference.to_string(), "0W3G-E1R7");
        assert_eq!("ow3g e1r7".parse(), Ok(reference), "as people type it");
        for typed in ["", "4X01TB", "K7Q2M-4X9T2B", "0W3G-E1R", "0W3G-E1RU", "诉求"] {
            assert!(typed.parse::<Reference>().is_err(), "{typed}");
        }
        assert!(reference.to_string().parse::<SlipCode>().is_err());
        assert!(reference.to_string().parse::<AppealCode>().is_err());
    }

    proptest! {
        #[test]
        fn a_reference_reads_back_and_ends_its_id(random: [u8; 10], at in 0i64..4_000_000_000_000) {
            let id = AppealId::new(Moment::from_millis(at), random);
            let reference = Reference::of(id);
            prop_assert_eq!(reference.to_string().parse(), Ok(reference));
            prop_assert!(id.to_string().ends_with(&reference.ending()));
        }

        #[test]
        fn any_text_is_survived(text in ".{0,40}") {
            let _ = text.parse::<Reference>();
        }
    }
}
