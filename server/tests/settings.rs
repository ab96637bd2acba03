//! Leptos.toml shows every setting, and every setting that it shows exists.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use clap::CommandFactory as _;
use kaishi_server::serve::CommandLine;
use kaishi_server::setting::Setting;

const SHOWN: &str = include_str!("../../Leptos.toml");

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
