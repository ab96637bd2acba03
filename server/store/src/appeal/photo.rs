//! Photos of an appeal: at most three, added and taken back by whoever raised it, seen by whoever handles it.

use data_encoding::BASE64;
use kaishi_domain::appeal::{Appeal, AppealCode, By};
use kaishi_domain::{Moment, Refusal};
use sqlx::FromRow;

use crate::audit::{self, Act};
use crate::pool::{on, transact};
use crate::{Error, Photo, Result, Store};

/// The most photos of one appeal.
const MOST: i64 = 3;

#[derive(FromRow)]
struct Row {
    hash: String,
    kind: String,
    w: i64,
    h: i64,
    body: String,
}

impl Store {
    /// Adds a photo while the appeal is open and has fewer than three; the same one again changes nothing.
    pub async fn appeal_photo_add(&self, code: AppealCode, photo: &Photo, now: Moment) -> Result<()> {
        let appeal = self.appeal(code).await?;
        if !appeal.state.is_open() {
            return Err(Refusal::WrongState(appeal.state.code().into()).into());
        }
        let (body, fresh) = (BASE64.encode(&photo.bytes), self.fresh_text());
        transact!(self, tx => {
            let known: i64 = sqlx::query_scalar(
                "select count(*) from appeal_photo where org_id = $1 and appeal_id = $2 and hash = $3",
            )
            .bind(code.org.number())
            .bind(appeal.id.to_string())
            .bind(&photo.hash)
            .fetch_one(&mut *tx)
            .await?;
            if known > 0 {
                return Ok(());
            }
            for n in 1..=MOST {
                let added = sqlx::query(
                    "insert into appeal_photo (org_id, appeal_id, n, hash, kind, w, h, body, at)
                     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (org_id, appeal_id, n) do nothing",
                )
                .bind(code.org.number())
                .bind(appeal.id.to_string())
                .bind(n)
                .bind(&photo.hash)
                .bind(&photo.kind)
                .bind(i64::from(photo.w))
                .bind(i64::from(photo.h))
                .bind(&body)
                .bind(now.millis())
                .execute(&mut *tx)
                .await?
                .rows_affected();
                if added == 1 {
                    audit::record!(tx, &fresh, Act {
                        org: code.org,
                        at: now,
                        actor: &By::Resident.code(),
                        verb: "appeal.photo.add",
                        object: &appeal.id.to_string(),
                        detail: &photo.hash,
                    });
                    return Ok(());
                }
            }
            Err(Error::Taken("photo".into()).into())
        })
    }

    /// Which photos there are, by their number.
    pub async fn appeal_photos(&self, appeal: &Appeal) -> Result<Vec<i64>> {
        Ok(on!(self.read_pool(), db => sqlx::query_scalar(
            "select n from appeal_photo where org_id = $1 and appeal_id = $2 order by n",
        ).bind(appeal.code.org.number()).bind(appeal.id.to_string()).fetch_all(db).await)?)
    }

    /// One photo.
    pub async fn appeal_photo(&self, appeal: &Appeal, n: i64) -> Result<Photo> {
        let row: Option<Row> = on!(self.read_pool(), db => sqlx::query_as(
            "select hash, kind, w, h, body from appeal_photo where org_id = $1 and appeal_id = $2 and n = $3",
        ).bind(appeal.code.org.number()).bind(appeal.id.to_string()).bind(n).fetch_optional(db).await)?;
        let Row { hash, kind, w, h, body } = row.ok_or(Error::Missing("photo"))?;
        let bytes = BASE64.decode(body.as_bytes()).map_err(|error| Error::Broken(error.to_string()))?;
        let pixels = |n: i64| u32::try_from(n).map_err(|_| Error::Broken("size of a photo".into()));
        Ok(Photo { hash, kind, w: pixels(w)?, h: pixels(h)?, bytes })
    }

    /// Whoever raised it takes a photo back.
    pub async fn appeal_photo_drop(&self, code: AppealCode, n: i64, now: Moment) -> Result<()> {
        let (appeal, fresh) = (self.appeal(code).await?, self.fresh_text());
        transact!(self, tx => {
            let gone = sqlx::query("delete from appeal_photo where org_id = $1 and appeal_id = $2 and n = $3")
                .bind(code.org.number())
                .bind(appeal.id.to_string())
                .bind(n)
                .execute(&mut *tx)
                .await?
                .rows_affected();
            if gone == 0 {
                return Err(Error::Missing("photo").into());
            }
            audit::record!(tx, &fresh, Act {
                org: code.org,
                at: now,
                actor: &By::Resident.code(),
                verb: "appeal.photo.drop",
                object: &appeal.id.to_string(),
                detail: &n.to_string(),
            });
            Ok(())
        })
    }
}
