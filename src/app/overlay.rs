//! What lies over the panels, and what of it is a line being typed. What its keys do stands in the files of what lies
//! there.

use super::filter::Filter;
use super::finder::SearchLine;
use super::hints::Hints;
use super::history::HistoryView;
use super::note::NoteView;
use super::palette::Palette;
use super::qr::Qr;
use super::quest::QuestLine;
use super::table::TableView;
use crate::guide::{CleanText, ItemIndex};

/// What a prompt asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// A text to be scanned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scan {
    /// What is shown as text.
    pub text: CleanText,
    /// The code; none where the text is too long for one.
    pub code: Option<Qr>,
}

/// A question before a link is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The whole real target, as it would be handed over.
    pub target: CleanText,
    /// The other address that the link's text names.
    pub guise: Option<CleanText>,
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
    /// A search being typed, in the footer's place.
    Search(SearchLine),
    /// A filter of a list being typed, in the footer's place.
    Filter(Filter),
    /// A search in all guides of a folder being typed, in the footer's place.
    Quest(QuestLine),
    /// Everything that can be done or gone to.
    Palette(Palette),
    /// Why an item is one.
    Why(ItemIndex),
    /// The front matter.
    FrontMatter {
        /// First row shown.
        top: usize,
    },
    /// A text on an almost clean screen, to be selected by hand or scanned, where there is no clipboard.
    Bare(Scan),
    /// A contact as a QR code.
    Code(Scan),
    /// A question before a link is opened.
    Open(Question),
    /// Letters over the links on the screen.
    Hints(Hints),
    /// A table by itself.
    Table(TableView),
    /// A footnote's text.
    Footnote(NoteView),
    /// An item's journal.
    History(HistoryView),
}

impl Overlay {
    /// The line being typed, if one is.
    pub(super) fn line(&mut self) -> Option<&mut tui_input::Input> {
        match self {
            Overlay::Prompt(prompt) => Some(&mut prompt.input),
            Overlay::Search(line) => Some(&mut line.input),
            Overlay::Filter(filter) => Some(&mut filter.input),
            Overlay::Quest(line) => Some(&mut line.input),
            Overlay::Palette(palette) => Some(&mut palette.input),
            _ => None,
        }
    }

    /// Whether a line is being typed, or a link's letters.
    pub(super) fn is_typing(&self) -> bool {
        matches!(
            self,
            Overlay::Prompt(_)
                | Overlay::Search(_)
                | Overlay::Filter(_)
                | Overlay::Quest(_)
                | Overlay::Palette(_)
                | Overlay::Hints(_)
        )
    }
}
