//! Public copies: versions are added, the latest counts, and only one that was ticked is shown.

use std::collections::BTreeMap;

use kaishi_domain::actor::{Organizer, Reader};
use kaishi_domain::appeal::{Appeal, PublicCopy, Words};
use kaishi_domain::{AppealId, MarketRef, Moment};
use sqlx::FromRow;

use super::row::{COLUMNS, Row};
use crate::audit;
use crate::pool::{on, transact};
use crate::{Error, Result, Store};

/// The most copies that a page shows.
const LIST: i64 = 200;

#[derive(FromRow)]
struct Copy {
    revision: i64,
    body: String,
    shown: i64,
    account_id: String,
    at: i64,
}

impl Copy {
    fn read(self) -> Result<PublicCopy> {
        Ok(PublicCopy {
            revision: self.revision,
            body: Words::parse(&self.body)?,
            shown: self.shown == 1,
            by: self.account_id.parse()?,
            at: Moment::from_millis(self.at),
        })
    }
}

impl Store {
    /// Every version of an appeal's public copy, the latest first.
    pub async fn copies(&self, by: &Reader, appeal: &Appeal) -> Result<Vec<PublicCopy>> {
        let rows: Vec<Copy> = on!(self.read_pool(), db => sqlx::query_as(
            "select revision, body, shown, account_id, at from appeal_public
             where org_id = $1 and appeal_id = $2 order by revision desc",
        ).bind(by.org().number()).bind(appeal.id.to_string()).fetch_all(db).await)?;
        rows.into_iter().map(Copy::read).collect()
    }

    /// Adds a version on top of `seen`, the one that whoever writes has read. Of two at once one is on top.
    pub async fn copy_write(
        &self,
        by: &Organizer,
        appeal: &Appeal,
        (text, shown): (&str, bool),
        seen: i64,
        now: Moment,
    ) -> Result<()> {
        let body = PublicCopy::edited(appeal.category, text, shown)?;
        let fresh = self.fresh_text();
        transact!(self, tx => {
            let added = sqlx::query(
                "insert into appeal_public (org_id, appeal_id, revision, body, shown, account_id, at)
                 select org_id, appeal_id, $3, $4, $5, $6, $7 from appeal where org_id = $1 and appeal_id = $2
                   and $8 = (select coalesce(max(revision), 0) from appeal_public
                             where org_id = $1 and appeal_id = $2)
                 on conflict (org_id, appeal_id, revision) do nothing",
            )
            .bind(by.org().number())
            .bind(appeal.id.to_string())
            .bind(seen + 1)
            .bind(body.as_str())
            .bind(i64::from(shown))
            .bind(by.account().to_string())
            .bind(now.millis())
            .bind(seen)
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if added == 0 {
                return Err(Error::Taken("copy".into()).into());
            }
            audit::signed!(tx, &fresh, (by, now), if shown { "appeal.public.show" } else { "appeal.public.hide" }, &appeal.id.to_string(), &(seen + 1).to_string());
            Ok(())
        })
    }

    /// What everybody may read of a market's appeals, the latest first. The appeals come without their own words.
    pub async fn copies_shown(&self, at: MarketRef) -> Result<Vec<(Appeal, PublicCopy)>> {
        let copies: Vec<(String, i64, String, i64, String, i64)> = on!(self.read_pool(), db => sqlx::query_as(
            "select p.appeal_id, p.revision, p.body, p.shown, p.account_id, p.at from appeal_public p
             join appeal a on a.org_id = p.org_id and a.appeal_id = p.appeal_id
             where p.org_id = $1 and a.market_id = $2 and p.shown = 1 and a.category <> 'mediation'
               and p.revision = (select max(revision) from appeal_public q
                                 where q.org_id = $1 and q.appeal_id = p.appeal_id)
             order by a.raised_at desc limit $3",
        ).bind(at.org.number()).bind(at.market.to_string()).bind(LIST).fetch_all(db).await)?;
        let rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(sqlx::AssertSqlSafe(format!(
            "select {COLUMNS} from appeal where org_id = $1 and market_id = $2
             and appeal_id in (select appeal_id from appeal_public where org_id = $1 and shown = 1)",
        ))).bind(at.org.number()).bind(at.market.to_string()).fetch_all(db).await)?;
        let mut appeals: BTreeMap<AppealId, Appeal> = BTreeMap::new();
        for row in rows {
            let appeal = row.appeal()?;
            appeals.insert(appeal.id, Appeal { words: Words::default(), ..appeal });
        }
        let mut shown = Vec::new();
        for (id, revision, body, shown_now, account_id, at) in copies {
            if let Some(appeal) = appeals.remove(&id.parse::<AppealId>()?) {
                shown.push((appeal, Copy { revision, body, shown: shown_now, account_id, at }.read()?));
            }
        }
        Ok(shown)
    }
}
