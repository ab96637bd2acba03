//! Lining stalls up and spacing them, by what they cover on the ground.
//!
//! A group moves as one thing. Where a locked stall is in the selection, the others line up with it; spacing
//! leaves locked stalls out.

use serde::{Deserialize, Serialize};

use super::super::{Layout, stall::centimetre};
use crate::geometry::{Bounds, Point};
use crate::order::Order;
use crate::{Refusal, StallId};

/// The line that stalls are brought to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// Their western edges.
    Left,
    /// Their middles, east to west.
    Centre,
    /// Their eastern edges.
    Right,
    /// Their northern edges.
    Top,
    /// Their middles, north to south.
    Middle,
    /// Their southern edges.
    Bottom,
}

impl Align {
    /// How far to shift what covers `from` so that it lines up with `to`.
    fn shift(self, from: Bounds, to: Bounds) -> Point {
        let middle = to.centre().minus(from.centre());
        match self {
            Self::Left => Point::new(to.low.x - from.low.x, 0.0),
            Self::Centre => Point::new(middle.x, 0.0),
            Self::Right => Point::new(to.high.x - from.high.x, 0.0),
            Self::Top => Point::new(0.0, to.high.y - from.high.y),
            Self::Middle => Point::new(0.0, middle.y),
            Self::Bottom => Point::new(0.0, to.low.y - from.low.y),
        }
    }
}

/// A direction on the ground.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Axis {
    /// West to east.
    Across,
    /// South to north.
    Along,
}

impl Axis {
    /// The coordinate of a point on this axis.
    pub(in super::super) const fn of(self, point: Point) -> f64 {
        match self {
            Self::Across => point.x,
            Self::Along => point.y,
        }
    }

    /// A shift of so many metres on this axis.
    pub(in super::super) const fn shift(self, metres: f64) -> Point {
        match self {
            Self::Across => Point::new(metres, 0.0),
            Self::Along => Point::new(0.0, metres),
        }
    }
}

/// What a person sees as one thing in a selection.
struct Thing {
    stalls: Vec<StallId>,
    bounds: Bounds,
    locked: bool,
}

impl Layout {
    fn things(&self, ids: &[StallId]) -> Result<Vec<Thing>, Refusal> {
        self.free(ids)?;
        let things = self.wholes(ids).into_iter().filter_map(|stalls| {
            let locked = stalls.iter().any(|id| self.stall(*id).is_some_and(|stall| stall.locked));
            Some(Thing { bounds: self.around(&stalls)?, locked, stalls })
        });
        Ok(things.collect())
    }

    /// Brings some stalls to one line.
    pub(super) fn align(&mut self, ids: &[StallId], to: Align) -> Result<(), Refusal> {
        let things = self.things(ids)?;
        if things.len() < 2 {
            return Err(Refusal::Missing("second stall"));
        }
        let (fixed, free): (Vec<&Thing>, Vec<&Thing>) = things.iter().partition(|thing| thing.locked);
        let anchors = if fixed.is_empty() { &free } else { &fixed };
        let corners = anchors.iter().flat_map(|thing| [thing.bounds.low, thing.bounds.high]);
        let Some(line) = Bounds::of(corners) else { return Ok(()) };
        for thing in &free {
            self.shift(&thing.stalls, to.shift(thing.bounds, line))?;
        }
        Ok(())
    }

    /// Spaces some stalls: with `gap` metres between neighbours from the first on, or evenly between the
    /// first and the last, which stay.
    pub(super) fn distribute(
        &mut self,
        ids: &[StallId],
        axis: Axis,
        gap: Option<f64>,
    ) -> Result<(), Refusal> {
        if gap.is_some_and(|gap| !(0.0..=100.0).contains(&gap)) {
            return Err(Refusal::Malformed("gap"));
        }
        let mut things = self.things(ids)?;
        things.retain(|thing| !thing.locked);
        things.order_by(|a, b| axis.of(a.bounds.centre()).total_cmp(&axis.of(b.bounds.centre())));
        let (Some(first), Some(last)) = (things.first(), things.last()) else { return Ok(()) };
        match (things.len(), gap) {
            (..2, _) => return Err(Refusal::Missing("second stall")),
            (2, None) => return Err(Refusal::Missing("third stall")),
            _ => {}
        }
        let size = |thing: &Thing| axis.of(thing.bounds.high) - axis.of(thing.bounds.low);
        let gap = gap.unwrap_or_else(|| {
            let room = axis.of(last.bounds.high) - axis.of(first.bounds.low);
            (room - things.iter().map(size).sum::<f64>()) / (things.len() - 1) as f64
        });
        let mut at = axis.of(first.bounds.low);
        for thing in &things {
            self.shift(&thing.stalls, axis.shift(at - axis.of(thing.bounds.low)))?;
            at += size(thing) + gap;
        }
        Ok(())
    }

    /// Moves some stalls by the same whole centimetres, so that what stood together stays together.
    pub(super) fn shift(&mut self, ids: &[StallId], by: Point) -> Result<(), Refusal> {
        let (dx, dy) = (centimetre(by.x), centimetre(by.y));
        self.each(ids, |stall| {
            stall.x += dx;
            stall.y += dy;
        })
    }

