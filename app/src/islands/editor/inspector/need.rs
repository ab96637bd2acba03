//! What will stand at a stall asks for this, and whether it finds it here.

use kaishi_domain::StallId;
use kaishi_domain::layout::{Kind, Use};

use crate::islands::editor::brush::note;
use crate::islands::editor::model::Model;
use crate::islands::node::{Node, of, text};

/// What it asks for, line by line.
pub(super) fn needs(model: Model, id: StallId) -> Node {
    let usage = model.uses.get(&id).copied().unwrap_or_default();
    let panel = of("div", "needs").child(text("h3", model.words.needs()));
    if usage == Use::default() {
        return panel.child(note(model.words.no_needs()));
    }
    panel.hole(move || {
        let wrong = |found: fn(&Kind) -> bool| {
            let all = model.breaches.read();
            all.iter().any(|breach| breach.stalls.contains(&id) && found(&breach.kind))
        };
        let line = |(name, want, found): Line| {
            let (class, sign) = if wrong(found) { ("pair bad", '✕') } else { ("pair good", '✓') };
            of("p", class).child(text("span", name)).child(text("strong", &format!("{sign} {want}")))
        };
        lines(model, &usage).into_iter().map(line).collect()
    })
}

/// What it is, how much of it, and which breach says that it is not there.
type Line = (&'static str, String, fn(&Kind) -> bool);

fn lines(model: Model, usage: &Use) -> Vec<Line> {
    let words = model.words;
    let mut lines: Vec<Line> = Vec::new();
    if usage.watts > 0 {
        let kilowatts = format!("{:.1} kW", f64::from(usage.watts) / 1_000.0);
        lines.push((words.power(), kilowatts, |kind| {
            matches!(kind, Kind::NoPower | Kind::CableShort { .. } | Kind::Overload { .. })
        }));
    }
    if usage.water {
        lines.push((words.water(), String::new(), |kind| matches!(kind, Kind::WaterFar { .. })));
    }
    if usage.queue > 0 {
        let people = words.people(usage.queue);
        lines.push((words.queue(), people, |kind| matches!(kind, Kind::QueueShort { .. })));
    }
    if usage.step_free {
        lines.push((words.step_free(), String::new(), |kind| matches!(kind, Kind::NotStepFree(_))));
    }
    if usage.shelter {
        lines.push((words.shelter(), String::new(), |kind| matches!(kind, Kind::NoShelter)));
    }
    if usage.quiet {
        lines.push((words.quiet(), String::new(), |kind| matches!(kind, Kind::Noise { .. })));
    }
    if usage.loud {
        lines.push((words.loud(), String::new(), |kind| matches!(kind, Kind::Noise { .. })));
    }
    lines
}
