//! Who leaves makes room: the presence goes, and the first of those who wait and may come moves up.

use kaishi_domain::call::{Ask, Claim};
use kaishi_domain::moment::Day;
use kaishi_domain::unit::gate;
use kaishi_domain::{EntryId, WantId};

use super::claim::{COLUMNS, Row};
use super::flow::Desk;
use crate::pool::{Step, via};
use crate::unit::{barred, registered};
use crate::{Error, ledger};

impl Desk<'_, '_> {
    /// Who has left no longer stands anywhere, and the next of those who wait moves up.
    pub(super) async fn vacate(&mut self, claim: &Claim, entry: EntryId) -> Step<()> {
        let statements: &[&'static str] = if self.reopen(claim, entry).await? {
            &[]
        } else {
            &[
                "delete from assignment where org_id = $1 and market_id = $2 and entry_id = $3",
                "delete from entry where org_id = $1 and market_id = $2 and entry_id = $3",
            ]
        };
        for statement in statements {
            via!(&mut self.conn, db => sqlx::query(*statement)
                .bind(self.at.org.number())
                .bind(self.at.market.to_string())
                .bind(entry.to_string())
                .execute(db)
                .await
                .map(drop))?;
        }
        if let Ask::Bid(want) = claim.ask {
            self.count(want, "update want set taken = taken - 1 where org_id = $1 and market_id = $2 and want_id = $3 and taken > 0").await?;
            self.fill(want).await?;
        }
        ledger::touch(&mut self.conn, self.at).await
    }

    /// Those who wait get the places that are free, in the order in which they came.
    pub(super) async fn fill(&mut self, want: WantId) -> Step<()> {
        while self.promote(want).await? {}
        Ok(())
    }

    /// Who has left leaves a presence that looks for a unit again, if the want had posted it; says whether so.
    async fn reopen(&mut self, claim: &Claim, entry: EntryId) -> Step<bool> {
        let Ask::Bid(want) = claim.ask else { return Ok(false) };
        let open = via!(&mut self.conn, db => sqlx::query(
            "update entry set unit_id = null where org_id = $1 and market_id = $2 and entry_id = $3
               and name = (select title from want where org_id = $1 and market_id = $2 and want_id = $4)",
        )
        .bind(self.at.org.number())
        .bind(self.at.market.to_string())
        .bind(entry.to_string())
        .bind(want.to_string())
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(open == 1)
    }

    /// The first of those who wait and may still come gets a place; says whether somebody did.
    async fn promote(&mut self, want: WantId) -> Step<bool> {
        let Some(claim) = self.next(want).await? else { return Ok(false) };
        if !self.seat(want).await? {
            return Ok(false);
        }
        let (was, now) = (claim.state.clone(), self.now);
        let next = self.accept(claim, |state, entry| state.promote(entry, now)).await?;
        self.write(&next, &was, "claim.promote").await?;
        Ok(true)
    }

    /// The first of those who wait that is welcome and has its papers for that day. Who is passed over waits on.
    async fn next(&mut self, want: WantId) -> Step<Option<Claim>> {
        let text = format!(
            "select {COLUMNS} where c.org_id = $1 and c.market_id = $2 and c.want_id = $3
             and c.state = 'waitlisted' and not {} order by c.made_at, c.claim_id",
            barred!("u.")
        );
        let rows: Vec<Row> = via!(&mut self.conn, db => sqlx::query_as(sqlx::AssertSqlSafe(text))
            .bind(self.at.org.number())
            .bind(self.at.market.to_string())
            .bind(want.to_string())
            .fetch_all(db)
            .await)?;
        if rows.is_empty() {
            return Ok(None);
        }
        let day = self.day().await?;
        for row in rows {
            let claim = Claim::try_from(row)?;
            let unit = registered(&mut self.conn, self.at.org, claim.unit).await?;
            if gate(&unit, &claim.pitch.services, day).is_empty() {
                return Ok(Some(claim));
            }
        }
        Ok(None)
    }

    /// The day of the market.
    async fn day(&mut self) -> Step<Day> {
        let held_on: Option<(String,)> = via!(&mut self.conn, db => sqlx::query_as(
            "select held_on from market where org_id = $1 and market_id = $2",
        )
        .bind(self.at.org.number())
        .bind(self.at.market.to_string())
        .fetch_optional(db)
        .await)?;
        let (held_on,) = held_on.ok_or(Error::Missing("market"))?;
        Ok(Day::parse(&held_on)?)
    }
}
