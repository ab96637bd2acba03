//! What a market has set for its safety.

use kaishi_domain::actor::Organizer;
use kaishi_domain::safety::{Card, Limits, Safety};
use kaishi_domain::{MarketId, MarketRef, Moment};
use sqlx::FromRow;

use crate::audit::{self, Act};
use crate::pool::{on, transact};
use crate::{Error, Result, Store};

#[derive(FromRow)]
struct Row {
    attendance: Option<i64>,
    capacity: Option<i64>,
    wind_stop: Option<i64>,
    heat_shade: Option<i64>,
    heat_stop: Option<i64>,
    card: String,
}

impl Store {
    /// What a market has set; nothing while nobody has.
    pub async fn safety(&self, at: MarketRef) -> Result<Safety> {
        let row: Option<Row> = on!(self.read_pool(), db => sqlx::query_as(
            "select attendance, capacity, wind_stop, heat_shade, heat_stop, card from safety
             where org_id = $1 and market_id = $2",
        ).bind(at.org.number()).bind(at.market.to_string()).fetch_optional(db).await)?;
        let Some(row) = row else { return Ok(Safety::default()) };
        let limits = match (row.wind_stop, row.heat_shade, row.heat_stop) {
            (Some(wind_stop), Some(heat_shade), Some(heat_stop)) => {
                Some(Limits { wind_stop, heat_shade, heat_stop })
            }
            _ => None,
        };
        let card = serde_json::from_str(&row.card)?;
        Ok(Safety { attendance: row.attendance, capacity: row.capacity, limits, card })
    }

    /// Notes how many people are expected.
    pub async fn attendance_set(
        &self,
        by: &Organizer,
        market: MarketId,
        people: i64,
        now: Moment,
    ) -> Result<()> {
        self.safety_set(by, market, Set::Attendance(people), now).await
    }

    /// Sets the wind and the heat from which on the market gives way.
    pub async fn limits_set(
        &self,
        by: &Organizer,
        market: MarketId,
        limits: Limits,
        now: Moment,
    ) -> Result<()> {
        self.safety_set(by, market, Set::Limits(limits.sound()?), now).await
    }

    /// Writes the emergency card.
    pub async fn card_set(&self, by: &Organizer, market: MarketId, card: &Card, now: Moment) -> Result<()> {
        self.safety_set(by, market, Set::Card(serde_json::to_string(card)?), now).await
    }

    async fn safety_set(&self, by: &Organizer, market: MarketId, set: Set, now: Moment) -> Result<()> {
        let (columns, detail) = set.columns();
        let fresh = self.fresh_text();
        transact!(self, tx => {
            let done = sqlx::query(
                "insert into safety (org_id, market_id, attendance, wind_stop, heat_shade, heat_stop, card)
                 select org_id, market_id, $3, $4, $5, $6, coalesce($7, $8) from market
                 where org_id = $1 and market_id = $2
                 on conflict (org_id, market_id) do update set
                   attendance = coalesce($3, safety.attendance), wind_stop = coalesce($4, safety.wind_stop),
                   heat_shade = coalesce($5, safety.heat_shade), heat_stop = coalesce($6, safety.heat_stop),
                   card = coalesce($7, safety.card)",
            )
            .bind(by.org().number())
            .bind(market.to_string())
            .bind(columns.attendance)
            .bind(columns.wind_stop)
            .bind(columns.heat_shade)
            .bind(columns.heat_stop)
            .bind(&columns.card)
            .bind(serde_json::to_string(&Card::default())?)
            .execute(&mut *tx)
            .await?;
            if done.rows_affected() == 0 {
                return Err(Error::Missing("market").into());
            }
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "safety",
                object: &market.to_string(),
                detail: &detail,
            });
            Ok(())
        })
    }
}

/// The part that is set; the others stay.
enum Set {
    Attendance(i64),
    Limits(Limits),
    Card(String),
}

/// The columns of a part; what is `None` stays.
#[derive(Default)]
struct Columns {
    attendance: Option<i64>,
    wind_stop: Option<i64>,
    heat_shade: Option<i64>,
    heat_stop: Option<i64>,
    card: Option<String>,
}

impl Set {
    /// The columns, and how the trail tells it.
    fn columns(self) -> (Columns, String) {
        let nothing = Columns::default();
        match self {
            Self::Attendance(people) => {
                (Columns { attendance: Some(people), ..nothing }, format!("attendance {people}"))
            }
            Self::Limits(Limits { wind_stop, heat_shade, heat_stop }) => {
                let detail = format!("limits wind {wind_stop} shade {heat_shade} heat {heat_stop}");
                let (wind_stop, heat_shade, heat_stop) = (Some(wind_stop), Some(heat_shade), Some(heat_stop));
                (Columns { wind_stop, heat_shade, heat_stop, ..nothing }, detail)
            }
            Self::Card(card) => (Columns { card: Some(card.clone()), ..nothing }, card),
        }
    }
}
