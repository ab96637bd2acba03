//! The tally sheet of a stall, for when network or power fail: kinds across, hours down.

use kaishi_app::pages::poster::{Brand, Row};
use kaishi_app::words::Lang;
use kaishi_app::words::staff::Pad;
use kaishi_app::words::tally::Sheet as Words;
use kaishi_domain::encounter::Kind;

use super::called;
use super::pen::{Hand, INK, Leaf, Pen, heavy, plain, quiet, room};
use super::poster::number;

/// The table: left, top, right, bottom.
const TABLE: [f64; 4] = [14.0, 66.0, 196.0, 252.0];
/// Width of the column of hours.
const HOURS: f64 = 24.0;
/// Height of the headings and of the sums.
const HEAD: f64 = 11.0;

/// The page.
pub(super) fn leaf(brand: &Brand, hours: &[String], row: &Row) -> Leaf {
    let words = Words(Lang::Zh);
    let (name, unit) = called(row);
    let mut pen = Pen::default();
    pen.line(14.0, 21.0, words.title(), heavy(8.0, 8.0));
    let day = format!("{}　{} {}", brand.title, brand.day, brand.weekday);
    pen.write(room(14.0, 24.0, 130.0, 7.0), day.trim(), quiet(4.4, 3.2));
    number(&row.sign.no, room(196.0 - 40.0, 13.0, 40.0, 22.0), &mut pen);
    let after = pen.write(room(14.0, 32.0, 134.0, 10.0), &name, heavy(7.4, 4.6));
    let after = pen.write(room(14.0, after, 180.0, 10.0), &unit, plain(5.0, 3.6));
    pen.write(room(14.0, after + 0.6, 182.0, 64.5 - after), words.why(), quiet(4.4, 3.4));
    table(hours, &mut pen);
    let [left, _, right, bottom] = TABLE;
    let wide = (right - left) / 3.0;
    for (at, head) in [words.counted_by(), words.entered(), words.remark()].into_iter().enumerate() {
        let x = left + wide * at as f64;
        pen.write(room(x, bottom + 5.0, wide - 4.0, 7.0), head, quiet(4.2, 3.4));
        pen.rule((x, bottom + 27.0), (x + wide - 4.0, bottom + 27.0), (INK, 0.3, false));
    }
    pen.line(14.0, 289.0, &kaishi_app::words::pack::Leaf(Lang::Zh).printed(&brand.printed), quiet(3.6, 3.6));
    pen.leaf(210.0, 297.0)
}

fn table(hours: &[String], pen: &mut Pen) {
    let words = Words(Lang::Zh);
    let [left, top, right, bottom] = TABLE;
    let columns = Kind::ALL.len() + 1;
    let wide = (right - left - HOURS) / columns as f64;
    let tall = (bottom - top - 2.0 * HEAD) / hours.len().max(1) as f64;
    let middle = |hand: Hand| Hand { anchor: "middle", ..hand };
    let mut cell = |x: f64, y: f64, w: f64, text: &str| {
        pen.write(room(x + 1.0, y + 2.4, w - 2.0, 8.0), text, middle(heavy(4.8, 3.2)));
    };
    cell(left, top, HOURS, words.hour());
    let heads = Kind::ALL.map(|kind| Pad(Lang::Zh).kind(kind));
    for (at, head) in heads.into_iter().chain([words.sum()]).enumerate() {
        cell(left + HOURS + wide * at as f64, top, wide, head);
    }
    for (at, hour) in hours.iter().enumerate() {
        cell(left, top + HEAD + tall * at as f64, HOURS, hour);
    }
    cell(left, bottom - HEAD, HOURS, words.sum());
    let rows = [top, top + HEAD].into_iter();
    let rows = rows.chain((1..=hours.len()).map(|at| top + HEAD + tall * at as f64)).chain([bottom]);
    for y in rows {
        pen.rule((left, y), (right, y), (INK, 0.3, false));
    }
    let columns = (0..=columns).map(|at| left + HOURS + wide * at as f64);
    for x in [left].into_iter().chain(columns) {
        pen.rule((x, top), (x, bottom), (INK, 0.3, false));
    }
}
