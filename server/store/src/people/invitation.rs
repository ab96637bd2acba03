//! Invitations: a set-up link that is for a role, or for a new password. Each is used once.

use kaishi_domain::actor::{Admin, Roles};
use kaishi_domain::id::ShortId;
use kaishi_domain::token::Purpose;
use kaishi_domain::{AccountId, LinkId, Moment, OrgId, Refusal};

use super::{Joining, account, cut, home_of, join, password};
use crate::audit::{self, Act};
use crate::pool::{Conn, Step, on, transact, via};
use crate::{Error, Result, Store};

/// What a set-up link is for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Invitation {
    /// The first account of an organization.
    First,
    /// Somebody new at an organization, or somebody of another who joins it.
    Join(Roles),
    /// A new password for an account, with the name that it signs in with.
    Password(AccountId, String),
}

/// Uses the link up inside a transaction; the second one to try is told that it is gone.
async fn spend(conn: &mut Conn<'_>, link: LinkId, now: Moment) -> Step<()> {
    let spent = via!(conn, db => sqlx::query(
        "update link set used_at = $3 where org_id = $1 and link_id = $2 and purpose = 'setup'
         and used_at is null and revoked_at is null and expires_at > $3",
    )
    .bind(link.org().number())
    .bind(link.to_string())
    .bind(now.millis())
    .execute(db)
    .await
    .map(|done| done.rows_affected()))?;
    if spent == 1 { Ok(()) } else { Err(Error::Missing("link").into()) }
}

async fn invited_by(conn: &mut Conn<'_>, link: LinkId) -> Step<String> {
    let by: Option<String> = via!(conn, db => sqlx::query_scalar(
        "select invited_by from invitation where org_id = $1 and link_id = $2",
    )
    .bind(link.org().number())
    .bind(link.to_string())
    .fetch_optional(db)
    .await)?;
    Ok(by.ok_or(Error::Missing("link"))?)
}

impl Store {
    /// Invites somebody with these roles. The link is for one person and one use.
    pub async fn invite(&self, by: &Admin, roles: Roles, until: Moment, now: Moment) -> Result<LinkId> {
        if roles.is_empty() {
            return Err(Refusal::Missing("role").into());
        }
        self.invitation_add(by, (roles, None), until, now).await
    }

    /// A link with which somebody who keeps the account here sets a new password. The old one ends with its use.
    pub async fn invite_password(
        &self,
        by: &Admin,
        who: AccountId,
        until: Moment,
        now: Moment,
    ) -> Result<LinkId> {
        self.invitation_add(by, (Roles::default(), Some(who)), until, now).await
    }

    async fn invitation_add(
        &self,
        by: &Admin,
        (roles, who): (Roles, Option<AccountId>),
        until: Moment,
        now: Moment,
    ) -> Result<LinkId> {
        let (org, fresh) = (by.org(), self.fresh_text());
        let id = ShortId::new(org, self.random());
        transact!(self, tx => {
            let mut conn = Conn::from(&mut *tx);
            if let Some(who) = who
                && home_of(&mut conn, org, who).await? != org
            {
                // Its password is kept elsewhere.
                return Err(Error::Missing("account").into());
            }
            via!(&mut conn, db => sqlx::query(
                "insert into link (org_id, link_id, purpose, expires_at, created_at) values ($1, $2, $3, $4, $5)",
            )
            .bind(org.number())
            .bind(id.to_string())
            .bind(Purpose::Setup.code())
            .bind(until.millis())
            .bind(now.millis())
            .execute(db)
            .await
            .map(drop))?;
            via!(&mut conn, db => sqlx::query(
                "insert into invitation (org_id, link_id, roles, account_id, invited_by, made_at)
                 values ($1, $2, $3, $4, $5, $6)",
            )
            .bind(org.number())
            .bind(id.to_string())
            .bind(roles.to_string())
            .bind(who.map(|who| who.to_string()))
            .bind(by.account().to_string())
            .bind(now.millis())
            .execute(db)
            .await
            .map(drop))?;
            let (actor, detail) = (by.account().to_string(), roles.to_string());
            let object = who.map_or_else(|| id.to_string(), |who| who.to_string());
            let verb = if who.is_some() { "person.new_password" } else { "person.invite" };
            let act = Act { org, at: now, actor: &actor, verb, object: &object, detail: &detail };
            audit::note(&mut conn, &fresh, act).await
        })?;
        Ok(id)
    }

