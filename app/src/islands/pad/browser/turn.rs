//! Whose turn it is to send: one page of a phone at a time. A lock of the browser where it has them, else a record
//! with a heartbeat. Two senders would do no harm, for the server counts a record once; it would only cost.

use std::cell::RefCell;

use js_sys::futures::JsFuture;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};

use super::keep::storage;
use super::{fresh, now};

/// An owner that was not heard for so long, in milliseconds, is none.
const SILENT: i64 = 10_000;

thread_local! {
    static SELF: RefCell<String> = RefCell::new(fresh());
}

/// The turn; it ends when this is dropped.
pub(in super::super) struct Turn(Option<Function>);

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(release) = &self.0 {
            drop(release.call0(&JsValue::NULL));
        }
    }
}

/// The turn to send for a pad, unless another page has it.
pub(in super::super) async fn turn(token: &str) -> Option<Turn> {
    let name = format!("turn:{token}");
    let navigator = leptos::prelude::window().navigator();
    match Reflect::get(&navigator, &"locks".into()) {
        Ok(locks) if locks.is_object() => lock(&locks, &name).await,
        _ => owner(&name),
    }
}

/// A lock is held as long as the promise of its holder is open; what closes it is the turn.
async fn lock(locks: &JsValue, name: &str) -> Option<Turn> {
    let request: Function = Reflect::get(locks, &"request".into()).ok()?.dyn_into().ok()?;
    let options = Object::new();
    Reflect::set(&options, &"ifAvailable".into(), &JsValue::TRUE).ok()?;
    let asked = Promise::new(&mut |tell, fail| {
        let holder = Closure::once_into_js(move |lock: JsValue| -> JsValue {
            if lock.is_null() {
                drop(tell.call1(&JsValue::NULL, &JsValue::NULL));
                return JsValue::UNDEFINED;
            }
            Promise::new(&mut |release, _| drop(tell.call1(&JsValue::NULL, &release))).into()
        });
        if request.call3(locks, &name.into(), &options, &holder).is_err() {
            drop(fail.call0(&JsValue::NULL));
        }
    });
    let release = JsFuture::from(asked).await.ok()?;
    Some(Turn(Some(release.dyn_into().ok()?)))
}

/// The record says who sends and when that page was heard last.
fn owner(name: &str) -> Option<Turn> {
    let Some(storage) = storage() else { return Some(Turn(None)) };
    let known = storage.get_item(name).ok()?.unwrap_or_default();
    let (page, heard) = known.split_once(' ').unwrap_or_default();
    let this = SELF.with_borrow(Clone::clone);
    let at = now().millis();
    if page != this && at - heard.parse().unwrap_or(0) < SILENT {
        return None;
    }
    storage.set_item(name, &format!("{this} {at}")).ok()?;
    Some(Turn(None))
}
