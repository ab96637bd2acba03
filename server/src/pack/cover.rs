//! The cover: what is in the pack and on which pages, and every poster's number for the round.

use kaishi_app::words::Lang;
use kaishi_app::words::pack::Leaf as Words;
use kaishi_app::words::poster::Printed;

use super::pen::{Hand, LINE, Leaf, Pen, heavy, plain, quiet, room};
use super::poster::band;
use super::{Chapter, Pack, called};

/// Posters in one column of the cover.
const ROWS: usize = 16;
/// Posters on a page that has nothing else.
const MORE: usize = 35;

/// The cover, and as many pages as the posters need.
pub(super) fn leaves(pack: &Pack, chapters: &[Chapter]) -> Vec<Leaf> {
    let lines = lines(pack);
    let first = lines.len().min(2 * ROWS);
    let more: Vec<&[[String; 3]]> = lines[first..].chunks(2 * MORE).collect();
    let mut pen = Pen::default();
    band(&pack.brand, 34.0, &mut pen);
    let after = contents(pack, chapters, 1 + more.len(), &mut pen);
    check(&lines[..first], first.div_ceil(2).max(1), after + 12.0, &mut pen);
    let mut leaves = vec![pen.leaf(210.0, 297.0)];
    for lines in more {
        let mut pen = Pen::default();
        check(lines, MORE, 18.0, &mut pen);
        leaves.push(pen.leaf(210.0, 297.0));
    }
    leaves
}

/// Number, name, and what is printed on the poster, of every poster.
fn lines(pack: &Pack) -> Vec<[String; 3]> {
    let words = Printed(Lang::Zh);
    let line = |row: &kaishi_app::pages::poster::Row| {
        let sheet = row.sheet.as_ref()?;
        let printed = words.edition(sheet.revision, &pack.brand.printed);
        let edition = printed.split(" · ").next().unwrap_or_default();
        Some([row.sign.no.clone(), called(row).0, format!("{} · {edition}", sheet.number)])
    };
    pack.rows.iter().filter_map(line).collect()
}

fn contents(pack: &Pack, chapters: &[Chapter], own: usize, pen: &mut Pen) -> f64 {
    let words = Words(Lang::Zh);
    pen.line(15.0, 50.0, words.contents(), heavy(8.4, 8.4));
    let (mut y, mut page) = (56.0, own + 1);
    for Chapter { part, leaves } in chapters {
        pen.rule((15.0, y), (195.0, y), (LINE, 0.3, false));
        pen.line(15.0, y + 7.2, part.name(Lang::Zh), heavy(5.4, 5.4));
        let paper = match leaves.first().map_or(0.0, |leaf| leaf.width) {
            wide if wide > 300.0 => "A3",
            narrow if narrow < 200.0 => "A5",
            _ => "A4",
        };
        pen.line(92.0, y + 7.2, &words.sheets(paper, leaves.len()), plain(5.0, 5.0));
        let right = Hand { anchor: "end", ..plain(5.0, 5.0) };
        pen.line(195.0, y + 7.2, &words.pages(page, page + leaves.len() - 1), right);
        page += leaves.len();
        y += 10.4;
    }
    pen.rule((15.0, y), (195.0, y), (LINE, 0.3, false));
    let after = pen.write(room(15.0, y + 4.0, 180.0, 7.0), words.same_code(), plain(4.8, 4.0));
    let after = pen.write(room(15.0, after, 180.0, 7.0), words.keep_size(), plain(4.8, 4.0));
    pen.write(room(15.0, after, 180.0, 7.0), &words.printed(&pack.brand.printed), quiet(4.8, 4.0))
}

fn check(lines: &[[String; 3]], rows: usize, top: f64, pen: &mut Pen) {
    if lines.is_empty() {
        return;
    }
    pen.line(15.0, top, Words(Lang::Zh).stalls(), heavy(6.4, 6.4));
    let pitch = 7.2_f64.min((284.0 - top) / rows as f64);
    for (at, [no, name, number]) in lines.iter().enumerate() {
        let x = 15.0 + 92.0 * (at / rows) as f64;
        let y = top + 4.0 + pitch * (at % rows) as f64;
        pen.write(room(x, y, 11.0, pitch), no, heavy(4.4, 2.8));
        pen.write(room(x + 12.0, y, 36.0, pitch), name, plain(4.2, 2.8));
        let right = Hand { anchor: "end", ..quiet(3.2, 2.6) };
        pen.write(room(x + 49.0, y + 0.8, 39.0, pitch), number, right);
    }
}
