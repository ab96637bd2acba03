//! The files that a bulletin is made of, read and added up by hand: nothing of the program is used but the file itself.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use kaishi_server::sheet;

use super::{Browser, House};

/// A path below the bulletin.
pub fn path(house: &House, rest: &str) -> String {
    format!("/o/m/{}/bulletin{rest}", house.at())
}

/// A table as somebody with an editor reads it: the cells of each row by the names in the first one.
pub fn table(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut rows: Vec<Vec<String>> = vec![vec![String::new()]];
    let (mut quoted, mut letters) = (false, text.trim_start_matches('\u{feff}').chars().peekable());
    while let Some(letter) = letters.next() {
        let row = rows.last_mut().unwrap();
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                row.last_mut().unwrap().push(letters.next().unwrap());
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\n' if !quoted => rows.push(vec![String::new()]),
            '\r' if !quoted => {}
            letter => row.last_mut().unwrap().push(letter),
        }
    }
    rows.retain(|row| row.len() > 1);
    let head = rows.remove(0);
    // A cell that begins like a formula has a mark before it, so that no sheet computes it.
    let named = |row: Vec<String>| {
        let cells = row.into_iter().map(|cell| cell.strip_prefix('\'').unwrap_or(&cell).to_owned());
        head.iter().cloned().zip(cells).collect()
    };
    rows.into_iter().map(named).collect()
}

/// The three files that everything is made of.
pub struct Files {
    pub ledger: Vec<BTreeMap<String, String>>,
    pub appeals: Vec<BTreeMap<String, String>>,
    pub stalls: Vec<BTreeMap<String, String>>,
}

impl Files {
    pub async fn take(house: &House, desk: &mut Browser, of: &str) -> Self {
        let mut read = Vec::new();
        for name in ["ledger", "appeals", "stalls"] {
            let csv = desk.get(&path(house, &format!("/{name}.csv{of}"))).await;
            assert_eq!(csv.status, StatusCode::OK, "{}", csv.body);
            let rows = table(&csv.body);
            let xlsx = desk.get(&path(house, &format!("/{name}.xlsx{of}"))).await;
            let cells = sheet::read(&xlsx.bytes).unwrap();
            let (head, body) = cells.split_first().unwrap();
            assert_eq!(body.len(), rows.len(), "{name}.xlsx has the rows of {name}.csv");
            for (cells, row) in body.iter().zip(&rows) {
                for (column, cell) in head.iter().zip(cells) {
                    assert_eq!(row[column], *cell, "{name}");
                }
            }
            read.push(rows);
        }
        let [ledger, appeals, stalls] = <[_; 3]>::try_from(read).unwrap();
        Self { ledger, appeals, stalls }
    }

    /// Every figure of the bulletin, by the rules that stand on its page and nothing else.
    pub fn figures(&self) -> BTreeMap<&'static str, i64> {
        type Row = BTreeMap<String, String>;
        let sum = |keep: &dyn Fn(&Row) -> bool| -> i64 {
            self.ledger.iter().filter(|row| keep(row)).map(|row| row["n"].parse::<i64>().unwrap()).sum()
        };
        let many =
            |rows: &[Row], keep: &dyn Fn(&Row) -> bool| rows.iter().filter(|row| keep(row)).count() as i64;
        let counts = |row: &Row| row["kind"] != "talk" && row["confidence"] == "normal";
        let from = |source: &'static str| sum(&move |row: &Row| counts(row) && row["source"] == source);
        let named = |row: &Row| !row["name"].is_empty();
        BTreeMap::from([
            ("encounters", sum(&counts)),
            ("scan", from("scan")),
            ("staff", from("staff")),
            ("paper", from("paper")),
            ("late", sum(&|row| counts(row) && row["late"] == "1")),
            ("pending_review", sum(&|row| row["kind"] != "talk" && row["confidence"] == "low")),
            ("talks", sum(&|row| row["kind"] == "talk")),
            ("appeals", self.appeals.len() as i64),
            ("settled_on_spot", many(&self.appeals, &|row| row["settled"] == "spot")),
            ("settled_by_unit", many(&self.appeals, &|row| !row["settled"].is_empty())),
            ("confirmed", many(&self.appeals, &|row| !row["confirmed_at"].is_empty())),
            ("open", many(&self.appeals, &|row| row["settled"] != "spot")),
            ("stalls", many(&self.stalls, &named)),
            ("arrived", many(&self.stalls, &|row| named(row) && row["arrived"] == "1")),
        ])
    }
}
