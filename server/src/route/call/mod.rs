//! The call of a Saturday: organizers write it and decide, units answer it behind their link, everybody reads it.

pub mod answer;
mod caller;
pub mod demand;
pub mod desk;
mod fit;
mod places;
pub mod public;
mod standing;

use kaishi_app::words::Lang;
use kaishi_app::words::call::Call as Words;
use kaishi_domain::call::{Ask, Call, Claim, Want};
use kaishi_domain::layout::Layout;
use kaishi_domain::market::Market;
use kaishi_domain::moment::Day;
use kaishi_store::Result;

/// `11月28日 18:00`
fn until(market: &Market, call: &Call, lang: Lang) -> Result<String> {
    let place = market.place()?;
    let day = place.day(call.deadline);
    Ok(format!("{} {}", lang.pick(day.zh(), day.en()), place.clock(call.deadline)))
}

/// `5月13日 星期六 9:00–12:00`
pub(super) fn when(market: &Market, lang: Lang) -> Result<String> {
    let (day, place) = (Day::parse(&market.held_on)?, market.place()?);
    let date = lang
        .pick(format!("{} {}", day.zh(), day.weekday_zh()), format!("{}, {}", day.weekday_en(), day.en()));
    Ok(format!("{date} {}–{}", place.clock(market.opens_at), place.clock(market.closes_at)))
}

/// `A 民有所呼，我有所应`; empty for any zone.
fn zone(market: &Market, letter: &str) -> String {
    market.zone(letter).map_or_else(|| letter.to_owned(), |zone| format!("{letter} {}", zone.name))
}

/// The want's title or the stall's number that an answer is about.
fn about(lang: Lang, claim: &Claim, wants: &[Want], layout: &Layout) -> String {
    match claim.ask {
        Ask::Bid(id) => {
            wants.iter().find(|want| want.id == id).map(|want| want.title.clone()).unwrap_or_default()
        }
        Ask::Take(id) => layout
            .stall(id)
            .map(|stall| lang.pick(format!("{} 号摊", stall.no), format!("stall {}", stall.no)))
            .unwrap_or_default(),
        Ask::Offer => Words(lang).own().to_owned(),
    }
}
