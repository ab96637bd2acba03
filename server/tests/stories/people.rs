//! Who works here: invitations, roles, sessions, the organizations below, and what each page tells whom.

mod second;

use crate::house::{Answer, BASE, Browser, House, NOW, on_both};
use axum::http::StatusCode;
use kaishi_domain::actor::{Operator, Role};
use kaishi_domain::moment::MINUTE;
use kaishi_domain::organization::Kind;
use kaishi_domain::{AccountId, OrgId};
use kaishi_server::demo::{AUDITOR, COMMITTEE, ORGANIZER};
use kaishi_store::{Account, Organization};

const PASSWORD: &str = "long enough to keep";

/// The path of the open set-up link on the page of people.
fn link(page: &Answer) -> String {
    let at = page.body.find(&format!("{BASE}/setup/")).unwrap_or_else(|| panic!("{}", page.body));
    let rest = &page.body[at + BASE.len()..];
    rest[..rest.find('"').unwrap()].to_owned()
}

/// The path of the page of somebody.
fn person(page: &Answer, login: &str) -> String {
    let end = page.body.rfind(&format!("\">{login}<")).unwrap_or_else(|| panic!("{}", page.body));
    let start = page.body[..end].rfind("/o/people/").unwrap();
    page.body[start..end].to_owned()
}

async fn invited(house: &House, by: &mut Browser, role: &str, login: &str) -> Browser {
    assert_eq!(by.post("/o/people/invite", &[("role", role)]).await.status, StatusCode::SEE_OTHER);
    let path = link(&by.get("/o/people").await);
    let mut new = house.browser();
    let done = new.post(&path, &[("login", login), ("password", PASSWORD)]).await;
    assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, "/login"), "{}", done.body);
    house.signed_in((login, PASSWORD)).await
}

#[tokio::test]
async fn an_admin_invites_and_whoever_comes_has_that_role_alone() {
    on_both(|house| async move {
        // Later than all that made the house, which fills a page of the trail.
        house.clock.turn(MINUTE);
        let mut admin = house.signed_in(ORGANIZER).await;
        let none = admin.post("/o/people/invite", &[]).await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(none.body.contains("至少选一个职责"));

        admin.post("/o/people/invite", &[("role", "organizer")]).await;
        let path = link(&admin.get("/o/people").await);
        let mut new = house.browser();
        let page = new.get(&path).await;
        assert!(page.body.contains("福中社区党委请您来做组织者"), "{}", page.body);
        for (login, password, why) in [
            ("second", "short", "至少 10 个字"),
            ("second", "password123", "太常见"),
            ("organizer", PASSWORD, "已经有人用了"),
            ("zwei und", PASSWORD, "用户名只用字母和数字"),
        ] {
            let no = new.post(&path, &[("login", login), ("password", password)]).await;
            assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY, "{why}");
            assert!(no.body.contains(why) && no.body.contains(&format!("value=\"{login}\"")), "{why}");
        }
        new.post(&path, &[("login", "second"), ("password", PASSWORD)]).await;
        assert_eq!(new.get(&path).await.status, StatusCode::GONE, "a link works once");

        let mut second = house.signed_in(("second", PASSWORD)).await;
        assert_eq!(second.get("/o/new").await.status, StatusCode::OK);
        assert_eq!(second.get("/o/people").await.status, StatusCode::FORBIDDEN);
        let trail = admin.get("/o/audit").await;
        assert!(trail.body.contains("person.invite") && trail.body.contains("person.join"));
    })
    .await;
}

