//! Two editors on two plans, each with an undo of its own; what is published has been checked; a switch for the rain;
//! and who stands where, changed by gestures that may be stale.

use kaishi_domain::assignment::change::{self, Change};
use kaishi_domain::assignment::{Board, Held, spots};
use kaishi_domain::entry::Entry;
use kaishi_domain::ground::Ground;
use kaishi_domain::layout::{Conflict, Diff, Edit, History, Layout, Severity, Stall, Uses, check};
use kaishi_domain::market::Plan;
use kaishi_domain::{EntryId, StallId};

use super::world::World;

/// The fire lane of the yard: from, to, in metres from its west side.
const LANE: (f64, f64) = (18.0, 22.0);

/// A yard with a fire lane across its middle.
pub(crate) fn yard() -> Ground {
    let square =
        |x: f64, y: f64, w: f64, h: f64| serde_json::json!([[x, y], [x + w, y], [x + w, y + h], [x, y + h]]);
    let ground = serde_json::json!({
        "schema": "venue/1", "name": "yard", "title": "yard", "survey": "",
        "zones": [{"id": "yard", "name": "yard", "polygon": square(0.0, 0.0, 40.0, 30.0),
            "shelter": false, "stall": {"w": 3.0, "d": 3.0}, "aisle": 3.0}],
        "walk": [], "obstacles": [],
        "keep_clear": [{"kind": "fire_lane", "polygon": square(LANE.0, 0.0, LANE.1 - LANE.0, 30.0), "width": 4.0}],
        "entrances": [[20.0, 0.0]], "outlets": [], "water": [],
        "rules": {"max_run": 8, "run_gap": 1.5, "back_gap": 0.5, "min_aisle": 3.0, "fire_lane": 4.0}
    });
    Ground::parse(&ground.to_string()).expect("a ground")
}

fn stall(id: StallId, no: usize, x: f64, y: f64) -> Stall {
    let (no, zone) = (no.to_string(), "A".to_owned());
    Stall {
        id,
        no,
        zone,
        x,
        y,
        w: 3.0,
        d: 3.0,
        angle: 0.0,
        facing: 270.0,
        outlet: None,
        locked: false,
        group: None,
    }
}

/// Six stalls on both sides of the lane.
pub(crate) fn first(ids: &[StallId]) -> Layout {
    let at = [(5.0, 10.0), (9.0, 10.0), (13.0, 10.0), (26.0, 10.0), (30.0, 10.0), (34.0, 10.0)];
    Layout::of(ids.iter().zip(at).zip(1..).map(|((id, (x, y)), no)| stall(*id, no, x, y))).expect("a layout")
}

/// What is in force for one weather.
#[derive(Clone, Default)]
pub(crate) struct Published {
    pub(crate) revision: i64,
    pub(crate) layout: Layout,
}

pub(crate) struct Square {
    pub(crate) ground: Ground,
    pub(crate) drafts: [Layout; 2],
    pub(crate) published: [Published; 2],
    pub(crate) plan: Plan,
    pub(crate) held: Vec<Held>,
    pub(crate) entries: Vec<Entry>,
    undo: [[History; 2]; 2],
    marks: Vec<Vec<Change>>,
}

pub(crate) const fn side(plan: Plan) -> usize {
    match plan {
        Plan::Fair => 0,
        Plan::Rain => 1,
    }
}

impl Square {
    pub(crate) fn new(ids: &[StallId]) -> Self {
        let published = Published { revision: 1, layout: first(ids) };
        Self {
            ground: yard(),
            drafts: [first(ids), first(ids)],
            published: [published.clone(), published],
            plan: Plan::Fair,
            held: Vec::new(),
            entries: Vec::new(),
            undo: Default::default(),
            marks: Vec::new(),
        }
    }

    pub(crate) fn in_force(&self) -> &Published {
        &self.published[side(self.plan)]
    }

    /// One step back or forward of an editor.
    fn turn(&mut self, plan: usize, who: usize, back: bool) -> Result<Option<Diff>, Conflict> {
        let (undo, draft) = (&mut self.undo[plan][who], &mut self.drafts[plan]);
        if back { undo.undo(draft) } else { undo.redo(draft) }
    }

