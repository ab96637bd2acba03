//! Below the map: what is wrong, where, and one verb that cures it; how much there is and what it draws.

use kaishi_domain::StallId;
use kaishi_domain::layout::{Breach, Load, Severity};
use kaishi_domain::map::Set;
use kaishi_domain::order::Gather;

use super::brush::note;
use super::inspector::cure;
use super::model::{Leaf, Model};
use crate::islands::node::{Node, button, el, of, svg, text};

/// More rows than this are not written; the count says how many there are.
const ROWS: usize = 200;

/// The panel of checks.
pub(super) fn breaches(model: Model) -> Node {
    let words = model.words;
    let well = move || model.checked.get() && model.breaches.with(Vec::is_empty);
    let badges = move || {
        let (errors, all) = (model.errors(), model.breaches.with(Vec::len));
        let badge = |class, count: usize, what| {
            (count > 0).then(|| of("span", class).text(&format!("{count} {what}")))
        };
        let well = well().then(|| of("span", "badge well").text(words.all_well()));
        let wrong = badge("badge error", errors, words.errors());
        let quirks = badge("badge warning", all - errors, words.warnings());
        [wrong, quirks, well].into_iter().flatten().collect()
    };
    let news = move || {
        model.breaches.with(|all| match all.first() {
            Some(first) => words.sentence(first, &model.layout.read_untracked()),
            None if model.checked.get() => words.all_well().to_owned(),
            None => String::new(),
        })
    };
    let header = el("header")
        .child(el("strong").live_text(move || words.checked(model.breaches.with(Vec::len))))
        .hole(badges)
        .child(of("span", "gap"));
    let rows = move || model.breaches.with(|all| all.iter().take(ROWS).map(|one| row(model, one)).collect());
    let said = || of("p", "hidden").attr("role", "status");
    of("section", "checks")
        .live_class("open", move || model.leaf.get() == Some(Leaf::Checks))
        .attr("aria-label", words.checks())
        .child(facts(model, header))
        .child(el("ol").hole(rows))
        .hole_of(well, move |well| well.then(|| note(words.all_well_why())).into_iter().collect())
        .child(said().live_text(news))
        .child(said().live_text(move || model.said.get()))
}

/// Stalls, cursor, scale.
fn facts(model: Model, header: Node) -> Node {
    let words = model.words;
    let fact = |class, name: &str, value: Box<dyn Fn() -> String>| {
        of("span", class).text(name).child(el("strong").live_text(value))
    };
    let count = move || model.layout.with(|layout| layout.stalls().len().to_string());
    let cursor = move || match model.cursor.get() {
        Some(at) => format!("{:.1}, {:.1} m", at.x, at.y),
        None => "—".to_owned(),
    };
    let zoom = move || model.camera.get().map_or(1.0, |camera| camera.zoom());
    // A pixel of a style sheet is 1/96 of an inch.
    let scale = move || format!("1:{:.0}", 96.0 / 0.0254 / (zoom() * 20.0));
    let percent = move || format!(" {:.0}%", zoom() * 100.0);
    let loads =
        move || model.loads.with(|loads| loads.iter().take(2).map(|load| gauge(model, load)).collect());
    header
        .child(fact("fact", &format!("{} ", words.stalls()), Box::new(count)))
        .hole(loads)
        .child(fact("fact cursor", &format!("{} ", words.cursor()), Box::new(cursor)))
        .child(fact("fact", "", Box::new(scale)).child(el("span").live_text(percent)))
}

/// How full a fuse is.
fn gauge(model: Model, load: &Load) -> Node {
    let wide = f64::from(load.percent().min(100)) * 0.6;
    let class = match load.percent() {
        0..=80 => "drawn calm",
        81..=100 => "drawn",
        _ => "drawn over",
    };
    let kilowatts = |watts: u32| f64::from(watts) / 1_000.0;
    let bar =
        |class: &str, wide: f64| svg("rect").attr("class", class).figure("width", wide).attr("height", "6");
    let drawn = svg("svg").view_box("0 0 60 6", "60", "6").child(bar("room", 60.0)).child(bar(class, wide));
    let figures = format!("{:.1}／{:.1} kW", kilowatts(load.load_w), kilowatts(load.cap_w));
    of("span", "fact load")
        .text(model.words.circuit())
        .text(" ")
        .child(text("strong", &load.fuse))
        .child(drawn)
        .child(text("strong", &figures))
}

fn row(model: Model, breach: &Breach) -> Node {
    let words = model.words;
    let (class, sign, effect) = match breach.severity {
        Severity::Error => ("error", "×", words.must()),
        Severity::Warning => ("warning", "!", words.may()),
    };
    let sentence = words.sentence(breach, &model.layout.read_untracked());
    let fix = breach.remedy.clone().filter(|_| model.may_change).map(|edit| cure(model, edit));
    let (at, stalls) = (breach.at, breach.stalls.clone());
    let show = move || {
        model.choose(stalls.iter().copied().gather::<Set<StallId>>());
        model.leaf.set(None);
        model.look(|camera| camera.centred(at));
    };
    of("li", class)
        .child(of("span", "sign").attr("aria-hidden", "true").text(sign))
        .child(button("sentence", show).text(&sentence))
        .child(of("span", "rule").text(&words.rule(breach)))
        .children(fix)
        .child(of("span", "effect").text(effect))
}
