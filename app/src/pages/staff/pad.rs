//! The +1 pad as a page: keys, the sheet of appeals, and places for what is told (`islands::pad::face`).

use kaishi_domain::appeal::{Category, MAX_WORDS};
use kaishi_domain::encounter::Kind;
use kaishi_domain::pad::SHOWN;
use leptos::prelude::*;

use crate::islands::pad::Setup;
use crate::islands::pad::face::{Face, Outcome, tell};
use crate::pages::still::Still;
use crate::parts::{Area, Icon, icon, textarea};
use crate::words::appeal::Categories;
use crate::words::staff::{Pad as Words, Tray};

/// The pad.
pub(super) fn pad(setup: Setup) -> impl IntoView {
    let outcome = Outcome::of(&setup);
    let still = Still::of(tell(&Face::of(&setup, &outcome)));
    let words = Words(setup.lang);
    let action = |verb: &str| format!("/staff/{}/{verb}", setup.token);
    let undo_of = setup.journal.undoable(setup.now).map(|tap| tap.id.clone());
    // What this crate has written it can write again.
    let said = serde_json::to_string(&setup).unwrap_or_default();
    view! {
        {line(&still)}
        <div class="pad" id="pad" data-setup=said>
            {sign(&setup, &still)}
            <form method="post" action=action("tap") id="tap">
                <input type="hidden" name="nonce" value=setup.nonce.clone()/>
                {kinds(words, setup.kind)}
                {key(words, 1, "key plus")}
            </form>
            <form method="post" action=action("undo") id="undo">
                <input type="hidden" name="of" value=undo_of/>
                <input type="hidden" name="nonce" value=setup.nonce.clone()/>
            </form>
            <div class="row">{key(words, 5, "key")} {key(words, 10, "key")} {undo(&still)}</div>
            {seen(Tray(setup.lang), &still)}
            {sheet(&setup, &outcome, &still)}
            <ol class="last" aria-label=words.last()>{(0..SHOWN).map(|nth| last(words, &still, nth)).collect_view()}</ol>
        </div>
    }
}

/// Online, sending or offline: always in the same place.
fn line(still: &Still) -> impl IntoView + use<> {
    view! {
        <p class=still.class("line") data-live="line" role="status">
            <span class="dot" aria-hidden="true"></span>
            <b data-live="line.name">{still.text("line.name")}</b>
            <span class="how" data-live="line.how">{still.text("line.how")}</span>
            <span class="calm" data-live="line.calm">{still.text("line.calm")}</span>
        </p>
    }
}

fn sign(setup: &Setup, still: &Still) -> impl IntoView + use<> {
    view! {
        <header class="sign">
            <span class="no">{setup.no.clone()}</span>
            <h1>{setup.name.clone()}<small>{setup.unit.clone()}</small></h1>
            <p class="today">
                <span>{Words(setup.lang).today()}</span>
                <b data-live="served">{still.text("served")}</b>
                <small data-live="talks">{still.text("talks")}</small>
            </p>
        </header>
    }
}

fn kinds(words: Words, chosen: Kind) -> impl IntoView {
    let choices = Kind::ALL
        .map(|kind| {
            let id = format!("kind-{}", kind.code());
            view! {
                <input type="radio" name="kind" id=id.clone() value=kind.code() checked=kind == chosen/>
                <label for=id>{words.kind(kind)}</label>
            }
        })
        .collect_view();
    view! { <fieldset class="kinds"><legend class="hidden">{words.kinds()}</legend>{choices}</fieldset> }
}

/// A key of `n` people.
fn key(words: Words, n: i64, class: &'static str) -> impl IntoView {
    view! {
        <button type="submit" form="tap" name="n" value=n class=class>
            <b>{format!("+{n}")}</b>
            {(n == 1).then(|| view! { <span>{words.plus()}</span> })}
        </button>
    }
}

fn undo(still: &Still) -> impl IntoView + use<> {
    view! {
        <button type="submit" form="undo" class="key undo" data-live="undo" disabled=still.flag("undo", "disabled")>
            {icon(Icon::Undo)}
            <span data-live="undo.name">{still.text("undo.name")}</span>
        </button>
    }
}

/// What a person has to see, and behind a word all that is not in.
fn seen(words: Tray, still: &Still) -> impl IntoView + use<> {
    view! {
        <div class="seen">
            <p class="unkept" role="alert" data-live="unkept" hidden=still.hidden("unkept")>{words.unkept()}</p>
            <p class="tray" role="alert" data-live="tray" hidden=still.hidden("tray")>{words.title()}</p>
            <div class="rows" data-live="tray.rows"></div>
            <details class="text" data-live="text" hidden=still.hidden("text")>
                <summary>{words.as_text()}</summary>
                <p>{words.as_text_why()}</p>
                <pre tabindex="0" data-live="text.lines">{still.text("text.lines")}</pre>
            </details>
        </div>
    }
}

