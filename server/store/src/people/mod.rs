//! Who works at an organization and as what. What is taken away takes effect at once: roles are read at each request,
//! and the sessions of whoever loses one are cut in the same transaction.

mod identity;
mod invitation;
mod list;
mod second;
mod session;

use std::collections::BTreeMap;

use kaishi_domain::actor::{Admin, Role, Roles};
use kaishi_domain::{AccountId, Moment, OrgId, Refusal};

use crate::audit::{self, Act, Fresh, Spot, told};
use crate::pool::{Conn, Step, transact, via};
use crate::{Error, Result, Store};

pub use identity::Identity;
pub use invitation::Invitation;
pub use list::{Invited, Person};
pub use second::Second;
pub use session::Opened;

/// Somebody who begins to work at an organization.
pub(crate) struct Joining<'a> {
    pub org: OrgId,
    /// The organization that keeps the account.
    pub home: OrgId,
    pub account: AccountId,
    pub login: &'a str,
    pub roles: Roles,
    /// Whose act it is.
    pub by: &'a str,
}

/// Writes the account itself. The column `role` has to be filled; nobody reads it.
pub(crate) async fn account(
    conn: &mut Conn<'_>,
    org: OrgId,
    account: AccountId,
    (login, password_hash): (&str, &str),
    now: Moment,
) -> Step<()> {
    let added = via!(conn, db => sqlx::query(
        "insert into account (org_id, account_id, login, role, password_hash, created_at)
         values ($1, $2, $3, 'committee', $4, $5)",
    )
    .bind(org.number())
    .bind(account.to_string())
    .bind(login)
    .bind(password_hash)
    .bind(now.millis())
    .execute(db)
    .await
    .map(drop));
    match added {
        Err(error) if Error::is_taken(&error) => Err(Error::Taken(login.to_owned()).into()),
        other => Ok(other?),
    }
}

/// Somebody begins, or begins again, with these roles.
pub(crate) async fn join(conn: &mut Conn<'_>, new: &Joining<'_>, fresh: &Fresh, now: Moment) -> Step<()> {
    via!(conn, db => sqlx::query(
        "insert into member (org_id, account_id, home, login, joined_at) values ($1, $2, $3, $4, $5)
         on conflict (org_id, account_id) do update set left_at = null, login = excluded.login",
    )
    .bind(new.org.number())
    .bind(new.account.to_string())
    .bind(new.home.number())
    .bind(new.login)
    .bind(now.millis())
    .execute(db)
    .await
    .map(drop))?;
    via!(conn, db => sqlx::query(
        "insert into posting (org_id, account_id, at_org, since) values ($1, $2, $3, $4)
         on conflict (org_id, account_id, at_org) do nothing",
    )
    .bind(new.home.number())
    .bind(new.account.to_string())
    .bind(new.org.number())
    .bind(now.millis())
    .execute(db)
    .await
    .map(drop))?;
    give(conn, new.org, new.account, new.roles, now).await?;
    let (object, detail) = (new.account.to_string(), new.roles.to_string());
    let act =
        Act { org: new.org, at: now, actor: new.by, verb: "person.join", object: &object, detail: &detail };
    audit::note(conn, fresh, act).await
}

async fn give(conn: &mut Conn<'_>, org: OrgId, account: AccountId, roles: Roles, now: Moment) -> Step<()> {
    for role in roles.iter() {
        via!(conn, db => sqlx::query(
            "insert into membership (org_id, account_id, role, since) values ($1, $2, $3, $4)
             on conflict (org_id, account_id, role) do nothing",
        )
        .bind(org.number())
        .bind(account.to_string())
        .bind(role.code())
        .bind(now.millis())
        .execute(db)
        .await
        .map(drop))?;
    }
    Ok(())
}

