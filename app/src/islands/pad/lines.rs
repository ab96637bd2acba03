//! What everybody is told, above a pad: drawn on the server, then asked for again every few seconds. Without a network
//! it shows what was told last.

use std::cell::RefCell;

use js_sys::futures::spawn_local;
use kaishi_domain::MarketRef;

use crate::calls::tally::TallyTold;
use crate::islands::page::every;
use crate::islands::shown::Shown;
use crate::islands::told::Teller;
use crate::islands::wire::call;
use crate::parts::Markup;

/// Asked for again so often, in milliseconds.
const AGAIN: i32 = 5_000;

/// Keeps the lines fresh.
pub(super) fn follow(market: MarketRef) {
    let shown: &'static RefCell<Shown> = Box::leak(Box::default());
    every(AGAIN, move || {
        spawn_local(async move {
            if let Ok(lines) = call(TallyTold { market }).await {
                let (mut told, mut markup) = (Teller::default(), Markup::default());
                for line in lines {
                    markup.say("p", &[], &line);
                }
                told.markup("told", markup);
                shown.borrow_mut().show(told.all());
            }
        });
    });
}
