//! From a layout on its ground to the stalls as the rules of assignment see them: metres become centimetres.

use super::{Circuit, Outlet, Spot, board};
use crate::StallId;
use crate::geometry::Point;
use crate::ground::Ground;
use crate::layout::{Kind, Layout, Site, Stall, Use, Uses};
use crate::order::Order as _;

/// Every stall of a layout, in the order of the numbers.
pub fn spots(ground: &Ground, layout: &Layout) -> Vec<Spot> {
    spots_beside(ground, layout, &stepped(ground, layout))
}

/// The stalls to which no wheelchair gets without steps. It looks at every way of the ground: a browser is told.
pub fn stepped(ground: &Ground, layout: &Layout) -> Vec<StallId> {
    let wheels = Use { step_free: true, ..Use::default() };
    let uses: Uses = layout.stalls().keys().map(|stall| (*stall, wheels)).collect();
    Site::new(ground, layout, &uses).not_step_free()
}

/// [`spots()`] where it is known which stalls are [`stepped`].
pub fn spots_beside(ground: &Ground, layout: &Layout, stepped: &[StallId]) -> Vec<Spot> {
    let unsafe_here = |kind: &Kind| matches!(kind, Kind::OnFireLane { .. } | Kind::Blocks(_));
    let site = Site::new(ground, layout, &Uses::new());
    let bars = |stall: &Stall| site.check_stall(stall).iter().any(|breach| unsafe_here(&breach.kind));
    let closed: Vec<StallId> =
        layout.stalls().values().filter(|stall| bars(stall)).map(|stall| stall.id).collect();
    let spot = |stall: &Stall| Spot {
        closed: closed.contains(&stall.id),
        step_free: !stepped.contains(&stall.id),
        ..spot(ground, stall)
    };
    layout.in_order().into_iter().map(spot).collect()
}

fn spot(ground: &Ground, stall: &Stall) -> Spot {
    let centre = stall.centre();
    let nearest = |places: &[Point]| places.iter().map(|at| apart(*at, centre)).min();
    let mut outlets: Vec<_> = ground
        .outlets
        .iter()
        .map(|outlet| Outlet {
            id: outlet.id.clone(),
            distance_cm: apart(outlet.at, centre),
            reach_cm: centimetres(outlet.reach),
            capacity_w: i64::from(outlet.cap_w),
            circuit: ground
                .fuses(outlet)
                .find(|fuse| fuse.shared)
                .map(|fuse| Circuit { id: fuse.id.to_owned(), capacity_w: i64::from(fuse.cap_w) }),
        })
        .collect();
    // The outlet that the layout wires the stall to comes first, then the nearest.
    let wired = |outlet: &Outlet| stall.outlet.as_deref() == Some(outlet.id.as_str());
    outlets.order_by_key(|outlet| (!wired(outlet), outlet.distance_cm));
    Spot {
        stall: stall.id,
        no: stall.no.clone(),
        zone: stall.zone.clone(),
        at_cm: (centimetres(stall.x), centimetres(stall.y)),
        width_cm: centimetres(stall.w),
        sheltered: ground.area_at(centre).is_some_and(|area| area.shelter),
        closed: false,
        step_free: true,
        outlets,
        water_cm: nearest(&ground.water),
        entrance_cm: nearest(&ground.entrances),
    }
}

/// How good a stall's spot is for anybody, 0 to 100, by where it stands on its ground.
pub fn quality(ground: &Ground, stall: &Stall) -> i64 {
    let centre = stall.centre();
    board::quality(ground.entrances.iter().map(|at| apart(*at, centre)).min())
}

fn apart(a: Point, b: Point) -> i64 {
    centimetres(a.minus(b).length())
}

/// Whole centimetres; places on a ground are far within the range.
fn centimetres(metres: f64) -> i64 {
    (metres * 100.0).round() as i64
}
