//! Switching between the two plans: one statement, refused with a reason, told to residents, kept in order.

use kaishi_domain::assignment::{Act, Change};
use kaishi_domain::entry::{Entry, Needs, Way};
use kaishi_domain::layout::{Diff, Layout, Stall};
use kaishi_domain::market::Plan;
use kaishi_domain::rain::{Cover, Decision};
use kaishi_domain::safety::Reading;
use kaishi_domain::{EntryId, StallId};
use kaishi_store::{Published, Saved, Sheet, Step, Switched};

use crate::house::{House, NOW, on_both};

fn stall(house: &House, no: u8) -> Stall {
    Stall {
        id: StallId::new(NOW, house.random()),
        no: no.to_string(),
        zone: "A".into(),
        x: f64::from(no) * 4.0,
        y: 18.5,
        w: 3.0,
        d: 3.0,
        angle: 0.0,
        facing: 270.0,
        outlet: None,
        locked: false,
        group: None,
    }
}

async fn lay(house: &House, plan: Plan, layout: &Layout) {
    let diff = Diff::between(&Layout::default(), layout);
    let saved = house.store.layout_save(&house.by, house.market.market, plan, 0, &diff, NOW).await.unwrap();
    let Saved::Done { revision, .. } = saved else { panic!("{saved:?}") };
    let done = house.store.layout_publish(&house.by, house.market.market, plan, revision, NOW).await.unwrap();
    assert!(matches!(done, Published::Done { .. }), "{done:?}");
}

/// Somebody stands at a stall.
async fn assign(house: &House, stall: StallId, name: &str) {
    let entry = Entry {
        id: EntryId::new(NOW, house.random()),
        unit: None,
        unit_name: String::new(),
        name: name.into(),
        zone: "A".into(),
        services: vec![],
        needs: Needs::default(),
        wishes: vec![],
        way: Way::Take,
        arrived: false,
    };
    house.store.entry_add(&house.by, house.market.market, &entry, NOW).await.unwrap();
    let change = Change { entry: entry.id, from: None, to: Some(stall), pinned: false };
    let step = Step { change, reason: "{}".into() };
    house.store.arrange(&house.by, house.market.market, Act::Hand, &[step], NOW).await.unwrap();
}

async fn switch(house: &House, to: Plan) -> Switched {
    house.store.plan_switch(&house.by, house.market.market, to, Cover::Rain, NOW).await.unwrap()
}

async fn plan(house: &House) -> Plan {
    house.store.market(house.market).await.unwrap().plan
}

#[tokio::test]
async fn a_plan_without_a_map_or_without_an_assigned_stall_does_not_come_into_force() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let fair = Layout::of((1..=3).map(|no| stall(&house, no))).unwrap();
        lay(&house, Plan::Fair, &fair).await;
        assert_eq!(switch(&house, Plan::Rain).await, Switched::NoLayout);
        assert_eq!(switch(&house, Plan::Fair).await, Switched::Already);

        let mut two: Vec<Stall> = fair.in_order().into_iter().take(2).cloned().collect();
        (two[0].x, two[0].y) = (12.0, 42.0);
        let rain = Layout::of(two).unwrap();
        lay(&house, Plan::Rain, &rain).await;
        assign(&house, fair.numbered("3").unwrap().id, "啡你莫属").await;
        assert_eq!(switch(&house, Plan::Rain).await, Switched::Lacking(vec!["3".into()]));
        assert_eq!(plan(&house).await, Plan::Fair, "nothing changed");

        let diff = Diff::between(&rain, &Layout::of(fair.stalls().values().cloned()).unwrap());
        house.store.layout_save(&house.by, house.market.market, Plan::Rain, 1, &diff, NOW).await.unwrap();
        assert_eq!(switch(&house, Plan::Rain).await, Switched::Lacking(vec!["3".into()]), "a draft");
        house.store.layout_publish(&house.by, house.market.market, Plan::Rain, 2, NOW).await.unwrap();
        assert_eq!(switch(&house, Plan::Rain).await, Switched::Done);
        assert_eq!((plan(&house).await, switch(&house, Plan::Rain).await), (Plan::Rain, Switched::Already));
        assert_eq!(switch(&house, Plan::Fair).await, Switched::Done);
    })
    .await;
}

