//! Everything of one Saturday that may leave the house, table by table.

use kaishi_domain::MarketRef;
use kaishi_domain::appeal::Category;
use sqlx::{AssertSqlSafe, Row as _};

use crate::pool::look;
use crate::{Error, Result, Store};

/// A table on its way out: the names of its columns, and its rows as texts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sheaf {
    /// The table.
    pub name: &'static str,
    /// The columns.
    pub columns: Vec<&'static str>,
    /// The rows; a missing value is `None`.
    pub rows: Vec<Vec<Option<String>>>,
}

/// What goes out, in which order. No contact, no password, no link, no secret of a day, no code of a slip.
const OUT: [(&str, &str, &str); 12] = [
    (
        "market",
        "market_id name theme tagline held_on opens_at closes_at time_zone stage plan weather ground_id host organizer participants zones",
        "market_id",
    ),
    ("stall", "stall_id no zone withdrawn_at published_at", "stall_id"),
    ("layout", "plan revision body", "plan"),
    ("layout_version", "plan version revision body account_id at", "plan, version"),
    ("entry", "entry_id unit_id name zone services needs wishes way arrived_at absent_at", "entry_id"),
    ("assignment", "stall_id entry_id pinned reason account_id at", "stall_id"),
    (
        "encounter",
        "seq encounter_id stall_id source kind n confidence labels nonce visitor poster_id device_id refers_to at arrived_at link",
        "seq",
    ),
    (
        "review",
        "review_id stall_id from_at labels verdict n reason entered_by entered_at settled_by settled_at",
        "review_id",
    ),
    (
        "paper_batch",
        "batch_id stall_id takes_back counts total counted_by from_at to_at remark entered_by entered_at counted_at approved_by refused_at",
        "batch_id",
    ),
    (
        "crowd_count",
        "count_id method place from_at to_at came went entered_by entered_at dropped_at",
        "count_id",
    ),
    (
        "appeal",
        "appeal_id stall_id channel category words state settled confirmed_at unit_id raised_at due_at changed_at",
        "raised_at, appeal_id",
    ),
    ("bulletin_issue", "n why figures basis ledger_seq ledger_head account_id at", "n"),
];

impl Sheaf {
    /// Where a column stands.
    fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| *column == name)
    }

    /// What was said in a quarrel stays in the room, as in the file for the hotline.
    fn withhold(&mut self) {
        let (Some(kind), Some(words)) = (self.column("category"), self.column("words")) else { return };
        for row in &mut self.rows {
            let category = row[kind].as_deref().and_then(|code| Category::from_code(code).ok());
            if category.is_none_or(Category::is_private) {
                row[words] = Some(String::new());
            }
        }
    }
}

impl Store {
    /// What may leave the house of one Saturday, all of the same moment.
    pub async fn dump(&self, at: MarketRef) -> Result<Vec<Sheaf>> {
        let mut sheaves: Vec<Sheaf> = look!(self, tx => {
            let mut sheaves = Vec::with_capacity(OUT.len());
            for (name, columns, order) in OUT {
                let columns: Vec<&'static str> = columns.split(' ').collect();
                let list: Vec<String> = columns.iter().map(|column| format!("cast({column} as text)")).collect();
                // By the table's own columns: a bare name is the text beside it to PostgreSQL, and 10 comes before 2.
                let order: Vec<String> = order.split(", ").map(|column| format!("{name}.{column}")).collect();
                let text = format!(
                    "select {} from {name} where org_id = $1 and market_id = $2 order by {}",
                    list.join(", "),
                    order.join(", ")
                );
                let found = sqlx::query(AssertSqlSafe(text))
                    .bind(at.org.number())
                    .bind(at.market.to_string())
                    .fetch_all(&mut *tx)
                    .await?;
                let rows: sqlx::Result<Vec<Vec<Option<String>>>> = found
                    .iter()
                    .map(|row| (0..columns.len()).map(|nth| row.try_get(nth)).collect())
                    .collect();
                sheaves.push(Sheaf { name, columns, rows: rows? });
            }
            Ok(sheaves)
        })?;
        for sheaf in &mut sheaves {
            sheaf.withhold();
            self.uncoded(at, sheaf).await?;
        }
        if sheaves[0].rows.is_empty() { Err(Error::Missing("market")) } else { Ok(sheaves) }
    }

    /// Bulletins that were signed while their rows held codes go out without them.
    async fn uncoded(&self, at: MarketRef, sheaf: &mut Sheaf) -> Result<()> {
        let Some(basis) = sheaf.column("basis") else { return Ok(()) };
        for row in &mut sheaf.rows {
            if let Some(frozen) = &mut row[basis] {
                *frozen = serde_json::to_string(&self.lines_read(at, frozen).await?)?;
            }
        }
        Ok(())
    }
}
