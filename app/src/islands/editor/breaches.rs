//! The list under the map: what is wrong, where, and one verb that cures it.

use kaishi_domain::layout::{Breach, Severity};
use leptos::prelude::*;

use super::model::Model;

pub(super) fn breaches(model: Model) -> impl IntoView {
    let words = model.words;
    let (errors, warnings) = (move || model.errors(), move || model.breaches.with(Vec::len) - model.errors());
    let badge = move |class: &'static str, count: usize, what: &'static str| {
        (count > 0).then(|| view! { <span class=class>{count}" "{what}</span> })
    };
    let rows = move || model.breaches.get().into_iter().map(|breach| row(model, breach)).collect_view();
    let scale = move || {
        let zoom = model.camera.get().map_or(1.0, |camera| camera.zoom());
        format!("{:.0}%", zoom * 100.0)
    };
    let news = move || {
        model.breaches.with(|all| match all.first() {
            Some(first) => model.layout.with_untracked(|layout| words.sentence(first, layout)),
            None => words.all_well().to_owned(),
        })
    };
    view! {
        <section class="checks" aria-label=words.checks()>
            <header>
                <strong>{words.checks()}</strong>
                {move || badge("badge error", errors(), words.errors())}
                {move || badge("badge warning", warnings(), words.warnings())}
                {move || (errors() + warnings() == 0).then(|| view! { <span class="badge well">{words.all_well()}</span> })}
                <span class="gap"></span>
                <span class="fact">{words.stalls()}" "<strong>{move || model.layout.with(|layout| layout.stalls().len())}</strong></span>
                <span class="fact">{words.scale()}" "<strong>{scale}</strong></span>
            </header>
            <ol>{rows}</ol>
            <p class="hidden" role="status">{news}</p>
        </section>
    }
}

fn row(model: Model, breach: Breach) -> impl IntoView {
    let words = model.words;
    let (class, sign, note) = match breach.severity {
        Severity::Error => ("error", "×", words.must()),
        Severity::Warning => ("warning", "!", words.may()),
    };
    let sentence = model.layout.with_untracked(|layout| words.sentence(&breach, layout));
    let fix = breach.remedy.clone().filter(|_| model.may_change).map(|edit| {
        let verb = words.verb(&edit);
        view! { <button type="button" class="fix" on:click=move |_| model.edit(edit.clone())>{verb}</button> }
    });
    let (at, stalls, rule) = (breach.at, breach.stalls.clone(), words.rule(&breach));
    let show = move |_| {
        model.selected.set(stalls.iter().copied().collect());
        model.camera.update(|camera| *camera = camera.map(|camera| camera.centred(at)));
    };
    view! {
        <li class=class>
            <span class="sign" aria-hidden="true">{sign}</span>
            <button type="button" class="sentence" on:click=show>{sentence}</button>
            <span class="rule">{rule}</span>
            {fix}
            <span class="effect">{note}</span>
        </li>
    }
}
