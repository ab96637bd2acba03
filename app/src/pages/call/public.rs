//! The call as everybody may read it: what is wanted, who comes, how a unit joins.

use kaishi_domain::call::Want;
use leptos::prelude::*;

use super::want_line;
use crate::document::{Page, document};
use crate::pages::staff::head;
use crate::state::Site;
use crate::words::Lang;
use crate::words::call::Answer as Words;
use crate::words::common::Common;
use crate::words::duty::Wishes;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct Poster {
    /// Language.
    pub lang: Lang,
    /// `福中社区 党员服务市集`
    pub title: String,
    /// `5月13日 星期六 9:00–12:00`
    pub when: String,
    /// Path of the public map.
    pub map: String,
    /// Introduction and rules, while there is a call.
    pub letter: Option<(String, String)>,
    /// `11月28日 18:00`
    pub until: String,
    /// Whether answers are taken now.
    pub open: bool,
    /// What is wanted, with its zone.
    pub wants: Vec<(Want, String)>,
    /// Names of the units that come.
    pub units: Vec<String>,
    /// How many small wishes wait, and what is public of them.
    pub wishes: (i64, Vec<String>),
}

/// The page.
pub fn public(site: &Site, view: Poster) -> Page {
    let words = Words(view.lang);
    document(
        site,
        &head(view.lang, format!("{} · {}", words.wants(), view.title), None, "staff guest answer"),
        || {
            let lang = view.lang;
            let wants = view
                .wants
                .iter()
                .map(|(want, zone)| view! { <li>{want_line(lang, want, zone.clone())}</li> })
                .collect_view();
            let body = match view.letter {
                None => view! { <p>{words.not_listed()}</p> }.into_any(),
                Some((intro, rules)) => {
                    let standing = if view.open {
                        view! { <p>{words.until()}" "<strong>{view.until}</strong></p> }.into_any()
                    } else {
                        view! { <p class="arrival">{words.over()}</p> }.into_any()
                    };
                    let rules = (!rules.is_empty()).then(|| {
                        view! { <section><h2>{words.rules()}</h2><p class="intro">{rules}</p></section> }
                    });
                    view! {
                        <p class="intro">{intro}</p>
                        {standing}
                        <section><h2>{words.wants()}</h2><ul class="plain offers">{wants}</ul></section>
                        {rules}
                    }
                    .into_any()
                }
            };
            let comes = (!view.units.is_empty()).then(|| {
                let names = view.units.join(lang.pick("、", ", "));
                view! { <section><h2>{words.answered()}</h2><p>{names}</p></section> }
            });
            view! {
                <main>
                    <p class="brand"><span class="seal" aria-hidden="true">{Common(lang).seal()}</span>{view.title}</p>
                    <h1>{words.title()}</h1>
                    <p><a href=view.map>{view.when}</a></p>
                    {body}
                    {wishes(lang, &view.wishes)}
                    {comes}
                    <section><h2>{words.how()}</h2><p>{words.how_why()}</p></section>
                </main>
            }
        },
    )
}

/// The small wishes that wait, in the words that the desk made public.
fn wishes(lang: Lang, (waiting, told): &(i64, Vec<String>)) -> Option<impl IntoView + use<>> {
    let words = Wishes(lang);
    let rows = told.iter().cloned().map(|text| view! { <li>{text}</li> }).collect_view();
    (*waiting > 0).then(|| {
        view! {
            <section>
                <h2>{words.title()}</h2>
                <p>{words.waiting(*waiting)}</p>
                <ul class="plain offers">{rows}</ul>
                <p>{words.how()}</p>
            </section>
        }
    })
}
