//! Stories of a resident's contact: never on a page by itself, shown by a post that is noted, gone when its time is over.

use crate::house::{Answer, Browser, House, on_both, plead};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use kaishi_domain::UnitId;
use kaishi_domain::appeal::Category;
use kaishi_domain::moment::HOUR;
use kaishi_domain::token::Purpose;
use kaishi_server::demo::{COMMITTEE, ORGANIZER};
use kaishi_server::link::LinkBook;
use kaishi_server::retention::sentence;

const PHONE: &str = "13800138000";

fn plain(answer: &Answer) -> String {
    answer.body.replace("<!>", "")
}

/// Raises an appeal with a telephone number and answers its page's path.
async fn raise(house: &House, browser: &mut Browser) -> String {
    let path = format!("{}/appeal", house.stall("2"));
    let page = browser.get(&path).await;
    assert!(plain(&page).contains("办好 30 天后就删掉"), "{}", page.body);
    let ticket = page.field("ticket").unwrap();
    let form = [
        ("ticket", ticket.as_str()),
        ("category", "help"),
        ("words", "路灯不亮"),
        ("contact", PHONE),
        ("website", ""),
    ];
    let done = browser.post(&path, &form).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    done.location().trim_end_matches("?new=1").to_owned()
}

async fn step(browser: &mut Browser, path: &str, fields: &[(&str, &str)]) {
    let answer = browser.post(path, fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

#[tokio::test]
async fn a_contact_shows_only_when_asked_for_and_only_to_whoever_handles_it() {
    on_both(|house| async move {
        let (mut resident, mut phone) = (house.browser(), house.browser());
        let mut desk = house.signed_in(ORGANIZER).await;
        let mine = raise(&house, &mut resident).await;
        let name = plead::reference(&house, &mine).await;
        let one = format!("/o/m/{}/appeals/{name}", house.at());
        let unit: UnitId =
            *house.state.store.unit_names(house.market.org).await.unwrap().keys().next().unwrap();
        let book =
            LinkBook::invite(&house.state, &house.by, &house.market, std::iter::once(unit)).await.unwrap();
        let theirs = format!("{}/appeals/{name}", house.state.path(Purpose::Unit, book.unit(unit).unwrap()));

        let page = desk.get(&one).await;
        assert!(!page.body.contains(PHONE) && page.body.contains("查看联系方式"), "{}", page.body);
        let shown = desk.post(&format!("{one}/contact"), &[]).await;
        assert_eq!(shown.status, StatusCode::OK);
        assert!(shown.body.contains(PHONE) && plain(&shown).contains("谁看过 1"), "{}", shown.body);
        let after = desk.get(&one).await;
        assert!(!after.body.contains(PHONE) && after.body.contains("谁看过"), "{}", after.body);

        step(&mut desk, &one, &[("verb", "accept")]).await;
        step(&mut desk, &one, &[("verb", "dispatch"), ("unit", &unit.to_string())]).await;
        assert!(!phone.get(&theirs).await.body.contains("查看联系方式"), "not taken yet");
        let early = phone.post(&format!("{theirs}/contact"), &[]).await;
        assert!(!early.status.is_success() && !early.body.contains(PHONE));
        step(&mut phone, &theirs, &[("verb", "take")]).await;
        assert!(phone.get(&theirs).await.body.contains("查看联系方式"));
        assert!(phone.post(&format!("{theirs}/contact"), &[]).await.body.contains(PHONE));
        step(&mut phone, &theirs, &[("verb", "resolve"), ("words", "换了灯泡")]).await;
        assert!(!phone.get(&theirs).await.body.contains("查看联系方式"), "the work is done");

        let mut committee = house.signed_in(COMMITTEE).await;
        assert_eq!(committee.post(&format!("{one}/contact"), &[]).await.status, StatusCode::FORBIDDEN);
        let mut nobody = house.browser();
        assert_eq!(nobody.post(&format!("{one}/contact"), &[]).await.location(), "/login");
    })
    .await;
}

#[tokio::test]
async fn the_resident_looks_at_it_and_takes_it_back() {
    on_both(|house| async move {
        let mut resident = house.browser();
        resident.keeps_cookies = false;
        let mine = raise(&house, &mut resident).await;
        let page = resident.get(&mine).await;
        assert!(!page.body.contains(PHONE) && page.body.contains("您留的联系方式"), "{}", page.body);
        let shown = resident.post(&format!("{mine}/contact"), &[("do", "show")]).await;
        assert!(shown.body.contains(PHONE), "{}", shown.body);
        let gone = resident.post(&format!("{mine}/contact"), &[("do", "drop")]).await;
        assert_eq!(gone.location(), format!("{mine}?told=dropped"));
        let page = resident.get(gone.location()).await;
        assert!(
            page.body.contains("联系方式已删掉") && !page.body.contains("您留的联系方式"),
            "{}",
            page.body
        );
        let again = resident.post(&format!("{mine}/contact"), &[("do", "show")]).await;
        assert_eq!(again.location(), format!("{mine}?told=dropped"), "sent again it is gone all the same");
        let mut desk = house.signed_in(ORGANIZER).await;
        let one = format!("/o/m/{}/appeals/{}", house.at(), mine.rsplit('-').next().unwrap());
        let asked = desk.post(&format!("{one}/contact"), &[]).await;
        assert!(asked.body.contains("没有联系方式"), "{}", asked.body);
    })
    .await;
}

#[tokio::test]
async fn after_a_month_it_is_deleted_and_said_how_many() {
    on_both(|house| async move {
        let mut resident = house.browser();
        let mine = raise(&house, &mut resident).await;
        step(&mut resident, &format!("{mine}/withdraw"), &[]).await;
        let keep = house.state.limits.contact_days * 24 * HOUR;
        house.clock.turn(keep + HOUR);
        let found = house.state.store.overstayed(keep, house.state.now()).await.unwrap();
        assert!(sentence(found, true).contains("将删除：联系方式 1，提诉求人的痕迹 1"), "{found:?}");
        assert_eq!(house.state.store.retain(keep, house.state.now()).await.unwrap(), found);
        assert!(!resident.get(&mine).await.body.contains("您留的联系方式"));
    })
    .await;
}

/// A form with a file, as a browser sends it.
async fn send_photo(browser: &mut Browser, path: &str, bytes: &[u8]) -> Answer {
    let mut body =
        b"--cut\r\ncontent-disposition: form-data; name=\"photo\"; filename=\"a\"\r\n\r\n".to_vec();
    body.extend(bytes);
    body.extend(b"\r\n--cut--\r\n");
    let request = Request::post(path)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut");
    browser.send(request, Body::from(body)).await
}

/// A picture of one colour.
fn picture(shade: u8) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let plain = image::RgbImage::from_pixel(8, 8, image::Rgb([shade, 0, 0]));
    plain.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

#[tokio::test]
async fn photos_are_for_whoever_handles_it_and_three_are_enough() {
    on_both(|house| async move {
        let (mut resident, mut desk) = (house.browser(), house.signed_in(ORGANIZER).await);
        let mine = raise(&house, &mut resident).await;
        let add = format!("{mine}/photo");
        for (bytes, sentence) in [(b"GIF89a".to_vec(), "打不开这张照片"), (vec![0; 6 << 20], "照片太大了")]
        {
            let no = send_photo(&mut resident, &add, &bytes).await;
            assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(no.body.contains(sentence), "{sentence}: {}", no.body);
        }
        for shade in [1, 2, 2, 3] {
            let done = send_photo(&mut resident, &add, &picture(shade)).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        }
        let full = send_photo(&mut resident, &add, &picture(4)).await;
        assert!(full.status == StatusCode::UNPROCESSABLE_ENTITY && full.body.contains("已经有三张了"));
        let page = resident.get(&mine).await;
        assert!(page.body.contains(&format!("{add}/3")) && !page.body.contains("<img"), "{}", page.body);
        assert_eq!(resident.get(&format!("{add}/1")).await.headers[header::CONTENT_TYPE], "image/png");
        let one = format!("/o/m/{}/appeals/{}", house.at(), mine.rsplit('-').next().unwrap());
        assert!(desk.get(&one).await.body.contains(&format!("src=\"{one}/photo/1\"")));
        assert_eq!(desk.get(&format!("{one}/photo/1")).await.status, StatusCode::OK);
        let mut committee = house.signed_in(COMMITTEE).await;
        assert_eq!(committee.get(&format!("{one}/photo/1")).await.status, StatusCode::FORBIDDEN);
        step(&mut resident, &format!("{add}/1/drop"), &[]).await;
        assert_eq!(resident.get(&format!("{add}/1")).await.status, StatusCode::NOT_FOUND);
        step(&mut resident, &format!("{mine}/withdraw"), &[]).await;
        let closed = send_photo(&mut resident, &add, &picture(9)).await;
        assert_eq!(closed.status, StatusCode::UNPROCESSABLE_ENTITY);
    })
    .await;
}

#[tokio::test]
async fn photos_of_a_quarrel_are_told_of_and_not_shown_behind_its_code() {
    on_both(|house| async move {
        let (mut resident, mut desk) = (house.browser(), house.signed_in(ORGANIZER).await);
        let quarrel = plead::noted(&house, "q1", Category::Mediation, "楼上漏水").await;
        let photos = format!("/a/{}/photo", quarrel.code);
        let sent = send_photo(&mut resident, &photos, &picture(1)).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        let page = plain(&resident.get(&format!("/a/{}", quarrel.code)).await);
        assert!(page.contains("已交照片 1") && page.contains(&format!("{photos}/1/drop")), "{page}");
        assert!(!page.contains(&format!("href=\"{photos}/1\"")), "{page}");
        assert_eq!(resident.get(&format!("{photos}/1")).await.status, StatusCode::NOT_FOUND);
        let one = format!("/o/m/{}/appeals/{}", house.at(), quarrel.reference());
        assert_eq!(desk.get(&format!("{one}/photo/1")).await.status, StatusCode::OK);
        step(&mut resident, &format!("{photos}/1/drop"), &[]).await;
    })
    .await;
}
