//! What the person at the machine does with accounts: everything that the sign-in page cannot.

use kaishi_domain::actor::{Role, Roles};
use kaishi_domain::{Moment, OrgId};

use crate::audit::{self, Act, Fresh};
use crate::pool::{Conn, Step, on, transact, via};
use crate::{Error, Result, Store};

/// An account as the command line lists it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Listed {
    /// The name that it signs in with.
    pub login: String,
    /// What it may do at home.
    pub roles: Roles,
    /// Since when.
    pub since: Moment,
    /// Since when it is shut.
    pub disabled: Option<Moment>,
}

/// Who did it, in the audit trail.
const OPERATOR: &str = "operator";

impl Store {
    /// Every account of an organization, by name.
    pub async fn accounts(&self, org: OrgId) -> Result<Vec<Listed>> {
        let rows: Vec<(String, Option<String>, i64, Option<i64>)> = on!(self.read_pool(), db => sqlx::query_as(
            "select a.login, m.role, a.created_at, a.disabled_at from account a
             left join membership m on m.org_id = a.org_id and m.account_id = a.account_id
             where a.org_id = $1 order by a.login",
        ).bind(org.number()).fetch_all(db).await)?;
        let mut listed: Vec<Listed> = Vec::new();
        for (login, role, since, disabled) in rows {
            let role = role.map(|code| Role::from_code(&code)).transpose()?;
            match listed.last_mut().filter(|one| one.login == login) {
                Some(one) => one.roles = role.into_iter().fold(one.roles, Roles::with),
                None => listed.push(Listed {
                    login,
                    roles: role.into_iter().collect(),
                    since: Moment::from_millis(since),
                    disabled: disabled.map(Moment::from_millis),
                }),
            }
        }
        Ok(listed)
    }

    /// Gives an account another password, opens it when it was shut, and ends all its sessions.
    pub async fn operator_rehash(&self, org: OrgId, login: &str, hash: &str, now: Moment) -> Result<()> {
        let fresh = self.fresh_text();
        transact!(self, tx => {
            let account: Option<String> = sqlx::query_scalar(
                "update account set password_hash = $3, disabled_at = null where org_id = $1 and login = $2
                 returning account_id",
            ).bind(org.number()).bind(login).bind(hash).fetch_optional(&mut *tx).await?;
            signed_out(&mut (&mut *tx).into(), &fresh, (org, login, now), (account, "account.password")).await
        })
    }

    /// Shuts an account and ends all its sessions.
    pub async fn operator_disable(&self, org: OrgId, login: &str, now: Moment) -> Result<()> {
        let fresh = self.fresh_text();
        transact!(self, tx => {
            let account: Option<String> = sqlx::query_scalar(
                "update account set disabled_at = $3 where org_id = $1 and login = $2 and disabled_at is null
                 returning account_id",
            ).bind(org.number()).bind(login).bind(now.millis()).fetch_optional(&mut *tx).await?;
            signed_out(&mut (&mut *tx).into(), &fresh, (org, login, now), (account, "account.disable")).await
        })
    }
}

/// Ends every session of the account that was changed, and writes down what was done to it.
async fn signed_out(
    conn: &mut Conn<'_>,
    fresh: &Fresh,
    (org, login, now): (OrgId, &str, Moment),
    (account, verb): (Option<String>, &str),
) -> Step<()> {
    let account = account.ok_or(Error::Missing("account"))?;
    via!(conn, db => sqlx::query("delete from session where org_id = $1 and account_id = $2")
        .bind(org.number())
        .bind(&account)
        .execute(db)
        .await
        .map(drop))?;
    audit::note(conn, fresh, Act { org, at: now, actor: OPERATOR, verb, object: &account, detail: login })
        .await
}
