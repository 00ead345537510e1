//! Everything that the screen shows. Written by `update` alone; what is derived, by `Model::settle` alone.

use super::msg::Ticket;
use super::panes::Panes;
use crate::guide::{Anchor, CleanText, ContainerId, GroupId, Guide, HeadingIndex, ItemIndex};
use crate::layout::{Colours, Line};
use crate::progress::{Change, Log, Standing, Tally};
use crate::theme::{ThemeChoice, Themed};
use crate::words::Lang;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A panel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Panel {
    /// The headings.
    Outline,
    /// The guide's text.
    #[default]
    Text,
    /// Steps, tasks and values.
    Checklist,
    /// Contacts.
    Contacts,
}

/// What the user chose, and what the edge knows at the start.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Language of the interface.
    pub lang: Lang,
    /// Theme asked for.
    pub theme: ThemeChoice,
    /// False under `NO_COLOR`.
    pub colour: bool,
    /// ASCII marks.
    pub ascii: bool,
    /// Mouse reports at the start.
    pub mouse: bool,
    /// Days after which a value asks to be reviewed.
    pub review_after_days: u32,
    /// The text column's greatest width.
    pub max_width: u16,
    /// Who ticks.
    pub who: CleanText,
    /// The device that this program writes as: whose changes undo takes back.
    pub device: String,
    /// The guide's file name, for the window title and messages; none for the built-in guide.
    pub file: Option<CleanText>,
}

/// A change on its way to the disk.
#[derive(Clone, Debug, PartialEq)]
pub struct Pending {
    /// Its ticket.
    pub ticket: Ticket,
    /// The change.
    pub change: Change,
    /// Set when the journal refused it: it stays visible as not saved.
    pub refused: Option<CleanText>,
}

/// Whether what an item shows is on disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Save {
    /// It is.
    #[default]
    Saved,
    /// On its way.
    Pending,
    /// It could not be saved.
    Failed,
}

/// The text.
#[derive(Clone, Debug, Default)]
pub struct Reader {
    /// The row at the top.
    pub top: Anchor,
    /// `<details>` that the reader opened or closed.
    pub toggled: BTreeSet<ContainerId>,
    /// Derived: the rows on the screen.
    pub lines: Vec<Line>,
    /// Derived: the section being read.
    pub section: Option<HeadingIndex>,
    /// Derived: the item being read, which `x` ticks.
    pub item: Option<ItemIndex>,
    /// Derived: how far down the guide, 0 to 100.
    pub percent: u8,
    /// Derived: the whole guide is on the screen.
    pub all: bool,
}

/// The mark of a heading in the outline.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Mark {
    /// It holds no items.
    #[default]
    None,
    /// It holds items: how many are settled. Empty, half and full marks follow from it.
    Counts(Tally),
    /// It is an item itself.
    Item(ItemIndex, Standing, Save),
}

/// A row of the outline.
#[derive(Clone, Debug, PartialEq)]
pub struct OutlineRow {
    /// The heading.
    pub heading: HeadingIndex,
    /// Columns of indent, in steps.
    pub depth: u32,
    /// Its mark.
    pub mark: Mark,
    /// The items of its section and the sections in it.
    pub tally: Tally,
    /// It has headings under it.
    pub branch: bool,
    /// Its branch is folded.
    pub folded: bool,
    /// The section being read.
    pub reading: bool,
}

/// The outline.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// The row that the keys act on.
    pub selected: usize,
    /// The first row shown.
    pub top: usize,
    /// Folded headings.
    pub folded: BTreeSet<HeadingIndex>,
    /// Derived: the rows.
    pub rows: Vec<OutlineRow>,
}

