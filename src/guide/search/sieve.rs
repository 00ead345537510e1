//! What a text cannot hold: a Bloom filter over the runs of three bytes in it. Never says that a text holds something,
//! only that it may, or that it does not.

/// Bytes of a text that are taken together: fewer tell too little, and shorter queries would pass through unsifted.
const GRAM: usize = 3;

/// The most bits of a filter: no language has so many runs of three that a longer text needed more.
const MOST: usize = 1 << 20;

/// Bytes of a text up to which a filter has a bit for each.
const SHORT: usize = 8 * 1024;

/// The least bits of a filter.
const LEAST: usize = 64;

/// A set of runs of three bytes, of which some may be in it that nobody put there.
#[derive(Clone, Debug)]
pub(super) struct Sieve {
    words: Box<[u64]>,
}

/// The runs of three bytes in what is looked for.
pub(super) struct Grams(Vec<u32>);

impl Grams {
    /// Those of a text.
    pub(super) fn of(text: &str) -> Grams {
        let mut all: Vec<u32> = grams(text).collect();
        all.sort_unstable();
        all.dedup();
        Grams(all)
    }
}

fn grams(text: &str) -> impl Iterator<Item = u32> {
    text.as_bytes().windows(GRAM).map(|gram| gram.iter().fold(0, |all, byte| all << 8 | u32::from(*byte)))
}

impl Sieve {
    /// An empty one for a text of some bytes: a bit a byte, for a short text has nearly as many different runs as bytes;
    /// a third of that for a longer one, which says much again.
    pub(super) fn with_room(bytes: usize) -> Sieve {
        let bits = if bytes < SHORT { bytes } else { (bytes / 3).max(SHORT) };
        Sieve { words: vec![0; bits.clamp(LEAST, MOST).div_ceil(64)].into() }
    }

    /// Puts in the runs of a text.
    pub(super) fn take(&mut self, text: &str) {
        for gram in grams(text) {
            for (word, bit) in self.places(gram) {
                if let Some(word) = self.words.get_mut(word) {
                    *word |= bit;
                }
            }
        }
    }

    /// Whether a text may be among those that were put in.
    pub(super) fn may_hold(&self, text: &Grams) -> bool {
        let is_in = |(word, bit): (usize, u64)| self.words.get(word).is_some_and(|word| word & bit != 0);
        text.0.iter().all(|gram| self.places(*gram).into_iter().all(is_in))
    }

    /// The bits of a run: two, by two multiplicative hashes, whose upper halves are scaled to the room.
    fn places(&self, gram: u32) -> [(usize, u64); 2] {
        let bits = self.words.len() as u64 * 64;
        [0x9e37_79b1_u32, 0x85eb_ca77].map(|factor| {
            let hash = gram.wrapping_mul(factor);
            let hash = (hash ^ (hash >> 15)).wrapping_mul(factor);
            let bit = (u64::from(hash) * bits) >> 32;
            ((bit / 64) as usize, 1 << (bit % 64))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sieve(text: &str) -> Sieve {
        let mut sieve = Sieve::with_room(text.len());
        sieve.take(text);
        sieve
    }

    #[test]
    fn what_is_there_passes_whatever_else_does() {
        let text: String = (0..2_000).map(|n| format!("mot{} été{} ", n * 7_919 % 2_003, n)).collect();
        let sieve = sieve(&text);
        let starts = (0..text.len()).filter(|at| text.is_char_boundary(*at));
        for start in starts.step_by(97) {
            for part in (0..40).filter_map(|len| text.get(start..start + len)) {
                assert!(sieve.may_hold(&Grams::of(part)), "{part:?}");
            }
        }
    }

    #[test]
    fn most_of_what_is_not_there_does_not_pass() {
        let text: String = (0..1_000).map(|n| format!("mot{n} ")).collect();
        let sieve = sieve(&text);
        let strange = (0..1_000).map(|n| format!("xyz{n:04}"));
        let passed = strange.filter(|word| sieve.may_hold(&Grams::of(word))).count();
        assert!(passed < 20, "{passed} of 1000");
        assert!(sieve.may_hold(&Grams::of("qq")), "what is too short to be sifted passes");
        assert!(!Sieve::with_room(0).may_hold(&Grams::of("mot")), "nothing holds nothing");
    }
}
