//! The figures of every Saturday that was held: as signed or last corrected; as counted so far where nobody has signed.

use std::collections::BTreeMap;

use kaishi_domain::actor::Viewer;
use kaishi_domain::bulletin::{Figure, figures};
use kaishi_domain::market::Stage;
use kaishi_domain::moment::Day;
use kaishi_domain::season::trend::Point;
use kaishi_domain::{MarketRef, Moment};

use crate::pool::on;
use crate::{Result, Store};

impl Store {
    /// The Saturdays that were held, in the order of their days.
    pub async fn trend(&self, by: &Viewer, now: Moment) -> Result<Vec<Point>> {
        let signed = self.signed_figures(by).await?;
        let mut points = Vec::new();
        for row in self.season(by).await?.into_iter().rev() {
            let market = row.market;
            if !matches!(market.stage, Stage::Open | Stage::Closed | Stage::Filed) {
                continue;
            }
            let known = signed.get(&market.id.to_string()).cloned();
            let (signed, figures) = if let Some(known) = known {
                (true, known)
            } else {
                let at = MarketRef { org: market.org, market: market.id };
                (false, figures(&self.snapshot(at, now).await?))
            };
            let day = Day::parse(&market.held_on)?;
            points.push(Point { market: market.id, day, ordinal: market.ordinal, signed, figures });
        }
        Ok(points)
    }

    /// The figures of each signed bulletin, with what was corrected.
    async fn signed_figures(&self, by: &Viewer) -> Result<BTreeMap<String, Vec<Figure>>> {
        // The signature first, then the corrections in their order: the last one stands.
        let rows: Vec<(String, i64, String)> = on!(self.read_pool(), db => sqlx::query_as(
            "select market_id, cast(-1 as bigint) as n, figures from bulletin where org_id = $1
             union all select market_id, n, figures from bulletin_issue where org_id = $1
             order by market_id, n",
        ).bind(by.org().number()).fetch_all(db).await)?;
        rows.into_iter().map(|(market, _, figures)| Ok((market, serde_json::from_str(&figures)?))).collect()
    }
}
