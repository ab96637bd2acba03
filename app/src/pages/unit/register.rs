//! The register: a search, the list, and a form to add a unit.

use kaishi_domain::moment::Day;
use kaishi_domain::unit::credential::{Fault, ending};
use kaishi_domain::unit::{Standing, Unit, UnitKind, gate};
use leptos::prelude::*;

use super::{Typed, complaint, kinds, option};
use crate::document::Page;
use crate::pages::frame::{Desk, Section, section};
use crate::words::Lang;
use crate::words::season::Presences;
use crate::words::unit::Units;
use crate::words::vetting::{Archiving, Vetting};

/// What somebody looks for; empty texts look for nothing.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Written or as it sounds.
    pub query: String,
    /// Code of a kind.
    pub kind: String,
    /// Code of a standing.
    pub standing: String,
    /// Only those with papers that end soon.
    pub ending: bool,
    /// Those that are put aside, instead of the others.
    pub archived: bool,
}

impl Filter {
    /// Whether it looks for nothing.
    pub const fn is_empty(&self) -> bool {
        let texts = self.query.is_empty() && self.kind.is_empty() && self.standing.is_empty();
        texts && !self.ending && !self.archived
    }

    /// Whether it lets a unit through.
    pub fn keeps(&self, unit: &Unit, today: Day) -> bool {
        unit.is_archived() == self.archived
            && (self.kind.is_empty() || unit.kind.code() == self.kind)
            && (self.standing.is_empty() || unit.standing.code() == self.standing)
            && (!self.ending || !ending(unit, today).is_empty())
            && unit.is_found(&self.query)
    }
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct Register {
    /// Those that were found.
    pub units: Vec<Unit>,
    /// How many there are.
    pub all: usize,
    /// What was looked for.
    pub filter: Filter,
    /// The day on which papers are judged.
    pub today: Day,
    /// The form.
    pub typed: Typed,
}

/// The register, with a form below for those who may add.
pub fn register(desk: &Desk, shown: Register) -> Page {
    let (lang, may_change, reads) = (desk.lang, desk.may_change, desk.reads_rows);
    section(desk, Section::Units, Units(lang).title(), move || {
        let words = Units(lang);
        let Register { units, all, filter, today, typed } = shown;
        let none = units.is_empty().then(|| {
            let text = if all == 0 && filter.is_empty() { words.none() } else { words.none_found() };
            view! { <p class="note" role="status">{text}</p> }
        });
        let count = if units.len() == all { all.to_string() } else { format!("{} / {all}", units.len()) };
        let table = (!units.is_empty()).then(|| table(lang, may_change, today, units));
        view! {
            <div class="head register-head">
                <h1>{words.title()}</h1>
                <span class="chip">{count}</span>
                {reads.then(|| doors(words, Presences(lang), may_change))}
            </div>
            {(all > 0 || !filter.is_empty()).then(|| search(lang, &filter))}
            {none}
            {table}
            {may_change.then(|| view! {
                <section class="add">
                    <h2>{words.add()}</h2>
                    {form(lang, typed)}
                </section>
            })}
        }
    })
}

fn doors(words: Units, presences: Presences, may_change: bool) -> impl IntoView {
    view! {
        <p class="doors">
            <a class="button" href="/o/units/season">{presences.title()}</a>
            {may_change.then(|| view! { <a class="button" href="/o/units/import">{words.import()}</a> })}
            <a class="button" href="/o/units/export.csv" download>{words.export_csv()}</a>
            <a class="button" href="/o/units/export.xlsx" download>{words.export_xlsx()}</a>
        </p>
    }
}

fn search(lang: Lang, filter: &Filter) -> impl IntoView + use<> {
    let words = Units(lang);
    let vetting = Vetting(lang);
    let kinds = UnitKind::ALL
        .into_iter()
        .map(|kind| option(kind.code(), words.kind_name(kind), &filter.kind))
        .collect_view();
    let standings = Standing::CODES
        .into_iter()
        .map(|code| option(code, vetting.standing_code(code), &filter.standing))
        .collect_view();
    let clear = (!filter.is_empty()).then(|| view! { <a class="button" href="/o/units">{words.clear()}</a> });
    let (query, ending, archived) = (filter.query.clone(), filter.ending, filter.archived);
    view! {
        <form method="get" action="/o/units" class="finder" role="search">
            <div class="wide"><label for="find-q">{words.search()}</label><input id="find-q" name="q" type="search" value=query maxlength="60" autocomplete="off" aria-describedby="find-why"/></div>
            <div><label for="find-kind">{words.kind()}</label><select id="find-kind" name="kind"><option value="">{words.any()}</option>{kinds}</select></div>
            <div><label for="find-standing">{words.standing()}</label><select id="find-standing" name="standing"><option value="">{words.any()}</option>{standings}</select></div>
            <label class="check"><input type="checkbox" name="ending" value="1" checked=ending/>{words.ending()}</label>
            <label class="check"><input type="checkbox" name="archived" value="1" checked=archived/>{Archiving(lang).show()}</label>
            <div class="verbs"><button type="submit">{words.find()}</button>{clear}</div>
            <p class="note" id="find-why">{words.search_why()}</p>
        </form>
    }
}

fn table(lang: Lang, may_change: bool, today: Day, units: Vec<Unit>) -> impl IntoView {
    let words = Units(lang);
    let rows = units.into_iter().map(|unit| row(lang, may_change, today, unit)).collect_view();
    view! {
        <table class="season units">
            <thead>
                <tr>
                    <th scope="col">{words.name()}</th>
                    <th scope="col">{words.kind()}</th>
                    <th scope="col">{words.contact()}</th>
                    <th scope="col">{words.services()}</th>
                    <th scope="col">{words.state()}</th>
                    {may_change.then(|| view! { <th scope="col"><span class="hidden">{words.edit()}</span></th> })}
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn row(lang: Lang, may_change: bool, today: Day, unit: Unit) -> impl IntoView {
    let words = Units(lang);
    let href = format!("/o/units/{}", unit.id);
    let label = format!("{} {}", words.edit(), unit.name);
    // Whoever may only read opens the page by its name.
    let name = unit.name.clone();
    let name =
        if may_change { name.into_any() } else { view! { <a href=href.clone()>{name}</a> }.into_any() };
    let standing = Vetting(lang).standing(&unit.standing);
    let class = format!("chip vetting-{}", unit.standing.code());
    let ends = ending(&unit, today)
        .into_iter()
        .map(|paper| view! { <p class="warn">{words.ends(paper, today)}</p> })
        .collect_view();
    let offered: Vec<String> = unit.services.iter().map(|service| service.name.clone()).collect();
    let lacks = gate(&unit, &offered, today)
        .into_iter()
        .filter(|lack| lack.fault == Fault::Missing)
        .map(|lack| view! { <p class="warn">{words.lacking(lack.kind)}</p> })
        .collect_view();
    let services = unit
        .services
        .into_iter()
        .map(|service| {
            let category = words.category_name(service.category);
            let late = service.off_hours.then(|| view! { " "<span class="chip">{words.off_hours()}</span> });
            view! { <li>{service.name}<span class="hidden">{format!("（{category}）")}</span>{late}</li> }
        })
        .collect_view();
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td><span class="chip">{words.kind_name(unit.kind)}</span></td>
            <td>{unit.contact_role}</td>
            <td><ul class="services">{services}</ul></td>
            <td><span class=class>{standing}</span>{ends}{lacks}</td>
            {may_change.then(|| view! { <td class="edit"><a href=href aria-label=label>{words.edit()}</a></td> })}
        </tr>
    }
}

fn form(lang: Lang, typed: Typed) -> impl IntoView {
    let words = Units(lang);
    let chosen = if typed.kind.is_empty() { UnitKind::Branch.code().to_owned() } else { typed.kind };
    view! {
        <form method="post" action="/o/units" class="unit-form">
            {complaint(typed.wrong)}
            <label for="unit-name">{words.name()}</label>
            <input id="unit-name" name="name" value=typed.name required maxlength="60" autocomplete="off"/>
            <label for="unit-kind">{words.kind()}</label>
            <select id="unit-kind" name="kind">{kinds(lang, &chosen)}</select>
            <label for="unit-contact">{words.contact()}</label>
            <input id="unit-contact" name="contact_role" value=typed.contact_role required maxlength="30" autocomplete="off" aria-describedby="unit-contact-why"/>
            <p class="note" id="unit-contact-why">{words.contact_why()}</p>
            <label for="unit-services">{words.services()}</label>
            <input id="unit-services" name="services" value=typed.services maxlength="900" autocomplete="off" aria-describedby="unit-services-why"/>
            <p class="note" id="unit-services-why">{words.services_why()}</p>
            <button type="submit" class="primary">{words.add()}</button>
        </form>
    }
}
