//! The day itself: cells and their signatures, the loop of an incident, announcements, marks, opening and closing.

use kaishi_domain::actor::{CellHead, Organizer};
use kaishi_domain::announcement::{Announcement, Topic};
use kaishi_domain::cell::{Answer, Cell, Check, Described, Lead, Partner, Point};
use kaishi_domain::entry::{Entry, Needs, Way};
use kaishi_domain::incident::{Deed, Incident, Kind, Promise, Severity, Spot, State, Step};
use kaishi_domain::market::Stage;
use kaishi_domain::moment::{Day, HOUR, MINUTE};
use kaishi_domain::preflight::{Item, Mark};
use kaishi_domain::safety::{Card, Limits};
use kaishi_domain::unit::history::Coming;
use kaishi_domain::unit::{Unit, UnitKind};
use kaishi_domain::{
    AccountId, AnnouncementId, CellId, EntryId, IncidentId, OrgId, Refusal, StallId, UnitId,
};
use kaishi_store::{Because, Error};

use crate::house::{House, NOW, on_both};

async fn stall(house: &House, no: &str) -> StallId {
    let stall = StallId::new(NOW, house.random());
    house.store.stall_add(&house.by, house.market.market, stall, no, "A").await.unwrap();
    stall
}

/// Two cells with so many stalls.
async fn cells(house: &House, sizes: [usize; 2]) -> Vec<Cell> {
    let mut groups = Vec::new();
    let mut no = 0;
    for (size, name) in sizes.into_iter().zip(["第1邻", "第2邻"]) {
        let mut stalls = Vec::new();
        for _ in 0..size {
            no += 1;
            stalls.push(stall(house, &no.to_string()).await);
        }
        groups.push((name.to_owned(), stalls));
    }
    house.store.cells_make(&house.by, house.market.market, &groups, NOW).await.unwrap();
    house.store.cells(house.market).await.unwrap()
}

fn found(bad: Option<Point>, remark: &str) -> Check {
    let answer = |point| Some(if Some(point) == bad { Answer::Unmet } else { Answer::Met });
    Check::of(answer, remark).unwrap()
}

async fn unit(house: &House, name: &str) -> UnitId {
    let id = UnitId::new(NOW, house.random());
    let unit = Unit::new(id, name, UnitKind::Branch, "支部书记");
    house.store.unit_add(&house.by, &unit, NOW).await.unwrap();
    id
}

fn stranger(house: &House) -> Organizer {
    Organizer::operator(OrgId::from_bytes([9, 9, 9]), AccountId::new(NOW, house.random()))
}

#[tokio::test]
async fn a_stall_is_in_one_cell_and_ten_are_the_most() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (store, by, market) = (&house.store, &house.by, house.market.market);
        let made = cells(&house, [10, 2]).await;
        let [full, small] = &made[..] else { panic!("two cells") };
        assert_eq!((full.stalls.len(), small.stalls.len(), full.no, small.no), (10, 2, 1, 2));
        let (from, to) = (Some(small.id), full.id);
        let tight = store.cell_move(by, market, small.stalls[0], (from, to), NOW).await;
        assert!(matches!(tight, Err(Error::Taken(what)) if what == "cell"));
        store.cell_move(by, market, full.stalls[0], (Some(full.id), small.id), NOW).await.unwrap();
        let stale = store.cell_move(by, market, full.stalls[0], (Some(full.id), small.id), NOW).await;
        assert!(matches!(stale, Err(Error::Taken(what)) if what == "stall"), "it is there already");
        let late = stall(&house, "99").await;
        store.cell_move(by, market, late, (None, small.id), NOW).await.unwrap();
        assert!(store.cell_move(by, market, late, (None, full.id), NOW).await.is_err(), "it has a cell");
        let now = store.cells(house.market).await.unwrap();
        assert_eq!((now[0].stalls.len(), now[1].stalls.len()), (9, 4), "what was refused changed nothing");

        let branch = unit(&house, "福中社区综合党支部").await;
        let lead = Lead::of(Some(branch), "").unwrap();
        let partners = vec![Partner::Fire, Partner::Property, Partner::Fire];
        let described = Described { name: " 北廊 ".into(), lead, partners };
        store.cell_describe(by, market, small.id, &described, NOW).await.unwrap();
        let cell = store.cells(house.market).await.unwrap().remove(1);
        assert_eq!((cell.name.as_str(), cell.lead_unit.as_str()), ("北廊", "福中社区综合党支部"));
        assert_eq!(cell.partners, [Partner::Property, Partner::Fire]);
        let other = store.cell_describe(&stranger(&house), market, small.id, &described, NOW).await;
        assert!(matches!(other, Err(Error::Missing("cell"))), "of another organization");
        let twin = [("一".to_owned(), vec![late]), ("二".to_owned(), vec![late])];
        assert!(matches!(store.cells_make(by, market, &twin, NOW).await, Err(Error::Taken(_))));
        assert_eq!(store.cells(house.market).await.unwrap().len(), 2, "nothing was written");
    })
    .await;
}

