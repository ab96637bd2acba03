//! The rain plan in the middle of a market: the switch, what people are told, what is printed again, on both
//! engines.

use std::time::Duration;

use crate::house::{BASE, Browser, House, NOW, on_both};
use axum::http::StatusCode;
use kaishi_domain::count::Snapshot;
use kaishi_domain::market::Plan;
use kaishi_server::demo::{AUDITOR, ORGANIZER};
use kaishi_server::simulate::{Book, Mix, Pace, Script, play};

/// Opens the doors of a house on a port of its own.
async fn open(house: &House) -> (String, tokio::task::JoinHandle<()>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let router = house.router.clone();
    (base, tokio::spawn(async move { axum::serve(listener, router).await.unwrap() }))
}

async fn switch(house: &House, organizer: &mut Browser, plan: &str) {
    let answer =
        organizer.post(&format!("/o/m/{}/plan", house.at()), &[("plan", plan), ("cover", "rain")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

async fn served(house: &House) -> i64 {
    house.state.store.recount(house.at()).await.unwrap().encounters.total
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_switches_while_people_check_in_fail_nobody_and_count_everybody_once() {
    on_both(|house| async move {
        let (base, server) = open(&house).await;
        let book = Book::from(&house.addresses).reached_under(&base).unwrap();
        let script = Script::write(&Mix::like_fuzhong(600), &book, Duration::from_secs(4), 7).unwrap();
        let crowd = tokio::spawn(async move { play(&book, script, Pace::rush()).await.unwrap() });
        let mut organizer = house.signed_in(ORGANIZER).await;
        while served(&house).await == 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let (first, version) = (served(&house).await, house.state.store.version(house.at()).await.unwrap());
        for n in 0..50 {
            let plan = if n % 2 == 0 { "fair" } else { "rain" };
            switch(&house, &mut organizer, plan).await;
            assert_eq!(house.state.store.market(house.at()).await.unwrap().plan.code(), plan);
            if n % 5 == 0 {
                house.clock.turn(2_000);
                let page = reqwest::get(format!("{base}{}", house.stall("12"))).await.unwrap();
                let page = page.text().await.unwrap();
                assert!(page.contains("我被服务了"), "every code stays valid");
                assert_eq!(page.contains("12号摊移到了连廊"), plan == "rain", "{plan}");
            }
            tokio::time::sleep(Duration::from_millis(40)).await;
        }
        assert!(served(&house).await > first, "people checked in while the plan went to and fro");
        let report = crowd.await.unwrap();
        assert_eq!((report.acknowledged, report.refused), (600, 0), "{report:?}");
        assert!(report.twice > 20, "a tenth was sent twice: {report:?}");

        let ledger = house.state.store.recount(house.at()).await.unwrap();
        assert_eq!(ledger.encounters.total, 600);
        assert_eq!(ledger.rows, ledger.last, "numbers without a gap");
        assert!(
            house.state.store.version(house.at()).await.unwrap() >= version + 50,
            "screens heard of each"
        );
        let counts = house.addresses.counts.strip_prefix(BASE).unwrap();
        let seen = reqwest::get(format!("{base}{counts}")).await.unwrap().text().await.unwrap();
        let seen: Snapshot = serde_json::from_str(&seen).unwrap();
        assert_eq!(seen.encounters.total, 600);
        assert!(seen.map.starts_with("rain"), "the screen draws the map in force: {}", seen.map);
        server.abort();
    })
    .await;
}

#[tokio::test]
async fn after_a_switch_every_page_shows_the_new_place_in_plain_words() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let (square, screen) =
            (format!("/m/{}", house.at()), house.addresses.screen.strip_prefix(BASE).unwrap().to_owned());
        let mut someone = house.browser();
        switch(&house, &mut organizer, "fair").await;
        assert!(!someone.get(&house.stall("12")).await.body.contains("移到了"));
        assert!(someone.get(&square).await.body.contains("雨停了，摊位都回到了原来的地方。"));
        let before = someone.get(&screen).await.body;
        house.clock.turn(3_600_000);
        assert!(!someone.get(&square).await.body.contains("雨停了"), "after an hour it is no news");

        switch(&house, &mut organizer, "rain").await;
        let stall = someone.get(&house.stall("12")).await.body;
        assert!(stall.contains("下雨了，12号摊移到了连廊东侧，旁边是"), "{stall}");
        assert!(!stall.contains("<script") && !stall.contains("style=\""));
        let page = someone.get(&square).await.body;
        assert!(page.contains("下雨了，摊位都移到了连廊。") && page.contains("连廊西侧"), "{page}");
        assert!(someone.get(&house.pad("12")).await.body.contains("12号摊移到了连廊东侧"));
        let after = someone.get(&screen).await.body;
        assert!(before.contains("诗园小广场") && after.contains("连廊") && before != after);
        let english = someone.post("/lang", &[("lang", "en")]).await;
        assert_eq!(english.status, StatusCode::SEE_OTHER);
        assert!(someone.get(&house.stall("12")).await.body.contains("It is raining: stall 12 has moved to"));

        let heat = [("plan", "rain"), ("cover", "heat")];
        switch(&house, &mut organizer, "fair").await;
        organizer.post(&format!("/o/m/{}/plan", house.at()), &heat).await;
        assert!(house.browser().get(&house.stall("12")).await.body.contains("太阳大，12号摊移到了"));
    })
    .await;
}

#[tokio::test]
async fn a_plan_that_lacks_an_assigned_stall_is_refused_in_one_sentence() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let form = [
            ("held_on", "2023-05-20"),
            ("opens", "08:30"),
            ("closes", "12:00"),
            ("name", "党员服务市集"),
            ("theme", "党群开市"),
            ("host", "街道党工委"),
            ("organizer", "社区党委"),
            ("zone", "民有所呼"),
            ("ground_title", "小广场"),
            ("width", "40"),
            ("depth", "30"),
        ];
        let made = organizer.post("/o/new", &form).await;
        let empty = made.location().strip_suffix("/layout").unwrap().to_owned();
        let page = organizer.get(&format!("{empty}/rain")).await;
        assert!(page.body.contains("晴天图上还没有摊位"));
        let refused = organizer.post(&format!("{empty}/plan"), &[("plan", "rain"), ("cover", "rain")]).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(refused.body.contains("雨天图还没有发布，切换不了"), "{}", refused.body);

        let nonsense = organizer.post(&format!("/o/m/{}/plan", house.at()), &[("plan", "snow")]).await;
        assert_eq!(nonsense.status, StatusCode::UNPROCESSABLE_ENTITY);
        let mut auditor = house.signed_in(AUDITOR).await;
        let path = format!("/o/m/{}/plan", house.at());
        assert_eq!(auditor.post(&path, &[("plan", "fair")]).await.status, StatusCode::FORBIDDEN);
        let looked = auditor.get(&format!("/o/m/{}/rain", house.at())).await;
        assert_eq!((looked.status, looked.body.contains("改回晴天位置")), (StatusCode::OK, false));
    })
    .await;
}

