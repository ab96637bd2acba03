//! Between this unit and which others visitors go, on the unit's page.

use kaishi_domain::unit::Flow;
use leptos::prelude::*;

use super::one::View;
use super::{complaint, option};
use crate::words::Lang;
use crate::words::unit::Units;

/// The list, each with a button to remove it, and a form for one more.
pub(super) fn ties(lang: Lang, view: &View) -> impl IntoView + use<> {
    let (words, typed) = (Units(lang), view.forms.tie.clone());
    let action = format!("{}/ties", view.base());
    let name = |id| view.others.iter().find(|(other, _)| *other == id).map(|(_, name)| name.clone());
    let list = view
        .ties
        .iter()
        .filter_map(|tie| {
            let other = tie.beside(view.unit.id)?;
            let (name, drop) = (name(other)?, format!("{action}/drop"));
            let label = format!("{} {name}", words.drop());
            Some(view! {
                <li>
                    <p class="words">{name}" "<span class="chip">{words.flow_name(tie.flow)}</span></p>
                    {view.may_change.then(|| view! {
                        <form method="post" action=drop>
                            <input type="hidden" name="other" value=other.to_string()/>
                            <button type="submit" class="small" aria-label=label>{words.drop()}</button>
                        </form>
                    })}
                </li>
            })
        })
        .collect_view();
    let none = view.ties.is_empty().then(|| view! { <p class="note">{words.no_ties()}</p> });
    let others = view
        .others
        .iter()
        .map(|(id, name)| {
            let id = id.to_string();
            let chosen = id == typed.other;
            view! { <option value=id selected=chosen>{name.clone()}</option> }
        })
        .collect_view();
    let flows =
        Flow::ALL.iter().map(|flow| option(flow.code(), words.flow_name(*flow), &typed.flow)).collect_view();
    view! {
        <section id="ties">
            <h2>{words.ties()}</h2>
            <p class="note">{words.ties_why()}</p>
            {none}
            <ul class="lines">{list}</ul>
            {view.may_change.then(|| view! {
                <form method="post" action=action class="unit-form">
                    {complaint(typed.wrong)}
                    <div class="pair">
                        <div><label for="tie-other">{words.tie_other()}</label><select id="tie-other" name="other" required><option value="">{words.tie_choose()}</option>{others}</select></div>
                        <div><label for="tie-flow">{words.tie_flow()}</label><select id="tie-flow" name="flow">{flows}</select></div>
                    </div>
                    <button type="submit">{words.add_tie()}</button>
                </form>
            })}
        </section>
    }
}
