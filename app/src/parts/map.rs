//! A map from a drawing: ground, plates and the patterns they use. Asks nothing, knows no page.

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
    let plates = drawing.plates.iter().map(plate).collect_view();
    view! {
        <svg class="map" viewBox=format!("{x} {y} {w} {h}") role="img" aria-label=title.to_owned()>
            {defs(&drawing.outlines)}
            {ground(&drawing.ground, photos)}
            {plates}
        </svg>
    }
}

/// Patterns and the outline at which things are cut off. Once on a page.
pub fn defs(outlines: &[String]) -> impl IntoView + use<> {
    let inside = outlines.iter().map(|points| view! { <polygon points=points.clone()/> }).collect_view();
    view! {
        <defs>
            <clipPath id="map-inside">{inside}</clipPath>
            <pattern id="map-grid" width="100" height="100" patternUnits="userSpaceOnUse">
                <path class="grid-1" d="M20 0V100M40 0V100M60 0V100M80 0V100M0 20H100M0 40H100M0 60H100M0 80H100"/>
                <path class="grid-5" d="M0 0V100M0 0H100"/>
            </pattern>
            <pattern id="map-hatch" width="8" height="8" patternUnits="userSpaceOnUse">
                <path class="hatch" d="M-2 -2L10 10M-2 6L2 10M6 -2L10 2"/>
            </pattern>
            <pattern id="map-lane" width="11" height="11" patternUnits="userSpaceOnUse">
                <path class="lane-hatch" d="M-2 13L13 -2M-2 2L2 -2M9 13L13 9"/>
            </pattern>
            <pattern id="map-shade" width="10" height="10" patternUnits="userSpaceOnUse">
                <circle class="shade-dot" cx="5" cy="5" r="1.1"/>
            </pattern>
            <pattern id="map-steps" width="6" height="6" patternUnits="userSpaceOnUse">
                <path class="hatch" d="M0 1H6"/>
            </pattern>
            <pattern id="map-b" width="6" height="6" patternUnits="userSpaceOnUse">
                <path class="over" d="M-1 7L7 -1M-1 1L1 -1M5 7L7 5"/>
            </pattern>
            <pattern id="map-c" width="5" height="5" patternUnits="userSpaceOnUse">
                <circle class="over-fill" cx="2.5" cy="2.5" r="1"/>
            </pattern>
            <pattern id="map-d" width="6" height="6" patternUnits="userSpaceOnUse">
                <path class="over" d="M1 0V6"/>
            </pattern>
            <pattern id="map-e" width="5" height="5" patternUnits="userSpaceOnUse">
                <path class="over thin" d="M0 5L5 0M0 0L5 5"/>
            </pattern>
            <pattern id="map-f" width="6" height="5" patternUnits="userSpaceOnUse">
                <path class="over thin" d="M0 4L3 1L6 4"/>
            </pattern>
            <pattern id="map-g" width="6" height="3" patternUnits="userSpaceOnUse">
                <path class="over thin" d="M0 1H6"/>
            </pattern>
            <pattern id="map-h" width="6" height="6" patternUnits="userSpaceOnUse">
                <circle class="over thin" cx="3" cy="3" r="1.6"/>
            </pattern>
        </defs>
    }
}

/// Everything below the stalls; photos lie below the address `photos`.
pub fn ground(shapes: &[Shape], photos: &str) -> impl IntoView + use<> {
    shapes.iter().map(|one| shape(one, photos)).collect_view()
}