#[tokio::test]
async fn a_proposal_is_looked_at_first_and_saved_as_one_change() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let path = format!("/o/m/{}/rain", house.at());
        let page = organizer.get(&path).await;
        assert!(page.body.contains("现在用雨天位置") && page.body.contains("诗园小广场"), "{}", page.body);
        assert_eq!(page.body.matches("<tr>").count() + page.body.matches("<tr ").count(), 14 + 1 + 6);
        let (revision, before) = house.state.store.layout(house.at(), Plan::Rain).await.unwrap();

        let shown = organizer.get(&format!("{path}?propose=rain")).await;
        assert!(shown.body.contains("先看看，还没有存") && shown.body.contains("14 个摊位，都有位置"));
        assert_eq!(
            house.state.store.layout(house.at(), Plan::Rain).await.unwrap().0,
            revision,
            "looking saves nothing"
        );
        let seal = shown.field("seal").unwrap();
        let stale = organizer.post(&path, &[("cover", "rain"), ("seal", "0000000000000000")]).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        assert!(stale.body.contains("这是重新排的，请再看一眼") && stale.field("seal").unwrap() == seal);
        assert_eq!(house.state.store.layout(house.at(), Plan::Rain).await.unwrap().0, revision);

        let saved = organizer.post(&path, &[("cover", "rain"), ("seal", &seal)]).await;
        assert_eq!((saved.status, saved.location()), (StatusCode::SEE_OTHER, &*format!("{path}?done=saved")));
        let (next, after) = house.state.store.layout(house.at(), Plan::Rain).await.unwrap();
        assert_eq!(next, revision + 1, "one change");
        let ids =
            |layout: &kaishi_domain::layout::Layout| layout.stalls().keys().copied().collect::<Vec<_>>();
        assert_eq!(ids(&before), ids(&after), "the same stalls, so the same codes");
        let again = organizer.get(&format!("{path}?propose=rain")).await;
        assert!(again.body.contains("已经是走得最少的排法"), "{}", again.body);
    })
    .await;
}

