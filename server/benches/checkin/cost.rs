//! What a server costs: processor time of every thread but the one that plays the people, memory, and bytes on the disk.
//! Linux alone tells; elsewhere nothing is said.

use std::path::Path;
use std::time::Duration;

/// Processor time of this process so far, without its first thread: there the load runs, one line after the other.
pub(crate) fn server() -> Option<Duration> {
    let first = std::process::id().to_string();
    let tasks = std::fs::read_dir("/proc/self/task").ok()?;
    let others = tasks.flatten().filter(|task| task.file_name().to_str() != Some(&first));
    // A thread may end between the two looks.
    let nanos = others.filter_map(|task| {
        let text = std::fs::read_to_string(task.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse::<u64>().ok()
    });
    Some(Duration::from_nanos(nanos.sum()))
}

/// Resident memory of this process, in megabytes.
pub(crate) fn memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().trim_end_matches(" kB").trim().parse().ok().map(|kilo: f64| kilo / 1000.0)
}

/// Bytes of a file, in megabytes.
pub(crate) fn size(file: &Path) -> f64 {
    std::fs::metadata(file).map_or(0.0, |about| about.len() as f64 / 1e6)
}
