//! Announcements: made and ended by organizers, shown to everybody.

use std::sync::Arc;

use kaishi_domain::actor::Organizer;
use kaishi_domain::announcement::{AT_ONCE, Announcement, Topic};
use kaishi_domain::{AnnouncementId, MarketId, MarketRef, Moment};
use sqlx::FromRow;

use crate::audit::{self, Act, Spot};
use crate::ledger;
use crate::pool::{on, transact};
use crate::{Error, Result, Store};

#[derive(FromRow)]
struct Row {
    announcement_id: String,
    topic: String,
    words: String,
    from_at: i64,
    until_at: i64,
}

impl TryFrom<Row> for Announcement {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.announcement_id.parse()?,
            topic: Topic::from_code(&row.topic)?,
            words: row.words,
            from: Moment::from_millis(row.from_at),
            until: Moment::from_millis(row.until_at),
        })
    }
}

impl Store {
    /// Tells everybody something.
    pub async fn announce(
        &self,
        by: &Organizer,
        market: MarketId,
        line: &Announcement,
        now: Moment,
    ) -> Result<()> {
        let (line, fresh) = (line.clone().sound()?, self.fresh_text());
        let done: Result<()> = transact!(self, tx => {
            let made = sqlx::query(
                "insert into announcement (org_id, market_id, announcement_id, topic, words, from_at, until_at,
                   account_id)
                 select org_id, market_id, $3, $4, $5, $6, $7, $8 from market where org_id = $1 and market_id = $2",
            )
            .bind(by.org().number())
            .bind(market.to_string())
            .bind(line.id.to_string())
            .bind(line.topic.code())
            .bind(&line.words)
            .bind(line.from.millis())
            .bind(line.until.millis())
            .bind(by.account().to_string())
            .execute(&mut *tx)
            .await?;
            if made.rows_affected() == 0 {
                return Err(Error::Missing("market").into());
            }
            ledger::touch(&mut (&mut *tx).into(), MarketRef { org: by.org(), market }).await?;
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "announce",
                object: &line.id.to_string(),
                detail: &line.words,
            });
            Ok(())
        });
        self.scans.clear();
        done
    }

    /// Takes a line back before its time.
    pub async fn announcement_end(
        &self,
        by: &Organizer,
        market: MarketId,
        line: AnnouncementId,
        now: Moment,
    ) -> Result<()> {
        let fresh = self.fresh_text();
        let key = [("market_id", market.to_string()), ("announcement_id", line.to_string())];
        let spot = Spot { table: "announcement", columns: &["words", "until_at"], org: by.org(), key: &key };
        let done: Result<()> = transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            let ended = sqlx::query(
                "update announcement set until_at = $4
                 where org_id = $1 and market_id = $2 and announcement_id = $3 and until_at > $4",
            )
            .bind(by.org().number())
            .bind(market.to_string())
            .bind(line.to_string())
            .bind(now.millis())
            .execute(&mut *tx)
            .await?;
            if ended.rows_affected() == 0 {
                return Err(Error::Missing("announcement").into());
            }
            ledger::touch(&mut (&mut *tx).into(), MarketRef { org: by.org(), market }).await?;
            let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "announce.end",
                object: &line.to_string(),
                detail: &told,
            });
            Ok(())
        });
        self.scans.clear();
        done
    }

    /// Every line of a market, latest first. At most 1.5 seconds old.
    pub async fn announcements(&self, at: MarketRef, now: Moment) -> Result<Arc<Vec<Announcement>>> {
        if let Some(known) = self.scans.announcements.find(&at, now) {
            return Ok(known);
        }
        let rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(
            "select announcement_id, topic, words, from_at, until_at from announcement
             where org_id = $1 and market_id = $2 order by from_at desc, announcement_id desc limit 200",
        ).bind(at.org.number()).bind(at.market.to_string()).fetch_all(db).await)?;
        let lines = rows.into_iter().map(Announcement::try_from).collect::<Result<Vec<_>>>()?;
        Ok(self.scans.announcements.keep(at, lines, now))
    }

    /// What everybody is told now, latest first, a few at most.
    pub async fn told(&self, at: MarketRef, now: Moment) -> Result<Vec<String>> {
        let lines = self.announcements(at, now).await?;
        let shown = lines.iter().filter(|line| line.is_shown(now)).zip(0..AT_ONCE);
        Ok(shown.map(|(line, _)| line.words.clone()).collect())
    }
}
