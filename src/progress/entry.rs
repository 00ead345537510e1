//! What the records say of one item or group: what counts last, the note, and which text was seen.

use super::{Change, Dot, Hlc, Op, Record};
use crate::guide::CleanText;

/// What the records say of one item or group.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// The last of done, todo, skip, affirm, leave, restore that counts, with who and when. What was brought in from an
    /// export stands here under the name and the time that the export gives.
    pub last: Option<Record>,
    /// The note that stands.
    pub note: Option<CleanText>,
    /// Hash of the text that was last settled or confirmed.
    pub seen: Option<u64>,
}

impl Entry {
    /// The record that settled the item, with who and when, unless it was opened again since.
    pub fn settled(&self) -> Option<&Record> {
        self.last.as_ref().filter(|r| r.change.op.settles())
    }

    /// Whether a text of this hash is not the one that was settled or confirmed.
    pub fn is_changed(&self, body: u64) -> bool {
        self.settled().is_some() && self.seen.is_some_and(|seen| seen != body)
    }

    pub(super) fn left_out(&self) -> bool {
        self.last.as_ref().is_some_and(|r| r.change.op == Op::Leave)
    }

    /// The entry with changes on top that are not on disk yet.
    pub(super) fn with<'a>(mut self, pending: impl Iterator<Item = &'a Change>, now: i64) -> Entry {
        for change in pending {
            let body = change.subject.body;
            match &change.op {
                Op::Undo { .. } | Op::Redo { .. } | Op::Reset | Op::Archive | Op::Unarchive => {}
                Op::Note { text } => self.note = Some(text.clone()).filter(|t| !t.is_empty()),
                Op::Confirm => self.seen = Some(body),
                op => {
                    self.seen = op.settles().then_some(body).or(self.seen);
                    self.last = Some(provisional(change, now).as_counted());
                }
            }
        }
        self
    }
}

/// A change as a record that no journal holds yet.
fn provisional(change: &Change, now: i64) -> Record {
    Record {
        dot: Dot { device: String::new(), n: 0 },
        at: Hlc { millis: now, counter: 0 },
        by: CleanText::default(),
        change: change.clone(),
    }
}