    /// Takes an invitation back.
    pub async fn invitation_revoke(&self, by: &Admin, link: LinkId, now: Moment) -> Result<()> {
        let (org, fresh) = (by.org(), self.fresh_text());
        transact!(self, tx => {
            let mut conn = Conn::from(&mut *tx);
            let revoked = via!(&mut conn, db => sqlx::query(
                "update link set revoked_at = $3 where org_id = $1 and link_id = $2 and revoked_at is null
                   and used_at is null and exists (
                     select 1 from invitation i where i.org_id = $1 and i.link_id = $2)",
            )
            .bind(org.number())
            .bind(link.to_string())
            .bind(now.millis())
            .execute(db)
            .await
            .map(|done| done.rows_affected()))?;
            if revoked == 0 {
                return Err(Error::Missing("link").into());
            }
            let (actor, object) = (by.account().to_string(), link.to_string());
            let act =
                Act { org, at: now, actor: &actor, verb: "person.uninvite", object: &object, detail: "" };
            audit::note(&mut conn, &fresh, act).await
        })
    }

    /// What a living set-up link is for.
    pub async fn invitation(&self, link: LinkId, now: Moment) -> Result<Invitation> {
        self.link(Purpose::Setup, link, now).await?;
        let row: Option<(String, Option<String>)> = on!(self.read_pool(), db => sqlx::query_as(
            "select roles, account_id from invitation where org_id = $1 and link_id = $2",
        ).bind(link.org().number()).bind(link.to_string()).fetch_optional(db).await)?;
        match row {
            None => Ok(Invitation::First),
            Some((_, Some(account))) => {
                let account = account.parse()?;
                Ok(Invitation::Password(account, self.login_of(link.org(), account).await?))
            }
            Some((roles, None)) => Ok(Invitation::Join(Roles::parse(&roles)?)),
        }
    }

    /// Somebody new takes an invitation up and chooses name and password.
    pub async fn invited_account(
        &self,
        (link, roles): (LinkId, Roles),
        id: AccountId,
        (login, password_hash): (&str, &str),
        now: Moment,
    ) -> Result<()> {
        let (org, fresh) = (link.org(), self.fresh_text());
        transact!(self, tx => {
            let mut conn = Conn::from(&mut *tx);
            spend(&mut conn, link, now).await?;
            let by = invited_by(&mut conn, link).await?;
            account(&mut conn, org, id, (login, password_hash), now).await?;
            let joining = Joining { org, home: org, account: id, login, roles, by: &by };
            join(&mut conn, &joining, &fresh, now).await
        })
    }

    /// Somebody who has an account elsewhere takes an invitation up.
    pub async fn invited_join(
        &self,
        (link, roles): (LinkId, Roles),
        (home, id, login): (OrgId, AccountId, &str),
        now: Moment,
    ) -> Result<()> {
        let (org, fresh) = (link.org(), self.fresh_text());
        transact!(self, tx => {
            let mut conn = Conn::from(&mut *tx);
            spend(&mut conn, link, now).await?;
            let by = invited_by(&mut conn, link).await?;
            let joining = Joining { org, home, account: id, login, roles, by: &by };
            join(&mut conn, &joining, &fresh, now).await
        })
    }

    /// Somebody sets a new password with a link; every session of before ends.
    pub async fn invited_password(
        &self,
        link: LinkId,
        who: AccountId,
        password_hash: &str,
        now: Moment,
    ) -> Result<()> {
        let (org, fresh) = (link.org(), self.fresh_text());
        transact!(self, tx => {
            let mut conn = Conn::from(&mut *tx);
            spend(&mut conn, link, now).await?;
            password(&mut conn, (org, who), password_hash, &who.to_string(), (&fresh, now)).await?;
            cut(&mut conn, org, who).await
        })
    }
}
