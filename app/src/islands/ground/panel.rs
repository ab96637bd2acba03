//! The exact figures of what is chosen; of the whole ground while nothing is.

use kaishi_domain::ground::{Edit, Kind, Part, Spot};
use leptos::prelude::*;

use super::field::Field;
use super::model::Model;
use super::{brush, photo};
use crate::parts::{Icon, icon};
use crate::words::ground::{full_name, kind_name};

/// A figure in a field of a part: how it is read, and the edit that writes it.
macro_rules! figure {
    ($part:ident . $($field:ident).+ as $as:ty) => {
        (
            |part: &Part, _: usize| match part {
                Part::$part(it) => Some(f64::from(it.$($field).+)),
                _ => None,
            },
            |part: &Part, at: Spot, _: usize, value: f64| {
                let mut to = part.clone();
                if let Part::$part(it) = &mut to {
                    it.$($field).+ = value as $as;
                }
                Some(Edit::Set { at, to })
            },
        )
    };
}

type Read = fn(&Part, usize) -> Option<f64>;
type Write = fn(&Part, Spot, usize, f64) -> Option<Edit>;

/// What the panel is about: it is built anew only when this changes.
#[derive(Clone, Copy, PartialEq)]
enum About {
    Ground,
    Part(Spot, usize),
}

pub(super) fn panel(model: Model) -> impl IntoView {
    let words = model.words;
    let about = Memo::new(move |_| match (model.chosen.get(), model.part()) {
        (Some(at), Some(part)) => About::Part(at, part.polygon().map_or(0, |polygon| polygon.points().len())),
        _ => About::Ground,
    });
    let content = move || match about.get() {
        About::Ground => whole(model).into_any(),
        About::Part(at, corners) => one(model, at, corners).into_any(),
    };
    let title = move || if about.get() == About::Ground { words.ground() } else { words.chosen() };
    view! {
        <details class="fold inspector" open>
            <summary>{title}</summary>
            {content}
        </details>
    }
}

/// Names, figures and the photo of the whole ground.
fn whole(model: Model) -> impl IntoView {
    let words = model.words;
    let heading = Field::new(model, Spot { kind: Kind::Heading, index: 0 });
    let rules = Field::new(model, Spot { kind: Kind::Rules, index: 0 });
    let figure = |label, unit, (read, write): (Read, Write)| rules.number(label, unit, 0, read, write);
    let photo = photo::photo(model);
    view! {
        <p class="note">{words.nothing_why()}</p>
        <div class="choices">
            {heading.text(words.name(), |part| match part { Part::Heading(it) => Some(it.title.clone()), _ => None }, |part, text| if let Part::Heading(it) = part { it.title = text })}
            {heading.text(words.survey(), |part| match part { Part::Heading(it) => Some(it.survey.clone()), _ => None }, |part, text| if let Part::Heading(it) = part { it.survey = text })}
        </div>
        {photo}
        <h2>{words.rules()}</h2>
        <div class="figures">
            {figure(words.fire_lane(), "m", figure!(Rules.fire_lane as f64))}
            {figure(words.min_aisle(), "m", figure!(Rules.min_aisle as f64))}
            {figure(words.run_gap(), "m", figure!(Rules.run_gap as f64))}
            {figure(words.back_gap(), "m", figure!(Rules.back_gap as f64))}
            {figure(words.max_run(), "", figure!(Rules.max_run as u32))}
        </div>
    }
}

fn one(model: Model, at: Spot, corners: usize) -> impl IntoView {
    let field = Field::new(model, at);
    let lang = model.lang();
    let words = model.words;
    let name = move || field.part.with(|part| part.as_ref().map(|part| full_name(lang, part)));
    let area = move || {
        field.part.with(|part| {
            let polygon = part.as_ref()?.polygon()?;
            Some(view! { <p class="pair"><span>{words.area()}</span><strong>{format!("{:.1} m²", polygon.area())}</strong></p> })
        })
    };
    let places = (corners > 0).then(|| {
        let rows = (0..corners).map(|corner| corner_row(field, corner)).collect_view();
        view! { <h3>{words.corners()}</h3> <ol class="corners">{rows}</ol> }
    });
    let remove = (model.may_change && !matches!(at.kind, Kind::Heading | Kind::Rules)).then(|| {
        let gone = move |_| {
            model.corner.set(None);
            model.remove();
        };
        view! {
            <div class="acts"><button type="button" class="plain" on:click=gone>{icon(Icon::Bin)}{words.remove()}</button></div>
        }
    });
    view! {
        <h2>{name}</h2>
        {own(field)}
        {area}
        {places}
        {remove}
    }
}