#[tokio::test]
async fn a_head_signs_by_its_link_and_what_is_wrong_becomes_a_hazard_once() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (store, by, market) = (&house.store, &house.by, house.market.market);
        let made = cells(&house, [2, 1]).await;
        let head = store.cell_head(made[0].link, NOW).await.unwrap();
        assert_eq!(head, CellHead { org: house.org, market, cell: made[0].id });
        let over = store.cell_head(made[0].link, NOW.plus(9 * HOUR)).await;
        assert!(matches!(over, Err(Error::Refused(Refusal::Expired))));
        store.cell_sign(&head, &found(Some(Point::Gas), "2号有卡式炉"), " 保安队长 ", NOW).await.unwrap();
        store.cell_sign(&head, &found(Some(Point::Gas), "还在"), "", NOW.plus(1)).await.unwrap();
        let hazards = store.incidents(house.market).await.unwrap();
        assert_eq!(hazards.len(), 1, "one hazard, however often it is signed");
        assert_eq!((hazards[0].kind, hazards[0].point), (Kind::Gas, Some(Point::Gas)));
        assert_eq!((&hazards[0].spot, &hazards[0].state), (&Spot::Cell(made[0].id), &State::Warned));
        let cell = store.cells(house.market).await.unwrap().remove(0);
        let signed = cell.signed.as_ref().unwrap();
        assert_eq!((signed.check.remark(), signed.at, cell.is_signed()), ("还在", NOW.plus(1), true));

        let groups = [("新".to_owned(), made[0].stalls.clone())];
        let again = store.cells_make(by, market, &groups, NOW).await;
        assert!(matches!(again, Err(Error::Taken(_))), "what was signed stays");
        store.cell_move(by, market, made[1].stalls[0], (Some(made[1].id), made[0].id), NOW).await.unwrap();
        assert!(!store.cells(house.market).await.unwrap()[0].is_signed(), "nobody has looked at the new one");
        store.cell_relink(by, market, made[0].id, NOW).await.unwrap();
        assert!(matches!(store.cell_head(made[0].link, NOW).await, Err(Error::Missing("link"))));
        let gone = CellHead { cell: CellId::new(NOW, house.random()), ..head };
        assert!(matches!(
            store.cell_sign(&gone, &found(None, ""), "", NOW).await,
            Err(Error::Missing("cell"))
        ));
    })
    .await;
}

#[tokio::test]
async fn an_incident_goes_round_its_loop() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (store, by, market) = (&house.store, &house.by, house.market.market);
        let incident = Incident {
            id: IncidentId::new(NOW, house.random()),
            kind: Kind::Injury,
            spot: Spot::Elsewhere("北门台阶".into()),
            severity: Severity::Serious,
            words: "一位居民绊倒".into(),
            point: None,
            happened: NOW.plus(-20 * MINUTE),
            written: NOW,
            state: State::Handling,
        };
        store.incident_add(by, market, &incident, NOW).await.unwrap();
        let other = store.incident_add(&stranger(&house), market, &incident, NOW).await;
        assert!(matches!(other, Err(Error::Missing("market"))));
        let deed = || Deed { words: "包扎，送回家".into(), helped: Vec::new(), at: NOW };
        let bare = store.incident_step(by, market, incident.id, &Step::Deal(deed(), None), NOW).await;
        assert!(matches!(bare, Err(Error::Refused(Refusal::Missing("visit")))));
        let due = Day::parse("2023-05-16").unwrap();
        let promise = Promise { due, by: "社区网格员".into() };
        store.incident_step(by, market, incident.id, &Step::Deal(deed(), Some(promise)), NOW).await.unwrap();
        let visits = store.visits(&by.viewer()).await.unwrap();
        assert_eq!((visits.len(), visits[0].0, visits[0].1.state.due()), (1, market, Some(due)));
        let look = Step::Look { found: "已能走路".into(), well: true };
        store.incident_step(by, market, incident.id, &look, NOW.plus(72 * HOUR)).await.unwrap();
        assert!(store.visits(&by.viewer()).await.unwrap().is_empty());
        let kept = store.incidents(house.market).await.unwrap();
        assert_eq!(
            (kept[0].state.code(), kept[0].happened, kept[0].written),
            ("settled", incident.happened, NOW)
        );
        let twice = store.incident_step(by, market, incident.id, &look, NOW).await;
        assert!(matches!(twice, Err(Error::Refused(Refusal::WrongState(_)))));
    })
    .await;
}

