//! Where an organization's messages go, and what became of the latest ones. Plain forms, no script.

use kaishi_domain::Moment;
use kaishi_domain::moment::Place;
use kaishi_domain::outbox::Delivery;
use kaishi_store::Posted;
use leptos::prelude::*;

use crate::document::Page;
use crate::pages::frame::{Desk, Section, section};
use crate::words::Lang;
use crate::words::outbox::Outbox as Words;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// The hosts that the operator lists; none: messages are off.
    pub hosts: Vec<String>,
    /// The address in the form.
    pub typed: String,
    /// Whether messages go anywhere.
    pub is_set: bool,
    /// `whsec_…`, while they do.
    pub key: String,
    /// The latest messages.
    pub messages: Vec<Posted>,
    /// The clock of the square.
    pub place: Place,
    /// What is wrong with what was typed.
    pub wrong: Option<&'static str>,
}

/// The page.
pub fn outbox(desk: &Desk, view: View) -> Page {
    let lang = desk.lang;
    let words = Words(lang);
    section(desk, Section::Season, words.title(), move || {
        let body = if view.hosts.is_empty() {
            view! { <p class="note" role="status">{words.off()}</p> }.into_any()
        } else {
            view! { {address(words, &view)} {view.is_set.then(|| settings(words, &view))} }.into_any()
        };
        let some = view.is_set || !view.messages.is_empty();
        view! {
            <h1>{words.title()}</h1>
            <p class="note">{words.why()}</p>
            {body}
            {some.then(|| latest(lang, &view))}
            <p class="actions"><a class="button" href="/o/">{words.back()}</a></p>
        }
    })
}

fn address(words: Words, view: &View) -> impl IntoView + use<> {
    let hosts = view.hosts.iter().cloned().map(|host| view! { <li><code>{host}</code></li> }).collect_view();
    let wrong = view.wrong.map(|text| view! { <p class="complaint" role="alert">{text}</p> });
    let invalid = view.wrong.map(|_| "true");
    view! {
        <form method="post" action="/o/outbox" class="unit-form">
            {wrong}
            <p class="note" id="outbox-hosts">{words.hosts()}</p>
            <ul class="hosts" aria-labelledby="outbox-hosts">{hosts}</ul>
            <label for="outbox-url">{words.address()}</label>
            <input id="outbox-url" name="url" type="url" value=view.typed.clone() required maxlength="300" autocomplete="off" aria-describedby="outbox-why" aria-invalid=invalid/>
            <p class="note" id="outbox-why">{words.address_why()}</p>
            <button type="submit" class="primary">{words.save()}</button>
        </form>
    }
}

fn settings(words: Words, view: &View) -> impl IntoView + use<> {
    view! {
        <section class="outbox-set">
            <h2>{words.key()}</h2>
            <p class="note">{words.key_why()}</p>
            <details><summary>{words.show()}</summary><p><code class="secret">{view.key.clone()}</code></p></details>
            <div class="verbs">
                <form method="post" action="/o/outbox/renew"><button type="submit" aria-describedby="renew-why">{words.renew()}</button><p class="note" id="renew-why">{words.renew_why()}</p></form>
                <form method="post" action="/o/outbox/stop"><button type="submit" aria-describedby="stop-why">{words.stop()}</button><p class="note" id="stop-why">{words.stop_why()}</p></form>
            </div>
        </section>
    }
}

fn latest(lang: Lang, view: &View) -> impl IntoView + use<> {
    let words = Words(lang);
    let test = (view.is_set && !view.hosts.is_empty()).then(|| {
        view! { <form method="post" action="/o/outbox/test"><button type="submit">{words.test()}</button></form> }
    });
    let rows = view.messages.iter().map(|one| row(words, view, one)).collect_view();
    let body = if view.messages.is_empty() {
        view! { <p class="note">{words.none()}</p> }.into_any()
    } else {
        view! {
            <div class="scroll" tabindex="0" role="region" aria-label=words.latest()>
                <table class="season outbox">
                    <thead>
                        <tr>
                            <th scope="col">{words.when()}</th>
                            <th scope="col">{words.what()}</th>
                            <th scope="col">{words.state()}</th>
                            <th scope="col" class="figure">{words.tries()}</th>
                            <th scope="col"><span class="hidden">{words.again()}</span></th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <section id="messages" class="outbox-latest">
            <div class="head"><h2>{words.latest()}</h2><p class="doors"><a class="button" href="/o/outbox#messages">{words.refresh()}</a>{test}</p></div>
            {body}
        </section>
    }
}

fn row(words: Words, view: &View, one: &Posted) -> impl IntoView + use<> {
    let clock = |at: Moment| format!("{} {}", view.place.day(at), view.place.clock(at));
    let class = match one.delivery {
        Delivery::Sent => "good",
        Delivery::Failed => "bad",
        Delivery::Waiting if one.miss.is_some() => "warn",
        Delivery::Waiting => "",
    };
    let why = one.miss.map(|miss| words.miss(miss, one.status));
    let next = (one.delivery == Delivery::Waiting && one.miss.is_some())
        .then(|| words.next(&view.place.clock(one.next)));
    let beside = why.into_iter().chain(next).map(|text| view! { <span class="what">{text}</span> });
    let again = (one.delivery == Delivery::Failed && view.is_set).then(|| {
        let label = format!("{} {}", words.again(), words.kind(&one.kind));
        view! {
            <form method="post" action="/o/outbox/again">
                <input type="hidden" name="message" value=one.id.clone()/>
                <button type="submit" class="small" aria-label=label>{words.again()}</button>
            </form>
        }
    });
    view! {
        <tr>
            <th scope="row">{clock(one.made)}</th>
            <td>{words.kind(&one.kind)}</td>
            <td class=class>{words.delivery(one.delivery)}{beside.collect_view()}</td>
            <td class="figure">{one.tries}</td>
            <td>{again}</td>
        </tr>
    }
}
