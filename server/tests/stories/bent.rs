//! The probes of `make fuzz` without a fuzzer: every seed gets past the door, and nothing that is bent a little breaks
//! what has to hold behind it.

use kaishi_domain::chance::Seeded;

use crate::probe::Target;

#[test]
fn every_seed_gets_past_the_door() {
    for target in Target::ALL {
        for (seed, nth) in target.seeds().into_iter().zip(1..) {
            assert!(target.run(&seed), "seed {nth} of {target:?}: {}", String::from_utf8_lossy(&seed));
        }
    }
}

/// One to four bytes changed, a piece cut out, or a piece of another seed put in.
fn bend(chance: &Seeded, bytes: &mut Vec<u8>, other: &[u8]) {
    let below = |most: usize| chance.below(most.max(1) as u64) as usize;
    match below(4) {
        0 => {
            let from = below(bytes.len());
            bytes.drain(from..from + below(bytes.len() - from));
        }
        1 => {
            let (at, from) = (below(bytes.len()), below(other.len()));
            bytes.splice(at..at, other[from..from + below(other.len() - from)].iter().copied());
        }
        _ => {
            for _ in 0..=below(4) {
                let at = below(bytes.len());
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = chance.next() as u8;
                }
            }
        }
    }
}

#[test]
fn what_is_bent_a_little_breaks_nothing() {
    let chance = Seeded::new(20_230_513);
    for target in Target::ALL {
        let seeds = target.seeds();
        for seed in &seeds {
            for _ in 0..40 {
                let (mut bytes, other) = (seed.clone(), &seeds[chance.below(seeds.len() as u64) as usize]);
                for _ in 0..=chance.below(3) {
                    bend(&chance, &mut bytes, other);
                }
                target.run(&bytes);
            }
        }
    }
}