#[tokio::test]
async fn a_role_taken_away_closes_the_pages_at_once() {
    on_both(|house| async move {
        let mut admin = house.signed_in(ORGANIZER).await;
        let mut second = invited(&house, &mut admin, "organizer", "second").await;
        let page = person(&admin.get("/o/people").await, "second");
        assert_eq!(second.get("/o/new").await.status, StatusCode::OK);
        admin.post(&format!("{page}/roles"), &[("role", "committee")]).await;
        assert_eq!(second.get("/o/new").await.location(), "/login", "signed out");
        let mut second = house.signed_in(("second", PASSWORD)).await;
        assert_eq!(second.get("/o/new").await.status, StatusCode::FORBIDDEN);
        admin.post(&format!("{page}/leave"), &[]).await;
        assert_eq!(second.get("/o/").await.location(), "/login");
        let tried = house.browser().post("/login", &[("login", "second"), ("password", PASSWORD)]).await;
        assert_eq!(tried.status, StatusCode::UNAUTHORIZED);
        let own = person(&admin.get("/o/people").await, "organizer");
        let last = admin.post(&format!("{own}/roles"), &[("role", "organizer")]).await;
        assert_eq!(last.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(last.body.contains("至少要留一个管理员"));
    })
    .await;
}

#[tokio::test]
async fn a_password_is_changed_by_who_knows_it_and_ends_the_other_sessions() {
    on_both(|house| async move {
        let (mut here, mut there) = (house.signed_in(AUDITOR).await, house.signed_in(AUDITOR).await);
        let wrong = here.post("/o/self/password", &[("old", "guess"), ("new", PASSWORD)]).await;
        assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.body.contains("现在的密码不对"));
        let weak = here.post("/o/self/password", &[("old", AUDITOR.1), ("new", "auditor2023")]).await;
        assert!(weak.status == StatusCode::UNPROCESSABLE_ENTITY && weak.body.contains("太常见"));
        let done = here.post("/o/self/password", &[("old", AUDITOR.1), ("new", PASSWORD)]).await;
        assert!(done.status == StatusCode::OK && done.body.contains("密码改好了"), "{}", done.body);
        assert_eq!(here.get("/o/").await.status, StatusCode::OK);
        assert_eq!(there.get("/o/").await.location(), "/login");
        let mut there = house.signed_in((AUDITOR.0, PASSWORD)).await;
        assert!(there.get("/o/self").await.body.contains("退出其他设备"));
        there.post("/o/self/sessions", &[]).await;
        assert_eq!(here.get("/o/").await.location(), "/login");
        assert!(!there.get("/o/self").await.body.contains("退出其他设备"));
    })
    .await;
}

#[tokio::test]
async fn a_forgotten_password_is_set_anew_with_a_link() {
    on_both(|house| async move {
        let mut admin = house.signed_in(ORGANIZER).await;
        let page = person(&admin.get("/o/people").await, "auditor");
        admin.post(&format!("{page}/password"), &[]).await;
        let path = link(&admin.get("/o/people").await);
        let mut auditor = house.browser();
        assert!(auditor.get(&path).await.body.contains("给“auditor”设一个新密码"));
        auditor.post(&path, &[("password", PASSWORD)]).await;
        house.signed_in((AUDITOR.0, PASSWORD)).await;
        assert_eq!(auditor.get(&path).await.status, StatusCode::GONE);
    })
    .await;
}

/// A street above the house's community, with an admin of its own.
async fn street(house: &House) -> OrgId {
    let store = &house.state.store;
    let by = Operator::of(house.market.org, house.by.account());
    let id = OrgId::from_number(house.market.org.number() ^ 4).unwrap();
    let new = Organization { id, name: "莲花街道党工委".into(), district: "福田区".into() };
    store.found_under(&by, (&new, Kind::Street), None, NOW).await.unwrap();
    store.put_under(&by, house.market.org, id, NOW).await.unwrap();
    let account = Account {
        org: id,
        id: AccountId::new(NOW, house.state.random()),
        login: "boss".into(),
        role: Role::Organizer,
    };
    let hash = kaishi_server::password::hash(PASSWORD.into()).await.unwrap();
    store.account_add(&account, &hash, NOW).await.unwrap();
    id
}

#[tokio::test]
async fn a_street_sees_totals_of_its_communities_and_none_of_their_pages() {
    on_both(|house| async move {
        street(&house).await;
        let mut boss = house.signed_in(("boss", PASSWORD)).await;
        assert_eq!(boss.get("/o/").await.location(), "/o/street");
        let page = boss.get("/o/street").await;
        assert!(page.body.contains("福中社区党委") && page.body.contains("今天"), "{}", page.body);
        for path in ["live", "appeals", "bulletin", "layout"] {
            let foreign = boss.get(&format!("/o/m/{}/{path}", house.at())).await;
            assert_eq!(foreign.status, StatusCode::NOT_FOUND, "{path}");
        }
        let mut below = house.signed_in(ORGANIZER).await;
        assert!(below.get("/o/street").await.body.contains("下面还没有社区"));
    })
    .await;
}

#[tokio::test]
async fn one_account_works_at_two_organizations_and_goes_between_them() {
    on_both(|house| async move {
        let street = street(&house).await.to_string();
        let mut boss = house.signed_in(("boss", PASSWORD)).await;
        boss.post("/o/people/invite", &[("role", "committee")]).await;
        let path = link(&boss.get("/o/people").await);
        let mut committee = house.signed_in(COMMITTEE).await;
        let strange = committee.post("/o/self/at", &[("org", &street)]).await;
        assert_eq!(strange.status, StatusCode::NOT_FOUND, "not before it works there");
        assert!(committee.get(&path).await.body.contains("用“committee”加入"));
        assert_eq!(committee.post(&path, &[("join", "yes")]).await.location(), "/o/self");
        assert!(committee.get("/o/self").await.body.contains("莲花街道党工委"));
        assert_eq!(committee.post("/o/self/at", &[("org", &street)]).await.location(), "/o/");
        assert_eq!(committee.get("/o/").await.location(), "/o/street");
        assert_eq!(committee.get(&format!("/o/m/{}/live", house.at())).await.status, StatusCode::NOT_FOUND);
        committee.post("/o/self/at", &[("org", &house.market.org.to_string())]).await;
        assert_eq!(committee.get(&format!("/o/m/{}/live", house.at())).await.status, StatusCode::OK);
    })
    .await;
}

