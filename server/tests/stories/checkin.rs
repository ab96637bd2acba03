//! A resident before a poster: looks, taps, taps again, takes it back, and everything that can go wrong.

use crate::house::{Answer, Browser, House, on_both};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use kaishi_domain::moment::{HOUR, MINUTE};
use kaishi_domain::token::Purpose;
use kaishi_store::Recount;

async fn ledger(house: &House) -> Recount {
    house.state.store.recount(house.at()).await.unwrap()
}

/// Opens the stall page and sends its form; answers the page's path and where the answer leads.
async fn tap(browser: &mut Browser, path: &str, n: &str) -> Answer {
    let page = browser.get(path).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    browser.post(path, &[("ticket", &page.field("ticket").unwrap()), ("n", n)]).await
}

async fn follow(browser: &mut Browser, answer: &Answer) -> Answer {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    browser.get(answer.location()).await
}

#[tokio::test]
async fn looking_counts_nothing() {
    on_both(|house| async move {
        let path = house.stall("2");
        let mut browser = house.browser();
        for _ in 0..3 {
            let page = browser.get(&path).await;
            assert_eq!(page.status, StatusCode::OK);
            assert_eq!(page.headers[header::CACHE_CONTROL], "no-store");
            assert!(page.body.contains("网格有约") && page.body.contains("我被服务了"));
            assert!(!page.body.contains("<script"), "a resident's page has no script");
            assert!(!page.body.contains("style=\""), "the policy would block it");
        }
        let head = browser.send(Request::builder().method(Method::HEAD).uri(&path), Body::empty()).await;
        assert_eq!((head.status, head.body.as_str()), (StatusCode::OK, ""));
        let strange = browser.get(&format!("{path}/done?t=0123456789")).await;
        assert_eq!((strange.status, strange.location()), (StatusCode::SEE_OTHER, path.as_str()));
        assert_eq!(ledger(&house).await.rows, 0);
    })
    .await;
}

#[tokio::test]
async fn one_tap_is_one_row_and_the_page_says_so() {
    on_both(|house| async move {
        let mut browser = house.browser();
        let answer = tap(&mut browser, &house.stall("2"), "3").await;
        let done = follow(&mut browser, &answer).await;
        for text in ["已记录", "2号摊 网格有约", "10:42", "3 人", "今天的章", "接着逛", "点错了，撤回这一次"]
        {
            assert!(done.body.contains(text), "{text} is missing in {}", done.body);
        }
        let ledger = ledger(&house).await;
        assert_eq!((ledger.rows, ledger.encounters.scan, ledger.encounters.total), (1, 3, 3));
        assert_eq!((ledger.visitors, ledger.encounters.pending_review), (1, 0));
    })
    .await;
}

#[tokio::test]
async fn a_form_that_is_sent_ten_times_counts_once() {
    on_both(|house| async move {
        let path = house.stall("2");
        let mut browser = house.browser();
        let ticket = browser.get(&path).await.field("ticket").unwrap();
        let mut leads = Vec::new();
        for _ in 0..10 {
            leads.push(browser.post(&path, &[("ticket", &ticket), ("n", "1")]).await.location().to_owned());
        }
        leads.dedup();
        assert_eq!(leads.len(), 1, "the same answer each time");
        assert!(browser.get(&leads[0]).await.body.contains("已记录"));
        assert_eq!(ledger(&house).await.rows, 1);

        let ticket = house.browser().get(&path).await.field("ticket").unwrap();
        let at_once = (0..20).map(|_| {
            let (mut phone, path, ticket) = (house.browser(), path.clone(), ticket.clone());
            async move { phone.post(&path, &[("ticket", &ticket)]).await.status }
        });
        let answers = futures::future::join_all(at_once).await;
        assert!(answers.iter().all(|status| *status == StatusCode::SEE_OTHER));
        assert_eq!(ledger(&house).await.rows, 2);
    })
    .await;
}

#[tokio::test]
async fn a_second_tap_is_thanked_and_not_counted() {
    on_both(|house| async move {
        let mut browser = house.browser();
        tap(&mut browser, &house.stall("2"), "1").await;
        house.clock.turn(20 * MINUTE);
        let answer = tap(&mut browser, &house.stall("2"), "1").await;
        let done = follow(&mut browser, &answer).await;
        assert!(done.body.contains("今天已计入，谢谢") && done.body.contains("10:42"), "{}", done.body);
        let other = tap(&mut browser, &house.stall("3"), "1").await;
        let done = follow(&mut browser, &other).await;
        assert!(done.body.contains("2 个"), "two stamps: {}", done.body);
        assert_eq!(ledger(&house).await.rows, 2);
    })
    .await;
}

