//! The audit trail as an auditor reads it, page by page.

use kaishi_domain::actor::{Auditor, Organizer};
use kaishi_domain::{Moment, OrgId};

use crate::pool::on;
use crate::{Result, Store};

/// A row of the trail as an auditor reads it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trace {
    /// Its own name.
    pub id: String,
    /// When.
    pub at: Moment,
    /// Who: the name that an account signs in with, or what else it is called.
    pub actor: String,
    /// What was done.
    pub verb: String,
    /// To what.
    pub object: String,
    /// How.
    pub detail: String,
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
        let rows: Vec<(String, i64, String, String, String, String)> = on!(self.read_pool(), db => sqlx::query_as(
            "select a.audit_id, a.at, coalesce(m.login, a.actor), a.verb, a.object, a.detail from audit a
             left join member m on m.org_id = a.org_id
               and (m.account_id = a.actor or a.actor = 'account:' || m.account_id)
             where a.org_id = $1 and (a.at < $2 or (a.at = $2 and a.audit_id < $3))
               and ($5 = '' or a.actor = $5 or a.actor = 'account:' || $5)
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
        let acts = rows
            .into_iter()
            .take(PAGE)
            .map(|(id, at, actor, verb, object, detail)| Trace {
                id,
                at: Moment::from_millis(at),
                actor,
                verb,
                object,
                detail,
            })
            .collect();
        Ok(Traces { acts, more })
    }
}
