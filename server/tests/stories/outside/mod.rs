//! Signing in by an identity provider: who is linked comes in, whoever is not stays out, and no answer is believed that is
//! not the provider's own to this very question.

mod provider;

use axum::http::{StatusCode, header};
use kaishi_app::state::Limits;
use kaishi_domain::actor::Admin;
use kaishi_domain::token::errand::AWAY_FOR;
use kaishi_domain::token::second::Owner;
use kaishi_server::demo::{AUDITOR, ORGANIZER};
use kaishi_server::route::right::table::TABLE;
use kaishi_store::Identity;
use provider::{Idp, Signed};
use serde_json::{Value, json};

use crate::house::{Answer, Browser, House, on_both};

/// A house with a provider beside it.
async fn with_provider(house: House) -> (House, Idp) {
    let idp = Idp::open().await;
    let house = house.refitted(|parts| {
        parts.limits = Limits { provider: Some(idp.named()), ..parts.limits.clone() };
    });
    (house, idp)
}

/// Whose account the auditor's is.
async fn auditor(house: &House) -> Owner {
    let login = house.state.store.login(house.market.org, AUDITOR.0).await.unwrap().unwrap();
    Owner { home: login.org, account: login.id }
}

/// The auditor is linked to a subject.
async fn linked(house: &House, idp: &Idp, subject: &str) -> Owner {
    let owner = auditor(house).await;
    let identity = Identity::of(&idp.issuer, subject).unwrap();
    house.state.store.identity_link(&owner, &identity, house.state.now()).await.unwrap();
    owner
}

/// Goes to the provider; where it leads.
async fn leave(browser: &mut Browser) -> String {
    let answer = browser.get("/login/oidc").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.location().to_owned()
}

/// Goes there and comes back as a subject.
async fn sign_in(house: &House, idp: &Idp, subject: &str) -> (Browser, Answer) {
    let mut browser = house.browser();
    let to = leave(&mut browser).await;
    let answer = browser.get(&idp.consent(&to, subject)).await;
    (browser, answer)
}

