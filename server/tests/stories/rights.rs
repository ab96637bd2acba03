//! Role × route × organization, for every address that the router has: who is let in, who is not, and that a foreign id
//! answers exactly like a missing one. A route without a line in the table fails here.

mod offered;
pub mod world;

use std::collections::BTreeSet;

use crate::house::{Answer, Browser, House, on_both};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use kaishi_domain::actor::Role;
use kaishi_domain::token::Purpose;
use kaishi_server::route::right::Who;
use kaishi_server::route::right::table::TABLE;
use world::{Ids, World};

/// Every path that a router has, from what it says of itself.
fn paths(router: &axum::Router) -> BTreeSet<String> {
    let text = format!("{router:?}");
    let own = &text[..text.find("fallback_router").unwrap()];
    let known =
        own.split('"').filter(|part| part.starts_with('/')).map(str::to_owned).collect::<BTreeSet<_>>();
    assert!(known.contains("/healthz") || known.contains("/robots.txt"), "the router says nothing of itself");
    known
}

/// The methods of a path, as the router tells whoever comes with another.
async fn methods(house: &House, path: &str) -> Vec<String> {
    let request = Request::builder().method(Method::TRACE).uri(path).header("sec-fetch-site", "same-origin");
    let answer = house.browser().send(request, Body::empty()).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
    let allowed = answer.headers[header::ALLOW].to_str().unwrap();
    allowed.split(',').filter(|name| *name != "HEAD").map(str::to_owned).collect()
}

#[tokio::test]
async fn the_table_and_the_router_name_the_same_addresses() {
    on_both(|house| async move {
        let files = paths(&kaishi_server::asset::routes::<()>());
        let mut routed = BTreeSet::new();
        for path in paths(&house.router).difference(&files) {
            if path == "/api/call/{*call}" {
                continue;
            }
            for method in methods(&house, &Ids::default().fill(path)).await {
                routed.insert((method, path.clone()));
            }
        }
        for (path, method) in server_fn::axum::server_fn_paths() {
            routed.insert((method.to_string(), path.to_owned()));
        }
        let table: BTreeSet<_> =
            TABLE.iter().map(|(method, path, _)| ((*method).to_owned(), (*path).to_owned())).collect();
        let missing: Vec<_> = routed.difference(&table).collect();
        let gone: Vec<_> = table.difference(&routed).collect();
        assert!(
            missing.is_empty() && gone.is_empty(),
            "without a line: {missing:#?}\nwithout a route: {gone:#?}"
        );
    })
    .await;
}

/// Asks as a browser of this very site would: an empty form, an empty call.
async fn ask(browser: &mut Browser, method: &str, path: &str) -> Answer {
    let request = Request::builder().method(method).uri(path).header("sec-fetch-site", "same-origin");
    if method == "GET" {
        return browser.send(request, Body::empty()).await;
    }
    let kind =
        if path.starts_with("/api/") { "application/json" } else { "application/x-www-form-urlencoded" };
    let body = if path.starts_with("/api/") { "{}" } else { "" };
    browser.send(request.header(header::CONTENT_TYPE, kind), Body::from(body)).await
}

fn is_let_in(answer: &Answer) -> bool {
    let out = answer.status == StatusCode::FORBIDDEN
        || answer.status == StatusCode::UNAUTHORIZED
        || answer.location() == "/login";
    !out
}

