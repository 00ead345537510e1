//! What the fuzzer and the suite both call: a function for each kind of bytes that come from outside, which panics where
//! the program breaks a promise about them. Reads no disk, knows no clock: the same bytes do the same every time.

pub mod journal;
pub mod keyboard;
pub mod links;
pub mod screen;
pub mod settings;

/// How much of what a target can try is tried on an input.
pub enum Share {
    /// All: the suite, which has few inputs.
    Whole,
    /// A part that follows from the input's own bytes: a campaign, in whose millions of inputs every part has its turn.
    Drawn(Dice),
}

impl Share {
    /// What a campaign tries on these bytes.
    pub fn drawn(bytes: &[u8]) -> Share {
        // Not the seed that a target throws from itself: what is tried and in which order are two things.
        Share::Drawn(Dice(u64::from(crc32fast::hash(bytes)) << 32 | 1))
    }

    /// Whether to try what a campaign tries once in so many times.
    pub fn once_in(&mut self, times: usize) -> bool {
        match self {
            Share::Whole => true,
            Share::Drawn(dice) => dice.roll(times) == 0,
        }
    }

    /// The parts to try where a campaign tries one of so many.
    pub fn one_of(&mut self, parts: usize) -> std::ops::Range<usize> {
        match self {
            Share::Whole => 0..parts,
            Share::Drawn(dice) => {
                let part = dice.roll(parts);
                part..part + 1
            }
        }
    }
}

/// Small numbers that are the same in every run (xorshift64*), from a seed that must not be zero. The suite throws them
/// too.
pub struct Dice(pub u64);

impl Dice {
    /// A number below so many.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % sides.max(1)
    }

    /// One of several.
    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.roll(all.len())]
    }

    /// Puts things into another order.
    pub fn shuffle<T>(&mut self, all: &mut [T]) {
        for i in (1..all.len()).rev() {
            all.swap(i, self.roll(i + 1));
        }
    }
}
