//! How much room a stall has on each side, and to what.

use kaishi_domain::layout::{Nearby, Stall, gaps};
use leptos::prelude::*;

use crate::islands::editor::model::Model;

pub(super) fn room(model: Model, stall: Memo<Option<Stall>>) -> impl IntoView {
    let words = model.words;
    let rows = move || {
        let stall = stall.get()?;
        let layout = model.layout.read();
        let all = model.ground.with_value(|ground| gaps(ground, &layout, &stall));
        let rows = all
            .into_iter()
            .map(|gap| {
                let name = match &gap.to {
                    Nearby::Stall(id) => {
                        let no = layout.stall(*id).map(|other| other.no.clone()).unwrap_or_default();
                        let name = model.labels.with_value(|labels| {
                            labels.stalls.get(id).map(|label| label.name.clone()).unwrap_or_default()
                        });
                        format!("{no} {name}").trim_end().to_owned()
                    }
                    other => words.nearby(other),
                };
                let class = if gap.metres < 0.0 { "pair bad" } else { "pair" };
                let metres = format!("{:.2} m", gap.metres).replace('-', "−");
                view! { <p class=class><span>{words.toward(gap.toward)}" · "{name}</span><strong>{metres}</strong></p> }
            })
            .collect_view();
        Some(rows)
    };
    view! { <h3>{words.gaps()}</h3> {rows} }
}
