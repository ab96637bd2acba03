//! Randomness as an argument: the system's in service, a seeded one in tests and simulations.

use std::sync::Mutex;

/// A source of random bytes.
pub trait Chance: Send + Sync {
    /// Fills the buffer.
    fn fill(&self, buffer: &mut [u8]);
}

/// So many random bytes as an array.
pub fn bytes<const N: usize>(chance: &dyn Chance) -> [u8; N] {
    let mut buffer = [0; N];
    chance.fill(&mut buffer);
    buffer
}

/// A reproducible sequence (`SplitMix64`, Steele, Lea and Flood 2014). For tests and simulations only.
pub struct Seeded(Mutex<u64>);

impl Seeded {
    /// The sequence that belongs to this seed.
    pub const fn new(seed: u64) -> Self {
        Self(Mutex::new(seed))
    }

    /// The next 64 bits.
    pub fn next(&self) -> u64 {
        let mut state = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = *state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound` (which must not be zero).
    pub fn below(&self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }
}

impl Chance for Seeded {
    fn fill(&self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(8) {
            let bytes = self.next().to_le_bytes();
            chunk.copy_from_slice(&bytes[..chunk.len()]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_always_gives_the_same_sequence() {
        let (one, two, other) = (Seeded::new(7), Seeded::new(7), Seeded::new(8));
        let first: [u8; 13] = bytes(&one);
        assert_eq!(first, bytes::<13>(&two));
        assert_ne!(first, bytes::<13>(&other));
    }
}
