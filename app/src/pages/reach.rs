//! Which neighbourhoods the Saturdays reach on foot, and the list that says so.

use kaishi_domain::season::reach::Neighbourhood;
use leptos::prelude::*;

use crate::document::Page;
use crate::pages::frame::{Desk, Section, section};
use crate::parts::{Area, textarea};
use crate::words::reach::Reach as Words;
use crate::words::trend::Trend;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// The neighbourhoods.
    pub list: Vec<Neighbourhood>,
    /// Titles of the grounds.
    pub grounds: Vec<String>,
    /// The list as it stands in the form.
    pub typed: String,
    /// What is wrong with it.
    pub wrong: Option<String>,
}

/// The page.
pub fn reach(desk: &Desk, view: View) -> Page {
    let (words, may_change) = (Words(desk.lang), desk.may_change);
    section(desk, Section::Season, words.title(), move || {
        let covered = view.list.iter().filter(|one| one.held > 0).count();
        let body = if view.list.is_empty() {
            view! { <p class="note">{words.none()}</p> }.into_any()
        } else {
            let share = words.share(view.list.len(), covered);
            view! { <p class="opened">{words.covered()}<strong>{share}</strong></p> {table(words, view.list)} }.into_any()
        };
        let form = may_change.then(|| form(words, &view.grounds, view.typed, view.wrong));
        view! {
            <div class="head">
                <h1>{words.title()}</h1>
                <a class="button" href="/o/trend">{Trend(words.0).title()}</a>
            </div>
            <p class="note">{words.why()}</p>
            <div class="bulletin wide">{body}{form}</div>
        }
    })
}

fn table(words: Words, list: Vec<Neighbourhood>) -> impl IntoView {
    let rows = list
        .into_iter()
        .map(|one| {
            let ground = one.ground.map_or_else(|| words.nothing().to_owned(), |(_, title)| title);
            let last = one.last.map_or_else(
                || words.never().to_owned(),
                |day| words.0.pick(format!("{}年{}", day.year(), day.zh()), format!("{} {}", day.en(), day.year())),
            );
            view! { <tr><th scope="row">{one.name}</th><td>{ground}</td><td class="figure">{one.held}</td><td>{last}</td></tr> }
        })
        .collect_view();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=words.title()>
            <table class="season rows">
                <thead><tr>
                    <th scope="col">{words.name()}</th>
                    <th scope="col">{words.ground()}</th>
                    <th scope="col" class="figure">{words.held()}</th>
                    <th scope="col">{words.last()}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn form(words: Words, grounds: &[String], typed: String, wrong: Option<String>) -> impl IntoView + use<> {
    let area = Area {
        name: "list",
        id: Some("list"),
        text: typed,
        rows: 6,
        most: 3_000,
        wrong: wrong.is_some().then_some("wrong"),
        ..Area::default()
    };
    let wrong = wrong.map(|text| view! { <p class="complaint" id="wrong" role="alert">{text}</p> });
    let known = (!grounds.is_empty())
        .then(|| view! { <p class="note">{words.grounds()}"："{grounds.join("、")}</p> });
    view! {
        <form class="sheet prose" method="post" action="/o/reach">
            {wrong}
            <div class="field">
                <label for="list">{words.list()}</label>
                {textarea(area)}
                <p class="note">{words.example()}</p>
                {known}
            </div>
            <div class="actions"><button type="submit" class="primary">{words.save()}</button></div>
        </form>
    }
}
