//! Who an account is to an identity provider outside: linked by its owner or by an admin, never by the outside alone.

use std::collections::BTreeMap;

use kaishi_domain::actor::Admin;
use kaishi_domain::token::errand::{AWAY_FOR, Errand};
use kaishi_domain::token::second::Owner;
use kaishi_domain::{AccountId, Moment, OrgId, Refusal};

use super::home_of;
use crate::account::Login;
use crate::audit::{self, Act, Fresh, told};
use crate::pool::{Conn, Step, on, transact, via};
use crate::{Error, Result, Store};

/// Somebody as a provider knows them.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Identity {
    /// Which provider.
    pub issuer: String,
    /// Its name for somebody, which never changes and is nobody else's.
    pub subject: String,
}

/// The longest subject, as `OpenID` Connect bounds it.
const LONGEST: usize = 255;

impl Identity {
    /// Somebody by the provider's name for them: some ASCII characters, compared as they are.
    pub fn of(issuer: &str, subject: &str) -> std::result::Result<Self, Refusal> {
        if subject.trim().is_empty() {
            return Err(Refusal::Missing("subject"));
        }
        if subject.len() > LONGEST {
            return Err(Refusal::TooLong("subject"));
        }
        if !subject.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()) {
            return Err(Refusal::Malformed("subject"));
        }
        Ok(Self { issuer: issuer.to_owned(), subject: subject.to_owned() })
    }

    /// As the trail tells it.
    fn told(&self) -> BTreeMap<&'static str, &str> {
        BTreeMap::from([("issuer", &*self.issuer), ("subject", &*self.subject)])
    }
}

async fn note(
    conn: &mut Conn<'_>,
    (owner, actor): (&Owner, &str),
    verb: &str,
    detail: &str,
    (fresh, now): (&Fresh, Moment),
) -> Step<()> {
    let object = owner.account.to_string();
    audit::note(conn, fresh, Act { org: owner.home, at: now, actor, verb, object: &object, detail }).await
}

