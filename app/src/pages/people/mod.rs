//! Who works here and as what.

pub mod operations;
pub mod outside;
pub mod own;
pub mod platform;
pub mod second;
pub mod street;
pub mod trail;

use kaishi_domain::actor::{Role, Roles};
use kaishi_domain::{AccountId, LinkId};
use leptos::prelude::*;

use self::outside::Outside;
use crate::document::Page;
use crate::pages::frame::{Desk, Section, section};
use crate::words::operations::Operations;
use crate::words::outside::Outside as OutsideWords;
use crate::words::people::{Entrance, People, Second};

/// One person.
#[derive(Clone, Debug)]
pub struct Line {
    /// Which account.
    pub id: AccountId,
    /// The name typed at login.
    pub login: String,
    /// What it may do.
    pub roles: Roles,
    /// `5月13日 10:42`
    pub since: String,
    /// Since when no more.
    pub left: Option<String>,
    /// The account is kept by another organization.
    pub elsewhere: bool,
    /// Whoever looks.
    pub yourself: bool,
    /// Has a second factor that an admin here can take away.
    pub second: bool,
    /// Who it is to the provider of this server, where there is one and the account is kept here.
    pub outside: Option<Outside>,
}

/// An invitation that is open.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// Its link.
    pub link: LinkId,
    /// The whole address.
    pub address: String,
    /// `组织者、管理员`
    pub for_what: String,
    /// `5月16日 10:42`
    pub until: String,
}

fn complaint(text: Option<&'static str>) -> impl IntoView + use<> {
    text.map(|text| view! { <p class="complaint" role="alert">{text}</p> })
}

/// Everybody, and the invitations that are open.
pub fn people(
    desk: &Desk,
    may_change: bool,
    lines: Vec<Line>,
    open: Vec<Invitation>,
    wrong: Option<&'static str>,
) -> Page {
    let (words, names) = (People(desk.lang), Entrance(desk.lang));
    section(desk, Section::People, words.title(), || {
        let rows = lines.into_iter().map(|line| row(words, names, line)).collect_view();
        let invite = may_change.then(|| {
            view! {
                <section class="add">
                    <h2>{words.invite()}</h2>
                    <p class="note">{words.invite_why()}</p>
                    {complaint(wrong)}
                    <form method="post" action="/o/people/invite" class="unit-form roles">
                        {ticks(names, Roles::default())}
                        <div class="verbs"><button type="submit" class="primary">{words.make_link()}</button></div>
                    </form>
                    {links(words, open)}
                </section>
            }
        });
        view! {
            <div class="labelled people">
                <div class="head"><h1>{words.title()}</h1><a class="aside" href="/o/audit">{words.trail()}</a><a class="aside" href="/o/operations">{Operations(desk.lang).title()}</a></div>
                <p class="note">{words.why()}</p>
                <table class="season units entries">
                    <thead><tr>
                        <th scope="col">{words.login()}</th>
                        <th scope="col">{words.roles()}</th>
                        <th scope="col">{words.since()}</th>
                        <th scope="col">{words.state()}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
                {invite}
            </div>
        }
    })
}

fn row(words: People, names: Entrance, line: Line) -> impl IntoView {
    let href = format!("/o/people/{}", line.id);
    let note = if line.yourself { Some(words.yourself()) } else { line.elsewhere.then(|| words.elsewhere()) };
    let note = note.map(|note| view! { <span class="what">{note}</span> });
    let state = match line.left {
        None => view! { <span class="chip open">{words.active()}</span> }.into_any(),
        Some(at) => {
            view! { <span class="chip">{words.left()}</span> <span class="what">{at}</span> }.into_any()
        }
    };
    view! {
        <tr>
            <th scope="row"><a href=href>{line.login}</a>{note}</th>
            <td data-label=words.roles()>{names.list(line.roles)}</td>
            <td data-label=words.since()>{line.since}</td>
            <td data-label=words.state()>{state}</td>
        </tr>
    }
}

