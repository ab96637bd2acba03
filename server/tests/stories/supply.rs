//! What others wrote and we build in: licences, bans and sources as `deny.toml` says, checked without cargo-deny.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

struct Rules {
    licences: Vec<String>,
    banned: Vec<String>,
}

fn rules() -> Rules {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../deny.toml");
    let table: toml::Table = std::fs::read_to_string(file).unwrap().parse().unwrap();
    let text = |value: &toml::Value| value.as_str().unwrap().to_owned();
    Rules {
        licences: table["licenses"]["allow"].as_array().unwrap().iter().map(text).collect(),
        banned: table["bans"]["deny"].as_array().unwrap().iter().map(|ban| text(&ban["name"])).collect(),
    }
}

/// Every package of Cargo.lock, for any platform and feature.
fn packages() -> Vec<Value> {
    let out = Command::new(env!("CARGO"))
        .args(["metadata", "--locked", "--format-version=1", "--all-features"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(out.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&out.stderr));
    let mut metadata: Value = serde_json::from_slice(&out.stdout).unwrap();
    let Value::Array(packages) = metadata["packages"].take() else { panic!("no packages") };
    assert!(packages.len() > 100, "only {} packages", packages.len());
    packages
}

/// `A OR B`, `A AND (B OR C)`, `A WITH exception`, and the old `A/B`.
fn is_allowed(expression: &str, allowed: &[String]) -> bool {
    let text = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let mut words = text.split_whitespace().peekable();
    either(&mut words, allowed)
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn either(words: &mut Words, allowed: &[String]) -> bool {
    let mut any = both(words, allowed);
    while words.next_if_eq(&"OR").is_some() {
        any |= both(words, allowed);
    }
    any
}

fn both(words: &mut Words, allowed: &[String]) -> bool {
    let mut all = one(words, allowed);
    while words.next_if_eq(&"AND").is_some() {
        all &= one(words, allowed);
    }
    all
}

fn one(words: &mut Words, allowed: &[String]) -> bool {
    let word = words.next().unwrap_or_default();
    if word == "(" {
        let inner = either(words, allowed);
        words.next();
        return inner;
    }
    // An exception only grants more than the licence does.
    if words.next_if_eq(&"WITH").is_some() {
        words.next();
    }
    allowed.iter().any(|licence| licence == word)
}

#[test]
fn licence_expressions_are_understood() {
    let allowed = ["MIT".to_owned(), "Zlib".into()];
    for good in ["MIT", "GPL-3.0/MIT", "MIT AND Zlib", "(GPL-3.0 OR MIT) AND Zlib", "MIT WITH Some-exception"]
    {
        assert!(is_allowed(good, &allowed), "{good}");
    }
    for bad in ["GPL-3.0", "MIT AND GPL-3.0", "(GPL-3.0 OR BSD) AND MIT", "", "MITX"] {
        assert!(!is_allowed(bad, &allowed), "{bad}");
    }
}

#[test]
fn every_package_has_a_licence_that_we_accept() {
    let allowed = rules().licences;
    let refused: Vec<_> = packages()
        .iter()
        .filter(|p| !is_allowed(p["license"].as_str().unwrap_or_default(), &allowed))
        .map(|p| format!("{} {}: {}", p["name"], p["version"], p["license"]))
        .collect();
    assert_eq!(refused, [""; 0]);
}

#[test]
fn nothing_banned_is_built_in() {
    let banned = rules().banned;
    let found: Vec<_> = packages()
        .iter()
        .map(|p| p["name"].as_str().unwrap().to_owned())
        .filter(|n| banned.contains(n))
        .collect();
    assert_eq!(found, [""; 0]);
}

#[test]
fn everything_comes_from_the_registry_or_from_here() {
    let foreign: Vec<_> = packages()
        .iter()
        .filter(|p| p["source"].as_str().is_some_and(|source| !source.contains("crates.io-index")))
        .map(|p| format!("{} from {}", p["name"], p["source"]))
        .collect();
    assert_eq!(foreign, [""; 0]);
}
