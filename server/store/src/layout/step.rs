//! What a save will write, worked out from both plans' documents before anything is written.

use kaishi_domain::layout::{Diff, Edit, Layout, Stall};
use kaishi_domain::map::Map;
use kaishi_domain::market::Plan;
use kaishi_domain::{Refusal, StallId};

use super::Saved;
use crate::{Error, Result};

/// The two documents of a market as they stand.
#[derive(Default)]
pub(super) struct Laid {
    fair: (i64, Layout),
    rain: (i64, Layout),
}

/// One document that changes, or that is only held at its revision while a number is given out.
pub(super) struct Write {
    pub(super) plan: Plan,
    pub(super) revision: i64,
    pub(super) change: Option<Change>,
}

pub(super) struct Change {
    pub(super) body: String,
    pub(super) diff: String,
}

impl Change {
    fn of(layout: &Layout, diff: &Diff) -> Result<Self> {
        Ok(Self { body: serde_json::to_string(layout)?, diff: serde_json::to_string(diff)? })
    }
}

/// Everything that one save writes.
pub(super) struct Step {
    pub(super) writes: Vec<Write>,
    pub(super) standing: Vec<Stall>,
    pub(super) gone: Vec<StallId>,
    pub(super) revision: i64,
    pub(super) merged: Option<Layout>,
}

pub(super) enum Answer {
    Now(Saved),
    Write(Box<Step>),
}

impl Laid {
    pub(super) fn read(rows: Vec<(String, i64, String)>) -> Result<Self> {
        let mut laid = Self::default();
        for (plan, revision, body) in rows {
            let layout: Layout = serde_json::from_str(&body)?;
            match Plan::from_code(&plan)? {
                Plan::Fair => laid.fair = (revision, layout),
                Plan::Rain => laid.rain = (revision, layout),
            }
        }
        Ok(laid)
    }
}

/// Merges a diff that was made on revision `base` of a plan into what stands, or says why not.
pub(super) fn plan(laid: Laid, plan: Plan, base: i64, diff: &Diff) -> Result<Answer> {
    let ((revision, mut layout), (other_revision, other)) = match plan {
        Plan::Fair => (laid.fair, laid.rain),
        Plan::Rain => (laid.rain, laid.fair),
    };
    if base > revision || base < 0 {
        return Err(Refusal::Malformed("layout revision").into());
    }
    let stale = base < revision;
    if diff.is_empty() || (stale && diff.is_done(&layout)) {
        return Ok(Answer::Now(Saved::Done { revision, merged: stale.then_some(layout) }));
    }
    if let Err(conflict) = diff.apply(&mut layout) {
        return Ok(Answer::Now(Saved::Stale { revision, layout, conflict }));
    }
    let stalls = taken(diff, &layout, &other);
    if !stalls.is_empty() {
        let elsewhere = other.stalls().values().map(|stall| (stall.id, stall.no.clone())).collect();
        return Ok(Answer::Now(Saved::Taken { stalls, elsewhere }));
    }
    // The other plan has the same stalls: number and zone follow, and no number serves two stalls.
    let followed = follow(&other, &layout)?;
    let follows = Diff::between(&other, &followed);
    let elsewhere = if plan == Plan::Fair { Plan::Rain } else { Plan::Fair };
    let mut writes = vec![Write { plan, revision, change: Some(Change::of(&layout, diff)?) }];
    if !follows.is_empty() {
        let change = Some(Change::of(&followed, &follows)?);
        writes.push(Write { plan: elsewhere, revision: other_revision, change });
    } else if names(diff) && other_revision > 0 {
        writes.push(Write { plan: elsewhere, revision: other_revision, change: None });
    }
    // Always in the same order, so that two saves never wait for each other.
    writes.sort_by_key(|write| write.plan);
    let standing = diff.steps().filter_map(|(_, _, is)| is.cloned()).collect();
    let gone = diff.removed.keys().filter(|id| followed.stall(**id).is_none()).copied().collect();
    let merged = stale.then_some(layout);
    Ok(Answer::Write(Box::new(Step { writes, standing, gone, revision: revision + 1, merged })))
}

/// The stalls of a diff whose number another stall has that stands only in the other plan.
fn taken(diff: &Diff, layout: &Layout, other: &Layout) -> Vec<StallId> {
    let strangers: Map<&str, StallId> = other
        .stalls()
        .values()
        .filter(|stall| layout.stall(stall.id).is_none())
        .map(|stall| (stall.no.as_str(), stall.id))
        .collect();
    let holder = |is: &Stall| strangers.get(is.no.as_str()).is_some_and(|other| *other != is.id);
    diff.steps().filter_map(|(id, _, is)| is.is_some_and(holder).then_some(id)).collect()
}

/// Whether a diff gives out a number.
fn names(diff: &Diff) -> bool {
    diff.steps().any(|(_, was, is)| is.is_some_and(|is| was.is_none_or(|was| was.no != is.no)))
}

/// The other plan with the numbers and zones of this one.
pub(super) fn follow(other: &Layout, layout: &Layout) -> Result<Layout> {
    let same = other.stalls().values().map(|stall| match layout.stall(stall.id) {
        Some(here) => Stall { no: here.no.clone(), zone: here.zone.clone(), ..stall.clone() },
        None => stall.clone(),
    });
    let followed = Layout::of(same).map_err(twin)?;
    let strangers = layout.stalls().values().filter(|stall| followed.stall(stall.id).is_none());
    let mut all = followed.clone();
    for stall in strangers {
        all.apply(Edit::Add(stall.clone())).map_err(twin)?;
    }
    Ok(followed)
}

/// A number that another stall has in the other plan.
fn twin(refusal: Refusal) -> Error {
    match refusal {
        Refusal::Taken(what) => Error::Taken(what.to_owned()),
        other => other.into(),
    }
}
