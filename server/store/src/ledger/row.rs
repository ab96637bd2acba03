//! The statements of a ledger transaction. Many rows a statement, because the way to the engine costs more than
//! a row does; few different statements, so that the engines prepare each text once.
//!
//! What is there already is looked up one by one within a statement. Where a list is asked for, PostgreSQL may read the
//! whole market until it has counted its rows, and SQLite where the list is of pairs; `order by` names the key meant.

use std::collections::{BTreeMap, HashMap};

use kaishi_domain::encounter::{Confidence, Encounter, Kind, Source};
use kaishi_domain::moment::MINUTE;
use kaishi_domain::seal::{self, Link, Seal, Tip};
use kaishi_domain::{EncounterId, MarketRef, Moment, StallId};
use sqlx::{AssertSqlSafe, FromRow};

use super::batch::Row;
use super::text::{pieces, tuples, values};
use crate::Result;
use crate::pool::{Conn, Step, via};

/// Which of the nonces are in the ledger.
pub(super) async fn by_nonce(
    conn: &mut Conn<'_>,
    at: MarketRef,
    nonces: &[String],
) -> Step<HashMap<String, EncounterId>> {
    let mut found = HashMap::with_capacity(nonces.len());
    for piece in pieces(nonces) {
        let text = format!(
            "with wanted (nonce) as (values {})
             select w.nonce, (select encounter_id from encounter
               where org_id = $1 and market_id = $2 and nonce = w.nonce limit 1) from wanted w",
            tuples(3, piece.len(), 1)
        );
        let rows: Vec<(String, Option<String>)> = via!(conn, db => {
            let mut query = sqlx::query_as(AssertSqlSafe(text)).bind(at.org.number()).bind(at.market.to_string());
            for nonce in piece {
                query = query.bind(nonce);
            }
            query.fetch_all(db).await
        })?;
        for (nonce, id) in rows.into_iter().filter_map(|(nonce, id)| Some((nonce, id?))) {
            found.insert(nonce, id.parse()?);
        }
    }
    Ok(found)
}

/// Which of the visits are in the ledger.
pub(super) async fn by_visit(
    conn: &mut Conn<'_>,
    at: MarketRef,
    visits: &[(StallId, String)],
) -> Step<HashMap<(StallId, String), EncounterId>> {
    let mut found = HashMap::with_capacity(visits.len());
    for piece in pieces(visits) {
        let text = format!(
            "with wanted (stall_id, visitor) as (values {})
             select w.stall_id, w.visitor, (select encounter_id from encounter
               where org_id = $1 and market_id = $2 and visitor = w.visitor and stall_id = w.stall_id limit 1)
             from wanted w",
            tuples(3, piece.len(), 2)
        );
        let rows: Vec<(String, String, Option<String>)> = via!(conn, db => {
            let mut query = sqlx::query_as(AssertSqlSafe(text)).bind(at.org.number()).bind(at.market.to_string());
            for (stall, visitor) in piece {
                query = query.bind(stall.to_string()).bind(visitor);
            }
            query.fetch_all(db).await
        })?;
        for (stall, visitor, id) in rows.into_iter().filter_map(|(stall, tag, id)| Some((stall, tag, id?))) {
            found.insert((stall.parse()?, visitor), id.parse()?);
        }
    }
    Ok(found)
}

/// A row without its number.
#[derive(FromRow)]
pub(crate) struct Original {
    encounter_id: String,
    stall_id: String,
    source: String,
    kind: String,
    n: i64,
    confidence: String,
    labels: String,
    nonce: String,
    visitor: Option<String>,
    poster_id: Option<String>,
    device_id: Option<String>,
    refers_to: Option<String>,
    at: i64,
    arrived_at: i64,
}

impl Original {
    pub(crate) fn encounter(self, at: MarketRef) -> Result<Encounter> {
        Ok(Encounter {
            id: self.encounter_id.parse()?,
            org: at.org,
            market: at.market,
            stall: self.stall_id.parse()?,
            source: Source::from_code(&self.source)?,
            kind: Kind::from_code(&self.kind)?,
            n: self.n,
            confidence: Confidence::from_code(&self.confidence)?,
            labels: self.labels.parse()?,
            nonce: self.nonce,
            visitor: self.visitor,
            poster: self.poster_id.map(|id| id.parse()).transpose()?,
            device: self.device_id.map(|id| id.parse()).transpose()?,
            refers_to: self.refers_to.map(|id| id.parse()).transpose()?,
            at: Moment::from_millis(self.at),
            arrived_at: Moment::from_millis(self.arrived_at),
        })
    }
}

