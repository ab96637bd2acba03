//! Proof that nobody but this program wrote the ledger and the audit trail: every chain walked from its first row.
//!
//! Rows are read as texts, whatever their columns hold by now, so that a row which cannot be understood any more is a
//! finding and not an error.

mod backfill;
mod flaw;
mod head;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use kaishi_domain::seal::Chain;
use kaishi_domain::{MarketId, MarketRef, OrgId};

use crate::pool::on;
use crate::{Result, Store};
pub use flaw::{Flaw, What};
pub use head::{Anchored, Head};

/// What was found about one organization.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proof {
    /// Which.
    pub org: OrgId,
    /// Its name; empty when the organization itself is gone.
    pub name: String,
    /// The heads of its ledgers, as far as they are sound.
    pub ledgers: BTreeMap<MarketId, Head>,
    /// The head of its audit trail, as far as it is sound.
    pub audit: Head,
    /// Bulletins whose printed head was computed anew.
    pub bulletins: i64,
    /// The first bad row of each chain.
    pub flaws: Vec<Flaw>,
}

impl Proof {
    /// Rows of all its ledgers.
    pub fn rows(&self) -> i64 {
        self.ledgers.values().map(|head| head.rows).sum()
    }
}

impl Store {
    /// Walks every chain of every organization, also of those of which only rows are left. `anchored` are the heads
    /// that were written down outside the database.
    pub async fn verify(&self, anchored: &[Anchored]) -> Result<Vec<Proof>> {
        let names: BTreeMap<i64, String> =
            on!(self.read_pool(), db => sqlx::query_as("select org_id, name from organization").fetch_all(db).await)
                .map(|rows: Vec<(i64, String)>| rows.into_iter().collect())?;
        let mut orgs: BTreeSet<i64> = names.keys().copied().collect();
        let left: Vec<(i64,)> = on!(self.read_pool(), db => sqlx::query_as(
            "select org_id from ledger_head union select org_id from audit_head
             union select org_id from encounter union select org_id from audit",
        ).fetch_all(db).await)?;
        orgs.extend(left.into_iter().map(|(org,)| org));
        orgs.extend(anchored.iter().map(|anchor| anchor.org.number()));
        let mut proofs = Vec::with_capacity(orgs.len());
        for number in orgs {
            let org = OrgId::from_number(number)?;
            let anchor = anchored.iter().find(|anchor| anchor.org == org);
            let name = names.get(&number).cloned().unwrap_or_default();
            proofs.push(self.prove(org, name, anchor).await?);
        }
        Ok(proofs)
    }

    async fn prove(&self, org: OrgId, name: String, anchor: Option<&Anchored>) -> Result<Proof> {
        let mut flaws = Vec::new();
        let mut ledgers = BTreeMap::new();
        for market in self.ledgers_of(org, anchor).await? {
            let at = MarketRef { org, market };
            let known = anchor.and_then(|anchor| anchor.ledgers.get(&market));
            let walked = self.walk(Chain::Ledger(at), known).await?;
            ledgers.insert(market, walked.head);
            flaws.extend(walked.flaw);
        }
        let walked = self.walk(Chain::Audit(org), anchor.map(|anchor| &anchor.audit)).await?;
        flaws.extend(walked.flaw);
        let (bulletins, wrong) = self.printed_heads(org).await?;
        flaws.extend(wrong);
        Ok(Proof { org, name, ledgers, audit: walked.head, bulletins, flaws })
    }

    /// Every market of which there is anything: itself, its head, rows, or a head that was written down.
    async fn ledgers_of(&self, org: OrgId, anchor: Option<&Anchored>) -> Result<BTreeSet<MarketId>> {
        let rows: Vec<(String,)> = on!(self.read_pool(), db => sqlx::query_as(
            "select market_id from market where org_id = $1
             union select market_id from ledger_head where org_id = $1
             union select market_id from encounter where org_id = $1",
        ).bind(org.number()).fetch_all(db).await)?;
        let mut markets = BTreeSet::new();
        for (market,) in rows {
            markets.insert(market.parse()?);
        }
        markets.extend(anchor.into_iter().flat_map(|anchor| anchor.ledgers.keys().copied()));
        Ok(markets)
    }

    /// How many bulletins were printed, and those whose head their rows no longer have.
    async fn printed_heads(&self, org: OrgId) -> Result<(i64, Vec<Flaw>)> {
        let rows: Vec<(String, i64, i64, String)> = on!(self.read_pool(), db => sqlx::query_as(
            "select market_id, n, ledger_seq, ledger_head from bulletin_issue where org_id = $1
             order by market_id, n",
        ).bind(org.number()).fetch_all(db).await)?;
        let (mut many, mut flaws) = (0, Vec::new());
        for (market, n, seq, printed) in rows {
            many += 1;
            let at = MarketRef { org, market: market.parse()? };
            let now = self.ledger_head(at, seq).await;
            if now.map_or(true, |head| head.to_string() != printed) {
                flaws.push(Flaw { chain: Chain::Ledger(at), row: seq, id: None, what: What::Printed(n) });
            }
        }
        Ok((many, flaws))
    }
}
