//! The organizations of the server and under whom they stand.

use kaishi_domain::OrgId;
use kaishi_domain::organization::Kind;
use leptos::prelude::*;

use super::complaint;
use crate::document::Page;
use crate::pages::frame::{Desk, Section, section};
use crate::words::operations::Operations;
use crate::words::people::{Platform, Street};

/// One organization.
#[derive(Clone, Debug)]
pub struct Line {
    /// Which.
    pub org: OrgId,
    /// Its name.
    pub name: String,
    /// Where it is.
    pub district: String,
    /// Its kind.
    pub kind: Kind,
    /// Under whom.
    pub above: Option<OrgId>,
    /// Somebody has an account there.
    pub has_account: bool,
    /// The set-up link that was just made for it.
    pub link: Option<String>,
}

/// What was typed for a new one.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// Name.
    pub name: String,
    /// Place.
    pub district: String,
    /// Code of the kind.
    pub kind: String,
    /// Under whom.
    pub above: String,
}

/// The page.
pub fn platform(desk: &Desk, lines: Vec<Line>, typed: Typed, wrong: Option<&'static str>) -> Page {
    let (words, street) = (Platform(desk.lang), Street(desk.lang));
    section(desk, Section::Platform, words.title(), || {
        let rows = lines.iter().map(|line| row(words, street, &lines, line)).collect_view();
        view! {
            <div class="people platform labelled">
                <div class="head"><h1>{words.title()}</h1><a class="aside" href="/o/operations">{Operations(desk.lang).title()}</a></div>
                <p class="note">{words.why()}</p>
                {complaint(wrong)}
                <table class="season units entries">
                    <thead><tr>
                        <th scope="col">{words.name()}</th>
                        <th scope="col">{words.kind()}</th>
                        <th scope="col">{words.above()}</th>
                        <th scope="col">{words.account()}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
                {found(words, street, &lines, typed)}
            </div>
        }
    })
}

/// Those under whom one of a kind may stand.
fn choices(lines: &[Line], below: &dyn Fn(Kind) -> bool, chosen: &str) -> impl IntoView + use<> {
    let options: Vec<_> = lines
        .iter()
        .filter(|line| below(line.kind))
        .map(|line| {
            let id = line.org.to_string();
            let is = id == chosen;
            view! { <option value=id selected=is>{line.name.clone()}</option> }
        })
        .collect();
    options.into_iter().collect_view()
}

fn row(words: Platform, street: Street, lines: &[Line], line: &Line) -> impl IntoView + use<> {
    let above = line.above.map(|org| org.to_string()).unwrap_or_default();
    let kind = line.kind;
    let may_stand = lines.iter().any(|other| other.kind.above(kind));
    let under = if may_stand {
        let label = format!("{} {}", line.name, words.above());
        view! {
            <form method="post" action=format!("/o/platform/{}/under", line.org) class="quiet choose">
                <select name="above" required aria-label=label>
                    <option value="">{words.nobody()}</option>
                    {choices(lines, &|other| other.above(kind), &above)}
                </select>
                <button type="submit" class="small">{words.put()}</button>
            </form>
        }
        .into_any()
    } else {
        view! { <span class="what">{words.nobody()}</span> }.into_any()
    };
    let account = match (&line.link, line.has_account) {
        (Some(address), _) => view! {
            <p class="note">{words.link_ready()}</p>
            <input type="text" readonly value=address.clone() aria-label=words.link_ready()/>
        }
        .into_any(),
        (None, true) => view! { <span class="chip open">{words.has_account()}</span> }.into_any(),
        (None, false) => view! {
            <form method="post" action=format!("/o/platform/{}/link", line.org) class="quiet">
                <button type="submit" class="small">{words.make_link()}</button>
            </form>
        }
        .into_any(),
    };
    view! {
        <tr>
            <th scope="row">{line.name.clone()}<span class="what">{line.district.clone()}</span></th>
            <td data-label=words.kind()>{street.kind(kind)}</td>
            <td data-label=words.above()>{under}</td>
            <td data-label=words.account()>{account}</td>
        </tr>
    }
}

fn found(words: Platform, street: Street, lines: &[Line], typed: Typed) -> impl IntoView + use<> {
    let kinds = Kind::ALL.map(|kind| {
        let is = typed.kind == kind.code() || (typed.kind.is_empty() && kind == Kind::Community);
        view! { <option value=kind.code() selected=is>{street.kind(kind)}</option> }
    });
    let above = choices(lines, &|_| true, &typed.above);
    view! {
        <section class="add">
            <h2>{words.found()}</h2>
            <form method="post" action="/o/platform" class="unit-form">
                <label for="name">{words.name()}</label>
                <input id="name" name="name" value=typed.name required maxlength="60"/>
                <label for="district">{words.district()}</label>
                <input id="district" name="district" value=typed.district required maxlength="60"/>
                <div class="pair">
                    <div><label for="kind">{words.kind()}</label><select id="kind" name="kind">{kinds.collect_view()}</select></div>
                    <div>
                        <label for="above">{words.above()}</label>
                        <select id="above" name="above"><option value="">{words.nobody()}</option>{above}</select>
                    </div>
                </div>
                <div class="verbs"><button type="submit" class="primary">{words.found_now()}</button></div>
            </form>
        </section>
    }
}
