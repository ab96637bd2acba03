//! The audit trail: who did what, when, to what. Rows are added in the transaction of the act itself.

use kaishi_domain::Moment;

use crate::pool::{Conn, Step, via};

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

/// Writes what an organizer did, inside the transaction `$tx`; `$id` is a fresh unique text.
macro_rules! signed {
    ($tx:ident, $id:expr, ($by:expr, $now:expr), $verb:expr, $object:expr, $detail:expr) => {
        $crate::audit::record!(
            $tx,
            $id,
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

/// Writes an [`Act`] on the connection of a transaction; `id` is a fresh unique text.
pub(crate) async fn note(conn: &mut Conn<'_>, id: &str, act: Act<'_>) -> Step<()> {
    via!(conn, db => { record!(db, id, act); });
    Ok(())
}
