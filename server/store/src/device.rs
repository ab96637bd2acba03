//! Staff phones: which one is behind a link, how one is enrolled, what each has sent and what is still out.

use kaishi_domain::actor::{Device, Organizer, Phone, Supervisor, Viewer};
use kaishi_domain::device::{About, Missing, Received, Role};
use kaishi_domain::seal::Seal;
use kaishi_domain::{DeviceId, LinkId, MarketId, MarketRef, Moment, Refusal, StallId};
use sqlx::FromRow;

use crate::audit::{self, Act, Fresh};
use crate::pool::{Conn, Step, on, transact, via};
use crate::{Error, Result, Store, ledger};

/// A phone as the organizer sees it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seen {
    /// Its link.
    pub link: LinkId,
    /// Its own name.
    pub device: DeviceId,
    /// Where it counts; a supervisor's phone may have several rows, and one without a stall.
    pub stall: Option<StallId>,
    /// What it may do.
    pub role: Role,
    /// When it was heard last.
    pub at: Moment,
    /// The highest number that came in.
    pub high: i64,
    /// Numbers below it that did not.
    pub gaps: i64,
    /// Records that it held when it was heard last.
    pub unsent: i64,
    /// At most so many of its records are not in.
    pub missing: i64,
    /// Refused records that nobody at the stall has looked at.
    pub tray: i64,
    /// Milliseconds by which its clock runs ahead.
    pub clock_error: i64,
    /// Out of service since.
    pub revoked_at: Option<Moment>,
}

#[derive(FromRow)]
struct SeenRow {
    link_id: String,
    device_id: String,
    stall_id: String,
    role: String,
    seen_at: i64,
    high: i64,
    gaps: i64,
    unsent: i64,
    missing: i64,
    tray: i64,
    clock_error: i64,
    revoked_at: Option<i64>,
}

/// A link with what is known of the phone that comes with it.
#[derive(FromRow)]
struct Opened {
    market_id: String,
    stall_id: Option<String>,
    role: String,
    expires_at: i64,
    has_pin: i64,
    enrolled_at: Option<i64>,
    revoked_at: Option<i64>,
    stalls: i64,
}

/// How many phones have records that are not in, and at most how many records.
pub(crate) const MISSING: &str = "select count(distinct link_id || device_id),
  cast(coalesce(sum(missing), 0) as bigint) from device where org_id = $1 and market_id = $2 and missing > 0";

impl Store {
    async fn opened(
        &self,
        link: LinkId,
        stall: Option<StallId>,
        device: DeviceId,
        now: Moment,
    ) -> Result<Opened> {
        let found: Option<Opened> = on!(self.read_pool(), db => sqlx::query_as(
            "select l.market_id, l.stall_id, l.role, l.expires_at,
               cast(case when l.pin is null then 0 else 1 end as bigint) as has_pin,
               (select max(d.enrolled_at) from device d where d.org_id = l.org_id and d.market_id = l.market_id
                 and d.link_id = l.link_id and d.device_id = $3) as enrolled_at,
               (select max(d.revoked_at) from device d where d.org_id = l.org_id and d.market_id = l.market_id
                 and d.link_id = l.link_id and d.device_id = $3) as revoked_at,
               (select count(*) from stall s where s.org_id = l.org_id and s.market_id = l.market_id
                 and s.stall_id = $4) as stalls
             from link l
             where l.org_id = $1 and l.link_id = $2 and l.purpose = 'staff' and l.revoked_at is null",
        )
        .bind(link.org().number())
        .bind(link.to_string())
        .bind(device.to_string())
        .bind(stall.map(|id| id.to_string()))
        .fetch_optional(db)
        .await)?;
        let found = found.ok_or(Error::Missing("link"))?;
        if found.expires_at <= now.millis() {
            return Err(Refusal::Expired.into());
        }
        if found.revoked_at.is_some() {
            return Err(Error::Missing("device"));
        }
        if found.has_pin == 1 && found.enrolled_at.is_none() {
            return Err(Refusal::NotAllowed.into());
        }
        Ok(found)
    }

    /// The phone at a stall behind a link: a steward's link knows its stall, a supervisor names one of the market.
    /// A link with a PIN opens for enrolled phones only, and no link for one that is revoked.
    pub async fn phone(
        &self,
        link: LinkId,
        stall: Option<StallId>,
        device: Option<DeviceId>,
        now: Moment,
    ) -> Result<Phone> {
        let id = device.unwrap_or_else(|| DeviceId::unnamed(link));
        let found = self.opened(link, stall, id, now).await?;
        let role = Role::from_code(&found.role)?;
        let stall = match (role, stall) {
            (Role::Steward, None) => {
                found.stall_id.ok_or_else(|| Error::Broken("staff link without a stall".into()))?.parse()?
            }
            (Role::Supervisor, Some(stall)) if found.stalls == 1 => stall,
            _ => return Err(Error::Missing("stall")),
        };
        let at = Device { org: link.org(), market: found.market_id.parse()?, stall, link };
        Ok(Phone { at, id, role })
    }

    /// The supervisor's phone behind a link.
    pub async fn supervisor(
        &self,
        link: LinkId,
        device: Option<DeviceId>,
        now: Moment,
    ) -> Result<Supervisor> {
        let id = device.unwrap_or_else(|| DeviceId::unnamed(link));
        let found = self.opened(link, None, id, now).await?;
        match Role::from_code(&found.role)? {
            Role::Supervisor => Ok(Supervisor::new(link, found.market_id.parse()?, id)),
            Role::Steward => Err(Refusal::NotAllowed.into()),
        }
    }

