//! The organizations below, in sums: one row each, today and the last time.

use axum::extract::State as Shared;
use kaishi_app::document::Page;
use kaishi_app::pages::people::street::{self, Figures, Line};
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_app::words::people::Street;
use kaishi_domain::moment::Day;
use kaishi_store::Sums;

use crate::route::caller::{No, SignedIn};
use crate::route::unit::place;

fn figures(lang: Lang, sums: Sums) -> Figures {
    let day = Day::parse(&sums.held_on).map_or(sums.held_on, |day| lang.pick(day.zh(), day.en()));
    Figures {
        day,
        name: sums.name,
        served: sums.encounters,
        appeals: (sums.settled, sums.raised),
        arrived: (sums.arrived, sums.entries),
    }
}

/// The page.
pub async fn page(Shared(state): Shared<State>, who: SignedIn) -> Result<Page, No> {
    let (lang, today) = (who.desk.lang, place(&state, &who).await?.day(state.now()));
    let below = state.store.below(&who.actor.viewer(), &today.to_string()).await.map_err(who.no())?;
    let lines = below
        .into_iter()
        .map(|one| Line {
            name: one.node.organization.name,
            district: one.node.organization.district,
            kind: Street(lang).kind(one.node.kind),
            today: one.today.map(|sums| figures(lang, sums)),
            last: one.last.map(|sums| figures(lang, sums)),
        })
        .collect();
    Ok(street::street(&who.desk, lang.pick(today.zh(), today.en()), lines))
}
