//! A small morning with a bit of everything: scans with and without a cookie, taps, talks, undoing, a paper sheet.

use axum::http::StatusCode;
use kaishi_domain::moment::MINUTE;
use kaishi_server::demo::ORGANIZER;

use super::House;

/// Staff taps so many people at a stall.
pub async fn tap(house: &House, no: &str, nonce: &str, kind: &str, n: &str) {
    let tap = [("nonce", nonce), ("kind", kind), ("n", n)];
    let done = house.browser().post(&format!("{}/tap", house.pad(no)), &tap).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
}

/// Some scans with and without a cookie, some taps, one a stall taken back.
pub async fn saturday(house: &House) {
    for no in ["1", "2", "3"] {
        for nth in 0..7 {
            let mut phone = house.browser();
            phone.keeps_cookies = nth % 3 != 0;
            let page = phone.get(&house.stall(no)).await;
            let ticket = page.field("ticket").unwrap();
            house.clock.turn(2_000);
            phone
                .post(&house.stall(no), &[("ticket", &ticket), ("n", if nth == 1 { "3" } else { "1" })])
                .await;
        }
        for nth in 0..12 {
            let kind = if nth == 5 { "talk" } else { "consult" };
            tap(house, no, &format!("aaaa-{no}-{nth}"), kind, "5").await;
        }
        let undo = [("nonce", "bbbbbbbb"), ("of", &*format!("aaaa-{no}-11"))];
        let undone = house.browser().post(&format!("{}/undo", house.pad(no)), &undo).await;
        assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.body);
    }
    // A paper sheet of the early morning: it arrives late.
    let mut desk = house.signed_in(ORGANIZER).await;
    let page = format!("/o/m/{}/paper", house.at());
    let (id, stall) = {
        let form = desk.get(&page).await;
        let stall = form.body.split("<option value=\"").map(|rest| &rest[..rest.find('"').unwrap()]);
        (form.field("id").unwrap(), stall.skip(1).find(|id| !id.is_empty()).unwrap().to_owned())
    };
    let sheet = [
        ("id", &*id),
        ("stall", &*stall),
        ("consult", "30"),
        ("from", "09:00"),
        ("to", "10:00"),
        ("counted_by", "摊位志愿者"),
    ];
    assert_eq!(desk.post(&page, &sheet).await.status, StatusCode::SEE_OTHER);
    house.clock.turn(MINUTE);
}

/// What the page prints for a figure, from the table under the text.
pub fn printed(body: &str, figure: &str) -> i64 {
    let cell = body.rsplit(&format!("/figures/{figure}\">")).next().unwrap();
    cell[..cell.find('<').unwrap()].parse().unwrap()
}
