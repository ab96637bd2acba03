//! Two rules over the words of an appeal: which appeals may be the same matter, and which words mean that
//! somebody should call for help first.

use std::collections::BTreeSet;

/// From here on two appeals may be the same matter.
pub const ALIKE: f64 = 0.34;

/// The number to call before anything is written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Emergency {
    /// 110
    Police,
    /// 119
    Fire,
    /// 120
    Ambulance,
}

const FIRE: [&str; 8] = ["着火", "起火", "失火", "冒烟", "煤气泄漏", "燃气泄漏", "煤气味", "爆炸"];
const AMBULANCE: [&str; 8] = ["晕倒", "昏倒", "没有呼吸", "心脏病发", "大出血", "触电", "中毒", "不省人事"];
const POLICE: [&str; 8] = ["打人", "持刀", "被打", "抢劫", "家暴", "轻生", "跳楼", "自杀"];

impl Emergency {
    /// What the words sound like, if they sound like danger.
    pub fn heard(words: &str) -> Option<Self> {
        let says = |list: &[&str]| list.iter().any(|word| words.contains(word));
        if says(&FIRE) {
            Some(Self::Fire)
        } else if says(&AMBULANCE) {
            Some(Self::Ambulance)
        } else if says(&POLICE) {
            Some(Self::Police)
        } else {
            None
        }
    }

    /// `119`
    pub const fn number(self) -> &'static str {
        match self {
            Self::Police => "110",
            Self::Fire => "119",
            Self::Ambulance => "120",
        }
    }
}

/// Neighbouring letters, without marks and blanks.
fn pairs(text: &str) -> BTreeSet<(char, char)> {
    let letters: Vec<char> =
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    letters.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

/// How much two texts have in common, from 0 to 1 (Sørensen-Dice over pairs of letters).
pub fn likeness(one: &str, other: &str) -> f64 {
    let (one, other) = (pairs(one), pairs(other));
    let all = one.len() + other.len();
    if all == 0 { 0.0 } else { 2.0 * one.intersection(&other).count() as f64 / all as f64 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_same_lamp_is_recognized_and_another_matter_is_not() {
        let lamp = "三栋门口的路灯不亮";
        assert!(likeness(lamp, "三栋门口路灯坏了，不亮") >= ALIKE);
        assert!(likeness(lamp, "3栋楼下的路灯不亮了。") >= ALIKE);
        for other in ["夜里广场舞太吵", "想问医保怎么办", ""] {
            assert!(likeness(lamp, other) < ALIKE, "{other}");
        }
    }

    #[test]
    fn danger_is_told_where_to_call() {
        assert_eq!(Emergency::heard("五楼起火了").map(Emergency::number), Some("119"));
        assert_eq!(Emergency::heard("有位老人晕倒在花坛边").map(Emergency::number), Some("120"));
        assert_eq!(Emergency::heard("楼下有人打人").map(Emergency::number), Some("110"));
        assert_eq!(Emergency::heard("路灯不亮"), None);
    }

    proptest! {
        #[test]
        fn likeness_is_between_nothing_and_the_same(one in ".{0,40}", other in ".{0,40}") {
            let much = likeness(&one, &other);
            prop_assert!((0.0..=1.0).contains(&much));
            prop_assert!((much - likeness(&other, &one)).abs() < 1e-9);
        }
    }
}
