//! Shapes, cut and measured.

use proptest::prelude::*;

use super::*;

fn polygon(points: &[[f64; 2]]) -> Polygon {
    Polygon::try_from(points.iter().copied().map(Point::from).collect::<Vec<_>>()).unwrap()
}

#[test]
fn an_l_shape_is_clipped_to_its_exact_area() {
    let l = polygon(&[[0.0, 0.0], [4.0, 0.0], [4.0, 1.0], [1.0, 1.0], [1.0, 4.0], [0.0, 4.0]]);
    assert!((l.area() - 7.0).abs() < 1e-12);
    let square = Footprint { centre: Point::new(2.0, 2.0), w: 3.0, d: 3.0, angle: 0.0 };
    let both = clip(l.points(), &square.corners());
    assert!((signed_area(&both) - (3.0 * 0.5 + 0.5 * 3.0 - 0.25)).abs() < 1e-12);
    assert!(l.contains(Point::new(0.5, 3.0)) && !l.contains(Point::new(2.0, 2.0)));
}

#[test]
fn nonsense_is_no_polygon() {
    for points in ["[[0,0],[1,1]]", "[[0,0],[1,1],[2,2]]", "[[0,0],[1,0],[0,1e9]]", "[[0,0],[1,0],[0,null]]"]
    {
        assert!(serde_json::from_str::<Polygon>(points).is_err(), "{points}");
    }
}

#[test]
fn a_grown_square_is_a_larger_square() {
    let square = polygon(&[[0.0, 0.0], [0.0, 2.0], [2.0, 2.0], [2.0, 0.0]]);
    assert!((signed_area(&square.grown(0.5)) - 9.0).abs() < 1e-9);
}

proptest! {
    #[test]
    fn the_parts_of_two_rectangles_are_the_same_seen_from_either(
        x in -3.0..3.0f64, y in -3.0..3.0f64, angle in 0.0..360.0f64, w in 0.5..4.0f64, d in 0.5..4.0f64,
    ) {
        let one = Footprint { centre: Point::default(), w: 3.0, d: 2.0, angle: 20.0 };
        let other = Footprint { centre: Point::new(x, y), w, d, angle };
        let there = signed_area(&clip(&one.corners(), &other.corners()));
        let back = signed_area(&clip(&other.corners(), &one.corners()));
        prop_assert!((there - back).abs() < 1e-9);
        prop_assert!(there <= one.area().min(other.area()) + 1e-9);
    }
}
