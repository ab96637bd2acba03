//! Vetting: each step moves a unit's standing and stays in the record with its reason.

use kaishi_domain::actor::{Organizer, Reader};
use kaishi_domain::unit::Standing;
use kaishi_domain::unit::vetting::Step;
use kaishi_domain::{Moment, UnitId};
use sqlx::FromRow;

use super::read;
use crate::audit::{self, Act};
use crate::pool::{Attempt, on, transact};
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
}

#[derive(FromRow)]
struct Row {
    detail: String,
    login: Option<String>,
    at: i64,
}

/// The standings that keep a unit out, as a list for SQL: those for which [`Standing::may_enter`] is not so.
macro_rules! barred {
    () => {
        "('refused', 'delisted', 'appealed', 'upheld')"
    };
}
pub(crate) use barred;

impl Store {
    /// The record of a unit's vetting, in order.
    pub async fn unit_vettings(&self, by: &Reader, unit: UnitId) -> Result<Vec<Vetted>> {
        let rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(
            "select v.detail, a.login, v.at from vetting_step v
             left join member a on a.org_id = v.org_id and a.account_id = v.account_id
             where v.org_id = $1 and v.unit_id = $2 order by v.step",
        ).bind(by.org().number()).bind(unit.to_string()).fetch_all(db).await)?;
        let read = |row: Row| {
            Ok(Vetted {
                step: serde_json::from_str(&row.detail)?,
                actor: row.login.unwrap_or_default(),
                at: Moment::from_millis(row.at),
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
            let state = serde_json::to_string(&next)?;
            let moved = sqlx::query(
                "update unit set standing = $3, vetting_state = $4
                 where org_id = $1 and unit_id = $2 and vetting_state = $5",
            )
            .bind(by.org().number())
            .bind(id.to_string())
            .bind(next.code())
            .bind(&state)
            .bind(&before.vetting_state)
            .execute(&mut *tx)
            .await?;
            if moved.rows_affected() == 0 {
                return Err(Attempt::Again(Error::Taken(before.name)));
            }
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
                let listed = barred!().contains(&format!("'{}'", standing.code()));
                assert_eq!(listed, !standing.may_enter(), "{}", standing.code());
                seen.insert(standing.code());
            }
        }
        assert_eq!(seen.len(), Standing::CODES.len());
    }
}
