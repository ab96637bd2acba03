//! One plain form a verb: a button where nothing has to be said, else a field that opens.

use kaishi_domain::UnitId;
use kaishi_domain::appeal::MAX_WORDS;
use leptos::prelude::*;

use super::agency::{plan, tick};
use super::answers::offered;
use super::one::One;
use super::proposal::choice;
use crate::parts::{Area, textarea};
use crate::words::Lang;
use crate::words::appeal::Desk as Words;
use crate::words::duty::Agencies;
use crate::words::handle::Handle;

pub(super) fn form(lang: Lang, view: &One, verb: &'static str, first: bool) -> AnyView {
    let words = Words(lang);
    let action = format!("{}/{}", view.base, view.appeal.code.slip);
    let label = if verb == "plan" { Agencies(lang).plan(view.appeal.category) } else { words.verb(verb) };
    let class = if first { "first" } else { "small" };
    if verb == "tick" {
        return tick(lang, action, view.appeal.care.agency.as_ref(), class).unwrap_or_else(|| ().into_any());
    }
    let Some(fields) = fields(lang, view, verb) else {
        return view! {
            <form method="post" action=action class="quiet">
                <button type="submit" name="verb" value=verb class=class>{label}</button>
            </form>
        }
        .into_any();
    };
    let open = view.typed.verb == verb;
    view! {
        <details class="verb" open=open id=format!("verb-{verb}")>
            <summary class=class>{label}</summary>
            <form method="post" action=action.clone()>
                {offered(lang, &view.texts, verb, view.appeal.category, &action)}
                {fields}
                <button type="submit" name="verb" value=verb>{label}</button>
            </form>
        </details>
    }
    .into_any()
}

fn fields(lang: Lang, view: &One, verb: &'static str) -> Option<AnyView> {
    let (words, handle) = (Words(lang), Handle(lang));
    let typed = if view.typed.verb == verb { view.typed.clone() } else { super::one::Typed::default() };
    let field = |label: &'static str, rows: u32| {
        let area =
            Area { name: "words", rows, most: MAX_WORDS, text: typed.words.clone(), ..Area::default() };
        view! { <label>{label}{textarea(area)}</label> }.into_any()
    };
    let lead = view.appeal.state.unit();
    Some(match verb {
        "accept" | "hear" | "take" | "handle" | "file" | "resume" => return None,
        "dispatch" => units(words.unit(), view, None, &typed.unit).into_any(),
        "reassign" => {
            view! { {units(words.unit(), view, lead, &typed.unit)} {field(words.why(), 1)} }.into_any()
        }
        "join" => units(handle.whom(), view, lead, &typed.unit).into_any(),
        "refer" => field(words.whom(), 1),
        "merge" => view! {
            <label>{words.into()}<input name="words" value=typed.words.clone() required maxlength="12" autocomplete="off"/></label>
        }
        .into_any(),
        "settle_on_spot" | "resolve" => field(words.how(), 2),
        "locate" => {
            let known = view.appeal.care.grid.map(|id| id.to_string());
            choice(lang, &view.advice.grids, Some(typed.grid).filter(|grid| !grid.is_empty()).or(known)).into_any()
        }
        "plan" => plan(lang, &view.appeal, &typed).into_any(),
        "inform" => field(handle.tell(), 2),
        "urge" => field(handle.urge_words(), 1),
        "extend" => view! {
            <label>{handle.until()}<input type="datetime-local" name="until" value=typed.until.clone() required/></label>
            {field(words.why(), 1)}
        }
        .into_any(),
        _ => field(words.why(), 2),
    })
}

fn units(label: &'static str, view: &One, except: Option<UnitId>, chosen: &str) -> impl IntoView + use<> {
    let helpers = &view.appeal.care.helpers;
    let options = view
        .names
        .units
        .iter()
        .filter(|(id, _)| Some(**id) != except && !helpers.contains(id))
        .map(|(id, name)| {
            let id = id.to_string();
            let picked = id == chosen;
            view! { <option value=id selected=picked>{name.clone()}</option> }
        })
        .collect_view();
    view! { <label>{label}<select name="unit">{options}</select></label> }
}
