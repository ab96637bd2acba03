//! How many may be inside at once, as the place is approved: what the gauge on the screen is measured by.

use kaishi_domain::actor::Organizer;
use kaishi_domain::safety::Card;
use kaishi_domain::{MarketId, MarketRef, Moment};

use crate::audit::{self, Act};
use crate::pool::{Conn, transact};
use crate::{Error, Result, Store, ledger};

impl Store {
    /// Notes how many may be inside, or that nobody knows.
    pub async fn capacity_set(
        &self,
        by: &Organizer,
        market: MarketId,
        people: Option<i64>,
        now: Moment,
    ) -> Result<()> {
        let at = MarketRef { org: by.org(), market };
        let (fresh, detail) =
            (self.fresh_text(), people.map_or_else(String::new, |n| format!("capacity {n}")));
        let done: Result<()> = transact!(self, tx => {
            let done = sqlx::query(
                "insert into safety (org_id, market_id, capacity, card)
                 select org_id, market_id, $3, $4 from market where org_id = $1 and market_id = $2
                 on conflict (org_id, market_id) do update set capacity = excluded.capacity",
            )
            .bind(at.org.number())
            .bind(market.to_string())
            .bind(people)
            .bind(serde_json::to_string(&Card::default())?)
            .execute(&mut *tx)
            .await?;
            if done.rows_affected() == 0 {
                return Err(Error::Missing("market").into());
            }
            audit::record!(tx, &fresh, Act {
                org: at.org,
                at: now,
                actor: &by.account().to_string(),
                verb: "safety",
                object: &market.to_string(),
                detail: &detail,
            });
            ledger::touch(&mut Conn::from(&mut *tx), at).await
        });
        done?;
        self.hint(at);
        Ok(())
    }
}
