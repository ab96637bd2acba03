//! The letter on paper, A4, as offices write: a red head, 22 lines of 28 letters a page, an annex with every figure.
//! Measures after GB/T 9704 in millimetres.

use std::fmt::Write as _;

use anyhow::Result;
use kaishi_app::words::bulletin::Bulletin as Names;
use kaishi_app::words::copy::Copy as Words;
use kaishi_domain::layout::svg::escaped;

use super::{Copy, ZH};
use crate::pack::Leaf;
use crate::pack::pen::{Hand, INK, LINE, Pen, RED, heavy, plain, quiet, room, span, wrap};
use crate::pack::press;

/// The written part of a page: left, top, right, bottom.
const EDGE: [f64; 4] = [28.0, 37.0, 184.0, 262.0];
/// 28 letters a line.
const SIZE: f64 = 156.0 / 28.0;
/// 22 lines a page.
const PITCH: f64 = 225.0 / 22.0;
/// What a paragraph begins with while it is broken into lines, for its two blanks.
const INDENT: &str = "口口";
/// Lines of the signature with the one before it.
const SIGN: f64 = 3.0;
/// So many lines of the last paragraph stay with the signature.
const KEPT: usize = 8;
/// From one row of the annex to the next.
const ROW: f64 = 10.4;

/// The letter as one file.
pub fn pdf(copy: &Copy) -> Result<Vec<u8>> {
    press::bind(&copy.bulletin.title, &leaves(copy), &[])
}

/// Its pages.
pub fn leaves(copy: &Copy) -> Vec<Leaf> {
    let mut flow = Flow { pages: Vec::new(), pen: Pen::default(), y: EDGE[1] };
    head(copy, &mut flow);
    for (at, paragraph) in copy.bulletin.paragraphs.iter().enumerate() {
        let text = paragraph.text();
        if at + 1 == copy.bulletin.paragraphs.len() {
            // Nobody signs a page that says nothing else.
            flow.need((lines(&text).len().min(KEPT) as f64 + SIGN) * PITCH);
        }
        flow.paragraph(&text);
    }
    sign(copy, &mut flow);
    flow.turn();
    annex(copy, &mut flow);
    for (nth, correction) in copy.corrections.iter().enumerate() {
        if nth == 0 {
            flow.need(3.0 * PITCH);
            flow.y += PITCH * 0.6;
            flow.heading(Words(ZH).corrections());
        }
        flow.paragraph(correction);
    }
    flow.turn();
    let pages = flow.pages.len();
    flow.pages.into_iter().enumerate().map(|(at, pen)| finished(copy, pen, (at + 1, pages))).collect()
}

/// A paragraph in lines; the first one begins with [`INDENT`].
fn lines(text: &str) -> Vec<String> {
    wrap(&format!("{INDENT}{text}"), (EDGE[2] - EDGE[0]) / SIZE)
}

/// Pages that are filled from top to bottom.
struct Flow {
    pages: Vec<Pen>,
    pen: Pen,
    /// Where the next line begins.
    y: f64,
}

impl Flow {
    fn turn(&mut self) {
        self.pages.push(std::mem::take(&mut self.pen));
        self.y = EDGE[1];
    }

    /// Begins another page where less than so much is left.
    fn need(&mut self, height: f64) {
        if self.y + height > EDGE[3] + 0.01 {
            self.turn();
        }
    }

    fn paragraph(&mut self, text: &str) {
        let lines = lines(text);
        for (at, line) in lines.iter().enumerate() {
            self.need(PITCH);
            let indent = if at == 0 { 2.0 * SIZE } else { 0.0 };
            let words = if at == 0 { line.strip_prefix(INDENT).unwrap_or(line) } else { line };
            let full = (at + 1 < lines.len()).then_some(EDGE[2] - EDGE[0] - indent);
            set(&mut self.pen, (EDGE[0] + indent, self.y + PITCH * 0.68), words, full);
            self.y += PITCH;
        }
    }

    fn heading(&mut self, text: &str) {
        self.need(2.0 * PITCH);
        self.pen.line(EDGE[0], self.y + PITCH * 0.68, text, heavy(SIZE, SIZE));
        self.y += PITCH * 1.2;
    }
}

/// A line of the text; one that is followed by another reaches the right edge.
fn set(pen: &mut Pen, (x, y): (f64, f64), words: &str, full: Option<f64>) {
    let narrow = |width: &f64| *width - span(words) * SIZE < 2.0 * SIZE;
    let Some(width) = full.filter(narrow) else { return pen.line(x, y, words, plain(SIZE, SIZE)) };
    let mut out = String::new();
    let _ = write!(
        out,
        "<text x=\"{x:.2}\" y=\"{y:.2}\" font-size=\"{SIZE:.3}\" textLength=\"{width:.2}\" fill=\"{INK}\">{}</text>",
        escaped(words)
    );
    pen.raw(&out);
}

