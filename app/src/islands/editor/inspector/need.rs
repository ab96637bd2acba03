//! What will stand at a stall asks for this, and whether it finds it here.

use kaishi_domain::StallId;
use kaishi_domain::layout::{Kind, Use};
use leptos::prelude::*;

use crate::islands::editor::model::Model;

pub(super) fn needs(model: Model, id: StallId) -> impl IntoView {
    let words = model.words;
    let usage = model.uses.with_value(|uses| uses.get(&id).copied()).unwrap_or_default();
    let rows = move || {
        let wrong = |found: fn(&Kind) -> bool| {
            model
                .breaches
                .with(|all| all.iter().any(|breach| breach.stalls.contains(&id) && found(&breach.kind)))
        };
        lines(model, &usage)
            .into_iter()
            .map(|(name, want, found)| {
                let bad = wrong(found);
                let class = if bad { "pair bad" } else { "pair good" };
                let sign = if bad { "✕" } else { "✓" };
                view! { <p class=class><span>{name}</span><strong>{sign}" "{want}</strong></p> }
            })
            .collect_view()
    };
    let none = (usage == Use::default()).then(|| view! { <p class="note">{words.no_needs()}</p> });
    view! { <h3>{words.needs()}</h3> {rows} {none} }
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
