//! The ledger read row by row, to check the counts that grow beside it. Never on the way of a screen.

use kaishi_domain::MarketRef;
use kaishi_domain::count::Encounters;
use kaishi_domain::encounter::{Confidence, Kind, LATE_AFTER, Source};
use sqlx::FromRow;

use crate::pool::look;
use crate::{Result, Store};

/// What the rows themselves say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Recount {
    /// People served, by source.
    pub encounters: Encounters,
    /// Heads at talks.
    pub talks: i64,
    /// Different visitor tags.
    pub visitors: i64,
    /// Rows, counter-entries too.
    pub rows: i64,
    /// The number of the last row; equal to `rows`, or one is missing.
    pub last: i64,
}

#[derive(FromRow)]
struct Sum {
    source: String,
    kind: String,
    confidence: String,
    n: i64,
    late: i64,
    corrected: i64,
}

impl Store {
    /// Adds up every row of a market's ledger.
    pub async fn recount(&self, at: MarketRef) -> Result<Recount> {
        let (org, market) = (at.org.number(), at.market.to_string());
        let (sums, (rows, last, visitors)) = look!(self, tx => {
            let sums: Vec<Sum> = sqlx::query_as(
                "select e.source, e.kind, e.confidence, cast(sum(e.n) as bigint) as n,
                   cast(sum(case when coalesce(o.arrived_at, e.arrived_at) - e.at > $3 then e.n else 0 end)
                     as bigint) as late,
                   cast(sum(case when e.n < 0 then -e.n else 0 end) as bigint) as corrected
                 from encounter e
                 left join encounter o on o.org_id = e.org_id and o.market_id = e.market_id
                   and o.encounter_id = e.refers_to
                 where e.org_id = $1 and e.market_id = $2
                 group by e.source, e.kind, e.confidence",
            ).bind(org).bind(&market).bind(LATE_AFTER).fetch_all(&mut *tx).await?;
            let ends: (i64, i64, i64) = sqlx::query_as(
                "select count(*), coalesce(max(seq), 0), count(distinct visitor) from encounter
                 where org_id = $1 and market_id = $2",
            ).bind(org).bind(&market).fetch_one(&mut *tx).await?;
            Ok((sums, ends))
        })?;
        let mut found = Recount { encounters: Encounters::default(), talks: 0, visitors, rows, last };
        for sum in sums {
            found.add(&sum)?;
        }
        Ok(found)
    }
}

impl Recount {
    fn add(&mut self, sum: &Sum) -> Result<()> {
        let n = sum.n;
        if Kind::from_code(&sum.kind)? == Kind::Talk {
            self.talks += n;
            return Ok(());
        }
        let split = &mut self.encounters;
        if Confidence::from_code(&sum.confidence)? == Confidence::Low {
            split.pending_review += n;
            return Ok(());
        }
        match Source::from_code(&sum.source)? {
            Source::Scan => split.scan += n,
            Source::Staff => split.staff += n,
            Source::Paper => split.paper += n,
        }
        split.total += n;
        split.late += sum.late;
        split.corrected += sum.corrected;
        Ok(())
    }
}
