//! How fast the parts of jalon are: guides to measure on, the pieces of work that are measured, and the table of a run
//! against other programs. What reads clocks and counters stands in `benches` and `src/bin`; `README.md` says how to run
//! them.

pub mod endless;
pub mod guide;
pub mod pieces;
pub mod table;
