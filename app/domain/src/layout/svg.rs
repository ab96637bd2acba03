//! A drawing as SVG text that stands alone: every style is an attribute, so that a file looks the same in a
//! browser, in print and in a program that reads no style sheet. Light colours only: it is for paper.

use std::fmt::Write as _;

use super::drawing::{Drawing, Plate, Shape, Side};
use super::shape::{Look, Mark};

/// Families in the order in which they are tried; the second is built into the server.
pub const FONT: &str = "Noto Sans SC, Noto Sans CJK SC, Source Han Sans SC, PingFang SC, HarmonyOS Sans SC, \
                        Microsoft YaHei, sans-serif";

pub(super) const INK: &str = "#1c1b19";
pub(super) const QUIET: &str = "#56534d";
pub(super) const LINE: &str = "#cbc7bc";
const PAPER: &str = "#fff";
const REDINK: &str = "#b3121a";

/// The colour of a slogan zone.
pub fn zone_colour(letter: &str) -> &'static str {
    match letter {
        "A" => "#074b97",
        "B" => "#b24a00",
        "C" => "#058055",
        "D" => "#461c44",
        "E" => "#453d18",
        "F" => "#d4168d",
        "G" => "#555b6d",
        _ => "#064d3f",
    }
}

/// The pattern that stands beside the colour, as its id; the first zone is plain.
const fn zone_pattern(letter: &str) -> Option<char> {
    match letter.as_bytes() {
        [b'A'] => None,
        [letter @ b'B'..=b'G'] => Some((*letter + 32) as char),
        _ => Some('h'),
    }
}

/// Text as it may stand in XML; what XML cannot hold is left out.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            letter if letter.is_control() => {}
            letter => safe.push(letter),
        }
    }
    safe
}

/// Words at a place. `size` is the height of the letters.
pub(super) struct Words<'a> {
    pub(super) at: (f64, f64),
    pub(super) size: f64,
    pub(super) fill: &'a str,
    pub(super) anchor: &'a str,
    pub(super) bold: bool,
    /// A border of paper round the letters, this wide.
    pub(super) halo: f64,
    pub(super) turn: f64,
}

impl Default for Words<'_> {
    fn default() -> Self {
        Self { at: (0.0, 0.0), size: 12.0, fill: INK, anchor: "start", bold: false, halo: 0.0, turn: 0.0 }
    }
}

impl Words<'_> {
    /// Writes them. Bold is a border of the same colour: one cut of the font is enough for everything.
    pub(super) fn write(&self, text: &str, out: &mut String) {
        let Self { at: (x, y), size, fill, anchor, bold, halo, turn } = *self;
        let text = escaped(text);
        let turned =
            if turn == 0.0 { String::new() } else { format!(" transform=\"rotate({turn} {x} {y})\"") };
        let open = format!("<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" text-anchor=\"{anchor}\"{turned}");
        if halo > 0.0 {
            let style = format!(
                "fill=\"{PAPER}\" stroke=\"{PAPER}\" stroke-width=\"{halo}\" stroke-linejoin=\"round\""
            );
            let _ = write!(out, "{open} {style}>{text}</text>");
        }
        let weight = size * 0.04;
        let thick =
            if bold { format!(" stroke=\"{fill}\" stroke-width=\"{weight:.2}\"") } else { String::new() };
        let _ = writeln!(out, "{open} fill=\"{fill}\"{thick}>{text}</text>");
    }
}

/// The patterns and the outline that the shapes use. Once a file.
pub(super) fn defs(outlines: &[String], out: &mut String) {
    out.push_str("<defs><clipPath id=\"inside\">");
    for points in outlines {
        let _ = write!(out, "<polygon points=\"{points}\"/>");
    }
    out.push_str("</clipPath>\n");
    let line = |colour: &str, width: f64, d: &str| {
        format!("<path fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\" d=\"{d}\"/>")
    };
    let dot = |r: f64| format!("<circle cx=\"2.5\" cy=\"2.5\" r=\"{r}\" fill=\"{PAPER}\"/>");
    let fine = "M20 0V100M40 0V100M60 0V100M80 0V100M0 20H100M0 40H100M0 60H100M0 80H100";
    let patterns = [
        ("grid", 100, 100, line("#f0eee8", 1.0, fine) + &line("#e2dfd6", 1.0, "M0 100V0H100")),
        ("hatch", 8, 8, line(LINE, 1.0, "M-2 -2L10 10M-2 6L2 10M6 -2L10 2")),
        ("fire", 11, 11, line("#e9a2a5", 1.0, "M-2 13L13 -2M-2 2L2 -2M9 13L13 9")),
        ("shade", 10, 10, "<circle cx=\"5\" cy=\"5\" r=\"1.1\" fill=\"#cbc7bc\"/>".to_owned()),
        ("steps", 6, 6, line(LINE, 1.0, "M0 1H6")),
        ("b", 6, 6, line(PAPER, 2.0, "M-1 7L7 -1M-1 1L1 -1M5 7L7 5")),
        ("c", 5, 5, dot(1.0)),
        ("d", 6, 6, line(PAPER, 2.0, "M1 0V6")),
        ("e", 5, 5, line(PAPER, 1.2, "M0 5L5 0M0 0L5 5")),
        ("f", 6, 5, line(PAPER, 1.2, "M0 4L3 1L6 4")),
        ("g", 6, 3, line(PAPER, 1.2, "M0 1H6")),
        ("h", 5, 5, dot(1.6)),
    ];
    for (id, w, h, body) in patterns {
        let _ = writeln!(
            out,
            "<pattern id=\"{id}\" width=\"{w}\" height=\"{h}\" patternUnits=\"userSpaceOnUse\">{body}</pattern>"
        );
    }
    out.push_str("</defs>\n");
}

