//! Everything that the screen shows. Written by `update` alone; what is derived, by `Model::settle` alone.

use super::again::Resumed;
use super::checklist;
use super::finder::Finder;
use super::keymap::Keymap;
use super::library::Library;
use super::msg::{Concern, Effect, Ticket};
pub use super::overlay::{Overlay, Prompt, PromptKind, Question, Scan};
use super::panes::{LARGEST, Panes};
use super::reader::Sight;
use super::reload::Sought;
use super::rest::Rest;
use super::settle::Inputs;
use super::visit::{GuideNumber, Stop};
use crate::guide::{Anchor, CleanText, ContainerId, GroupId, Guide, HeadingIndex, ItemId, ItemIndex};
use crate::layout::{Colours, Layout, Line, Measures, Medium};
use crate::progress::{Change, Dot, Log, Standing, Tally};
use crate::theme::{Glyphs, OwnTheme, ThemeChoice, Themed};
use crate::words::{Lang, News, Ui};
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;
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
    /// A folder's guides, alone on the screen.
    Library,
}

/// What the user chose, and what the edge knows at the start.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Language of the interface.
    pub lang: Lang,
    /// Theme asked for.
    pub theme: ThemeChoice,
    /// The reader's own themes.
    pub themes: Vec<Arc<OwnTheme>>,
    /// False under `NO_COLOR`.
    pub colour: bool,
    /// ASCII marks.
    pub ascii: bool,
    /// Mouse reports at the start.
    pub mouse: bool,
    /// The outline stands there at the start, where there is room.
    pub outline: bool,
    /// The keys in force.
    pub keymap: Arc<Keymap>,
    /// Days after which a value asks to be reviewed.
    pub review_after_days: u32,
    /// The text column's greatest width.
    pub max_width: u16,
    /// Who ticks.
    pub who: CleanText,
    /// The device that this program writes as: whose changes undo takes back.
    pub device: String,
    /// Ticks of task boxes are written into the guide's file too.
    pub write_boxes: bool,
    /// The guide's file name, for the window title and messages; none for the built-in guide.
    pub file: Option<CleanText>,
}

/// What holds where nobody chose. Nobody is named: who ticks, and on what, is the edge's to say.
impl Default for Settings {
    fn default() -> Settings {
        Settings {
            lang: Lang::default(),
            theme: ThemeChoice::default(),
            themes: Vec::new(),
            colour: true,
            ascii: false,
            mouse: true,
            outline: true,
            keymap: Arc::default(),
            review_after_days: 90,
            max_width: 90,
            who: CleanText::default(),
            device: String::new(),
            write_boxes: false,
            file: None,
        }
    }
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

/// What undo and redo wait for: the change before them to be on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Take the last change back.
    Undo,
    /// Make what was undone count again.
    Redo,
}

/// A place one can come back to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The row at the top.
    pub top: Anchor,
    /// Where a jump landed, if it was not the top.
    pub here: Option<Anchor>,
}

/// The text.
#[derive(Clone, Debug, Default)]
pub struct Reader {
    /// The row wanted at the top. Near the guide's end the screen starts further up, so that it is filled; the wish is
    /// kept all the same, for a smaller window to come back to.
    pub top: Anchor,
    /// Where a jump landed: what is being read until the text is scrolled, though it may not have reached the top.
    pub here: Option<Anchor>,
    /// Where jumps came from, the last one last; also from other guides.
    pub back: Vec<Stop>,
    /// Where going back came from, the last one last.
    pub forward: Vec<Stop>,
    /// `<details>` that the reader opened or closed.
    pub toggled: BTreeSet<ContainerId>,
    /// What an edit of the guide took away while it was being read.
    pub(super) sought: Option<Sought>,
    /// Derived: the rows on the screen.
    pub lines: Vec<Line>,
    /// Derived: the place being read, on which section and item depend.
    pub place: Anchor,
    /// Derived: the section being read.
    pub section: Option<HeadingIndex>,
    /// Derived: the item being read, which `x` ticks.
    pub item: Option<ItemIndex>,
    /// Derived: how far down the guide, 0 to 100.
    pub percent: u8,
    /// Derived: how much of the guide stands above the screen, 0 to 100.
    pub above: u8,
    /// Derived: the whole guide is on the screen.
    pub all: bool,
    /// Derived: a table on the screen wants more columns than the text has.
    pub wide_table: bool,
    /// Derived: what the rows were laid out for.
    pub(super) sight: Sight,
}

impl Reader {
    /// The place that is wanted on the screen.
    pub fn wanted(&self) -> Place {
        Place { top: self.top, here: self.here }
    }

    /// Wants another place on the screen.
    pub(super) fn show(&mut self, place: Place) {
        (self.top, self.here) = (place.top, place.here);
    }
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
    /// It is new or changed, and was not visited since; so is a section in a folded one.
    pub changed: bool,
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
    /// Headings of sections that are new or changed, and were not visited since.
    pub news: BTreeSet<HeadingIndex>,
    /// The section that the selection followed last.
    pub followed: Option<HeadingIndex>,
    /// Derived: the rows.
    pub rows: Vec<OutlineRow>,
    /// Derived: what the rows were last told.
    pub(super) told: Option<Told>,
}

