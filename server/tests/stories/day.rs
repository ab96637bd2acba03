//! The day over HTTP: cells signed by a link, the list before opening, the log, announcements, opening and closing.

use crate::house::{BASE, Browser, House, on_both};
use axum::http::StatusCode;
use kaishi_domain::cell::Point;
use kaishi_domain::market::Stage;
use kaishi_domain::moment::{HOUR, MINUTE};
use kaishi_server::demo::{AUDITOR, ORGANIZER};

const SEEN: StatusCode = StatusCode::SEE_OTHER;
const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

fn base(house: &House) -> String {
    format!("/o/m/{}", house.at())
}

/// The paths of the heads' pages, as the organizer's page lists them.
async fn heads(house: &House, organizer: &mut Browser) -> Vec<String> {
    let page = organizer.get(&format!("{}/cells", base(house))).await.body;
    let found = page.split("href=\"").filter_map(|part| part.split('"').next()?.split_once("/cell/"));
    found.map(|(_, token)| format!("/cell/{token}")).collect()
}

fn checklist(bad: Option<Point>, remark: &str) -> Vec<(&str, &str)> {
    let answer = |point: &Point| (point.code(), if Some(*point) == bad { "unmet" } else { "met" });
    Point::ALL.iter().map(answer).chain([("remark", remark), ("signer", "保安队长")]).collect()
}

#[tokio::test]
async fn a_head_signs_without_an_account_and_what_is_wrong_stops_closing() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let (base, mut phone) = (base(&house), house.browser());
        let links = heads(&house, &mut organizer).await;
        assert_eq!(links.len(), 2, "the demo has two cells");
        let page = phone.get(&links[0]).await;
        assert!(page.body.contains("第1邻") && page.body.contains("物业、治安"), "{}", page.body);
        assert!(!page.body.contains("<script"), "works without script");
        let none = phone.post(&links[0], &checklist(None, "")[1..]).await;
        assert_eq!(none.status, WRONG);
        assert!(none.body.contains("每项都要看过") && none.body.contains("checked"), "nothing is lost");
        let bare = phone.post(&links[0], &checklist(Some(Point::Gas), "")).await;
        assert!(bare.body.contains("请在备注里写清楚"));
        let signed = phone.post(&links[0], &checklist(Some(Point::Gas), "1号有卡式炉")).await;
        assert_eq!((signed.status, signed.location()), (SEEN, links[0].as_str()));
        let desk = organizer.get(&format!("{base}/live")).await.body;
        assert!(desk.contains("燃气明火：1号有卡式炉") && desk.contains("已签，有隐患"));

        let stage = format!("{base}/stage");
        let asked = organizer.post(&stage, &[("stage", "closed")]).await;
        assert_eq!(asked.status, StatusCode::OK);
        assert!(asked.body.contains("没处置完：燃气明火（第1邻）"), "{}", asked.body);
        let open = house.state.store.market(house.at()).await.unwrap();
        assert_eq!(open.stage, Stage::Open, "it only asked");
        let empty = [("stage", "closed"), ("asked", "yes"), ("reason", " ")];
        assert_eq!(organizer.post(&stage, &empty).await.status, WRONG);
        let why = [("stage", "closed"), ("asked", "yes"), ("reason", "雷雨将至")];
        assert_eq!(organizer.post(&stage, &why).await.status, SEEN);
        let desk = organizer.get(&format!("{base}/live")).await.body;
        assert!(desk.contains("收市，有 1 条没办好：雷雨将至"));
        assert!(desk.contains("重新开市"), "{desk}");

        house.clock.turn(20 * HOUR);
        assert_eq!(phone.get(&links[0]).await.status, StatusCode::GONE);
        let forged = links[0].replace("/cell/", "/cell/0");
        assert_eq!(phone.get(&forged).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn the_first_opening_is_called_an_opening() {
    on_both(|house| async move {
        house.state.store.stage(&house.by, house.market.id, Stage::Calling, house.state.now()).await.unwrap();
        let desk = house.signed_in(ORGANIZER).await.get(&format!("{}/live", base(&house))).await.body;
        let desk = desk.replace("<!>", "");
        assert!(desk.contains("<h2>开市</h2>") && !desk.contains("重新开市"), "{desk}");
    })
    .await;
}

#[tokio::test]
async fn cells_are_described_and_stalls_move_between_them() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let cells = house.state.store.cells(house.at()).await.unwrap();
        let (one, two) = (&cells[0], &cells[1]);
        let (page, stall) = (format!("{}/cells", base(&house)), one.stalls[0].to_string());
        let again = organizer.post(&page, &[]).await;
        assert_eq!(again.status, StatusCode::CONFLICT);
        assert!(again.body.contains("不能重新分"));
        let (from, to) = (one.id.to_string(), two.id.to_string());
        let moving = [("stall", stall.as_str()), ("from", from.as_str()), ("to", to.as_str())];
        assert_eq!(organizer.post(&format!("{page}/move"), &moving).await.status, SEEN);
        let twice = organizer.post(&format!("{page}/move"), &moving).await;
        assert_eq!(twice.status, StatusCode::CONFLICT);
        assert!(twice.body.contains("刚被挪过") && twice.body.contains("有新摊位，要重签"));
        let form = [("name", "北廊"), ("role", "网格员"), ("fire", "yes")];
        assert_eq!(organizer.post(&format!("{page}/{to}"), &form).await.status, SEEN);
        let nameless = organizer.post(&format!("{page}/{to}"), &[("name", " ")]).await;
        assert_eq!(nameless.status, WRONG);
        let asked = organizer.post(&format!("{}/stage", base(&house)), &[("stage", "open")]).await;
        assert!(asked.body.contains("北廊还没签开市检查"), "a stall came that nobody looked at");
        let before = heads(&house, &mut organizer).await;
        organizer.post(&format!("{page}/{to}/relink"), &[]).await;
        let mut phone = house.browser();
        assert_eq!(phone.get(&before[1]).await.status, StatusCode::GONE);
        let unit = house.addresses.units.iter().find(|unit| {
            let no = &unit.no;
            house.addresses.stalls.iter().any(|stall| stall.no == *no)
        });
        let own = phone.get(unit.unwrap().url.strip_prefix(BASE).unwrap()).await.body;
        assert!(own.contains("我们这一邻"), "a unit reads its cell");
        let mut auditor = house.signed_in(AUDITOR).await;
        let read = auditor.get(&page).await.body;
        assert!(read.contains("北廊") && !read.contains("/cell/"), "who may only look gets no link");
        assert_eq!(auditor.post(&page, &[]).await.status, StatusCode::FORBIDDEN);
    })
    .await;
}

