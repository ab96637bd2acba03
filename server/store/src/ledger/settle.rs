//! Counter-entries of a review go into the ledger: the same head, the same counts, no late ones, no new visitors. What
//! they took out is nobody's to take back.

use std::collections::HashSet;

use kaishi_domain::MarketRef;
use kaishi_domain::encounter::{Confidence, Encounter};
use kaishi_domain::seal::Seal;
use kaishi_domain::trust::WINDOW;

use super::batch::Row;
use super::{head, row};
use crate::Error;
use crate::pool::{Attempt, Conn, Step, via};

/// Appends them inside the transaction of the decision.
pub(crate) async fn settle(
    conn: &mut Conn<'_>,
    seal: &Seal,
    at: MarketRef,
    entries: Vec<Encounter>,
) -> Step<()> {
    let mut tip = head::lock(conn, seal, at).await?.ok_or(Error::Missing("market"))?;
    let rows: Vec<Row> = entries.into_iter().map(|encounter| Row { encounter, late: 0 }).collect();
    let links = row::link(seal, &mut tip, &rows);
    if row::insert(conn, at, (&rows, &links)).await? != rows.len() as u64 {
        return Err(Attempt::Again(Error::Unavailable("the ledger changed under a review".into())));
    }
    row::tally(conn, at, &rows).await?;
    head::advance(conn, seal, (at, &tip), 0).await.map(drop)
}

/// Which of these rows a review has decided, by nonce. Only rows that waited ask the table.
pub(super) async fn decided<'a>(
    conn: &mut Conn<'_>,
    at: MarketRef,
    rows: impl Iterator<Item = &'a Encounter>,
) -> Step<HashSet<String>> {
    let mut found = HashSet::new();
    for row in rows.filter(|row| row.confidence == Confidence::Low) {
        let hit: Option<i64> = via!(conn, db => sqlx::query_scalar(
            "select settled_at from review where org_id = $1 and market_id = $2 and stall_id = $3
               and labels = $4 and from_at <= $5 and from_at > $5 - $6 and settled_at is not null limit 1",
        )
        .bind(at.org.number())
        .bind(at.market.to_string())
        .bind(row.stall.to_string())
        .bind(row.labels.to_string())
        .bind(row.at.millis())
        .bind(WINDOW)
        .fetch_optional(db)
        .await)?;
        if hit.is_some() {
            found.insert(row.nonce.clone());
        }
    }
    Ok(found)
}
