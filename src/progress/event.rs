//! What somebody did with the guide, as data: the journal's records. How they stand on disk is `line`'s matter.

use super::{Hlc, Near};
use crate::guide::{CleanText, GroupId, Guide, ItemId, ItemIndex, ItemKind};
use compact_str::format_compact;

/// Most characters of a label in a record.
pub const LABEL_CHARS: usize = 200;
/// Most characters of a path in a record.
pub const PATH_CHARS: usize = 400;
/// Most characters of a note or a reason in a record.
pub const NOTE_CHARS: usize = 1000;
/// Most characters of an item's id in a record; longer ones are cut and told apart by a checksum.
pub const ID_CHARS: usize = 120;
/// Most bytes of a device's name.
pub const DEVICE_BYTES: usize = 80;

/// A record's identity: the `n`th of a device.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Dot {
    /// The device, which names the file.
    pub device: String,
    /// Counted from 1.
    pub n: u64,
}

/// What a change is about: enough of the item to find it again when the guide was edited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
    /// Hash of its text; of a group, hash of its items' labels.
    pub body: u64,
    /// Its box was ticked in the file: undone to the last, a change gives it back.
    pub ticked: bool,
    /// What stood around it. [`super::Log::located`] fills it in.
    pub near: Box<Near>,
    /// The id that the journal knew it by until now, where that is another: what was recorded under that id before
    /// this record is the item's own from now on. [`super::Log::located`] fills it in.
    pub was: Option<Box<ItemId>>,
    /// What was recorded under the item's own id up to this time was another's: the items of a guide may take each
    /// other's ids when it is edited. [`super::Log::located`] fills it in.
    pub anew: Option<Box<Hlc>>,
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
    /// Confirmed what stands: what was carried over belongs to this item ([`Subject::was`] says from where), or the
    /// text that changed since was read.
    Confirm,
    /// Started the run over: what was recorded before about items does not count any more. Groups left out stay so.
    Reset,
    /// Put the run away: it is over, and listed apart.
    Archive,
    /// Took the run out again.
    Unarchive,
    /// Brought in from an export what somebody did, under their name and at their time.
    Import(Box<Told>),
}

/// What an export says that somebody did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What.
    pub what: Settled,
    /// Who.
    pub by: CleanText,
    /// When, in milliseconds since the epoch.
    pub at: i64,
}

/// A way to settle an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// Done.
    Done,
    /// Skipped, and why.
    Skip(CleanText),
    /// Affirmed.
    Affirm,
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
    Odd,
    /// A record of another device than the file's.
    Foreign,
    /// Written by a newer version: kept, not shown.
    Newer,
}

impl Op {
    /// Whether it settles an item: done, skipped, affirmed.
    pub fn settles(&self) -> bool {
        matches!(self, Op::Done | Op::Skip { .. } | Op::Affirm | Op::Import { .. })
    }

    /// Whether it is about one item.
    pub fn concerns_item(&self) -> bool {
        match self {
            Op::Done | Op::Todo | Op::Skip { .. } | Op::Note { .. } | Op::Affirm | Op::Confirm | Op::Import { .. } => {
                true
            }
            Op::Leave | Op::Restore | Op::Undo { .. } | Op::Redo { .. } => false,
            Op::Reset | Op::Archive | Op::Unarchive => false,
        }
    }

    /// Whether it is about one group.
    pub(super) fn concerns_group(&self) -> bool {
        matches!(self, Op::Leave | Op::Restore)
    }
}

impl From<Settled> for Op {
    fn from(settled: Settled) -> Op {
        match settled {
            Settled::Done => Op::Done,
            Settled::Skip(reason) => Op::Skip { reason },
            Settled::Affirm => Op::Affirm,
        }
    }
}

impl Record {
    /// The record as it counts: what was brought in from an export counts as what it says, for whom and when it says.
    pub(super) fn as_counted(&self) -> Record {
        let mut record = self.clone();
        if let Op::Import(told) = record.change.op {
            let Told { what, by, at } = *told;
            (record.by, record.at.millis) = (by, at);
            record.change.op = what.into();
        }
        record
    }
}