    fn board(&self) -> Board {
        let spots = spots(&self.ground, &self.in_force().layout);
        Board { entries: self.entries.clone(), spots, held: self.held.clone(), ..Board::default() }
    }

    /// The store's rule: each change from where its entry stands, no stall and no entry twice.
    fn commit(&mut self, changes: &[Change]) -> bool {
        let stands =
            |entry: EntryId| self.held.iter().find(|held| held.entry == entry).map(|held| held.stall);
        let after = change::applied(&self.held, changes);
        let there = |held: &Held| self.in_force().layout.stall(held.stall).is_some();
        let known = |held: &Held| self.entries.iter().any(|entry| entry.id == held.entry);
        let ok = changes.iter().all(|change| stands(change.entry) == change.from)
            && after.iter().all(|held| there(held) && known(held))
            && twice(&after).is_none();
        if ok {
            self.held = after;
        }
        ok
    }

    /// Those whose stall or whose entry is gone go back into the tray.
    pub(crate) fn settle(&mut self) {
        let layout = self.published[side(self.plan)].layout.clone();
        let entries = &self.entries;
        self.held.retain(|held| {
            layout.stall(held.stall).is_some() && entries.iter().any(|entry| entry.id == held.entry)
        });
    }
}

/// Two on one stall, or one on two.
fn twice(held: &[Held]) -> Option<&Held> {
    held.iter().enumerate().find_map(|(at, one)| {
        held[..at].iter().any(|other| other.stall == one.stall || other.entry == one.entry).then_some(one)
    })
}

