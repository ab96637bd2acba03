//! Bulletins: signed once, frozen with the ledger row up to which their figures are true.

use kaishi_domain::actor::Organizer;
use kaishi_domain::bulletin::Bulletin;
use kaishi_domain::market::Stage;
use kaishi_domain::{MarketId, MarketRef, Moment};

use crate::audit::{self, Act};
use crate::pool::{on, transact};
use crate::{Error, Result, Store};

impl Store {
    /// Signs and files: only a closed market, only once.
    pub async fn bulletin_sign(
        &self,
        by: &Organizer,
        market: MarketId,
        bulletin: &Bulletin,
        ledger_seq: i64,
        now: Moment,
    ) -> Result<()> {
        let body = serde_json::to_string(bulletin)?;
        let figures = serde_json::to_string(&bulletin.figures)?;
        let fresh = self.fresh_text();
        transact!(self, tx => {
            let filed = sqlx::query(
                "update market set stage = $3 where org_id = $1 and market_id = $2 and stage = $4",
            )
            .bind(by.org().number())
            .bind(market.to_string())
            .bind(Stage::Filed.code())
            .bind(Stage::Closed.code())
            .execute(&mut *tx)
            .await?;
            if filed.rows_affected() == 0 {
                return Err(Error::Taken("the market is not closed, or its bulletin is signed".into()).into());
            }
            sqlx::query(
                "insert into bulletin (org_id, market_id, body, figures, ledger_seq, account_id, at)
                 values ($1, $2, $3, $4, $5, $6, $7)",
            )
            .bind(by.org().number())
            .bind(market.to_string())
            .bind(&body)
            .bind(&figures)
            .bind(ledger_seq)
            .bind(by.account().to_string())
            .bind(now.millis())
            .execute(&mut *tx)
            .await?;
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "bulletin.sign",
                object: &market.to_string(),
                detail: &figures,
            });
            Ok(())
        })
    }

    /// The signed bulletin and its ledger row, if there is one.
    pub async fn bulletin(&self, at: MarketRef) -> Result<Option<(Bulletin, i64)>> {
        let row: Option<(String, i64)> = on!(self.read_pool(), db => sqlx::query_as(
            "select body, ledger_seq from bulletin where org_id = $1 and market_id = $2",
        ).bind(at.org.number()).bind(at.market.to_string()).fetch_optional(db).await)?;
        row.map(|(body, seq)| Ok((serde_json::from_str(&body)?, seq))).transpose()
    }

    /// How many rows the ledger of a market has.
    pub async fn ledger_rows(&self, at: MarketRef) -> Result<i64> {
        let seq: Option<i64> = on!(self.read_pool(), db => sqlx::query_scalar(
            "select seq from ledger_head where org_id = $1 and market_id = $2",
        ).bind(at.org.number()).bind(at.market.to_string()).fetch_optional(db).await)?;
        seq.ok_or(Error::Missing("market"))
    }
}
