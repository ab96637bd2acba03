//! The register of partner units and the page of each. Plain forms, no script.

mod archive;
pub mod import;
pub mod one;
mod papers;
pub mod register;
pub mod season;
mod services;
mod ties;
mod vetting;

use kaishi_domain::unit::{Category, Unit};
use leptos::prelude::*;

use crate::words::Lang;
use crate::words::unit::Units;

/// What somebody typed into the form, shown again when it was not right.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// Name.
    pub name: String,
    /// Code of the kind.
    pub kind: String,
    /// Role to ask for.
    pub contact_role: String,
    /// Services, parted by 、; only where a unit is new.
    pub services: String,
    /// 亮身份
    pub identity: String,
    /// 亮职责
    pub duty: String,
    /// 亮承诺
    pub pledge: String,
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
            services: String::new(),
            identity: unit.card.identity.clone(),
            duty: unit.card.duty.clone(),
            pledge: unit.card.pledge.clone(),
            wrong: None,
        }
    }
}

/// An option of a list of choices.
fn option(value: &'static str, name: &'static str, chosen: &str) -> impl IntoView + use<> {
    let selected = value == chosen;
    view! { <option value=value selected=selected>{name}</option> }
}

/// The kinds of unit to choose from.
fn kinds(lang: Lang, chosen: &str) -> impl IntoView + use<> {
    use kaishi_domain::unit::UnitKind;
    let words = Units(lang);
    UnitKind::ALL.into_iter().map(|kind| option(kind.code(), words.kind_name(kind), chosen)).collect_view()
}

/// The categories to choose from.
fn categories(lang: Lang, chosen: &str) -> impl IntoView + use<> {
    let words = Units(lang);
    Category::ALL.iter().map(|one| option(one.code(), words.category_name(*one), chosen)).collect_view()
}

/// A sentence that says what is wrong with a form.
fn complaint(text: Option<&'static str>) -> impl IntoView + use<> {
    text.map(|text| view! { <p class="complaint" role="alert">{text}</p> })
}
