//! What can be done with several stalls at once: move them together, line them up, space, number, group them.

mod number;

use kaishi_domain::layout::{Align, Axis, Edit};
use leptos::ev::Event;
use leptos::prelude::*;

use crate::islands::canvas::figure;
use crate::islands::editor::held::Frame;
use crate::islands::editor::model::Model;

pub(super) fn several(model: Model, count: usize) -> impl IntoView {
    let words = model.words;
    let change = model.may_change.then(|| {
        view! {
            <h3>{words.align()}</h3>
            {aligns(model)}
            <h3>{words.distribute()}</h3>
            {spaces(model)}
            <h3>{words.numbering()}</h3>
            {number::number(model)}
            <h3>{words.belong()}</h3>
            {bind(model)}
        }
    });
    view! {
        <h2>{words.chosen(count)}</h2>
        <h3>{words.position()}</h3>
        <div class="figures">
            {axis(model, model.frame, true)}
            {axis(model, model.frame, false)}
        </div>
        {zones(model)}
        {change}
    }
}

/// The middle of all of them on one axis.
fn axis(model: Model, frame: Memo<Option<Frame>>, east: bool) -> impl IntoView {
    let value = move |frame: Frame| if east { frame.at.x } else { frame.at.y };
    let text = move || frame.get().map(|frame| format!("{:.2}", value(frame))).unwrap_or_default();
    let set = move |event: Event| {
        let typed = figure(&event_target_value(&event));
        if let (Some(typed), Some(frame)) = (typed, frame.get_untracked()) {
            let by = typed - value(frame);
            let (dx, dy) = if east { (by, 0.0) } else { (0.0, by) };
            model.nudge(dx, dy);
        }
        event_target::<leptos::web_sys::HtmlInputElement>(&event).set_value(&untrack(text));
    };
    view! {
        <label class="figure"><span>{if east { "X" } else { "Y" }}</span>
            <input type="number" inputmode="decimal" step="0.1" readonly=!model.may_change prop:value=text on:change=set/>
            <span class="unit">"m"</span>
        </label>
    }
}

/// The six lines that stalls can be brought to, each with a picture of it.
fn aligns(model: Model) -> impl IntoView {
    let words = model.words;
    let button = move |to: Align, name: &'static str, path: &'static str| {
        let act = move |_| {
            if model.edit(Edit::Align { stalls: model.chosen(), to }) {
                model.said.set(name.to_owned());
            }
        };
        view! {
            <button type="button" class="small" title=name aria-label=name on:click=act>
                <svg class="icon" viewBox="0 0 24 24" width="18" height="18" aria-hidden="true"><path d=path fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/></svg>
            </button>
        }
    };
    view! {
        <div class="aligns">
            {button(Align::Left, words.align_left(), "M4 3V21M8 6H20V10H8ZM8 14H15V18H8Z")}
            {button(Align::Centre, words.align_centre(), "M12 3V21M6 6H18V10H6ZM8.5 14H15.5V18H8.5Z")}
            {button(Align::Right, words.align_right(), "M20 3V21M4 6H16V10H4ZM9 14H16V18H9Z")}
            {button(Align::Top, words.align_top(), "M3 4H21M6 8V20H10V8ZM14 8V15H18V8Z")}
            {button(Align::Middle, words.align_middle(), "M3 12H21M6 6V18H10V6ZM14 8.5V15.5H18V8.5Z")}
            {button(Align::Bottom, words.align_bottom(), "M3 20H21M6 4V16H10V4ZM14 9V16H18V9Z")}
        </div>
    }
}

/// Even gaps, or gaps of so many metres.
fn spaces(model: Model) -> impl IntoView {
    let words = model.words;
    let gap = RwSignal::new(String::new());
    let space = move |axis: Axis| {
        let gap = figure(&gap.get_untracked());
        if model.edit(Edit::Distribute { stalls: model.chosen(), axis, gap }) {
            model.said.set(words.spaced().to_owned());
        }
    };
    view! {
        <label class="pair"><span>{words.gap()}</span>
            <input class="short" type="number" inputmode="decimal" min="0" step="0.1" placeholder=words.even() on:input=move |event| gap.set(event_target_value(&event))/>
        </label>
        <div class="verbs-row">
            <button type="button" class="small" on:click=move |_| space(Axis::Across)>{words.across()}</button>
            <button type="button" class="small" on:click=move |_| space(Axis::Along)>{words.along()}</button>
        </div>
    }
}

fn bind(model: Model) -> impl IntoView {
    let words = model.words;
    let grouped = Memo::new(move |_| {
        model.selected.with(|chosen| {
            model.layout.with(|layout| {
                chosen.iter().filter_map(|id| layout.stall(*id)).any(|stall| stall.group.is_some())
            })
        })
    });
    let ungroup = move || {
        grouped.get().then(|| {
            view! { <button type="button" class="small" title="Ctrl Shift G" on:click=move |_| model.ungroup()>{words.ungroup()}</button> }
        })
    };
    view! {
        <div class="verbs-row">
            <button type="button" class="small" title="Ctrl G" on:click=move |_| model.group()>{words.group()}</button>
            {ungroup}
        </div>
    }
}

/// One slogan zone for all of them.
fn zones(model: Model) -> impl IntoView {
    let words = model.words;
    let set = move |event: Event| {
        let zone = event_target_value(&event);
        if !zone.is_empty() {
            model.edit(Edit::SetZone { stalls: model.chosen(), zone });
        }
        event_target::<leptos::web_sys::HtmlSelectElement>(&event).set_value("");
    };
    let options = model.zones.with_value(|zones| {
        zones
            .iter()
            .map(|zone| view! { <option value=zone.letter.clone()>{format!("{} {}", zone.letter, zone.name)}</option> })
            .collect_view()
    });
    view! {
        <label class="pair"><span>{words.zone()}</span>
            <select on:change=set disabled=!model.may_change>
                <option value="">{words.choose()}</option>
                {options}
            </select>
        </label>
    }
}
