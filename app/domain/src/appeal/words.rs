//! What people wrote: trimmed, bounded, free of what no database or page should see.

use serde::{Deserialize, Serialize};

use super::mask::{Mask, masked};
use crate::Refusal;
use crate::encounter::Source;

/// The most characters that an appeal's words may have.
pub const MAX_WORDS: usize = 2000;
/// The most characters that a contact may have.
pub const MAX_CONTACT: usize = 120;

/// Words of a person, possibly none. Line breaks stay, other control characters go.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Words(String);

/// How somebody wants to be answered: a telephone number, or anything else. Shown to whoever handles it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Contact(String);

/// Which line stood beside the field when somebody left a contact.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Consent {
    /// The resident's own form: only to answer, seen by whoever handles it, deleted some days after closing.
    Form,
    /// Told to staff, who said the same.
    Told,
    /// Left before there was a line that names the day of deletion.
    Before,
}

impl Consent {
    const ALL: [Self; 3] = [Self::Form, Self::Told, Self::Before];

    /// The value of the `consent` column; the number is the version of the line.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Form => "form/1",
            Self::Told => "told/1",
            Self::Before => "before",
        }
    }

    /// Reads the `consent` column.
    pub fn from_code(code: &str) -> Result<Self, Refusal> {
        Self::ALL.into_iter().find(|line| line.code() == code).ok_or(Refusal::Malformed("consent"))
    }

    /// The line that was read by the way in which the appeal came.
    pub const fn of(channel: Source) -> Self {
        match channel {
            Source::Scan => Self::Form,
            Source::Staff | Source::Paper => Self::Told,
        }
    }
}

fn clean(text: &str, lines: bool) -> String {
    let text = text.replace("\r\n", "\n");
    let kept: String =
        text.chars().filter(|c| !c.is_control() || (lines && *c == '\n') || *c == '\t').collect();
    kept.trim().to_owned()
}

impl Words {
    /// Words, possibly none.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let text = clean(text, true);
        if text.chars().count() > MAX_WORDS { Err(Refusal::TooLong("words")) } else { Ok(Self(text)) }
    }

    /// Words where there must be some.
    pub fn some(text: &str) -> Result<Self, Refusal> {
        let words = Self::parse(text)?;
        if words.is_empty() { Err(Refusal::Missing("words")) } else { Ok(words) }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing was said.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Mask for Words {
    fn masked(self) -> Self {
        Self(masked(&self.0))
    }
}

impl Contact {
    /// A contact; `None` when the field was left empty.
    pub fn parse(text: &str) -> Result<Option<Self>, Refusal> {
        let text = clean(text, false);
        if text.chars().count() > MAX_CONTACT {
            return Err(Refusal::TooLong("contact"));
        }
        Ok((!text.is_empty()).then_some(Self(text)))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A contact never ends up in a log by accident.
impl std::fmt::Debug for Contact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Contact(…)")
    }
}

impl TryFrom<String> for Words {
    type Error = Refusal;
    fn try_from(text: String) -> Result<Self, Refusal> {
        Self::parse(&text)
    }
}

impl From<Words> for String {
    fn from(words: Words) -> Self {
        words.0
    }
}

impl TryFrom<String> for Contact {
    type Error = Refusal;
    fn try_from(text: String) -> Result<Self, Refusal> {
        Self::parse(&text)?.ok_or(Refusal::Missing("contact"))
    }
}

impl From<Contact> for String {
    fn from(contact: Contact) -> Self {
        contact.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_trimmed_bounded_and_clean() {
        assert_eq!(Words::parse("  路灯\r\n不亮\u{0} ").unwrap().as_str(), "路灯\n不亮");
        assert_eq!(Words::some(" \r\n "), Err(Refusal::Missing("words")));
        assert!(Words::parse(&"求".repeat(MAX_WORDS)).is_ok());
        assert_eq!(Words::parse(&"求".repeat(MAX_WORDS + 1)), Err(Refusal::TooLong("words")));
    }

    #[test]
    fn every_line_of_consent_reads_back() {
        for line in Consent::ALL {
            assert_eq!(Consent::from_code(line.code()), Ok(line));
        }
        assert!(Consent::from_code("").is_err());
        assert_eq!([Source::Scan, Source::Staff, Source::Paper].map(Consent::of)[0], Consent::Form);
    }

    #[test]
    fn a_contact_is_optional_one_line_and_never_in_a_log() {
        assert_eq!(Contact::parse(" \n"), Ok(None));
        let contact = Contact::parse(" 13800\n138000 ").unwrap().unwrap();
        assert_eq!(contact.as_str(), "13800138000");
        assert!(!format!("{contact:?}").contains("138"));
        assert!(Contact::parse(&"1".repeat(MAX_CONTACT + 1)).is_err());
    }
}