/// What the rows of the outline show of the reading.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// The row of the section being read.
    pub(super) reading: Option<usize>,
    /// What is news.
    pub(super) news: BTreeSet<HeadingIndex>,
}

/// A row of the checklist, one row of the screen each. A large guide has hundreds of thousands: numbers take as little
/// room as they need.
#[derive(Clone, Debug, PartialEq)]
pub enum CheckRow {
    /// Blank, between two groups. Never selected.
    Gap,
    /// A group's title.
    Group {
        /// Which: a [`GroupId`].
        group: u32,
        /// How many of its items are settled.
        done: u32,
        /// How many it has.
        total: u32,
        /// The reader left it out.
        left_out: bool,
        /// Its items are folded away.
        folded: bool,
    },
    /// An item; what is known of it is asked for where it is shown: see [`Model::known`].
    Item {
        /// Which: an [`ItemIndex`].
        item: u32,
        /// Indent in steps: parts of another item of the same group stand one step in.
        depth: u32,
    },
    /// The title of what was settled and is no longer in the guide.
    GoneHead {
        /// How many there are.
        count: u32,
        /// They are folded away.
        folded: bool,
    },
    /// Something settled that is no longer in the guide.
    Gone(Box<Gone>),
}

/// What is known of an item, changes on their way to the disk included.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// Where it stands.
    pub standing: Standing,
    /// Whether that is on disk.
    pub save: Save,
    /// Milliseconds since the epoch of the change that settled it.
    pub since: Option<i64>,
    /// Who settled it.
    pub by: Option<CleanText>,
    /// Its note.
    pub note: Option<CleanText>,
    /// Carried over by likeness, and waiting to be confirmed: the label that it had.
    pub carried: Option<CleanText>,
    /// Its text changed since it was settled.
    pub changed: bool,
}

/// Something settled that is no longer in the guide.
#[derive(Clone, Debug, PartialEq)]
pub struct Gone {
    /// The id that the journal knows it by.
    pub id: ItemId,
    /// The label that it had.
    pub label: CleanText,
    /// How it was settled.
    pub standing: Standing,
    /// Milliseconds since the epoch of the change that settled it.
    pub since: i64,
    /// Who settled it.
    pub by: CleanText,
    /// Its note.
    pub note: Option<CleanText>,
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
    /// What is no longer in the guide is unfolded.
    pub gone_shown: bool,
    /// The item that the selection followed last.
    pub followed: Option<ItemIndex>,
    /// Derived: the rows.
    pub rows: Vec<CheckRow>,
    /// Derived: for each item its row, counted from 1, if it has one.
    pub(super) places: Vec<Option<NonZeroU32>>,
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

/// A copy on its way to a clipboard.
#[derive(Clone, Debug, PartialEq)]
pub struct Copying {
    /// Its ticket.
    pub ticket: Ticket,
    /// What is copied.
    pub text: CleanText,
    /// What the notice calls it.
    pub called: CleanText,
}

/// What the mouse holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Grip {
    /// Nothing.
    #[default]
    Nothing,
    /// The thumb of the text's scroll bar.
    Thumb,
}

/// Everything that the screen shows.
#[derive(Clone, Debug)]
pub struct Model {
    /// The guide.
    pub guide: Arc<Guide>,
    /// How much of it is there.
    pub rest: Rest,
    /// Which of the open guides it is.
    pub number: GuideNumber,
    /// The settings.
    pub settings: Settings,
    /// What is on disk.
    pub log: Log,
    /// What is not yet.
    pub pending: Vec<Pending>,
    /// Now, in milliseconds since the epoch; the edge sets it before each `update`.
    pub now: i64,
    /// The zone in which days are told, as its calendar counts them. Comes after the first frame; UTC until then.
    pub zone: TimeZone,
    /// What was told of an earlier reading.
    pub(super) resumed: Option<Resumed>,
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
    /// The guides of a folder, in the one model that lists them.
    pub library: Option<Library>,
    /// Which of the open guides is the list that one came from, if one came from one.
    pub home: Option<GuideNumber>,
    /// What is searched for.
    pub finder: Finder,
    /// What was just said.
    pub notice: Option<Notice>,
    /// Trouble that stays: journal unreadable, not saved, a worker gone.
    pub banners: Vec<Notice>,
    /// What is wrong outside, each with the banner that tells of it.
    pub concerns: BTreeMap<Concern, CleanText>,
    /// What counted, and is on disk no more.
    pub(super) off_disk: BTreeSet<Dot>,
    /// Whether somebody asked for the guide to be read again and has no answer yet.
    pub asked: bool,
    /// Colours of code known so far.
    pub colours: Colours,
    /// What was measured of the guide's tables so far.
    pub(super) measures: Measures,
    /// The theme in force.
    pub themed: Themed,
    /// Mouse reports are on.
    pub mouse: bool,
    /// What the mouse holds.
    pub(super) grip: Grip,
    /// The next ticket.
    pub ticket: Ticket,
    /// Derived: where everything stands on the screen.
    pub panes: Panes,
    /// Undo and redo that wait for the disk.
    pub wishes: Vec<Wish>,
    /// The copy that is on its way.
    pub copying: Option<Copying>,
    /// The link that is on its way to the system.
    pub opening: Option<(Ticket, CleanText)>,
    /// The guide that a link leads to is being opened.
    pub visiting: Option<Ticket>,
    /// The blocks of code that are being coloured.
    pub colouring: BTreeMap<u32, Ticket>,
    /// The terminal's background, once it answered.
    pub background: Option<(u8, u8, u8)>,
    /// Derived: the items that do not stand as one does of which nothing is known, pending changes included: see
    /// [`Model::stands`].
    pub(super) standings: BTreeMap<ItemIndex, (Standing, Save)>,
    /// Derived: groups left out of the count, pending changes included.
    pub left_out: BTreeSet<GroupId>,
    /// Derived: what the rows and standings were made from, so that scrolling does not make them again.
    pub(super) inputs: Inputs,
}

