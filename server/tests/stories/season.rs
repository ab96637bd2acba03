//! The season over HTTP: a month, worked Saturdays, several Saturdays at once, units over them.

use crate::house::{Answer, Browser, House, on_both};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use kaishi_domain::MarketRef;
use kaishi_domain::market::Plan;
use kaishi_server::demo::{AUDITOR, ORGANIZER};
use kaishi_store::SeasonRow;

async fn season(house: &House) -> Vec<SeasonRow> {
    house.state.store.season(&house.by.viewer()).await.unwrap()
}

/// The form for a new Saturday as the last one was.
fn saturday<'a>(day: &'a str, ground: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("held_on", day),
        ("opens", "08:30"),
        ("closes", "12:00"),
        ("name", "党员服务市集"),
        ("theme", "便民就在家门口"),
        ("host", "街道党工委"),
        ("organizer", "社区党委"),
        ("ground", ground),
    ]
}

/// The box of a day in the form for several.
fn tick<'a>(page: &'a str, day: &str) -> &'a str {
    let at = page.find(&format!("value=\"{day}\"")).unwrap_or_else(|| panic!("no {day} in {page}"));
    let from = page[..at].rfind('<').unwrap();
    &page[from..from + page[from..].find('>').unwrap()]
}

/// Sends a file of holidays.
async fn import(browser: &mut Browser, file: &str) -> Answer {
    const EDGE: &str = "edge-of-a-part";
    let body = format!(
        "--{EDGE}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"2023.json\"\r\n\
         Content-Type: application/json\r\n\r\n{file}\r\n--{EDGE}--\r\n"
    );
    let request = Request::builder()
        .method(Method::POST)
        .uri("/o/holidays")
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={EDGE}"));
    browser.send(request, Body::from(body)).await
}

#[tokio::test]
async fn a_series_is_made_in_one_step_and_says_what_it_left_out() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let form = organizer.get("/o/new").await.body;
        assert!(form.contains("action=\"/o/series\"") && form.contains("一次建几个周六"));
        let offered = organizer.get("/o/series?many=4&from=2023-05-01").await;
        assert_eq!(offered.status, StatusCode::OK);
        let page = offered.body;
        assert!(!tick(&page, "2023-05-06").contains("checked") && page.contains("这天因劳动节调休要上班"));
        assert!(tick(&page, "2023-05-13").contains("disabled") && page.contains("这天已有市集，跳过"));
        assert!(
            tick(&page, "2023-05-20").contains("checked") && tick(&page, "2023-05-27").contains("checked")
        );

        let days = [("day", "2023-05-13"), ("day", "2023-05-20"), ("day", "2023-05-27"), ("roster", "1")];
        let made = organizer.post("/o/series", &days).await;
        assert_eq!(made.status, StatusCode::OK, "{}", made.body);
        assert!(made.body.contains("5月20日（星期六）") && made.body.contains("跳过了，当天已有市集"));
        assert!(!made.body.contains("没有发布"), "{}", made.body);
        let rows = season(&house).await;
        let told: Vec<_> = rows.iter().map(|row| (row.market.held_on.as_str(), row.market.ordinal)).collect();
        assert_eq!(told, [("2023-05-27", 16), ("2023-05-20", 15), ("2023-05-13", 14)]);
        let last = house.state.store.entries(house.at()).await.unwrap();
        for row in &rows[..2] {
            let at = MarketRef { org: row.market.org, market: row.market.id };
            assert_eq!((row.stalls, row.filled, row.encounters), (rows[2].stalls, 0, 0));
            assert_eq!(row.market.zones, house.market.zones);
            for plan in [Plan::Fair, Plan::Rain] {
                let (version, map) = house.state.store.published(at, plan).await.unwrap();
                let (_, old) = house.state.store.published(house.at(), plan).await.unwrap();
                assert_eq!((version, map.stalls().len()), (1, old.stalls().len()));
                assert!(map.stalls().keys().all(|id| old.stall(*id).is_none()));
            }
            let roster = house.state.store.entries(at).await.unwrap();
            let names = |list: &[kaishi_domain::entry::Entry]| {
                list.iter().map(|entry| entry.name.clone()).collect::<Vec<_>>()
            };
            assert_eq!(names(&roster), names(&last));
            assert!(roster.iter().all(|entry| !entry.arrived));
        }
        let list = organizer.get("/o/").await.body;
        let at_hand = list.split("at-hand").nth(1).unwrap();
        assert!(
            at_hand.contains("<h1>5月13日（星期六）"),
            "today's, not the one that is planned furthest ahead"
        );
        let table = list.split("<tbody>").nth(1).unwrap();
        let at = |day: &str| table.find(day).unwrap_or_else(|| panic!("no {day} in {table}"));
        assert!(at("5月13日") < at("5月20日") && at("5月20日") < at("5月27日"), "as they come");
        assert!(!table.contains("class=\"year\""), "all of this year");
        let again = organizer.post("/o/series", &days).await;
        assert!(again.body.contains("没有建任何一场"));
        let more = organizer.get("/o/series").await.body;
        assert!(more.contains("照 5月13日（星期六） 来建"), "what was held, not what is planned: {more}");
        let one = organizer.get("/o/new").await;
        assert!(one.body.contains("已照 5月13日（星期六） 那一场填好"), "{}", one.body);
        assert_eq!(one.field("held_on").unwrap(), "2023-06-03", "after what is planned");
        assert_eq!(season(&house).await.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_series_of_nothing_or_of_nonsense_is_none() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let none = organizer.post("/o/series", &[("from", "2023-05-20"), ("many", "2")]).await;
        assert!(none.status == StatusCode::UNPROCESSABLE_ENTITY && none.body.contains("一个都没勾"));
        assert_eq!(none.field("many").unwrap(), "2");
        let wrong = organizer.post("/o/series", &[("day", "soon")]).await;
        assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.body.contains("最多 12 个周六"));
        for query in ["many=13", "many=x", "many=0", "from=soon"] {
            let page = organizer.get(&format!("/o/series?{query}")).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        }
        assert_eq!(season(&house).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_day_in_a_holiday_is_made_once_its_warning_was_read() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let form = organizer.get("/o/new?day=2023-06-24").await.body;
        assert!(form.contains("这天在端午节假期里") && form.contains("最近的普通休息日：6月18日（星期日）"));
        let ground = house.market.ground.to_string();
        let mut fields = saturday("2023-06-24", &ground);
        fields.extend([("copy_map", "1"), ("copy_roster", "1")]);
        let warned = organizer.post("/o/new", &fields).await;
        assert!(warned.status == StatusCode::UNPROCESSABLE_ENTITY && warned.body.contains("再点一次"));
        assert_eq!(season(&house).await.len(), 1);
        let known = warned.field("known").unwrap();
        fields.push(("known", &known));
        assert_eq!(organizer.post("/o/new", &fields).await.status, StatusCode::SEE_OTHER);
        let rows = season(&house).await;
        let (made, before) = (&rows[0], &rows[1]);
        assert_eq!((made.market.held_on.as_str(), made.stalls), ("2023-06-24", before.stalls));
        let at = MarketRef { org: made.market.org, market: made.market.id };
        let roster = house.state.store.entries(at).await.unwrap().len();
        assert_eq!(roster, house.state.store.entries(house.at()).await.unwrap().len());

        let other = organizer.post("/o/new", &saturday("2023-06-03", &ground)).await;
        assert_eq!(other.status, StatusCode::SEE_OTHER, "a plain Saturday is made at once");
        assert_eq!(season(&house).await[1].stalls, 0, "and empty, if nothing is taken over");
        let twice = organizer.post("/o/new", &saturday("2023-06-03", &ground)).await;
        assert!(
            twice.status == StatusCode::UNPROCESSABLE_ENTITY && twice.body.contains("这天已经有一场市集")
        );
    })
    .await;
}

