//! The page on which whoever runs the server looks after it: server, backups, keys; and the phones of an organization.

use kaishi_domain::MarketRef;
use leptos::prelude::*;

use crate::document::Page;
use crate::pages::frame::{Desk, Section, section};
use crate::words::operations::Operations as Words;

/// The machine.
#[derive(Clone, Debug)]
pub struct Server {
    /// `0.9.0 (1a2b3c4)`
    pub version: String,
    /// `SQLite`
    pub engine: &'static str,
    /// Bytes of the database.
    pub bytes: u64,
    /// Bytes of disk that are left, and whether that is little.
    pub disk: Option<(u64, bool)>,
    /// Migrations that the database has had.
    pub migrations: usize,
    /// When what is past its time was deleted last, and how much.
    pub retention: Option<String>,
    /// The backups; `None` where there is no folder for them.
    pub backups: Option<Vec<Backup>>,
    /// The keys, the one that signs first.
    pub keys: Vec<Key>,
    /// Whether whoever looks may begin something.
    pub may_run: bool,
    /// Something is under way.
    pub busy: bool,
    /// Why the last thing that was begun here failed.
    pub failed: Option<String>,
}

/// A backup.
#[derive(Clone, Debug)]
pub struct Backup {
    /// Name of the file.
    pub file: String,
    /// When it was made.
    pub at: String,
    /// Its bytes.
    pub bytes: u64,
    /// Whether it was proved when it was made, and is that file still.
    pub proved: bool,
}

/// A master key, by its number.
#[derive(Clone, Debug)]
pub struct Key {
    /// Number.
    pub id: u8,
    /// From which day on.
    pub since: Option<String>,
    /// Honoured no more.
    pub is_void: bool,
}

/// A phone that is out.
#[derive(Clone, Debug)]
pub struct Phone {
    /// Of which market.
    pub market: MarketRef,
    /// `5月13日`
    pub day: String,
    /// Number of its stall.
    pub stall: Option<String>,
    /// Four characters by which people tell it.
    pub mark: String,
    /// Its link and its own name, for the form.
    pub named: (String, String),
    /// When it was heard last.
    pub seen: String,
    /// Records that it held then.
    pub unsent: i64,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// The machine; for whoever runs it.
    pub server: Option<Server>,
    /// When the chains were walked last, and what came of it.
    pub verified: Option<String>,
    /// The head of the audit trail of this organization; none for whoever only runs the server.
    pub head: Option<String>,
    /// The phones; none for whoever only runs the server.
    pub phones: Option<Vec<Phone>>,
    /// What has just happened.
    pub said: Option<&'static str>,
    /// Why something did not happen.
    pub wrong: Option<&'static str>,
}

/// The page.
pub fn operations(desk: &Desk, view: View) -> Page {
    let words = Words(desk.lang);
    let part = if view.head.is_some() { Section::People } else { Section::Platform };
    let may_change = desk.may_change;
    section(desk, part, words.title(), move || {
        let may_run = view.server.as_ref().is_some_and(|server| server.may_run);
        let keys = view.server.as_ref().map(|server| keys(words, &server.keys));
        let backups = view.server.as_ref().map(|server| backups(words, server));
        let chains = chains(words, view.verified, view.head, may_run);
        view! {
            <div class="people operations labelled">
                <div class="head"><h1>{words.title()}</h1></div>
                <p class="note">{words.why()}</p>
                {view.said.map(|text| view! { <p class="told" role="status">{text}</p> })}
                {view.wrong.map(|text| view! { <p class="complaint" role="alert">{text}</p> })}
                {view.server.map(|server| machine(words, server))}
                {chains}
                {backups}
                {keys}
                {view.phones.map(|list| phones(words, may_change, list))}
            </div>
        }
    })
}

fn line(name: &'static str, text: String) -> impl IntoView {
    view! { <div><dt>{name}</dt><dd>{text}</dd></div> }
}

