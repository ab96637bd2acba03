//! The pack as an organizer asks the server for it: all, some, only what changed.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use kaishi_server::demo::{COMMITTEE, ORGANIZER};
use tower::ServiceExt as _;

use super::count;
use crate::house::{Browser, House, on_both};

async fn file(house: &House, browser: &Browser, query: &str) -> (StatusCode, String, Vec<u8>) {
    let jar: Vec<_> = browser.jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let request = Request::get(format!("/o/m/{}/pack.pdf?{query}", house.at()))
        .header(header::COOKIE, jar.join("; "))
        .body(Body::empty())
        .unwrap();
    let answer = house.router.clone().oneshot(request).await.unwrap();
    let (status, mime) = (answer.status(), answer.headers().get(header::CONTENT_TYPE).cloned());
    let body = axum::body::to_bytes(answer.into_body(), 16 << 20).await.unwrap().to_vec();
    (status, mime.map(|mime| mime.to_str().unwrap().to_owned()).unwrap_or_default(), body)
}

#[tokio::test]
async fn an_organizer_prints_all_some_or_only_what_changed() {
    on_both(|house| async move {
        let mut browser = house.signed_in(ORGANIZER).await;
        let base = format!("/o/m/{}", house.at());
        let stalls = house.addresses.stalls.len();
        assert!(browser.get(&format!("{base}/posters")).await.body.contains(&format!("{base}/pack")));
        let page = browser.get(&format!("{base}/pack")).await;
        assert_eq!(page.status, StatusCode::OK);

        let (status, mime, all) = file(&house, &browser, "cover=on&posters=on&list=on&map=on&size=a5").await;
        assert_eq!((status, &*mime), (StatusCode::OK, "application/pdf"));
        assert_eq!(count(&all, "/MediaBox"), 1 + stalls + stalls.div_ceil(8) + 1);
        assert_eq!(count(&all, "/MediaBox [0 0 1190"), 1, "the map is A3");
        assert_eq!(count(&all, "/MediaBox [0 0 419"), stalls, "posters are A5");
        assert!(all.len() < 1_500_000, "{} bytes", all.len());

        let (_, _, two) = file(&house, &browser, "posters=on&which=some&stalls=1%EF%BC%8C3").await;
        assert_eq!(count(&two, "/MediaBox"), 2);

        let noted: Vec<&str> = house.addresses.stalls.iter().map(|stall| stall.no.as_str()).collect();
        browser.post(&format!("{base}/posters/printed"), &[("stalls", &noted.join(","))]).await;
        let (status, _, none) = file(&house, &browser, "posters=on&which=changed").await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(String::from_utf8(none).unwrap().contains("没有改过的"));
        let path = house.stall("2");
        let id = house.state.keys.read(kaishi_domain::token::Purpose::Poster, &path[3..]).unwrap();
        browser.post(&format!("{base}/posters/rotate"), &[("poster", &id.to_string())]).await;
        let (status, _, changed) = file(&house, &browser, "posters=on&which=changed").await;
        assert_eq!((status, count(&changed, "/MediaBox")), (StatusCode::OK, 1), "only the rotated one");

        let (_, _, moved) = file(&house, &browser, "places=on").await;
        let signs = count(&moved, "/MediaBox");
        assert!(signs > 0, "the demo has a rain plan");
        let moved = page.body.split("/rain/signs").nth(1).unwrap().split("value=\"").nth(1).unwrap();
        let moved = moved.split('"').next().unwrap();
        assert_eq!(moved.split(',').count(), signs);
        browser.post(&format!("{base}/rain/signs"), &[("stalls", moved)]).await;
        let (status, ..) = file(&house, &browser, "places=on&which=changed").await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "none changed since");

        for (query, why) in [
            ("", "没有选要印什么"),
            ("codes=on", "没有印好码"),
            ("posters=on&which=some&stalls=", "没有写摊位号"),
            ("posters=on&which=some&stalls=99", "没有 99 号摊位"),
            ("posters=on&which=some&stalls=%3Cb%3E", "没有 &lt;b&gt; 号摊位"),
        ] {
            let (status, _, body) = file(&house, &browser, query).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
            assert!(String::from_utf8(body).unwrap().contains(why), "{query}: {why}");
        }
        browser.post(&format!("{base}/appeals/slips"), &[("count", "4")]).await;
        let slips = browser.get(&format!("{base}/appeals/slips")).await;
        assert!(slips.body.contains(&format!("{base}/pack.pdf?codes=on")), "{}", slips.body);
        let (status, _, coded) = file(&house, &browser, "codes=on&which=changed").await;
        assert_eq!((status, count(&coded, "/MediaBox")), (StatusCode::OK, 2), "four slips, three a sheet");
    })
    .await;
}

#[tokio::test]
async fn the_pack_is_the_organizers_business() {
    on_both(|house| async move {
        let mut committee = house.signed_in(COMMITTEE).await;
        for path in ["pack", "pack.pdf?posters=on"] {
            let path = format!("/o/m/{}/{path}", house.at());
            assert_eq!(house.browser().get(&path).await.location(), "/login", "{path}");
            assert_eq!(committee.get(&path).await.status, StatusCode::FORBIDDEN, "{path}");
        }
    })
    .await;
}
