//! Posters: made once a stall, printed as often as one likes, rotated and revoked on purpose only.

use kaishi_domain::actor::Organizer;
use kaishi_domain::id::ShortId;
use kaishi_domain::poster::{Poster, PosterState};
use kaishi_domain::{MarketId, MarketRef, Moment, PosterId, StallId};
use sqlx::FromRow;

use crate::audit::{self, Act, Spot};
use crate::pool::{on, transact};
use crate::{Error, Result, Store};

#[derive(FromRow)]
pub(crate) struct Row {
    poster_id: String,
    market_id: String,
    stall_id: String,
    revision: i64,
    state: String,
    made_at: i64,
}

impl TryFrom<Row> for Poster {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.poster_id.parse()?,
            market: row.market_id.parse()?,
            stall: row.stall_id.parse()?,
            revision: row.revision,
            state: PosterState::from_code(&row.state)?,
            made_at: Moment::from_millis(row.made_at),
        })
    }
}

impl Store {
    /// The poster that hangs at a stall. Made if there is none; asked again, it is the same one.
    pub async fn poster_make(
        &self,
        by: &Organizer,
        market: MarketId,
        stall: StallId,
        now: Moment,
    ) -> Result<Poster> {
        let id = ShortId::new(by.org(), self.random());
        let fresh = self.fresh_text();
        let made: Result<u64> = transact!(self, tx => {
            let made = sqlx::query(
                "insert into poster (org_id, poster_id, market_id, stall_id, revision, state, made_at)
                 select s.org_id, $4, s.market_id, s.stall_id,
                   (select coalesce(max(p.revision), 0) + 1 from poster p where p.org_id = s.org_id
                     and p.market_id = s.market_id and p.stall_id = s.stall_id), 'active', $5
                 from stall s where s.org_id = $1 and s.market_id = $2 and s.stall_id = $3
                   and s.withdrawn_at is null
                   and not exists (select 1 from poster p where p.org_id = s.org_id
                     and p.market_id = s.market_id and p.stall_id = s.stall_id and p.state = 'active')
                 on conflict (org_id, market_id, stall_id, revision) do nothing",
            )
            .bind(by.org().number())
            .bind(market.to_string())
            .bind(stall.to_string())
            .bind(id.to_string())
            .bind(now.millis())
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if made > 0 {
                audit::record!(tx, &fresh, Act {
                    org: by.org(),
                    at: now,
                    actor: &by.account().to_string(),
                    verb: "poster.make",
                    object: &id.to_string(),
                    detail: &stall.to_string(),
                });
            }
            Ok(made)
        });
        made?;
        let row: Option<Row> = on!(self.write_pool(), db => sqlx::query_as(
            "select poster_id, market_id, stall_id, revision, state, made_at from poster
             where org_id = $1 and market_id = $2 and stall_id = $3 and state = 'active'",
        ).bind(by.org().number()).bind(market.to_string()).bind(stall.to_string()).fetch_optional(db).await)?;
        row.ok_or(Error::Missing("stall"))?.try_into()
    }

    /// Replaces an active poster by the next revision; the old code says so from then on.
    /// Somebody who rotates the same poster at the same time is told that it was replaced.
    pub async fn poster_rotate(&self, by: &Organizer, old: PosterId, now: Moment) -> Result<Poster> {
        let id = ShortId::new(by.org(), self.random());
        let fresh = self.fresh_text();
        let row: Result<Row> = transact!(self, tx => {
            let replaced: Option<Row> = sqlx::query_as(
                "update poster set state = 'replaced', revoked_at = $3
                 where org_id = $1 and poster_id = $2 and state = 'active'
                 returning poster_id, market_id, stall_id, revision, state, made_at",
            )
            .bind(by.org().number())
            .bind(old.to_string())
            .bind(now.millis())
            .fetch_optional(&mut *tx)
            .await?;
            let Some(replaced) = replaced else { return Err(Error::Missing("active poster").into()) };
            let next: Row = sqlx::query_as(
                "insert into poster (org_id, poster_id, market_id, stall_id, revision, state, made_at)
                 values ($1, $2, $3, $4, $5, 'active', $6)
                 returning poster_id, market_id, stall_id, revision, state, made_at",
            )
            .bind(by.org().number())
            .bind(id.to_string())
            .bind(&replaced.market_id)
            .bind(&replaced.stall_id)
            .bind(replaced.revision + 1)
            .bind(now.millis())
            .fetch_one(&mut *tx)
            .await?;
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "poster.rotate",
                object: &old.to_string(),
                detail: &id.to_string(),
            });
            Ok(next)
        });
        self.scans.clear();
        row?.try_into()
    }

    /// Calls an active poster back. Answers whether it was active. Other nodes hear of it when their cached
    /// page is 1.5 seconds old.
    pub async fn poster_revoke(&self, by: &Organizer, poster: PosterId, now: Moment) -> Result<bool> {
        let fresh = self.fresh_text();
        let key = [("poster_id", poster.to_string())];
        let spot =
            Spot { table: "poster", columns: &["market_id", "stall_id", "state"], org: by.org(), key: &key };
        let revoked: Result<u64> = transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            let revoked = sqlx::query(
                "update poster set state = 'revoked', revoked_at = $3
                 where org_id = $1 and poster_id = $2 and state = 'active'",
            )
            .bind(by.org().number())
            .bind(poster.to_string())
            .bind(now.millis())
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if revoked > 0 {
            let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
                audit::record!(tx, &fresh, Act {
                    org: by.org(),
                    at: now,
                    actor: &by.account().to_string(),
                    verb: "poster.revoke",
                    object: &poster.to_string(),
                    detail: &told,
                });
            }
            Ok(revoked)
        });
        self.scans.clear();
        Ok(revoked? > 0)
    }

    /// How many stalls have a unit and no poster that opens: neither one of the day nor a standing one.
    pub async fn posters_missing(&self, at: MarketRef) -> Result<i64> {
        let missing: i64 = on!(self.read_pool(), db => sqlx::query_scalar(
            "select count(*) from assignment a
             join stall s on s.org_id = a.org_id and s.market_id = a.market_id and s.stall_id = a.stall_id
             join market m on m.org_id = a.org_id and m.market_id = a.market_id
             where a.org_id = $1 and a.market_id = $2
               and not exists (select 1 from poster p where p.org_id = a.org_id
                 and p.market_id = a.market_id and p.stall_id = a.stall_id and p.state = 'active')
               and not exists (select 1 from standing_poster q where q.org_id = m.org_id
                 and q.ground_id = m.ground_id and q.no = s.no and q.revoked_at is null)",
        ).bind(at.org.number()).bind(at.market.to_string()).fetch_one(db).await)?;
        Ok(missing)
    }

    /// The active posters of a market.
    pub async fn posters(&self, by: &Organizer, market: MarketId) -> Result<Vec<Poster>> {
        let rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(
            "select poster_id, market_id, stall_id, revision, state, made_at from poster
             where org_id = $1 and market_id = $2 and state = 'active' order by stall_id",
        ).bind(by.org().number()).bind(market.to_string()).fetch_all(db).await)?;
        rows.into_iter().map(Poster::try_from).collect()
    }
}