#[tokio::test]
async fn the_forecast_is_asked_for_before_the_market_and_the_decision_is_written_down() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let (rain, weather) = (format!("/o/m/{}/rain", house.at()), format!("/o/m/{}/weather", house.at()));
        assert!(!organizer.get(&rain).await.body.contains("请看一下预报"), "the market is open already");
        let day = house.market.opens_at.millis() - NOW.millis() - 20 * 3_600_000;
        house.clock.turn(day);
        assert!(organizer.get(&rain).await.body.contains("离开市不到 24 小时了"));
        let empty = organizer.post(&weather, &[("forecast", " "), ("decision", "rain")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(empty.body.contains("预报要写"));
        let noted = organizer.post(&weather, &[("forecast", "午后雷阵雨 26℃"), ("decision", "rain")]).await;
        assert_eq!(noted.status, StatusCode::SEE_OTHER, "{}", noted.body);
        let page = organizer.get(&rain).await.body;
        assert!(
            page.contains("按雨天办") && page.contains("午后雷阵雨 26℃") && !page.contains("请看一下预报")
        );
        let public = house.browser().get(&format!("/m/{}", house.at())).await.body;
        assert!(public.contains("午后雷阵雨 26℃"));
    })
    .await;
}

#[tokio::test]
async fn only_what_changed_is_printed_again() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let (rain, posters) = (format!("/o/m/{}/rain", house.at()), format!("/o/m/{}/posters", house.at()));
        assert!(organizer.get(&rain).await.body.contains("有 14 张海报要印"), "nothing was printed yet");
        let all = organizer.get(&format!("{posters}/print?changed=1")).await;
        assert_eq!(all.body.matches("<article").count(), 14);
        let stalls = all.field("stalls").unwrap();
        organizer.post(&format!("{posters}/printed"), &[("stalls", &stalls)]).await;
        let signs = organizer.get(&format!("{rain}/signs?changed=1")).await;
        assert_eq!(signs.body.matches("<article").count(), 14);
        assert!(signs.body.contains("已移到") && signs.body.contains("走约"));
        organizer.post(&format!("{rain}/signs"), &[("stalls", &signs.field("stalls").unwrap())]).await;

        for plan in ["fair", "rain"] {
            switch(&house, &mut organizer, plan).await;
            let page = organizer.get(&rain).await;
            assert!(
                page.body.contains("海报不用重印") && page.body.contains("位置牌都是新的"),
                "{}",
                page.body
            );
        }
        let none = organizer.get(&format!("{posters}/print?changed=1")).await;
        assert!(none.body.contains("海报不用重印") && !none.body.contains("<article"));

        house.vacate("12").await;
        house.clock.turn(2_000);
        let page = organizer.get(&rain).await;
        assert!(page.body.contains("有 1 张海报要印：12号"), "{}", page.body);
        let one = organizer.get(&format!("{posters}/print?changed=1")).await;
        assert_eq!(one.body.matches("<article").count(), 1);
        assert_eq!(organizer.get(&format!("{posters}/print")).await.body.matches("<article").count(), 14);
    })
    .await;
}
