//! Remembers where somebody reads, for the next time: `$XDG_STATE_HOME/jalon/<guide>/<run>/place.json`, never beside
//! the guide, for it is one person's on one device. Fails in silence: who loses it loses nothing of value.
//!
//! It is written at the end, whoever ends the program, and now and then while one reads, when something happens
//! anyway: nothing wakes up for it.

use super::clock;
use super::journal::files;
use crate::app::{Bookmark, Model, Place};
use crate::guide::{Anchor, Guide};
use serde::{Deserialize, Serialize};
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The file's name.
const NAME: &str = "place.json";

/// The form of the file; another one is another program's.
const VERSION: u32 = 1;

/// The largest file that is read, in bytes.
const LARGEST: u64 = 1024 * 1024;

/// How long a new place waits for the next one before it is written.
const PAUSE: Duration = Duration::from_secs(5);

/// The memory of one walk through a guide.
#[derive(Debug)]
pub struct Memory {
    file: Option<PathBuf>,
    reading: Mutex<Reading>,
    /// Held while the file is written, so that the newest place is written last.
    pen: Mutex<()>,
}

#[derive(Debug)]
struct Reading {
    at: Option<Reached>,
    written: Instant,
}

/// How far somebody came.
#[derive(Clone, Debug)]
struct Reached {
    guide: Arc<Guide>,
    place: Place,
    read: Anchor,
}

/// The file.
#[derive(Serialize, Deserialize)]
struct Page {
    v: u32,
    bookmark: Bookmark,
}

impl Memory {
    /// The memory in a folder; without one, nothing is remembered.
    pub fn of(folder: Option<PathBuf>) -> Memory {
        let reading = Mutex::new(Reading { at: None, written: Instant::now() });
        Memory { file: folder.map(|f| f.join(NAME)), reading, pen: Mutex::default() }
    }

    /// What is remembered.
    pub fn recall(&self) -> Option<Bookmark> {
        let bytes = files::read_most(self.file.as_ref()?, LARGEST).ok()?;
        let page: Page = serde_json::from_slice(&bytes).ok()?;
        (page.v == VERSION).then_some(page.bookmark)
    }

    /// Notes where one reads, and says whether that should be written now.
    pub(super) fn note(&self, model: &Model) -> bool {
        let reader = &model.reader;
        let (place, read) = (reader.wanted(), reader.place);
        let mut reading = self.reading();
        let same = |at: &Reached| Arc::ptr_eq(&at.guide, &model.guide) && (at.place, at.read) == (place, read);
        if self.file.is_none() || reading.at.as_ref().is_some_and(same) {
            return false;
        }
        reading.at = Some(Reached { guide: Arc::clone(&model.guide), place, read });
        reading.written.elapsed() >= PAUSE
    }

    /// Lets the guide go, so that it can be changed; what was noted has to be noted again.
    pub(super) fn let_go(&self) {
        self.reading().at = None;
    }

    /// Writes what was noted.
    pub(super) fn write(&self) {
        let _pen = self.pen.lock().unwrap_or_else(PoisonError::into_inner);
        let mut reading = self.reading();
        reading.written = Instant::now();
        let reached = reading.at.clone();
        // Reading goes on while the file is made.
        drop(reading);
        if let (Some(file), Some(Reached { guide, place, read })) = (&self.file, reached) {
            let page = Page { v: VERSION, bookmark: Bookmark::of(&guide, place, read, clock::now()) };
            let _ = serde_json::to_vec(&page).map_err(io::Error::from).and_then(|bytes| files::replace(file, &bytes));
        }
    }

    fn reading(&self) -> MutexGuard<'_, Reading> {
        self.reading.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::Origin;
    use std::fs;
    use std::path::Path;

    fn reached(text: &str, block: u32) -> Reached {
        let guide = Arc::new(Guide::parse(text, &Origin::default()));
        let anchor = Anchor::of_block(block);
        Reached { guide, place: Place { top: anchor, here: None }, read: anchor }
    }

    fn memory(folder: &Path, reached: Option<Reached>) -> Memory {
        let memory = Memory::of(Some(folder.to_owned()));
        memory.reading().at = reached;
        memory
    }

    #[test]
    fn what_is_written_is_recalled_and_leaves_no_draft() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("guide/default");
        assert_eq!(memory(&folder, None).recall(), None);
        for block in [3, 1] {
            memory(&folder, Some(reached("# A\n\nun\n\ndeux\n\ntrois\n", block))).write();
            assert_eq!(memory(&folder, None).recall().map(|b| (b.top.block, b.read.block)), Some((block, block)));
        }
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
    }

    #[test]
    fn whatever_stands_in_the_file_is_no_trouble() {
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join(NAME);
        memory(root.path(), Some(reached("# A\n\nun\n", 1))).write();
        let good = fs::read_to_string(&file).unwrap();
        let newer = good.replace("\"v\":1", "\"v\":2");
        assert_ne!(good, newer);
        for text in ["", "\0\0\0", "{}", "[1]", &newer, good.get(..good.len() / 2).unwrap(), &"[".repeat(200_000)] {
            fs::write(&file, text).unwrap();
            assert_eq!(memory(root.path(), None).recall(), None, "{:?}", text.get(..20));
        }
        fs::remove_file(&file).unwrap();
        std::os::unix::fs::symlink("elsewhere", &file).unwrap();
        fs::write(root.path().join("elsewhere"), &good).unwrap();
        assert_eq!(memory(root.path(), None).recall(), None, "a link is not followed");
    }

    #[test]
    fn where_nothing_can_be_written_nothing_is_said() {
        let root = tempfile::tempdir().unwrap();
        let blocked = root.path().join("file");
        fs::write(&blocked, "x").unwrap();
        memory(&blocked.join("default"), Some(reached("x", 0))).write();
        memory(root.path(), None).write();
        Memory::of(None).write();
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
    }
}
