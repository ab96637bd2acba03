//! The sessions of one account, as their owner sees and ends them.

use kaishi_domain::{AccountId, Moment, OrgId};

use crate::pool::{Conn, Step, on, transact, via};
use crate::session::{AGENT, BEGAN};
use crate::{Result, Store};

/// A session that is open somewhere.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Opened {
    /// Its id, which nobody but its own browser and the server may know.
    pub id: String,
    /// When it began.
    pub began: Moment,
    /// What it was opened with: `iPhone · WeChat`.
    pub agent: String,
}

/// Ends the sessions of an account but one.
pub(super) async fn cut_others(
    conn: &mut Conn<'_>,
    home: OrgId,
    account: AccountId,
    keep: Option<&str>,
) -> Step<()> {
    via!(conn, db => sqlx::query(
        "delete from session where org_id = $1 and account_id = $2 and session_id <> $3",
    )
    .bind(home.number())
    .bind(account.to_string())
    .bind(keep.unwrap_or_default())
    .execute(db)
    .await
    .map(drop))?;
    Ok(())
}

impl Store {
    /// The open sessions of an account, latest first.
    pub async fn sessions(&self, home: OrgId, account: AccountId) -> Result<Vec<Opened>> {
        let now = time::OffsetDateTime::now_utc().unix_timestamp();
        let rows: Vec<(String, String)> = on!(self.read_pool(), db => sqlx::query_as(
            "select session_id, data from session
             where org_id = $1 and account_id = $2 and expires_at > $3",
        ).bind(home.number()).bind(account.to_string()).bind(now).fetch_all(db).await)?;
        let mut opened = rows
            .into_iter()
            .map(|(id, data)| {
                let data: serde_json::Value = serde_json::from_str(&data)?;
                let began = Moment::from_millis(data[BEGAN].as_i64().unwrap_or(0));
                Ok(Opened { id, began, agent: data[AGENT].as_str().unwrap_or_default().to_owned() })
            })
            .collect::<Result<Vec<_>>>()?;
        opened.sort_by_key(|one| std::cmp::Reverse(one.began));
        Ok(opened)
    }

    /// Ends every session of an account but this one.
    pub async fn sessions_end(&self, home: OrgId, account: AccountId, keep: &str) -> Result<()> {
        transact!(self, tx => cut_others(&mut (&mut *tx).into(), home, account, Some(keep)).await)
    }
}
