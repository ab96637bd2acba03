//! Locks and groups: which stalls of a selection take part in a step, and which belong together.
//!
//! A locked stall keeps its place, size and angle and is not removed. Its number, zone and outlet may change.
//! In a selection of several, locked stalls stay and the others do the step; only when all are locked, the
//! step is refused and the first of them is named.

use super::super::Layout;
use crate::map::Set;
use crate::order::Gather;
use crate::{Refusal, StallId};

impl Layout {
    /// The stalls of a selection that are free to move, in the order given. Refused when a stall is unknown
    /// or named twice, and when every one of them is locked.
    pub(super) fn free(&self, ids: &[StallId]) -> Result<Vec<StallId>, Refusal> {
        let mut seen = Set::new();
        let mut locked = None;
        let mut free = Vec::with_capacity(ids.len());
        for id in ids {
            let stall = self.stalls.get(id).ok_or(Refusal::Missing("stall"))?;
            if !seen.insert(id) {
                return Err(Refusal::Malformed("selection"));
            }
            if stall.locked {
                locked.get_or_insert_with(|| stall.no.clone());
            } else {
                free.push(*id);
            }
        }
        match locked {
            Some(no) if free.is_empty() => Err(Refusal::Locked(no)),
            _ => Ok(free),
        }
    }

    /// Gives some stalls one group of their own. It is called after one of its stalls, so that two editors
    /// who group different stalls at the same time never make one group of two.
    pub(super) fn bind(&mut self, ids: &[StallId]) -> Result<(), Refusal> {
        let members: Set<StallId> = ids.iter().copied().gather();
        if members.len() < 2 {
            return Err(Refusal::Missing("second stall"));
        }
        let name = self.group_name(&members);
        self.each(ids, |stall| stall.group.clone_from(&name))
    }

    /// A name that no stall outside has: that of a member, with a figure behind it if need be.
    pub(super) fn group_name(&self, members: &Set<StallId>) -> Option<String> {
        let outside = self.stalls.values().filter(|stall| !members.contains(&stall.id));
        let taken: Set<&str> = outside.filter_map(|stall| stall.group.as_deref()).gather();
        let plain = members.iter().map(ToString::to_string);
        let numbered = members.iter().flat_map(|id| (2..100).map(move |n| format!("{id}.{n}")));
        plain.chain(numbered).find(|name| !taken.contains(name.as_str()))
    }

    /// A selection with everything that is grouped with it, in the order of ids.
    pub fn with_groups(&self, ids: &[StallId]) -> Vec<StallId> {
        let chosen: Set<&StallId> = ids.iter().gather();
        let groups: Set<&str> = ids.iter().filter_map(|id| self.stall(*id)?.group.as_deref()).gather();
        let belongs = |group: &Option<String>| group.as_deref().is_some_and(|name| groups.contains(name));
        let stalls = self.stalls.values().filter(|stall| chosen.contains(&stall.id) || belongs(&stall.group));
        stalls.map(|stall| stall.id).collect()
    }

    /// A selection as the things that a person sees in it: each group is one, each other stall is one.
    /// A selection that is nothing but one group falls into its stalls.
    pub(super) fn wholes(&self, ids: &[StallId]) -> Vec<Vec<StallId>> {
        let mut things: Vec<(Option<&str>, Vec<StallId>)> = Vec::new();
        for id in ids {
            let group = self.stall(*id).and_then(|stall| stall.group.as_deref());
            match group.and_then(|group| things.iter_mut().find(|(name, _)| *name == Some(group))) {
                Some((_, members)) => members.push(*id),
                None => things.push((group, vec![*id])),
            }
        }
        match &things[..] {
            [(_, only)] => only.iter().map(|id| vec![*id]).collect(),
            _ => things.into_iter().map(|(_, members)| members).collect(),
        }
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "places are exact to the centimetre")]
mod tests {
    use super::super::super::tests::stall;
    use super::super::Edit;
    use super::*;

    fn id(n: u8) -> StallId {
        stall(n, 0.0, 0.0).id
    }

    fn row() -> Layout {
        Layout::of((1..=4).map(|n| stall(n, f64::from(n) * 4.0, 0.0))).unwrap()
    }