#[tokio::test]
async fn whoever_runs_the_server_founds_organizations_and_reads_nothing_of_theirs() {
    on_both(|house| async move {
        let account = Account {
            org: house.market.org,
            id: AccountId::new(NOW, house.state.random()),
            login: "operator".into(),
            role: Role::Operator,
        };
        let hash = kaishi_server::password::hash(PASSWORD.into()).await.unwrap();
        house.state.store.account_add(&account, &hash, NOW).await.unwrap();
        let mut operator = house.signed_in(("operator", PASSWORD)).await;
        assert_eq!(operator.get("/o/").await.location(), "/o/platform");
        assert_eq!(operator.get(&format!("/o/m/{}/live", house.at())).await.status, StatusCode::FORBIDDEN);
        let new = [("name", "莲花街道党工委"), ("district", "福田区"), ("kind", "street"), ("above", "")];
        assert_eq!(operator.post("/o/platform", &new).await.status, StatusCode::SEE_OTHER);
        let page = operator.get("/o/platform").await;
        assert!(page.body.contains("莲花街道党工委"));
        let known = house.state.store.organizations().await.unwrap();
        let street = known.iter().find(|one| one.name == "莲花街道党工委").unwrap().id;
        let path = format!("/o/platform/{}/under", house.market.org);
        let done = operator.post(&path, &[("above", &street.to_string())]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        let wrong =
            [("name", "反了"), ("district", "福田区"), ("kind", "district"), ("above", &street.to_string())];
        let refused = operator.post("/o/platform", &wrong).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("上级必须比它高一级以上") && refused.body.contains("value=\"反了\""));
        let ready = operator.post(&format!("/o/platform/{street}/link"), &[]).await;
        let path = link(&ready);
        let mut first = house.browser();
        let form =
            [("name", "莲花街道党工委"), ("district", "福田区"), ("login", "boss"), ("password", PASSWORD)];
        assert_eq!(first.post(&path, &form).await.location(), "/login");
        let again = operator.post(&format!("/o/platform/{street}/link"), &[]).await;
        assert_eq!(again.status, StatusCode::NOT_FOUND, "who has an account invites by itself");
        let mut boss = house.signed_in(("boss", PASSWORD)).await;
        assert!(boss.get("/o/street").await.body.contains("福中社区党委"));
    })
    .await;
}

#[tokio::test]
async fn a_second_pair_of_eyes_is_an_admins() {
    on_both(|house| async move {
        let mut admin = house.signed_in(ORGANIZER).await;
        let mut second = invited(&house, &mut admin, "organizer", "second").await;
        let bulletin = format!("/o/m/{}/bulletin", house.at());
        assert_eq!(second.post(&bulletin, &[("version", "0")]).await.status, StatusCode::FORBIDDEN);
        let path = format!("/o/m/{}/paper/{}", house.at(), "0188123456789abcdef0123456789abc");
        assert_eq!(second.post(&path, &[("verb", "let_in")]).await.status, StatusCode::FORBIDDEN);
        let mut third = invited(&house, &mut admin, "admin", "third").await;
        let mut other = invited(&house, &mut admin, "auditor", "fourth").await;
        let plan = format!("/o/m/{}/plan", house.at());
        assert_eq!(other.post(&plan, &[("plan", "fair")]).await.status, StatusCode::FORBIDDEN);
        for both in [&mut second, &mut third] {
            assert_eq!(both.post(&plan, &[("plan", "fair")]).await.status, StatusCode::SEE_OTHER);
        }
    })
    .await;
}

#[tokio::test]
async fn a_device_that_is_known_is_never_locked_out_by_strangers() {
    on_both(|house| async move {
        let mut owner = house.signed_in(ORGANIZER).await;
        owner.post("/logout", &[]).await;
        let mut stranger = house.browser();
        for _ in 0..12 {
            stranger.post("/login", &[("login", ORGANIZER.0), ("password", "guess")]).await;
        }
        let right = [("login", ORGANIZER.0), ("password", ORGANIZER.1)];
        assert_eq!(stranger.post("/login", &right).await.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(owner.post("/login", &right).await.location(), "/o/");
    })
    .await;
}