async fn link(
    conn: &mut Conn<'_>,
    (owner, actor): (&Owner, &str),
    identity: &Identity,
    (fresh, now): (&Fresh, Moment),
) -> Step<()> {
    let linked = via!(conn, db => sqlx::query(
        "insert into identity (org_id, issuer, subject, home, account_id, linked_at) values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(OrgId::INSTALLATION.number())
    .bind(&identity.issuer)
    .bind(&identity.subject)
    .bind(owner.home.number())
    .bind(owner.account.to_string())
    .bind(now.millis())
    .execute(db)
    .await
    .map(drop));
    match linked {
        Err(error) if Error::is_taken(&error) => return Err(Error::Taken("identity".into()).into()),
        linked => linked?,
    }
    let detail = told(&BTreeMap::new(), &identity.told());
    note(conn, (owner, actor), "identity.link", &detail, (fresh, now)).await
}

async fn unlink(
    conn: &mut Conn<'_>,
    (owner, actor): (&Owner, &str),
    issuer: &str,
    (fresh, now): (&Fresh, Moment),
) -> Step<()> {
    let gone: Option<String> = via!(conn, db => sqlx::query_scalar(
        "delete from identity where org_id = $1 and issuer = $2 and home = $3 and account_id = $4 returning subject",
    )
    .bind(OrgId::INSTALLATION.number())
    .bind(issuer)
    .bind(owner.home.number())
    .bind(owner.account.to_string())
    .fetch_optional(db)
    .await)?;
    let subject = gone.ok_or(Error::Missing("identity"))?;
    let detail = told(&Identity { issuer: issuer.to_owned(), subject }.told(), &BTreeMap::new());
    note(conn, (owner, actor), "identity.unlink", &detail, (fresh, now)).await
}

impl Store {
    /// The account that somebody outside signs in to, unless it is disabled.
    pub async fn identified(&self, identity: &Identity) -> Result<Option<Login>> {
        let row: Option<(i64, String)> = on!(self.read_pool(), db => sqlx::query_as(
            "select home, account_id from identity where org_id = $1 and issuer = $2 and subject = $3",
        )
        .bind(OrgId::INSTALLATION.number())
        .bind(&identity.issuer)
        .bind(&identity.subject)
        .fetch_optional(db)
        .await)?;
        let Some((home, account)) = row else { return Ok(None) };
        let (org, id) = (OrgId::from_number(home)?, account.parse()?);
        match self.password_hash(org, id).await {
            Ok(password_hash) => Ok(Some(Login { org, id, password_hash })),
            Err(Error::Missing(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Who an account is to a provider, if it is linked.
    pub async fn subject(&self, owner: &Owner, issuer: &str) -> Result<Option<String>> {
        Ok(on!(self.read_pool(), db => sqlx::query_scalar(
            "select subject from identity where org_id = $1 and issuer = $2 and home = $3 and account_id = $4",
        )
        .bind(OrgId::INSTALLATION.number())
        .bind(issuer)
        .bind(owner.home.number())
        .bind(owner.account.to_string())
        .fetch_optional(db)
        .await)?)
    }

    /// Its owner has just shown who it is outside. Somebody who is linked already, here or elsewhere, is
    /// [`Error::Taken`].
    pub async fn identity_link(&self, owner: &Owner, identity: &Identity, now: Moment) -> Result<()> {
        let (fresh, actor) = (self.fresh_text(), owner.account.to_string());
        transact!(self, tx => {
            link(&mut Conn::from(&mut *tx), (owner, &actor), identity, (&fresh, now)).await
        })
    }

    /// Its owner signs in by the provider no more.
    pub async fn identity_unlink(&self, owner: &Owner, issuer: &str, now: Moment) -> Result<()> {
        let (fresh, actor) = (self.fresh_text(), owner.account.to_string());
        transact!(self, tx => {
            unlink(&mut Conn::from(&mut *tx), (owner, &actor), issuer, (&fresh, now)).await
        })
    }

    /// An admin says who somebody is outside whose account is kept here.
    pub async fn person_link(
        &self,
        by: &Admin,
        who: AccountId,
        identity: &Identity,
        now: Moment,
    ) -> Result<()> {
        let (org, fresh, actor) = (by.org(), self.fresh_text(), by.account().to_string());
        transact!(self, tx => {
            let mut conn = Conn::from(&mut *tx);
            if home_of(&mut conn, org, who).await? != org {
                return Err(Error::Missing("account").into());
            }
            link(&mut conn, (&Owner { home: org, account: who }, &actor), identity, (&fresh, now)).await
        })
    }

    /// An admin takes the link away.
    pub async fn person_unlink(&self, by: &Admin, who: AccountId, issuer: &str, now: Moment) -> Result<()> {
        let (org, fresh, actor) = (by.org(), self.fresh_text(), by.account().to_string());
        transact!(self, tx => {
            let mut conn = Conn::from(&mut *tx);
            if home_of(&mut conn, org, who).await? != org {
                return Err(Error::Missing("account").into());
            }
            unlink(&mut conn, (&Owner { home: org, account: who }, &actor), issuer, (&fresh, now)).await
        })
    }

    /// Uses the state of an errand up; whether it was the first return. What nobody can come back with any more is
    /// forgotten.
    pub async fn errand_use(&self, errand: &Errand, now: Moment) -> Result<bool> {
        let used = transact!(self, tx => {
            sqlx::query("delete from errand where org_id = $1 and used_at < $2")
                .bind(OrgId::INSTALLATION.number())
                .bind(now.plus(-2 * AWAY_FOR).millis())
                .execute(&mut *tx)
                .await?;
            Ok(sqlx::query(
                "insert into errand (org_id, state, used_at) values ($1, $2, $3)
                 on conflict (org_id, state) do nothing",
            )
            .bind(OrgId::INSTALLATION.number())
            .bind(errand.state())
            .bind(now.millis())
            .execute(&mut *tx)
            .await?
            .rows_affected())
        })?;
        Ok(used == 1)
    }
}
