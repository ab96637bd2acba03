//! The blocks of the screen beside appeals, curve and map: people served, who has come, how full it is.

use kaishi_domain::moment::Day;
use leptos::prelude::*;

use crate::islands::screen::figure::BAR;
use crate::pages::still::Still;
use crate::words::Lang;
use crate::words::screen::Screen;

/// `5月13日（星期六）`
pub(super) fn day(lang: Lang, day: Day) -> String {
    lang.pick(format!("{}（{}）", day.zh(), day.weekday_zh()), format!("{}, {}", day.weekday_en(), day.en()))
}

/// The room of a bar.
pub(super) fn bar(pieces: impl IntoView) -> impl IntoView {
    view! { <svg class="bar" viewBox=format!("0 0 {BAR} 20") preserveAspectRatio="none" aria-hidden="true">{pieces}</svg> }
}

/// All of a bar, below its pieces.
pub(super) fn whole() -> impl IntoView {
    view! { <rect class="all" width=BAR.to_string() height="20"/> }
}

/// A piece of a bar.
pub(super) fn piece(still: &Still, class: &'static str) -> impl IntoView + use<> {
    let mark = format!("{class}.bar");
    let (x, width) = (still.attr(&mark, "x"), still.attr(&mark, "width"));
    view! { <rect class=class data-live=mark y="0" height="20" x=x width=width/> }
}

/// The moment of the figures.
pub(super) fn as_of(still: &Still) -> impl IntoView + use<> {
    view! {
        <p class=still.class("sign") data-live="sign" role="status" aria-live="off">
            <span class="dot" aria-hidden="true"></span>
            <span data-live="sign.word">{still.text("sign.word")}</span>
            <strong data-live="as-of">{still.text("as-of")}</strong>
        </p>
    }
}

/// What everybody is told now, over the foot of the stage.
pub(super) fn told(still: &Still) -> impl IntoView + use<> {
    view! {
        <p class=still.class("told") data-live="told" aria-live="polite">
            <b data-live="told.words">{still.text("told.words")}</b>
        </p>
    }
}

/// The headline, what it is made of, and what belongs to it; talks stand below a line, outside.
pub(super) fn served(words: Screen, still: &Still) -> impl IntoView + use<> {
    let source = |class: &'static str, name: &'static str| {
        let n = still.text(class);
        view! {
            <div class="source">
                <dt><span class=format!("key {class}") aria-hidden="true"></span>{name}</dt>
                <dd data-live=class>{n}</dd>
            </div>
        }
    };
    view! {
        <section class="served">
            <h2>{words.served()}<small>{words.person_times()}</small><span class="stands" data-live="stands">{still.text("stands")}</span></h2>
            <p class=still.class("total") data-live="total">{still.text("total")}</p>
            {bar((piece(still, "scan"), piece(still, "staff"), piece(still, "paper")))}
            <dl class="sources">
                {source("scan", words.scan())}
                {source("staff", words.staff())}
                {source("paper", words.paper())}
            </dl>
            <p class="asides">
                {note(still, "late", words.late())}
                {note(still, "corrected", words.corrected())}
                {note(still, "pending", words.pending())}
            </p>
            <p class="talks">
                <span>{words.talks()}</span>
                <strong data-live="talks">{still.text("talks")}</strong>
                <small>{words.apart()}</small>
            </p>
            <p class="crowd" data-live="crowd" hidden=still.hidden("crowd")>{still.text("crowd")}</p>
        </section>
    }
}

/// A name with its figure, there only while it is not nought.
fn note(still: &Still, mark: &'static str, name: &'static str) -> impl IntoView + use<> {
    let n = format!("{mark}.n");
    let shown = still.text(&n);
    view! {
        <span class="aside" data-live=mark hidden=still.hidden(mark)>{name}" "<strong data-live=n>{shown}</strong></span>
    }
}

/// Units that have come, of all that have a stall, and phones whose records have not.
pub(super) fn arrivals(words: Screen, still: &Still) -> impl IntoView + use<> {
    view! {
        <p class="row arrivals">
            <span>{words.arrived()}</span>
            <strong data-live="come">{still.text("come")}</strong>
            <span class="of">"／"<span data-live="taken">{still.text("taken")}</span>" "{words.stalls()}</span>
            {bar((whole(), piece(still, "come")))}
        </p>
        <p class="missing" data-live="missing" hidden=still.hidden("missing")>
            <span class="sign" aria-hidden="true">"◆"</span>
            <span data-live="missing.words">{still.text("missing.words")}</span>
        </p>
    }
}

/// How full it is, beside what is approved; there only where gates are counted.
pub(super) fn gauge(words: Screen, still: &Still) -> impl IntoView + use<> {
    view! {
        <div class=still.class("gauge") data-live="gauge" hidden=still.hidden("gauge")>
            <p class="row">
                <span>{words.inside()}</span>
                <strong data-live="inside">{still.text("inside")}</strong>
                <span class="of" data-live="approved">{still.text("approved")}</span>
                {bar((whole(), piece(still, "within")))}
            </p>
            <p class="says-gauge">
                <b role="status" aria-live="polite" data-live="gauge.says">{still.text("gauge.says")}</b>
                <span>{words.by_gates()}" "<span data-live="gauge.until">{still.text("gauge.until")}</span></span>
            </p>
        </div>
    }
}
