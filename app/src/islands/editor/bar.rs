//! The editor's own bar and tools: undo, redo, snap, weather, zoom, how the save stands.

use kaishi_domain::market::Plan;
use leptos::prelude::*;

use super::model::Model;
use super::save::Keeping;
use crate::calls::layout::Held;
use crate::fault::Fault;
use crate::parts::{Icon, icon};
use crate::words::common::{Common, Faults};

/// So many stalls are told with both versions; of the others the number must do.
const FEW: usize = 3;

pub(super) fn bar(model: Model) -> impl IntoView {
    let (words, common) = (model.words, Common(model.words.0));
    let link = move |plan: Plan, which, name| {
        let href = if plan == Plan::Fair { "?plan=fair" } else { "?plan=rain" };
        let current = (plan == model.plan).then_some("page");
        let in_force =
            ((plan == model.plan) != model.aside).then(|| view! { <small>{words.in_force()}</small> });
        view! { <a href=href aria-current=current>{icon(which)}{name}{in_force}</a> }
    };
    let snapped = move || if model.snap.get() { "true" } else { "false" };
    view! {
        <div class="editor-bar">
            <button type="button" class="plain" title="Ctrl Z" disabled=move || model.history.with(|h| !h.can_undo()) on:click=move |_| model.undo()>{icon(Icon::Undo)}<span>{words.undo()}</span></button>
            <button type="button" class="plain" title="Ctrl Shift Z" disabled=move || model.history.with(|h| !h.can_redo()) on:click=move |_| model.redo()>{icon(Icon::Redo)}<span>{words.redo()}</span></button>
            <button type="button" class="plain snap" title="Alt" aria-pressed=snapped on:click=move |_| model.snap.update(|on| *on = !*on)>{icon(Icon::Magnet)}<span>{words.snap()}</span></button>
            <nav class="weather" aria-label=words.weather()>
                {link(Plan::Fair, Icon::Sun, common.fair())}
                {link(Plan::Rain, Icon::Cloud, common.rain())}
            </nav>
            {model.may_change.then(|| view! { <button type="button" class="wand" aria-expanded=move || if model.arranging.get() { "true" } else { "false" } on:click=move |_| model.turn_arranging()>{icon(Icon::Wand)}<span>{words.arrange()}</span></button> })}
            <span class="gap"></span>
            <p class="keeping" role="status">{move || standing(model)}</p>
            {super::presence::presence(model)}
            {super::publish::publish(model)}
        </div>
        <div class="asks">
            {move || question(model)}
            {move || torn(model)}
            {move || notice(model)}
        </div>
    }
}

/// One quiet line: how the last save stands.
fn standing(model: Model) -> AnyView {
    let words = model.words;
    match model.keeping.get() {
        Keeping::Still if model.may_change => ().into_any(),
        Keeping::Still => view! { <span>{words.view_only()}</span> }.into_any(),
        Keeping::Saving => view! { <span>{words.saving()}</span> }.into_any(),
        Keeping::Saved(at) => view! { <span>{words.saved()}" "{at}</span> }.into_any(),
        Keeping::Failed(Fault::Unavailable | Fault::Unreachable(_) | Fault::Broken) => {
            let count = model.layout.with(|_| model.unsaved());
            view! { <span class="amber">{words.unsent(count)}</span> }.into_any()
        }
        Keeping::Failed(Fault::Taken(_)) => {
            view! { <span class="alarm">{words.number_taken()}</span> }.into_any()
        }
        Keeping::Failed(fault) => {
            view! { <span class="alarm">{Faults(words.0).sentence(&fault)}</span> }.into_any()
        }
        Keeping::Held(_) => ().into_any(),
    }
}

/// What a person has to decide or know before going on.
fn question(model: Model) -> Option<AnyView> {
    let words = model.words;
    match model.keeping.get() {
        Keeping::Held(held) => {
            let why = held.iter().map(|one| hangs(model, one)).collect::<Vec<_>>().join("；");
            Some(
                view! {
                    <div class="question" role="alert">
                        <p><strong>{words.held()}</strong>{format!("：{why}")}</p>
                        <button type="button" class="small" on:click=move |_| model.dismiss()>{words.close()}</button>
                    </div>
                }
                .into_any(),
            )
        }
        _ => None,
    }
}

/// Stalls that somebody else has changed as well, each with both versions; theirs stand.
fn torn(model: Model) -> Option<AnyView> {
    let words = model.words;
    let torn = model.torn.get()?;
    let numbers: Vec<&str> = torn
        .clashes
        .iter()
        .filter_map(|clash| clash.theirs.as_ref().or(clash.mine.as_ref()).map(|stall| stall.no.as_str()))
        .collect();
    let versions = torn.clashes.iter().take(FEW).map(|clash| view! { <li>{words.versions(clash)}</li> });
    Some(
        view! {
            <div class="question" role="alert">
                <div class="versions">
                    <p><strong>{words.stale()}</strong>{format!("：{}", numbers.join("、"))}</p>
                    <ul>{versions.collect_view()}</ul>
                </div>
                <button type="button" class="small" on:click=move |_| model.take_theirs()>{words.theirs()}</button>
                <button type="button" class="small" on:click=move |_| model.put_mine()>{words.mine()}</button>
            </div>
        }
        .into_any(),
    )
}

/// Why the last step was not done.
fn notice(model: Model) -> Option<AnyView> {
    let text = model.notice.get()?;
    let rest = model.blocked.get().then(|| {
        view! { <button type="button" class="small" on:click=move |_| model.undo_rest()>{model.words.undo_rest()}</button> }
    });
    Some(
        view! {
            <div class="question quiet" role="alert">
                <p>{text}</p>
                {rest}
                <button type="button" class="small" on:click=move |_| model.notice.set(None)>{model.words.close()}</button>
            </div>
        }
        .into_any(),
    )
}

fn hangs(model: Model, held: &Held) -> String {
    let lang = model.words.0;
    let mut parts = Vec::new();
    if held.assigned {
        parts.push(lang.pick("已排单位".to_owned(), "a unit is assigned".to_owned()));
    }
    if held.posters > 0 {
        parts.push(lang.pick(format!("{} 张海报", held.posters), format!("{} posters", held.posters)));
    }
    if held.encounters > 0 {
        parts
            .push(lang.pick(format!("{} 条登记", held.encounters), format!("{} check-ins", held.encounters)));
    }
    lang.pick(
        format!("{} 号有{}", held.no, parts.join("、")),
        format!("{} has {}", held.no, parts.join(", ")),
    )
}