#[tokio::test]
async fn without_cookies_it_works_and_waits_for_review() {
    on_both(|house| async move {
        let mut browser = house.browser();
        browser.keeps_cookies = false;
        let answer = tap(&mut browser, &house.stall("2"), "2").await;
        let done = follow(&mut browser, &answer).await;
        assert!(done.body.contains("已记录") && !done.body.contains("今天的章"), "{}", done.body);
        let counted = ledger(&house).await;
        assert_eq!((counted.encounters.total, counted.encounters.pending_review), (0, 2));

        // A cookie that the page did not give belongs to nobody.
        let page = house.browser().get(&house.stall("2")).await;
        let mut other = house.browser();
        other.get(&house.stall("2")).await;
        other.post(&house.stall("2"), &[("ticket", &page.field("ticket").unwrap())]).await;
        assert_eq!(ledger(&house).await.encounters.pending_review, 3);
    })
    .await;
}

#[tokio::test]
async fn a_ticket_that_is_false_foreign_or_old_gives_the_page_again() {
    on_both(|house| async move {
        let (two, three) = (house.stall("2"), house.stall("3"));
        let mut browser = house.browser();
        let ticket = browser.get(&two).await.field("ticket").unwrap();
        let mut forged = ticket.clone();
        forged.replace_range(30..31, if &ticket[30..31] == "A" { "B" } else { "A" });
        let shorter = &ticket[..ticket.len() - 1];
        for (path, ticket, n) in [
            (&two, forged.as_str(), "2"),
            (&two, shorter, "2"),
            (&two, "", "2"),
            (&three, ticket.as_str(), "2"),
            (&two, ticket.as_str(), "0"),
            (&two, ticket.as_str(), "10"),
            (&two, ticket.as_str(), "一"),
        ] {
            let again = browser.post(path, &[("ticket", ticket), ("n", n)]).await;
            assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{n} {ticket}");
            assert!(again.field("ticket").unwrap() != ticket && again.body.contains("请再点一下"));
        }
        assert_eq!(ledger(&house).await.rows, 0);

        house.clock.turn(2 * HOUR + 1);
        let again = browser.post(&two, &[("ticket", &ticket), ("n", "6")]).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        let six = again.body.split("<input").find(|tag| tag.contains("id=\"n6\"")).unwrap();
        assert!(six.contains("checked"), "the chosen number is kept: {six}");
        let counted = browser.post(&two, &[("ticket", &again.field("ticket").unwrap()), ("n", "6")]).await;
        assert_eq!(counted.status, StatusCode::SEE_OTHER);
        assert_eq!(ledger(&house).await.encounters.total, 6);
    })
    .await;
}

#[tokio::test]
async fn codes_that_do_not_count_each_say_why_and_lead_on() {
    on_both(|house| async move {
        let mut browser = house.browser();
        let (one, two) = (house.stall("1"), house.stall("2"));
        let upper = format!("/S/{}", two.strip_prefix("/s/").unwrap().to_ascii_uppercase());
        assert_eq!(browser.get(&upper).await.status, StatusCode::OK, "printed in upper case");
        assert_eq!(browser.get(&two.to_ascii_lowercase()).await.status, StatusCode::OK);
        let ticket = browser.get(&two).await.field("ticket").unwrap();

        let staff = house.pad("2").replace("/staff/", "/s/");
        for path in ["/s/x", "/s/0000000000000000000000000000000000000000", staff.as_str()] {
            let false_code = browser.get(path).await;
            assert_eq!(false_code.status, StatusCode::NOT_FOUND, "{path}");
            assert!(false_code.body.contains("这个码不是我们的"));
            let sent = browser.post(path, &[("ticket", &ticket)]).await;
            assert_eq!(sent.status, StatusCode::NOT_FOUND);
        }

        let id =
            |path: &str| house.state.keys.read(Purpose::Poster, path.strip_prefix("/s/").unwrap()).unwrap();
        let (store, now) = (&house.state.store, house.state.now());
        store.poster_revoke(&house.by, id(&one), now).await.unwrap();
        let next = store.poster_rotate(&house.by, id(&two), now).await.unwrap();
        for (path, text) in [(&one, "这张海报已停用"), (&two, "这张海报换新了")] {
            let page = browser.get(path).await;
            assert_eq!(page.status, StatusCode::GONE);
            assert!(page.body.contains(text) && page.body.contains("/appeal"), "{}", page.body);
        }
        let late = browser.post(&two, &[("ticket", &ticket), ("n", "1")]).await;
        assert_eq!(late.status, StatusCode::GONE, "a page that was open counts no more");
        assert_eq!(browser.get(&house.state.path(Purpose::Poster, next.id)).await.status, StatusCode::OK);
        assert_eq!(ledger(&house).await.rows, 0);
    })
    .await;
}

#[tokio::test]
async fn outside_its_hours_a_poster_counts_nothing_and_appeals_stay_welcome() {
    on_both(|house| async move {
        let mut browser = house.browser();
        let path = house.stall("2");
        let ticket = browser.get(&path).await.field("ticket").unwrap();
        let mut at = 0;
        for (hours, text) in [
            (-3, "8:00 起可以点"),
            (11, "今天收市了"),
            (-30, "它是给 5月13日 的市集用的"),
            (30, "它是 5月13日 市集的，那天已经结束"),
        ] {
            house.clock.turn((hours - at) * HOUR);
            at = hours;
            let page = browser.get(&path).await;
            assert_eq!(page.status, StatusCode::OK);
            assert!(page.body.contains(text) && page.body.contains("/appeal"), "{hours}: {}", page.body);
            assert!(page.field("ticket").is_none() && !page.headers.contains_key(header::SET_COOKIE));
            let sent = browser.post(&path, &[("ticket", &ticket), ("n", "1")]).await;
            assert_ne!(sent.status, StatusCode::SEE_OTHER);
        }
        assert_eq!(ledger(&house).await.rows, 0);
    })
    .await;
}

