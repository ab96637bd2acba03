//! The audit trail: who did what, when, to what. Rows are added in the transaction of the act itself, each linked to
//! the one before it, so that none can be changed or taken away unseen.

mod spot;
mod trail;

use std::ops::Deref;

use kaishi_domain::seal::{self, Chain, Seal, Tip};
use kaishi_domain::{Moment, OrgId};

use crate::pool::{Conn, Step, via};
pub(crate) use spot::{Spot, told};
pub use trail::{Trace, Traces};

/// One act, ready to be written.
pub(crate) struct Act<'a> {
    pub org: OrgId,
    pub at: Moment,
    pub actor: &'a str,
    pub verb: &'a str,
    pub object: &'a str,
    pub detail: &'a str,
}

/// A unique text for a row, with the key that seals it.
pub(crate) struct Fresh {
    text: String,
    seal: Seal,
}

impl Fresh {
    /// Seals a row that has a name.
    pub(crate) const fn new(text: String, seal: Seal) -> Self {
        Self { text, seal }
    }

    /// The key of the chains.
    pub(crate) const fn seal(&self) -> &Seal {
        &self.seal
    }
}

impl Deref for Fresh {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

/// Writes an [`Act`] inside the transaction `$tx`; `$fresh` names and seals it.
macro_rules! record {
    ($tx:ident, $fresh:expr, $act:expr) => {
        $crate::audit::note(&mut $crate::pool::Conn::from(&mut *$tx), $fresh, $act).await?
    };
}
pub(crate) use record;

/// Writes what an organizer did, inside the transaction `$tx`; `$fresh` names and seals it.
macro_rules! signed {
    ($tx:ident, $fresh:expr, ($by:expr, $now:expr), $verb:expr, $object:expr, $detail:expr) => {
        $crate::audit::record!(
            $tx,
            $fresh,
            $crate::audit::Act {
                org: $by.org(),
                at: $now,
                actor: &$by.account().to_string(),
                verb: $verb,
                object: $object,
                detail: $detail,
            }
        )
    };
}
pub(crate) use signed;

/// Writes an [`Act`] on the connection of a transaction. One that has been written under the same name stands alone.
/// The head stays locked until the commit, so this comes last: whoever also touches a market's ledger does that before.
pub(crate) async fn note(conn: &mut Conn<'_>, fresh: &Fresh, act: Act<'_>) -> Step<()> {
    let mut tip = lock(conn, &fresh.seal, act.org).await?;
    let seq = tip.rows() + 1;
    let row = seal::Act {
        id: &fresh.text,
        at: act.at,
        actor: act.actor,
        verb: act.verb,
        object: act.object,
        detail: act.detail,
    };
    let link = tip.push(&fresh.seal, row.columns(seq).iter().map(String::as_str));
    let written = via!(conn, db => sqlx::query(
        "insert into audit (org_id, audit_id, at, actor, verb, object, detail, seq, link)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (org_id, audit_id) do nothing",
    )
    .bind(act.org.number())
    .bind(&fresh.text)
    .bind(act.at.millis())
    .bind(act.actor)
    .bind(act.verb)
    .bind(act.object)
    .bind(act.detail)
    .bind(seq)
    .bind(link.to_string())
    .execute(db)
    .await
    .map(|done| done.rows_affected()))?;
    if written == 0 {
        return Ok(());
    }
    head(conn, &fresh.seal, act.org, &tip).await
}

/// Locks the organization's head against other writers. A head that is missing is one that somebody took away, because
/// every organization is founded with one.
async fn lock(conn: &mut Conn<'_>, seal: &Seal, org: OrgId) -> Step<Tip> {
    let (seq, link, mark): (i64, String, String) = via!(conn, db => sqlx::query_as(
        "insert into audit_head (org_id, seq, link, mark) values ($1, 0, '', '')
         on conflict (org_id) do update set seq = audit_head.seq returning seq, link, mark",
    )
    .bind(org.number())
    .fetch_one(db)
    .await)?;
    Ok(Tip::read(seal, Chain::Audit(org), seq, &link, &mark))
}

async fn head(conn: &mut Conn<'_>, seal: &Seal, org: OrgId, tip: &Tip) -> Step<()> {
    via!(conn, db => sqlx::query("update audit_head set seq = $2, link = $3, mark = $4 where org_id = $1")
        .bind(org.number())
        .bind(tip.rows())
        .bind(tip.link().to_string())
        .bind(tip.mark(seal))
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

/// Begins the trail of an organization that is being founded.
pub(crate) async fn begin(conn: &mut Conn<'_>, fresh: &Fresh, act: Act<'_>) -> Step<()> {
    let tip = Tip::start(&fresh.seal, Chain::Audit(act.org));
    via!(conn, db => sqlx::query("insert into audit_head (org_id, seq, link, mark) values ($1, 0, $2, $3)")
        .bind(act.org.number())
        .bind(tip.link().to_string())
        .bind(tip.mark(&fresh.seal))
        .execute(db)
        .await
        .map(drop))?;
    note(conn, fresh, act).await
}
