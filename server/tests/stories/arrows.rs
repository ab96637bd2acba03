//! The arrows of the house: `domain <- store <- app (ssr) <- server`, `domain <- app (hydrate)`, and nothing else.
//! Among crates cargo itself is asked; inside `app`, and for words that must not stand anywhere, the sources are.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every package that `arguments` of `cargo tree` reach by normal edges.
fn reached(arguments: &str) -> BTreeSet<String> {
    let out = Command::new(env!("CARGO"))
        .args(["tree", "--quiet", "--locked", "--edges=normal", "--prefix=none", "--format={p}", "-p"])
        .args(arguments.split(' '))
        .current_dir(root())
        .output()
        .unwrap();
    assert!(out.status.success(), "cargo tree: {}", String::from_utf8_lossy(&out.stderr));
    let text = String::from_utf8(out.stdout).unwrap();
    let names: BTreeSet<_> = text.lines().filter_map(|l| l.split(' ').next()).map(str::to_owned).collect();
    assert!(names.contains(arguments.split(' ').next().unwrap()), "cargo tree answered {text}");
    names
}

/// The forbidden ones among the reached; a name that ends in `*` stands for all that begin so.
fn trespassers(arguments: &str, forbidden: &[&str]) -> Vec<String> {
    let is_forbidden = |name: &String| {
        forbidden.iter().any(|f| f.strip_suffix('*').map_or(name == f, |start| name.starts_with(start)))
    };
    reached(arguments).into_iter().filter(is_forbidden).collect()
}

#[test]
fn domain_reaches_no_runtime_no_database_no_framework() {
    let forbidden = ["tokio*", "sqlx*", "leptos*", "axum*", "kaishi", "kaishi-store", "kaishi-app"];
    assert_eq!(trespassers("kaishi-domain", &forbidden), [""; 0]);
}

#[test]
fn store_reaches_no_page() {
    let forbidden = ["leptos*", "axum", "kaishi", "kaishi-app"];
    assert_eq!(trespassers("kaishi-store", &forbidden), [""; 0]);
}

#[test]
fn app_reaches_no_server() {
    assert_eq!(trespassers("kaishi-app --features ssr", &["kaishi"]), [""; 0]);
}

#[test]
fn the_browser_half_holds_no_server_code() {
    let browser = "kaishi-app --no-default-features --features hydrate --target wasm32-unknown-unknown";
    let forbidden = ["kaishi", "kaishi-store", "sqlx*", "tokio*", "axum*", "leptos_axum", "tower-sessions*"];
    assert_eq!(trespassers(browser, &forbidden), [""; 0]);
}

/// Where each part of `app` may point, besides itself.
const INSIDE_APP: [(&str, &[&str]); 10] = [
    ("arrange", &["words"]),
    ("calls", &["state", "fault", "words"]),
    ("document", &["state", "parts", "fault", "words"]),
    // A rendered page, cut: it holds texts and knows no page.
    ("mould", &["document"]),
    ("islands", &["arrange", "calls", "parts", "fault", "words"]),
    ("pages", &["islands", "calls", "parts", "state", "document", "fault", "words"]),
    ("parts", &["fault", "words"]),
    ("state", &["mould", "fault", "words"]),
    ("words", &["fault"]),
    ("fault", &[]),
];

#[test]
fn inside_app_every_part_points_where_it_may() {
    let source = root().join("app/src");
    let mut wrong = Vec::new();
    for (part, allowed) in INSIDE_APP {
        for file in files(&source, "rs").iter().filter(|f| belongs(f, &source, part)) {
            for target in crate_modules(&code(file)) {
                if target != part && !allowed.contains(&target.as_str()) {
                    wrong.push(format!("{}: {part} -> {target}", file.display()));
                }
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
}

/// Whether the file is `PART.rs` or lies in `PART/`.
fn belongs(file: &Path, source: &Path, part: &str) -> bool {
    let inside = file.strip_prefix(source).unwrap();
    inside.starts_with(part) || inside == Path::new(part).with_extension("rs")
}

/// First segments of all `crate::…` paths, also of grouped ones: `crate::{words::Lang, parts}`.
fn crate_modules(code: &str) -> BTreeSet<String> {
    let mut modules = BTreeSet::new();
    for rest in code.split("crate::").skip(1) {
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut top = String::new();
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    c if depth == 0 => top.push(c),
                    _ => {}
                }
            }
            modules.extend(top.split(',').map(first_word).filter(|w| !w.is_empty()));
        } else {
            modules.insert(first_word(rest));
        }
    }
    modules
}

fn first_word(text: &str) -> String {
    text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn grouped_paths_are_seen() {
    let seen = crate_modules("use crate::{words::{Lang, pages}, state};\nlet x = crate::fault::Fault;");
    assert_eq!(seen, BTreeSet::from(["fault".to_owned(), "state".into(), "words".into()]));
}

/// Words that must not stand in a folder, except in the files named.
const FORBIDDEN: [(&str, &str, &[&str], &[&str]); 7] = [
    // Text goes into pages as text. Raw markup is how one person's words become another's script.
    // The title is the exception: the document escapes it, and a test there says so. So does one for the pictures of
    // many stalls, which are put together as markup in one part.
    ("app/src", "rs", &["inner_html", "adjacent_html"], &["app/src/document.rs", "app/src/parts/markup.rs"]),
    // Leptos 0.8 prints a textarea's children unescaped; one part escapes them.
    ("app/src", "rs", &["<textarea", "html::textarea"], &["app/src/parts/textarea.rs"]),
    ("app", "rs", &["unsafe-inline", "'unsafe-eval'"], &[]),
    ("server/src", "rs", &["unsafe-inline", "'unsafe-eval'"], &[]),
    // A bundle has one family of islands: `hydrate` is all of them, so what asks for it is missing in every bundle.
    ("app/src", "rs", &["feature = \"hydrate\""], &[]),
    // Time and randomness are arguments of the rules.
    (
        "app/domain/src",
        "rs",
        &["::now()", "now_utc", "thread_rng", "getrandom", "rand::", "std::fs", "std::net", "std::env"],
        &[],
    ),
    // SQL is written in one crate.
    ("app", "rs", &["sqlx"], &[]),
];

#[test]
fn no_source_says_what_its_place_forbids() {
    let mut wrong = Vec::new();
    for (folder, extension, words, except) in FORBIDDEN {
        for file in files(&root().join(folder), extension) {
            let name = file.strip_prefix(root()).unwrap();
            if except.iter().any(|e| name == Path::new(e)) {
                continue;
            }
            let code = code(&file);
            wrong.extend(words.iter().filter(|w| says(&code, w)).map(|w| format!("{}: {w}", name.display())));
        }
    }
    assert_eq!(wrong, [""; 0]);
}

/// Whether the words stand there, and not as the end of a longer name.
fn says(code: &str, words: &str) -> bool {
    let within = |at: usize| code[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_');
    let named = words.starts_with(char::is_alphanumeric);
    code.match_indices(words).any(|(at, _)| !(named && within(at)))
}

/// Every file of that extension below the folder, but never in a `target`.
pub fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
        let path = entry.unwrap().path();
        if path.is_dir() && path.file_name().is_some_and(|n| n != "target") {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|e| e == extension) {
            found.push(path);
        }
    }
    found
}

/// The file without its comments, where any word may stand.
pub fn code(file: &Path) -> String {
    let text = std::fs::read_to_string(file).unwrap();
    text.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}
