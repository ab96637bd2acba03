//! On the page of a link that opens nothing: what this phone still holds for it, so that nothing goes unseen.
//! The server draws the place, empty and hidden; the phone fills it in.

use kaishi_domain::Moment;
use kaishi_domain::moment::MINUTE;
use leptos::prelude::*;

use super::{browser, tray};
use crate::islands::fresh::Fresh;
use crate::words::Lang;
use crate::words::staff::Tray;

/// What is left on the phone. Hidden where nothing is left.
#[island]
pub fn Left(token: String, lang: Lang, midnight: Moment) -> impl IntoView {
    Effect::new(move |_| {
        let token = token.clone();
        browser::run(Box::pin(async move {
            let Some(journal) = browser::look(&token).await else { return };
            let count = journal.waiting() + journal.tray().len();
            if count > 0 {
                let clock = move |at: Moment| {
                    let minutes = at.since(midnight).div_euclid(MINUTE).rem_euclid(24 * 60);
                    format!("{:02}:{:02}", minutes / 60, minutes % 60)
                };
                browser::fill("left", &[&count.to_string(), &tray::lines(&journal, clock)]);
            }
        }));
    });
    let words = Tray(lang);
    Fresh::new(view! {
        <section id="left" class="left" role="status" hidden>
            <p><b></b>" "{words.left()}</p>
            <p>{words.tell()}</p>
            <pre tabindex="0"></pre>
        </section>
    })
}
