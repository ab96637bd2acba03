//! The weather watch: what is due, the form, and what was decided before.

use kaishi_domain::rain::Decision;
use leptos::prelude::*;

use crate::words::Lang;
use crate::words::weather::{Weather as Words, decision};

/// What the section shows.
#[derive(Clone, Debug, Default)]
pub struct Weather {
    /// Hours before opening of the look that is due.
    pub due: Option<i64>,
    /// Earlier looks, latest first: when and who, the forecast, the decision.
    pub noted: Vec<(String, String, Decision)>,
}

pub(super) fn weather(lang: Lang, base: &str, may_change: bool, weather: Weather) -> impl IntoView + use<> {
    let words = Words(lang);
    let due = weather.due.map(|hours| view! { <p class="due" role="status">{words.due(hours)}</p> });
    let form = may_change.then(|| {
        let options = Decision::ALL
            .map(|one| view! { <option value=one.code()>{decision(lang, one)}</option> })
            .collect_view();
        view! {
            <form method="post" action=format!("{base}/weather") class="watch">
                <label>{words.forecast()}
                    <input name="forecast" required maxlength="40" placeholder=words.hint() autocomplete="off"/></label>
                <label>{words.decision()}<select name="decision">{options}</select></label>
                <button type="submit">{words.note()}</button>
            </form>
        }
    });
    let none = weather.noted.is_empty().then(|| view! { <p class="note">{words.none()}</p> });
    let rows = weather
        .noted
        .into_iter()
        .map(|(who, forecast, decided)| {
            view! { <li><b>{decision(lang, decided)}</b>" · "{forecast}" "<span class="note">{who}</span></li> }
        })
        .collect_view();
    view! {
        <section class="weather">
            <h2>{words.title()}</h2>
            <p class="note">{words.why()}</p>
            {due}
            {form}
            {none}
            <ol>{rows}</ol>
        </section>
    }
}
