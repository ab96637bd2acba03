//! How an appeal stands in its table.

use kaishi_domain::Moment;
use kaishi_domain::OrgId;
use kaishi_domain::appeal::{Appeal, AppealCode, Care, Category, State, Words};
use kaishi_domain::encounter::Source;
use sqlx::FromRow;

use crate::{Error, Result};

/// The columns of [`Row`], for a `select`.
pub(crate) const COLUMNS: &str = "org_id, appeal_id, code, market_id, stall_id, channel, category, words, \
                                  state, detail, care, due_at, raised_at, changed_at";

#[derive(FromRow)]
pub(crate) struct Row {
    org_id: i64,
    appeal_id: String,
    code: String,
    market_id: String,
    stall_id: Option<String>,
    channel: String,
    category: String,
    words: String,
    state: String,
    detail: String,
    care: String,
    due_at: Option<i64>,
    raised_at: i64,
    changed_at: i64,
}

impl Row {
    pub(crate) fn appeal(self) -> Result<Appeal> {
        let state: State = serde_json::from_str(&self.detail)?;
        let care: Care = serde_json::from_str(&self.care)?;
        if state.code() != self.state {
            return Err(Error::Broken(format!("appeal {} in two states", self.appeal_id)));
        }
        Ok(Appeal {
            id: self.appeal_id.parse()?,
            code: AppealCode { org: OrgId::from_number(self.org_id)?, slip: self.code.parse()? },
            market: self.market_id.parse()?,
            stall: self.stall_id.map(|id| id.parse()).transpose()?,
            channel: Source::from_code(&self.channel)?,
            category: Category::from_code(&self.category)?,
            words: Words::parse(&self.words)?,
            state,
            care,
            due_at: self.due_at.map(Moment::from_millis),
            raised_at: Moment::from_millis(self.raised_at),
            changed_at: Moment::from_millis(self.changed_at),
        })
    }
}
