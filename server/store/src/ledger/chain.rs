//! The hash over a market's ledger, row by row. Read for a signature and for an audit, never on the way of a screen.

use kaishi_domain::MarketRef;
use kaishi_domain::chain::Head;
use sqlx::FromRow;

use super::row::Original;
use crate::pool::on;
use crate::{Error, Result, Store};

/// So many rows are held at a time.
const PAGE: i64 = 2_000;

/// A row with its number.
#[derive(FromRow)]
pub(crate) struct Numbered {
    pub seq: i64,
    #[sqlx(flatten)]
    pub row: Original,
}

impl Store {
    /// The head of a market's ledger after its row `upto`. A row that is missing on the way is an error.
    pub async fn ledger_head(&self, at: MarketRef, upto: i64) -> Result<Head> {
        let (mut head, mut last) = (Head::of(at), 0);
        while last < upto {
            let rows: Vec<Numbered> = on!(self.read_pool(), db => sqlx::query_as(
                "select seq, encounter_id, stall_id, source, kind, n, confidence, nonce, visitor, poster_id,
                   device_id, refers_to, at, arrived_at, labels
                 from encounter where org_id = $1 and market_id = $2 and seq > $3 and seq <= $4
                 order by seq limit $5",
            ).bind(at.org.number()).bind(at.market.to_string()).bind(last).bind(upto).bind(PAGE)
                .fetch_all(db).await)?;
            if rows.is_empty() {
                return Err(Error::Broken(format!("ledger row {} of {at} is missing", last + 1)));
            }
            for Numbered { seq, row } in rows {
                if seq != last + 1 {
                    return Err(Error::Broken(format!("ledger row {} of {at} is missing", last + 1)));
                }
                head = head.after(seq, &row.encounter(at)?);
                last = seq;
            }
        }
        Ok(head)
    }
}
