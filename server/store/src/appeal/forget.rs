//! What handlers and the resident wrote on the way of an appeal: its numbers of people are masked some days after it was
//! closed. Times, ids and every other word stay.

use kaishi_domain::appeal::{Care, Mask, State, Verb};
use kaishi_domain::{Moment, OrgId};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::audit::{self, Act};
use crate::pool::{on, transact};
use crate::{Result, Store};

/// Appeals that are looked at together.
const BATCH: i64 = 200;

/// How a value stands in the database once it is masked; `None` where nothing in it has to be.
fn hidden<T: Mask + Clone + PartialEq + Serialize + DeserializeOwned>(text: &str) -> Result<Option<String>> {
    let kept: T = serde_json::from_str(text)?;
    let masked = kept.clone().masked();
    Ok(if masked == kept { None } else { Some(serde_json::to_string(&masked)?) })
}

impl Store {
    /// In how many texts a number would be masked, of appeals that were closed up to `closed`; nothing is changed.
    pub(crate) async fn texts_overstayed(&self, org: OrgId, closed: Moment) -> Result<u64> {
        let values: Vec<(String, String)> = on!(self.read_pool(), db => sqlx::query_as(
            "select detail, care from appeal where org_id = $1 and closed_at <= $2 and masked_at is null",
        ).bind(org.number()).bind(closed.millis()).fetch_all(db).await)?;
        let steps: Vec<String> = on!(self.read_pool(), db => sqlx::query_scalar(
            "select s.detail from appeal_step s join appeal a on a.org_id = s.org_id and a.appeal_id = s.appeal_id
             where s.org_id = $1 and a.closed_at <= $2 and a.masked_at is null",
        ).bind(org.number()).bind(closed.millis()).fetch_all(db).await)?;
        let mut found = 0;
        for (detail, care) in values {
            found += u64::from(hidden::<State>(&detail)?.is_some());
            found += u64::from(hidden::<Care>(&care)?.is_some());
        }
        for step in steps {
            found += u64::from(hidden::<Verb>(&step)?.is_some());
        }
        Ok(found)
    }

    /// Masks them, and says in how many texts.
    pub(crate) async fn texts_forget(
        &self,
        org: OrgId,
        closed: Moment,
        (actor, now): (&str, Moment),
    ) -> Result<u64> {
        let mut masked = 0;
        loop {
            let due: Vec<String> = on!(self.write_pool(), db => sqlx::query_scalar(
                "select appeal_id from appeal
                 where org_id = $1 and closed_at <= $2 and masked_at is null limit $3",
            ).bind(org.number()).bind(closed.millis()).bind(BATCH).fetch_all(db).await)?;
            if due.is_empty() {
                return Ok(masked);
            }
            for appeal in due {
                masked += self.text_forget(org, &appeal, closed, (actor, now)).await?;
            }
        }
    }

    /// The texts of one appeal. It counts as moved, so that nobody writes back what they have read before.
    async fn text_forget(
        &self,
        org: OrgId,
        appeal: &str,
        closed: Moment,
        (actor, now): (&str, Moment),
    ) -> Result<u64> {
        let fresh = self.fresh_text();
        transact!(self, tx => {
            let first = sqlx::query(
                "update appeal set masked_at = $3
                 where org_id = $1 and appeal_id = $2 and masked_at is null and closed_at <= $4",
            )
            .bind(org.number())
            .bind(appeal)
            .bind(now.millis())
            .bind(closed.millis())
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if first == 0 {
                return Ok(0);
            }
            let (detail, care): (String, String) = sqlx::query_as(
                "select detail, care from appeal where org_id = $1 and appeal_id = $2",
            )
            .bind(org.number())
            .bind(appeal)
            .fetch_one(&mut *tx)
            .await?;
            let steps: Vec<(i64, String)> = sqlx::query_as(
                "select step, detail from appeal_step where org_id = $1 and appeal_id = $2 order by step",
            )
            .bind(org.number())
            .bind(appeal)
            .fetch_all(&mut *tx)
            .await?;
            let (state, beside) = (hidden::<State>(&detail)?, hidden::<Care>(&care)?);
            let mut texts = u64::from(state.is_some()) + u64::from(beside.is_some());
            if texts > 0 {
                sqlx::query(
                    "update appeal set detail = $3, care = $4, changed_at = changed_at + 1
                     where org_id = $1 and appeal_id = $2",
                )
                .bind(org.number())
                .bind(appeal)
                .bind(state.as_ref().unwrap_or(&detail))
                .bind(beside.as_ref().unwrap_or(&care))
                .execute(&mut *tx)
                .await?;
            }
            for (step, text) in steps {
                let Some(text) = hidden::<Verb>(&text)? else { continue };
                sqlx::query(
                    "update appeal_step set detail = $4 where org_id = $1 and appeal_id = $2 and step = $3",
                )
                .bind(org.number())
                .bind(appeal)
                .bind(step)
                .bind(&text)
                .execute(&mut *tx)
                .await?;
                texts += 1;
            }
            if texts > 0 {
                audit::record!(tx, &fresh, Act {
                    org,
                    at: now,
                    actor,
                    verb: "appeal.anonymise",
                    object: appeal,
                    detail: &texts.to_string(),
                });
            }
            Ok(texts)
        })
    }
}
