//! The text for a group: no marks, no table, short lines; what is rounded in the text stands exact below it.

use std::fmt::Write as _;

use kaishi_app::words::copy::Copy as Words;

use super::{Copy, ZH};

/// The whole text.
pub fn plain(copy: &Copy) -> String {
    let words = Words(ZH);
    let mut text = String::new();
    if copy.is_draft() {
        let _ = writeln!(text, "【{}】", words.draft());
    }
    let _ = writeln!(text, "【{}】\n", copy.bulletin.title);
    for paragraph in &copy.bulletin.paragraphs {
        let _ = writeln!(text, "{}\n", paragraph.text());
    }
    let (signs, day) = copy.signature();
    let _ = writeln!(text, "{signs}\n{day}\n");
    let exact: Vec<String> =
        copy.figures().map(|(name, _, figure)| format!("{name} {}", figure.exact)).collect();
    let _ = writeln!(text, "{}：{}。", words.exact_line(), exact.join("，"));
    for correction in &copy.corrections {
        let _ = writeln!(text, "{correction}");
    }
    for line in copy.foot() {
        let _ = writeln!(text, "{line}");
    }
    text
}
