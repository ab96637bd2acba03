//! What changed between two grounds, part by part: saved, undone, merged and explained by the same value.
//!
//! A part is known by what it was, so two editors merge unless they change the very same part.

use serde::{Deserialize, Serialize};

use super::{Ground, Kind, Part, Spot};
use crate::Refusal;
use crate::order::Order;

/// More steps than this are no gesture.
const MOST_STEPS: usize = 5_000;

/// One part before and after; at least one of the two is there.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its place in its list; only a hint, because others may have added before it.
    pub index: usize,
    /// Before; `None`: it was not there.
    pub was: Option<Part>,
    /// After; `None`: it is gone.
    pub is: Option<Part>,
}

/// What leads from one ground to another, in order.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(try_from = "Vec<Step>", into = "Vec<Step>")]
pub struct Diff(Vec<Step>);

impl TryFrom<Vec<Step>> for Diff {
    type Error = Refusal;
    fn try_from(steps: Vec<Step>) -> Result<Self, Refusal> {
        if steps.len() > MOST_STEPS {
            return Err(Refusal::TooLong("diff"));
        }
        let sound = |step: &Step| match (&step.was, &step.is) {
            (Some(was), Some(is)) => was.kind() == is.kind(),
            (None, None) => false,
            (Some(part), None) => !matches!(part.kind(), Kind::Heading | Kind::Rules),
            (None, Some(_)) => true,
        };
        if steps.iter().all(sound) { Ok(Self(steps)) } else { Err(Refusal::Malformed("diff")) }
    }
}

impl From<Diff> for Vec<Step> {
    fn from(diff: Diff) -> Self {
        diff.0
    }
}

/// One part that somebody else has changed meanwhile.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Clash {
    /// What it was when the diff was made; `None`: not there.
    pub was: Option<Part>,
    /// What the diff wants it to be; `None`: gone.
    pub mine: Option<Part>,
    /// What it is now; `None`: gone.
    pub theirs: Option<Part>,
}

/// Why a diff does not fit a ground.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum Misfit {
    /// Others have changed the same parts; never empty.
    #[error("{} parts have changed meanwhile", .0.len())]
    Clashes(Vec<Clash>),
    /// What would come out is no ground.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

impl Diff {
    /// From steps that fit each other.
    pub(super) const fn of(steps: Vec<Step>) -> Self {
        Self(steps)
    }

    /// What leads from one ground to another. Parts of a list that are equal stay; of the others the nearest
    /// ones belong together.
    pub fn between(before: &Ground, after: &Ground) -> Self {
        let single = [Kind::Heading, Kind::Rules, Kind::Outline, Kind::Backdrop];
        let mut steps = Vec::new();
        for kind in single.into_iter().chain(Kind::LISTS.iter().copied()) {
            let mut was: Vec<(Spot, Part)> = before.parts(kind).collect();
            let mut is: Vec<(Spot, Part)> = after.parts(kind).collect();
            was.retain(|(_, part)| match is.iter().position(|(_, other)| other == part) {
                Some(at) => {
                    is.remove(at);
                    false
                }
                None => true,
            });
            pair_off(was, is, &mut steps);
        }
        // Circuits come before the outlets that name them and go after them.
        steps.order_by_key(order);
        Self(steps)
    }

    /// Every step in order.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// Whether nothing changed.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The diff that takes this one back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        let back = |step: &Step| Step { index: step.index, was: step.is.clone(), is: step.was.clone() };
        Self(self.0.iter().rev().map(back).collect())
    }

    /// Does it, if every part it touches is as it was when the diff was made and a ground comes out;
    /// otherwise changes nothing.
    pub fn apply(&self, ground: &mut Ground) -> Result<(), Misfit> {
        let mut next = ground.clone();
        let clashes: Vec<Clash> =
            self.0.iter().filter_map(|step| step.apply(&mut next).err()).map(|clash| *clash).collect();
        if !clashes.is_empty() {
            return Err(Misfit::Clashes(clashes));
        }
        next.refuse_nonsense()?;
        *ground = next;
        Ok(())
    }

    /// Whether a ground already is as this diff wants it: a second copy of a save whose answer was lost.
    pub fn is_done(&self, ground: &Ground) -> bool {
        self.0.iter().all(|step| match (&step.was, &step.is) {
            (_, Some(is)) => find(ground, step.index, is).is_some(),
            (Some(was), None) => find(ground, step.index, was).is_none(),
            (None, None) => true,
        })
    }

    /// The same wish on top of what others made of the parts that clash: theirs are overwritten, and what
    /// they took away comes back.
    #[must_use]
    pub fn over(&self, clashes: &[Clash]) -> Self {
        let steps = self.0.iter().filter_map(|step| {
            let clash = clashes.iter().find(|clash| clash.was == step.was && clash.mine == step.is);
            let was = clash.map_or_else(|| step.was.clone(), |clash| clash.theirs.clone());
            let step = Step { was, ..step.clone() };
            (step.was.is_some() || step.is.is_some()).then_some(step)
        });
        Self(steps.filter(|step| step.was != step.is).collect())
    }
}

