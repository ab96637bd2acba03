//! Whose a booking was is forgotten: a week after its time, and where somebody did not come, once that no longer
//! matters to the rule.

use kaishi_domain::booking::Resource;
use kaishi_domain::moment::HOUR;
use kaishi_domain::{Moment, OrgId};

use crate::audit::{self, Act};
use crate::pool::{on, transact};
use crate::{Result, Store};

/// So long after its time a booking that was kept still says whose it was.
const KEPT_FOR: i64 = 7 * 24 * HOUR;

/// Until when bookings ended whose holders are forgotten now: of those that were missed, and of all others.
fn edges(resource: &Resource, now: Moment) -> (i64, i64) {
    let memory = resource.terms.no_show.map_or(KEPT_FOR, |rule| rule.memory().max(KEPT_FOR));
    (now.plus(-memory).millis(), now.plus(-KEPT_FOR).millis())
}

impl Store {
    /// How many bookings say whose they were and need not any more.
    pub(crate) async fn holders_overstayed(&self, org: OrgId, now: Moment) -> Result<u64> {
        let mut found = 0;
        for resource in self.resources(org).await? {
            let (missed, kept) = edges(&resource, now);
            let here: i64 = on!(self.read_pool(), db => sqlx::query_scalar(
                "select count(*) from booking where org_id = $1 and resource_id = $2 and holder is not null
                 and ends_at <= case when state = 'lapsed' then cast($3 as bigint) else cast($4 as bigint) end",
            )
            .bind(org.number())
            .bind(resource.id.to_string())
            .bind(missed)
            .bind(kept)
            .fetch_one(db)
            .await)?;
            found += here.unsigned_abs();
        }
        Ok(found)
    }

    /// Forgets them, and says how many that were.
    pub(crate) async fn holders_forget(&self, org: OrgId, now: Moment) -> Result<u64> {
        let mut gone = 0;
        for resource in self.resources(org).await? {
            let ((missed, kept), fresh) = (edges(&resource, now), self.fresh_text());
            gone += transact!(self, tx => {
                let here = sqlx::query(
                    "update booking set holder = null
                     where org_id = $1 and resource_id = $2 and holder is not null
                       and ends_at <= case when state = 'lapsed' then cast($3 as bigint) else cast($4 as bigint) end",
                )
                .bind(org.number())
                .bind(resource.id.to_string())
                .bind(missed)
                .bind(kept)
                .execute(&mut *tx)
                .await?
                .rows_affected();
                if here > 0 {
                    let (object, detail) = (resource.id.to_string(), here.to_string());
                    let (actor, verb) = ("retention", "booking.anonymise");
                    audit::record!(tx, &fresh, Act { org, at: now, actor, verb, object: &object, detail: &detail });
                }
                Ok(here)
            })?;
        }
        Ok(gone)
    }
}
