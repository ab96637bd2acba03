//! Codes on paper: reserved before the market, each used up by the one appeal that is keyed in under it.

use kaishi_domain::actor::Organizer;
use kaishi_domain::appeal::{Appeal, AppealCode, MOST_SLIPS, PaperSlip, SlipCode};
use kaishi_domain::{MarketId, Moment, Refusal};

use crate::audit;
use crate::pool::{Conn, Step, on, transact, via};
use crate::{Error, Result, Store};

/// Uses up the code of a new appeal. A code from paper has to wait for it; one that was drawn must not be on paper.
pub(super) async fn claim(conn: &mut Conn<'_>, appeal: &Appeal, on_paper: bool) -> Step<()> {
    let used = via!(conn, db => sqlx::query(
        "update paper_slip set used_at = case when used_at is null then $3 else used_at end
         where org_id = $1 and code = $2 and (used_at is null or $4 = 0)",
    )
    .bind(appeal.code.org.number())
    .bind(appeal.code.slip.to_string())
    .bind(appeal.raised_at.millis())
    .bind(i64::from(on_paper))
    .execute(db)
    .await?
    .rows_affected());
    match (on_paper, used) {
        (true, 0) => Err(Error::Missing("slip").into()),
        (false, 1) => Err(Error::Taken("code".into()).into()),
        _ => Ok(()),
    }
}

impl Store {
    /// Reserves codes for so many slips.
    pub async fn slips_print(
        &self,
        by: &Organizer,
        market: MarketId,
        count: usize,
        now: Moment,
    ) -> Result<Vec<SlipCode>> {
        if count == 0 || count > MOST_SLIPS {
            return Err(Refusal::Malformed("count").into());
        }
        let codes: Vec<SlipCode> = (0..count).map(|_| SlipCode::new(self.random())).collect();
        let fresh = self.fresh_text();
        transact!(self, tx => {
            let mut made = Vec::new();
            for code in &codes {
                // A code that is an appeal's or on paper already is left out: the chance is one in millions.
                let free = sqlx::query(
                    "insert into paper_slip (org_id, code, market_id, made_at)
                     select org_id, $2, market_id, $4 from market where org_id = $1 and market_id = $3
                       and not exists (select 1 from appeal where org_id = $1 and code = $2)
                     on conflict (org_id, code) do nothing",
                )
                .bind(by.org().number())
                .bind(code.to_string())
                .bind(market.to_string())
                .bind(now.millis())
                .execute(&mut *tx)
                .await?
                .rows_affected();
                if free == 1 {
                    made.push(*code);
                }
            }
            if made.is_empty() {
                return Err(Error::Missing("market").into());
            }
            audit::signed!(tx, &fresh, (by, now), "appeal.slips", &market.to_string(), &made.len().to_string());
            Ok(made)
        })
    }

    /// The slips of a market, the latest first.
    pub async fn slips(&self, by: &Organizer, market: MarketId) -> Result<Vec<PaperSlip>> {
        let rows: Vec<(String, i64, Option<i64>)> = on!(self.read_pool(), db => sqlx::query_as(
            "select code, made_at, used_at from paper_slip where org_id = $1 and market_id = $2
             order by made_at desc, code limit 1000",
        ).bind(by.org().number()).bind(market.to_string()).fetch_all(db).await)?;
        rows.into_iter()
            .map(|(code, made_at, used_at)| {
                Ok(PaperSlip {
                    code: code.parse()?,
                    made_at: Moment::from_millis(made_at),
                    used_at: used_at.map(Moment::from_millis),
                })
            })
            .collect()
    }

    /// Whether a code is on paper and nobody has keyed it in yet.
    pub async fn slip_waits(&self, code: AppealCode) -> Result<bool> {
        let n: i64 = on!(self.read_pool(), db => sqlx::query_scalar(
            "select count(*) from paper_slip where org_id = $1 and code = $2 and used_at is null",
        ).bind(code.org.number()).bind(code.slip.to_string()).fetch_one(db).await)?;
        Ok(n > 0)
    }
}
