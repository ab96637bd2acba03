//! Sessions live in the database, so that any node knows them and cutting one takes effect at once.
//!
//! A session id carries its organization in the first three of its sixteen bytes.

use async_trait::async_trait;
use kaishi_domain::{AccountId, OrgId};
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{self, SessionStore};

use crate::pool::{on, transact};
use crate::{Error, Store};

/// Key of the organization in a session's data.
pub const ORG: &str = "org";
/// Key of the account in a session's data.
pub const ACCOUNT: &str = "account";
/// Key of the organization at which the account works now, where that is not its home.
pub const AT: &str = "at";
/// Key that a session has while the password is proved and the second factor is not.
pub const HALF: &str = "half";
/// Key of the moment when the session began.
pub const BEGAN: &str = "began";
/// Key of what it was opened with.
pub const AGENT: &str = "agent";

fn org_of(id: Id) -> OrgId {
    let bytes = id.0.to_be_bytes();
    OrgId::from_bytes([bytes[0], bytes[1], bytes[2]])
}

fn owner(record: &Record) -> Option<(OrgId, AccountId)> {
    let text = |key| record.data.get(key).and_then(|value: &serde_json::Value| value.as_str());
    Some((text(ORG)?.parse().ok()?, text(ACCOUNT)?.parse().ok()?))
}

fn failed(error: &Error) -> session_store::Error {
    session_store::Error::Backend(error.to_string())
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Store")
    }
}

impl Store {
    async fn session_write(&self, record: &Record) -> crate::Result<()> {
        let Some((org, account)) = owner(record) else {
            return Err(Error::Broken("a session without an account is never kept".into()));
        };
        let data = serde_json::to_string(&record.data)?;
        transact!(self, tx => {
            sqlx::query(
                "insert into session (org_id, session_id, account_id, data, expires_at)
                 values ($1, $2, $3, $4, $5)
                 on conflict (org_id, session_id) do update
                   set account_id = excluded.account_id, data = excluded.data, expires_at = excluded.expires_at",
            )
            .bind(org.number())
            .bind(record.id.to_string())
            .bind(account.to_string())
            .bind(&data)
            .bind(record.expiry_date.unix_timestamp())
            .execute(&mut *tx)
            .await?;
            Ok(())
        })
    }

    async fn session_read(&self, id: Id) -> crate::Result<Option<Record>> {
        let row: Option<(String, i64)> = on!(self.read_pool(), db => sqlx::query_as(
            "select data, expires_at from session where org_id = $1 and session_id = $2",
        ).bind(org_of(id).number()).bind(id.to_string()).fetch_optional(db).await)?;
        let Some((data, expires_at)) = row else { return Ok(None) };
        let expiry_date = time::OffsetDateTime::from_unix_timestamp(expires_at)
            .map_err(|error| Error::Broken(error.to_string()))?;
        if expiry_date <= time::OffsetDateTime::now_utc() {
            return Ok(None);
        }
        Ok(Some(Record { id, data: serde_json::from_str(&data)?, expiry_date }))
    }

    async fn session_drop(&self, id: Id) -> crate::Result<()> {
        transact!(self, tx => {
            sqlx::query("delete from session where org_id = $1 and session_id = $2")
                .bind(org_of(id).number())
                .bind(id.to_string())
                .execute(&mut *tx)
                .await?;
            Ok(())
        })
    }
}

#[async_trait]
impl SessionStore for Store {
    async fn create(&self, record: &mut Record) -> session_store::Result<()> {
        if let Some((org, _)) = owner(record) {
            let mut bytes = record.id.0.to_be_bytes();
            bytes[..3].copy_from_slice(&org.bytes());
            record.id = Id(i128::from_be_bytes(bytes));
        }
        self.session_write(record).await.map_err(|error| failed(&error))
    }

    async fn save(&self, record: &Record) -> session_store::Result<()> {
        self.session_write(record).await.map_err(|error| failed(&error))
    }

    async fn load(&self, id: &Id) -> session_store::Result<Option<Record>> {
        self.session_read(*id).await.map_err(|error| failed(&error))
    }

    async fn delete(&self, id: &Id) -> session_store::Result<()> {
        self.session_drop(*id).await.map_err(|error| failed(&error))
    }
}
