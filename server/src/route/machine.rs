//! What machines ask: our own islands' calls, and whether the server is ready.

use axum::body::to_bytes;
use axum::extract::{Request, State as Of};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use kaishi_app::calls::Allowed;
use kaishi_app::fault::Fault;
use kaishi_app::pages::refused::status;
use kaishi_app::state::State;
use leptos::prelude::provide_context;
use server_fn::error::SERVER_FN_ERROR_HEADER;

use crate::metrics::{self, Metrics, Token};
use crate::route::right;

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
    let allowed = Allowed(right::roles(request.method(), request.uri().path()));
    let context = move || {
        provide_context(state.clone());
        provide_context(allowed);
    };
    told(leptos_axum::handle_server_fns_with_context(context, request).await.into_response()).await
}

/// The most bytes of a fault.
const FAULT: usize = 64 * 1024;

/// A call that failed says so with the status that belongs to its fault; by itself it would say that the server broke.
async fn told(response: Response) -> Response {
    if !response.headers().contains_key(SERVER_FN_ERROR_HEADER) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, FAULT).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    parts.status = match serde_json::from_slice(&bytes) {
        // What could not be read is not what our own browser half sends.
        Ok(Fault::Unreachable(_)) | Err(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Ok(fault) => status(&fault),
    };
    if parts.status == StatusCode::SERVICE_UNAVAILABLE {
        parts.headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    }
    Response::from_parts(parts, bytes.into())
}

/// Whether the database answers, has this program's schema and room to grow.
pub async fn ready(Of(state): Of<State>) -> Response {
    let health = crate::health::look(&state.store).await;
    let status = if health.is_ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, health.text).into_response()
}

/// What machines may ask here, described for them.
pub async fn openapi() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], include_str!("openapi.json")).into_response()
}
