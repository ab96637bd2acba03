//! Heads as they are written down outside the database, and whether it has gone on from them.

use std::collections::BTreeMap;

use kaishi_domain::actor::Auditor;
use kaishi_domain::seal::Chain;
use kaishi_domain::{MarketId, MarketRef, OrgId};
use serde::{Deserialize, Serialize};

use crate::pool::on;
use crate::{Error, Result, Store};

/// How many rows a chain has, and its last link.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Head {
    /// Rows.
    pub rows: i64,
    /// The link of the last one.
    pub link: String,
}

/// The heads of one organization at one time.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Anchored {
    /// Whose.
    pub org: OrgId,
    /// Of its audit trail.
    pub audit: Head,
    /// Of the ledger of each of its markets.
    pub ledgers: BTreeMap<MarketId, Head>,
}

impl Store {
    /// The head of the audit trail of an organization.
    pub async fn trail_head(&self, by: &Auditor) -> Result<Head> {
        let head: Option<(i64, String)> = on!(self.read_pool(), db => sqlx::query_as(
            "select seq, link from audit_head where org_id = $1",
        ).bind(by.org().number()).fetch_optional(db).await)?;
        let (rows, link) = head.ok_or(Error::Missing("head"))?;
        Ok(Head { rows, link })
    }

    /// The heads of all chains as they stand.
    pub async fn heads(&self) -> Result<Vec<Anchored>> {
        let trails: Vec<(i64, i64, String)> = on!(self.read_pool(), db => sqlx::query_as(
            "select org_id, seq, link from audit_head order by org_id",
        ).fetch_all(db).await)?;
        let ledgers: Vec<(i64, String, i64, String)> = on!(self.read_pool(), db => sqlx::query_as(
            "select org_id, market_id, seq, link from ledger_head",
        ).fetch_all(db).await)?;
        let mut found = BTreeMap::new();
        for (number, rows, link) in trails {
            let org = OrgId::from_number(number)?;
            let audit = Head { rows, link };
            found.insert(number, Anchored { org, audit, ledgers: BTreeMap::new() });
        }
        for (number, market, rows, link) in ledgers {
            if let Some(anchored) = found.get_mut(&number) {
                anchored.ledgers.insert(market.parse()?, Head { rows, link });
            }
        }
        Ok(found.into_values().collect())
    }

    /// The chains that have not gone on from what was written down: rows fewer than then, or another row in the place
    /// of the last one.
    pub async fn turned_back(&self, then: &[Anchored], now: &[Anchored]) -> Result<Vec<Chain>> {
        let mut back = Vec::new();
        for old in then {
            let new = now.iter().find(|new| new.org == old.org);
            let chains = old.ledgers.iter().map(|(market, head)| {
                let chain = Chain::Ledger(MarketRef { org: old.org, market: *market });
                (chain, head, new.and_then(|new| new.ledgers.get(market)))
            });
            let audit = (Chain::Audit(old.org), &old.audit, new.map(|new| &new.audit));
            for (chain, was, is) in chains.chain([audit]) {
                if !self.goes_on(chain, was, is).await? {
                    back.push(chain);
                }
            }
        }
        Ok(back)
    }

    async fn goes_on(&self, chain: Chain, was: &Head, is: Option<&Head>) -> Result<bool> {
        let Some(is) = is else { return Ok(false) };
        if is.rows == was.rows || was.rows == 0 {
            return Ok(is.rows > was.rows || is.link == was.link);
        }
        let row: Option<(Option<String>,)> = match chain {
            Chain::Ledger(at) => on!(self.read_pool(), db => sqlx::query_as(
                "select link from encounter where org_id = $1 and market_id = $2 and seq = $3",
            ).bind(at.org.number()).bind(at.market.to_string()).bind(was.rows).fetch_optional(db).await)?,
            Chain::Audit(org) => on!(self.read_pool(), db => sqlx::query_as(
                "select link from audit where org_id = $1 and seq = $2",
            ).bind(org.number()).bind(was.rows).fetch_optional(db).await)?,
        };
        Ok(row.and_then(|(link,)| link).as_deref() == Some(&was.link))
    }
}
