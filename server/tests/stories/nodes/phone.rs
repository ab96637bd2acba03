//! A resident's phone and an organizer's browser, which may ask another node each time.

use std::collections::BTreeMap;
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, StatusCode};

use crate::house::Answer;

/// A request that a node leaves open is given up after so long.
const GIVEN_UP: Duration = Duration::from_secs(12);

/// A browser with its cookies.
#[derive(Clone)]
pub struct Browser {
    http: Client,
    jar: BTreeMap<String, String>,
}

impl Browser {
    pub fn new() -> Self {
        let http = Client::builder().redirect(Policy::none()).timeout(GIVEN_UP).build().unwrap();
        Self { http, jar: BTreeMap::new() }
    }

    pub async fn get(&mut self, base: &str, path: &str) -> Option<Answer> {
        let request = self.http.get(format!("{base}{path}"));
        self.send(request).await
    }

    pub async fn post(&mut self, base: &str, path: &str, form: &[(&str, &str)]) -> Option<Answer> {
        let request = self.http.post(format!("{base}{path}")).form(form);
        self.send(request.header("sec-fetch-site", "same-origin")).await
    }

    /// Nothing when the line broke.
    async fn send(&mut self, request: reqwest::RequestBuilder) -> Option<Answer> {
        let jar: Vec<String> = self.jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let answer = request.header("cookie", jar.join("; ")).send().await.ok()?;
        for cookie in answer.headers().get_all("set-cookie") {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.jar.insert(name.to_owned(), value.to_owned());
        }
        let (status, headers) = (answer.status(), answer.headers().clone());
        let bytes = answer.bytes().await.ok()?.to_vec();
        Some(Answer { status, headers, body: String::from_utf8_lossy(&bytes).into_owned(), bytes })
    }

    /// Signs in at one node.
    pub async fn sign_in(&mut self, base: &str, (login, password): (&str, &str)) {
        let form = [("login", login), ("password", password)];
        let answer = self.post(base, "/login", &form).await.unwrap();
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/o/"), "{}", answer.body);
    }
}

/// One resident with one form, sent until a node says that it counted, to another node each time.
#[derive(Clone)]
pub struct Resident {
    browser: Browser,
    path: String,
    ticket: String,
}

impl Resident {
    /// Opens a stall's page at the first node that shows it.
    pub async fn before(bases: &[String], path: &str, from: usize) -> Self {
        let mut browser = Browser::new();
        for base in bases.iter().cycle().skip(from).take(400) {
            if let Some(page) = browser.get(base, path).await
                && let Some(ticket) = page.field("ticket")
            {
                return Self { browser, path: path.to_owned(), ticket };
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("no node shows {path}");
    }

    /// Sends the form once; whether it was acknowledged.
    pub async fn tap(&mut self, base: &str) -> bool {
        let form = [("ticket", &*self.ticket), ("n", "1")];
        let answer = self.browser.post(base, &self.path, &form).await;
        answer.is_some_and(|answer| {
            answer.status == StatusCode::SEE_OTHER && answer.location().contains("/done")
        })
    }

    /// Sends the form to one node after the other until one acknowledges it; answers how often.
    pub async fn insist(&mut self, bases: &[String], from: usize) -> usize {
        for (tries, base) in bases.iter().cycle().skip(from).take(400).enumerate() {
            if self.tap(base).await {
                return tries + 1;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("nobody acknowledged a visit");
    }
}
