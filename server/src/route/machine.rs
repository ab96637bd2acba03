//! What machines ask: our own islands' calls, and whether the server is ready.

use axum::extract::{Request, State as Of};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use kaishi_app::state::State;
use leptos::prelude::provide_context;

use crate::metrics::{self, Metrics, Token};

/// Whether the server is there and ready, its numbers behind a token, and the description of what machines may ask.
pub fn routes(watch: &Metrics, token: Token) -> Router<State> {
    Router::new()
        .route("/api/v1/openapi.json", get(openapi))
        .route("/healthz", get(async || "ok"))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics::guarded))
        .layer(Extension(watch.clone()))
        .layer(Extension(token))
}

/// What operators ask at an address of its own: the same without a token.
pub fn operations(state: &State, watch: &Metrics) -> Router {
    Router::new()
        .route("/healthz", get(async || "ok"))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics::open))
        .layer(Extension(watch.clone()))
        .with_state(state.clone())
}

/// Server functions of our own islands: `/api/call/…`, changes by POST only.
pub async fn island(Of(state): Of<State>, request: Request) -> Response {
    let context = move || provide_context(state.clone());
    leptos_axum::handle_server_fns_with_context(context, request).await.into_response()
}

/// Whether the database answers, has this program's schema and room to grow.
pub async fn ready(Of(state): Of<State>) -> Response {
    let health = crate::health::look(&state.store).await;
    let status = if health.is_ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, health.text).into_response()
}

/// What machines may ask here, described for them.
pub async fn openapi() -> Response {
    ([(CONTENT_TYPE, "application/json")], include_str!("openapi.json")).into_response()
}
