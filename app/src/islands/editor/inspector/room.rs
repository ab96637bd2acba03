//! How much room a stall has on each side, and to what.

use kaishi_domain::StallId;
use kaishi_domain::layout::{Gap, Layout, Nearby, gaps};

use crate::islands::editor::model::Model;
use crate::islands::node::{Node, of, text};

/// One line a side.
pub(super) fn room(model: Model, id: StallId) -> Node {
    of("div", "room").child(text("h3", model.words.gaps())).hole(move || {
        let layout = model.layout.read();
        let all = layout.stall(id).map(|stall| gaps(&model.ground, &layout, stall));
        all.into_iter().flatten().map(|gap| line(model, &layout, &gap)).collect()
    })
}

fn line(model: Model, layout: &Layout, gap: &Gap) -> Node {
    let name = match &gap.to {
        Nearby::Stall(id) => {
            let no = layout.stall(*id).map_or("", |other| &other.no);
            let name = model.labels.stalls.get(id).map_or("", |label| &label.name);
            format!("{no} {name}").trim_end().to_owned()
        }
        other => model.words.nearby(other),
    };
    let class = if gap.metres < 0.0 { "pair bad" } else { "pair" };
    let metres = format!("{:.2} m", gap.metres).replace('-', "−");
    of("p", class)
        .child(text("span", &format!("{} · {name}", model.words.toward(gap.toward))))
        .child(text("strong", &metres))
}
