//! From one key to the next: every head is marked anew, every contact is closed anew, and the database names the key
//! that it belongs to from then on. All of it or nothing.

use kaishi_domain::seal::{Chain, Seal, Tip};
use kaishi_domain::{MarketRef, Moment, OrgId};

use crate::audit::{self, Act, told};
use crate::pool::{Conn, Step, on, transact, via};
use crate::vault::NONCE;
use crate::{Error, Result, Store};

/// Who turns a key, in the trail.
const OPERATOR: &str = "operator";

/// From which key to which.
#[derive(Clone, Debug)]
pub struct Turn {
    /// The number of the key before, and its check.
    pub from: (u8, String),
    /// The number of the key that signs now, and its check.
    pub to: (u8, String),
}

/// What was done anew.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Rekeyed {
    /// Heads of chains.
    pub heads: usize,
    /// Contacts.
    pub contacts: usize,
}

impl Store {
    /// The check of the key that this database belongs to; `None` before it was served the first time.
    pub async fn key_known(&self) -> Result<Option<String>> {
        Ok(on!(self.read_pool(), db => sqlx::query_scalar(
            "select key_check from installation where org_id = $1",
        ).bind(OrgId::INSTALLATION.number()).fetch_optional(db).await)?)
    }

    /// Moves everything from the key of before, whose seal is `was`, to the one that this store writes with. Of two at
    /// once one moves it. A head that was broken stays so.
    pub async fn rekey(&self, was: &Seal, turn: &Turn, now: Moment) -> Result<Rekeyed> {
        let orgs = self.organizations().await?;
        let done = transact!(self, tx => {
            let moved = sqlx::query(
                "update installation set key_check = $3 where org_id = $1 and key_check = $2",
            )
            .bind(OrgId::INSTALLATION.number())
            .bind(&turn.from.1)
            .bind(&turn.to.1)
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if moved == 0 {
                return Err(Error::Taken("the key of this database".into()).into());
            }
            let (mut conn, mut done) = (Conn::from(&mut *tx), Rekeyed::default());
            for org in orgs.iter().map(|one| one.id) {
                done.heads += self.mark_ledgers(&mut conn, org, was).await?;
                done.contacts += self.close_contacts(&mut conn, org).await?;
                done.heads += self.mark_trail(&mut conn, org, was).await?;
                self.tell_turn(&mut conn, org, turn, now).await?;
            }
            Ok(done)
        })?;
        self.scans.clear();
        Ok(done)
    }

    async fn mark_ledgers(&self, conn: &mut Conn<'_>, org: OrgId, was: &Seal) -> Step<usize> {
        let heads: Vec<(String, i64, String, String)> = via!(conn, db => sqlx::query_as(
            "select market_id, seq, link, mark from ledger_head where org_id = $1",
        ).bind(org.number()).fetch_all(db).await)?;
        for (market, seq, link, mark) in &heads {
            let chain = Chain::Ledger(MarketRef { org, market: market.parse()? });
            let mark = Tip::read(was, chain, *seq, link, mark).mark(self.seal());
            via!(conn, db => sqlx::query(
                "update ledger_head set mark = $3 where org_id = $1 and market_id = $2",
            ).bind(org.number()).bind(market).bind(mark).execute(db).await.map(drop))?;
        }
        Ok(heads.len())
    }

    async fn mark_trail(&self, conn: &mut Conn<'_>, org: OrgId, was: &Seal) -> Step<usize> {
        let head: Option<(i64, String, String)> = via!(conn, db => sqlx::query_as(
            "select seq, link, mark from audit_head where org_id = $1",
        ).bind(org.number()).fetch_optional(db).await)?;
        let Some((seq, link, mark)) = head else { return Ok(0) };
        let mark = Tip::read(was, Chain::Audit(org), seq, &link, &mark).mark(self.seal());
        via!(conn, db => sqlx::query("update audit_head set mark = $2 where org_id = $1")
            .bind(org.number()).bind(mark).execute(db).await.map(drop))?;
        Ok(1)
    }

    async fn close_contacts(&self, conn: &mut Conn<'_>, org: OrgId) -> Step<usize> {
        let vault = self.vault()?;
        let kept: Vec<(String, String)> = via!(conn, db => sqlx::query_as(
            "select appeal_id, sealed from appeal_contact where org_id = $1",
        ).bind(org.number()).fetch_all(db).await)?;
        let mut done = 0;
        for (appeal, sealed) in kept.iter().filter(|(_, sealed)| vault.is_of_old(sealed)) {
            let place = crate::appeal::contact_place(org, appeal);
            let again = vault.seal(&vault.open(sealed, &place)?, &place, self.random::<NONCE>())?;
            via!(conn, db => sqlx::query(
                "update appeal_contact set sealed = $3 where org_id = $1 and appeal_id = $2",
            ).bind(org.number()).bind(appeal).bind(again).execute(db).await.map(drop))?;
            done += 1;
        }
        Ok(done)
    }

    async fn tell_turn(&self, conn: &mut Conn<'_>, org: OrgId, turn: &Turn, now: Moment) -> Step<()> {
        let key = |number: u8| std::collections::BTreeMap::from([("key", number)]);
        let detail = told(&key(turn.from.0), &key(turn.to.0));
        let act = Act {
            org,
            at: now,
            actor: OPERATOR,
            verb: "key.rotate",
            object: "installation",
            detail: &detail,
        };
        audit::note(conn, &self.fresh_text(), act).await
    }
}
