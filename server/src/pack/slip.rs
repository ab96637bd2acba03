//! Two-part slips on paper, three a sheet: the left part stays with the community, the right one goes home.
//! The code is written by hand once the appeal is keyed in, because a code exists only with its appeal.

use kaishi_app::pages::poster::Row;
use kaishi_app::words::Lang;
use kaishi_app::words::pack::Leaf as Words;

use super::pen::{INK, Leaf, Pen, QUIET, Room, heavy, plain, quiet, room};
use super::{Pack, called};

/// Slips on a sheet.
const COUNT: usize = 3;
/// Height of one.
const TALL: f64 = 99.0;
/// Where the two parts are cut.
const MIDDLE: f64 = 105.0;

/// The sheet of a stall.
pub(super) fn leaf(pack: &Pack, row: &Row) -> Leaf {
    let mut pen = Pen::default();
    for at in 0..COUNT {
        let top = TALL * at as f64;
        if at > 0 {
            pen.rule((0.0, top), (210.0, top), (QUIET, 0.3, true));
        }
        pen.rule((MIDDLE, top + 4.0), (MIDDLE, top + TALL - 4.0), (QUIET, 0.3, true));
        stub(pack, row, top, &mut pen);
        yours(pack, row, top, &mut pen);
    }
    pen.leaf(210.0, 297.0)
}

/// A heading, and the stall and day below it.
fn head(pack: &Pack, row: &Row, at: Room, title: &str, pen: &mut Pen) -> f64 {
    let (name, _) = called(row);
    let after = pen.write(room(at.x, at.y, at.w, 9.0), title, heavy(5.8, 4.6));
    let stall = format!("{} · {} {} {name}", pack.brand.day, Words(Lang::Zh).at(), row.sign.no);
    pen.write(room(at.x, after, at.w, 6.0), &stall, quiet(4.2, 3.2))
}

/// The code's prefix and six boxes to write in.
fn boxes(pack: &Pack, (x, y): (f64, f64), pen: &mut Pen) {
    pen.line(x, y + 6.6, Words(Lang::Zh).code(), heavy(4.6, 4.6));
    pen.line(x + 17.0, y + 6.6, &format!("{}-", pack.prefix), plain(5.0, 5.0));
    for at in 0..6 {
        pen.frame(room(x + 40.0 + 7.4 * f64::from(at), y, 6.6, 9.0), 0.4);
    }
}

fn written_on(x: f64, y: f64, w: f64, label: &str, pen: &mut Pen) {
    let begin = pen_after(label);
    pen.line(x, y, label, plain(4.2, 4.2));
    pen.rule((x + begin, y + 1.2), (x + w, y + 1.2), (INK, 0.25, false));
}

/// Where a line to write on begins, after its label.
fn pen_after(label: &str) -> f64 {
    super::pen::span(label) * 4.2 + 2.0
}

fn stub(pack: &Pack, row: &Row, top: f64, pen: &mut Pen) {
    let words = Words(Lang::Zh);
    let (x, w) = (12.0, 84.0);
    let after = head(pack, row, room(x, top + 8.0, w, 0.0), words.stub(), pen);
    boxes(pack, (x, after + 2.0), pen);
    let y = after + 20.0;
    written_on(x, y, w, words.time(), pen);
    written_on(x, y + 9.0, w, words.said(), pen);
    for line in 2..4 {
        let y = y + 1.2 + 9.0 * f64::from(line);
        pen.rule((x, y), (x + w, y), (INK, 0.25, false));
    }
    let y = y + 38.0;
    for (at, label) in [words.on_spot(), words.passed_on()].into_iter().enumerate() {
        let x = x + 27.0 * at as f64;
        pen.frame(room(x, y - 3.6, 4.0, 4.0), 0.4);
        pen.line(x + 5.6, y, label, plain(4.2, 4.2));
    }
    written_on(x + 52.0, y, w - 52.0, words.entered(), pen);
    pen.write(room(x, y + 3.0, w, 6.0), &format!("{}{}", words.no_name(), words.rest()), quiet(3.4, 3.0));
}

fn yours(pack: &Pack, row: &Row, top: f64, pen: &mut Pen) {
    let words = Words(Lang::Zh);
    let (x, w) = (114.0, 84.0);
    let after = head(pack, row, room(x, top + 8.0, w, 0.0), words.yours(), pen);
    boxes(pack, (x, after + 2.0), pen);
    let y = after + 14.0;
    let (path, modules) = &pack.ask_code;
    pen.code((x - 3.0, y), 42.0, path, *modules);
    let after = pen.write(room(x + 41.0, y + 2.0, w - 41.0, 30.0), &words.look(&pack.ask), plain(4.6, 3.4));
    pen.write(room(x + 41.0, after + 1.0, w - 41.0, y + 46.0 - after), words.written(), quiet(4.0, 3.2));
    pen.write(room(x, y + 46.0, w, 6.0), words.no_name(), quiet(4.2, 3.6));
}
