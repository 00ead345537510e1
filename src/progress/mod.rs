//! What people did with the guide: the journal's records, the state that they add up to, and its report.
//! Pure: knows no disk, clock or screen.

mod boxes;
mod hlc;
mod near;
mod event;
mod line;
mod entry;
mod undo;
mod log;
mod filing;
mod likeness;
mod matching;
mod carry;
mod preview;
mod standing;
mod report;
mod select;
mod prompt;
mod sheet;
mod export;
mod import;
mod adopt;
#[cfg(test)]
mod samples;

pub use adopt::adopt;
pub use boxes::Boxes;
pub use carry::Carry;
pub use entry::Entry;
pub use event::{Change, Dot, Fault, Op, Record, Settled, Subject, Told, is_device, plain_id, writer_of};
pub use export::{export_json, export_markdown};
pub use hlc::Hlc;
pub use import::{BadExport, import};
pub use line::{Lines, MAX_LINE, name as op_name, read_lines};
pub use log::Log;
pub use matching::{Carried, Match, Matching};
pub use near::Near;
pub use prompt::{BadTemplate, FIELDS, format};
pub use report::{
    GroupReport, GuideReport, ItemReport, LogReport, NextReport, Report, RetiredReport, Walk, history, report,
};
pub use select::Unselected;
pub use standing::{Standing, Tally, next_open, section_items};
