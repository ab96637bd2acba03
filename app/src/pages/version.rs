//! The versions of a map: which one residents see, how each differs from the draft, bringing one back, and
//! files in and out. Works without a script.

use kaishi_domain::MarketRef;
use kaishi_domain::layout::Diff;
use kaishi_domain::layout::drawing::Drawing;
use kaishi_domain::market::Plan;
use leptos::prelude::*;

use crate::document::{Head, Manner, Page, document};
use crate::pages::frame::{Desk, Rail, Step, step};
use crate::parts::change::change;
use crate::words::Lang;
use crate::words::common::Common;
use crate::words::publish::Publish as Words;

/// One version in the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// Its number.
    pub version: i64,
    /// `5月13日 10:42`; empty where it is older than versions.
    pub when: String,
    /// Who published it; empty where nobody is known.
    pub who: String,
}

/// A version beside the draft.
#[derive(Clone, PartialEq, Debug)]
pub struct Compared {
    /// Which.
    pub version: i64,
    /// What leads from it to the draft.
    pub diff: Diff,
    /// The draft.
    pub drawing: Drawing,
}

/// What the last form led to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
    /// One sentence.
    pub text: String,
    /// Whether it happened.
    pub good: bool,
    /// The draft's revision that can be taken back.
    pub undo: Option<i64>,
}

/// What the page shows.
#[derive(Clone, PartialEq, Debug)]
pub struct View {
    /// The Saturday.
    pub market: MarketRef,
    /// The map of which weather.
    pub plan: Plan,
    /// The draft's revision, which the forms send back.
    pub revision: i64,
    /// Whether the draft differs from what residents see.
    pub changed: bool,
    /// How many rules the draft breaks that must hold.
    pub errors: usize,
    /// Every version, latest first.
    pub rows: Vec<Row>,
    /// The one that is looked at.
    pub compared: Option<Compared>,
    /// What the last form led to.
    pub told: Option<Told>,
}

impl View {
    fn base(&self) -> String {
        format!("/o/m/{}/layout", self.market)
    }

    fn latest(&self) -> i64 {
        self.rows.first().map_or(0, |row| row.version)
    }
}

/// The page.
pub fn versions(desk: &Desk, rail: &Rail, view: View) -> Page {
    let (lang, may_change) = (desk.lang, desk.may_change);
    step(desk, rail, Step::Layout, None, move || {
        let words = Words(lang);
        let told = view.told.clone().map(|told| answer(lang, &view, told));
        let editor = format!("{}?plan={}", view.base(), view.plan.code());
        view! {
            <div class="versions">
                <div class="head">
                    <h1>{words.title()}</h1>
                    {weathers(lang, &view)}
                    <span class="standing">{words.standing(view.latest(), view.changed)}</span>
                </div>
                <p class="note">{words.why()}</p>
                {told}
                <div class="verbs">
                    {desk.may_change.then(|| publish(lang, &view))}
                    <a class="button" href=editor>{words.open_editor()}</a>
                </div>
                {table(lang, &view)}
                {view.compared.as_ref().map(|compared| comparison(lang, may_change, &view, compared))}
                {files(lang, may_change, &view)}
            </div>
        }
    })
}

fn weathers(lang: Lang, view: &View) -> impl IntoView + use<> {
    let common = Common(lang);
    let link = |plan: Plan, name| {
        let href = format!("{}/versions?plan={}", view.base(), plan.code());
        let current = (plan == view.plan).then_some("page");
        view! { <a href=href aria-current=current>{name}</a> }
    };
    view! { <nav class="weather">{link(Plan::Fair, common.fair())}{link(Plan::Rain, common.rain())}</nav> }
}

fn answer(lang: Lang, view: &View, told: Told) -> impl IntoView + use<> {
    let words = Words(lang);
    let (class, role) = if told.good { ("told good", "status") } else { ("told", "alert") };
    let undo = told.undo.map(|revision| {
        let action = format!("{}/undo", view.base());
        view! {
            <form method="post" action=action class="quiet">
                <input type="hidden" name="plan" value=view.plan.code()/>
                <input type="hidden" name="revision" value=revision.to_string()/>
                <button type="submit">{words.undo()}</button>
            </form>
        }
    });
    view! { <div class=class role=role><p>{told.text}</p>{undo}</div> }
}

fn publish(lang: Lang, view: &View) -> impl IntoView + use<> {
    let words = Words(lang);
    let action = format!("{}/publish", view.base());
    let idle = !view.changed && view.latest() > 0;
    view! {
        <form method="post" action=action class="quiet">
            <input type="hidden" name="plan" value=view.plan.code()/>
            <input type="hidden" name="revision" value=view.revision.to_string()/>
            <button type="submit" class="primary" disabled=idle>{words.button(view.errors)}</button>
        </form>
    }
}

