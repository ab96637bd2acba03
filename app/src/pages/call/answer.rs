//! A unit's page of the call, behind its signed link: what is wanted, which stalls are open, how its answers
//! stand. Plain forms, no account, no script.

use kaishi_domain::appeal::{Reference, Words as Said, masked};
use kaishi_domain::call::{Claim, Want};
use kaishi_domain::{StallId, WantId};
use leptos::prelude::*;

use super::want_line;
use crate::document::{Page, document};
use crate::pages::staff::head;
use crate::parts::{Area, textarea};
use crate::state::Site;
use crate::words::Lang;
use crate::words::call::{Answer as Words, Call};
use crate::words::common::Common;
use crate::words::duty::Wishes;
use crate::words::entry::Roster;

/// So many small wishes stand on the page of the call; the rest is one step away.
const MOST_WISHES: usize = 5;

/// A stall that nobody has.
#[derive(Clone, Debug)]
pub struct Open {
    /// Which.
    pub id: StallId,
    /// Its number.
    pub no: String,
    /// `A 民有所呼 · 3.0 × 3.0 m · 有电`
    pub facts: String,
    /// Another unit is looking at it.
    pub busy: bool,
}

/// One of the unit's own answers.
#[derive(Clone, Debug)]
pub struct Mine {
    /// The answer.
    pub claim: Claim,
    /// The want's title or the stall's number.
    pub about: String,
    /// Papers that the unit lacks for it, in words.
    pub lacks: Vec<String>,
}

/// What somebody is filling in.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "the boxes of a form, not a state")]
pub struct Filled {
    /// The want that is bid on.
    pub want: Option<WantId>,
    /// The stall that is taken.
    pub stall: Option<StallId>,
    /// What it is called.
    pub about: String,
    /// Until when the stall is kept: `10:12`.
    pub kept: Option<String>,
    /// Name on the sign.
    pub name: String,
    /// Services, parted by 、.
    pub services: String,
    /// Watts.
    pub power: String,
    /// A word to the organizers.
    pub note: String,
    /// Running water.
    pub water: bool,
    /// A roof in rain.
    pub shelter: bool,
    /// For wheelchairs.
    pub step_free: bool,
    /// The rules are accepted.
    pub agree: bool,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// Language.
    pub lang: Lang,
    /// `/u/…`
    pub base: String,
    /// `福中社区 党员服务市集`
    pub title: String,
    /// Name of the unit.
    pub unit: String,
    /// `5月13日 星期六 9:00–12:00`
    pub when: String,
    /// Introduction and rules, while there is a call.
    pub letter: Option<(String, String)>,
    /// `11月28日 18:00`
    pub until: String,
    /// Whether answers are taken now.
    pub open: bool,
    /// What is wanted, its zone, and whether the unit has bid.
    pub wants: Vec<(Want, String, bool)>,
    /// Open stalls.
    pub stalls: Vec<Open>,
    /// The unit's answers.
    pub mine: Vec<Mine>,
    /// The small wishes that wait: reference and words.
    pub wishes: Vec<(Reference, Said)>,
    /// Why the unit may not answer, if it may not.
    pub stays_out: Option<&'static str>,
    /// The form, once something has been chosen.
    pub filled: Option<Filled>,
    /// What has just gone well.
    pub done: Option<&'static str>,
    /// What has not.
    pub wrong: Option<String>,
    /// The stall that would do instead, and its number.
    pub instead: Option<(StallId, String)>,
}

/// The page.
pub fn answer(site: &Site, view: View) -> Page {
    let words = Words(view.lang);
    let title = format!("{} · {}", words.title(), view.unit);
    document(site, &head(view.lang, title, None, "staff guest answer"), || {
        let lang = view.lang;
        let wrong = view.wrong.clone().map(|text| view! { <p class="wrong" role="alert">{text}</p> });
        let done = view.done.map(|text| view! { <p class="arrival here" role="status">{text}</p> });
        let body = match (&view.filled, &view.letter) {
            (Some(filled), letter) => {
                let rules = letter.as_ref().map(|(_, rules)| rules.clone()).unwrap_or_default();
                form((lang, &view.base), filled.clone(), rules, view.instead.clone()).into_any()
            }
            (None, None) => view! { <p>{words.not_listed()}</p> }.into_any(),
            (None, Some((intro, _))) => board(&view, intro.clone()).into_any(),
        };
        view! {
            <main>
                <p class="brand"><span class="seal" aria-hidden="true">{Common(lang).seal()}</span>{view.title.clone()}</p>
                <h1>{view.unit.clone()}</h1>
                <p>{view.when.clone()}</p>
                {wrong}
                {instead(&view)}
                {done}
                {mine(&view)}
                {body}
                {wishes(&view)}
            </main>
        }
    })
}

