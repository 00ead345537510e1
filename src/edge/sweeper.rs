//! Searches in all guides of a folder, on a thread of its own, and tells piece by piece. What was read is kept for the
//! next letter that is typed, up to a bound: a large folder's other guides are read again for each search. A search
//! that a later one followed is given up. Shows nothing and writes nothing.

use super::folder::{Fetcher, Folder};
use super::mail::{Line, Post};
use super::worker::Worker;
use crate::app::{Find, Msg, Sweep, Ticket};
use crate::guide::Guide;
use crate::guide::search::{Excerpt, Index, Query};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

/// The most that is kept of guides, in bytes of their files.
const KEPT: u64 = 8 * 1024 * 1024;

/// How often what was found is told.
const PIECE: Duration = Duration::from_millis(50);

/// The thread, and what it keeps.
#[derive(Debug)]
pub(super) struct Sweeper {
    worker: Worker,
    shelf: Arc<Mutex<Shelf>>,
    /// The last search asked for.
    last: Arc<AtomicU64>,
}

/// The guides that are kept, by file.
#[derive(Debug, Default)]
struct Shelf {
    texts: BTreeMap<PathBuf, Text>,
    /// Bytes of their files.
    weight: u64,
}

/// What a search needs of a guide.
#[derive(Debug)]
struct Text {
    stamp: Stamp,
    guide: Guide,
    index: Index,
}

/// What changes where a file does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    bytes: u64,
    changed: Option<SystemTime>,
}

impl Sweeper {
    /// A sweeper without a search, which costs nothing.
    pub(super) fn new(post: Post) -> Sweeper {
        Sweeper { worker: Worker::new("sweep", post), shelf: Arc::default(), last: Arc::default() }
    }

    /// Looks for a query in guides of a folder, in their order; an empty one only has them read.
    pub(super) fn sweep(&mut self, ticket: Ticket, query: String, folder: Folder, paths: Vec<PathBuf>, line: Line) {
        let (shelf, last) = (Arc::clone(&self.shelf), Arc::clone(&self.last));
        last.store(ticket, Ordering::Relaxed);
        self.worker.give(move || {
            // Only this thread ever asks for it.
            let mut shelf = shelf.lock().unwrap_or_else(PoisonError::into_inner);
            let wanted = || last.load(Ordering::Relaxed) == ticket;
            let tell = |piece| line.msg(Msg::Swept(ticket, piece));
            sweep(&mut shelf, &query, &folder, paths, &wanted, tell);
            None
        });
    }
}

fn sweep(
    shelf: &mut Shelf,
    query: &str,
    folder: &Folder,
    paths: Vec<PathBuf>,
    wanted: &dyn Fn() -> bool,
    tell: impl Fn(Sweep),
) {
    if !wanted() {
        return;
    }
    let query = match Query::read(query) {
        Ok(query) => query,
        Err(flaw) => return tell(Sweep::Flawed(flaw)),
    };
    shelf.clear_of_others(&folder.path, &paths);
    let (mut finds, mut told) = (Vec::new(), Instant::now());
    for path in paths {
        if !wanted() {
            return;
        }
        let file = folder.path.join(&path);
        let found = match &query {
            Some(query) => shelf.with(&file, &folder.fetcher, |text| text.find(query, wanted)),
            None => shelf.with(&file, &folder.fetcher, |_| None),
        };
        finds.push((path, found.flatten().unwrap_or_default()));
        if told.elapsed() >= PIECE && query.is_some() {
            tell(Sweep::Found(std::mem::take(&mut finds)));
            told = Instant::now();
        }
    }
    if query.is_some() && wanted() {
        tell(Sweep::Found(finds));
        tell(Sweep::Done);
    }
}

impl Shelf {
    /// Lets go of guides that are not among these any more.
    fn clear_of_others(&mut self, folder: &Path, paths: &[PathBuf]) {
        let files: BTreeSet<PathBuf> = paths.iter().map(|path| folder.join(path)).collect();
        self.texts.retain(|file, _| files.contains(file));
        self.weight = self.texts.values().map(|text| text.stamp.bytes).sum();
    }

