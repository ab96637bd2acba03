//! Who changes places at once: units drawn by lot of whom, if so wished, none minds where another stands, so that
//! what each would pay is exact however they change.

use super::dice::Dice;
use super::state::State;
use super::table::{NONE, Table};

/// How much the units of a crowd may mind each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mind {
    /// Not at all.
    Nothing,
    /// Only whether two of a kind stand side by side.
    Kin,
    /// As it comes.
    Anything,
}

/// At most `size` units that stand on one stall each and have a choice.
pub(super) fn crowd(table: &Table, state: &State, dice: &mut Dice, size: usize) -> Vec<usize> {
    let single = |unit: &usize| {
        let at = state.place[*unit];
        at != NONE && table.arcs[*unit].len() > 1 && table.spots[at as usize].stall != NONE
    };
    let mut all: Vec<usize> = (0..state.place.len()).filter(single).collect();
    for index in 0..all.len() {
        let other = index + dice.below(all.len() - index);
        all.swap(index, other);
    }
    let mind = [Mind::Nothing, Mind::Kin, Mind::Anything][dice.below(3)];
    let mut gathering = Gathering {
        table,
        mind,
        minded: vec![false; state.place.len()],
        kinds: vec![false; table.model.beside.len()],
        loud: None,
        queue: false,
    };
    all.retain(|unit| gathering.admits(*unit));
    all.truncate(size);
    all
}

struct Gathering<'t, 'a, 'b> {
    table: &'t Table<'a, 'b>,
    mind: Mind,
    /// Per unit: whether one of the crowd has something to do with it.
    minded: Vec<bool>,
    /// Per category: whether one of the crowd belongs to it.
    kinds: Vec<bool>,
    /// Whether those who hear or are heard are the loud ones.
    loud: Option<bool>,
    queue: bool,
}

impl Gathering<'_, '_, '_> {
    /// Whether one more may join; if so, it has.
    fn admits(&mut self, unit: usize) -> bool {
        if self.mind == Mind::Anything {
            return true;
        }
        let model = self.table.model;
        let (figures, voice) = (&self.table.figures[unit], &model.instance.units[unit]);
        let heard = self.table.noise.concerns(unit);
        let loud = voice.noise > 0;
        let noisy = heard && (loud && voice.quiet > 0 || self.loud.is_some_and(|known| known != loud));
        let kind = model.category[unit];
        let kin = self.mind == Mind::Nothing && figures.beside != 0 && self.kinds[kind];
        if self.minded[unit] || noisy || kin || (self.queue && figures.queue > 0) {
            return false;
        }
        for tie in model.affine[unit].iter().chain(&model.incompatible[unit]) {
            self.minded[tie.other] = true;
        }
        if heard {
            self.loud = Some(loud);
        }
        self.kinds[kind] = true;
        self.queue |= figures.queue > 0;
        true
    }
}
