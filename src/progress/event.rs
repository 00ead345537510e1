//! The journal's records: what is written, one line of JSON each, and how a line is read back.

use crate::guide::{CleanText, GroupId, Guide, ItemId, ItemIndex, ItemKind};

/// A hybrid logical clock: wall time that never runs backwards. Orders events of several devices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hlc {
    /// Milliseconds since the Unix epoch.
    pub millis: i64,
    /// Counts events within one millisecond.
    pub counter: u32,
}

/// A record's identity: the `n`th of a device.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Dot {
    /// The device, which names the file.
    pub device: String,
    /// Counted from 1.
    pub n: u64,
}

/// What a change is about: enough of the item to find it again when the guide was edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The item's or the group's id.
    pub id: ItemId,
    /// The item's kind; none for a group.
    pub kind: Option<ItemKind>,
    /// The label, cut to 200 characters.
    pub label: CleanText,
    /// Where it stood: folded titles of the headings above, joined by U+001F, cut to 400 characters.
    pub path: String,
    /// Its place among the items of its group, from 1; 0 for a group.
    pub place: u32,
    /// Hash of its text.
    pub body: u64,
}

/// What somebody did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Op {
    /// Ticked a step or a task.
    Done,
    /// Took the tick, the skip or the affirmation back.
    Todo,
    /// Skipped it.
    Skip {
        /// Why.
        reason: CleanText,
    },
    /// Wrote a note; an empty one takes the note away.
    Note {
        /// The note, one line.
        text: CleanText,
    },
    /// Affirmed a value.
    Affirm,
    /// Left a group out of the count.
    Leave,
    /// Brought a group back.
    Restore,
    /// Took an earlier record back.
    Undo {
        /// Which.
        of: Dot,
    },
    /// Took an undo back.
    Redo {
        /// The record that counts again.
        of: Dot,
    },
}

/// What somebody did to what, before the journal stamps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// About what.
    pub subject: Subject,
    /// Done what.
    pub op: Op,
}

/// A change as the journal holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its identity.
    pub dot: Dot,
    /// When.
    pub at: Hlc,
    /// Who.
    pub by: CleanText,
    /// What.
    pub change: Change,
}

/// Why a line of a journal was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The checksum does not fit: torn or damaged.
    Torn,
    /// Not a record.
    Foreign,
    /// Written by a newer version: kept, not shown.
    Newer,
}

impl Record {
    /// The record as one line of JSON, ending in a line feed, with its checksum; at most 4 KiB.
    pub fn to_line(&self) -> String {
        todo!()
    }

    /// Reads one line, without its line feed; `device` comes from the file's name and must fit.
    pub fn from_line(line: &[u8], device: &str) -> Result<Record, Fault> {
        let _ = (line, device);
        todo!()
    }
}

impl Subject {
    /// The subject for an item of this guide.
    pub fn of_item(guide: &Guide, item: ItemIndex) -> Subject {
        let _ = (guide, item);
        todo!()
    }

    /// The subject for a group of this guide.
    pub fn of_group(guide: &Guide, group: GroupId) -> Subject {
        let _ = (guide, group);
        todo!()
    }
}
