//! Two-part slips on paper, three a sheet: the left part stays with the community, the right one goes home.
//! A stall's own slips have boxes: the code is written by hand once the appeal is keyed in. Slips that were made before
//! the market have their code in print on both parts, and the right one opens its own page.

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

/// A slip whose code was drawn before the market.
#[derive(Clone, Debug)]
pub struct Coded {
    /// The six characters.
    pub code: String,
    /// The address of its own page as a path and its modules.
    pub picture: (String, usize),
}

/// What a slip is for.
#[derive(Clone, Copy)]
enum Of<'a> {
    /// A stall; its code is written by hand.
    Stall(&'a Row),
    /// An appeal to come, at whichever stall.
    Code(&'a Coded),
}

/// The sheet of a stall.
pub(super) fn leaf(pack: &Pack, row: &Row) -> Leaf {
    sheet(pack, &[Of::Stall(row); COUNT])
}

/// The sheets of slips with printed codes.
pub(super) fn coded(pack: &Pack) -> Vec<Leaf> {
    let slips: Vec<Of<'_>> = pack.coded.iter().map(Of::Code).collect();
    slips.chunks(COUNT).map(|three| sheet(pack, three)).collect()
}

fn sheet(pack: &Pack, slips: &[Of<'_>]) -> Leaf {
    let mut pen = Pen::default();
    for (at, of) in slips.iter().enumerate() {
        let top = TALL * at as f64;
        if at > 0 {
            pen.rule((0.0, top), (210.0, top), (QUIET, 0.3, true));
        }
        pen.rule((MIDDLE, top + 4.0), (MIDDLE, top + TALL - 4.0), (QUIET, 0.3, true));
        stub(pack, *of, top, &mut pen);
        yours(pack, *of, top, &mut pen);
    }
    pen.leaf(210.0, 297.0)
}

/// A heading, and the stall and day below it.
fn head(pack: &Pack, of: Of<'_>, at: Room, title: &str, pen: &mut Pen) -> f64 {
    let after = pen.write(room(at.x, at.y, at.w, 9.0), title, heavy(5.8, 4.6));
    let place = match of {
        Of::Stall(row) => {
            format!("{} · {} {} {}", pack.brand.day, Words(Lang::Zh).at(), row.sign.no, called(row).0)
        }
        Of::Code(_) => format!("{} {}", pack.brand.day, pack.brand.weekday),
    };
    pen.write(room(at.x, after, at.w, 6.0), &place, quiet(4.2, 3.2))
}

/// The code's prefix, and the code or six boxes to write it in.
fn code(pack: &Pack, of: Of<'_>, (x, y): (f64, f64), pen: &mut Pen) {
    pen.line(x, y + 6.6, Words(Lang::Zh).code(), heavy(4.6, 4.6));
    pen.line(x + 17.0, y + 6.6, &format!("{}-", pack.prefix), plain(5.0, 5.0));
    match of {
        Of::Code(coded) => pen.line(x + 40.0, y + 7.6, &coded.code, heavy(9.0, 9.0)),
        Of::Stall(_) => {
            for at in 0..6 {
                pen.frame(room(x + 40.0 + 7.4 * f64::from(at), y, 6.6, 9.0), 0.4);
            }
        }
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

fn stub(pack: &Pack, of: Of<'_>, top: f64, pen: &mut Pen) {
    let words = Words(Lang::Zh);
    let (x, w) = (12.0, 84.0);
    let after = head(pack, of, room(x, top + 8.0, w, 0.0), words.stub(), pen);
    code(pack, of, (x, after + 2.0), pen);
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

fn yours(pack: &Pack, of: Of<'_>, top: f64, pen: &mut Pen) {
    let words = Words(Lang::Zh);
    let (x, w) = (114.0, 84.0);
    let after = head(pack, of, room(x, top + 8.0, w, 0.0), words.yours(), pen);
    code(pack, of, (x, after + 2.0), pen);
    let y = after + 14.0;
    let ((path, modules), why) = match of {
        Of::Stall(_) => (&pack.ask_code, words.written()),
        Of::Code(coded) => (&coded.picture, words.own_page()),
    };
    pen.code((x - 3.0, y), 42.0, path, *modules);
    let after = pen.write(room(x + 41.0, y + 2.0, w - 41.0, 30.0), &words.look(&pack.ask), plain(4.6, 3.4));
    pen.write(room(x + 41.0, after + 1.0, w - 41.0, y + 46.0 - after), why, quiet(4.0, 3.2));
    pen.write(room(x, y + 46.0, w, 6.0), words.no_name(), quiet(4.2, 3.6));
}
