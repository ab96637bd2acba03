//! Standing posters: one printed code a place, opened by whoever stands there on the day.

use kaishi_domain::actor::Organizer;
use kaishi_domain::id::ShortId;
use kaishi_domain::{GroundId, MarketId, MarketRef, Moment, OrgId, PosterId, StallId};
use sqlx::FromRow;

use crate::audit::{self, Act, Spot};
use crate::pool::{on, transact};
use crate::{Error, Result, Store};

/// A code that hangs at a place of a ground.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StandingPoster {
    /// What is signed into its code.
    pub id: PosterId,
    /// The number of the place, as on the layouts.
    pub no: String,
    /// When it was made.
    pub made_at: Moment,
}

#[derive(FromRow)]
struct Row {
    poster_id: String,
    no: String,
    made_at: i64,
}

impl TryFrom<Row> for StandingPoster {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self { id: row.poster_id.parse()?, no: row.no, made_at: Moment::from_millis(row.made_at) })
    }
}

impl Store {
    /// Makes a standing poster for a place that has none; where one hangs, nothing changes.
    pub async fn standing_poster_make(
        &self,
        by: &Organizer,
        ground: GroundId,
        no: &str,
        now: Moment,
    ) -> Result<bool> {
        let id: PosterId = ShortId::new(by.org(), self.random());
        let fresh = self.fresh_text();
        let made: Result<u64> = transact!(self, tx => {
            let made = sqlx::query(
                "insert into standing_poster (org_id, ground_id, no, poster_id, made_at)
                 select org_id, ground_id, $3, $4, $5 from ground where org_id = $1 and ground_id = $2
                 on conflict (org_id, ground_id, no) do update
                   set poster_id = excluded.poster_id, made_at = excluded.made_at, revoked_at = null
                   where standing_poster.revoked_at is not null",
            )
            .bind(by.org().number())
            .bind(ground.to_string())
            .bind(no)
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
                    verb: "standing_poster.make",
                    object: &id.to_string(),
                    detail: no,
                });
            }
            Ok(made)
        });
        self.scans.clear();
        Ok(made? > 0)
    }

    /// Calls a standing poster back; the place may get another code. Answers whether it hung there.
    pub async fn standing_poster_revoke(
        &self,
        by: &Organizer,
        poster: PosterId,
        now: Moment,
    ) -> Result<bool> {
        let fresh = self.fresh_text();
        let key = [("poster_id", poster.to_string())];
        let spot = Spot {
            table: "standing_poster",
            columns: &["ground_id", "no", "revoked_at"],
            org: by.org(),
            key: &key,
        };
        let revoked: Result<u64> = transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            let revoked = sqlx::query(
                "update standing_poster set revoked_at = $3
                 where org_id = $1 and poster_id = $2 and revoked_at is null",
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
                    verb: "standing_poster.revoke",
                    object: &poster.to_string(),
                    detail: &told,
                });
            }
            Ok(revoked)
        });
        self.scans.clear();
        Ok(revoked? > 0)
    }

    /// The standing posters of the ground of a market.
    pub async fn standing_posters(&self, at: MarketRef) -> Result<Vec<StandingPoster>> {
        let rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(
            "select p.poster_id, p.no, p.made_at from standing_poster p
             join market m on m.org_id = p.org_id and m.ground_id = p.ground_id
             where p.org_id = $1 and m.market_id = $2 and p.revoked_at is null order by p.no",
        ).bind(at.org.number()).bind(at.market.to_string()).fetch_all(db).await)?;
        rows.into_iter().map(StandingPoster::try_from).collect()
    }

    /// The active poster at a stall, for who knows its number.
    pub async fn poster_at(&self, at: MarketRef, stall: StallId) -> Result<Option<PosterId>> {
        let id: Option<String> = on!(self.read_pool(), db => sqlx::query_scalar(
            "select poster_id from poster
             where org_id = $1 and market_id = $2 and stall_id = $3 and state = 'active'",
        ).bind(at.org.number()).bind(at.market.to_string()).bind(stall.to_string()).fetch_optional(db).await)?;
        Ok(id.map(|id| id.parse()).transpose()?)
    }

    /// The poster of the day that a standing one stands for: of the market on its ground that runs or comes next, or
    /// else of the last one. An error where the code is none of ours; `None` where nobody stands at its place.
    pub(crate) async fn poster_of_the_day(
        &self,
        standing: PosterId,
        now: Moment,
    ) -> Result<Option<PosterId>> {
        let place: Option<(String, String)> = on!(self.read_pool(), db => sqlx::query_as(
            "select ground_id, no from standing_poster
             where org_id = $1 and poster_id = $2 and revoked_at is null",
        ).bind(standing.org().number()).bind(standing.to_string()).fetch_optional(db).await)?;
        let (ground, no) = place.ok_or(Error::Missing("poster"))?;
        let id: Option<String> = on!(self.read_pool(), db => sqlx::query_scalar(
            "select p.poster_id from market m
             join stall s on s.org_id = m.org_id and s.market_id = m.market_id
             join poster p on p.org_id = s.org_id and p.market_id = s.market_id and p.stall_id = s.stall_id
             where m.org_id = $1 and m.ground_id = $2 and s.no = $3 and s.withdrawn_at is null
               and p.state = 'active'
             order by case when m.closes_at + $5 >= $4 then 0 else 1 end, abs(m.opens_at - $4) limit 1",
        )
        .bind(standing.org().number())
        .bind(ground)
        .bind(no)
        .bind(now.millis())
        .bind(kaishi_domain::moment::HOUR)
        .fetch_optional(db)
        .await)?;
        Ok(id.map(|id| id.parse()).transpose()?)
    }

    /// The market of an organization that runs or comes next, or else its last one.
    pub async fn market_near(&self, org: OrgId, now: Moment) -> Result<Option<MarketId>> {
        let id: Option<String> = on!(self.read_pool(), db => sqlx::query_scalar(
            "select market_id from market where org_id = $1 and stage <> 'draft'
             order by case when closes_at + $3 >= $2 then 0 else 1 end, abs(opens_at - $2) limit 1",
        )
        .bind(org.number())
        .bind(now.millis())
        .bind(kaishi_domain::moment::HOUR)
        .fetch_optional(db)
        .await)?;
        Ok(id.map(|id| id.parse()).transpose()?)
    }
}