/// A table of records, which on a phone becomes a list.
fn table(heads: &[&'static str], rows: impl IntoView + 'static) -> AnyView {
    let heads = heads.iter().map(|name| view! { <th scope="col">{*name}</th> }).collect_view();
    view! {
        <table class="season units entries">
            <thead><tr>{heads}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn machine(words: Words, server: Server) -> impl IntoView {
    let disk = server.disk.map(|(free, _)| line(words.disk(), Words::amount(free)));
    let low = server.disk.is_some_and(|(_, low)| low).then(|| {
        view! { <p class="complaint" role="alert">{words.disk_low()}</p> }
    });
    let busy = server.busy.then(|| view! { <p class="told" role="status">{words.busy()}</p> });
    let failed = server.failed.map(|why| {
        view! { <p class="complaint" role="alert">{words.failed()}" "{why}</p> }
    });
    view! {
        <section class="add">
            <h2>{words.server()}</h2>
            {busy}
            {failed}
            {low}
            <dl class="care">
                {line(words.version(), server.version)}
                {line(words.engine(), server.engine.to_owned())}
                {line(words.schema(), words.migrations(server.migrations))}
                {line(words.size(), Words::amount(server.bytes))}
                {disk}
                {line(words.retention(), server.retention.unwrap_or_else(|| words.never().to_owned()))}
            </dl>
        </section>
    }
}

fn chains(words: Words, verified: Option<String>, head: Option<String>, may_run: bool) -> impl IntoView {
    let head = head.map(|head| {
        view! { <div><dt>{words.head()}</dt><dd><code class="digest">{head}</code></dd></div> }
    });
    let now = may_run.then(|| {
        view! { <form method="post" action="/o/operations/verify"><button type="submit">{words.verify_now()}</button></form> }
    });
    view! {
        <section class="add" id="chains">
            <h2>{words.chains()}</h2>
            <dl class="care">
                {line(words.verify(), verified.unwrap_or_else(|| words.never().to_owned()))}
                {head}
            </dl>
            {now}
        </section>
    }
}

fn backups(words: Words, server: &Server) -> impl IntoView + use<> {
    let Some(list) = &server.backups else {
        return view! { <section class="add" id="backups"><h2>{words.backups()}</h2><p class="note">{words.no_room()}</p></section> }
            .into_any();
    };
    let rows = list
        .iter()
        .cloned()
        .map(|one| {
            let (class, state) =
                if one.proved { ("chip open", words.proved()) } else { ("chip", words.not_proved()) };
            view! {
                <tr>
                    <th scope="row">{one.at}</th>
                    <td class="wide" data-label=words.file()><code>{one.file}</code></td>
                    <td data-label=words.bytes()>{Words::amount(one.bytes)}</td>
                    <td data-label=words.state()><span class=class>{state}</span></td>
                </tr>
            }
        })
        .collect_view();
    let table = if list.is_empty() {
        view! { <p class="note">{words.none()}</p> }.into_any()
    } else {
        table(&[words.when(), words.file(), words.bytes(), words.state()], rows)
    };
    let now = (server.may_run && !server.busy).then(|| {
        view! { <form method="post" action="/o/operations/backup"><button type="submit" class="primary">{words.backup_now()}</button></form> }
    });
    let file = list.first().map_or("FILE", |one| one.file.as_str());
    let steps = format!(
        "systemctl stop kaishi\nkaishi restore --from data/backups/{file} --force\nsystemctl start kaishi"
    );
    view! {
        <section class="add" id="backups">
            <h2>{words.backups()}</h2>
            <p class="note">{words.backups_why()}</p>
            {now}
            {table}
            <details><summary>{words.restore()}</summary><p class="note">{words.restore_why()}</p><pre tabindex="0">{steps}</pre></details>
        </section>
    }
    .into_any()
}

fn keys(words: Words, keys: &[Key]) -> impl IntoView + use<> {
    let rows = keys
        .iter()
        .cloned()
        .enumerate()
        .map(|(nth, key)| {
            let (class, state) = match (nth, key.is_void) {
                (0, _) => ("chip open", words.signs()),
                (_, true) => ("chip", words.void()),
                (_, false) => ("chip", words.honoured()),
            };
            let since = key.since.unwrap_or_else(|| words.first().to_owned());
            view! {
                <tr>
                    <th scope="row">{key.id}</th>
                    <td data-label=words.since()>{since}</td>
                    <td data-label=words.state()><span class=class>{state}</span></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="add" id="keys">
            <h2>{words.keys()}</h2>
            <p class="note">{words.keys_why()}</p>
            {table(&[words.key(), words.since(), words.state()], rows)}
            <details>
                <summary>{words.rotate()}</summary>
                <p class="note">{words.rotate_why()}</p>
                <pre tabindex="0">"systemctl stop kaishi\nkaishi key rotate\nsystemctl start kaishi"</pre>
            </details>
        </section>
    }
}

fn phones(words: Words, may_change: bool, list: Vec<Phone>) -> impl IntoView {
    if list.is_empty() {
        return view! { <section class="add" id="phones"><h2>{words.phones()}</h2><p class="note">{words.phones_none()}</p></section> }
            .into_any();
    }
    let rows = list
        .into_iter()
        .map(|phone| {
            let action = format!("/o/m/{}/devices", phone.market);
            let label = format!("{} {}", words.revoke(), phone.mark);
            let class = if phone.unsent > 0 { "late" } else { "" };
            let (link, device) = phone.named;
            let revoke = may_change.then(|| {
                view! {
                    <form method="post" action=action.clone() class="quiet">
                        <input type="hidden" name="verb" value="revoke"/>
                        <input type="hidden" name="link" value=link/>
                        <input type="hidden" name="device" value=device/>
                        <button type="submit" class="small" aria-label=label>{words.revoke()}</button>
                    </form>
                }
            });
            view! {
                <tr>
                    <th scope="row"><a href=action.clone()>{phone.day}</a></th>
                    <td data-label=words.stall()>{phone.stall.unwrap_or_else(|| words.supervisor().to_owned())}</td>
                    <td data-label=words.phone()><code>{phone.mark}</code></td>
                    <td data-label=words.seen()>{phone.seen}</td>
                    <td class=class data-label=words.unsent()>{phone.unsent}</td>
                    <td>{revoke}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="add" id="phones">
            <h2>{words.phones()}</h2>
            <p class="note">{words.phones_why()}</p>
            {table(&[words.market(), words.stall(), words.phone(), words.seen(), words.unsent(), words.revoke()], rows)}
        </section>
    }
    .into_any()
}
