//! Organizations above and below each other, and what those above see of those below: sums, never a row.

use std::collections::VecDeque;

use kaishi_domain::actor::{Operator, Viewer};
use kaishi_domain::organization::Kind;
use kaishi_domain::{Moment, OrgId};

use crate::audit::{self, Act};
use crate::pool::{Conn, on, transact, via};
use crate::{Error, Organization, Result, Store};

/// One organization of the tree.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Node {
    /// Which, with its names.
    pub organization: Organization,
    /// Of which kind.
    pub kind: Kind,
    /// Under whom it stands.
    pub above: Option<OrgId>,
}

/// What one market was in sums.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sums {
    /// `2023-05-13`
    pub held_on: String,
    /// `党员服务市集`
    pub name: String,
    /// People served; talks and what waits for review left out.
    pub encounters: i64,
    /// Appeals raised.
    pub raised: i64,
    /// Of these settled, by the people who settle them.
    pub settled: i64,
    /// Units that came.
    pub arrived: i64,
    /// Units that were to come.
    pub entries: i64,
}

/// An organization below, with its markets in sums.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Below {
    /// Which.
    pub node: Node,
    /// The market of the day, if it has one.
    pub today: Option<Sums>,
    /// The last before that day.
    pub last: Option<Sums>,
}

type Row = (String, String, i64, i64, i64, i64, i64);

impl Store {
    /// Founds an organization of a kind, under another or under nobody.
    pub async fn found_under(
        &self,
        by: &Operator,
        (new, kind): (&Organization, Kind),
        above: Option<OrgId>,
        now: Moment,
    ) -> Result<()> {
        if let Some(above) = above {
            kind.under(self.node(above).await?.kind)?;
        }
        let fresh = self.fresh_text();
        transact!(self, tx => {
            let mut conn = Conn::from(&mut *tx);
            via!(&mut conn, db => sqlx::query(
                "insert into organization (org_id, name, district, kind, created_at) values ($1, $2, $3, $4, $5)",
            )
            .bind(new.id.number())
            .bind(&new.name)
            .bind(&new.district)
            .bind(kind.code())
            .bind(now.millis())
            .execute(db)
            .await
            .map(drop))?;
            if let Some(above) = above {
                place(&mut conn, new.id, above, now).await?;
            }
            let (actor, detail) = (by.account().to_string(), above.map_or_else(String::new, |org| org.to_string()));
            let act = Act {
                org: new.id,
                at: now,
                actor: &actor,
                verb: "organization.found",
                object: &new.id.to_string(),
                detail: &detail,
            };
            audit::begin(&mut conn, &fresh, act).await
        })
    }

    /// Puts an organization under another. Kinds never change, so what was checked stays true.
    pub async fn put_under(&self, by: &Operator, org: OrgId, above: OrgId, now: Moment) -> Result<()> {
        self.node(org).await?.kind.under(self.node(above).await?.kind)?;
        let fresh = self.fresh_text();
        transact!(self, tx => {
            let mut conn = Conn::from(&mut *tx);
            place(&mut conn, org, above, now).await?;
            let (actor, detail) = (by.account().to_string(), above.to_string());
            let act = Act {
                org,
                at: now,
                actor: &actor,
                verb: "organization.under",
                object: &org.to_string(),
                detail: &detail,
            };
            audit::note(&mut conn, &fresh, act).await
        })
    }

    /// One organization with its place.
    pub async fn node(&self, org: OrgId) -> Result<Node> {
        let row: Option<(String, String, String, Option<i64>)> = on!(self.read_pool(), db => sqlx::query_as(
            "select o.name, o.district, o.kind, s.above from organization o
             left join superior s on s.org_id = o.org_id where o.org_id = $1",
        ).bind(org.number()).fetch_optional(db).await)?;
        let (name, district, kind, above) = row.ok_or(Error::Missing("organization"))?;
        Ok(Node {
            organization: Organization { id: org, name, district },
            kind: Kind::from_code(&kind)?,
            above: above.map(OrgId::from_number).transpose()?,
        })
    }

