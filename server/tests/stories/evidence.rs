//! The table of OWASP ASVS 5.0, levels 1 and 2: every item is answered, and what an answer names is there.

use std::collections::BTreeSet;
use std::path::Path;

/// Items of levels 1 and 2 in ASVS 5.0.0.
const ITEMS: usize = 253;

#[test]
fn every_item_names_evidence_that_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut table = csv::Reader::from_path(root.join("server/docs/asvs.csv")).unwrap();
    let (mut seen, mut wrong) = (BTreeSet::new(), Vec::new());
    for row in table.records() {
        let row = row.unwrap();
        let (item, level, answer, evidence, note) = (&row[0], &row[1], &row[3], &row[4], &row[5]);
        assert!(matches!(level, "1" | "2"), "{item}");
        assert!(seen.insert(item.to_owned()), "{item} stands there twice");
        match answer {
            "not applicable" => {
                if note.is_empty() || !evidence.is_empty() {
                    wrong.push(format!("{item}: no reason"));
                }
            }
            "test" | "document" | "code" | "deviation" => {
                let (file, mark) = evidence.split_once('#').unwrap_or((evidence, ""));
                let text = std::fs::read_to_string(root.join(file)).unwrap_or_default();
                let there = match answer {
                    "test" => text.contains(&format!("fn {mark}(")),
                    "document" | "deviation" => text.lines().any(|line| line == format!("## {mark}")),
                    _ => !text.is_empty() && text.contains(mark),
                };
                if !there {
                    wrong.push(format!("{item}: {evidence}"));
                }
            }
            other => wrong.push(format!("{item}: {other} is no answer")),
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(seen.len(), ITEMS);
}
