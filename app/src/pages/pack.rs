//! The print pack: which parts, on which paper, for which stalls. One form that asks for one PDF.

use kaishi_domain::MarketRef;
use leptos::prelude::*;

use crate::document::Page;
use crate::pages::frame::{Desk, Rail, Step, step};
use crate::pages::rain::Print;
use crate::parts::{Icon, icon};
use crate::words::Lang;
use crate::words::common::Common;
use crate::words::pack::Pack as Words;
use crate::words::rain::Rain;

/// A part of the pack.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// What is in it, and the posters to check.
    Cover,
    /// One a stall.
    Posters,
    /// Every stall in large print.
    List,
    /// The map, A3.
    Map,
    /// Table signs to fold.
    Signs,
    /// Signs for where stalls stood before the rain.
    Places,
    /// Tally sheets.
    Tally,
    /// Two-part slips of each stall.
    Slips,
    /// Two-part slips with printed codes.
    Codes,
}

impl Part {
    /// All of them, in the order of the pack.
    pub const ALL: [Self; 9] = [
        Self::Cover,
        Self::Posters,
        Self::List,
        Self::Map,
        Self::Signs,
        Self::Places,
        Self::Tally,
        Self::Slips,
        Self::Codes,
    ];

    /// The name of its field.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Cover => "cover",
            Self::Posters => "posters",
            Self::List => "list",
            Self::Map => "map",
            Self::Signs => "signs",
            Self::Places => "places",
            Self::Tally => "tally",
            Self::Slips => "slips",
            Self::Codes => "codes",
        }
    }

    /// What people call it.
    pub const fn name(self, lang: Lang) -> &'static str {
        let words = Words(lang);
        match self {
            Self::Cover => words.cover(),
            Self::Posters => words.posters(),
            Self::List => words.list(),
            Self::Map => words.map(),
            Self::Signs => words.signs(),
            Self::Places => words.places(),
            Self::Tally => words.tally(),
            Self::Slips => words.slips(),
            Self::Codes => words.codes(),
        }
    }
}

/// The form as it was filled in.
#[derive(Clone, Debug)]
pub struct Filled {
    /// The ticked parts.
    pub parts: Vec<Part>,
    /// A5 instead of A4.
    pub small: bool,
    /// `all`, `changed` or `some`.
    pub which: String,
    /// Numbers as they were typed.
    pub stalls: String,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// The form.
    pub filled: Filled,
    /// Why nothing was made.
    pub complaint: Option<String>,
    /// What changed since the last print.
    pub due: Print,
    /// The numbers that have a place sign, to be noted as printed.
    pub moved: Vec<String>,
    /// The numbers that have a poster, to be noted as printed.
    pub printed: Vec<String>,
    /// Some stalls have no poster.
    pub lacking: bool,
    /// There is no stall.
    pub none: bool,
}

fn pick(name: &'static str, value: &'static str, on: bool, label: &'static str) -> impl IntoView {
    view! { <label class="tick"><input type="radio" name=name value=value checked=on/>{label}</label> }
}

/// The page.
pub fn page(desk: &Desk, rail: &Rail, market: MarketRef, view: View) -> Page {
    let (lang, may_change) = (desk.lang, desk.may_change);
    step(desk, rail, Step::Posters, None, move || {
        let words = Words(lang);
        let base = format!("/o/m/{market}");
        let back = format!("{base}/posters");
        let complaint =
            view.complaint.clone().map(|text| view! { <p class="complaint" role="alert">{text}</p> });
        let lacking = view.lacking.then(|| view! { <p class="note">{words.no_posters()}</p> });
        let body = if view.none {
            view! { <p>{words.no_stalls()}</p> }.into_any()
        } else {
            let listed =
                |what: &str, numbers: &[String]| format!("{what}{}", numbers.join(lang.pick("、", ", ")));
            let due = match (&*view.due.posters, &*view.due.signs) {
                ([], []) => vec![words.none_due().to_owned()],
                (posters, []) => vec![listed(words.due(), posters)],
                ([], signs) => vec![listed(words.due_places(), signs)],
                (posters, signs) => vec![listed(words.due(), posters), listed(words.due_places(), signs)],
            };
            let noted = (may_change && !view.printed.is_empty()).then(|| {
                let moved = (!view.moved.is_empty())
                    .then(|| noted(lang, format!("{base}/rain/signs"), words.places(), &view.moved));
                view! {
                    <p class="note">{words.note_why()}</p>
                    {noted(lang, format!("{base}/posters/printed"), words.posters(), &view.printed)}
                    {moved}
                }
            });
            view! { {form(lang, &base, view.filled, due)} {noted} }.into_any()
        };
        view! {
            <div class="head"><h1>{words.title()}</h1><a class="button" href=back>{Common(lang).back()}</a></div>
            <p class="note">{words.why()}</p>
            {lacking}
            {complaint}
            {body}
        }
    })
}

fn form(lang: Lang, base: &str, filled: Filled, due: Vec<String>) -> impl IntoView + use<> {
    let words = Words(lang);
    let parts = Part::ALL
        .map(|part| {
            let (code, on) = (part.code(), filled.parts.contains(&part));
            let name = part.name(lang);
            view! { <label class="tick"><input type="checkbox" name=code value="on" checked=on/>{name}</label> }
        })
        .collect_view();
    let is = |which: &str| filled.which == which;
    view! {
        <form method="get" action=format!("{base}/pack.pdf") class="sheet pack">
            <fieldset><legend>{words.parts()}</legend>{parts}</fieldset>
            <fieldset><legend>{words.size()}</legend>
                {pick("size", "a4", !filled.small, words.a4())}
                {pick("size", "a5", filled.small, words.a5())}
            </fieldset>
            <fieldset><legend>{words.which()}</legend>
                {pick("which", "all", !is("changed") && !is("some"), words.all())}
                {pick("which", "changed", is("changed"), words.changed())}
                {pick("which", "some", is("some"), words.some())}
                <label>{words.stalls()}
                    <input name="stalls" maxlength="400" value=filled.stalls placeholder=words.stalls_hint()/></label>
                {due.into_iter().map(|line| view! { <p class="note">{line}</p> }).collect_view()}
            </fieldset>
            <p><button type="submit" class="primary">{icon(Icon::Print)}" "{words.make()}</button></p>
        </form>
    }
}

fn noted(lang: Lang, action: String, what: &'static str, numbers: &[String]) -> impl IntoView + use<> {
    view! {
        <form method="post" action=action class="quiet">
            <input type="hidden" name="stalls" value=numbers.join(",")/>
            <p><span>{what}</span><button type="submit">{Rain(lang).print_note()}</button></p>
        </form>
    }
}
