//! What staff phones upload: batches of records, a receipt each.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Json, body::Bytes};
use kaishi_app::state::State as AppState;
use kaishi_domain::actor::Phone;
use kaishi_domain::batch::{MAX_RECORDS, Receipt, Record, Upload};
use kaishi_store::Error;

/// `POST /api/v1/devices/batch`, with the token of the staff link as bearer.
pub async fn batch(State(state): State<AppState>, headers: HeaderMap, body: Bytes) -> Response {
    let Some(token) = token(&headers) else { return stranger() };
    let Some(upload) = Upload::parse(&body) else {
        return (StatusCode::BAD_REQUEST, "The body must be {\"records\":[…]}.").into_response();
    };
    let phone = match state.phone(token, upload.about.name()).await {
        Ok(phone) => phone,
        Err(error) => return refuse(&error),
    };
    if upload.records.len() > MAX_RECORDS {
        let sentence = format!("A batch holds at most {MAX_RECORDS} records; send the rest in another one.");
        return (StatusCode::UNPROCESSABLE_ENTITY, sentence).into_response();
    }
    match receive(&state, &phone, upload).await {
        Ok(receipts) => ([(header::CACHE_CONTROL, "no-store")], Json(receipts)).into_response(),
        Err(error) => refuse(&error),
    }
}

/// One receipt a record, in order.
async fn receive(state: &AppState, phone: &Phone, upload: Upload) -> Result<Vec<Receipt>, Error> {
    let readable: Vec<Record> = upload.records.iter().flatten().cloned().collect();
    let mut written = state.receive(phone, &readable, &upload.about).await?.into_iter();
    Ok(upload.records.into_iter().filter_map(|record| record.err().or_else(|| written.next())).collect())
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
