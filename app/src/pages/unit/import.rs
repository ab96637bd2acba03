//! Importing a register: choose a file, look at what it would change, correct what is wrong, confirm.

use leptos::prelude::*;

use crate::document::Page;
use crate::pages::frame::{Desk, Section, section};
use crate::words::Lang;
use crate::words::sheet::Sheet;
use crate::words::unit::Units;

/// What a row would do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Does {
    /// A new unit.
    New,
    /// A known unit changes.
    Changes,
    /// Nothing.
    Same,
}

/// A row that can be taken.
#[derive(Clone, Debug)]
pub struct Good {
    /// Its number in the file.
    pub no: usize,
    /// The unit's name.
    pub name: String,
    /// What it would do.
    pub does: Does,
    /// What changes: the column, what stands there, what comes. What stands nowhere yet is empty; what is to go too.
    pub changes: Vec<(&'static str, String, String)>,
    /// What is not wrong and yet to be seen, a sentence each.
    pub warnings: Vec<String>,
}

/// A cell of a wrong row, as a field.
#[derive(Clone, Debug)]
pub struct Cell {
    /// The field's name, by which it is sent again.
    pub field: String,
    /// The heading of its column.
    pub heading: String,
    /// What stands in it.
    pub text: String,
    /// It is the one to correct.
    pub is_wrong: bool,
}

/// A row that has to be corrected first.
#[derive(Clone, Debug)]
pub struct Wrong {
    /// Its number in the file.
    pub no: usize,
    /// Its cells, in order.
    pub cells: Vec<Cell>,
    /// What is wrong, a sentence each.
    pub troubles: Vec<String>,
}

/// What the file would do.
#[derive(Clone, Debug)]
pub struct Preview {
    /// Rows that can be taken.
    pub good: Vec<Good>,
    /// Rows that cannot.
    pub wrong: Vec<Wrong>,
    /// Headings that nobody knows.
    pub unused: Vec<String>,
    /// The rows that can be taken, and the headings, as they are sent again.
    pub table: String,
    /// The mark of what was looked at.
    pub seal: String,
    /// What just happened, good or bad.
    pub told: Option<(bool, String)>,
}

/// The form for a file.
pub fn choose(desk: &Desk, wrong: Option<&'static str>) -> Page {
    let lang = desk.lang;
    section(desk, Section::Units, Sheet(lang).title(), move || {
        let words = Sheet(lang);
        let complaint =
            wrong.map(|text| view! { <p class="complaint" role="alert" id="file-wrong">{text}</p> });
        view! {
            <p><a href="/o/units">{Units(lang).back()}</a></p>
            <div class="head"><h1>{words.title()}</h1></div>
            <form method="post" action="/o/units/import" enctype="multipart/form-data" class="unit-form import">
                {complaint}
                <p>{words.why()}</p>
                <label for="file">{words.file()}</label>
                <input id="file" name="file" type="file" required accept=".csv,.xlsx,.txt,text/csv" aria-describedby=wrong.map(|_| "file-wrong")/>
                <p class="note">{words.columns()}</p>
                <p class="note">{words.empty_cells()}</p>
                <p class="note">{words.papers_form()}</p>
                <p class="note">{words.template()}" "<a href="/o/units/export.xlsx" download>{Units(lang).export_xlsx()}</a>" · "<a href="/o/units/export.csv" download>{Units(lang).export_csv()}</a></p>
                <button type="submit" class="primary">{words.look()}</button>
            </form>
        }
    })
}

/// The preview.
pub fn preview(desk: &Desk, shown: Preview) -> Page {
    let lang = desk.lang;
    section(desk, Section::Units, Sheet(lang).title(), move || {
        let words = Sheet(lang);
        let Preview { good, wrong, unused, table, seal, told } = shown;
        let count = |does: Does| good.iter().filter(|line| line.does == does).count();
        let counts = [
            (words.comes(), count(Does::New)),
            (words.changes(), count(Does::Changes)),
            (words.same(), count(Does::Same)),
            (words.wrong(), wrong.len()),
        ];
        let chips =
            counts.map(|(name, n)| view! { <li class="chip">{format!("{name} {n}")}</li> }).collect_view();
        let writes = count(Does::New) + count(Does::Changes);
        let told = told.map(|(good, text)| {
            let class = if good { "told good" } else { "told" };
            let role = if good { "status" } else { "alert" };
            view! { <p class=class role=role>{text}</p> }
        });
        let unused = (!unused.is_empty()).then(|| {
            let list = unused.join(lang.pick("、", ", "));
            view! { <p class="note">{words.unused()}{list}</p> }
        });
        let again = (!wrong.is_empty()).then(|| {
            view! {
                <button type="submit" formaction="/o/units/import/check">{words.again()}</button>
                <button type="submit" formaction="/o/units/import/wrong.csv">{words.save_wrong()}</button>
            }
        });
        let apply = if writes > 0 {
            let label = format!("{} · {}", words.apply(), counted(lang, writes, wrong.len()));
            view! { <button type="submit" class="primary">{label}</button> }.into_any()
        } else {
            view! { <p class="note">{words.nothing()}</p> }.into_any()
        };
        view! {
            <p><a href="/o/units/import">{words.other()}</a>" · "<a href="/o/units">{Units(lang).back()}</a></p>
            <div class="head"><h1>{words.title()}</h1></div>
            <ul class="chips">{chips}</ul>
            {told}
            {unused}
            <p class="note">{words.empty_cells()}</p>
            <form method="post" action="/o/units/import/apply" class="preview-form">
                <input type="hidden" name="table" value=table/>
                <input type="hidden" name="seal" value=seal/>
                {mistakes(lang, wrong)}
                {lines(lang, good)}
                <div class="verbs">{apply}{again}</div>
            </form>
        }
    })
}

/// `新增和更新 3 家，2 行有错的先不导入`
fn counted(lang: Lang, writes: usize, wrong: usize) -> String {
    if wrong == 0 {
        return lang.pick(format!("写入 {writes} 家"), format!("{writes} units"));
    }
    lang.pick(
        format!("写入 {writes} 家，有错的 {wrong} 行先不导入"),
        format!("{writes} units; {wrong} wrong rows stay out"),
    )
}

fn mistakes(lang: Lang, wrong: Vec<Wrong>) -> impl IntoView {
    let words = Sheet(lang);
    (!wrong.is_empty()).then(|| {
        let rows = wrong
            .into_iter()
            .map(|row| {
                let name = lang.pick(format!("第 {} 行", row.no), format!("Row {}", row.no));
                let about = format!("wrong-{}", row.no);
                let told = row.troubles.into_iter().map(|text| view! { <span class="warn">{text}</span> }).collect_view();
                let cells = row
                    .cells
                    .into_iter()
                    .map(|Cell { field, heading, text, is_wrong }| {
                        let (id, about) = (field.clone(), about.clone());
                        let fix = is_wrong.then(|| view! { " "<span class="warn">{words.fix()}</span> });
                        let invalid = is_wrong.then_some("true");
                        view! { <div><label for=id.clone()>{heading}{fix}</label><input id=id name=field value=text autocomplete="off" aria-describedby=about aria-invalid=invalid/></div> }
                    })
                    .collect_view();
                view! {
                    <fieldset>
                        <legend>{name}</legend>
                        <p id=about.clone()>{told}</p>
                        <div class="cells">{cells}</div>
                    </fieldset>
                }
            })
            .collect_view();
        view! { <section class="mistakes"><h2>{words.wrong_rows()}</h2>{rows}</section> }
    })
}

fn lines(lang: Lang, good: Vec<Good>) -> impl IntoView {
    let words = Sheet(lang);
    (!good.is_empty()).then(|| {
        let rows = good
            .into_iter()
            .map(|line| {
                let (class, verdict) = match line.does {
                    Does::New => ("chip open", words.comes()),
                    Does::Changes => ("chip calling", words.changes()),
                    Does::Same => ("chip", words.same()),
                };
                let changes = line
                    .changes
                    .into_iter()
                    .map(|(column, old, new)| {
                        let gone = (!old.is_empty()).then(|| view! { <del>{old}</del>" → " });
                        let comes = if new.is_empty() { words.cleared().to_owned() } else { new };
                        view! { <p class="diff"><b>{column}</b>" "{gone}<ins>{comes}</ins></p> }
                    })
                    .collect_view();
                let warnings =
                    line.warnings.into_iter().map(|text| view! { <p class="warn">{text}</p> }).collect_view();
                view! {
                    <tr>
                        <td class="figure">{line.no}</td>
                        <th scope="row">{line.name}</th>
                        <td><span class=class>{verdict}</span>{changes}{warnings}</td>
                    </tr>
                }
            })
            .collect_view();
        view! {
            <table class="season preview-table">
                <thead>
                    <tr>
                        <th scope="col" class="figure">{words.row()}</th>
                        <th scope="col">{words.name()}</th>
                        <th scope="col">{words.verdict()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
    })
}
