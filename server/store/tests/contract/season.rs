//! The season: days that were imported, Saturdays made from the last one, a month, units over it, calendars.

use std::collections::BTreeSet;

use kaishi_domain::actor::Guest;
use kaishi_domain::call::{Ask, Call, Decision, Pitch};
use kaishi_domain::entry::{Entry, Needs, Way};
use kaishi_domain::layout::{Diff, Layout, Spot};
use kaishi_domain::market::{Market, Plan, Stage};
use kaishi_domain::moment::{Day, HOUR};
use kaishi_domain::safety::{Card, Limits};
use kaishi_domain::season::Year;
use kaishi_domain::season::presence::{Status, Trace, What};
use kaishi_domain::season::todo::Open;
use kaishi_domain::token::Purpose;
use kaishi_domain::unit::vetting::Step as Vetting;
use kaishi_domain::unit::{Unit, UnitKind};
use kaishi_domain::{EntryId, MarketId, MarketRef, Refusal, StallId, UnitId};
use kaishi_store::{Copied, Error, NewLink, Reply, Ruling, Saturday};

use crate::house::{House, NOW, on_both};

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

async fn unit(house: &House, name: &str, at: i64) -> UnitId {
    let id = UnitId::new(NOW.plus(at), house.random());
    let unit = Unit::new(id, name, UnitKind::Branch, "支部书记");
    house.store.unit_add(&house.by, &unit, NOW).await.unwrap();
    id
}

async fn enter(house: &House, unit: Option<UnitId>, name: &str, at: i64) -> EntryId {
    let id = EntryId::new(NOW.plus(at), house.random());
    let entry = Entry {
        id,
        unit,
        unit_name: String::new(),
        name: name.into(),
        zone: "A".into(),
        services: vec!["理发".into()],
        needs: Needs::default(),
        wishes: vec!["1".into()],
        way: Way::Offer,
        arrived: false,
    };
    house.store.entry_add(&house.by, house.market.market, &entry, NOW).await.unwrap();
    id
}

/// Two stalls in each weather, one of them in both.
async fn maps(house: &House) {
    let ids: Vec<_> = (0..3).map(|at| StallId::new(NOW.plus(at), house.random())).collect();
    let text = |n: usize, x: f64| {
        format!(r#"{{"no":"{n}","zone":"A","x":{x},"y":5,"w":3,"d":3,"angle":0,"facing":270}}"#)
    };
    for (plan, stalls) in [(Plan::Fair, [(0, 5.0), (1, 12.0)]), (Plan::Rain, [(1, 5.0), (2, 12.0)])] {
        let spots = stalls.map(|(at, x)| text(at + 1, x)).join(",");
        let spots = Spot::parse_all(&format!(r#"{{"stalls":[{spots}]}}"#)).unwrap();
        let stalls = spots.into_iter().zip(stalls).map(|(spot, (at, _))| spot.stall(ids[at]).unwrap());
        let diff = Diff::between(&Layout::default(), &Layout::of(stalls).unwrap());
        house.store.layout_save(&house.by, house.market.market, plan, 0, &diff, NOW).await.unwrap();
    }
}

async fn saturday(house: &House, held_on: &str, ordinal: i64) -> Saturday {
    let last = house.store.market(house.market).await.unwrap();
    let id = MarketId::new(NOW.plus(ordinal), house.random());
    let market =
        Market { id, held_on: held_on.into(), ordinal, stage: Stage::Draft, weather: String::new(), ..last };
    Saturday { market, day_key: house.random() }
}

#[tokio::test]
async fn a_year_of_days_is_imported_and_imported_again() {
    on_both(|store| async move {
        let house = House::build(store).await;
        assert!(house.store.holidays(&house.by.viewer()).await.unwrap().is_empty());
        let text = r#"{"year":2027,"papers":["https://www.gov.cn/a.htm"],"days":[
            {"name":"元旦","date":"2027-01-01","isOffDay":true},{"name":"元旦","date":"2026-12-26","isOffDay":false}]}"#;
        let year = Year::parse(text).unwrap();
        house.store.holidays_set(&house.by, &year, NOW).await.unwrap();
        assert_eq!(house.store.holidays(&house.by.viewer()).await.unwrap(), vec![year.clone()]);
        let fewer = Year { days: year.days[..1].to_vec(), papers: Vec::new(), ..year };
        house.store.holidays_set(&house.by, &fewer, NOW).await.unwrap();
        assert_eq!(house.store.holidays(&house.by.viewer()).await.unwrap(), vec![fewer.clone()]);
        let none = Year { days: Vec::new(), ..fewer.clone() };
        let refused = house.store.holidays_set(&house.by, &none, NOW).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::Missing("days")))));
        assert_eq!(house.store.holidays(&house.by.viewer()).await.unwrap(), [fewer]);
    })
    .await;
}

