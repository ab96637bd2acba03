//! A table sign: one sheet folded across, the same on both sides. A5 on A4 paper, A6 on A5.

use kaishi_app::pages::poster::{Brand, Row, Sheet};
use kaishi_app::words::Lang;
use kaishi_app::words::pack::Leaf as Words;
use kaishi_app::words::poster::Printed;

use super::pen::{Hand, LINE, Leaf, Pen, heavy, plain, quiet, room};
use super::poster::{band, number, zone};
use super::{called, edition};

/// Where the paper is folded.
const FOLD: f64 = 148.5;

/// The sheet.
pub(super) fn leaf(brand: &Brand, row: &Row, sheet: &Sheet) -> Leaf {
    let side = side(brand, row, sheet);
    let mut pen = Pen::default();
    pen.raw(&format!("<g transform=\"rotate(180 105 {})\">{side}</g>", FOLD / 2.0));
    pen.raw(&format!("<g transform=\"translate(0 {FOLD})\">{side}</g>"));
    pen.rule((6.0, FOLD), (204.0, FOLD), (LINE, 0.4, true));
    pen.leaf(210.0, 297.0)
}

fn side(brand: &Brand, row: &Row, sheet: &Sheet) -> String {
    let (printed, words) = (Printed(Lang::Zh), Words(Lang::Zh));
    let (name, unit) = called(row);
    let mut pen = Pen::default();
    band(brand, 22.0, &mut pen);
    let x = number(&row.sign.no, room(15.0, 29.0, 84.0, 50.0), &mut pen) + 7.0;
    let w = 195.0 - x;
    zone(row, room(x, 28.0, w, 10.0), &mut pen);
    let after = pen.write(room(x, 39.5, w, 24.0), &name, heavy(19.0, 7.0));
    pen.write(room(x, after + 1.0, w, 80.0 - after - 1.0), &unit, heavy(7.4, 4.2));
    pen.scan((131.0, 82.0), 62.0, sheet);
    let services = row.sign.services.iter().take(6).cloned().collect::<Vec<_>>().join("　");
    let after = pen.write(room(15.0, 84.0, 114.0, 16.0), &services, heavy(6.2, 4.0));
    let call = format!("{}{}", printed.call_one(), printed.call_two());
    let after = pen.write(room(15.0, after.max(92.0) + 2.0, 114.0, 9.0), &call, heavy(6.6, 5.0));
    let ask = format!("{}{}", printed.no_phone(), printed.ask());
    let after = pen.write(room(15.0, after + 1.0, 114.0, 13.0), &ask, plain(4.8, 4.0));
    let after = pen.write(room(15.0, after + 1.0, 114.0, 12.0), printed.privacy(), quiet(4.4, 3.8));
    pen.write(room(15.0, after.max(133.0), 114.0, 5.0), &edition(brand, sheet), quiet(3.6, 3.0));
    let fold = Hand { anchor: "middle", ..quiet(3.0, 3.0) };
    pen.line(72.0, 142.5, words.fold(), fold);
    pen.drawn()
}
