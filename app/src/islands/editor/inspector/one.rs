//! The exact figures of one stall. The fields stay the same elements while their stall changes, so that the
//! focus stays where it is.

use kaishi_domain::StallId;
use kaishi_domain::layout::drawing::Label;
use kaishi_domain::layout::{Edit, Severity, Stall};
use kaishi_domain::market::Plan;
use leptos::ev::Event;
use leptos::prelude::*;

use crate::islands::canvas::figure;
use crate::islands::editor::model::Model;
use crate::parts::map::zone_class;

/// The fields of one stall.
#[derive(Clone, Copy)]
pub(super) struct Panel {
    model: Model,
    id: StallId,
    stall: Memo<Option<Stall>>,
}

impl Panel {
    pub(super) fn new(model: Model, id: StallId) -> Self {
        Self { model, id, stall: Memo::new(move |_| model.layout.with(|layout| layout.stall(id).cloned())) }
    }

    /// Whether its place and size stay.
    fn fixed(self) -> bool {
        !self.model.may_change || self.stall.with(|stall| stall.as_ref().is_some_and(|stall| stall.locked))
    }

    /// A text about the stall that follows it.
    fn say<T: Send + 'static>(
        self,
        what: impl Fn(&Stall) -> T + Send + 'static,
    ) -> impl Fn() -> Option<T> + Send {
        move || self.stall.with(|stall| stall.as_ref().map(&what))
    }

    /// Does an edit that a field asks for; a refused one puts the field back.
    fn set(self, event: &Event, edit: Option<Edit>, back: impl FnOnce(&Stall) -> String) {
        if let Some(edit) = edit {
            self.model.edit(edit);
        }
        if let Some(now) = self.stall.with_untracked(|stall| stall.as_ref().map(back)) {
            event_target::<leptos::web_sys::HtmlInputElement>(event).set_value(&now);
        }
    }

    pub(super) fn view(self) -> impl IntoView {
        let (model, words) = (self.model, self.model.words);
        let label =
            model.labels.with_value(|labels| labels.stalls.get(&self.id).cloned()).unwrap_or_default();
        let Label { name, unit } = label;
        let unit = if unit.is_empty() {
            view! { <span class="chip open-unit">{words.unit_open()}</span> }.into_any()
        } else {
            view! { <strong>{unit}</strong> }.into_any()
        };
        let zone_name = move |stall: &Stall| {
            model.zones.with_value(|zones| {
                zones.iter().find(|zone| zone.letter == stall.zone).map(|zone| zone.name.clone())
            })
        };
        let letter = self.say(|stall| format!("letter {}", zone_class(&stall.zone)));
        view! {
            <header class="who">
                <span class="no">{self.say(|stall| stall.no.clone())}</span>
                <div>
                    <h2>{name}</h2>
                    <p class="zone-line">
                        <span class=move || letter().unwrap_or_default()>{self.say(|stall| stall.zone.clone())}</span>
                        {self.say(zone_name)}
                    </p>
                </div>
            </header>
            {move || self.wrong()}
            <h3>{words.position()}</h3>
            <div class="figures">
                {self.figure("X", "m", |s| s.x, |s, x| Edit::Move { stalls: vec![s.id], dx: x - s.x, dy: 0.0 })}
                {self.figure("Y", "m", |s| s.y, |s, y| Edit::Move { stalls: vec![s.id], dx: 0.0, dy: y - s.y })}
                {self.figure(words.width(), "m", |s| s.w, |s, w| Edit::Resize { stall: s.id, w, d: s.d })}
                {self.figure(words.depth(), "m", |s| s.d, |s, d| Edit::Resize { stall: s.id, w: s.w, d })}
                {self.figure(words.angle(), "°", |s| s.angle, |s, a| Edit::Rotate { stalls: vec![s.id], by: a - s.angle })}
                {self.facing()}
            </div>
            {super::room::room(model, self.stall)}
            <div class="choices">
                {self.number()}
                {self.zones()}
                {self.outlets()}
                {self.counterpart()}
            </div>
            {super::need::needs(model, self.id)}
            <h3>{words.unit()}</h3>
            <p class="pair">{unit}<a href="board">{words.to_board()}</a></p>
        }
    }

    fn figure(
        self,
        name: &'static str,
        unit: &'static str,
        value: fn(&Stall) -> f64,
        edit: fn(&Stall, f64) -> Edit,
    ) -> impl IntoView {
        let text = move |stall: &Stall| format!("{:.2}", value(stall));
        let set = move |event: Event| {
            let typed = figure(&event_target_value(&event));
            let stall = self.stall.get_untracked();
            self.set(&event, stall.zip(typed).map(|(stall, typed)| edit(&stall, typed)), text);
        };
        view! {
            <label class="figure"><span>{name}</span>
                <input type="number" inputmode="decimal" step="0.1" readonly=move || self.fixed() prop:value=self.say(text) on:change=set/>
                <span class="unit">{unit}</span>
            </label>
        }
    }

    fn wrong(self) -> impl IntoView {
        let (model, words) = (self.model, self.model.words);
        model.breaches.with(|all| {
            all.iter()
                .filter(|breach| breach.stalls.contains(&self.id))
                .map(|breach| {
                    let remedy = breach.remedy.clone().filter(|_| model.may_change);
                    let class = if breach.severity == Severity::Error { "wrong error" } else { "wrong warning" };
                    let fix = remedy.map(|edit| {
                        let verb = words.verb(&edit);
                        view! { <button type="button" class="fix" on:click=move |_| { model.edit(edit.clone()); }>{verb}</button> }
                    });
                    view! { <div class=class><strong>{words.what(breach)}</strong><p>{words.rule(breach)}</p>{fix}</div> }
                })
                .collect_view()
        })
    }

    fn number(self) -> impl IntoView {
        let set = move |event: Event| {
            let edit = Edit::Renumber { stall: self.id, no: event_target_value(&event) };
            self.set(&event, Some(edit), |stall| stall.no.clone());
        };
        view! {
            <label class="pair"><span>{self.model.words.number()}</span>
                <input class="short" maxlength="6" readonly=!self.model.may_change prop:value=self.say(|stall| stall.no.clone()) on:change=set/>
            </label>
        }
    }

    fn zones(self) -> impl IntoView {
        let set = move |event: Event| {
            self.model.edit(Edit::SetZone { stalls: vec![self.id], zone: event_target_value(&event) });
        };
        let here = Memo::new(move |_| self.say(|stall| stall.zone.clone())().unwrap_or_default());
        let options = self.model.zones.with_value(|zones| {
            zones
                .iter()
                .map(|zone| {
                    let (letter, name) = (zone.letter.clone(), format!("{} {}", zone.letter, zone.name));
                    let this = letter.clone();
                    view! { <option value=letter selected=move || here.with(|here| *here == this)>{name}</option> }
                })
                .collect_view()
        });
        view! {
            <label class="pair"><span>{self.model.words.zone()}</span>
                <select on:change=set disabled=!self.model.may_change>{options}</select>
            </label>
        }
    }

    fn outlets(self) -> impl IntoView {
        let set = move |event: Event| {
            let outlet = Some(event_target_value(&event)).filter(|outlet| !outlet.is_empty());
            self.model.edit(Edit::SetOutlet { stall: self.id, outlet });
        };
        let options = move || {
            let Some(stall) = self.stall.get() else { return Vec::new() };
            let (here, centre) = (stall.outlet.clone(), stall.centre());
            self.model.ground.with_value(|ground| {
                let outlets = ground.outlets.iter();
                outlets
                    .map(|outlet| {
                        let far = outlet.at.minus(centre).length();
                        let name =
                            format!("{} · {far:.1} m · {} kW", outlet.id, f64::from(outlet.cap_w) / 1000.0);
                        let chosen = here.as_deref() == Some(outlet.id.as_str());
                        view! { <option value=outlet.id.clone() selected=chosen>{name}</option> }
                    })
                    .collect()
            })
        };
        let none = self.say(|stall| stall.outlet.is_none());
        view! {
            <label class="pair"><span>{self.model.words.outlet()}</span>
                <select on:change=set disabled=!self.model.may_change>
                    <option value="" selected=move || none().unwrap_or(true)>{self.model.words.no_outlet()}</option>
                    {options}
                </select>
            </label>
        }
    }

    /// Where it stands in the other weather.
    fn counterpart(self) -> impl IntoView {
        let (model, words) = (self.model, self.model.words);
        let other = move || model.layout.with(|layout| layout.elsewhere().get(&self.id).cloned());
        let place = move || match other() {
            None => words.no_counterpart().to_owned(),
            Some(no) => {
                let area = model.areas.with_value(|areas| areas.get(&self.id).cloned());
                format!("{} {}", area.unwrap_or_default(), words.numbered(&no))
            }
        };
        let name = if model.plan == Plan::Fair { words.in_rain() } else { words.in_fair() };
        view! { <p class="pair"><span>{name}</span><strong>{place}</strong></p> }
    }

    /// The four sides that a counter can be on.
    fn facing(self) -> impl IntoView {
        let words = self.model.words;
        let set = move |event: Event| {
            if let Some(facing) = figure(&event_target_value(&event)) {
                self.model.edit(Edit::Face { stall: self.id, facing });
            }
        };
        let options = move || {
            let Some(stall) = self.stall.get() else { return Vec::new() };
            (0..4_u8)
                .map(|side| {
                    let facing = (stall.angle + f64::from(side) * 90.0).rem_euclid(360.0);
                    let chosen = side == stall.counter();
                    view! { <option value=facing.to_string() selected=chosen>{words.sky(facing)}</option> }
                })
                .collect()
        };
        view! {
            <label class="figure"><span>{words.facing()}</span>
                <select on:change=set disabled=move || self.fixed()>{options}</select>
            </label>
        }
    }
}