#[tokio::test]
async fn a_series_takes_maps_and_roster_over_and_leaves_taken_days_out() {
    on_both(|store| async move {
        let house = House::build(store).await;
        maps(&house).await;
        let (kept, gone) = (unit(&house, "理发队", 0).await, unit(&house, "推销队", 1).await);
        let came = enter(&house, Some(kept), "理发", 0).await;
        enter(&house, Some(gone), "卖药", 1).await;
        enter(&house, None, "待定", 2).await;
        house.store.entry_arrived(&house.by, house.market.market, came, true, NOW).await.unwrap();
        let refuse = Vetting::Refuse { why: "推销".into() };
        house.store.unit_vet(&house.by, gone, &refuse, NOW).await.unwrap();
        let limits = Limits { wind_stop: 7, ..Limits::default() };
        let card = Card { lead: "现场负责人".into(), ..Card::default() };
        house.store.limits_set(&house.by, house.market.market, limits, NOW).await.unwrap();
        house.store.card_set(&house.by, house.market.market, &card, NOW).await.unwrap();
        house.store.attendance_set(&house.by, house.market.market, 900, NOW).await.unwrap();
        let copied = Copied { from: house.market.market, map: true, roster: true };
        let wanted = [
            saturday(&house, "2023-05-20", 15).await,
            saturday(&house, "2023-05-13", 16).await,
            saturday(&house, "2023-05-27", 17).await,
        ];
        let made = house.store.market_series(&house.by, &wanted, copied, NOW).await.unwrap();
        assert_eq!(made, [wanted[0].market.id, wanted[2].market.id], "13 May has one");
        let at = |market| MarketRef { org: house.org, market };
        let mut ids = BTreeSet::new();
        for market in [house.market.market, made[0], made[1]] {
            let (_, fair) = house.store.layout(at(market), Plan::Fair).await.unwrap();
            let (_, rain) = house.store.layout(at(market), Plan::Rain).await.unwrap();
            assert_eq!(fair.numbered("2").unwrap().id, rain.numbered("2").unwrap().id);
            assert!((fair.numbered("1").unwrap().x - 5.0).abs() < 0.001);
            ids.extend(fair.stalls().keys().chain(rain.stalls().keys()).copied());
        }
        assert_eq!(ids.len(), 9, "no stall of one market is a stall of another");
        let safety = house.store.safety(at(made[0])).await.unwrap();
        assert_eq!((safety.limits, safety.card, safety.attendance), (Some(limits), card, None));
        let roster = house.store.entries(at(made[0])).await.unwrap();
        let names: Vec<_> = roster.iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names, ["理发", "待定"]);
        assert!(!roster[0].arrived && roster[0].wishes == ["1"]);
        assert!(house.store.market_series(&house.by, &wanted, copied, NOW).await.unwrap().is_empty());
        assert_eq!(house.store.season(&house.by.viewer()).await.unwrap().len(), 3);

        // A draft map can be worked on at once.
        let (revision, fair) = house.store.layout(at(made[0]), Plan::Fair).await.unwrap();
        let mut moved = fair.clone();
        let stall = fair.numbered("1").unwrap().id;
        moved.apply(kaishi_domain::layout::Edit::Remove { stalls: vec![stall] }).unwrap();
        let diff = Diff::between(&fair, &moved);
        house.store.layout_save(&house.by, made[0], Plan::Fair, revision, &diff, NOW).await.unwrap();
        let one = saturday(&house, "2023-05-27", 18).await;
        let bare = Copied { from: made[0], map: false, roster: false };
        house.store.market_after(&house.by, &one, bare, NOW).await.unwrap();
        assert_eq!(house.store.layout(at(one.market.id), Plan::Fair).await.unwrap().0, 0);
    })
    .await;
}

