//! The print pack: the page where it is put together, and the PDF.

use axum::extract::{Path, Query, State as Shared};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use kaishi_app::document::Page;
use kaishi_app::fault::Fault;
use kaishi_app::pages::pack as pages;
use kaishi_app::pages::pack::Part;
use kaishi_app::pages::poster::Row;
use kaishi_app::pages::rain::{PlaceSign, Print};
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_app::words::pack::Pack as Words;
use kaishi_domain::appeal::{AppealCode, SlipCode};
use kaishi_domain::market::Market;
use kaishi_domain::moment::HOUR;
use kaishi_domain::{MarketRef, Refusal};
use serde::Deserialize;

use crate::pack::{Coded, Pack, address_code};
use crate::paper::in_turn;
use crate::poster::address;
use crate::route::caller::{No, SignedIn};
use crate::route::organizer::market_of;
use crate::route::paper::drawn;
use crate::route::poster::{brand, rows};
use crate::route::printing;
use crate::route::rail::rail;

/// The form: a field a part, the paper, and the stalls.
#[derive(Deserialize)]
pub struct Asked {
    cover: Option<String>,
    posters: Option<String>,
    list: Option<String>,
    map: Option<String>,
    signs: Option<String>,
    places: Option<String>,
    tally: Option<String>,
    slips: Option<String>,
    codes: Option<String>,
    size: Option<String>,
    which: Option<String>,
    stalls: Option<String>,
}

impl Asked {
    fn has(&self, part: Part) -> bool {
        let field = match part {
            Part::Cover => &self.cover,
            Part::Posters => &self.posters,
            Part::List => &self.list,
            Part::Map => &self.map,
            Part::Signs => &self.signs,
            Part::Places => &self.places,
            Part::Tally => &self.tally,
            Part::Slips => &self.slips,
            Part::Codes => &self.codes,
        };
        field.is_some()
    }

    fn filled(&self) -> pages::Filled {
        pages::Filled {
            parts: Part::ALL.into_iter().filter(|part| self.has(*part)).collect(),
            small: self.size.as_deref() == Some("a5"),
            which: self.which.clone().unwrap_or_else(|| "all".to_owned()),
            stalls: self.stalls.clone().unwrap_or_default(),
        }
    }
}

/// The page, with everything ticked that nearly everybody prints.
pub async fn page(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
) -> Result<Page, No> {
    let market = market_of(&state, &who, at).await?;
    let parts = vec![Part::Cover, Part::Posters, Part::List, Part::Map];
    let filled = pages::Filled { parts, small: false, which: "all".to_owned(), stalls: String::new() };
    show(&state, &who, &market, filled, None).await
}

async fn show(
    state: &State,
    who: &SignedIn,
    market: &Market,
    filled: pages::Filled,
    complaint: Option<String>,
) -> Result<Page, No> {
    let at = MarketRef { org: market.org, market: market.id };
    let all = rows(state, who, market).await?;
    let (due, places) = moved(state, who, market).await?;
    let numbers = |has: bool| all.iter().filter(move |row| row.sheet.is_some() == has);
    let view = pages::View {
        filled,
        complaint,
        due,
        moved: places.into_iter().map(|sign| sign.no).collect(),
        printed: numbers(true).map(|row| row.sign.no.clone()).collect(),
        lacking: numbers(false).next().is_some(),
        none: all.is_empty(),
    };
    Ok(pages::page(&who.desk, &rail(state, who, market).await?, at, view))
}

/// What changed since the last print, and the signs of where stalls moved.
async fn moved(state: &State, who: &SignedIn, market: &Market) -> Result<(Print, Vec<PlaceSign>), No> {
    let at = MarketRef { org: market.org, market: market.id };
    let twins = state.twins(at).await.map_err(who.no())?;
    let due = printing::due(state, &who.organizer()?, market, &twins).await.map_err(who.no())?;
    Ok((due, printing::place_signs(&twins)))
}

/// What the sheets are about.
struct Chosen {
    rows: Vec<Row>,
    places: Vec<PlaceSign>,
    coded: Vec<Coded>,
}

