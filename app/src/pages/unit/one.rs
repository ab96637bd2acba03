//! The page of one unit, for organizers: basics and card, catalogue, papers, vetting, Saturdays, notes.

use kaishi_domain::moment::{Day, Place};
use kaishi_domain::unit::history::{Appearance, Coming, sum};
use kaishi_domain::unit::{Tie, Unit};
use kaishi_domain::{MarketRef, Moment, OrgId, UnitId};
use kaishi_store::{Note, Vetted};
use leptos::prelude::*;

use super::archive::archive;
use super::papers::papers;
use super::services::catalogue;
use super::ties::ties;
use super::vetting::vetting;
use super::{Typed, complaint, kinds};
use crate::document::Page;
use crate::pages::frame::{Desk, Section, section};
use crate::parts::{Area, textarea};
use crate::words::Lang;
use crate::words::season::Presences;
use crate::words::unit::Units;
use crate::words::vetting::Archiving;

/// What was typed for a service.
#[derive(Clone, Debug, Default)]
pub struct ServiceTyped {
    /// Name.
    pub name: String,
    /// Code of the category; empty: by its name.
    pub category: String,
    /// Codes of the audiences.
    pub audiences: Vec<String>,
    /// Whether it is also offered when offices are closed.
    pub off_hours: bool,
    /// What is wrong.
    pub wrong: Option<&'static str>,
}

/// What was typed for a paper.
#[derive(Clone, Debug, Default)]
pub struct PaperTyped {
    /// Code of the kind.
    pub kind: String,
    /// Number.
    pub number: String,
    /// Issuer.
    pub issued_by: String,
    /// Last day.
    pub valid_until: String,
    /// What is wrong.
    pub wrong: Option<&'static str>,
}

/// What was chosen for a tie.
#[derive(Clone, Debug, Default)]
pub struct TieTyped {
    /// The other unit's id.
    pub other: String,
    /// Code of the flow.
    pub flow: String,
    /// What is wrong.
    pub wrong: Option<&'static str>,
}

/// What was typed for a step of vetting.
#[derive(Clone, Debug, Default)]
pub struct StepTyped {
    /// Reason, evidence, or the unit's words.
    pub words: String,
    /// Code of the cause.
    pub cause: String,
    /// The Saturdays that were ticked.
    pub markets: Vec<String>,
    /// What is wrong.
    pub wrong: Option<&'static str>,
}

