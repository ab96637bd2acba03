//! What was known of the weather of a Saturday, what was decided, by whom and when. Rows are added only.

use kaishi_domain::actor::{Organizer, Viewer};
use kaishi_domain::rain::Decision;
use kaishi_domain::safety::Reading;
use kaishi_domain::{MarketId, Moment};
use sqlx::FromRow;

use crate::audit::{self, Act, Spot};
use crate::pool::{on, transact};
use crate::{Error, Result, Store};

/// One look at the forecast.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Watched {
    /// `午后雷阵雨，26℃`
    pub forecast: String,
    /// Wind and heat in figures, where they were noted.
    pub reading: Reading,
    /// What was decided.
    pub decision: Decision,
    /// The login name of who decided.
    pub by: String,
    /// When.
    pub at: Moment,
}

#[derive(FromRow)]
struct Row {
    forecast: String,
    decision: String,
    login: Option<String>,
    at: i64,
    wind: Option<i64>,
    heat: Option<i64>,
}

impl Store {
    /// Notes a look at the forecast; the public page shows the forecast from then on.
    pub async fn weather_note(
        &self,
        by: &Organizer,
        market: MarketId,
        (forecast, reading): (&str, Reading),
        decision: Decision,
        now: Moment,
    ) -> Result<()> {
        let (org, id, fresh) = (by.org().number(), market.to_string(), self.fresh_text());
        let key = [("market_id", id.clone())];
        let spot = Spot { table: "market", columns: &["weather"], org: by.org(), key: &key };
        let done: Result<()> = transact!(self, tx => {
            let mut before = spot.look(&mut (&mut *tx).into()).await?;
            let last: Option<String> = sqlx::query_scalar(
                "select decision from weather_watch where org_id = $1 and market_id = $2 order by n desc limit 1",
            ).bind(org).bind(&id).fetch_optional(&mut *tx).await?;
            before.insert("decision", last);
            let known = sqlx::query("update market set weather = $3 where org_id = $1 and market_id = $2")
                .bind(org).bind(&id).bind(forecast).execute(&mut *tx).await?;
            if known.rows_affected() == 0 {
                return Err(Error::Missing("market").into());
            }
            sqlx::query(
                "insert into weather_watch (org_id, market_id, n, forecast, decision, account_id, at, wind, heat)
                 select $1, $2, coalesce(max(n), 0) + 1, $3, $4, $5, $6, $7, $8 from weather_watch
                 where org_id = $1 and market_id = $2",
            )
            .bind(org)
            .bind(&id)
            .bind(forecast)
            .bind(decision.code())
            .bind(by.account().to_string())
            .bind(now.millis())
            .bind(reading.wind)
            .bind(reading.heat)
            .execute(&mut *tx)
            .await?;
            let mut after = spot.look(&mut (&mut *tx).into()).await?;
            after.insert("decision", Some(decision.code().to_owned()));
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "weather",
                object: &id,
                detail: &audit::told(&before, &after),
            });
            Ok(())
        });
        self.scans.clear();
        done
    }

    /// Every look at the forecast of a Saturday, latest first.
    pub async fn weather(&self, by: &Viewer, market: MarketId) -> Result<Vec<Watched>> {
        let rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(
            "select w.forecast, w.decision, a.login, w.at, w.wind, w.heat from weather_watch w
             left join member a on a.org_id = w.org_id and a.account_id = w.account_id
             where w.org_id = $1 and w.market_id = $2 order by w.n desc",
        ).bind(by.org().number()).bind(market.to_string()).fetch_all(db).await)?;
        rows.into_iter()
            .map(|row| {
                let reading = Reading::of(row.wind, row.heat)?;
                let (by, at) = (row.login.unwrap_or_default(), Moment::from_millis(row.at));
                Ok(Watched {
                    forecast: row.forecast,
                    reading,
                    decision: Decision::from_code(&row.decision)?,
                    by,
                    at,
                })
            })
            .collect()
    }
}
