//! The staff pad's calls: what was tapped, and appeals raised at the stall. The pad's signed link is the
//! right to make them.

use kaishi_domain::appeal::Category;
use kaishi_domain::batch::{Receipt, Record};
use kaishi_domain::device::About;
use kaishi_domain::pad::Today;
use kaishi_domain::{MarketRef, Moment};
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

/// Sends a batch of records and what the phone says of itself; the same as the devices' batch of the machines'
/// interface.
#[server(prefix = "/api/call", endpoint = "tally/send", input = Json)]
pub async fn tally_send(
    token: String,
    records: Vec<Record>,
    #[server(default)] about: About,
) -> Result<Sent, Fault> {
    let state = crate::calls::state()?;
    let phone = state.phone(&token, about.name()).await?;
    if records.len() > kaishi_domain::batch::MAX_RECORDS {
        return Err(Fault::Refused("too many records".into()));
    }
    let receipts = state.receive(&phone, &records, &about).await?;
    let at = MarketRef { org: phone.at.org, market: phone.at.market };
    Ok(Sent { receipts, today: state.store.stall_today(at, phone.at.stall).await?, now: state.now() })
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
    #[server(default)] device: String,
) -> Result<String, Fault> {
    let state = crate::calls::state()?;
    let phone = state.phone(&token, device.parse().ok()).await?;
    let raised = state.raise_at(&phone.at, category, &words, settled, &nonce).await?;
    Ok(raised.code.to_string())
}

/// What everybody on the square is told now: no more than the public page says.
#[server(prefix = "/api/call", endpoint = "tally/told", input = Json)]
pub async fn tally_told(market: MarketRef) -> Result<Vec<String>, Fault> {
    let state = crate::calls::state()?;
    Ok(state.store.told(market, state.now()).await?)
}
