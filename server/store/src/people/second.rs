//! The second factor of an account: begun, proved once, used once a half minute, or replaced by a recovery code.

use kaishi_domain::actor::Admin;
use kaishi_domain::id::hex;
use kaishi_domain::token::second::{Owner, SALT};
use kaishi_domain::{AccountId, Moment};

use super::{cut, home_of};
use crate::audit::{self, Act, Fresh};
use crate::pool::{Conn, Step, on, transact, via};
use crate::{Error, Result, Store};

/// What is kept of a second factor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Second {
    /// Under which key its secret stands.
    pub key: u8,
    /// What makes the secret.
    pub salt: [u8; SALT],
    /// Proved by its owner; before that it opens nothing.
    pub confirmed: bool,
}

async fn note(conn: &mut Conn<'_>, owner: &Owner, verb: &str, fresh: &Fresh, now: Moment) -> Step<()> {
    let account = owner.account.to_string();
    let act = Act { org: owner.home, at: now, actor: &account, verb, object: &account, detail: "" };
    audit::note(conn, fresh, act).await
}

/// Takes the second factor and its codes away.
async fn forget(conn: &mut Conn<'_>, owner: &Owner) -> Step<u64> {
    let mut gone = 0;
    for text in [
        "delete from recovery where org_id = $1 and account_id = $2",
        "delete from second_factor where org_id = $1 and account_id = $2",
    ] {
        gone = via!(conn, db => sqlx::query(text)
            .bind(owner.home.number())
            .bind(owner.account.to_string())
            .execute(db)
            .await
            .map(|done| done.rows_affected()))?;
    }
    Ok(gone)
}

