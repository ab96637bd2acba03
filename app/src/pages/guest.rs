//! A unit's own page behind its signed link: where it stands, what was promised, how its morning goes.

use kaishi_domain::ClaimId;
use kaishi_domain::call::State;
use kaishi_domain::count::Appeals;
use kaishi_domain::entry::{Entry, Needs};
use kaishi_domain::pad::Today;
use kaishi_domain::poster::Sign;
use leptos::prelude::*;

use super::feed::webcal;
use super::staff::{head, told};
use crate::document::{Page, document};
use crate::state::Site;
use crate::words::Lang;
use crate::words::call::{Answer, Call};
use crate::words::cell::Check;
use crate::words::common::Common;
use crate::words::duty::Wishes;
use crate::words::entry::Roster;
use crate::words::handle::Handed;
use crate::words::season::Feeds;
use crate::words::staff::Guest as Words;
use crate::words::thanks::Thanks;

/// One presence of the unit with its figures.
#[derive(Clone, Debug)]
pub struct Presence {
    /// What it came with.
    pub entry: Entry,
    /// Its answer to the call, and how that stands; `None` for one that nobody asked for.
    pub claim: Option<(ClaimId, State)>,
    /// Its stall; `None` while it has none.
    pub sign: Option<Sign>,
    /// `A 民有所呼，我有所应`
    pub zone: String,
    /// `第1邻：保安队长 ＋ 物业、消防`
    pub cell: Option<String>,
    /// People of its stall today.
    pub today: Today,
    /// Appeals raised at its stall.
    pub appeals: Appeals,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// Language.
    pub lang: Lang,
    /// `福中社区 党员服务市集`
    pub title: String,
    /// Name of the unit.
    pub unit: String,
    /// `5月13日 星期六 9:00–12:00`
    pub when: String,
    /// Whether the rain layout is in force.
    pub rain: bool,
    /// Path of the public page with the map.
    pub map: String,
    /// Path of its page of the call.
    pub call: String,
    /// Path of the sheet that thanks it, once the bulletin is signed.
    pub thanks: Option<String>,
    /// Path of its page of appeals, and how many wait for it.
    pub handed: (String, usize),
    /// Path of the small wishes, and how many wait to be taken.
    pub wishes: (String, usize),
    /// The whole address of its calendar.
    pub calendar: String,
    /// What everybody is told now.
    pub told: Vec<String>,
    /// Its presences at this market.
    pub presences: Vec<Presence>,
}

/// The page.
pub fn guest(site: &Site, view: View) -> Page {
    let words = Words(view.lang);
    let title = format!("{} · {}", words.title(), view.unit);
    document(site, &head(view.lang, title, None, "staff guest"), || {
        let plan = if view.rain { words.rain_plan() } else { words.fair_plan() };
        let lang = view.lang;
        let none = view.presences.is_empty().then(|| nowhere(words));
        let thanks = view.thanks.map(|href| view! { <a class="button" href=href>{Thanks(lang).mine()}</a> });
        let base = view.call.clone();
        let presences = view.presences.into_iter().map(|one| presence(lang, &base, one)).collect_view();
        view! {
            <main>
                <p class="brand"><span class="seal" aria-hidden="true">{Common(lang).seal()}</span>{view.title}</p>
                {told(view.told)}
                <h1>{view.unit}</h1>
                <dl class="facts">
                    <div><dt>{words.when()}</dt><dd>{view.when}</dd></div>
                    <div><dt>{words.where_()}</dt><dd><a href=view.map>{words.map()}</a>" · "{plan}</dd></div>
                </dl>
                {none}
                {presences}
                <p class="doors">
                    {thanks}
                    <a class="button" href=view.handed.0>{Handed(lang).open()}" "<b>{view.handed.1}</b></a>
                    <a class="button" href=view.wishes.0>{Wishes(lang).open()}" "<b>{view.wishes.1}</b></a>
                    <a class="button" href=view.call>{Answer(lang).to_call()}</a>
                    <a class="button" href=webcal(&view.calendar)>{Feeds(lang).unit()}</a>
                </p>
                <p><a href=view.calendar download="kaishi.ics">{Feeds(lang).download()}</a></p>
            </main>
        }
    })
}

