//! What was printed last for each stall, so that only what has changed is printed again.

use std::collections::BTreeMap;

use kaishi_domain::actor::Organizer;
use kaishi_domain::poster::named;
use kaishi_domain::{MarketId, MarketRef, Moment, StallId};

use crate::audit::{self, Act};
use crate::pool::{on, transact};
use crate::{Result, Store};

/// What is printed for a stall.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Sheet {
    /// The poster with its code.
    Poster,
    /// The sign that says where the stall has moved to.
    Place,
}

impl Sheet {
    /// The value of the `sheet` column.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Poster => "poster",
            Self::Place => "place",
        }
    }
}

impl Store {
    /// What stood on each stall's sheet when it was printed last.
    pub async fn printed(
        &self,
        by: &Organizer,
        market: MarketId,
        sheet: Sheet,
    ) -> Result<BTreeMap<StallId, String>> {
        let rows: Vec<(String, String)> = on!(self.read_pool(), db => sqlx::query_as(
            "select stall_id, face from printed where org_id = $1 and market_id = $2 and sheet = $3",
        ).bind(by.org().number()).bind(market.to_string()).bind(sheet.code()).fetch_all(db).await)?;
        rows.into_iter().map(|(stall, face)| Ok((stall.parse()?, face))).collect()
    }

    /// The name on each stall's poster when it was printed last; posters that name nobody are left out.
    pub async fn posters_named(&self, at: MarketRef) -> Result<Vec<(StallId, String)>> {
        let rows: Vec<(String, String)> = on!(self.read_pool(), db => sqlx::query_as(
            "select stall_id, face from printed where org_id = $1 and market_id = $2 and sheet = $3
             order by stall_id",
        ).bind(at.org.number()).bind(at.market.to_string()).bind(Sheet::Poster.code()).fetch_all(db).await)?;
        let named = |(stall, face): (String, String)| {
            let stall = stall.parse();
            named(&face).map(|name| Ok((stall?, name.to_owned())))
        };
        rows.into_iter().filter_map(named).collect()
    }

    /// Notes that sheets with these texts hang at their stalls.
    pub async fn print_note(
        &self,
        by: &Organizer,
        market: MarketId,
        sheet: Sheet,
        faces: &[(StallId, String)],
        now: Moment,
    ) -> Result<()> {
        let fresh = self.fresh_text();
        transact!(self, tx => {
            for (stall, face) in faces {
                sqlx::query(
                    "insert into printed (org_id, market_id, stall_id, sheet, face, account_id, at)
                     values ($1, $2, $3, $4, $5, $6, $7)
                     on conflict (org_id, market_id, stall_id, sheet)
                     do update set face = excluded.face, account_id = excluded.account_id, at = excluded.at",
                )
                .bind(by.org().number())
                .bind(market.to_string())
                .bind(stall.to_string())
                .bind(sheet.code())
                .bind(face)
                .bind(by.account().to_string())
                .bind(now.millis())
                .execute(&mut *tx)
                .await?;
            }
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "print",
                object: &market.to_string(),
                detail: &format!("{} {}", sheet.code(), faces.len()),
            });
            Ok(())
        })
    }
}