impl Store {
    /// What an account has, if it has begun.
    pub async fn second(&self, owner: &Owner) -> Result<Option<Second>> {
        let row: Option<(i64, String, Option<i64>)> = on!(self.read_pool(), db => sqlx::query_as(
            "select key_id, salt, confirmed_at from second_factor where org_id = $1 and account_id = $2",
        ).bind(owner.home.number()).bind(owner.account.to_string()).fetch_optional(db).await)?;
        let Some((key, salt, confirmed)) = row else { return Ok(None) };
        let mut bytes = [0; SALT];
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = salt
                .get(2 * at..2 * at + 2)
                .and_then(|pair| u8::from_str_radix(pair, 16).ok())
                .ok_or_else(|| Error::Broken("salt".into()))?;
        }
        let key = u8::try_from(key).map_err(|_| Error::Broken("key".into()))?;
        Ok(Some(Second { key, salt: bytes, confirmed: confirmed.is_some() }))
    }

    /// Begins, or begins again while it is not proved.
    pub async fn second_begin(&self, owner: &Owner, key: u8, salt: [u8; SALT], now: Moment) -> Result<()> {
        let begun = transact!(self, tx => {
            Ok(sqlx::query(
                "insert into second_factor (org_id, account_id, key_id, salt, step, begun_at)
                 values ($1, $2, $3, $4, 0, $5)
                 on conflict (org_id, account_id) do update
                   set key_id = excluded.key_id, salt = excluded.salt, begun_at = excluded.begun_at
                   where second_factor.confirmed_at is null",
            )
            .bind(owner.home.number())
            .bind(owner.account.to_string())
            .bind(i64::from(key))
            .bind(hex(&salt))
            .bind(now.millis())
            .execute(&mut *tx)
            .await?
            .rows_affected())
        })?;
        if begun == 1 { Ok(()) } else { Err(Error::Taken("second factor".into())) }
    }

    /// Its owner has proved it with the code of a half minute; `digests` are of the recovery codes.
    pub async fn second_confirm(
        &self,
        owner: &Owner,
        step: u64,
        digests: &[String],
        now: Moment,
    ) -> Result<()> {
        let fresh = self.fresh_text();
        transact!(self, tx => {
            let mut conn = Conn::from(&mut *tx);
            let proved = via!(&mut conn, db => sqlx::query(
                "update second_factor set confirmed_at = $4, step = $3
                 where org_id = $1 and account_id = $2 and confirmed_at is null",
            )
            .bind(owner.home.number())
            .bind(owner.account.to_string())
            .bind(step as i64)
            .bind(now.millis())
            .execute(db)
            .await
            .map(|done| done.rows_affected()))?;
            if proved == 0 {
                return Err(Error::Missing("second factor").into());
            }
            for digest in digests {
                via!(&mut conn, db => sqlx::query(
                    "insert into recovery (org_id, account_id, digest) values ($1, $2, $3)",
                )
                .bind(owner.home.number())
                .bind(owner.account.to_string())
                .bind(digest)
                .execute(db)
                .await
                .map(drop))?;
            }
            note(&mut conn, owner, "second.on", &fresh, now).await
        })
    }

    /// Uses the code of a half minute up; one that was used, or an earlier one, opens nothing.
    pub async fn second_use(&self, owner: &Owner, step: u64) -> Result<bool> {
        let used = transact!(self, tx => {
            Ok(sqlx::query(
                "update second_factor set step = $3 where org_id = $1 and account_id = $2
                 and confirmed_at is not null and step < $3",
            )
            .bind(owner.home.number())
            .bind(owner.account.to_string())
            .bind(step as i64)
            .execute(&mut *tx)
            .await?
            .rows_affected())
        })?;
        Ok(used == 1)
    }

    /// Uses a recovery code up, whichever of the digests it is.
    pub async fn recovery_use(&self, owner: &Owner, digests: &[String], now: Moment) -> Result<bool> {
        let fresh = self.fresh_text();
        transact!(self, tx => {
            let mut conn = Conn::from(&mut *tx);
            for digest in digests {
                let used = via!(&mut conn, db => sqlx::query(
                    "update recovery set used_at = $4
                     where org_id = $1 and account_id = $2 and digest = $3 and used_at is null",
                )
                .bind(owner.home.number())
                .bind(owner.account.to_string())
                .bind(digest)
                .bind(now.millis())
                .execute(db)
                .await
                .map(|done| done.rows_affected()))?;
                if used == 1 {
                    note(&mut conn, owner, "second.recovery", &fresh, now).await?;
                    return Ok(true);
                }
            }
            Ok(false)
        })
    }

    /// How many recovery codes are left.
    pub async fn recovery_left(&self, owner: &Owner) -> Result<i64> {
        Ok(on!(self.read_pool(), db => sqlx::query_scalar(
            "select count(*) from recovery where org_id = $1 and account_id = $2 and used_at is null",
        ).bind(owner.home.number()).bind(owner.account.to_string()).fetch_one(db).await)?)
    }

    /// Its owner, who has just proved it, goes without.
    pub async fn second_off(&self, owner: &Owner, now: Moment) -> Result<()> {
        let fresh = self.fresh_text();
        transact!(self, tx => {
            let mut conn = Conn::from(&mut *tx);
            if forget(&mut conn, owner).await? == 0 {
                return Err(Error::Missing("second factor").into());
            }
            note(&mut conn, owner, "second.off", &fresh, now).await
        })
    }

    /// An admin takes the second factor of somebody away whose phone is lost; its sessions end.
    pub async fn person_second_off(&self, by: &Admin, who: AccountId, now: Moment) -> Result<()> {
        let (org, fresh) = (by.org(), self.fresh_text());
        transact!(self, tx => {
            let mut conn = Conn::from(&mut *tx);
            if home_of(&mut conn, org, who).await? != org {
                return Err(Error::Missing("account").into());
            }
            if forget(&mut conn, &Owner { home: org, account: who }).await? == 0 {
                return Err(Error::Missing("second factor").into());
            }
            cut(&mut conn, org, who).await?;
            let (actor, object) = (by.account().to_string(), who.to_string());
            let act =
                Act { org, at: now, actor: &actor, verb: "person.second_off", object: &object, detail: "" };
            audit::note(&mut conn, &fresh, act).await
        })
    }
}
