//! Every printed code is read as a phone reads it, and leads to its own stall.

use crate::house::{BASE, Browser, House, on_both};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use kaishi_domain::token::Purpose;
use kaishi_server::demo::{COMMITTEE, ORGANIZER};
use kaishi_server::route::poster::code;
use tower::ServiceExt as _;

fn read(side: usize, grey: impl FnMut(usize, usize) -> u8) -> String {
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(side, side, grey);
    let grids = picture.detect_grids();
    assert_eq!(grids.len(), 1, "one code a picture");
    grids[0].decode().unwrap().1
}

/// Draws an SVG path of flat boxes, six pixels a module.
fn drawn(path: &str, width: usize) -> String {
    let mut dark = vec![false; width * width];
    for run in path.split('M').skip(1) {
        let (at, rest) = run.split_once('h').unwrap();
        let (x, y) = at.split_once(' ').unwrap();
        let length: usize = rest.split_once('v').unwrap().0.parse().unwrap();
        let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
        dark[y * width + x..y * width + x + length].fill(true);
    }
    read(width * 6, |x, y| if dark[y / 6 * width + x / 6] { 0 } else { 255 })
}

async fn png(house: &House, browser: &Browser, no: &str) -> (StatusCode, Vec<u8>) {
    let jar: Vec<_> = browser.jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let request = Request::get(format!("/o/m/{}/posters/{no}.png", house.at()))
        .header(header::COOKIE, jar.join("; "))
        .body(Body::empty())
        .unwrap();
    let answer = house.router.clone().oneshot(request).await.unwrap();
    let status = answer.status();
    (status, axum::body::to_bytes(answer.into_body(), 4 << 20).await.unwrap().to_vec())
}

#[tokio::test]
async fn every_printed_code_leads_to_its_own_stall() {
    on_both(|house| async move {
        let mut browser = house.signed_in(ORGANIZER).await;
        let print = browser.get(&format!("/o/m/{}/posters/print", house.at())).await;
        assert_eq!(print.status, StatusCode::OK);
        let sheets: Vec<&str> = print.body.split("<article").skip(1).collect();
        assert_eq!(sheets.len(), house.addresses.stalls.len());
        assert!(sheets.len() >= 12, "the Fuzhong market has its stalls");

        for (stall, sheet) in house.addresses.stalls.iter().zip(sheets) {
            let path = stall.url.strip_prefix(BASE).unwrap();
            let printed = stall.url.to_ascii_uppercase();
            assert_eq!(printed, format!("HTTP://127.0.0.1:3000/S/{}", path.strip_prefix("/s/").unwrap()));
            let id = house.state.keys.read(Purpose::Poster, &path[3..]).unwrap();
            assert!(code(&house.state, id).unwrap().version() <= 5);

            let (status, picture) = png(&house, &browser, &stall.no).await;
            assert_eq!(status, StatusCode::OK);
            let picture = image::load_from_memory(&picture).unwrap().into_luma8();
            let side = picture.width() as usize;
            assert_eq!(read(side, |x, y| picture.get_pixel(x as u32, y as u32).0[0]), printed);

            let area = sheet.split("viewBox=\"0 0 ").nth(1).unwrap().split(' ').next().unwrap();
            let modules = sheet.split("fill=\"#000\" d=\"").nth(1).unwrap().split('"').next().unwrap();
            assert_eq!(drawn(modules, area.parse().unwrap()), printed);

            let eye = house.state.keys.eye_code(id);
            let page = house.browser().get(&format!("/S/{}", &printed[printed.len() - 40..])).await;
            for text in [&stall.no, &stall.name, &eye] {
                assert!(sheet.contains(text.as_str()), "{text} is missing on the sheet");
                assert!(page.body.contains(text.as_str()), "{text} is missing on the page");
            }
            let scan = house.state.store.poster(id, house.state.now()).await.unwrap();
            assert_eq!(scan.sign.no, stall.no);
        }
    })
    .await;
}