/// Somebody has to look after the accounts: the first who organizes.
pub(crate) async fn first_admin(
    conn: &mut Conn<'_>,
    org: OrgId,
    account: AccountId,
    now: Moment,
) -> Step<()> {
    via!(conn, db => sqlx::query(
        "insert into membership (org_id, account_id, role, since)
         select org_id, account_id, 'admin', $3 from member where org_id = $1 and account_id = $2
           and not exists (select 1 from membership s
             join member m on m.org_id = s.org_id and m.account_id = s.account_id
             where s.org_id = $1 and s.role = 'admin' and m.left_at is null)",
    )
    .bind(org.number())
    .bind(account.to_string())
    .bind(now.millis())
    .execute(db)
    .await
    .map(drop))?;
    Ok(())
}

/// Ends every session of an account, wherever it works: they are kept at its home.
async fn cut(conn: &mut Conn<'_>, home: OrgId, account: AccountId) -> Step<()> {
    via!(conn, db => sqlx::query("delete from session where org_id = $1 and account_id = $2")
        .bind(home.number())
        .bind(account.to_string())
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

/// The home of somebody who works here, with its row held until the transaction ends.
async fn home_of(conn: &mut Conn<'_>, org: OrgId, account: AccountId) -> Step<OrgId> {
    let home: Option<i64> = via!(conn, db => sqlx::query_scalar(
        "update member set login = login where org_id = $1 and account_id = $2 and left_at is null returning home",
    )
    .bind(org.number())
    .bind(account.to_string())
    .fetch_optional(db)
    .await)?;
    Ok(OrgId::from_number(home.ok_or(Error::Missing("account"))?)?)
}

/// What somebody may do here, as the trail tells it.
async fn roles_of(conn: &mut Conn<'_>, org: OrgId, account: AccountId) -> Step<Vec<String>> {
    Ok(via!(conn, db => sqlx::query_scalar(
        "select role from membership where org_id = $1 and account_id = $2 order by role",
    )
    .bind(org.number())
    .bind(account.to_string())
    .fetch_all(db)
    .await)?)
}

/// Somebody must be left who looks after the accounts.
async fn admin_left(conn: &mut Conn<'_>, org: OrgId) -> Step<()> {
    let left: i64 = via!(conn, db => sqlx::query_scalar(
        "select count(*) from membership s join member m on m.org_id = s.org_id and m.account_id = s.account_id
         where s.org_id = $1 and s.role = 'admin' and m.left_at is null",
    )
    .bind(org.number())
    .fetch_one(db)
    .await)?;
    if left == 0 { Err(Refusal::WrongState("the last admin".into()).into()) } else { Ok(()) }
}

impl Store {
    /// Gives somebody exactly these roles, and cuts the sessions that had others.
    pub async fn person_roles(&self, by: &Admin, who: AccountId, roles: Roles, now: Moment) -> Result<()> {
        if roles.is_empty() {
            return Err(Refusal::Missing("role").into());
        }
        let (org, fresh) = (by.org(), self.fresh_text());
        transact!(self, tx => {
            let mut conn = Conn::from(&mut *tx);
            let home = home_of(&mut conn, org, who).await?;
            let before = roles_of(&mut conn, org, who).await?;
            for role in Role::GIVEN.into_iter().filter(|role| !roles.holds(*role)) {
                via!(&mut conn, db => sqlx::query(
                    "delete from membership where org_id = $1 and account_id = $2 and role = $3",
                )
                .bind(org.number())
                .bind(who.to_string())
                .bind(role.code())
                .execute(db)
                .await
                .map(drop))?;
            }
            give(&mut conn, org, who, Role::GIVEN.into_iter().filter(|role| roles.holds(*role)).collect(), now)
                .await?;
            admin_left(&mut conn, org).await?;
            cut(&mut conn, home, who).await?;
            let after = roles_of(&mut conn, org, who).await?;
            let (actor, object) = (by.account().to_string(), who.to_string());
            let detail = told(&BTreeMap::from([("roles", before)]), &BTreeMap::from([("roles", after)]));
            let act =
                Act { org, at: now, actor: &actor, verb: "person.roles", object: &object, detail: &detail };
            audit::note(&mut conn, &fresh, act).await
        })
    }

    /// Somebody works here no more: its sessions and its calendar are cut at once. At its home the account is disabled.
    pub async fn person_leave(&self, by: &Admin, who: AccountId, now: Moment) -> Result<()> {
        let (org, fresh) = (by.org(), self.fresh_text());
        let key = [("account_id", who.to_string())];
        let spot = Spot { table: "member", columns: &["left_at"], org, key: &key };
        transact!(self, tx => {
            let mut conn = Conn::from(&mut *tx);
            let stood = spot.look(&mut conn).await?;
            let home = home_of(&mut conn, org, who).await?;
            for text in [
                "update member set left_at = $3 where org_id = $1 and account_id = $2",
                "update feed set revoked_at = $3 where org_id = $1 and account_id = $2 and revoked_at is null",
                // Only its home keeps a row that this can change.
                "update account set disabled_at = $3 where org_id = $1 and account_id = $2",
            ] {
                via!(&mut conn, db => sqlx::query(text)
                    .bind(org.number())
                    .bind(who.to_string())
                    .bind(now.millis())
                    .execute(db)
                    .await
                    .map(drop))?;
            }
            admin_left(&mut conn, org).await?;
            cut(&mut conn, home, who).await?;
            let told = spot.change(&mut conn, &stood).await?;
            let (actor, object) = (by.account().to_string(), who.to_string());
            let act = Act { org, at: now, actor: &actor, verb: "person.leave", object: &object, detail: &told };
            audit::note(&mut conn, &fresh, act).await
        })
    }

    /// Somebody who had left works here again, with the roles of before.
    pub async fn person_return(&self, by: &Admin, who: AccountId, now: Moment) -> Result<()> {
        let (org, fresh) = (by.org(), self.fresh_text());
        let key = [("account_id", who.to_string())];
        let spot = Spot { table: "member", columns: &["left_at"], org, key: &key };
        transact!(self, tx => {
            let mut conn = Conn::from(&mut *tx);
            let stood = spot.look(&mut conn).await?;
            let back = via!(&mut conn, db => sqlx::query(
                "update member set left_at = null where org_id = $1 and account_id = $2 and left_at is not null",
            )
            .bind(org.number())
            .bind(who.to_string())
            .execute(db)
            .await
            .map(|done| done.rows_affected()))?;
            if back == 0 {
                return Err(Error::Missing("account").into());
            }
            via!(&mut conn, db => sqlx::query(
                "update account set disabled_at = null where org_id = $1 and account_id = $2",
            )
            .bind(org.number())
            .bind(who.to_string())
            .execute(db)
            .await
            .map(drop))?;
            let told = spot.change(&mut conn, &stood).await?;
            let (actor, object) = (by.account().to_string(), who.to_string());
            let act = Act { org, at: now, actor: &actor, verb: "person.return", object: &object, detail: &told };
            audit::note(&mut conn, &fresh, act).await
        })
    }

    /// A new password of one's own; every other session ends.
    pub async fn password_set(
        &self,
        (home, account): (OrgId, AccountId),
        password_hash: &str,
        keep: Option<&str>,
        now: Moment,
    ) -> Result<()> {
        let fresh = self.fresh_text();
        transact!(self, tx => {
            let mut conn = Conn::from(&mut *tx);
            password(&mut conn, (home, account), password_hash, &account.to_string(), (&fresh, now)).await?;
            session::cut_others(&mut conn, home, account, keep).await
        })
    }
}

/// Writes a new password, whoever gave it.
async fn password(
    conn: &mut Conn<'_>,
    (home, account): (OrgId, AccountId),
    password_hash: &str,
    actor: &str,
    (fresh, now): (&Fresh, Moment),
) -> Step<()> {
    let changed = via!(conn, db => sqlx::query(
        "update account set password_hash = $3 where org_id = $1 and account_id = $2 and disabled_at is null",
    )
    .bind(home.number())
    .bind(account.to_string())
    .bind(password_hash)
    .execute(db)
    .await
    .map(|done| done.rows_affected()))?;
    if changed == 0 {
        return Err(Error::Missing("account").into());
    }
    let object = account.to_string();
    let act = Act { org: home, at: now, actor, verb: "person.password", object: &object, detail: "" };
    audit::note(conn, fresh, act).await
}
