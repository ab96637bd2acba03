//! The history of appeals: entries are added, never changed, but for numbers of people that are masked after their time.

use kaishi_domain::Moment;
use kaishi_domain::appeal::{Appeal, By, Step};

use crate::pool::on;
use crate::{Result, Store};

fn read_step(actor: &str, detail: &str, at: i64) -> Result<Step> {
    Ok(Step { verb: serde_json::from_str(detail)?, by: By::from_code(actor)?, at: Moment::from_millis(at) })
}

impl Store {
    /// Its history, in order.
    pub async fn appeal_steps(&self, appeal: &Appeal) -> Result<Vec<Step>> {
        let rows: Vec<(String, String, i64)> = on!(self.read_pool(), db => sqlx::query_as(
            "select actor, detail, at from appeal_step where org_id = $1 and appeal_id = $2 order by step",
        ).bind(appeal.code.org.number()).bind(appeal.id.to_string()).fetch_all(db).await)?;
        rows.into_iter().map(|(actor, detail, at)| read_step(&actor, &detail, at)).collect()
    }
}