/// Narrows all to what was asked for, or says why there is nothing to print.
fn chosen(lang: Lang, filled: &pages::Filled, due: &Print, all: Chosen) -> Result<Chosen, String> {
    let words = Words(lang);
    let places = filled.parts.contains(&Part::Places);
    let others = filled.parts.iter().any(|part| *part != Part::Places);
    let only = |all: Chosen, posters: &[String], signs: &[String]| Chosen {
        rows: all.rows.into_iter().filter(|row| posters.contains(&row.sign.no)).collect(),
        places: all.places.into_iter().filter(|sign| signs.contains(&sign.no)).collect(),
        coded: all.coded,
    };
    let say = |text: &str| Err(text.to_owned());
    if filled.parts.is_empty() {
        return say(words.no_part());
    }
    if filled.parts.contains(&Part::Codes) && all.coded.is_empty() {
        return say(words.no_codes());
    }
    if filled.parts == [Part::Codes] {
        return Ok(only(all, &[], &[]));
    }
    if all.rows.is_empty() {
        return say(words.no_stalls());
    }
    if !others && all.places.is_empty() {
        return say(words.no_places());
    }
    let named: Vec<String> = match filled.which.as_str() {
        "changed" => {
            let some = (others && !due.posters.is_empty()) || (places && !due.signs.is_empty());
            return if some { Ok(only(all, &due.posters, &due.signs)) } else { say(words.no_change()) };
        }
        "some" => {
            let parts = |c: char| c.is_whitespace() || ",，、;；".contains(c);
            filled.stalls.split(parts).filter(|no| !no.is_empty()).map(str::to_owned).collect()
        }
        _ => return Ok(all),
    };
    if named.is_empty() {
        return say(words.no_numbers());
    }
    if let Some(no) = named.iter().find(|no| !all.rows.iter().any(|row| row.sign.no == **no)) {
        return Err(words.unknown(&no.chars().take(12).collect::<String>()));
    }
    Ok(only(all, &named, &named))
}

/// The PDF, or the page again with what was wrong.
pub async fn file(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Query(asked): Query<Asked>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let filled = asked.filled();
    let (due, places) = moved(&state, &who, &market).await?;
    let coded = if asked.has(Part::Codes) { coded(&state, &who, &market).await? } else { Vec::new() };
    let all = Chosen { rows: rows(&state, &who, &market).await?, places, coded };
    let lacking = |rows: &[Row]| {
        let needs = filled.parts.iter().all(|part| matches!(part, Part::Cover | Part::Posters | Part::Signs));
        needs && rows.iter().all(|row| row.sheet.is_none())
    };
    let chosen = chosen(who.desk.lang, &filled, &due, all).and_then(|chosen| {
        if lacking(&chosen.rows) { Err(Words(who.desk.lang).no_posters().to_owned()) } else { Ok(chosen) }
    });
    let chosen = match chosen {
        Ok(chosen) => chosen,
        Err(why) => {
            let page = show(&state, &who, &market, filled, Some(why)).await?;
            return Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
        }
    };
    let pack = pack(&state, &who, &market, &filled, chosen).await?;
    let parts = filled.parts;
    let made = in_turn(move || pack.pdf(&parts)).await.map_err(|error| {
        tracing::error!(%error, "a print pack was not made");
        No::new(&who.desk, Fault::Unavailable)
    })?;
    let name = format!("attachment; filename=\"{}-print.pdf\"", market.held_on);
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, made).into_response())
}

/// The slips of a market whose codes nobody has keyed in, each with the address of its own page.
async fn coded(state: &State, who: &SignedIn, market: &Market) -> Result<Vec<Coded>, No> {
    let slips = state.store.slips(&who.organizer()?, market.id).await.map_err(who.no())?;
    let one = |slip: SlipCode| {
        let code = AppealCode { org: market.org, slip };
        let picture = address_code(&address(&state.public_url, "a", &code.to_string()))?;
        Ok::<_, Refusal>(Coded { code: slip.to_string(), picture })
    };
    let waiting = slips.into_iter().filter(|slip| slip.used_at.is_none());
    waiting.map(|slip| one(slip.code)).collect::<Result<_, _>>().map_err(who.no())
}

/// Everything that the sheets tell. They hang on a Chinese square, so they are in Chinese whoever prints them.
async fn pack(
    state: &State,
    who: &SignedIn,
    market: &Market,
    filled: &pages::Filled,
    Chosen { rows, places, coded }: Chosen,
) -> Result<Pack, No> {
    let place = market.place().map_err(who.no())?;
    let hours = (0..12).map(|nth| market.opens_at.plus(nth * HOUR)).take_while(|at| *at < market.closes_at);
    let map = if filled.parts.contains(&Part::Map) {
        Some(drawn(state, market, market.plan, Lang::Zh).await.map_err(who.no())?)
    } else {
        None
    };
    let ask = format!("{}/a", state.public_url);
    Ok(Pack {
        brand: brand(state, who, market)?,
        rows,
        places,
        hours: hours.map(|at| place.clock(at)).collect(),
        map,
        prefix: market.org.to_string(),
        ask_code: address_code(&ask).map_err(who.no::<Refusal>())?,
        coded,
        ask: ask.split_once("://").map_or(ask.clone(), |(_, host)| host.to_owned()),
        small: filled.small,
    })
}
