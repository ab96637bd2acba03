//! The map of duties (责任田): grids with who receives in each, and the rules by which the desk proposes.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use kaishi_domain::UnitId;
use kaishi_domain::appeal::{Category, Duty, Grid, GridKind, MAX_GRID};
use leptos::prelude::*;

use crate::document::Page;
use crate::pages::frame::{Desk, Section, section};
use crate::words::Lang;
use crate::words::appeal::Categories;
use crate::words::desk::{Answers, OpenKeys};
use crate::words::duty::Duties as Words;

/// What was typed into a form that comes again.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sown {
    /// What a grid is.
    pub kind: GridKind,
    /// Name of a grid.
    pub name: String,
    /// What it covers.
    pub covers: String,
    /// A receiver's role, and in which grid.
    pub role: (String, String),
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct Field {
    /// The grids.
    pub grids: Vec<Grid>,
    /// The rules.
    pub duties: Vec<Duty>,
    /// Every unit by name.
    pub units: BTreeMap<UnitId, String>,
    /// What was typed, where a form was not right.
    pub typed: Sown,
    /// Why it was not right.
    pub wrong: Option<&'static str>,
}

/// The page.
pub fn duty(desk: &Desk, view: Field) -> Page {
    let lang = desk.lang;
    let words = Words(lang);
    let wrong = view.wrong;
    let page = section(desk, Section::Units, words.title(), || {
        let none = view.grids.is_empty().then(|| view! { <p class="note">{words.none()}</p> });
        let grids = view.grids.iter().map(|grid| one(lang, &view, grid)).collect_view();
        view! {
            <div class="duties labelled">
                <div class="head">
                    <h1>{words.title()}</h1>
                    <a class="button" href="/o/answers">{Answers(lang).title()}</a>
                    <a class="button" href="/o/open311">{OpenKeys(lang).title()}</a>
                </div>
                <p class="note">{words.why()}</p>
                {wrong.map(|text| view! { <p class="complaint" role="alert">{text}</p> })}
                <h2>{words.rules()}</h2>
                {rules(lang, &view)}
                {rule(lang, &view)}
                <h2>{words.grids()}</h2>
                {none}
                <ul class="grids">{grids}</ul>
                <form method="post" action="/o/duty/grids" class="sow">
                    <label>{words.bound()}<select name="kind">{kinds(lang, view.typed.kind)}</select></label>
                    <label>{words.name()}<input name="name" value=view.typed.name.clone() maxlength=MAX_GRID.to_string() autocomplete="off"/></label>
                    <label>{words.covers()}<input name="covers" value=view.typed.covers.clone() maxlength=MAX_GRID.to_string() autocomplete="off"/></label>
                    <button type="submit">{words.add()}</button>
                </form>
            </div>
        }
    });
    if wrong.is_some() { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page }
}

fn unit(view: &Field, id: UnitId) -> String {
    view.units.get(&id).cloned().unwrap_or_default()
}

fn units(view: &Field, empty: Option<&'static str>) -> impl IntoView + use<> {
    let options = view
        .units
        .iter()
        .map(|(id, name)| view! { <option value=id.to_string()>{name.clone()}</option> })
        .collect_view();
    view! { {empty.map(|text| view! { <option value="">{text}</option> })}{options} }
}

fn kinds(lang: Lang, chosen: GridKind) -> impl IntoView {
    GridKind::ALL
        .map(|kind| {
            let picked = kind == chosen;
            view! { <option value=kind.code() selected=picked>{Words(lang).of(kind)}</option> }
        })
        .collect_view()
}

