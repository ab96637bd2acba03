//! Arranging a ground in a bundle of its own, which a page loads when somebody asks for it: text in, text out.
//! The page's half is `islands::editor::arrange`.

use kaishi_domain::arrange::Wish;
use kaishi_domain::ground::Ground;
use serde::{Deserialize, Serialize};

use crate::words::Lang;

/// What is asked.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Ask {
    /// Where.
    pub ground: Ground,
    /// What is wanted.
    pub wish: Wish,
    /// In which language to say what keeps an area from holding more.
    pub lang: Lang,
}

/// What comes out.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Answer {
    /// Of each place its centre, its width and depth, its angle and where its counter looks.
    pub places: Vec<[f64; 6]>,
    /// Of each area its name, how many it holds, and what keeps it from holding more.
    pub areas: Vec<[String; 3]>,
}

/// Arranges.
#[cfg(any(feature = "arrange", test))]
pub fn answer(ask: &Ask) -> Answer {
    let words = crate::words::arrange::Arrange(ask.lang);
    let arranged = kaishi_domain::arrange::arrange(&ask.ground, &ask.wish);
    let places = arranged.stalls.iter().map(|at| [at.x, at.y, at.w, at.d, at.angle, at.facing]).collect();
    let area = |filled: &kaishi_domain::arrange::Filled| {
        let known = ask.ground.zones.iter().find(|area| area.id == filled.area);
        let why: Vec<_> = filled.limits.iter().take(3).map(|limit| words.limit_on(*limit)).collect();
        let name = known.map(|area| area.name.clone()).unwrap_or_default();
        [name, words.holds(filled.count, filled.most), why.join(words.comma())]
    };
    Answer { places, areas: arranged.areas.iter().map(area).collect() }
}

/// For the page: an `Ask` in, an `Answer` out, both JSON. What cannot be read finds no place.
#[cfg(feature = "arrange")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn arrange(ask: &str) -> String {
    let answer = serde_json::from_str(ask).map(|ask| answer(&ask)).unwrap_or_default();
    serde_json::to_string(&answer).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_over_to_the_bundle_and_back_is_what_the_domain_says() {
        let ground = Ground::parse(include_str!("../../server/demo/ground.json")).unwrap();
        let wish = Wish { target: Some(9), seed: 1, ..Wish::default() };
        let plain = kaishi_domain::arrange::arrange(&ground, &wish);
        let ask = serde_json::to_string(&Ask { ground, wish, lang: Lang::Zh }).unwrap();
        let answer = answer(&serde_json::from_str(&ask).unwrap());
        let read: Answer = serde_json::from_str(&serde_json::to_string(&answer).unwrap()).unwrap();
        assert_eq!(read, answer);
        let places: Vec<_> =
            plain.stalls.iter().map(|at| [at.x, at.y, at.w, at.d, at.angle, at.facing]).collect();
        assert_eq!(answer.places, places);
        assert_eq!(answer.areas.len(), plain.areas.len());
    }
}