/// The stall that would do instead of one that is gone, as long as no form is open.
fn instead(view: &View) -> Option<impl IntoView + use<>> {
    let (stall, no) = view.instead.clone().filter(|_| view.filled.is_none())?;
    let action = format!("{}/call/hold", view.base);
    Some(view! {
        <form method="post" action=action>
            <input type="hidden" name="stall" value=stall.to_string()/>
            <button type="submit">{Words(view.lang).instead(&no)}</button>
        </form>
    })
}

fn mine(view: &View) -> Option<AnyView> {
    let (lang, words) = (view.lang, Words(view.lang));
    if view.mine.is_empty() || view.filled.is_some() {
        return None;
    }
    let list = view
        .mine
        .iter()
        .map(|Mine { claim, about, lacks }| {
            use kaishi_domain::call::State;
            let action = format!("{}/call/{}", view.base, claim.id);
            let confirm = matches!(claim.state, State::Accepted { .. }).then(|| {
                view! {
                    <form method="post" action=action.clone()>
                        <button type="submit" class="big" name="verb" value="confirm">{words.confirm()}</button>
                    </form>
                }
            });
            let leaves = claim.state.is_living() && !matches!(claim.state, State::Leaving { .. });
            let leave = leaves.then(|| {
                view! {
                    <details>
                        <summary>{words.leave()}</summary>
                        <form method="post" action=action>
                            <label>{words.leave_why()}<input name="reason" maxlength="120" autocomplete="off"/></label>
                            <button type="submit" name="verb" value="leave">{words.leave()}</button>
                        </form>
                    </details>
                }
            });
            let way = Roster(lang).way_name(claim.ask.way());
            let lacks = (!lacks.is_empty()).then(|| {
                let gap = lang.pick("", " ");
                view! { <p class="wrong">{format!("{}{gap}{}", lacks.join(gap), words.papers_first())}</p> }
            });
            view! {
                <li class="stall">
                    <h3>{claim.pitch.name.clone()}</h3>
                    <p>{way}" · "{about.clone()}</p>
                    <p class="arrival" class:here=claim.state.entry().is_some()>{Call(lang).told(&claim.state)}</p>
                    {lacks}
                    {confirm}
                    {leave}
                </li>
            }
        })
        .collect_view();
    Some(view! { <section><h2>{words.mine()}</h2><ul class="plain">{list}</ul></section> }.into_any())
}

/// The first small wishes that wait, each to be taken here.
fn wishes(view: &View) -> Option<impl IntoView + use<>> {
    let (words, base) = (Wishes(view.lang), format!("{}/wishes", view.base));
    if view.wishes.is_empty() || view.filled.is_some() {
        return None;
    }
    let rows = view
        .wishes
        .iter()
        .take(MOST_WISHES)
        .map(|(reference, said)| {
            let (text, action) = (masked(said.as_str()), format!("{base}/{reference}"));
            let label = format!("{} {reference}", words.claim());
            view! {
                <li><span class="what">{text}</span>
                    <form method="post" action=action><button type="submit" aria-label=label>{words.claim()}</button></form></li>
            }
        })
        .collect_view();
    Some(view! {
        <section>
            <h2>{words.title()}</h2>
            <p>{words.why()}</p>
            <ul class="plain offers">{rows}</ul>
            <p><a href=base.clone()>{words.all()}" "<b>{view.wishes.len()}</b></a></p>
        </section>
    })
}

