//! What guards a staff link: its PIN, the short code that is typed where no camera is at hand, and who was let in.

use kaishi_domain::actor::Organizer;
use kaishi_domain::device::{self, PIN_TRIES, Role};
use kaishi_domain::{DeviceId, LinkId, MarketId, Moment, Refusal, StallId};
use sqlx::FromRow;

use crate::audit::{self, Act};
use crate::pool::{on, transact};
use crate::{Error, Result, Store};

/// A staff link as the organizer hands it out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Guarded {
    /// The link.
    pub link: LinkId,
    /// Its stall; a supervisor's has none.
    pub stall: Option<StallId>,
    /// What its phones may do.
    pub role: Role,
    /// What is typed once; without one the link opens at once.
    pub pin: Option<String>,
    /// What is typed instead of a scan.
    pub code: Option<String>,
    /// Too many wrong PINs: no new phone until there is another one.
    pub shut: bool,
}

#[derive(FromRow)]
struct Row {
    link_id: String,
    stall_id: Option<String>,
    role: String,
    pin: Option<String>,
    code: Option<String>,
    pin_misses: i64,
}

impl Store {
    /// The living staff links of a market with what guards each.
    pub async fn guards(&self, by: &Organizer, market: MarketId, now: Moment) -> Result<Vec<Guarded>> {
        let rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(
            "select link_id, stall_id, role, pin, code, pin_misses from link
             where org_id = $1 and market_id = $2 and purpose = 'staff' and revoked_at is null and expires_at > $3
             order by created_at, link_id",
        ).bind(by.org().number()).bind(market.to_string()).bind(now.millis()).fetch_all(db).await)?;
        rows.into_iter()
            .map(|row| {
                Ok(Guarded {
                    link: row.link_id.parse()?,
                    stall: row.stall_id.map(|id| id.parse()).transpose()?,
                    role: Role::from_code(&row.role)?,
                    pin: row.pin,
                    code: row.code,
                    shut: row.pin_misses >= PIN_TRIES,
                })
            })
            .collect()
    }

    /// Gives a staff link a new PIN, or takes it away. Phones that are enrolled stay so.
    pub async fn pin_set(
        &self,
        by: &Organizer,
        market: MarketId,
        link: LinkId,
        wanted: bool,
        now: Moment,
    ) -> Result<()> {
        let pin = wanted.then(|| device::pin(self.random()));
        // A code that another link has would be refused by the unique key; its letters are drawn anew.
        let code = device::code(link, self.random());
        let fresh = self.fresh_text();
        let changed = transact!(self, tx => {
            let rows = sqlx::query(
                "update link set pin = $4, pin_misses = 0, code = case when $4 is null then null
                   else coalesce(code, $5) end
                 where org_id = $1 and market_id = $2 and link_id = $3 and purpose = 'staff'
                   and revoked_at is null and ($4 is not null or role = 'steward')",
            )
            .bind(by.org().number())
            .bind(market.to_string())
            .bind(link.to_string())
            .bind(&pin)
            .bind(&code)
            .execute(&mut *tx)
            .await;
            let rows = match rows {
                Err(error) if Error::is_taken(&error) => {
                    return Err(Error::Taken("the code is another link's; try again".into()).into());
                }
                rows => rows?.rows_affected(),
            };
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: if wanted { "link.pin" } else { "link.open" },
                object: &link.to_string(),
                detail: "",
            });
            Ok(rows)
        })?;
        if changed == 1 { Ok(()) } else { Err(Error::Missing("link")) }
    }

    /// Enrols a phone with the PIN of its link. Too many wrong ones close the link to new phones until it gets
    /// another PIN; the error says so as taken.
    pub async fn enrol(&self, link: LinkId, device: DeviceId, pin: &str, now: Moment) -> Result<()> {
        let fresh = self.fresh_text();
        let enrolled = transact!(self, tx => {
            let done = sqlx::query(
                "insert into device (org_id, market_id, link_id, device_id, stall_id, role, enrolled_at, seen_at)
                 select l.org_id, l.market_id, l.link_id, $3, coalesce(l.stall_id, ''), l.role, $5, $5 from link l
                 where l.org_id = $1 and l.link_id = $2 and l.purpose = 'staff' and l.pin = $4
                   and l.pin_misses < $6 and l.revoked_at is null and l.expires_at > $5
                 on conflict (org_id, market_id, link_id, device_id, stall_id)
                 do update set enrolled_at = excluded.enrolled_at, seen_at = excluded.seen_at",
            )
            .bind(link.org().number())
            .bind(link.to_string())
            .bind(device.to_string())
            .bind(pin)
            .bind(now.millis())
            .bind(PIN_TRIES)
            .execute(&mut *tx)
            .await?
            .rows_affected() == 1;
            if done {
                audit::record!(tx, &fresh, Act {
                    org: link.org(),
                    at: now,
                    actor: &format!("device:{device}"),
                    verb: "device.enrol",
                    object: &link.to_string(),
                    detail: "",
                });
            } else {
                sqlx::query(
                    "update link set pin_misses = pin_misses + 1
                     where org_id = $1 and link_id = $2 and pin is not null and pin_misses < $3",
                )
                .bind(link.org().number())
                .bind(link.to_string())
                .bind(PIN_TRIES)
                .execute(&mut *tx)
                .await?;
            }
            Ok(done)
        })?;
        if enrolled { Ok(()) } else { Err(self.pin_refused(link).await?) }
    }

    async fn pin_refused(&self, link: LinkId) -> Result<Error> {
        let misses: Option<i64> = on!(self.read_pool(), db => sqlx::query_scalar(
            "select pin_misses from link where org_id = $1 and link_id = $2",
        ).bind(link.org().number()).bind(link.to_string()).fetch_optional(db).await)?;
        Ok(match misses {
            Some(misses) if misses >= PIN_TRIES => Error::Taken("too many wrong PINs".into()),
            _ => Refusal::NotGenuine.into(),
        })
    }

    /// The living staff link with this code.
    pub async fn link_by_code(&self, code: &str, now: Moment) -> Result<LinkId> {
        let code = code.trim().to_ascii_uppercase();
        let org: kaishi_domain::OrgId = code
            .split_once('-')
            .ok_or(Error::Missing("code"))?
            .0
            .parse()
            .map_err(|_| Error::Missing("code"))?;
        let id: Option<String> = on!(self.read_pool(), db => sqlx::query_scalar(
            "select link_id from link where org_id = $1 and code = $2 and purpose = 'staff'
             and revoked_at is null and expires_at > $3",
        ).bind(org.number()).bind(&code).bind(now.millis()).fetch_optional(db).await)?;
        Ok(id.ok_or(Error::Missing("code"))?.parse()?)
    }
}