impl World {
    pub(crate) fn edit(&mut self) -> &'static str {
        let (plan, who) = (self.index(2), self.index(2));
        let ids: Vec<StallId> = self.square.drafts[plan].stalls().keys().copied().collect();
        let metres = |world: &mut Self| world.below(41) as f64 / 2.0 - 10.0;
        let one = (!ids.is_empty()).then(|| ids[self.index(ids.len())]);
        let edit = match (self.below(8), one) {
            (0, _) | (_, None) => {
                let (no, x, y) = (self.index(9) + 1, self.below(40) as f64, self.below(30) as f64);
                Edit::Add(stall(self.id(), no, x, y))
            }
            (1, Some(one)) => Edit::Remove { stalls: vec![one] },
            (2, Some(stall)) => Edit::Renumber { stall, no: (self.index(9) + 1).to_string() },
            (3, Some(one)) => Edit::Lock { stalls: vec![one], locked: self.below(3) == 0 },
            (4, Some(one)) => Edit::Flip { stalls: vec![one] },
            (_, Some(one)) => Edit::Move { stalls: vec![one], dx: metres(self), dy: metres(self) },
        };
        let before = self.square.drafts[plan].clone();
        if let Ok(diff) = self.square.drafts[plan].apply(edit) {
            self.deeds.note("edits");
            self.square.undo[plan][who].mark(diff);
        } else {
            self.deeds.note("edits refused");
            self.broken(before != self.square.drafts[plan], "a refused edit changed something");
        }
        "an edit"
    }

    pub(crate) fn undo_edit(&mut self) -> &'static str {
        let (plan, who, back) = (self.index(2), self.index(2), self.below(3) > 0);
        let before = self.square.drafts[plan].clone();
        match self.square.turn(plan, who, back) {
            Ok(Some(_)) => {
                self.deeds.note("edits undone");
                let after = self.square.drafts[plan].clone();
                let other = self.square.turn(plan, who, !back).is_ok() && self.square.drafts[plan] == before;
                let again = self.square.turn(plan, who, back).is_ok() && self.square.drafts[plan] == after;
                self.broken(!other || !again, "undo and redo are not each other's way back");
            }
            Ok(None) => self.broken(self.square.drafts[plan] != before, "nothing to undo changed something"),
            Err(conflict) => {
                self.deeds.note("undo against another's change");
                let empty = conflict.clashes.is_empty() || self.square.drafts[plan] != before;
                self.broken(empty, "a refused undo changed something or names nothing");
                if self.below(2) == 0 {
                    self.square.undo[plan][who].rest(&mut self.square.drafts[plan]);
                }
            }
        }
        "an undo"
    }

    /// A draft comes into force when nothing forbids it.
    pub(crate) fn publish(&mut self) -> &'static str {
        let plan = self.index(2);
        let draft = self.square.drafts[plan].clone();
        let found = check(&self.square.ground, &draft, &Uses::new());
        if found.iter().any(|breach| breach.severity == Severity::Error) {
            self.deeds.note("publishing refused");
            if self.below(2) == 0 {
                // Somebody starts again from what is in force.
                self.square.drafts[plan] = self.square.published[plan].layout.clone();
                for undo in &mut self.square.undo[plan] {
                    undo.rebase(&self.square.drafts[plan]);
                }
            }
            return "a draft that may not be published";
        }
        let revision = self.square.published[plan].revision + 1;
        self.square.published[plan] = Published { revision, layout: draft };
        self.square.settle();
        self.deeds.note("published");
        "a map"
    }

    pub(crate) fn rain(&mut self) -> &'static str {
        self.square.plan = self.square.plan.other();
        self.square.settle();
        self.deeds.note("rain switches");
        "the rain switch"
    }

    /// A gesture on the board, by somebody who may have looked at it a while ago.
    pub(crate) fn gesture(&mut self) -> &'static str {
        let board = self.square.board();
        if board.entries.is_empty() || board.spots.is_empty() {
            return "nobody to place";
        }
        let entry = board.entries[self.index(board.entries.len())].id;
        let to = (self.below(5) > 0).then(|| board.spots[self.index(board.spots.len())].stall);
        let changes = change::between(&board.held, &change::put(&board, entry, to));
        if self.below(4) == 0 {
            self.stale = Some(changes);
            return "somebody looks at the board";
        }
        if self.square.commit(&changes) && !changes.is_empty() {
            self.deeds.note("gestures");
            let back =
                |change: &Change| Change { from: change.to, to: change.from, pinned: false, ..*change };
            self.square.marks.push(changes.iter().map(back).collect());
        }
        "a gesture"
    }

    pub(crate) fn stale_gesture(&mut self) -> &'static str {
        if let Some(changes) = self.stale.take() {
            let done = self.square.commit(&changes);
            self.deeds.note(if done { "late gestures" } else { "stale gestures refused" });
        }
        "a gesture on an old board"
    }

    pub(crate) fn undo_gesture(&mut self) -> &'static str {
        if let Some(back) = self.square.marks.pop()
            && self.square.commit(&back)
        {
            self.deeds.note("gestures undone");
        }
        "a gesture undone"
    }

    pub(crate) fn check_square(&self) -> Result<(), String> {
        if let Some(held) = twice(&self.square.held) {
            return Err(format!("two on one stall, or one on two: {held:?}"));
        }
        let layout = &self.square.in_force().layout;
        if let Some(held) = self.square.held.iter().find(|held| layout.stall(held.stall).is_none()) {
            return Err(format!("somebody stands where no stall is: {held:?}"));
        }
        for published in &self.square.published {
            // Upright squares only, so that this needs none of the geometry that it watches.
            let on = |stall: &&Stall| {
                stall.x + stall.w / 2.0 > LANE.0 + 0.01 && stall.x - stall.w / 2.0 < LANE.1 - 0.01
            };
            if let Some(stall) = published.layout.stalls().values().find(on) {
                return Err(format!("stall {} stands on the fire lane of a published map", stall.no));
            }
        }
        for draft in &self.square.drafts {
            let mut numbers: Vec<&str> = draft.stalls().values().map(|stall| stall.no.as_str()).collect();
            numbers.sort_unstable();
            if numbers.windows(2).any(|pair| pair[0] == pair[1]) {
                return Err("two stalls have one number".into());
            }
        }
        Ok(())
    }
}
