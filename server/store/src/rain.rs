//! The switch between the two plans of a market, and what residents are told of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use kaishi_domain::actor::Organizer;
use kaishi_domain::ground::Ground;
use kaishi_domain::layout::{Layout, number_order};
use kaishi_domain::market::Plan;
use kaishi_domain::rain::{Cover, Whereabouts, neighbours, whereabouts};
use kaishi_domain::{MarketId, MarketRef, Moment, StallId};

use crate::audit::{self, Act};
use crate::pool::{Attempt, look, transact};
use crate::{Error, Result, Store, ledger};

/// What became of a switch.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Switched {
    /// The plan is in force.
    Done,
    /// It was in force before.
    Already,
    /// No map of that plan was published; nothing changed.
    NoLayout,
    /// Somebody is assigned to stalls that the plan's map has not; their numbers, in order. Nothing changed.
    Lacking(Vec<String>),
}

/// Where a stall stands now, in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Standing {
    /// The part of the ground.
    pub at: Option<Whereabouts>,
    /// Numbers of the stalls beside it.
    pub beside: Vec<String>,
    /// Whether it stands elsewhere than in fair weather.
    pub moved: bool,
}

/// What residents are told about places: at most 1.5 seconds old.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Standings {
    /// What everybody shelters from; `None` in fair weather.
    pub cover: Option<Cover>,
    /// The areas in which stalls stand, in the order of the ground.
    pub areas: Vec<String>,
    /// The last switch: what everybody sheltered from then or until then, and when it was.
    pub switched: Option<(Cover, Moment)>,
    /// Every stall of the map in force.
    pub stalls: BTreeMap<StallId, Standing>,
}

/// Only a plan with a published map that has every assigned stall comes into force. In the document an id is written
/// with hyphens, in a column without.
const SWITCH: &str = "update market set plan = $3
     where org_id = $1 and market_id = $2 and plan <> $3 and exists (
       select 1 from (
         select replace(l.body, '-', '') as body from layout_version l
         where l.org_id = $1 and l.market_id = $2 and l.plan = $3
         order by l.version desc limit 1) map
       where map.body like '%\"id\"%' and not exists (
         select 1 from assignment a where a.org_id = $1 and a.market_id = $2
           and map.body not like '%' || a.stall_id || '%'))";

/// The map of a plan that residents see.
const MAP: &str = "select body from layout_version
     where org_id = $1 and market_id = $2 and plan = $3 order by version desc limit 1";

