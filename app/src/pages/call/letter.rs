//! What an organizer writes of the call: the wants, the letter, the links that go round.

use kaishi_domain::call::Policy;
use leptos::prelude::*;

use super::desk::{Link, View};
use super::want_line;
use crate::parts::{Area, textarea};
use crate::words::Lang;
use crate::words::call::Call as Words;
use crate::words::entry::Roster;

pub(super) fn wants(lang: Lang, may_change: bool, view: &View) -> impl IntoView + use<> {
    let (words, base) = (Words(lang), view.base());
    let list = view
        .wants
        .iter()
        .map(|want| {
            let label = format!("{} {}", words.remove(), want.title);
            let remove = (may_change && want.taken == 0).then(|| {
                view! {
                    <form method="post" action=format!("{base}/want/{}", want.id)>
                        <button type="submit" class="small" aria-label=label>{words.remove()}</button>
                    </form>
                }
            });
            view! { <li>{want_line(lang, want, view.zone(&want.zone))}{remove}</li> }
        })
        .collect_view();
    let none = view.wants.is_empty().then(|| view! { <p class="note">{words.no_wants()}</p> });
    let form = may_change.then(|| want_form(lang, base.clone(), view));
    view! { <section><h2>{words.wants()}</h2>{none}<ul class="wants">{list}</ul>{form}</section> }
}

fn want_form(lang: Lang, base: String, view: &View) -> impl IntoView + use<> {
    let (words, typed) = (Words(lang), view.wanted.clone());
    let wrong = typed.wrong.map(|text| view! { <p class="complaint" role="alert">{text}</p> });
    let zones = view
        .zones
        .iter()
        .map(|zone| {
            let chosen = zone.letter == typed.zone;
            view! { <option value=zone.letter.clone() selected=chosen>{format!("{} {}", zone.letter, zone.name)}</option> }
        })
        .collect_view();
    let seats = if typed.seats.is_empty() { "1".to_owned() } else { typed.seats };
    view! {
        <form method="post" action=format!("{base}/want") class="unit-form want-form">
            {wrong}
            <div class="pair">
                <div><label for="want-title">{words.want_title()}</label><input id="want-title" name="title" value=typed.title required maxlength="40" autocomplete="off"/></div>
                <div><label for="want-seats">{words.seats()}</label><input id="want-seats" name="seats" value=seats inputmode="numeric" maxlength="2" autocomplete="off"/></div>
                <div><label for="want-zone">{Roster(lang).zone()}</label><select id="want-zone" name="zone"><option value="">{Roster(lang).zone_any()}</option>{zones}</select></div>
            </div>
            <label for="want-detail">{words.detail()}</label>
            <input id="want-detail" name="detail" value=typed.detail maxlength="300" autocomplete="off"/>
            <button type="submit">{words.want_add()}</button>
        </form>
    }
}

pub(super) fn letter(words: Words, view: &View) -> impl IntoView + use<> {
    let typed = view.letter.clone();
    let wrong = typed.wrong.map(|text| view! { <p class="complaint" role="alert">{text}</p> });
    let policies = Policy::ALL.map(|policy| {
        let chosen = policy.code() == typed.policy;
        view! { <option value=policy.code() selected=chosen>{words.policy_name(policy)}</option> }
    });
    view! {
        <section class="add" id="letter">
            <h2>{words.letter()}</h2>
            <form method="post" action=view.base() class="unit-form">
                {wrong}
                <label for="call-intro">{words.intro()}</label>
                {textarea(Area { name: "intro", id: Some("call-intro"), text: typed.intro, rows: 3, most: 600, hint: words.intro_hint(), wrong: None })}
                <label for="call-rules">{words.rules()}</label>
                {textarea(Area { name: "rules", id: Some("call-rules"), text: typed.rules, rows: 4, most: 2_000, hint: words.rules_hint(), wrong: None })}
                <div class="pair">
                    <div><label for="call-deadline">{words.deadline()}</label><input id="call-deadline" type="datetime-local" name="deadline" value=typed.deadline required/></div>
                    <div><label for="call-policy">{words.policy()}</label><select id="call-policy" name="policy">{policies.into_iter().collect_view()}</select></div>
                </div>
                <label class="check"><input type="checkbox" name="listed" value="yes" checked=typed.listed/>{words.list_it()}</label>
                <button type="submit" class="primary">{words.save()}</button>
            </form>
        </section>
    }
}

pub(super) fn links(words: Words, view: &View) -> impl IntoView + use<> {
    let list = view
        .links
        .iter()
        .map(|Link { unit, address, code: (side, dark) }| {
            let label = format!("{} {unit}", words.code());
            view! {
                <li>
                    <strong>{unit.clone()}</strong><a href=address.clone()>{address.clone()}</a>
                    <details>
                        <summary aria-label=label.clone()>{words.code()}</summary>
                        <svg class="code" role="img" aria-label=label viewBox=format!("0 0 {side} {side}") width="180" height="180">
                            <rect width="100%" height="100%" fill="#fff"/>
                            <path d=dark.clone() fill="#000"/>
                        </svg>
                    </details>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="add">
            <h2>{words.links()}</h2>
            <p class="note">{words.links_why()}</p>
            <form method="post" action=format!("{}/links", view.base())><button type="submit">{words.links_make()}</button></form>
            <ul class="links">{list}</ul>
        </section>
    }
}