impl Subject {
    /// The subject for an item of this guide; empty for an index that it does not have.
    pub fn of_item(guide: &Guide, item: ItemIndex) -> Subject {
        let Some(found) = guide.items.get(item) else { return Subject::default() };
        let group = guide.groups.get(found.group());
        let siblings = group.map_or(&[] as &[ItemIndex], |g| &g.items);
        let place = siblings.iter().position(|&i| i == item).map_or(0, |p| p + 1);
        Subject {
            id: plain_id(&found.id),
            kind: Some(found.kind),
            label: CleanText::line(cut(&found.label, LABEL_CHARS)),
            path: cut(&group.map_or_else(String::new, |g| guide.path_of(g)), PATH_CHARS).to_owned(),
            place: place.try_into().unwrap_or(u32::MAX),
            body: found.body,
            ticked: found.checked,
            ..Subject::default()
        }
    }

    /// The subject for a group of this guide; empty for an index that it does not have.
    pub fn of_group(guide: &Guide, group: GroupId) -> Subject {
        let Some(found) = guide.groups.get(group) else { return Subject::default() };
        Subject {
            id: plain_id(&found.id),
            label: CleanText::line(cut(&found.title, LABEL_CHARS)),
            ..Subject::default()
        }
    }

    /// The subject of a change of the whole run.
    pub fn of_run(name: &str) -> Subject {
        Subject { label: CleanText::line(cut(name, LABEL_CHARS)), ..Subject::default() }
    }
}

/// The first `most` characters.
pub(super) fn cut(text: &str, most: usize) -> &str {
    match text.char_indices().nth(most) {
        Some((end, _)) => text.get(..end).unwrap_or(text),
        None => text,
    }
}

/// The id as records hold it: clean, one line, of a bounded length. An author's explicit id may be neither; it is
/// made so wherever it is written, read or looked up, so that what was written is found again.
pub fn plain_id(id: &ItemId) -> ItemId {
    if id.0.len() <= ID_CHARS && id.0.bytes().all(|b| b.is_ascii_graphic()) {
        return id.clone();
    }
    let clean = CleanText::line(&id.0);
    if clean.chars().count() <= ID_CHARS {
        return ItemId(clean.as_str().into());
    }
    let start = cut(&clean, ID_CHARS - 20).trim_end();
    ItemId(format_compact!("{start}-{:08x}", crc32fast::hash(clean.as_bytes())))
}

/// Whether a name can be a device's: ASCII letters, digits and `-`, so that it is a file name everywhere.
pub fn is_device(name: &str) -> bool {
    (1..=DEVICE_BYTES).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// The device without the process number that a program adds when it cannot have the device's own file
/// (`lise-1a2b3c4d-4711` is `lise-1a2b3c4d`): what one undoes, the other did.
pub fn writer_of(device: &str) -> &str {
    let Some((base, process)) = device.rsplit_once('-') else { return device };
    let number = (1..=7).contains(&process.len()) && process.bytes().all(|b| b.is_ascii_digit());
    let random = base.rsplit_once('-').is_some_and(|(_, r)| r.len() == 8 && r.bytes().all(|b| b.is_ascii_hexdigit()));
    if number && random { base } else { device }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_file_belongs_to_its_device() {
        assert_eq!(writer_of("lise-1a2b3c4d-4711"), "lise-1a2b3c4d");
        assert_eq!(writer_of("lise-1a2b3c4d"), "lise-1a2b3c4d");
        assert_eq!(writer_of("lise-12345678"), "lise-12345678");
        assert_eq!(writer_of("anne-lise-1a2b3c4d"), "anne-lise-1a2b3c4d");
        assert_eq!(writer_of("lise-1a2b3c4d-12345678"), "lise-1a2b3c4d-12345678");
        assert_eq!(writer_of("é-1"), "é-1");
    }

    #[test]
    fn an_id_is_made_plain_once_and_for_all() {
        let long = ItemId("é".repeat(500).into());
        let other = ItemId(format!("{}x", "é".repeat(499)).into());
        for raw in [&ItemId("step one".into()), &long, &ItemId(" a \u{1b}b ".into()), &ItemId("0011aabb".into())] {
            let plain = plain_id(raw);
            assert!(plain.0.chars().count() <= ID_CHARS);
            assert_eq!(plain_id(&plain), plain);
        }
        assert_ne!(plain_id(&long), plain_id(&other));
        assert_eq!(plain_id(&ItemId("0011aabb".into())).0, "0011aabb");
    }

    #[test]
    fn a_cut_falls_between_characters() {
        assert_eq!(cut("éàü", 2), "éà");
        assert_eq!(cut("éàü", 3), "éàü");
        assert_eq!(cut("", 3), "");
    }
}
