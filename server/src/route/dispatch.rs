//! Sending an appeal as the map of duties proposes: accepted where it was not, sent to the lead, joined by the helpers.

use kaishi_app::state::State;
use kaishi_domain::UnitId;
use kaishi_domain::actor::Organizer;
use kaishi_domain::appeal::{Appeal, AppealCode, State as Standing, Verb};
use kaishi_store::{Hand, Result};

/// Sends it. Each part is a step of its own, so whoever was first in between is seen in the history.
pub(super) async fn route(
    state: &State,
    by: &Organizer,
    code: AppealCode,
    lead: &str,
    helpers: &[String],
) -> Result<Appeal> {
    let (hand, lead) = (Hand::Organizer(by), lead.parse::<UnitId>()?);
    let helpers = helpers.iter().map(|id| id.parse()).collect::<std::result::Result<Vec<UnitId>, _>>()?;
    for unit in helpers.iter().chain([&lead]) {
        state.store.unit(&by.viewer(), *unit).await?;
    }
    if matches!(state.store.appeal(code).await?.state, Standing::Raised) {
        state.store.appeal_step(hand, code, Verb::Accept, state.now()).await?;
    }
    let mut sent = state.store.appeal_step(hand, code, Verb::Dispatch { to: lead }, state.now()).await?;
    for unit in helpers.into_iter().filter(|unit| *unit != lead) {
        if !sent.care.helpers.contains(&unit) {
            sent = state.store.appeal_step(hand, code, Verb::Join { unit }, state.now()).await?;
        }
    }
    Ok(sent)
}
