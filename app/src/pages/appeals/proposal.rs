//! Whom the map of duties proposes for an appeal, and why: taken with one click, or overridden by hand.

use kaishi_domain::appeal::{Grid, Proposal};
use leptos::prelude::*;

use super::one::One;
use crate::words::Lang;
use crate::words::duty::{Duties, Proposals as Words};
use crate::words::story::Story;

/// What the map says about an appeal that can be sent now.
#[derive(Clone, Debug, Default)]
pub struct Advice {
    /// Whether it can be sent now.
    pub open: bool,
    /// Whom the map proposes.
    pub proposal: Option<Proposal>,
    /// Every grid.
    pub grids: Vec<Grid>,
}

/// The proposal with its button.
pub(super) fn proposal(lang: Lang, view: &One, story: Story<'_>) -> Option<impl IntoView + use<>> {
    let words = Words(lang);
    if !view.advice.open {
        return None;
    }
    let receivers = receivers(lang, view, story);
    let body = match &view.advice.proposal {
        None => view! {
            <p class="note">{words.none()}" "<a href="/o/duty">{Duties(lang).title()}</a></p>
        }
        .into_any(),
        Some(proposal) => {
            let helpers: Vec<String> = proposal.helpers.iter().map(|unit| story.unit(*unit)).collect();
            let helps = (!helpers.is_empty()).then(|| {
                view! { <span>{words.helpers()}" "<b>{helpers.join(lang.pick("、", ", "))}</b></span> }
            });
            let action = format!("{}/{}", view.base, view.appeal.code.slip);
            let hidden = proposal
                .helpers
                .iter()
                .map(|unit| view! { <input type="hidden" name="helper" value=unit.to_string()/> })
                .collect_view();
            let again =
                (view.appeal.care.returns > 0).then(|| view! { <p class="late"><b>{words.again()}</b></p> });
            let instead = proposal.instead.then(|| view! { <p class="note">{words.instead()}</p> });
            view! {
                <p class="figures"><span>{words.lead()}" "<b>{story.unit(proposal.lead)}</b></span>{helps}</p>
                <p class="note">{words.because(&proposal.because)}</p>
                {instead}
                {again}
                <form method="post" action=action class="quiet">
                    <input type="hidden" name="unit" value=proposal.lead.to_string()/>
                    {hidden}
                    <button type="submit" name="verb" value="route" class="first">{words.take()}</button>
                </form>
            }
            .into_any()
        }
    };
    Some(view! { <section class="advice"><h2>{words.title()}</h2>{body}{receivers}</section> })
}

/// `这个网格的接单人：网格员、楼长（福中物业）`
fn receivers(lang: Lang, view: &One, story: Story<'_>) -> Option<impl IntoView + use<>> {
    let here = view.appeal.care.grid?;
    let grid = view.advice.grids.iter().find(|grid| grid.id == here)?;
    let names: Vec<String> = grid
        .receivers
        .iter()
        .map(|receiver| match receiver.unit {
            Some(unit) => format!("{}（{}）", receiver.role, story.unit(unit)),
            None => receiver.role.clone(),
        })
        .collect();
    let label = Words(lang).receivers();
    (!names.is_empty()).then(|| view! { <p class="note">{label}"："{names.join(lang.pick("、", ", "))}</p> })
}

/// A choice of grids.
pub(super) fn choice(lang: Lang, grids: &[Grid], chosen: Option<String>) -> impl IntoView + use<> {
    let words = Words(lang);
    let options = grids
        .iter()
        .map(|grid| {
            let id = grid.id.to_string();
            let picked = chosen.as_deref() == Some(id.as_str());
            view! { <option value=id selected=picked>{grid.name.clone()}</option> }
        })
        .collect_view();
    view! { <label>{words.grid()}<select name="grid"><option value="">{words.no_grid()}</option>{options}</select></label> }
}
