//! Looks at the crowd. They are estimates' stuff and stand apart from the ledger.

use kaishi_domain::actor::{Clerk, Viewer};
use kaishi_domain::crowd::{Look, Method};
use kaishi_domain::{CountId, MarketId, MarketRef, Moment};
use sqlx::FromRow;

use crate::audit::{self, Act, Spot};
use crate::pool::{Conn, on, transact};
use crate::{Error, Result, Store, ledger};

#[derive(FromRow)]
pub(crate) struct Row {
    count_id: String,
    method: String,
    place: String,
    from_at: i64,
    to_at: i64,
    came: i64,
    went: i64,
}

impl Row {
    pub(crate) fn look(self) -> Result<Look> {
        Ok(Look {
            id: self.count_id.parse()?,
            method: Method::from_code(&self.method)?,
            place: self.place,
            from: Moment::from_millis(self.from_at),
            to: Moment::from_millis(self.to_at),
            came: self.came,
            went: self.went,
        })
    }
}

/// The looks of a market that stand.
pub(crate) const STANDING: &str =
    "select count_id, method, place, from_at, to_at, came, went from crowd_count
  where org_id = $1 and market_id = $2 and dropped_at is null order by from_at, place, count_id";

impl Store {
    /// Keys a look in; the same one again is the same.
    pub async fn crowd_enter(&self, by: &Clerk, look: &Look, now: Moment) -> Result<()> {
        look.check()?;
        let at = MarketRef { org: by.org(), market: by.market() };
        let (fresh, who) = (self.fresh_text(), by.hand().name());
        let done: Result<()> = transact!(self, tx => {
            let new = sqlx::query(
                "insert into crowd_count (org_id, market_id, count_id, method, place, from_at, to_at, came, went,
                   entered_by, entered_at)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing",
            )
            .bind(at.org.number())
            .bind(at.market.to_string())
            .bind(look.id.to_string())
            .bind(look.method.code())
            .bind(look.place.trim())
            .bind(look.from.millis())
            .bind(look.to.millis())
            .bind(look.came)
            .bind(look.went)
            .bind(&who)
            .bind(now.millis())
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if new == 1 {
                ledger::touch(&mut Conn::from(&mut *tx), at).await?;
                audit::record!(tx, &fresh, Act {
                    org: at.org,
                    at: now,
                    actor: &who,
                    verb: "crowd.enter",
                    object: &look.id.to_string(),
                    detail: &format!("{} {} {} {}", look.method.code(), look.place.trim(), look.came, look.went),
                });
            }
            Ok(())
        });
        done?;
        self.hint(at);
        Ok(())
    }

    /// Takes a look out of the estimate; its row stays.
    pub async fn crowd_drop(&self, by: &Clerk, look: CountId, now: Moment) -> Result<()> {
        let at = MarketRef { org: by.org(), market: by.market() };
        let (fresh, who) = (self.fresh_text(), by.hand().name());
        let key = [("market_id", at.market.to_string()), ("count_id", look.to_string())];
        let spot = Spot {
            table: "crowd_count",
            columns: &["method", "place", "came", "went", "dropped_at"],
            org: by.org(),
            key: &key,
        };
        let done: Result<()> = transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            let dropped = sqlx::query(
                "update crowd_count set dropped_at = $4
                 where org_id = $1 and market_id = $2 and count_id = $3 and dropped_at is null",
            )
            .bind(at.org.number())
            .bind(at.market.to_string())
            .bind(look.to_string())
            .bind(now.millis())
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if dropped == 0 {
                return Err(Error::Missing("count").into());
            }
            ledger::touch(&mut Conn::from(&mut *tx), at).await?;
            let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
            audit::record!(tx, &fresh, Act {
                org: at.org,
                at: now,
                actor: &who,
                verb: "crowd.drop",
                object: &look.to_string(),
                detail: &told,
            });
            Ok(())
        });
        done?;
        self.hint(at);
        Ok(())
    }

    /// The looks of a market that stand, in the order of their time.
    pub async fn crowd(&self, by: &Viewer, market: MarketId) -> Result<Vec<Look>> {
        let rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(STANDING)
            .bind(by.org().number()).bind(market.to_string()).fetch_all(db).await)?;
        rows.into_iter().map(Row::look).collect()
    }
}
