//! Accounts: people with a password, in one organization, with one role.

use kaishi_domain::actor::{Actor, Role};
use kaishi_domain::{AccountId, Moment, OrgId};

use crate::audit::{self, Act};
use crate::pool::{on, transact};
use crate::{Error, Result, Store};

/// An account as lists show it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Account {
    /// Whose.
    pub org: OrgId,
    /// Which.
    pub id: AccountId,
    /// The name typed at login.
    pub login: String,
    /// What it may do.
    pub role: Role,
}

/// What the login page needs to check a password. The hash never leaves the server.
pub struct Login {
    /// The account.
    pub account: Account,
    /// PHC string of argon2id.
    pub password_hash: String,
}

impl Store {
    /// Adds an account. A login name that exists is [`Error::Taken`].
    pub async fn account_add(&self, account: &Account, password_hash: &str, now: Moment) -> Result<()> {
        let fresh = self.fresh_text();
        transact!(self, tx => {
            let added = sqlx::query(
                "insert into account (org_id, account_id, login, role, password_hash, created_at)
                 values ($1, $2, $3, $4, $5, $6)",
            )
            .bind(account.org.number())
            .bind(account.id.to_string())
            .bind(&account.login)
            .bind(account.role.code())
            .bind(password_hash)
            .bind(now.millis())
            .execute(&mut *tx)
            .await;
            match added {
                Err(error) if Error::is_taken(&error) => {
                    return Err(Error::Taken(account.login.clone()).into());
                }
                other => drop(other?),
            }
            audit::record!(tx, &fresh, Act {
                org: account.org,
                at: now,
                actor: "operator",
                verb: "account.add",
                object: &account.id.to_string(),
                detail: &format!("{} {}", account.role.code(), account.login),
            });
            Ok(())
        })
    }

    /// Replaces the hash of an account's password.
    pub async fn account_rehash(&self, org: OrgId, account: AccountId, password_hash: &str) -> Result<()> {
        transact!(self, tx => {
            sqlx::query("update account set password_hash = $3 where org_id = $1 and account_id = $2")
                .bind(org.number())
                .bind(account.to_string())
                .bind(password_hash)
                .execute(&mut *tx)
                .await?;
            Ok(())
        })
    }

    /// The account behind a login name, unless disabled.
    pub async fn login(&self, org: OrgId, login: &str) -> Result<Option<Login>> {
        let row: Option<(String, String, String)> = on!(self.read_pool(), db => sqlx::query_as(
            "select account_id, role, password_hash from account
             where org_id = $1 and login = $2 and disabled_at is null",
        ).bind(org.number()).bind(login).fetch_optional(db).await)?;
        let Some((id, role, password_hash)) = row else { return Ok(None) };
        let account =
            Account { org, id: id.parse()?, login: login.to_owned(), role: Role::from_code(&role)? };
        Ok(Some(Login { account, password_hash }))
    }

    /// The account with its role as it is now; `None` when it was disabled or is gone.
    pub async fn actor(&self, org: OrgId, account: AccountId) -> Result<Option<Actor>> {
        let role: Option<String> = on!(self.read_pool(), db => sqlx::query_scalar(
            "select role from account where org_id = $1 and account_id = $2 and disabled_at is null",
        ).bind(org.number()).bind(account.to_string()).fetch_optional(db).await)?;
        role.map(|role| Ok(Actor::new(org, account, Role::from_code(&role)?))).transpose()
    }

    /// The name that an account signs in with.
    pub async fn login_of(&self, org: OrgId, account: AccountId) -> Result<String> {
        let login: Option<String> = on!(self.read_pool(), db => sqlx::query_scalar(
            "select login from account where org_id = $1 and account_id = $2",
        ).bind(org.number()).bind(account.to_string()).fetch_optional(db).await)?;
        login.ok_or(Error::Missing("account"))
    }

    /// The first organizer of an organization, for seeding and the command line.
    pub async fn first_organizer(&self, org: OrgId) -> Result<Option<AccountId>> {
        let id: Option<String> = on!(self.read_pool(), db => sqlx::query_scalar(
            "select account_id from account where org_id = $1 and role = 'organizer' and disabled_at is null
             order by created_at, account_id limit 1",
        ).bind(org.number()).fetch_optional(db).await)?;
        Ok(id.map(|id| id.parse()).transpose()?)
    }
}
