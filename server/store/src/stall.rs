//! Stalls as identities: a number and a zone, and whether the organizer keeps one free. Where they stand is the
//! layout's business.

use kaishi_domain::actor::Organizer;
use kaishi_domain::assignment::Reserved;
use kaishi_domain::{MarketId, MarketRef, Moment, StallId};

use crate::audit::{self, Spot};
use crate::pool::{on, transact};
use crate::{Error, Result, Store};

fn key(market: MarketId, stall: StallId) -> [(&'static str, String); 2] {
    [("market_id", market.to_string()), ("stall_id", stall.to_string())]
}

/// What the trail tells of a stall that is kept free.
const fn kept<'a>(by: &Organizer, key: &'a [(&'static str, String)]) -> Spot<'a> {
    Spot { table: "stall", columns: &["reserved_at", "reserved_why"], org: by.org(), key }
}

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

    /// The stalls of a market that are kept free.
    pub async fn reserved(&self, at: MarketRef) -> Result<Vec<Reserved>> {
        let rows: Vec<(String, String)> = on!(self.read_pool(), db => sqlx::query_as(
            "select stall_id, reserved_why from stall
             where org_id = $1 and market_id = $2 and reserved_at is not null and withdrawn_at is null
             order by stall_id",
        ).bind(at.org.number()).bind(at.market.to_string()).fetch_all(db).await)?;
        rows.into_iter().map(|(stall, why)| Ok(Reserved { stall: stall.parse()?, why })).collect()
    }

    /// Keeps an empty stall free, or says anew what for. [`Error::Taken`] names who stands there.
    pub async fn stall_reserve(
        &self,
        by: &Organizer,
        market: MarketId,
        stall: StallId,
        why: &str,
        now: Moment,
    ) -> Result<()> {
        let why = Reserved::sound(why)?;
        let fresh = self.fresh_text();
        let key = key(market, stall);
        let spot = kept(by, &key);
        transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            let kept = sqlx::query(
                "update stall set reserved_at = $4, reserved_why = $5
                 where org_id = $1 and market_id = $2 and stall_id = $3 and withdrawn_at is null
                   and not exists (select 1 from assignment a where a.org_id = $1 and a.market_id = $2
                     and a.stall_id = $3)",
            )
            .bind(by.org().number())
            .bind(market.to_string())
            .bind(stall.to_string())
            .bind(now.millis())
            .bind(&why)
            .execute(&mut *tx)
            .await?;
            if kept.rows_affected() == 0 {
                let holder: Option<(String,)> = sqlx::query_as(
                    "select e.name from assignment a
                     join entry e on e.org_id = a.org_id and e.market_id = a.market_id
                       and e.entry_id = a.entry_id
                     where a.org_id = $1 and a.market_id = $2 and a.stall_id = $3",
                )
                .bind(by.org().number())
                .bind(market.to_string())
                .bind(stall.to_string())
                .fetch_optional(&mut *tx)
                .await?;
                return Err(holder.map_or(Error::Missing("stall"), |(name,)| Error::Taken(name)).into());
            }
            let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
            audit::signed!(tx, &fresh, (by, now), "stall.reserve", &stall.to_string(), &told);
            Ok(())
        })
    }

    /// Lets go of a stall that was kept free; where it was not, nothing changes.
    pub async fn stall_release(
        &self,
        by: &Organizer,
        market: MarketId,
        stall: StallId,
        now: Moment,
    ) -> Result<()> {
        let fresh = self.fresh_text();
        let key = key(market, stall);
        let spot = kept(by, &key);
        transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            let released = sqlx::query(
                "update stall set reserved_at = null, reserved_why = ''
                 where org_id = $1 and market_id = $2 and stall_id = $3 and reserved_at is not null",
            )
            .bind(by.org().number())
            .bind(market.to_string())
            .bind(stall.to_string())
            .execute(&mut *tx)
            .await?;
            if released.rows_affected() > 0 {
                let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
                audit::signed!(tx, &fresh, (by, now), "stall.release", &stall.to_string(), &told);
            }
            Ok(())
        })
    }
}