    #[test]
    fn a_locked_stall_keeps_its_place_and_says_its_number() {
        let mut layout = row();
        layout.apply(Edit::Lock { stalls: vec![id(2)], locked: true }).unwrap();
        let refused = [
            Edit::Move { stalls: vec![id(2)], dx: 1.0, dy: 0.0 },
            Edit::Rotate { stalls: vec![id(2)], by: 90.0 },
            Edit::Resize { stall: id(2), w: 2.0, d: 2.0 },
            Edit::Face { stall: id(2), facing: 0.0 },
            Edit::Remove { stalls: vec![id(2)] },
        ];
        for edit in refused {
            let before = layout.clone();
            assert_eq!(layout.apply(edit.clone()), Err(Refusal::Locked("2".into())), "{edit:?}");
            assert_eq!(layout, before);
        }
        layout.apply(Edit::Renumber { stall: id(2), no: "20".into() }).unwrap();
        layout.apply(Edit::SetZone { stalls: vec![id(2)], zone: "B".into() }).unwrap();
        layout.apply(Edit::Lock { stalls: vec![id(2)], locked: false }).unwrap();
        layout.apply(Edit::Move { stalls: vec![id(2)], dx: 1.0, dy: 0.0 }).unwrap();
        assert_eq!(layout.stall(id(2)).unwrap().x, 9.0);
    }

    #[test]
    fn in_a_mixed_selection_the_locked_stay_and_the_others_go() {
        let mut layout = row();
        layout.apply(Edit::Lock { stalls: vec![id(1)], locked: true }).unwrap();
        let all: Vec<_> = (1..=4).map(id).collect();
        layout.apply(Edit::Move { stalls: all.clone(), dx: 0.0, dy: 5.0 }).unwrap();
        let north = |layout: &Layout| layout.in_order().iter().map(|stall| stall.y).collect::<Vec<_>>();
        assert_eq!(north(&layout), [0.0, 5.0, 5.0, 5.0]);
        // The middle about which they turn is that of those who turn.
        layout.apply(Edit::Rotate { stalls: all.clone(), by: 180.0 }).unwrap();
        let xs: Vec<_> = layout.in_order().iter().map(|stall| stall.x).collect();
        assert_eq!(xs, [4.0, 16.0, 12.0, 8.0]);
        layout.apply(Edit::Remove { stalls: all }).unwrap();
        assert_eq!(layout.in_order().iter().map(|stall| stall.no.as_str()).collect::<Vec<_>>(), ["1"]);
    }

    #[test]
    fn one_press_selects_the_whole_group() {
        let mut layout = row();
        layout.apply(Edit::Group { stalls: vec![id(1), id(3)] }).unwrap();
        assert_eq!(layout.with_groups(&[id(3), id(4)]), [id(1), id(3), id(4)]);
        assert_eq!(layout.with_groups(&[id(2)]), [id(2)]);
        layout.apply(Edit::Ungroup { stalls: vec![id(1), id(3)] }).unwrap();
        assert_eq!(layout.with_groups(&[id(3)]), [id(3)]);
        assert_eq!(
            layout.apply(Edit::Group { stalls: vec![id(1), id(1)] }),
            Err(Refusal::Missing("second stall"))
        );
    }

    #[test]
    fn two_groups_never_share_a_name() {
        let mut layout = row();
        layout.apply(Edit::Group { stalls: vec![id(1), id(2)] }).unwrap();
        // Stall 1 leaves the group that is called after it, and makes another.
        layout.apply(Edit::Group { stalls: vec![id(1), id(3)] }).unwrap();
        layout.apply(Edit::Group { stalls: vec![id(2), id(4)] }).unwrap();
        assert_eq!(layout.with_groups(&[id(1)]), [id(1), id(3)]);
        assert_eq!(layout.with_groups(&[id(2)]), [id(2), id(4)]);
    }

    #[test]
    fn an_old_document_has_no_locks_and_is_written_without_them() {
        let mut layout = row();
        let plain = serde_json::to_string(&layout).unwrap();
        assert!(!plain.contains("locked") && !plain.contains("group"));
        layout.apply(Edit::Lock { stalls: vec![id(1)], locked: true }).unwrap();
        layout.apply(Edit::Group { stalls: vec![id(1), id(2)] }).unwrap();
        let text = serde_json::to_string(&layout).unwrap();
        assert_eq!(serde_json::from_str::<Layout>(&text).unwrap(), layout);
    }
}
