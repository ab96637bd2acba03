//! For development: build again when a source changes, and keep a server of that build running.

use std::fs;
use std::path::Path;
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use anyhow::Result;

use crate::{Options, Place, bundle, cargo};

/// Builds and waits for the next change, until interrupted. An error is shown and waits for its correction.
pub(crate) fn forever(place: &Place, options: &Options) -> Result<()> {
    let mut running: Option<Child> = None;
    loop {
        let seen = newest(place);
        let built = bundle(place, options.dev).and_then(|()| serve(place, options, &mut running));
        match built {
            Ok(()) => println!("watching for changes"),
            Err(e) => eprintln!("{e:#}"),
        }
        while newest(place) <= seen {
            sleep(Duration::from_millis(400));
        }
    }
}

/// Builds the server and puts it in the place of the one that runs; without server arguments, nothing.
fn serve(place: &Place, options: &Options, running: &mut Option<Child>) -> Result<()> {
    if options.server.is_empty() {
        return Ok(());
    }
    let done = Command::new(cargo()).args(["build", "-p", "kaishi"]).current_dir(&place.root).status()?;
    anyhow::ensure!(done.success(), "the server does not build");
    if let Some(mut old) = running.take() {
        old.kill()?;
        old.wait()?;
    }
    *running = Some(
        Command::new(place.target.join("debug/kaishi"))
            .args(&options.server)
            .current_dir(&place.root)
            .spawn()?,
    );
    Ok(())
}

/// When a source was last changed.
fn newest(place: &Place) -> SystemTime {
    ["app", "server", "style", "public", "Cargo.toml", "Leptos.toml"]
        .iter()
        .map(|part| newest_in(&place.root.join(part)))
        .max()
        .unwrap_or(SystemTime::UNIX_EPOCH)
}

fn newest_in(path: &Path) -> SystemTime {
    let own = fs::metadata(path).and_then(|m| m.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
    let Ok(entries) = fs::read_dir(path) else { return own };
    entries.flatten().map(|entry| newest_in(&entry.path())).fold(own, SystemTime::max)
}
