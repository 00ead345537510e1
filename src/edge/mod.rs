//! The only impure room: disk, terminal, clock, threads, processes.

pub mod clock;
mod input;
pub mod journal;
pub mod places;
mod screen;
mod terminal;