/// Asks to be linked; where the page leads.
async fn ask_to_link(browser: &mut Browser, idp: &Idp, password: &str) -> String {
    let page = browser.post("/o/self/oidc", &[("verb", "link"), ("password", password)]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let to = page.body.split("href=\"").find(|part| part.starts_with(&idp.issuer)).unwrap();
    to[..to.find('"').unwrap()].replace("&amp;", "&")
}

async fn is_in(browser: &mut Browser) -> bool {
    browser.get("/o/self").await.status == StatusCode::OK
}

#[tokio::test]
async fn without_a_provider_no_address_of_it_answers() {
    on_both(|house| async move {
        let mut admin = house.signed_in(ORGANIZER).await;
        let account = auditor(&house).await.account.to_string();
        let mut seen = 0;
        for (method, path, _) in TABLE.iter().filter(|(_, path, _)| path.contains("/oidc")) {
            let path = path.replace("{account}", &account);
            let answer = match *method {
                "GET" => admin.get(&path).await,
                _ => admin.post(&path, &[("verb", "link"), ("subject", "s"), ("password", "p")]).await,
            };
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{method} {path}");
            seen += 1;
        }
        assert_eq!(seen, 4);
        for page in ["/login", "/o/self", &format!("/o/people/{account}")] {
            assert!(!admin.get(page).await.body.contains("oidc"), "{page}");
        }
    })
    .await;
}

#[tokio::test]
async fn whom_an_admin_has_linked_comes_in_by_the_provider_and_no_more_when_the_link_is_gone() {
    on_both(|house| async move {
        let (house, idp) = with_provider(house).await;
        let mut admin = house.signed_in(ORGANIZER).await;
        let page = format!("/o/people/{}", auditor(&house).await.account);
        let form = format!("{page}/oidc");
        // Later than the hundred acts that furnished the house.
        house.clock.turn(1_000);
        for wrong in ["", " ", "身份", &"s".repeat(256)] {
            let answer = admin.post(&form, &[("verb", "link"), ("subject", wrong)]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong:?}");
        }
        let answer = admin.post(&form, &[("verb", "link"), ("subject", "sub-7")]).await;
        assert_eq!(answer.location(), page, "{}", answer.body);
        assert!(admin.get(&page).await.body.contains(">sub-7<"));

        assert!(house.browser().get("/login").await.body.contains("用统一身份登录"));
        let (mut auditor, answer) = sign_in(&house, &idp, "sub-7").await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/o/"), "{}", answer.body);
        let own = auditor.get("/o/self").await;
        assert!(own.body.contains(AUDITOR.0) && own.body.contains("sub-7"));

        admin.post(&form, &[("verb", "unlink")]).await;
        let (mut stranger, answer) = sign_in(&house, &idp, "sub-7").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(!is_in(&mut stranger).await);
        let trail = admin.get("/o/audit").await.body;
        assert!(trail.matches("统一身份").count() >= 2 && trail.contains("sub-7"), "{trail}");
    })
    .await;
}

#[tokio::test]
async fn an_owner_links_with_the_password_here_and_in_person_there() {
    on_both(|house| async move {
        let (house, idp) = with_provider(house).await;
        let mut own = house.signed_in(AUDITOR).await;
        let guess = own.post("/o/self/oidc", &[("verb", "link"), ("password", "guess")]).await;
        assert_eq!(guess.status, StatusCode::UNPROCESSABLE_ENTITY);
        let to = ask_to_link(&mut own, &idp, AUDITOR.1).await;
        assert!(to.contains("prompt=login"), "whoever is signed in there need not be whoever sits here");
        let back = own.get(&idp.consent(&to, "sub-1")).await;
        assert_eq!(back.location(), "/o/self#outside", "{}", back.body);
        assert!(own.get("/o/self").await.body.contains(">sub-1<"));
        assert_eq!(sign_in(&house, &idp, "sub-1").await.1.location(), "/o/");

        // The same identity for somebody else, or by somebody else's hands, is refused.
        let mut other = house.signed_in(ORGANIZER).await;
        let to = ask_to_link(&mut other, &idp, ORGANIZER.1).await;
        let mut mixed = house.signed_in(AUDITOR).await;
        mixed.jar.insert("errand".into(), other.jar["errand"].clone());
        let path = idp.consent(&to, "sub-1");
        assert_eq!(mixed.get(&path).await.status, StatusCode::FORBIDDEN);
        let to = ask_to_link(&mut other, &idp, ORGANIZER.1).await;
        assert_eq!(other.get(&idp.consent(&to, "sub-1")).await.status, StatusCode::CONFLICT);

        own.post("/o/self/oidc", &[("verb", "unlink")]).await;
        assert_eq!(sign_in(&house, &idp, "sub-1").await.1.status, StatusCode::FORBIDDEN);
        assert!(own.get("/o/self").await.body.contains("link-password"));
    })
    .await;
}

type Bend = fn(&mut Value);

#[tokio::test]
async fn no_answer_is_believed_that_is_not_the_providers_to_this_question() {
    on_both(|house| async move {
        let (house, idp) = with_provider(house).await;
        linked(&house, &idp, "sub-7").await;
        let cases: [(&str, Signed, Bend); 14] = [
            ("another nonce", Signed::Rightly, |claims| claims["nonce"] = "guessed".into()),
            ("no nonce", Signed::Rightly, |claims| claims["nonce"] = Value::Null),
            ("for somebody else", Signed::Rightly, |claims| claims["aud"] = "another".into()),
            ("for somebody else, too", Signed::Rightly, |claims| {
                claims["aud"] = json!(["kaishi", "another"]);
            }),
            ("given to somebody else", Signed::Rightly, |claims| claims["azp"] = "another".into()),
            ("of another provider", Signed::Rightly, |claims| claims["iss"] = "http://127.0.0.1:1".into()),
            ("over", Signed::Rightly, |claims| claims["exp"] = claims["iat"].clone()),
            ("of long ago", Signed::Rightly, |claims| {
                claims["iat"] = (claims["iat"].as_i64().unwrap() - 3_600).into();
            }),
            ("of tomorrow", Signed::Rightly, |claims| {
                claims["iat"] = (claims["iat"].as_i64().unwrap() + 86_400).into();
            }),
            ("about nobody", Signed::Rightly, |claims| claims["sub"] = "".into()),
            ("without a subject", Signed::Rightly, |claims| claims["sub"] = Value::Null),
            ("signed by another", Signed::ByAnother, |_| {}),
            ("signed with what we know, too", Signed::WithTheSecret, |_| {}),
            ("not signed", Signed::Not, |_| {}),
        ];
        for (what, signed, bend) in cases {
            let mut browser = house.browser();
            let to = leave(&mut browser).await;
            let answer = browser.get(&idp.bent(&to, "sub-7", signed, bend)).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{what}: {}", answer.body);
            assert!(answer.body.contains("不能确认是您本人"), "{what}");
            assert!(!is_in(&mut browser).await, "{what}");
        }
        assert_eq!(sign_in(&house, &idp, "sub-7").await.1.location(), "/o/", "and the right one is");
    })
    .await;
}

#[tokio::test]
async fn a_state_is_good_for_one_return_of_one_browser_and_not_for_long() {
    on_both(|house| async move {
        let (house, idp) = with_provider(house).await;
        linked(&house, &idp, "sub-7").await;
        let mut browser = house.browser();
        let to = leave(&mut browser).await;
        let errand = browser.jar["errand"].clone();
        let path = idp.consent(&to, "sub-7");

        let stale = async |browser: &mut Browser, path: &str| {
            let answer = browser.get(path).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}: {}", answer.body);
            assert!(!is_in(browser).await);
        };
        stale(&mut house.browser(), &path).await;
        let mut other = house.browser();
        leave(&mut other).await;
        stale(&mut other, &path).await;
        let mut forged = house.browser();
        forged.jar.insert("errand".into(), errand.replacen('.', ".0", 1));
        stale(&mut forged, &path).await;

        assert_eq!(browser.get(&path).await.location(), "/o/");
        assert_eq!(browser.jar["errand"], "", "the errand is over");
        let mut replay = house.browser();
        replay.jar.insert("errand".into(), errand);
        stale(&mut replay, &path).await;
        stale(&mut replay, &idp.consent(&to, "sub-7")).await;

        let mut slow = house.browser();
        let to = leave(&mut slow).await;
        house.clock.turn(AWAY_FOR + 1);
        stale(&mut slow, &idp.consent(&to, "sub-7")).await;
    })
    .await;
}

