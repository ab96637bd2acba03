//! How fast stalls serve, at most 1.5 seconds old: every scan asks for it.

use std::collections::BTreeMap;
use std::sync::Arc;

use kaishi_domain::actor::Organizer;
use kaishi_domain::trust::Pace;
use kaishi_domain::{MarketId, MarketRef, Moment, StallId};

use crate::audit::{Act, Spot, note};
use crate::pool::{on, transact};
use crate::{Error, Result, Store};

/// The paces that were said; a stall without one has no bound and no code.
pub type Paces = BTreeMap<StallId, Pace>;

impl Store {
    /// Says how fast a stall serves, and whether its page asks for its code.
    pub async fn pace_set(
        &self,
        by: &Organizer,
        market: MarketId,
        stall: StallId,
        pace: Pace,
        now: Moment,
    ) -> Result<()> {
        let fresh = self.fresh_text();
        let key = [("market_id", market.to_string()), ("stall_id", stall.to_string())];
        let spot =
            Spot { table: "stall_pace", columns: &["minutes", "hands", "code"], org: by.org(), key: &key };
        transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            let done = sqlx::query(
                "insert into stall_pace (org_id, market_id, stall_id, minutes, hands, code)
                 select org_id, market_id, stall_id, $4, $5, $6 from stall
                 where org_id = $1 and market_id = $2 and stall_id = $3 and withdrawn_at is null
                 on conflict (org_id, market_id, stall_id) do update set minutes = excluded.minutes,
                   hands = excluded.hands, code = excluded.code",
            )
            .bind(by.org().number())
            .bind(market.to_string())
            .bind(stall.to_string())
            .bind(pace.service().map(|(minutes, _)| minutes))
            .bind(pace.service().map(|(_, hands)| hands))
            .bind(i64::from(pace.code))
            .execute(&mut *tx)
            .await?;
            if done.rows_affected() == 0 {
                return Err(Error::Missing("stall").into());
            }
            let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
            let act = Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "pace.set",
                object: &stall.to_string(),
                detail: &told,
            };
            note(&mut (&mut *tx).into(), &fresh, act).await
        })?;
        self.scans.clear();
        Ok(())
    }

    /// How fast the stalls of a market serve.
    pub async fn paces(&self, at: MarketRef, now: Moment) -> Result<Arc<Paces>> {
        if let Some(paces) = self.scans.paces.find(&at, now) {
            return Ok(paces);
        }
        let rows: Vec<(String, Option<i64>, Option<i64>, i64)> = on!(self.read_pool(), db => sqlx::query_as(
            "select stall_id, minutes, hands, code from stall_pace where org_id = $1 and market_id = $2",
        ).bind(at.org.number()).bind(at.market.to_string()).fetch_all(db).await)?;
        let mut paces = Paces::new();
        for (stall, minutes, hands, code) in rows {
            paces.insert(stall.parse()?, Pace::of(minutes, hands.unwrap_or(1), code == 1)?);
        }
        Ok(self.scans.paces.keep(at, paces, now))
    }
}
