//! Who stands where at a market. Every change says from where it starts; two organizers who want the same
//! stall meet in the table's keys, and the second one learns who holds it.

use kaishi_domain::actor::Organizer;
use kaishi_domain::assignment::{Act, Change, Held};
use kaishi_domain::entry::Needs;
use kaishi_domain::layout::{Use, Uses};
use kaishi_domain::market::Plan;
use kaishi_domain::{MarketId, MarketRef, Moment, StallId};
use sqlx::FromRow;

use crate::audit;
use crate::pool::{on, transact};
use crate::{Error, Result, Store};

/// One entry on its stall, with the reason that was written when it was put there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Assigned {
    /// Who, where, and whether pinned.
    pub held: Held,
    /// Why, as the verb wrote it.
    pub reason: String,
}

/// A change with the reason that goes into the trail.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// From where to where.
    pub change: Change,
    /// Why.
    pub reason: String,
}

#[derive(FromRow)]
struct Row {
    stall_id: String,
    entry_id: String,
    pinned: i64,
    reason: String,
}

impl TryFrom<Row> for Assigned {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        let held =
            Held { entry: row.entry_id.parse()?, stall: row.stall_id.parse()?, pinned: row.pinned == 1 };
        Ok(Self { held, reason: row.reason })
    }
}

/// The statement that takes an entry from where it must be standing, or pins it there.
const fn leaving(change: &Change, stays: bool) -> &'static str {
    if !stays {
        "delete from assignment where org_id = $1 and market_id = $2 and stall_id = $3 and entry_id = $4"
    } else if change.pinned {
        "update assignment set pinned = 1
         where org_id = $1 and market_id = $2 and stall_id = $3 and entry_id = $4"
    } else {
        "update assignment set pinned = 0
         where org_id = $1 and market_id = $2 and stall_id = $3 and entry_id = $4"
    }
}

/// Reads stall and entry in the same statement: a stall that is withdrawn or kept free or a foreign entry gives no row.
const ENTER: &str = "insert into assignment
       (org_id, market_id, stall_id, entry_id, pinned, reason, account_id, at)
     select s.org_id, s.market_id, s.stall_id, e.entry_id, $5, $6, $7, $8
     from stall s join entry e on e.org_id = s.org_id and e.market_id = s.market_id
     where s.org_id = $1 and s.market_id = $2 and s.stall_id = $3 and e.entry_id = $4
       and s.withdrawn_at is null and s.reserved_at is null";

