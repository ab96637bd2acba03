//! The season's trend: bars of the people served, lines of appeals, and the table that both are drawn from.

use kaishi_domain::MarketRef;
use kaishi_domain::OrgId;
use kaishi_domain::bulletin::FigureKey;
use kaishi_domain::season::trend::{KEYS, Point, moved, sum};
use leptos::prelude::*;

use crate::document::Page;
use crate::pages::frame::{Desk, Section, section};
use crate::words::Lang;
use crate::words::bulletin::Bulletin;
use crate::words::reach::Reach;
use crate::words::trend::{Campaigns, Trend as Words};

/// So many Saturdays are drawn, the latest ones.
const DRAWN: usize = 26;
/// The drawing in pixels: width, height of the bars, height of the whole.
const SIZE: (f64, f64, f64) = (960.0, 180.0, 224.0);

/// The page. The table has every Saturday, the drawings the latest ones.
pub fn trend(desk: &Desk, org: OrgId, points: Vec<Point>) -> Page {
    let lang = desk.lang;
    let words = Words(lang);
    section(desk, Section::Season, words.title(), move || {
        let body = if points.is_empty() {
            view! { <p class="note">{words.none()}</p> }.into_any()
        } else {
            let drawn = &points[points.len().saturating_sub(DRAWN)..];
            let latest = (points.len() > DRAWN).then(|| view! { <small>{words.latest()}</small> });
            view! {
                <div class="trend">
                    <figure><h2>{words.served()}{latest}</h2>{bars(words, drawn)}</figure>
                    <figure><h2>{words.appeals()}</h2>{lines(words, drawn)}</figure>
                </div>
                <p class="actions">
                    <a class="button" href="/o/trend.xlsx">{words.xlsx()}</a>
                    <a class="button" href="/o/trend.csv">{words.csv()}</a>
                </p>
                {table(lang, org, &points)}
            }
            .into_any()
        };
        view! {
            <div class="head">
                <h1>{words.title()}</h1>
                <a class="button" href="/o/campaigns">{Campaigns(lang).title()}</a>
                <a class="button" href="/o/reach">{Reach(lang).title()}</a>
                <a class="button" href="/o/">{words.back()}</a>
            </div>
            <p class="note">{words.why()}</p>
            {body}
        }
    })
}

/// Where a Saturday stands across: the middle of its column and half its width.
fn column(at: usize, of: usize) -> (f64, f64) {
    let wide = SIZE.0 / of.max(6) as f64;
    (wide * (at as f64 + 0.5), (wide * 0.36).min(28.0))
}

/// The days below a drawing; where they stand close only every second or third is written.
fn days(lang: Lang, points: &[Point]) -> impl IntoView + use<> {
    let every = points.len().div_ceil(13).max(1);
    let last = points.len() - 1;
    points
        .iter()
        .enumerate()
        .filter(|(at, _)| (last - at).is_multiple_of(every))
        .map(|(at, point)| {
            let (x, _) = column(at, points.len());
            let (month, day) = point.day.month_day();
            let label = lang.pick(format!("{month}.{day}"), format!("{day}/{month}"));
            view! { <text x=x y=SIZE.1 + 24.0 text-anchor="middle" class="day">{label}</text> }
        })
        .collect_view()
}

fn bars(words: Words, points: &[Point]) -> impl IntoView + use<> {
    let of = |point: &Point| point.of(FigureKey::Encounters).unwrap_or(0).max(0);
    let most = points.iter().map(of).max().unwrap_or(0).max(1) as f64;
    let every = points.len().div_ceil(13).max(1);
    let last = points.len() - 1;
    let bars = points
        .iter()
        .enumerate()
        .map(|(at, point)| {
            let (x, half) = column(at, points.len());
            let n = of(point);
            let height = ((SIZE.1 - 24.0) * n as f64 / most).max(if n > 0 { 1.0 } else { 0.0 });
            let y = SIZE.1 - height;
            let class = if point.signed { "bar-fill" } else { "bar-fill open" };
            let told = (last - at)
                .is_multiple_of(every)
                .then(|| view! { <text x=x y=y - 6.0 text-anchor="middle">{n}</text> });
            view! { <g><rect x=x - half y=y width=2.0 * half height=height class=class/>{told}</g> }
        })
        .collect_view();
    view! {
        <svg viewBox=format!("0 0 {} {}", SIZE.0, SIZE.2) role="img" aria-label=words.served()>
            {bars}{days(words.0, points)}<path d=format!("M0 {0}.5H{1}", SIZE.1, SIZE.0) class="axis"/>
        </svg>
    }
}

