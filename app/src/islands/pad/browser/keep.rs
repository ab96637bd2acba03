//! Where the journal is kept: in `IndexedDB`, one row a pad, changed in transactions, so that two pages of one phone
//! write one after the other. Where there is no `IndexedDB` it is local storage. What is not kept is told.

use std::cell::RefCell;

use js_sys::futures::JsFuture;
use js_sys::{Function, Promise};
use kaishi_domain::pad::Journal;
use leptos::prelude::window;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{IdbDatabase, IdbRequest, IdbTransactionMode, Storage};

use crate::islands::value::read;

const BASE: &str = "kaishi";
const SHELF: &str = "pad";
/// A base that does not answer for so long, in milliseconds, has not kept anything.
const PATIENCE: i32 = 4_000;

type Done<T> = Result<T, JsValue>;

thread_local! {
    /// The open base. A browser may close it behind our back; then it is opened again.
    static OPEN: RefCell<Option<IdbDatabase>> = const { RefCell::new(None) };
}

/// Changes what is kept of a pad, and answers it as it is kept now; `None` if it could not be.
pub(in super::super) async fn change(token: &str, act: impl FnOnce(Journal) -> Journal) -> Option<Journal> {
    match base().await {
        Ok(base) => written(&base, token, act).await.ok(),
        Err(_) => stored(token, act),
    }
}

/// What is kept of a pad.
pub(in super::super) async fn look(token: &str) -> Option<Journal> {
    let text = match base().await {
        Ok(base) => {
            let shelf = base.transaction_with_str(SHELF).ok()?.object_store(SHELF).ok()?;
            settled(&shelf.get(&token.into()).ok()?).await.ok()?.as_string()
        }
        Err(_) => storage()?.get_item(&key(token)).ok()?,
    };
    read(&text?)
}

async fn base() -> Done<IdbDatabase> {
    if let Some(open) = OPEN.with_borrow(Clone::clone) {
        // Asking for a transaction tells whether it is still open.
        if open.transaction_with_str(SHELF).is_ok() {
            return Ok(open);
        }
    }
    let factory = window().indexed_db()?.ok_or(JsValue::NULL)?;
    let request = factory.open_with_u32(BASE, 1)?;
    let asked = request.clone();
    let upgrade = Closure::once_into_js(move || {
        if let Ok(base) = asked.result() {
            drop(base.unchecked_into::<IdbDatabase>().create_object_store(SHELF));
        }
    });
    request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
    let base: IdbDatabase = settled(&request).await?.unchecked_into();
    OPEN.set(Some(base.clone()));
    Ok(base)
}

/// Reads, changes and writes in one transaction; it counts when the transaction is complete.
async fn written(base: &IdbDatabase, token: &str, act: impl FnOnce(Journal) -> Journal) -> Done<Journal> {
    let transaction = base.transaction_with_str_and_mode(SHELF, IdbTransactionMode::Readwrite)?;
    let shelf = transaction.object_store(SHELF)?;
    let key = JsValue::from(token);
    let text = settled(&shelf.get(&key)?).await?.as_string();
    let journal = act(text.and_then(|text| read(&text)).unwrap_or_default());
    let text = serde_json::to_string(&journal).map_err(|_| JsValue::NULL)?;
    shelf.put_with_key(&text.into(), &key)?;
    within(|yes, no| {
        transaction.set_oncomplete(Some(yes));
        transaction.set_onabort(Some(no));
    })
    .await?;
    Ok(journal)
}

/// The result of a request.
async fn settled(request: &IdbRequest) -> Done<JsValue> {
    within(|yes, no| {
        request.set_onsuccess(Some(yes));
        request.set_onerror(Some(no));
    })
    .await?;
    request.result()
}

/// Waits until the first of two things is called, but not for ever.
async fn within(mut listen: impl FnMut(&Function, &Function)) -> Done<JsValue> {
    let promise = Promise::new(&mut |yes, no| {
        listen(&yes, &no);
        drop(window().set_timeout_with_callback_and_timeout_and_arguments_0(&no, PATIENCE));
    });
    JsFuture::from(promise).await
}

fn key(token: &str) -> String {
    format!("pad:{token}")
}

pub(super) fn storage() -> Option<Storage> {
    window().local_storage().ok()?
}

fn stored(token: &str, act: impl FnOnce(Journal) -> Journal) -> Option<Journal> {
    let (storage, key) = (storage()?, key(token));
    let text = storage.get_item(&key).ok()?;
    let journal = act(text.and_then(|text| read(&text)).unwrap_or_default());
    storage.set_item(&key, &serde_json::to_string(&journal).ok()?).ok()?;
    Some(journal)
}
