//! One simulated phone: keeps its cookies, sends its forms, comes again when the server is busy.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use reqwest::header::{CONTENT_TYPE, COOKIE, LOCATION, RETRY_AFTER, SET_COOKIE};
use reqwest::{RequestBuilder, Response, StatusCode};

/// A busy server is asked so often.
const TRIES: u32 = 6;

/// A phone with a jar of its own.
pub(super) struct Phone {
    http: reqwest::Client,
    base: String,
    jar: BTreeMap<String, String>,
}

/// What came back: the status, where it leads, the page.
pub(super) struct Answer {
    pub status: StatusCode,
    pub location: Option<String>,
    pub body: String,
    /// From sending to the whole answer, of the try that succeeded.
    pub wait: Duration,
}

impl Phone {
    pub(super) fn new(http: &reqwest::Client, base: &str) -> Self {
        Self { http: http.clone(), base: base.to_owned(), jar: BTreeMap::new() }
    }

    fn address(&self, to: &str) -> String {
        if to.starts_with('/') { format!("{}{to}", self.base) } else { to.to_owned() }
    }

    /// Opens a page.
    pub(super) async fn get(&mut self, to: &str) -> Result<Answer> {
        let address = self.address(to);
        self.send(|http| http.get(&address)).await
    }

    /// Sends a form.
    pub(super) async fn post(&mut self, to: &str, body: String) -> Result<Answer> {
        let address = self.address(to);
        self.send(|http| {
            http.post(&address)
                .header("sec-fetch-site", "same-origin")
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(body.clone())
        })
        .await
    }

    /// Uploads JSON with a device's token.
    pub(super) async fn upload<T: serde::Serialize>(
        &mut self,
        to: &str,
        token: &str,
        body: &T,
    ) -> Result<Answer> {
        let address = self.address(to);
        let body = serde_json::to_string(body)?;
        self.send(|http| {
            http.post(&address).bearer_auth(token).header(CONTENT_TYPE, "application/json").body(body.clone())
        })
        .await
    }

    /// The same request until it is answered. Sending again is safe: forms carry nonces, records their ids.
    async fn send(&mut self, request: impl Fn(&reqwest::Client) -> RequestBuilder) -> Result<Answer> {
        let mut tried = 0;
        loop {
            tried += 1;
            let begun = Instant::now();
            let outcome = self.once(request(&self.http), begun).await;
            let pause = match &outcome {
                Ok((answer, after)) if is_busy(answer.status) => *after,
                Ok(_) => None,
                Err(_) => Some(Duration::from_millis(200)),
            };
            match pause {
                Some(pause) if tried < TRIES => tokio::time::sleep(pause).await,
                _ => return outcome.map(|(answer, _)| answer),
            }
        }
    }

    async fn once(&mut self, request: RequestBuilder, begun: Instant) -> Result<(Answer, Option<Duration>)> {
        let jar: Vec<String> = self.jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = if jar.is_empty() { request } else { request.header(COOKIE, jar.join("; ")) };
        let response = request.send().await?;
        self.keep(&response);
        let text = |name| response.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
        let (status, location) = (response.status(), text(LOCATION));
        let after = text(RETRY_AFTER).and_then(|text| text.parse().ok()).unwrap_or(1).min(5);
        let body = response.text().await?;
        let answer = Answer { status, location, body, wait: begun.elapsed() };
        Ok((answer, Some(Duration::from_secs(after))))
    }

    fn keep(&mut self, response: &Response) {
        for cookie in response.headers().get_all(SET_COOKIE) {
            let pair = cookie.to_str().ok().and_then(|text| text.split(';').next()?.split_once('='));
            if let Some((name, value)) = pair {
                self.jar.insert(name.trim().to_owned(), value.trim().to_owned());
            }
        }
    }
}

fn is_busy(status: StatusCode) -> bool {
    matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE)
}

impl Answer {
    /// Where a redirect leads, or what went wrong.
    pub(super) fn leads(&self) -> Result<&str> {
        ensure!(self.status == StatusCode::SEE_OTHER, "answered {} instead of a page to go to", self.status);
        Ok(self.location.as_deref().unwrap_or("/"))
    }

    /// Whether it is a page.
    pub(super) fn is_page(&self) -> bool {
        self.status == StatusCode::OK
    }
}
