//! Accounts: people with a password, kept by one organization.

use std::collections::BTreeMap;

use kaishi_domain::actor::{Actor, Role, Roles, Seat};
use kaishi_domain::{AccountId, Moment, OrgId};

use crate::audit::{self, Act};
use crate::people::{self, Joining};
use crate::pool::{Conn, on, transact};
use crate::{Error, Result, Store};

/// An account that is added.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Account {
    /// Whose.
    pub org: OrgId,
    /// Which.
    pub id: AccountId,
    /// The name typed at login.
    pub login: String,
    /// What it may do there to begin with. Who organizes first looks after the accounts, too.
    pub role: Role,
}

/// How a PHC string was made, without its salt and its hash: `$argon2id$v=19$m=19456,t=2,p=1`.
fn manner(hash: &str) -> &str {
    let end = hash.match_indices('$').nth(3).map_or(0, |(at, _)| at);
    &hash[..end]
}

/// What the login page needs to check a password. The hash never leaves the server.
#[derive(Clone, PartialEq, Eq)]
pub struct Login {
    /// The organization that keeps the account.
    pub org: OrgId,
    /// The account.
    pub id: AccountId,
    /// PHC string of argon2id.
    pub password_hash: String,
}

impl Store {
    /// Adds an account. A login name that exists is [`Error::Taken`].
    pub async fn account_add(&self, account: &Account, password_hash: &str, now: Moment) -> Result<()> {
        let fresh = self.fresh_text();
        transact!(self, tx => {
            let mut conn = Conn::from(&mut *tx);
            people::account(&mut conn, account.org, account.id, (&account.login, password_hash), now).await?;
            let joining = Joining {
                org: account.org,
                home: account.org,
                account: account.id,
                login: &account.login,
                roles: account.role.into(),
                by: &account.id.to_string(),
            };
            people::join(&mut conn, &joining, &fresh, now).await?;
            if account.role == Role::Organizer {
                people::first_admin(&mut conn, account.org, account.id, now).await?;
            }
            Ok(())
        })
    }

    /// Replaces the hash of an account's password by one of the same password. The trail tells how each was made, and
    /// never the hash.
    pub async fn account_rehash(
        &self,
        org: OrgId,
        account: AccountId,
        password_hash: &str,
        now: Moment,
    ) -> Result<()> {
        let fresh = self.fresh_text();
        transact!(self, tx => {
            let known: Option<String> = sqlx::query_scalar(
                "select password_hash from account where org_id = $1 and account_id = $2",
            )
            .bind(org.number())
            .bind(account.to_string())
            .fetch_optional(&mut *tx)
            .await?;
            let Some(known) = known else { return Err(Error::Missing("account").into()) };
            sqlx::query("update account set password_hash = $3 where org_id = $1 and account_id = $2")
                .bind(org.number())
                .bind(account.to_string())
                .bind(password_hash)
                .execute(&mut *tx)
                .await?;
            let how = |hash: &str| BTreeMap::from([("hash", manner(hash).to_owned())]);
            audit::record!(tx, &fresh, Act {
                org,
                at: now,
                actor: &account.to_string(),
                verb: "person.rehash",
                object: &account.to_string(),
                detail: &audit::told(&how(&known), &how(password_hash)),
            });
            Ok(())
        })
    }

    /// The account behind a login name, unless disabled.
    pub async fn login(&self, org: OrgId, login: &str) -> Result<Option<Login>> {
        let row: Option<(String, String)> = on!(self.read_pool(), db => sqlx::query_as(
            "select account_id, password_hash from account
             where org_id = $1 and login = $2 and disabled_at is null",
        ).bind(org.number()).bind(login).fetch_optional(db).await)?;
        let Some((id, password_hash)) = row else { return Ok(None) };
        Ok(Some(Login { org, id: id.parse()?, password_hash }))
    }

    /// The hash of one account's password, unless it is disabled.
    pub async fn password_hash(&self, org: OrgId, account: AccountId) -> Result<String> {
        let hash: Option<String> = on!(self.read_pool(), db => sqlx::query_scalar(
            "select password_hash from account where org_id = $1 and account_id = $2 and disabled_at is null",
        ).bind(org.number()).bind(account.to_string()).fetch_optional(db).await)?;
        hash.ok_or(Error::Missing("account"))
    }

    /// An account at an organization with its roles there as they are now; `None` when it was disabled or has left.
    pub async fn seat(&self, org: OrgId, account: AccountId) -> Result<Option<Seat>> {
        let rows: Vec<(i64, Option<String>, i64)> = on!(self.read_pool(), db => sqlx::query_as(
            "select m.home, s.role, (select count(*) from second_factor f where f.org_id = m.home
               and f.account_id = m.account_id and f.confirmed_at is not null) from member m
             left join membership s on s.org_id = m.org_id and s.account_id = m.account_id
             where m.org_id = $1 and m.account_id = $2 and m.left_at is null and exists (
               select 1 from account a
               where a.org_id = m.home and a.account_id = m.account_id and a.disabled_at is null)",
        ).bind(org.number()).bind(account.to_string()).fetch_all(db).await)?;
        let Some((home, _, second)) = rows.first() else { return Ok(None) };
        let home = OrgId::from_number(*home)?;
        let codes = rows.iter().filter_map(|(_, role, _)| role.as_deref());
        let roles: Roles = codes.map(Role::from_code).collect::<std::result::Result<_, _>>()?;
        Ok(Some(Seat { org, home, account, roles, second: *second > 0 }))
    }

    /// The same for whoever reads there.
    pub async fn actor(&self, org: OrgId, account: AccountId) -> Result<Option<Actor>> {
        Ok(self.seat(org, account).await?.and_then(|seat| seat.actor().ok()))
    }

    /// The name that an account signs in with.
    pub async fn login_of(&self, org: OrgId, account: AccountId) -> Result<String> {
        let login: Option<String> = on!(self.read_pool(), db => sqlx::query_scalar(
            "select login from member where org_id = $1 and account_id = $2",
        ).bind(org.number()).bind(account.to_string()).fetch_optional(db).await)?;
        login.ok_or(Error::Missing("account"))
    }

    /// The first organizer of an organization, for seeding and the command line.
    pub async fn first_organizer(&self, org: OrgId) -> Result<Option<AccountId>> {
        let id: Option<String> = on!(self.read_pool(), db => sqlx::query_scalar(
            "select m.account_id from membership s
             join member m on m.org_id = s.org_id and m.account_id = s.account_id
             where s.org_id = $1 and s.role = 'organizer' and m.left_at is null
             order by m.joined_at, m.account_id limit 1",
        ).bind(org.number()).fetch_optional(db).await)?;
        Ok(id.map(|id| id.parse()).transpose()?)
    }
}