    /// The rectangle round some stalls: to line them up, to show them whole. `None` round none.
    pub fn around(&self, ids: &[StallId]) -> Option<Bounds> {
        let stalls = ids.iter().filter_map(|id| self.stall(*id));
        Bounds::of(stalls.flat_map(|stall| stall.footprint().corners()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::super::tests::stall;
    use super::super::super::{Edit, Stall};
    use super::*;

    fn id(n: u8) -> StallId {
        stall(n, 0.0, 0.0).id
    }

    fn xs(layout: &Layout) -> Vec<f64> {
        layout.in_order().iter().map(|stall| stall.x).collect()
    }

    fn spread() -> Layout {
        Layout::of([stall(1, 0.0, 0.0), stall(2, 5.0, 1.0), stall(3, 20.0, 2.0)]).unwrap()
    }

    fn all() -> Vec<StallId> {
        (1..=3).map(id).collect()
    }

    #[test]
    fn stalls_line_up_with_the_one_that_is_locked() {
        let mut layout = spread();
        layout.apply(Edit::Align { stalls: all(), to: Align::Bottom }).unwrap();
        assert!(layout.stalls().values().all(|stall| stall.y == 0.0));
        layout.apply(Edit::Lock { stalls: vec![id(2)], locked: true }).unwrap();
        layout.apply(Edit::Align { stalls: all(), to: Align::Right }).unwrap();
        assert_eq!(xs(&layout), [5.0, 5.0, 5.0]);
        assert_eq!(
            layout.apply(Edit::Align { stalls: vec![id(1)], to: Align::Left }),
            Err(Refusal::Missing("second stall"))
        );
    }

    #[test]
    fn the_first_and_the_last_stay_and_the_others_share_the_room() {
        let mut layout = spread();
        layout.apply(Edit::Distribute { stalls: all(), axis: Axis::Across, gap: None }).unwrap();
        assert_eq!(xs(&layout), [0.0, 10.0, 20.0]);
        layout.apply(Edit::Distribute { stalls: all(), axis: Axis::Across, gap: Some(0.25) }).unwrap();
        assert_eq!(xs(&layout), [0.0, 3.25, 6.5]);
        let two = Edit::Distribute { stalls: vec![id(1), id(2)], axis: Axis::Across, gap: None };
        assert_eq!(layout.apply(two), Err(Refusal::Missing("third stall")));
        let bad = Edit::Distribute { stalls: all(), axis: Axis::Across, gap: Some(-1.0) };
        assert_eq!(layout.apply(bad), Err(Refusal::Malformed("gap")));
    }

    #[test]
    fn a_group_moves_as_one_thing_and_a_group_alone_falls_into_its_stalls() {
        let mut layout = spread();
        layout.apply(Edit::Group { stalls: vec![id(1), id(2)] }).unwrap();
        layout.apply(Edit::Align { stalls: all(), to: Align::Right }).unwrap();
        assert_eq!(xs(&layout), [15.0, 20.0, 20.0]);
        layout.apply(Edit::Align { stalls: vec![id(1), id(2)], to: Align::Left }).unwrap();
        assert_eq!(xs(&layout), [15.0, 15.0, 20.0]);
    }

    fn scattered() -> impl Strategy<Value = Layout> {
        let one = (-40.0..40.0f64, -40.0..40.0f64, 0.5..6.0f64, 0.5..6.0f64, 0.0..360.0f64);
        prop::collection::vec(one, 3..9).prop_map(|all| {
            let stalls = all.into_iter().zip(1..);
            Layout::of(stalls.map(|((x, y, w, d, angle), n)| Stall { w, d, angle, ..stall(n, x, y) }))
                .unwrap()
        })
    }

    fn bounds(layout: &Layout) -> Vec<Bounds> {
        layout.stalls().values().map(|stall| stall.footprint().bounds()).collect()
    }

    proptest! {
        #[test]
        fn aligned_means_on_one_line_to_the_centimetre(mut layout in scattered(), which in 0..6usize) {
            use Align::{Bottom, Centre, Left, Middle, Right, Top};
            let to = [Left, Centre, Right, Top, Middle, Bottom][which];
            let stalls: Vec<_> = layout.stalls().keys().copied().collect();
            layout.apply(Edit::Align { stalls, to }).unwrap();
            let lines = bounds(&layout).into_iter().map(|b| match to {
                Left => b.low.x,
                Centre => b.centre().x,
                Right => b.high.x,
                Top => b.high.y,
                Middle => b.centre().y,
                Bottom => b.low.y,
            });
            let (low, high) = lines.fold((f64::MAX, f64::MIN), |(l, h), at| (l.min(at), h.max(at)));
            prop_assert!(high - low <= 0.01 + 1e-9, "{low} {high}");
        }

        #[test]
        fn spaced_means_equal_gaps_to_the_centimetre(
            mut layout in scattered(), across in any::<bool>(), gap in prop::option::of(0.0..5.0f64),
        ) {
            let axis = if across { Axis::Across } else { Axis::Along };
            let stalls: Vec<_> = layout.stalls().keys().copied().collect();
            layout.apply(Edit::Distribute { stalls, axis, gap }).unwrap();
            let mut there = bounds(&layout);
            there.sort_by(|a, b| axis.of(a.centre()).total_cmp(&axis.of(b.centre())));
            // Where the room is so small that stalls trade places, there is no order to read gaps from.
            let gaps: Vec<_> = there.windows(2).map(|w| axis.of(w[1].low) - axis.of(w[0].high)).collect();
            prop_assume!(gap.is_some() || gaps.iter().all(|gap| *gap > 0.0));
            let (least, most) = gaps.iter().fold((f64::MAX, f64::MIN), |(l, h), at| (l.min(*at), h.max(*at)));
            prop_assert!(most - least <= 0.02 + 1e-9, "{gaps:?}");
            if let Some(gap) = gap {
                prop_assert!((least - gap).abs() <= 0.02, "{gaps:?}");
            }
        }
    }
}