#[tokio::test]
async fn a_month_shows_its_markets_its_worked_days_and_what_comes_next() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        assert_eq!(organizer.get("/o/month").await.location(), "/o/month/2023-05");
        assert!(organizer.get("/o/").await.body.contains("href=\"/o/month\""));
        let page = organizer.get("/o/month/2023-05").await.body;
        let row = season(&house).await.remove(0);
        let filled = format!("{}／{}", row.filled, row.stalls);
        for told in [
            "2023年5月",
            "调休上班（劳动节）",
            "劳动节假期",
            "开市",
            filled.as_str(),
            "/o/month/2023-04",
            "/o/month/2023-06",
            "/o/new?day=2023-05-20",
        ] {
            assert!(page.contains(told), "{told} in {page}");
        }
        assert!(!page.contains("/o/new?day=2023-05-06"), "it is past");
        assert!(!page.contains("放假安排还没有导入"));
        let english = Request::get("/o/month/2023-05").header(header::ACCEPT_LANGUAGE, "en");
        let english = organizer.send(english, Body::empty()).await.body;
        assert!(english.contains("May 2023") && english.contains("a working day for Labour Day"));
        assert!(organizer.get("/o/month/2031-01").await.body.contains("放假安排还没有导入"));
        for wrong in ["2023-13", "2023-5", "soon", "0001-01"] {
            assert_eq!(organizer.get(&format!("/o/month/{wrong}")).await.status, StatusCode::NOT_FOUND);
        }
        let auditor = house.signed_in(AUDITOR).await.get("/o/month/2023-05").await.body;
        assert!(auditor.contains(&filled) && !auditor.contains("/o/new"));
    })
    .await;
}

