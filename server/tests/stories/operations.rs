//! The page of operations: whoever runs the server makes a backup and reads what became of it; whoever looks after
//! accounts sees the phones of all Saturdays; nobody sees a key.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use kaishi_server::demo::ORGANIZER;
use reqwest::Client;
use serde_json::json;
use tokio::time::sleep;

use crate::house::{NOW, on_both};
use crate::program::{Place, Serving};

/// Somebody who is signed in at a server that runs.
struct Somebody {
    client: Client,
    base: String,
    cookie: String,
}

impl Somebody {
    async fn signed_in(serving: &Serving, login: &str) -> Self {
        let none = reqwest::redirect::Policy::none();
        let client = Client::builder().redirect(none).no_proxy().build().unwrap();
        let form = format!("login={login}&password=kaishi-demo-{login}");
        let mut somebody = Self { client, base: serving.base.clone(), cookie: String::new() };
        let answer = somebody.post("/login", &form).await;
        assert_eq!(answer.status(), 303, "{login}");
        let set = answer.headers().get_all("set-cookie").iter();
        let pair = |value: &reqwest::header::HeaderValue| {
            value.to_str().unwrap().split(';').next().unwrap().to_owned()
        };
        somebody.cookie = set.map(pair).collect::<Vec<_>>().join("; ");
        somebody
    }

    async fn post(&self, path: &str, form: &str) -> reqwest::Response {
        self.client
            .post(format!("{}{path}", self.base))
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("cookie", &self.cookie)
            .body(form.to_owned())
            .send()
            .await
            .unwrap()
    }

    async fn get(&self, path: &str) -> (u16, String) {
        let ask = self.client.get(format!("{}{path}", self.base)).header("cookie", &self.cookie);
        let answer = ask.send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    /// Reads the page until it says this.
    async fn until(&self, text: &str) -> String {
        for _ in 0..200 {
            let (_, page) = self.get("/o/operations").await;
            if page.contains(text) && !page.contains("正在做") {
                return page;
            }
            sleep(Duration::from_millis(100)).await;
        }
        panic!("the page never says {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_runs_the_server_makes_a_backup_that_is_proved_and_comes_back() {
    let place = Place::new();
    let serving = Serving::demo(&place, &[]).await;
    let operator = Somebody::signed_in(&serving, "operator").await;
    let (_, start) = operator.get("/o/platform").await;
    assert!(start.contains("href=\"/o/operations\""), "a way there");
    let (status, page) = operator.get("/o/operations").await;
    assert_eq!(status, 200);
    assert!(page.contains("还没有备份") && page.contains("正在签发") && page.contains("SQLite"), "{page}");
    let key = std::fs::read_to_string(place.file("data/demo/secret.key")).unwrap();
    let digits = key.split_whitespace().find(|word| word.len() == 64).unwrap();
    assert!(!page.contains(digits), "never the key itself");
    assert!(!page.contains("id=\"phones\""), "who runs the server reads nothing of a market");

    assert_eq!(operator.post("/o/operations/backup", "").await.status(), 303);
    let page = operator.until("已校验").await;
    let name = page.split("<code>kaishi-").nth(1).unwrap().split('<').next().unwrap();
    let file = place.file(&format!("data/demo/backups/kaishi-{name}"));
    assert!(file.is_file(), "{}", file.display());
    assert_eq!(operator.post("/o/operations/verify", "").await.status(), 303);
    operator.until("OK, ").await;

    // A file that is another one by now is not called proved.
    let whole = std::fs::read(&file).unwrap();
    std::fs::write(&file, &whole[..whole.len() - 1]).unwrap();
    let (_, page) = operator.get("/o/operations").await;
    assert!(page.contains("未校验") && !page.contains(">已校验<"), "{page}");
    std::fs::write(&file, whole).unwrap();
    assert!(serving.stop().await);
    place.demo(&["restore", "--from", file.to_str().unwrap(), "--force"]).well();
    place.demo(&["verify"]).well();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_server_of_several_communities_is_not_one_admins() {
    let place = Place::new();
    let serving = Serving::demo(&place, &[]).await;
    let admin = Somebody::signed_in(&serving, "organizer").await;
    let (_, people) = admin.get("/o/people").await;
    assert!(people.contains("href=\"/o/operations\""), "a way there");
    let (_, page) = admin.get("/o/operations").await;
    assert!(page.contains("id=\"phones\"") && page.contains("操作记录链头"), "{page}");
    assert!(!page.contains("/o/operations/backup"), "{page}");
    let refused = admin.post("/o/operations/backup", "").await;
    assert_eq!(refused.status(), 409);
    assert!(refused.text().await.unwrap().contains("由管服务器的人来做"));
    let auditor = Somebody::signed_in(&serving, "auditor").await;
    let (status, page) = auditor.get("/o/operations").await;
    assert_eq!(status, 200);
    assert!(
        page.contains("操作记录链头") && !page.contains("method=\"post\" action=\"/o/operations"),
        "{page}"
    );
    assert_eq!(auditor.post("/o/operations/verify", "").await.status(), 403);
    assert_eq!(Somebody::signed_in(&serving, "committee").await.get("/o/operations").await.0, 403);
    assert!(serving.stop().await);
}

#[tokio::test]
async fn the_phones_of_all_saturdays_stand_on_one_page_and_one_is_taken_out_there() {
    on_both(|house| async move {
        let mut admin = house.signed_in(ORGANIZER).await;
        let page = admin.get("/o/operations").await;
        assert!(page.body.contains("现在没有手机在登记"), "{}", page.body);
        assert!(page.body.contains("没有自己的数据目录"), "one community, and a server without a folder");
        let name = "0".repeat(31) + "7";
        let records =
            json!([{"id": "aaaaaaaa", "seq": 1, "at": NOW, "kind": "plus", "n": 1, "encounter": "consult"}]);
        let body = json!({"records": records, "device": name, "next": 4, "waiting": 2});
        let pad = house.pad("1");
        let request = Request::post("/api/v1/devices/batch")
            .header(header::AUTHORIZATION, format!("Bearer {}", pad.rsplit('/').next().unwrap()))
            .header(header::CONTENT_TYPE, "application/json");
        let sent = house.browser().send(request, Body::from(body.to_string())).await;
        assert_eq!(sent.status, StatusCode::OK, "{}", sent.body);
        let page = admin.get("/o/operations").await;
        assert!(page.body.contains("0007") && page.body.contains("class=\"late\""), "{}", page.body);
        let (link, device) = (page.field("link").unwrap(), page.field("device").unwrap());
        let form = [("verb", "revoke"), ("link", &*link), ("device", &*device)];
        let done = admin.post(&format!("/o/m/{}/devices", house.at()), &form).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        assert!(!admin.get("/o/operations").await.body.contains("0007"), "it is out");
    })
    .await;
}
