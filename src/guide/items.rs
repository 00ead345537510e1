//! Steps, tasks, values and their groups, found in the blocks that the parser made.

use super::{CleanText, HeadingIndex};
use compact_str::CompactString;
use std::num::{NonZeroU32, NonZeroUsize};
use std::ops::Range;

/// An item's name in the journal: an explicit id `{#id}`, else 16 hexadecimal digits. These take no room of their own: a
/// large guide has hundreds of thousands.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct ItemId(pub CompactString);

/// Index into [`super::Guide::items`].
pub type ItemIndex = usize;
/// Index into [`super::Guide::groups`].
pub type GroupId = usize;

/// Something to do or to uphold. A large guide has hundreds of thousands: numbers are kept in as little room as they need.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Its name in the journal.
    pub id: ItemId,
    /// What it is.
    pub kind: ItemKind,
    /// Its lead, without number or markup: the heading's text, the bold words, the first sentence.
    pub label: CleanText,
    pub(crate) group: u32,
    /// Counted from 1.
    pub(crate) parent: Option<NonZeroU32>,
    /// One more than it is.
    pub(crate) number: Option<NonZeroU32>,
    /// The blocks that are its text.
    pub blocks: Range<u32>,
    /// Ticked in the file itself: `- [x]`.
    pub checked: bool,
    pub(crate) box_at: Option<NonZeroUsize>,
    /// Hash of its whole text, folded: tells whether the text changed since it was settled.
    pub body: u64,
    /// Why it is an item.
    pub why: Why,
}

impl Item {
    /// The group that counts it.
    pub fn group(&self) -> GroupId {
        self.group as usize
    }

    /// The item that it is a part of: a numbered heading over an ordered list, a list item over a nested one.
    pub fn parent(&self) -> Option<ItemIndex> {
        self.parent.map(|at| at.get() as usize - 1)
    }

    /// The number that the author gave it (`3` of `### 3. …`).
    pub fn number(&self) -> Option<u32> {
        self.number.map(|number| number.get() - 1)
    }

    /// Its first block, which carries its mark.
    pub fn block(&self) -> u32 {
        self.blocks.start
    }

    /// The byte of [`super::Guide::source`] between the brackets of its task box.
    pub fn box_at(&self) -> Option<usize> {
        self.box_at.map(NonZeroUsize::get)
    }
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ItemKind {
    /// Done on a date.
    Step,
    /// A task box.
    Task,
    /// Upheld and reaffirmed, never finished.
    Value,
}

/// The rule that found an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Sibling headings numbered from 1 up.
    NumberedHeading,
    /// A task box.
    TaskBox,
    /// An ordered list.
    OrderedList,
    /// Bullets that open with bold text, under a heading of values.
    BoldLed,
    /// Numbered headings under a heading of values.
    NumberedValue,
}

/// The items of one kind that one section holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Its name in the journal, for leaving it out: same form as an item's.
    pub id: ItemId,
    /// The heading's text, without its number; the guide's title before the first heading.
    pub title: CleanText,
    /// What it holds.
    pub kind: GroupKind,
    /// The section.
    pub heading: Option<HeadingIndex>,
    /// The nearest group of a section around this one.
    pub parent: Option<GroupId>,
    /// Its items, in order.
    pub items: Vec<ItemIndex>,
}

/// What a group holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GroupKind {
    /// Steps.
    Steps,
    /// Tasks.
    Tasks,
    /// Values.
    Values,
}