fn names(model: Model, kinds: &[&str]) -> Vec<(String, String)> {
    kinds.iter().map(|kind| ((*kind).to_owned(), label(model, kind))).collect()
}

fn label(model: Model, kind: &str) -> String {
    let (zh, en) = kaishi_domain::ground::label(kind);
    model.lang().pick(zh, en).to_owned()
}

/// What only this kind of part has.
fn own(field: Field) -> AnyView {
    let words = field.model.words;
    let number = |label, unit, (read, write): (Read, Write)| field.number(label, unit, 0, read, write);
    match field.at.kind {
        Kind::Zone => view! {
            <div class="choices">
                {field.text(words.name(), |part| match part { Part::Zone(it) => Some(it.name.clone()), _ => None }, |part, text| if let Part::Zone(it) = part { it.name = text })}
                {field.check(words.shelter(), |part| matches!(part, Part::Zone(it) if it.shelter), |part, on| if let Part::Zone(it) = part { it.shelter = on })}
            </div>
            <div class="figures">
                {number(words.stall_w(), "m", figure!(Zone.stall.w as f64))}
                {number(words.stall_d(), "m", figure!(Zone.stall.d as f64))}
                {number(words.aisle(), "m", figure!(Zone.aisle as f64))}
            </div>
        }
        .into_any(),
        Kind::Obstacle => view! {
            <div class="choices">{field.choice(words.kind(), names(field.model, &brush::OBSTACLES), kind, set_kind)}</div>
            <div class="figures">{number(words.clear(), "m", figure!(Obstacle.clear as f64))}</div>
        }
        .into_any(),
        Kind::KeepClear => kept(field).into_any(),
        Kind::Patch => view! {
            <div class="choices">{field.choice(words.kind(), names(field.model, &brush::FLOORS), kind, set_kind)}</div>
        }
        .into_any(),
        Kind::Facility => view! {
            <div class="choices">
                {field.choice(words.kind(), names(field.model, &brush::FACILITIES), kind, set_kind)}
                {field.text(words.note(), |part| match part { Part::Facility(it) => Some(it.label.clone()), _ => None }, |part, text| if let Part::Facility(it) = part { it.label = text })}
            </div>
            {place(field)}
        }
        .into_any(),
        Kind::Outlet => view! {
            <div class="figures">
                {number(words.capacity(), "W", figure!(Outlet.cap_w as u32))}
                {number(words.reach(), "m", figure!(Outlet.reach as f64))}
            </div>
            <div class="choices">{circuits(field)}</div>
            {place(field)}
        }
        .into_any(),
        Kind::Circuit => view! {
            <div class="figures">{number(words.capacity(), "W", figure!(Circuit.cap_w as u32))}</div>
        }
        .into_any(),
        Kind::Backdrop => photo::figures(field).into_any(),
        Kind::Entrance | Kind::Exit | Kind::Water => place(field).into_any(),
        _ => ().into_any(),
    }
}

fn kind(part: &Part) -> Option<String> {
    match part {
        Part::Obstacle(it) => Some(it.kind.clone()),
        Part::KeepClear(it) => Some(it.kind.clone()),
        Part::Patch(it) => Some(it.kind.clone()),
        Part::Facility(it) => Some(it.kind.clone()),
        _ => None,
    }
}

fn set_kind(part: &mut Part, kind: String) {
    match part {
        Part::Obstacle(it) => it.kind = kind,
        Part::KeepClear(it) => it.kind = kind,
        Part::Patch(it) => it.kind = kind,
        Part::Facility(it) => it.kind = kind,
        _ => {}
    }
}

