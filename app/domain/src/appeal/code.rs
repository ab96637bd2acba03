//! The code on a slip: six characters that a person can read aloud, photograph or copy by hand.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{OrgId, Refusal};

/// Crockford's 32 characters: no I, L, O, U, so nothing is mistaken for 1, 0 or V.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 6;
const ORG_LENGTH: usize = 5;

/// Six characters, unique in their organization.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SlipCode([u8; LENGTH]);

/// A slip's code with the organization that it belongs to: `K7Q2M-4X9T2B`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct AppealCode {
    /// Whose appeal it is.
    pub org: OrgId,
    /// The six characters.
    pub slip: SlipCode,
}

impl SlipCode {
    /// From four random bytes, of which thirty bits count.
    pub fn new(random: [u8; 4]) -> Self {
        let bits = u32::from_be_bytes(random);
        Self(std::array::from_fn(|at| LETTERS[(bits >> (5 * at) & 31) as usize]))
    }
}

/// What a person may have typed, as the characters that are meant: any case, full-width forms, O for 0,
/// I and L for 1, with spaces and dashes anywhere. `None` for anything else.
pub(super) fn meant(text: &str) -> Option<Vec<u8>> {
    let mut letters = Vec::new();
    for c in text.chars() {
        // Full-width forms are what a Chinese keyboard gives.
        let narrow = match u32::from(c) {
            wide @ 0xff01..=0xff5e => char::from_u32(wide - 0xfee0)?,
            _ => c,
        };
        let letter = match narrow.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            '-' | '‐' | '‑' | '–' | '—' | '_' | '·' | '.' => continue,
            blank if blank.is_whitespace() => continue,
            other => other,
        };
        let byte = u8::try_from(letter).ok().filter(|byte| LETTERS.contains(byte))?;
        if letters.len() == ORG_LENGTH + LENGTH {
            return None;
        }
        letters.push(byte);
    }
    Some(letters)
}

impl FromStr for SlipCode {
    type Err = Refusal;
    fn from_str(text: &str) -> Result<Self, Refusal> {
        let letters = meant(text).ok_or(Refusal::Malformed("code"))?;
        letters.try_into().map(Self).map_err(|_| Refusal::Malformed("code"))
    }
}

impl FromStr for AppealCode {
    type Err = Refusal;
    fn from_str(text: &str) -> Result<Self, Refusal> {
        let letters = meant(text).ok_or(Refusal::Malformed("code"))?;
        let (org, slip) = letters.split_at_checked(ORG_LENGTH).ok_or(Refusal::Malformed("code"))?;
        let org = std::str::from_utf8(org).map_err(|_| Refusal::Malformed("code"))?.parse()?;
        let slip = slip.try_into().map(SlipCode).map_err(|_| Refusal::Malformed("code"))?;
        Ok(Self { org, slip })
    }
}

impl Serialize for SlipCode {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for SlipCode {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

impl fmt::Display for SlipCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| fmt::Write::write_char(f, char::from(*byte)))
    }
}

impl fmt::Debug for SlipCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for AppealCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.org, self.slip)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_people_type_is_understood() {
        let slip: SlipCode = "4X01TB".parse().unwrap();
        for typed in ["4x01tb", "4X O1 TB", "4xo-itb", " 4X0LTB ", "４Ｘ０１ＴＢ", "4X0—1TB"] {
            assert_eq!(typed.parse(), Ok(slip), "{typed}");
        }
        let org = OrgId::from_bytes([1, 2, 3]);
        let code = AppealCode { org, slip };
        let typed = code.to_string().to_lowercase().replace('-', " ").replace('0', "o");
        assert_eq!(typed.parse(), Ok(code), "{typed}");
    }

    #[test]
    fn what_is_no_code_is_refused() {
        for typed in ["", "4X01T", "4X01TBB", "4X01TU", "诉求", "4X01T\u{0}"] {
            assert!(typed.parse::<SlipCode>().is_err(), "{typed}");
        }
        for typed in ["", "4X01TB", "ZZZZZ-4X01T", "ZZZZZ-4X01TBB"] {
            assert!(typed.parse::<AppealCode>().is_err(), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn a_code_reads_back(org: [u8; 3], random: [u8; 4]) {
            let code = AppealCode { org: OrgId::from_bytes(org), slip: SlipCode::new(random) };
            prop_assert_eq!(code.to_string().parse(), Ok(code));
            prop_assert_eq!(code.slip.to_string().parse(), Ok(code.slip));
        }

        #[test]
        fn any_text_is_survived(text in ".{0,40}") {
            let _ = text.parse::<AppealCode>();
            let _ = text.parse::<SlipCode>();
        }
    }
}
