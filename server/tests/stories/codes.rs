//! Stories of a slip's code, which is the right to rate, to withdraw and to see the contact: it is the resident's and the
//! desk's. Everybody else calls an appeal by its reference, which opens nothing.

use crate::house::{House, on_both, plead};
use axum::http::StatusCode;
use kaishi_domain::UnitId;
use kaishi_domain::appeal::{Appeal, Category};
use kaishi_domain::market::Stage;
use kaishi_domain::token::Purpose;
use kaishi_server::demo::{AUDITOR, COMMITTEE, ORGANIZER};
use kaishi_server::link::LinkBook;

async fn raised(house: &House, nonce: &str) -> Appeal {
    plead::noted(house, nonce, Category::Help, "三栋门口的路灯不亮").await
}

/// A unit with its page.
async fn unit(house: &House) -> (UnitId, String) {
    let names = house.state.store.unit_names(house.market.org).await.unwrap();
    let id = names.into_keys().next().unwrap();
    let book = LinkBook::invite(&house.state, &house.by, &house.market, std::iter::once(id)).await.unwrap();
    (id, house.state.path(Purpose::Unit, book.unit(id).unwrap()))
}

/// An appeal that a unit works on, and another that was merged into it.
async fn two(house: &House, unit: UnitId) -> [Appeal; 2] {
    let (first, second) = (raised(house, "n1").await, raised(house, "n2").await);
    let mut desk = house.signed_in(ORGANIZER).await;
    let (unit, into) = (unit.to_string(), first.code.slip.to_string());
    for (appeal, form) in [
        (&first, [("verb", "accept"), ("unit", ""), ("words", "")]),
        (&first, [("verb", "dispatch"), ("unit", unit.as_str()), ("words", "")]),
        (&second, [("verb", "merge"), ("unit", ""), ("words", into.as_str())]),
    ] {
        let path = format!("/o/m/{}/appeals/{}", house.at(), appeal.code.slip);
        let done = desk.post(&path, &form).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    }
    [first, second]
}

#[tokio::test]
async fn whoever_is_not_of_the_desk_calls_an_appeal_by_its_reference() {
    on_both(|house| async move {
        let (id, home) = unit(&house).await;
        let appeals = two(&house, id).await;
        let at = house.at();
        let codes = appeals.each_ref().map(|appeal| appeal.code.slip.to_string());
        let names = appeals.each_ref().map(|appeal| appeal.reference().to_string());
        let list = format!("/o/m/{at}/appeals");

        let desk = house.signed_in(ORGANIZER).await.get(&list).await.body;
        assert!(codes.iter().chain(&names).all(|name| desk.contains(name)), "the desk prints slips: {desk}");
        let (mut auditor, mut phone) = (house.signed_in(AUDITOR).await, house.browser());
        let mut committee = house.signed_in(COMMITTEE).await;
        let mut seen = vec![
            ("committee", committee.get(&list).await),
            ("auditor", auditor.get(&list).await),
            ("unit", phone.get(&format!("{home}/appeals")).await),
            ("one at the unit", phone.get(&format!("{home}/appeals/{}", names[0])).await),
            ("figure", auditor.get(&format!("/o/m/{at}/bulletin/figures/appeals")).await),
            ("rows", auditor.get(&format!("/o/m/{at}/bulletin/appeals.csv")).await),
        ];
        for name in &names {
            seen.push(("one", auditor.get(&format!("{list}/{name}")).await));
        }
        for (what, answer) in &seen {
            assert_eq!(answer.status, StatusCode::OK, "{what}");
            assert!(!codes.iter().any(|code| answer.body.contains(code)), "{what}: {}", answer.body);
            assert!(names.iter().any(|name| answer.body.contains(name)), "{what}: {}", answer.body);
        }
        for code in &codes {
            assert_eq!(auditor.get(&format!("{list}/{code}")).await.status, StatusCode::NOT_FOUND);
            let guessed = auditor.get(&format!("{list}?q={code}")).await.body;
            assert!(!names.iter().any(|name| guessed.contains(name)), "nor is a code found out: {guessed}");
            let old = phone.get(&format!("{home}/appeals/{code}")).await;
            let nothing = phone.get(&format!("{home}/appeals/0000-0000")).await;
            assert_eq!(old.status, nothing.status, "as what never was");
            assert!(!old.status.is_success() && !old.body.contains("路灯"), "{}", old.body);
        }
        let file = auditor.get(&format!("{list}/handover.csv")).await;
        assert_eq!(file.status, StatusCode::FORBIDDEN, "it holds codes");
    })
    .await;
}

#[tokio::test]
async fn a_reference_is_no_code_and_a_resident_gets_nobody_elses() {
    on_both(|house| async move {
        let (id, _) = unit(&house).await;
        let [first, second] = two(&house, id).await;
        let mut resident = house.browser();
        let typed = resident.get(&format!("/a?code={}", first.reference())).await;
        assert_eq!(typed.status, StatusCode::NOT_FOUND, "a reference opens nothing");
        let own = resident.get(&format!("/a/{}", second.code)).await.body;
        assert!(own.contains("和另一件是同一件事"), "{own}");
        assert!(!own.contains(&first.code.slip.to_string()), "the other's code is the other's: {own}");
    })
    .await;
}

#[tokio::test]
async fn a_signed_bulletin_opens_to_rows_without_codes() {
    on_both(|house| async move {
        let (id, _) = unit(&house).await;
        let [first, second] = two(&house, id).await;
        let store = &house.state.store;
        store.stage(&house.by, house.market.id, Stage::Closed, house.state.now()).await.unwrap();
        let mut desk = house.signed_in(ORGANIZER).await;
        let page = format!("/o/m/{}/bulletin", house.at());
        let version = desk.get(&page).await.field("version").unwrap();
        let signed = desk.post(&page, &[("version", &version)]).await;
        assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.body);
        let mut auditor = house.signed_in(AUDITOR).await;
        for rest in ["figures/appeals", "appeals.csv?n=0"] {
            let rows = auditor.get(&format!("{page}/{rest}")).await.body;
            for appeal in [&first, &second] {
                assert!(rows.contains(&appeal.reference().to_string()), "{rest}: {rows}");
                assert!(!rows.contains(&appeal.code.slip.to_string()), "{rest}: {rows}");
            }
        }
    })
    .await;
}
