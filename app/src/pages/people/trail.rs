//! The audit trail.

use kaishi_domain::moment::Place;
use leptos::prelude::*;
use serde_json::Value;

use crate::document::Page;
use crate::pages::frame::{Desk, Section, section};
use crate::words::column::Columns;
use crate::words::people::{People, Second};
use crate::words::trail::Trail;

/// One act.
#[derive(Clone, Debug)]
pub struct Line {
    /// `5月13日 10:42`
    pub at: String,
    /// Who, as the trail writes it.
    pub actor: String,
    /// The name of the account that it was, if it was one.
    pub login: Option<String>,
    /// The name of the unit that it was, if it was one.
    pub unit: Option<String>,
    /// What was done, as the trail writes it.
    pub verb: String,
    /// To what.
    pub object: String,
    /// How.
    pub detail: String,
}

/// A page of the trail.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Its rows, the newest first.
    pub lines: Vec<Line>,
    /// The mark of the next page.
    pub earlier: Option<String>,
    /// There are newer ones.
    pub is_older: bool,
    /// Everybody's; else only those of whoever looks.
    pub is_whole: bool,
    /// The clock of the square.
    pub place: Place,
}

/// The page.
pub fn trail(desk: &Desk, shown: Shown) -> Page {
    let words = Trail(desk.lang);
    let Shown { lines, earlier, is_older, is_whole, place } = shown;
    let part = if is_whole { Section::People } else { Section::Own };
    section(desk, part, words.title(), || {
        let none = lines.is_empty().then(|| view! { <p class="note">{words.none()}</p> });
        let rows = lines.into_iter().map(|line| row(words, &place, &line));
        let newest = is_older.then(|| view! { <a href="/o/audit">{words.newest()}</a> });
        let earlier = earlier.map(|mark| {
            let href = format!("/o/audit?before={mark}");
            view! { <a href=href rel="next">{words.earlier()}</a> }
        });
        view! {
            <div class="people trail labelled">
                {if is_whole {
                    view! { <p><a href="/o/people">{People(desk.lang).back()}</a></p> }
                } else {
                    view! { <p><a href="/o/self">{Second(desk.lang).back()}</a></p> }
                }}
                <div class="head"><h1>{words.title()}</h1></div>
                <p class="note">{words.why()}" "{(!is_whole).then(|| words.own_only())}</p>
                {none}
                <table class="season units entries">
                    <thead><tr>
                        <th scope="col">{words.at()}</th>
                        <th scope="col">{words.actor()}</th>
                        <th scope="col">{words.deed()}</th>
                        <th scope="col">{words.detail()}</th>
                    </tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
                <p class="verbs">{newest}{earlier}</p>
            </div>
        }
    })
}

fn row(words: Trail, place: &Place, line: &Line) -> impl IntoView + use<> {
    let (actor, mark) = who(words, line);
    let (deed, verb) = match words.deed_of(&line.verb) {
        Some(deed) => (deed, format!("{} {}", line.verb, line.object)),
        None => (line.verb.clone(), line.object.clone()),
    };
    let noun = line.verb.split('.').next().unwrap_or_default();
    let detail = match changes(&line.detail) {
        Some(changes) => told(words, changes, &|column, value| {
            let clock = |at| format!("{} {}", place.day(at), place.clock(at));
            Columns(words.0).value((noun, column), &value, clock).unwrap_or(value)
        })
        .into_any(),
        None => Columns(words.0).step(noun, &line.detail).unwrap_or_else(|| line.detail.clone()).into_any(),
    };
    view! {
        <tr>
            <th scope="row">{line.at.clone()}</th>
            <td data-label=words.actor()><span class="name">{actor}</span><code>{mark}</code></td>
            <td data-label=words.deed()><span class="name">{deed}</span><code>{verb}</code></td>
            <td class="wide" data-label=words.detail()>{detail}</td>
        </tr>
    }
}

/// Somebody in words and what tells them from others: an account by its name alone, whatever that name says; a unit by
/// its own; a stall's phone and its id.
fn who(words: Trail, line: &Line) -> (String, String) {
    let (kind, id) = line.actor.split_once(':').unwrap_or((&line.actor, ""));
    match (&line.login, &line.unit, words.actor_of(kind)) {
        (Some(login), ..) => (login.clone(), String::new()),
        (None, Some(unit), _) => (unit.clone(), words.actor_of("unit").unwrap_or_default().to_owned()),
        (None, None, Some(kind)) => (kind.to_owned(), id.to_owned()),
        (None, None, None) => (line.actor.clone(), String::new()),
    }
}