#[tokio::test]
async fn the_list_before_opening_decides_itself_or_is_marked() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let page = format!("{}/preflight", base(&house));
        let seeded = organizer.get(&page).await.body;
        assert!(seeded.contains("必须的都办好了"), "the demo is in order");
        organizer.post(&format!("{page}/permit"), &[("mark", "none")]).await;
        let open = organizer.get(&page).await.body;
        assert!(open.contains("预计 5000 人：报市公安") && open.contains("已过期"));
        let wrong = organizer.post(&format!("{page}/attendance"), &[("attendance", "约五千")]).await;
        assert_eq!(wrong.status, WRONG);
        assert!(wrong.body.contains("value=\"约五千\""), "nothing is lost");
        let few = [("attendance", "800")];
        assert_eq!(organizer.post(&format!("{page}/attendance"), &few).await.status, SEEN);
        assert!(organizer.get(&page).await.body.contains("预计 800 人，不到 1000"));

        organizer.post(&format!("{page}/venue"), &[("mark", "none")]).await;
        let nobody = [("mark", "done"), ("by", ""), ("on", "2023-05-01"), ("note", "函〔2023〕3号")];
        let lost = organizer.post(&format!("{page}/venue"), &nobody).await;
        assert_eq!(lost.status, WRONG);
        assert!(lost.body.contains("函〔2023〕3号") && lost.body.contains("谁办的、哪天要写"));
        let asked = organizer.post(&format!("{}/stage", base(&house)), &[("stage", "open")]).await;
        assert!(asked.body.contains("清单里必须的还没办：场地同意书"));
        let exempt = [("mark", "exempt"), ("note", "自有场地")];
        assert_eq!(organizer.post(&format!("{page}/venue"), &exempt).await.status, SEEN);
        assert!(organizer.get(&page).await.body.contains("自有场地"));
        let itself = [("mark", "done"), ("by", "社区"), ("on", "2023-05-01")];
        let refused = organizer.post(&format!("{page}/layout"), &itself).await;
        assert_eq!(refused.status, WRONG);
        assert_eq!(organizer.post(&format!("{page}/nothing"), &exempt).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn an_incident_is_written_down_handled_and_looked_at_again() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let page = format!("{}/incidents", base(&house));
        let seeded = organizer.get(&page).await.body;
        assert!(seeded.contains("不写伤者") && seeded.contains("护槽没有松"), "one is settled");
        let mut form = vec![
            ("kind", "injury"),
            ("state", "handling"),
            ("severity", "serious"),
            ("place", "北门台阶"),
            ("words", "一位居民绊倒"),
            ("happened", "2023-05-13T23:10"),
        ];
        let ahead = organizer.post(&page, &form).await;
        assert_eq!(ahead.status, WRONG, "nothing is written down before it happens");
        assert!(ahead.body.contains("一位居民绊倒") && ahead.body.contains("北门台阶"));
        form[5].1 = "2023-05-13T10:10";
        let written = organizer.post(&page, &form).await;
        assert_eq!(written.status, SEEN);
        let all = house.state.store.incidents(house.at()).await.unwrap();
        let one = all.iter().find(|one| one.state.is_open()).unwrap();
        assert_eq!(one.written.since(one.happened), 32 * MINUTE, "both times are kept");
        let act = format!("{page}/{}", one.id);
        let bare = organizer.post(&act, &[("verb", "deal"), ("words", "包扎")]).await;
        assert_eq!(bare.status, WRONG);
        assert!(bare.body.contains("要定回访期限"));
        let deal =
            [("verb", "deal"), ("words", "包扎"), ("h120", "yes"), ("due", "2023-05-16"), ("by", "网格员")];
        assert_eq!(organizer.post(&act, &deal).await.status, SEEN);
        let shown = organizer.get(&page).await.body;
        assert!(shown.contains("120 急救") && shown.contains("5月16日 网格员"));
        let season = organizer.get("/o/").await.body;
        assert!(season.contains("一位居民绊倒") && !season.contains("已过期"));
        house.clock.turn(96 * HOUR);
        let mut later = house.signed_in(ORGANIZER).await;
        assert!(later.get("/o/").await.body.contains("已过期"), "the second look is late");
        later.post(&act, &[("verb", "again"), ("words", "还疼")]).await;
        assert!(later.get(&page).await.body.contains("处置中"), "the loop goes round");
    })
    .await;
}

