//! A market's head: how far its chain has come, and how many visitors it has counted. Whoever moves it on holds it until
//! the commit, so that numbers are gap-free and what was read stays true.

use kaishi_domain::MarketRef;
use kaishi_domain::seal::{Chain, Seal, Tip};
use sqlx::AssertSqlSafe;

use super::batch::Row;
use super::text::{pieces, tuples};
use crate::pool::{Conn, Step, via};

/// Of the visitors in `tag` the ones that the market knows. One by one: where a list is asked for, PostgreSQL may read
/// the whole market until it has counted its rows; `order by` names the key that is meant.
const KNOWN: &str = "(select count(*) from tag where 1 =
               (select count(*) from (select 1 from encounter
                where org_id = $1 and market_id = $2 and visitor = tag.visitor order by stall_id limit 1) as known))";

/// Locks the market's head against other writers and answers how far its chain has come; `None` without such a
/// market.
pub(super) async fn lock(conn: &mut Conn<'_>, seal: &Seal, at: MarketRef) -> Step<Option<Tip>> {
    let head: Option<(i64, String, String)> = via!(conn, db => sqlx::query_as(
        "update ledger_head set seq = seq where org_id = $1 and market_id = $2 returning seq, link, mark",
    ).bind(at.org.number()).bind(at.market.to_string()).fetch_optional(db).await)?;
    Ok(head.map(|(seq, link, mark)| Tip::read(seal, Chain::Ledger(at), seq, &link, &mark)))
}

/// The visitors of the rows, each once.
fn tags(rows: &[Row]) -> Vec<&str> {
    let mut tags: Vec<&str> = rows.iter().filter_map(|row| row.encounter.visitor.as_deref()).collect();
    tags.sort_unstable();
    tags.dedup();
    tags
}

/// How many of the rows' visitors are new to the market: to be asked before the rows are inserted.
pub(super) async fn newcomers(conn: &mut Conn<'_>, at: MarketRef, rows: &[Row]) -> Step<i64> {
    let tags = tags(rows);
    let mut new = 0;
    for piece in pieces(&tags) {
        let text = format!("with tag (visitor) as (values {}) select {KNOWN}", tuples(3, piece.len(), 1));
        let known: i64 = via!(conn, db => {
            let mut query = sqlx::query_scalar(AssertSqlSafe(text)).bind(at.org.number()).bind(at.market.to_string());
            for tag in piece {
                query = query.bind(*tag);
            }
            query.fetch_one(db).await
        })?;
        new += i64::try_from(piece.len()).unwrap_or(i64::MAX) - known;
    }
    Ok(new)
}

/// Locks the head, counts the visitors of the rows that are new and moves on from one tip to another, all in one way to
/// the engine; `None`, and nothing has changed, where the head does not stand at `from` any more. It may have waited for
/// another writer, whose rows it could not have seen: then the head stands elsewhere.
pub(super) async fn overtake(
    conn: &mut Conn<'_>,
    seal: &Seal,
    (at, from, to): (MarketRef, &Tip, &Tip),
    rows: &[Row],
) -> Step<Option<i64>> {
    const FIRST: usize = 10;
    let tags = tags(rows);
    let (with, known) = if tags.is_empty() {
        (String::new(), "0")
    } else {
        (format!("with tag (visitor) as (values {}) ", tuples(FIRST, tags.len(), 1)), KNOWN)
    };
    let text = format!(
        "{with}update ledger_head set seq = $3, version = version + 1, link = $4, mark = $5,
           visitors = visitors + $6 - {known}
         where org_id = $1 and market_id = $2 and seq = $7 and link = $8 and mark = $9 returning version"
    );
    let new = i64::try_from(tags.len()).unwrap_or(i64::MAX);
    Ok(via!(conn, db => {
        let mut query = sqlx::query_scalar(AssertSqlSafe(text))
            .bind(at.org.number())
            .bind(at.market.to_string())
            .bind(to.rows())
            .bind(to.link().to_string())
            .bind(to.mark(seal))
            .bind(new)
            .bind(from.rows())
            .bind(from.link().to_string())
            .bind(from.mark(seal));
        for tag in tags {
            query = query.bind(tag);
        }
        query.fetch_optional(db).await
    })?)
}

/// Moves the market's head on to the tip and answers its new version.
pub(super) async fn advance(
    conn: &mut Conn<'_>,
    seal: &Seal,
    (at, tip): (MarketRef, &Tip),
    newcomers: i64,
) -> Step<i64> {
    Ok(via!(conn, db => sqlx::query_scalar(
        "update ledger_head set seq = $3, version = version + 1, visitors = visitors + $4, link = $5, mark = $6
         where org_id = $1 and market_id = $2 returning version",
    )
    .bind(at.org.number())
    .bind(at.market.to_string())
    .bind(tip.rows())
    .bind(newcomers)
    .bind(tip.link().to_string())
    .bind(tip.mark(seal))
    .fetch_one(db)
    .await)?)
}