/// A filled edge in a zone's colour and pattern.
pub(super) fn edge([x, y, w, h]: [f64; 4], letter: &str, out: &mut String) {
    let area = format!("<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"");
    let _ = write!(out, "{area} fill=\"{}\"/>", zone_colour(letter));
    if let Some(pattern) = zone_pattern(letter) {
        let _ = write!(out, "{area} fill=\"url(#{pattern})\"/>");
    }
}

/// Fill, border and the pattern above the fill.
const fn paint(look: Look) -> (&'static str, &'static str, &'static str) {
    match look {
        Look::Zone => (PAPER, "stroke=\"#8c887e\" stroke-width=\"1.5\"", "grid"),
        Look::Walk => ("#f1efe9", "", ""),
        Look::Obstacle => ("#e4e2d8", "stroke=\"#8c887e\"", ""),
        Look::Tree => ("#e8f3ec", "stroke=\"#1b6e47\"", ""),
        Look::Clearance => ("none", "stroke=\"#8c887e\" stroke-dasharray=\"2 4\"", ""),
        Look::KeepClear => (PAPER, "", "hatch"),
        Look::FireLane => (PAPER, "", "fire"),
        Look::LaneEdge => ("none", "stroke=\"#c7161e\" stroke-width=\"1.5\"", ""),
        Look::Reach => ("none", "stroke=\"#56534d\" stroke-width=\"1.3\" stroke-dasharray=\"1.5 4.5\"", ""),
        Look::Cable => ("none", "stroke=\"#1c1b19\" stroke-width=\"1.5\"", ""),
        Look::Entrance => (INK, "", ""),
        Look::Exit => (PAPER, "stroke=\"#1c1b19\" stroke-width=\"1.5\"", ""),
        Look::Outline => ("#faf9f6", "stroke=\"#cbc7bc\"", ""),
        Look::ZoneEdge => ("none", "stroke=\"#8c887e\" stroke-width=\"1.5\"", ""),
        Look::Shade => ("none", "stroke=\"#cbc7bc\" stroke-dasharray=\"4 3\"", "shade"),
        Look::StepFree => ("none", "stroke=\"#00707f\" stroke-dasharray=\"4 3\"", ""),
        Look::Steps => ("none", "stroke=\"#cbc7bc\" stroke-dasharray=\"4 3\"", "steps"),
        _ => ("none", "", ""),
    }
}

fn shape(shape: &Shape, out: &mut String) {
    match shape {
        Shape::Area(look, points) => {
            let (fill, border, over) = paint(*look);
            let _ = writeln!(out, "<polygon points=\"{points}\" fill=\"{fill}\" {border}/>");
            if !over.is_empty() {
                let _ = writeln!(out, "<polygon points=\"{points}\" fill=\"url(#{over})\"/>");
            }
        }
        Shape::Line(look, points) => {
            let (_, border, _) = paint(*look);
            let _ = writeln!(out, "<polyline points=\"{points}\" fill=\"none\" {border}/>");
        }
        Shape::Ring { look, x, y, r } => {
            let (fill, border, _) = paint(*look);
            let clip = if matches!(look, Look::Reach) { " clip-path=\"url(#inside)\"" } else { "" };
            let _ = writeln!(out, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\" fill=\"{fill}\" {border}{clip}/>");
        }
        Shape::Words { look, x, y, turn, text } => {
            let (size, fill, bold, halo) = match look {
                Look::LaneSign => (12.0, REDINK, true, 5.0),
                Look::OutletSign => (11.5, INK, true, 2.5),
                Look::KeepSign => (12.0, QUIET, false, 5.0),
                Look::MarkSign | Look::PatchSign => (11.0, QUIET, false, 3.0),
                _ => (12.0, QUIET, false, 0.0),
            };
            sign((*x, *y), *turn, text, Words { size, fill, bold, halo, ..Words::default() }, out);
        }
        Shape::Socket { x, y } => {
            let _ = writeln!(
                out,
                "<g transform=\"translate({x} {y})\"><rect x=\"-9\" y=\"-9\" width=\"18\" height=\"18\" rx=\"4\" \
                 fill=\"{INK}\"/><path d=\"M1 -6L-4 1H0L-1 6L4 -1H0Z\" fill=\"{PAPER}\"/></g>"
            );
        }
        Shape::Tap { x, y } => {
            let _ = writeln!(
                out,
                "<g transform=\"translate({x} {y})\"><circle r=\"9\" fill=\"{PAPER}\" stroke=\"#00707f\" \
                 stroke-width=\"1.5\"/><path d=\"M0 -5.5C2.4 -2.4 3.8 -.6 3.8 1.6A3.8 3.8 0 0 1 -3.8 1.6C-3.8 -.6 \
                 -2.4 -2.4 0 -5.5Z\" fill=\"#00707f\"/></g>"
            );
        }
        Shape::Mark { mark, x, y, .. } => {
            let _ = write!(out, "<g transform=\"translate({x} {y})\">");
            facility(*mark, out);
            out.push_str("</g>\n");
        }
        // A photo is not in the file, and paper is easier to read without it.
        Shape::Photo { .. } => {}
    }
}

/// The picture of a thing that people look for, 18 units wide.
pub(super) fn facility(mark: Mark, out: &mut String) {
    let (fill, border, line) = match mark.class() {
        "mark help" => ("#1b6e47", "#1b6e47", PAPER),
        "mark fire" => (PAPER, REDINK, REDINK),
        "mark wet" => (PAPER, "#00707f", "#00707f"),
        _ => (PAPER, QUIET, INK),
    };
    let _ = write!(
        out,
        "<rect x=\"-9\" y=\"-9\" width=\"18\" height=\"18\" rx=\"4\" fill=\"{fill}\" stroke=\"{border}\" \
         stroke-width=\"1.3\"/><path d=\"{}\" fill=\"none\" stroke=\"{line}\" stroke-width=\"1.4\" \
         stroke-linecap=\"round\" stroke-linejoin=\"round\"/>",
        mark.lines()
    );
}

/// Words centred on a point, turned about it.
fn sign((x, y): (f64, f64), turn: f64, text: &str, words: Words<'_>, out: &mut String) {
    let drop = words.size * 0.35;
    if turn == 0.0 {
        Words { at: (x, y + drop), anchor: "middle", ..words }.write(text, out);
        return;
    }
    let _ = write!(out, "<g transform=\"translate({x} {y}) rotate({turn})\">");
    Words { at: (0.0, drop), anchor: "middle", ..words }.write(text, out);
    out.push_str("</g>\n");
}

fn plate(plate: &Plate, out: &mut String) {
    let (left, top) = (-plate.w / 2.0, -plate.h / 2.0);
    let colour = zone_colour(&plate.zone);
    let dash = if plate.zone == "D" { " stroke-dasharray=\"4 3\"" } else { "" };
    let _ = write!(
        out,
        "<g transform=\"translate({} {}) rotate({})\"><rect x=\"{left}\" y=\"{top}\" width=\"{}\" height=\"{}\" \
         rx=\"3\" fill=\"{PAPER}\" stroke=\"{colour}\" stroke-width=\"1.5\"{dash}/>",
        plate.x, plate.y, plate.turn, plate.w, plate.h
    );
    edge(plate.counter_edge(), &plate.zone, out);
    let inset = |side| if plate.counter == side { 5.0 } else { 0.0 };
    let line = top + 22.0 + inset(Side::Top);
    let bold = |at, size| Words { at, size, bold: true, ..Words::default() };
    bold((left + 6.0 + inset(Side::Left), line), 20.0).write(&plate.no, out);
    let letter = (-left - 6.0 - inset(Side::Right), line - 1.0);
    Words { fill: colour, anchor: "end", ..bold(letter, 13.0) }.write(&plate.zone, out);
    if plate.h >= 46.0 && !plate.name.is_empty() {
        let middle = (inset(Side::Left) - inset(Side::Right)) / 2.0;
        Words { anchor: "middle", ..bold((middle, line + 19.0), 12.0) }.write(&plate.name, out);
    }
    if !plate.unit.is_empty() {
        let at = (0.0, -top + 14.0);
        Words { at, size: 11.5, fill: QUIET, anchor: "middle", halo: 3.0, ..Words::default() }
            .write(&plate.unit, out);
    }
    out.push_str("</g>\n");
}

/// The drawing's shapes and stalls in its own units, without the file round them.
pub(super) fn body(drawing: &Drawing, out: &mut String) {
    for one in &drawing.ground {
        shape(one, out);
    }
    for one in &drawing.plates {
        plate(one, out);
    }
}

/// The drawing as a file of its own; `title` says in one sentence what is to be seen.
pub fn svg(drawing: &Drawing, title: &str) -> String {
    let [x, y, w, h] = drawing.view;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{x} {y} {w} {h}\" width=\"{w}\" height=\"{h}\" \
         font-family=\"{FONT}\"><title>{}</title>\n",
        escaped(title)
    );
    defs(&drawing.outlines, &mut out);
    let _ = writeln!(out, "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" fill=\"{PAPER}\"/>");
    body(drawing, &mut out);
    out.push_str("</svg>\n");
    out
}

#[cfg(test)]
mod tests;