fn nowhere(words: Words) -> impl IntoView {
    view! { <section class="stall"><h2>{words.no_stall()}</h2><p>{words.no_stall_why()}</p></section> }
}

/// How its answer stands, with the button that says that it comes as long as it has not.
fn answered(lang: Lang, base: &str, (claim, state): (ClaimId, State)) -> impl IntoView + use<> {
    let confirmed = matches!(state, State::Confirmed { .. });
    let confirm = matches!(state, State::Accepted { .. }).then(|| {
        view! {
            <form method="post" action=format!("{base}/{claim}")>
                <input type="hidden" name="page" value="own"/>
                <button type="submit" class="big" name="verb" value="confirm">{Answer(lang).confirm()}</button>
            </form>
        }
    });
    view! { <p class="arrival" class:here=confirmed>{Call(lang).told(&state)}</p>{confirm} }
}

fn presence(lang: Lang, base: &str, one: Presence) -> impl IntoView + use<> {
    let words = Words(lang);
    let Presence { entry, claim, sign, zone, cell, today, appeals } = one;
    let claim = claim.map(|claim| answered(lang, base, claim));
    let cell = cell.map(|cell| view! { <div><dt>{Check(lang).mine()}</dt><dd>{cell}</dd></div> });
    let placed = sign.is_some();
    let place = match sign {
        Some(sign) => view! {
            <p class="place"><b class="no">{sign.no}</b><span>{words.stall()}<b>{entry.name.clone()}</b></span></p>
        }
        .into_any(),
        None => view! { <h2>{words.no_stall()}</h2><p>{words.no_stall_why()}</p> }.into_any(),
    };
    let arrived = if entry.arrived { words.arrived() } else { words.not_arrived() };
    let services = entry.services.join(lang.pick("、", ", "));
    view! {
        <section class="stall">
            {place}
            {claim}
            <p class="arrival" class:here=entry.arrived>{arrived}</p>
            <dl class="facts">
                <div><dt>{words.zone()}</dt><dd>{zone}</dd></div>
                {cell}
                <div><dt>{words.services()}</dt><dd>{services}</dd></div>
                <div><dt>{words.needs()}</dt><dd>{needs(lang, &entry.needs)}</dd></div>
            </dl>
            {placed.then(|| figures(words, today, appeals))}
        </section>
    }
}

fn figures(words: Words, today: Today, appeals: Appeals) -> impl IntoView {
    let talks = (today.talks != 0)
        .then(|| view! { <div><dt>{words.talks()}</dt><dd><b>{today.talks}</b></dd></div> });
    view! {
        <dl class="figures">
            <div><dt>{words.tally()}</dt><dd><b>{today.served}</b></dd></div>
            {talks}
            <div>
                <dt>{words.appeals()}</dt>
                <dd><b>{appeals.raised}</b><span>{words.settled()}" "{appeals.settled_by_unit}</span></dd>
            </div>
        </dl>
    }
}

/// `用电 600 W、用水`
fn needs(lang: Lang, needs: &Needs) -> String {
    let words = Words(lang);
    let mut list: Vec<String> = Vec::new();
    if needs.power_w > 0 {
        list.push(format!("{} {} W", words.power(), needs.power_w));
    }
    if needs.width_cm > 0 {
        let (metres, rest) = (needs.width_cm / 100, needs.width_cm % 100);
        list.push(format!("{} {metres}.{rest:02} m", words.width()));
    }
    let flags = [
        (needs.water, words.water()),
        (needs.shelter, words.shelter()),
        (needs.quiet, words.quiet()),
        (needs.loud, words.loud()),
        (needs.queue, words.queue()),
        (needs.step_free, Roster(lang).step_free()),
    ];
    list.extend(flags.into_iter().filter(|(wanted, _)| *wanted).map(|(_, word)| word.to_owned()));
    if list.is_empty() { words.no_needs().to_owned() } else { list.join(lang.pick("、", ", ")) }
}
