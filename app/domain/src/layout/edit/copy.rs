//! Copies: stalls on the clipboard, and as new stalls at another place.
//!
//! A copy has an id of its own, a number that goes on, no lock, and a group of its own with the copies of the
//! stalls it was grouped with. Zone, size, counter and outlet are the same.

use serde::{Deserialize, Serialize};

use super::super::{Layout, Stall, number_order};
use super::Edit;
use crate::geometry::{Bounds, Point};
use crate::map::Map;
use crate::order::{Gather, Order};
use crate::{Refusal, StallId};

/// The only schema that is pasted.
const SCHEMA: &str = "stalls/1";

/// Stalls that were copied: also what the clipboard holds.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clipping {
    schema: String,
    stalls: Vec<Stall>,
}

impl Layout {
    /// Copies some stalls, in the order of their numbers.
    pub fn copy(&self, ids: &[StallId]) -> Result<Clipping, Refusal> {
        let mut stalls = Vec::with_capacity(ids.len());
        for id in ids {
            stalls.push(self.stall(*id).cloned().ok_or(Refusal::Missing("stall"))?);
        }
        if stalls.is_empty() {
            return Err(Refusal::Missing("stall"));
        }
        stalls.order_by_key(|stall| number_order(&stall.no));
        Ok(Clipping { schema: SCHEMA.into(), stalls })
    }
}

impl Clipping {
    /// What goes on the clipboard.
    pub fn text(&self) -> Result<String, Refusal> {
        serde_json::to_string(self).map_err(|_| Refusal::Malformed("stalls"))
    }

    /// Reads what lies on the clipboard; anything else than stalls is refused.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let clipping: Self =
            serde_json::from_slice(text.as_bytes()).map_err(|_| Refusal::Malformed("stalls"))?;
        clipping.checked()
    }

    /// The same for what somebody else has read.
    pub fn checked(self) -> Result<Self, Refusal> {
        if self.schema != SCHEMA || self.stalls.is_empty() {
            return Err(Refusal::Malformed("stalls"));
        }
        Ok(self)
    }

    /// How many stalls it holds.
    pub fn count(&self) -> usize {
        self.stalls.len()
    }

    /// The rectangle round them where they were copied.
    pub fn bounds(&self) -> Option<Bounds> {
        Bounds::of(self.stalls.iter().flat_map(|stall| stall.footprint().corners()))
    }

    /// The step that puts copies beside the originals, shifted by so many metres. `fresh` gives out ids.
    pub fn beside(&self, layout: &Layout, shift: Point, fresh: impl FnMut() -> StallId) -> Edit {
        let fresh: Vec<StallId> = std::iter::repeat_with(fresh).take(self.stalls.len()).collect();
        let groups = self.groups(&fresh);
        let mut series = layout.series();
        let copies = self.stalls.iter().zip(fresh).map(|(stall, id)| Stall {
            id,
            no: series.after(&stall.no),
            x: stall.x + shift.x,
            y: stall.y + shift.y,
            locked: false,
            group: stall.group.as_ref().and_then(|name| groups.get(name.as_str()).cloned()),
            ..stall.clone()
        });
        Edit::AddAll(copies.collect())
    }

    /// The step that puts copies round a place.
    pub fn at(&self, layout: &Layout, place: Point, fresh: impl FnMut() -> StallId) -> Edit {
        let middle = self.bounds().map_or(place, Bounds::centre);
        self.beside(layout, place.minus(middle), fresh)
    }

    /// What the groups are called among the copies: after the first copy. One stall alone is no group.
    fn groups(&self, fresh: &[StallId]) -> Map<&str, String> {
        let mut members: Map<&str, Vec<StallId>> = Map::new();
        for (stall, id) in self.stalls.iter().zip(fresh) {
            if let Some(group) = &stall.group {
                members.or_insert(group.as_str(), Vec::new).push(*id);
            }
        }
        members.retain(|_, ids| ids.len() > 1);
        members.into_iter().map(|(group, ids)| (group, ids[0].to_string())).gather()
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::stall;
    use super::*;

    fn id(n: u8) -> StallId {
        stall(n, 0.0, 0.0).id
    }

    fn ids() -> impl FnMut() -> StallId {
        let mut next = 99;
        move || {
            next += 1;
            id(next)
        }
    }

    fn layout() -> Layout {
        let mut layout = Layout::of([stall(1, 0.0, 0.0), stall(2, 4.0, 0.0), stall(14, 8.0, 0.0)]).unwrap();
        layout.apply(Edit::Group { stalls: vec![id(1), id(2)] }).unwrap();
        layout.apply(Edit::Lock { stalls: vec![id(1)], locked: true }).unwrap();
        layout
    }

    #[test]
    fn copies_go_on_with_the_numbers_and_are_a_group_of_their_own() {
        let mut layout = layout();
        let before = layout.clone();
        let clipping = layout.copy(&[id(2), id(1)]).unwrap();
        let edit = clipping.beside(&layout, Point::new(0.0, 5.0), ids());
        let diff = layout.apply(edit).unwrap();
        let copies: Vec<_> = diff.added.values().collect();
        assert_eq!(copies.len(), 2);
        assert_eq!((copies[0].no.as_str(), copies[1].no.as_str()), ("15", "16"));
        assert_eq!((copies[0].x, copies[0].y, copies[0].locked), (0.0, 5.0, false));
        assert_eq!(layout.with_groups(&[id(100)]), [id(100), id(101)]);
        assert_eq!(layout.with_groups(&[id(1)]), [id(1), id(2)]);
        diff.inverse().apply(&mut layout).unwrap();
        assert_eq!(layout, before);
    }

    #[test]
    fn a_pasted_selection_lies_round_the_place_also_in_another_market() {
        let text = layout().copy(&[id(1), id(14)]).unwrap().text().unwrap();
        let mut there = Layout::of([stall(40, 60.0, 60.0)]).unwrap();
        let edit = Clipping::parse(&text).unwrap().at(&there, Point::new(20.0, 10.0), ids());
        there.apply(edit).unwrap();
        let (one, other) = (there.numbered("41").unwrap(), there.numbered("42").unwrap());
        assert_eq!((one.x, one.y, other.x, other.y), (16.0, 10.0, 24.0, 10.0));
        assert!(one.group.is_none());
    }

    #[test]
    fn other_things_on_the_clipboard_are_refused() {
        for text in
            ["", "hello", "{}", r#"{"schema":"stalls/1","stalls":[]}"#, r#"{"schema":"x","stalls":[]}"#]
        {
            assert_eq!(Clipping::parse(text), Err(Refusal::Malformed("stalls")), "{text}");
        }
        assert!(layout().copy(&[]).is_err());
    }
}