#[tokio::test]
async fn whom_nobody_has_linked_gets_no_account() {
    on_both(|house| async move {
        let (house, idp) = with_provider(house).await;
        let mut admin = house.signed_in(ORGANIZER).await;
        let before = admin.get("/o/people").await.body.matches("/o/people/0").count();
        let (mut stranger, answer) = sign_in(&house, &idp, "sub-9").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(answer.body.contains(">sub-9<"), "what the admin has to be told");
        assert!(!is_in(&mut stranger).await);
        assert_eq!(admin.get("/o/people").await.body.matches("/o/people/0").count(), before);

        // Nor does whoever was linked and works here no more.
        let owner = linked(&house, &idp, "sub-7").await;
        let by = Admin::operator(house.market.org, house.by.account());
        house.state.store.person_leave(&by, owner.account, house.state.now()).await.unwrap();
        assert_eq!(sign_in(&house, &idp, "sub-7").await.1.status, StatusCode::FORBIDDEN);

        // And whoever the provider does not let in is told so.
        let mut browser = house.browser();
        let to = leave(&mut browser).await;
        let state = to.split("state=").nth(1).unwrap().split('&').next().unwrap();
        let answer = browser.get(&format!("/login/oidc/back?error=access_denied&state={state}")).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert!(answer.body.contains("没有放行"));
    })
    .await;
}

#[tokio::test]
async fn a_provider_that_is_down_or_another_is_told_and_the_password_still_opens() {
    on_both(|house| async move {
        let (house, mut idp) = with_provider(house).await;
        linked(&house, &idp, "sub-7").await;
        let own = idp.issuer.clone();
        idp.call_itself("http://127.0.0.1:1");
        let answer = house.browser().get("/login/oidc").await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "it says that it is another");
        idp.call_itself(&own);
        let mut browser = house.browser();
        let to = leave(&mut browser).await;
        let path = idp.consent(&to, "sub-7");
        idp.close().await;
        let answer = browser.get(&path).await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(answer.headers.contains_key(header::RETRY_AFTER) && answer.body.contains("现在不通"));
        // What was known of it is forgotten after a while: then not even the way there is known.
        house.clock.turn(AWAY_FOR + 1);
        let answer = house.browser().get("/login/oidc").await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(answer.headers.contains_key(header::RETRY_AFTER));
        let mut own = house.signed_in(AUDITOR).await;
        let answer = own.post("/o/self/oidc", &[("verb", "link"), ("password", AUDITOR.1)]).await;
        assert!(answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.body.contains("现在不通"));
    })
    .await;
}

#[tokio::test]
async fn the_second_step_stays_and_a_new_key_of_the_provider_is_learnt() {
    on_both(|house| async move {
        let (house, idp) = with_provider(house).await;
        let owner = linked(&house, &idp, "sub-7").await;
        assert_eq!(sign_in(&house, &idp, "sub-7").await.1.location(), "/o/");
        idp.turn_key();
        let early = sign_in(&house, &idp, "sub-7").await.1;
        assert_eq!(early.status, StatusCode::UNAUTHORIZED, "it is not asked twice in a minute");
        house.clock.turn(61_000);
        assert_eq!(sign_in(&house, &idp, "sub-7").await.1.location(), "/o/");

        let (store, now) = (&house.state.store, house.state.now());
        store.second_begin(&owner, house.state.keys.current(), house.state.random(), now).await.unwrap();
        store.second_confirm(&owner, 1, &[], now).await.unwrap();
        let (mut browser, answer) = sign_in(&house, &idp, "sub-7").await;
        assert_eq!(
            answer.location(),
            "/login/second",
            "the provider's word is the first step and not the second"
        );
        assert!(!is_in(&mut browser).await);
    })
    .await;
}

#[tokio::test]
async fn whoever_has_no_role_to_look_after_accounts_links_nobody() {
    on_both(|house| async move {
        let (house, _idp) = with_provider(house).await;
        let account = auditor(&house).await.account;
        let mut own = house.signed_in(AUDITOR).await;
        let answer =
            own.post(&format!("/o/people/{account}/oidc"), &[("verb", "link"), ("subject", "s")]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(!own.get(&format!("/o/people/{account}")).await.body.contains("/oidc"), "nor is it offered");
    })
    .await;
}
