//! What goes round every route: who may post from where, how large a body is, which headers answer.

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use kaishi_domain::layout::MOST_STALLS;
use tower::{Service as _, ServiceExt as _};
use tower_http::csrf::CsrfLayer;
use tower_http::limit::RequestBodyLimit;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;

/// The largest body of a form or a call, in bytes, unless its address is in `LARGER` or takes a file.
const BODY: usize = 256 * 1024;
/// A stall before and after a change takes at most so many bytes of JSON.
const STALL_CHANGE: usize = 2 * 1024;
/// Addresses that take more, because one gesture may touch every stall of the largest market.
const LARGER: [(&str, usize); 1] = [("/api/call/layout/save", MOST_STALLS * STALL_CHANGE)];
/// A preview's form carries its whole table; a Chinese character takes nine bytes in a form.
const PREVIEW: &str = "/o/units/import/";
/// The largest body that holds a file, in bytes; each page says in its own words what is too large for it.
const FILE: usize = 8 * 1024 * 1024;
/// A request that takes longer is given up.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);

/// Once reached over TLS, never again without: two years, and every name below.
const HSTS: &str = "max-age=63072000; includeSubDomains";

const FIXED: [(&str, &str); 6] = [
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
];

/// Wraps the router; `https`: it is reached over TLS.
pub fn secure(router: Router, https: bool) -> Router {
    let router = if https {
        let hsts = HeaderValue::from_static(HSTS);
        router.layer(SetResponseHeaderLayer::overriding(header::STRICT_TRANSPORT_SECURITY, hsts))
    } else {
        router
    };
    router
        .layer(middleware::from_fn(own_forms_only))
        .layer(middleware::from_fn(plain_addresses_only))
        .layer(CsrfLayer::new())
        .layer(middleware::from_fn(body_limit))
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

/// No address of ours holds the brackets of a tag; what says that an address makes no sense repeats it, and must not
/// repeat those.
async fn plain_addresses_only(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_ascii_lowercase();
    if ["<", ">", "%3c", "%3e"].iter().any(|bracket| path.contains(bracket)) {
        return (StatusCode::NOT_FOUND, "There is nothing at this address.").into_response();
    }
    next.run(request).await
}

/// The largest body that an address takes, in bytes.
fn largest(path: &str) -> usize {
    let file = path.strip_prefix("/o/grounds/").is_some_and(|rest| rest == "new" || rest.ends_with("/photo"));
    let snap = path.strip_prefix("/a/").is_some_and(|rest| rest.ends_with("/photo"));
    if file
        || snap
        || path.ends_with("/bulletin/pictures")
        || path.ends_with("/layout/import")
        || path == "/o/units/import"
        || path == "/o/quiz/file"
        || path.starts_with(PREVIEW)
    {
        return FILE;
    }
    LARGER.iter().find(|(larger, _)| *larger == path).map_or(BODY, |(_, bytes)| *bytes)
}

async fn body_limit(request: Request, next: Next) -> Response {
    let bytes = largest(request.uri().path());
    let within = next.map_request(|request: http::Request<_>| request.map(Body::new));
    match RequestBodyLimit::new(within, bytes).call(request).await {
        Ok(response) => response.map(Body::new),
        Err(never) => match never {},
    }
}

/// What the worker of the staff pads may do: fetch from here, nothing else.
const WORKER: (&str, &str) =
    ("/staff/worker.js", "default-src 'none'; connect-src 'self'; frame-ancestors 'none'");

/// What lies behind a session or a signed link is kept by nobody on the way.
const PRIVATE: [&str; 14] = [
    "/o/", "/login", "/logout", "/setup/", "/staff/", "/u/", "/cell/", "/feed/", "/screen/", "/s/", "/S/",
    "/a/", "/A/", "/api/",
];

async fn headers(request: Request, next: Next) -> Response {
    let worker = request.uri().path() == WORKER.0;
    let private = PRIVATE.iter().any(|start| request.uri().path().starts_with(start));
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if private {
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    }
    for (name, value) in FIXED {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    // Pages bring their own policy with a nonce; everything else may load nothing at all.
    let policy = if worker { WORKER.1 } else { "default-src 'none'; frame-ancestors 'none'" };
    headers
        .entry(HeaderName::from_static("content-security-policy"))
        .or_insert(HeaderValue::from_static(policy));
    response
}

#[cfg(test)]
mod tests {
    use kaishi_domain::layout::{Diff, Layout, Stall};
    use kaishi_domain::{Moment, StallId};

    use super::*;

    /// As many stalls as there may be, each as long as it may be written.
    fn longest(shift: f64) -> Layout {
        let stall = |n: u32| {
            let mut random = [0; 10];
            random[6..].copy_from_slice(&n.to_be_bytes());
            Stall {
                id: StallId::new(Moment::from_millis(1_683_945_720_000), random),
                no: format!("街\"{n:04}"),
                zone: "\"\"\"\"".into(),
                x: -1234.56 + shift,
                y: -1234.56,
                w: 12.34,
                d: 12.34,
                angle: 123.4,
                facing: 123.4,
                outlet: Some("𠮷".repeat(32)),
                locked: true,
                group: Some("𠮷".repeat(40)),
            }
        };
        Layout::of((0..MOST_STALLS as u32).map(stall)).unwrap()
    }

    #[test]
    fn every_stall_of_the_largest_layout_fits_into_one_save() {
        let diff = serde_json::to_string(&Diff::between(&longest(0.0), &longest(0.25))).unwrap();
        let most = largest("/api/call/layout/save");
        assert!(diff.len() < most * 3 / 4, "{} of {most} bytes", diff.len());
        assert_eq!(largest("/api/call/layout/load"), BODY);
    }

    #[test]
    fn a_file_may_be_larger_than_a_form() {
        for path in ["/o/units/import", "/o/quiz/file", "/o/grounds/new"] {
            assert_eq!(largest(path), FILE, "{path}");
        }
        assert_eq!(largest("/o/quiz"), BODY);
    }
}
