//! 诉求 at the stall in two taps: open the sheet, press a kind. Words are optional.

use std::cell::{Cell, RefCell};

use js_sys::futures::spawn_local;
use kaishi_domain::appeal::Category;
use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast as _;
use web_sys::HtmlTextAreaElement;

use super::browser;
use super::face::Outcome;
use super::phone::Phone;
use crate::calls::tally::TallyAppeal;
use crate::fault::Fault;
use crate::islands::wire::call;

/// What the next press sends.
pub(super) struct Sheet {
    nonce: RefCell<String>,
    busy: Cell<bool>,
}

impl Sheet {
    pub(super) fn new(nonce: String) -> Self {
        Self { nonce: RefCell::new(nonce), busy: Cell::new(false) }
    }
}

/// The field for what was said.
fn field() -> Option<HtmlTextAreaElement> {
    document().get_element_by_id("words")?.dyn_into().ok()
}

/// Raises an appeal and shows its code; `act` is a kind and whether it is settled, as the form's button says it.
pub(super) fn raise(phone: &'static Phone, act: &str) {
    let sheet = &phone.sheet;
    let Some((verb, code)) = act.split_once(':') else { return };
    let Ok(category) = Category::from_code(code) else { return };
    if sheet.busy.replace(true) {
        return;
    }
    let settled = verb == "settle";
    let words = field().map(|field| field.value()).unwrap_or_default();
    let (token, nonce) = (phone.token.clone(), sheet.nonce.borrow().clone());
    spawn_local(async move {
        let raise = TallyAppeal { token, category, words, settled, nonce, device: phone.device() };
        phone.outcome(match call(raise).await {
            Ok(code) => {
                browser::vibrate();
                if let Some(field) = field() {
                    field.set_value("");
                }
                sheet.nonce.replace(browser::fresh());
                Outcome::Raised(code, settled)
            }
            // The nonce stays: pressed again it is the same appeal.
            Err(Fault::Unreachable(_)) => Outcome::Away,
            Err(_) => Outcome::Failed,
        });
        sheet.busy.set(false);
    });
}
