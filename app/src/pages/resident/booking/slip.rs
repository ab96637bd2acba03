//! The page behind a booking's code: when, where it stands, and the way out of it.

use kaishi_domain::appeal::SlipCode;
use kaishi_domain::queue::State;
use leptos::prelude::*;

use super::super::slip::Qr;
use super::super::{Top, page};
use crate::document::Page;
use crate::state::Site;
use crate::words::booking::Booking as Words;

/// A booking.
#[derive(Clone, Debug)]
pub struct Slip {
    /// The code.
    pub code: SlipCode,
    /// The address of this page as a picture.
    pub qr: Qr,
    /// `禾花共享足球场`
    pub name: String,
    /// How to get there.
    pub place: String,
    /// `5月13日 星期六`, and `09:00–10:00` on a line of its own.
    pub when: String,
    /// Where it stands.
    pub state: State,
    /// Its time is over.
    pub past: bool,
    /// Until when it can be cancelled here, while it can.
    pub until: Option<String>,
    /// `ks.example.cn/b/K7Q2M`: where the code can be typed.
    pub address: String,
    /// The page of the resource.
    pub again: String,
}

/// The page.
pub fn slip(site: &Site, top: &Top, slip: Slip) -> Page {
    let words = Words(top.lang);
    page(site, top, format!("{} {}", words.your_code(), slip.code), |_| {
        let (heading, why) = words.standing(slip.state, slip.past);
        let waits = slip.state.is_living() && !slip.past;
        let place = (!slip.place.is_empty()).then(|| view! { <p>{slip.place.clone()}</p> });
        let foot =
            if waits { living(words, top, &slip).into_any() } else { over(words, top, &slip).into_any() };
        view! {
            <h1 class="title">{slip.name.clone()}</h1>
            <section class="now" role="status">
                <p class="standing">{slip.when.clone()}</p>
                {place}
                <p><b>{heading}</b></p>
                <p>{why}</p>
            </section>
            {foot}
        }
    })
}

fn living(words: Words, top: &Top, slip: &Slip) -> impl IntoView + use<> {
    let square = format!("0 0 {0} {0}", slip.qr.side);
    let cancel = match &slip.until {
        Some(until) => {
            let action = top.sized(&format!("{}/cancel", top.here));
            view! {
                <form method="post" action=action class="undo">
                    <p class="note">{words.until(until)}</p>
                    <button class="link" type="submit">{words.cancel()}</button>
                </form>
            }
            .into_any()
        }
        None => view! { <p class="note left">{words.cancel_late()}</p> }.into_any(),
    };
    view! {
        <section class="slip">
            <h2>{words.your_code()}</h2>
            <p class="code-big"><b>{slip.code.to_string()}</b></p>
            <svg class="qr" viewBox=square role="img" aria-label=words.qr() shape-rendering="crispEdges">
                <rect width="100%" height="100%" fill="#fff"/>
                <path d=slip.qr.path.clone() fill="#000"/>
            </svg>
            <p>{words.keep()}</p>
            <p>{words.typed()}" "<b>{slip.address.clone()}</b></p>
        </section>
        {cancel}
    }
}

fn over(words: Words, top: &Top, slip: &Slip) -> impl IntoView + use<> {
    view! { <a class="go calm" href=top.sized(&slip.again)>{words.again()}</a> }
}
