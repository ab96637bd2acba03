//! A map on a sheet of paper, A3 across: title, map, scale, north, legend and the list of stalls.
//! One SVG file in millimetres; print, PNG and PDF are made from it.

use std::fmt::Write as _;

use super::drawing::{Drawing, SCALE, Shape, fit, metres};
use super::shape::{Look, Mark};
use super::svg::{FONT, INK, LINE, QUIET, Words, body, defs, edge, escaped, facility};
use crate::map::Set;

/// Width of the paper in millimetres.
pub const WIDTH: f64 = 420.0;
/// Height of the paper in millimetres.
pub const HEIGHT: f64 = 297.0;

/// The map's box: left, top, width, height.
const BOX: [f64; 4] = [12.0, 36.0, 290.0, 236.0];
/// The column beside it: left and width.
const BESIDE: (f64, f64) = (310.0, 98.0);
/// Where everything ends.
const BOTTOM: f64 = 284.0;

/// One line of the list of stalls.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// The printed number.
    pub no: String,
    /// The slogan zone's letter.
    pub zone: String,
    /// Name on the sign; empty while there is none.
    pub name: String,
    /// Its unit.
    pub unit: String,
}

/// What stands on the sheet beside the drawing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sheet {
    /// `党员服务市集 · 5月13日（星期六）`
    pub title: String,
    /// `雨天摊位图 · 第 3 版`
    pub subtitle: String,
    /// Slogan zones as (letter, name).
    pub zones: Vec<(String, String)>,
    /// Every stall in the order of the numbers.
    pub lines: Vec<Line>,
    /// English instead of Chinese.
    pub english: bool,
}

fn bold(at: (f64, f64), size: f64) -> Words<'static> {
    Words { at, size, bold: true, ..Words::default() }
}

fn quiet(at: (f64, f64), size: f64) -> Words<'static> {
    Words { at, size, fill: QUIET, ..Words::default() }
}

/// Millimetres to the hundredth.
fn mm(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// The sheet as an SVG file.
pub fn sheet(drawing: &Drawing, sheet: &Sheet) -> String {
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}mm\" \
         height=\"{HEIGHT}mm\" font-family=\"{FONT}\"><title>{} {}</title>\n",
        escaped(&sheet.title),
        escaped(&sheet.subtitle)
    );
    defs(&drawing.outlines, &mut out);
    let _ = writeln!(out, "<rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>");
    bold((BOX[0], 20.0), 9.0).write(&fit(&sheet.title, 40), &mut out);
    quiet((BOX[0], 29.0), 4.6).write(&fit(&sheet.subtitle, 80), &mut out);
    let metre = map(drawing, &mut out);
    scale(metre, sheet.english, &mut out);
    let below = legend(drawing, sheet, &mut out);
    list(sheet, below, &mut out);
    out.push_str("</svg>\n");
    out
}

/// The map in its box; answers how many millimetres a metre has there.
fn map(drawing: &Drawing, out: &mut String) -> f64 {
    let [x, y, w, h] = drawing.view;
    let [left, top, wide, tall] = BOX;
    let _ = writeln!(
        out,
        "<svg x=\"{left}\" y=\"{top}\" width=\"{wide}\" height=\"{tall}\" viewBox=\"{x} {y} {w} {h}\">"
    );
    body(drawing, out);
    let _ = writeln!(
        out,
        "</svg>\n<rect x=\"{left}\" y=\"{top}\" width=\"{wide}\" height=\"{tall}\" fill=\"none\" \
         stroke=\"{LINE}\" stroke-width=\"0.4\"/>"
    );
    (wide / w.max(1.0)).min(tall / h.max(1.0)) * SCALE
}

/// A bar of a round number of metres, the scale in figures, and north.
fn scale(metre: f64, english: bool, out: &mut String) {
    let round = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0];
    let length = round.into_iter().find(|length| length * metre >= 24.0).unwrap_or(500.0);
    let (left, y) = (BOX[0], BOTTOM);
    let (end, middle) = (mm(left + length * metre), mm(left + length * metre / 2.0));
    let _ = writeln!(
        out,
        "<path d=\"M{left} {0}V{y}H{end}V{0}M{middle} {1}V{y}\" fill=\"none\" stroke=\"{INK}\" \
         stroke-width=\"0.5\"/>",
        y - 3.0,
        y - 2.0
    );
    quiet((left, y - 4.5), 3.6).write("0", out);
    Words { anchor: "end", ..quiet((end, y - 4.5), 3.6) }.write(&format!("{} m", metres(length)), out);
    quiet((end + 6.0, y), 3.6).write(&format!("1 : {:.0}", 1_000.0 / metre), out);
    let at = BOX[0] + BOX[2] - 4.0;
    let _ = writeln!(
        out,
        "<path d=\"M{at} {}L{} {}L{at} {}L{} {}Z\" fill=\"{INK}\"/>",
        y - 10.0,
        at + 2.6,
        y - 1.0,
        y - 3.0,
        at - 2.6,
        y - 1.0
    );
    Words { anchor: "end", ..quiet((at - 5.0, y - 1.0), 4.0) }.write(if english { "N" } else { "北" }, out);
}

