//! 代办, 调解: the steps of an errand or a mediation, as those who handle it and the resident see them.

use kaishi_domain::Moment;
use kaishi_domain::appeal::{Agency, AgencyStep, Appeal, Category, MAX_STEP, MOST_STEPS};
use leptos::prelude::*;

use super::Tell;
use super::one::Typed;
use crate::parts::{Area, textarea};
use crate::words::Lang;
use crate::words::duty::{Agencies, MyAgency};

/// The steps with their times as people read them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Steps {
    /// Of which kind.
    pub kind: Category,
    /// Who does it.
    pub agent: String,
    /// What, and when it was done.
    pub rows: Vec<(String, Option<String>)>,
}

impl Steps {
    /// With times told.
    pub fn told(kind: Category, agency: &Agency, tell: &dyn Fn(Moment) -> String) -> Self {
        let row = |step: &AgencyStep| (step.what.as_str().to_owned(), step.done_at.map(tell));
        Self { kind, agent: agency.agent.as_str().to_owned(), rows: agency.steps.iter().map(row).collect() }
    }

    /// As the resident's page may show them: what is private is numbered.
    #[must_use]
    pub fn discreet(mut self, lang: Lang) -> Self {
        if self.kind.is_private() {
            for (place, (what, _)) in self.rows.iter_mut().enumerate() {
                *what = MyAgency(lang).nth(place + 1);
            }
        }
        self
    }

    /// Each with its mark and its word.
    fn list(&self, done: &'static str, todo: &'static str) -> impl IntoView + use<> {
        let rows = self
            .rows
            .iter()
            .cloned()
            .map(|(what, at)| {
                let (mark, word) = if at.is_some() { ("✓ ", done) } else { ("○ ", todo) };
                view! { <li><span aria-hidden="true">{mark}</span><b>{what}</b>" "<span class="note">{word}" "{at}</span></li> }
            })
            .collect_view();
        view! { <ol class="agency">{rows}</ol> }
    }
}

/// For those who handle it.
pub(super) fn agency(lang: Lang, appeal: &Appeal, tell: Tell<'_>) -> Option<impl IntoView + use<>> {
    let (kind, words) = (appeal.category, Agencies(lang));
    let steps = Steps::told(kind, appeal.care.agency.as_ref()?, tell);
    let list = steps.list(words.done(), words.todo());
    Some(view! {
        <h2>{words.title(kind)}</h2>
        <p class="note">{words.role_short(kind)}" "<b>{steps.agent}</b></p>
        {list}
    })
}

/// For the resident.
pub fn my_agency(lang: Lang, steps: Option<&Steps>) -> Option<impl IntoView + use<>> {
    let (steps, words) = (steps?, MyAgency(lang));
    let agent = steps.agent.clone();
    Some(view! {
        <h2>{words.title(steps.kind)}</h2>
        <p class="note left">{words.by(steps.kind)}" "<b>{agent}</b></p>
        {steps.list(words.done(), words.todo())}
    })
}

/// The fields of a plan: the role, and a line a step. A mediation begins with the usual ones.
pub(super) fn plan(lang: Lang, appeal: &Appeal, typed: &Typed) -> impl IntoView + use<> {
    let (words, kind) = (Agencies(lang), appeal.category);
    let (agent, lines) = match &appeal.care.agency {
        Some(agency) if typed.verb != "plan" => (
            agency.agent.as_str().to_owned(),
            agency.steps.iter().map(|step| step.what.as_str()).collect::<Vec<_>>().join("\n"),
        ),
        None if typed.verb != "plan" && kind.is_private() => {
            (words.usual_mediator().to_owned(), words.usual_steps().to_owned())
        }
        _ => (typed.agent.clone(), typed.words.clone()),
    };
    let area =
        Area { name: "words", rows: 4, most: MOST_STEPS * (MAX_STEP + 2), text: lines, ..Area::default() };
    view! {
        <label>{words.role(kind)}<input name="agent" value=agent required maxlength=MAX_STEP.to_string() autocomplete="off"/></label>
        <label>{words.steps()}{textarea(area)}</label>
    }
}

/// The button that ticks the next step off, with what that is.
pub(super) fn tick(
    lang: Lang,
    action: String,
    known: Option<&Agency>,
    class: &'static str,
) -> Option<AnyView> {
    let (at, step) = known?.next()?;
    let (what, label) = (step.what.as_str().to_owned(), Agencies(lang).tick());
    let form = view! {
        <form method="post" action=action class="quiet">
            <input type="hidden" name="step" value=at.to_string()/>
            <button type="submit" name="verb" value="tick" class=class>{label}"："{what}</button>
        </form>
    };
    Some(form.into_any())
}