#[tokio::test]
async fn one_line_reaches_screen_square_stall_and_pad_and_is_ended() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let (base, mut phone) = (base(&house), house.browser());
        for line in house.state.store.announcements(house.at(), house.state.now()).await.unwrap().iter() {
            organizer.post(&format!("{base}/announce/{}", line.id), &[]).await;
        }
        let wrong = [("topic", "other"), ("words", ""), ("from", "10:00"), ("until", "11:00")];
        let none = organizer.post(&format!("{base}/announce"), &wrong).await;
        assert_eq!(none.status, WRONG);
        assert!(none.body.contains("“其他”要自己写"));
        let form = [("topic", "lost_child"), ("words", ""), ("from", "10:00"), ("until", "11:00")];
        assert_eq!(organizer.post(&format!("{base}/announce"), &form).await.status, SEEN);
        let line = "有小朋友在服务台等家人，请家长到总服务台。";
        let (market, screen) = (format!("/m/{}", house.at()), house.addresses.counts.clone());
        let pages = [market, house.stall("2"), house.pad("2"), screen.replace(BASE, "")];
        for page in &pages {
            assert!(phone.get(page).await.body.contains(line), "{page}");
        }
        house.clock.turn(30 * MINUTE);
        for page in &pages[..3] {
            assert!(!phone.get(page).await.body.contains(line), "{page} after its end");
        }
        let fresh = house.state.store.snapshot(house.at(), house.state.now()).await.unwrap();
        assert!(fresh.announcements.is_empty(), "a screen beats by its own clock");
    })
    .await;
}

