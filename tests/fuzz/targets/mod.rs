//! What the fuzzer and the suite both call: a function for each kind of bytes that come from outside, which panics where
//! the program breaks a promise about them. Reads no disk, knows no clock: the same bytes do the same every time.

pub mod journal;
pub mod keyboard;
pub mod links;
pub mod screen;
pub mod settings;

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