fn table(lang: Lang, view: &View) -> AnyView {
    let words = Words(lang);
    if view.rows.is_empty() {
        return view! { <p class="complaint">{words.never()}</p> }.into_any();
    }
    let rows = view.rows.iter().map(|row| line(lang, view, row)).collect_view();
    view! {
        <table class="season">
            <thead>
                <tr>
                    <th scope="col">{words.version()}</th>
                    <th scope="col">{words.when()}</th>
                    <th scope="col">{words.who()}</th>
                    <th scope="col"><span class="hidden">{words.compare()}</span></th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn line(lang: Lang, view: &View, row: &Row) -> impl IntoView + use<> {
    let words = Words(lang);
    let seen = (row.version == view.latest())
        .then(|| view! { " " <span class="chip open">{words.now_seen()}</span> });
    let when = if row.when.is_empty() { words.before_versions().to_owned() } else { row.when.clone() };
    let href =
        format!("{}/versions?plan={}&version={}#difference", view.base(), view.plan.code(), row.version);
    let current = view.compared.as_ref().is_some_and(|one| one.version == row.version).then_some("true");
    let name = format!("{} {}", words.nth(row.version), words.compare());
    view! {
        <tr>
            <th scope="row">{words.nth(row.version)}{seen}</th>
            <td>{when}</td>
            <td>{row.who.clone()}</td>
            <td><a class="button" href=href aria-current=current aria-label=name>{words.compare()}</a></td>
        </tr>
    }
}

fn comparison(lang: Lang, may_change: bool, view: &View, compared: &Compared) -> impl IntoView + use<> {
    let words = Words(lang);
    let lines = words.lines(&compared.diff);
    let title = format!("{} · {}", words.nth(compared.version), words.difference());
    let photos = format!("/m/{}/photo", view.market);
    let picture = (!lines.is_empty()).then(|| {
        view! {
            <figure>
                {change(&compared.drawing, &compared.diff, &title, &photos)}
                <figcaption class="note">{words.legend()}</figcaption>
            </figure>
        }
    });
    let list = if lines.is_empty() {
        view! { <p class="note">{words.no_change()}</p> }.into_any()
    } else {
        let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        view! { <ul class="lines">{lines}</ul> }.into_any()
    };
    let name = title.clone();
    let restore = (may_change && !compared.diff.is_empty()).then(|| restore(lang, view, compared.version));
    view! {
        <section class="difference" id="difference" aria-label=name>
            <h2>{title}</h2>
            <div class="beside">{picture}<div>{list}{restore}</div></div>
        </section>
    }
}

fn restore(lang: Lang, view: &View, version: i64) -> impl IntoView + use<> {
    let words = Words(lang);
    let action = format!("{}/restore", view.base());
    view! {
        <form method="post" action=action>
            <input type="hidden" name="plan" value=view.plan.code()/>
            <input type="hidden" name="version" value=version.to_string()/>
            <input type="hidden" name="revision" value=view.revision.to_string()/>
            <button type="submit">{words.restore()}</button>
            <p class="note">{words.restore_why()}</p>
        </form>
    }
}

fn files(lang: Lang, may_change: bool, view: &View) -> impl IntoView + use<> {
    let words = Words(lang);
    let plan = view.plan.code();
    let links = ["pdf", "png", "svg", "json"]
        .map(|kind| {
            let href = format!("{}/{plan}.{kind}", view.base());
            view! { <a class="button" href=href>{kind.to_uppercase()}</a> }
        })
        .collect_view();
    let print = format!("{}/print?plan={plan}", view.base());
    let action = format!("{}/import?plan={plan}&revision={}", view.base(), view.revision);
    let import = may_change.then(|| {
        view! {
            <form method="post" action=action enctype="multipart/form-data" class="import">
                <label for="file">{words.file()}</label>
                <input type="file" id="file" name="file" accept=".json,application/json" required/>
                <button type="submit">{words.import()}</button>
                <p class="note">{words.import_why()}</p>
            </form>
        }
    });
    view! {
        <section class="files">
            <h2>{words.files()}</h2>
            <p class="note">{words.files_why()}</p>
            <div class="verbs">{links}<a class="button" href=print>{words.print()}</a></div>
            {import}
        </section>
    }
}

/// The sheet alone, for the browser's own print.
pub fn print(desk: &Desk, market: MarketRef, plan: Plan, title: &str) -> Page {
    let words = Words(desk.lang);
    let head = Head {
        lang: desk.lang,
        title: title.to_owned(),
        manner: Manner::Print,
        islands: None,
        class: "across",
    };
    document(&desk.site, &head, || {
        let back = format!("/o/m/{market}/layout/versions?plan={}", plan.code());
        let picture = format!("/o/m/{market}/layout/{}.svg", plan.code());
        view! {
            <nav class="desk">
                <a href=back>{Common(desk.lang).back()}</a>
                <span>{words.print_why()}</span>
                <button type="button" data-print hidden>{words.print()}</button>
            </nav>
            <main>
                <h1 class="hidden">{title.to_owned()}</h1>
                <img class="a3" src=picture alt=title.to_owned() width="1587" height="1123"/>
            </main>
        }
    })
}
