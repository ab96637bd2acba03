//! The tally sheet of a stall, for when network or power fail: one A4 a stall, kinds across, hours down.

use kaishi_domain::MarketRef;
use kaishi_domain::encounter::Kind;
use leptos::prelude::*;

use crate::document::{Head, Manner, Page, document};
use crate::state::Site;
use crate::words::Lang;
use crate::words::common::Common;
use crate::words::staff::Pad;
use crate::words::tally::{Paper, Sheet as Words};

/// One stall's sheet.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Printed number.
    pub no: String,
    /// Name on its sign.
    pub name: String,
    /// The unit.
    pub unit: String,
}

/// What stands on all of them.
#[derive(Clone, Debug)]
pub struct View {
    /// Market.
    pub market: MarketRef,
    /// `福中社区 党员服务市集`
    pub title: String,
    /// `5月13日（星期六）`
    pub day: String,
    /// `09:00`, one a line.
    pub hours: Vec<String>,
    /// The stalls.
    pub sheets: Vec<Sheet>,
}

/// The sheets, one A4 a page. They are filled in on a Chinese square, so they are in Chinese whoever prints them.
pub fn sheets(site: &Site, lang: Lang, view: View) -> Page {
    let words = Words(lang);
    let head = Head {
        lang: Lang::Zh,
        title: format!("{} {}", words.title(), view.day),
        manner: Manner::Print,
        islands: None,
        class: "print",
    };
    document(site, &head, || {
        let back = format!("/o/m/{}/paper", view.market);
        let note = if view.sheets.is_empty() { words.none() } else { words.why() };
        let sheets =
            view.sheets.iter().map(|sheet| one(&view.title, &view.day, &view.hours, sheet)).collect_view();
        view! {
            <nav class="desk" lang=lang.tag()>
                <a href=back>{Paper(lang).title()}</a>
                <span>{note}</span>
                <button type="button" data-print hidden>{words.print_all()}</button>
            </nav>
            <main>{sheets}</main>
        }
    })
}

fn one(title: &str, day: &str, hours: &[String], sheet: &Sheet) -> impl IntoView + use<> {
    let words = Words(Lang::Zh);
    let kinds =
        Kind::ALL.map(|kind| view! { <th scope="col">{Pad(Lang::Zh).kind(kind)}</th> }).collect_view();
    let blank = || (0..=Kind::ALL.len()).map(|_| view! { <td></td> }).collect_view();
    let rows = hours
        .iter()
        .map(|hour| view! { <tr><th scope="row">{hour.clone()}</th>{blank()}</tr> })
        .collect_view();
    let name =
        if sheet.name.is_empty() { Common(Lang::Zh).unit_open().to_owned() } else { sheet.name.clone() };
    view! {
        <article class="tally" lang="zh-CN">
            <header>
                <span class="seal" aria-hidden="true">{Common(Lang::Zh).seal()}</span>
                <p><b>{title.to_owned()}</b><span>{day.to_owned()}</span></p>
                <p class="no">{sheet.no.clone()}</p>
            </header>
            <h1>{name}<small>{sheet.unit.clone()}</small></h1>
            <p class="how">{words.why()}</p>
            <table>
                <thead><tr><th scope="col">{words.hour()}</th>{kinds}<th scope="col">{words.sum()}</th></tr></thead>
                <tbody>{rows}</tbody>
                <tfoot><tr><th scope="row">{words.sum()}</th>{blank()}</tr></tfoot>
            </table>
            <footer>
                <p>{words.counted_by()}</p><p>{words.entered()}</p><p>{words.remark()}</p>
            </footer>
        </article>
    }
}