/// A row of the checklist.
#[derive(Clone, Debug, PartialEq)]
pub enum CheckRow {
    /// A group's title.
    Group {
        /// Which.
        group: GroupId,
        /// Its count.
        tally: Tally,
        /// The reader left it out.
        left_out: bool,
        /// Its items are folded away.
        folded: bool,
    },
    /// An item.
    Item {
        /// Which.
        item: ItemIndex,
        /// Where it stands.
        standing: Standing,
        /// Whether that is on disk.
        save: Save,
        /// Milliseconds since the epoch of the change that settled it.
        since: Option<i64>,
        /// Who settled it.
        by: Option<CleanText>,
        /// It has a note.
        note: Option<CleanText>,
        /// Indent in steps: parts of another item of the same group stand one step in.
        depth: u32,
    },
}

/// The checklist.
#[derive(Clone, Debug, Default)]
pub struct Checklist {
    /// The row that the keys act on.
    pub selected: usize,
    /// The first row shown.
    pub top: usize,
    /// Folded groups.
    pub folded: BTreeSet<GroupId>,
    /// Derived: the rows.
    pub rows: Vec<CheckRow>,
    /// Derived: settled and total, steps and tasks.
    pub steps: Tally,
    /// Derived: settled and total, values.
    pub values: Tally,
}

/// The contacts: one row per contact of the guide, in order.
#[derive(Clone, Debug, Default)]
pub struct ContactsPanel {
    /// The row that the keys act on.
    pub selected: usize,
    /// The first row shown.
    pub top: usize,
}

/// How a notice is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// It worked, or a plain fact.
    Fact,
    /// Attention.
    Warning,
    /// Something failed.
    Trouble,
}

/// A line for the reader. Facts go with the next key; warnings and trouble stay until `Esc` or until mended.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// How it is meant.
    pub tone: Tone,
    /// What it says.
    pub text: CleanText,
}

/// What a prompt asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum PromptKind {
    /// The reason for skipping an item.
    Skip(ItemIndex),
    /// A note on an item.
    Note(ItemIndex),
}

/// A line being typed.
#[derive(Clone, Debug)]
pub struct Prompt {
    /// What for.
    pub kind: PromptKind,
    /// The text and the cursor.
    pub input: tui_input::Input,
}

/// What lies over the panels; one at a time.
#[derive(Clone, Debug)]
pub enum Overlay {
    /// The keys.
    Help {
        /// First row shown.
        top: usize,
    },
    /// A line being typed, in the footer's place.
    Prompt(Prompt),
    /// Why an item is one.
    Why(ItemIndex),
    /// The front matter.
    FrontMatter {
        /// First row shown.
        top: usize,
    },
    /// A contact on an almost clean screen, to be selected by hand or scanned, where there is no clipboard.
    Bare(CleanText),
    /// A question before a link is opened: the whole real target.
    Open(CleanText),
}

/// Everything that the screen shows.
#[derive(Clone, Debug)]
pub struct Model {
    /// The guide.
    pub guide: Arc<Guide>,
    /// The settings.
    pub settings: Settings,
    /// What is on disk.
    pub log: Log,
    /// What is not yet.
    pub pending: Vec<Pending>,
    /// Now, in milliseconds since the epoch; the edge sets it before each `update`.
    pub now: i64,
    /// Columns and rows of the window.
    pub size: (u16, u16),
    /// The panel with the focus.
    pub focus: Panel,
    /// The side panel shown where there is room for one only.
    pub side: Panel,
    /// The outline is folded away.
    pub outline_hidden: bool,
    /// What lies over the panels.
    pub overlay: Option<Overlay>,
    /// The text.
    pub reader: Reader,
    /// The outline.
    pub outline: Outline,
    /// The checklist.
    pub checklist: Checklist,
    /// The contacts.
    pub contacts: ContactsPanel,
    /// What was just said.
    pub notice: Option<Notice>,
    /// Trouble that stays: journal unreadable, not saved, a worker gone.
    pub banners: Vec<Notice>,
    /// Colours of code known so far.
    pub colours: Colours,
    /// The theme in force.
    pub themed: Themed,
    /// Mouse reports are on.
    pub mouse: bool,
    /// The next ticket.
    pub ticket: Ticket,
    /// Derived: where everything stands on the screen.
    pub panes: Panes,
    /// Derived: where each item stands, pending changes included.
    pub standings: Vec<(Standing, Save)>,
}
