//! How an answer to a call stands in its table.

use kaishi_domain::call::{Ask, Claim, State};
use kaishi_domain::{MarketRef, Moment, UnitId};
use sqlx::FromRow;

use crate::pool::on;
use crate::{Error, Result, Store};

/// An answer with its unit's name, for a `select` from `claim c` and `unit u`.
pub(super) const COLUMNS: &str = "c.claim_id, c.unit_id, u.name as unit_name, c.way, c.want_id, c.stall_id, c.pitch, c.state, c.detail, \
     c.made_at from claim c join unit u on u.org_id = c.org_id and u.unit_id = c.unit_id";

#[derive(FromRow)]
pub(super) struct Row {
    claim_id: String,
    unit_id: String,
    unit_name: String,
    way: String,
    want_id: Option<String>,
    stall_id: Option<String>,
    pitch: String,
    state: String,
    detail: String,
    made_at: i64,
}

impl TryFrom<Row> for Claim {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        let ask = match (row.way.as_str(), row.want_id, row.stall_id) {
            ("bid", Some(want), None) => Ask::Bid(want.parse()?),
            ("take", None, Some(stall)) => Ask::Take(stall.parse()?),
            ("offer", None, None) => Ask::Offer,
            _ => return Err(Error::Broken(format!("claim {} asks for nothing", row.claim_id))),
        };
        let state: State = serde_json::from_str(&row.detail)?;
        if state.code() != row.state {
            return Err(Error::Broken(format!("claim {} in two states", row.claim_id)));
        }
        Ok(Self {
            id: row.claim_id.parse()?,
            unit: row.unit_id.parse()?,
            unit_name: row.unit_name,
            ask,
            pitch: serde_json::from_str(&row.pitch)?,
            state,
            made: Moment::from_millis(row.made_at),
        })
    }
}

impl Store {
    /// The answers to a market's call, in the order in which they came in.
    pub async fn claims(&self, at: MarketRef) -> Result<Vec<Claim>> {
        let text = format!("select {COLUMNS} where c.org_id = $1 and c.market_id = $2 order by c.claim_id");
        let rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(sqlx::AssertSqlSafe(text))
            .bind(at.org.number()).bind(at.market.to_string()).fetch_all(db).await)?;
        rows.into_iter().map(Claim::try_from).collect()
    }

    /// How often each unit was expected at a market that is over and did not come.
    pub async fn missed(&self, at: MarketRef) -> Result<Vec<(UnitId, i64)>> {
        let rows: Vec<(String, i64)> = on!(self.read_pool(), db => sqlx::query_as(
            "select e.unit_id, count(*) from entry e
             join market m on m.org_id = e.org_id and m.market_id = e.market_id
             where e.org_id = $1 and e.market_id <> $2 and e.unit_id is not null and e.arrived_at is null
               and m.stage in ('closed', 'filed')
             group by e.unit_id order by e.unit_id",
        ).bind(at.org.number()).bind(at.market.to_string()).fetch_all(db).await)?;
        rows.into_iter().map(|(unit, often)| Ok((unit.parse()?, often))).collect()
    }
}
