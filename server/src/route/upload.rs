//! The file in a form.

use axum::body::Bytes;
use axum::extract::Multipart;

/// The bytes of the field `file`, if one was chosen; it may be empty. Where none was, a browser sends no name.
pub async fn file(mut multipart: Multipart) -> Option<Bytes> {
    while let Ok(Some(field)) = multipart.next_field().await {
        if field.name() == Some("file") {
            let chosen = field.file_name().is_some_and(|name| !name.is_empty());
            return field.bytes().await.ok().filter(|bytes| chosen || !bytes.is_empty());
        }
    }
    None
}