#[tokio::test]
async fn everybody_is_told_from_to_and_until_it_is_ended() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (store, by, market) = (&house.store, &house.by, house.market.market);
        let line = |words: &str, from: i64| Announcement {
            id: AnnouncementId::new(NOW.plus(from), house.random()),
            topic: Topic::Rain,
            words: words.into(),
            from: NOW.plus(from),
            until: NOW.plus(from + HOUR),
        };
        let version = store.version(house.market).await.unwrap();
        let (rain, later) = (line("下雨了", 0), line("收市", 10 * MINUTE));
        for line in [&rain, &later] {
            store.announce(by, market, line, NOW).await.unwrap();
        }
        assert!(store.version(house.market).await.unwrap() > version, "screens look again");
        assert_eq!(store.told(house.market, NOW).await.unwrap(), ["下雨了"]);
        let screen = store.snapshot(house.market, NOW.plus(11 * MINUTE)).await.unwrap();
        assert_eq!(screen.announcements, ["收市", "下雨了"], "the latest first");
        store.announcement_end(by, market, rain.id, NOW.plus(MINUTE)).await.unwrap();
        assert!(store.told(house.market, NOW.plus(MINUTE)).await.unwrap().is_empty());
        let twice = store.announcement_end(by, market, rain.id, NOW.plus(2 * MINUTE)).await;
        assert!(matches!(twice, Err(Error::Missing("announcement"))));
        assert!(store.snapshot(house.market, NOW.plus(2 * HOUR)).await.unwrap().announcements.is_empty());
    })
    .await;
}

#[tokio::test]
async fn marks_and_settings_are_kept_each_for_itself() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (store, by, market) = (&house.store, &house.by, house.market.market);
        let done = |note: &str| Mark::Done {
            by: "社区党群岗".into(),
            on: Day::parse("2023-04-20").unwrap(),
            note: note.into(),
        };
        store.preflight_mark(by, market, Item::Venue, Some(&done("一")), NOW).await.unwrap();
        store.preflight_mark(by, market, Item::Venue, Some(&done("二")), NOW).await.unwrap();
        assert_eq!(store.preflight_marks(house.market).await.unwrap(), [(Item::Venue, done("二"))]);
        let layout = store.preflight_mark(by, market, Item::Layout, Some(&done("")), NOW).await;
        assert!(matches!(layout, Err(Error::Refused(Refusal::NotAllowed))), "it decides itself");
        store.preflight_mark(by, market, Item::Venue, None, NOW).await.unwrap();
        assert!(store.preflight_marks(house.market).await.unwrap().is_empty());

        assert_eq!(store.safety(house.market).await.unwrap().attendance, None);
        store.attendance_set(by, market, 5_000, NOW).await.unwrap();
        let limits = Limits { wind_stop: 5, ..Limits::default() };
        store.limits_set(by, market, limits, NOW).await.unwrap();
        let card = Card::of("社区书记", "北侧草坪", "").unwrap();
        store.card_set(by, market, &card, NOW).await.unwrap();
        let kept = store.safety(house.market).await.unwrap();
        assert_eq!((kept.attendance, kept.limits, kept.card), (Some(5_000), Some(limits), card));
        let other = store.attendance_set(&stranger(&house), market, 5, NOW).await;
        assert!(matches!(other, Err(Error::Missing("market"))));
    })
    .await;
}

#[tokio::test]
async fn closing_fixes_who_had_not_come_until_it_opens_again() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (store, by, market) = (&house.store, &house.by, house.market.market);
        let branch = unit(&house, "迟到的支部").await;
        let entry = Entry {
            id: EntryId::new(NOW, house.random()),
            unit: Some(branch),
            unit_name: String::new(),
            name: "写春联".into(),
            zone: String::new(),
            services: Vec::new(),
            needs: Needs::default(),
            wishes: Vec::new(),
            way: Way::Offer,
            arrived: false,
        };
        store.entry_add(by, market, &entry, NOW).await.unwrap();
        let because = Because { warnings: 2, reason: "雷雨将至" };
        store.stage_because(by, market, Stage::Closed, because, NOW).await.unwrap();
        let late = store.entry_arrived(by, market, entry.id, true, NOW.plus(MINUTE)).await;
        assert!(matches!(late, Err(Error::Refused(Refusal::WrongState(why))) if why == "absent"));
        let history = store.unit_history(&by.reader(), branch).await.unwrap();
        assert_eq!(history[0].coming(NOW), Coming::Absent);
        store.stage(by, market, Stage::Open, NOW.plus(2)).await.unwrap();
        store.entry_arrived(by, market, entry.id, true, NOW.plus(MINUTE)).await.unwrap();
        let steps = store.stage_steps(&by.viewer(), market).await.unwrap();
        assert_eq!((steps[0].stage, steps[0].reason.as_str()), (Stage::Open, ""));
        assert_eq!(
            (steps[1].stage, steps[1].warnings, steps[1].reason.as_str()),
            (Stage::Closed, 2, "雷雨将至")
        );
        assert_eq!(steps[1].by, "organizer");
    })
    .await;
}
