//! Finding a unit by its name as it is written or as it sounds: `福中`, `fuzhong`, `fz`, `fuzsq`.
//! Only on the server: the table of sounds is large.

use pinyin::ToPinyinMulti as _;

use super::Unit;

/// One character with all ways to type it.
struct Sign {
    written: char,
    sounds: Vec<String>,
}

/// Full-width letters, case and `ü` are made one kind.
fn plain(c: char) -> impl Iterator<Item = char> {
    let narrow = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        c => c,
    };
    narrow.to_lowercase().map(|c| if c == 'ü' { 'v' } else { c })
}

fn signs(text: &str) -> Vec<Sign> {
    let sounds = |c: char| -> Vec<String> {
        let Some(readings) = c.to_pinyin_multi() else { return Vec::new() };
        let mut sounds: Vec<String> =
            readings.into_iter().map(|one| one.plain().chars().flat_map(plain).collect()).collect();
        sounds.sort_unstable();
        sounds.dedup();
        sounds
    };
    text.chars()
        .flat_map(|c| plain(c).map(move |written| (c, written)))
        .filter(|(_, written)| !written.is_whitespace())
        .map(|(c, written)| Sign { written, sounds: sounds(c) })
        .collect()
}

/// Whether `wanted` is spelled from the beginning of `signs`: each by itself or by the beginning of its sound.
fn spells(signs: &[Sign], wanted: &[char], dead: &mut [Vec<bool>]) -> bool {
    let Some(sign) = signs.first() else { return wanted.is_empty() };
    if wanted.is_empty() {
        return true;
    }
    if dead[signs.len()][wanted.len()] {
        return false;
    }
    let by_itself = wanted[0] == sign.written && spells(&signs[1..], &wanted[1..], dead);
    let found = by_itself
        || sign.sounds.iter().any(|sound| {
            let same = sound.chars().zip(wanted).take_while(|(a, b)| a == *b).count();
            (1..=same).rev().any(|taken| spells(&signs[1..], &wanted[taken..], dead))
        });
    dead[signs.len()][wanted.len()] = !found;
    found
}

/// Whether every word of `query` is found in one of the texts.
pub fn finds(query: &str, texts: &[&str]) -> bool {
    let texts: Vec<Vec<Sign>> = texts.iter().map(|text| signs(text)).collect();
    let words = query.chars().flat_map(plain).collect::<String>();
    words.split_whitespace().all(|word| {
        let word: Vec<char> = word.chars().take(60).collect();
        texts.iter().any(|signs| {
            let mut dead = vec![vec![false; word.len() + 1]; signs.len() + 1];
            (0..signs.len()).any(|from| spells(&signs[from..], &word, &mut dead))
        })
    })
}

impl Unit {
    /// Whether a search finds this unit: by its name, its contact role, or a service.
    pub fn is_found(&self, query: &str) -> bool {
        let mut texts = vec![self.name.as_str(), self.contact_role.as_str()];
        texts.extend(self.services.iter().map(|service| service.name.as_str()));
        finds(query, &texts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_is_found_as_written_by_its_sound_and_by_its_initials() {
        let name = "福中社区老年协会党支部";
        for query in [
            "福中",
            "协会",
            "fuzhong",
            "fz",
            "fzsq",
            "fuzsqlaonian",
            "FuZhong",
            "ｆｚ",
            "zhb",
            "福z社",
            "laonian 支部",
            "",
        ] {
            assert!(finds(query, &[name]), "{query}");
        }
        for query in ["fuzhongx", "zf", "老协", "fz 街道"] {
            assert!(!finds(query, &[name]), "{query}");
        }
    }

    #[test]
    fn a_character_with_two_sounds_is_found_by_both() {
        for query in ["changqing", "zhangqing", "cq", "zq"] {
            assert!(finds(query, &["长青老龄大学"]), "{query}");
        }
        assert!(finds("lv", &["绿化"]) && finds("lü", &["绿化"]));
        assert!(finds("aed", &["找到最近AED"]) && finds("3号", &["３号楼"]));
    }

    #[test]
    fn services_and_roles_are_found_as_well() {
        let unit = crate::unit::tests::unit();
        assert!(unit.is_found("yizhen") && unit.is_found("书记") && unit.is_found("shuhua zbsj"));
    }

    proptest! {
        #[test]
        fn every_part_of_a_name_finds_it(name in "[一-龥a-z0-9]{1,12}", from in 0_usize..12, long in 1_usize..12) {
            let part: String = name.chars().skip(from).take(long).collect();
            prop_assert!(finds(&part, &[&name]));
            let initials: String = part.chars().map(|c| c.to_pinyin_multi().map_or(c.to_string(), |all| all.get(0).first_letter().replace('ü', "v"))).collect();
            prop_assert!(finds(&initials, &[&name]));
        }

        #[test]
        fn odd_queries_do_no_harm(query in ".{0,80}", name in ".{0,60}") {
            let _ = finds(&query, &[&name]);
            let _ = finds(&"a".repeat(60), &[&"阿".repeat(60)]);
        }
    }
}
