//! The rain plan's page: what is in force, both maps side by side, a proposal to look at, what to print again.

mod sign;
mod table;
mod weather;

use kaishi_domain::MarketRef;
use kaishi_domain::market::Plan;
use kaishi_domain::rain::{Capacity, Cover};
use leptos::prelude::*;

pub use sign::{PlaceSign, signs};
pub use table::Row;
pub use weather::{Typed, Weather};

use crate::document::Page;
use crate::pages::frame::{Desk, Rail, Step, step};
use crate::words::Lang;
use crate::words::rain::Rain as Words;

/// A proposal that is shown before it is saved.
#[derive(Clone, Debug)]
pub struct Preview {
    /// What it shelters from.
    pub cover: Cover,
    /// Says which proposal was looked at; sent back by the form.
    pub seal: String,
    /// Whether it differs from the map that stands.
    pub changes: bool,
    /// How many have a place in it.
    pub placed: usize,
    /// `14 个摊位，都有位置。`
    pub summary: String,
    /// What no longer fits: number with name, and why.
    pub left: Vec<(String, String)>,
}

/// What is to be printed again.
#[derive(Clone, Debug, Default)]
pub struct Print {
    /// Numbers of the posters whose text changed since they were printed.
    pub posters: Vec<String>,
    /// Numbers of the place signs that changed.
    pub signs: Vec<String>,
    /// Whether any stall moves at all.
    pub moves: bool,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// Market.
    pub market: MarketRef,
    /// The plan in force.
    pub plan: Plan,
    /// What the rain plan in force shelters from.
    pub cover: Cover,
    /// Stalls on the fair and on the rain map.
    pub stalls: (usize, usize),
    /// Stall by stall; of the proposal, where there is one.
    pub rows: Vec<Row>,
    /// Figures of the fair map, and of the rain map or the proposal.
    pub figures: Option<(Capacity, Capacity)>,
    /// A proposal.
    pub preview: Option<Preview>,
    /// The weather watch.
    pub weather: Weather,
    /// What to print; for organizers.
    pub print: Option<Print>,
    /// What has just happened.
    pub said: Option<String>,
    /// Why something did not happen.
    pub complaint: Option<String>,
}

/// The page.
pub fn rain(desk: &Desk, rail: &Rail, view: View) -> Page {
    let (lang, may_change) = (desk.lang, desk.may_change);
    step(desk, rail, Step::Layout, None, move || {
        let words = Words(lang);
        let base = format!("/o/m/{}", view.market);
        let preview = view.preview.is_some();
        let figures = view.figures.map(|figures| table::figures(lang, figures));
        let head = table::head(lang, preview);
        let rows =
            (!view.rows.is_empty() && (view.stalls.1 > 0 || preview)).then(|| table::table(lang, view.rows));
        view! {
            <div class="rain-plan">
            <div class="head">
                <h1>{words.title()}</h1>
                <a href=format!("{base}/layout?plan=fair")>{words.edit_fair()}</a>
                <a href=format!("{base}/layout?plan=rain")>{words.edit_rain()}</a>
            </div>
            <p class="note">{words.why()}</p>
            {view.said.map(|text| view! { <p class="said" role="status">{text}</p> })}
            {view.complaint.map(|text| view! { <p class="complaint" role="alert">{text}</p> })}
            {match view.preview {
                Some(preview) => shown(lang, &base, may_change, preview).into_any(),
                None => standing(lang, &base, may_change, view.plan, view.cover, view.stalls).into_any(),
            }}
            {(!preview).then(|| weather::weather(lang, &base, may_change, view.weather))}
            {rows.map(|rows| view! { {head} {rows} })}
            {figures}
            {view.print.filter(|_| !preview).map(|print| printing(lang, &base, print))}
            </div>
        }
    })
}

/// What is in force with its switch, or the way to a first rain map.
fn standing(
    lang: Lang,
    base: &str,
    may_change: bool,
    plan: Plan,
    cover: Cover,
    (fair, rain): (usize, usize),
) -> impl IntoView + use<> {
    let words = Words(lang);
    let now = match (plan, cover) {
        (Plan::Fair, _) => words.now_fair(),
        (Plan::Rain, Cover::Rain) => words.now_rain(),
        (Plan::Rain, Cover::Heat) => words.now_heat(),
    };
    let ask = format!("{base}/rain");
    let propose = move |cover: Cover, label: &'static str, class: &'static str| {
        view! {
            <form method="get" action=ask.clone() class="quiet">
                <input type="hidden" name="propose" value=cover.code()/>
                <button type="submit" class=class>{label}</button>
            </form>
        }
    };
    let draw = format!("{base}/layout?plan=rain");
    if fair == 0 {
        return view! { <p class="empty">{words.no_fair()}</p> }.into_any();
    }
    if rain == 0 {
        return view! {
            <section class="empty">
                <h2>{words.empty()}</h2>
                <p class="note">{words.empty_why()}</p>
                {may_change.then(|| view! {
                    <div class="actions">
                        {propose(Cover::Rain, words.propose(), "primary")}
                        {propose(Cover::Heat, words.propose_heat(), "")}
                        <a class="button" href=draw>{words.draw()}</a>
                    </div>
                })}
            </section>
        }
        .into_any();
    }
    view! {
        <section class="in-force">
            <p><strong>{now}</strong></p>
            {may_change.then(|| view! {
                <div class="actions">
                    {switches(lang, base, plan, false)}
                    {propose(cover, words.again(), "")}
                </div>
            })}
        </section>
    }
    .into_any()
}

