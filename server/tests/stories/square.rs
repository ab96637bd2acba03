//! The public page of a market, and what a phone keeps of its day.

use crate::house::on_both;
use axum::http::{StatusCode, header};
use kaishi_domain::moment::HOUR;

#[tokio::test]
async fn the_public_page_finds_stalls_and_appeals() {
    on_both(|house| async move {
        let mut browser = house.browser();
        let path = format!("/m/{}", house.at());
        let page = browser.get(&path).await;
        assert_eq!(page.status, StatusCode::OK);
        for text in ["网格有约", "书记有约", "5月13日 星期六", "110", "119", "120", "8:30–20:00", "民有所呼"]
        {
            assert!(page.body.contains(text), "{text} is missing");
        }
        let found = browser.get(&format!("{path}?q=%E5%85%9A%E5%91%98%E6%8A%A5%E5%88%B0")).await;
        assert!(found.body.contains("<b>网格有约") && !found.body.contains("<b>书记有约"));
        let none = browser.get(&format!("{path}?q=%3Cb%3E")).await;
        assert!(none.body.contains("没找到") && !none.body.contains("<b>\""));

        let answer = browser.get(&format!("{path}/appeal?code=4x9t2b")).await;
        assert_eq!(answer.location(), format!("/a/{}-4X9T2B", house.at().org));
        for path in ["/m/nothing", "/m/00000-0123456789abcdef0123456789abcdef"] {
            let answer = browser.get(path).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
            assert!(answer.body.contains("没有这场市集"));
        }
    })
    .await;
}

#[tokio::test]
async fn the_visitor_cookie_is_bound_to_the_host_and_ends_after_the_market() {
    on_both(|house| async move {
        let plain = house.browser().get(&house.stall("2")).await;
        let cookie = plain.headers[header::SET_COOKIE].to_str().unwrap();
        assert!(cookie.starts_with("v=") && !cookie.contains("Secure"), "{cookie}");

        let secure = house.refitted(|parts| parts.public_url = "https://ks.example.cn".into());
        let mut browser = secure.browser();
        let page = browser.get(&secure.stall("2")).await;
        let cookie = page.headers[header::SET_COOKIE].to_str().unwrap().to_owned();
        let seconds = (secure.market.closes_at.plus(6 * HOUR).since(secure.state.now())) / 1000;
        let life = format!("Max-Age={seconds}");
        for part in ["__Host-v=", "HttpOnly", "SameSite=Lax", "Secure", "Path=/", &life] {
            assert!(cookie.contains(part), "{part} is missing in {cookie}");
        }
        let again = browser.get(&secure.stall("3")).await;
        assert!(!again.headers.contains_key(header::SET_COOKIE), "one cookie for the day");
    })
    .await;
}
