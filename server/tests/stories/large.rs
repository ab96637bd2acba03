//! How much may be sent at once: one gesture on many stalls is saved, everything else stays small.

use crate::house::{Answer, Browser, NOW, on_both};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use kaishi_domain::StallId;
use kaishi_domain::layout::{Diff, Layout, Stall};
use kaishi_domain::market::Plan;
use kaishi_server::demo::ORGANIZER;

const FORM: usize = 256 * 1024;

async fn call(browser: &mut Browser, name: &str, body: String) -> Answer {
    let request = Request::post(format!("/api/call/{name}"))
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::CONTENT_LENGTH, body.len());
    browser.send(request, Body::from(body)).await
}

/// The layout with so many stalls more, each with texts as long as they may be.
fn with_more(layout: &Layout, more: u64) -> Layout {
    let model = layout.in_order()[0].clone();
    let more = (0..more).map(|n| {
        let mut random = [7; 10];
        random[2..].copy_from_slice(&n.to_be_bytes());
        Stall {
            id: StallId::new(NOW, random),
            no: format!("新{n:04}"),
            x: (n % 40) as f64 * 3.25,
            y: (n / 40) as f64 * 3.25,
            outlet: Some("电".repeat(32)),
            ..model.clone()
        }
    });
    Layout::of(layout.stalls().values().cloned().chain(more)).unwrap()
}

#[tokio::test]
async fn a_thousand_stalls_are_saved_at_once() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let (base, before) = house.state.store.layout(house.at(), Plan::Fair).await.unwrap();
        let after = with_more(&before, 1_000);
        let diff = Diff::between(&before, &after);
        let body =
            serde_json::json!({ "market": house.at(), "plan": Plan::Fair, "base": base, "diff": diff })
                .to_string();
        assert!(body.len() > FORM, "a body of {} bytes proves nothing", body.len());
        let answer = call(&mut organizer, "layout/save", body).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        let (_, stands) = house.state.store.layout(house.at(), Plan::Fair).await.unwrap();
        assert_eq!(stands, after);
    })
    .await;
}

#[tokio::test]
async fn what_is_too_large_is_refused_unread() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        for (name, bytes) in [("board/arrange", FORM + 1), ("layout/save", 16 * FORM + 1)] {
            let answer = call(&mut organizer, name, " ".repeat(bytes)).await;
            assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{name}");
        }
    })
    .await;
}