/// Where in the order of a whole diff a step stands.
fn order(step: &Step) -> u8 {
    match (&step.was, &step.is) {
        (None, Some(Part::Circuit(_))) => 0,
        (Some(Part::Circuit(_)), None) => 2,
        _ => 1,
    }
}

/// Parts with an id belong to the one with the same id, the others to the one that is nearest.
fn pair_off(was: Vec<(Spot, Part)>, is: Vec<(Spot, Part)>, steps: &mut Vec<Step>) {
    let mut apart: Vec<(f64, usize, usize)> = Vec::new();
    for (i, (_, one)) in was.iter().enumerate() {
        for (j, (_, other)) in is.iter().enumerate().filter(|(_, (_, other))| one.id() == other.id()) {
            apart.push((one.middle().minus(other.middle()).length(), i, j));
        }
    }
    apart.order_by(|a, b| a.0.total_cmp(&b.0));
    let mut twin: Vec<Option<usize>> = vec![None; was.len()];
    let mut is: Vec<Option<(Spot, Part)>> = is.into_iter().map(Some).collect();
    let mut taken = vec![false; is.len()];
    for (_, i, j) in apart {
        if twin[i].is_none() && !taken[j] {
            (twin[i], taken[j]) = (Some(j), true);
        }
    }
    for ((spot, part), twin) in was.into_iter().zip(twin) {
        let next = twin.and_then(|at| is[at].take()).map(|(_, part)| part);
        steps.push(Step { index: spot.index, was: Some(part), is: next });
    }
    let new = is.into_iter().flatten();
    steps.extend(new.map(|(spot, part)| Step { index: spot.index, was: None, is: Some(part) }));
}

/// The spot of an equal part, nearest to where it should be.
fn find(ground: &Ground, index: usize, part: &Part) -> Option<Spot> {
    let kind = part.kind();
    let hint = Spot { kind, index };
    if ground.part(hint).as_ref() == Some(part) {
        return Some(hint);
    }
    ground.parts(kind).find(|(_, other)| other == part).map(|(spot, _)| spot)
}

impl Step {
    /// Which kind of part it is about.
    pub fn kind(&self) -> Option<Kind> {
        self.was.as_ref().or(self.is.as_ref()).map(Part::kind)
    }

    fn apply(&self, ground: &mut Ground) -> Result<(), Box<Clash>> {
        match (&self.was, &self.is) {
            (Some(was), is) => {
                let spot = find(ground, self.index, was).ok_or_else(|| self.clash(ground))?;
                match is {
                    Some(is) => ground.replace(spot.index, is.clone()),
                    None => ground.take_out(spot),
                }
            }
            (None, Some(is)) => {
                if self.theirs(ground).is_some() {
                    return Err(self.clash(ground));
                }
                ground.put_in(self.index, is.clone());
            }
            (None, None) => {}
        }
        Ok(())
    }

    /// What stands now where the step wants to write, as far as an id or its being single tells.
    fn theirs(&self, ground: &Ground) -> Option<Part> {
        let part = self.was.as_ref().or(self.is.as_ref())?;
        let kind = part.kind();
        match part.id() {
            Some(id) => ground.parts(kind).find(|(_, other)| other.id() == Some(id)).map(|(_, part)| part),
            None if !kind.is_list() => ground.part(Spot { kind, index: 0 }),
            None => None,
        }
    }

    fn clash(&self, ground: &Ground) -> Box<Clash> {
        Box::new(Clash { was: self.was.clone(), mine: self.is.clone(), theirs: self.theirs(ground) })
    }
}

/// Names what others made of the parts that clash, from what they changed since.
pub fn tell(clashes: &mut [Clash], since: &Diff) {
    for clash in clashes.iter_mut().filter(|clash| clash.theirs.is_none() && clash.was.is_some()) {
        let step = since.steps().iter().find(|step| step.was == clash.was);
        clash.theirs = step.and_then(|step| step.is.clone());
    }
}