/// One line a figure; each has a mark of its own, so that nobody needs the colour.
fn lines(words: Words, points: &[Point]) -> impl IntoView + use<> {
    let keys = [
        (FigureKey::Appeals, "raised", words.raised()),
        (FigureKey::SettledByUnit, "settled", words.settled()),
        (FigureKey::SettledOnSpot, "spot", words.spot()),
    ];
    let of = |point: &Point, key: FigureKey| point.of(key).unwrap_or(0).max(0);
    let most = points.iter().map(|point| of(point, FigureKey::Appeals)).max().unwrap_or(0).max(1) as f64;
    let drawn = keys.map(|(key, class, _)| {
        let places: Vec<(f64, f64)> = points
            .iter()
            .enumerate()
            .map(|(at, point)| {
                let y = SIZE.1 - (SIZE.1 - 24.0) * of(point, key) as f64 / most;
                (column(at, points.len()).0, y)
            })
            .collect();
        let corners: Vec<String> = places.iter().map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
        let path = format!("M{}", corners.join("L"));
        let marks = places.into_iter().map(|(x, y)| mark(class, x, y)).collect_view();
        view! { <g class=class><path d=path/>{marks}</g> }
    });
    let legend = keys
        .map(|(_, class, name)| {
            view! { <li class=class><svg viewBox="0 0 28 12" aria-hidden="true"><path d="M0 6H28"/>{mark(class, 14.0, 6.0)}</svg>{name}</li> }
        })
        .collect_view();
    view! {
        <ul class="legend">{legend}</ul>
        <svg viewBox=format!("0 0 {} {}", SIZE.0, SIZE.2) role="img" aria-label=words.appeals()>
            <path d=format!("M0 {0}.5H{1}", SIZE.1, SIZE.0) class="axis"/>
            {drawn.collect_view()}{days(words.0, points)}
        </svg>
    }
}

/// A circle, a square, a triangle.
fn mark(class: &str, x: f64, y: f64) -> AnyView {
    match class {
        "raised" => view! { <circle cx=x cy=y r="4.5"/> }.into_any(),
        "settled" => view! { <rect x=x - 4.0 y=y - 4.0 width="8" height="8"/> }.into_any(),
        _ => {
            let path = format!("M{} {}L{} {}L{} {}Z", x - 5.0, y + 4.0, x + 5.0, y + 4.0, x, y - 5.0);
            view! { <path class="mark" d=path/> }.into_any()
        }
    }
}

fn table(lang: Lang, org: OrgId, points: &[Point]) -> impl IntoView + use<> {
    let (words, names) = (Words(lang), Bulletin(lang));
    let heads = KEYS.map(|key| {
        let change = matches!(key, FigureKey::Encounters | FigureKey::Appeals)
            .then(|| view! { <th scope="col" class="figure">{words.change()}</th> });
        view! { <th scope="col" class="figure">{names.explain(key).0}</th> {change} }
    });
    let rows = points
        .iter()
        .enumerate()
        .rev()
        .map(|(at, point)| row(words, org, at.checked_sub(1).map(|before| &points[before]), point))
        .collect_view();
    let sums = KEYS.map(|key| {
        let change = matches!(key, FigureKey::Encounters | FigureKey::Appeals).then(|| view! { <td></td> });
        view! { <td class="figure">{sum(points, key)}</td> {change} }
    });
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=words.table()>
            <table class="season rows trend-table">
                <thead><tr><th scope="col">{words.day()}</th>{heads.collect_view()}</tr></thead>
                <tbody>{rows}</tbody>
                <tfoot><tr><th scope="row">{words.sum()}</th>{sums.collect_view()}</tr></tfoot>
            </table>
        </div>
    }
}

fn row(words: Words, org: OrgId, before: Option<&Point>, point: &Point) -> impl IntoView + use<> {
    let at = MarketRef { org, market: point.market };
    let day = words.0.pick(
        format!("{}年{}", point.day.year(), point.day.zh()),
        format!("{} {}", point.day.en(), point.day.year()),
    );
    let open = (!point.signed).then(|| view! { " "<span class="chip">{words.unsigned()}</span> });
    let cells = KEYS.map(|key| {
        let n = point.of(key).map_or_else(|| "—".to_owned(), |n| n.to_string());
        let change = matches!(key, FigureKey::Encounters | FigureKey::Appeals).then(|| {
            let step = before.and_then(|before| moved(before, point, key));
            view! { <td class="figure change">{step.map_or_else(|| "—".to_owned(), |step| words.moved(step))}</td> }
        });
        let strong = if key == FigureKey::Encounters { "figure strong" } else { "figure" };
        view! { <td class=strong>{n}</td> {change} }
    });
    view! {
        <tr>
            <th scope="row"><a href=format!("/o/m/{at}/bulletin")>{day}</a>{open}</th>
            {cells.collect_view()}
        </tr>
    }
}