    /// Does something with a guide's text, read now unless it is kept and the file is what it was. None where it cannot
    /// be read.
    fn with<T>(&mut self, file: &Path, fetch: &Fetcher, what: impl FnOnce(&Text) -> T) -> Option<T> {
        let stamp = Stamp::of(file);
        if let (Some(text), Some(stamp)) = (self.texts.get(file), stamp)
            && text.stamp == stamp
        {
            return Some(what(text));
        }
        if let Some(old) = self.texts.remove(file) {
            self.weight = self.weight.saturating_sub(old.stamp.bytes);
        }
        let (guide, stamp) = (fetch(file)?, stamp?);
        let weight = self.weight.saturating_add(stamp.bytes);
        let has_room = weight <= KEPT;
        // Where a guide is looked through once, to make its index would be as long again.
        let index = if has_room { Index::of(&guide) } else { Index::default() };
        let text = Text { stamp, guide, index };
        let told = what(&text);
        if has_room {
            self.weight = weight;
            self.texts.insert(file.to_owned(), text);
        }
        Some(told)
    }
}

impl Text {
    /// None where nobody wants to know any more.
    fn find(&self, query: &Query, wanted: &dyn Fn() -> bool) -> Option<Find> {
        let hits = self.index.find(&self.guide, query, wanted)?;
        Some(Find { hits: hits.len(), first: hits.get(0).map(|hit| Excerpt::of(&self.guide, hit)) })
    }
}

