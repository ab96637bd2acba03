//! Messages to other programs: where they go, those that wait, and what became of each.
//!
//! A message is written in the transaction of what it tells of, and only where somebody wants it. Whoever sends takes
//! it first, by one statement that moves its next try ahead: of two nodes one has it, and what a node lost comes again.

use kaishi_domain::actor::Organizer;
use kaishi_domain::moment::{HOUR, MINUTE};
use kaishi_domain::outbox::{Delivery, Miss, kind, next_try};
use kaishi_domain::{Moment, OrgId};
use sqlx::FromRow;

use crate::audit::{Act, Spot, note};
use crate::pool::{Conn, Step, on, transact, via};
use crate::{Error, Result, Store};

/// So long a message is its taker's; then somebody else may try.
const LEASE: i64 = 2 * MINUTE;
/// What has ended is shown so long.
const KEPT: i64 = 30 * 24 * HOUR;
/// Messages that are taken at once.
const MOST: i64 = 20;
/// Messages that a page shows.
const SHOWN: i64 = 50;

/// Where an organization's messages go.
#[derive(Clone, PartialEq, Eq, Debug, FromRow)]
pub struct Webhook {
    /// The address.
    pub url: String,
    /// How often its signing key was renewed, from 1.
    pub turn: i64,
}

/// A message that is to be sent now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Due {
    /// Its id, the same for every try.
    pub id: String,
    /// `call.told`
    pub kind: String,
    /// JSON.
    pub body: String,
    /// When it came up.
    pub made: Moment,
    /// Tries with this one.
    pub tries: i64,
}

/// What a try came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// The other side has it, and answered so.
    Sent(u16),
    /// It has not, and why; what it answered, if it did.
    Missed(Miss, Option<u16>),
}

/// A message as a page shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Posted {
    /// Its id.
    pub id: String,
    /// `call.told`
    pub kind: String,
    /// How it stands.
    pub delivery: Delivery,
    /// When it came up.
    pub made: Moment,
    /// Tries so far.
    pub tries: i64,
    /// The next one, while it waits.
    pub next: Moment,
    /// What the other side answered last.
    pub status: Option<i64>,
    /// Why the last try missed.
    pub miss: Option<Miss>,
}

#[derive(FromRow)]
struct Row {
    message_id: String,
    kind: String,
    state: String,
    made_at: i64,
    tries: i64,
    next_at: i64,
    status: Option<i64>,
    fault: String,
}

impl TryFrom<Row> for Posted {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        let miss = (!row.fault.is_empty()).then(|| Miss::from_code(&row.fault)).transpose()?;
        Ok(Self {
            id: row.message_id,
            kind: row.kind,
            delivery: Delivery::from_code(&row.state)?,
            made: Moment::from_millis(row.made_at),
            tries: row.tries,
            next: Moment::from_millis(row.next_at),
            status: row.status,
            miss,
        })
    }
}

/// Puts a message into the outbox, inside the transaction of what it tells of; nothing where nobody wants any.
pub(crate) async fn post(
    conn: &mut Conn<'_>,
    id: &str,
    org: OrgId,
    about: &str,
    body: &serde_json::Value,
    now: Moment,
) -> Step<bool> {
    let about = kind(about)?;
    let posted = via!(conn, db => sqlx::query(
        "insert into outbox (org_id, message_id, kind, body, state, made_at, tries, next_at, fault)
         select org_id, $2, $3, $4, 'waiting', $5, 0, $5, '' from webhook where org_id = $1",
    )
    .bind(org.number())
    .bind(id)
    .bind(about)
    .bind(body.to_string())
    .bind(now.millis())
    .execute(db)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(posted == 1)
}

/// The address of an organization, for the trail.
fn webhook_of(by: &Organizer) -> Spot<'static> {
    Spot { table: "webhook", columns: &["url", "turn"], org: by.org(), key: &[] }
}

impl Store {
    /// Where an organization's messages go, if anywhere.
    pub async fn webhook(&self, org: OrgId) -> Result<Option<Webhook>> {
        Ok(on!(self.read_pool(), db => sqlx::query_as(
            "select url, turn from webhook where org_id = $1",
        ).bind(org.number()).fetch_optional(db).await)?)
    }

