//! 群众评单: five grades as large choices, four aspects and a few words for whoever cares to say more.

use kaishi_domain::appeal::{Aspect, MAX_WORDS, Rating};
use leptos::prelude::*;

use crate::parts::{Area, textarea};
use crate::words::Lang;
use crate::words::appeal::Slip as Words;
use crate::words::story::{Names, Story};

/// The form, empty at first, with what was chosen when it comes again.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RateForm {
    /// The grade.
    pub rating: Option<Rating>,
    /// The aspects, in their order.
    pub marks: [Option<Rating>; 4],
    /// The words.
    pub said: String,
    /// What is wrong with it.
    pub wrong: Option<&'static str>,
}

pub(super) fn rate(lang: Lang, action: &str, typed: RateForm) -> impl IntoView + use<> {
    let (words, action) = (Words(lang), action.to_owned());
    let names = Names::default();
    let story = Story::whole(lang, &names);
    let grades = Rating::ALL
        .map(|rating| {
            let id = format!("grade-{}", rating.code());
            let again = (!rating.is_content()).then(|| view! { <span>{words.again()}</span> });
            view! {
                <input type="radio" name="rating" id=id.clone() value=rating.code() checked={typed.rating == Some(rating)}/>
                <label for=id><b>{story.rating(rating)}</b>{again}</label>
            }
        })
        .collect_view();
    let more = typed.marks.iter().any(Option::is_some) || !typed.said.is_empty();
    let marks = Aspect::ALL
        .into_iter()
        .zip(typed.marks)
        .map(|(aspect, chosen)| {
            let options = Rating::ALL
                .map(|rating| {
                    view! { <option value=rating.code() selected={chosen == Some(rating)}>{story.rating(rating)}</option> }
                })
                .collect_view();
            view! {
                <p class="field">
                    <label for=aspect.code()>{story.aspect(aspect)}</label>
                    <select id=aspect.code() name=aspect.code()><option value="">{words.no_mark()}</option>{options}</select>
                </p>
            }
        })
        .collect_view();
    let wrong = typed.wrong.map(|text| view! { <p class="wrong" id="wrong" role="alert">{text}</p> });
    let area = Area {
        name: "said",
        id: Some("said"),
        text: typed.said,
        rows: 3,
        most: MAX_WORDS,
        ..Area::default()
    };
    view! {
        <form class="rate" method="post" action=action>
            {wrong}
            <fieldset class="kinds grades"><legend>{words.happy()}</legend>{grades}</fieldset>
            <p class="note left">{words.redo_why()}</p>
            <details class="more-marks" open=more>
                <summary>{words.aspects()}</summary>
                {marks}
                <p class="field"><label for="said">{words.review_said()}</label>{textarea(area)}</p>
            </details>
            <button class="go send" type="submit">{words.review_send()}</button>
        </form>
    }
}
