//! What is chosen and what is done with all of it: move, turn, copy, paste, take away.

use kaishi_domain::StallId;
use kaishi_domain::geometry::Point;
use kaishi_domain::layout::{Clipping, Edit, Layout, Marquee, Stall};
use kaishi_domain::map::Set;

use super::browser;
use super::held::between;
use super::model::Model;
use crate::islands::live::aside;
use crate::islands::value::read;
use kaishi_domain::order::{Gather, Order};

/// Where this tab keeps what was copied, so that it can be pasted into the other plan.
const COPIED: &str = "kaishi-copied-stalls";

impl Model {
    /// Chooses a stall with its group, alone or beside the others; beside, a second time takes it out again.
    pub(super) fn select(self, id: StallId, beside: bool) {
        let these = self.layout.with_untracked(|layout| layout.with_groups(&[id]));
        self.selected.update(|selected| {
            let known = selected.contains(&id);
            if !beside {
                selected.clear();
            }
            for one in these {
                if beside && known {
                    selected.remove(&one);
                } else {
                    selected.insert(one);
                }
            }
        });
    }

    pub(super) fn select_all(self) {
        let all = self.layout.with_untracked(|layout| layout.stalls().keys().copied().gather());
        self.choose(all);
        let count = self.selected.with_untracked(Set::len);
        self.said.set(self.words.chosen(count));
    }

    /// Chooses exactly these.
    pub(super) fn choose(self, these: Set<StallId>) {
        self.selected.renew(these);
    }

    pub(super) fn clear(self) {
        self.choose(Set::new());
    }

    pub(super) fn is_chosen(self, id: StallId) -> bool {
        self.selected.with_untracked(|selected| selected.contains(&id))
    }

    pub(super) fn chosen(self) -> Vec<StallId> {
        self.selected.with_untracked(|selected| selected.iter().copied().collect())
    }

    /// The chosen stalls, in the order of their numbers.
    pub(super) fn chosen_stalls(self) -> Vec<Stall> {
        let chosen = self.chosen();
        let mut stalls: Vec<Stall> = self
            .layout
            .with_untracked(|layout| chosen.iter().filter_map(|id| layout.stall(*id).cloned()).collect());
        stalls.order_by_key(|stall| kaishi_domain::layout::number_order(&stall.no));
        stalls
    }

    /// The stalls that a rectangle touches, with their groups.
    pub(super) fn within(self, one: Point, other: Point) -> Set<StallId> {
        let caught = |layout: &Layout| {
            let caught = layout.within(between(one, other), Marquee::Touching);
            layout.with_groups(&caught).into_iter().gather()
        };
        self.layout.with_untracked(caught)
    }

    pub(super) fn nudge(self, dx: f64, dy: f64) {
        let stalls = self.chosen();
        if !stalls.is_empty() && self.edit(Edit::Move { stalls, dx, dy }) {
            self.tell_place();
        }
    }

    /// Says where the chosen stall stands now, or how many have moved.
    pub(super) fn tell_place(self) {
        let said = match (aside(|| self.only()), self.selected.with_untracked(Set::len)) {
            (Some(stall), _) => self.words.stands(&stall),
            (None, count) => self.words.moved(count),
        };
        self.said.set(said);
    }

    pub(super) fn turn(self, by: f64) {
        let stalls = self.chosen();
        if !stalls.is_empty() && self.edit(Edit::Rotate { stalls, by }) {
            self.tell_place();
        }
    }

    pub(super) fn remove(self) {
        let stalls = self.chosen();
        let count = stalls.len();
        if count > 0 && self.edit(Edit::Remove { stalls }) {
            self.said.set(self.words.removed(count));
        }
    }

    /// Makes one group of the chosen stalls.
    pub(super) fn group(self) {
        let stalls = self.chosen();
        if stalls.len() > 1 && self.edit(Edit::Group { stalls }) {
            self.said.set(self.words.grouped().to_owned());
        }
    }

