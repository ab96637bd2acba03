//! The sheets that thank the units, on paper: one A4 a unit in one file.

use anyhow::Result;
use kaishi_app::pages::bulletin::{Shared, lines, places};
use kaishi_app::words::common::Common;
use kaishi_app::words::thanks::ThanksSheet as Words;
use kaishi_domain::bulletin::Thanks;

use super::ZH;
use crate::pack::Leaf;
use crate::pack::pen::{Hand, LINE, Pen, RED, WHITE, heavy, plain, quiet, room};
use crate::pack::press;

/// Left and right edge of what is written.
const EDGE: (f64, f64) = (24.0, 186.0);

/// All sheets as one file.
pub fn pdf(shared: &Shared, units: &[Thanks]) -> Result<Vec<u8>> {
    let leaves: Vec<Leaf> = units.iter().map(|unit| leaf(shared, unit)).collect();
    let marks: Vec<(String, usize)> =
        units.iter().enumerate().map(|(at, unit)| (unit.name.clone(), at)).collect();
    press::bind(&format!("{} {}", Words(ZH).head(), shared.day), &leaves, &marks)
}

/// One sheet.
pub fn leaf(shared: &Shared, unit: &Thanks) -> Leaf {
    let (words, wide) = (Words(ZH), EDGE.1 - EDGE.0);
    let mut pen = Pen::default();
    pen.fill(room(EDGE.0, 22.0, 13.0, 13.0), RED, 2.4);
    let seal = Hand { fill: WHITE, anchor: "middle", ..heavy(8.0, 8.0) };
    pen.line(EDGE.0 + 6.5, 31.4, Common(ZH).seal(), seal);
    pen.write(room(EDGE.0 + 17.0, 21.6, wide - 17.0, 7.5), &shared.title, heavy(5.2, 3.6));
    pen.write(room(EDGE.0 + 17.0, 28.8, wide - 17.0, 7.0), &shared.day, plain(4.8, 3.6));
    pen.rule((EDGE.0, 42.0), (EDGE.1, 42.0), (RED, 0.8, false));
    pen.line(EDGE.0, 68.0, words.head(), Hand { fill: RED, ..heavy(6.4, 6.4) });
    let after = pen.write(room(EDGE.0, 72.0, wide, 30.0), &unit.name, heavy(11.0, 6.0));
    let came = words.came(shared.ordinal, &shared.name);
    let after = pen.write(room(EDGE.0, after + 5.0, wide, 16.0), &came, plain(6.0, 4.6));
    let after = pen.write(room(EDGE.0, after + 1.0, wide, 13.0), &places(unit), quiet(4.8, 3.6));
    let mut y = after + 9.0;
    pen.rule((EDGE.0, y), (EDGE.1, y), (LINE, 0.4, false));
    for line in lines(unit) {
        pen.write(room(EDGE.0, y + 6.4, 34.0, 8.0), line.name, quiet(4.8, 4.0));
        let mut value = pen.write(room(EDGE.0 + 36.0, y + 4.2, 126.0, 11.0), &line.value, heavy(7.4, 5.0));
        if !line.beside.is_empty() {
            value = pen.write(room(EDGE.0 + 36.0, value, 126.0, 7.0), &line.beside, quiet(4.4, 3.4));
        }
        y = value + 4.0;
        pen.rule((EDGE.0, y), (EDGE.1, y), (LINE, 0.4, false));
    }
    let after = pen.write(room(EDGE.0, y + 12.0, wide, 16.0), words.close(), plain(5.2, 4.4));
    let right = Hand { anchor: "end", ..heavy(5.4, 4.0) };
    pen.write(room(EDGE.0, after + 5.0, wide, 8.0), &shared.organizer, right);
    let foot = shared.foot.iter().map(String::as_str).chain([words.later()]);
    let mut y = 287.0 - 4.2 * (shared.foot.len() + 1) as f64;
    for line in foot {
        pen.write(room(EDGE.0, y, wide, 4.2), line, quiet(3.0, 2.2));
        y += 4.2;
    }
    pen.leaf(210.0, 297.0)
}
