//! The sign that hangs where a stall stood before the rain: where it is now, and which way to walk.

use kaishi_app::pages::poster::Brand;
use kaishi_app::pages::rain::PlaceSign;
use kaishi_app::words::Lang;
use kaishi_app::words::rain::Rain as Words;

use super::pen::{Hand, INK, Leaf, Pen, QUIET, RED, WHITE, heavy, plain, quiet, room};
use super::poster::{band, number};

/// Middle and size of the compass.
const ROSE: (f64, f64, f64) = (105.0, 248.0, 27.0);

/// The page.
pub(super) fn leaf(brand: &Brand, sign: &PlaceSign) -> Leaf {
    let words = Words(Lang::Zh);
    let mut pen = Pen::default();
    band(brand, 30.0, &mut pen);
    let x = number(&sign.no, room(15.0, 42.0, 100.0, 62.0), &mut pen) + 8.0;
    pen.write(room(x, 48.0, 195.0 - x, 60.0), &sign.name, heavy(15.0, 7.0));
    pen.write(room(15.0, 114.0, 180.0, 16.0), words.sign_moved(), quiet(12.0, 9.0));
    let place = Hand { fill: RED, ..heavy(30.0, 12.0) };
    let after = pen.write(room(15.0, 130.0, 180.0, 46.0), &sign.place, place);
    if let Some(beside) = &sign.beside {
        pen.write(room(15.0, after + 1.0, 180.0, 17.0), beside, heavy(10.0, 6.0));
    }
    let way = Hand { anchor: "middle", ..heavy(11.0, 7.0) };
    pen.write(room(15.0, 200.0, 180.0, 15.0), &sign.way, way);
    rose(sign.bearing, &mut pen);
    pen.leaf(210.0, 297.0)
}

/// An arrow in a ring, north at the top.
fn rose(bearing: f64, pen: &mut Pen) {
    let (x, y, r) = ROSE;
    pen.raw(&format!(
        "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\" fill=\"none\" stroke=\"{INK}\" stroke-width=\"1\"/>\
         <path transform=\"translate({x} {y}) rotate({bearing:.1}) scale(0.56)\" fill=\"{RED}\" \
         d=\"M0 -42L20 -4H7V38H-7V-4H-20Z\"/>"
    ));
    let middle = |hand: Hand| Hand { anchor: "middle", ..hand };
    let words = Words(Lang::Zh);
    pen.fill(room(x - 5.0, y - r - 4.0, 10.0, 8.0), WHITE, 0.0);
    pen.line(x, y - r + 2.4, words.sign_north(), middle(heavy(6.8, 6.8)));
    pen.line(x, y + r + 10.0, words.sign_code(), Hand { fill: QUIET, ..middle(plain(6.0, 6.0)) });
}
