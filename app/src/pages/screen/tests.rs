//! Whatever is told of a snapshot has its place on the page, and the page says it.

use kaishi_domain::count::StallCount;
use kaishi_domain::course::Course;
use kaishi_domain::crowd::{Estimate, Gauge, Method};
use kaishi_domain::device::Missing;
use kaishi_domain::layout::Spot;
use kaishi_domain::market::Plan as Weather;
use kaishi_domain::market::Stage as Open;
use kaishi_domain::moment::HOUR;
use kaishi_domain::{GroundId, StallId};

use super::*;
use crate::islands::screen::figure::tests::{MIDNIGHT, seen, stall};
use crate::islands::screen::street::{Street, tell as tell_street};

fn market(seen: &Snapshot) -> Market {
    let opens_at = MIDNIGHT.plus(9 * HOUR);
    Market {
        org: seen.market.org,
        id: seen.market.market,
        name: "党员服务市集".into(),
        theme: String::new(),
        tagline: String::new(),
        held_on: "2023-05-13".into(),
        opens_at,
        closes_at: opens_at.plus(3 * HOUR),
        time_zone: "Asia/Shanghai".into(),
        stage: Open::Open,
        plan: Weather::Rain,
        weather: "雨 22℃".into(),
        ground: GroundId::new(opens_at, [0; 10]),
        host: String::new(),
        organizer: String::new(),
        participants: String::new(),
        zones: Vec::new(),
        ordinal: 3,
    }
}

fn layout() -> Layout {
    let spots = Spot::parse_all(include_str!("../../../../server/demo/layout-rain.json")).unwrap();
    let stalls = spots.into_iter().enumerate().map(|(nth, spot)| {
        spot.stall(StallId::new(Moment::from_millis(nth as i64), [nth as u8; 10])).unwrap()
    });
    Layout::of(stalls).unwrap()
}

/// The corridor of the demo with nothing said, or with figures of every kind.
fn figures(layout: &Layout, busy: bool) -> Snapshot {
    let mut seen = if busy { seen(&[(540, 30), (600, 70)], 660) } else { seen(&[], 500) };
    let n = i64::from(busy);
    let stall = |(nth, no): (i64, &String)| StallCount {
        waiting: (nth > 3).then_some(n * nth),
        ..stall(no, n * (3 + nth), n)
    };
    seen.stalls = (0..).zip(layout.stalls().values().map(|one| &one.no)).map(stall).collect();
    seen.open = busy;
    if busy {
        seen.announcements = vec!["“连廊”<北>&东".into()];
        seen.gauge = Some(Gauge { inside: 1500, until: seen.as_of, capacity: Some(1500) });
        seen.devices_missing = Missing { devices: 2, records: 37 };
        seen.crowd =
            Some(Estimate { method: Method::Walk, visitors: 9, low: 8, high: 12, seen: 9, looks: 1 });
        seen.appeals.overdue = 2;
        seen.encounters.late = 4;
    }
    seen
}

#[test]
fn whatever_follows_the_figures_stands_on_the_page_as_it_is_told() {
    let layout = layout();
    for busy in [true, false] {
        let ground = Ground::parse(include_str!("../../../../server/demo/ground.json")).unwrap();
        let seen = figures(&layout, busy);
        let past = Past { last: busy.then(|| Course::of([(6, 90), (7, 10)])), middle: None };
        let market = market(&seen);
        let hours = Hours { midnight: MIDNIGHT, opens_at: market.opens_at, closes_at: market.closes_at };
        let stage = Stage::of(Lang::Zh, "/events".into(), hours, past.clone(), &seen);
        let told = Still::of(tell(&stage, &seen).into_iter().chain(sign(Screen(Lang::Zh), false)));
        let (events, organization, layout) = ("/events".into(), "福中社区党委".into(), layout.clone());
        let view = View { events, organization, market, ground, layout, seen, past, street: None };
        let page = screen(&Site::default(), Lang::Zh, view).unwrap();
        assert_eq!(told.missing_in(page.html()), Vec::<String>::new());
    }
}

#[test]
fn a_street_says_what_is_told_of_each_of_its_markets() {
    let layout = layout();
    let row = |busy| {
        let seen = figures(&layout, busy);
        let (organization, market) = ("福中社区党委".into(), market(&seen));
        Row { organization, market, screen: busy.then(|| "/screen/1".into()), seen }
    };
    let rows = vec![row(true), row(false)];
    let seen = rows.iter().map(|row| row.seen.clone()).collect();
    let told = tell_street(&Street { lang: Lang::Zh, events: String::new(), midnight: MIDNIGHT, seen });
    let told = Still::of(told.into_iter().chain(sign(Screen(Lang::Zh), false)));
    let page = street(&Site::default(), Lang::Zh, "/events".into(), rows).unwrap();
    assert_eq!(told.missing_in(page.html()), Vec::<String>::new());
}
