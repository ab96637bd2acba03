//! Lists of appeals, each for somebody who may see them, and the figures that follow from them.

use kaishi_domain::actor::{Device, Guest, Reader, Viewer};
use kaishi_domain::appeal::{Appeal, AppealCode, Reference, Words};
use kaishi_domain::count::Appeals;
use kaishi_domain::{MarketId, MarketRef, Moment, OrgId};

use super::row::{COLUMNS, Row};
use crate::pool::on;
use crate::{Error, Result, Store};

/// The most appeals that a list shows; the rest is behind its codes.
const LIST: i64 = 1000;
/// Where the part of an appeal's id begins that its reference is made of, counted from 1.
const ENDING: usize = 23;

impl Store {
    /// The appeals of a Saturday, what is due first on top, then the latest.
    pub async fn appeals(&self, by: &Reader, market: MarketId) -> Result<Vec<Appeal>> {
        self.appeals_in(MarketRef { org: by.org(), market }).await
    }

    /// The same without words, for whoever watches.
    pub async fn appeals_seen(&self, by: &Viewer, market: MarketId) -> Result<Vec<Appeal>> {
        let all = self.appeals_in(MarketRef { org: by.org(), market }).await?;
        Ok(all.into_iter().map(|appeal| Appeal { words: Words::default(), ..appeal }).collect())
    }

