//! Grounds: places in metres that are used again every Saturday.

use kaishi_domain::actor::{Organizer, Viewer};
use kaishi_domain::{GroundId, OrgId};

use crate::pool::{on, transact};
use crate::{Error, Result, Store};

impl Store {
    /// Adds a ground. `body` is a document of schema venue/1, checked by the caller.
    pub async fn ground_add(&self, by: &Organizer, id: GroundId, title: &str, body: &str) -> Result<()> {
        transact!(self, tx => {
            sqlx::query("insert into ground (org_id, ground_id, title, body) values ($1, $2, $3, $4)")
                .bind(by.org().number())
                .bind(id.to_string())
                .bind(title)
                .bind(body)
                .execute(&mut *tx)
                .await?;
            Ok(())
        })
    }

    /// The document of a ground.
    pub async fn ground(&self, org: OrgId, id: GroundId) -> Result<String> {
        let body: Option<String> = on!(self.read_pool(), db => sqlx::query_scalar(
            "select body from ground where org_id = $1 and ground_id = $2",
        ).bind(org.number()).bind(id.to_string()).fetch_optional(db).await)?;
        body.ok_or(Error::Missing("ground"))
    }

    /// The grounds of an organization, id and title.
    pub async fn grounds(&self, by: &Viewer) -> Result<Vec<(GroundId, String)>> {
        let rows: Vec<(String, String)> = on!(self.read_pool(), db => sqlx::query_as(
            "select ground_id, title from ground where org_id = $1 order by ground_id",
        ).bind(by.org().number()).fetch_all(db).await)?;
        rows.into_iter().map(|(id, title)| Ok((id.parse()?, title))).collect()
    }
}