#[tokio::test]
async fn printing_again_changes_nothing_and_a_new_code_ends_the_old_one() {
    on_both(|house| async move {
        let mut browser = house.signed_in(ORGANIZER).await;
        let base = format!("/o/m/{}/posters", house.at());
        let before = png(&house, &browser, "2").await;
        assert_eq!(browser.post(&base, &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(png(&house, &browser, "2").await, before, "the same code again");

        let old = house.stall("2");
        let id = house.state.keys.read(Purpose::Poster, &old[3..]).unwrap().to_string();
        let turned = browser.post(&format!("{base}/rotate"), &[("poster", &id)]).await;
        assert_eq!(turned.location(), base);
        assert_ne!(png(&house, &browser, "2").await.1, before.1);
        assert!(house.browser().get(&old).await.body.contains("这张海报换新了"));
        let one = browser.get(&format!("{base}/print?no=2")).await;
        assert_eq!(one.body.matches("<article").count(), 1);
        assert!(one.body.contains("第 2 版"), "the sheet says which revision it is");

        let again = browser.post(&format!("{base}/rotate"), &[("poster", &id)]).await;
        assert_eq!(again.status, StatusCode::NOT_FOUND);
        let one = house.stall("1");
        let id = house.state.keys.read(Purpose::Poster, &one[3..]).unwrap().to_string();
        assert!(!browser.get(&base).await.body.contains("还缺 1 张"));
        browser.post(&format!("{base}/revoke"), &[("poster", &id)]).await;
        assert!(browser.get(&base).await.body.contains("还缺 1 张"), "the rail says so");
        assert!(house.browser().get(&one).await.body.contains("这张海报已停用"));
        assert!(browser.get(&base).await.body.contains("没有海报"));
        browser.post(&base, &[]).await;
        assert!(!browser.get(&base).await.body.contains("没有海报"));
    })
    .await;
}

#[tokio::test]
async fn posters_are_the_organizers_business() {
    on_both(|house| async move {
        let base = format!("/o/m/{}/posters", house.at());
        let mut stranger = house.browser();
        let mut committee = house.signed_in(COMMITTEE).await;
        for path in [base.clone(), format!("{base}/print"), format!("{base}/2.png")] {
            assert_eq!(stranger.get(&path).await.location(), "/login", "{path}");
            assert_eq!(committee.get(&path).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        assert_eq!(committee.post(&base, &[]).await.status, StatusCode::FORBIDDEN);
        let mut organizer = house.signed_in(ORGANIZER).await;
        assert_eq!(organizer.get(&format!("{base}/99.png")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(organizer.get(&format!("{base}/2.gif")).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn a_standing_poster_opens_whoever_stands_there_and_counts_for_them() {
    on_both(|house| async move {
        let mut browser = house.signed_in(ORGANIZER).await;
        let base = format!("/o/m/{}/posters", house.at());
        assert_eq!(browser.post(&format!("{base}/standing"), &[]).await.status, StatusCode::SEE_OTHER);
        let places = house.state.store.standing_posters(house.at()).await.unwrap();
        assert_eq!(places.len(), house.addresses.stalls.len());
        assert_eq!(browser.post(&format!("{base}/standing"), &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(house.state.store.standing_posters(house.at()).await.unwrap(), places, "made once");

        let place = places.iter().find(|place| place.no == "2").unwrap();
        let path = house.state.path(Purpose::Poster, place.id);
        let eye = house.state.keys.eye_code(place.id);
        let print = browser.get(&format!("{base}/standing/print")).await;
        assert_eq!(print.body.matches("<article").count(), places.len());
        assert!(print.body.contains(&format!("02-{eye}")) && !print.body.contains("printed\""));

        let mut resident = house.browser();
        let page = resident.get(&path).await;
        let sign = house.addresses.stalls.iter().find(|stall| stall.no == "2").unwrap();
        assert!(page.body.contains(&sign.name) && page.body.contains(&format!("02-{eye}")), "{}", page.body);
        let ticket = page.body.split("name=\"ticket\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let before = house.state.store.recount(house.at()).await.unwrap();
        let counted = resident.post(&path, &[("ticket", ticket), ("n", "1")]).await;
        assert_eq!(counted.status, StatusCode::SEE_OTHER);
        assert!(resident.get(counted.location()).await.body.contains("已记录"));
        let after = house.state.store.recount(house.at()).await.unwrap();
        assert_eq!(after.encounters.scan, before.encounters.scan + 1);
        // The day's own poster is the same stall: one visit a day.
        let own = resident.get(&house.stall("2")).await;
        let ticket = own.body.split("name=\"ticket\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        resident.post(&house.stall("2"), &[("ticket", ticket), ("n", "1")]).await;
        assert_eq!(
            house.state.store.recount(house.at()).await.unwrap().encounters.scan,
            after.encounters.scan
        );

        let id = place.id.to_string();
        browser.post(&format!("{base}/standing/revoke"), &[("poster", &id)]).await;
        assert_eq!(house.browser().get(&path).await.status, StatusCode::NOT_FOUND);
        browser.post(&format!("{base}/standing"), &[]).await;
        let again = house.state.store.standing_posters(house.at()).await.unwrap();
        assert_ne!(again.iter().find(|place| place.no == "2").unwrap().id, place.id, "another code");
        let mut committee = house.signed_in(COMMITTEE).await;
        assert_eq!(committee.post(&format!("{base}/standing"), &[]).await.status, StatusCode::FORBIDDEN);
    })
    .await;
}

#[tokio::test]
async fn a_number_typed_by_hand_leads_to_its_stall_and_tells_a_false_poster() {
    on_both(|house| async move {
        let mut resident = house.browser();
        let there = format!("/m/{}/poster", house.at());
        assert_eq!(resident.get("/s").await.location(), there, "what posters print leads there");
        assert!(resident.get(&there).await.body.contains("海报号"));
        let path = house.stall("2");
        let id = house.state.keys.read(Purpose::Poster, &path[3..]).unwrap();
        let eye = house.state.keys.eye_code(id);
        let found = resident.get(&format!("{there}?code=2+{}", eye.to_lowercase())).await;
        assert_eq!(found.status, StatusCode::OK);
        assert!(found.body.contains("是真的") && found.body.contains(&path), "{}", found.body);
        for wrong in [format!("3-{eye}"), format!("0101-02-{eye}"), "2-!!!!".to_owned(), "<b>".to_owned()] {
            let wrong = wrong.replace('<', "%3C").replace('>', "%3E");
            let answer = resident.get(&format!("{there}?code={wrong}")).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{wrong}");
            assert!(answer.body.contains("不是我们的") && !answer.body.contains("<b>\""));
        }
        for _ in 0..40 {
            resident.get(&format!("{there}?code=2-AAAA")).await;
        }
        let tired = resident.get(&format!("{there}?code=2-{eye}")).await;
        assert_eq!(tired.status, StatusCode::TOO_MANY_REQUESTS);
    })
    .await;
}
