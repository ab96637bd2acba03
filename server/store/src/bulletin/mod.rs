//! Bulletins: signed once, frozen with the hash over the ledger rows that their figures are made of; what is found out
//! later is a numbered correction beside it.

mod basis;
mod letter;
mod picture;
mod row;
mod thanks;

use kaishi_domain::actor::Organizer;
use kaishi_domain::bulletin::{Bulletin, Figure, figures};
use kaishi_domain::chain::Head;
use kaishi_domain::market::Stage;
use kaishi_domain::{MarketRef, Moment};
use sqlx::FromRow;

use crate::audit::{self, Act};
use crate::pool::{Conn, Step, on, transact, via};
use crate::{Error, Result, Store};

pub use basis::{AppealLine, Basis, Lines};
pub use row::{LedgerLine, Slice, StallPart};

/// The signature, or a correction after it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Issue {
    /// 0 for the signature.
    pub n: i64,
    /// Why it was corrected.
    pub why: String,
    /// Every figure as of then.
    pub figures: Vec<Figure>,
    /// The rows outside the ledger as of then.
    pub lines: Lines,
    /// The ledger's last row.
    pub seq: i64,
    /// The hash over its rows; none for what was signed before there was one.
    pub head: Option<Head>,
    /// The login name of who did it.
    pub by: String,
    /// When.
    pub at: Moment,
}

#[derive(FromRow)]
struct Row {
    n: i64,
    why: String,
    figures: String,
    basis: String,
    ledger_seq: i64,
    ledger_head: String,
    login: Option<String>,
    at: i64,
}

impl Row {
    async fn issue(self, store: &Store, at: MarketRef) -> Result<Issue> {
        Ok(Issue {
            n: self.n,
            why: self.why,
            figures: serde_json::from_str(&self.figures)?,
            lines: store.lines_read(at, &self.basis).await?,
            seq: self.ledger_seq,
            head: Some(self.ledger_head.parse()?),
            by: self.login.unwrap_or_default(),
            at: Moment::from_millis(self.at),
        })
    }
}

/// What is written down with a signature or a correction.
struct Written {
    n: i64,
    why: String,
    figures: String,
    lines: String,
    head: String,
}

impl Written {
    fn of(n: i64, why: &str, basis: &Basis) -> Result<Self> {
        Ok(Self {
            n,
            why: why.to_owned(),
            figures: serde_json::to_string(&figures(&basis.seen))?,
            lines: serde_json::to_string(&basis.lines)?,
            head: basis.head.to_string(),
        })
    }
}

/// Adds an issue to a signed bulletin, if its number is the next one and the counts are still those that were seen;
/// they move on with it.
async fn issue(
    conn: &mut Conn<'_>,
    by: &Organizer,
    written: &Written,
    basis: &Basis,
    now: Moment,
) -> Step<()> {
    let market = basis.seen.market.market.to_string();
    let seen = via!(conn, db => sqlx::query(
        "update ledger_head set version = version + 1
         where org_id = $1 and market_id = $2 and version = $3 and seq = $4",
    )
    .bind(by.org().number())
    .bind(&market)
    .bind(basis.seen.version)
    .bind(basis.seq)
    .execute(db)
    .await
    .map(|done| done.rows_affected()))?;
    if seen == 0 {
        return Err(Error::Taken("the counts have moved".into()).into());
    }
    let added = via!(conn, db => sqlx::query(
        "insert into bulletin_issue (org_id, market_id, n, why, figures, basis, ledger_seq, ledger_head,
           account_id, at)
         select b.org_id, b.market_id, $3, $4, $5, $6, $7, $8, $9, $10 from bulletin b
         where b.org_id = $1 and b.market_id = $2 and ($3 = 0 or $3 = (
           select coalesce(max(i.n), 0) + 1 from bulletin_issue i where i.org_id = $1 and i.market_id = $2))
         on conflict do nothing",
    )
    .bind(by.org().number())
    .bind(&market)
    .bind(written.n)
    .bind(&written.why)
    .bind(&written.figures)
    .bind(&written.lines)
    .bind(basis.seq)
    .bind(&written.head)
    .bind(by.account().to_string())
    .bind(now.millis())
    .execute(db)
    .await
    .map(|done| done.rows_affected()))?;
    if added == 0 {
        return Err(Error::Taken(format!("issue {} is not the next one", written.n)).into());
    }
    Ok(())
}

