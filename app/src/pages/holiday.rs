//! Holidays and worked days off of a year, and how another year comes in.

use kaishi_domain::season::{Special, Year, YearChange};
use leptos::prelude::*;

use crate::document::Page;
use crate::pages::frame::{Desk, Section, section};
use crate::words::season::{Holidays as Words, Month};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// The year.
    pub year: i16,
    /// Its special days, in order.
    pub days: Vec<Special>,
    /// What was imported for it.
    pub imported: Option<Year>,
    /// The program brings this year along.
    pub built_in: bool,
    /// What has just been changed.
    pub told: Option<YearChange>,
    /// Why a file was not imported.
    pub wrong: Option<&'static str>,
}

/// The page.
pub fn holidays(desk: &Desk, view: View) -> Page {
    let (lang, may_change) = (desk.lang, desk.may_change);
    let words = Words(lang);
    let title = format!("{} {}", words.title(), view.year);
    section(desk, Section::Season, &title.clone(), move || {
        let rows = view.days.iter().map(|special| {
            let (class, what) = if special.off { ("good", words.off()) } else { ("warn", words.worked()) };
            let weekday = lang.pick(special.day.weekday_zh().to_owned(), special.day.weekday_en());
            let name = Month(lang).holiday_name(&special.name);
            view! {
                <tr>
                    <th scope="row">{special.day.to_string()}" "{weekday}</th>
                    <td>{name}</td>
                    <td class=class>{what}</td>
                </tr>
            }
        });
        let table = if view.days.is_empty() {
            view! { <p class="note">{words.none()}</p> }.into_any()
        } else {
            view! {
                <table class="season holidays">
                    <thead><tr><th scope="col">{words.day()}</th><th scope="col">{words.name()}</th><th scope="col">{words.kind()}</th></tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            }
            .into_any()
        };
        let restore = (may_change && view.built_in && view.imported.is_some()).then(|| {
            view! {
                <form method="post" action=format!("/o/holidays/{}", view.year) class="unit-form">
                    <p class="note" id="restore-why">{words.restore_why()}</p>
                    <button type="submit" aria-describedby="restore-why">{words.restore()}</button>
                </form>
            }
        });
        let told = view.told.map(|change| {
            view! { <p class="told good" role="status">{words.told(change)}</p> }
        });
        let source = if view.imported.is_some() { words.imported() } else { words.built_in() };
        let papers = view.imported.into_iter().flat_map(|year| year.papers).map(|paper| {
            // An address comes from a file: only one of the web is made a link.
            let web = paper.starts_with("https://") || paper.starts_with("http://");
            let text = if web {
                view! { <a href=paper.clone() rel="noreferrer">{paper.clone()}</a> }.into_any()
            } else {
                view! { <span>{paper}</span> }.into_any()
            };
            view! { <p class="note">{words.paper()}" "{text}</p> }
        });
        let years = [view.year - 1, view.year + 1]
            .map(|year| view! { <a class="button" href=format!("/o/holidays/{year}")>{year}</a> });
        view! {
            <div class="head month-head">
                <h1>{title}</h1>
                <span class="chip">{source}</span>
                <p class="doors">{years.into_iter().collect_view()}<a class="button" href="/o/month">{Month(lang).title()}</a></p>
            </div>
            <p class="note">{words.why()}</p>
            {told}
            {papers.collect_view()}
            {table}
            {restore}
            {may_change.then(|| form(words, view.wrong))}
        }
    })
}

fn form(words: Words, wrong: Option<&'static str>) -> impl IntoView {
    view! {
        <section class="add">
            <h2>{words.import()}</h2>
            <p class="note" id="holiday-why">{words.import_why()}</p>
            {wrong.map(|text| view! { <p class="complaint" role="alert">{text}</p> })}
            <form method="post" action="/o/holidays" enctype="multipart/form-data" class="unit-form import">
                <label for="holiday-file">{words.file()}</label>
                <input id="holiday-file" name="file" type="file" accept=".json,application/json" required aria-describedby="holiday-why"/>
                <button type="submit" class="primary">{words.upload()}</button>
            </form>
        </section>
    }
}
