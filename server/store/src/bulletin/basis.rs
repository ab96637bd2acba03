//! What a bulletin rests on at one moment: the counts, the ledger up to a row with the hash over it, the appeals and
//! the stalls. Frozen with a signature, so that a figure opens to the same rows for ever.

use std::collections::BTreeMap;

use kaishi_domain::actor::Viewer;
use kaishi_domain::appeal::Reference;
use kaishi_domain::bulletin::FigureKey;
use kaishi_domain::chain::Head;
use kaishi_domain::count::{Snapshot, StallCount};
use kaishi_domain::{MarketId, MarketRef, Moment};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;

use crate::pool::on;
use crate::{Error, Result, Store};

/// So often a ledger that grows while it is read is read anew.
const TRIES: usize = 4;

/// An appeal as it counts; what was said stays with the appeals.
#[derive(Clone, PartialEq, Eq, Debug, FromRow, Serialize, Deserialize)]
pub struct AppealLine {
    /// Which. Rows that were frozen before it was written down get it when they are read.
    #[serde(default)]
    pub appeal_id: String,
    /// The code of its slip, in rows that were frozen while it was written down: a right that nobody gets from here.
    #[serde(default, skip_serializing)]
    #[sqlx(default)]
    code: String,
    /// When it was raised.
    pub raised_at: i64,
    /// The stall's number; empty where there was none.
    pub stall: String,
    /// Category.
    pub category: String,
    /// How it came in.
    pub channel: String,
    /// Where it stands.
    pub state: String,
    /// `spot` or `later`, as the unit says.
    pub settled: Option<String>,
    /// When the resident agreed.
    pub confirmed_at: Option<i64>,
}

impl AppealLine {
    /// What staff call it.
    pub fn reference(&self) -> String {
        self.appeal_id.parse().map(|id| Reference::of(id).to_string()).unwrap_or_default()
    }

    /// Whether a figure counts it.
    pub fn counts_in(&self, key: FigureKey) -> bool {
        match key {
            FigureKey::Appeals => true,
            FigureKey::SettledOnSpot => self.settled.as_deref() == Some("spot"),
            FigureKey::Open => self.settled.as_deref() != Some("spot"),
            FigureKey::SettledByUnit => self.settled.is_some(),
            FigureKey::Confirmed => self.confirmed_at.is_some(),
            _ => false,
        }
    }
}

/// The rows of those figures that the ledger does not hold.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Lines {
    /// Appeals, in the order in which they were raised.
    pub appeals: Vec<AppealLine>,
    /// Stalls, in the order of their numbers.
    pub stalls: Vec<StallCount>,
}

impl Lines {
    /// Whether rows were frozen with codes.
    fn have_codes(&self) -> bool {
        self.appeals.iter().any(|line| line.appeal_id.is_empty())
    }

    /// Gives each such row the id of its appeal for its code.
    fn name(&mut self, known: &BTreeMap<String, String>) {
        for line in &mut self.appeals {
            let code = std::mem::take(&mut line.code);
            if let (true, Some(id)) = (line.appeal_id.is_empty(), known.get(&code)) {
                line.appeal_id.clone_from(id);
            }
        }
    }
}

/// Everything that a signature freezes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Basis {
    /// The counts.
    pub seen: Snapshot,
    /// The ledger's last row.
    pub seq: i64,
    /// The hash over its rows.
    pub head: Head,
    /// The other rows.
    pub lines: Lines,
}

impl Store {
    /// The counts with the ledger's last row, of one and the same version.
    pub async fn seen_with_seq(&self, at: MarketRef, now: Moment) -> Result<(Snapshot, i64)> {
        for _ in 0..TRIES {
            let (seq, version) = self.ledger_place(at).await?;
            let seen = self.snapshot(at, now).await?;
            if seen.version == version {
                return Ok((seen, seq));
            }
        }
        Err(Error::Unavailable("the ledger grows faster than it is read".into()))
    }

    /// Everything that would be signed now.
    pub async fn basis(&self, at: MarketRef, now: Moment) -> Result<Basis> {
        for _ in 0..TRIES {
            let (seen, seq) = self.seen_with_seq(at, now).await?;
            let head = self.ledger_head(at, seq).await?;
            let appeals = self.appeal_lines(at).await?;
            if self.ledger_place(at).await? == (seq, seen.version) {
                let lines = Lines { appeals, stalls: seen.stalls.clone() };
                return Ok(Basis { seen, seq, head, lines });
            }
        }
        Err(Error::Unavailable("the ledger grows faster than it is read".into()))
    }

    /// The rows outside the ledger as they are now.
    pub async fn lines(&self, by: &Viewer, market: MarketId, now: Moment) -> Result<Lines> {
        let at = MarketRef { org: by.org(), market };
        Ok(Lines { appeals: self.appeal_lines(at).await?, stalls: self.snapshot(at, now).await?.stalls })
    }

    /// Rows as they were frozen, each with the id of its appeal.
    pub(crate) async fn lines_read(&self, at: MarketRef, frozen: &str) -> Result<Lines> {
        let mut lines: Lines = serde_json::from_str(frozen)?;
        if lines.have_codes() {
            let known: Vec<(String, String)> = on!(self.read_pool(), db => sqlx::query_as(
                "select code, appeal_id from appeal where org_id = $1 and market_id = $2",
            ).bind(at.org.number()).bind(at.market.to_string()).fetch_all(db).await)?;
            lines.name(&known.into_iter().collect());
        }
        Ok(lines)
    }

    async fn ledger_place(&self, at: MarketRef) -> Result<(i64, i64)> {
        let place: Option<(i64, i64)> = on!(self.read_pool(), db => sqlx::query_as(
            "select seq, version from ledger_head where org_id = $1 and market_id = $2",
        ).bind(at.org.number()).bind(at.market.to_string()).fetch_optional(db).await)?;
        place.ok_or(Error::Missing("market"))
    }

    async fn appeal_lines(&self, at: MarketRef) -> Result<Vec<AppealLine>> {
        Ok(on!(self.read_pool(), db => sqlx::query_as(
            "select a.appeal_id, a.raised_at, coalesce(s.no, '') as stall, a.category, a.channel, a.state,
               a.settled, a.confirmed_at
             from appeal a left join stall s on s.org_id = a.org_id and s.market_id = a.market_id
               and s.stall_id = a.stall_id
             where a.org_id = $1 and a.market_id = $2 order by a.raised_at, a.appeal_id",
        ).bind(at.org.number()).bind(at.market.to_string()).fetch_all(db).await)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_was_frozen_with_a_code_is_told_by_its_reference() {
        let old = r#"{"appeals":[{"code":"4X9T2B","raised_at":1,"stall":"","category":"help","channel":"scan",
            "state":"raised","settled":null,"confirmed_at":null}],"stalls":[]}"#;
        let mut lines: Lines = serde_json::from_str(old).unwrap();
        assert!(lines.have_codes());
        let id = "018812ab000070008000070707070707".to_owned();
        lines.name(&[("4X9T2B".to_owned(), id.clone())].into());
        assert!(!lines.have_codes());
        assert_eq!(lines.appeals[0].appeal_id, id);
        assert_eq!(lines.appeals[0].reference(), "0W3G-E1R7");
        let again = serde_json::to_string(&lines).unwrap();
        assert!(again.contains(&id) && !again.contains("4X9T2B"), "{again}");
    }
}
