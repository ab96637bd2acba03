//! Numbering several stalls anew: 1 2 3, A1 A2, by slogan zone, row by row or as one walks.

use kaishi_domain::layout::{Edit, Prefix, Reading, Scheme};
use leptos::prelude::*;

use crate::islands::editor::model::Model;

pub(super) fn number(model: Model) -> impl IntoView {
    let words = model.words;
    let (kind, way, start) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new("1".to_owned()));
    let letters = RwSignal::new("A".to_owned());
    let act = move |_| {
        let prefix = match kind.get_untracked().as_str() {
            "zone" => Prefix::Zone,
            "letters" => Prefix::Letters(letters.get_untracked()),
            _ => Prefix::None,
        };
        let way = way.get_untracked();
        let scheme = Scheme {
            prefix,
            by_zone: kind.with_untracked(|kind| kind == "by-zone"),
            reading: if way == "columns" { Reading::Columns } else { Reading::Rows },
            serpentine: way == "walk",
            start: start.get_untracked().trim().parse().unwrap_or(1),
        };
        let stalls = model.chosen();
        let count = stalls.len();
        if model.edit(Edit::Number { stalls, scheme }) {
            model.said.set(words.renumbered(count));
        }
    };
    let lettered = move || {
        kind.with(|kind| kind == "letters").then(|| {
            view! {
                <label class="pair"><span>{words.letters()}</span>
                    <input class="short" maxlength="3" prop:value=letters on:input=move |event| letters.set(event_target_value(&event))/>
                </label>
            }
        })
    };
    view! {
        <label class="pair"><span>{words.scheme()}</span>
            <select on:change=move |event| kind.set(event_target_value(&event))>
                <option value="">"1 2 3 …"</option>
                <option value="by-zone">{words.by_zone()}</option>
                <option value="zone">{words.zone_letter()}</option>
                <option value="letters">{words.own_letters()}</option>
            </select>
        </label>
        {lettered}
        <label class="pair"><span>{words.order()}</span>
            <select on:change=move |event| way.set(event_target_value(&event))>
                <option value="rows">{words.rows()}</option>
                <option value="walk">{words.walk()}</option>
                <option value="columns">{words.columns()}</option>
            </select>
        </label>
        <label class="pair"><span>{words.start()}</span>
            <input class="short" type="number" inputmode="numeric" min="0" step="1" prop:value=start on:input=move |event| start.set(event_target_value(&event))/>
        </label>
        <div class="verbs-row">
            <button type="button" class="small" on:click=act>{words.renumber()}</button>
        </div>
    }
}