impl Stamp {
    fn of(file: &Path) -> Option<Stamp> {
        let about = fs::metadata(file).ok()?;
        Some(Stamp { bytes: about.len(), changed: about.modified().ok() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Card, Listing};
    use crate::edge::mail::Mail;
    use crate::guide::search::Flaw;
    use crate::guide::{CleanText, Origin};
    use crate::progress::Tally;
    use std::sync::atomic::AtomicI64;
    use std::sync::mpsc::channel;
    use tempfile::TempDir;

    /// A folder with these files, which counts how often one is read.
    fn folder(files: &[(&str, &str)]) -> (TempDir, Folder, Arc<AtomicU64>) {
        let (root, read) = (tempfile::tempdir().unwrap(), Arc::new(AtomicU64::new(0)));
        files.iter().for_each(|(name, text)| fs::write(root.path().join(name), text).unwrap());
        let count = Arc::clone(&read);
        let fetcher: Fetcher = Arc::new(move |file| {
            count.fetch_add(1, Ordering::Relaxed);
            Some(Guide::parse(&fs::read_to_string(file).ok()?, &Origin::default()))
        });
        let card = Card { title: CleanText::default(), tally: Tally::default(), visited: None, trouble: None };
        let (lister, surveyor) = (Arc::new(|_: &Path| Ok(Listing::default())), Arc::new(move |_: &Path| card.clone()));
        let folder = Folder { path: root.path().to_owned(), lister, surveyor, fetcher };
        (root, folder, read)
    }

    fn run(shelf: &mut Shelf, query: &str, folder: &Folder, paths: &[&str]) -> Vec<Sweep> {
        let told = Mutex::new(Vec::new());
        let paths = paths.iter().map(PathBuf::from).collect();
        sweep(shelf, query, folder, paths, &|| true, |piece| told.lock().unwrap().push(piece));
        told.into_inner().unwrap()
    }

    fn hits(pieces: &[Sweep]) -> Vec<(&str, usize)> {
        let found = pieces.iter().flat_map(|piece| if let Sweep::Found(finds) = piece { &finds[..] } else { &[] });
        found.map(|(path, find)| (path.to_str().unwrap(), find.hits)).collect()
    }

    const FILES: [&str; 3] = ["a.md", "b.md", "parti.md"];

    #[test]
    fn each_guide_is_told_in_order_with_its_first_hit_and_read_once() {
        let (_root, folder, read) = folder(&[("a.md", "# Étape\n\nune étape\n"), ("b.md", "rien")]);
        let mut shelf = Shelf::default();
        assert_eq!(run(&mut shelf, "", &folder, &FILES), [], "what is only made ready is not told");
        let pieces = run(&mut shelf, "etape", &folder, &FILES);
        assert_eq!(hits(&pieces), [("a.md", 2), ("b.md", 0), ("parti.md", 0)]);
        assert_eq!(pieces.last(), Some(&Sweep::Done));
        let Some(Sweep::Found(finds)) = pieces.first() else { panic!("{pieces:?}") };
        assert_eq!(finds[0].1.first.as_ref().map(|first| first.hit.as_str()), Some("Étape"));
        assert_eq!(hits(&run(&mut shelf, "re:r.en", &folder, &FILES))[1], ("b.md", 1));
        assert_eq!(run(&mut shelf, "re:(", &folder, &FILES), [Sweep::Flawed(Flaw::OpenGroup)]);
        // The one that is not there was tried each time.
        assert_eq!(read.load(Ordering::Relaxed), 2 + 3);
    }

    #[test]
    fn a_guide_that_changed_is_read_again_and_one_that_is_gone_is_let_go() {
        let (root, folder, _read) = folder(&[("a.md", "mot"), ("b.md", "mot")]);
        let mut shelf = Shelf::default();
        run(&mut shelf, "mot", &folder, &FILES);
        fs::write(root.path().join("a.md"), "mot mot").unwrap();
        fs::remove_file(root.path().join("b.md")).unwrap();
        assert_eq!(hits(&run(&mut shelf, "mot", &folder, &FILES)), [("a.md", 2), ("b.md", 0), ("parti.md", 0)]);
        assert_eq!((shelf.texts.len(), shelf.weight), (1, 7));
        run(&mut shelf, "mot", &folder, &[]);
        assert_eq!((shelf.texts.len(), shelf.weight), (0, 0));
    }

    #[test]
    fn what_has_no_room_on_the_shelf_is_found_all_the_same() {
        let large = "mot ".repeat(KEPT as usize * 2 / 3 / 4);
        let (_root, folder, read) = folder(&[("a.md", &large), ("b.md", &large), ("c.md", "mot")]);
        let mut shelf = Shelf::default();
        let paths = ["a.md", "b.md", "c.md"];
        let found = |pieces: &[Sweep]| hits(pieces).iter().map(|(_, hits)| *hits).collect::<Vec<_>>();
        for reads in [3, 4] {
            let count = large.len() / 4;
            assert_eq!(found(&run(&mut shelf, "mot", &folder, &paths)), [count, count, 1]);
            assert_eq!(read.load(Ordering::Relaxed), reads, "only the one without room is read again");
            assert!(shelf.weight <= KEPT);
        }
    }

    #[test]
    fn a_search_that_was_overtaken_is_given_up() {
        let (_root, folder, read) = folder(&[("a.md", "mot"), ("b.md", "mot")]);
        let told = Mutex::new(Vec::new());
        let left = AtomicI64::new(2);
        let wanted = || left.fetch_sub(1, Ordering::Relaxed) > 0;
        let paths = FILES.iter().map(PathBuf::from).collect();
        sweep(&mut Shelf::default(), "mot", &folder, paths, &wanted, |piece| told.lock().unwrap().push(piece));
        assert_eq!((told.into_inner().unwrap().len(), read.load(Ordering::Relaxed)), (0, 1));
        let (to, mailbox) = channel();
        let mut sweeper = Sweeper::new(Post(to.clone()));
        let line = Line { post: Post(to), guide: 0 };
        for (ticket, query) in [(1, "m"), (2, "mo"), (3, "mot")] {
            let paths = FILES.iter().map(PathBuf::from).collect();
            sweeper.sweep(ticket, query.into(), folder.clone(), paths, line.clone());
        }
        loop {
            match mailbox.recv_timeout(Duration::from_secs(20)) {
                Ok(Mail::To(0, Msg::Swept(3, Sweep::Done))) => break,
                Ok(Mail::To(0, Msg::Swept(ticket, _))) => assert!(ticket <= 3),
                other => panic!("{other:?}"),
            }
        }
    }
}
