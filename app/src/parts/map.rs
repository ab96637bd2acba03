//! A map from a drawing: ground, plates and the patterns they use, as markup. Asks nothing, knows no page.

use std::fmt::Display;

use kaishi_domain::layout::drawing::{Drawing, Plate, Shape, Side};
use leptos::prelude::*;

use super::markup::Markup;

/// The class that carries a slogan zone's colour.
pub fn zone_class(letter: &str) -> &'static str {
    match letter {
        "A" => "zone-a",
        "B" => "zone-b",
        "C" => "zone-c",
        "D" => "zone-d",
        "E" => "zone-e",
        "F" => "zone-f",
        "G" => "zone-g",
        _ => "zone-h",
    }
}

/// The pattern that stands beside a slogan zone's colour; the first zone is plain.
pub fn pattern(letter: &str) -> &'static str {
    match letter {
        "A" => "none",
        "B" => "url(#map-b)",
        "C" => "url(#map-c)",
        "D" => "url(#map-d)",
        "E" => "url(#map-e)",
        "F" => "url(#map-f)",
        "G" => "url(#map-g)",
        _ => "url(#map-h)",
    }
}

/// A whole map on a page without script: `title` says in one sentence what is to be seen, `photos` is the
/// address below which the page's photos lie.
pub fn map(drawing: &Drawing, title: &str, photos: &str) -> impl IntoView + use<> {
    let [x, y, w, h] = drawing.view;
    let mut content = whole(drawing, photos);
    for one in &drawing.plates {
        plate(&mut content, one);
    }
    view! {
        <svg class="map" viewBox=format!("{x} {y} {w} {h}") role="img" aria-label=title.to_owned()>{content.group()}</svg>
    }
}

/// What lies below the stalls of a map, with its patterns.
pub fn whole(drawing: &Drawing, photos: &str) -> Markup {
    let mut markup = defs_markup(&drawing.outlines);
    markup.join(&ground_markup(&drawing.ground, photos));
    markup
}

/// Patterns and the outline at which things are cut off. Once on a page.
pub fn defs(outlines: &[String]) -> impl IntoView + use<> {
    defs_markup(outlines).group()
}

/// The same as markup.
pub fn defs_markup(outlines: &[String]) -> Markup {
    let mut markup = Markup::default();
    markup.open("defs", &[]).open("clipPath", &[("id", &"map-inside")]);
    for points in outlines {
        markup.add("polygon", &[("points", points)]);
    }
    markup.close("clipPath").known(PATTERNS).close("defs");
    markup
}

/// The patterns.
const PATTERNS: &str = concat!(
    r#"<pattern id="map-grid" width="100" height="100" patternUnits="userSpaceOnUse">"#,
    r#"<path class="grid-1" d="M20 0V100M40 0V100M60 0V100M80 0V100M0 20H100M0 40H100M0 60H100M0 80H100"/>"#,
    r#"<path class="grid-5" d="M0 0V100M0 0H100"/>"#,
    r#"</pattern>"#,
    r#"<pattern id="map-hatch" width="8" height="8" patternUnits="userSpaceOnUse">"#,
    r#"<path class="hatch" d="M-2 -2L10 10M-2 6L2 10M6 -2L10 2"/>"#,
    r#"</pattern>"#,
    r#"<pattern id="map-lane" width="11" height="11" patternUnits="userSpaceOnUse">"#,
    r#"<path class="lane-hatch" d="M-2 13L13 -2M-2 2L2 -2M9 13L13 9"/>"#,
    r#"</pattern>"#,
    r#"<pattern id="map-shade" width="10" height="10" patternUnits="userSpaceOnUse">"#,
    r#"<circle class="shade-dot" cx="5" cy="5" r="1.1"/>"#,
    r#"</pattern>"#,
    r#"<pattern id="map-steps" width="6" height="6" patternUnits="userSpaceOnUse">"#,
    r#"<path class="hatch" d="M0 1H6"/>"#,
    r#"</pattern>"#,
    r#"<pattern id="map-b" width="6" height="6" patternUnits="userSpaceOnUse">"#,
    r#"<path class="over" d="M-1 7L7 -1M-1 1L1 -1M5 7L7 5"/>"#,
    r#"</pattern>"#,
    r#"<pattern id="map-c" width="5" height="5" patternUnits="userSpaceOnUse">"#,
    r#"<circle class="over-fill" cx="2.5" cy="2.5" r="1"/>"#,
    r#"</pattern>"#,
    r#"<pattern id="map-d" width="6" height="6" patternUnits="userSpaceOnUse">"#,
    r#"<path class="over" d="M1 0V6"/>"#,
    r#"</pattern>"#,
    r#"<pattern id="map-e" width="5" height="5" patternUnits="userSpaceOnUse">"#,
    r#"<path class="over thin" d="M0 5L5 0M0 0L5 5"/>"#,
    r#"</pattern>"#,
    r#"<pattern id="map-f" width="6" height="5" patternUnits="userSpaceOnUse">"#,
    r#"<path class="over thin" d="M0 4L3 1L6 4"/>"#,
    r#"</pattern>"#,
    r#"<pattern id="map-g" width="6" height="3" patternUnits="userSpaceOnUse">"#,
    r#"<path class="over thin" d="M0 1H6"/>"#,
    r#"</pattern>"#,
    r#"<pattern id="map-h" width="6" height="6" patternUnits="userSpaceOnUse">"#,
    r#"<circle class="over thin" cx="3" cy="3" r="1.6"/>"#,
    r#"</pattern>"#,
);

