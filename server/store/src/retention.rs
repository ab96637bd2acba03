//! What is not kept: contacts, what identifies a reporter, numbers in what was written on the way of an appeal some days
//! after closing, the key of a market day after a
//! week, which phone booked once that no longer matters. Each deletion is one conditional statement beside its row in the audit trail.

use kaishi_domain::appeal::masked;
use kaishi_domain::moment::HOUR;
use kaishi_domain::{Moment, OrgId};

use crate::audit::{self, Act};
use crate::pool::{on, transact};
use crate::{Result, Store};

/// The key of a market day lives for so long after closing; from then on a visitor's tag is nobody's.
const KEY_FOR: i64 = 7 * 24 * HOUR;
/// Rows that are looked at together.
const BATCH: i64 = 200;
/// Who stands in the audit trail.
const ACTOR: &str = "retention";

/// How many of what were past their time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Retained {
    /// Contacts that are deleted.
    pub contacts: u64,
    /// Appeals of which nothing identifies the reporter any more.
    pub reporters: u64,
    /// Keys of market days that are destroyed.
    pub day_keys: u64,
    /// Bookings that no longer say which phone they were made with.
    pub holders: u64,
    /// Texts of handlers and of ratings in which numbers of people are masked.
    pub texts: u64,
}

impl Store {
    /// What is past its time at `now`; nothing is changed. Contacts are kept for `keep` milliseconds after closing.
    pub async fn overstayed(&self, keep: i64, now: Moment) -> Result<Retained> {
        let (closed, held) = (now.plus(-keep).millis(), now.plus(-KEY_FOR).millis());
        let mut found = Retained::default();
        for org in self.organizations().await? {
            let (contacts, reporters, day_keys): (i64, i64, i64) = on!(self.read_pool(), db => sqlx::query_as(
                "select
                   (select count(*) from appeal_contact c join appeal a
                      on a.org_id = c.org_id and a.appeal_id = c.appeal_id
                    where c.org_id = $1 and a.closed_at <= $2),
                   (select count(*) from appeal where org_id = $1 and closed_at <= $2 and anonymised_at is null),
                   (select count(*) from market where org_id = $1 and closes_at <= $3 and day_key is not null)",
            ).bind(org.id.number()).bind(closed).bind(held).fetch_one(db).await)?;
            found.contacts += contacts.unsigned_abs();
            found.reporters += reporters.unsigned_abs();
            found.day_keys += day_keys.unsigned_abs();
            found.holders += self.holders_overstayed(org.id, now).await?;
            found.texts += self.texts_overstayed(org.id, now.plus(-keep)).await?;
        }
        Ok(found)
    }

    /// Deletes what is past its time, and says how much that was.
    pub async fn retain(&self, keep: i64, now: Moment) -> Result<Retained> {
        let mut gone = Retained::default();
        for org in self.organizations().await? {
            let here = self.retain_at(org.id, keep, now).await?;
            gone.contacts += here.contacts;
            gone.reporters += here.reporters;
            gone.day_keys += here.day_keys;
            gone.holders += here.holders;
            gone.texts += here.texts;
        }
        Ok(gone)
    }

    /// The same in one organization.
    pub async fn retain_at(&self, org: OrgId, keep: i64, now: Moment) -> Result<Retained> {
        Ok(Retained {
            contacts: self.contacts_expire(org, now.plus(-keep), now).await?,
            reporters: self.reporters_forget(org, now.plus(-keep), now).await?,
            day_keys: self.day_keys_destroy(org, now.plus(-KEY_FOR), now).await?,
            holders: self.holders_forget(org, now).await?,
            texts: self.texts_forget(org, now.plus(-keep), (ACTOR, now)).await?,
        })
    }

