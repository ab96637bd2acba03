//! The staff pad's calls: what was tapped, and appeals raised at the stall. The pad's signed link is the
//! right to make them.

use kaishi_domain::Moment;
use kaishi_domain::appeal::Category;
use kaishi_domain::batch::{Receipt, Record};
use kaishi_domain::pad::Today;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::Json;

use crate::fault::Fault;

/// What a pad gets back for a batch.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Sent {
    /// One receipt a record, in order.
    pub receipts: Vec<Receipt>,
    /// The stall's figures after them.
    pub today: Today,
    /// The server's time, by which the phone goes.
    pub now: Moment,
}

/// Sends a batch of records; the same as the devices' batch of the machines' interface.
#[server(prefix = "/api/call", endpoint = "tally/send", input = Json)]
pub async fn tally_send(token: String, records: Vec<Record>) -> Result<Sent, Fault> {
    let state = crate::calls::state()?;
    let device = state.device(&token).await?;
    if records.len() > kaishi_domain::batch::MAX_RECORDS {
        return Err(Fault::Refused("too many records".into()));
    }
    let receipts = state.store.tap_batch(&device, &records, state.now()).await?;
    let at = kaishi_domain::MarketRef { org: device.org, market: device.market };
    Ok(Sent { receipts, today: state.store.stall_today(at, device.stall).await?, now: state.now() })
}

/// Raises an appeal for a resident at the stall and answers its code; `settled` settles it on the spot.
/// Sent again with the same nonce it is the same appeal.
#[server(prefix = "/api/call", endpoint = "tally/appeal", input = Json)]
pub async fn tally_appeal(
    token: String,
    category: Category,
    words: String,
    settled: bool,
    nonce: String,
) -> Result<String, Fault> {
    let state = crate::calls::state()?;
    let device = state.device(&token).await?;
    let raised = state.raise_at(&device, category, &words, settled, &nonce).await?;
    Ok(raised.code.to_string())
}

/// What everybody on the square is told now.
#[server(prefix = "/api/call", endpoint = "tally/told", input = Json)]
pub async fn tally_told(token: String) -> Result<Vec<String>, Fault> {
    let state = crate::calls::state()?;
    let device = state.device(&token).await?;
    let at = kaishi_domain::MarketRef { org: device.org, market: device.market };
    Ok(state.store.told(at, state.now()).await?)
}
