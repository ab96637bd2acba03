//! From what to what: the columns of a row that an act changed, for the trail.

use std::collections::BTreeMap;

use kaishi_domain::OrgId;
use serde::Serialize;
use sqlx::{AssertSqlSafe, Row as _};

use crate::pool::{Conn, Step, via};

/// A row that an act is about to change.
pub(crate) struct Spot<'a> {
    pub table: &'static str,
    /// What is worth telling of it.
    pub columns: &'static [&'static str],
    pub org: OrgId,
    /// The rest of its key.
    pub key: &'a [(&'static str, String)],
}

/// The told columns of a row as they stood; empty where there is no row.
pub(crate) type Stood = BTreeMap<&'static str, Option<String>>;

impl Spot<'_> {
    /// The row as it stands.
    pub(crate) async fn look(&self, conn: &mut Conn<'_>) -> Step<Stood> {
        let list: Vec<String> = self.columns.iter().map(|column| format!("cast({column} as text)")).collect();
        let key: Vec<String> =
            (2..).zip(self.key).map(|(nth, (column, _))| format!("and {column} = ${nth}")).collect();
        let text =
            format!("select {} from {} where org_id = $1 {}", list.join(", "), self.table, key.join(" "));
        via!(conn, db => {
            let mut query = sqlx::query(AssertSqlSafe(text)).bind(self.org.number());
            for (_, value) in self.key {
                query = query.bind(value);
            }
            let Some(row) = query.fetch_optional(db).await? else { return Ok(Stood::new()) };
            let mut stood = Stood::new();
            for (at, column) in self.columns.iter().enumerate() {
                stood.insert(*column, row.try_get(at)?);
            }
            Ok(stood)
        })
    }

    /// What is different now. Where there was no row, or is none any more, that side is empty.
    pub(crate) async fn change(&self, conn: &mut Conn<'_>, before: &Stood) -> Step<String> {
        Ok(told(before, &self.look(conn).await?))
    }
}

/// `{"before":{…},"after":{…}}`, each with what is not the same on the other side.
pub(crate) fn told<K: Ord + Serialize, V: PartialEq + Serialize>(
    before: &BTreeMap<K, V>,
    after: &BTreeMap<K, V>,
) -> String {
    serde_json::json!({ "before": only(before, after), "after": only(after, before) }).to_string()
}

fn only<'a, K: Ord, V: PartialEq>(one: &'a BTreeMap<K, V>, other: &BTreeMap<K, V>) -> BTreeMap<&'a K, &'a V> {
    one.iter().filter(|(key, value)| other.get(*key) != Some(*value)).collect()
}
