//! A big screen that is open at one node.

use std::time::{Duration, Instant};

use reqwest::Response;
use serde_json::Value;

/// A screen that hears nothing for so long has been forgotten.
const PATIENCE: Duration = Duration::from_secs(30);

/// An open stream.
pub struct Screen {
    answer: Response,
    text: String,
}

impl Screen {
    pub async fn open(base: &str, path: &str) -> Self {
        let answer = reqwest::get(format!("{base}{path}/events")).await.unwrap();
        assert!(answer.status().is_success(), "{}", answer.status());
        Self { answer, text: String::new() }
    }

    /// The next snapshot; nothing when the stream has ended.
    pub async fn next(&mut self) -> Option<Value> {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let data = event.split_once("data: ").map(|(_, data)| serde_json::from_str(data).unwrap());
                let rest = rest.to_owned();
                self.text = rest;
                if data.is_some() {
                    return data;
                }
                continue;
            }
            let piece =
                tokio::time::timeout(PATIENCE, self.answer.chunk()).await.expect("the screen is silent");
            self.text.push_str(std::str::from_utf8(&piece.ok()??).unwrap());
        }
    }

    /// When it showed so many people, those that wait for review too.
    pub async fn shows(mut self, people: i64) -> Instant {
        while let Some(seen) = self.next().await {
            if total(&seen) == people {
                return Instant::now();
            }
        }
        panic!("the screen ended before it showed {people}");
    }
}

/// People in a snapshot, counted or waiting for review.
pub fn total(snapshot: &Value) -> i64 {
    let encounters = &snapshot["encounters"];
    encounters["total"].as_i64().unwrap() + encounters["pending_review"].as_i64().unwrap()
}

/// What a node says is counted, once it is not too busy to say it.
pub async fn counted(base: &str, counts: &str) -> i64 {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        let asked = reqwest::get(format!("{base}{counts}")).await;
        if let Ok(answer) = asked.and_then(Response::error_for_status) {
            return total(&answer.json().await.unwrap());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{base} does not say what is counted");
}

/// Until a node says yes, or no, to whether it is ready.
pub async fn ready(base: &str, wanted: bool) {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        let asked = reqwest::get(format!("{base}/readyz")).await;
        if asked.is_ok_and(|answer| answer.status().is_success()) == wanted {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{base}: ready was to become {wanted}");
}
