//! The table of OWASP ASVS 5.0, levels 1 and 2: every item is answered, and what an answer names is there. The trail:
//! every verb that is written has words.

use std::collections::BTreeSet;
use std::path::Path;

use kaishi_app::words::Lang;
use kaishi_app::words::trail::Trail;

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

/// The string literals of a source that look like a verb of the trail: `appeal.contact.read`.
fn dotted(source: &str) -> impl Iterator<Item = &str> {
    source.split('"').skip(1).step_by(2).filter(|text| {
        let words: Vec<&str> = text.split('.').collect();
        let plain = |word: &&str| {
            !word.is_empty() && word.bytes().all(|byte| byte == b'_' || byte.is_ascii_lowercase())
        };
        (2..=3).contains(&words.len()) && words.iter().all(plain)
    })
}

#[test]
fn every_verb_of_the_trail_has_words() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut verbs = BTreeSet::new();
    for folder in ["server/store/src", "app/domain/src/assignment"] {
        for file in super::arrows::files(&root.join(folder), "rs") {
            let source = super::arrows::code(&file);
            verbs.extend(dotted(&source).map(str::to_owned));
        }
    }
    let steps = std::fs::read_to_string(root.join("app/domain/src/appeal/verb.rs")).unwrap();
    verbs.extend(
        steps
            .lines()
            .filter(|line| !line.contains(".into()"))
            .filter_map(|line| Some(format!("appeal.{}", line.split_once("=> \"")?.1.split('"').next()?))),
    );
    let files = ["json", "db", "csv", "lock", "key", "new", "html", "pdf", "txt", "xlsx", "cn"];
    verbs.retain(|verb| !files.iter().any(|end| verb.ends_with(&format!(".{end}"))));
    assert!(verbs.len() > 100, "{verbs:?}");
    for lang in [Lang::Zh, Lang::En] {
        let silent: Vec<&String> = verbs.iter().filter(|verb| Trail(lang).deed_of(verb).is_none()).collect();
        assert!(silent.is_empty(), "{silent:?}");
    }
}