/// One shape of a ground.
pub fn shape(shape: &Shape, photos: &str) -> AnyView {
    match shape.clone() {
        Shape::Area(look, points) => {
            let over = match look.class() {
                "zone" => Some("url(#map-grid)"),
                "keep" => Some("url(#map-hatch)"),
                "lane" => Some("url(#map-lane)"),
                "patch shade" => Some("url(#map-shade)"),
                "patch steps" => Some("url(#map-steps)"),
                _ => None,
            };
            let over = over.map(|fill| view! { <polygon points=points.clone() fill=fill/> });
            view! { <polygon class=look.class() points=points/> {over} }.into_any()
        }
        Shape::Line(look, points) => {
            view! { <polyline class=look.class() points=points fill="none"/> }.into_any()
        }
        Shape::Ring { look, x, y, r } => {
            let clip = (look.class() == "reach").then_some("url(#map-inside)");
            view! { <circle class=look.class() cx=x cy=y r=r clip-path=clip/> }.into_any()
        }
        Shape::Words { look, x, y, turn, text } => {
            let turn = (turn != 0.0).then(|| format!("rotate({turn} {x} {y})"));
            view! { <text class=look.class() x=x y=y dy="0.35em" transform=turn>{text}</text> }.into_any()
        }
        Shape::Socket { x, y } => view! {
            <g class="socket" transform=format!("translate({x} {y})")>
                <rect x="-9" y="-9" width="18" height="18" rx="4"/>
                <path d="M1 -6L-4 1H0L-1 6L4 -1H0Z"/>
            </g>
        }
        .into_any(),
        Shape::Tap { x, y } => view! {
            <g class="tap" transform=format!("translate({x} {y})")>
                <circle r="9"/>
                <path d="M0 -5.5C2.4 -2.4 3.8 -.6 3.8 1.6A3.8 3.8 0 0 1 -3.8 1.6C-3.8 -.6 -2.4 -2.4 0 -5.5Z"/>
            </g>
        }
        .into_any(),
        Shape::Mark { mark, x, y, name } => view! {
            <g class=mark.class() transform=format!("translate({x} {y})")>
                <title>{name}</title>
                <rect x="-9" y="-9" width="18" height="18" rx="4"/>
                <path d=mark.lines()/>
            </g>
        }
        .into_any(),
        Shape::Photo { image, x, y, w, h, turn, opacity } => {
            let turn = (turn != 0.0).then(|| format!("rotate({turn} {x} {})", y + h));
            let href = format!("{photos}/{image}");
            view! {
                <image class="photo" href=href x=x y=y width=w height=h opacity=opacity transform=turn preserveAspectRatio="none"/>
            }
            .into_any()
        }
    }
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
pub fn plate(plate: &Plate) -> impl IntoView + use<> {
    let (left, top) = (-plate.w / 2.0, -plate.h / 2.0);
    let [x, y, w, h] = plate.counter_edge();
    let inset = |side| if plate.counter == side { 5.0 } else { 0.0 };
    let no_y = top + 22.0 + inset(Side::Top);
    let name = (plate.h >= 46.0 && !plate.name.is_empty()).then(|| {
        let x = (inset(Side::Left) - inset(Side::Right)) / 2.0;
        view! { <text class="name" x=x y=no_y + 19.0>{plate.name.clone()}</text> }
    });
    let unit = (!plate.unit.is_empty()).then(|| {
        view! { <text class="unit" x="0" y=-top + 14.0>{plate.unit.clone()}</text> }
    });
    view! {
        <g class=format!("plate {}", zone_class(&plate.zone)) transform=frame(plate) data-stall=plate.stall.to_string()>
            <rect class="face" x=left y=top width=plate.w height=plate.h rx="3"/>
            <rect class="edge" x=x y=y width=w height=h rx="1.5"/>
            <rect x=x y=y width=w height=h fill=pattern(&plate.zone)/>
            <text class="no" x=left + 7.0 + inset(Side::Left) y=no_y>{plate.no.clone()}</text>
            <text class="letter" x=-left - 7.0 - inset(Side::Right) y=no_y - 1.0>{plate.zone.clone()}</text>
            <text class="lone-no" x="0" y="0" dy="0.35em">{plate.no.clone()}</text>
            {name}
            {unit}
        </g>
    }
}

/// A zone's colour with its pattern, for legends.
pub fn swatch(letter: &str) -> impl IntoView + use<> {
    view! {
        <svg class=format!("swatch {}", zone_class(letter)) viewBox="0 0 18 14" width="18" height="14" aria-hidden="true">
            <rect class="edge" width="18" height="14" rx="2"/>
            <rect width="18" height="14" fill=pattern(letter)/>
        </svg>
    }
}
