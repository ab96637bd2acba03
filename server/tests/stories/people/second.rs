//! The second factor: six digits that open once, recovery codes, who takes it away, where nothing opens without it.

use axum::http::StatusCode;
use kaishi_app::state::Limits;
use kaishi_domain::token::second::Owner;
use kaishi_server::demo::{AUDITOR, ORGANIZER};

use super::{PASSWORD, link, person};
use crate::house::{Browser, House, on_both};

/// The six digits that a phone shows so many half minutes from now.
async fn digits(house: &House, later: i64) -> String {
    let store = &house.state.store;
    let auditor = store.login(house.market.org, AUDITOR.0).await.unwrap().unwrap();
    let owner = Owner { home: auditor.org, account: auditor.id };
    let second = store.second(&owner).await.unwrap().unwrap();
    let secret = house.state.keys.second(second.key, &owner, &second.salt).unwrap();
    let phone = totp_rs::Builder::new().with_secret(secret.to_vec()).build_noncompliant();
    let at = house.state.now().plus(later * HALF_MINUTE).millis() / 1000;
    phone.generate(u64::try_from(at).unwrap()).to_string()
}

/// An auditor with a second factor, and its recovery codes.
async fn with_second(house: &House) -> (Browser, Vec<String>) {
    let mut auditor = house.signed_in(AUDITOR).await;
    assert!(auditor.get("/o/self/second").await.body.contains("开始设置"));
    auditor.post("/o/self/second/begin", &[]).await;
    assert!(auditor.get("/o/self/second").await.body.contains("用手机上的验证器扫这个码"));
    let wrong = auditor.post("/o/self/second/confirm", &[("code", "000000")]).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.body.contains("数字不对"));
    let code = digits(house, 0).await;
    let proved = auditor.post("/o/self/second/confirm", &[("code", &code)]).await;
    assert!(proved.body.contains("只显示这一次"), "{}", proved.body);
    let codes = proved.body.split("<code>").skip(1).map(|part| part[..part.find('<').unwrap()].to_owned());
    (auditor, codes.collect())
}

/// Half a minute in milliseconds.
const HALF_MINUTE: i64 = 30_000;

#[tokio::test]
async fn six_digits_open_once_and_a_recovery_code_once() {
    on_both(|house| async move {
        let (_, codes) = with_second(&house).await;
        assert_eq!(codes.len(), 10);
        let enter = async || {
            let mut browser = house.browser();
            let answer = browser.post("/login", &[("login", AUDITOR.0), ("password", AUDITOR.1)]).await;
            assert_eq!(answer.location(), "/login/second");
            assert_eq!(browser.get("/o/").await.location(), "/login", "half a session opens nothing");
            browser
        };
        let mut used = enter().await;
        let same = used.post("/login/second", &[("code", &digits(&house, 0).await)]).await;
        assert_eq!(same.status, StatusCode::UNAUTHORIZED, "the digits that proved it are used up");
        house.clock.turn(HALF_MINUTE);
        let next = digits(&house, 0).await;
        assert_eq!(used.post("/login/second", &[("code", &next)]).await.location(), "/o/");
        assert_eq!(used.get("/o/").await.status, StatusCode::OK);
        let mut again = enter().await;
        assert_eq!(again.post("/login/second", &[("code", &next)]).await.status, StatusCode::UNAUTHORIZED);
        let typed = codes[0].to_lowercase().replace('-', " ");
        assert_eq!(again.post("/login/second", &[("code", &typed)]).await.location(), "/o/");
        let mut lost = enter().await;
        assert_eq!(lost.post("/login/second", &[("code", &typed)]).await.status, StatusCode::UNAUTHORIZED);
        let slowed = lost.post("/login/second", &[("code", "000000")]).await;
        assert_eq!(slowed.status, StatusCode::TOO_MANY_REQUESTS, "tries wait");
        assert!(again.get("/o/self/second").await.body.contains("还剩 9 个恢复码"));
    })
    .await;
}

#[tokio::test]
async fn a_new_password_by_link_leaves_the_second_factor() {
    on_both(|house| async move {
        with_second(&house).await;
        let mut admin = house.signed_in(ORGANIZER).await;
        let page = person(&admin.get("/o/people").await, "auditor");
        admin.post(&format!("{page}/password"), &[]).await;
        let path = link(&admin.get("/o/people").await);
        house.browser().post(&path, &[("password", PASSWORD)]).await;
        let entered = house.browser().post("/login", &[("login", AUDITOR.0), ("password", PASSWORD)]).await;
        assert_eq!(entered.location(), "/login/second");
        assert!(admin.get(&page).await.body.contains("取消他的两步登录"));
        admin.post(&format!("{page}/second"), &[]).await;
        house.signed_in((AUDITOR.0, PASSWORD)).await;
    })
    .await;
}

#[tokio::test]
async fn it_is_taken_away_by_who_has_password_and_digits() {
    on_both(|house| async move {
        let (mut auditor, codes) = with_second(&house).await;
        let half = auditor.post("/o/self/second/off", &[("password", "guess"), ("code", &codes[0])]).await;
        assert!(half.status == StatusCode::UNPROCESSABLE_ENTITY && half.body.contains("密码或数字不对"));
        auditor.post("/o/self/second/off", &[("password", AUDITOR.1), ("code", &codes[0])]).await;
        assert!(auditor.get("/o/self/second").await.body.contains("开始设置"));
        house.signed_in(AUDITOR).await;
    })
    .await;
}

#[tokio::test]
async fn where_it_is_required_nothing_else_opens_before() {
    on_both(|house| async move {
        let strict = house.limited(Limits { second: true, ..Limits::default() });
        let house = House { router: kaishi_server::route::router(&strict), ..house };
        let mut auditor = house.signed_in(AUDITOR).await;
        assert_eq!(auditor.get("/o/").await.location(), "/o/self/second");
        let page = auditor.get("/o/self/second").await;
        assert!(page.body.contains("这台服务器要求两步登录"), "{}", page.body);
        auditor.post("/o/self/second/begin", &[]).await;
        let code = digits(&house, 0).await;
        auditor.post("/o/self/second/confirm", &[("code", &code)]).await;
        assert_eq!(auditor.get("/o/").await.status, StatusCode::OK);
    })
    .await;
}