#[tokio::test]
async fn of_two_series_at_once_no_day_is_made_twice() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let copied = Copied { from: house.market.market, map: false, roster: false };
        let (one, two) = (saturday(&house, "2023-05-20", 15).await, saturday(&house, "2023-05-20", 15).await);
        let (one, two) = ([one], [two]);
        let (first, second) = tokio::join!(
            house.store.market_series(&house.by, &one, copied, NOW),
            house.store.market_series(&house.by, &two, copied, NOW)
        );
        assert_eq!(first.unwrap().len() + second.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_month_tells_what_is_open_and_how_units_stand_to_its_days() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let market = house.market.market;
        let call = Call { intro: "诚邀".into(), listed: true, ..Call::blank(NOW.plus(HOUR)) };
        house.store.call_set(&house.by, market, &call, NOW).await.unwrap();
        let (asks, stays) = (unit(&house, "义诊队", 0).await, unit(&house, "理发队", 1).await);
        let guest = Guest { org: house.org, market, unit: asks };
        let pitch = Pitch { name: "义诊".into(), ..Pitch::default() };
        let claim = house.store.claim_add(&guest, Ask::Offer, &pitch, NOW).await.unwrap();
        let entry = enter(&house, Some(stays), "理发", 0).await;
        house.store.entry_arrived(&house.by, market, entry, true, NOW).await.unwrap();
        let (from, to) = (day("2023-05-13"), day("2023-05-31"));
        let month = house.store.month(&house.by.viewer(), from, to).await.unwrap();
        assert_eq!(month.len(), 1);
        assert_eq!(month[0].open, Open { maps: 0, undecided: 1, untold: 0, unplaced: 1 });
        let mut traces = house.store.presences(&house.by.reader(), from, to).await.unwrap();
        traces.sort_by_key(|trace| trace.unit);
        assert_eq!(
            traces,
            [
                Trace { unit: asks, market, what: What::Answer(Status::New) },
                Trace { unit: stays, market, what: What::Entry(Some(NOW)) },
            ]
        );
        let later = (day("2023-05-14"), day("2023-06-30"));
        assert!(house.store.month(&house.by.viewer(), later.0, later.1).await.unwrap().is_empty());
        assert!(house.store.presences(&house.by.reader(), later.0, later.1).await.unwrap().is_empty());

        // Its calendar knows a day once the unit is accepted, and whether it has confirmed.
        assert!(house.store.unit_dates(&guest).await.unwrap().is_empty());
        let accept = Ruling::Prepare(Decision::Accept);
        house.store.claim_rule(&house.by, market, claim, &accept, NOW).await.unwrap();
        house.store.claims_tell(&house.by, market, NOW).await.unwrap();
        let told = house.store.unit_dates(&guest).await.unwrap();
        assert!(told.len() == 1 && !told[0].confirmed && told[0].stall.is_none());
        house.store.claim_reply(&guest, claim, &Reply::Confirm, NOW).await.unwrap();
        assert!(house.store.unit_dates(&guest).await.unwrap()[0].confirmed);
        let out = Ruling::Strike("人手够了".into());
        house.store.claim_rule(&house.by, market, claim, &out, NOW).await.unwrap();
        let traces = house.store.presences(&house.by.reader(), from, to).await.unwrap();
        assert!(traces.iter().any(|trace| trace.what == What::Answer(Status::Struck)), "taken out, not gone");
    })
    .await;
}

#[tokio::test]
async fn who_is_on_the_roster_of_a_draft_has_not_been_asked() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let stays = unit(&house, "理发队", 0).await;
        enter(&house, Some(stays), "理发", 0).await;
        let next = saturday(&house, "2023-05-20", 15).await;
        let copied = Copied { from: house.market.market, map: false, roster: true };
        house.store.market_after(&house.by, &next, copied, NOW).await.unwrap();
        let guest = Guest { org: house.org, market: house.market.market, unit: stays };
        let days = |dates: Vec<kaishi_store::UnitDate>| {
            dates.into_iter().map(|date| date.market.held_on).collect::<Vec<_>>()
        };
        assert_eq!(days(house.store.unit_dates(&guest).await.unwrap()), ["2023-05-13"]);
        house.store.stage(&house.by, next.market.id, Stage::Calling, NOW).await.unwrap();
        assert_eq!(days(house.store.unit_dates(&guest).await.unwrap()), ["2023-05-20", "2023-05-13"]);
    })
    .await;
}

#[tokio::test]
async fn a_calendar_is_one_an_account_until_it_is_revoked() {
    on_both(|store| async move {
        let house = House::build(store).await;
        assert_eq!(house.store.feed_of(&house.by).await.unwrap(), None);
        let feed = house.store.feed_make(&house.by, NOW).await.unwrap();
        assert_eq!(house.store.feed_make(&house.by, NOW).await.unwrap(), feed);
        assert_eq!(house.store.feed(feed).await.unwrap(), house.by.viewer());
        house.store.feed_revoke(&house.by, NOW).await.unwrap();
        assert!(matches!(house.store.feed(feed).await, Err(Error::Missing("feed"))));
        assert_ne!(house.store.feed_make(&house.by, NOW).await.unwrap(), feed);
    })
    .await;
}

#[tokio::test]
async fn a_units_link_tells_its_dates_for_a_year_after_it_opens_nothing() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let unit = unit(&house, "理发队", 0).await;
        let what = NewLink {
            purpose: Purpose::Unit,
            org: house.org,
            market: Some(house.market.market),
            stall: None,
            unit: Some(unit),
            expires_at: NOW.plus(HOUR),
        };
        let link = house.store.link_add(&what, NOW).await.unwrap();
        let guest = Guest { org: house.org, market: house.market.market, unit };
        assert_eq!(house.store.feed_guest(link, NOW).await.unwrap(), (guest, true));
        assert_eq!(house.store.unit_links(&guest, NOW).await.unwrap()[&house.market.market], link);
        assert_eq!(house.store.feed_guest(link, NOW.plus(2 * HOUR)).await.unwrap(), (guest, false));
        assert!(house.store.unit_links(&guest, NOW.plus(2 * HOUR)).await.unwrap().is_empty());
        let year = NOW.plus(368 * 24 * HOUR);
        assert!(matches!(house.store.feed_guest(link, year).await, Err(Error::Refused(Refusal::Expired))));
        house.store.link_revoke(&house.by, link, NOW).await.unwrap();
        assert!(matches!(house.store.feed_guest(link, NOW).await, Err(Error::Missing("link"))));
    })
    .await;
}
