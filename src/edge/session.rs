//! What the screen is run on: a guide that was opened, with all that belongs to it. Opens and reads nothing itself.

use super::folder::Folder;
use super::journal::Journal;
use super::memory::Memory;
use super::searches::Searches;
use super::visit::Opener;
use crate::app::Model;
use crate::guide::{BoxState, CleanText, Guide, ItemIndex};
use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// Where the guide came from, to be read again.
pub trait Original: Send {
    /// Its file; none where there is none to watch.
    fn file(&self) -> Option<&Path>;
    /// Reads it. Gives nothing where it is what it was when it was read last; the error is a sentence for the reader.
    fn read(&mut self) -> Result<Option<Guide>, CleanText>;
    /// Makes the box of an item of `guide` say something in the file, and gives what the file holds then; nothing where
    /// it said so already. The error is a sentence for the reader.
    fn write_box(&mut self, guide: &Guide, item: ItemIndex, state: BoxState) -> Result<Option<Guide>, CleanText>;
}

/// All that one run of the full screen needs.
pub struct Session {
    /// The model to begin with.
    pub model: Model,
    /// The journal that changes go to; none where there is nothing to change.
    pub journal: Option<Journal>,
    /// The folder, where what is opened is the list of its guides.
    pub folder: Option<Folder>,
    /// Where the guide is read again.
    pub original: Box<dyn Original>,
    /// Where it is remembered how far one read.
    pub memory: Memory,
    /// Where searches are kept for later sessions.
    pub searches: Searches,
    /// Opens the other guides that links lead to.
    pub opener: Opener,
    /// Reads the whole, where the model has the head of a guide only.
    pub rest: Option<Rest>,
}

/// Opens the whole of a guide of which the head is open; what is wrong comes back as a sentence.
pub type Rest = Arc<dyn Fn() -> Result<Session, CleanText> + Send + Sync>;

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("title", &self.model.guide.title).finish_non_exhaustive()
    }
}
