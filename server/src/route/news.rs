//! What people are told about places after a switch, in plain words.

use std::collections::BTreeMap;

use kaishi_app::words::Lang;
use kaishi_app::words::rain::{all_moved, back, moved, place};
use kaishi_domain::Moment;
use kaishi_domain::moment::HOUR;
use kaishi_domain::poster::Sign;
use kaishi_store::Standings;

/// For so long people are told that everybody is back.
const BACK_FOR: i64 = HOUR;

/// `下雨了，12号摊移到了连廊东侧，旁边是11号、14号。`; nothing where the stall stands as in fair weather.
pub fn of_stall(lang: Lang, told: &Standings, sign: &Sign) -> Option<String> {
    let standing = told.stalls.get(&sign.stall).filter(|standing| standing.moved)?;
    Some(moved(lang, told.cover?, &sign.no, standing.at.as_ref(), &standing.beside))
}

/// The sentence on top of the public page.
pub fn of_market(lang: Lang, told: &Standings, now: Moment) -> Option<String> {
    match told.cover {
        Some(cover) if !told.areas.is_empty() => Some(all_moved(lang, cover, &told.areas)),
        Some(_) => None,
        None => {
            let (cover, at) = told.switched?;
            (0..BACK_FOR).contains(&now.since(at)).then(|| back(lang, cover).to_owned())
        }
    }
}

/// Where each stall stands now, by its number; only while that is news.
pub fn places(lang: Lang, told: &Standings, signs: &[Sign]) -> BTreeMap<String, String> {
    if told.cover.is_none() {
        return BTreeMap::new();
    }
    let said = signs.iter().filter_map(|sign| {
        let at = told.stalls.get(&sign.stall)?.at.as_ref()?;
        Some((sign.no.clone(), place(lang, at)))
    });
    said.collect()
}
