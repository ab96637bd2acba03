//! Rows that were there before the chains: linked once, when nothing at all is sealed yet.

use kaishi_domain::encounter::Encounter;
use kaishi_domain::seal::{self, Chain, Tip};
use kaishi_domain::{MarketRef, Moment, OrgId};
use sqlx::FromRow;

use crate::ledger::Numbered;
use crate::pool::{Conn, Step, on, transact, via};
use crate::{Result, Store};

/// A row of the trail from before it was a chain.
#[derive(FromRow)]
struct Plain {
    audit_id: String,
    at: i64,
    actor: String,
    verb: String,
    object: String,
    detail: String,
}

impl Store {
    /// Links what stands, unless anything is sealed: a chain that somebody took apart is never put together again.
    pub(crate) async fn link_what_stands(&self) -> Result<()> {
        let sealed: i64 = on!(self.read_pool(), db => sqlx::query_scalar(
            "select (select count(*) from audit_head) + (select count(*) from ledger_head where mark <> '')",
        ).fetch_one(db).await)?;
        let orgs: Vec<(i64,)> = on!(self.read_pool(), db => sqlx::query_as("select org_id from organization").fetch_all(db).await)?;
        if sealed > 0 || orgs.is_empty() {
            return Ok(());
        }
        transact!(self, tx => {
            let mut conn = Conn::from(&mut *tx);
            for (number,) in &orgs {
                let org = OrgId::from_number(*number)?;
                self.link_ledgers(&mut conn, org).await?;
                self.link_trail(&mut conn, org).await?;
            }
            Ok(())
        })
    }

    async fn link_ledgers(&self, conn: &mut Conn<'_>, org: OrgId) -> Step<()> {
        let markets: Vec<(String,)> = via!(conn, db => sqlx::query_as(
            "select market_id from ledger_head where org_id = $1",
        ).bind(org.number()).fetch_all(db).await)?;
        for (market,) in markets {
            let at = MarketRef { org, market: market.parse()? };
            let rows: Vec<Numbered> = via!(conn, db => sqlx::query_as(
                "select seq, encounter_id, stall_id, source, kind, n, confidence, nonce, visitor, poster_id,
                   device_id, refers_to, at, arrived_at, labels
                 from encounter where org_id = $1 and market_id = $2 order by seq",
            ).bind(org.number()).bind(&market).fetch_all(db).await)?;
            let mut tip = Tip::start(self.seal(), Chain::Ledger(at));
            for Numbered { seq, row } in rows {
                let row: Encounter = row.encounter(at)?;
                let link = tip.push(self.seal(), seal::encounter(seq, &row).iter().map(String::as_str));
                via!(conn, db => sqlx::query(
                    "update encounter set link = $4 where org_id = $1 and market_id = $2 and seq = $3",
                ).bind(org.number()).bind(&market).bind(seq).bind(link.to_string()).execute(db).await.map(drop))?;
            }
            via!(conn, db => sqlx::query(
                "update ledger_head set link = $3, mark = $4 where org_id = $1 and market_id = $2",
            ).bind(org.number()).bind(&market).bind(tip.link().to_string()).bind(tip.mark(self.seal()))
                .execute(db).await.map(drop))?;
        }
        Ok(())
    }

    async fn link_trail(&self, conn: &mut Conn<'_>, org: OrgId) -> Step<()> {
        let rows: Vec<Plain> = via!(conn, db => sqlx::query_as(
            "select audit_id, at, actor, verb, object, detail from audit where org_id = $1 order by at, audit_id",
        ).bind(org.number()).fetch_all(db).await)?;
        let mut tip = Tip::start(self.seal(), Chain::Audit(org));
        for row in &rows {
            let seq = tip.rows() + 1;
            let act = seal::Act {
                id: &row.audit_id,
                at: Moment::from_millis(row.at),
                actor: &row.actor,
                verb: &row.verb,
                object: &row.object,
                detail: &row.detail,
            };
            let link = tip.push(self.seal(), act.columns(seq).iter().map(String::as_str));
            via!(conn, db => sqlx::query(
                "update audit set seq = $3, link = $4 where org_id = $1 and audit_id = $2",
            ).bind(org.number()).bind(&row.audit_id).bind(seq).bind(link.to_string()).execute(db).await.map(drop))?;
        }
        via!(conn, db => sqlx::query("insert into audit_head (org_id, seq, link, mark) values ($1, $2, $3, $4)
             on conflict (org_id) do nothing")
            .bind(org.number()).bind(tip.rows()).bind(tip.link().to_string()).bind(tip.mark(self.seal()))
            .execute(db).await.map(drop))?;
        Ok(())
    }
}
