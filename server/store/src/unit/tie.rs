//! Between which units visitors go.

use kaishi_domain::actor::{Organizer, Viewer};
use kaishi_domain::unit::{Flow, Tie};
use kaishi_domain::{Moment, UnitId};

use crate::audit::{self, Act, Spot};
use crate::pool::{on, transact};
use crate::{Error, Result, Store};

impl Store {
    /// Every tie of a register.
    pub async fn unit_ties(&self, by: &Viewer) -> Result<Vec<Tie>> {
        let rows: Vec<(String, String, String)> = on!(self.read_pool(), db => sqlx::query_as(
            "select unit_id, other_id, flow from unit_tie where org_id = $1 order by unit_id, other_id",
        ).bind(by.org().number()).fetch_all(db).await)?;
        rows.into_iter()
            .map(|(one, other, flow)| {
                Ok(Tie::between(one.parse()?, other.parse()?, Flow::from_code(&flow)?)?)
            })
            .collect()
    }

    /// Notes that visitors go between two units, or how many by now.
    pub async fn unit_tie(&self, by: &Organizer, tie: Tie, now: Moment) -> Result<()> {
        let fresh = self.fresh_text();
        let key = [("unit_id", tie.one.to_string()), ("other_id", tie.other.to_string())];
        let spot = Spot { table: "unit_tie", columns: &["flow"], org: by.org(), key: &key };
        transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            let done = sqlx::query(
                "insert into unit_tie (org_id, unit_id, other_id, flow)
                 select a.org_id, a.unit_id, b.unit_id, $4 from unit a join unit b on b.org_id = a.org_id
                 where a.org_id = $1 and a.unit_id = $2 and b.unit_id = $3
                 on conflict (org_id, unit_id, other_id) do update set flow = excluded.flow",
            )
            .bind(by.org().number())
            .bind(tie.one.to_string())
            .bind(tie.other.to_string())
            .bind(tie.flow.code())
            .execute(&mut *tx)
            .await?;
            if done.rows_affected() == 0 {
                return Err(Error::Missing("unit").into());
            }
            let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "unit.tie",
                object: &format!("{}/{}", tie.one, tie.other),
                detail: &told,
            });
            Ok(())
        })
    }

    /// Forgets what was noted between two units.
    pub async fn unit_untie(&self, by: &Organizer, one: UnitId, other: UnitId, now: Moment) -> Result<()> {
        let Tie { one, other, .. } = Tie::between(one, other, Flow::Some)?;
        let fresh = self.fresh_text();
        let key = [("unit_id", one.to_string()), ("other_id", other.to_string())];
        let spot = Spot { table: "unit_tie", columns: &["flow"], org: by.org(), key: &key };
        transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            let done = sqlx::query(
                "delete from unit_tie where org_id = $1 and unit_id = $2 and other_id = $3",
            )
            .bind(by.org().number())
            .bind(one.to_string())
            .bind(other.to_string())
            .execute(&mut *tx)
            .await?;
            if done.rows_affected() == 0 {
                return Err(Error::Missing("tie").into());
            }
            let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "unit.untie",
                object: &format!("{one}/{other}"),
                detail: &told,
            });
            Ok(())
        })
    }
}
