//! What is wrong with a layout on a ground: each breach with its place, its metres and a way out.

use super::near::{Cause, Site};
use super::{Edit, Layout, Stall, number_order};
use crate::StallId;
use crate::geometry::Point;
use crate::ground::Ground;

/// How bad a breach is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// Must be cured before the layout is published.
    Error,
    /// Worth a look.
    Warning,
}

/// Which rule is broken.
#[derive(Clone, PartialEq, Debug)]
pub enum Kind {
    /// On the fire brigade's way.
    OnFireLane {
        /// Metres that are still clear where it stands.
        clear: f64,
        /// Metres that must be clear.
        required: f64,
    },
    /// Two stalls on one spot.
    Overlap,
    /// Not wholly within one area of the ground.
    OutOfZone,
    /// On another part that must stay free; `ground::label` names it.
    Blocks(String),
    /// On an obstacle or within its clearance; `ground::label` names it.
    OnObstacle {
        /// Of the obstacle.
        kind: String,
        /// Metres that must stay free round it.
        clear: f64,
    },
}

impl Kind {
    const fn order(&self) -> u8 {
        match self {
            Self::OnFireLane { .. } => 0,
            Self::Overlap => 1,
            Self::OutOfZone => 2,
            Self::Blocks(_) => 3,
            Self::OnObstacle { .. } => 4,
        }
    }
}

/// One thing that is wrong.
#[derive(Clone, PartialEq, Debug)]
pub struct Breach {
    /// Which rule.
    pub kind: Kind,
    /// Which stalls, in the order of their numbers.
    pub stalls: Vec<StallId>,
    /// Where on the ground, in metres.
    pub at: Point,
    /// How far, in metres.
    pub amount: f64,
    /// How bad.
    pub severity: Severity,
    /// A smallest move after which this breach is gone, if a short one was found.
    pub remedy: Option<Edit>,
}

/// Everything that is wrong, errors first, each with a remedy where a short move cures it.
pub fn check(ground: &Ground, layout: &Layout) -> Vec<Breach> {
    let site = Site::new(ground, layout);
    let stalls = layout.in_order();
    let mut found: Vec<(Cause, Breach)> = stalls.iter().flat_map(|stall| site.breaches(stall)).collect();
    // An overlap is found from both sides: the stall with the lower number reports it.
    found.retain(|(cause, breach)| match cause {
        Cause::Stall(other) => breach.stalls.first() != Some(other),
        _ => true,
    });
    found.sort_by_key(|(_, breach)| (breach.severity, breach.kind.order()));
    found
        .into_iter()
        .map(|(cause, mut breach)| {
            breach.remedy = site.remedy(cause, &breach);
            breach
        })
        .collect()
}

/// What is wrong with one stall as it stands, without remedies: quick enough for every step of a drag.
pub fn check_stall(ground: &Ground, layout: &Layout, stall: &Stall) -> Vec<Breach> {
    let site = Site::new(ground, layout);
    let mut found: Vec<Breach> = site.breaches(stall).into_iter().map(|(_, breach)| breach).collect();
    found.sort_by_key(|breach| (breach.severity, breach.kind.order()));
    found
}

