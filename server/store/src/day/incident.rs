//! Incidents: written down, and led through their loop one step at a time.

use kaishi_domain::actor::{Organizer, Viewer};
use kaishi_domain::cell::Point;
use kaishi_domain::incident::{Incident, Kind, Severity, State, Step as Next};
use kaishi_domain::{IncidentId, MarketId, MarketRef, Moment};
use sqlx::FromRow;

use crate::audit::{self, Act};
use crate::pool::{Attempt, Conn, Step, on, transact, via};
use crate::{Error, Result, Store};

#[derive(FromRow)]
struct Row {
    market_id: String,
    incident_id: String,
    kind: String,
    spot: String,
    severity: String,
    words: String,
    point: Option<String>,
    happened_at: i64,
    written_at: i64,
    state: String,
    detail: String,
}

/// What a [`Row`] is read from.
const COLUMNS: &str = "market_id, incident_id, kind, spot, severity, words, point, happened_at, written_at, state, detail from incident";

impl TryFrom<Row> for Incident {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        let state: State = serde_json::from_str(&row.detail)?;
        if state.code() != row.state {
            return Err(Error::Broken(format!("incident {} in two states", row.incident_id)));
        }
        Ok(Self {
            id: row.incident_id.parse()?,
            kind: Kind::from_code(&row.kind)?,
            spot: serde_json::from_str(&row.spot)?,
            severity: Severity::from_code(&row.severity)?,
            words: row.words,
            point: row.point.as_deref().map(Point::from_code).transpose()?,
            happened: Moment::from_millis(row.happened_at),
            written: Moment::from_millis(row.written_at),
            state,
        })
    }
}

/// Writes an incident into an existing market; says whether it did. One that comes from a checklist is not written
/// while the same point of the same place is still open.
pub(super) async fn insert(conn: &mut Conn<'_>, at: MarketRef, incident: &Incident) -> Step<bool> {
    let (spot, detail) = (serde_json::to_string(&incident.spot)?, serde_json::to_string(&incident.state)?);
    let written = via!(conn, db => sqlx::query(
        "insert into incident (org_id, market_id, incident_id, kind, spot, severity, words, point, happened_at,
           written_at, state, detail, due_on)
         select org_id, market_id, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13 from market
         where org_id = $1 and market_id = $2
           and not exists (select 1 from incident i where i.org_id = $1 and i.market_id = $2 and i.spot = $5
             and i.point = $8 and i.state in ('warned', 'handling'))",
    )
    .bind(at.org.number())
    .bind(at.market.to_string())
    .bind(incident.id.to_string())
    .bind(incident.kind.code())
    .bind(spot)
    .bind(incident.severity.code())
    .bind(&incident.words)
    .bind(incident.point.map(Point::code))
    .bind(incident.happened.millis())
    .bind(incident.written.millis())
    .bind(incident.state.code())
    .bind(detail)
    .bind(incident.state.due().map(|day| day.to_string()))
    .execute(db)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(written == 1)
}

impl Store {
    /// Writes down what may go wrong or has gone wrong.
    pub async fn incident_add(
        &self,
        by: &Organizer,
        market: MarketId,
        incident: &Incident,
        now: Moment,
    ) -> Result<()> {
        let incident = incident.clone().sound()?;
        let (at, fresh) = (MarketRef { org: by.org(), market }, self.fresh_text());
        transact!(self, tx => {
            if !insert(&mut (&mut *tx).into(), at, &incident).await? {
                return Err(Error::Missing("market").into());
            }
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "incident.add",
                object: &incident.id.to_string(),
                detail: &format!("{} {}", incident.kind.code(), incident.words),
            });
            Ok(())
        })
    }

    /// Leads an incident a step on, if it still stands where the step begins.
    pub async fn incident_step(
        &self,
        by: &Organizer,
        market: MarketId,
        id: IncidentId,
        step: &Next,
        now: Moment,
    ) -> Result<()> {
        let text = format!("select {COLUMNS} where org_id = $1 and market_id = $2 and incident_id = $3");
        let fresh = self.fresh_text();
        transact!(self, tx => {
            let row: Option<Row> = sqlx::query_as(sqlx::AssertSqlSafe(text.clone()))
                .bind(by.org().number())
                .bind(market.to_string())
                .bind(id.to_string())
                .fetch_optional(&mut *tx)
                .await?;
            let row = row.ok_or(Error::Missing("incident"))?;
            let before = row.detail.clone();
            let incident = Incident::try_from(row)?;
            let state = incident.state.step(step.clone(), incident.severity, now)?;
            let written = sqlx::query(
                "update incident set state = $4, detail = $5, due_on = $6
                 where org_id = $1 and market_id = $2 and incident_id = $3 and detail = $7",
            )
            .bind(by.org().number())
            .bind(market.to_string())
            .bind(id.to_string())
            .bind(state.code())
            .bind(serde_json::to_string(&state)?)
            .bind(state.due().map(|day| day.to_string()))
            .bind(&before)
            .execute(&mut *tx)
            .await?;
            if written.rows_affected() == 0 {
                return Err(Attempt::Again(Error::Unavailable("somebody else was first".into())));
            }
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "incident.step",
                object: &id.to_string(),
                detail: &format!("{{\"before\":{before},\"after\":{}}}", serde_json::to_string(&state)?),
            });
            Ok(())
        })
    }

    /// Everything that was written down at a market, latest first.
    pub async fn incidents(&self, at: MarketRef) -> Result<Vec<Incident>> {
        let text = format!(
            "select {COLUMNS} where org_id = $1 and market_id = $2 order by happened_at desc, incident_id desc"
        );
        let rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(sqlx::AssertSqlSafe(text))
            .bind(at.org.number()).bind(at.market.to_string()).fetch_all(db).await)?;
        rows.into_iter().map(Incident::try_from).collect()
    }

    /// What has to be looked at again at any Saturday, the earliest day first.
    pub async fn visits(&self, by: &Viewer) -> Result<Vec<(MarketId, Incident)>> {
        let text =
            format!("select {COLUMNS} where org_id = $1 and state = 'visit' order by due_on, incident_id");
        let rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(sqlx::AssertSqlSafe(text))
            .bind(by.org().number()).fetch_all(db).await)?;
        rows.into_iter().map(|row| Ok((row.market_id.parse()?, row.try_into()?))).collect()
    }
}
