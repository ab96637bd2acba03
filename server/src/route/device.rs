//! What staff phones upload: batches of records, a receipt each.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Json, body::Bytes};
use kaishi_app::state::State as AppState;
use kaishi_domain::actor::Phone;
use kaishi_domain::batch::{MAX_RECORDS, Receipt, Record, Why};
use kaishi_domain::device::About;
use kaishi_store::Error;
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Upload {
    records: Vec<Value>,
    /// What the phone says of itself; whatever of it cannot be read is passed over, never the records.
    #[serde(flatten)]
    about: Value,
}

/// `POST /api/v1/devices/batch`, with the token of the staff link as bearer.
pub async fn batch(State(state): State<AppState>, headers: HeaderMap, body: Bytes) -> Response {
    let Some(token) = token(&headers) else { return stranger() };
    let Ok(upload) = serde_json::from_slice::<Upload>(&body) else {
        return (StatusCode::BAD_REQUEST, "The body must be {\"records\":[…]}.").into_response();
    };
    let about: About = serde_json::from_value(upload.about).unwrap_or_default();
    let phone = match state.phone(token, about.name()).await {
        Ok(phone) => phone,
        Err(error) => return refuse(&error),
    };
    if upload.records.len() > MAX_RECORDS {
        let sentence = format!("A batch holds at most {MAX_RECORDS} records; send the rest in another one.");
        return (StatusCode::UNPROCESSABLE_ENTITY, sentence).into_response();
    }
    match receive(&state, &phone, upload.records, &about).await {
        Ok(receipts) => ([(header::CACHE_CONTROL, "no-store")], Json(receipts)).into_response(),
        Err(error) => refuse(&error),
    }
}

/// One receipt a record, in order. A record that cannot be read does not fail its neighbours.
async fn receive(
    state: &AppState,
    phone: &Phone,
    records: Vec<Value>,
    about: &About,
) -> Result<Vec<Receipt>, Error> {
    let mut readable: Vec<Record> = Vec::with_capacity(records.len());
    let mut refused: Vec<Option<Receipt>> = Vec::with_capacity(records.len());
    for value in records {
        let id = value.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
        match serde_json::from_value(value) {
            Ok(record) => {
                readable.push(record);
                refused.push(None);
            }
            Err(_) => refused.push(Some(Receipt::refused(id, Why::Malformed))),
        }
    }
    let mut written = state.receive(phone, &readable, about).await?.into_iter();
    Ok(refused.into_iter().filter_map(|refused| refused.or_else(|| written.next())).collect())
}

fn token(headers: &HeaderMap) -> Option<&str> {
    headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "))
        .map(str::trim)
}

fn stranger() -> Response {
    let ask = [(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))];
    (StatusCode::UNAUTHORIZED, ask, "This device is not known here.").into_response()
}

fn refuse(error: &Error) -> Response {
    match error {
        Error::Missing(_) | Error::Refused(_) | Error::Taken(_) => stranger(),
        Error::Unavailable(_) | Error::Schema(_) | Error::Broken(_) => {
            tracing::warn!(%error, "a batch was not written");
            let wait = [(header::RETRY_AFTER, HeaderValue::from_static("5"))];
            (StatusCode::SERVICE_UNAVAILABLE, wait, "Nothing was written; send it again.").into_response()
        }
    }
}