/// What was typed into the forms of the page.
#[derive(Clone, Debug, Default)]
pub struct Forms {
    /// Basics and card.
    pub basics: Typed,
    /// A service.
    pub service: ServiceTyped,
    /// A paper.
    pub paper: PaperTyped,
    /// A step of vetting.
    pub step: StepTyped,
    /// A note, and what is wrong with it.
    pub note: (String, Option<&'static str>),
    /// A tie.
    pub tie: TieTyped,
    /// Why it is put aside or brought back, and what is wrong with that.
    pub archive: (String, Option<&'static str>),
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// Whose register.
    pub org: OrgId,
    /// The unit.
    pub unit: Unit,
    /// Now.
    pub now: Moment,
    /// The clock of the square.
    pub place: Place,
    /// Its Saturdays.
    pub history: Vec<Appearance>,
    /// The record of its vetting.
    pub record: Vec<Vetted>,
    /// The other units of the register, and the ties to them.
    pub others: Vec<(UnitId, String)>,
    /// Between it and whom visitors go.
    pub ties: Vec<Tie>,
    /// Notes.
    pub notes: Vec<Note>,
    /// The forms.
    pub forms: Forms,
    /// Whether whoever looks may fill them in.
    pub may_change: bool,
}

impl View {
    /// The address of the page.
    pub(super) fn base(&self) -> String {
        format!("/o/units/{}", self.unit.id)
    }

    /// Today at the square.
    pub(super) fn today(&self) -> Day {
        self.place.day(self.now)
    }

    /// `2023-05-13 10:42`
    pub(super) fn moment(&self, at: Moment) -> String {
        format!("{} {}", self.place.day(at), self.place.clock(at))
    }
}

/// `5月13日`
pub(super) fn day_name(lang: Lang, held_on: &str) -> String {
    Day::parse(held_on).map_or_else(|_| held_on.to_owned(), |day| lang.pick(day.zh(), day.en()))
}

/// The page.
pub fn one(desk: &Desk, view: View) -> Page {
    let lang = desk.lang;
    let name = view.unit.name.clone();
    section(desk, Section::Units, &name.clone(), move || {
        let words = Units(lang);
        let aside =
            view.unit.is_archived().then(|| view! { <span class="chip">{Archiving(lang).archived()}</span> });
        view! {
            <p><a href="/o/units">{words.back()}</a></p>
            <div class="head"><h1>{name}</h1><span class="chip">{words.kind_name(view.unit.kind)}</span>{aside}</div>
            <div class="unit-page">
                <div class="column">
                    {if view.may_change { basics(lang, &view).into_any() } else { card(lang, &view.unit).into_any() }}
                    {catalogue(lang, &view)}
                    {papers(lang, &view)}
                    {ties(lang, &view)}
                </div>
                <div class="column">
                    {vetting(lang, &view)}
                    {history(lang, &view)}
                    {view.may_change.then(|| notes(lang, &view))}
                    {archive(lang, &view)}
                </div>
            </div>
        }
    })
}

/// Basics and card, to read.
fn card(lang: Lang, unit: &Unit) -> impl IntoView + use<> {
    let words = Units(lang);
    let line = |name: &'static str, text: &str| {
        let text = text.to_owned();
        (!text.is_empty()).then(|| view! { <div><dt>{name}</dt><dd>{text}</dd></div> })
    };
    view! {
        <section id="basics">
            <h2>{words.basics()}</h2>
            <dl class="care">
                {line(words.contact(), &unit.contact_role)}
                {line(words.identity(), &unit.card.identity)}
                {line(words.duty(), &unit.card.duty)}
                {line(words.pledge(), &unit.card.pledge)}
            </dl>
        </section>
    }
}

fn basics(lang: Lang, view: &View) -> impl IntoView + use<> {
    let (words, typed) = (Units(lang), view.forms.basics.clone());
    view! {
        <section id="basics">
            <h2>{words.basics()}</h2>
            <form method="post" action=view.base() class="unit-form">
                {complaint(typed.wrong)}
                <label for="unit-name">{words.name()}</label>
                <input id="unit-name" name="name" value=typed.name required maxlength="60" autocomplete="off"/>
                <label for="unit-kind">{words.kind()}</label>
                <select id="unit-kind" name="kind">{kinds(lang, &typed.kind)}</select>
                <label for="unit-contact">{words.contact()}</label>
                <input id="unit-contact" name="contact_role" value=typed.contact_role required maxlength="30" autocomplete="off" aria-describedby="unit-contact-why"/>
                <p class="note" id="unit-contact-why">{words.contact_why()}</p>
                <fieldset>
                    <legend>{words.card()}</legend>
                    <p class="note">{words.card_why()}</p>
                    <label for="unit-identity">{words.identity()}</label>
                    <input id="unit-identity" name="identity" value=typed.identity maxlength="60" autocomplete="off"/>
                    <label for="unit-duty">{words.duty()}</label>
                    <input id="unit-duty" name="duty" value=typed.duty maxlength="120" autocomplete="off"/>
                    <label for="unit-pledge">{words.pledge()}</label>
                    <input id="unit-pledge" name="pledge" value=typed.pledge maxlength="200" autocomplete="off"/>
                </fieldset>
                <button type="submit" class="primary">{words.save()}</button>
            </form>
        </section>
    }
}

fn history(lang: Lang, view: &View) -> impl IntoView + use<> {
    let words = Units(lang);
    let rows = view
        .history
        .iter()
        .map(|one| {
            let (class, coming) = match one.coming(view.now) {
                Coming::Ahead => ("", words.ahead().to_owned()),
                Coming::OnTime => ("good", words.on_time().to_owned()),
                Coming::Late { minutes } => ("warn", words.late(minutes)),
                Coming::Absent => ("bad", words.absent().to_owned()),
            };
            let at = MarketRef { org: view.org, market: one.market };
            let href = format!("/o/m/{at}/entries");
            let said = words.residents(one.content, one.discontent, one.complaints);
            view! {
                <tr>
                    <th scope="row"><a href=href>{day_name(lang, &one.held_on)}</a></th>
                    <td>{one.sign.clone()}</td>
                    <td class=class>{coming}</td>
                    <td>{said}</td>
                </tr>
            }
        })
        .collect_view();
    let body = if view.history.is_empty() {
        view! { <p class="note">{words.no_history()}</p> }.into_any()
    } else {
        view! {
            <p class="note">{words.summary(&sum(&view.history, view.now))}</p>
            <div class="scroll" tabindex="0" role="region" aria-label=words.history()>
                <table class="season record">
                    <thead>
                        <tr>
                            <th scope="col">{words.day()}</th>
                            <th scope="col">{words.sign()}</th>
                            <th scope="col">{words.coming()}</th>
                            <th scope="col">{words.said()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    let dates = format!("/o/units/season#unit-{}", view.unit.id);
    view! {
        <section id="history">
            <h2>{words.history()}</h2>
            {body}
            <p><a href=dates>{Presences(lang).dates()}</a></p>
        </section>
    }
}

fn notes(lang: Lang, view: &View) -> impl IntoView + use<> {
    let words = Units(lang);
    let list = view
        .notes
        .iter()
        .map(|note| {
            let (drop, label) =
                (format!("{}/notes/drop", view.base()), format!("{} {}", words.drop(), note.words));
            let when = format!("{} · {}", view.moment(note.at), note.writer);
            view! {
                <li>
                    <p class="words">{note.words.clone()}</p>
                    <p class="note">{when}</p>
                    <form method="post" action=drop>
                        <input type="hidden" name="note" value=note.id.to_string()/>
                        <button type="submit" class="small" aria-label=label>{words.drop()}</button>
                    </form>
                </li>
            }
        })
        .collect_view();
    let (text, wrong) = view.forms.note.clone();
    let area = Area { name: "words", id: Some("note-words"), text, rows: 3, most: 500, ..Area::default() };
    view! {
        <section id="notes">
            <h2>{words.notes()}</h2>
            <p class="note">{words.notes_why()}</p>
            <ul class="lines">{list}</ul>
            <form method="post" action=format!("{}/notes", view.base()) class="unit-form">
                {complaint(wrong)}
                <label for="note-words">{words.note()}</label>
                {textarea(area)}
                <button type="submit">{words.add_note()}</button>
            </form>
        </section>
    }
}
