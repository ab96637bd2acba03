//! One step of an appeal: one conditional update beside its entry in the history.

use kaishi_domain::appeal::{Appeal, AppealCode, Settled, SlipCode, State, Verb};
use kaishi_domain::{Moment, Refusal};

use super::{Hand, record};
use crate::audit::{self, Act};
use crate::ledger;
use crate::pool::transact;
use crate::{Error, Result, Store};

impl Store {
    /// Does one thing with an appeal. Of two hands at once the second is told what stands there now.
    pub async fn appeal_step(
        &self,
        hand: Hand<'_>,
        code: AppealCode,
        verb: Verb,
        now: Moment,
    ) -> Result<Appeal> {
        if let Verb::Merge { into } = &verb {
            self.appeal_may_merge(code, *into).await?;
        }
        let before = self.appeal(code).await?;
        let by = hand.by(&before)?;
        let (state, changed_at) = (before.state.code(), before.changed_at);
        let days = self.workdays(before.at()).await?;
        let helpers = before.care.helpers.clone();
        let (after, step) = before.step(verb, by, now, &days)?;
        let (detail, care) = (serde_json::to_string(&after.state)?, serde_json::to_string(&after.care)?);
        let (gone, come) = (helpers.difference(&after.care.helpers), after.care.helpers.difference(&helpers));
        let gone: Vec<String> = gone.map(ToString::to_string).collect();
        let come: Vec<String> = come.map(ToString::to_string).collect();
        let fresh = self.fresh_text();
        let done = serde_json::to_string(&step.verb)?;
        transact!(self, tx => {
            let moved = sqlx::query(
                "update appeal set state = $5, detail = $6, settled = $7, confirmed_at = $8, due_at = $9,
                   changed_at = $10, care = $11, unit_id = $12, merged_into = $13, masked_at = null,
                   closed_at = case when closed_at < $14 then closed_at else $14 end
                 where org_id = $1 and appeal_id = $2 and state = $3 and changed_at = $4",
            )
            .bind(code.org.number())
            .bind(after.id.to_string())
            .bind(state)
            .bind(changed_at.millis())
            .bind(after.state.code())
            .bind(&detail)
            .bind(after.state.settled().map(Settled::code))
            .bind(after.state.confirmed_at().map(Moment::millis))
            .bind(after.due_at.map(Moment::millis))
            .bind(after.changed_at.millis())
            .bind(&care)
            .bind(after.state.answers().map(|unit| unit.to_string()))
            .bind(after.state.merged_into().map(|into| into.to_string()))
            .bind(after.state.closed_at().map(Moment::millis))
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if moved == 0 {
                let stands: String = sqlx::query_scalar(
                    "select state from appeal where org_id = $1 and appeal_id = $2",
                )
                .bind(code.org.number())
                .bind(after.id.to_string())
                .fetch_one(&mut *tx)
                .await?;
                return Err(Error::Taken(stands).into());
            }
            for unit in &gone {
                sqlx::query("delete from appeal_helper where org_id = $1 and unit_id = $2 and appeal_id = $3")
                    .bind(code.org.number()).bind(unit).bind(after.id.to_string()).execute(&mut *tx).await?;
            }
            for unit in &come {
                sqlx::query("insert into appeal_helper (org_id, unit_id, appeal_id) values ($1, $2, $3)")
                    .bind(code.org.number()).bind(unit).bind(after.id.to_string()).execute(&mut *tx).await?;
            }
            record!(tx, after, step, &done);
            ledger::touch(&mut (&mut *tx).into(), after.at()).await?;
            audit::record!(tx, &fresh, Act {
                org: code.org,
                at: step.at,
                actor: &step.by.code(),
                verb: &format!("appeal.{}", step.verb.code()),
                object: &after.id.to_string(),
                detail: &format!("{state} -> {}", after.state.code()),
            });
            Ok(())
        })?;
        self.hint(after.at());
        Ok(after)
    }

    /// Merging goes into another appeal of the organization that has not itself been merged away.
    async fn appeal_may_merge(&self, code: AppealCode, into: SlipCode) -> Result<()> {
        let target = self.appeal(AppealCode { slip: into, ..code }).await?;
        match target.state {
            _ if code.slip == into => Err(Refusal::WrongState("the same appeal".into()).into()),
            State::Merged { .. } => Err(Refusal::WrongState("merged".into()).into()),
            _ => Ok(()),
        }
    }
}
