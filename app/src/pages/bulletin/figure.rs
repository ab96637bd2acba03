//! A figure opened: what it means, what it adds up from, and the rows themselves.

use kaishi_domain::MarketRef;
use kaishi_domain::bulletin::FigureKey;
use leptos::prelude::*;

use crate::document::Page;
use crate::pages::frame::{Desk, Rail, Step, step};
use crate::words::bulletin::{Bulletin as Words, Rows};

/// A table of texts: headings, rows; the columns with these places hold numbers.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Headings.
    pub head: Vec<&'static str>,
    /// Rows.
    pub rows: Vec<Vec<String>>,
    /// Places of the columns that hold numbers.
    pub numbers: Vec<usize>,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct FigureView {
    /// Market.
    pub market: MarketRef,
    /// Which figure.
    pub key: FigureKey,
    /// Its value.
    pub exact: i64,
    /// What its rows add up to.
    pub sum: i64,
    /// Signed: the rows are those of then.
    pub frozen: bool,
    /// What each stall adds; empty where the rows are few.
    pub parts: Table,
    /// The rows.
    pub rows: Table,
    /// The next page begins after this row.
    pub next: Option<i64>,
}

/// The page.
pub fn figure(desk: &Desk, rail: &Rail, view: FigureView) -> Page {
    let (words, rows) = (Words(desk.lang), Rows(desk.lang));
    step(desk, rail, Step::Bulletin, None, move || {
        let base = format!("/o/m/{}/bulletin", view.market);
        let (name, meaning) = words.explain(view.key);
        let agrees = (view.sum == view.exact).then(|| format!("，{}", rows.agrees()));
        let parts = (!view.parts.rows.is_empty())
            .then(|| view! { <h2>{rows.by_stall()}</h2> {table(view.parts, rows.by_stall())} });
        let next = view.next.map(|after| {
            let href = format!("{base}/figures/{}?after={after}", view.key.code());
            view! { <p class="actions"><a class="button" href=href rel="next">{rows.next()}</a></p> }
        });
        let body = if view.rows.rows.is_empty() {
            view! { <p class="note">{rows.none()}</p> }.into_any()
        } else {
            table(view.rows, rows.rows()).into_any()
        };
        view! {
            <div class="bulletin wide">
                <div class="head"><h1>{name}</h1><a href=base.clone()>{words.back()}</a></div>
                <p class="note">{meaning}</p>
                <p class="opened">
                    <strong>{view.exact}</strong>
                    {format!("{} {}{}", rows.sum(), view.sum, agrees.unwrap_or_default())}
                </p>
                <p class="note">{if view.frozen { rows.frozen() } else { rows.live() }}</p>
                {parts}
                <h2>{rows.rows()}</h2>
                {body}
                {next}
            </div>
        }
    })
}

fn table(table: Table, name: &'static str) -> impl IntoView {
    let class = move |at: &usize, numbers: &[usize]| numbers.contains(at).then_some("figure");
    let numbers = table.numbers;
    let head = table
        .head
        .into_iter()
        .enumerate()
        .map(|(at, text)| view! { <th scope="col" class=class(&at, &numbers)>{text}</th> })
        .collect_view();
    let rows = table
        .rows
        .into_iter()
        .map(|row| {
            let cells = row.into_iter().enumerate();
            let cells = cells.map(|(at, text)| view! { <td class=class(&at, &numbers)>{text}</td> });
            view! { <tr>{cells.collect_view()}</tr> }
        })
        .collect_view();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=name>
            <table class="season rows"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>
        </div>
    }
}
