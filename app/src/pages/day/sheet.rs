//! The emergency card on paper, A4 or A5, by the browser's print.

use kaishi_domain::MarketRef;
use leptos::prelude::*;

use super::emergency::{Places, lines, numbers};
use crate::document::{Head, Manner, Page, document};
use crate::state::Site;
use crate::words::Lang;
use crate::words::common::Common;
use crate::words::day::Emergency as Words;
use crate::words::poster::Prints;

/// The sheet. It hangs on a Chinese square, so it is in Chinese whoever prints it.
pub fn sheet(site: &Site, lang: Lang, market: MarketRef, title: &str, places: &Places, small: bool) -> Page {
    let head = Head {
        lang: Lang::Zh,
        title: format!("{} · {title}", Words(lang).title()),
        manner: Manner::Print,
        islands: None,
        class: if small { "print small" } else { "print" },
    };
    let title = title.to_owned();
    document(site, &head, || {
        let words = Words(Lang::Zh);
        let base = format!("/o/m/{market}/emergency");
        let (other, other_name) =
            if small { ("a4", Words(lang).print_a4()) } else { ("a5", Words(lang).print_a5()) };
        let numbers = numbers(words)
            .map(|(number, what)| view! { <li><b>{number}</b><span>{what}</span></li> })
            .collect_view();
        let lines = lines(Lang::Zh, places)
            .into_iter()
            .map(|(name, text)| view! { <div><dt>{name}</dt><dd>{text}</dd></div> })
            .collect_view();
        let class = if small { "poster rescue a5" } else { "poster rescue" };
        view! {
            <nav class="desk" lang=lang.tag()>
                <a href=base.clone()>{Common(lang).back()}</a>
                <span>{Words(lang).why()}</span>
                <a href=format!("{base}/print?size={other}")>{other_name}</a>
                <button type="button" data-print hidden>{Prints(lang).print()}</button>
            </nav>
            <main>
                <article class=class lang="zh-CN">
                    <header>
                        <span class="seal" aria-hidden="true">{Common(Lang::Zh).seal()}</span>
                        <p><b>{title}</b></p>
                    </header>
                    <h1>{words.title()}</h1>
                    <ul class="numbers">{numbers}</ul>
                    <dl>{lines}</dl>
                    <p class="cells">{words.cells()}</p>
                </article>
            </main>
        }
    })
}
