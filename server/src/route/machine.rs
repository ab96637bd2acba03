//! What machines ask: our own islands' calls, and whether the server is ready.

use axum::extract::{Request, State as Of};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kaishi_app::calls::Allowed;
use kaishi_app::state::State;
use leptos::prelude::provide_context;

use crate::route::right;

/// Server functions of our own islands: `/api/call/…`, changes by POST only.
pub async fn island(Of(state): Of<State>, request: Request) -> Response {
    let allowed = Allowed(right::roles(request.method(), request.uri().path()));
    let context = move || {
        provide_context(state.clone());
        provide_context(allowed);
    };
    leptos_axum::handle_server_fns_with_context(context, request).await.into_response()
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
