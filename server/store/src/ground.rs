//! Grounds: places in metres that are used again every Saturday, changed by revisions.
//!
//! A market that is over keeps the ground it was held on: the first change after it pins the revision.

use std::collections::BTreeMap;

use kaishi_domain::actor::{Organizer, Viewer};
use kaishi_domain::ground::{Clash, Diff, Ground, Misfit, tell};
use kaishi_domain::layout::{Layout, Uses};
use kaishi_domain::market::{Market, Plan};
use kaishi_domain::{GroundId, MarketRef, Moment, OrgId};

use crate::audit::{self, Act, Spot};
use crate::pool::{Attempt, on, transact};
use crate::{Error, Result, Store};

/// A ground in the list of all.
#[derive(Clone, PartialEq, Debug)]
pub struct GroundRow {
    /// Which.
    pub id: GroundId,
    /// What people call it.
    pub title: String,
    /// How often it was changed, from 1.
    pub revision: i64,
    /// The document, of schema venue/1.
    pub body: String,
    /// The markets on it, latest first.
    pub markets: Vec<Market>,
}

/// What became of a change to a ground.
#[derive(Clone, PartialEq, Debug)]
#[expect(clippy::large_enum_variant, reason = "one answer of one save, moved once")]
pub enum Drawn {
    /// It is stored.
    Done {
        /// The revision it made.
        revision: i64,
        /// The whole ground, when others had changed it in between.
        merged: Option<Ground>,
    },
    /// Others have changed the same parts; nothing was stored.
    Stale {
        /// The revision that stands.
        revision: i64,
        /// The ground that stands.
        ground: Box<Ground>,
        /// Which parts, with both versions.
        clashes: Vec<Clash>,
    },
}

/// A market that follows a ground, with both its maps.
#[derive(Clone, PartialEq, Debug)]
pub struct Follower {
    /// The market.
    pub market: Market,
    /// Its maps by weather, with what stands at each stall.
    pub layouts: Vec<(Plan, Layout, Uses)>,
}

/// What a transaction read of a ground.
struct Standing {
    revision: i64,
    ground: Ground,
    /// As it was when the diff was made, if that was another revision.
    base: Option<Ground>,
}

impl Store {
    /// Adds a ground. `body` is a document of schema venue/1, checked by the caller.
    pub async fn ground_add(
        &self,
        by: &Organizer,
        id: GroundId,
        (title, body): (&str, &str),
        now: Moment,
    ) -> Result<()> {
        let (key, fresh) = ([("ground_id", id.to_string())], self.fresh_text());
        let spot = Spot { table: "ground", columns: &["title", "revision"], org: by.org(), key: &key };
        transact!(self, tx => {
            sqlx::query("insert into ground (org_id, ground_id, title, body) values ($1, $2, $3, $4)")
                .bind(by.org().number())
                .bind(id.to_string())
                .bind(title)
                .bind(body)
                .execute(&mut *tx)
                .await?;
            let told = spot.change(&mut (&mut *tx).into(), &BTreeMap::new()).await?;
            audit::signed!(tx, &fresh, (by, now), "ground.add", &id.to_string(), &told);
            Ok(())
        })
    }

    /// The document of a ground and its revision.
    pub async fn ground(&self, org: OrgId, id: GroundId) -> Result<(i64, String)> {
        let row: Option<(i64, String)> = on!(self.read_pool(), db => sqlx::query_as(
            "select revision, body from ground where org_id = $1 and ground_id = $2",
        ).bind(org.number()).bind(id.to_string()).fetch_optional(db).await)?;
        row.ok_or(Error::Missing("ground"))
    }

    /// The grounds of an organization with the markets on each, oldest first.
    pub async fn grounds(&self, by: &Viewer) -> Result<Vec<GroundRow>> {
        let rows: Vec<(String, String, i64, String)> = on!(self.read_pool(), db => sqlx::query_as(
            "select ground_id, title, revision, body from ground where org_id = $1 order by ground_id",
        ).bind(by.org().number()).fetch_all(db).await)?;
        let season = self.season(by).await?;
        rows.into_iter()
            .map(|(id, title, revision, body)| {
                let id: GroundId = id.parse()?;
                let markets = season.iter().filter(|row| row.market.ground == id);
                let markets = markets.map(|row| row.market.clone()).collect();
                Ok(GroundRow { id, title, revision, body, markets })
            })
            .collect()
    }

    /// The ground a market is held on: as it was on its day, once that is over and the ground has changed.
    pub async fn ground_of(&self, at: MarketRef) -> Result<Ground> {
        let body: Option<String> = on!(self.read_pool(), db => sqlx::query_scalar(
            "select coalesce(r.body, g.body) from market m
             join ground g on g.org_id = m.org_id and g.ground_id = m.ground_id
             left join ground_revision r on r.org_id = m.org_id and r.ground_id = m.ground_id
               and r.revision = m.ground_revision
             where m.org_id = $1 and m.market_id = $2",
        ).bind(at.org.number()).bind(at.market.to_string()).fetch_optional(db).await)?;
        Ok(Ground::parse(&body.ok_or(Error::Missing("market"))?)?)
    }

