//! Honest counting at the outer door: nothing is refused that a person may have meant, what looks unusual waits, and
//! an organizer decides.

use crate::house::{Answer, Browser, House, on_both};
use axum::http::{StatusCode, header};
use kaishi_domain::moment::{MINUTE, SECOND};
use kaishi_domain::trust::Pace;
use kaishi_server::demo::{AUDITOR, ORGANIZER};

/// Opens the stall page, reads it, and sends its form with what is added.
async fn tap(house: &House, browser: &mut Browser, path: &str, more: &[(&str, &str)]) -> Answer {
    let page = browser.get(path).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    house.clock.turn(2 * SECOND);
    let ticket = page.field("ticket").unwrap();
    let mut form = vec![("ticket", ticket.as_str()), ("n", "1")];
    form.extend_from_slice(more);
    browser.post(path, &form).await
}

async fn figures(house: &House) -> (i64, i64) {
    let seen = house.state.store.snapshot(house.at(), house.state.clock.now()).await.unwrap().encounters;
    assert_eq!(house.state.store.recount(house.at()).await.unwrap().encounters, seen);
    (seen.total, seen.pending_review)
}

async fn pace(house: &House, no: &str, pace: Pace) {
    let now = house.state.clock.now();
    let signs = house.state.store.signs(house.at(), now).await.unwrap();
    let stall = signs.iter().find(|sign| sign.no == no).unwrap().stall;
    house.state.store.pace_set(&house.by, house.market.id, stall, pace, now).await.unwrap();
}

#[tokio::test]
async fn one_phone_in_a_hurry_waits_and_what_counted_is_answered_as_before() {
    on_both(|house| async move {
        let mut browser = house.browser();
        let path = house.stall("2");
        let first = browser.get(&path).await.field("ticket").unwrap();
        let counted = browser.post(&path, &[("ticket", &first)]).await;
        assert_eq!(counted.status, StatusCode::SEE_OTHER);
        for no in 3..=13 {
            let answer = tap(&house, &mut browser, &house.stall(&no.to_string()), &[]).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{no}: {}", answer.body);
        }
        let slow = tap(&house, &mut browser, &house.stall("14"), &[]).await;
        assert_eq!(slow.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(slow.headers.contains_key(header::RETRY_AFTER));
        assert!(slow.body.contains("点得太勤") && slow.body.contains("再试一次"), "{}", slow.body);
        let same = browser.post(&path, &[("ticket", &first)]).await;
        assert_eq!((same.status, same.location()), (StatusCode::SEE_OTHER, counted.location()));
        let second = tap(&house, &mut browser, &path, &[]).await;
        assert_eq!(second.status, StatusCode::SEE_OTHER, "a second visit is thanked, not refused");

        house.clock.turn(10 * MINUTE);
        let again = browser.post(&house.stall("14"), &[("ticket", &slow.field("ticket").unwrap())]).await;
        assert_eq!(again.status, StatusCode::SEE_OTHER);
        assert_eq!(figures(&house).await, (13, 0));
    })
    .await;
}

#[tokio::test]
async fn a_field_that_nobody_sees_gives_a_robot_away_and_the_answer_does_not() {
    on_both(|house| async move {
        let answer = tap(&house, &mut house.browser(), &house.stall("2"), &[("memo", "buy")]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert_eq!(figures(&house).await, (0, 1));
        tap(&house, &mut house.browser(), &house.stall("2"), &[("memo", "")]).await;
        assert_eq!(figures(&house).await, (1, 1));
    })
    .await;
}

#[tokio::test]
async fn a_stall_that_serves_few_is_crowded_and_the_organizer_decides() {
    on_both(|house| async move {
        pace(&house, "2", Pace::of(Some(15), 1, false).unwrap()).await;
        for _ in 0..5 {
            let answer = tap(&house, &mut house.browser(), &house.stall("2"), &[]).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "nobody is refused");
        }
        assert_eq!(figures(&house).await, (3, 2));
        let desk = format!("/o/m/{}/review", house.at());
        let mut organizer = house.signed_in(ORGANIZER).await;
        let live = organizer.get(&format!("/o/m/{}/live", house.at())).await;
        assert!(live.body.contains("待核") && live.body.contains("15 分钟 3 人次"), "{}", live.body);
        let page = organizer.get(&desk).await;
        assert!(
            page.body.contains("2号 网格有约") && page.body.contains("超过摊位接待能力三倍"),
            "{}",
            page.body
        );
        assert!(page.body.contains("起可以定") && !page.body.contains("value=\"accept\""), "{}", page.body);

        house.clock.turn(20 * MINUTE);
        let page = organizer.get(&desk).await;
        let (stall, from, labels) =
            (page.field("stall").unwrap(), page.field("from").unwrap(), page.field("labels").unwrap());
        let form = |verdict, reason| {
            [
                ("stall", stall.as_str()),
                ("from", &from),
                ("labels", &labels),
                ("verdict", verdict),
                ("reason", reason),
            ]
        };
        let silent = organizer.post(&desk, &form("accept", " ")).await;
        assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(silent.body.contains("没有定：请写一句原因"), "{}", silent.body);
        let done = organizer.post(&desk, &form("accept", "志愿者加了一位")).await;
        assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, desk.as_str()), "{}", done.body);
        assert_eq!(figures(&house).await, (5, 0));
        let again = organizer.post(&desk, &form("reject", "再来一次")).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        let page = organizer.get(&desk).await;
        assert!(page.body.contains("志愿者加了一位") && page.body.contains("没有待核的"), "{}", page.body);

        let mut auditor = house.signed_in(AUDITOR).await;
        let page = auditor.get(&desk).await;
        assert!(page.status == StatusCode::OK && !page.body.contains("name=\"verdict\""));
        let refused = auditor.post(&desk, &form("accept", "街道")).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    })
    .await;
}

