//! Automatic layouts of the grounds in `$KAISHI_BENCH_DIR/layout`: how many stalls beside the reference, and how
//! long it takes beside a plain sweep of the same ground in the same run.

use std::path::{Path, PathBuf};
use std::time::Instant;

use kaishi_domain::arrange::{Arranged, Wish, arrange};
use kaishi_domain::geometry::{Footprint, Point, clip, signed_area};
use kaishi_domain::ground::Ground;

/// Of so many layouts the middle one counts; the sweep is too slow for more than one.
const ROUNDS: usize = 5;

fn main() {
    let folder = std::env::var("KAISHI_BENCH_DIR")
        .map_or_else(|_| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/bench"), PathBuf::from);
    let Ok(entries) = std::fs::read_dir(folder.join("layout")) else {
        println!("layout: skipped, no grounds in {}", folder.display());
        return;
    };
    let mut files: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "json"))
        .collect();
    files.sort();
    let references = std::fs::read_to_string(folder.join("reference.json")).unwrap_or_default();
    let references: serde_json::Value = serde_json::from_str(&references).unwrap_or_default();
    println!("layout                          stalls  reference  ratio      ms    sweep ms  time ratio");
    for file in files {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        match std::fs::read_to_string(&file).map(|text| Ground::parse(&text)) {
            Ok(Ok(ground)) => line(&name, &ground, &references),
            Ok(Err(refusal)) => println!("{name:<32}{refusal}"),
            Err(error) => println!("{name:<32}{error}"),
        }
    }
}

fn line(name: &str, ground: &Ground, references: &serde_json::Value) {
    let (arranged, ms) = middle(ROUNDS, || arrange(ground, &Wish::default()));
    let (_, sweep) = middle(1, || sweep(ground));
    let reference = references[format!("layout/{name}")]["reference_valid_stalls"].as_u64();
    let count = arranged.stalls.len();
    let ratio = reference.map_or_else(|| "-".to_owned(), |of| format!("{:.2}", count as f64 / of as f64));
    let reference = reference.map_or_else(|| "-".to_owned(), |of| of.to_string());
    println!(
        "{name:<32}{count:>6}{reference:>11}{ratio:>7}{ms:>8.1}{sweep:>12.1}{:>12.2}",
        ms / sweep.max(1e-6)
    );
    for zone in zones(&arranged) {
        println!("  {zone}");
    }
}

fn zones(arranged: &Arranged) -> Vec<String> {
    let say = |filled: &kaishi_domain::arrange::Filled| {
        let limits: Vec<String> = filled.limits.iter().map(|limit| format!("{limit:?}")).collect();
        format!(
            "{} {} by {:?} at {}°: {}",
            filled.area,
            filled.count,
            filled.pattern,
            filled.angle,
            limits.join(" ")
        )
    };
    arranged.areas.iter().map(say).collect()
}

/// The answer and the middle time in milliseconds.
#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
fn middle<T>(rounds: usize, work: impl Fn() -> T) -> (T, f64) {
    let mut times = Vec::new();
    let mut last = None;
    for _ in 0..rounds {
        let begun = Instant::now();
        last = Some(std::hint::black_box(work()));
        times.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    (last.expect("at least one round"), times[rounds / 2])
}

/// What a plain program does: tries every place on a half-metre grid once, four ways, and keeps what still fits.
fn sweep(ground: &Ground) -> usize {
    let mut standing: Vec<Footprint> = Vec::new();
    for area in &ground.zones {
        let bounds = area.polygon.bounds();
        let (columns, rows) = ((bounds.width() * 2.0) as usize, (bounds.height() * 2.0) as usize);
        for index in 0..columns * rows * 2 {
            let (turned, index) = (index % 2 == 1, index / 2);
            let at = Point::new((index % columns) as f64, (index / columns) as f64).times(0.5);
            let angle = if turned { 90.0 } else { 0.0 };
            let foot = Footprint { centre: bounds.low.plus(at), w: area.stall.w, d: area.stall.d, angle };
            let corners = foot.corners();
            let free = corners.iter().all(|corner| area.polygon.contains(*corner))
                && !ground.keep_clear.iter().any(|part| touches(part.polygon.points(), &corners))
                && !ground.obstacles.iter().any(|one| touches(one.polygon.points(), &corners))
                && !standing.iter().any(|other| touches(&other.corners(), &corners));
            if free {
                standing.push(foot);
            }
        }
    }
    standing.len()
}

fn touches(outline: &[Point], corners: &[Point; 4]) -> bool {
    signed_area(&clip(outline, corners)).abs() > 0.002
}