impl Model {
    /// A model for a guide, settled. `size` is columns and rows, `now` milliseconds since the epoch.
    pub fn new(guide: Arc<Guide>, log: Log, settings: Settings, size: (u16, u16), now: i64) -> Model {
        let mut log = log;
        // Matched with a head, what stands further down would be taken for gone.
        if guide.is_whole() {
            log.settle_for(&guide);
        }
        let mut model = Model {
            mouse: settings.mouse,
            outline_hidden: !settings.outline,
            rest: if guide.is_whole() { Rest::Here } else { Rest::Awaited(None) },
            guide,
            number: 0,
            settings,
            log,
            pending: Vec::new(),
            now,
            zone: TimeZone::UTC,
            resumed: None,
            size: (0, 0),
            focus: Panel::Text,
            side: Panel::Checklist,
            overlay: None,
            reader: Reader::default(),
            outline: Outline::default(),
            checklist: Checklist::default(),
            contacts: ContactsPanel::default(),
            library: None,
            home: None,
            finder: Finder::default(),
            notice: None,
            banners: Vec::new(),
            concerns: BTreeMap::new(),
            off_disk: BTreeSet::new(),
            asked: false,
            colours: Colours::new(),
            measures: Measures::default(),
            themed: Themed::default(),
            grip: Grip::Nothing,
            ticket: 1,
            panes: Panes::default(),
            wishes: Vec::new(),
            copying: None,
            opening: None,
            visiting: None,
            colouring: BTreeMap::new(),
            background: None,
            standings: BTreeMap::new(),
            left_out: BTreeSet::new(),
            inputs: Inputs::default(),
        };
        model.resize(size.0, size.1);
        model.tell_oddities();
        model.settle();
        checklist::begin(&mut model);
        model.settle();
        model
    }

    /// The layout of the text at today's width.
    pub fn layout(&self) -> Layout<'_> {
        Layout {
            guide: &self.guide,
            width: self.panes.column.width.max(1),
            glyphs: self.glyphs(),
            lang: self.settings.lang,
            colours: &self.colours,
            toggled: &self.reader.toggled,
            measures: &self.measures,
            medium: Medium::Screen,
        }
    }

    /// The marks to draw with.
    pub fn glyphs(&self) -> &'static Glyphs {
        if self.settings.ascii { Glyphs::ASCII } else { Glyphs::UNICODE }
    }

    /// Takes a size; a terminal that reports an absurd one is not believed.
    pub(super) fn resize(&mut self, columns: u16, rows: u16) {
        self.size = (columns.min(LARGEST.0), rows.min(LARGEST.1));
    }

    /// The next ticket.
    pub(super) fn draw_ticket(&mut self) -> Ticket {
        let ticket = self.ticket;
        self.ticket += 1;
        ticket
    }

    /// Sends a change to the disk; until it is there, it shows as pending.
    pub(super) fn record(&mut self, change: Change) -> Vec<Effect> {
        let change = self.log.located(&self.guide, change);
        let ticket = self.draw_ticket();
        self.pending.push(Pending { ticket, change: change.clone(), refused: None });
        vec![Effect::Record(ticket, change)]
    }

    /// Says something in the row of notices.
    pub(super) fn say(&mut self, tone: Tone, what: &Ui) {
        let text = CleanText::line(&what.say(self.settings.lang));
        self.notice = Some(Notice { tone, text });
    }

    /// Says what is new.
    pub(super) fn inform(&mut self, news: &News) {
        let text = CleanText::line(&news.say(self.settings.lang));
        self.notice = Some(Notice { tone: Tone::Fact, text });
    }

    /// Says a plain fact, which goes with the next key. For functions that have no effects.
    pub(super) fn fact(&mut self, what: &Ui) -> Vec<Effect> {
        self.say(Tone::Fact, what);
        Vec::new()
    }
}