/// A part that stays free; a fire lane has a clear width besides.
fn kept(field: Field) -> impl IntoView {
    let words = field.model.words;
    let read: Read = |part, _| match part {
        Part::KeepClear(it) => it.width,
        _ => None,
    };
    let write: Write = |part, at, _, value| {
        let mut to = part.clone();
        if let Part::KeepClear(it) = &mut to {
            it.width = Some(value);
        }
        Some(Edit::Set { at, to })
    };
    let lane = Memo::new(move |_| {
        field.part.with(|part| matches!(part, Some(Part::KeepClear(it)) if it.is_fire_lane()))
    });
    let width = move || lane.get().then(|| field.number(words.lane_clear(), "m", 0, read, write));
    view! {
        <div class="choices">{field.choice(words.kind(), names(field.model, &brush::KEPT), kind, set_kind)}</div>
        <div class="figures">{width}</div>
    }
}

fn circuits(field: Field) -> impl IntoView {
    let words = field.model.words;
    let mut options = vec![(String::new(), words.no_circuit().to_owned())];
    options.extend(untrack(|| field.model.circuits()).into_iter().map(|id| (id.clone(), id)));
    field.choice(
        words.circuit(),
        options,
        |part| match part {
            Part::Outlet(it) => Some(it.circuit.clone().unwrap_or_default()),
            _ => None,
        },
        |part, id| {
            if let Part::Outlet(it) = part {
                it.circuit = Some(id).filter(|id| !id.is_empty());
            }
        },
    )
}

const X: (Read, Write) = (
    |part, corner| part.polygon().map_or(part.point(), |p| p.points().get(corner).copied()).map(|at| at.x),
    |part, at, corner, x| moved(part, at, corner, |to| to.x = x),
);
const Y: (Read, Write) = (
    |part, corner| part.polygon().map_or(part.point(), |p| p.points().get(corner).copied()).map(|at| at.y),
    |part, at, corner, y| moved(part, at, corner, |to| to.y = y),
);

fn moved(
    part: &Part,
    at: Spot,
    corner: usize,
    change: impl FnOnce(&mut kaishi_domain::geometry::Point),
) -> Option<Edit> {
    let mut to = part.polygon().map_or(part.point(), |polygon| polygon.points().get(corner).copied())?;
    change(&mut to);
    Some(Edit::Corner { at, corner, to })
}

/// Where a point stands.
pub(super) fn place(field: Field) -> impl IntoView {
    view! {
        <div class="figures">
            {field.number("X", "m", 0, X.0, X.1)}
            {field.number("Y", "m", 0, Y.0, Y.1)}
        </div>
    }
}

/// One corner: choose it for the arrow keys, type its place, add one after it, remove it.
fn corner_row(field: Field, corner: usize) -> impl IntoView {
    let (model, at) = (field.model, field.at);
    let words = model.words;
    let number = corner + 1;
    let pressed = move || if model.corner.get() == Some(corner) { "true" } else { "false" };
    let choose = move |_| {
        model.corner.update(|now| *now = if *now == Some(corner) { None } else { Some(corner) });
    };
    let add = move |_| {
        let ends = field.part.with_untracked(|part| {
            let points = part.as_ref()?.polygon()?.points().to_vec();
            Some((*points.get(corner)?, *points.get((corner + 1) % points.len())?))
        });
        if let Some((a, b)) = ends {
            let to = Model::snapped(a.plus(b).times(0.5), true);
            model.edit(Edit::AddCorner { at, after: corner, to });
        }
    };
    let remove = move |_| {
        model.edit(Edit::RemoveCorner { at, corner });
        model.forget_gone();
    };
    let name = format!("{} {number}", words.corner());
    let acts = model.may_change.then(|| {
        view! {
            <button type="button" class="plain" title=words.add_corner() aria-label=format!("{name} {}", words.add_corner()) on:click=add>{icon(Icon::Plus)}</button>
            <button type="button" class="plain" title=words.remove_corner() aria-label=format!("{name} {}", words.remove_corner()) on:click=remove>{icon(Icon::Bin)}</button>
        }
    });
    view! {
        <li>
            <button type="button" class="nth" aria-pressed=pressed aria-label=name on:click=choose>{number}</button>
            {field.number("X", "", corner, X.0, X.1)}
            {field.number("Y", "", corner, Y.0, Y.1)}
            {acts}
        </li>
    }
}

/// `分区 2`: a heading of the list.
pub(super) fn heading(model: Model, kind: Kind) -> String {
    format!("{} {}", kind_name(model.lang(), kind), model.count(kind))
}