    /// Notes what a phone said of itself and which numbers came with it.
    pub async fn heard(&self, phone: &Phone, about: &About, seqs: &[i64], now: Moment) -> Result<()> {
        transact!(self, tx => {
            let mut conn = Conn::from(&mut *tx);
            note((&mut conn, self.seal()), phone, about, seqs, now).await
        })
    }

    /// The phones of a market, those with something missing first.
    pub async fn devices(&self, by: &Viewer, market: MarketId) -> Result<Vec<Seen>> {
        let rows: Vec<SeenRow> = on!(self.read_pool(), db => sqlx::query_as(
            "select link_id, device_id, stall_id, role, seen_at, high, gaps, unsent, missing, tray, clock_error,
               revoked_at
             from device where org_id = $1 and market_id = $2
             order by missing desc, seen_at desc, device_id, stall_id",
        ).bind(by.org().number()).bind(market.to_string()).fetch_all(db).await)?;
        rows.into_iter()
            .map(|row| {
                Ok(Seen {
                    link: row.link_id.parse()?,
                    device: row.device_id.parse()?,
                    stall: if row.stall_id.is_empty() { None } else { Some(row.stall_id.parse()?) },
                    role: Role::from_code(&row.role)?,
                    at: Moment::from_millis(row.seen_at),
                    high: row.high,
                    gaps: row.gaps,
                    unsent: row.unsent,
                    missing: row.missing,
                    tray: row.tray,
                    clock_error: row.clock_error,
                    revoked_at: row.revoked_at.map(Moment::from_millis),
                })
            })
            .collect()
    }

    /// How many phones have records that are not in, and at most how many records.
    pub async fn devices_missing(&self, at: MarketRef) -> Result<Missing> {
        let (devices, records): (i64, i64) = on!(self.read_pool(), db => sqlx::query_as(MISSING)
            .bind(at.org.number()).bind(at.market.to_string()).fetch_one(db).await)?;
        Ok(Missing { devices, records })
    }

    /// Takes one phone out of service, from its next request on. What it has sent stays.
    pub async fn device_revoke(
        &self,
        by: &Organizer,
        market: MarketId,
        link: LinkId,
        device: DeviceId,
        now: Moment,
    ) -> Result<()> {
        let fresh = self.fresh_text();
        let revoked = transact!(self, tx => {
            let rows = sqlx::query(
                "update device set revoked_at = $5
                 where org_id = $1 and market_id = $2 and link_id = $3 and device_id = $4 and revoked_at is null",
            )
            .bind(by.org().number())
            .bind(market.to_string())
            .bind(link.to_string())
            .bind(device.to_string())
            .bind(now.millis())
            .execute(&mut *tx)
            .await?
            .rows_affected();
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "device.revoke",
                object: &device.to_string(),
                detail: &link.to_string(),
            });
            Ok(rows)
        })?;
        if revoked > 0 { Ok(()) } else { Err(Error::Missing("device")) }
    }
}

/// What is kept of a phone: the row is locked by its insertion, so that two batches add up.
async fn note(
    (conn, seal): (&mut Conn<'_>, &Seal),
    phone: &Phone,
    about: &About,
    seqs: &[i64],
    now: Moment,
) -> Step<()> {
    let at = MarketRef { org: phone.at.org, market: phone.at.market };
    let (kept, before): (String, i64) = via!(conn, db => sqlx::query_as(
        "insert into device (org_id, market_id, link_id, device_id, stall_id, role, seen_at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (org_id, market_id, link_id, device_id, stall_id)
         do update set seen_at = excluded.seen_at
         returning received, missing",
    )
    .bind(at.org.number())
    .bind(at.market.to_string())
    .bind(phone.at.link.to_string())
    .bind(phone.id.to_string())
    .bind(phone.at.stall.to_string())
    .bind(phone.role.code())
    .bind(now.millis())
    .fetch_one(db)
    .await)?;
    let mut received: Received = serde_json::from_str(&kept)?;
    for seq in seqs {
        received.take(*seq);
    }
    let missing = received.missing(about);
    let text = serde_json::to_string(&received)?;
    via!(conn, db => sqlx::query(
        "update device set received = $6, high = $7, gaps = $8, unsent = $9, missing = $10, tray = $11,
           clock_error = $12
         where org_id = $1 and market_id = $2 and link_id = $3 and device_id = $4 and stall_id = $5",
    )
    .bind(at.org.number())
    .bind(at.market.to_string())
    .bind(phone.at.link.to_string())
    .bind(phone.id.to_string())
    .bind(phone.at.stall.to_string())
    .bind(&text)
    .bind(received.high())
    .bind(received.gaps())
    .bind(about.waiting.unwrap_or(0).max(0))
    .bind(missing)
    .bind(about.tray.unwrap_or(0).max(0))
    .bind(about.clock_error(now))
    .execute(db)
    .await
    .map(drop))?;
    if missing != before {
        ledger::touch(conn, at).await?;
    }
    cleared(conn, seal, phone, about, now).await
}

/// Refused records that were put away at the stall go into the audit trail, each once.
async fn cleared(conn: &mut Conn<'_>, seal: &Seal, phone: &Phone, about: &About, now: Moment) -> Step<()> {
    for cleared in &about.cleared {
        let detail = serde_json::to_string(cleared)?;
        let named = Fresh::new(format!("clear:{}:{}", phone.at.link, cleared.record.id), seal.clone());
        let act = Act {
            org: phone.at.org,
            at: now,
            actor: &format!("device:{}", phone.id),
            verb: "record.clear",
            object: &phone.at.market.to_string(),
            detail: &detail,
        };
        audit::note(conn, &named, act).await?;
    }
    Ok(())
}
