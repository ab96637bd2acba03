//! Saturdays that begin as the last one was: its map in both weathers, and its roster if wanted. What a Saturday
//! counted, who stood where and what was printed stays its own.

use kaishi_domain::actor::Organizer;
use kaishi_domain::layout::{Diff, Layout};
use kaishi_domain::map::Map;
use kaishi_domain::market::Market;
use kaishi_domain::{EntryId, MarketId, MarketRef, Moment, StallId};

use crate::market::insert;
use crate::pool::{Conn, Step, transact, via};
use crate::unit::barred;
use crate::{Error, Result, Store};

/// A Saturday that is to be made.
#[derive(Clone, Debug)]
pub struct Saturday {
    /// The Saturday itself.
    pub market: Market,
    /// The secret behind its visitor tags.
    pub day_key: [u8; 32],
}

/// What is taken over, and from which Saturday.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Copied {
    /// Which.
    pub from: MarketId,
    /// The maps of both weathers.
    pub map: bool,
    /// The roster; who may not enter any more stays out.
    pub roster: bool,
}

impl Store {
    /// Makes one Saturday from another, all of it or nothing.
    pub async fn market_after(
        &self,
        by: &Organizer,
        saturday: &Saturday,
        copied: Copied,
        now: Moment,
    ) -> Result<()> {
        own(by, saturday)?;
        transact!(self, tx => {
            let mut copy = Copy { store: self, conn: (&mut *tx).into(), by, copied, now };
            copy.make(saturday, true).await.map(drop)
        })
    }

    /// Makes several Saturdays from another, all or none of them; a day that has one already is left out. Answers
    /// which were made.
    pub async fn market_series(
        &self,
        by: &Organizer,
        saturdays: &[Saturday],
        copied: Copied,
        now: Moment,
    ) -> Result<Vec<MarketId>> {
        for saturday in saturdays {
            own(by, saturday)?;
        }
        transact!(self, tx => {
            let mut copy = Copy { store: self, conn: (&mut *tx).into(), by, copied, now };
            copy.alone().await?;
            let mut made = Vec::with_capacity(saturdays.len());
            for saturday in saturdays {
                if copy.make(saturday, false).await? {
                    made.push(saturday.market.id);
                }
            }
            Ok(made)
        })
    }
}

fn own(by: &Organizer, saturday: &Saturday) -> Result<()> {
    if by.org() == saturday.market.org { Ok(()) } else { Err(Error::Missing("organization")) }
}

/// One transaction that makes Saturdays.
struct Copy<'s, 'c> {
    store: &'s Store,
    conn: Conn<'c>,
    by: &'s Organizer,
    copied: Copied,
    now: Moment,
}

impl Copy<'_, '_> {
    /// Of two who make a series at once the second waits, and then sees which days are taken.
    async fn alone(&mut self) -> Step<()> {
        via!(&mut self.conn, db => sqlx::query("update organization set name = name where org_id = $1")
            .bind(self.by.org().number())
            .execute(db)
            .await
            .map(drop))?;
        Ok(())
    }

    async fn make(&mut self, saturday: &Saturday, crowded: bool) -> Step<bool> {
        let fresh = self.store.fresh_text();
        let what = (&saturday.market, saturday.day_key);
        if !insert(&mut self.conn, self.by, what, crowded, (&fresh, self.now)).await? {
            return Ok(false);
        }
        let to = MarketRef { org: saturday.market.org, market: saturday.market.id };
        self.safety(to).await?;
        if self.copied.map {
            self.map(to).await?;
        }
        if self.copied.roster {
            self.roster(to).await?;
        }
        Ok(true)
    }

    /// The limits of wind and heat, and who leads where people gather: they belong to the square. How many are
    /// expected is asked anew.
    async fn safety(&mut self, to: MarketRef) -> Step<()> {
        via!(&mut self.conn, db => sqlx::query(
            "insert into safety (org_id, market_id, attendance, wind_stop, heat_shade, heat_stop, card)
             select org_id, $3, null, wind_stop, heat_shade, heat_stop, card from safety
             where org_id = $1 and market_id = $2",
        )
        .bind(to.org.number())
        .bind(self.copied.from.to_string())
        .bind(to.market.to_string())
        .execute(db)
        .await
        .map(drop))?;
        Ok(())
    }

