//! The season: every Saturday with its stage, weather and figures.

use kaishi_domain::market::Stage;
use kaishi_domain::{IncidentId, MarketRef};
use leptos::prelude::*;

use crate::document::Page;
use crate::pages::frame::{Desk, Section, section};
use crate::parts::{Icon, icon};
use crate::words::Lang;
use crate::words::booking::Desk as Bookings;
use crate::words::common::Common;
use crate::words::incident::Incidents;
use crate::words::organizer::Season;
use crate::words::outbox::Outbox;
use crate::words::season::{Feeds, Month, Series};
use crate::words::trend::Trend;

/// One line of the list.
#[derive(Clone, Debug)]
pub struct Line {
    /// Which market.
    pub market: MarketRef,
    /// `2023年`, where it is another than that of the line above.
    pub year: Option<String>,
    /// `5月13日`
    pub day: String,
    /// `星期六`
    pub weekday: String,
    /// The how-manieth.
    pub ordinal: i64,
    /// As written.
    pub weather: String,
    /// Stage.
    pub stage: Stage,
    /// Stalls with a unit, of all stalls.
    pub filled: (i64, i64),
    /// People served.
    pub encounters: i64,
    /// Appeals raised.
    pub appeals: i64,
    /// Theme.
    pub theme: String,
    /// The next one that is not past, or else the last one.
    pub at_hand: bool,
}

/// Something that is to be looked at again.
#[derive(Clone, Debug)]
pub struct Visit {
    /// At which market it was.
    pub at: MarketRef,
    /// Which.
    pub incident: IncidentId,
    /// `用电 · 8号摊旁电线拖地`
    pub what: String,
    /// `5月16日 社区网格员`
    pub due: String,
    /// Its day is over.
    pub late: bool,
}

/// What a stage is called, and its class.
pub const fn stage_name(words: Season, stage: Stage) -> (&'static str, &'static str) {
    match stage {
        Stage::Draft => (words.draft(), "draft"),
        Stage::Calling => (words.calling(), "calling"),
        Stage::Open => (words.open_stage(), "open"),
        Stage::Closed => (words.closed(), "closed"),
        Stage::Filed => (words.filed(), "filed"),
    }
}

