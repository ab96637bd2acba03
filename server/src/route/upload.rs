//! The file in a form.

use axum::body::Bytes;
use axum::extract::Multipart;

/// The bytes of the field `file`, if one was chosen and is not empty.
pub async fn file(mut multipart: Multipart) -> Option<Bytes> {
    while let Ok(Some(field)) = multipart.next_field().await {
        if field.name() == Some("file") {
            return field.bytes().await.ok().filter(|bytes| !bytes.is_empty());
        }
    }
    None
}
