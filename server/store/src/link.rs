//! Signed links: what a staff phone, a screen, a unit or the first organizer holds instead of an account.

use kaishi_domain::actor::{Guest, Organizer, Viewer, Watcher};
use kaishi_domain::device::Role;
use kaishi_domain::id::ShortId;
use kaishi_domain::token::Purpose;
use kaishi_domain::{LinkId, MarketId, MarketRef, Moment, OrgId, Refusal, StallId, UnitId};
use sqlx::FromRow;

use crate::audit::{self, Act};
use crate::pool::{on, transact};
use crate::{Error, Result, Store};

/// A link that is to be made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NewLink {
    /// What it opens.
    pub purpose: Purpose,
    /// Whose.
    pub org: OrgId,
    /// For which market.
    pub market: Option<MarketId>,
    /// For which stall (staff); a staff link without one is a supervisor's.
    pub stall: Option<StallId>,
    /// For which unit.
    pub unit: Option<UnitId>,
    /// Opens nothing from then on.
    pub expires_at: Moment,
}

impl NewLink {
    /// What it opens, for the trail.
    fn told(&self) -> String {
        let of = [
            self.market.map(|id| format!(" market {id}")),
            self.stall.map(|id| format!(" stall {id}")),
            self.unit.map(|id| format!(" unit {id}")),
        ];
        let of: String = of.into_iter().flatten().collect();
        format!("{}{of} until {}", self.purpose.code(), self.expires_at.millis())
    }
}

/// A link that exists.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Link {
    /// Which.
    pub id: LinkId,
    /// What it opens.
    pub what: NewLink,
}

#[derive(FromRow)]
struct Row {
    link_id: String,
    purpose: String,
    market_id: Option<String>,
    stall_id: Option<String>,
    unit_id: Option<String>,
    expires_at: i64,
}

fn purpose(code: &str) -> Result<Purpose> {
    Ok(match code {
        "staff" => Purpose::Staff,
        "screen" => Purpose::Screen,
        "unit" => Purpose::Unit,
        "setup" => Purpose::Setup,
        _ => return Err(Error::Broken("link purpose".into())),
    })
}

impl Row {
    fn link(self) -> Result<Link> {
        let id: LinkId = self.link_id.parse()?;
        Ok(Link {
            id,
            what: NewLink {
                purpose: purpose(&self.purpose)?,
                org: id.org(),
                market: self.market_id.map(|id| id.parse()).transpose()?,
                stall: self.stall_id.map(|id| id.parse()).transpose()?,
                unit: self.unit_id.map(|id| id.parse()).transpose()?,
                expires_at: Moment::from_millis(self.expires_at),
            },
        })
    }
}

impl Store {
    /// Makes a link and answers its id, which the server signs into an address.
    pub async fn link_make(&self, by: &Organizer, link: &NewLink, now: Moment) -> Result<LinkId> {
        self.link_insert(&by.account().to_string(), link, now).await
    }

    /// The same for the person at the machine, before there is an account.
    pub async fn link_add(&self, link: &NewLink, now: Moment) -> Result<LinkId> {
        self.link_insert("operator", link, now).await
    }