#[tokio::test]
async fn of_many_who_switch_at_once_each_gets_an_answer_and_the_trail_is_in_order() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let fair = Layout::of((1..=3).map(|no| stall(&house, no))).unwrap();
        lay(&house, Plan::Fair, &fair).await;
        lay(&house, Plan::Rain, &fair).await;
        assign(&house, fair.numbered("1").unwrap().id, "书记有约").await;
        let to = |n: u8| if n.is_multiple_of(2) { Plan::Rain } else { Plan::Fair };
        let before = house.store.version(house.market).await.unwrap();
        let answers = futures::future::join_all((0..20).map(|n| switch(&house, to(n)))).await;
        assert!(answers.iter().all(|answer| matches!(answer, Switched::Done | Switched::Already)));
        let done = answers.iter().filter(|answer| **answer == Switched::Done).count();
        assert_eq!(plan(&house).await, if done % 2 == 1 { Plan::Rain } else { Plan::Fair });
        let version = house.store.version(house.market).await.unwrap();
        assert_eq!(version - before, i64::try_from(done).unwrap(), "every screen hears of each");
    })
    .await;
}

#[tokio::test]
async fn residents_are_told_where_a_stall_stands_now_and_why() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let fair = Layout::of((1..=3).map(|no| stall(&house, no))).unwrap();
        lay(&house, Plan::Fair, &fair).await;
        let rain = Layout::of(fair.in_order().into_iter().map(|stall| {
            let y = if stall.no == "1" { stall.y } else { 42.0 };
            Stall { y, ..stall.clone() }
        }));
        lay(&house, Plan::Rain, &rain.unwrap()).await;
        let told = house.store.standings(house.market, NOW).await.unwrap();
        assert_eq!((told.cover, told.switched), (None, None));
        assert!(told.stalls.values().all(|standing| !standing.moved));

        house.store.plan_switch(&house.by, house.market.market, Plan::Rain, Cover::Heat, NOW).await.unwrap();
        let told = house.store.standings(house.market, NOW).await.unwrap();
        assert_eq!((told.cover, told.switched), (Some(Cover::Heat), Some((Cover::Heat, NOW))));
        let moved = |no: &str| told.stalls[&fair.numbered(no).unwrap().id].moved;
        assert_eq!((moved("1"), moved("2"), moved("3")), (false, true, true));
        assert_eq!(told.stalls[&fair.numbered("2").unwrap().id].beside, ["3"]);

        assert_eq!(switch(&house, Plan::Fair).await, Switched::Done);
        let told = house.store.standings(house.market, NOW).await.unwrap();
        assert_eq!(
            (told.cover, told.switched),
            (None, Some((Cover::Heat, NOW))),
            "it was the heat that is over"
        );
    })
    .await;
}

#[tokio::test]
async fn a_look_at_the_forecast_is_kept_with_who_and_when_and_residents_read_it() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (store, by, market) = (&house.store, &house.by, house.market.market);
        assert!(store.weather(&by.viewer(), market).await.unwrap().is_empty());
        let reading = Reading::of(Some(5), Some(26)).unwrap();
        store.weather_note(by, market, ("多云 27℃", Reading::default()), Decision::Wait, NOW).await.unwrap();
        store
            .weather_note(by, market, ("午后雷阵雨 26℃", reading), Decision::Rain, NOW.plus(1))
            .await
            .unwrap();
        let looks = store.weather(&by.viewer(), market).await.unwrap();
        assert_eq!(looks.len(), 2);
        assert_eq!((looks[0].decision, looks[0].at), (Decision::Rain, NOW.plus(1)));
        assert_eq!((looks[0].reading, looks[1].reading), (reading, Reading::default()));
        assert_eq!(looks[0].by, "organizer");
        assert_eq!(store.market(house.market).await.unwrap().weather, "午后雷阵雨 26℃");
    })
    .await;
}

#[tokio::test]
async fn what_was_printed_last_is_known() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let fair = Layout::of((1..=2).map(|no| stall(&house, no))).unwrap();
        lay(&house, Plan::Fair, &fair).await;
        let ids: Vec<StallId> = fair.stalls().keys().copied().collect();
        let (store, by, market) = (&house.store, &house.by, house.market.market);
        assert!(store.printed(by, market, Sheet::Poster).await.unwrap().is_empty());
        let both: Vec<_> = ids.iter().map(|id| (*id, "一".to_owned())).collect();
        store.print_note(by, market, Sheet::Poster, &both, NOW).await.unwrap();
        store.print_note(by, market, Sheet::Poster, &[(ids[1], "二".to_owned())], NOW).await.unwrap();
        let printed = store.printed(by, market, Sheet::Poster).await.unwrap();
        assert_eq!((printed[&ids[0]].as_str(), printed[&ids[1]].as_str()), ("一", "二"));
        assert!(store.printed(by, market, Sheet::Place).await.unwrap().is_empty(), "each kind for itself");
    })
    .await;
}
