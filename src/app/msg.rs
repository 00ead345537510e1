//! What comes in and what goes out, as plain comparable data.

use super::key::{Key, Mouse};
use super::library::Survey;
use super::model::Model;
use super::quest::Sweep;
use super::visit::{Entry, GuideNumber, Stop};
use crate::guide::search::{Flaw, Hits};
use crate::guide::{BoxState, CleanText, Guide, ItemIndex, Neighbour};
use crate::progress::{Change, Record};
use crate::theme::Role;
use jiff::tz::TimeZone;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

/// Numbers an effect so that its answer finds it; late answers carry an old one and are dropped.
pub type Ticket = u64;

/// Something happened.
#[derive(Clone, Debug)]
pub enum Msg {
    /// A key was pressed.
    Key(Key),
    /// The mouse did something.
    Mouse(Mouse),
    /// Text was pasted; not cleaned yet.
    Paste(String),
    /// The window has this many columns and rows now.
    Resize(u16, u16),
    /// The terminal answered with its background colour.
    Background {
        /// Red, green and blue, 0 to 255.
        rgb: (u8, u8, u8),
    },
    /// The terminal gained or lost the focus of the desktop.
    Focus(bool),
    /// The zone in which people read dates here.
    Zone(TimeZone),
    /// A change is on disk.
    Recorded(Ticket, Record),
    /// A change could not be saved; why, and what to do, in the reader's language.
    Refused(Ticket, CleanText),
    /// Records that other programs or devices wrote.
    Arrived(Vec<Record>),
    /// All that is on disk, where something that was told to be may be there no more.
    OnDisk(Vec<Record>),
    /// The journal has trouble that is not about one change (unreadable lines, a newer version); shown as a banner.
    JournalTrouble(CleanText),
    /// Such trouble is over.
    JournalMended(CleanText),
    /// What became of a copy.
    Copied(Ticket, Landing),
    /// The guide was read again, because somebody asked or because its file changed.
    Reloaded(Arc<Guide>),
    /// The whole guide is there, of which the head is shown: what is to take the screen over.
    Completed(Box<Model>),
    /// The rest of the guide could not be read; why, unless that was told already.
    Incomplete(Option<CleanText>),
    /// A box could not be written into the guide's file, though the journal has the tick; why.
    BoxRefused(CleanText),
    /// The guide was read again and is, byte for byte, what it was.
    Unchanged,
    /// The guide could not be read again; why.
    ReloadFailed(CleanText),
    /// Something outside went wrong and stays so, or is mended where there is nothing to say.
    Concern(Concern, Option<CleanText>),
    /// A search is done: where the query stands, or what is wrong with it.
    Found(Ticket, Result<Arc<Hits>, Flaw>),
    /// A block of code has its colours.
    Coloured(Ticket, u32, Vec<(Range<u32>, Role)>),
    /// The editor is done, or why there was none.
    Edited(Result<(), CleanText>),
    /// A link was handed to the system, or why not.
    Opened(Ticket, Result<(), CleanText>),
    /// The guide that a link names could not be opened; why.
    NotVisited(Ticket, CleanText),
    /// The guide is on the screen now.
    Entered(Entry),
    /// A piece of what was found in the folder.
    Surveyed(Ticket, Survey),
    /// A piece of what the folder's guides hold.
    Swept(Ticket, Sweep),
    /// The program came back from being suspended.
    Resumed,
    /// A worker panicked; the reader goes on. What it said.
    WorkerPanicked(CleanText),
}

/// What may be wrong outside for a while; told as long as it lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Concern {
    /// The guide's file cannot be read, so an earlier text of it is shown.
    Guide,
    /// The guide's file cannot be watched.
    GuideWatch,
    /// The journal's folder cannot be made, so nothing could be saved.
    Journal,
    /// Changes in another guide that is open could not be saved.
    Elsewhere,
    /// The journal's folder cannot be watched.
    JournalWatch,
}

/// Where a copied text went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Landing {
    /// Confirmed: this program took it (`wl-copy`, `xclip`, `tmux`, …).
    Taken(&'static str),
    /// Sent to the terminal by OSC 52, which never answers.
    Sent,
    /// There is no way; why.
    NoWay(CleanText),
}

/// Something for the edge to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Write a change to the journal and sync it; answers `Recorded` or `Refused`.
    Record(Ticket, Change),
    /// Put one text on the clipboard; answers `Copied`.
    Copy(Ticket, CleanText),
    /// Hand a checked target to the system; answers `Opened`.
    Open(Ticket, CleanText),
    /// Open the guide's file in the editor, at a line counted from 1; answers `Edited`.
    Edit(usize),
    /// Read the guide again; answers `Reloaded` or `ReloadFailed`.
    Reload,
    /// Read the whole of a guide of which the head is there; answers `Completed` or `Incomplete`.
    Complete,
    /// Open another guide, or one that is open already; answers `Entered`, told to that guide, or `NotVisited`.
    Visit(Ticket, Neighbour),
    /// Look through the folder, and at each of its guides; answers `Surveyed`, piece by piece, unless it is asked for again
    /// before it is done.
    Survey(Ticket),
    /// Look for a query in each of some guides of the folder, in this order, or only make ready to where it is empty;
    /// answers `Swept`, piece by piece, unless a later one is asked for before it is done.
    Sweep(Ticket, String, Vec<PathBuf>),
    /// Open a guide of the folder, or one that is open already, and enter it so; answers `Entered`, told to that guide, or
    /// `NotVisited`.
    Browse(Ticket, PathBuf, Entry),
    /// Go back to a guide that is open; answers `Entered`, told to that guide.
    Return(Stop),
    /// Go to the list, which is this one of those that are open, to search in all its guides; answers `Entered`, told to it.
    SearchList(GuideNumber),
    /// Make the box of an item say something in the guide's file; answers `Reloaded`, `BoxRefused`, or nothing where it
    /// said so already.
    WriteBox(ItemIndex, BoxState),
    /// Colour a block of code; answers `Coloured`.
    Colour(Ticket, u32),
    /// Look for a query in the guide, or only make ready to where it is empty; answers `Found`, unless a later search
    /// is asked for before it is done.
    Search(Ticket, String),
    /// Keep a search for later sessions.
    RememberSearch(CleanText),
    /// Turn mouse reports on or off.
    CaptureMouse(bool),
    /// Stop the process as the shell's `Ctrl-z` does.
    Suspend,
    /// Paint every cell anew.
    Redraw,
    /// Leave.
    Quit,
}
