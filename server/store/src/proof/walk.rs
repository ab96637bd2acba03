//! One chain from its first row to its head, in one reading transaction.

use futures::TryStreamExt as _;
use kaishi_domain::seal::{self, Chain, Seal, Trace};
use sqlx::{AssertSqlSafe, Row as _};

use super::{Flaw, Head, What};
use crate::pool::look;
use crate::{Result, Store};

/// The columns of a ledger row in the order in which they are hashed; the last ones may be missing.
const LEDGER: &str =
    "cast(seq as text), cast(encounter_id as text), cast(stall_id as text), cast(source as text),
    cast(kind as text), cast(n as text), cast(confidence as text), cast(labels as text), cast(nonce as text),
    '+' || cast(visitor as text), '+' || cast(poster_id as text), '+' || cast(device_id as text),
    '+' || cast(refers_to as text), cast(at as text), cast(arrived_at as text), cast(link as text)";
/// Those of a row of the audit trail.
const AUDIT: &str = "cast(seq as text), cast(audit_id as text), cast(at as text), cast(actor as text),
    cast(verb as text), cast(object as text), cast(detail as text), cast(link as text)";
/// The places of the ledger's columns that may be missing.
const OPTIONAL: std::ops::Range<usize> = 9..13;

/// How far a chain is sound.
pub(super) struct Walked {
    pub head: Head,
    pub flaw: Option<Flaw>,
}

/// A walk on its way.
struct Walk<'a> {
    seal: &'a Seal,
    chain: Chain,
    /// What the database says that the head is.
    head: Option<(i64, String, String)>,
    /// What was written down outside of it.
    anchor: Option<&'a Head>,
    rows: i64,
    trace: Trace,
    flaw: Option<Flaw>,
}

impl Store {
    /// Walks a chain until its end or its first bad row.
    pub(super) async fn walk(&self, chain: Chain, anchor: Option<&Head>) -> Result<Walked> {
        let (table, order, head, org, market) = match chain {
            Chain::Ledger(at) => {
                ("encounter", "seq", "ledger_head", at.org.number(), Some(at.market.to_string()))
            }
            Chain::Audit(org) => {
                ("audit", "coalesce(seq, 9223372036854775807), audit_id", "audit_head", org.number(), None)
            }
        };
        let columns = if market.is_some() { LEDGER } else { AUDIT };
        // A trail has no market: the second parameter is there in both, so that both are bound alike.
        let of = if market.is_some() { "market_id = $2" } else { "$2 = ''" };
        // By the table's own column: a bare `seq` is the text of that name to PostgreSQL, and 10 comes before 2.
        let order = if market.is_some() { format!("{table}.{order}") } else { order.to_owned() };
        let market = market.unwrap_or_default();
        let text = format!("select {columns} from {table} where org_id = $1 and {of} order by {order}");
        let above = format!("select seq, link, mark from {head} where org_id = $1 and {of}");
        look!(self, tx => {
            let head: Option<(i64, String, String)> = sqlx::query_as(AssertSqlSafe(above))
                .bind(org).bind(&market).fetch_optional(&mut *tx).await?;
            let mut walk = Walk::begin(self.seal(), chain, head, anchor);
            let mut rows = sqlx::query(AssertSqlSafe(text)).bind(org).bind(&market).fetch(&mut *tx);
            while let Some(row) = rows.try_next().await? {
                let texts: sqlx::Result<Vec<Option<String>>> =
                    (0..row.columns().len()).map(|at| row.try_get(at)).collect();
                // Bytes that are no text were not written by this program.
                if !walk.step(&texts.unwrap_or_default()) {
                    break;
                }
            }
            drop(rows);
            Ok(walk.end())
        })
    }
}

impl<'a> Walk<'a> {
    fn begin(
        seal: &'a Seal,
        chain: Chain,
        head: Option<(i64, String, String)>,
        anchor: Option<&'a Head>,
    ) -> Self {
        let mut walk =
            Self { seal, chain, head, anchor, rows: 0, trace: Trace::start(seal, chain), flaw: None };
        walk.meet_anchor();
        walk
    }

    /// One more row; answers whether to go on.
    fn step(&mut self, texts: &[Option<String>]) -> bool {
        let next = self.rows + 1;
        let text = |at: usize| texts.get(at).and_then(Option::as_deref);
        let id = text(1).map(str::to_owned);
        let Some(seq) = text(0).and_then(|seq| seq.parse::<i64>().ok()) else {
            return self.found(next, id, What::Foreign);
        };
        if seq > next {
            return self.found(next, None, What::Missing);
        }
        if seq < next {
            return self.found(seq, id, What::Foreign);
        }
        if self.head.as_ref().is_some_and(|(rows, ..)| seq > *rows) {
            return self.found(seq, id, What::Foreign);
        }
        let Some((link, columns)) = texts.split_last() else { return self.found(seq, id, What::Changed) };
        let optional = if matches!(self.chain, Chain::Ledger(_)) { OPTIONAL } else { 0..0 };
        let mut plain = Vec::with_capacity(columns.len());
        for (at, column) in columns.iter().enumerate() {
            match column {
                Some(text) => plain.push(text.as_str()),
                None if optional.contains(&at) => plain.push(seal::NONE),
                None => return self.found(seq, id, What::Changed),
            }
        }
        if !link.as_deref().is_some_and(|link| self.trace.push(self.seal, &plain, link)) {
            return self.found(seq, id, What::Changed);
        }
        self.rows = seq;
        self.meet_anchor()
    }

    fn found(&mut self, row: i64, id: Option<String>, what: What) -> bool {
        self.flaw.get_or_insert(Flaw { chain: self.chain, row, id, what });
        false
    }

    /// Whether the chain is here what it was when its head was written down.
    fn meet_anchor(&mut self) -> bool {
        match self.anchor {
            Some(anchor) if anchor.rows == self.rows && self.trace.stands_at(&anchor.link).is_none() => {
                self.found(self.rows, None, What::Anchor)
            }
            _ => true,
        }
    }

    /// After the last row.
    fn end(mut self) -> Walked {
        if self.flaw.is_none() {
            self.meet_head();
        }
        Walked { head: Head { rows: self.rows, link: self.trace.link().to_string() }, flaw: self.flaw }
    }

    fn meet_head(&mut self) {
        let rows = self.rows;
        let anchored = self.anchor.map_or(0, |anchor| anchor.rows);
        match self.head.take() {
            None => self.found(rows, None, What::NoHead),
            Some((upto, ..)) if upto.max(anchored) > rows => self.found(rows + 1, None, What::Missing),
            Some((_, link, mark)) => {
                let stands = self.trace.stands_at(&link);
                let sound = stands.is_some_and(|link| mark == self.seal.mark(self.chain, rows, link));
                sound || self.found(rows, None, What::Head)
            }
        };
    }
}
