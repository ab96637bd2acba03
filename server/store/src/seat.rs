//! Who has which map open: in the database, because two organizers at one map may talk to two nodes.

use kaishi_domain::market::Plan;
use kaishi_domain::moment::SECOND;
use kaishi_domain::{MarketRef, Moment, StallId};

use crate::pool::transact;
use crate::{Result, Store};

/// Whoever has not been heard of for so long has left, in milliseconds.
pub const AWAY: i64 = 15 * SECOND;
/// More browsers than this on one map are not told of each other.
const MOST: i64 = 64;

/// One open map in one browser tab.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seat {
    /// Chosen by the browser, one a tab.
    pub id: String,
    /// The login name of who sits there.
    pub name: String,
    /// The stalls that are selected there.
    pub selected: Vec<StallId>,
}

impl Store {
    /// Notes that a seat is taken now and answers the others on the same map, longest there first.
    pub async fn beat(&self, (at, plan): (MarketRef, Plan), seat: &Seat, now: Moment) -> Result<Vec<Seat>> {
        let selected = serde_json::to_string(&seat.selected)?;
        let away = now.plus(-AWAY).millis();
        let rows: Vec<(String, String, String)> = transact!(self, tx => {
            sqlx::query(
                "delete from seat where org_id = $1 and market_id = $2 and plan = $3
                   and (seen_at <= $4 or seen_at > $5)",
            )
            .bind(at.org.number())
            .bind(at.market.to_string())
            .bind(plan.code())
            .bind(away)
            .bind(now.plus(AWAY).millis())
            .execute(&mut *tx)
            .await?;
            sqlx::query(
                "insert into seat (org_id, market_id, plan, seat_id, name, selected, since_at, seen_at)
                 select $1, $2, $3, $4, $5, $6, $7, $7
                 where (select count(*) from seat s where s.org_id = $1 and s.market_id = $2 and s.plan = $3
                   and s.seat_id <> $4) < $8
                 on conflict (org_id, market_id, plan, seat_id)
                 do update set name = excluded.name, selected = excluded.selected, seen_at = excluded.seen_at",
            )
            .bind(at.org.number())
            .bind(at.market.to_string())
            .bind(plan.code())
            .bind(&seat.id)
            .bind(&seat.name)
            .bind(&selected)
            .bind(now.millis())
            .bind(MOST)
            .execute(&mut *tx)
            .await?;
            Ok(sqlx::query_as(
                "select seat_id, name, selected from seat
                 where org_id = $1 and market_id = $2 and plan = $3 and seat_id <> $4
                 order by since_at, seat_id",
            )
            .bind(at.org.number())
            .bind(at.market.to_string())
            .bind(plan.code())
            .bind(&seat.id)
            .fetch_all(&mut *tx)
            .await?)
        })?;
        rows.into_iter()
            .map(|(id, name, selected)| Ok(Seat { id, name, selected: serde_json::from_str(&selected)? }))
            .collect()
    }
}
