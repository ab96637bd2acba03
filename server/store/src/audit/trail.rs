//! The audit trail as an auditor reads it, page by page.

use kaishi_domain::actor::{Auditor, Organizer};
use kaishi_domain::{Moment, OrgId};
use sqlx::FromRow;

use crate::pool::on;
use crate::{Result, Store};

/// A row of the trail as an auditor reads it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trace {
    /// Its own name.
    pub id: String,
    /// When.
    pub at: Moment,
    /// Who, as the row says it.
    pub actor: String,
    /// The name that an account signs in with; none where the actor is no account.
    pub login: Option<String>,
    /// What was done.
    pub verb: String,
    /// To what.
    pub object: String,
    /// How.
    pub detail: String,
}

#[derive(FromRow)]
struct Row {
    audit_id: String,
    at: i64,
    actor: String,
    login: Option<String>,
    verb: String,
    object: String,
    detail: String,
}

impl From<Row> for Trace {
    fn from(row: Row) -> Self {
        let Row { audit_id: id, at, actor, login, verb, object, detail } = row;
        Self { id, at: Moment::from_millis(at), actor, login, verb, object, detail }
    }
}

/// A page of the trail.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Traces {
    /// The rows, newest first.
    pub acts: Vec<Trace>,
    /// Whether there are earlier ones.
    pub more: bool,
}

/// Rows on a page.
const PAGE: usize = 100;

impl Store {
    /// The trail from a row on backwards, or from the newest.
    pub async fn trail(&self, by: &Auditor, before: Option<(Moment, String)>) -> Result<Traces> {
        self.traces(by.org(), "", before).await
    }

    /// The same of what whoever asks has done.
    pub async fn trail_own(&self, by: &Organizer, before: Option<(Moment, String)>) -> Result<Traces> {
        self.traces(by.org(), &by.account().to_string(), before).await
    }

    /// What one account has done, or whoever did anything.
    async fn traces(&self, org: OrgId, account: &str, before: Option<(Moment, String)>) -> Result<Traces> {
        let (at, id) = before.unwrap_or((Moment::from_millis(i64::MAX), String::new()));
        let rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(
            "select a.audit_id, a.at, a.actor, m.login, a.verb, a.object, a.detail from audit a
             left join member m on m.org_id = a.org_id
               and a.actor in (m.account_id, 'account:' || m.account_id, 'desk:' || m.account_id)
             where a.org_id = $1 and (a.at < $2 or (a.at = $2 and a.audit_id < $3))
               and ($5 = '' or a.actor in ($5, 'account:' || $5, 'desk:' || $5))
             order by a.at desc, a.audit_id desc limit $4",
        )
        .bind(org.number())
        .bind(at.millis())
        .bind(id)
        .bind(PAGE as i64 + 1)
        .bind(account)
        .fetch_all(db)
        .await)?;
        let more = rows.len() > PAGE;
        let acts = rows.into_iter().take(PAGE).map(Trace::from).collect();
        Ok(Traces { acts, more })
    }
}
