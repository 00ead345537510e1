//! All records known, and the state they add up to: last writer wins per item, by hybrid clock, ties by device.
//! The order in which records come, and records that come twice, make no difference.

use super::{Change, Dot, Hlc, Record};
use crate::guide::{CleanText, Guide, ItemId, ItemIndex};

/// All records known.
#[derive(Clone, Debug, Default)]
pub struct Log {
    records: Vec<Record>,
}

/// What the records say of one item or group.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// The last of done, todo, skip, affirm, leave, restore that counts, with who and when.
    pub last: Option<Record>,
    /// The note that stands.
    pub note: Option<CleanText>,
}

/// Where an item stands today.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Standing {
    /// Nothing settled.
    #[default]
    Todo,
    /// A step or task that is done.
    Done,
    /// Skipped, with the reason.
    Skipped(CleanText),
    /// A value affirmed lately.
    Upheld,
    /// A value affirmed so long ago that it asks to be reviewed.
    Due,
}

/// Settled and total. A skipped item counts as settled, a value while it is upheld.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Settled.
    pub done: usize,
    /// All.
    pub total: usize,
}

impl Log {
    /// Adds a record; false if it was known.
    pub fn add(&mut self, record: Record) -> bool {
        if self.records.iter().any(|r| r.dot == record.dot) {
            return false;
        }
        self.records.push(record);
        true
    }

    /// All records in the fixed order: hybrid clock, then device, then number.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// What counts for an id.
    pub fn entry(&self, id: &ItemId) -> Option<&Entry> {
        let _ = id;
        None
    }

    /// The change that undoes the last standing change of `device`.
    pub fn undo(&self, device: &str) -> Option<Change> {
        let _ = device;
        None
    }

    /// The change that redoes what `device` undid last.
    pub fn redo(&self, device: &str) -> Option<Change> {
        let _ = device;
        None
    }

    /// The largest clock seen.
    pub fn clock(&self) -> Hlc {
        self.records.iter().map(|r| r.at).max().unwrap_or_default()
    }

    /// Where an item stands at `now` (milliseconds since the epoch); values are due after `review_days` days.
    pub fn standing(&self, guide: &Guide, item: ItemIndex, now: i64, review_days: u32) -> Standing {
        let _ = (guide, item, now, review_days);
        Standing::Todo
    }

    /// Whether the reader left the group out.
    pub fn left_out(&self, group: &ItemId) -> bool {
        let _ = group;
        false
    }

    /// The record with this identity.
    pub fn record(&self, dot: &Dot) -> Option<&Record> {
        self.records.iter().find(|r| r.dot == *dot)
    }
}

impl Standing {
    /// Whether it counts as settled.
    pub fn settled(&self) -> bool {
        matches!(self, Standing::Done | Standing::Skipped(_) | Standing::Upheld)
    }
}