fn board(view: &View, intro: String) -> impl IntoView + use<> {
    let (lang, words, base) = (view.lang, Words(view.lang), format!("{}/call", view.base));
    let over = if view.open { None } else { Some(words.over()) };
    if let Some(why) = view.stays_out.or(over) {
        return view! { <p class="arrival">{why}</p> }.into_any();
    }
    let wants = view
        .wants
        .iter()
        .map(|(want, zone, bidden)| {
            let act = if *bidden {
                view! { <span class="chip">{words.bidden()}</span> }.into_any()
            } else {
                let label = format!("{} {}", words.bid(), want.title);
                view! { <a class="button" href=format!("{base}?want={}", want.id) aria-label=label>{words.bid()}</a> }
                    .into_any()
            };
            view! { <li>{want_line(lang, want, zone.clone())}{act}</li> }
        })
        .collect_view();
    let stalls = view
        .stalls
        .iter()
        .map(|stall| {
            let act = if stall.busy {
                view! { <span class="what">{words.looked_at()}</span> }.into_any()
            } else {
                let label = format!("{} {}", words.take(), stall.no);
                view! {
                    <form method="post" action=format!("{base}/hold")>
                        <input type="hidden" name="stall" value=stall.id.to_string()/>
                        <button type="submit" aria-label=label>{words.take()}</button>
                    </form>
                }
                .into_any()
            };
            view! { <li><strong>{stall.no.clone()}</strong><span class="what">{stall.facts.clone()}</span>{act}</li> }
        })
        .collect_view();
    let no_stalls = view.stalls.is_empty().then(|| view! { <p>{words.no_stalls()}</p> });
    let has_wants = !view.wants.is_empty();
    view! {
        <p class="intro">{intro}</p>
        <p>{words.until()}" "<strong>{view.until.clone()}</strong></p>
        {has_wants.then(|| view! { <section><h2>{words.wants()}</h2><ul class="plain offers">{wants}</ul></section> })}
        <section><h2>{words.stalls()}</h2>{no_stalls}<ul class="plain offers">{stalls}</ul></section>
        <section><h2>{words.offer()}</h2><p><a class="button" href=format!("{base}?offer=yes")>{words.offer_go()}</a></p></section>
    }
    .into_any()
}

fn form(
    (lang, base): (Lang, &str),
    filled: Filled,
    rules: String,
    instead: Option<(StallId, String)>,
) -> impl IntoView + use<> {
    let words = Words(lang);
    let action = format!("{base}/call");
    let kept =
        filled.kept.clone().map(|clock| view! { <p class="arrival here">{words.kept()}" "{clock}</p> });
    let heading = match (&filled.want, &filled.stall) {
        (Some(_), _) => format!("{} {}", words.bid(), filled.about),
        (_, Some(_)) => format!("{} {}", words.take(), filled.about),
        _ => words.offer_go().to_owned(),
    };
    let check = |name: &'static str, label: &'static str, on: bool| {
        view! { <label class="check"><input type="checkbox" name=name value="yes" checked=on/>{label}</label> }
    };
    let agree = (!rules.is_empty()).then(|| {
        view! {
            <details class="rules" open><summary>{words.rules()}</summary><p class="intro">{rules}</p></details>
            {check("agree", words.agree(), filled.agree)}
        }
    });
    let instead = instead.map(|(stall, no)| {
        view! { <button type="submit" name="instead" value=stall.to_string()>{words.instead(&no)}</button> }
    });
    let back = format!("{base}/call");
    view! {
        <section>
            <h2>{heading}</h2>
            {kept}
            <form method="post" action=action class="pitch">
                <input type="hidden" name="want" value=filled.want.map(|id| id.to_string()).unwrap_or_default()/>
                <input type="hidden" name="stall" value=filled.stall.map(|id| id.to_string()).unwrap_or_default()/>
                <label for="pitch-name">{words.name()}</label>
                <input id="pitch-name" name="name" value=filled.name required maxlength="40" autocomplete="off"/>
                <label for="pitch-services">{words.services()}</label>
                <input id="pitch-services" name="services" value=filled.services maxlength="900" autocomplete="off"/>
                <label for="pitch-power">{words.power()}</label>
                <input id="pitch-power" name="power" value=filled.power inputmode="numeric" maxlength="6" autocomplete="off"/>
                {check("water", words.water(), filled.water)}
                {check("shelter", words.shelter(), filled.shelter)}
                {check("step_free", words.step_free(), filled.step_free)}
                <label for="pitch-note">{words.note()}</label>
                {textarea(Area { name: "note", id: Some("pitch-note"), text: filled.note, rows: 2, most: 300, hint: "", wrong: None })}
                {agree}
                <button type="submit" class="big">{words.send()}</button>
                {instead}
            </form>
            <p><a href=back>{words.back()}</a></p>
        </section>
    }
}