/// Everything below the stalls; photos lie below the address `photos`.
pub fn ground(shapes: &[Shape], photos: &str) -> impl IntoView + use<> {
    ground_markup(shapes, photos).group()
}

/// The same as markup.
pub fn ground_markup(shapes: &[Shape], photos: &str) -> Markup {
    let mut markup = Markup::default();
    for one in shapes {
        shape(&mut markup, one, photos);
    }
    markup
}

/// One shape of a ground.
fn shape(to: &mut Markup, shape: &Shape, photos: &str) {
    match shape {
        Shape::Area(look, points) => {
            to.add("polygon", &[("class", &look.class()), ("points", points)]);
            let over = match look.class() {
                "zone" => "url(#map-grid)",
                "keep" => "url(#map-hatch)",
                "lane" => "url(#map-lane)",
                "patch shade" => "url(#map-shade)",
                "patch steps" => "url(#map-steps)",
                _ => return,
            };
            to.add("polygon", &[("points", points), ("fill", &over)]);
        }
        Shape::Line(look, points) => {
            to.add("polyline", &[("class", &look.class()), ("points", points), ("fill", &"none")]);
        }
        Shape::Ring { look, x, y, r } => {
            let clip = if look.class() == "reach" { "url(#map-inside)" } else { "none" };
            to.add(
                "circle",
                &[("class", &look.class()), ("cx", x), ("cy", y), ("r", r), ("clip-path", &clip)],
            );
        }
        Shape::Words { look, x, y, turn, text } => {
            let turn = turned(*turn, *x, *y);
            let place: [(_, &dyn Display); 5] =
                [("class", &look.class()), ("x", x), ("y", y), ("dy", &"0.35em"), ("transform", &turn)];
            to.say("text", &place, text);
        }
        Shape::Socket { x, y } => {
            place(to, "socket", *x, *y)
                .known(TILE)
                .add("path", &[("d", &"M1 -6L-4 1H0L-1 6L4 -1H0Z")])
                .close("g");
        }
        Shape::Tap { x, y } => {
            let drop = "M0 -5.5C2.4 -2.4 3.8 -.6 3.8 1.6A3.8 3.8 0 0 1 -3.8 1.6C-3.8 -.6 -2.4 -2.4 0 -5.5Z";
            place(to, "tap", *x, *y).add("circle", &[("r", &9)]).add("path", &[("d", &drop)]).close("g");
        }
        Shape::Mark { mark, x, y, name } => {
            let sign = place(to, mark.class(), *x, *y).say("title", &[], name).known(TILE);
            sign.add("path", &[("d", &mark.lines())]).close("g");
        }
        Shape::Photo { image, x, y, w, h, turn, opacity } => {
            let (turn, href) = (turned(*turn, *x, y + h), format!("{photos}/{image}"));
            to.add(
                "image",
                &[
                    ("class", &"photo"),
                    ("href", &href),
                    ("x", x),
                    ("y", y),
                    ("width", w),
                    ("height", h),
                    ("opacity", opacity),
                    ("transform", &turn),
                    ("preserveAspectRatio", &"none"),
                ],
            );
        }
    }
}

