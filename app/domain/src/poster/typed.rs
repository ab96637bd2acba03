//! A poster's number as somebody typed it who cannot scan: `0513-02-K7QM`, or `2 k7qm`.

use crate::Refusal;
use crate::moment::Day;

/// A number that was typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Typed {
    /// Month and day, where it names them.
    day: Option<(i8, i8)>,
    /// The stall's number.
    no: String,
    /// Four characters, upper case.
    eye: String,
}

/// No poster has more characters than this in its number.
const LONGEST: usize = 24;

impl Typed {
    /// Reads it: any dashes or blanks, either case, full-width digits and letters too.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let wrong = || Refusal::Malformed("poster number");
        let plain: String = text.trim().chars().take(LONGEST + 1).map(narrow).collect();
        if plain.chars().count() > LONGEST {
            return Err(wrong());
        }
        let parts: Vec<&str> =
            plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
        let (day, no, eye) = match parts[..] {
            [day, no, eye] => (Some(date(day).ok_or_else(wrong)?), no, eye),
            [no, eye] => (None, no, eye),
            _ => return Err(wrong()),
        };
        if eye.len() != 4 {
            return Err(wrong());
        }
        Ok(Self { day, no: bare(no).to_owned(), eye: eye.to_owned() })
    }

    /// Whether it may mean a stall of this number on this day.
    pub fn means(&self, held_on: Day, no: &str) -> bool {
        self.day.is_none_or(|day| day == held_on.month_day()) && self.is_at(no)
    }

    /// Whether it names no day, as the number of a standing poster, and may mean a place of this number.
    pub fn stands(&self, no: &str) -> bool {
        self.day.is_none() && self.is_at(no)
    }

    fn is_at(&self, no: &str) -> bool {
        bare(no).eq_ignore_ascii_case(&self.no)
    }

    /// Whether its last four characters are these.
    pub fn ends(&self, eye_code: &str) -> bool {
        self.eye == eye_code
    }
}

/// `02` is typed for `2`, because it is printed so.
fn bare(no: &str) -> &str {
    let short = no.trim_start_matches('0');
    if short.is_empty() { no } else { short }
}

fn date(text: &str) -> Option<(i8, i8)> {
    let (month, day) = text.split_at_checked(2)?;
    (text.len() == 4).then_some((month.parse().ok()?, day.parse().ok()?))
}

fn narrow(c: char) -> char {
    let c = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        other => other,
    };
    c.to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::poster::{number, place_number};

    #[test]
    fn what_is_printed_is_read_however_it_is_typed() {
        let day = Day::parse("2023-05-13").unwrap();
        let printed = number(day, "2", "K7QM");
        for typed in [&*printed, "0513 02 k7qm", "０５１３－０２－Ｋ７ＱＭ", "2-K7QM", " 02 k7qm "]
        {
            let typed = Typed::parse(typed).unwrap();
            assert!(typed.means(day, "2") && typed.ends("K7QM"), "{typed:?}");
            assert!(!typed.means(day, "12") && !typed.ends("K7QN"));
        }
        let other = Day::parse("2023-05-20").unwrap();
        assert!(!Typed::parse(&printed).unwrap().means(other, "2"));
        assert!(!Typed::parse(&printed).unwrap().stands("2"), "it is of one day");
        assert!(Typed::parse(&place_number("A3", "K7QM")).unwrap().stands("A3"));
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", "K7QM", "0513-02-K7Q", "0513-02-K7QM-1", "513-02-K7QM", &"9".repeat(99)] {
            assert!(Typed::parse(text).is_err(), "{text}");
        }
    }
}
