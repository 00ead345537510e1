//! Opens the guide that a link names, or that was chosen from a list, on a thread of its own: finds its file, and reads it unless it is open already.
//! Shows nothing.

use super::neighbour;
use super::session::Session;
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

/// What has to be known to open another guide.
pub(super) struct Way {
    /// The folder that is open as a list; it is never left. Without one, that of the first guide is not.
    pub(super) folder: Option<PathBuf>,
    /// The files of the guides that are open, by number.
    pub(super) files: Vec<Option<PathBuf>>,
    /// Opens a file.
    pub(super) opener: Opener,
    /// The reader's language.
    pub(super) lang: Lang,
}

impl Way {
    /// Follows a link of a guide's file.
    pub(super) fn follow(&self, from: Option<&Path>, wanted: Neighbour) -> Visit {
        let entry = wanted.place.map_or(Entry::Plain, Entry::Named);
        self.open(self.find(from, &wanted.path), entry)
    }

    /// Opens a guide of the folder, by its path below it.
    pub(super) fn browse(&self, path: &Path, entry: Entry) -> Visit {
        let told = || CleanText::line(&path.to_string_lossy());
        let file = self.root().and_then(|root| {
            let file = root.join(path).canonicalize().map_err(|_| Edge::NoSuchFile(told()))?;
            // It may have become a link since it was listed.
            if file.starts_with(&root) { Ok(file) } else { Err(Edge::OutsideFolder(told())) }
        });
        self.open(file, entry)
    }

    fn open(&self, file: Result<PathBuf, Edge>, entry: Entry) -> Visit {
        let file = match file {
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

    fn find(&self, from: Option<&Path>, path: &str) -> Result<PathBuf, Edge> {
        neighbour::find(&self.root()?, &resolved(from).ok_or(Edge::NoFolder)?, path)
    }

    fn root(&self) -> Result<PathBuf, Edge> {
        let first = || Some(resolved(self.files.first()?.as_deref())?.parent()?.to_owned());
        let root = self.folder.as_ref().map_or_else(first, |folder| folder.canonicalize().ok());
        root.ok_or(Edge::NoFolder)
    }
}

fn resolved(file: Option<&Path>) -> Option<PathBuf> {
    file?.canonicalize().ok()
}
