//! The page to paste into a mail: headings, paragraphs and a table that carry their look in themselves, because a
//! mailbox throws style sheets and classes away.

use std::fmt::Write as _;

use kaishi_app::words::bulletin::Bulletin as Names;
use kaishi_app::words::copy::Copy as Words;
use kaishi_domain::layout::svg::escaped;

use super::{Copy, ZH};

/// Two wide blanks before a paragraph, as it is written.
const INDENT: &str = "&#12288;&#12288;";

/// The whole page.
pub fn page(copy: &Copy) -> String {
    let (words, title) = (Words(ZH), escaped(&copy.bulletin.title));
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"></head>\n<body>\n"
    );
    if copy.is_draft() {
        let _ = writeln!(out, "<p align=\"center\"><b>【{}】</b></p>", words.draft());
    }
    let _ = writeln!(out, "<h2 align=\"center\">{title}</h2>");
    for paragraph in &copy.bulletin.paragraphs {
        let _ = writeln!(out, "<p>{INDENT}{}</p>", escaped(&paragraph.text()));
    }
    let (signs, day) = copy.signature();
    let _ = writeln!(out, "<p align=\"right\">{}<br>{}</p>", escaped(signs), escaped(day));
    figures(copy, &mut out);
    if !copy.corrections.is_empty() {
        let _ = writeln!(out, "<h3>{}</h3>", words.corrections());
    }
    for correction in &copy.corrections {
        let _ = writeln!(out, "<p>{}</p>", escaped(correction));
    }
    let foot: Vec<String> = copy.foot().into_iter().map(escaped).collect();
    let _ = writeln!(out, "<p><small>{}</small></p>\n</body></html>", foot.join("<br>"));
    out
}

fn figures(copy: &Copy, out: &mut String) {
    let names = Names(ZH);
    let heads = [names.figure(), names.exact(), names.written(), names.meaning()];
    let heads = heads.join("</th><th align=\"left\">");
    let _ = writeln!(
        out,
        "<h3>{}</h3>\n<table border=\"1\" cellpadding=\"6\" cellspacing=\"0\"><tr><th align=\"left\">{heads}</th></tr>",
        Words(ZH).annex()
    );
    for (name, meaning, figure) in copy.figures() {
        let _ = writeln!(
            out,
            "<tr><td>{name}</td><td align=\"right\">{}</td><td>{}</td><td>{}</td></tr>",
            figure.exact,
            escaped(&figure.written),
            escaped(meaning)
        );
    }
    out.push_str("</table>\n");
}
