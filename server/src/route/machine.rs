//! What machines ask: our own islands' calls, and whether the server is ready.

use axum::body::to_bytes;
use axum::extract::{Request, State as Of};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kaishi_app::calls::Allowed;
use kaishi_app::fault::Fault;
use kaishi_app::pages::refused::status;
use kaishi_app::state::State;
use leptos::prelude::provide_context;
use server_fn::error::SERVER_FN_ERROR_HEADER;

use crate::route::right;

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

/// Whether the database answers.
pub async fn ready(Of(state): Of<State>) -> Response {
    match state.store.ping().await {
        Ok(()) => "ready".into_response(),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer").into_response()
        }
    }
}
