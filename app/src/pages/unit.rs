//! The register of partner units: a list with a form to add one, and a page to correct one. No script.

use kaishi_domain::unit::{Unit, UnitKind};
use leptos::prelude::*;

use crate::document::Page;
use crate::pages::frame::{Desk, Section, section};
use crate::words::Lang;
use crate::words::board::Units;

/// What somebody typed into the form, shown again when it was not right.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// Name.
    pub name: String,
    /// Code of the kind.
    pub kind: String,
    /// Role to ask for.
    pub contact_role: String,
    /// Services, parted by 、.
    pub services: String,
    /// What is wrong.
    pub wrong: Option<&'static str>,
}

impl Typed {
    /// A unit as it stands in the form.
    pub fn of(unit: &Unit) -> Self {
        Self {
            name: unit.name.clone(),
            kind: unit.kind.code().to_owned(),
            contact_role: unit.contact_role.clone(),
            services: unit.services.join("、"),
            wrong: None,
        }
    }
}

/// What a kind is called.
pub const fn kind_name(lang: Lang, kind: UnitKind) -> &'static str {
    let words = Units(lang);
    match kind {
        UnitKind::Office => words.office(),
        UnitKind::Company => words.company(),
        UnitKind::NewOrganization => words.new_organization(),
        UnitKind::Branch => words.branch(),
        UnitKind::Association => words.association(),
        UnitKind::Volunteers => words.volunteers(),
        UnitKind::Merchant => words.merchant(),
    }
}

/// The register, with a form below for those who may add.
pub fn register(desk: &Desk, units: Vec<Unit>, typed: Typed) -> Page {
    let (lang, may_change) = (desk.lang, desk.may_change);
    section(desk, Section::Units, Units(lang).title(), move || {
        let words = Units(lang);
        let none = units.is_empty().then(|| view! { <p class="note">{words.none()}</p> });
        let count = units.len();
        let rows = units.into_iter().map(|unit| row(lang, may_change, unit)).collect_view();
        let table = (count > 0).then(|| {
            view! {
                <table class="season units">
                    <thead>
                        <tr>
                            <th scope="col">{words.name()}</th>
                            <th scope="col">{words.kind()}</th>
                            <th scope="col">{words.contact()}</th>
                            <th scope="col">{words.services()}</th>
                            {may_change.then(|| view! { <th scope="col"><span class="hidden">{words.edit()}</span></th> })}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            }
        });
        view! {
            <div class="head"><h1>{words.title()}</h1><span class="chip">{count}</span></div>
            {none}
            {table}
            {may_change.then(|| view! {
                <section class="add">
                    <h2>{words.add()}</h2>
                    {form(lang, "/o/units".to_owned(), typed, words.add())}
                </section>
            })}
        }
    })
}

fn row(lang: Lang, may_change: bool, unit: Unit) -> impl IntoView {
    let href = format!("/o/units/{}", unit.id);
    let services = unit.services.into_iter().map(|service| view! { <li>{service}</li> }).collect_view();
    let label = format!("{} {}", Units(lang).edit(), unit.name);
    view! {
        <tr>
            <th scope="row">{unit.name}</th>
            <td><span class="chip">{kind_name(lang, unit.kind)}</span></td>
            <td>{unit.contact_role}</td>
            <td><ul class="services">{services}</ul></td>
            {may_change.then(|| view! { <td class="edit"><a href=href aria-label=label>{Units(lang).edit()}</a></td> })}
        </tr>
    }
}

/// The page on which one unit is corrected.
pub fn edit(desk: &Desk, unit: &Unit, typed: Typed) -> Page {
    let lang = desk.lang;
    let (name, action) = (unit.name.clone(), format!("/o/units/{}", unit.id));
    section(desk, Section::Units, &unit.name, move || {
        let words = Units(lang);
        view! {
            <p><a href="/o/units">{words.back()}</a></p>
            <div class="head"><h1>{name}</h1></div>
            {form(lang, action, typed, words.save())}
        }
    })
}

fn form(lang: Lang, action: String, typed: Typed, submit: &'static str) -> impl IntoView {
    let words = Units(lang);
    let chosen = if typed.kind.is_empty() { UnitKind::Branch.code().to_owned() } else { typed.kind };
    let kinds = UnitKind::ALL
        .into_iter()
        .map(|kind| {
            let selected = kind.code() == chosen;
            view! { <option value=kind.code() selected=selected>{kind_name(lang, kind)}</option> }
        })
        .collect_view();
    let wrong = typed.wrong.map(|text| view! { <p class="complaint" role="alert">{text}</p> });
    view! {
        <form method="post" action=action class="unit-form">
            {wrong}
            <label for="unit-name">{words.name()}</label>
            <input id="unit-name" name="name" value=typed.name required maxlength="60" autocomplete="off"/>
            <label for="unit-kind">{words.kind()}</label>
            <select id="unit-kind" name="kind">{kinds}</select>
            <label for="unit-contact">{words.contact()}</label>
            <input id="unit-contact" name="contact_role" value=typed.contact_role required maxlength="30" autocomplete="off" aria-describedby="unit-contact-why"/>
            <p class="note" id="unit-contact-why">{words.contact_why()}</p>
            <label for="unit-services">{words.services()}</label>
            <input id="unit-services" name="services" value=typed.services maxlength="900" autocomplete="off" aria-describedby="unit-services-why"/>
            <p class="note" id="unit-services-why">{words.services_why()}</p>
            <button type="submit" class="primary">{submit}</button>
        </form>
    }
}
