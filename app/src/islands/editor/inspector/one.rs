//! The exact figures of one stall. The fields stay the same elements while their stall changes, so that the
//! focus stays where it is.

use kaishi_domain::StallId;
use kaishi_domain::layout::drawing::Label;
use kaishi_domain::layout::{Edit, Severity, Stall};
use kaishi_domain::market::Plan;

use super::{figure, pair};
use crate::islands::canvas::figure as typed_figure;
use crate::islands::editor::brush::{numeric, option, zone_option};
use crate::islands::editor::model::Model;
use crate::islands::live::aside;
use crate::islands::node::{Node, button, el, of, set_value, text};
use crate::parts::map::zone_class;

/// The fields of one stall.
#[derive(Clone, Copy)]
pub(super) struct Panel {
    model: Model,
    id: StallId,
}

impl Panel {
    pub(super) fn new(model: Model, id: StallId) -> Self {
        Self { model, id }
    }

    /// Something about the stall as it stands; followed by whoever asks.
    fn ask<T: Default>(self, what: impl FnOnce(&Stall) -> T) -> T {
        self.model.layout.with(|layout| layout.stall(self.id).map(what).unwrap_or_default())
    }

    /// Whether its place and size stay.
    fn fixed(self) -> bool {
        !self.model.may_change || self.ask(|stall| stall.locked)
    }

    /// An element whose text follows the stall.
    fn say(self, node: Node, what: impl Fn(&Stall) -> String + 'static) -> Node {
        node.live_text(move || self.ask(&what))
    }

    /// A field that follows the stall and does the edit it is asked for; a refused one puts the field back.
    fn field(
        self,
        field: Node,
        text: impl Fn(&Stall) -> String + Clone + 'static,
        edit: impl Fn(&Stall, &str) -> Option<Edit> + 'static,
    ) -> Node {
        let (element, now) = (field.element().clone(), text.clone());
        field.live_value(move || self.ask(&text)).changed(move |typed| {
            if let Some(edit) = aside(|| self.ask(|stall| edit(stall, typed))) {
                self.model.edit(edit);
            }
            set_value(&element, &aside(|| self.ask(&now)));
        })
    }

    /// A choice that does an edit.
    fn choice(self, select: Node, edit: impl Fn(&str) -> Option<Edit> + 'static) -> Node {
        select.changed(move |chosen| {
            if let Some(edit) = edit(chosen) {
                self.model.edit(edit);
            }
        })
    }

    pub(super) fn view(self) -> Vec<Node> {
        let (model, words) = (self.model, self.model.words);
        let Label { name, unit } = model.labels.stalls.get(&self.id).cloned().unwrap_or_default();
        let name = if name.is_empty() { words.unit_open().to_owned() } else { name };
        let unit = if unit.is_empty() {
            of("span", "chip open-unit").text(words.unit_open())
        } else {
            text("strong", &unit)
        };
        let zone_name = move |stall: &Stall| {
            let zone = model.zones.iter().find(|zone| zone.letter == stall.zone);
            zone.map(|zone| zone.name.clone()).unwrap_or_default()
        };
        let letter = el("span")
            .live("class", move || Some(format!("letter {}", self.ask(|stall| zone_class(&stall.zone)))));
        let zone = of("p", "zone-line")
            .child(self.say(letter, |stall| stall.zone.clone()))
            .child(self.say(el("span"), zone_name));
        let who = of("header", "who")
            .child(self.say(of("span", "no"), |stall| stall.no.clone()))
            .child(el("div").child(text("h2", &name)).child(zone));
        let figures = of("div", "figures")
            .child(self.figure(
                "X",
                "m",
                |s| s.x,
                |s, x| Edit::Move { stalls: vec![s.id], dx: x - s.x, dy: 0.0 },
            ))
            .child(self.figure(
                "Y",
                "m",
                |s| s.y,
                |s, y| Edit::Move { stalls: vec![s.id], dx: 0.0, dy: y - s.y },
            ))
            .child(self.figure(words.width(), "m", |s| s.w, |s, w| Edit::Resize { stall: s.id, w, d: s.d }))
            .child(self.figure(words.depth(), "m", |s| s.d, |s, d| Edit::Resize { stall: s.id, w: s.w, d }))
            .child(self.figure(
                words.angle(),
                "°",
                |s| s.angle,
                |s, a| Edit::Rotate { stalls: vec![s.id], by: a - s.angle },
            ))
            .child(self.facing());
        let choices = of("div", "choices")
            .child(self.number())
            .child(self.zones())
            .child(self.outlets())
            .child(self.counterpart());
        let board = el("a").attr("href", "board").text(words.to_board());
        vec![
            who,
            of("div", "wrongs").hole(move || self.wrong()),
            text("h3", words.position()),
            figures,
            super::room::room(model, self.id),
            choices,
            super::need::needs(model, self.id),
            text("h3", words.unit()),
            of("p", "pair").child(unit).child(board),
        ]
    }

