//! Below the map: what is wrong, where, and one verb that cures it; how much there is and what it draws.

use kaishi_domain::StallId;
use kaishi_domain::layout::{Breach, Load, Severity};
use leptos::prelude::*;

use super::model::{Leaf, Model};
use kaishi_domain::order::Gather;

/// More rows than this are not written; the count says how many there are.
const ROWS: usize = 200;

pub(super) fn breaches(model: Model) -> impl IntoView {
    let words = model.words;
    let (errors, warnings) = (move || model.errors(), move || model.breaches.with(Vec::len) - model.errors());
    let badge = move |class: &'static str, count: usize, what: &'static str| {
        (count > 0).then(|| view! { <span class=class>{count}" "{what}</span> })
    };
    let rows = move || {
        model.breaches.with(|all| all.iter().take(ROWS).map(|breach| row(model, breach)).collect_view())
    };
    let well = move || model.checked.get() && model.breaches.with(Vec::is_empty);
    let news = move || {
        model.breaches.with(|all| match all.first() {
            Some(first) => model.layout.with_untracked(|layout| words.sentence(first, layout)),
            None if model.checked.get() => words.all_well().to_owned(),
            None => String::new(),
        })
    };
    let open = move || model.leaf.get() == Some(Leaf::Checks);
    view! {
        <section class="checks" class:open=open aria-label=words.checks()>
            <header>
                <strong>{move || words.checked(model.breaches.with(Vec::len))}</strong>
                {move || badge("badge error", errors(), words.errors())}
                {move || badge("badge warning", warnings(), words.warnings())}
                {move || well().then(|| view! { <span class="badge well">{words.all_well()}</span> })}
                <span class="gap"></span>
                {facts(model)}
            </header>
            <ol>{rows}</ol>
            {move || well().then(|| view! { <p class="note">{words.all_well_why()}</p> })}
            <p class="hidden" role="status">{news}</p>
            <p class="hidden" role="status">{move || model.said.get()}</p>
        </section>
    }
}

/// Stalls, cursor, scale.
fn facts(model: Model) -> impl IntoView {
    let words = model.words;
    let count = move || model.layout.with(|layout| layout.stalls().len());
    let cursor = move || match model.cursor.get() {
        Some(at) => format!("{:.1}, {:.1} m", at.x, at.y),
        None => "—".to_owned(),
    };
    let loads =
        move || model.loads.with(|loads| loads.iter().take(2).map(|load| gauge(model, load)).collect_view());
    let zoom = Memo::new(move |_| model.camera.get().map_or(1.0, |camera| camera.zoom()));
    // A pixel of a style sheet is 1/96 of an inch.
    let scale = move || format!("1:{:.0}", 96.0 / 0.0254 / (zoom.get() * 20.0));
    let percent = move || format!("{:.0}%", zoom.get() * 100.0);
    view! {
        <span class="fact">{words.stalls()}" "<strong>{count}</strong></span>
        {loads}
        <span class="fact cursor">{words.cursor()}" "<strong>{cursor}</strong></span>
        <span class="fact"><strong>{scale}</strong>" "{percent}</span>
    }
}

/// How full a fuse is.
fn gauge(model: Model, load: &Load) -> impl IntoView + use<> {
    let wide = f64::from(load.percent().min(100)) * 0.6;
    let class = match load.percent() {
        0..=80 => "drawn calm",
        81..=100 => "drawn",
        _ => "drawn over",
    };
    let kilowatts = |watts: u32| f64::from(watts) / 1_000.0;
    let text = format!("{:.1}／{:.1} kW", kilowatts(load.load_w), kilowatts(load.cap_w));
    view! {
        <span class="fact load">{model.words.circuit()}" "<strong>{load.fuse.clone()}</strong>
            <svg viewBox="0 0 60 6" width="60" height="6" aria-hidden="true"><rect class="room" width="60" height="6"/><rect class=class width=wide height="6"/></svg>
            <strong>{text}</strong>
        </span>
    }
}

fn row(model: Model, breach: &Breach) -> impl IntoView + use<> {
    let words = model.words;
    let (class, sign, note) = match breach.severity {
        Severity::Error => ("error", "×", words.must()),
        Severity::Warning => ("warning", "!", words.may()),
    };
    let sentence = model.layout.with_untracked(|layout| words.sentence(breach, layout));
    let fix = breach.remedy.clone().filter(|_| model.may_change).map(|edit| {
        let verb = words.verb(&edit);
        view! { <button type="button" class="fix" on:click=move |_| { model.edit(edit.clone()); }>{verb}</button> }
    });
    let (at, stalls, rule) = (breach.at, breach.stalls.clone(), words.rule(breach));
    let show = move |_| {
        model.choose(stalls.iter().copied().gather::<std::collections::BTreeSet<StallId>>());
        model.leaf.set(None);
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