impl Store {
    /// Signs and files: only a closed market, only once, only what was seen.
    pub async fn bulletin_sign(
        &self,
        by: &Organizer,
        bulletin: &Bulletin,
        basis: &Basis,
        now: Moment,
    ) -> Result<()> {
        let (at, body) = (own(by, basis)?, serde_json::to_string(bulletin)?);
        let (written, fresh) = (Written::of(0, "", basis)?, self.fresh_text());
        let detail = format!("{} {} {}", basis.seq, written.head, written.figures);
        let done: Result<()> = transact!(self, tx => {
            let filed = sqlx::query(
                "update market set stage = $3 where org_id = $1 and market_id = $2 and stage = $4",
            )
            .bind(by.org().number())
            .bind(at.market.to_string())
            .bind(Stage::Filed.code())
            .bind(Stage::Closed.code())
            .execute(&mut *tx)
            .await?;
            if filed.rows_affected() == 0 {
                return Err(Error::Taken("the market is not closed, or its bulletin is signed".into()).into());
            }
            sqlx::query(
                "insert into bulletin (org_id, market_id, body, figures, ledger_seq, account_id, at)
                 values ($1, $2, $3, $4, $5, $6, $7)",
            )
            .bind(by.org().number())
            .bind(at.market.to_string())
            .bind(&body)
            .bind(&written.figures)
            .bind(basis.seq)
            .bind(by.account().to_string())
            .bind(now.millis())
            .execute(&mut *tx)
            .await?;
            issue(&mut (&mut *tx).into(), by, &written, basis, now).await?;
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "bulletin.sign",
                object: &at.market.to_string(),
                detail: &detail,
            });
            Ok(())
        });
        done?;
        self.scans.clear();
        self.hint(at);
        Ok(())
    }

    /// Adds the correction with the number `n` to a signed bulletin.
    pub async fn bulletin_correct(
        &self,
        by: &Organizer,
        n: i64,
        why: &str,
        basis: &Basis,
        now: Moment,
    ) -> Result<()> {
        let (at, written) = (own(by, basis)?, Written::of(n, why, basis)?);
        let (fresh, detail) = (self.fresh_text(), format!("{n} {} {} {why}", basis.seq, written.head));
        transact!(self, tx => {
            issue(&mut (&mut *tx).into(), by, &written, basis, now).await?;
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "bulletin.correct",
                object: &at.market.to_string(),
                detail: &detail,
            });
            Ok(())
        })
    }

    /// How many rows the ledger of a market has.
    pub async fn ledger_rows(&self, at: MarketRef) -> Result<i64> {
        let seq: Option<i64> = on!(self.read_pool(), db => sqlx::query_scalar(
            "select seq from ledger_head where org_id = $1 and market_id = $2",
        ).bind(at.org.number()).bind(at.market.to_string()).fetch_optional(db).await)?;
        seq.ok_or(Error::Missing("market"))
    }

    /// The signed bulletin with its signature and every correction, in order.
    pub async fn bulletin(&self, at: MarketRef) -> Result<Option<(Bulletin, Vec<Issue>)>> {
        let row: Option<(String, i64, Option<String>, i64)> = on!(self.read_pool(), db => sqlx::query_as(
            "select b.body, b.ledger_seq, a.login, b.at from bulletin b
             left join member a on a.org_id = b.org_id and a.account_id = b.account_id
             where b.org_id = $1 and b.market_id = $2",
        ).bind(at.org.number()).bind(at.market.to_string()).fetch_optional(db).await)?;
        let Some((body, seq, login, signed_at)) = row else { return Ok(None) };
        let bulletin: Bulletin = serde_json::from_str(&body)?;
        let rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(
            "select i.n, i.why, i.figures, i.basis, i.ledger_seq, i.ledger_head, a.login, i.at
             from bulletin_issue i left join member a on a.org_id = i.org_id and a.account_id = i.account_id
             where i.org_id = $1 and i.market_id = $2 order by i.n",
        ).bind(at.org.number()).bind(at.market.to_string()).fetch_all(db).await)?;
        let mut issues = Vec::with_capacity(rows.len());
        for row in rows {
            issues.push(row.issue(self, at).await?);
        }
        if issues.first().is_none_or(|first| first.n > 0) {
            let signature = Issue {
                n: 0,
                why: String::new(),
                figures: bulletin.figures.clone(),
                lines: Lines::default(),
                seq,
                head: None,
                by: login.unwrap_or_default(),
                at: Moment::from_millis(signed_at),
            };
            issues.insert(0, signature);
        }
        Ok(Some((bulletin, issues)))
    }
}

/// The market of a basis, if it is one of theirs.
fn own(by: &Organizer, basis: &Basis) -> Result<MarketRef> {
    let at = basis.seen.market;
    if at.org == by.org() { Ok(at) } else { Err(Error::Missing("market")) }
}