/// Begins a group at a place.
fn place<'a>(to: &'a mut Markup, class: &str, x: f64, y: f64) -> &'a mut Markup {
    to.open("g", &[("class", &class), ("transform", &format_args!("translate({x} {y})"))])
}

/// The square under a mark.
const TILE: &str = "<rect x=\"-9\" y=\"-9\" width=\"18\" height=\"18\" rx=\"4\"></rect>";

/// A turn about a place as a transform; empty for what stands straight.
fn turned(turn: f64, x: f64, y: f64) -> String {
    if turn == 0.0 { String::new() } else { format!("rotate({turn} {x} {y})") }
}

/// The frame of a plate as a transform.
pub fn frame(plate: &Plate) -> String {
    frame_at(plate.x, plate.y, plate.turn)
}

/// A frame at a place in map units, turned clockwise by so many degrees, as a transform.
pub fn frame_at(x: f64, y: f64, turn: f64) -> String {
    let tidy = |units: f64| (units * 100.0).round() / 100.0 + 0.0;
    let (x, y) = (tidy(x), tidy(y));
    if turn == 0.0 { format!("translate({x} {y})") } else { format!("translate({x} {y}) rotate({turn})") }
}

/// One stall.
pub fn plate(to: &mut Markup, plate: &Plate) {
    let (left, top) = (-plate.w / 2.0, -plate.h / 2.0);
    let [x, y, w, h] = plate.counter_edge();
    let inset = |side| if plate.counter == side { 5.0 } else { 0.0 };
    let (no_x, no_y) = (left + 7.0 + inset(Side::Left), top + 22.0 + inset(Side::Top));
    let letter_x = -left - 7.0 - inset(Side::Right);
    to.open(
        "g",
        &[
            ("class", &format_args!("plate {}", zone_class(&plate.zone))),
            ("transform", &frame(plate)),
            ("data-stall", &plate.stall),
        ],
    );
    to.add(
        "rect",
        &[
            ("class", &"face"),
            ("x", &left),
            ("y", &top),
            ("width", &plate.w),
            ("height", &plate.h),
            ("rx", &3),
        ],
    );
    to.add("rect", &[("class", &"edge"), ("x", &x), ("y", &y), ("width", &w), ("height", &h), ("rx", &1.5)]);
    let fill = pattern(&plate.zone);
    to.add("rect", &[("x", &x), ("y", &y), ("width", &w), ("height", &h), ("fill", &fill)]);
    let mut say = |class: &str, x: f64, y: f64, words: &str| {
        to.say("text", &[("class", &class), ("x", &x), ("y", &y)], &words);
    };
    say("no", no_x, no_y, &plate.no);
    say("letter", letter_x, no_y - 1.0, &plate.zone);
    if plate.h >= 46.0 && !plate.name.is_empty() {
        say("name", (inset(Side::Left) - inset(Side::Right)) / 2.0, no_y + 19.0, &plate.name);
    }
    if !plate.unit.is_empty() {
        say("unit", 0.0, -top + 14.0, &plate.unit);
    }
    let lone: [(_, &dyn Display); 4] = [("class", &"lone-no"), ("x", &0), ("y", &0), ("dy", &"0.35em")];
    to.say("text", &lone, &plate.no).close("g");
}

/// A zone's colour with its pattern, for legends.
pub fn swatch(to: &mut Markup, letter: &str) {
    to.open(
        "svg",
        &[
            ("class", &format_args!("swatch {}", zone_class(letter))),
            ("viewBox", &"0 0 18 14"),
            ("width", &18),
            ("height", &14),
            ("aria-hidden", &"true"),
        ],
    );
    to.add("rect", &[("class", &"edge"), ("width", &18), ("height", &14), ("rx", &2)]);
    to.add("rect", &[("width", &18), ("height", &14), ("fill", &pattern(letter))]).close("svg");
}
