//! The ledger's rows behind a figure, page by page and stall by stall. For organizers: a committee sees totals.

use kaishi_domain::actor::Reader;
use kaishi_domain::bulletin::FigureKey;
use kaishi_domain::encounter::{Confidence, Kind, LATE_AFTER, Source};
use kaishi_domain::{MarketId, Moment};
use sqlx::FromRow;

use crate::pool::on;
use crate::{Result, Store};

/// Which rows are asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Slice {
    /// The figure that they make; `None` for the whole ledger.
    pub key: Option<FigureKey>,
    /// Rows after this one.
    pub after: i64,
    /// Up to this one.
    pub upto: i64,
    /// At most so many.
    pub most: i64,
}

/// A row of the ledger as a person reads it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LedgerLine {
    /// Its number.
    pub seq: i64,
    /// Its stall's printed number.
    pub stall: String,
    /// What stood on the stall's sign.
    pub name: String,
    /// How it came in.
    pub source: Source,
    /// What happened.
    pub kind: Kind,
    /// How many people.
    pub n: i64,
    /// How far it is believed.
    pub confidence: Confidence,
    /// The number of the row that it takes back.
    pub takes_back: Option<i64>,
    /// When it happened.
    pub at: Moment,
    /// When it arrived.
    pub arrived_at: Moment,
    /// It, or what it takes back, arrived late.
    pub late: bool,
}

#[derive(FromRow)]
struct Row {
    seq: i64,
    no: String,
    name: Option<String>,
    source: String,
    kind: String,
    n: i64,
    confidence: String,
    takes_back: Option<i64>,
    at: i64,
    arrived_at: i64,
    late: i64,
}

/// What a figure's rows have in common; an empty text and 0 stand for any.
struct Filter {
    source: &'static str,
    talk: i64,
    confidence: &'static str,
    late: i64,
}

impl Filter {
    fn of(key: Option<FigureKey>) -> Self {
        let (source, talk, confidence, late) = match key {
            Some(FigureKey::Encounters) => ("", -1, "normal", 0),
            Some(FigureKey::Scan) => ("scan", -1, "normal", 0),
            Some(FigureKey::Staff) => ("staff", -1, "normal", 0),
            Some(FigureKey::Paper) => ("paper", -1, "normal", 0),
            Some(FigureKey::Late) => ("", -1, "normal", 1),
            Some(FigureKey::PendingReview) => ("", -1, "low", 0),
            Some(FigureKey::Talks) => ("", 1, "", 0),
            _ => ("", 0, "", 0),
        };
        Self { source, talk, confidence, late }
    }
}

/// A stall's part of a figure: its number, its name, how many rows, how many people.
#[derive(Clone, PartialEq, Eq, Debug, FromRow)]
pub struct StallPart {
    /// Printed number.
    pub no: String,
    /// What stood on its sign.
    pub name: String,
    /// Rows.
    pub rows: i64,
    /// People.
    pub n: i64,
}

/// The ledger with the row that each one takes back, filtered: `$1` to `$8` are bound by [`bind`].
macro_rules! filtered {
    ($select:literal, $end:literal) => {
        concat!(
            $select,
            " from encounter e
             join stall s on s.org_id = e.org_id and s.market_id = e.market_id and s.stall_id = e.stall_id
             left join encounter o on o.org_id = e.org_id and o.market_id = e.market_id
               and o.encounter_id = e.refers_to
             left join assignment a on a.org_id = e.org_id and a.market_id = e.market_id
               and a.stall_id = e.stall_id
             left join entry y on y.org_id = a.org_id and y.market_id = a.market_id and y.entry_id = a.entry_id
             where e.org_id = $1 and e.market_id = $2 and e.seq <= $3 and e.seq > $4
               and ($5 = '' or e.source = $5)
               and ($6 = 0 or ($6 = 1 and e.kind = 'talk') or ($6 = -1 and e.kind <> 'talk'))
               and ($7 = '' or e.confidence = $7)
               and ($8 = 0 or coalesce(o.arrived_at, e.arrived_at) - e.at > $9) ",
            $end
        )
    };
}

impl Store {
    /// Rows of the ledger, in their order.
    pub async fn ledger_lines(&self, by: &Reader, market: MarketId, slice: Slice) -> Result<Vec<LedgerLine>> {
        let filter = Filter::of(slice.key);
        let rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(filtered!(
            "select e.seq, s.no, y.name, e.source, e.kind, e.n, e.confidence, o.seq as takes_back, e.at,
               e.arrived_at,
               cast(case when coalesce(o.arrived_at, e.arrived_at) - e.at > $9 then 1 else 0 end as bigint) as late",
            "order by e.seq limit $10"
        ))
        .bind(by.org().number())
        .bind(market.to_string())
        .bind(slice.upto)
        .bind(slice.after)
        .bind(filter.source)
        .bind(filter.talk)
        .bind(filter.confidence)
        .bind(filter.late)
        .bind(LATE_AFTER)
        .bind(slice.most)
        .fetch_all(db).await)?;
        rows.into_iter().map(Row::line).collect()
    }

    /// What each stall adds to a figure, in the order of their numbers.
    pub async fn figure_parts(&self, by: &Reader, market: MarketId, slice: Slice) -> Result<Vec<StallPart>> {
        let filter = Filter::of(slice.key);
        let mut parts: Vec<StallPart> = on!(self.read_pool(), db => sqlx::query_as(filtered!(
            "select s.no, coalesce(max(y.name), '') as name, count(*) as rows, cast(sum(e.n) as bigint) as n",
            "group by s.stall_id, s.no order by s.no"
        ))
        .bind(by.org().number())
        .bind(market.to_string())
        .bind(slice.upto)
        .bind(slice.after)
        .bind(filter.source)
        .bind(filter.talk)
        .bind(filter.confidence)
        .bind(filter.late)
        .bind(LATE_AFTER)
        .fetch_all(db).await)?;
        parts.sort_by_cached_key(|part| (part.no.parse::<u32>().unwrap_or(u32::MAX), part.no.clone()));
        Ok(parts)
    }
}

impl Row {
    fn line(self) -> Result<LedgerLine> {
        Ok(LedgerLine {
            seq: self.seq,
            stall: self.no,
            name: self.name.unwrap_or_default(),
            source: Source::from_code(&self.source)?,
            kind: Kind::from_code(&self.kind)?,
            n: self.n,
            confidence: Confidence::from_code(&self.confidence)?,
            takes_back: self.takes_back,
            at: Moment::from_millis(self.at),
            arrived_at: Moment::from_millis(self.arrived_at),
            late: self.late == 1,
        })
    }
}
