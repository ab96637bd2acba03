//! Grounds: their list, the form for a new one, the page of the drawing board.

use kaishi_domain::GroundId;
use leptos::prelude::*;

use crate::document::{Family, Page};
use crate::islands::ground::GroundBoard;
use crate::pages::frame::{Desk, Section, section, workshop};
use crate::parts::{Area, textarea};
use crate::words::common::Common;
use crate::words::ground::Grounds;

/// A ground in the list.
#[derive(Clone, Debug)]
pub struct Line {
    /// Which.
    pub id: GroundId,
    /// What people call it.
    pub title: String,
    /// Square metres of all areas.
    pub area: f64,
    /// Names of its zones.
    pub zones: Vec<String>,
    /// Days of the markets on it, latest first.
    pub markets: Vec<String>,
}

/// What was typed or brought for a new ground.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// Name.
    pub title: String,
    /// Metres.
    pub width: String,
    /// Metres.
    pub depth: String,
    /// A file's text.
    pub text: String,
    /// What is wrong with the size.
    pub wrong_size: Option<String>,
    /// What is wrong with the file.
    pub wrong_file: Option<String>,
}

/// The list.
pub fn list(desk: &Desk, lines: Vec<Line>) -> Page {
    let (lang, may_change) = (desk.lang, desk.may_change);
    let words = Grounds(lang);
    section(desk, Section::Grounds, words.title(), move || {
        let add = may_change.then(|| {
            view! { <p class="actions"><a class="button primary" href="/o/grounds/new">{words.add()}</a></p> }
        });
        let body = if lines.is_empty() {
            view! { <p class="note">{words.none()}" "{words.none_why()}</p> }.into_any()
        } else {
            let rows = lines.into_iter().map(|line| row(words, line)).collect_view();
            view! {
                <table class="season grounds">
                    <thead>
                        <tr>
                            <th scope="col">{words.name()}</th>
                            <th scope="col" class="figure">{words.size()}</th>
                            <th scope="col">{words.zones()}</th>
                            <th scope="col">{words.used()}</th>
                            <th scope="col"><span class="hidden">{words.export()}</span></th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            }
            .into_any()
        };
        view! { <h1>{words.title()}</h1> {add} {body} }
    })
}

fn row(words: Grounds, line: Line) -> impl IntoView {
    let href = format!("/o/grounds/{}", line.id);
    let export = format!("{href}/export");
    let join = words.0.pick("、", ", ");
    let used = if line.markets.is_empty() { words.unused().to_owned() } else { line.markets.join(join) };
    let label = format!("{} {}", words.export(), line.title);
    view! {
        <tr>
            <th scope="row"><a href=href>{line.title}</a></th>
            <td class="figure">{format!("{:.0} m²", line.area)}</td>
            <td>{line.zones.join(join)}</td>
            <td>{used}</td>
            <td><a href=export download aria-label=label>{words.export()}</a></td>
        </tr>
    }
}

/// The form for a new one: by its size, or from a file. What was typed stays.
pub fn new(desk: &Desk, typed: Typed) -> Page {
    let lang = desk.lang;
    let words = Grounds(lang);
    section(desk, Section::Grounds, words.add(), move || {
        let complaint = |id: &'static str, text: Option<String>| {
            text.map(|text| view! { <p class="complaint" role="alert" id=id>{text}</p> })
        };
        let wrong_file = typed.wrong_file.as_ref().map(|_| "wrong-file");
        view! {
            <h1>{words.add()}</h1>
            <form method="post" action="/o/grounds/new" enctype="multipart/form-data" class="sheet">
                <fieldset>
                    <legend>{words.draw()}</legend>
                    {complaint("wrong-size", typed.wrong_size)}
                    <p class="note">{words.draw_why()}</p>
                    <div class="row">
                        <div class="field"><label for="title">{words.name()}</label><input id="title" name="title" value=typed.title maxlength="80" required/></div>
                        <div class="field"><label for="width">{words.width()}</label><input id="width" name="width" inputmode="decimal" value=typed.width required/></div>
                        <div class="field"><label for="depth">{words.depth()}</label><input id="depth" name="depth" inputmode="decimal" value=typed.depth required/></div>
                    </div>
                    <p class="actions"><button type="submit" class="primary" name="way" value="size">{words.make()}</button></p>
                </fieldset>
            </form>
            <form method="post" action="/o/grounds/new" enctype="multipart/form-data" class="sheet">
                <fieldset>
                    <legend>{words.bring()}</legend>
                    {complaint("wrong-file", typed.wrong_file)}
                    <p class="note">{words.bring_why()}</p>
                    <div class="field"><label for="file">{words.file()}</label><input id="file" name="file" type="file" accept=".json,application/json"/></div>
                    <div class="field"><label for="text">{words.text()}</label>
                        {textarea(Area { name: "text", id: Some("text"), text: typed.text, rows: 8, most: 1_000_000, hint: "{\"schema\": \"venue/1\", …}", wrong: wrong_file })}
                    </div>
                    <p class="actions">
                        <button type="submit" name="way" value="file">{words.import()}</button>
                        <a class="button" href="/o/grounds">{Common(lang).back()}</a>
                    </p>
                </fieldset>
            </form>
        }
    })
}

/// The drawing board of one ground.
pub fn board(desk: &Desk, id: GroundId, title: &str) -> Page {
    let lang = desk.lang;
    let heading = title.to_owned();
    workshop(desk, Section::Grounds, title, Family::Ground, move || {
        view! {
            <h1 class="hidden">{heading}</h1>
            <GroundBoard ground=id lang=lang/>
        }
    })
}
