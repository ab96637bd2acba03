//! Stories of a queue: a number without script and without a cookie, called at the stall, counted once.

use crate::house::{Answer, Browser, House, on_both};
use axum::http::{StatusCode, header};
use kaishi_server::demo::{AUDITOR, ORGANIZER};

fn plain(answer: &Answer) -> String {
    answer.body.replace("<!>", "")
}

/// Takes a number at the stall with the queue; answers the path of its page.
async fn take(house: &House, phone: &mut Browser) -> String {
    let path = format!("{}/queue", house.stall("12"));
    let ticket = phone.get(&path).await.field("ticket").unwrap();
    let done = phone.post(&path, &[("ticket", &ticket)]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    done.location().to_owned()
}

/// Presses a button of the staff page as it stands.
async fn press(house: &House, staff: &mut Browser, act: &str) -> Answer {
    let path = format!("{}/queue", house.pad("12"));
    let seen = staff.get(&path).await.field("seen").unwrap();
    staff.post(&path, &[("act", act), ("seen", &seen)]).await
}

fn code(page: &str) -> &str {
    page.rsplit('/').next().unwrap()
}

#[tokio::test]
async fn a_number_is_taken_called_and_served_as_one_encounter() {
    on_both(|house| async move {
        let (mut first, mut second, mut staff) = (house.browser(), house.browser(), house.browser());
        let stall = first.get(&house.stall("12")).await;
        assert!(stall.body.contains("取号") && !first.get(&house.stall("2")).await.body.contains("取号"));
        let one = take(&house, &mut first).await;
        let two = take(&house, &mut second).await;
        let page = second.get(&two).await;
        assert_eq!(page.headers[header::REFRESH], "20");
        let body = plain(&page);
        assert!(body.contains("前面还有 1 位") && !body.contains("大约"), "nobody was called yet: {body}");
        assert!(!body.contains("<script") && !body.contains("style=\""), "{body}");
        let still = second.get(&format!("{two}?still=1")).await;
        assert!(!still.headers.contains_key(header::REFRESH), "it can be stopped");
        let again = second.get(&format!("{}/queue", house.stall("12"))).await;
        assert_eq!(again.location(), two, "a phone has one number");

        assert_eq!(press(&house, &mut staff, "call").await.status, StatusCode::SEE_OTHER);
        assert!(first.get(&one).await.body.contains("轮到您了"));
        let body = plain(&second.get(&two).await);
        assert!(body.contains("下一位就是您") && body.contains("快到了"), "{body}");
        let seen = staff.get(&format!("{}/queue", house.pad("12"))).await.field("seen").unwrap();
        let act = format!("served:{}", code(&one));
        for expected in [StatusCode::SEE_OTHER, StatusCode::UNPROCESSABLE_ENTITY] {
            let form = [("act", act.as_str()), ("seen", seen.as_str())];
            let done = staff.post(&format!("{}/queue", house.pad("12")), &form).await;
            assert_eq!(done.status, expected, "pressed twice it counts once");
        }
        let ledger = house.state.store.recount(house.at()).await.unwrap();
        assert_eq!((ledger.rows, ledger.encounters.staff, ledger.encounters.total), (1, 1, 1));
        assert!(first.get(&one).await.body.contains("不用再扫码"));

        assert_eq!(press(&house, &mut staff, "call").await.status, StatusCode::SEE_OTHER);
        let market = plain(&first.get(&format!("/m/{}", house.at())).await);
        assert!(market.contains("正在叫号") && market.contains("2 号"), "{market}");
    })
    .await;
}

#[tokio::test]
async fn without_a_cookie_the_code_leads_back_and_a_number_is_given_back() {
    on_both(|house| async move {
        let mut phone = house.browser();
        phone.keeps_cookies = false;
        let own = take(&house, &mut phone).await;
        let queue = format!("{}/queue", house.stall("12"));
        let typed = code(&own).to_lowercase();
        assert_eq!(phone.get(&format!("{queue}?code={typed}")).await.location(), own);
        let wrong = phone.get(&format!("{queue}?code=XXXXXX")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(wrong.field("code").as_deref(), Some("XXXXXX"), "what was typed stays");
        for _ in 0..2 {
            let left = phone.post(&format!("{own}/leave"), &[]).await;
            assert_eq!(left.location(), own);
        }
        let body = phone.get(&own).await.body;
        assert!(body.contains("号已退还") && body.contains("重新取号"), "{body}");
    })
    .await;
}

#[tokio::test]
async fn a_closed_queue_is_told_kindly_and_counts_who_missed_out() {
    on_both(|house| async move {
        let (mut phone, mut staff) = (house.browser(), house.browser());
        assert_eq!(press(&house, &mut staff, "close").await.status, StatusCode::SEE_OTHER);
        let path = format!("{}/queue", house.stall("12"));
        let page = phone.get(&path).await;
        assert!(page.body.contains("今天的号发完了"), "{}", page.body);
        for _ in 0..2 {
            let ticket = phone.get(&path).await.field("ticket").unwrap();
            let noted = phone.post(&path, &[("ticket", &ticket)]).await;
            assert!(phone.get(noted.location()).await.body.contains("记下了"));
        }
        let mut desk = house.signed_in(ORGANIZER).await;
        let visit = format!("/o/m/{}/visit", house.at());
        let body = plain(&desk.get(&visit).await);
        assert!(body.contains("已停止发号") && body.contains("<td data-label=\"没排上\">1</td>"), "{body}");
        let stale = phone.post(&path, &[("ticket", "ABC")]).await;
        assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
    })
    .await;
}

#[tokio::test]
async fn an_organizer_switches_a_queue_on_and_off_and_an_auditor_only_looks() {
    on_both(|house| async move {
        let mut desk = house.signed_in(ORGANIZER).await;
        let visit = format!("/o/m/{}/visit", house.at());
        let signs = house.state.store.signs(house.at(), house.state.now()).await.unwrap();
        let stall = signs.iter().find(|sign| sign.no == "7").unwrap().stall.to_string();
        let wrong = [("stall", stall.as_str()), ("capacity", "0"), ("minutes", "15")];
        let refused = desk.post(&format!("{visit}/queue"), &wrong).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(refused.field("minutes").as_deref(), Some("15"), "what was typed stays");
        let right = [("stall", stall.as_str()), ("capacity", "3"), ("minutes", "15")];
        let mut auditor = house.signed_in(AUDITOR).await;
        let looked = auditor.get(&visit).await;
        assert!(looked.status == StatusCode::OK && !looked.body.contains("开取号"), "{}", looked.body);
        assert_eq!(auditor.post(&format!("{visit}/queue"), &right).await.status, StatusCode::FORBIDDEN);
        assert_eq!(desk.post(&format!("{visit}/queue"), &right).await.status, StatusCode::SEE_OTHER);
        assert!(desk.get(&house.stall("7")).await.body.contains("取号"));
        assert!(desk.get(&house.pad("7")).await.body.contains("叫号"));
        desk.post(&format!("{visit}/queue/off"), &[("stall", &stall)]).await;
        assert!(!desk.get(&house.stall("7")).await.body.contains("取号"));
        assert!(desk.get(&format!("{}/queue", house.pad("7"))).await.body.contains("没有开取号"));
    })
    .await;
}
