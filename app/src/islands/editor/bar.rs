//! The editor's own bar and tools: undo, redo, snap, weather, zoom, how the save stands.

use kaishi_domain::layout::Clash;
use kaishi_domain::market::Plan;

use super::model::Model;
use super::save::Keeping;
use crate::calls::layout::Held;
use crate::fault::Fault;
use crate::islands::node::{Node, button, el, icon, of, text};
use crate::parts::Icon;
use crate::words::common::{Common, Faults};

/// So many stalls are told with both versions; of the others the number must do.
const FEW: usize = 3;

/// The bar.
pub(super) fn bar(model: Model) -> Node {
    let (words, common) = (model.words, Common(model.words.0));
    let tool = |class, title, which, name, act: fn(Model)| {
        button(class, move || act(model)).attr("title", title).child(icon(which)).child(text("span", name))
    };
    let link = |plan: Plan, which, name| {
        let href = if plan == Plan::Fair { "?plan=fair" } else { "?plan=rain" };
        let link = el("a").attr("href", href).child(icon(which)).text(name);
        let link = if plan == model.plan { link.attr("aria-current", "page") } else { link };
        let in_force = (plan == model.plan) != model.aside;
        link.children(in_force.then(|| text("small", words.in_force())))
    };
    let wand = model.may_change.then(|| {
        button("wand", move || model.turn_arranging())
            .live_state("aria-expanded", move || model.arranging.get())
            .child(icon(Icon::Wand))
            .child(text("span", words.arrange()))
    });
    of("div", "editor-bar")
        .child(
            tool("plain", "Ctrl Z", Icon::Undo, words.undo(), Model::undo)
                .live_flag("disabled", move || model.history.with(|history| !history.can_undo())),
        )
        .child(
            tool("plain", "Ctrl Shift Z", Icon::Redo, words.redo(), Model::redo)
                .live_flag("disabled", move || model.history.with(|history| !history.can_redo())),
        )
        .child(
            tool("plain snap", "Alt", Icon::Magnet, words.snap(), |model| model.snap.update(|on| *on = !*on))
                .live_state("aria-pressed", move || model.snap.get()),
        )
        .child(
            of("nav", "weather")
                .attr("aria-label", words.weather())
                .child(link(Plan::Fair, Icon::Sun, common.fair()))
                .child(link(Plan::Rain, Icon::Cloud, common.rain())),
        )
        .children(wand)
        .child(of("span", "gap"))
        .child(of("p", "keeping").attr("role", "status").hole(move || standing(model).into_iter().collect()))
        .child(super::presence::presence(model))
        .child(super::publish::publish(model))
}

/// What a person is asked or told below it.
pub(super) fn asks(model: Model) -> Node {
    of("div", "asks")
        .hole(move || question(model).into_iter().collect())
        .hole(move || torn(model).into_iter().collect())
        .hole(move || notice(model).into_iter().collect())
}

/// One quiet line: how the last save stands.
fn standing(model: Model) -> Option<Node> {
    let words = model.words;
    let loud = |class, said: &str| Some(of("span", class).text(said));
    match &*model.keeping.read() {
        Keeping::Still if model.may_change => None,
        Keeping::Held(_) => None,
        Keeping::Still => Some(text("span", words.view_only())),
        Keeping::Saving => Some(text("span", words.saving())),
        Keeping::Saved(at) => Some(text("span", &format!("{} {at}", words.saved()))),
        Keeping::Failed(Fault::Unavailable | Fault::Unreachable(_) | Fault::Broken) => {
            let count = model.layout.with(|_| model.unsaved());
            loud("amber", &words.unsent(count))
        }
        Keeping::Failed(Fault::Taken(_)) => loud("alarm", words.number_taken()),
        Keeping::Failed(fault) => loud("alarm", Faults(words.0).sentence(fault)),
    }
}

/// A sentence that begins loud.
fn told(loud: &str, rest: &str) -> Node {
    el("p").child(text("strong", loud)).text(&format!("：{rest}"))
}

fn asked(class: &str) -> Node {
    of("div", class).attr("role", "alert")
}

/// What a person has to decide or know before going on.
fn question(model: Model) -> Option<Node> {
    let Keeping::Held(held) = &*model.keeping.read() else { return None };
    let why = held.iter().map(|one| hangs(model, one)).collect::<Vec<_>>().join("；");
    let close = button("small", move || model.dismiss()).text(model.words.close());
    Some(asked("question").child(told(model.words.held(), &why)).child(close))
}

/// The number of a stall that two have changed.
pub(super) fn number(clash: &Clash) -> Option<&str> {
    clash.theirs.as_ref().or(clash.mine.as_ref()).map(|stall| stall.no.as_str())
}

/// Stalls that somebody else has changed as well, each with both versions; theirs stand.
fn torn(model: Model) -> Option<Node> {
    let (words, torn) = (model.words, model.torn.read());
    let clashes = &torn.as_ref()?.clashes;
    let numbers: Vec<&str> = clashes.iter().filter_map(number).collect();
    let versions = clashes.iter().take(FEW).map(|clash| text("li", &words.versions(clash)));
    let both = of("div", "versions")
        .child(told(words.stale(), &numbers.join("、")))
        .child(el("ul").children(versions));
    Some(
        asked("question")
            .child(both)
            .child(button("small", move || model.take_theirs()).text(words.theirs()))
            .child(button("small", move || model.put_mine()).text(words.mine())),
    )
}

/// Why the last step was not done.
fn notice(model: Model) -> Option<Node> {
    let said = model.notice.get()?;
    let rest = || button("small", move || model.undo_rest()).text(model.words.undo_rest());
    let close = button("small", move || model.notice.set(None)).text(model.words.close());
    Some(
        asked("question quiet").child(text("p", &said)).children(model.blocked.get().then(rest)).child(close),
    )
}

fn hangs(model: Model, held: &Held) -> String {
    let lang = model.words.0;
    let mut parts = Vec::new();
    if held.assigned {
        parts.push(lang.pick("已排单位".to_owned(), "a unit is assigned".to_owned()));
    }
    if held.posters > 0 {
        parts.push(lang.pick(format!("{} 张海报", held.posters), format!("{} posters", held.posters)));
    }
    if held.encounters > 0 {
        parts
            .push(lang.pick(format!("{} 条登记", held.encounters), format!("{} check-ins", held.encounters)));
    }
    lang.pick(
        format!("{} 号有{}", held.no, parts.join("、")),
        format!("{} has {}", held.no, parts.join(", ")),
    )
}