/// A small sign of the legend, Chinese and English.
type Key = (&'static str, &'static str, &'static str);

/// What a shape on the map means, if the legend explains it.
const fn key(look: Look) -> Option<Key> {
    Some(match look {
        Look::FireLane => ("fire", "消防通道，不能占", "Fire lane, keep clear"),
        Look::KeepClear => ("hatch", "留空，不能摆摊", "Keep free of stalls"),
        Look::Tree => ("tree", "树", "Tree"),
        Look::Cable => ("cable", "电缆", "Cable"),
        Look::Entrance => ("entrance", "入口", "Entrance"),
        _ => return None,
    })
}

fn keys(drawing: &Drawing) -> Set<Key> {
    drawing
        .ground
        .iter()
        .filter_map(|shape| match shape {
            Shape::Area(look, _) | Shape::Line(look, _) | Shape::Ring { look, .. } => key(*look),
            Shape::Socket { .. } => Some(("socket", "插座", "Power outlet")),
            Shape::Tap { .. } => Some(("tap", "取水", "Water")),
            Shape::Words { .. } | Shape::Mark { .. } | Shape::Photo { .. } => None,
        })
        .collect()
}

/// What people look for on the map: each kind once, with its name.
fn marks(drawing: &Drawing) -> Vec<(Mark, &str)> {
    let mut found: Vec<(Mark, &str)> = Vec::new();
    for shape in &drawing.ground {
        if let Shape::Mark { mark, name, .. } = shape
            && !found.iter().any(|(_, known)| known == name)
        {
            found.push((*mark, name));
        }
    }
    found
}

fn small_sign(kind: &str, x: f64, y: f64, out: &mut String) {
    let middle = (x + 3.0, y - 1.4);
    let _ = match kind {
        "fire" | "hatch" => writeln!(
            out,
            "<g transform=\"translate({x} {}) scale(0.3)\"><rect width=\"20\" height=\"13\" \
             fill=\"url(#{kind})\" stroke=\"{LINE}\"/></g>",
            y - 3.4
        ),
        "tree" => writeln!(
            out,
            "<circle cx=\"{}\" cy=\"{}\" r=\"1.8\" fill=\"#e8f3ec\" stroke=\"#1b6e47\" stroke-width=\"0.3\"/>",
            middle.0, middle.1
        ),
        "cable" => writeln!(
            out,
            "<path d=\"M{x} {0}H{1}\" stroke=\"{INK}\" stroke-width=\"0.5\"/>",
            middle.1,
            x + 6.0
        ),
        "entrance" => {
            writeln!(out, "<path d=\"M{} {}l2 3.4h-4Z\" fill=\"{INK}\"/>", middle.0, y - 3.2)
        }
        "socket" => writeln!(
            out,
            "<rect x=\"{}\" y=\"{}\" width=\"3.6\" height=\"3.6\" rx=\"0.8\" fill=\"{INK}\"/>",
            x + 1.2,
            y - 3.2
        ),
        _ => writeln!(
            out,
            "<circle cx=\"{}\" cy=\"{}\" r=\"1.8\" fill=\"#fff\" stroke=\"#00707f\" stroke-width=\"0.5\"/>",
            middle.0, middle.1
        ),
    };
}

/// Zones and signs; answers where it ends.
fn legend(drawing: &Drawing, sheet: &Sheet, out: &mut String) -> f64 {
    let (x, wide) = BESIDE;
    let mut y = BOX[1] + 4.0;
    bold((x, y), 4.6).write(if sheet.english { "Legend" } else { "图例" }, out);
    for (letter, name) in &sheet.zones {
        y += 7.0;
        let _ = write!(out, "<g transform=\"translate({x} {}) scale(0.3)\">", y - 3.6);
        edge([0.0, 0.0, 20.0, 14.0], letter, out);
        out.push_str("</g>");
        bold((x + 8.5, y), 4.2).write(letter, out);
        Words { at: (x + 13.0, y), size: 4.2, ..Words::default() }.write(&fit(name, 20), out);
    }
    let mut place = 0;
    let mut next = |y: &mut f64| {
        *y += if place % 2 == 0 { 6.4 } else { 0.0 };
        place += 1;
        x + if place % 2 == 1 { 0.0 } else { wide / 2.0 }
    };
    for (kind, chinese, english) in keys(drawing) {
        let left = next(&mut y);
        small_sign(kind, left, y, out);
        quiet((left + 8.5, y), 3.6).write(if sheet.english { english } else { chinese }, out);
    }
    for (mark, name) in marks(drawing) {
        let left = next(&mut y);
        let _ = write!(out, "<g transform=\"translate({} {}) scale(0.24)\">", left + 3.0, mm(y - 1.4));
        facility(mark, out);
        out.push_str("</g>\n");
        quiet((left + 8.5, y), 3.6).write(&fit(name, 10), out);
    }
    y + 12.0
}

/// Every stall in as many columns as are needed; what does not fit is counted.
fn list(sheet: &Sheet, top: f64, out: &mut String) {
    let (x, wide) = BESIDE;
    bold((x, top), 4.6).write(if sheet.english { "Stalls" } else { "摊位" }, out);
    let room = BOTTOM - top - 4.0;
    let (columns, pitch) = [(1, 6.4), (1, 5.0), (2, 4.6), (3, 4.2)]
        .into_iter()
        .find(|(columns, pitch)| sheet.lines.len() <= columns * (room / pitch) as usize)
        .unwrap_or((3, 4.2));
    let rows = (room / pitch) as usize;
    let column = wide / columns as f64;
    let size = (pitch * 0.72_f64).min(4.2);
    for (at, line) in sheet.lines.iter().take(columns * rows).enumerate() {
        let left = mm(x + column * (at / rows) as f64);
        let y = mm(top + pitch * (at % rows + 1) as f64 + 1.5);
        bold((left, y), size).write(&line.no, out);
        let (name, unit) = if columns == 1 { (46.0, 38.0) } else { (column - 10.0, 0.0) };
        let letters = |room: f64| (room / size) as usize;
        let at = (left + size * 2.4, y);
        Words { at, size, ..Words::default() }.write(&fit(&line.name, letters(name)), out);
        if unit > 0.0 {
            quiet((left + column - unit, y), size * 0.9).write(&fit(&line.unit, letters(unit)), out);
        }
    }
    let left_over = sheet.lines.len().saturating_sub(columns * rows);
    if left_over > 0 {
        let text = if sheet.english {
            format!("and {left_over} more on the map")
        } else {
            format!("另有 {left_over} 个见图上编号")
        };
        quiet((x, BOTTOM + 4.0), 3.6).write(&text, out);
    }
}

#[cfg(test)]
mod tests {
    use super::super::drawing::{Labels, draw};
    use super::super::tests::stall;
    use super::super::{Layout, number_order};
    use super::*;
    use crate::ground::Ground;

    fn drawn(count: usize) -> String {
        let ground = Ground::parse(include_str!("../../../../server/demo/ground.json")).unwrap();
        let layout = Layout::of([stall(1, 12.0, 5.0)]).unwrap();
        let line = |no: usize| Line {
            no: no.to_string(),
            zone: "A".into(),
            name: format!("摊位{no}"),
            unit: "福中社区党委".into(),
        };
        let content = Sheet {
            title: "党员服务市集".into(),
            subtitle: "晴天摊位图".into(),
            zones: vec![("A".into(), "民有所呼，我有所应".into())],
            lines: (1..=count).map(line).collect(),
            english: false,
        };
        sheet(&draw(&ground, &layout, &Labels::default()), &content)
    }

    #[test]
    fn a_sheet_says_what_it_is_how_large_and_where_north_is() {
        let text = drawn(14);
        for part in
            ["党员服务市集", "图例", "民有所呼，我有所应", "消防通道，不能占", ">北<", "1 : ", ">5 m<"]
        {
            assert!(text.contains(part), "{part}");
        }
        assert!(text.contains("width=\"420mm\" height=\"297mm\""));
    }

    #[test]
    fn every_stall_is_listed_or_counted() {
        for count in [0, 14, 40, 70, 100, 2_000] {
            let text = drawn(count);
            let named = |no: &usize| text.contains(&format!(">摊位{no}<"));
            let listed = (1..=count).filter(named).count();
            let more = text.split("另有 ").nth(1).map_or("0", |rest| rest.split(' ').next().unwrap());
            assert_eq!(listed + number_order(more).0 as usize, count);
            assert!(listed >= count.min(100), "{listed} of {count}");
        }
    }

    #[test]
    fn nothing_stands_below_the_paper() {
        let text = drawn(2_000);
        let places = text.split("<text x=\"").skip(1).filter_map(|rest| {
            let y = rest.split("y=\"").nth(1)?.split('"').next()?;
            y.parse::<f64>().ok()
        });
        assert!(places.fold(0.0, f64::max) <= HEIGHT - 6.0);
    }
}
