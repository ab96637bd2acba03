//! Stalls as identities: a number and a zone. Where they stand is the layout's business.

use kaishi_domain::actor::Organizer;
use kaishi_domain::{MarketId, StallId};

use crate::pool::transact;
use crate::{Result, Store};

impl Store {
    /// Adds a stall that people know and that stands on no map: what a market without a map counts at.
    pub async fn stall_add(
        &self,
        by: &Organizer,
        market: MarketId,
        id: StallId,
        no: &str,
        zone: &str,
    ) -> Result<()> {
        transact!(self, tx => {
            sqlx::query(
                "insert into stall (org_id, market_id, stall_id, no, zone, published_at)
                 values ($1, $2, $3, $4, $5, 0)",
            )
                .bind(by.org().number())
                .bind(market.to_string())
                .bind(id.to_string())
                .bind(no)
                .bind(zone)
                .execute(&mut *tx)
                .await?;
            Ok(())
        })
    }
}
