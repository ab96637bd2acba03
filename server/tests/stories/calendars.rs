//! Calendars that people subscribe to: an organizer's of all Saturdays, a unit's of its own.

use crate::house::{BASE, on_both};
use axum::http::{StatusCode, header};
use kaishi_server::demo::ORGANIZER;

/// The path and query of the calendar that a page names.
fn calendar(page: &str) -> String {
    let at = page.find("/calendar.ics").unwrap();
    let from = page[..at].rfind('"').unwrap() + 1;
    let address = &page[from..from + page[from..].find('"').unwrap()];
    let rest = address.split_once("://").unwrap().1;
    format!("/{}", rest.split_once('/').unwrap().1)
}

#[tokio::test]
async fn an_organizer_subscribes_until_the_address_is_revoked() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        assert!(organizer.get("/o/feed").await.body.contains("还没有订阅地址"));
        assert_eq!(organizer.post("/o/feed", &[]).await.location(), "/o/feed");
        let page = organizer.get("/o/feed").await.body;
        assert!(page.contains("webcal://127.0.0.1:3000/feed/"));
        let path = calendar(&page);
        let letter =
            [("intro", "诚邀"), ("deadline", "2023-05-13T11:30"), ("policy", "free"), ("listed", "yes")];
        organizer.post(&format!("/o/m/{}/call", house.at()), &letter).await;
        let mut phone = house.browser();
        let feed = phone.get(&path).await;
        assert_eq!(feed.status, StatusCode::OK);
        assert_eq!(feed.headers[header::CONTENT_TYPE], "text/calendar; charset=utf-8");
        assert_eq!(feed.headers[header::CACHE_CONTROL], "private, max-age=300");
        let text = feed.body.replace("\r\n ", "");
        for line in [
            &format!("UID:{}@kaishi", house.market.id),
            "DTSTART:20230513T003000Z",
            "DTEND:20230513T120000Z",
            "SUMMARY:党员服务市集（开市）",
            &format!("UID:{}-deadline@kaishi", house.market.id),
            "DTEND:20230513T033000Z",
        ] {
            assert!(text.contains(&format!("\r\n{line}\r\n")), "{line} in {text}");
        }
        house.clock.turn(60_000);
        let later = phone.get(&path).await.body;
        let uids = |text: &str| {
            text.lines().filter(|line| line.starts_with("UID")).map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(uids(&later), uids(&feed.body));
        assert_eq!(organizer.post("/o/feed/revoke", &[]).await.location(), "/o/feed");
        assert_eq!(phone.get(&path).await.status, StatusCode::GONE);
        let forged = format!("/feed/{}/calendar.ics", "A".repeat(40));
        assert_eq!(phone.get(&forged).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn a_unit_subscribes_to_its_own_saturdays() {
    on_both(|house| async move {
        let unit = house.addresses.units.iter().find(|unit| unit.no == "7").unwrap();
        let page = unit.url.strip_prefix(BASE).unwrap().to_owned();
        let mut phone = house.browser();
        let path = calendar(&phone.get(&page).await.body);
        let feed = phone.get(&path).await;
        assert_eq!(feed.headers[header::CONTENT_TYPE], "text/calendar; charset=utf-8");
        let text = feed.body.replace("\r\n ", "");
        assert_eq!(text.matches("BEGIN:VEVENT").count(), 1);
        assert!(text.contains("7 号摊") && text.contains(&format!("URL:{}", unit.url)), "{text}");
        assert!(text.contains("STATUS:TENTATIVE") && text.contains("还没确认"));
        let english = phone.get(&path.replace("zh-CN", "en")).await.body;
        assert!(english.replace("\r\n ", "").contains("stall 7"));
        // The page is gone a month later, the dates are not; and the calendar opens nothing.
        house.clock.turn(40 * 24 * 3_600_000);
        assert_eq!(phone.get(&page).await.status, StatusCode::GONE);
        let late = phone.get(&path).await;
        assert_eq!(late.status, StatusCode::OK);
        assert!(!late.body.replace("\r\n ", "").contains("/u/"));
        let as_feed = path.replace("/u/", "/feed/");
        assert_eq!(phone.get(&as_feed).await.status, StatusCode::NOT_FOUND, "one purpose, one token");
    })
    .await;
}
