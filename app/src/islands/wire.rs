//! What goes over to the server and comes back: a call by its address, its answer read by `value`.

use js_sys::futures::JsFuture;
use js_sys::{Function, JSON, Object, Reflect};
use leptos::wasm_bindgen::{JsCast, JsValue};
use serde::Serialize;
use serde::de::{Deserialize as _, DeserializeOwned};
use server_fn::ServerFn;

use super::value::{Value, get};
use crate::fault::Fault;

/// Has the server do a call.
pub(super) async fn call<C: ServerFn<Error = Fault> + Serialize>(call: C) -> Result<C::Output, Fault>
where
    C::Output: DeserializeOwned,
{
    let body = serde_json::to_string(&call).map_err(|_| Fault::Broken)?;
    let (good, answer) = post(C::PATH, &body).await.map_err(|_| unreachable())?;
    if good {
        C::Output::deserialize(Value(answer)).map_err(|_| unreachable())
    } else {
        Err(Fault::deserialize(Value(answer)).unwrap_or_else(|_| unreachable()))
    }
}

fn unreachable() -> Fault {
    Fault::Unreachable(String::new())
}

/// Whether a call went well, and its answer. By name: the typed bindings would be loaded by every page.
async fn post(path: &str, body: &str) -> Result<(bool, JsValue), JsValue> {
    let json = JsValue::from_str("application/json");
    let headers = object(&[("content-type", &json), ("accept", &json)])?;
    let how = object(&[("method", &"POST".into()), ("headers", &headers), ("body", &body.into())])?;
    let window = leptos::prelude::window();
    let fetch: Function = get(&window, "fetch")?.unchecked_into();
    let response = JsFuture::from(promise(&fetch.call2(&window, &path.into(), &how)?)).await?;
    let good = get(&response, "ok")?.is_truthy();
    let text: Function = get(&response, "text")?.unchecked_into();
    let text = JsFuture::from(promise(&text.call0(&response)?)).await?;
    Ok((good, JSON::parse(&text.as_string().unwrap_or_default())?))
}

fn promise(of: &JsValue) -> js_sys::Promise {
    js_sys::Promise::resolve(of)
}

fn object(fields: &[(&str, &JsValue)]) -> Result<JsValue, JsValue> {
    let object = Object::new().into();
    for (name, value) in fields {
        Reflect::set(&object, &(*name).into(), value)?;
    }
    Ok(object)
}
