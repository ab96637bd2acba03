//! A stall's poster, A4: number readable across the square, who serves, what the code does, and how to tell it is ours.

use kaishi_app::pages::poster::{Brand, Row, Sheet};
use kaishi_app::words::Lang;
use kaishi_app::words::common::Common;
use kaishi_app::words::poster::Printed;
use kaishi_domain::layout::svg::zone_colour;

use super::pen::{Hand, INK, LINE, Leaf, Pen, RED, Room, WHITE, heavy, plain, quiet, room};
use super::{called, edition};

/// Left and right edge of what is written.
const EDGE: (f64, f64) = (15.0, 195.0);

/// The band of red with seal, market and day.
pub(super) fn band(brand: &Brand, h: f64, pen: &mut Pen) {
    pen.fill(room(0.0, 0.0, 210.0, h), RED, 0.0);
    let seal = h * 0.42;
    let top = (h - seal) / 2.0;
    pen.fill(room(EDGE.0, top, seal, seal), WHITE, seal * 0.18);
    let hand = Hand { fill: RED, anchor: "middle", ..heavy(seal * 0.64, 1.0) };
    pen.line(EDGE.0 + seal / 2.0, top + seal * 0.74, Common(Lang::Zh).seal(), hand);
    let white = |hand: Hand| Hand { fill: WHITE, ..hand };
    let x = EDGE.0 + seal + 5.0;
    let wide = EDGE.1 - x - 42.0;
    let after = pen.write(room(x, h * 0.2, wide, h * 0.36), &brand.title, white(heavy(h * 0.22, 3.2)));
    pen.write(room(x, after + 0.4, wide, h * 0.94 - after), &brand.theme, white(plain(h * 0.15, 2.8)));
    let right = |hand: Hand| white(Hand { anchor: "end", ..hand });
    let day = room(EDGE.1 - 42.0, h * 0.18, 42.0, h * 0.36);
    pen.write(day, &brand.day, right(heavy(h * 0.26, 4.0)));
    pen.write(Room { y: h * 0.55, ..day }, &brand.weekday, right(plain(h * 0.17, 3.0)));
}

/// The stall's number, so large that it is read across the square; answers where it ends at the right.
pub(super) fn number(no: &str, at: Room, pen: &mut Pen) -> f64 {
    let size = (at.h / 0.74).min(at.w / super::pen::span(no).max(0.56));
    pen.line(at.x - size * 0.03, at.y + at.h, no, heavy(size, size));
    at.x + size * super::pen::span(no)
}

/// The letter of its zone in the zone's colour, with the zone's name.
pub(super) fn zone(row: &Row, at: Room, pen: &mut Pen) {
    if row.sign.zone.is_empty() {
        return;
    }
    let colour = zone_colour(&row.sign.zone);
    pen.fill(room(at.x, at.y, 8.0, 8.0), colour, 1.4);
    let letter = Hand { fill: WHITE, anchor: "middle", ..heavy(5.6, 5.6) };
    pen.line(at.x + 4.0, at.y + 6.0, &row.sign.zone, letter);
    let name = Hand { fill: colour, ..heavy(5.4, 3.6) };
    pen.write(room(at.x + 11.0, at.y + 0.7, at.w - 11.0, at.h), &row.zone_name, name);
}

/// The page.
pub(super) fn leaf(brand: &Brand, row: &Row, sheet: &Sheet) -> Leaf {
    let mut pen = Pen::default();
    band(brand, 30.0, &mut pen);
    sign(row, &mut pen);
    scan(brand, sheet, &mut pen);
    pledge(&mut pen);
    foot(brand, sheet, &mut pen);
    pen.leaf(210.0, 297.0)
}

