//! What an operator looks at: how large the database is, when its chores ran last, which phones are out.

use std::collections::BTreeMap;

use kaishi_domain::actor::Auditor;
use kaishi_domain::{DeviceId, LinkId, MarketId, Moment, OrgId};
use sqlx::FromRow;

use crate::pool::{Pool, on, transact};
use crate::{Error, Result, Store};

/// What runs in the background, or by hand.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Task {
    /// What is past its time was deleted.
    Retention,
    /// The chains were walked.
    Verify,
    /// Everything was copied and the copy proved.
    Backup,
}

impl Task {
    const ALL: [Self; 3] = [Self::Retention, Self::Verify, Self::Backup];

    const fn code(self) -> &'static str {
        match self {
            Self::Retention => "retention",
            Self::Verify => "verify",
            Self::Backup => "backup",
        }
    }
}

/// When something ran last, and what came of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Run {
    /// When.
    pub at: Moment,
    /// What came of it, in one line.
    pub found: String,
}

/// A phone that counts at some Saturday and may be taken out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Out {
    /// Of which market.
    pub market: MarketId,
    /// Its day.
    pub held_on: String,
    /// Its link.
    pub link: LinkId,
    /// The phone.
    pub device: DeviceId,
    /// The number of its stall; a supervisor's may have none.
    pub stall: Option<String>,
    /// When it was heard last.
    pub seen: Moment,
    /// Records that it held then.
    pub unsent: i64,
}

#[derive(FromRow)]
struct OutRow {
    market_id: String,
    held_on: String,
    link_id: String,
    device_id: String,
    stall: Option<String>,
    seen_at: i64,
    unsent: i64,
}

/// So many phones on the page.
const PHONES: i64 = 200;

impl Store {
    /// Notes that something has run.
    pub async fn run_note(&self, org: OrgId, task: Task, found: &str, now: Moment) -> Result<()> {
        transact!(self, tx => {
            sqlx::query(
                "insert into chore_run (org_id, task, at, found) values ($1, $2, $3, $4)
                 on conflict (org_id, task) do update set at = excluded.at, found = excluded.found",
            )
            .bind(org.number())
            .bind(task.code())
            .bind(now.millis())
            .bind(found)
            .execute(&mut *tx)
            .await?;
            Ok(())
        })
    }

    /// The last runs.
    pub async fn runs(&self, org: OrgId) -> Result<BTreeMap<Task, Run>> {
        let rows: Vec<(String, i64, String)> = on!(self.read_pool(), db => sqlx::query_as(
            "select task, at, found from chore_run where org_id = $1",
        ).bind(org.number()).fetch_all(db).await)?;
        let run = |(task, at, found): (String, i64, String)| {
            let task = Task::ALL.into_iter().find(|one| one.code() == task);
            let task = task.ok_or_else(|| Error::Broken("task of a run".into()))?;
            Ok((task, Run { at: Moment::from_millis(at), found }))
        };
        rows.into_iter().map(run).collect()
    }

    /// Bytes of the database, without its log.
    pub async fn bytes(&self) -> Result<i64> {
        Ok(match self.read_pool() {
            Pool::Sqlite(db) => {
                let text = "select page_count * page_size from pragma_page_count, pragma_page_size";
                sqlx::query_scalar(text).fetch_one(db).await?
            }
            Pool::Postgres(db) => {
                sqlx::query_scalar("select pg_database_size(current_database())").fetch_one(db).await?
            }
        })
    }

    /// The phones of every Saturday that are not taken out and may still send, or have not sent all: those that hold
    /// something first, then those that were heard last.
    pub async fn devices_out(&self, by: &Auditor, now: Moment) -> Result<Vec<Out>> {
        let rows: Vec<OutRow> = on!(self.read_pool(), db => sqlx::query_as(
            "select d.market_id, m.held_on, d.link_id, d.device_id, s.no as stall, d.seen_at, d.unsent from device d
             join market m on m.org_id = d.org_id and m.market_id = d.market_id
             join link l on l.org_id = d.org_id and l.link_id = d.link_id
             left join stall s on s.org_id = d.org_id and s.market_id = d.market_id and s.stall_id = d.stall_id
             where d.org_id = $1 and d.revoked_at is null
               and (d.unsent > 0 or (l.revoked_at is null and l.expires_at > $2))
             order by case when d.unsent > 0 then 0 else 1 end, d.seen_at desc, d.device_id limit $3",
        ).bind(by.org().number()).bind(now.millis()).bind(PHONES).fetch_all(db).await)?;
        rows.into_iter()
            .map(|row| {
                Ok(Out {
                    market: row.market_id.parse()?,
                    held_on: row.held_on,
                    link: row.link_id.parse()?,
                    device: row.device_id.parse()?,
                    stall: row.stall,
                    seen: Moment::from_millis(row.seen_at),
                    unsent: row.unsent,
                })
            })
            .collect()
    }
}