    /// Sets the address. Whether it may be one is decided where it was read.
    pub async fn webhook_set(&self, by: &Organizer, url: &str, now: Moment) -> Result<()> {
        let spot = webhook_of(by);
        transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            sqlx::query(
                "insert into webhook (org_id, url, turn, account_id, at) values ($1, $2, 1, $3, $4)
                 on conflict (org_id) do update
                   set url = excluded.url, account_id = excluded.account_id, at = excluded.at",
            )
            .bind(by.org().number())
            .bind(url)
            .bind(by.account().to_string())
            .bind(now.millis())
            .execute(&mut *tx)
            .await?;
            let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
            self.tell(&mut (&mut *tx).into(), by, "webhook.set", &told, now).await
        })
    }

    /// Renews the signing key.
    pub async fn webhook_renew(&self, by: &Organizer, now: Moment) -> Result<()> {
        let spot = webhook_of(by);
        transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            let done = sqlx::query(
                "update webhook set turn = turn + 1, account_id = $2, at = $3 where org_id = $1",
            )
            .bind(by.org().number())
            .bind(by.account().to_string())
            .bind(now.millis())
            .execute(&mut *tx)
            .await?;
            if done.rows_affected() == 0 {
                return Err(Error::Missing("webhook").into());
            }
            let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
            self.tell(&mut (&mut *tx).into(), by, "webhook.renew", &told, now).await
        })
    }

    /// Sends nothing any more; what waits is given up.
    pub async fn webhook_drop(&self, by: &Organizer, now: Moment) -> Result<()> {
        let spot = webhook_of(by);
        transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            let done = sqlx::query("delete from webhook where org_id = $1")
                .bind(by.org().number())
                .execute(&mut *tx)
                .await?;
            if done.rows_affected() == 0 {
                return Err(Error::Missing("webhook").into());
            }
            sqlx::query(
                "update outbox set state = 'failed', ended_at = $2 where org_id = $1 and state = 'waiting'",
            )
            .bind(by.org().number())
            .bind(now.millis())
            .execute(&mut *tx)
            .await?;
            let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
            self.tell(&mut (&mut *tx).into(), by, "webhook.drop", &told, now).await
        })
    }

    /// Into the trail, about the outbox of a whole organization.
    async fn tell(
        &self,
        conn: &mut Conn<'_>,
        by: &Organizer,
        verb: &str,
        detail: &str,
        now: Moment,
    ) -> Step<()> {
        let (actor, object) = (by.account().to_string(), by.org().to_string());
        let act = Act { org: by.org(), at: now, actor: &actor, verb, object: &object, detail };
        note(conn, &self.fresh_text(), act).await
    }

    /// Posts a message that an organizer asked for. Says whether there is anybody who wants it.
    pub async fn outbox_post(
        &self,
        by: &Organizer,
        about: &str,
        body: &serde_json::Value,
        now: Moment,
    ) -> Result<bool> {
        let id = self.fresh_text();
        transact!(self, tx => {
            let mut conn = Conn::from(&mut *tx);
            let posted = post(&mut conn, &id, by.org(), about, body, now).await?;
            if posted {
                self.tell(&mut conn, by, "outbox.post", about, now).await?;
            }
            Ok(posted)
        })
    }

    /// The latest messages, the newest first.
    pub async fn outbox(&self, by: &Organizer) -> Result<Vec<Posted>> {
        let rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(
            "select message_id, kind, state, made_at, tries, next_at, status, fault from outbox
             where org_id = $1 order by made_at desc, message_id limit $2",
        ).bind(by.org().number()).bind(SHOWN).fetch_all(db).await)?;
        rows.into_iter().map(Posted::try_from).collect()
    }

    /// Takes the messages of an organization that are to be sent now; nobody else has them for a while.
    pub async fn outbox_take(&self, org: OrgId, now: Moment) -> Result<Vec<Due>> {
        let rows: Vec<(String, String, String, i64, i64)> = on!(self.read_pool(), db => sqlx::query_as(
            "select message_id, kind, body, made_at, tries from outbox
             where org_id = $1 and state = 'waiting' and next_at <= $2 order by next_at, message_id limit $3",
        ).bind(org.number()).bind(now.millis()).bind(MOST).fetch_all(db).await)?;
        let mut due = Vec::with_capacity(rows.len());
        for (id, kind, body, made, tries) in rows {
            let taken = transact!(self, tx => {
                Ok(sqlx::query(
                    "update outbox set next_at = $4, tries = tries + 1
                     where org_id = $1 and message_id = $2 and state = 'waiting' and next_at <= $3",
                )
                .bind(org.number())
                .bind(&id)
                .bind(now.millis())
                .bind(now.plus(LEASE).millis())
                .execute(&mut *tx)
                .await?
                .rows_affected())
            })?;
            if taken == 1 {
                due.push(Due { id, kind, body, made: Moment::from_millis(made), tries: tries + 1 });
            }
        }
        Ok(due)
    }

    /// Notes what a try came to: sent, to be tried again, or given up. What ended long ago goes.
    pub async fn outbox_settle(&self, org: OrgId, due: &Due, outcome: Outcome, now: Moment) -> Result<()> {
        let (delivery, next, status, fault) = match outcome {
            Outcome::Sent(status) => (Delivery::Sent, None, Some(status), ""),
            Outcome::Missed(miss, status) => match next_try(due.tries, now) {
                Some(next) => (Delivery::Waiting, Some(next), status, miss.code()),
                None => (Delivery::Failed, None, status, miss.code()),
            },
        };
        transact!(self, tx => {
            sqlx::query(
                "update outbox set state = $3, next_at = $4, ended_at = $5, status = $6, fault = $7
                 where org_id = $1 and message_id = $2 and state = 'waiting' and tries = $8",
            )
            .bind(org.number())
            .bind(&due.id)
            .bind(delivery.code())
            .bind(next.unwrap_or(now).millis())
            .bind((delivery != Delivery::Waiting).then(|| now.millis()))
            .bind(status.map(i64::from))
            .bind(fault)
            .bind(due.tries)
            .execute(&mut *tx)
            .await?;
            sqlx::query("delete from outbox where org_id = $1 and ended_at < $2")
                .bind(org.number())
                .bind(now.plus(-KEPT).millis())
                .execute(&mut *tx)
                .await?;
            Ok(())
        })
    }

    /// Sends a message again that was given up.
    pub async fn outbox_again(&self, by: &Organizer, id: &str, now: Moment) -> Result<()> {
        transact!(self, tx => {
            let done = sqlx::query(
                "update outbox set state = 'waiting', tries = 0, next_at = $3, ended_at = null
                 where org_id = $1 and message_id = $2 and state = 'failed'
                   and exists (select 1 from webhook w where w.org_id = $1)",
            )
            .bind(by.org().number())
            .bind(id)
            .bind(now.millis())
            .execute(&mut *tx)
            .await?;
            if done.rows_affected() == 0 {
                return Err(Error::Missing("message").into());
            }
            self.tell(&mut (&mut *tx).into(), by, "outbox.again", id, now).await
        })
    }
}