/// A grid with those who receive.
fn one(lang: Lang, view: &Field, grid: &Grid) -> impl IntoView + use<> {
    let words = Words(lang);
    let base = format!("/o/duty/grids/{}", grid.id);
    let receivers = grid
        .receivers
        .iter()
        .map(|receiver| {
            let name = receiver.unit.map(|id| format!("（{}）", unit(view, id))).unwrap_or_default();
            view! {
                <li>
                    <span>{receiver.role.clone()}{name}</span>
                    <form method="post" action=format!("{base}/receivers/drop") class="quiet">
                        <input type="hidden" name="role" value=receiver.role.clone()/>
                        <button type="submit" class="small">{words.drop()}</button>
                    </form>
                </li>
            }
        })
        .collect_view();
    let (typed_in, role) = view.typed.role.clone();
    let role = if typed_in == grid.id.to_string() { role } else { String::new() };
    view! {
        <li>
            <h3>{grid.name.clone()}" "<span class="chip">{words.of(grid.kind)}</span></h3>
            <p class="note">{grid.covers.clone()}</p>
            <h4>{words.receivers()}</h4>
            <ul class="receivers">{receivers}</ul>
            <form method="post" action=format!("{base}/receivers") class="sow">
                <label>{words.role_short()}<input name="role" value=role placeholder=words.role() maxlength=MAX_GRID.to_string() autocomplete="off"/></label>
                <label>{words.unit()}<select name="unit">{units(view, Some(words.no_unit()))}</select></label>
                <button type="submit" class="small">{words.receive()}</button>
            </form>
            <details>
                <summary>{words.retire()}</summary>
                <form method="post" action=format!("{base}/retire") class="quiet">
                    <p class="note">{words.retire_why()}</p>
                    <button type="submit" class="small">{words.retire()}</button>
                </form>
            </details>
        </li>
    }
}

fn rules(lang: Lang, view: &Field) -> impl IntoView + use<> {
    let words = Words(lang);
    if view.duties.is_empty() {
        return view! { <p class="note">{words.no_rules()}</p> }.into_any();
    }
    let rows = view
        .duties
        .iter()
        .map(|duty| {
            let kind = duty.category.map_or(words.any_kind(), |kind| Categories(lang).name(kind));
            let grid = duty.grid.and_then(|id| view.grids.iter().find(|grid| grid.id == id));
            let grid = grid.map_or_else(|| words.any_grid().to_owned(), |grid| grid.name.clone());
            let helpers: Vec<String> = duty.helpers.iter().map(|id| unit(view, *id)).collect();
            view! {
                <tr>
                    <th scope="row">{kind}</th>
                    <td data-label=words.grid()>{grid}</td>
                    <td data-label=words.lead()>{unit(view, duty.lead)}</td>
                    <td data-label=words.helpers_short()>{helpers.join(lang.pick("、", ", "))}</td>
                    <td>
                        <form method="post" action="/o/duty/rules/drop" class="quiet">
                            <input type="hidden" name="category" value=duty.category.map_or("", Category::code)/>
                            <input type="hidden" name="grid" value=duty.grid.map(|id| id.to_string()).unwrap_or_default()/>
                            <button type="submit" class="small">{words.drop()}</button>
                        </form>
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="season units">
            <thead><tr>
                <th scope="col">{words.kind()}</th>
                <th scope="col">{words.grid()}</th>
                <th scope="col">{words.lead()}</th>
                <th scope="col">{words.helpers_short()}</th>
                <th scope="col"><span class="hidden">{words.drop()}</span></th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// The form of a rule.
fn rule(lang: Lang, view: &Field) -> impl IntoView + use<> {
    let words = Words(lang);
    let kinds = Category::ALL
        .map(|kind| view! { <option value=kind.code()>{Categories(lang).name(kind)}</option> })
        .collect_view();
    let grids = view
        .grids
        .iter()
        .map(|grid| view! { <option value=grid.id.to_string()>{grid.name.clone()}</option> })
        .collect_view();
    let helpers = view
        .units
        .iter()
        .map(|(id, name)| {
            view! { <label class="check"><input type="checkbox" name="helper" value=id.to_string()/>{name.clone()}</label> }
        })
        .collect_view();
    view! {
        <form method="post" action="/o/duty/rules" class="sow">
            <label>{words.kind()}<select name="category"><option value="">{words.any_kind()}</option>{kinds}</select></label>
            <label>{words.grid()}<select name="grid"><option value="">{words.any_grid()}</option>{grids}</select></label>
            <label>{words.lead()}<select name="lead">{units(view, Some("—"))}</select></label>
            <details class="wide"><summary>{words.helpers()}</summary><fieldset><legend class="hidden">{words.helpers()}</legend>{helpers}</fieldset></details>
            <button type="submit">{words.save()}</button>
            <p class="note wide">{words.save_why()}</p>
        </form>
    }
}
