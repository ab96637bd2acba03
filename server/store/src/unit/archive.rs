//! Putting a unit aside and bringing it back. Its Saturdays, its papers and its record stay.

use kaishi_domain::actor::Organizer;
use kaishi_domain::unit::archive::reason;
use kaishi_domain::{Moment, Refusal, UnitId};

use super::read;
use crate::audit;
use crate::pool::transact;
use crate::{Result, Store};

impl Store {
    /// Puts a unit aside. While it is on the roster of a Saturday that is not over, or has answered its call, this is
    /// refused as `coming`. Its links open nothing any more.
    pub async fn unit_archive(&self, by: &Organizer, id: UnitId, why: &str, now: Moment) -> Result<()> {
        let why = reason(why)?;
        let fresh = self.fresh_text();
        transact!(self, tx => {
            let before = read(&mut (&mut *tx).into(), by.org(), id).await?;
            if before.archived_at.is_some() {
                return Err(Refusal::WrongState("archived".into()).into());
            }
            let done = sqlx::query(
                "update unit set archived_at = $3, archived_why = $4
                 where org_id = $1 and unit_id = $2 and archived_at is null
                   and not exists (select 1 from entry e
                     join market m on m.org_id = e.org_id and m.market_id = e.market_id
                     where e.org_id = $1 and e.unit_id = $2 and m.closes_at > $3
                       and m.stage not in ('closed', 'filed'))
                   and not exists (select 1 from claim c
                     join market m on m.org_id = c.org_id and m.market_id = c.market_id
                     where c.org_id = $1 and c.unit_id = $2 and c.living = 1 and m.closes_at > $3
                       and m.stage not in ('closed', 'filed'))",
            )
            .bind(by.org().number())
            .bind(id.to_string())
            .bind(now.millis())
            .bind(&why)
            .execute(&mut *tx)
            .await?;
            if done.rows_affected() == 0 {
                return Err(Refusal::WrongState("coming".into()).into());
            }
            sqlx::query(
                "update link set revoked_at = $3
                 where org_id = $1 and unit_id = $2 and purpose = 'unit' and revoked_at is null",
            )
            .bind(by.org().number())
            .bind(id.to_string())
            .bind(now.millis())
            .execute(&mut *tx)
            .await?;
            audit::signed!(tx, &fresh, (by, now), "unit.archive", &id.to_string(), &why);
            Ok(())
        })
    }

    /// Brings a unit back with the reason.
    pub async fn unit_restore(&self, by: &Organizer, id: UnitId, why: &str, now: Moment) -> Result<()> {
        let why = reason(why)?;
        let fresh = self.fresh_text();
        transact!(self, tx => {
            read(&mut (&mut *tx).into(), by.org(), id).await?;
            let done = sqlx::query(
                "update unit set archived_at = null, archived_why = ''
                 where org_id = $1 and unit_id = $2 and archived_at is not null",
            )
            .bind(by.org().number())
            .bind(id.to_string())
            .execute(&mut *tx)
            .await?;
            if done.rows_affected() == 0 {
                return Err(Refusal::WrongState("here".into()).into());
            }
            audit::signed!(tx, &fresh, (by, now), "unit.restore", &id.to_string(), &why);
            Ok(())
        })
    }
}
