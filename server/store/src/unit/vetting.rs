//! Vetting: each step moves a unit's standing and stays in the record with its reason.

use kaishi_domain::actor::Organizer;
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

impl Store {
    /// The record of a unit's vetting, in order.
    pub async fn unit_vettings(&self, by: &Organizer, unit: UnitId) -> Result<Vec<Vetted>> {
        let rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(
            "select v.detail, a.login, v.at from vetting_step v
             left join account a on a.org_id = v.org_id and a.account_id = v.account_id
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
