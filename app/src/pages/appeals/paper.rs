//! Two-part slips with printed codes: how many, which wait, and the sheets to print and cut.

use axum::http::StatusCode;
use kaishi_domain::appeal::{AppealCode, PaperSlip};
use leptos::prelude::*;

use crate::document::{Head, Manner, Page, document};
use crate::pages::frame::{Desk, Rail, Step, step};
use crate::pages::resident::Qr;
use crate::words::Lang;
use crate::words::desk::Slips as Words;
use crate::words::handle::Handle;

/// The page: how many were printed, how many are keyed in, and the form.
pub fn slips(desk: &Desk, rail: &Rail, base: &str, slips: &[PaperSlip], wrong: Option<String>) -> Page {
    let lang = desk.lang;
    let used = slips.iter().filter(|slip| slip.used_at.is_some()).count();
    let bad = wrong.is_some();
    let base = base.to_owned();
    let page = step(desk, rail, Step::Appeals, None, || {
        let words = Words(lang);
        let none = slips.is_empty().then(|| view! { <p class="note">{words.none()}</p> });
        let figures = (!slips.is_empty()).then(|| {
            view! { <p class="figures"><span>{words.made()}" "<b>{slips.len()}</b></span><span>{words.used()}" "<b>{used}</b></span></p> }
        });
        let again = (slips.len() > used).then(|| {
            let pdf = format!("{}/pack.pdf?codes=on", base.trim_end_matches("/appeals"));
            view! {
                <p class="actions">
                    <a class="button" href=format!("{base}/slips/print")>{words.print()}</a>
                    <a class="button" href=pdf>{words.pdf()}</a>
                </p>
            }
        });
        let complaint = bad.then(|| view! { <p class="complaint" role="alert">{words.wrong()}</p> });
        let typed = wrong.unwrap_or_else(|| "30".to_owned());
        view! {
            <p><a href=base.clone()>"‹ "{Handle(lang).back()}</a></p>
            <div class="head"><h1>{words.title()}</h1></div>
            <p class="note">{words.why()}</p>
            {complaint}
            {none}
            {figures}
            {again}
            <form method="post" action=format!("{base}/slips") class="clerk">
                <label for="count">{words.count()}</label>
                <input id="count" name="count" value=typed inputmode="numeric" autocomplete="off"/>
                <button type="submit" class="primary">{words.make()}</button>
            </form>
        }
    });
    if bad { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page }
}

/// One slip on a sheet.
#[derive(Clone, Debug)]
pub struct Printed {
    /// Its code.
    pub code: AppealCode,
    /// The same as a picture.
    pub qr: Qr,
}

/// The sheets. `title` is the market's, `address` where the code can be typed.
pub fn print(desk: &Desk, title: &str, address: &str, slips: Vec<Printed>) -> Page {
    let lang = desk.lang;
    let words = Words(lang);
    let head = Head {
        lang,
        title: format!("{} · {title}", words.title()),
        manner: Manner::Organizer,
        islands: None,
        class: "paper-slips",
    };
    let (title, address) = (title.to_owned(), address.to_owned());
    document(&desk.site, &head, move || {
        let rows = slips
            .into_iter()
            .map(|slip| {
                view! {
                    <section class="cut">
                        {half(lang, &title, &address, &slip, false)}
                        {half(lang, &title, &address, &slip, true)}
                    </section>
                }
            })
            .collect_view();
        view! { <main><h1 class="hidden">{words.title()}</h1>{rows}</main> }
    })
}

fn half(lang: Lang, title: &str, address: &str, slip: &Printed, mine: bool) -> impl IntoView + use<> {
    let words = Words(lang);
    let square = format!("0 0 {0} {0}", slip.qr.side);
    let below = if mine {
        view! { <p>{words.how_to()}</p><p><b>{address.to_owned()}</b></p> }.into_any()
    } else {
        view! {
            <p class="line">{words.kind()}</p>
            <p class="line tall">{words.words()}</p>
            <p class="line">{words.contact()}</p>
        }
        .into_any()
    };
    view! {
        <article class=if mine { "mine" } else { "ours" }>
            <h2>{title.to_owned()}</h2>
            <p class="part">{if mine { words.yours() } else { words.ours() }}</p>
            <p class="printed-code">{words.code()}" "<small>{format!("{}-", slip.code.org)}</small><b>{slip.code.slip.to_string()}</b></p>
            <svg class="qr" viewBox=square shape-rendering="crispEdges" aria-hidden="true">
                <rect width="100%" height="100%" fill="#fff"/>
                <path d=slip.qr.path.clone() fill="#000"/>
            </svg>
            {below}
        </article>
    }
}
