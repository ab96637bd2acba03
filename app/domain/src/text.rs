//! Short texts that people type: trimmed, not empty, not too long, no control characters.

use crate::Refusal;

/// The text without blanks around it, if it has at most `most` characters; `what` names it in the refusal.
pub(crate) fn short(text: &str, most: usize, what: &'static str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() { Err(Refusal::Missing(what)) } else { short_or_empty(text, most, what) }
}

/// The same, and nothing at all is fine too.
pub(crate) fn short_or_empty(text: &str, most: usize, what: &'static str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.chars().count() > most {
        Err(Refusal::TooLong(what))
    } else if text.chars().any(char::is_control) {
        Err(Refusal::Malformed(what))
    } else {
        Ok(text.to_owned())
    }
}

/// A text of several lines: line ends are made one kind, other control characters are refused.
pub(crate) fn long(text: &str, most: usize, what: &'static str) -> Result<String, Refusal> {
    let text = text.replace("\r\n", "\n");
    let text = text.trim();
    if text.is_empty() {
        Err(Refusal::Missing(what))
    } else if text.chars().count() > most {
        Err(Refusal::TooLong(what))
    } else if text.chars().any(|c| c.is_control() && c != '\n') {
        Err(Refusal::Malformed(what))
    } else {
        Ok(text.to_owned())
    }
}
