//! Published versions of a layout: what residents see, and what was seen before. Rows are added, never changed.

use kaishi_domain::actor::{Organizer, Viewer};
use kaishi_domain::layout::{Diff, Layout};
use kaishi_domain::market::Plan;
use kaishi_domain::{MarketId, MarketRef, Moment};

use crate::pool::on;
use crate::{Error, Result, Store};

/// One published version, without its stalls.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Version {
    /// 1 for the first.
    pub version: i64,
    /// The draft's revision that it was made from.
    pub revision: i64,
    /// The login name of who published it; empty where nobody is known.
    pub by: String,
    /// When; the beginning of time for maps that are older than versions.
    pub at: Moment,
}

impl Store {
    /// What residents see of a plan, with its version; empty at version 0 before the first.
    pub async fn published(&self, at: MarketRef, plan: Plan) -> Result<(i64, Layout)> {
        let row: Option<(i64, String)> = on!(self.read_pool(), db => sqlx::query_as(
            "select version, body from layout_version
             where org_id = $1 and market_id = $2 and plan = $3 order by version desc limit 1",
        ).bind(at.org.number()).bind(at.market.to_string()).bind(plan.code()).fetch_optional(db).await)?;
        match row {
            Some((version, body)) => Ok((version, serde_json::from_str(&body)?)),
            None => Ok((0, Layout::default())),
        }
    }

    /// The draft's revision and the version that residents see, 0 where there is none: what a beat costs.
    pub async fn layout_heads(&self, at: MarketRef, plan: Plan) -> Result<(i64, i64)> {
        Ok(on!(self.read_pool(), db => sqlx::query_as(
            "select
               cast(coalesce((select revision from layout
                 where org_id = $1 and market_id = $2 and plan = $3), 0) as bigint),
               cast(coalesce((select max(version) from layout_version
                 where org_id = $1 and market_id = $2 and plan = $3), 0) as bigint)",
        ).bind(at.org.number()).bind(at.market.to_string()).bind(plan.code()).fetch_one(db).await)?)
    }

    /// Every version of a plan, latest first.
    pub async fn layout_versions(&self, by: &Viewer, market: MarketId, plan: Plan) -> Result<Vec<Version>> {
        let rows: Vec<(i64, i64, Option<String>, i64)> = on!(self.read_pool(), db => sqlx::query_as(
            "select v.version, v.revision, a.login, v.at from layout_version v
             left join member a on a.org_id = v.org_id and a.account_id = v.account_id
             where v.org_id = $1 and v.market_id = $2 and v.plan = $3 order by v.version desc",
        ).bind(by.org().number()).bind(market.to_string()).bind(plan.code()).fetch_all(db).await)?;
        Ok(rows
            .into_iter()
            .map(|(version, revision, login, at)| Version {
                version,
                revision,
                by: login.unwrap_or_default(),
                at: Moment::from_millis(at),
            })
            .collect())
    }

    /// The stalls of one version.
    pub async fn layout_version(
        &self,
        by: &Viewer,
        market: MarketId,
        plan: Plan,
        version: i64,
    ) -> Result<Layout> {
        let body: Option<String> = on!(self.read_pool(), db => sqlx::query_scalar(
            "select body from layout_version
             where org_id = $1 and market_id = $2 and plan = $3 and version = $4",
        )
        .bind(by.org().number())
        .bind(market.to_string())
        .bind(plan.code())
        .bind(version)
        .fetch_optional(db)
        .await)?;
        Ok(serde_json::from_str(&body.ok_or(Error::Missing("version"))?)?)
    }

    /// The change that made one revision of a draft, to be taken back by its inverse.
    pub async fn layout_change(
        &self,
        by: &Organizer,
        market: MarketId,
        plan: Plan,
        revision: i64,
    ) -> Result<Diff> {
        let diff: Option<String> = on!(self.read_pool(), db => sqlx::query_scalar(
            "select diff from layout_change
             where org_id = $1 and market_id = $2 and plan = $3 and revision = $4",
        )
        .bind(by.org().number())
        .bind(market.to_string())
        .bind(plan.code())
        .bind(revision)
        .fetch_optional(db)
        .await)?;
        Ok(serde_json::from_str(&diff.ok_or(Error::Missing("change"))?)?)
    }
}
