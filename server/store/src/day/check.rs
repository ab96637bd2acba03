//! Opening checklists: signed by a cell's head; what is not in order becomes a hazard in the same moment.

use std::collections::HashMap;

use kaishi_domain::actor::CellHead;
use kaishi_domain::cell::{Check, Signature, signer};
use kaishi_domain::incident::{Incident, Kind, Severity, Spot, State};
use kaishi_domain::{IncidentId, MarketRef, Moment, StallId};

use super::incident::insert;
use crate::audit::{self, Act};
use crate::ledger;
use crate::pool::{Attempt, transact};
use crate::{Error, Result, Store};

/// The last signature of each cell, from rows that come in their order.
pub(super) fn last(rows: Vec<(String, String, String, String, i64)>) -> Result<HashMap<String, Signature>> {
    let read = |(cell, answers, signer, stalls, at): (String, String, String, String, i64)| {
        let stalls: Vec<StallId> = serde_json::from_str(&stalls)?;
        let check: Check = serde_json::from_str(&answers)?;
        Ok((cell, Signature { check, signer, stalls, at: Moment::from_millis(at) }))
    };
    rows.into_iter().map(read).collect()
}

impl Store {
    /// Signs the checklist of a cell for the stalls that are in it now. A point that is not met is warned of,
    /// unless it still is.
    pub async fn cell_sign(&self, by: &CellHead, check: &Check, signed_as: &str, now: Moment) -> Result<()> {
        let (org, market, cell) = (by.org.number(), by.market.to_string(), by.cell.to_string());
        let (signed_as, answers) = (signer(signed_as)?, serde_json::to_string(check)?);
        let at = MarketRef { org: by.org, market: by.market };
        let fresh = self.fresh_text();
        transact!(self, tx => {
            let stalls: Vec<String> = sqlx::query_scalar(
                "select stall_id from cell_stall where org_id = $1 and market_id = $2 and cell_id = $3
                 order by stall_id",
            ).bind(org).bind(&market).bind(&cell).fetch_all(&mut *tx).await?;
            let signed = sqlx::query(
                "insert into cell_check (org_id, market_id, cell_id, n, answers, signer, stalls, at)
                 select c.org_id, c.market_id, c.cell_id,
                   (select coalesce(max(k.n), 0) + 1 from cell_check k
                     where k.org_id = $1 and k.market_id = $2 and k.cell_id = $3), $4, $5, $6, $7
                 from cell c where c.org_id = $1 and c.market_id = $2 and c.cell_id = $3",
            )
            .bind(org)
            .bind(&market)
            .bind(&cell)
            .bind(&answers)
            .bind(&signed_as)
            .bind(serde_json::to_string(&stalls)?)
            .bind(now.millis())
            .execute(&mut *tx)
            .await;
            match signed {
                Ok(done) if done.rows_affected() == 1 => {}
                Ok(_) => return Err(Error::Missing("cell").into()),
                // Two who sign at once: the second signs after the first.
                Err(error) if Error::is_taken(&error) => {
                    return Err(Attempt::Again(Error::Unavailable("signed meanwhile".into())));
                }
                Err(error) => return Err(Attempt::from(error)),
            }
            for point in check.unmet() {
                let hazard = Incident {
                    id: IncidentId::new(now, self.random()),
                    kind: Kind::from(point),
                    spot: Spot::Cell(by.cell),
                    severity: Severity::Serious,
                    words: check.remark().to_owned(),
                    point: Some(point),
                    happened: now,
                    written: now,
                    state: State::Warned,
                };
                insert(&mut (&mut *tx).into(), at, &hazard).await?;
            }
            ledger::touch(&mut (&mut *tx).into(), at).await?;
            audit::record!(tx, &fresh, Act {
                org: by.org,
                at: now,
                actor: &format!("cell:{cell}"),
                verb: "cell.sign",
                object: &cell,
                detail: check.remark(),
            });
            Ok(())
        })
    }
}
