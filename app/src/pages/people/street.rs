//! The organizations below, a row each: the market of today and the last one, in sums.

use leptos::prelude::*;

use crate::document::Page;
use crate::pages::frame::{Desk, Section, section};
use crate::words::people::Street;

/// A market in sums.
#[derive(Clone, Debug)]
pub struct Figures {
    /// `5月13日`
    pub day: String,
    /// Its name.
    pub name: String,
    /// People served.
    pub served: i64,
    /// Appeals settled, of those raised.
    pub appeals: (i64, i64),
    /// Units that came, of those that were to come.
    pub arrived: (i64, i64),
}

/// An organization.
#[derive(Clone, Debug)]
pub struct Line {
    /// `福中社区党委`
    pub name: String,
    /// Where it is.
    pub district: String,
    /// `社区`
    pub kind: &'static str,
    /// Today's market.
    pub today: Option<Figures>,
    /// The last one.
    pub last: Option<Figures>,
}

/// The page.
pub fn street(desk: &Desk, day: String, lines: Vec<Line>) -> Page {
    let words = Street(desk.lang);
    section(desk, Section::Street, words.title(), || {
        let body = if lines.is_empty() {
            view! { <p class="note">{words.none()}</p> }.into_any()
        } else {
            view! { {table(words, &lines)} }.into_any()
        };
        view! {
            <div class="people street">
                <div class="head"><h1>{words.title()}</h1><span class="note">{day}</span></div>
                <p class="note">{words.why()}</p>
                {body}
            </div>
        }
    })
}

fn table(words: Street, lines: &[Line]) -> impl IntoView + use<> {
    let rows = lines.iter().map(|line| row(words, line)).collect_view();
    let sum = (lines.len() > 1).then(|| {
        let total = |of: fn(&Figures) -> i64| {
            lines.iter().filter_map(|line| line.today.as_ref().map(of)).sum::<i64>()
        };
        let (served, settled, raised) = (total(|f| f.served), total(|f| f.appeals.0), total(|f| f.appeals.1));
        let (arrived, entries) = (total(|f| f.arrived.0), total(|f| f.arrived.1));
        view! {
            <tfoot><tr>
                <th scope="row">{words.sum()}</th>
                <td class="figure strong" data-label=words.served()>{served}</td>
                <td class="figure" data-label=words.appeals()>{format!("{settled}／{raised}")}</td>
                <td class="figure" data-label=words.units()>{format!("{arrived}／{entries}")}</td>
                <td></td>
            </tr></tfoot>
        }
    });
    view! {
        <div class="labelled">
            <table class="season units entries">
                <thead><tr>
                    <th scope="col">{words.name()}</th>
                    <th scope="col" class="figure">{words.today()}" · "{words.served()}</th>
                    <th scope="col" class="figure">{words.settled()}"／"{words.appeals()}</th>
                    <th scope="col" class="figure">{words.units()}</th>
                    <th scope="col">{words.last()}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
                {sum}
            </table>
        </div>
    }
}

fn row(words: Street, line: &Line) -> impl IntoView + use<> {
    let served = format!("{} · {}", words.today(), words.served());
    let today = match &line.today {
        None => view! {
            <td class="figure none" data-label=words.today()>{words.no_market()}</td>
            <td class="none"></td>
            <td class="none"></td>
        }
        .into_any(),
        Some(one) => {
            let ((settled, raised), (arrived, entries)) = (one.appeals, one.arrived);
            view! {
                <td class="figure strong" data-label=served>{one.served}</td>
                <td class="figure" data-label=words.appeals()>{format!("{settled}／{raised}")}</td>
                <td class="figure" data-label=words.units()>{format!("{arrived}／{entries}")}</td>
            }
            .into_any()
        }
    };
    let last = match &line.last {
        None => words.no_market().into_any(),
        Some(one) => {
            let (settled, raised) = one.appeals;
            let text = format!("{} {} · {} {settled}／{raised}", one.served, words.served(), words.settled());
            view! { {one.day.clone()}<span class="what">{text}</span> }.into_any()
        }
    };
    view! {
        <tr>
            <th scope="row">{line.name.clone()}<span class="what">{line.kind}" · "{line.district.clone()}</span></th>
            {today}
            <td data-label=words.last()>{last}</td>
        </tr>
    }
}
