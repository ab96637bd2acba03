//! What programs ask by Open311: keys, the market that takes an appeal from outside, appeals by what a program knows.

use kaishi_domain::actor::Organizer;
use kaishi_domain::appeal::{Appeal, Grid};
use kaishi_domain::id::ShortId;
use kaishi_domain::{AppealId, LinkId, MarketRef, Moment, OrgId};

use crate::appeal::{COLUMNS, Row};
use crate::audit::{self, Spot};
use crate::pool::{on, transact};
use crate::{Error, Result, Store};

/// The most appeals of one answer, as the protocol has it.
const LIST: i64 = 1000;

/// A program's key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenKey {
    /// What is signed into the key itself.
    pub id: LinkId,
    /// Whose program it is.
    pub name: String,
    /// When it was made.
    pub made_at: Moment,
}

impl Store {
    /// Makes a key.
    pub async fn open_key_make(&self, by: &Organizer, name: &str, now: Moment) -> Result<LinkId> {
        let name = Grid::text(name, false)?;
        let (id, fresh) = (ShortId::new(by.org(), self.random()), self.fresh_text());
        transact!(self, tx => {
            sqlx::query(
                "insert into open_key (org_id, key_id, name, account_id, made_at) values ($1, $2, $3, $4, $5)",
            )
            .bind(by.org().number())
            .bind(id.to_string())
            .bind(&name)
            .bind(by.account().to_string())
            .bind(now.millis())
            .execute(&mut *tx)
            .await?;
            audit::signed!(tx, &fresh, (by, now), "open_key.make", &id.to_string(), &name);
            Ok(id)
        })
    }

    /// Takes a key out of service.
    pub async fn open_key_revoke(&self, by: &Organizer, id: LinkId, now: Moment) -> Result<()> {
        let fresh = self.fresh_text();
        let key = [("key_id", id.to_string())];
        let spot = Spot { table: "open_key", columns: &["revoked_at"], org: by.org(), key: &key };
        transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            let gone = sqlx::query(
                "update open_key set revoked_at = $3 where org_id = $1 and key_id = $2 and revoked_at is null",
            )
            .bind(by.org().number())
            .bind(id.to_string())
            .bind(now.millis())
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if gone == 0 {
                return Err(Error::Missing("key").into());
            }
            let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
            audit::signed!(tx, &fresh, (by, now), "open_key.revoke", &id.to_string(), &told);
            Ok(())
        })
    }

    /// The living keys of an organization.
    pub async fn open_keys(&self, by: &Organizer) -> Result<Vec<OpenKey>> {
        let rows: Vec<(String, String, i64)> = on!(self.read_pool(), db => sqlx::query_as(
            "select key_id, name, made_at from open_key where org_id = $1 and revoked_at is null order by made_at",
        ).bind(by.org().number()).fetch_all(db).await)?;
        rows.into_iter()
            .map(|(id, name, at)| Ok(OpenKey { id: id.parse()?, name, made_at: Moment::from_millis(at) }))
            .collect()
    }

    /// The organization in which a program may raise appeals.
    pub async fn open_key(&self, id: LinkId) -> Result<OrgId> {
        let n: i64 = on!(self.read_pool(), db => sqlx::query_scalar(
            "select count(*) from open_key where org_id = $1 and key_id = $2 and revoked_at is null",
        ).bind(id.org().number()).bind(id.to_string()).fetch_one(db).await)?;
        if n == 1 { Ok(id.org()) } else { Err(Error::Missing("key")) }
    }

    /// The market that takes an appeal from outside: the next one, else the last one.
    pub async fn market_at_hand(&self, org: OrgId, now: Moment) -> Result<MarketRef> {
        let id: Option<String> = on!(self.read_pool(), db => sqlx::query_scalar(
            "select market_id from market where org_id = $1
             order by case when closes_at >= $2 then 0 else 1 end,
               case when closes_at >= $2 then closes_at else -closes_at end limit 1",
        ).bind(org.number()).bind(now.millis()).fetch_optional(db).await)?;
        Ok(MarketRef { org, market: id.ok_or(Error::Missing("market"))?.parse()? })
    }

    /// The appeals of an organization that were raised between two moments, the latest first; never a quarrel.
    pub async fn open_requests(&self, org: OrgId, from: Moment, to: Moment) -> Result<Vec<Appeal>> {
        let rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(sqlx::AssertSqlSafe(format!(
            "select {COLUMNS} from appeal where org_id = $1 and raised_at >= $2 and raised_at <= $3
             and category <> 'mediation' order by raised_at desc limit $4",
        ))).bind(org.number()).bind(from.millis()).bind(to.millis()).bind(LIST).fetch_all(db).await)?;
        rows.into_iter().map(Row::appeal).collect()
    }

    /// One of them by the id under which programs know it. That is not the code on its slip.
    pub async fn open_request(&self, org: OrgId, id: AppealId) -> Result<Appeal> {
        let row: Option<Row> = on!(self.read_pool(), db => sqlx::query_as(sqlx::AssertSqlSafe(format!(
            "select {COLUMNS} from appeal where org_id = $1 and appeal_id = $2 and category <> 'mediation'",
        ))).bind(org.number()).bind(id.to_string()).fetch_optional(db).await)?;
        row.ok_or(Error::Missing("appeal"))?.appeal()
    }

    /// The appeal that was raised under a nonce: how a program finds what it was given a token for.
    pub async fn open_token(&self, org: OrgId, nonce: &str) -> Result<Appeal> {
        let row: Option<Row> = on!(self.read_pool(), db => sqlx::query_as(sqlx::AssertSqlSafe(format!(
            "select {COLUMNS} from appeal where org_id = $1 and nonce = $2",
        ))).bind(org.number()).bind(nonce).fetch_optional(db).await)?;
        row.ok_or(Error::Missing("appeal"))?.appeal()
    }
}
