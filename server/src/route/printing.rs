//! What must be printed again: the text of each sheet now against its text when it was printed last.
//! A code never changes by a switch, so a poster is printed again only when its words changed.

use std::collections::BTreeMap;

use kaishi_app::pages::rain::{PlaceSign, Print};
use kaishi_app::state::{State, Twins};
use kaishi_app::words::Lang;
use kaishi_app::words::rain::{beside, heading, place, walk};
use kaishi_domain::actor::Organizer;
use kaishi_domain::market::Market;
use kaishi_domain::rain::{Cover, Pair, neighbours, whereabouts};
use kaishi_domain::{MarketRef, StallId};
use kaishi_store::{Result, Sheet};

fn sign_face(sign: &PlaceSign) -> String {
    let near = sign.beside.as_deref().unwrap_or_default();
    [&sign.no, &sign.name, &sign.place, near, &sign.way].join("\n")
}

/// The posters of a market with what stands on each: stalls without a poster have none.
pub async fn poster_faces(
    state: &State,
    by: &Organizer,
    market: &Market,
) -> Result<BTreeMap<StallId, (String, String)>> {
    let at = MarketRef { org: market.org, market: market.id };
    let signs = state.store.signs(at, state.now()).await?;
    let posters = state.store.posters(by, market.id).await?;
    let faces = posters.iter().filter_map(|poster| {
        let sign = signs.iter().find(|sign| sign.stall == poster.stall && !sign.withdrawn)?;
        Some((sign.stall, (sign.no.clone(), sign.face(poster.id))))
    });
    Ok(faces.collect())
}

/// The numbers of the posters whose text is not the one that was printed last.
pub async fn posters_due(state: &State, by: &Organizer, market: &Market) -> Result<Vec<String>> {
    let faces = poster_faces(state, by, market).await?;
    let printed = state.store.printed(by, market.id, Sheet::Poster).await?;
    let changed = faces.into_iter().filter(|(stall, (_, face))| printed.get(stall) != Some(face));
    Ok(sorted(changed.map(|(_, (no, _))| no).collect()))
}

fn sorted(mut numbers: Vec<String>) -> Vec<String> {
    numbers.sort_by_cached_key(|no| kaishi_domain::layout::number_order(no));
    numbers
}

/// A sign for every stall that stands elsewhere under cover. Always in Chinese, like the posters.
pub fn place_signs(twins: &Twins) -> Vec<PlaceSign> {
    signs_by_stall(twins).into_iter().map(|(_, sign)| sign).collect()
}

fn signs_by_stall(twins: &Twins) -> Vec<(StallId, PlaceSign)> {
    let pairs = twins.beside(&twins.rain.1, Cover::Rain);
    let moved = pairs.iter().filter(|pair| pair.is_moved());
    moved.filter_map(|pair| Some((pair.stall, place_sign(twins, pair)?))).collect()
}

fn place_sign(twins: &Twins, pair: &Pair) -> Option<PlaceSign> {
    let (here, there) = (pair.fair.as_ref()?, pair.rain.as_ref()?);
    let way = there.centre().minus(here.centre());
    let at = whereabouts(&twins.ground, there.centre());
    let metres = walk(Lang::Zh, pair.walk_cm?);
    Some(PlaceSign {
        no: pair.no.clone(),
        name: pair.entry.as_ref().map(|entry| entry.name.clone()).unwrap_or_default(),
        place: at.map_or_else(|| "别处".to_owned(), |at| place(Lang::Zh, &at)),
        beside: beside(Lang::Zh, &neighbours(&twins.rain.1, pair.stall)),
        way: format!("{}走约 {metres}", heading(Lang::Zh, way.x, way.y)),
        bearing: way.x.atan2(way.y).to_degrees(),
    })
}

/// Everything that must be printed again.
pub async fn due(state: &State, by: &Organizer, market: &Market, twins: &Twins) -> Result<Print> {
    let printed = state.store.printed(by, market.id, Sheet::Place).await?;
    let signs = signs_by_stall(twins);
    let moves = !signs.is_empty();
    let changed = signs.into_iter().filter(|(stall, sign)| printed.get(stall) != Some(&sign_face(sign)));
    Ok(Print {
        posters: posters_due(state, by, market).await?,
        signs: sorted(changed.map(|(_, sign)| sign.no).collect()),
        moves,
    })
}

/// Notes the place signs of some numbers (`3,12`) as they are now.
pub async fn note_signs(
    state: &State,
    by: &Organizer,
    market: &Market,
    twins: &Twins,
    numbers: &str,
) -> Result<()> {
    let named: Vec<&str> = numbers.split(',').collect();
    let faces: Vec<_> = signs_by_stall(twins)
        .into_iter()
        .filter(|(_, sign)| named.contains(&sign.no.as_str()))
        .map(|(stall, sign)| (stall, sign_face(&sign)))
        .collect();
    state.store.print_note(by, market.id, Sheet::Place, &faces, state.now()).await
}

/// Notes the posters of some numbers as they are now.
pub async fn note_posters(state: &State, by: &Organizer, market: &Market, numbers: &str) -> Result<()> {
    let named: Vec<&str> = numbers.split(',').collect();
    let faces: Vec<_> = poster_faces(state, by, market)
        .await?
        .into_iter()
        .filter(|(_, (no, _))| named.contains(&no.as_str()))
        .map(|(stall, (_, face))| (stall, face))
        .collect();
    state.store.print_note(by, market.id, Sheet::Poster, &faces, state.now()).await
}
