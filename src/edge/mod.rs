//! The only impure room: disk, terminal, clock, threads, processes.