/// One thing that changed: its name, what it was, what it is.
#[derive(PartialEq, Eq, Debug)]
struct Change {
    key: String,
    before: Option<String>,
    after: Option<String>,
}

/// The changes of a detail that says what was before and after.
fn changes(detail: &str) -> Option<Vec<Change>> {
    let Ok(Value::Object(detail)) = serde_json::from_str(detail) else { return None };
    let (before, after) = (detail.get("before")?, detail.get("after")?);
    let (Value::Object(was), Value::Object(is)) = (before, after) else {
        return Some(vec![Change { key: String::new(), before: plain(before), after: plain(after) }]);
    };
    let mut keys: Vec<&String> = was.keys().chain(is.keys()).collect();
    keys.sort();
    keys.dedup();
    let change = |key: &String| Change {
        key: key.clone(),
        before: was.get(key).and_then(plain),
        after: is.get(key).and_then(plain),
    };
    Some(keys.into_iter().map(change).filter(|change| change.before != change.after).collect())
}

/// A value as people read it; nothing for one that is not there.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) if text.is_empty() => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

fn told(words: Trail, changes: Vec<Change>, say: &dyn Fn(&str, String) -> String) -> impl IntoView + use<> {
    let none = words.nothing();
    let row = |Change { key, before, after }: Change| {
        let before = before.map(|before| say(&key, before));
        let after = after.map(|after| say(&key, after));
        let before = match before {
            Some(before) => view! { <del>{before}</del> }.into_any(),
            None => view! { <span class="label">{none}</span> }.into_any(),
        };
        let after = after.unwrap_or_else(|| none.to_owned());
        let name = (!key.is_empty()).then(|| match Columns(words.0).name(&key) {
            Some(name) => view! { <b>{name}</b>" " }.into_any(),
            None => view! { <code>{key}</code>" " }.into_any(),
        });
        view! { <li>{name}{before}" → "<ins>{after}</ins></li> }
    };
    let rows = changes.into_iter().map(row).collect_view();
    view! { <ul class="changes">{rows}</ul> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    fn change(key: &str, before: Option<&str>, after: Option<&str>) -> Change {
        Change { key: key.into(), before: before.map(Into::into), after: after.map(Into::into) }
    }

    #[test]
    fn a_name_that_sounds_like_the_program_stays_a_name() {
        let by = |actor: &str, login: Option<&str>, unit: Option<&str>| {
            let (actor, login) = (actor.to_owned(), login.map(str::to_owned));
            let (empty, unit) = (String::new, unit.map(str::to_owned));
            let line =
                Line { at: empty(), actor, login, unit, verb: empty(), object: empty(), detail: empty() };
            who(Trail(Lang::Zh), &line)
        };
        assert_eq!(by("0188127a", Some("system"), None), ("system".into(), String::new()));
        assert_eq!(by("system", None, None), ("系统".into(), String::new()));
        assert_eq!(by("stall:0188127a", None, None), ("摊位手机".into(), "0188127a".into()));
        assert_eq!(by("account:0188127a", None, None), ("account:0188127a".into(), String::new()));
        assert_eq!(by("0188127a", None, Some("老年协会")), ("老年协会".into(), "单位".into()));
        assert_eq!(by("unit:0188127a", None, None), ("单位".into(), "0188127a".into()));
    }

    #[test]
    fn a_detail_tells_what_was_and_what_is_and_keeps_quiet_about_the_rest() {
        let detail = r#"{"after":{"lead":"保安队长","same":"1","n":null},"before":{"lead":null,"same":"1"}}"#;
        assert_eq!(changes(detail), Some(vec![change("lead", None, Some("保安队长"))]));
        let plain = r#"{"before":"warned","after":"handling"}"#;
        assert_eq!(changes(plain), Some(vec![change("", Some("warned"), Some("handling"))]));
        for other in ["fair 0 -> 1", "", "{", r#"{"verb":"vet"}"#] {
            assert_eq!(changes(other), None, "{other}");
        }
    }
}
