//! The page of a cell's head behind its link: one large question a point, a remark, and the signature.

use kaishi_domain::cell::{Answer, Point};
use leptos::prelude::*;

use crate::document::{Page, document};
use crate::pages::staff;
use crate::parts::{Area, textarea};
use crate::state::Site;
use crate::words::Lang;
use crate::words::cell::{Cells, Check as Words};
use crate::words::common::Common;

use super::emergency::{Places, card};

/// The last signature.
#[derive(Clone, Debug)]
pub struct Signed {
    /// `9:12`
    pub at: String,
    /// Whether something was not in order.
    pub hazards: bool,
    /// Whether it covers every stall that is here now.
    pub covers: bool,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// Language.
    pub lang: Lang,
    /// `福中社区 党员服务市集`
    pub title: String,
    /// `第1邻`
    pub name: String,
    /// Where the form goes.
    pub action: String,
    /// `物业、消防`; empty for none yet.
    pub partners: String,
    /// `1号 书记有约`
    pub stalls: Vec<String>,
    /// The last signature.
    pub signed: Option<Signed>,
    /// What was chosen already.
    pub chosen: Vec<(Point, Answer)>,
    /// The remark so far.
    pub remark: String,
    /// The role so far.
    pub signer: String,
    /// Why it was not signed.
    pub complaint: Option<&'static str>,
    /// Whom to call and where to go.
    pub places: Places,
}

/// The page.
pub fn head(site: &Site, view: View) -> Page {
    let words = Words(view.lang);
    let title = format!("{} · {}", words.title(), view.name);
    document(site, &staff::head(view.lang, title, None, "staff guest answer head"), || {
        let lang = view.lang;
        let stalls = view.stalls.iter().cloned().map(|stall| view! { <li>{stall}</li> }).collect_view();
        let none = view.stalls.is_empty().then(|| view! { <p class="note">{words.empty()}</p> });
        let partners = (!view.partners.is_empty()).then(|| {
            view! { <p><b>{Cells(lang).partners()}</b>" "{view.partners.clone()}</p> }
        });
        let complaint =
            view.complaint.map(|text| view! { <p class="wrong" role="alert" id="wrong">{text}</p> });
        let signed = view.signed.clone().map(|signed| {
            let (text, class) = match signed {
                Signed { covers: false, .. } => (Cells(lang).stale(), "arrival"),
                Signed { hazards: true, .. } => (words.hazard(), "arrival"),
                Signed { .. } => ("", "arrival here"),
            };
            view! { <p class=class role="status">{format!("{} {} {text}", words.done(), signed.at)}</p> }
        });
        let again = view.signed.is_some();
        let points = Point::ALL.iter().map(|point| question(words, *point, &view.chosen)).collect_view();
        view! {
            <main>
                <p class="brand"><span class="seal" aria-hidden="true">{Common(lang).seal()}</span>{view.title}</p>
                <h1>{view.name}" "{words.title()}</h1>
                {signed}
                <p>{words.head()}</p>
                {partners}
                <h2>{words.stalls()}</h2>
                {none}
                <ul class="own">{stalls}</ul>
                <form method="post" action=view.action class="pitch">
                    {complaint}
                    {points}
                    <label for="remark">{words.remark()}</label>
                    {textarea(Area { name: "remark", id: Some("remark"), text: view.remark, rows: 3, most: 200, hint: words.remark_hint(), wrong: None })}
                    <label for="signer">{words.signer()}</label>
                    <input id="signer" name="signer" value=view.signer maxlength="20" autocomplete="off"/>
                    <button type="submit" class="big">{if again { words.sign_again() } else { words.sign() }}</button>
                </form>
                {card(lang, words.emergency(), &view.places)}
            </main>
        }
    })
}

fn question(words: Words, point: Point, chosen: &[(Point, Answer)]) -> impl IntoView + use<> {
    let chosen = chosen.iter().find(|(known, _)| *known == point).map(|(_, answer)| *answer);
    let choice = move |answer: Answer, value: &'static str, name: &'static str| {
        view! {
            <label><input type="radio" name=point.code() value=value required checked={chosen == Some(answer)}/>{name}</label>
        }
    };
    view! {
        <fieldset class="point">
            <legend>{words.point(point)}</legend>
            {choice(Answer::Met, "met", words.met())}
            {choice(Answer::Unmet, "unmet", words.unmet())}
        </fieldset>
    }
}
