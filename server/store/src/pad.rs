//! What a staff pad shows when it opens: its stall's figures and its own last taps.

use kaishi_domain::actor::Device;
use kaishi_domain::encounter::Kind;
use kaishi_domain::pad::{SHOWN, Tap, Today};
use kaishi_domain::{MarketRef, Moment, StallId};

use crate::pool::on;
use crate::{Result, Store};

impl Store {
    /// People of one stall today, from every source, unreviewed ones left out.
    pub async fn stall_today(&self, at: MarketRef, stall: StallId) -> Result<Today> {
        let (served, talks): (i64, i64) = on!(self.read_pool(), db => sqlx::query_as(
            "select cast(coalesce(sum(case when kind = 'talk' then 0 else n end), 0) as bigint),
               cast(coalesce(sum(case when kind = 'talk' then n else 0 end), 0) as bigint)
             from tally
             where org_id = $1 and market_id = $2 and stall_id = $3 and confidence = 'normal'",
        )
        .bind(at.org.number())
        .bind(at.market.to_string())
        .bind(stall.to_string())
        .fetch_one(db)
        .await)?;
        Ok(Today { served, talks })
    }

    /// The last taps of a device, latest first, those taken back marked.
    pub async fn taps(&self, device: &Device) -> Result<Vec<Tap>> {
        let rows: Vec<(String, String, i64, i64, i64)> = on!(self.read_pool(), db => sqlx::query_as(
            "select e.nonce, e.kind, e.n, e.at,
               (select count(*) from encounter c where c.org_id = e.org_id and c.market_id = e.market_id
                 and c.nonce = 'undo:' || e.encounter_id)
             from encounter e
             where e.org_id = $1 and e.market_id = $2 and e.stall_id = $3 and e.device_id = $4
               and e.refers_to is null
             order by e.seq desc limit $5",
        )
        .bind(device.org.number())
        .bind(device.market.to_string())
        .bind(device.stall.to_string())
        .bind(device.link.to_string())
        .bind(i64::try_from(SHOWN).unwrap_or(i64::MAX))
        .fetch_all(db)
        .await)?;
        rows.into_iter()
            .map(|(nonce, kind, n, at, undone)| {
                let id = nonce.split_once(':').map_or(nonce.as_str(), |(_, record)| record).to_owned();
                let (kind, at) = (Kind::from_code(&kind)?, Moment::from_millis(at));
                Ok(Tap { id, at, n, kind, undone: undone > 0 })
            })
            .collect()
    }
}
