//! Several Saturdays in one step: which days, what speaks against some of them, what was made.

use kaishi_domain::MarketRef;
use kaishi_domain::moment::Day;
use kaishi_domain::season::{MOST_AHEAD, Month as Which, Proposal};
use leptos::prelude::*;

use crate::document::Page;
use crate::pages::frame::{Desk, Section, section};
use crate::words::Lang;
use crate::words::common::Common;
use crate::words::season::{Month, Series as Words};

/// `5月13日（星期六）`
pub fn day_name(lang: Lang, day: Day) -> String {
    lang.pick(format!("{}（{}）", day.zh(), day.weekday_zh()), format!("{}, {}", day.weekday_en(), day.en()))
}

/// The days that are offered.
#[derive(Clone, Debug)]
pub struct View {
    /// From which day on.
    pub from: String,
    /// How many Saturdays.
    pub many: String,
    /// The Saturday that they begin from, as `5月13日（星期六）`; none yet.
    pub last: Option<String>,
    /// The days.
    pub days: Vec<Proposal>,
    /// Whether the roster is wanted.
    pub roster: bool,
    /// Why it did not work.
    pub wrong: Option<&'static str>,
}

/// The fields that ask for the days: on the page itself and where one Saturday is made.
pub fn ask(lang: Lang, from: String, many: String) -> impl IntoView {
    let words = Words(lang);
    view! {
        <form method="get" action="/o/series" class="sheet ask">
            <div class="row">
                <div class="field"><label for="series-many">{words.many()}</label><input id="series-many" name="many" type="number" min="1" max=MOST_AHEAD.to_string() value=many required/></div>
                <div class="field"><label for="series-from">{words.from()}</label><input id="series-from" name="from" type="date" value=from required/></div>
                <div class="field verbs"><button type="submit">{words.look()}</button></div>
            </div>
        </form>
    }
}

/// The page with the days to tick.
pub fn offer(desk: &Desk, view: View) -> Page {
    let lang = desk.lang;
    let words = Words(lang);
    section(desk, Section::Season, words.title(), move || {
        let body = match &view.last {
            None => view! { <p class="note">{words.no_last()}</p> }.into_any(),
            Some(last) => {
                let source = lang.pick(format!("照 {last} 来建。"), format!("Made from {last}."));
                let days = (!view.days.is_empty()).then(|| days(lang, &view));
                view! { <p class="note">{source}</p> {ask(lang, view.from.clone(), view.many.clone())} {days} }.into_any()
            }
        };
        view! {
            <h1>{words.title()}</h1>
            <p class="note">{words.why()}</p>
            {view.wrong.map(|text| view! { <p class="complaint" role="alert">{text}</p> })}
            {body}
            <p class="actions"><a class="button" href="/o/">{Common(lang).back()}</a></p>
        }
    })
}

fn days(lang: Lang, view: &View) -> impl IntoView + use<> {
    let words = Words(lang);
    let open = view.days.iter().any(|one| !one.taken);
    let rows = view.days.iter().map(|one| proposal(lang, one)).collect_view();
    let (from, many) = (view.from.clone(), view.many.clone());
    view! {
        <form method="post" action="/o/series" class="sheet">
            <input type="hidden" name="from" value=from/>
            <input type="hidden" name="many" value=many/>
            <fieldset class="ticks"><legend>{words.days()}</legend>{rows}</fieldset>
            <fieldset class="ticks">
                <legend>{words.copy()}</legend>
                <label class="tick"><input type="checkbox" checked disabled/>{words.copy_map()}</label>
                <label class="tick"><input type="checkbox" name="roster" value="1" checked=view.roster/>{words.copy_roster()}</label>
            </fieldset>
            <p class="actions"><button type="submit" class="primary" disabled=!open>{words.create()}</button></p>
        </form>
    }
}

fn proposal(lang: Lang, one: &Proposal) -> impl IntoView + use<> {
    let words = Words(lang);
    let id = format!("why-{}", one.day);
    let mut reasons = Vec::new();
    if one.taken {
        reasons.push(words.taken().to_owned());
    }
    if let Some(concern) = &one.concern {
        reasons.push(Month(lang).warning(concern));
    }
    if let Some(day) = one.instead.filter(|_| !one.taken) {
        reasons.push(Month(lang).instead(&day_name(lang, day)));
    }
    if one.untold {
        reasons.push(words.untold().to_owned());
    }
    let told = (!reasons.is_empty()).then(|| {
        let text = reasons.join(" ");
        view! { <p class="warn" id=id.clone()>{text}</p> }
    });
    let described = told.is_some().then_some(id);
    view! {
        <div>
            <label class="tick"><input type="checkbox" name="day" value=one.day.to_string() checked=one.is_ticked() disabled=one.taken aria-describedby=described/>{day_name(lang, one.day)}</label>
            {told}
        </div>
    }
}

/// A Saturday that was made.
#[derive(Clone, Debug)]
pub struct Made {
    /// Which.
    pub market: MarketRef,
    /// When.
    pub day: Day,
    /// Some map of it could not be published as it stands.
    pub unpublished: bool,
}

/// The page that tells what was made and what was not.
pub fn told(desk: &Desk, made: Vec<Made>, skipped: Vec<Day>) -> Page {
    let lang = desk.lang;
    let words = Words(lang);
    section(desk, Section::Season, words.title(), move || {
        let month = made.first().map(|one| one.day).or(skipped.first().copied()).map(Which::of);
        let made_head = if made.is_empty() { words.nothing() } else { words.made() };
        let rows = made
            .into_iter()
            .map(|one| {
                let href = format!("/o/m/{}/layout", one.market);
                let unpublished =
                    one.unpublished.then(|| view! { " "<span class="warn">{words.unpublished()}</span> });
                view! { <li><a href=href>{day_name(lang, one.day)}</a>{unpublished}</li> }
            })
            .collect_view();
        let left = (!skipped.is_empty()).then(|| {
            let days = skipped.into_iter().map(|day| view! { <li>{day_name(lang, day)}</li> }).collect_view();
            view! { <h2>{words.skipped()}</h2><ul class="lines">{days}</ul> }
        });
        view! {
            <h1>{words.title()}</h1>
            <div role="status"><h2>{made_head}</h2></div>
            <ul class="lines">{rows}</ul>
            {left}
            <p class="actions">
                {month.map(|month| view! { <a class="button primary" href=format!("/o/month/{month}")>{words.to_month()}</a> })}
                <a class="button" href="/o/">{Common(lang).back()}</a>
            </p>
        }
    })
}
