//! The picture to share, 1080 by 1440 dots: the market's name as on its posters, the day, and the figures. No faces
//! and nobody's data; what its number of people leaves out is said below it.

use anyhow::Result;
use kaishi_app::words::bulletin::Bulletin as Names;
use kaishi_app::words::common::Common;
use kaishi_app::words::copy::Copy as Words;
use kaishi_domain::bulletin::FigureKey;
use kaishi_domain::layout::svg::FONT;

use super::{Copy, ZH};
use crate::pack::pen::{Hand, LINE, Pen, RED, WHITE, heavy, plain, quiet, room, span};
use crate::paper;

/// Dots across and down.
const SIZE: (f64, f64) = (1080.0, 1440.0);
/// Left and right edge of what is written.
const EDGE: (f64, f64) = (72.0, 1008.0);

/// The picture as a file.
pub fn png(copy: &Copy) -> Result<Vec<u8>> {
    paper::picture(&svg(copy))
}

/// The picture as it is drawn.
pub fn svg(copy: &Copy) -> String {
    let mut pen = Pen::default();
    band(copy, &mut pen);
    served(copy, &mut pen);
    three(copy, &mut pen);
    foot(copy, &mut pen);
    if copy.is_draft() {
        let mut mark = Pen::default();
        mark.line(0.0, 70.0, Words(ZH).draft(), Hand { fill: RED, anchor: "middle", ..heavy(200.0, 200.0) });
        pen.raw(&format!(
            "<g transform=\"translate(540 860) rotate(-34)\" opacity=\"0.16\">{}</g>",
            mark.drawn()
        ));
    }
    let (w, h) = SIZE;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" height=\"{h}\" \
         font-family=\"{FONT}\">{}</svg>",
        pen.drawn()
    )
}

/// Seal, name, theme and day on red, as on the posters.
fn band(copy: &Copy, pen: &mut Pen) {
    let white = |hand: Hand| Hand { fill: WHITE, ..hand };
    pen.fill(room(0.0, 0.0, SIZE.0, 450.0), RED, 0.0);
    pen.fill(room(EDGE.0, 72.0, 92.0, 92.0), WHITE, 18.0);
    let seal = Hand { fill: RED, anchor: "middle", ..heavy(60.0, 60.0) };
    pen.line(EDGE.0 + 46.0, 140.0, Common(ZH).seal(), seal);
    pen.write(room(EDGE.0 + 120.0, 78.0, 560.0, 46.0), &copy.organizer, white(heavy(36.0, 24.0)));
    let nth = Words(ZH).nth(copy.ordinal);
    pen.write(room(EDGE.0 + 120.0, 124.0, 560.0, 40.0), &nth, white(plain(30.0, 24.0)));
    pen.write(room(EDGE.0, 188.0, EDGE.1 - EDGE.0, 146.0), &copy.name, white(heavy(112.0, 56.0)));
    pen.write(room(EDGE.0, 330.0, EDGE.1 - EDGE.0, 44.0), &copy.theme, white(plain(34.0, 22.0)));
    let day = copy.bulletin.title.rsplit_once(' ').map_or("", |(_, day)| day);
    pen.write(room(EDGE.0, 380.0, EDGE.1 - EDGE.0, 48.0), day, white(heavy(34.0, 26.0)));
}

/// How many people were served, by which way, and what that leaves out.
fn served(copy: &Copy, pen: &mut Pen) {
    let names = Names(ZH);
    let exact = copy.exact(FigureKey::Encounters).to_string();
    pen.line(EDGE.0, 530.0, names.explain(FigureKey::Encounters).0, quiet(36.0, 36.0));
    let size = (620.0 / span(&exact)).min(230.0);
    pen.line(EDGE.0 - 6.0, 720.0, &exact, heavy(size, size));
    let after = EDGE.0 + span(&exact) * size * 1.06 + 18.0;
    pen.line(after, 720.0, Words(ZH).times(), heavy(56.0, 56.0));
    let sources = [FigureKey::Scan, FigureKey::Staff, FigureKey::Paper];
    let told = |key: &FigureKey| *key != FigureKey::Paper || copy.exact(*key) != 0;
    let sources: Vec<String> = sources
        .into_iter()
        .filter(told)
        .map(|key| format!("{} {}", names.explain(key).0.trim_start_matches("其中"), copy.exact(key)))
        .collect();
    pen.write(room(EDGE.0, 750.0, EDGE.1 - EDGE.0, 46.0), &sources.join("　"), plain(34.0, 22.0));
    let left_out: Vec<String> = copy.bulletin.left_out().collect();
    pen.write(room(EDGE.0, 802.0, EDGE.1 - EDGE.0, 84.0), &left_out.join(""), quiet(26.0, 18.0));
}

/// Appeals, those settled on the spot, and stalls.
fn three(copy: &Copy, pen: &mut Pen) {
    pen.rule((EDGE.0, 900.0), (EDGE.1, 900.0), (LINE, 2.0, false));
    let wide = (EDGE.1 - EDGE.0) / 3.0;
    let keys = [FigureKey::Appeals, FigureKey::SettledOnSpot, FigureKey::Stalls];
    for (at, key) in keys.into_iter().enumerate() {
        let x = EDGE.0 + wide * at as f64;
        pen.line(x, 960.0, Names(ZH).explain(key).0, quiet(34.0, 34.0));
        pen.write(room(x, 975.0, wide - 20.0, 130.0), &copy.exact(key).to_string(), heavy(104.0, 60.0));
    }
    pen.rule((EDGE.0, 1126.0), (EDGE.1, 1126.0), (LINE, 2.0, false));
}

fn foot(copy: &Copy, pen: &mut Pen) {
    let mut y = 1142.0;
    for (nth, correction) in copy.corrections.iter().enumerate() {
        if y > 1216.0 {
            let rest = Words(ZH).more(copy.corrections.len() - nth);
            pen.write(room(EDGE.0, y, EDGE.1 - EDGE.0, 34.0), &rest, plain(26.0, 18.0));
            break;
        }
        y = pen.write(room(EDGE.0, y, EDGE.1 - EDGE.0, 1256.0 - y), correction, plain(26.0, 18.0)) + 4.0;
    }
    let mut y = 1400.0 - 34.0 * copy.foot().len() as f64;
    for line in copy.foot() {
        pen.write(room(EDGE.0, y, EDGE.1 - EDGE.0, 32.0), line, quiet(24.0, 15.0));
        y += 34.0;
    }
}