fn sign(row: &Row, pen: &mut Pen) {
    let (name, unit) = called(row);
    let x = number(&row.sign.no, room(EDGE.0, 39.0, 92.0, 64.0), pen) + 8.0;
    let w = EDGE.1 - x;
    zone(row, room(x, 39.0, w, 12.0), pen);
    let after = pen.write(room(x, 53.0, w, 31.0), &name, heavy(24.0, 8.0));
    pen.write(room(x, after + 2.0, w, 105.0 - after - 2.0), &unit, heavy(9.0, 4.4));
    pen.rule((EDGE.0, 108.0), (EDGE.1, 108.0), (LINE, 0.4, false));
    let services = row.sign.services.iter().take(6).cloned().collect::<Vec<_>>().join("　");
    pen.write(room(EDGE.0, 110.0, 180.0, 14.0), &services, heavy(7.0, 4.0));
    pen.rule((EDGE.0, 126.0), (EDGE.1, 126.0), (LINE, 0.4, false));
}

fn scan(brand: &Brand, sheet: &Sheet, pen: &mut Pen) {
    let words = Printed(Lang::Zh);
    pen.scan((6.0, 128.0), 104.0, sheet);
    let (x, w) = (114.0, EDGE.1 - 114.0);
    let call = format!("{}\n{}", words.call_one(), words.call_two());
    let after = pen.write(room(x, 134.0, w, 29.0), &call, heavy(10.8, 8.0));
    let what = format!("{}\n{}", words.what(), words.how());
    let after = pen.write(room(x, after + 3.0, w, 22.0), &what, plain(5.0, 4.0));
    let (top, inside) = (after + 4.0, x + 4.5);
    let w_in = w - 4.5;
    let next = pen.write(room(inside, top, w_in, 8.0), words.no_phone(), heavy(5.4, 5.0));
    let ask = format!("{}\n{}", words.typed(&brand.domain), words.ask());
    let next = pen.write(room(inside, next, w_in, 24.0), &ask, plain(4.8, 3.8));
    pen.fill(room(x, top, 1.4, next - top), "#d9a441", 0.0);
    let privacy = format!("{}\n{}", words.privacy(), words.privacy_day());
    pen.write(room(x, next + 4.0, w, 231.0 - next - 4.0), &privacy, quiet(4.4, 3.6));
    let genuine = format!("{} {}　{} {}", words.genuine(), brand.domain, words.number(), sheet.number);
    let after = pen.write(room(EDGE.0, 233.5, 180.0, 8.0), &genuine, heavy(5.0, 3.4));
    pen.write(room(EDGE.0, after, 180.0, 12.0), words.genuine_why(), quiet(4.4, 3.6));
}

fn pledge(pen: &mut Pen) {
    let words = Printed(Lang::Zh);
    pen.rule((EDGE.0, 251.0), (EDGE.1, 251.0), (INK, 0.6, false));
    let three = [
        (words.who(), words.who_text()),
        (words.duty(), words.duty_text()),
        (words.promise(), words.promise_text()),
    ];
    for (at, (head, text)) in three.into_iter().enumerate() {
        let x = EDGE.0 + 61.5 * at as f64;
        let after = pen.write(room(x, 253.0, 57.0, 9.0), head, heavy(6.4, 6.4));
        pen.write(room(x, after + 0.5, 57.0, 13.5), &text.replace('，', "，\n"), plain(4.9, 4.0));
    }
}

fn foot(brand: &Brand, sheet: &Sheet, pen: &mut Pen) {
    let words = Printed(Lang::Zh);
    pen.rule((EDGE.0, 279.0), (EDGE.1, 279.0), (LINE, 0.4, false));
    let mut hosts = Vec::new();
    for (head, text) in [(words.host(), &brand.host), (words.organizer(), &brand.organizer)] {
        if !text.is_empty() {
            hosts.push(format!("{head} {text}"));
        }
    }
    pen.write(room(EDGE.0, 280.5, 84.0, 10.0), &hosts.join("　"), quiet(3.8, 2.8));
    let right = Hand { anchor: "end", ..quiet(3.8, 2.8) };
    pen.write(room(EDGE.0 + 88.0, 280.5, 92.0, 5.0), &edition(brand, sheet), right);
}
