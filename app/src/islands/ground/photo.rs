//! A photo or a plan under the drawing: brought, scaled by two points, moved, faded, taken away.

use kaishi_domain::ground::{Backdrop, Edit, Kind, Part, Spot};
use leptos::ev::Event;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use leptos::web_sys::HtmlInputElement;
use serde::Deserialize;
use web_sys::XmlHttpRequest;

use super::field::Field;
use super::model::{Model, Tool};
use super::panel::place;
use crate::islands::canvas::figure;
use crate::words::ground::Grounds;

/// Bytes that the server takes.
const MOST: f64 = 5.0 * 1024.0 * 1024.0;
const HERE: Spot = Spot { kind: Kind::Backdrop, index: 0 };

/// What the server says about a photo.
#[derive(Deserialize)]
#[serde(untagged)]
enum Told {
    Kept { image: String, w: f64, h: f64 },
    Wrong { wrong: String },
}

/// The field that takes a photo, with what became of the last one.
pub(super) fn photo(model: Model) -> Option<AnyView> {
    let words = model.words;
    let input = move |event: Event| bring(model, &event);
    model.may_change.then(|| {
        view! {
            <h2>{words.photo()}</h2>
            <p class="note">{words.photo_why()}</p>
            <label class="button bring">
                <span>{words.choose_photo()}</span>
                <input type="file" accept="image/png,image/jpeg,image/webp" on:change=input/>
            </label>
            {move || model.news.get().map(|text| view! { <p class="complaint" role="alert">{text}</p> })}
        }
        .into_any()
    })
}

/// Sends the chosen file as it is; the answer is a photo's name or one sentence.
fn bring(model: Model, event: &Event) {
    let field: HtmlInputElement = event_target(event);
    let Some(file) = field.files().and_then(|files| files.get(0)) else { return };
    let texts = Grounds(model.lang());
    if file.size() > MOST {
        model.news.set(Some(texts.photo_heavy().to_owned()));
        field.set_value("");
        return;
    }
    let Ok(request) = XmlHttpRequest::new() else { return };
    if request.open("POST", &format!("/o/grounds/{}/photo", model.id)).is_err() {
        return;
    }
    let _ = request.set_request_header("content-type", "application/octet-stream");
    model.news.set(Some(model.words.sending().to_owned()));
    let answer = request.clone();
    let ended = Closure::once_into_js(move || {
        field.set_value("");
        let text = answer.response_text().ok().flatten().unwrap_or_default();
        match serde_json::from_str::<Told>(&text) {
            Ok(Told::Kept { image, w, h }) => lay(model, image, w, h),
            Ok(Told::Wrong { wrong }) => model.news.set(Some(wrong)),
            Err(_) if answer.status().unwrap_or(0) == 413 => {
                model.news.set(Some(texts.photo_heavy().to_owned()));
            }
            Err(_) => model.news.set(Some(model.words.unsent().to_owned())),
        }
    });
    request.set_onloadend(Some(ended.unchecked_ref()));
    if request.send_with_opt_blob(Some(&file)).is_err() {
        model.news.set(Some(model.words.unsent().to_owned()));
    }
}

/// Lays a new photo over the whole ground, to be scaled and moved from there.
fn lay(model: Model, image: String, w: f64, h: f64) {
    model.news.set(None);
    let bounds = model.ground.with_untracked(kaishi_domain::ground::Ground::bounds);
    let wide = (bounds.width() * 10.0).round() / 10.0;
    let tall = (wide * h / w.max(1.0) * 100.0).round() / 100.0;
    let backdrop =
        Backdrop { image, at: bounds.low, w: wide.max(1.0), h: tall.max(1.0), angle: 0.0, opacity: 60 };
    if model.edit(Edit::Add(Part::Backdrop(backdrop))) {
        model.choose(Some(HERE));
    }
}

/// Everything that can be done with the photo.
pub(super) fn figures(field: Field) -> impl IntoView {
    let (model, words) = (field.model, field.model.words);
    view! {
        {place(field)}
        <div class="figures">
            {field.number(words.length(), "m", 0, |part, _| backdrop(part).map(|it| it.w), |part, at, _, w| sized(part, at, w / backdrop(part)?.w))}
            {field.number(words.height(), "m", 0, |part, _| backdrop(part).map(|it| it.h), |part, at, _, h| sized(part, at, h / backdrop(part)?.h))}
            {field.number(words.angle(), "°", 0, |part, _| backdrop(part).map(|it| it.angle), |part, at, _, angle| with(part, at, |it| it.angle = angle))}
            {field.number(words.opacity(), "%", 0, |part, _| backdrop(part).map(|it| f64::from(it.opacity)), |part, at, _, o| with(part, at, |it| it.opacity = o.clamp(0.0, 100.0) as u8))}
        </div>
        {slider(field)}
        {model.may_change.then(|| scale(model))}
    }
}

fn backdrop(part: &Part) -> Option<&Backdrop> {
    match part {
        Part::Backdrop(it) => Some(it),
        _ => None,
    }
}

fn with(part: &Part, at: Spot, change: impl FnOnce(&mut Backdrop)) -> Option<Edit> {
    let mut it = backdrop(part)?.clone();
    change(&mut it);
    Some(Edit::Set { at, to: Part::Backdrop(it) })
}

/// Larger or smaller by a factor; the picture keeps its proportions.
fn sized(part: &Part, at: Spot, by: f64) -> Option<Edit> {
    with(part, at, |it| (it.w, it.h) = (it.w * by, it.h * by))
}

fn slider(field: Field) -> impl IntoView {
    let words = field.model.words;
    let value = move || field.part.with(|part| part.as_ref().and_then(backdrop).map(|it| it.opacity));
    let set = move |event: Event| {
        let typed = event_target_value(&event).parse::<u8>().ok();
        let edit = field.part.get_untracked().zip(typed);
        if let Some(edit) = edit.and_then(|(part, o)| with(&part, field.at, |it| it.opacity = o.min(100))) {
            field.model.edit(edit);
        }
    };
    view! {
        <input type="range" min="0" max="100" step="5" aria-label=words.opacity() disabled=!field.model.may_change prop:value=value on:change=set/>
    }
}

/// Two taps on the photo and the metres between them.
fn scale(model: Model) -> impl IntoView {
    let words = model.words;
    let typed = RwSignal::new(String::new());
    let set = move || {
        let ends = model.sketch.get_untracked();
        let metres = figure(&typed.get_untracked());
        let part = model.ground.with_untracked(|ground| ground.part(HERE));
        if let ([a, b], Some(metres), Some(Part::Backdrop(it))) = (ends.as_slice(), metres, part)
            && let Ok(scaled) = it.scaled(*a, *b, metres)
            && model.edit(Edit::Set { at: HERE, to: Part::Backdrop(scaled) })
        {
            typed.set(String::new());
            model.stop();
        }
    };
    let asks = move || {
        let ready = model.tool.get() == Tool::Scale && model.sketch.with(Vec::len) == 2;
        ready.then(|| {
            view! {
                <label class="figure"><span>{words.metres()}</span>
                    <input type="number" inputmode="decimal" step="any" on:input=move |event| typed.set(event_target_value(&event)) on:change=move |_| set()/>
                    <span class="unit">"m"</span>
                </label>
                <button type="button" on:click=move |_| set()>{words.set_scale()}</button>
            }
        })
    };
    let pressed = move || if model.tool.get() == Tool::Scale { "true" } else { "false" };
    view! {
        <div class="scale">
            <button type="button" aria-pressed=pressed on:click=move |_| model.take(Tool::Scale)>{words.scale()}</button>
            {asks}
        </div>
    }
}
