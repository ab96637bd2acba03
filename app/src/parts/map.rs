//! A map from a drawing: ground, plates and the patterns they use, as markup. Asks nothing, knows no page.

use std::fmt::Write as _;

use kaishi_domain::layout::drawing::{Drawing, Plate, Shape, Side};
use leptos::prelude::*;

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
    let content = whole(drawing, photos) + &plates(&drawing.plates);
    view! {
        <svg class="map" viewBox=format!("{x} {y} {w} {h}") role="img" aria-label=title.to_owned() inner_html=content></svg>
    }
}

/// What lies below the stalls of a map, with its patterns.
pub fn whole(drawing: &Drawing, photos: &str) -> String {
    defs_markup(&drawing.outlines) + &ground_markup(&drawing.ground, photos)
}

/// Patterns and the outline at which things are cut off. Once on a page.
pub fn defs(outlines: &[String]) -> impl IntoView + use<> {
    let content = patterns(outlines);
    view! { <defs inner_html=content></defs> }
}

/// The same as markup.
pub fn defs_markup(outlines: &[String]) -> String {
    format!("<defs>{}</defs>", patterns(outlines))
}

/// What patterns are drawn with, and the outlines.
fn patterns(outlines: &[String]) -> String {
    let inside = outlines.iter().map(|points| format!("<polygon points=\"{}\"/>", escaped(points)));
    format!("<clipPath id=\"map-inside\">{}</clipPath>{PATTERNS}", inside.collect::<String>())
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
    let content = ground_markup(shapes, photos);
    view! { <g inner_html=content></g> }
}

/// The same as markup.
pub fn ground_markup(shapes: &[Shape], photos: &str) -> String {
    let mut markup = String::new();
    for one in shapes {
        // Writing into a text does not fail.
        let _ = shape(&mut markup, one, photos);
    }
    markup
}

/// A text as part of markup, in an element or in a quoted attribute.
pub fn escaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => plain.push_str("&amp;"),
            '<' => plain.push_str("&lt;"),
            '>' => plain.push_str("&gt;"),
            '"' => plain.push_str("&quot;"),
            _ => plain.push(letter),
        }
    }
    plain
}

/// One shape of a ground.
fn shape(to: &mut String, shape: &Shape, photos: &str) -> std::fmt::Result {
    match shape {
        Shape::Area(look, points) => {
            let (class, points) = (look.class(), escaped(points));
            write!(to, "<polygon class=\"{class}\" points=\"{points}\"/>")?;
            let over = match class {
                "zone" => "grid",
                "keep" => "hatch",
                "lane" => "lane",
                "patch shade" => "shade",
                "patch steps" => "steps",
                _ => return Ok(()),
            };
            write!(to, "<polygon points=\"{points}\" fill=\"url(#map-{over})\"/>")
        }
        Shape::Line(look, points) => {
            let points = escaped(points);
            write!(to, "<polyline class=\"{}\" points=\"{points}\" fill=\"none\"/>", look.class())
        }
        Shape::Ring { look, x, y, r } => {
            let clip = if look.class() == "reach" { " clip-path=\"url(#map-inside)\"" } else { "" };
            write!(to, "<circle class=\"{}\" cx=\"{x}\" cy=\"{y}\" r=\"{r}\"{clip}/>", look.class())
        }
        Shape::Words { look, x, y, turn, text } => {
            let (class, turn, text) = (look.class(), turned(*turn, *x, *y), escaped(text));
            write!(to, "<text class=\"{class}\" x=\"{x}\" y=\"{y}\" dy=\"0.35em\"{turn}>{text}</text>")
        }
        Shape::Socket { x, y } => write!(
            to,
            "<g class=\"socket\" transform=\"translate({x} {y})\">{TILE}<path d=\"M1 -6L-4 1H0L-1 6L4 -1H0Z\"/></g>"
        ),
        Shape::Tap { x, y } => write!(
            to,
            "<g class=\"tap\" transform=\"translate({x} {y})\"><circle r=\"9\"/>\
             <path d=\"M0 -5.5C2.4 -2.4 3.8 -.6 3.8 1.6A3.8 3.8 0 0 1 -3.8 1.6C-3.8 -.6 -2.4 -2.4 0 -5.5Z\"/></g>"
        ),
        Shape::Mark { mark, x, y, name } => {
            let (class, name, lines) = (mark.class(), escaped(name), mark.lines());
            write!(
                to,
                "<g class=\"{class}\" transform=\"translate({x} {y})\"><title>{name}</title>{TILE}\
                 <path d=\"{lines}\"/></g>"
            )
        }
        Shape::Photo { image, x, y, w, h, turn, opacity } => {
            let (turn, href) = (turned(*turn, *x, y + h), escaped(&format!("{photos}/{image}")));
            write!(
                to,
                "<image class=\"photo\" href=\"{href}\" x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" \
                 opacity=\"{opacity}\"{turn} preserveAspectRatio=\"none\"/>"
            )
        }
    }
}