/// The button and the sheet that it opens; each kind is a form's button.
fn sheet(setup: &Setup, outcome: &Outcome, still: &Still) -> impl IntoView + use<> {
    let words = Words(setup.lang);
    let area = Area {
        name: "words",
        id: Some("words"),
        rows: 2,
        most: MAX_WORDS,
        hint: words.words(),
        ..Area::default()
    };
    let names = Categories(setup.lang);
    let rows = Category::ALL.map(|category| row(words, category, names.name(category))).collect_view();
    view! {
        <details class="plea" open=*outcome != Outcome::Nothing>
            <summary>
                <span class="to">{icon(Icon::Speech)}{words.appeal()}</span>
                <span class="back">{icon(Icon::Undo)}{words.close()}</span>
                <small data-live="plea.here">{still.text("plea.here")}</small>
            </summary>
            <form class="sheet" method="post" action=format!("/staff/{}/appeal", setup.token)>
                <input type="hidden" name="nonce" value=setup.nonce.clone()/>
                <h2>{words.appeal_title()}</h2>
                <p class="note">{words.not_kept()}</p>
                <div aria-live="polite">{told(words, still)}</div>
                <div class="words">
                    <label for="words" class="hidden">{words.words()}</label>
                    {textarea(area)}
                </div>
                <ul>{rows}</ul>
            </form>
        </details>
    }
}

fn told(words: Words, still: &Still) -> impl IntoView + use<> {
    view! {
        <p class="failed" data-live="plea.failed" hidden=still.hidden("plea.failed")>{still.text("plea.failed")}</p>
        <p class="told" data-live="plea.told" hidden=still.hidden("plea.told")>
            {icon(Icon::Check)}
            <span><span data-live="plea.said">{still.text("plea.said")}</span>" "<b data-live="plea.code">{still.text("plea.code")}</b></span>
            <a href=still.attr("plea.show", "href") data-live="plea.show">{words.show()}</a>
        </p>
    }
}

fn row(words: Words, category: Category, name: &'static str) -> impl IntoView {
    let button = |verb: &str, label: &'static str, class: &'static str| {
        let value = format!("{verb}:{}", category.code());
        view! {
            <button type="submit" name="act" value=value class=class>
                <span class="hidden">{name}" "</span>{label}
            </button>
        }
    };
    view! {
        <li>
            <b aria-hidden="true">{name}</b>
            {button("raise", words.raise(), "pass")}
            {button("settle", words.settle(), "done")}
        </li>
    }
}

fn last(words: Words, still: &Still, nth: usize) -> impl IntoView + use<> {
    let mark = format!("tap-{nth}");
    let [at, n, undone] = ["at", "n", "undone"].map(|part| format!("{mark}.{part}"));
    let (time, taps, hidden) = (still.text(&at), still.text(&n), still.hidden(&undone));
    view! {
        <li class=still.class(&mark) hidden=still.hidden(&mark) data-live=mark>
            <span data-live=at>{time}</span>" "<b data-live=n>{taps}</b>
            <span class="hidden" data-live=undone hidden=hidden>{words.undone()}</span>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;
    use kaishi_domain::Moment;
    use kaishi_domain::pad::{Journal, Tap, Today};

    fn setup(raised: Option<(String, bool)>, taps: i64) -> Setup {
        let now = Moment::from_millis(1_683_947_200_000);
        let tap = |nth: i64| Tap {
            id: nth.to_string(),
            at: now,
            n: 1 + nth,
            kind: Kind::Consult,
            undone: nth == 1,
        };
        Setup {
            token: "token".into(),
            device: None,
            lang: Lang::Zh,
            no: "3".into(),
            name: "网格有约".into(),
            unit: "福中社区".into(),
            kind: Kind::Handle,
            journal: Journal::new(Today { served: 7, talks: taps }, (0..taps).map(tap).collect(), now),
            appeals: (2, 1),
            now,
            midnight: now,
            nonce: "nonce".into(),
            raised,
        }
    }

    #[test]
    fn whatever_the_pad_tells_stands_on_its_page() {
        for setup in [setup(None, 0), setup(Some(("AB12CD-3F4G5H".into(), true)), 4)] {
            let outcome = Outcome::of(&setup);
            let told = Still::of(tell(&Face::of(&setup, &outcome)));
            let page = Owner::new().with(|| pad(setup).to_html());
            assert_eq!(told.missing_in(&page), Vec::<String>::new());
        }
    }
}
