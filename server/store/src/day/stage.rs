//! Opening and closing: the stage moves, what was still open then is kept with the reason, and closing fixes who
//! had not come.

use kaishi_domain::actor::{Organizer, Viewer};
use kaishi_domain::market::Stage;
use kaishi_domain::{MarketId, MarketRef, Moment};

use crate::audit::{self, Act, note};
use crate::ledger;
use crate::pool::{Conn, Step, on, transact, via};
use crate::{Error, Result, Store};

/// How many warnings were shown, and why it went on all the same.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Because<'a> {
    /// So many things were open.
    pub warnings: usize,
    /// Empty while nothing was.
    pub reason: &'a str,
}

/// One opening or closing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StageStep {
    /// To which stage.
    pub stage: Stage,
    /// How many things were open.
    pub warnings: i64,
    /// Why it went on.
    pub reason: String,
    /// The login name of who did it.
    pub by: String,
    /// When.
    pub at: Moment,
}

impl Store {
    /// Moves a Saturday to another stage.
    pub async fn stage(&self, by: &Organizer, market: MarketId, to: Stage, now: Moment) -> Result<()> {
        self.stage_because(by, market, to, Because::default(), now).await
    }

    /// The same, with what was still open and why it went on. Closing notes every unit that has not come as
    /// absent; opening again takes that back.
    pub async fn stage_because(
        &self,
        by: &Organizer,
        market: MarketId,
        to: Stage,
        because: Because<'_>,
        now: Moment,
    ) -> Result<()> {
        let at = MarketRef { org: by.org(), market };
        let fresh = self.fresh_text();
        let done: Result<()> = transact!(self, tx => {
            let was: Option<String> =
                sqlx::query_scalar("select stage from market where org_id = $1 and market_id = $2")
                    .bind(by.org().number())
                    .bind(market.to_string())
                    .fetch_optional(&mut *tx)
                    .await?;
            let was = was.ok_or(Error::Missing("market"))?;
            let done = sqlx::query("update market set stage = $3 where org_id = $1 and market_id = $2")
                .bind(by.org().number())
                .bind(market.to_string())
                .bind(to.code())
                .execute(&mut *tx)
                .await?;
            if done.rows_affected() == 0 {
                return Err(Error::Missing("market").into());
            }
            // The market's row is locked by now: no two steps get the same number.
            sqlx::query(
                "insert into stage_step (org_id, market_id, n, stage, warnings, reason, account_id, at)
                 select $1, $2, coalesce(max(n), 0) + 1, $3, $4, $5, $6, $7 from stage_step
                 where org_id = $1 and market_id = $2",
            )
            .bind(by.org().number())
            .bind(market.to_string())
            .bind(to.code())
            .bind(i64::try_from(because.warnings).unwrap_or(i64::MAX))
            .bind(because.reason)
            .bind(by.account().to_string())
            .bind(now.millis())
            .execute(&mut *tx)
            .await?;
            match to {
                Stage::Closed => self.fix_absent(&mut (&mut *tx).into(), by, at, now).await?,
                Stage::Open => {
                    sqlx::query("update entry set absent_at = null where org_id = $1 and market_id = $2")
                        .bind(by.org().number())
                        .bind(market.to_string())
                        .execute(&mut *tx)
                        .await?;
                }
                Stage::Draft | Stage::Calling | Stage::Filed => {}
            }
            ledger::touch(&mut (&mut *tx).into(), at).await?;
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "stage",
                object: &market.to_string(),
                detail: format!("{was} -> {} {}", to.code(), because.reason).trim(),
            });
            Ok(())
        });
        self.scans.clear();
        done
    }

    async fn fix_absent(&self, conn: &mut Conn<'_>, by: &Organizer, at: MarketRef, now: Moment) -> Step<()> {
        let absent: Vec<(String, String)> = via!(conn, db => sqlx::query_as(
            "update entry set absent_at = $3 where org_id = $1 and market_id = $2 and arrived_at is null
               and absent_at is null and unit_id is not null
             returning entry_id, unit_id",
        )
        .bind(at.org.number())
        .bind(at.market.to_string())
        .bind(now.millis())
        .fetch_all(db)
        .await)?;
        for (entry, unit) in absent {
            let act = Act {
                org: at.org,
                at: now,
                actor: &by.account().to_string(),
                verb: "entry.absent",
                object: &entry,
                detail: &unit,
            };
            note(conn, &self.fresh_text(), act).await?;
        }
        Ok(())
    }

    /// Every opening and closing of a market, latest first.
    pub async fn stage_steps(&self, by: &Viewer, market: MarketId) -> Result<Vec<StageStep>> {
        let rows: Vec<(String, i64, String, Option<String>, i64)> = on!(self.read_pool(), db => sqlx::query_as(
            "select s.stage, s.warnings, s.reason, a.login, s.at from stage_step s
             left join member a on a.org_id = s.org_id and a.account_id = s.account_id
             where s.org_id = $1 and s.market_id = $2 order by s.n desc",
        ).bind(by.org().number()).bind(market.to_string()).fetch_all(db).await)?;
        rows.into_iter()
            .map(|(stage, warnings, reason, login, at)| {
                let (stage, by, at) =
                    (Stage::from_code(&stage)?, login.unwrap_or_default(), Moment::from_millis(at));
                Ok(StageStep { stage, warnings, reason, by, at })
            })
            .collect()
    }
}
