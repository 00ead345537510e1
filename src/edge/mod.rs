//! The only impure room: disk, terminal, clock, threads, processes.

pub mod clock;
pub mod journal;
pub mod places;
pub mod shell;