/// The whole rows that belong to these nonces.
pub(super) async fn originals(
    conn: &mut Conn<'_>,
    at: MarketRef,
    nonces: &[String],
) -> Step<HashMap<String, Encounter>> {
    let mut found = HashMap::with_capacity(nonces.len());
    for piece in pieces(nonces) {
        let text = format!(
            "select encounter_id, stall_id, source, kind, n, confidence, labels, nonce, visitor, poster_id, device_id,
               refers_to, at, arrived_at
             from encounter where org_id = $1 and market_id = $2 and nonce in {}",
            tuples(3, 1, piece.len())
        );
        let rows: Vec<Original> = via!(conn, db => {
            let mut query = sqlx::query_as(AssertSqlSafe(text)).bind(at.org.number()).bind(at.market.to_string());
            for nonce in piece {
                query = query.bind(nonce);
            }
            query.fetch_all(db).await
        })?;
        for row in rows {
            found.insert(row.nonce.clone(), row.encounter(at)?);
        }
    }
    Ok(found)
}

/// The numbers and links of the rows after the tip, which goes on to the last of them.
pub(super) fn link(seal: &Seal, tip: &mut Tip, rows: &[Row]) -> Vec<(i64, Link)> {
    let linked = |row: &Row| {
        let seq = tip.rows() + 1;
        (seq, tip.push(seal, seal::encounter(seq, &row.encounter).iter().map(String::as_str)))
    };
    rows.iter().map(linked).collect()
}

/// Adds the rows with their numbers and links and answers how many the unique keys let in.
pub(super) async fn insert(
    conn: &mut Conn<'_>,
    at: MarketRef,
    (rows, links): (&[Row], &[(i64, Link)]),
) -> Step<u64> {
    let numbered: Vec<_> = links.iter().zip(rows.iter().map(|row| &row.encounter)).collect();
    let mut written = 0;
    for piece in pieces(&numbered) {
        let text = format!(
            "insert into encounter (org_id, market_id, seq, encounter_id, stall_id, source, kind, n, confidence,
               labels, nonce, visitor, poster_id, device_id, refers_to, at, arrived_at, link)
             values {} on conflict do nothing",
            values(conn, piece.len(), 18)
        );
        written += via!(conn, db => {
            let mut query = sqlx::query(AssertSqlSafe(text));
            for ((seq, link), row) in piece {
                query = query
                    .bind(at.org.number())
                    .bind(at.market.to_string())
                    .bind(seq)
                    .bind(row.id.to_string())
                    .bind(row.stall.to_string())
                    .bind(row.source.code())
                    .bind(row.kind.code())
                    .bind(row.n)
                    .bind(row.confidence.code())
                    .bind(row.labels.to_string())
                    .bind(&row.nonce)
                    .bind(&row.visitor)
                    .bind(row.poster.map(|id| id.to_string()))
                    .bind(row.device.map(|id| id.to_string()))
                    .bind(row.refers_to.map(|id| id.to_string()))
                    .bind(row.at.millis())
                    .bind(row.arrived_at.millis())
                    .bind(link.to_string());
            }
            query.execute(db).await?.rows_affected()
        });
    }
    Ok(written)
}

/// A cell of the count table.
type Cell = (StallId, Source, Kind, Confidence, Moment);

/// Adds the rows to the counts, one minute a bucket.
pub(super) async fn tally(conn: &mut Conn<'_>, at: MarketRef, rows: &[Row]) -> Step<()> {
    let mut cells: BTreeMap<Cell, (i64, i64, i64)> = BTreeMap::new();
    for Row { encounter, late } in rows {
        let cell = (
            encounter.stall,
            encounter.source,
            encounter.kind,
            encounter.confidence,
            encounter.at.bucket(MINUTE),
        );
        let sum = cells.entry(cell).or_default();
        *sum = (sum.0 + encounter.n, sum.1 + late, sum.2 - encounter.n.min(0));
    }
    let cells: Vec<(Cell, (i64, i64, i64))> = cells.into_iter().collect();
    for piece in pieces(&cells) {
        let text = format!(
            "insert into tally (org_id, market_id, stall_id, source, kind, confidence, bucket, n, late, corrected)
             values {}
             on conflict (org_id, market_id, stall_id, source, kind, confidence, bucket)
             do update set n = tally.n + excluded.n, late = tally.late + excluded.late,
               corrected = tally.corrected + excluded.corrected",
            values(conn, piece.len(), 10)
        );
        via!(conn, db => {
            let mut query = sqlx::query(AssertSqlSafe(text));
            for ((stall, source, kind, confidence, bucket), (n, late, corrected)) in piece {
                query = query
                    .bind(at.org.number())
                    .bind(at.market.to_string())
                    .bind(stall.to_string())
                    .bind(source.code())
                    .bind(kind.code())
                    .bind(confidence.code())
                    .bind(bucket.millis())
                    .bind(n)
                    .bind(late)
                    .bind(corrected);
            }
            query.execute(db).await?;
        });
    }
    Ok(())
}