/// The square under a mark.
const TILE: &str = "<rect x=\"-9\" y=\"-9\" width=\"18\" height=\"18\" rx=\"4\"/>";

/// A turn about a place as an attribute; none for what stands straight.
fn turned(turn: f64, x: f64, y: f64) -> String {
    if turn == 0.0 { String::new() } else { format!(" transform=\"rotate({turn} {x} {y})\"") }
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
pub fn plate(plate: &Plate) -> String {
    let (left, top, w, h) = (-plate.w / 2.0, -plate.h / 2.0, plate.w, plate.h);
    let [ex, ey, ew, eh] = plate.counter_edge();
    let inset = |side| if plate.counter == side { 5.0 } else { 0.0 };
    let no_y = top + 22.0 + inset(Side::Top);
    let (class, pattern, zone) = (zone_class(&plate.zone), pattern(&plate.zone), escaped(&plate.zone));
    let (id, no, frame) = (plate.stall, escaped(&plate.no), frame(plate));
    let (no_x, letter_x) = (left + 7.0 + inset(Side::Left), -left - 7.0 - inset(Side::Right));
    let mut markup = format!(
        "<g class=\"plate {class}\" transform=\"{frame}\" data-stall=\"{id}\">\
         <rect class=\"face\" x=\"{left}\" y=\"{top}\" width=\"{w}\" height=\"{h}\" rx=\"3\"/>\
         <rect class=\"edge\" x=\"{ex}\" y=\"{ey}\" width=\"{ew}\" height=\"{eh}\" rx=\"1.5\"/>\
         <rect x=\"{ex}\" y=\"{ey}\" width=\"{ew}\" height=\"{eh}\" fill=\"{pattern}\"/>\
         <text class=\"no\" x=\"{no_x}\" y=\"{no_y}\">{no}</text>\
         <text class=\"letter\" x=\"{letter_x}\" y=\"{}\">{zone}</text>\
         <text class=\"lone-no\" x=\"0\" y=\"0\" dy=\"0.35em\">{no}</text>",
        no_y - 1.0
    );
    if plate.h >= 46.0 && !plate.name.is_empty() {
        let (x, y, name) =
            ((inset(Side::Left) - inset(Side::Right)) / 2.0, no_y + 19.0, escaped(&plate.name));
        let _ = write!(markup, "<text class=\"name\" x=\"{x}\" y=\"{y}\">{name}</text>");
    }
    if !plate.unit.is_empty() {
        let (y, unit) = (-top + 14.0, escaped(&plate.unit));
        let _ = write!(markup, "<text class=\"unit\" x=\"0\" y=\"{y}\">{unit}</text>");
    }
    markup + "</g>"
}

/// Several stalls.
pub fn plates<'a>(all: impl IntoIterator<Item = &'a Plate>) -> String {
    all.into_iter().map(plate).collect()
}

/// A zone's colour with its pattern, for legends.
pub fn swatch(letter: &str) -> String {
    let (class, pattern) = (zone_class(letter), pattern(letter));
    format!(
        "<svg class=\"swatch {class}\" viewBox=\"0 0 18 14\" width=\"18\" height=\"14\" aria-hidden=\"true\">\
         <rect class=\"edge\" width=\"18\" height=\"14\" rx=\"2\"/>\
         <rect width=\"18\" height=\"14\" fill=\"{pattern}\"/></svg>"
    )
}
