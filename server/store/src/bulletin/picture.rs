//! Pictures beside a bulletin, until it is signed: added, taken away, shown to whoever may read it.

use kaishi_domain::actor::Organizer;
use kaishi_domain::bulletin::{MOST_PICTURES, Picture, caption};
use kaishi_domain::market::Stage;
use kaishi_domain::{MarketId, MarketRef, Moment};

use crate::audit::{self, Act};
use crate::pool::{on, transact};
use crate::{Error, Photo, Result, Store, photo};

impl Store {
    /// The pictures of a market's bulletin, in the order in which they came.
    pub async fn pictures(&self, at: MarketRef) -> Result<Vec<Picture>> {
        let rows: Vec<(String, String, i64, i64)> = on!(self.read_pool(), db => sqlx::query_as(
            "select b.hash, b.caption, p.w, p.h from bulletin_photo b
             join photo p on p.org_id = b.org_id and p.hash = b.hash
             where b.org_id = $1 and b.market_id = $2 order by b.n",
        ).bind(at.org.number()).bind(at.market.to_string()).fetch_all(db).await)?;
        Ok(rows.into_iter().map(|(hash, caption, w, h)| Picture { hash, caption, size: (w, h) }).collect())
    }

    /// The file of one of them.
    pub async fn picture(&self, at: MarketRef, hash: &str) -> Result<Photo> {
        let known: Option<(i64,)> = on!(self.read_pool(), db => sqlx::query_as(
            "select n from bulletin_photo where org_id = $1 and market_id = $2 and hash = $3",
        ).bind(at.org.number()).bind(at.market.to_string()).bind(hash).fetch_optional(db).await)?;
        known.ok_or(Error::Missing("picture"))?;
        self.photo(at.org, hash).await
    }

    /// Adds one, as long as the bulletin is not signed and there are not enough; the same again changes nothing.
    pub async fn picture_add(
        &self,
        by: &Organizer,
        market: MarketId,
        photo: &Photo,
        text: &str,
        now: Moment,
    ) -> Result<()> {
        let (caption, fresh) = (caption(text)?, self.fresh_text());
        transact!(self, tx => {
            // The market's row is locked first, so that the count and the next number hold.
            let open = sqlx::query(
                "update market set stage = stage where org_id = $1 and market_id = $2 and stage <> $3",
            )
            .bind(by.org().number())
            .bind(market.to_string())
            .bind(Stage::Filed.code())
            .execute(&mut *tx)
            .await?;
            if open.rows_affected() == 0 {
                return Err(Error::Taken("the bulletin is signed".into()).into());
            }
            // What is refused below is not kept.
            photo::keep(&mut (&mut *tx).into(), by, photo, now).await?;
            let added = sqlx::query(
                "insert into bulletin_photo (org_id, market_id, hash, n, caption, account_id, at)
                 select $1, $2, $3, coalesce(max(n), 0) + 1, $4, $5, $6 from bulletin_photo
                 where org_id = $1 and market_id = $2 having count(*) < $7
                 on conflict (org_id, market_id, hash) do update set caption = excluded.caption",
            )
            .bind(by.org().number())
            .bind(market.to_string())
            .bind(&photo.hash)
            .bind(&caption)
            .bind(by.account().to_string())
            .bind(now.millis())
            .bind(MOST_PICTURES)
            .execute(&mut *tx)
            .await?;
            if added.rows_affected() == 0 {
                return Err(Error::Taken("enough pictures".into()).into());
            }
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "bulletin.picture",
                object: &market.to_string(),
                detail: &photo.hash,
            });
            Ok(())
        })
    }

    /// Takes one away, as long as the bulletin is not signed; its bytes too, if no other bulletin and no ground has them.
    pub async fn picture_drop(
        &self,
        by: &Organizer,
        market: MarketId,
        hash: &str,
        now: Moment,
    ) -> Result<()> {
        let fresh = self.fresh_text();
        transact!(self, tx => {
            let done = sqlx::query(
                "delete from bulletin_photo where org_id = $1 and market_id = $2 and hash = $3 and exists (
                   select 1 from market m where m.org_id = $1 and m.market_id = $2 and m.stage <> $4)",
            )
            .bind(by.org().number())
            .bind(market.to_string())
            .bind(hash)
            .bind(Stage::Filed.code())
            .execute(&mut *tx)
            .await?;
            if done.rows_affected() == 0 {
                return Err(Error::Taken("the picture is gone, or the bulletin is signed".into()).into());
            }
            photo::forget(&mut (&mut *tx).into(), by.org(), hash).await?;
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "bulletin.picture.drop",
                object: &market.to_string(),
                detail: hash,
            });
            Ok(())
        })
    }
}