/// The red head with whose it is, and the title.
fn head(copy: &Copy, flow: &mut Flow) {
    let words = Words(ZH);
    let middle = |hand: Hand| Hand { anchor: "middle", ..hand };
    let kind = format!("{}{}", copy.name, words.kind());
    let red = Hand { fill: RED, ..middle(heavy(15.0, 8.0)) };
    let pen = &mut flow.pen;
    let after = pen.write(room(EDGE[0], EDGE[1], 156.0, 21.0), &kind, red);
    pen.write(room(EDGE[0], after + 1.0, 156.0, 9.0), &words.nth(copy.ordinal), middle(plain(SIZE, SIZE)));
    let (signs, day) = copy.signature();
    pen.write(room(EDGE[0], 70.0, 100.0, 8.0), signs, plain(SIZE, 4.0));
    let right = Hand { anchor: "end", ..plain(SIZE, 4.0) };
    pen.write(room(EDGE[0] + 100.0, 70.0, 56.0, 8.0), day, right);
    pen.rule((EDGE[0], 80.0), (EDGE[2], 80.0), (RED, 0.9, false));
    let title = copy.bulletin.title.replacen(' ', "\n", 1);
    let after = pen.write(room(EDGE[0], 88.0, 156.0, 30.0), &title, middle(heavy(7.76, 6.0)));
    flow.y = after + PITCH * 0.6;
}

/// Who signs and when, at the right, never parted.
fn sign(copy: &Copy, flow: &mut Flow) {
    flow.need(SIGN * PITCH);
    flow.y += PITCH;
    let (signs, day) = copy.signature();
    let wide = span(signs).max(span(day)) * SIZE;
    let centre = EDGE[2] - 2.0 * SIZE - wide / 2.0;
    for line in [signs, day] {
        let hand = Hand { anchor: "middle", ..plain(SIZE, SIZE) };
        flow.pen.line(centre, flow.y + PITCH * 0.68, line, hand);
        flow.y += PITCH;
    }
}

/// Every figure with what it means.
fn annex(copy: &Copy, flow: &mut Flow) {
    flow.heading(Words(ZH).annex());
    let names = Names(ZH);
    let [left, _, right, _] = EDGE;
    let columns = [left, left + 38.0, left + 58.0, left + 64.0];
    let number = |hand: Hand| Hand { anchor: "end", ..hand };
    let (y, pen) = (flow.y, &mut flow.pen);
    pen.line(columns[0], y + 4.4, names.figure(), quiet(4.0, 4.0));
    pen.line(columns[2], y + 4.4, names.exact(), number(quiet(4.0, 4.0)));
    pen.line(columns[3], y + 4.4, names.meaning(), quiet(4.0, 4.0));
    pen.rule((left, y + 7.0), (right, y + 7.0), (INK, 0.5, false));
    flow.y += 7.0;
    for (name, meaning, figure) in copy.figures() {
        flow.need(ROW);
        let (y, pen) = (flow.y, &mut flow.pen);
        pen.write(room(columns[0], y + 2.2, 40.0, 7.0), name, plain(4.6, 3.6));
        pen.line(columns[2], y + 6.6, &figure.exact.to_string(), number(heavy(4.8, 4.8)));
        pen.write(room(columns[3], y + 2.9, right - columns[3], 5.0), meaning, quiet(3.8, 2.8));
        pen.rule((left, y + ROW), (right, y + ROW), (LINE, 0.3, false));
        flow.y += ROW;
    }
}

/// A page with its number and what it rests on; across a draft it says so.
fn finished(copy: &Copy, written: Pen, (page, of): (usize, usize)) -> Leaf {
    let mut pen = Pen::default();
    if copy.is_draft() {
        let _ = across(&mut pen);
    }
    pen.raw(&written.drawn());
    for (at, line) in copy.foot().into_iter().enumerate() {
        pen.write(room(EDGE[0], 266.0 + 4.0 * at as f64, 156.0, 4.0), line, quiet(2.9, 2.2));
    }
    let number = format!("— {page} —");
    let hand = Hand { anchor: if page % 2 == 1 { "end" } else { "start" }, ..plain(4.9, 4.9) };
    let x = if page % 2 == 1 { EDGE[2] - 4.9 } else { EDGE[0] + 4.9 };
    if of > 1 {
        pen.line(x, 286.0, &number, hand);
    }
    pen.leaf(210.0, 297.0)
}

fn across(pen: &mut Pen) -> std::fmt::Result {
    let mut out = String::new();
    write!(out, "<g transform=\"translate(105 158) rotate(-40)\" opacity=\"0.13\">")?;
    let mut mark = Pen::default();
    mark.line(0.0, 14.0, Words(ZH).draft(), Hand { fill: RED, anchor: "middle", ..heavy(40.0, 40.0) });
    write!(out, "{}</g>", mark.drawn())?;
    pen.raw(&out);
    Ok(())
}
