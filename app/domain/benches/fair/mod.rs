//! Markets of any size by chance: halls of a hundred stalls, units of twenty kinds, circuits that are not enough for
//! all, loud beside quiet. Made up: a search that is good on one of them only is good for nothing.

use kaishi_domain::assignment::plan::{Circuit, Instance};
use kaishi_domain::chance::Seeded;
use serde_json::{Value, json};

const KINDS: [&str; 20] = [
    "政策咨询",
    "法律援助",
    "健康义诊",
    "就业创业",
    "小个微",
    "声画学堂",
    "啡你莫属",
    "美食饮品",
    "爱心义卖",
    "网格有约",
    "急救课堂",
    "志愿招募",
    "便民理发",
    "手作沙龙",
    "反诈宣传",
    "书记有约",
    "墨宝长青",
    "民意围炉",
    "家电维修",
    "文明列车",
];

/// A market of about so many stalls, five units for six of them.
pub(crate) fn market(stalls: u64, seed: u64) -> Instance {
    let dice = Seeded::new(seed.wrapping_mul(1_000_003) ^ stalls);
    let of = |list: &[i64]| list[dice.below(list.len() as u64) as usize];
    let one_in = |n: u64| dice.below(n) == 0;
    let rows: Vec<Vec<u64>> =
        (0..stalls.div_ceil(10)).map(|row| (row * 10..stalls.min(row * 10 + 10)).collect()).collect();
    let side = rows.iter().flat_map(|row| row.windows(2).map(|pair| [pair[0], pair[1]]));
    let back = (0..stalls).filter(|at| at / 10 % 2 == 0 && at + 10 < stalls).map(|at| [at, at + 10]);
    let adjacent: Vec<[u64; 2]> = side.chain(back).collect();
    let circuits: Vec<Circuit> = (0..stalls.div_ceil(6))
        .map(|n| Circuit { id: format!("c{n}"), cap_w: of(&[3_500, 4_400, 7_000]) })
        .collect();
    let zone = |at: u64| format!("hall{}", at / 100);
    let places: Vec<Value> = (0..stalls)
        .map(|at| {
            let (hall, row, column) = (at / 100, at / 10 % 10, at % 10);
            let (x, y) = (hall * 6_000 + column * 300, row / 2 * 1_000 + row % 2 * 300);
            let powered = !one_in(3);
            json!({
                "id": format!("S{at}"), "x_cm": x, "y_cm": y, "w_cm": 300, "zone": zone(at),
                "circuit": powered.then(|| format!("c{}", at / 6)),
                "power_w": if powered { of(&[2_500, 2_500, 3_500]) } else { 0 },
                "water": one_in(4), "shelter": hall % 2 == 0 || one_in(3), "step_free": true,
                "entr_cm": x % 6_000 / 2 + y, "quality": 100 - (x % 6_000 + y) as i64 / 80,
            })
        })
        .collect();
    let count = stalls * 5 / 6;
    let units: Vec<Value> = (0..count)
        .map(|n| {
            let kind = dice.below(20) as usize;
            let loud = kind % 2 == 1;
            let weeks = of(&[0, 4, 6, 12]);
            let wishes = dice.below(4);
            let at = |_| dice.below(stalls);
            let listed: Vec<u64> = if one_in(3) { (0..wishes).map(at).collect() } else { Vec::new() };
            let zones: Vec<String> = if one_in(2) { (0..wishes.min(2)).map(|n| zone(at(n))).collect() } else { Vec::new() };
            let slots = if one_in(16) { 2 } else { 1 };
            json!({
                "id": format!("U{n}"), "category": KINDS[kind], "slots_min": slots, "slots_max": slots,
                "power_w": if one_in(3) { of(&[150, 300, 500, 800, 1_000, 2_000]) } else { 0 },
                "water": one_in(14), "priority": of(&[1, 2, 2, 3]), "pref_stalls": listed, "pref_zones": zones,
                "elder": of(&[0, 0, 1, 1, 2]), "noise": if loud { of(&[1, 1, 2, 3]) } else { 0 },
                "quiet": if loud { 0 } else { of(&[1, 2, 3]) }, "draw": of(&[40, 90, 150, 200]),
                "hist_sum": weeks * of(&[30, 50, 60, 80]), "hist_n": weeks,
                "last": (!one_in(3)).then(|| dice.below(stalls)),
            })
        })
        .collect();
    let level = |n: usize, key: &str| units[n][key].as_i64().unwrap_or(0);
    let mut apart: Vec<(usize, usize, i64)> = Vec::new();
    for one in 0..count as usize {
        for other in 0..count as usize {
            let pair = (level(one, "noise"), level(other, "quiet"));
            if pair == (3, 3) || (pair == (2, 2) && one_in(3)) {
                apart.push((one, other, if pair == (3, 3) { 900 } else { 0 }));
            }
        }
    }
    let pair = |_| (dice.below(count), 1 + dice.below(count - 1), 1 + dice.below(3));
    let visitors: Vec<(u64, u64, u64)> =
        (0..count * 2 / 5).map(pair).map(|(one, by, n)| (one, (one + by) % count, n)).collect();
    let market = json!({
        "schema": "market-assign/1", "rain": false,
        "weights": { "pref": 10, "fair": 1, "move": 8, "access": 2, "affinity": 2, "spread": 15, "cluster": 6,
            "noise": 10, "balance": i64::from(stalls < 100), "short": 12 },
        "stalls": places, "circuits": circuits, "rows": rows, "adjacent": adjacent, "units": units,
        "incompatible": apart, "affinity": visitors, "cluster": KINDS[..5], "spread": KINDS[5..9], "category_caps": [],
    });
    Instance::parse(&market.to_string()).expect("a market")
}