impl Store {
    /// Who stands where at a market.
    pub async fn assignments(&self, at: MarketRef) -> Result<Vec<Assigned>> {
        let rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(
            "select stall_id, entry_id, pinned, reason from assignment
             where org_id = $1 and market_id = $2 order by stall_id",
        ).bind(at.org.number()).bind(at.market.to_string()).fetch_all(db).await)?;
        rows.into_iter().map(Assigned::try_from).collect()
    }

    /// What will stand at each stall of a market in fair weather or in rain.
    pub async fn uses(&self, at: MarketRef, plan: Plan) -> Result<Uses> {
        let rows: Vec<(String, String)> = on!(self.read_pool(), db => sqlx::query_as(
            "select a.stall_id, e.needs
             from assignment a
             join entry e on e.org_id = a.org_id and e.market_id = a.market_id and e.entry_id = a.entry_id
             where a.org_id = $1 and a.market_id = $2 order by a.stall_id",
        ).bind(at.org.number()).bind(at.market.to_string()).fetch_all(db).await)?;
        let usage = |(stall, needs): (String, String)| -> Result<_> {
            let needs: Needs = serde_json::from_str(&needs)?;
            Ok((stall.parse()?, Use::of(&needs, plan)))
        };
        rows.into_iter().map(usage).collect()
    }

    /// Assigns, moves, swaps, vacates, pins, fills in or undoes: all the steps, or none of them.
    ///
    /// [`Error::Taken`] names who holds the stall, or says where the entry stands by now.
    pub async fn arrange(
        &self,
        by: &Organizer,
        market: MarketId,
        act: Act,
        steps: &[Step],
        now: Moment,
    ) -> Result<()> {
        let changes: Vec<Change> = steps.iter().map(|step| step.change).collect();
        let mut lost = None;
        let done: Result<()> = transact!(self, tx => {
            for change in &changes {
                let Some(from) = change.from else { continue };
                let done = sqlx::query(leaving(change, change.to == Some(from)))
                    .bind(by.org().number())
                    .bind(market.to_string())
                    .bind(from.to_string())
                    .bind(change.entry.to_string())
                    .execute(&mut *tx)
                    .await?;
                if done.rows_affected() == 0 {
                    lost = Some(*change);
                    return Err(Error::Taken(String::new()).into());
                }
            }
            for step in steps.iter().filter(|step| step.change.from != step.change.to) {
                let Some(stall) = step.change.to else { continue };
                let entered = sqlx::query(ENTER)
                    .bind(by.org().number())
                    .bind(market.to_string())
                    .bind(stall.to_string())
                    .bind(step.change.entry.to_string())
                    .bind(i64::from(step.change.pinned))
                    .bind(&step.reason)
                    .bind(by.account().to_string())
                    .bind(now.millis())
                    .execute(&mut *tx)
                    .await;
                match entered {
                    Err(error) if Error::is_taken(&error) => {
                        lost = Some(step.change);
                        return Err(Error::Taken(String::new()).into());
                    }
                    Err(error) => return Err(error.into()),
                    Ok(done) if done.rows_affected() == 0 => {
                        return Err(Error::Missing("stall or entry").into());
                    }
                    Ok(_) => {}
                }
            }
            for step in steps {
                audit::record!(tx, &self.fresh_text(), audit::Act {
                    org: by.org(),
                    at: now,
                    actor: &by.account().to_string(),
                    verb: act.verb(&step.change, &changes),
                    object: &step.change.entry.to_string(),
                    detail: &detail(step),
                });
            }
            Ok(())
        });
        match (done, lost) {
            (Err(Error::Taken(_)), Some(change)) => {
                Err(Error::Taken(self.holder(MarketRef { org: by.org(), market }, change).await?))
            }
            (done, _) => done,
        }
    }

    /// What stands in the way of a change that lost: the entry on the wished stall, or where the entry is now.
    async fn holder(&self, at: MarketRef, change: Change) -> Result<String> {
        let name: Option<String> = match change.to {
            Some(stall) => on!(self.read_pool(), db => sqlx::query_scalar(
                "select e.name from assignment a
                 join entry e on e.org_id = a.org_id and e.market_id = a.market_id and e.entry_id = a.entry_id
                 where a.org_id = $1 and a.market_id = $2 and a.stall_id = $3 and a.entry_id <> $4",
            ).bind(at.org.number()).bind(at.market.to_string()).bind(stall.to_string())
            .bind(change.entry.to_string()).fetch_optional(db).await)?,
            None => None,
        };
        if let Some(name) = name {
            return Ok(name);
        }
        let no: Option<String> = on!(self.read_pool(), db => sqlx::query_scalar(
            "select s.no from assignment a
             join stall s on s.org_id = a.org_id and s.market_id = a.market_id and s.stall_id = a.stall_id
             where a.org_id = $1 and a.market_id = $2 and a.entry_id = $3",
        ).bind(at.org.number()).bind(at.market.to_string()).bind(change.entry.to_string())
        .fetch_optional(db).await)?;
        Ok(no.map_or_else(|| "-".to_owned(), |no| format!("#{no}")))
    }
}

fn detail(step: &Step) -> String {
    let place = |stall: Option<StallId>| stall.map_or_else(|| "-".to_owned(), |id| id.to_string());
    format!("{} -> {}: {}", place(step.change.from), place(step.change.to), step.reason)
}