impl Store {
    /// Puts a plan into force: one conditional statement. Codes, assignments and the ledger do not move.
    pub async fn plan_switch(
        &self,
        by: &Organizer,
        market: MarketId,
        to: Plan,
        cover: Cover,
        now: Moment,
    ) -> Result<Switched> {
        let (org, id) = (by.org().number(), market.to_string());
        let fresh = self.fresh_text();
        let done: Result<Switched> = transact!(self, tx => {
            let done = sqlx::query(SWITCH).bind(org).bind(&id).bind(to.code()).execute(&mut *tx).await?;
            if done.rows_affected() == 0 {
                let plan: Option<String> =
                    sqlx::query_scalar("select plan from market where org_id = $1 and market_id = $2")
                        .bind(org).bind(&id).fetch_optional(&mut *tx).await?;
                if plan.ok_or(Error::Missing("market"))? == to.code() {
                    return Ok(Switched::Already);
                }
                let map: Option<String> = sqlx::query_scalar(MAP)
                    .bind(org).bind(&id).bind(to.code()).fetch_optional(&mut *tx).await?;
                let held: Vec<(String, String)> = sqlx::query_as(
                    "select s.stall_id, s.no from assignment a
                     join stall s on s.org_id = a.org_id and s.market_id = a.market_id and s.stall_id = a.stall_id
                     where a.org_id = $1 and a.market_id = $2",
                ).bind(org).bind(&id).fetch_all(&mut *tx).await?;
                // Nothing in the way any more: somebody else has switched or saved since the statement.
                return refused(map.as_deref(), held)?
                    .ok_or_else(|| Attempt::Again(Error::Unavailable("the plan changed meanwhile".into())));
            }
            // Back in fair weather: what it was that everybody sheltered from.
            let was: Option<String> = sqlx::query_scalar(
                "select cover from plan_switch where org_id = $1 and market_id = $2 order by n desc limit 1",
            ).bind(org).bind(&id).fetch_optional(&mut *tx).await?;
            let cover = was.filter(|_| to == Plan::Fair).unwrap_or_else(|| cover.code().to_owned());
            sqlx::query(
                "insert into plan_switch (org_id, market_id, n, plan, cover, account_id, at)
                 select $1, $2, coalesce(max(n), 0) + 1, $3, $4, $5, $6 from plan_switch
                 where org_id = $1 and market_id = $2",
            )
            .bind(org)
            .bind(&id)
            .bind(to.code())
            .bind(&cover)
            .bind(by.account().to_string())
            .bind(now.millis())
            .execute(&mut *tx)
            .await?;
            ledger::touch(&mut (&mut *tx).into(), MarketRef { org: by.org(), market }).await?;
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "plan",
                object: &id,
                detail: &format!("{} -> {} {cover}", to.other().code(), to.code()),
            });
            Ok(Switched::Done)
        });
        self.scans.clear();
        done
    }

    /// Where every stall stands now, in words, and why. At most 1.5 seconds old.
    pub async fn standings(&self, at: MarketRef, now: Moment) -> Result<Arc<Standings>> {
        if let Some(known) = self.scans.standings.find(&at, now) {
            return Ok(known);
        }
        let (org, id) = (at.org.number(), at.market.to_string());
        let read: Result<Read> = look!(self, tx => {
            let market: Option<(String, String)> = sqlx::query_as(
                "select m.plan, g.body from market m
                 join ground g on g.org_id = m.org_id and g.ground_id = m.ground_id
                 where m.org_id = $1 and m.market_id = $2",
            ).bind(org).bind(&id).fetch_optional(&mut *tx).await?;
            let (plan, ground) = market.ok_or(Error::Missing("market"))?;
            let last: Option<(String, i64)> = sqlx::query_as(
                "select cover, at from plan_switch where org_id = $1 and market_id = $2 order by n desc limit 1",
            ).bind(org).bind(&id).fetch_optional(&mut *tx).await?;
            let fair: Option<String> = sqlx::query_scalar(MAP)
                .bind(org).bind(&id).bind(Plan::Fair.code()).fetch_optional(&mut *tx).await?;
            let rain: Option<String> = sqlx::query_scalar(MAP)
                .bind(org).bind(&id).bind(Plan::Rain.code()).fetch_optional(&mut *tx).await?;
            Ok(Read { plan, ground, last, fair, rain })
        });
        Ok(self.scans.standings.keep(at, read?.standings()?, now))
    }
}

/// What one look saw.
struct Read {
    plan: String,
    ground: String,
    last: Option<(String, i64)>,
    fair: Option<String>,
    rain: Option<String>,
}

fn map(body: Option<&str>) -> Result<Layout> {
    Ok(body.map(serde_json::from_str).transpose()?.unwrap_or_default())
}

impl Read {
    fn standings(self) -> Result<Standings> {
        let (fair, rain) = (map(self.fair.as_deref())?, map(self.rain.as_deref())?);
        // Without a drawn ground nothing can be said about places.
        let ground = Ground::parse(&self.ground).ok();
        let plan = Plan::from_code(&self.plan)?;
        let here = if plan == Plan::Rain { &rain } else { &fair };
        let last =
            self.last.map(|(cover, at)| Ok::<_, Error>((Cover::from_code(&cover)?, at))).transpose()?;
        let stalls = here.stalls().values().map(|stall| {
            let standing = Standing {
                at: ground.as_ref().and_then(|ground| whereabouts(ground, stall.centre())),
                beside: neighbours(here, stall.id),
                moved: fair
                    .stall(stall.id)
                    .is_none_or(|was| was.centre().minus(stall.centre()).length() >= 1.0),
            };
            (stall.id, standing)
        });
        let used = |area: &&kaishi_domain::ground::Area| {
            here.stalls().values().any(|stall| area.polygon.contains(stall.centre()))
        };
        let areas = ground.iter().flat_map(|ground| ground.zones.iter().filter(used));
        Ok(Standings {
            cover: (plan == Plan::Rain).then(|| last.map_or(Cover::Rain, |(cover, _)| cover)),
            areas: areas.map(|area| area.name.clone()).collect(),
            switched: last.map(|(cover, at)| (cover, Moment::from_millis(at))),
            stalls: stalls.collect(),
        })
    }
}

/// Why a plan cannot come into force; `None` where it could.
fn refused(body: Option<&str>, held: Vec<(String, String)>) -> Result<Option<Switched>> {
    let layout = map(body)?;
    if layout.stalls().is_empty() {
        return Ok(Some(Switched::NoLayout));
    }
    let mut lacking = Vec::new();
    for (stall, no) in held {
        if layout.stall(stall.parse()?).is_none() {
            lacking.push(no);
        }
    }
    lacking.sort_by_cached_key(|no| number_order(no));
    Ok((!lacking.is_empty()).then_some(Switched::Lacking(lacking)))
}