/// One click each. From the live desk (`live`) the way leads back there.
pub fn switches(lang: Lang, base: &str, plan: Plan, live: bool) -> impl IntoView + use<> {
    let words = Words(lang);
    let action = format!("{base}/plan");
    let form = move |plan: Plan, cover: Cover, label: &'static str, class: &'static str| {
        view! {
            <form method="post" action=action.clone() class="quiet">
                <input type="hidden" name="plan" value=plan.code()/>
                <input type="hidden" name="cover" value=cover.code()/>
                {live.then(|| view! { <input type="hidden" name="from" value="live"/> })}
                <button type="submit" class=class>{label}</button>
            </form>
        }
    };
    match plan {
        Plan::Fair => view! {
            {form(Plan::Rain, Cover::Rain, words.to_rain(), "primary")}
            {form(Plan::Rain, Cover::Heat, words.to_heat(), "")}
        }
        .into_any(),
        Plan::Rain => form(Plan::Fair, Cover::Rain, words.to_fair(), "primary").into_any(),
    }
}

/// Those that lack the same in one line each, in the order of the first of them.
fn alike(left: Vec<(String, String)>) -> Vec<(Vec<String>, String)> {
    let mut lines: Vec<(Vec<String>, String)> = Vec::new();
    for (who, why) in left {
        match lines.iter_mut().find(|(_, known)| *known == why) {
            Some((all, _)) => all.push(who),
            None => lines.push((vec![who], why)),
        }
    }
    lines
}

/// The proposal in one sentence, what it leaves out, and what to do with it.
fn shown(lang: Lang, base: &str, may_change: bool, preview: Preview) -> impl IntoView + use<> {
    let words = Words(lang);
    let action = format!("{base}/rain");
    let none = !preview.left.is_empty() && preview.placed == 0;
    let left = alike(preview.left)
        .into_iter()
        .map(|(who, why)| view! { <li><b>{who.join(lang.pick("、", ", "))}</b>" "{why}</li> })
        .collect::<Vec<_>>();
    let left = (!left.is_empty()).then(|| {
        view! {
            <section class="left-out">
                <h2>{words.left_out()}</h2>
                <ul>{left}</ul>
                <p class="note">{words.left_why()}</p>
            </section>
        }
    });
    let save = (may_change && preview.changes).then(|| {
        view! {
            <form method="post" action=action.clone() class="quiet">
                <input type="hidden" name="cover" value=preview.cover.code()/>
                <input type="hidden" name="seal" value=preview.seal/>
                <button type="submit" class="primary">{words.accept()}</button>
            </form>
        }
    });
    let same = (!preview.changes && !none).then(|| view! { <p>{words.nothing()}</p> });
    view! {
        <section class="preview">
            <h2>{words.preview()}</h2>
            <p class="summary">{preview.summary}</p>
            {same}
            {left}
            <div class="actions">{save}<a class="button" href=action.clone()>{words.dismiss()}</a></div>
        </section>
    }
}

/// What to print again, said plainly.
fn printing(lang: Lang, base: &str, print: Print) -> impl IntoView + use<> {
    let words = Words(lang);
    let posters = if print.posters.is_empty() {
        view! { <p>{words.posters_same()}</p> }.into_any()
    } else {
        let href = format!("{base}/posters/print?changed=1");
        view! { <p>{words.posters_changed(&print.posters)}" "<a class="button" href=href>{words.to_print()}</a></p> }.into_any()
    };
    let signs = if !print.moves {
        view! { <p>{words.signs_none()}</p> }.into_any()
    } else if print.signs.is_empty() {
        let href = format!("{base}/rain/signs");
        view! { <p>{words.signs_same()}" "<a href=href>{words.to_print()}</a></p> }.into_any()
    } else {
        let href = format!("{base}/rain/signs?changed=1");
        view! {
            <p>{words.signs_changed(&print.signs)}" "{words.signs_why()}" "
                <a class="button" href=href>{words.to_print()}</a></p>
        }
        .into_any()
    };
    view! { <section class="print-again"><h2>{words.print()}</h2>{posters}{signs}</section> }
}