    /// Lets the chosen stalls out of their groups.
    pub(super) fn ungroup(self) {
        let stalls = self.chosen();
        if !stalls.is_empty() && self.edit(Edit::Ungroup { stalls }) {
            self.said.set(self.words.ungrouped().to_owned());
        }
    }

    /// Locks the chosen stalls, or lets them go when all of them are locked.
    pub(super) fn toggle_lock(self) {
        let stalls = self.chosen();
        let locked = !aside(|| self.all_locked());
        if !stalls.is_empty() && self.edit(Edit::Lock { stalls, locked }) {
            let said = if locked { self.words.locked() } else { self.words.unlocked() };
            self.said.set(said.to_owned());
        }
    }

    /// Whether every chosen stall is locked. Followed by whoever asks.
    pub(super) fn all_locked(self) -> bool {
        self.selected.with(|chosen| {
            self.layout
                .with(|layout| chosen.iter().filter_map(|id| layout.stall(*id)).all(|stall| stall.locked))
        })
    }

    /// What a new stall at a place is like: the usual size of the area, the first slogan zone, looking south.
    pub(super) fn usual(self, at: Point, no: String) -> Option<Stall> {
        let size = self.size(at)?;
        let zone = self.zones.first()?.letter.clone();
        Some(Stall {
            id: browser::stall_id(),
            no,
            zone,
            x: at.x,
            y: at.y,
            w: size.w,
            d: size.d,
            angle: 0.0,
            facing: 270.0,
            outlet: None,
            locked: false,
            group: None,
        })
    }

    /// A new stall, chosen.
    pub(super) fn place(self, at: Point) {
        let no = self.layout.with_untracked(Layout::next_number);
        let Some(stall) = self.usual(self.snapped_at(at), no) else { return };
        self.add(vec![stall]);
    }

    /// Second ones like the chosen, beside them, with numbers that go on.
    pub(super) fn duplicate(self) {
        let copied = self.layout.with_untracked(|layout| {
            let clipping = layout.copy(&self.chosen()).ok()?;
            let first = layout.stall(*self.chosen().first()?)?;
            let by = match clipping.count() {
                1 => Point::toward(first.angle).times(first.w + 1.0),
                _ => Point::new(1.0, -1.0),
            };
            Some(clipping.beside(layout, by, browser::stall_id))
        });
        self.add_all(copied);
    }

    pub(super) fn copy(self) {
        let clipping = self.layout.with_untracked(|layout| layout.copy(&self.chosen()));
        let Ok(clipping) = clipping else { return };
        if let (Some(memory), Ok(text)) = (browser::memory(), clipping.text()) {
            let _ = memory.set_item(COPIED, &text);
            self.said.set(self.words.copied(clipping.count()));
        }
    }

    /// What was copied, round the cursor when that is over the map, or else a step aside.
    pub(super) fn paste(self) {
        let text = browser::memory().and_then(|memory| memory.get_item(COPIED).ok().flatten());
        let Some(clipping) = text.and_then(|text| read::<Clipping>(&text)?.checked().ok()) else { return };
        let cursor = self.cursor.get_untracked().map(|at| self.snapped_at(at));
        let edit = self.layout.with_untracked(|layout| match cursor {
            Some(at) => clipping.at(layout, at, browser::stall_id),
            None => clipping.beside(layout, Point::new(1.0, -1.0), browser::stall_id),
        });
        self.add_all(Some(edit));
    }

    /// Does a step that adds stalls, and chooses them.
    pub(super) fn add_all(self, edit: Option<Edit>) {
        if let Some(Edit::AddAll(stalls)) = edit {
            self.add(stalls);
        }
    }

    /// New stalls as one mark, chosen.
    pub(super) fn add(self, stalls: Vec<Stall>) {
        let ids: Set<StallId> = stalls.iter().map(|stall| stall.id).gather();
        if !stalls.is_empty() && self.edit(Edit::AddAll(stalls)) {
            let count = ids.len();
            self.choose(ids);
            self.said.set(self.words.added(count));
        }
    }
}
