//! A ground is written as it was read, and nonsense is refused.

mod change;
mod file;

use super::*;

const SHIYUAN: &str = include_str!("../../../../../server/demo/ground.json");

#[test]
fn the_demo_ground_is_written_as_it_was_read() {
    let ground = Ground::parse(SHIYUAN).unwrap();
    assert_eq!(ground.zones.len(), 2);
    assert_eq!(ground.keep_clear[0].width, Some(4.0));
    assert_eq!(ground.outlet("o4").unwrap().cap_w, 3500);
    let written = serde_json::to_value(&ground).unwrap();
    assert_eq!(written, lax(serde_json::from_str(SHIYUAN).unwrap()));
    assert_eq!(Ground::parse(&written.to_string()).unwrap(), ground);
}

/// Numbers as floats, so that `4` and `4.0` compare equal; watts and counts stay whole.
fn lax(value: serde_json::Value) -> serde_json::Value {
    match value {
        serde_json::Value::Number(n) => n.as_f64().into(),
        serde_json::Value::Array(all) => all.into_iter().map(lax).collect(),
        serde_json::Value::Object(map) => map
            .into_iter()
            .map(|(key, v)| {
                if ["cap_w", "max_run", "opacity"].contains(&key.as_str()) { (key, v) } else { (key, lax(v)) }
            })
            .collect(),
        other => other,
    }
}

#[test]
fn every_kind_on_the_demo_ground_has_a_name() {
    let ground = Ground::parse(SHIYUAN).unwrap();
    let kinds = ground.obstacles.iter().map(|o| &o.kind).chain(ground.keep_clear.iter().map(|k| &k.kind));
    for kind in kinds {
        assert_ne!(label(kind).0, kind);
    }
}

#[test]
fn everything_a_square_may_have_is_written_as_it_was_read() {
    let mut full: serde_json::Value = lax(serde_json::from_str(SHIYUAN).unwrap());
    full["outline"] = serde_json::json!([[-2.0, -2.0], [62.0, -2.0], [62.0, 48.0], [-2.0, 48.0]]);
    full["exits"] = serde_json::json!([[42.0, 9.0]]);
    full["circuits"] = serde_json::json!([{"id": "c1", "cap_w": 9000}]);
    full["outlets"][0]["circuit"] = "c1".into();
    full["facilities"] = serde_json::json!([
        {"kind": "aed", "at": [30.0, 35.0], "label": "北馆服务台"}, {"kind": "seat", "at": [2.0, 3.0]}
    ]);
    full["patches"] = serde_json::json!([{"kind": "shade", "polygon": [[0.0, 0.0], [5.0, 0.0], [5.0, 5.0]]}]);
    full["backdrop"] = serde_json::json!(
        {"image": "0f".repeat(16), "at": [0.0, 0.0], "w": 60.0, "h": 45.0, "angle": 0.0, "opacity": 40}
    );
    let ground = Ground::parse(&full.to_string()).unwrap();
    assert_eq!(serde_json::to_value(&ground).unwrap(), full);
    assert!(ground.is_on("shade", Point::new(4.0, 1.0)) && !ground.is_on("shade", Point::new(9.0, 9.0)));
    full["backdrop"]["opacity"] = 140.into();
    assert!(Ground::parse(&full.to_string()).is_err());
}

#[test]
fn nonsense_is_refused() {
    let good: serde_json::Value = serde_json::from_str(SHIYUAN).unwrap();
    let cases: &[(&str, serde_json::Value)] = &[
        ("/schema", "venue/2".into()),
        ("/zones", serde_json::json!([])),
        ("/zones/0/stall/w", 0.into()),
        ("/zones/0/stall/w", (-3).into()),
        ("/zones/1/id", "plaza".into()),
        ("/zones/0/polygon", serde_json::json!([[0, 0], [1, 1]])),
        ("/obstacles/0/clear", (-1).into()),
        ("/outlets/0/at", serde_json::json!([1e12, 0])),
        ("/outlets/0/cap_w", (-5).into()),
        ("/rules/fire_lane", serde_json::Value::Null),
        ("/keep_clear/0/width", 0.into()),
        ("/outlets/0/circuit", "nowhere".into()),
    ];
    for (place, value) in cases {
        let mut bad = good.clone();
        let (parent, key) = place.rsplit_once('/').unwrap();
        match bad.pointer_mut(parent).unwrap() {
            serde_json::Value::Array(all) => all[key.parse::<usize>().unwrap()] = value.clone(),
            other => other[key] = value.clone(),
        }
        assert!(Ground::parse(&bad.to_string()).is_err(), "{place} = {value}");
    }
    let mut bad = good;
    bad["surprise"] = 1.into();
    assert!(Ground::parse(&bad.to_string()).is_err());
}

#[test]
fn a_ground_of_a_long_name_that_a_form_took_is_still_read() {
    let title = "诗".repeat(120);
    let ground = Ground::rectangle(&title, 40.0, 25.0).unwrap();
    let text = serde_json::to_string(&ground).unwrap();
    assert_eq!(Ground::parse(&text).unwrap(), ground);
    assert!(Ground::rectangle(&"诗".repeat(121), 40.0, 25.0).is_err());
}