    /// The drafts of both plans as the first drafts of the new Saturday.
    async fn map(&mut self, to: MarketRef) -> Step<()> {
        let rows: Vec<(String, String)> = via!(&mut self.conn, db => sqlx::query_as(
            "select plan, body from layout where org_id = $1 and market_id = $2 order by plan",
        )
        .bind(to.org.number())
        .bind(self.copied.from.to_string())
        .fetch_all(db)
        .await)?;
        let mut ids = Map::new();
        for (plan, body) in rows {
            let old: Layout = serde_json::from_str(&body)?;
            let layout = old.anew(&mut ids, || StallId::new(self.now, self.store.random()))?;
            if !layout.stalls().is_empty() {
                self.draft(to, &plan, &layout).await?;
            }
        }
        Ok(())
    }

    async fn draft(&mut self, to: MarketRef, plan: &str, layout: &Layout) -> Step<()> {
        let (org, market) = (to.org.number(), to.market.to_string());
        let diff = Diff::between(&Layout::default(), layout);
        let (body, diff) = (serde_json::to_string(layout)?, serde_json::to_string(&diff)?);
        via!(&mut self.conn, db => sqlx::query(
            "insert into layout (org_id, market_id, plan, revision, body) values ($1, $2, $3, 1, $4)",
        ).bind(org).bind(&market).bind(plan).bind(&body).execute(db).await.map(drop))?;
        via!(&mut self.conn, db => sqlx::query(
            "insert into layout_change (org_id, market_id, plan, revision, diff, account_id, at)
             values ($1, $2, $3, 1, $4, $5, $6)",
        )
        .bind(org).bind(&market).bind(plan).bind(&diff).bind(self.by.account().to_string())
        .bind(self.now.millis()).execute(db).await.map(drop))?;
        for stall in layout.stalls().values() {
            via!(&mut self.conn, db => sqlx::query(
                "insert into stall (org_id, market_id, stall_id, no, zone) values ($1, $2, $3, $4, $5)
                 on conflict (org_id, market_id, stall_id) do nothing",
            )
            .bind(org).bind(&market).bind(stall.id.to_string()).bind(&stall.no).bind(&stall.zone)
            .execute(db).await.map(drop))?;
        }
        Ok(())
    }

    /// Who was there, in the same order; nobody has come yet.
    async fn roster(&mut self, to: MarketRef) -> Step<()> {
        let rows: Vec<(String,)> = via!(&mut self.conn, db => sqlx::query_as(
            "select entry_id from entry where org_id = $1 and market_id = $2 order by entry_id",
        )
        .bind(to.org.number())
        .bind(self.copied.from.to_string())
        .fetch_all(db)
        .await)?;
        for ((old,), at) in rows.into_iter().zip(0..) {
            let id = EntryId::new(self.now.plus(at), self.store.random());
            via!(&mut self.conn, db => sqlx::query(
                concat!(
                    "insert into entry (org_id, market_id, entry_id, unit_id, name, zone, services, needs, wishes, way)
                     select e.org_id, $4, $5, e.unit_id, e.name, e.zone, e.services, e.needs, e.wishes, e.way
                     from entry e where e.org_id = $1 and e.market_id = $2 and e.entry_id = $3
                       and not exists (select 1 from unit u where u.org_id = e.org_id and u.unit_id = e.unit_id
                       and ",
                    barred!("u."),
                    ")"
                ),
            )
            .bind(to.org.number())
            .bind(self.copied.from.to_string())
            .bind(old)
            .bind(to.market.to_string())
            .bind(id.to_string())
            .execute(db)
            .await
            .map(drop))?;
        }
        Ok(())
    }
}
