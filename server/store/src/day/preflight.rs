//! What people have marked on the list before opening.

use kaishi_domain::actor::Organizer;
use kaishi_domain::preflight::{Item, Mark};
use kaishi_domain::{MarketId, MarketRef, Moment};

use crate::audit::{self, Act, Spot};
use crate::pool::{on, transact};
use crate::{Error, Result, Store};

impl Store {
    /// Marks an item, or takes its mark off.
    pub async fn preflight_mark(
        &self,
        by: &Organizer,
        market: MarketId,
        item: Item,
        mark: Option<&Mark>,
        now: Moment,
    ) -> Result<()> {
        let mark = mark.cloned().map(|mark| mark.sound(item)).transpose()?;
        let detail = mark.as_ref().map(serde_json::to_string).transpose()?;
        let fresh = self.fresh_text();
        let key = [("market_id", market.to_string()), ("item", item.code().to_owned())];
        let spot = Spot { table: "preflight_mark", columns: &["mark", "detail"], org: by.org(), key: &key };
        transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            let done = match (&mark, &detail) {
                (Some(mark), Some(detail)) => sqlx::query(
                    "insert into preflight_mark (org_id, market_id, item, mark, detail, account_id, at)
                     select org_id, market_id, $3, $4, $5, $6, $7 from market where org_id = $1 and market_id = $2
                     on conflict (org_id, market_id, item) do update set mark = excluded.mark,
                       detail = excluded.detail, account_id = excluded.account_id, at = excluded.at",
                )
                .bind(by.org().number())
                .bind(market.to_string())
                .bind(item.code())
                .bind(mark.code())
                .bind(detail)
                .bind(by.account().to_string())
                .bind(now.millis())
                .execute(&mut *tx)
                .await?,
                _ => sqlx::query(
                    "delete from preflight_mark where org_id = $1 and market_id = $2 and item = $3",
                )
                .bind(by.org().number())
                .bind(market.to_string())
                .bind(item.code())
                .execute(&mut *tx)
                .await?,
            };
            if done.rows_affected() == 0 {
                return Err(Error::Missing("preflight item").into());
            }
            let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: if mark.is_some() { "preflight.mark" } else { "preflight.unmark" },
                object: item.code(),
                detail: &told,
            });
            Ok(())
        })
    }

    /// What has been marked at a market.
    pub async fn preflight_marks(&self, at: MarketRef) -> Result<Vec<(Item, Mark)>> {
        let rows: Vec<(String, String)> = on!(self.read_pool(), db => sqlx::query_as(
            "select item, detail from preflight_mark where org_id = $1 and market_id = $2 order by item",
        ).bind(at.org.number()).bind(at.market.to_string()).fetch_all(db).await)?;
        rows.into_iter()
            .map(|(item, detail)| Ok((Item::from_code(&item)?, serde_json::from_str(&detail)?)))
            .collect()
    }
}
