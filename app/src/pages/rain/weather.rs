//! The weather watch: what is due, the form, what the rule says, and what was decided before.

use kaishi_domain::rain::Decision;
use kaishi_domain::safety::{Advice, Limits, Reading};
use leptos::prelude::*;

use crate::words::Lang;
use crate::words::day::Limit;
use crate::words::weather::{Weather as Words, decision, reading};

/// What was typed and was not right.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// Forecast, wind, heat and decision of a look.
    pub look: Option<(String, String, String, Decision)>,
    /// Wind to stop at, heat for shade, heat to stop at.
    pub limits: Option<[String; 3]>,
}

/// What the section shows.
#[derive(Clone, Debug)]
pub struct Weather {
    /// Hours before opening of the look that is due.
    pub due: Option<i64>,
    /// Earlier looks, latest first: when and who, the forecast, its figures, the decision.
    pub noted: Vec<(String, String, Reading, Decision)>,
    /// The limits in force.
    pub limits: Limits,
    /// Whether they are the usual ones.
    pub usual: bool,
    /// What the rule says to the latest figures.
    pub advice: Option<Advice>,
    /// What was not right.
    pub typed: Typed,
}

pub(super) fn weather(lang: Lang, base: &str, may_change: bool, weather: Weather) -> impl IntoView + use<> {
    let (words, limit) = (Words(lang), Limit(lang));
    let due = weather.due.map(|hours| view! { <p class="due" role="status">{words.due(hours)}</p> });
    let advice = weather.advice.map(|advice| {
        let class = if advice == Advice::Go { "advice" } else { "advice heed" };
        view! { <p class=class role="status"><strong>{limit.advice(advice)}</strong></p> }
    });
    let Typed { look, limits } = weather.typed;
    let form = may_change.then(|| note(lang, base, look));
    let set = may_change.then(|| limits_form(limit, base, weather.limits, limits));
    let usual = weather.usual.then(|| view! { <p class="note">{limit.usual()}</p> });
    let none = weather.noted.is_empty().then(|| view! { <p class="note">{words.none()}</p> });
    let rows = weather
        .noted
        .into_iter()
        .map(|(who, forecast, figures, decided)| {
            let figures = reading(lang, figures);
            view! { <li><b>{decision(lang, decided)}</b>" · "{forecast}{figures}" "<span class="note">{who}</span></li> }
        })
        .collect_view();
    view! {
        <section class="weather">
            <h2>{words.title()}</h2>
            <p class="note">{words.why()}</p>
            {due}
            {advice}
            {form}
            {none}
            <ol>{rows}</ol>
            <h3 id="limits">{limit.title()}</h3>
            <p>{limit.rule(weather.limits)}</p>
            {usual}
            {set}
        </section>
    }
}

fn note(lang: Lang, base: &str, look: Option<(String, String, String, Decision)>) -> impl IntoView + use<> {
    let (words, limit) = (Words(lang), Limit(lang));
    let chosen = look.as_ref().map(|look| look.3);
    let (forecast, wind, heat) = look.map(|look| (look.0, look.1, look.2)).unwrap_or_default();
    let options = Decision::ALL
        .map(|one| view! { <option value=one.code() selected={chosen == Some(one)}>{decision(lang, one)}</option> })
        .collect_view();
    view! {
        <form method="post" action=format!("{base}/weather") class="watch">
            <label>{words.forecast()}
                <input name="forecast" value=forecast required maxlength="40" placeholder=words.hint() autocomplete="off"/></label>
            <label>{limit.wind()}<input name="wind" value=wind maxlength="2" inputmode="numeric" autocomplete="off"/></label>
            <label>{limit.heat()}<input name="heat" value=heat maxlength="3" autocomplete="off"/></label>
            <label>{words.decision()}<select name="decision">{options}</select></label>
            <button type="submit">{words.note()}</button>
        </form>
    }
}

fn limits_form(
    words: Limit,
    base: &str,
    limits: Limits,
    typed: Option<[String; 3]>,
) -> impl IntoView + use<> {
    let Limits { wind_stop, heat_shade, heat_stop } = limits;
    let [wind, shade, heat] =
        typed.unwrap_or_else(|| [wind_stop, heat_shade, heat_stop].map(|number| number.to_string()));
    view! {
        <form method="post" action=format!("{base}/limits") class="watch">
            <label>{words.wind_stop()}<input name="wind_stop" value=wind required maxlength="2" inputmode="numeric" autocomplete="off"/></label>
            <label>{words.heat_shade()}<input name="heat_shade" value=shade required maxlength="2" inputmode="numeric" autocomplete="off"/></label>
            <label>{words.heat_stop()}<input name="heat_stop" value=heat required maxlength="2" inputmode="numeric" autocomplete="off"/></label>
            <button type="submit">{words.save()}</button>
        </form>
    }
}
