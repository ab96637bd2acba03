//! What an organizer wrote of a bulletin: one document a market, edited by whoever has seen its last revision.

use kaishi_domain::actor::Organizer;
use kaishi_domain::bulletin::Letter;
use kaishi_domain::market::Stage;
use kaishi_domain::{MarketId, MarketRef, Moment};

use crate::audit::{self, Act, Spot};
use crate::pool::{on, transact};
use crate::{Error, Result, Store};

impl Store {
    /// What was written and its revision; 0 while nobody has.
    pub async fn letter(&self, at: MarketRef) -> Result<(Letter, i64)> {
        let row: Option<(String, i64)> = on!(self.read_pool(), db => sqlx::query_as(
            "select body, revision from bulletin_letter where org_id = $1 and market_id = $2",
        ).bind(at.org.number()).bind(at.market.to_string()).fetch_optional(db).await)?;
        let Some((body, revision)) = row else { return Ok((Letter::default(), 0)) };
        Ok((serde_json::from_str(&body)?, revision))
    }

    /// Writes a letter on the revision that its writer saw; not once the bulletin is signed.
    pub async fn letter_set(
        &self,
        by: &Organizer,
        market: MarketId,
        revision: i64,
        letter: &Letter,
        now: Moment,
    ) -> Result<()> {
        let (body, fresh) = (serde_json::to_string(letter)?, self.fresh_text());
        let key = [("market_id", market.to_string())];
        let spot =
            Spot { table: "bulletin_letter", columns: &["revision", "body"], org: by.org(), key: &key };
        transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            let done = sqlx::query(
                "insert into bulletin_letter (org_id, market_id, revision, body, account_id, at)
                 select org_id, market_id, $3 + 1, $4, $5, $6 from market
                 where org_id = $1 and market_id = $2 and stage <> $7 and ($3 = 0 or exists (
                   select 1 from bulletin_letter l where l.org_id = $1 and l.market_id = $2))
                 on conflict (org_id, market_id) do update set revision = excluded.revision, body = excluded.body,
                   account_id = excluded.account_id, at = excluded.at
                 where bulletin_letter.revision = excluded.revision - 1",
            )
            .bind(by.org().number())
            .bind(market.to_string())
            .bind(revision)
            .bind(&body)
            .bind(by.account().to_string())
            .bind(now.millis())
            .bind(Stage::Filed.code())
            .execute(&mut *tx)
            .await?;
            if done.rows_affected() == 0 {
                return Err(Error::Taken("the letter was edited or signed".into()).into());
            }
            let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "bulletin.edit",
                object: &market.to_string(),
                detail: &told,
            });
            Ok(())
        })
    }
}
