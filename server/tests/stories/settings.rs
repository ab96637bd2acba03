//! Leptos.toml shows every setting, and every setting that it shows exists.

use std::fmt::Write as _;

use clap::CommandFactory as _;
use kaishi_server::serve::CommandLine;
use kaishi_server::setting::Setting;

const SHOWN: &str = include_str!("../../../Leptos.toml");

#[test]
fn every_commented_setting_is_accepted() {
    let opened: Vec<_> = SHOWN
        .lines()
        .map(|line| match line.strip_prefix("# ") {
            Some(key) if key.split_once(" = ").is_some_and(|(name, _)| !name.contains(' ')) => key,
            _ => line,
        })
        .collect();
    let file = std::env::temp_dir().join(format!("kaishi-shown-{}.toml", std::process::id()));
    std::fs::write(&file, opened.join("\n")).unwrap();
    let setting = Setting::default().complete(&file);
    std::fs::remove_file(&file).unwrap();
    let setting = setting.unwrap();
    assert!(setting.address.is_some() && setting.public_url.is_some() && setting.database_url.is_some());
}

#[test]
fn every_setting_is_shown() {
    let hidden = ["config"];
    let missing: Vec<_> = CommandLine::command()
        .get_arguments()
        .filter(|argument| !argument.is_hide_set())
        .filter_map(|argument| argument.get_long().map(str::to_owned))
        .filter(|long| !hidden.contains(&long.as_str()) && !SHOWN.contains(&format!("\n# {long} = ")))
        .collect();
    assert_eq!(missing, [""; 0]);
}

/// A row for each setting, as the documents have it.
fn table() -> String {
    let mut text = String::from("| flag | variable | what it does |\n|---|---|---|\n");
    for argument in CommandLine::command().get_arguments().filter(|argument| !argument.is_hide_set()) {
        let (Some(long), Some(env), Some(help)) =
            (argument.get_long(), argument.get_env(), argument.get_help())
        else {
            continue;
        };
        let help = help.to_string().replace('|', "\\|").replace('\n', " ");
        let _ = writeln!(text, "| `--{long}` | `{}` | {help} |", env.to_string_lossy());
    }
    text
}

#[test]
fn the_documents_have_every_setting_as_the_program_describes_it() {
    let written = include_str!("../../docs/en/configure.md");
    let from = written.find("| flag |").unwrap();
    let end = written[from..].find("\n\n").map_or(written.len(), |end| from + end + 1);
    assert_eq!(&written[from..end], table(), "copy the table into server/docs/en/configure.md");
    let chinese = include_str!("../../docs/zh-CN/configure.md");
    let missing: Vec<_> = CommandLine::command()
        .get_arguments()
        .filter(|argument| !argument.is_hide_set())
        .filter_map(|argument| argument.get_long().map(str::to_owned))
        .filter(|long| !chinese.contains(&format!("| `--{long}` |")))
        .filter(|long| !["help", "version"].contains(&long.as_str()))
        .collect();
    assert_eq!(missing, [""; 0]);
}

/// Names of files and addresses between two documents.
fn links(text: &str) -> Vec<&str> {
    text.split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .filter(|to| !to.contains("://"))
        .collect()
}

#[test]
fn what_the_documents_point_to_is_there() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut wrong = Vec::new();
    for folder in ["docs/en", "docs/zh-CN", "../.github"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let file = entry.unwrap().path();
            let text = std::fs::read_to_string(&file).unwrap();
            for to in links(&text) {
                let path = to.split('#').next().unwrap();
                if !path.is_empty() && !file.parent().unwrap().join(path).exists() {
                    wrong.push(format!("{}: {to}", file.display()));
                }
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
    let names = |folder: &str| {
        let mut names: Vec<_> =
            std::fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    assert_eq!(names("docs/en"), names("docs/zh-CN"), "each document in both languages");
}
