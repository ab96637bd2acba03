//! Bends a JSON document that is in order: so much of what is read lies behind its shape that bytes alone seldom get
//! there. Four bytes are one bend: which place, which way, how far.

use std::fmt::Write as _;

use serde_json::{Map, Value};

/// More bends than this make noise.
const MOST: usize = 32;
/// A list or a text is never made longer than this.
const LONGEST: usize = 600;
/// Nor a document that has more places.
const LARGEST: usize = 6_000;
/// Numbers that have broken something somewhere.
const NUMBERS: [f64; 16] = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    1e-9,
    1e-300,
    1e9,
    -1e9,
    1e300,
    4.0,
    270.0,
    359.99,
    10_000.0,
    10_000.1,
    9_007_199_254_740_993.0,
];
/// Texts likewise.
const TEXTS: [&str; 12] =
    ["", " ", "A", "1", "01", "=1+1", "\u{202e}", "fire_lane", "𠮷", "\n", "null", "</svg><script>"];

/// The document that bytes stand for: themselves where they begin like JSON, else the one in order with bends.
pub(super) fn document(bytes: &[u8], in_order: &str) -> String {
    if matches!(bytes.first(), Some(b'{' | b'[' | b' ' | b'\n' | 0xef)) {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    let mut value: Value = serde_json::from_str(in_order).unwrap_or_default();
    for four in bytes.chunks_exact(4).take(MOST) {
        bend(&mut value, [four[0], four[1], four[2], four[3]]);
    }
    value.to_string()
}

fn bend(document: &mut Value, [high, low, way, far]: [u8; 4]) {
    let mut places = Vec::new();
    walk(document, &mut String::new(), &mut places);
    let at = usize::from(u16::from_be_bytes([high, low])) % places.len();
    let other = document.pointer(&places[usize::from(far) % places.len()]).cloned().unwrap_or_default();
    let last = places[at].rsplit_once('/').map(|(above, own)| (above.to_owned(), own.to_owned()));
    let Some(spot) = document.pointer_mut(&places[at]) else { return };
    let far = usize::from(far);
    match way % 12 {
        0 => *spot = NUMBERS[far % NUMBERS.len()].into(),
        1 => *spot = TEXTS[far % TEXTS.len()].into(),
        2 => *spot = Value::Null,
        3 => *spot = if far.is_multiple_of(2) { Value::Array(Vec::new()) } else { Value::Object(Map::new()) },
        4 if places.len() < LARGEST => *spot = other,
        4..=7 => shift(spot, far),
        8 => *spot = i64::MIN.wrapping_add(far as i64).into(),
        _ => {
            let Some((above, own)) = last else { return };
            match document.pointer_mut(&above) {
                Some(Value::Array(list)) => in_list(list, own.parse().unwrap_or(0), way, far),
                Some(Value::Object(map)) => {
                    let gone = map.remove(&own).unwrap_or_default();
                    if far % 3 == 0 {
                        map.insert(TEXTS[far % TEXTS.len()].to_owned(), gone);
                    }
                }
                _ => {}
            }
        }
    }
}

/// A number goes on a little or a lot; a truth turns; a text is doubled.
fn shift(spot: &mut Value, far: usize) {
    let step = far as f64 - 128.0;
    match spot {
        Value::Number(number) => {
            let was = number.as_f64().unwrap_or(0.0);
            *spot = (if far.is_multiple_of(2) { was + step / 8.0 } else { was * step / 16.0 }).into();
        }
        Value::Bool(is) => *spot = (!*is).into(),
        Value::String(text) if text.len() < LONGEST => *spot = text.repeat(far % 40).into(),
        _ => {}
    }
}

fn in_list(list: &mut Vec<Value>, at: usize, way: u8, far: usize) {
    match way % 12 {
        9 if at < list.len() => drop(list.remove(at)),
        10 if at < list.len() && !list[at].is_array() => {
            let one = list[at].clone();
            let times = far.min(LONGEST.saturating_sub(list.len()));
            list.splice(at..at, std::iter::repeat_n(one, times));
        }
        _ if !list.is_empty() => {
            let by = far % list.len();
            list.rotate_left(by);
        }
        _ => {}
    }
}

/// Every place of a document as a pointer.
fn walk(value: &Value, at: &mut String, places: &mut Vec<String>) {
    places.push(at.clone());
    let length = at.len();
    match value {
        Value::Array(list) => {
            for (nth, one) in list.iter().enumerate() {
                let _ = write!(at, "/{nth}");
                walk(one, at, places);
                at.truncate(length);
            }
        }
        Value::Object(map) => {
            for (name, one) in map {
                at.push('/');
                at.push_str(&name.replace('~', "~0").replace('/', "~1"));
                walk(one, at, places);
                at.truncate(length);
            }
        }
        _ => {}
    }
}
