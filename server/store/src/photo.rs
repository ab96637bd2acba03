//! Photos that lie under grounds, kept by the hash of what is served.

use data_encoding::BASE64;
use kaishi_domain::actor::Organizer;
use kaishi_domain::{MarketRef, Moment, OrgId};

use crate::pool::{Conn, Step, on, transact, via};
use crate::{Error, Result, Store};

/// A photo that this program made from what came in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Photo {
    /// Hexadecimal digits of the hash of `bytes`.
    pub hash: String,
    /// `image/jpeg` or `image/png`.
    pub kind: String,
    /// Pixels.
    pub w: u32,
    /// Pixels.
    pub h: u32,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Keeps a photo inside a transaction.
pub(crate) async fn keep(conn: &mut Conn<'_>, by: &Organizer, photo: &Photo, now: Moment) -> Step<()> {
    let body = BASE64.encode(&photo.bytes);
    via!(conn, db => sqlx::query(
        "insert into photo (org_id, hash, kind, w, h, body, account_id, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (org_id, hash) do nothing",
    )
    .bind(by.org().number())
    .bind(&photo.hash)
    .bind(&photo.kind)
    .bind(i64::from(photo.w))
    .bind(i64::from(photo.h))
    .bind(&body)
    .bind(by.account().to_string())
    .bind(now.millis())
    .execute(db)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(())
}

/// Deletes a photo that is beside no bulletin and under no ground, nor ever was under one: what a ground was is opened
/// again.
pub(crate) async fn forget(conn: &mut Conn<'_>, org: OrgId, hash: &str) -> Step<()> {
    let named = format!("%{hash}%");
    via!(conn, db => sqlx::query(
        "delete from photo where org_id = $1 and hash = $2
           and not exists (select 1 from bulletin_photo b where b.org_id = $1 and b.hash = $2)
           and not exists (select 1 from ground g where g.org_id = $1 and g.body like $3)
           and not exists (select 1 from ground_revision r
                           where r.org_id = $1 and (r.body like $3 or r.diff like $3))",
    )
    .bind(org.number())
    .bind(hash)
    .bind(&named)
    .execute(db)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(())
}

impl Store {
    /// Keeps a photo; the same one again changes nothing.
    pub async fn photo_add(&self, by: &Organizer, photo: &Photo, now: Moment) -> Result<()> {
        transact!(self, tx => keep(&mut (&mut *tx).into(), by, photo, now).await)
    }

    /// A photo of an organization.
    pub async fn photo(&self, org: OrgId, hash: &str) -> Result<Photo> {
        let row: Option<(String, i64, i64, String)> = on!(self.read_pool(), db => sqlx::query_as(
            "select kind, w, h, body from photo where org_id = $1 and hash = $2",
        ).bind(org.number()).bind(hash).fetch_optional(db).await)?;
        let (kind, w, h, body) = row.ok_or(Error::Missing("photo"))?;
        let bytes = BASE64.decode(body.as_bytes()).map_err(|error| Error::Broken(error.to_string()))?;
        let pixels = |n: i64| u32::try_from(n).map_err(|_| Error::Broken("size of a photo".into()));
        Ok(Photo { hash: hash.to_owned(), kind, w: pixels(w)?, h: pixels(h)?, bytes })
    }

    /// A photo for everybody: only the one under the ground that a market is held on.
    pub async fn photo_of(&self, at: MarketRef, hash: &str) -> Result<Photo> {
        let ground = self.ground_of(at).await?;
        match ground.backdrop.filter(|backdrop| backdrop.image == hash) {
            Some(_) => self.photo(at.org, hash).await,
            None => Err(Error::Missing("photo")),
        }
    }
}