#[tokio::test]
async fn the_code_of_the_stall_outweighs_a_missing_cookie() {
    on_both(|house| async move {
        let (stall, pad) = (house.stall("10"), house.pad("10"));
        let mut browser = house.browser();
        assert!(!browser.get(&stall).await.body.contains("name=\"code\""));
        assert!(browser.get(&format!("{pad}/code")).await.body.contains("这个摊位不用摊位码"));
        let desk = format!("/o/m/{}/review/pace", house.at());
        let mut organizer = house.signed_in(ORGANIZER).await;
        let page = organizer.get(&format!("/o/m/{}/review", house.at())).await;
        let option = page.body.split("<option value=\"").find(|text| text.contains(">10号 ")).unwrap();
        let id = option.split('"').next().unwrap();
        let wrong = organizer.post(&desk, &[("stall", id), ("minutes", "0"), ("code", "yes")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("没有保存") && wrong.body.contains("checked"), "{}", wrong.body);
        let said =
            organizer.post(&desk, &[("stall", id), ("minutes", ""), ("hands", ""), ("code", "yes")]).await;
        assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.body);

        assert!(browser.get(&pad).await.body.contains("/code\""), "the pad leads there");
        let page = browser.get(&format!("{pad}/code")).await;
        let code = page.body.split("class=\"stall-code\"").nth(1).unwrap().split("<b>").nth(1).unwrap()[..4]
            .to_owned();
        assert!(code.bytes().all(|b| b.is_ascii_digit()), "{code}");

        let nobody = || {
            let mut phone = house.browser();
            phone.keeps_cookies = false;
            phone
        };
        assert!(nobody().get(&stall).await.body.contains("摊位码（可不填）"));
        tap(&house, &mut nobody(), &stall, &[("code", &code)]).await;
        assert_eq!(figures(&house).await, (1, 0));
        let other = if code == "0000" { "0001" } else { "0000" };
        let answer = tap(&house, &mut nobody(), &stall, &[("code", other)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "a wrong code is no refusal and tells nothing");
        assert_eq!(figures(&house).await, (1, 1));
        house.clock.turn(12 * MINUTE);
        tap(&house, &mut nobody(), &stall, &[("code", &code)]).await;
        assert_eq!(figures(&house).await, (1, 2), "an old code is worth nothing");
    })
    .await;
}