    async fn contacts_expire(&self, org: OrgId, closed: Moment, now: Moment) -> Result<u64> {
        let mut gone = 0;
        loop {
            let due: Vec<String> = on!(self.write_pool(), db => sqlx::query_scalar(
                "select c.appeal_id from appeal_contact c join appeal a
                   on a.org_id = c.org_id and a.appeal_id = c.appeal_id
                 where c.org_id = $1 and a.closed_at <= $2 limit $3",
            ).bind(org.number()).bind(closed.millis()).bind(BATCH).fetch_all(db).await)?;
            if due.is_empty() {
                return Ok(gone);
            }
            for appeal in due {
                let fresh = self.fresh_text();
                gone += transact!(self, tx => {
                    let gone = sqlx::query(
                        "delete from appeal_contact where org_id = $1 and appeal_id = $2 and exists
                           (select 1 from appeal where org_id = $1 and appeal_id = $2 and closed_at <= $3)",
                    )
                    .bind(org.number())
                    .bind(&appeal)
                    .bind(closed.millis())
                    .execute(&mut *tx)
                    .await?
                    .rows_affected();
                    if gone > 0 {
                        let (verb, detail) = ("appeal.contact.expire", "");
                        audit::record!(tx, &fresh, Act { org, at: now, actor: ACTOR, verb, object: &appeal, detail });
                    }
                    Ok(gone)
                })?;
            }
        }
    }

    /// Numbers of people are masked in what was said; photos and the form that it came by are forgotten.
    async fn reporters_forget(&self, org: OrgId, closed: Moment, now: Moment) -> Result<u64> {
        let mut gone = 0;
        loop {
            let due: Vec<(String, String)> = on!(self.write_pool(), db => sqlx::query_as(
                "select appeal_id, words from appeal
                 where org_id = $1 and closed_at <= $2 and anonymised_at is null limit $3",
            ).bind(org.number()).bind(closed.millis()).bind(BATCH).fetch_all(db).await)?;
            if due.is_empty() {
                return Ok(gone);
            }
            for (appeal, words) in due {
                let (fresh, nonce) = (self.fresh_text(), format!("gone:{appeal}"));
                gone += transact!(self, tx => {
                    let gone = sqlx::query(
                        "update appeal set words = $3, nonce = $4, anonymised_at = $5
                         where org_id = $1 and appeal_id = $2 and anonymised_at is null and closed_at <= $6",
                    )
                    .bind(org.number())
                    .bind(&appeal)
                    .bind(masked(&words))
                    .bind(&nonce)
                    .bind(now.millis())
                    .bind(closed.millis())
                    .execute(&mut *tx)
                    .await?
                    .rows_affected();
                    if gone > 0 {
                        sqlx::query("delete from appeal_photo where org_id = $1 and appeal_id = $2")
                            .bind(org.number()).bind(&appeal).execute(&mut *tx).await?;
                        let (verb, detail) = ("appeal.anonymise", "");
                        audit::record!(tx, &fresh, Act { org, at: now, actor: ACTOR, verb, object: &appeal, detail });
                    }
                    Ok(gone)
                })?;
            }
        }
    }

    async fn day_keys_destroy(&self, org: OrgId, closed: Moment, now: Moment) -> Result<u64> {
        let due: Vec<String> = on!(self.write_pool(), db => sqlx::query_scalar(
            "select market_id from market where org_id = $1 and closes_at <= $2 and day_key is not null",
        ).bind(org.number()).bind(closed.millis()).fetch_all(db).await)?;
        let mut gone = 0;
        for market in due {
            let fresh = self.fresh_text();
            gone += transact!(self, tx => {
                let gone = sqlx::query(
                    "update market set day_key = null
                     where org_id = $1 and market_id = $2 and closes_at <= $3 and day_key is not null",
                )
                .bind(org.number())
                .bind(&market)
                .bind(closed.millis())
                .execute(&mut *tx)
                .await?
                .rows_affected();
                if gone > 0 {
                    let (verb, detail) = ("market.key.destroy", "");
                    audit::record!(tx, &fresh, Act { org, at: now, actor: ACTOR, verb, object: &market, detail });
                }
                Ok(gone)
            })?;
        }
        Ok(gone)
    }
}