#[tokio::test]
async fn the_card_is_on_the_public_page_on_the_pad_and_on_paper() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let page = format!("{}/emergency", base(&house));
        let long = "字".repeat(41);
        let wrong = organizer.post(&page, &[("lead", "社区书记"), ("assembly", &long)]).await;
        assert_eq!(wrong.status, WRONG);
        assert!(wrong.body.contains(&long), "nothing is lost");
        let card =
            [("lead", "社区书记，在服务台"), ("assembly", "北侧草坪\n南广场"), ("comfort", "红色驿站")];
        assert_eq!(organizer.post(&page, &card).await.status, SEEN);
        let mut phone = house.browser();
        for path in [format!("/m/{}", house.at()), house.pad("2")] {
            let body = phone.get(&path).await.body;
            assert!(body.contains("北侧草坪") && body.contains("社区书记，在服务台"), "{path}");
        }
        for size in ["a4", "a5"] {
            let paper = organizer.get(&format!("{page}/print?size={size}")).await.body;
            assert!(paper.contains("南广场") && paper.contains("120") && paper.contains("红色驿站"));
            assert!(paper.contains("诗园小广场东侧"), "a hydrant without a label is told by its place");
        }
    })
    .await;
}

#[tokio::test]
async fn the_rule_says_stop_and_why() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let base = base(&house);
        let senseless = [("wind_stop", "6"), ("heat_shade", "39"), ("heat_stop", "37")];
        assert_eq!(organizer.post(&format!("{base}/limits"), &senseless).await.status, WRONG);
        let limits = [("wind_stop", "5"), ("heat_shade", "34"), ("heat_stop", "38")];
        assert_eq!(organizer.post(&format!("{base}/limits"), &limits).await.status, SEEN);
        let mut look = vec![("forecast", "大风"), ("wind", "很大"), ("heat", "26"), ("decision", "wait")];
        let wrong = organizer.post(&format!("{base}/weather"), &look).await;
        assert_eq!(wrong.status, WRONG);
        assert!(wrong.body.contains("value=\"很大\"") && wrong.body.contains("value=\"大风\""));
        look[1].1 = "6";
        assert_eq!(organizer.post(&format!("{base}/weather"), &look).await.status, SEEN);
        let page = organizer.get(&format!("{base}/rain")).await.body;
        assert!(page.contains("风力到 5 级，或气温到 38℃"), "the rule is shown");
        assert!(page.contains("按规则：停办，收篷（风力 6 级，停办线 5 级）"));
    })
    .await;
}

#[tokio::test]
async fn who_had_not_come_is_absent_from_closing_on() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let base = base(&house);
        let entries = house.state.store.entries(house.at()).await.unwrap();
        let one = entries.iter().find(|entry| entry.unit.is_some()).unwrap();
        let id = one.id.to_string();
        organizer.post(&format!("{base}/arrived"), &[("entry", &id), ("arrived", "no")]).await;
        let asked = organizer.post(&format!("{base}/stage"), &[("stage", "closed")]).await;
        assert!(asked.body.contains("1 家还没到") && asked.body.contains(&one.unit_name));
        let go = [("stage", "closed"), ("asked", "yes"), ("reason", "等不到了")];
        assert_eq!(organizer.post(&format!("{base}/stage"), &go).await.status, SEEN);
        let late = organizer.post(&format!("{base}/arrived"), &[("entry", &id), ("arrived", "yes")]).await;
        assert_eq!(late.status, WRONG);
        let unit = format!("/o/units/{}", one.unit.unwrap());
        assert!(organizer.get(&unit).await.body.contains("未到"), "it stands in its history");
    })
    .await;
}