#[tokio::test]
async fn a_year_of_holidays_is_imported_and_a_wrong_file_changes_nothing() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        assert_eq!(organizer.get("/o/holidays").await.location(), "/o/holidays/2023");
        assert!(organizer.get("/o/holidays/2023").await.body.contains("2023-05-06"));
        let file = r#"{"$schema":"x","year":2023,"papers":["https://www.gov.cn/a.htm","javascript:alert(1)"],"days":[
            {"name":"端午节","date":"2023-05-20","isOffDay":false}]}"#;
        let done = import(&mut organizer, file).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        assert!(done.location().starts_with("/o/holidays/2023?added=1&removed="), "{}", done.location());
        assert!(organizer.get(done.location()).await.body.contains("改好了：增加 1 天，去掉 "));
        let page = organizer.get("/o/holidays/2023").await.body;
        assert!(page.contains("2023-05-20") && !page.contains("2023-05-06") && page.contains("导入的"));
        assert!(page.contains("href=\"https://www.gov.cn/a.htm\"") && !page.contains("href=\"javascript"));
        assert!(organizer.get("/o/new").await.body.contains("因端午节调休要上班"));
        for (wrong, told) in [
            ("holiday".to_owned(), "读不出来"),
            (file.replace("2023-05-20", "2023-05-32"), "有日期写错了"),
            (file.replace("2023-05-20", "2022-05-20"), "有日期写错了"),
            (r#"{"year":2023,"days":[]}"#.to_owned(), "一天也没有"),
            (" ".repeat(70_000), "太大"),
            (String::new(), "文件是空的"),
        ] {
            let refused = import(&mut organizer, &wrong).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{told}");
            assert!(refused.body.contains(told), "{told}");
        }
        assert_eq!(organizer.get("/o/holidays/2023").await.body, page);
        assert!(page.contains("恢复随程序带的"));
        let mut auditor = house.signed_in(AUDITOR).await;
        assert!(!auditor.get("/o/holidays/2023").await.body.contains("恢复随程序带的"));
        assert_eq!(auditor.post("/o/holidays/2023", &[]).await.status, StatusCode::FORBIDDEN);
        let back = organizer.post("/o/holidays/2023", &[]).await;
        assert!(back.location().ends_with("&removed=1&changed=0"), "{}", back.location());
        let page = organizer.get("/o/holidays/2023").await.body;
        assert!(page.contains("2023-05-06") && !page.contains("2023-05-20"), "{page}");
        assert!(!page.contains("恢复随程序带的"));
        assert_eq!(organizer.post("/o/holidays/2023", &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(organizer.post("/o/holidays/2100", &[]).await.status, StatusCode::NOT_FOUND);
        assert!(organizer.get("/o/audit").await.body.contains("调休：恢复"));
    })
    .await;
}

#[tokio::test]
async fn every_unit_stands_to_every_saturday() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        organizer.post("/o/series", &[("day", "2023-05-20"), ("roster", "1")]).await;
        let page = organizer.get("/o/units/season").await.body;
        for told in ["莲花街道企服部", "准时到", "迟到 12 分钟", "在名单上", "5月13日", "5月20日"]
        {
            assert!(page.contains(told), "{told} in {page}");
        }
        let unit = house.state.store.units(&house.by.viewer()).await.unwrap()[0].id;
        assert!(page.contains(&format!("id=\"unit-{unit}\"")));
        let one = organizer.get(&format!("/o/units/{unit}")).await.body;
        assert!(one.contains(&format!("/o/units/season#unit-{unit}")));
    })
    .await;
}

/// Every address of the season with the least that a role must be: `false` for organizers only.
const GETS: [(&str, bool); 7] = [
    ("/o/", true),
    ("/o/month/2023-05", true),
    ("/o/holidays/2023", true),
    ("/o/new", false),
    ("/o/series", false),
    ("/o/feed", false),
    ("/o/units/season", true),
];
const POSTS: [&str; 4] = ["/o/new", "/o/series", "/o/feed", "/o/feed/revoke"];

#[tokio::test]
async fn an_auditor_looks_and_a_stranger_signs_in() {
    on_both(|house| async move {
        let (mut auditor, mut stranger) = (house.signed_in(AUDITOR).await, house.browser());
        for (path, may_look) in GETS {
            let want = if may_look { StatusCode::OK } else { StatusCode::FORBIDDEN };
            assert_eq!(auditor.get(path).await.status, want, "{path}");
            assert_eq!(stranger.get(path).await.location(), "/login", "{path}");
        }
        for path in ["/o/month", "/o/holidays"] {
            assert_eq!(auditor.get(path).await.status, StatusCode::SEE_OTHER, "{path}");
            assert_eq!(stranger.get(path).await.location(), "/login", "{path}");
        }
        for path in POSTS {
            assert_eq!(
                auditor.post(path, &[("day", "2023-05-20")]).await.status,
                StatusCode::FORBIDDEN,
                "{path}"
            );
            assert_eq!(stranger.post(path, &[]).await.location(), "/login", "{path}");
        }
        let file = r#"{"year":2023,"days":[{"name":"端午节","date":"2023-05-20","isOffDay":false}]}"#;
        assert_eq!(import(&mut auditor, file).await.status, StatusCode::FORBIDDEN);
        assert_eq!(import(&mut stranger, file).await.location(), "/login");
        assert_eq!(season(&house).await.len(), 1);
        assert!(house.state.store.holidays(&house.by.viewer()).await.unwrap().is_empty());
    })
    .await;
}
