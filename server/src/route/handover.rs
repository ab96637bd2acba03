//! A Saturday's appeals as a file for the 12345 hotline: one row each, without contacts, quarrels without words. It
//! holds codes, so that it is for the desk alone.

use axum::extract::{Path, State as Shared};
use axum::response::Response;
use kaishi_app::state::State;
use kaishi_app::words::appeal::Categories;
use kaishi_app::words::handle::Handover;
use kaishi_app::words::story::Story;
use kaishi_domain::MarketRef;
use kaishi_domain::appeal::{Appeal, Words};

use crate::route::caller::{No, SignedIn};
use crate::route::names::{moment, names};
use crate::route::organizer::market_of;
use crate::route::unit::export::attachment;
use crate::sheet::csv;

/// The file.
pub async fn as_csv(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?.reader();
    let (lang, place) = (who.desk.lang, market.place().map_err(who.no())?);
    let names = names(&state, at, lang).await.map_err(who.no())?;
    let story = Story::whole(lang, &names);
    let appeals = state.store.appeals(&by, at.market).await.map_err(who.no())?;
    let row = |appeal: &Appeal| {
        let time = |at| moment(&place, lang, at);
        let kept = |words: &Words| {
            if appeal.category.is_private() { String::new() } else { words.as_str().to_owned() }
        };
        vec![
            appeal.code.to_string(),
            time(appeal.raised_at),
            Categories(lang).name(appeal.category).to_owned(),
            kept(&appeal.words),
            appeal.stall.map(|stall| story.stall(stall)).unwrap_or_default(),
            appeal.state.answers().map(|unit| story.unit(unit)).unwrap_or_default(),
            Story::outside(lang, &names, appeal.category).coded(true).heading(&appeal.state),
            appeal.due_at.map(time).unwrap_or_default(),
            appeal.state.resolution().map(|done| kept(&done.how)).unwrap_or_default(),
            appeal.state.confirmed_at().map(time).unwrap_or_default(),
        ]
    };
    let mut rows = vec![Handover(lang).columns().map(str::to_owned).to_vec()];
    rows.extend(appeals.iter().map(row));
    Ok(attachment("text/csv; charset=utf-8", "appeals.csv", csv::write(&rows)))
}
