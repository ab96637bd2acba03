//! The sheets that thank the units of a Saturday, one A4 a unit: for the printer at the desk, and for the unit itself.

use kaishi_domain::bulletin::Thanks;
use kaishi_domain::encounter::Kind;
use leptos::prelude::*;

use crate::document::{Head, Manner, Page, document};
use crate::state::Site;
use crate::words::Lang;
use crate::words::common::Common;
use crate::words::staff::Pad;
use crate::words::thanks::{Thanks as Words, ThanksSheet};

/// What stands on all of them.
#[derive(Clone, Debug)]
pub struct Shared {
    /// `福中社区 党员服务市集`
    pub title: String,
    /// `党员服务市集`
    pub name: String,
    /// The how-manieth.
    pub ordinal: i64,
    /// `2023年5月13日（星期六）`
    pub day: String,
    /// Who thanks.
    pub organizer: String,
    /// `截至…，台账 … 行`, and the fingerprint.
    pub foot: Vec<String>,
}

/// The page of sheets.
#[derive(Clone, Debug)]
pub struct ThanksView {
    /// Where it goes back to.
    pub back: String,
    /// The files that hold the same, with their names.
    pub files: Vec<(String, &'static str)>,
    /// What stands on all of them.
    pub shared: Shared,
    /// The units.
    pub units: Vec<Thanks>,
}

/// A line of a sheet: what, how much, and what is said beside it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// What.
    pub name: &'static str,
    /// How much.
    pub value: String,
    /// Beside it; often nothing.
    pub beside: String,
}

/// The lines of a unit's sheet. They are handed to Chinese offices, so they are in Chinese.
pub fn lines(thanks: &Thanks) -> Vec<Line> {
    let words = ThanksSheet(Lang::Zh);
    let kinds = thanks.kinds.iter().filter(|(kind, n)| *kind != Kind::Talk && *n != 0);
    let kinds: Vec<String> = kinds.map(|(kind, n)| format!("{} {n}", Pad(Lang::Zh).kind(*kind))).collect();
    let beside =
        if kinds.is_empty() { String::new() } else { format!("{} {}", words.by_kind(), kinds.join("，")) };
    let line = |name, value, beside| Line { name, value, beside };
    let mut lines = vec![line(words.served(), words.people(thanks.served()), beside)];
    if thanks.of(Kind::Talk) != 0 {
        lines.push(line(words.talks(), words.people(thanks.of(Kind::Talk)), words.apart().to_owned()));
    }
    lines.push(line(words.settled(), words.cases(thanks.settled), String::new()));
    lines.push(line(words.rated(), words.ratings(thanks.rated, thanks.content), String::new()));
    lines.push(line(words.hours(), words.open_for(thanks.minutes), String::new()));
    lines
}

/// `1 号摊 书记有约，4 号摊 便民理发`
pub fn places(thanks: &Thanks) -> String {
    let places: Vec<String> = thanks.stalls.iter().map(|(no, name)| format!("{no} 号摊 {name}")).collect();
    places.join("，")
}

/// The sheets, one A4 a page.
pub fn thanks(site: &Site, lang: Lang, view: ThanksView) -> Page {
    let words = Words(lang);
    let head = Head {
        lang: Lang::Zh,
        title: format!("{} {}", words.title(), view.shared.day),
        manner: Manner::Print,
        islands: None,
        class: "print",
    };
    document(site, &head, || {
        let note = if view.units.is_empty() { words.none() } else { words.why() };
        let files = view.files.into_iter().map(|(href, name)| view! { <a href=href>{name}</a> });
        let files = files.collect_view();
        let sheets = view.units.iter().map(|unit| sheet(&view.shared, unit)).collect_view();
        view! {
            <nav class="desk" lang=lang.tag()>
                <a href=view.back>{words.back()}</a>
                <span>{note}</span>
                {files}
                <button type="button" data-print hidden>{words.print()}</button>
            </nav>
            <main>{sheets}</main>
        }
    })
}

fn sheet(shared: &Shared, unit: &Thanks) -> impl IntoView + use<> {
    let words = ThanksSheet(Lang::Zh);
    let rows = lines(unit)
        .into_iter()
        .map(|line| {
            view! { <div><dt>{line.name}</dt><dd><b>{line.value}</b>{line.beside}</dd></div> }
        })
        .collect_view();
    let foot = shared.foot.clone().into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    view! {
        <article class="thanks" lang="zh-CN">
            <header>
                <span class="seal" aria-hidden="true">{Common(Lang::Zh).seal()}</span>
                <p><b>{shared.title.clone()}</b><span>{shared.day.clone()}</span></p>
            </header>
            <h1><small>{words.head()}</small>{unit.name.clone()}</h1>
            <p class="came">{words.came(shared.ordinal, &shared.name)}</p>
            <p class="places">{places(unit)}</p>
            <dl>{rows}</dl>
            <p class="close">{words.close()}</p>
            <p class="signs">{shared.organizer.clone()}</p>
            <footer>{foot}<p>{words.later()}</p></footer>
        </article>
    }
}
