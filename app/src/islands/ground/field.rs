//! Fields of the chosen part. They stay the same elements while their part changes, so that the focus stays.

use kaishi_domain::ground::{Edit, Part, Spot};
use leptos::ev::Event;
use leptos::prelude::*;
use leptos::web_sys::HtmlInputElement;

use super::model::Model;
use crate::islands::canvas::figure;

/// One part in the panel.
#[derive(Clone, Copy)]
pub(super) struct Field {
    pub(super) model: Model,
    pub(super) at: Spot,
    pub(super) part: Memo<Option<Part>>,
}

impl Field {
    pub(super) fn new(model: Model, at: Spot) -> Self {
        Self { model, at, part: Memo::new(move |_| model.ground.with(|ground| ground.part(at))) }
    }

    /// Puts another version of the part in its place; a refused one puts the field back.
    fn set(self, event: &Event, to: Option<Edit>, back: impl FnOnce(&Part) -> String) {
        if let Some(edit) = to {
            self.model.edit(edit);
        }
        if let Some(now) = self.part.with_untracked(|part| part.as_ref().map(back)) {
            event_target::<HtmlInputElement>(event).set_value(&now);
        }
    }

    /// A number with its unit; `index` is for what a part has several of.
    pub(super) fn number(
        self,
        label: &'static str,
        unit: &'static str,
        index: usize,
        read: fn(&Part, usize) -> Option<f64>,
        edit: fn(&Part, Spot, usize, f64) -> Option<Edit>,
    ) -> impl IntoView + use<> {
        let text = move |part: &Part| {
            let value = read(part, index).unwrap_or_default();
            format!("{}", (value * 100.0).round() / 100.0)
        };
        let set = move |event: Event| {
            let typed = figure(&event_target_value(&event));
            let part = self.part.get_untracked();
            let edit = part.zip(typed).and_then(|(part, typed)| edit(&part, self.at, index, typed));
            self.set(&event, edit, text);
        };
        let value = move || self.part.with(|part| part.as_ref().map(text));
        view! {
            <label class="figure"><span>{label}</span>
                <input type="number" inputmode="decimal" step="any" readonly=!self.model.may_change prop:value=value on:change=set/>
                <span class="unit">{unit}</span>
            </label>
        }
    }

    /// A line of text.
    pub(super) fn text(
        self,
        label: &'static str,
        read: fn(&Part) -> Option<String>,
        write: fn(&mut Part, String),
    ) -> impl IntoView + use<> {
        let text = move |part: &Part| read(part).unwrap_or_default();
        let set = move |event: Event| {
            let typed = event_target_value(&event);
            self.set(&event, self.written(|part| write(part, typed.trim().to_owned())), text);
        };
        let value = move || self.part.with(|part| part.as_ref().map(text));
        view! {
            <label class="pair wide"><span>{label}</span>
                <input maxlength="80" readonly=!self.model.may_change prop:value=value on:change=set/>
            </label>
        }
    }

    /// One of several.
    pub(super) fn choice(
        self,
        label: &'static str,
        options: Vec<(String, String)>,
        read: fn(&Part) -> Option<String>,
        write: fn(&mut Part, String),
    ) -> impl IntoView + use<> {
        let set = move |event: Event| {
            let value = event_target_value(&event);
            if let Some(edit) = self.written(|part| write(part, value)) {
                self.model.edit(edit);
            }
        };
        let here =
            Memo::new(move |_| self.part.with(|part| part.as_ref().and_then(read)).unwrap_or_default());
        let mut options = options;
        let now = here.get_untracked();
        if !options.iter().any(|(value, _)| *value == now) {
            options.push((now.clone(), now));
        }
        let options = options
            .into_iter()
            .map(|(value, name)| {
                let this = value.clone();
                view! { <option value=value selected=move || here.with(|here| *here == this)>{name}</option> }
            })
            .collect_view();
        view! {
            <label class="pair"><span>{label}</span>
                <select on:change=set disabled=!self.model.may_change>{options}</select>
            </label>
        }
    }

    /// Yes or no.
    pub(super) fn check(
        self,
        label: &'static str,
        read: fn(&Part) -> bool,
        write: fn(&mut Part, bool),
    ) -> impl IntoView + use<> {
        let set = move |event: Event| {
            let on = event_target_checked(&event);
            if let Some(edit) = self.written(|part| write(part, on)) {
                self.model.edit(edit);
            }
        };
        let on = move || self.part.with(|part| part.as_ref().is_some_and(read));
        view! {
            <label class="pair"><span>{label}</span>
                <input type="checkbox" disabled=!self.model.may_change prop:checked=on on:change=set/>
            </label>
        }
    }

    fn written(self, write: impl FnOnce(&mut Part)) -> Option<Edit> {
        let mut to = self.part.get_untracked()?;
        write(&mut to);
        Some(Edit::Set { at: self.at, to })
    }
}
