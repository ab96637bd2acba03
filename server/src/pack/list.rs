//! Every stall in large print, for people who read no map: number, name, unit and services.

use kaishi_app::pages::poster::{Brand, Row};
use kaishi_app::words::Lang;
use kaishi_app::words::pack::Leaf as Words;

use super::called;
use super::pen::{Hand, LINE, Leaf, Pen, heavy, plain, quiet, room};
use super::poster::{band, zone};

/// Rows on a page.
const ROWS: usize = 8;
/// Height of a row.
const PITCH: f64 = 29.0;

/// The pages.
pub(super) fn leaves(brand: &Brand, rows: &[Row]) -> Vec<Leaf> {
    let of = rows.len().div_ceil(ROWS);
    rows.chunks(ROWS).enumerate().map(|(at, rows)| leaf(brand, rows, (at + 1, of))).collect()
}

fn leaf(brand: &Brand, rows: &[Row], (page, of): (usize, usize)) -> Leaf {
    let words = Words(Lang::Zh);
    let mut pen = Pen::default();
    band(brand, 26.0, &mut pen);
    pen.line(15.0, 41.0, words.list_title(), heavy(10.0, 10.0));
    for (at, row) in rows.iter().enumerate() {
        let top = 48.0 + PITCH * at as f64;
        let (name, unit) = called(row);
        pen.rule((15.0, top), (195.0, top), (LINE, 0.4, false));
        pen.write(room(15.0, top + 4.0, 27.0, 18.0), &row.sign.no, heavy(12.4, 6.0));
        let after = pen.write(room(44.0, top + 1.5, 92.0, 12.0), &name, heavy(9.2, 4.6));
        let services = row.sign.services.iter().take(6).cloned().collect::<Vec<_>>().join("　");
        let after = pen.write(room(44.0, after, 151.0, top + 22.0 - after), &unit, plain(6.4, 3.8));
        pen.write(room(44.0, after, 151.0, top + PITCH - 0.5 - after), &services, quiet(6.4, 4.0));
        zone(row, room(139.0, top + 2.0, 56.0, 10.0), &mut pen);
    }
    let foot = Hand { anchor: "end", ..quiet(3.8, 3.8) };
    pen.line(195.0, 289.0, &words.foot(page, of, &brand.printed), foot);
    pen.leaf(210.0, 297.0)
}
