//! The audit trail: who did what, when, to what. Rows are added in the transaction of the act itself.

use kaishi_domain::Moment;
use kaishi_domain::actor::Auditor;

use crate::pool::{Conn, Step, on, via};
use crate::{Result, Store};

/// One act, ready to be written.
pub(crate) struct Act<'a> {
    pub org: kaishi_domain::OrgId,
    pub at: Moment,
    pub actor: &'a str,
    pub verb: &'a str,
    pub object: &'a str,
    pub detail: &'a str,
}

/// Writes an [`Act`] inside the transaction `$tx`; `$id` is a fresh unique text.
macro_rules! record {
    ($tx:ident, $id:expr, $act:expr) => {{
        let act: $crate::audit::Act<'_> = $act;
        sqlx::query(
            "insert into audit (org_id, audit_id, at, actor, verb, object, detail)
             values ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(act.org.number())
        .bind($id)
        .bind(act.at.millis())
        .bind(act.actor)
        .bind(act.verb)
        .bind(act.object)
        .bind(act.detail)
        .execute(&mut *$tx)
        .await?
    }};
}
pub(crate) use record;

/// Writes an [`Act`] on the connection of a transaction; `id` is a fresh unique text.
pub(crate) async fn note(conn: &mut Conn<'_>, id: &str, act: Act<'_>) -> Step<()> {
    via!(conn, db => { record!(db, id, act); });
    Ok(())
}

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
        let (at, id) = before.unwrap_or((Moment::from_millis(i64::MAX), String::new()));
        let rows: Vec<(String, i64, String, String, String, String)> = on!(self.read_pool(), db => sqlx::query_as(
            "select a.audit_id, a.at, coalesce(m.login, a.actor), a.verb, a.object, a.detail from audit a
             left join member m on m.org_id = a.org_id
               and (m.account_id = a.actor or a.actor = 'account:' || m.account_id)
             where a.org_id = $1 and (a.at < $2 or (a.at = $2 and a.audit_id < $3))
             order by a.at desc, a.audit_id desc limit $4",
        )
        .bind(by.org().number())
        .bind(at.millis())
        .bind(id)
        .bind(PAGE as i64 + 1)
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
