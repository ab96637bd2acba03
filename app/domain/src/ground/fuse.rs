//! Which fuses an outlet hangs on, and which outlet feeds a place. The only home of both rules: the check of a
//! layout and the assignment ask here.

use super::{Ground, Outlet};
use crate::geometry::Point;

/// What blows when too much is drawn.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Fuse<'a> {
    /// Whether it is a circuit that several outlets may share, or an outlet's own.
    pub shared: bool,
    /// The circuit's or the outlet's id.
    pub id: &'a str,
    /// Watts.
    pub cap_w: u32,
}

impl Ground {
    /// The fuses of an outlet: its own, and its circuit's if it hangs on one.
    pub fn fuses<'a>(&'a self, outlet: &'a Outlet) -> impl Iterator<Item = Fuse<'a>> {
        let circuit = outlet.circuit.as_deref().and_then(|id| self.circuit(id));
        let shared = circuit.map(|circuit| Fuse { shared: true, id: &circuit.id, cap_w: circuit.cap_w });
        std::iter::once(Fuse { shared: false, id: &outlet.id, cap_w: outlet.cap_w }).chain(shared)
    }

    /// Watts that an outlet can give when nobody else draws.
    pub fn most_watts(&self, outlet: &Outlet) -> u32 {
        self.fuses(outlet).map(|fuse| fuse.cap_w).min().unwrap_or(outlet.cap_w)
    }

    /// The outlet that would feed so many watts at a place, and its distance in metres: the one it is wired to,
    /// or the nearest in reach that can give so much, or the nearest in reach, or the nearest.
    pub fn feed(&self, at: Point, wired: Option<&str>, watts: u32) -> Option<(&Outlet, f64)> {
        let far = |outlet: &Outlet| outlet.at.minus(at).length();
        if let Some(outlet) = wired.and_then(|id| self.outlet(id)) {
            return Some((outlet, far(outlet)));
        }
        let rank = |outlet: &Outlet, distance: f64| {
            let reaches = outlet.reaches(distance);
            (!(reaches && self.most_watts(outlet) >= watts), !reaches)
        };
        let all = self.outlets.iter().map(|outlet| (outlet, far(outlet)));
        all.min_by(|a, b| rank(a.0, a.1).cmp(&rank(b.0, b.1)).then_with(|| a.1.total_cmp(&b.1)))
    }
}

impl Outlet {
    /// Whether its cable gets so many metres far, to the centimetre.
    pub fn reaches(&self, distance: f64) -> bool {
        (distance * 100.0).round() <= (self.reach * 100.0).round()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ground() -> Ground {
        let mut ground = Ground::parse(include_str!("../../../../server/demo/ground.json")).unwrap();
        ground.circuits.push(super::super::Circuit { id: "c1".into(), cap_w: 5_000 });
        for id in ["o1", "o2"] {
            let outlet = ground.outlets.iter_mut().find(|outlet| outlet.id == id).unwrap();
            outlet.circuit = Some("c1".into());
        }
        ground
    }

    #[test]
    fn an_outlet_without_a_circuit_is_its_own_fuse() {
        let ground = ground();
        let fuses = |id: &str| -> Vec<_> {
            ground.fuses(ground.outlet(id).unwrap()).map(|fuse| (fuse.shared, fuse.id, fuse.cap_w)).collect()
        };
        assert_eq!(fuses("o4"), vec![(false, "o4", 3_500)]);
        assert_eq!(fuses("o1"), vec![(false, "o1", 7_000), (true, "c1", 5_000)]);
        assert_eq!(ground.most_watts(ground.outlet("o1").unwrap()), 5_000);
    }

    #[test]
    fn a_place_is_fed_from_where_it_is_wired_or_from_the_nearest_that_will_do() {
        let ground = ground();
        let fed = |x: f64, y: f64, wired: Option<&str>, watts: u32| {
            ground.feed(Point::new(x, y), wired, watts).map(|(outlet, _)| outlet.id.as_str())
        };
        let table = [
            ((11.5, 11.0), None, 900, Some("o4")),
            ((11.5, 11.0), Some("o2"), 900, Some("o2")),
            ((11.5, 11.0), Some("gone"), 900, Some("o4")),
            ((20.0, 43.0), None, 900, Some("o3")),
            ((14.0, 40.0), None, 4_800, Some("o1")),
            ((20.0, 43.0), None, 6_000, Some("o3")),
            ((20.0, 25.0), None, 900, Some("o4")),
        ];
        for ((x, y), wired, watts, want) in table {
            assert_eq!(fed(x, y, wired, watts), want, "{x} {y} {wired:?} {watts}");
        }
    }
}
