//! Both maps stall by stall, and their figures side by side.

use kaishi_domain::rain::Capacity;
use leptos::prelude::*;

use crate::words::Lang;
use crate::words::board::{kilowatts, metres};
use crate::words::rain::Rain as Words;

/// One stall in both maps, in words.
#[derive(Clone, Debug)]
pub struct Row {
    /// Printed number.
    pub no: String,
    /// Who stands there; empty for nobody.
    pub name: String,
    /// `诗园小广场西侧`; `None`: not on that map.
    pub fair: Option<String>,
    /// `连廊东侧`
    pub rain: Option<String>,
    /// `45 米`; `None` where it stays or has no place.
    pub walk: Option<String>,
    /// What its place under cover lacks, in sentences.
    pub heed: Vec<String>,
}

pub(super) fn head(lang: Lang, preview: bool) -> impl IntoView {
    let words = Words(lang);
    view! { <h2 class:hidden=preview>{words.each()}</h2> }
}

pub(super) fn table(lang: Lang, rows: Vec<Row>) -> impl IntoView {
    let words = Words(lang);
    let lines = rows.into_iter().map(|row| line(words, row)).collect_view();
    view! {
        <table class="twins">
            <thead><tr>
                <th scope="col">{words.stall()}</th>
                <th scope="col">{words.fair()}</th>
                <th scope="col">{words.rain()}</th>
                <th scope="col" class="figure">{words.walk()}</th>
                <th scope="col">{words.heed()}</th>
            </tr></thead>
            <tbody>{lines}</tbody>
        </table>
    }
}

fn line(words: Words, row: Row) -> impl IntoView {
    let gone = row.rain.is_none();
    let place = |text: Option<String>| match text {
        Some(text) => view! { {text} }.into_any(),
        None => view! { <span class="none">{words.no_place()}</span> }.into_any(),
    };
    let walk = row.walk.unwrap_or_else(|| if gone { "—".to_owned() } else { words.stays().to_owned() });
    let heed = row.heed.into_iter().map(|text| view! { <span class="heed">{text}</span> }).collect_view();
    view! {
        <tr class:gone=gone>
            <th scope="row"><span class="no">{row.no}</span>" "{row.name}</th>
            <td data-label=words.fair()>{place(row.fair)}</td>
            <td data-label=words.rain()>{place(row.rain)}</td>
            <td data-label=words.walk() class="figure">{walk}</td>
            <td data-label=words.heed()>{heed}</td>
        </tr>
    }
}

/// `14 → 12（少 2）`: what the second map has, and by how much it differs.
pub(super) fn figures(lang: Lang, (fair, rain): (Capacity, Capacity)) -> impl IntoView {
    let words = Words(lang);
    let line = move |name: &'static str, before: i64, after: i64, write: fn(i64) -> String| {
        let apart = after - before;
        let differs = (apart != 0).then(|| {
            let text = write(apart.abs());
            let text = if apart < 0 {
                lang.pick(format!("少 {text}"), format!("−{text}"))
            } else {
                lang.pick(format!("多 {text}"), format!("+{text}"))
            };
            view! { <span class=if apart < 0 { "less" } else { "more" }>{text}</span> }
        });
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td class="figure">{write(before)}</td>
                <td class="figure">{write(after)}</td>
                <td>{differs}</td>
            </tr>
        }
    };
    view! {
        <h2>{words.figures()}</h2>
        <table class="figures">
            <thead><tr>
                <td></td>
                <th scope="col" class="figure">{words.fair()}</th>
                <th scope="col" class="figure">{words.rain()}</th>
                <td></td>
            </tr></thead>
            <tbody>
                {line(words.stalls(), fair.stalls, rain.stalls, |n| n.to_string())}
                {line(words.counter(), fair.counter_cm, rain.counter_cm, metres)}
                {line(words.powered(), fair.powered, rain.powered, |n| n.to_string())}
                {line(words.power(), fair.power_w, rain.power_w, kilowatts)}
                {line(words.sheltered(), fair.sheltered, rain.sheltered, |n| n.to_string())}
            </tbody>
        </table>
    }
}
