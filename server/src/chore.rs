//! What is done in the background, by one node at a time: each round of each organization begins with a lease. A node
//! that dies in the middle of one is followed by another when the lease has run out; what is done twice does no harm.

use std::time::Duration;

use kaishi_app::state::State;
use kaishi_domain::OrgId;
use kaishi_domain::id::hex;
use kaishi_domain::moment::MINUTE;
use kaishi_store::{Result, Retained, Task};
use tokio_util::sync::CancellationToken;

use crate::retention;

/// Between two looks of one node whether there is something to do.
const LOOK: Duration = Duration::from_mins(1);
/// Between two rounds of all nodes together.
const ROUND: i64 = 10 * MINUTE;
/// A round that takes longer has met a line that was cut without a word; the next one begins anew.
const PATIENCE: Duration = Duration::from_mins(5);

/// Goes round until `stop`.
pub async fn run(state: State, stop: CancellationToken) {
    let node = hex(&state.random::<8>());
    loop {
        match tokio::time::timeout(PATIENCE, round(&state, &node)).await {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => tracing::warn!(%error, "a round of chores ended early"),
            Err(_) => tracing::warn!("a round of chores met silence"),
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

/// One round over all organizations; those that another node does are left to it. Answers which were done here.
pub async fn round(state: &State, node: &str) -> Result<Vec<OrgId>> {
    let mut done = Vec::new();
    let known = state.store.organizations().await?.into_iter().map(|organization| organization.id);
    for org in known.chain([OrgId::INSTALLATION]) {
        let now = state.now();
        // A round is a holder of its own, so that a node does not prolong its last one.
        if state.store.lease(org, "sweep", &format!("{node}:{now:?}"), (now, now.plus(ROUND))).await? {
            state.store.sweep(org, now).await?;
            let gone = state.store.retain_at(org, retention::keep(state), now).await?;
            let Retained { contacts, reporters, day_keys, holders, texts } = gone;
            let found = format!("{contacts} {reporters} {day_keys} {holders} {texts}");
            state.store.run_note(org, Task::Retention, &found, now).await?;
            if gone != Retained::default() {
                tracing::info!("{}", retention::sentence(gone, false));
            }
            done.push(org);
        }
    }
    Ok(done)
}
