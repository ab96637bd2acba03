//! The service catalogue on a unit's page.

use kaishi_domain::unit::{Audience, Service};
use leptos::prelude::*;

use super::one::View;
use super::{categories, complaint};
use crate::words::Lang;
use crate::words::unit::Units;

/// The list, each with a button to remove it, and a form for one more.
pub(super) fn catalogue(lang: Lang, view: &View) -> impl IntoView + use<> {
    let (words, typed) = (Units(lang), view.forms.service.clone());
    let drop = format!("{}/services/drop", view.base());
    let list = view
        .unit
        .services
        .iter()
        .map(|service| line(lang, view.may_change.then_some(&drop), service))
        .collect_view();
    let none = view.unit.services.is_empty().then(|| view! { <p class="note">{words.no_services()}</p> });
    let audiences = Audience::ALL
        .iter()
        .map(|audience| {
            let on = typed.audiences.iter().any(|code| code == audience.code());
            view! {
                <label class="check"><input type="checkbox" name="audience" value=audience.code() checked=on/>{words.audience_name(*audience)}</label>
            }
        })
        .collect_view();
    view! {
        <section id="services">
            <h2>{words.catalogue()}</h2>
            {none}
            <ul class="lines">{list}</ul>
            {view.may_change.then(|| view! {
                <form method="post" action=format!("{}/services", view.base()) class="unit-form">
                    {complaint(typed.wrong)}
                    <div class="pair">
                        <div><label for="service-name">{words.service()}</label><input id="service-name" name="name" value=typed.name required maxlength="40" autocomplete="off" aria-describedby="service-why"/></div>
                        <div><label for="service-category">{words.category()}</label><select id="service-category" name="category"><option value="">{words.guess()}</option>{categories(lang, &typed.category)}</select></div>
                    </div>
                    <p class="note" id="service-why">{words.same_service()}</p>
                    <fieldset><legend>{words.audiences()}</legend><div class="checks">{audiences}</div></fieldset>
                    <label class="check"><input type="checkbox" name="off_hours" value="1" checked=typed.off_hours/>{words.off_hours_offered()}</label>
                    <button type="submit">{words.add_service()}</button>
                </form>
            })}
        </section>
    }
}

fn line(lang: Lang, drop: Option<&String>, service: &Service) -> impl IntoView + use<> {
    let words = Units(lang);
    let audience = if service.audiences.is_empty() {
        words.everyone().to_owned()
    } else {
        let names: Vec<_> = service.audiences.iter().map(|one| words.audience_name(*one)).collect();
        names.join(lang.pick("、", ", "))
    };
    let late = service.off_hours.then(|| view! { " "<span class="chip">{words.off_hours()}</span> });
    let label = format!("{} {}", words.drop(), service.name);
    let (name, drop) = (service.name.clone(), drop.cloned());
    view! {
        <li>
            <p class="words">{name.clone()}" "<span class="chip">{words.category_name(service.category)}</span>{late}</p>
            <p class="note">{audience}</p>
            {drop.map(|drop| view! {
                <form method="post" action=drop>
                    <input type="hidden" name="name" value=name/>
                    <button type="submit" class="small" aria-label=label>{words.drop()}</button>
                </form>
            })}
        </li>
    }
}
