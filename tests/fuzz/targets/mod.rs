//! What the fuzzer and the suite both call: a function for each kind of bytes that come from outside, which panics where
//! the program breaks a promise about them. Reads no disk, knows no clock: the same bytes do the same every time.

pub mod journal;
pub mod keyboard;
pub mod links;
pub mod screen;
pub mod settings;
