//! What goes round every route: who may post from where, how large a body is, which headers answer.

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use tower_http::csrf::CsrfLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

/// The largest body of a form or a call, in bytes. Uploads will have a limit of their own.
const BODY: usize = 256 * 1024;
/// A request that takes longer is given up.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);

const FIXED: [(&str, &str); 6] = [
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
];

/// Wraps the router.
pub fn secure(router: Router) -> Router {
    router
        .layer(middleware::from_fn(own_forms_only))
        .layer(CsrfLayer::new())
        .layer(RequestBodyLimitLayer::new(BODY))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, PATIENCE))
        .layer(middleware::from_fn(headers))
}

/// A change made with a session must say where it comes from; a browser always does.
async fn own_forms_only(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let says =
        request.headers().contains_key("sec-fetch-site") || request.headers().contains_key(header::ORIGIN);
    let session = request
        .headers()
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .any(|pair| pair.trim().starts_with("sid=") || pair.trim().starts_with("__Host-sid="));
    if !reads && session && !says {
        return (StatusCode::FORBIDDEN, "This change does not say where it comes from.").into_response();
    }
    next.run(request).await
}

async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    // Pages bring their own policy with a nonce; everything else may load nothing at all.
    headers
        .entry(HeaderName::from_static("content-security-policy"))
        .or_insert(HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"));
    response
}