    async fn link_insert(&self, actor: &str, link: &NewLink, now: Moment) -> Result<LinkId> {
        let id = ShortId::new(link.org, self.random());
        let role = match (link.purpose, link.stall) {
            (Purpose::Staff, None) => Role::Supervisor,
            _ => Role::Steward,
        };
        let detail = link.told();
        let fresh = self.fresh_text();
        transact!(self, tx => {
            sqlx::query(
                "insert into link (org_id, link_id, purpose, market_id, stall_id, unit_id, expires_at, created_at,
                   role)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            )
            .bind(link.org.number())
            .bind(id.to_string())
            .bind(link.purpose.code())
            .bind(link.market.map(|id| id.to_string()))
            .bind(link.stall.map(|id| id.to_string()))
            .bind(link.unit.map(|id| id.to_string()))
            .bind(link.expires_at.millis())
            .bind(now.millis())
            .bind(role.code())
            .execute(&mut *tx)
            .await?;
            audit::record!(tx, &fresh, Act {
                org: link.org,
                at: now,
                actor,
                verb: "link.make",
                object: &id.to_string(),
                detail: &detail,
            });
            Ok(())
        })?;
        Ok(id)
    }

    /// The living link behind an id: not revoked, not used up, not expired.
    pub async fn link(&self, purpose: Purpose, id: LinkId, now: Moment) -> Result<Link> {
        let row: Option<Row> = on!(self.read_pool(), db => sqlx::query_as(
            "select link_id, purpose, market_id, stall_id, unit_id, expires_at from link
             where org_id = $1 and link_id = $2 and purpose = $3 and revoked_at is null and used_at is null",
        ).bind(id.org().number()).bind(id.to_string()).bind(purpose.code()).fetch_optional(db).await)?;
        let link = row.ok_or(Error::Missing("link"))?.link()?;
        if link.what.expires_at <= now {
            return Err(Refusal::Expired.into());
        }
        Ok(link)
    }

    /// The screen behind a link id.
    pub async fn watcher(&self, id: LinkId, now: Moment) -> Result<Watcher> {
        let link = self.link(Purpose::Screen, id, now).await?.what;
        let market = link.market.ok_or_else(|| Error::Broken("screen link without a market".into()))?;
        Ok(Watcher { org: link.org, market })
    }

    /// The unit behind a link id.
    pub async fn guest(&self, id: LinkId, now: Moment) -> Result<Guest> {
        let link = self.link(Purpose::Unit, id, now).await?.what;
        let (Some(market), Some(unit)) = (link.market, link.unit) else {
            return Err(Error::Broken("unit link without a unit".into()));
        };
        Ok(Guest { org: link.org, market, unit })
    }

    /// The living links of a market.
    pub async fn links(&self, by: &Organizer, market: MarketId, now: Moment) -> Result<Vec<Link>> {
        let rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(
            "select link_id, purpose, market_id, stall_id, unit_id, expires_at from link
             where org_id = $1 and market_id = $2 and revoked_at is null and expires_at > $3
             order by created_at, link_id",
        ).bind(by.org().number()).bind(market.to_string()).bind(now.millis()).fetch_all(db).await)?;
        rows.into_iter().map(Row::link).collect()
    }

    /// The living screen link of a market, for everybody who may look.
    pub async fn screen_link(&self, by: &Viewer, market: MarketId, now: Moment) -> Result<Option<LinkId>> {
        let id: Option<String> = on!(self.read_pool(), db => sqlx::query_scalar(
            "select link_id from link where org_id = $1 and market_id = $2 and purpose = 'screen'
             and revoked_at is null and expires_at > $3 order by created_at, link_id limit 1",
        ).bind(by.org().number()).bind(market.to_string()).bind(now.millis()).fetch_optional(db).await)?;
        Ok(id.map(|id| id.parse()).transpose()?)
    }

    /// The living screen links of a market: which of the open streams may go on.
    pub async fn screens(&self, at: MarketRef, now: Moment) -> Result<Vec<LinkId>> {
        let ids: Vec<String> = on!(self.read_pool(), db => sqlx::query_scalar(
            "select link_id from link where org_id = $1 and market_id = $2 and purpose = 'screen'
             and revoked_at is null and expires_at > $3 order by link_id",
        ).bind(at.org.number()).bind(at.market.to_string()).bind(now.millis()).fetch_all(db).await)?;
        ids.into_iter().map(|id| Ok(id.parse()?)).collect()
    }

    /// Uses a one-time link up; the second one to try is told that it is gone.
    pub async fn link_use(&self, purpose: Purpose, id: LinkId, now: Moment) -> Result<()> {
        let fresh = self.fresh_text();
        let used = transact!(self, tx => {
            let used = sqlx::query(
                "update link set used_at = $4 where org_id = $1 and link_id = $2 and purpose = $3
                 and used_at is null and revoked_at is null and expires_at > $4",
            )
            .bind(id.org().number())
            .bind(id.to_string())
            .bind(purpose.code())
            .bind(now.millis())
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if used == 1 {
                audit::record!(tx, &fresh, Act {
                    org: id.org(),
                    at: now,
                    actor: &format!("link:{id}"),
                    verb: "link.use",
                    object: &id.to_string(),
                    detail: purpose.code(),
                });
            }
            Ok(used)
        })?;
        if used == 1 { Ok(()) } else { Err(Error::Missing("link")) }
    }

    /// Takes a link out of service.
    pub async fn link_revoke(&self, by: &Organizer, id: LinkId, now: Moment) -> Result<()> {
        let fresh = self.fresh_text();
        let revoked = transact!(self, tx => {
            let what: Option<String> = sqlx::query_scalar(
                "update link set revoked_at = $3 where org_id = $1 and link_id = $2 and revoked_at is null
                 returning purpose",
            )
            .bind(by.org().number())
            .bind(id.to_string())
            .bind(now.millis())
            .fetch_optional(&mut *tx)
            .await?;
            if let Some(what) = &what {
                audit::record!(tx, &fresh, Act {
                    org: by.org(),
                    at: now,
                    actor: &by.account().to_string(),
                    verb: "link.revoke",
                    object: &id.to_string(),
                    detail: &format!("{what}: open -> revoked"),
                });
            }
            Ok(what.is_some())
        })?;
        if revoked { Ok(()) } else { Err(Error::Missing("link")) }
    }
}
