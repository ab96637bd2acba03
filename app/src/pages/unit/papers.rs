//! The papers on a unit's page: which it holds, until when, and what that allows.

use kaishi_domain::unit::credential::ending;
use kaishi_domain::unit::{Credential, CredentialKind, gate};
use leptos::prelude::*;

use super::one::View;
use super::{complaint, option};
use crate::words::Lang;
use crate::words::unit::Units;

/// The list with what ends soon, what the catalogue lacks today, and a form for one more.
pub(super) fn papers(lang: Lang, view: &View) -> impl IntoView + use<> {
    let (words, typed, today) = (Units(lang), view.forms.paper.clone(), view.today());
    let drop = format!("{}/papers/drop", view.base());
    let soon: Vec<Credential> = ending(&view.unit, today).into_iter().cloned().collect();
    let list = view
        .unit
        .credentials
        .iter()
        .map(|paper| {
            let warn = soon.contains(paper).then(|| words.ends(paper, today));
            line(lang, view.may_change.then_some(&drop), paper, warn)
        })
        .collect_view();
    let none = view.unit.credentials.is_empty().then(|| view! { <p class="note">{words.no_papers()}</p> });
    let offered: Vec<String> = view.unit.services.iter().map(|service| service.name.clone()).collect();
    let lacks = gate(&view.unit, &offered, today)
        .into_iter()
        .map(|lack| view! { <p class="warn">{words.lack(&lack)}</p> })
        .collect_view();
    let kinds = CredentialKind::ALL
        .iter()
        .map(|kind| option(kind.code(), words.credential_name(*kind), &typed.kind))
        .collect_view();
    view! {
        <section id="papers">
            <h2>{words.papers()}</h2>
            <p class="note">{words.papers_why()}</p>
            {lacks}
            {none}
            <ul class="lines">{list}</ul>
            {view.may_change.then(|| view! {
                <form method="post" action=format!("{}/papers", view.base()) class="unit-form">
                    {complaint(typed.wrong)}
                    <div class="pair">
                        <div><label for="paper-kind">{words.paper()}</label><select id="paper-kind" name="kind">{kinds}</select></div>
                        <div><label for="paper-until">{words.valid_until()}</label><input id="paper-until" name="valid_until" type="date" value=typed.valid_until required/></div>
                    </div>
                    <div class="pair">
                        <div><label for="paper-issuer">{words.issued_by()}</label><input id="paper-issuer" name="issued_by" value=typed.issued_by required maxlength="40" autocomplete="off"/></div>
                        <div><label for="paper-number">{words.number()}</label><input id="paper-number" name="number" value=typed.number maxlength="40" autocomplete="off" aria-describedby="paper-why"/></div>
                    </div>
                    <p class="note" id="paper-why">{words.number_why()}</p>
                    <button type="submit">{words.add_paper()}</button>
                </form>
            })}
        </section>
    }
}

fn line(
    lang: Lang,
    drop: Option<&String>,
    paper: &Credential,
    warn: Option<String>,
) -> impl IntoView + use<> {
    let words = Units(lang);
    let name = words.credential_name(paper.kind);
    let label = format!("{} {name} {}", words.drop(), paper.number);
    let about =
        format!("{} {} · {} {}", paper.issued_by, paper.number, words.valid_until(), paper.valid_until);
    let (kind, number, drop) = (paper.kind.code(), paper.number.clone(), drop.cloned());
    view! {
        <li>
            <p class="words">{name}</p>
            <p class="note">{about}</p>
            {warn.map(|text| view! { <p class="warn">{text}</p> })}
            {drop.map(|drop| view! {
                <form method="post" action=drop>
                    <input type="hidden" name="kind" value=kind/>
                    <input type="hidden" name="number" value=number/>
                    <button type="submit" class="small" aria-label=label>{words.drop()}</button>
                </form>
            })}
        </li>
    }
}
