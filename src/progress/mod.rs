//! What people did with the guide: the journal's records, the state that they add up to, and its report.
//! Pure: knows no disk, clock or screen.

mod event;
mod log;
mod report;

pub use event::{Change, Dot, Fault, Hlc, Op, Record, Subject};
pub use log::{Entry, Log, Standing, Tally};
pub use report::{GroupReport, ItemReport, Report, report};
