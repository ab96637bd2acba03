//! The live desk: links for screens, staff and units, announcements, cells and incidents, arrivals, the rain
//! switch, opening and closing.

use kaishi_domain::crowd::Estimate;
use kaishi_domain::device::Missing;
use kaishi_domain::market::{Plan, Stage};
use kaishi_domain::{EntryId, MarketRef};
use leptos::prelude::*;

use crate::document::Page;
use crate::pages::day::{Board, board};
use crate::pages::frame::{Desk, Rail, Step, step};
use crate::pages::rain::switches;
use crate::pages::{crowd, device, review};
use crate::words::Lang;
use crate::words::common::Common;
use crate::words::organizer::Live;
use crate::words::rain::Rain;
use crate::words::tally::Devices;

/// One stall on the desk.
#[derive(Clone, Debug)]
pub struct Place {
    /// Printed number.
    pub no: String,
    /// Name on the sign.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// Address of the staff pad.
    pub staff: Option<String>,
    /// Address of the unit's page.
    pub unit_page: Option<String>,
    /// The entry, and whether it has come.
    pub entry: Option<(EntryId, bool)>,
}

/// What the desk shows.
#[derive(Clone, Debug)]
pub struct View {
    /// Market.
    pub market: MarketRef,
    /// Layout in force.
    pub plan: Plan,
    /// Stage.
    pub stage: Stage,
    /// Address of the screen.
    pub screen: Option<String>,
    /// Stalls in order of their numbers.
    pub places: Vec<Place>,
    /// Announcements, cells, incidents.
    pub board: Board,
    /// Openings and closings, latest first, in words.
    pub steps: Vec<String>,
    /// Phones whose records are not all in.
    pub missing: Missing,
    /// People who wait for a decision, and stalls that are faster than usual.
    pub waiting: (i64, Vec<String>),
    /// How many people came, if it was counted.
    pub crowd: Option<Estimate>,
}

/// The live desk of one Saturday.
pub fn live(desk: &Desk, rail: &Rail, view: View) -> Page {
    let (lang, may_change) = (desk.lang, desk.may_change);
    step(desk, rail, Step::Live, None, move || {
        let words = Live(lang);
        let base = format!("/o/m/{}", view.market);
        let public = format!("/m/{}", view.market);
        let missing =
            may_change && (view.screen.is_none() || view.places.iter().any(|place| place.staff.is_none()));
        let make = format!("{base}/links");
        let day = board(lang, &base, (may_change, desk.reads_rows), view.board);
        let rows = view.places.into_iter().map(|place| row(lang, &base, may_change, place)).collect_view();
        view! {
            <div class="head"><h1>{words.title()}</h1></div>
            <div class="cards">
                <section class="tile">
                    <h2>{words.screen()}</h2>
                    <p class="note">{words.screen_why()}</p>
                    {view.screen.map(|href| view! { <p><a class="button" href=href>{words.screen()}</a></p> })}
                </section>
                <section class="tile">
                    <h2>{words.public_page()}</h2>
                    <p><a class="button" href=public>{words.public_page()}</a></p>
                </section>
                {desk.may_change.then(|| weather(lang, &base, view.plan))}
                {desk.reads_rows.then(|| view! {
                    {device::tile(lang, view.market, view.missing)}
                    {review::tile(lang, view.market, view.waiting)}
                    {crowd::tile(lang, view.market, view.crowd.as_ref())}
                })}
                {may_change.then(|| opening(lang, &base, view.stage, view.steps, view.missing))}
            </div>
            {day}
            <h2>{words.staff()}</h2>
            <p class="note">{words.staff_why()}</p>
            {missing.then(|| view! {
                <form method="post" action=make>
                    <button type="submit">{words.make_links()}</button>
                </form>
            })}
            <table class="season">
                <thead>
                    <tr>
                        <th scope="col">{Common(lang).stall()}</th>
                        <th scope="col">{words.units()}</th>
                        <th scope="col">{words.arrived()}</th>
                        <th scope="col">{words.staff()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
    })
}

fn weather(lang: Lang, base: &str, plan: Plan) -> impl IntoView + use<> {
    let words = Live(lang);
    let now = match plan {
        Plan::Fair => words.now_fair(),
        Plan::Rain => words.now_rain(),
    };
    let more = format!("{base}/rain");
    view! {
        <section class="tile">
            <h2>{words.plan()}</h2>
            <p><strong>{now}</strong></p>
            <p class="note">{words.plan_why()}</p>
            <div class="verbs">{switches(lang, base, plan, true)}</div>
            <p><a href=more>{Rain(lang).title()}</a></p>
        </section>
    }
}

fn opening(
    lang: Lang,
    base: &str,
    stage: Stage,
    steps: Vec<String>,
    missing: Missing,
) -> impl IntoView + use<> {
    let words = Live(lang);
    let (to, label) = match stage {
        Stage::Open => ("closed", words.close()),
        Stage::Draft | Stage::Calling => ("open", words.first_open()),
        Stage::Closed | Stage::Filed => ("open", words.reopen()),
    };
    let action = format!("{base}/stage");
    let steps = steps.into_iter().take(3).map(|step| view! { <li>{step}</li> }).collect_view();
    let warning = (missing.devices > 0).then(|| {
        view! { <p class="amber" role="status">{Devices(lang).missing(missing)}</p> }
    });
    (stage != Stage::Filed).then(|| {
        view! {
            <section class="tile">
                <h2>{label}</h2>
                <ul class="note">{steps}</ul>
                {warning}
                <form method="post" action=action>
                    <input type="hidden" name="stage" value=to/>
                    <button type="submit">{label}</button>
                </form>
            </section>
        }
    })
}

fn row(lang: Lang, base: &str, may_change: bool, place: Place) -> impl IntoView + use<> {
    let words = Live(lang);
    let arrival = place.entry.map(|(entry, arrived)| {
        let action = format!("{base}/arrived");
        let label = if arrived { words.mark_away() } else { words.mark_arrived() };
        let mark = if arrived { "✓" } else { "—" };
        view! {
            <span class="mark">{mark}</span>
            {may_change.then(|| view! {
                <form method="post" action=action class="quiet">
                    <input type="hidden" name="entry" value=entry.to_string()/>
                    <input type="hidden" name="arrived" value=if arrived { "no" } else { "yes" }/>
                    <button type="submit" class="small">{label}</button>
                </form>
            })}
        }
    });
    let staff = place.staff.map(|href| view! { <a href=href>{words.staff()}</a> });
    let unit = match place.unit_page {
        Some(href) => view! { <a href=href>{place.unit}</a> }.into_any(),
        None => place.unit.into_any(),
    };
    view! {
        <tr>
            <th scope="row"><span class="no">{place.no}</span>" "{place.name}</th>
            <td>{unit}</td>
            <td>{arrival}</td>
            <td>{staff}</td>
        </tr>
    }
}