/// A box for each role that an admin gives.
fn ticks(names: Entrance, given: Roles) -> impl IntoView {
    let tick = move |role: Role| {
        view! {
            <label class="check">
                <input type="checkbox" name="role" value=role.code() checked=given.holds(role)/>
                <span>{names.role(role)}<span class="what">{names.role_why(role)}</span></span>
            </label>
        }
    };
    Role::GIVEN.into_iter().map(tick).collect_view()
}

fn links(words: People, open: Vec<Invitation>) -> impl IntoView {
    (!open.is_empty()).then(|| {
        let rows = open.into_iter().map(|one| {
            let action = format!("/o/people/invite/{}/revoke", one.link);
            let label = format!("{} {}", words.link(), one.for_what);
            view! {
                <li>
                    <p><strong>{one.for_what}</strong>" "<span class="note">{words.until()}" "{one.until}</span></p>
                    <input type="text" readonly value=one.address aria-label=label/>
                    <form method="post" action=action class="quiet"><button type="submit" class="small">{words.revoke()}</button></form>
                </li>
            }
        });
        view! { <h3 id="links">{words.open_links()}</h3> <ul class="open-links">{rows.collect_view()}</ul> }
    })
}

/// One person and what an admin may do about it.
pub fn one(desk: &Desk, may_change: bool, line: Line, wrong: Option<&'static str>) -> Page {
    let (words, names) = (People(desk.lang), Entrance(desk.lang));
    section(desk, Section::People, words.title(), || {
        let at = format!("/o/people/{}", line.id);
        let verbs = may_change.then(|| verbs(words, names, &at, &line));
        let state = match line.left.clone() {
            None => view! { <span class="chip open">{words.active()}</span> }.into_any(),
            Some(at) => view! { <span class="chip">{words.left()}" "{at}</span> }.into_any(),
        };
        view! {
            <div class="people">
                <p><a href="/o/people">{words.back()}</a></p>
                <div class="head"><h1>{line.login.clone()}</h1>{state}</div>
                <p class="note">{words.since()}" "{line.since.clone()}" · "{names.list(line.roles)}</p>
                {complaint(wrong)}
                {verbs}
            </div>
        }
    })
}

fn verbs(words: People, names: Entrance, at: &str, line: &Line) -> impl IntoView + use<> {
    if line.left.is_some() {
        return view! {
            <form method="post" action=format!("{at}/return") class="unit-form">
                <button type="submit">{words.come_back()}</button>
            </form>
        }
        .into_any();
    }
    let password = (!line.elsewhere).then(|| {
        view! {
            <section class="add">
                <h2>{words.new_password()}</h2>
                <p class="note">{words.new_password_why()}</p>
                <form method="post" action=format!("{at}/password") class="unit-form">
                    <button type="submit">{words.make_link()}</button>
                </form>
            </section>
        }
    });
    let factor = Second(names.0);
    let second = line.second.then(|| {
        view! {
            <section class="add">
                <h2>{factor.reset()}</h2>
                <p class="note">{factor.reset_why()}</p>
                <form method="post" action=format!("{at}/second") class="unit-form">
                    <button type="submit">{factor.reset()}</button>
                </form>
            </section>
        }
    });
    let outside = line.outside.clone().map(|outside| outside::of_person(OutsideWords(names.0), at, outside));
    view! {
        <section class="add">
            <h2>{words.change_roles()}</h2>
            <form method="post" action=format!("{at}/roles") class="unit-form roles">
                {ticks(names, line.roles)}
                <div class="verbs"><button type="submit">{words.save_roles()}</button></div>
            </form>
        </section>
        {password}
        {second}
        {outside}
        <section class="add">
            <h2>{words.leave()}</h2>
            <p class="note">{words.leave_why()}</p>
            <form method="post" action=format!("{at}/leave") class="unit-form">
                <button type="submit">{words.leave()}</button>
            </form>
        </section>
    }
    .into_any()
}