#[tokio::test]
async fn every_role_is_let_in_where_the_table_says_and_nowhere_else() {
    on_both(|house| async move {
        let world = World::build(&house).await;
        let mut wrong = Vec::new();
        for (method, path, who) in TABLE {
            let Who::Roles(roles) = who else { continue };
            // Calls look at what they are sent before they look at who sends it; they have a story of their own.
            if path.starts_with("/api/") {
                continue;
            }
            let full = world.own.fill(path);
            for role in Role::ALL {
                let answer = ask(&mut world.browser(&house, role), method, &full).await;
                let begins = role == Role::Operator && *path == "/o/";
                if is_let_in(&answer) != (roles.holds(role) || begins) || answer.status.is_server_error() {
                    wrong.push(format!("{role:?} {method} {path}: {}", answer.status));
                }
            }
            for (name, mut caller) in World::without_session(&house) {
                let answer = ask(&mut caller, method, &full).await;
                if answer.location() != "/login" {
                    wrong.push(format!("{name} {method} {path}: {}", answer.status));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    })
    .await;
}

#[tokio::test]
async fn a_call_is_answered_to_the_roles_of_the_table_alone() {
    on_both(|house| async move {
        let world = World::build(&house).await;
        for (method, path, who) in TABLE.iter().filter(|row| row.1.starts_with("/api/call/")) {
            let Who::Roles(roles) = who else { continue };
            let body = world.own.call(path);
            let send = async |browser: &mut Browser| {
                let request = Request::builder()
                    .method(*method)
                    .uri(*path)
                    .header("sec-fetch-site", "same-origin")
                    .header(header::CONTENT_TYPE, "application/json");
                browser.send(request, Body::from(body.clone())).await
            };
            for role in Role::ALL {
                let answer = send(&mut world.browser(&house, role)).await;
                let expected =
                    if role == Role::Operator { StatusCode::UNAUTHORIZED } else { StatusCode::FORBIDDEN };
                if roles.holds(role) {
                    assert!(
                        is_let_in(&answer) && !answer.status.is_server_error(),
                        "{role:?} {path}: {} {}",
                        answer.status,
                        answer.body
                    );
                    assert!(!answer.body.contains("missing field"), "{path}: {}", answer.body);
                } else {
                    assert_eq!(answer.status, expected, "{role:?} {path}: {}", answer.body);
                }
            }
            for (name, mut caller) in World::without_session(&house) {
                assert_eq!(send(&mut caller).await.status, StatusCode::UNAUTHORIZED, "{name} {path}");
            }
        }
    })
    .await;
}

/// A page without what differs between two loads of it.
fn plain(answer: &Answer, ids: &Ids) -> String {
    let mut text = answer.body.clone();
    for id in ids.all() {
        text = text.replace(&id, "ID");
    }
    let mut rest = String::new();
    let mut parts = text.split("nonce=\"");
    rest.push_str(parts.next().unwrap_or_default());
    for part in parts {
        rest.push_str(&part[part.find('"').unwrap_or(0)..]);
    }
    rest
}

#[tokio::test]
async fn a_foreign_id_answers_like_a_missing_one() {
    on_both(|house| async move {
        let world = World::build(&house).await;
        for (method, path, who) in
            TABLE.iter().filter(|row| row.1.contains('{') && !row.1.starts_with("/api/"))
        {
            let Who::Roles(roles) = who else { continue };
            let Some(role) = Role::ALL.into_iter().find(|role| roles.holds(*role)) else { continue };
            // Whoever runs the server founds organizations: to it none is foreign.
            if role == Role::Operator {
                continue;
            }
            let mut browser = world.browser(&house, role);
            for (foreign, missing) in world.strange(path) {
                let (there, nowhere) = (foreign.fill(path), missing.fill(path));
                let one = ask(&mut browser, method, &there).await;
                let two = ask(&mut browser, method, &nowhere).await;
                assert_eq!(one.status, two.status, "{method} {there}");
                assert_eq!(plain(&one, &foreign), plain(&two, &missing), "{method} {there}");
                assert_ne!(one.status, StatusCode::OK, "{method} {there}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_link_opens_what_it_is_for_and_nothing_else() {
    on_both(|house| async move {
        let world = World::build(&house).await;
        let tokens = World::tokens(&house);
        for (method, path, who) in TABLE {
            let Who::Link(purpose) = who else { continue };
            // A stream has no end; what it says is looked at where screens are.
            if !path.contains("{token}") || path.ends_with("/events") {
                continue;
            }
            let fill = |token: &str| world.own.fill(&path.replace("{token}", token));
            let garbage = ask(&mut house.browser(), method, &fill(&"A".repeat(40))).await;
            assert!(garbage.status.is_client_error(), "{method} {path}: {}", garbage.status);
            for (kind, token) in &tokens {
                let answer = ask(&mut house.browser(), method, &fill(token)).await;
                if kind == purpose {
                    assert!(!answer.status.is_server_error(), "{method} {path}: {}", answer.status);
                    if *method == "GET" && *kind != Purpose::Feed {
                        assert_ne!(
                            answer.body, garbage.body,
                            "{method} {path} does not open with its own link"
                        );
                    }
                } else {
                    assert_eq!(answer.status, garbage.status, "{method} {path} with a link for {kind:?}");
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn every_change_says_where_it_comes_from_and_every_page_has_its_policy() {
    on_both(|house| async move {
        let world = World::build(&house).await;
        let mut admin = world.browser(&house, Role::Admin);
        for (method, path, who) in TABLE {
            let full = world.own.fill(&path.replace("{token}", &"A".repeat(40)));
            if *method != "GET" {
                for site in ["cross-site", "same-site"] {
                    let request =
                        Request::builder().method(*method).uri(&full).header("sec-fetch-site", site);
                    let answer = admin.send(request, Body::empty()).await;
                    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{site} {method} {path}");
                }
                let request =
                    Request::builder().method(*method).uri(&full).header("origin", "https://evil.example");
                assert_eq!(
                    admin.send(request, Body::empty()).await.status,
                    StatusCode::FORBIDDEN,
                    "{method} {path}"
                );
                continue;
            }
            let answer = ask(&mut admin, method, &full).await;
            let policy = answer.headers["content-security-policy"].to_str().unwrap();
            assert!(
                policy.starts_with("default-src 'none'")
                    && !policy.contains("unsafe-inline")
                    && !policy.contains("'unsafe-eval'"),
                "{path}: {policy}"
            );
            assert_eq!(answer.headers["x-content-type-options"], "nosniff", "{path}");
            if !matches!(who, Who::Anyone) {
                let kept = answer.headers[header::CACHE_CONTROL].to_str().unwrap();
                assert!(kept.contains("no-store") || kept.contains("private"), "{path}: {kept}");
            }
        }
    })
    .await;
}