    /// The markets that a change of a ground would change: those that are not over.
    pub async fn followers(&self, by: &Organizer, id: GroundId) -> Result<Vec<Follower>> {
        let season = self.season(&by.viewer()).await?;
        let pinned: Vec<String> = on!(self.read_pool(), db => sqlx::query_scalar(
            "select market_id from market where org_id = $1 and ground_id = $2
               and (ground_revision is not null or stage in ('closed', 'filed'))",
        ).bind(by.org().number()).bind(id.to_string()).fetch_all(db).await)?;
        let mut found = Vec::new();
        for row in season {
            let market = row.market;
            if market.ground != id || pinned.contains(&market.id.to_string()) {
                continue;
            }
            let at = MarketRef { org: market.org, market: market.id };
            let mut layouts = Vec::new();
            for plan in [Plan::Fair, Plan::Rain] {
                layouts.push((plan, self.layout(at, plan).await?.1, self.uses(at, plan).await?));
            }
            found.push(Follower { market, layouts });
        }
        Ok(found)
    }

    /// Stores a change that was made on revision `base`. Changes of others to other parts are merged; changes
    /// to the same parts refuse it. Markets that are over keep the ground as it was before.
    pub async fn ground_change(
        &self,
        by: &Organizer,
        id: GroundId,
        base: i64,
        diff: &Diff,
        now: Moment,
    ) -> Result<Drawn> {
        let (org, key, fresh) = (by.org().number(), id.to_string(), self.fresh_text());
        let named = [("ground_id", id.to_string())];
        let spot = Spot { table: "ground", columns: &["title", "revision"], org: by.org(), key: &named };
        transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            let row: Option<(i64, String)> = sqlx::query_as(
                "select revision, body from ground where org_id = $1 and ground_id = $2",
            ).bind(org).bind(&key).fetch_optional(&mut *tx).await?;
            let (revision, old) = row.ok_or(Error::Missing("ground"))?;
            let before: Option<String> = sqlx::query_scalar(
                "select body from ground_revision where org_id = $1 and ground_id = $2 and revision = $3
                   and revision <> $4",
            ).bind(org).bind(&key).bind(base).bind(revision).fetch_optional(&mut *tx).await?;
            let standing = Standing {
                revision,
                ground: Ground::parse(&old)?,
                base: before.map(|body| Ground::parse(&body)).transpose()?,
            };
            let next = match standing.after(base, diff)? {
                Ok(next) => next,
                Err(answer) => return Ok(answer),
            };
            let body = serde_json::to_string(&next)?;
            let done = sqlx::query(
                "update ground set revision = $3 + 1, title = $4, body = $5
                 where org_id = $1 and ground_id = $2 and revision = $3",
            ).bind(org).bind(&key).bind(revision).bind(&next.title).bind(&body).execute(&mut *tx).await?;
            if done.rows_affected() == 0 {
                return Err(Attempt::Again(Error::Unavailable("another change came first".into())));
            }
            let change = serde_json::to_string(diff)?;
            let account = by.account().to_string();
            for (number, body, diff, account) in [
                (revision, &old, None, None),
                (revision + 1, &body, Some(&change), Some(&account)),
            ] {
                sqlx::query(
                    "insert into ground_revision (org_id, ground_id, revision, body, diff, account_id, at)
                     values ($1, $2, $3, $4, $5, $6, $7) on conflict (org_id, ground_id, revision) do nothing",
                ).bind(org).bind(&key).bind(number).bind(body).bind(diff).bind(account).bind(now.millis())
                    .execute(&mut *tx).await?;
            }
            sqlx::query(
                "update market set ground_revision = $3 where org_id = $1 and ground_id = $2
                   and ground_revision is null and stage in ('closed', 'filed')",
            ).bind(org).bind(&key).bind(revision).execute(&mut *tx).await?;
            let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &account,
                verb: "ground.change",
                object: &key,
                detail: &told,
            });
            let merged = (revision != base).then_some(next);
            Ok(Drawn::Done { revision: revision + 1, merged })
        })
    }
}

impl Standing {
    /// The ground after the diff, or what to answer without writing anything.
    fn after(self, base: i64, diff: &Diff) -> Result<std::result::Result<Ground, Drawn>> {
        let Self { revision, ground, base: before } = self;
        if diff.is_empty() || (revision != base && diff.is_done(&ground)) {
            let merged = (revision != base).then_some(ground);
            return Ok(Err(Drawn::Done { revision, merged }));
        }
        let mut next = ground.clone();
        match diff.apply(&mut next) {
            Ok(()) => Ok(Ok(next)),
            Err(Misfit::Refused(refusal)) => Err(refusal.into()),
            Err(Misfit::Clashes(mut clashes)) => {
                if let Some(before) = &before {
                    tell(&mut clashes, &Diff::between(before, &ground));
                }
                Ok(Err(Drawn::Stale { revision, ground: Box::new(ground), clashes }))
            }
        }
    }
}