/// Two stalls in the order of their numbers.
pub(super) fn pair(one: &Stall, other: &Stall) -> Vec<StallId> {
    let mut both = [one, other];
    both.sort_by_cached_key(|stall| number_order(&stall.no));
    both.map(|stall| stall.id).to_vec()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::stall;
    use super::*;

    fn ground() -> Ground {
        Ground::parse(include_str!("../../../../server/demo/ground.json")).unwrap()
    }

    fn layout(stalls: &[Stall]) -> Layout {
        Layout::of(stalls.iter().cloned()).unwrap()
    }

    fn cured(ground: &Ground, layout: &Layout, breach: &Breach) -> Vec<Breach> {
        let mut after = layout.clone();
        after.apply(breach.remedy.clone().unwrap()).unwrap();
        check(ground, &after)
    }

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9
    }

    #[test]
    fn a_stall_on_the_fire_lane_is_told_by_how_much_and_where_to_go() {
        let mut twelve = stall(12, 36.4, 11.0);
        twelve.w = 4.0;
        let layout = layout(&[stall(11, 30.0, 11.0), twelve.clone()]);
        let found = check(&ground(), &layout);
        assert_eq!(found.len(), 1, "{found:?}");
        let breach = &found[0];
        assert_eq!(breach.stalls, vec![twelve.id]);
        assert_eq!(breach.severity, Severity::Error);
        assert!(near(breach.amount, 0.4), "{breach:?}");
        let Kind::OnFireLane { clear, required } = breach.kind else { panic!("{breach:?}") };
        assert!(near(clear, 3.6) && near(required, 4.0));
        assert_eq!(breach.remedy, Some(Edit::Move { stalls: vec![twelve.id], dx: -0.4, dy: 0.0 }));
        assert!(cured(&ground(), &layout, breach).is_empty());
    }

    #[test]
    fn planted_breaches_are_found_each_with_its_kind_and_metres() {
        let table: [(Stall, &str, f64, Severity); 6] = [
            (stall(1, 1.2, 10.0), "OutOfZone", 0.3, Severity::Error),
            (stall(1, 21.0, 4.0), "Blocks", 0.5, Severity::Error),
            (stall(1, 9.8, 10.0), "OnObstacle", 0.2, Severity::Warning),
            (stall(1, 9.0, 10.0), "OnObstacle", 1.0, Severity::Error),
            (stall(1, 39.0, 8.0), "OnFireLane", 2.5, Severity::Error),
            (stall(1, 12.0, 12.5), "Overlap", 1.0, Severity::Error),
        ];
        for (planted, kind, amount, severity) in table {
            let mut all = vec![planted.clone()];
            if kind == "Overlap" {
                all.push(stall(2, 14.0, 13.0));
            }
            let layout = layout(&all);
            let found = check(&ground(), &layout);
            assert_eq!(found.len(), 1, "{planted:?}: {found:?}");
            assert!(format!("{:?}", found[0].kind).starts_with(kind), "{found:?}");
            assert!(near(found[0].amount, amount), "{found:?}");
            assert_eq!(found[0].severity, severity, "{found:?}");
            assert!(cured(&ground(), &layout, &found[0]).is_empty(), "{found:?}");
        }
    }

    #[test]
    fn the_demo_layouts_break_no_rule() {
        let files = [
            include_str!("../../../../server/demo/layout-fair.json"),
            include_str!("../../../../server/demo/layout-rain.json"),
        ];
        let [fair, rain] = files.map(|file| {
            let spots = super::super::Spot::parse_all(file).unwrap();
            let ids = (1..).map(|n| stall(n, 0.0, 0.0).id);
            Layout::of(spots.into_iter().zip(ids).map(|(spot, id)| spot.stall(id).unwrap())).unwrap()
        });
        let names = |layout: &Layout| -> Vec<_> {
            layout.in_order().iter().map(|s| (s.no.clone(), s.zone.clone())).collect()
        };
        assert_eq!(names(&fair).len(), 14);
        assert_eq!(names(&fair), names(&rain));
        assert_eq!(check(&ground(), &fair), vec![]);
        assert_eq!(check(&ground(), &rain), vec![]);
        assert!(rain.stalls().values().all(|s| ground().area_at(s.centre()).unwrap().shelter));
    }

    #[test]
    fn stalls_that_only_touch_are_no_breach() {
        let layout = layout(&[stall(1, 12.0, 5.0), stall(2, 15.0, 5.0), stall(3, 12.0, 8.0)]);
        assert_eq!(check(&ground(), &layout), vec![]);
    }

    #[test]
    fn a_remedy_does_not_push_a_stall_into_its_neighbour() {
        let mut twelve = stall(12, 36.4, 11.0);
        twelve.w = 4.0;
        let layout = layout(&[stall(11, 32.8, 11.0), twelve]);
        let found = check(&ground(), &layout);
        assert_eq!(found.len(), 1);
        assert!(cured(&ground(), &layout, &found[0]).is_empty(), "{found:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn every_remedy_cures_its_breach(
            places in prop::collection::vec((0.0..42.0f64, 0.0..26.0f64, 0.0..360.0f64), 1..7),
        ) {
            let ground = ground();
            let layout = layout(&places.iter().zip(1..).map(|((x, y, angle), n)| {
                Stall { angle: *angle, ..stall(n, *x, *y) }
            }).collect::<Vec<_>>());
            let found = check(&ground, &layout);
            for breach in found.iter().filter(|breach| breach.remedy.is_some()) {
                let rest = cured(&ground, &layout, breach);
                let same = |other: &&Breach| other.kind.order() == breach.kind.order() && other.stalls == breach.stalls;
                let was = found.iter().filter(same).count();
                prop_assert!(rest.iter().filter(same).count() < was, "{breach:?}");
            }
        }

        #[test]
        fn the_overlaps_are_those_that_areas_say(places in prop::collection::vec((5.0..20.0f64, 5.0..20.0f64, 0.0..360.0f64), 2..6)) {
            let stalls: Vec<Stall> = places.iter().zip(1..).map(|((x, y, angle), n)| {
                Stall { angle: *angle, ..stall(n, *x, *y) }.sound().unwrap()
            }).collect();
            let found = check(&ground(), &layout(&stalls));
            for (i, one) in stalls.iter().enumerate() {
                for other in &stalls[i + 1..] {
                    let shared = crate::geometry::clip(&one.footprint().corners(), &other.footprint().corners());
                    let area = crate::geometry::signed_area(&shared);
                    let told = found.iter().any(|b| b.kind == Kind::Overlap && b.stalls == vec![one.id, other.id]);
                    prop_assert_eq!(told, area > super::super::near::TOUCH, "{}", area);
                }
            }
        }
    }
}