    fn figure(self, name: &str, unit: &str, value: fn(&Stall) -> f64, edit: fn(&Stall, f64) -> Edit) -> Node {
        let text = move |stall: &Stall| format!("{:.2}", value(stall));
        let set = move |stall: &Stall, typed: &str| Some(edit(stall, typed_figure(typed)?));
        let field = numeric("0.1").live_flag("readonly", move || self.fixed());
        figure(name, self.field(field, text, set), unit)
    }

    fn wrong(self) -> Vec<Node> {
        let (model, words) = (self.model, self.model.words);
        let all = model.breaches.read();
        let mine = all.iter().filter(|breach| breach.stalls.contains(&self.id));
        mine.map(|breach| {
            let fix = breach.remedy.clone().filter(|_| model.may_change);
            let class = if breach.severity == Severity::Error { "wrong error" } else { "wrong warning" };
            of("div", class)
                .child(text("strong", &words.what(breach)))
                .child(text("p", &words.rule(breach)))
                .children(fix.map(|edit| cure(model, edit)))
        })
        .collect()
    }

    fn number(self) -> Node {
        let field = of("input", "short").attr("maxlength", "6").flag("readonly", !self.model.may_change);
        let set = move |stall: &Stall, no: &str| Some(Edit::Renumber { stall: stall.id, no: no.to_owned() });
        pair(self.model.words.number(), self.field(field, |stall| stall.no.clone(), set))
    }

    fn zones(self) -> Node {
        let model = self.model;
        let options = move |here: &String| {
            model.zones.iter().map(|zone| zone_option(zone, zone.letter == *here)).collect()
        };
        let select = el("select")
            .flag("disabled", !model.may_change)
            .hole_of(move || self.ask(|stall| stall.zone.clone()), options);
        let set = move |zone: &str| Some(Edit::SetZone { stalls: vec![self.id], zone: zone.to_owned() });
        pair(model.words.zone(), self.choice(select, set))
    }

    fn outlets(self) -> Node {
        let (model, words) = (self.model, self.model.words);
        let options = move || {
            let (here, centre) = self.ask(|stall| (stall.outlet.clone(), stall.centre()));
            let one = |outlet: &kaishi_domain::ground::Outlet| {
                let (far, kilowatts) = (outlet.at.minus(centre).length(), f64::from(outlet.cap_w) / 1000.0);
                let name = format!("{} · {far:.1} m · {kilowatts} kW", outlet.id);
                option(&outlet.id, &name, here.as_deref() == Some(outlet.id.as_str()))
            };
            let none = option("", words.no_outlet(), here.is_none());
            std::iter::once(none).chain(model.ground.outlets.iter().map(one)).collect()
        };
        let set = move |chosen: &str| {
            let outlet = Some(chosen.to_owned()).filter(|outlet| !outlet.is_empty());
            Some(Edit::SetOutlet { stall: self.id, outlet })
        };
        let select = el("select").flag("disabled", !model.may_change).hole(options);
        pair(words.outlet(), self.choice(select, set))
    }

    /// Where it stands in the other weather.
    fn counterpart(self) -> Node {
        let (model, words) = (self.model, self.model.words);
        let place = move || match model.layout.with(|layout| layout.elsewhere().get(&self.id).cloned()) {
            None => words.no_counterpart().to_owned(),
            Some(no) => {
                let area = model.areas.get(&self.id).map_or("", String::as_str);
                format!("{area} {}", words.numbered(&no))
            }
        };
        let name = if model.plan == Plan::Fair { words.in_rain() } else { words.in_fair() };
        of("p", "pair").child(text("span", name)).child(el("strong").live_text(place))
    }

    /// The four sides that a counter can be on.
    fn facing(self) -> Node {
        let words = self.model.words;
        let options = move |(angle, counter): &(f64, u8)| {
            let side = |side: u8| {
                let facing = (angle + f64::from(side) * 90.0).rem_euclid(360.0);
                option(&facing.to_string(), words.sky(facing), side == *counter)
            };
            (0..4).map(side).collect()
        };
        let select = el("select")
            .live_flag("disabled", move || self.fixed())
            .hole_of(move || self.ask(|stall| (stall.angle, stall.counter())), options);
        let set = move |side: &str| Some(Edit::Face { stall: self.id, facing: typed_figure(side)? });
        of("label", "figure").child(text("span", words.facing())).child(self.choice(select, set))
    }
}

/// The verb that cures a breach.
pub(in crate::islands::editor) fn cure(model: Model, edit: Edit) -> Node {
    let verb = model.words.verb(&edit);
    let act = move || {
        model.edit(edit.clone());
    };
    button("fix", act).text(&verb)
}
