//! The document as flat, plain data: blocks, spans, containers, links and places in them.
//! Never a boxed tree: nesting is a chain of indices, so that depth costs no stack.

use super::CleanText;
use std::ops::Range;

/// A place in the guide that survives a change of width: a block, a byte of its text, and, where
/// several laid-out rows start at the same byte (a blank row above, a frame), which of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Anchor {
    /// The block, by its number.
    pub block: u32,
    /// Byte of the block's text.
    pub byte: u32,
    /// Which of the rows that start at this byte, counted from 0.
    pub nth: u32,
}

impl Anchor {
    /// The first row of a block.
    pub fn of_block(block: u32) -> Anchor {
        Anchor { block, byte: 0, nth: 0 }
    }
}

/// A leaf block.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// All of its text, markup removed. A line feed is a hard break (in code: a line's end). In a table the cells'
    /// texts stand one after the other, each followed by a line feed.
    pub text: CleanText,
    /// Styled parts of `text`, in order, not overlapping; unstyled text has no span.
    pub spans: Vec<Span>,
    /// The innermost container that it stands in.
    pub container: Option<ContainerId>,
    /// The bytes of [`super::Guide::source`] that it came from.
    pub source: Range<usize>,
}

/// What a block is.
#[derive(Clone, Debug, PartialEq)]
pub enum BlockKind {
    /// A heading, level 1 to 6.
    Heading {
        /// 1 to 6.
        level: u8,
    },
    /// A paragraph; also the (possibly empty) text of a tight list item.
    Paragraph,
    /// Code, fenced or indented. The text ends without a line feed.
    Code {
        /// The first word of the info string.
        language: Option<CleanText>,
    },
    /// A table.
    Table(Table),
    /// A thematic break.
    Rule,
    /// Mathematics standing alone (`$$`), shown as its source.
    Math,
    /// The `<summary>` of a `<details>`; its container is the details itself.
    Summary,
}

/// A table's shape; its text is the block's.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// One per column.
    pub alignments: Vec<Alignment>,
    /// The first row is the head.
    pub rows: Vec<TableRow>,
}

/// One row: a range of the block's text per column. Missing cells have an empty range.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableRow {
    /// Ranges into the block's text.
    pub cells: Vec<Range<u32>>,
}

/// A column's alignment (GFM, tables).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Alignment {
    /// Not said.
    #[default]
    None,
    /// `:--`
    Left,
    /// `:-:`
    Center,
    /// `--:`
    Right,
}

/// A styled part of a block's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Bytes of the block's text.
    pub range: Range<u32>,
    /// How it is set apart.
    pub style: InlineStyle,
    /// The link or image that it belongs to.
    pub link: Option<LinkId>,
}

/// A set of inline styles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct InlineStyle(pub u16);

impl InlineStyle {
    /// No style.
    pub const PLAIN: InlineStyle = InlineStyle(0);
    /// `*emphasis*`
    pub const EMPHASIS: InlineStyle = InlineStyle(1);
    /// `**strong**`
    pub const STRONG: InlineStyle = InlineStyle(2);
    /// `~~struck~~`
    pub const STRIKE: InlineStyle = InlineStyle(4);
    /// `` `code` ``
    pub const CODE: InlineStyle = InlineStyle(8);
    /// A link's text.
    pub const LINK: InlineStyle = InlineStyle(16);
    /// An image's alternative text.
    pub const IMAGE: InlineStyle = InlineStyle(32);
    /// Mathematics, as source.
    pub const MATH: InlineStyle = InlineStyle(64);
    /// `<kbd>`
    pub const KBD: InlineStyle = InlineStyle(128);
    /// `<sub>`
    pub const SUB: InlineStyle = InlineStyle(256);
    /// `<sup>`
    pub const SUP: InlineStyle = InlineStyle(512);
    /// `<u>`, `<ins>`
    pub const UNDERLINE: InlineStyle = InlineStyle(1024);
    /// A footnote's mark.
    pub const FOOTNOTE: InlineStyle = InlineStyle(2048);
    /// `<mark>`
    pub const MARK: InlineStyle = InlineStyle(4096);

    /// Whether all styles of `other` are in this set.
    pub fn has(self, other: InlineStyle) -> bool {
        self.0 & other.0 == other.0
    }

    /// Both sets together.
    pub fn with(self, other: InlineStyle) -> InlineStyle {
        InlineStyle(self.0 | other.0)
    }

    /// This set less `other`.
    pub fn without(self, other: InlineStyle) -> InlineStyle {
        InlineStyle(self.0 & !other.0)
    }
}

/// A container, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContainerId(pub u32);

/// A block that holds blocks.
#[derive(Clone, Debug, PartialEq)]
pub struct Container {
    /// What it is.
    pub kind: ContainerKind,
    /// The container around it.
    pub parent: Option<ContainerId>,
    /// How many containers stand around it.
    pub depth: u32,
    /// How many quotes, items, footnotes and details stand around it (lists do not count): the drawn nesting.
    pub level: u32,
    /// The first block inside, which draws the marker.
    pub first_block: u32,
}

/// What a container is.
#[derive(Clone, Debug, PartialEq)]
pub enum ContainerKind {
    /// A block quote, or a GFM alert.
    Quote(Option<Alert>),
    /// A list. Holds items only.
    List {
        /// Number of the first item and the delimiter (`.` or `)`) of an ordered list.
        start: Option<(u64, char)>,
        /// No blank lines between items (CommonMark 5.3).
        tight: bool,
        /// How many digits the widest number has; 0 for bullets.
        digits: u8,
    },
    /// An item of the list that is its parent.
    Item {
        /// Its number in an ordered list.
        number: Option<u64>,
        /// Its task box: whether it is ticked in the file.
        task: Option<bool>,
        /// Where that stands: the byte of [`super::Guide::source`] between the brackets.
        box_at: Option<usize>,
        /// How many lists stand around it, from 1: chooses the bullet.
        nesting: u32,
    },
    /// A footnote's text.
    Footnote {
        /// Its label.
        label: CleanText,
        /// Its number by order of definition, from 1.
        number: u32,
    },
    /// `<details>`; its first block is the summary.
    Details {
        /// Whether the author wants it open.
        open: bool,
    },
}

/// A footnote's text.
#[derive(Clone, Debug, PartialEq)]
pub struct Footnote {
    /// Its label.
    pub label: CleanText,
    /// Its number.
    pub number: u32,
    /// Where it is written.
    pub container: ContainerId,
}

/// GFM's alerts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Alert {
    /// `[!NOTE]`
    Note,
    /// `[!TIP]`
    Tip,
    /// `[!IMPORTANT]`
    Important,
    /// `[!WARNING]`
    Warning,
    /// `[!CAUTION]`
    Caution,
}

/// A link, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkId(pub u32);

/// A link or an image.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Where it leads, as written (entities and escapes resolved), cleaned to one line.
    pub target: CleanText,
    /// Where it stands.
    pub block: u32,
    /// The bytes of the block's text that show it; empty for an image without alternative text.
    pub range: Range<u32>,
    /// Whether it is an image.
    pub image: bool,
}