/// The list of Saturdays, the one at hand on top.
pub fn season(desk: &Desk, lines: Vec<Line>, visits: Vec<Visit>) -> Page {
    let (lang, may) = (desk.lang, (desk.may_change, desk.reads_rows));
    let words = Season(lang);
    section(desk, Section::Season, words.title(), move || {
        let add = move || doors(lang, may);
        if lines.is_empty() {
            return view! { <h1>{words.none()}</h1> <p class="note">{words.none_why()}</p> {add()} {views(lang, false)} }
                .into_any();
        }
        let first = lines.iter().find(|line| line.at_hand).cloned();
        let bars = recent(words, &lines);
        let rows = lines.into_iter().map(|line| row(lang, line)).collect_view();
        view! {
            {first.map(|line| at_hand(lang, line))}
            {add()}
            {looks(lang, visits)}
            {views(lang, false)}
            <p class="note swipe">{words.swipe()}</p>
            <table class="season">
                <thead>
                    <tr>
                        <th scope="col">{words.day()}</th>
                        <th scope="col">{words.ordinal()}</th>
                        <th scope="col">{words.weather()}</th>
                        <th scope="col">{words.stage()}</th>
                        <th scope="col" class="figure">{Common(lang).stalls()}</th>
                        <th scope="col" class="figure">{Common(lang).person_times()}</th>
                        <th scope="col" class="figure">{Common(lang).appeals()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            {bars}
        }
        .into_any()
    })
}

/// What is to be looked at again, the earliest first.
fn looks(lang: Lang, visits: Vec<Visit>) -> impl IntoView {
    let words = Incidents(lang);
    let some = !visits.is_empty();
    let rows = visits
        .into_iter()
        .map(|visit| {
            let href = format!("/o/m/{}/incidents#n-{}", visit.at, visit.incident);
            let late = visit.late.then(|| view! { <span class="chip bad">{words.overdue()}</span> });
            view! { <li><span><a href=href>{visit.what}</a><span class="what">{words.visit_by_day(&visit.due)}</span></span>{late}</li> }
        })
        .collect_view();
    some.then(|| view! { <section class="day looks"><h2>{words.visits()}</h2><ul class="plain">{rows}</ul></section> })
}

/// The two ways to see the season: the list, and a month of it.
pub(super) fn views(lang: Lang, month: bool) -> impl IntoView {
    let words = Month(lang);
    let mark = |here: bool| here.then_some("page");
    view! {
        <nav class="views" aria-label=words.views()>
            <a href="/o/" aria-current=mark(!month)>{words.list()}</a>
            <a href="/o/month" aria-current=mark(month)>{words.calendar()}</a>
        </nav>
    }
}

/// Where to go from the list.
fn doors(lang: Lang, (may_change, reads_rows): (bool, bool)) -> impl IntoView {
    let words = Season(lang);
    let make = may_change.then(|| {
        view! {
            <a class="button" href="/o/new">{words.add()}</a>
            <a class="button" href="/o/series">{Series(lang).title()}</a>
        }
    });
    view! {
        <p class="actions">
            {make}
            <a class="button" href="/o/trend">{Trend(lang).title()}</a>
            {reads_rows.then(|| view! { <a class="button" href="/o/bookings">{Bookings(lang).title()}</a> })}
            {may_change.then(|| view! {
                <a class="button" href="/o/feed">{Feeds(lang).title()}</a>
                <a class="button" href="/o/outbox">{Outbox(lang).title()}</a>
            })}
        </p>
    }
}

fn at_hand(lang: Lang, line: Line) -> impl IntoView {
    let words = Season(lang);
    let href = format!("/o/m/{}/live", line.market);
    let title = format!("{}（{}）", line.day, line.weekday);
    let about: Vec<String> = [line.weather, line.theme].into_iter().filter(|text| !text.is_empty()).collect();
    view! {
        <div class="at-hand">
            <div>
                <p class="label">{words.next()}</p>
                <h1>{title}</h1>
                <p class="note">{about.join(" · ")}</p>
            </div>
            <a class="button primary" href=href>{words.open()}</a>
        </div>
    }
}

fn row(lang: Lang, line: Line) -> impl IntoView {
    let (stage, class) = stage_name(Season(lang), line.stage);
    let href = format!("/o/m/{}/live", line.market);
    let rainy = line.weather.contains('雨') || line.weather.contains("ain");
    let sky = (!line.weather.is_empty())
        .then(|| view! { {icon(if rainy { Icon::Cloud } else { Icon::Sun })}" "{line.weather} });
    let year = line.year.map(|year| view! { <span class="year">{year}</span> });
    let figure = |n: i64| if n == 0 { "—".to_owned() } else { n.to_string() };
    view! {
        <tr>
            <th scope="row">{year}<a href=href>{line.day}</a></th>
            <td>{lang.pick(format!("第 {} 场", line.ordinal), line.ordinal.to_string())}</td>
            <td class="weather">{sky}</td>
            <td><span class=format!("chip {class}")>{stage}</span></td>
            <td class="figure">{format!("{}／{}", line.filled.0, line.filled.1)}</td>
            <td class="figure strong">{figure(line.encounters)}</td>
            <td class="figure">{figure(line.appeals)}</td>
        </tr>
    }
}

/// Bars of the last six Saturdays that served anybody, oldest first.
fn recent(words: Season, lines: &[Line]) -> impl IntoView + use<> {
    const HEIGHT: i64 = 60;
    let mut served: Vec<Line> = lines.iter().filter(|line| line.encounters > 0).take(6).cloned().collect();
    served.reverse();
    let most = served.iter().map(|line| line.encounters).max()?;
    let bars = served
        .into_iter()
        .zip(0_i64..)
        .map(|(line, at)| {
            let height = (line.encounters * HEIGHT / most).max(1);
            let (x, y) = (at * 80 + 14, 20 + HEIGHT - height);
            view! {
                <g>
                    <rect x=x y=y width="52" height=height class="bar-fill"/>
                    <text x=x + 26 y=y - 5 text-anchor="middle">{line.encounters}</text>
                    <text x=x + 26 y="98" text-anchor="middle" class="day">{line.day}</text>
                </g>
            }
        })
        .collect_view();
    Some(view! {
        <section class="recent">
            <h2>{words.recent()}</h2>
            <svg viewBox="0 0 480 104" role="img" aria-label=words.recent()>{bars}<path d="M0 80.5H480" class="axis"/></svg>
        </section>
    })
}
