//! Opens the guide that a link names, on a thread of its own: finds its file, and reads it unless it is open already.
//! Shows nothing.

use super::neighbour;
use super::run::Session;
use crate::app::{Entry, GuideNumber};
use crate::guide::{CleanText, Neighbour};
use crate::words::{Edge, Lang};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Opens a guide's file; what is wrong comes back as a sentence.
pub type Opener = Arc<dyn Fn(&Path) -> Result<Session, CleanText> + Send + Sync>;

/// What a link to another guide led to.
pub enum Visit {
    /// A guide that is open.
    Known(GuideNumber, Entry),
    /// A guide that was read now.
    New(Box<Session>, Entry),
    /// Nothing; why.
    Nothing(CleanText),
}

impl fmt::Debug for Visit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Visit::Known(number, entry) => write!(f, "Known({number}, {entry:?})"),
            Visit::New(_, entry) => write!(f, "New({entry:?})"),
            Visit::Nothing(why) => write!(f, "Nothing({why:?})"),
        }
    }
}

/// What has to be known to follow a link.
pub(super) struct Way {
    /// The files of the guides that are open, by number. The folder of the first one is never left.
    pub(super) files: Vec<Option<PathBuf>>,
    /// The guide whose link it is.
    pub(super) from: GuideNumber,
    /// Opens a file.
    pub(super) opener: Opener,
    /// The reader's language.
    pub(super) lang: Lang,
}

impl Way {
    /// Follows the link.
    pub(super) fn follow(&self, wanted: Neighbour) -> Visit {
        let entry = wanted.place.map_or(Entry::Plain, Entry::Named);
        let file = match self.find(&wanted.path) {
            Ok(file) => file,
            Err(why) => return Visit::Nothing(CleanText::line(&why.say(self.lang))),
        };
        let is_it = |open: &Option<PathBuf>| resolved(open.as_deref()).is_some_and(|open| open == file);
        match self.files.iter().position(is_it) {
            Some(number) => Visit::Known(number as GuideNumber, entry),
            None => match (self.opener)(&file) {
                Ok(session) => Visit::New(Box::new(session), entry),
                Err(why) => Visit::Nothing(why),
            },
        }
    }

    fn find(&self, path: &str) -> Result<PathBuf, Edge> {
        let file = |number: usize| resolved(self.files.get(number).and_then(Option::as_deref)).ok_or(Edge::NoFolder);
        let first = file(0)?;
        let root = first.parent().ok_or(Edge::NoFolder)?;
        neighbour::find(root, &file(self.from as usize)?, path)
    }
}

fn resolved(file: Option<&Path>) -> Option<PathBuf> {
    file?.canonicalize().ok()
}