    /// Every organization of the server with its place, for whoever runs it.
    pub async fn tree(&self, _: &Operator) -> Result<Vec<Node>> {
        let mut nodes = Vec::new();
        for organization in self.organizations().await? {
            nodes.push(self.node(organization.id).await?);
        }
        Ok(nodes)
    }

    /// Everybody below an organization, one level after the other, with the sums of their markets.
    pub async fn below(&self, by: &Viewer, today: &str) -> Result<Vec<Below>> {
        let mut found = Vec::new();
        let mut waiting = VecDeque::from([by.org()]);
        while let Some(org) = waiting.pop_front() {
            let under: Vec<i64> = on!(self.read_pool(), db => sqlx::query_scalar(
                "select below from subordinate where org_id = $1 order by since, below",
            ).bind(org.number()).fetch_all(db).await)?;
            for number in under {
                let below = OrgId::from_number(number)?;
                let node = self.node(below).await?;
                if node.above != Some(org) {
                    // It was put under another a moment ago.
                    continue;
                }
                waiting.push_back(below);
                let today_sums = self.sums(below, today, "=").await?;
                found.push(Below { node, today: today_sums, last: self.sums(below, today, "<").await? });
            }
        }
        Ok(found)
    }

    /// The sums of the market of a day, or of the last before it.
    async fn sums(&self, org: OrgId, day: &str, which: &'static str) -> Result<Option<Sums>> {
        let text = format!(
            "select m.held_on, m.name,
               (select cast(coalesce(sum(t.n), 0) as bigint) from tally t where t.org_id = m.org_id
                 and t.market_id = m.market_id and t.confidence = 'normal' and t.kind <> 'talk'),
               (select count(*) from appeal p where p.org_id = m.org_id and p.market_id = m.market_id),
               (select count(*) from appeal p where p.org_id = m.org_id and p.market_id = m.market_id
                 and p.settled is not null),
               (select count(*) from entry e where e.org_id = m.org_id and e.market_id = m.market_id
                 and e.arrived_at is not null),
               (select count(*) from entry e where e.org_id = m.org_id and e.market_id = m.market_id)
             from market m where m.org_id = $1 and m.held_on {which} $2 and m.stage <> 'draft'
             order by m.held_on desc, m.opens_at limit 1"
        );
        let row: Option<Row> = on!(self.read_pool(), db => sqlx::query_as(sqlx::AssertSqlSafe(text))
            .bind(org.number()).bind(day).fetch_optional(db).await)?;
        Ok(row.map(|(held_on, name, encounters, raised, settled, arrived, entries)| Sums {
            held_on,
            name,
            encounters,
            raised,
            settled,
            arrived,
            entries,
        }))
    }
}

/// Writes both sides; who stood above before stands above no more.
async fn place(conn: &mut Conn<'_>, org: OrgId, above: OrgId, now: Moment) -> crate::pool::Step<()> {
    let before: Option<i64> = via!(conn, db => sqlx::query_scalar("select above from superior where org_id = $1")
        .bind(org.number())
        .fetch_optional(db)
        .await)?;
    if let Some(before) = before {
        via!(conn, db => sqlx::query("delete from subordinate where org_id = $1 and below = $2")
            .bind(before)
            .bind(org.number())
            .execute(db)
            .await
            .map(drop))?;
    }
    via!(conn, db => sqlx::query(
        "insert into superior (org_id, above, since) values ($1, $2, $3)
         on conflict (org_id) do update set above = excluded.above, since = excluded.since",
    )
    .bind(org.number())
    .bind(above.number())
    .bind(now.millis())
    .execute(db)
    .await
    .map(drop))?;
    via!(conn, db => sqlx::query(
        "insert into subordinate (org_id, below, since) values ($1, $2, $3)
         on conflict (org_id, below) do nothing",
    )
    .bind(above.number())
    .bind(org.number())
    .bind(now.millis())
    .execute(db)
    .await
    .map(drop))?;
    Ok(())
}
