//! Calendars that are read from outside: an organizer's of all Saturdays, and a unit's of its own.

use kaishi_domain::actor::{Guest, Organizer, Viewer};
use kaishi_domain::id::ShortId;
use kaishi_domain::moment::HOUR;
use kaishi_domain::{LinkId, MarketId, Moment, Refusal};

use crate::audit::{self, Act};
use crate::pool::{on, transact};
use crate::{Error, Result, Store};

/// A unit's link tells its dates so long after it has ceased to open anything: who subscribed in spring still
/// sees autumn.
const UNIT_FEED_AFTER: i64 = 366 * 24 * HOUR;

impl Store {
    /// The calendar that an account subscribes to; made if there is none.
    pub async fn feed_make(&self, by: &Organizer, now: Moment) -> Result<LinkId> {
        let (id, fresh) = (ShortId::new(by.org(), self.random()), self.fresh_text());
        transact!(self, tx => {
            let made = sqlx::query(
                "insert into feed (org_id, feed_id, account_id, made_at)
                 select org_id, $3, account_id, $4 from member where org_id = $1 and account_id = $2
                   and not exists (select 1 from feed f where f.org_id = $1 and f.account_id = $2
                     and f.revoked_at is null)",
            )
            .bind(by.org().number())
            .bind(by.account().to_string())
            .bind(id.to_string())
            .bind(now.millis())
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if made == 1 {
                audit::record!(tx, &fresh, Act {
                    org: by.org(),
                    at: now,
                    actor: &by.account().to_string(),
                    verb: "feed.make",
                    object: &id.to_string(),
                    detail: "",
                });
            }
            Ok(())
        })?;
        self.feed_of(by).await?.ok_or(Error::Missing("account"))
    }

    /// The living calendar of an account.
    pub async fn feed_of(&self, by: &Organizer) -> Result<Option<LinkId>> {
        let id: Option<String> = on!(self.read_pool(), db => sqlx::query_scalar(
            "select feed_id from feed where org_id = $1 and account_id = $2 and revoked_at is null
             order by made_at, feed_id limit 1",
        ).bind(by.org().number()).bind(by.account().to_string()).fetch_optional(db).await)?;
        Ok(id.map(|id| id.parse()).transpose()?)
    }

    /// Ends the calendars of an account: who holds their address reads nothing more.
    pub async fn feed_revoke(&self, by: &Organizer, now: Moment) -> Result<()> {
        let fresh = self.fresh_text();
        transact!(self, tx => {
            let ended = sqlx::query(
                "update feed set revoked_at = $3 where org_id = $1 and account_id = $2 and revoked_at is null",
            )
            .bind(by.org().number())
            .bind(by.account().to_string())
            .bind(now.millis())
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if ended > 0 {
                audit::record!(tx, &fresh, Act {
                    org: by.org(),
                    at: now,
                    actor: &by.account().to_string(),
                    verb: "feed.revoke",
                    object: &by.account().to_string(),
                    detail: &ended.to_string(),
                });
            }
            Ok(())
        })
    }

    /// Who reads a calendar: as much as its account may, while the account is not disabled.
    pub async fn feed(&self, id: LinkId) -> Result<Viewer> {
        let account: Option<String> = on!(self.read_pool(), db => sqlx::query_scalar(
            "select account_id from feed where org_id = $1 and feed_id = $2 and revoked_at is null",
        ).bind(id.org().number()).bind(id.to_string()).fetch_optional(db).await)?;
        let account = account.ok_or(Error::Missing("feed"))?.parse()?;
        let actor = self.actor(id.org(), account).await?.ok_or(Error::Missing("feed"))?;
        Ok(actor.viewer())
    }

    /// The unit behind a link that is not revoked, and whether the link still opens its page.
    pub async fn feed_guest(&self, id: LinkId, now: Moment) -> Result<(Guest, bool)> {
        let row: Option<(String, String, i64)> = on!(self.read_pool(), db => sqlx::query_as(
            "select market_id, unit_id, expires_at from link
             where org_id = $1 and link_id = $2 and purpose = 'unit' and revoked_at is null
               and market_id is not null and unit_id is not null",
        ).bind(id.org().number()).bind(id.to_string()).fetch_optional(db).await)?;
        let (market, unit, expires_at) = row.ok_or(Error::Missing("link"))?;
        let expires_at = Moment::from_millis(expires_at);
        if expires_at.plus(UNIT_FEED_AFTER) <= now {
            return Err(Refusal::Expired.into());
        }
        let guest = Guest { org: id.org(), market: market.parse()?, unit: unit.parse()? };
        Ok((guest, now < expires_at))
    }

    /// Until when the listed calls take answers.
    pub async fn deadlines(&self, by: &Viewer) -> Result<Vec<(MarketId, Moment)>> {
        let rows: Vec<(String, i64)> = on!(self.read_pool(), db => sqlx::query_as(
            "select market_id, deadline from call where org_id = $1 and listed = 1 order by market_id",
        ).bind(by.org().number()).fetch_all(db).await)?;
        rows.into_iter().map(|(market, at)| Ok((market.parse()?, Moment::from_millis(at)))).collect()
    }
}
