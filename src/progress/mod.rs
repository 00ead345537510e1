//! What people did with the guide: the journal's records, the state that they add up to, and its report.
//! Pure: knows no disk, clock or screen.

mod hlc;
mod event;
mod line;
mod log;
mod undo;
mod standing;
mod report;
mod select;
#[cfg(test)]
mod samples;

pub use event::{Change, Dot, Fault, Op, Record, Subject, is_device, plain_id, writer_of};
pub use hlc::Hlc;
pub use line::{Lines, MAX_LINE, read_lines};
pub use log::{Entry, Log};
pub use report::{
    GroupReport, GuideReport, ItemReport, LogReport, NextReport, Report, RetiredReport, Walk, history, report,
};
pub use select::Unselected;
pub use standing::{Standing, Tally, next_open, section_items};
