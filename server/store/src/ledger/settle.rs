//! Counter-entries of a review go into the ledger: the same head, the same counts, no late ones, no new visitors.

use kaishi_domain::MarketRef;
use kaishi_domain::encounter::Encounter;
use kaishi_domain::seal::Seal;

use super::batch::Row;
use super::row;
use crate::Error;
use crate::pool::{Attempt, Conn, Step};

/// Appends them inside the transaction of the decision.
pub(crate) async fn settle(
    conn: &mut Conn<'_>,
    seal: &Seal,
    at: MarketRef,
    entries: Vec<Encounter>,
) -> Step<()> {
    let mut tip = row::lock(conn, seal, at).await?.ok_or(Error::Missing("market"))?;
    let rows: Vec<Row> = entries.into_iter().map(|encounter| Row { encounter, late: 0 }).collect();
    if row::insert(conn, seal, (at, &mut tip), &rows).await? != rows.len() as u64 {
        return Err(Attempt::Again(Error::Unavailable("the ledger changed under a review".into())));
    }
    row::tally(conn, at, &rows).await?;
    row::advance(conn, seal, (at, &tip), 0).await.map(drop)
}
