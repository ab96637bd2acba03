//! Place signs: one A4 a stall that has moved, to hang where it stands in fair weather.

use leptos::prelude::*;

use crate::document::{Head, Manner, Page, document};
use crate::state::Site;
use crate::words::Lang;
use crate::words::common::Common;
use crate::words::poster::Prints;
use crate::words::rain::Rain as Words;

/// What stands on one sign.
#[derive(Clone, Debug)]
pub struct PlaceSign {
    /// Printed number.
    pub no: String,
    /// Name on the stall's sign.
    pub name: String,
    /// `连廊东侧`
    pub place: String,
    /// `旁边是9号、11号`
    pub beside: Option<String>,
    /// `往东北走约 45 米`
    pub way: String,
    /// Degrees clockwise from north.
    pub bearing: f64,
}

/// The sheets. They hang on a Chinese square, so they are in Chinese whoever prints them.
pub fn signs(site: &Site, lang: Lang, base: &str, title: &str, signs: Vec<PlaceSign>) -> Page {
    let head = Head {
        lang: Lang::Zh,
        title: format!("{} · {title}", Words(lang).title()),
        manner: Manner::Print,
        islands: None,
        class: "print",
    };
    let (base, title) = (base.to_owned(), title.to_owned());
    document(site, &head, move || {
        let words = Words(lang);
        let none = signs.is_empty();
        let numbers = signs.iter().map(|sign| sign.no.clone()).collect::<Vec<_>>().join(",");
        let sheets = signs.into_iter().map(|sign| sheet(&title, sign)).collect_view();
        view! {
            <nav class="desk" lang=lang.tag()>
                <a href=format!("{base}/rain")>{Common(lang).back()}</a>
                <span>{if none { words.nothing_to_print() } else { words.signs_why() }}</span>
                {(!none).then(|| view! {
                    <form method="post" action=format!("{base}/rain/signs")>
                        <input type="hidden" name="stalls" value=numbers/>
                        <button type="submit" class="calm">{words.print_note()}</button>
                    </form>
                    <button type="button" data-print hidden>{Prints(lang).print()}</button>
                })}
            </nav>
            <main>{sheets}</main>
        }
    })
}

fn sheet(title: &str, sign: PlaceSign) -> impl IntoView + use<> {
    let words = Words(Lang::Zh);
    let turn = format!("rotate({:.1} 50 50)", sign.bearing);
    let class = format!("no no-{}", sign.no.chars().count().min(3));
    view! {
        <article class="poster place" lang="zh-CN">
            <header>
                <span class="seal" aria-hidden="true">{Common(Lang::Zh).seal()}</span>
                <p><b>{title.to_owned()}</b></p>
            </header>
            <p class=class>{sign.no}<small>"号"</small></p>
            <p class="who">{sign.name}</p>
            <p class="moved">{words.sign_moved()}</p>
            <h1>{sign.place}</h1>
            <p class="beside">{sign.beside}</p>
            <div class="way">
                <svg viewBox="0 0 100 100" aria-hidden="true">
                    <circle cx="50" cy="50" r="46" fill="none" stroke="#1c1b19" stroke-width="2"/>
                    <path d="M50 8L70 46H57V88H43V46H30Z" fill="#c7161e" transform=turn/>
                    <circle cx="50" cy="4" r="9" fill="#fff"/>
                    <text x="50" y="8" text-anchor="middle" font-size="12" font-weight="700">{words.sign_north()}</text>
                </svg>
                <p><b>{sign.way}</b><span>{words.sign_code()}</span></p>
            </div>
        </article>
    }
}
