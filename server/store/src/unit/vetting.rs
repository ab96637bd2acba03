//! Vetting: each step moves a unit's standing and stays in the record with its reason.

use kaishi_domain::actor::{Organizer, Reader};
use kaishi_domain::unit::Standing;
use kaishi_domain::unit::vetting::{Step, may_take_back};
use kaishi_domain::{Moment, Refusal, UnitId};
use sqlx::FromRow;

use super::{Row as UnitRow, read};
use crate::audit::{self, Act};
use crate::pool::{Attempt, Conn, Step as Tried, on, transact, via};
use crate::{Error, Result, Store};

/// One step of a unit's record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Vetted {
    /// What was done, and why.
    pub step: Step,
    /// The login of who did it.
    pub actor: String,
    /// When.
    pub at: Moment,
    /// When it was taken back, and by whose login, if it was.
    pub undone: Option<(Moment, String)>,
}

#[derive(FromRow)]
struct Row {
    detail: String,
    login: Option<String>,
    at: i64,
    undone_at: Option<i64>,
    undoer: Option<String>,
}

/// What keeps a unit out, as a condition for SQL: a standing for which [`Standing::may_enter`] is not so, or that it
/// is put aside. Takes what stands before the columns: `u.`.
macro_rules! barred {
    ($of:literal) => {
        concat!(
            "(",
            $of,
            "standing in ('refused', 'delisted', 'appealed', 'upheld') or ",
            $of,
            "archived_at is not null)"
        )
    };
}
pub(crate) use barred;

impl Store {
    /// The record of a unit's vetting, in order.
    pub async fn unit_vettings(&self, by: &Reader, unit: UnitId) -> Result<Vec<Vetted>> {
        let rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(
            "select v.detail, a.login, v.at, v.undone_at, b.login as undoer from vetting_step v
             left join member a on a.org_id = v.org_id and a.account_id = v.account_id
             left join member b on b.org_id = v.org_id and b.account_id = v.undone_by
             where v.org_id = $1 and v.unit_id = $2 order by v.step",
        ).bind(by.org().number()).bind(unit.to_string()).fetch_all(db).await)?;
        let read = |row: Row| {
            Ok(Vetted {
                step: serde_json::from_str(&row.detail)?,
                actor: row.login.unwrap_or_default(),
                at: Moment::from_millis(row.at),
                undone: row.undone_at.map(|at| (Moment::from_millis(at), row.undoer.unwrap_or_default())),
            })
        };
        rows.into_iter().map(read).collect()
    }

    /// Takes one step and answers the new standing. Of two hands at once the second is judged by what stands then.
    pub async fn unit_vet(&self, by: &Organizer, id: UnitId, step: &Step, now: Moment) -> Result<Standing> {
        let step = step.clone().sound()?;
        let detail = serde_json::to_string(&step)?;
        let fresh = self.fresh_text();
        transact!(self, tx => {
            let before = read(&mut (&mut *tx).into(), by.org(), id).await?;
            let standing: Standing = serde_json::from_str(&before.vetting_state)?;
            let next = standing.step(step.clone(), now)?;
            stand(&mut (&mut *tx).into(), by, &before, &next).await?;
            sqlx::query(
                "insert into vetting_step (org_id, unit_id, step, verb, detail, account_id, at)
                 select cast($1 as bigint), $2, cast(coalesce(max(step), 0) as bigint) + 1, $3, $4, $5, $6
                 from vetting_step where org_id = $1 and unit_id = $2",
            )
            .bind(by.org().number())
            .bind(id.to_string())
            .bind(step.verb().code())
            .bind(&detail)
            .bind(by.account().to_string())
            .bind(now.millis())
            .execute(&mut *tx)
            .await?;
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: &format!("unit.{}", step.verb().code()),
                object: &id.to_string(),
                detail: &detail,
            });
            Ok(next)
        })
    }

    /// Takes the last step back, if it was taken a short while ago, and answers the standing before it. The step
    /// stays in the record. One that is older is [`Refusal::Expired`].
    pub async fn unit_unvet(&self, by: &Organizer, id: UnitId, now: Moment) -> Result<Standing> {
        let fresh = self.fresh_text();
        transact!(self, tx => {
            let before = read(&mut (&mut *tx).into(), by.org(), id).await?;
            let mut rows: Vec<(i64, String, i64)> = sqlx::query_as(
                "select step, detail, at from vetting_step
                 where org_id = $1 and unit_id = $2 and undone_at is null order by step",
            )
            .bind(by.org().number())
            .bind(id.to_string())
            .fetch_all(&mut *tx)
            .await?;
            let Some((last, detail, at)) = rows.pop() else {
                return Err(Refusal::WrongState("candidate".into()).into());
            };
            if !may_take_back(Moment::from_millis(at), now) {
                return Err(Refusal::Expired.into());
            }
            let mut record = Vec::with_capacity(rows.len());
            for (_, detail, at) in rows {
                let step: Step = serde_json::from_str(&detail)?;
                record.push((step, Moment::from_millis(at)));
            }
            let next = Standing::after(record)?;
            stand(&mut (&mut *tx).into(), by, &before, &next).await?;
            sqlx::query(
                "update vetting_step set undone_at = $4, undone_by = $5
                 where org_id = $1 and unit_id = $2 and step = $3 and undone_at is null",
            )
            .bind(by.org().number())
            .bind(id.to_string())
            .bind(last)
            .bind(now.millis())
            .bind(by.account().to_string())
            .execute(&mut *tx)
            .await?;
            audit::signed!(tx, &fresh, (by, now), "unit.undo", &id.to_string(), &detail);
            Ok(next)
        })
    }
}

/// Puts a unit's standing in the place of the one it came from; another step in between starts the transaction again.
async fn stand(conn: &mut Conn<'_>, by: &Organizer, before: &UnitRow, next: &Standing) -> Tried<()> {
    let state = serde_json::to_string(next)?;
    let moved = via!(conn, db => sqlx::query(
        "update unit set standing = $3, vetting_state = $4
         where org_id = $1 and unit_id = $2 and vetting_state = $5",
    )
    .bind(by.org().number())
    .bind(&before.unit_id)
    .bind(next.code())
    .bind(&state)
    .bind(&before.vetting_state)
    .execute(db)
    .await
    .map(|done| done.rows_affected()))?;
    if moved == 0 {
        return Err(Attempt::Again(Error::Taken(before.name.clone())));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use kaishi_domain::unit::vetting::Cause;

    use super::*;

    #[test]
    fn the_list_for_sql_is_the_rule_of_the_domain() {
        let why = || "理由".to_owned();
        let delist = Step::Delist { cause: Cause::Complaints, evidence: why(), markets: Vec::new() };
        let lives = [
            vec![Step::Refuse { why: why() }],
            vec![
                Step::Vet { why: why() },
                delist.clone(),
                Step::Appeal { words: why() },
                Step::Uphold { why: why() },
            ],
            vec![
                Step::Vet { why: why() },
                delist,
                Step::Appeal { words: why() },
                Step::Readmit { why: why() },
            ],
        ];
        let mut seen = std::collections::BTreeSet::new();
        for life in lives {
            let mut standing = Standing::Candidate;
            for step in [None].into_iter().chain(life.iter().map(Some)) {
                if let Some(step) = step {
                    standing = standing.step(step.clone(), Moment::from_millis(0)).unwrap();
                }
                let listed = barred!("").contains(&format!("'{}'", standing.code()));
                assert_eq!(listed, !standing.may_enter(), "{}", standing.code());
                seen.insert(standing.code());
            }
        }
        assert_eq!(seen.len(), Standing::CODES.len());
    }
}