    async fn appeals_in(&self, at: MarketRef) -> Result<Vec<Appeal>> {
        let rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(sqlx::AssertSqlSafe(format!(
            "select {COLUMNS} from appeal where org_id = $1 and market_id = $2
             order by case when due_at is null then 1 else 0 end, due_at, raised_at desc limit $3",
        ))).bind(at.org.number()).bind(at.market.to_string()).bind(LIST).fetch_all(db).await)?;
        rows.into_iter().map(Row::appeal).collect()
    }

    /// The appeals that a staff phone raised or that were raised at its stall, latest first.
    pub async fn appeals_at(&self, device: &Device, most: i64) -> Result<Vec<Appeal>> {
        let rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(sqlx::AssertSqlSafe(format!(
            "select {COLUMNS} from appeal where org_id = $1 and market_id = $2 and stall_id = $3
             order by raised_at desc limit $4",
        )))
        .bind(device.org.number())
        .bind(device.market.to_string())
        .bind(device.stall.to_string())
        .bind(most)
        .fetch_all(db)
        .await)?;
        rows.into_iter().map(Row::appeal).collect()
    }

    /// How many others raised the same matter: appeals that were merged into this one.
    pub async fn appeal_echoes(&self, code: AppealCode) -> Result<i64> {
        Ok(on!(self.read_pool(), db => sqlx::query_scalar(
            "select count(*) from appeal where org_id = $1 and merged_into = $2",
        ).bind(code.org.number()).bind(code.slip.to_string()).fetch_one(db).await)?)
    }

    /// The open appeals of the organization since a moment, the latest first: what may be the same matter.
    pub async fn appeals_open(&self, by: &Reader, since: Moment) -> Result<Vec<Appeal>> {
        let rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(sqlx::AssertSqlSafe(format!(
            "select {COLUMNS} from appeal where org_id = $1 and raised_at >= $2 and state in
               ('raised', 'accepted', 'returned', 'dispatched', 'reassigned', 'taken', 'handling')
             order by raised_at desc limit $3",
        ))).bind(by.org().number()).bind(since.millis()).bind(LIST).fetch_all(db).await)?;
        rows.into_iter().map(Row::appeal).collect()
    }

    /// The small wishes that the desk has read and nobody has taken, the oldest first.
    pub async fn wishes(&self, guest: &Guest) -> Result<Vec<Appeal>> {
        let rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(sqlx::AssertSqlSafe(format!(
            "select {COLUMNS} from appeal where org_id = $1 and category = 'wish' and state in ('accepted', 'returned')
             order by raised_at limit $2",
        ))).bind(guest.org.number()).bind(LIST).fetch_all(db).await)?;
        rows.into_iter().map(Row::appeal).collect()
    }

    /// How many small wishes wait to be taken, and what everybody may read of those that the desk made public.
    pub async fn wishes_told(&self, org: OrgId) -> Result<(i64, Vec<Words>)> {
        let waiting: i64 = on!(self.read_pool(), db => sqlx::query_scalar(
            "select count(*) from appeal
             where org_id = $1 and category = 'wish' and state in ('accepted', 'returned')",
        ).bind(org.number()).fetch_one(db).await)?;
        let bodies: Vec<String> = on!(self.read_pool(), db => sqlx::query_scalar(
            "select p.body from appeal_public p
             join appeal a on a.org_id = p.org_id and a.appeal_id = p.appeal_id
             where p.org_id = $1 and a.category = 'wish' and a.state in ('accepted', 'returned') and p.shown = 1
               and p.revision = (select max(revision) from appeal_public q
                                 where q.org_id = $1 and q.appeal_id = p.appeal_id)
             order by a.raised_at limit $2",
        ).bind(org.number()).bind(LIST).fetch_all(db).await)?;
        Ok((waiting, bodies.iter().map(|body| Words::parse(body)).collect::<std::result::Result<_, _>>()?))
    }

    /// What a unit has to do with and what it has settled, until it is filed: what is due first on top.
    pub async fn appeals_of(&self, guest: &Guest) -> Result<Vec<Appeal>> {
        let rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(sqlx::AssertSqlSafe(format!(
            "select {COLUMNS} from appeal where org_id = $1 and state <> 'filed' and (unit_id = $2 or appeal_id in
               (select appeal_id from appeal_helper where org_id = $1 and unit_id = $2))
             order by case when due_at is null then 1 else 0 end, due_at, raised_at desc limit $3",
        ))).bind(guest.org.number()).bind(guest.unit.to_string()).bind(LIST).fetch_all(db).await)?;
        rows.into_iter().map(Row::appeal).collect()
    }

    /// One appeal that a unit has to do with, by what staff call it. Any other looks the same as none.
    pub async fn appeal_for(&self, guest: &Guest, reference: Reference) -> Result<Appeal> {
        let row: Option<Row> = on!(self.read_pool(), db => sqlx::query_as(sqlx::AssertSqlSafe(format!(
            "select {COLUMNS} from appeal where org_id = $1 and substr(appeal_id, {ENDING}) = $3
               and (unit_id = $2
                 or appeal_id in (select appeal_id from appeal_helper where org_id = $1 and unit_id = $2))
             order by appeal_id limit 1",
        )))
        .bind(guest.org.number())
        .bind(guest.unit.to_string())
        .bind(reference.ending())
        .fetch_optional(db)
        .await)?;
        let appeal = row.ok_or(Error::Missing("appeal"))?.appeal()?;
        let theirs = appeal.state.answers() == Some(guest.unit) || appeal.care.helpers.contains(&guest.unit);
        if theirs { Ok(appeal) } else { Err(Error::Missing("appeal")) }
    }

    /// One appeal of a Saturday, by what staff call it.
    pub async fn appeal_called(&self, at: MarketRef, reference: Reference) -> Result<Appeal> {
        let row: Option<Row> = on!(self.read_pool(), db => sqlx::query_as(sqlx::AssertSqlSafe(format!(
            "select {COLUMNS} from appeal
             where org_id = $1 and market_id = $2 and substr(appeal_id, {ENDING}) = $3
             order by appeal_id limit 1",
        )))
        .bind(at.org.number())
        .bind(at.market.to_string())
        .bind(reference.ending())
        .fetch_optional(db)
        .await)?;
        row.ok_or(Error::Missing("appeal"))?.appeal()
    }

    /// A small wish by what staff call it, whoever may have it by now.
    pub async fn wish_called(&self, guest: &Guest, reference: Reference) -> Result<Appeal> {
        let row: Option<Row> = on!(self.read_pool(), db => sqlx::query_as(sqlx::AssertSqlSafe(format!(
            "select {COLUMNS} from appeal
             where org_id = $1 and category = 'wish' and substr(appeal_id, {ENDING}) = $2
             order by appeal_id limit 1",
        ))).bind(guest.org.number()).bind(reference.ending()).fetch_optional(db).await)?;
        row.ok_or(Error::Missing("appeal"))?.appeal()
    }

    /// How far the appeals of a Saturday are; with a stall, only those raised there.
    pub async fn appeal_counts(
        &self,
        at: MarketRef,
        stall: Option<kaishi_domain::StallId>,
        now: Moment,
    ) -> Result<Appeals> {
        let row: (i64, i64, i64, i64, i64) = on!(self.read_pool(), db => sqlx::query_as(
            "select count(*),
               cast(coalesce(sum(case when settled = 'spot' then 1 else 0 end), 0) as bigint),
               count(settled), count(confirmed_at),
               cast(coalesce(sum(case when due_at < $4 then 1 else 0 end), 0) as bigint)
             from appeal where org_id = $1 and market_id = $2 and (cast($3 as text) is null or stall_id = $3)",
        )
        .bind(at.org.number())
        .bind(at.market.to_string())
        .bind(stall.map(|id| id.to_string()))
        .bind(now.millis())
        .fetch_one(db)
        .await)?;
        let (raised, settled_on_spot, settled_by_unit, confirmed, overdue) = row;
        Ok(Appeals { raised, settled_on_spot, settled_by_unit, confirmed, overdue })
    }
}
