//! What each unit did on a Saturday: served up to a row of the ledger, so that it agrees with what was signed; settled
//! and rated as it is now, because that goes on after the day.

use std::collections::BTreeMap;

use kaishi_domain::bulletin::{Thanks, minutes_open};
use kaishi_domain::encounter::Kind;
use kaishi_domain::market::{Market, Stage};
use kaishi_domain::{MarketRef, Moment};
use sqlx::FromRow;

use crate::pool::on;
use crate::{Result, Store};

#[derive(FromRow)]
struct Row {
    unit_id: String,
    name: String,
    sign: String,
    no: Option<String>,
    arrived_at: Option<i64>,
}

#[derive(FromRow)]
struct Answered {
    unit_id: Option<String>,
    settled: i64,
    content: i64,
    rated: i64,
}

impl Store {
    /// The units of a market in the order of their stalls, with what they did up to a row of its ledger.
    pub async fn unit_thanks(&self, market: &Market, upto: i64) -> Result<Vec<Thanks>> {
        let at = MarketRef { org: market.org, market: market.id };
        let (opened, closed) = self.hours(market).await?;
        let mut units: Vec<Thanks> = Vec::new();
        for row in self.who_came(at).await? {
            let unit = row.unit_id.parse()?;
            let minutes = minutes_open(row.arrived_at.map(Moment::from_millis), opened, closed);
            let stall = row.no.map(|no| (no, row.sign));
            match units.iter_mut().find(|known| known.unit == unit) {
                Some(known) => {
                    known.stalls.extend(stall);
                    known.minutes = known.minutes.max(minutes);
                }
                None => units.push(Thanks {
                    unit,
                    name: row.name,
                    stalls: stall.into_iter().collect(),
                    kinds: Vec::new(),
                    settled: 0,
                    rated: 0,
                    content: 0,
                    minutes,
                }),
            }
        }
        let (served, answered) = (self.served_by(at, upto).await?, self.answered_by(at).await?);
        for unit in &mut units {
            let id = unit.unit.to_string();
            for (_, kind, n) in served.iter().filter(|(of, ..)| *of == id) {
                unit.kinds.push((Kind::from_code(kind)?, *n));
            }
            if let Some(own) = answered.get(&id) {
                (unit.settled, unit.rated, unit.content) = (own.settled, own.rated, own.content);
            }
        }
        Ok(units)
    }

    /// When the market opened first and closed last; as planned where nobody pressed the button.
    async fn hours(&self, market: &Market) -> Result<(Moment, Moment)> {
        let hours: (Option<i64>, Option<i64>) = on!(self.read_pool(), db => sqlx::query_as(
            "select min(case when stage = $3 then at end), max(case when stage = $4 then at end) from stage_step
             where org_id = $1 and market_id = $2",
        )
        .bind(market.org.number())
        .bind(market.id.to_string())
        .bind(Stage::Open.code())
        .bind(Stage::Closed.code())
        .fetch_one(db)
        .await)?;
        let or = |at: Option<i64>, planned| at.map_or(planned, Moment::from_millis);
        Ok((or(hours.0, market.opens_at), or(hours.1, market.closes_at)))
    }

    async fn who_came(&self, at: MarketRef) -> Result<Vec<Row>> {
        let mut rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(
            "select e.unit_id, u.name, e.name as sign, s.no, e.arrived_at from entry e
             join unit u on u.org_id = e.org_id and u.unit_id = e.unit_id
             left join assignment a on a.org_id = e.org_id and a.market_id = e.market_id and a.entry_id = e.entry_id
             left join stall s on s.org_id = a.org_id and s.market_id = a.market_id and s.stall_id = a.stall_id
             where e.org_id = $1 and e.market_id = $2 order by s.no, e.entry_id",
        ).bind(at.org.number()).bind(at.market.to_string()).fetch_all(db).await)?;
        let number = |row: &Row| row.no.as_ref().and_then(|no| no.parse::<u32>().ok()).unwrap_or(u32::MAX);
        rows.sort_by_key(number);
        Ok(rows)
    }

    async fn served_by(&self, at: MarketRef, upto: i64) -> Result<Vec<(String, String, i64)>> {
        Ok(on!(self.read_pool(), db => sqlx::query_as(
            "select y.unit_id, e.kind, cast(sum(e.n) as bigint) from encounter e
             join assignment a on a.org_id = e.org_id and a.market_id = e.market_id and a.stall_id = e.stall_id
             join entry y on y.org_id = a.org_id and y.market_id = a.market_id and y.entry_id = a.entry_id
             where e.org_id = $1 and e.market_id = $2 and e.seq <= $3
               and (e.confidence = 'normal' or e.kind = 'talk')
               and y.unit_id is not null
             group by y.unit_id, e.kind order by y.unit_id, e.kind",
        ).bind(at.org.number()).bind(at.market.to_string()).bind(upto).fetch_all(db).await)?)
    }

    /// By the unit that it was sent to; of what nobody was sent, by the unit at whose stall it was settled.
    async fn answered_by(&self, at: MarketRef) -> Result<BTreeMap<String, Answered>> {
        let rows: Vec<Answered> = on!(self.read_pool(), db => sqlx::query_as(
            "select coalesce(p.unit_id, y.unit_id) as unit_id, count(p.settled) as settled,
               count(p.confirmed_at) as content,
               cast(coalesce(sum((select count(*) from appeal_step s where s.org_id = p.org_id
                 and s.appeal_id = p.appeal_id and s.verb = 'rate')), 0) as bigint) as rated
             from appeal p
             left join assignment a on a.org_id = p.org_id and a.market_id = p.market_id
               and a.stall_id = p.stall_id and p.settled = 'spot'
             left join entry y on y.org_id = a.org_id and y.market_id = a.market_id and y.entry_id = a.entry_id
             where p.org_id = $1 and p.market_id = $2
             group by coalesce(p.unit_id, y.unit_id)",
        ).bind(at.org.number()).bind(at.market.to_string()).fetch_all(db).await)?;
        Ok(rows.into_iter().filter_map(|row| Some((row.unit_id.clone()?, row))).collect())
    }
}
