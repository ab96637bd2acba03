//! Histories of a market by chance: residents, phones without a network, paper, organizers, units and a committee do
//! one thing after another with the real rules, and after each of them everything that was promised is looked at.
//!
//! A few hundred histories in `cargo test`; ten thousand of 200 steps with `make soak`. One alone:
//! `KAISHI_HISTORY_SEED=17 cargo test -p kaishi-domain --test history`.

mod appeals;
mod book;
mod bulletin;
mod call;
mod crew;
mod square;
mod world;

use world::World;

const STEPS: usize = 200;
const FEW: u64 = 300;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// What broke in which step of a history, if anything did.
fn history(seed: u64, steps: usize) -> Result<World, String> {
    let mut world = World::new(seed);
    for step in 0..steps {
        let done = world.act();
        world.check().map_err(|broken| format!("seed {seed}, step {step}, after {done}: {broken}"))?;
    }
    Ok(world)
}

#[test]
fn whatever_happens_every_promise_is_kept() {
    let only = number("KAISHI_HISTORY_SEED");
    let count = number("KAISHI_HISTORIES").unwrap_or(FEW);
    let seeds = only.map_or(0..count, |seed| seed..seed + 1);
    assert!(!seeds.is_empty(), "there are histories");
    // Two at a time: a long run has the machine to itself.
    let halves: Vec<Vec<u64>> =
        (0..2).map(|half| seeds.clone().filter(|seed| seed % 2 == half).collect()).collect();
    let run = |seeds: Vec<u64>| -> Vec<String> {
        seeds.into_iter().filter_map(|seed| history(seed, STEPS).err()).take(10).collect()
    };
    let broken: Vec<String> = std::thread::scope(|scope| {
        let both: Vec<_> = halves.into_iter().map(|half| scope.spawn(move || run(half))).collect();
        both.into_iter().flat_map(|half| half.join().expect("no rule panics")).collect()
    });
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn histories_are_eventful() {
    let mut all = world::Deeds::default();
    for seed in 0..40 {
        all.add(history(seed, STEPS).expect("a sound history").deeds());
    }
    let wanted = "scans, scans sent again, visits taken back, taps, taps sent again, taps taken back, answers lost, \
        refused records, paper rows, sheets sent again, second person is the first, paper taken back, reviews, \
        appeals, accept, dispatch, take, return, handle, resolve, rate, file, merge, join, stale forms, verbs refused, \
        edits, edits refused, edits undone, undo against another's change, published, publishing refused, rain switches, \
        gestures, gestures undone, stale gestures refused, claims, decisions, decisions refused, signatures, corrections";
    for what in wanted.split(", ") {
        let times = all.each().find(|(name, _)| *name == what).map_or(0, |(_, times)| times);
        assert!(times > 0, "{what} happened {times} times in forty histories");
    }
}

#[test]
fn the_same_seed_is_the_same_history() {
    let head = |seed| history(seed, STEPS).expect("a sound history").book.head();
    assert_eq!(head(5), head(5));
    assert_ne!(head(5), head(6));
}