#[tokio::test]
async fn a_visit_is_taken_back_by_its_own_phone_within_ten_minutes() {
    on_both(|house| async move {
        let path = house.stall("2");
        let mut browser = house.browser();
        let answer = tap(&mut browser, &path, "2").await;
        let done = follow(&mut browser, &answer).await;
        let ticket = done.field("ticket").unwrap();
        let undo = format!("{path}/undo");

        let stranger = house.browser().post(&undo, &[("ticket", &ticket)]).await;
        assert_eq!(stranger.status, StatusCode::CONFLICT, "who only has the address takes nothing back");
        let forged = browser.post(&undo, &[("ticket", "ABC")]).await;
        assert_eq!(forged.location(), path);
        assert_eq!(ledger(&house).await.encounters.total, 2);

        for _ in 0..2 {
            let back = browser.post(&undo, &[("ticket", &ticket)]).await;
            let page = follow(&mut browser, &back).await;
            assert!(page.body.contains("已撤回") && page.field("ticket").is_none(), "{}", page.body);
        }
        assert_eq!((ledger(&house).await.rows, ledger(&house).await.encounters.total), (2, 0));
        let again = tap(&mut browser, &path, "1").await;
        assert!(follow(&mut browser, &again).await.body.contains("请摊位人员按一下"));

        let answer = tap(&mut browser, &house.stall("3"), "1").await;
        let ticket = follow(&mut browser, &answer).await.field("ticket").unwrap();
        house.clock.turn(10 * MINUTE + 1);
        assert!(follow(&mut browser, &answer).await.field("ticket").is_none());
        let late = browser.post(&format!("{}/undo", house.stall("3")), &[("ticket", &ticket)]).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert_eq!(ledger(&house).await.encounters.total, 1);
    })
    .await;
}

#[tokio::test]
async fn a_phone_without_cookies_takes_its_own_visit_back() {
    on_both(|house| async move {
        let mut browser = house.browser();
        browser.keeps_cookies = false;
        let answer = tap(&mut browser, &house.stall("2"), "1").await;
        let ticket = follow(&mut browser, &answer).await.field("ticket").unwrap();
        let back = browser.post(&format!("{}/undo", house.stall("2")), &[("ticket", &ticket)]).await;
        assert!(follow(&mut browser, &back).await.body.contains("已撤回"));
        assert_eq!(ledger(&house).await.encounters.pending_review, 0);
    })
    .await;
}

#[tokio::test]
async fn another_site_cannot_tap_for_anybody() {
    on_both(|house| async move {
        let path = house.stall("2");
        let mut browser = house.browser();
        let ticket = browser.get(&path).await.field("ticket").unwrap();
        let request = Request::post(&path)
            .header("sec-fetch-site", "cross-site")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer = browser.send(request, Body::from(format!("ticket={ticket}&n=1"))).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert_eq!(ledger(&house).await.rows, 0);
    })
    .await;
}

#[tokio::test]
async fn large_text_stays_large_along_the_way() {
    on_both(|house| async move {
        let mut browser = house.browser();
        let path = format!("{}?big=1", house.stall("2"));
        let page = browser.get(&path).await;
        assert!(page.body.contains("resident big"));
        assert!(page.body.contains(&format!("action=\"{path}\"")));
        let answer = browser.post(&path, &[("ticket", &page.field("ticket").unwrap()), ("n", "1")]).await;
        assert!(answer.location().contains("big=1"), "{}", answer.location());
        assert!(follow(&mut browser, &answer).await.body.contains("resident big"));
    })
    .await;
}

#[tokio::test]
async fn a_database_that_is_away_gives_no_false_answer() {
    on_both(|house| async move {
        let mut browser = house.browser();
        let path = house.stall("2");
        let ticket = browser.get(&path).await.field("ticket").unwrap();
        house.state.store.close().await;

        let busy = browser.post(&path, &[("ticket", &ticket), ("n", "3")]).await;
        assert_eq!(busy.status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(busy.headers[header::RETRY_AFTER], "5");
        assert!(busy.body.contains("请找工作人员登记"));
        let again = (busy.field("ticket"), busy.field("n"));
        assert_eq!(again, (Some(ticket), Some("3".into())), "the same form again cannot count twice");

        house.clock.turn(MINUTE);
        let busy = browser.get(&path).await;
        assert_eq!(
            (busy.status, &busy.headers[header::RETRY_AFTER]),
            (StatusCode::SERVICE_UNAVAILABLE, &"5".parse().unwrap())
        );
        assert!(!busy.body.contains("已记录"));
    })
    .await;
}
