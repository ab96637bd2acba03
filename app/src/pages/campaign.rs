//! Campaigns: each with what its Saturdays add up to, and which those are.

use kaishi_domain::bulletin::FigureKey;
use kaishi_domain::season::campaign::{Campaign, MOST_NAME, SIX};
use kaishi_domain::season::trend::{Point, sum};
use kaishi_domain::{CampaignId, MarketId};
use leptos::prelude::*;

use crate::document::Page;
use crate::pages::frame::{Desk, Section, section};
use crate::words::trend::{Campaigns as Words, Trend};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// The campaigns.
    pub campaigns: Vec<Campaign>,
    /// Every Saturday with its day, the latest first.
    pub markets: Vec<(MarketId, String)>,
    /// Those that were held, with their figures.
    pub points: Vec<Point>,
    /// A name that was typed already.
    pub typed: String,
    /// What went wrong.
    pub complaint: Option<&'static str>,
}

/// The page.
pub fn campaigns(desk: &Desk, view: View) -> Page {
    let (words, may_change) = (Words(desk.lang), desk.may_change);
    section(desk, Section::Season, words.title(), move || {
        let complaint = view.complaint.map(|text| view! { <p class="complaint" role="alert">{text}</p> });
        let none = view.campaigns.is_empty().then(|| view! { <p class="note">{words.none()}</p> });
        let list = view.campaigns.iter().map(|one| campaign(words, may_change, &view, one)).collect_view();
        let lacking = SIX.iter().any(|six| view.campaigns.iter().all(|known| known.name != *six));
        let six = (may_change && lacking).then(|| {
            view! {
                <form method="post" action="/o/campaigns/six">
                    <button type="submit">{words.six()}</button>
                </form>
            }
        });
        let add = may_change.then(|| {
            view! {
                <form method="post" action="/o/campaigns" class="add-campaign">
                    <label>{words.name()}
                        <input name="name" maxlength=MOST_NAME.to_string() value=view.typed.clone() placeholder=words.hint() required/>
                    </label>
                    <button type="submit" class="primary">{words.add()}</button>
                </form>
            }
        });
        view! {
            <div class="head">
                <h1>{words.title()}</h1>
                <a class="button" href="/o/trend">{Trend(words.0).title()}</a>
                {six}
            </div>
            <p class="note">{words.why()}</p>
            {complaint}
            {none}
            <div class="campaigns">{list}</div>
            {add}
        }
    })
}

fn campaign(words: Words, may_change: bool, view: &View, one: &Campaign) -> impl IntoView + use<> {
    let held = || view.points.iter().filter(|point| one.markets.contains(&point.market));
    let figure = |name: &'static str, n: i64| view! { <div><dt>{name}</dt><dd>{n}</dd></div> };
    let of = |key: FigureKey| sum(held(), key);
    let edit = may_change.then(|| edit(words, view, one));
    view! {
        <section class="campaign" id=format!("c-{}", one.id)>
            <h2>{one.name.clone()}</h2>
            <dl>
                {figure(words.held(), held().count() as i64)}
                {figure(words.served(), of(FigureKey::Encounters))}
                {figure(words.raised(), of(FigureKey::Appeals))}
                {figure(words.spot(), of(FigureKey::SettledOnSpot))}
                {figure(words.settled(), of(FigureKey::SettledByUnit))}
            </dl>
            {edit}
        </section>
    }
}

fn edit(words: Words, view: &View, one: &Campaign) -> impl IntoView + use<> {
    let (id, empty): (CampaignId, bool) = (one.id, one.markets.is_empty());
    let boxes = view
        .markets
        .iter()
        .map(|(market, day)| {
            let on = one.markets.contains(market);
            view! { <label class="tick"><input type="checkbox" name="market" value=market.to_string() checked=on/>{day.clone()}</label> }
        })
        .collect_view();
    let drop = empty.then(|| {
        view! {
            <form method="post" action=format!("/o/campaigns/{id}/drop")>
                <button type="submit" class="small">{words.drop()}</button>
            </form>
        }
    });
    view! {
        <details>
            <summary>{words.markets()}</summary>
            <form method="post" action=format!("/o/campaigns/{id}")>
                <div class="ticks">{boxes}</div>
                <button type="submit">{words.save()}</button>
            </form>
            {drop}
        </details>
    }
}
