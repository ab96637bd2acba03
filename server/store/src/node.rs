//! What the nodes of one installation agree on: the master key, and who does a task in the background.
//!
//! A lease is one conditional statement and no lock of an engine: it works behind any pooler and on any engine, and
//! a node that dies holds nothing up for longer than its lease runs.

use kaishi_domain::{Moment, OrgId};

use crate::pool::{on, transact};
use crate::{Error, Result, Store};

impl Store {
    /// Whether other nodes may write the same database.
    pub const fn is_shared(&self) -> bool {
        matches!(self.read_pool(), crate::Pool::Postgres(_))
    }

    /// Notes the check of the master key where none is known yet; answers the one that is known.
    pub async fn key_check(&self, check: &str, now: Moment) -> Result<String> {
        transact!(self, tx => {
            sqlx::query(
                "insert into installation (org_id, key_check, made_at) values ($1, $2, $3)
                 on conflict (org_id) do nothing",
            )
            .bind(OrgId::INSTALLATION.number())
            .bind(check)
            .bind(now.millis())
            .execute(&mut *tx)
            .await?;
            let known: Option<String> =
                sqlx::query_scalar("select key_check from installation where org_id = $1")
                    .bind(OrgId::INSTALLATION.number())
                    .fetch_optional(&mut *tx)
                    .await?;
            Ok(known.ok_or(Error::Missing("installation"))?)
        })
    }

    /// Takes or prolongs a task until a moment; no when another node has it.
    pub async fn lease(
        &self,
        org: OrgId,
        task: &str,
        holder: &str,
        (now, until): (Moment, Moment),
    ) -> Result<bool> {
        transact!(self, tx => {
            let taken = sqlx::query(
                "insert into lease (org_id, task, holder, until_at) values ($1, $2, $3, $4)
                 on conflict (org_id, task) do update set holder = excluded.holder, until_at = excluded.until_at
                 where lease.holder = excluded.holder or lease.until_at <= $5",
            )
            .bind(org.number())
            .bind(task)
            .bind(holder)
            .bind(until.millis())
            .bind(now.millis())
            .execute(&mut *tx)
            .await?
            .rows_affected();
            Ok(taken == 1)
        })
    }

    /// Takes out of an organization what has run out: sessions, tries, seats at maps. Answers how many rows that
    /// were.
    pub async fn sweep(&self, org: OrgId, now: Moment) -> Result<u64> {
        const OLD: i64 = kaishi_domain::moment::HOUR;
        transact!(self, tx => {
            let sessions = sqlx::query("delete from session where org_id = $1 and expires_at <= $2")
                .bind(org.number())
                .bind(now.millis() / kaishi_domain::moment::SECOND)
                .execute(&mut *tx)
                .await?
                .rows_affected();
            let attempts = sqlx::query("delete from attempt where org_id = $1 and bucket < $2")
                .bind(org.number())
                .bind(now.plus(-OLD).millis())
                .execute(&mut *tx)
                .await?
                .rows_affected();
            let seats = sqlx::query("delete from seat where org_id = $1 and seen_at < $2")
                .bind(org.number())
                .bind(now.plus(-OLD).millis())
                .execute(&mut *tx)
                .await?
                .rows_affected();
            Ok(sessions + attempts + seats)
        })
    }

    /// Tries of a kind for a subject in the minute that runs, on all nodes together.
    pub async fn attempts(&self, org: OrgId, kind: Kind, subject: &str, now: Moment) -> Result<i64> {
        let n: Option<i64> = on!(self.read_pool(), db => sqlx::query_scalar(
            "select n from attempt where org_id = $1 and kind = $2 and subject = $3 and bucket = $4",
        )
        .bind(org.number())
        .bind(kind.code())
        .bind(subject)
        .bind(minute(now))
        .fetch_optional(db)
        .await)?;
        Ok(n.unwrap_or(0))
    }

    /// Notes a try and answers the how manieth of its minute it is.
    pub async fn attempt(&self, org: OrgId, kind: Kind, subject: &str, now: Moment) -> Result<i64> {
        transact!(self, tx => {
            Ok(sqlx::query_scalar(
                "insert into attempt (org_id, kind, subject, bucket, n) values ($1, $2, $3, $4, 1)
                 on conflict (org_id, kind, subject, bucket) do update set n = attempt.n + 1 returning n",
            )
            .bind(org.number())
            .bind(kind.code())
            .bind(subject)
            .bind(minute(now))
            .fetch_one(&mut *tx)
            .await?)
        })
    }
}

fn minute(now: Moment) -> i64 {
    now.bucket(kaishi_domain::moment::MINUTE).millis()
}

/// What somebody tries.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A password, for one login name.
    Login,
    /// A code that a resident types, of all residents together.
    Code,
}

impl Kind {
    const fn code(self) -> &'static str {
        match self {
            Self::Login => "login",
            Self::Code => "code",
        }
    }
}
