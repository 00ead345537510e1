//! A folder of guides: which Markdown files are in it, and what a survey tells of them. Looks into sub-folders, but not
//! far, and never through a link out of the folder. Shows nothing and writes nothing.

use super::mail::{Line, Post};
use super::worker::Worker;
use crate::app::{Card, Cut, Listing, Msg, Survey, Ticket, order};
use crate::guide::{CleanText, Guide};
use std::collections::{BTreeSet, VecDeque};
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// How many folders deep guides are looked for.
const DEPTH: usize = 5;
/// The most guides that are listed.
const GUIDES: usize = 1000;
/// The most folders that are looked into.
const FOLDERS: usize = 2000;

/// Folders of what programs fetched or made; nobody keeps guides there. Hidden ones are passed over too.
const PASSED_OVER: [&str; 6] = ["node_modules", "bower_components", "target", "vendor", "venv", "__pycache__"];

/// How often what was read is told.
const PIECE: Duration = Duration::from_millis(50);

/// Says what a guide's file is; what is wrong with it stands on the card.
pub type Surveyor = Arc<dyn Fn(&Path) -> Card + Send + Sync>;
/// Lists a folder; what is wrong comes back as a sentence.
pub type Lister = Arc<dyn Fn(&Path) -> Result<Listing, CleanText> + Send + Sync>;

/// Reads a guide's file; none where it cannot be read.
pub type Fetcher = Arc<dyn Fn(&Path) -> Option<Guide> + Send + Sync>;

/// A folder that is open as a list.
#[derive(Clone)]
pub struct Folder {
    /// As it was named.
    pub path: PathBuf,
    /// Lists it.
    pub lister: Lister,
    /// Looks at one of its guides.
    pub surveyor: Surveyor,
    /// Reads one of them.
    pub fetcher: Fetcher,
}

impl fmt::Debug for Folder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Folder({})", self.path.display())
    }
}

/// The thread that looks through the folder.
#[derive(Debug)]
pub(super) struct Librarian {
    worker: Worker,
    /// The last survey asked for.
    last: Arc<AtomicU64>,
}

impl Librarian {
    /// A librarian without a survey, which costs nothing.
    pub(super) fn new(post: Post) -> Librarian {
        Librarian { worker: Worker::new("library", post), last: Arc::default() }
    }

    /// Looks through the folder and tells piece by piece; a survey that a later one followed is given up. What is known
    /// of guides already is taken for what they are: they are open, and nobody knows them better.
    pub(super) fn survey(&mut self, ticket: Ticket, folder: Folder, known: Vec<(PathBuf, Card)>, line: Line) {
        let last = Arc::clone(&self.last);
        last.store(ticket, Ordering::Relaxed);
        self.worker.give(move || {
            let tell = |piece| line.msg(Msg::Surveyed(ticket, piece));
            survey(&folder, &known, &|| last.load(Ordering::Relaxed) == ticket, tell);
            None
        });
    }
}

fn survey(folder: &Folder, known: &[(PathBuf, Card)], wanted: &dyn Fn() -> bool, tell: impl Fn(Survey)) {
    let listing = match (folder.lister)(&folder.path) {
        Ok(listing) => listing,
        Err(why) => return tell(Survey::Failed(why)),
    };
    let paths = listing.guides.clone();
    tell(Survey::Listed(listing));
    let resolved = |(file, card): &(PathBuf, Card)| Some((file.canonicalize().ok()?, card.clone()));
    let known: Vec<(PathBuf, Card)> = known.iter().filter_map(resolved).collect();
    let (mut cards, mut told) = (Vec::new(), Instant::now());
    for path in paths {
        if !wanted() {
            return;
        }
        let file = folder.path.join(&path);
        // Most folders are looked through while no guide is open: then nothing need be resolved.
        let whole = if known.is_empty() { None } else { file.canonicalize().ok() };
        let open = known.iter().find(|(open, _)| whole.as_ref() == Some(open));
        let card = open.map_or_else(|| (folder.surveyor)(&file), |(_, card)| card.clone());
        cards.push((path, card));
        if told.elapsed() >= PIECE {
            tell(Survey::Read(std::mem::take(&mut cards)));
            told = Instant::now();
        }
    }
    tell(Survey::Read(cards));
    tell(Survey::Done);
}

/// The guides in a folder and in the folders in it, a level at a time, so that what is left out where there are too
/// many is what lies deepest. A folder in it that cannot be read is passed over.
pub(super) fn list(root: &Path) -> io::Result<Listing> {
    let (mut guides, mut links) = (Vec::new(), Vec::new());
    let mut open = VecDeque::from([(PathBuf::new(), 0)]);
    let (mut looked, mut cut) = (0, None);
    while let Some((below, depth)) = open.pop_front() {
        if looked == FOLDERS {
            cut = Some(Cut::Folders(FOLDERS));
            break;
        }
        looked += 1;
        let entries = match fs::read_dir(root.join(&below)) {
            Ok(entries) => entries,
            Err(error) if depth == 0 => return Err(error),
            Err(_) => continue,
        };
        let mut folders = Vec::new();
        for entry in entries.flatten() {
            let (Ok(kind), path) = (entry.file_type(), below.join(entry.file_name())) else { continue };
            match kind {
                _ if is_hidden(&path) => {}
                kind if kind.is_dir() && depth < DEPTH && !is_passed_over(&path) => folders.push(path),
                kind if kind.is_file() && is_markdown(&path) => guides.push(path),
                kind if kind.is_symlink() && is_markdown(&path) => links.push(path),
                _ => {}
            }
        }
        folders.sort_by_cached_key(|path| order(path));
        open.extend(folders.into_iter().map(|path| (path, depth + 1)));
        if guides.len() > GUIDES {
            cut = Some(Cut::Guides(GUIDES));
            break;
        }
    }
    guides.extend(linked(root, links, &guides)?);
    guides.sort_by_cached_key(|path| order(path));
    if guides.len() > GUIDES {
        guides.sort_by_key(|path| path.iter().count());
        guides.truncate(GUIDES);
        cut = Some(Cut::Guides(GUIDES));
    }
    Ok(Listing { guides, cut })
}

/// The links that lead to a Markdown file of the folder which is not listed as itself, each file once.
fn linked(root: &Path, links: Vec<PathBuf>, guides: &[PathBuf]) -> io::Result<Vec<PathBuf>> {
    if links.is_empty() {
        return Ok(links);
    }
    let root = root.canonicalize()?;
    let mut known: BTreeSet<PathBuf> = guides.iter().map(|path| root.join(path)).collect();
    let mut leads = |link: &PathBuf| {
        let file = root.join(link).canonicalize().ok().filter(|file| file.starts_with(&root) && file.is_file());
        file.filter(|file| is_markdown(file)).is_some_and(|file| known.insert(file))
    };
    Ok(links.into_iter().filter(|link| leads(link)).collect())
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

fn is_passed_over(path: &Path) -> bool {
    path.file_name().is_some_and(|name| PASSED_OVER.iter().any(|passed| name == *passed))
}

/// Whether a file is named like a guide.
pub(super) fn is_markdown(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("md") || e.eq_ignore_ascii_case("markdown"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::Tally;
    use std::os::unix::fs::symlink;
    use std::sync::Mutex;

    fn put(root: &Path, file: &str) {
        let path = root.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "# x\n").unwrap();
    }

    fn names(listing: &Listing) -> Vec<&str> {
        listing.guides.iter().map(|path| path.to_str().unwrap()).collect()
    }

    #[test]
    fn guides_are_found_in_sub_folders_but_not_where_nobody_keeps_them() {
        let root = tempfile::tempdir().unwrap();
        let found = ["b.md", "A.MARKDOWN", "10.md", "9.md", "sous/c.md", "1/2/3/4/5/d.md"];
        let passed = [
            ".cachée.md",
            ".git/e.md",
            ".jalon/f.md",
            "node_modules/g.md",
            "target/doc/h.md",
            "vendor/i.md",
            "1/2/3/4/5/6/j.md",
            "note.txt",
            "md",
            "sous/dossier.md/k.txt",
        ];
        found.iter().chain(&passed).for_each(|file| put(root.path(), file));
        let listing = list(root.path()).unwrap();
        assert_eq!(names(&listing), ["9.md", "10.md", "A.MARKDOWN", "b.md", "1/2/3/4/5/d.md", "sous/c.md"]);
        assert_eq!(listing.cut, None);
        assert!(list(&root.path().join("nulle-part")).is_err());
    }

    #[test]
    fn links_lead_nowhere_outside_and_no_guide_is_listed_twice() {
        let around = tempfile::tempdir().unwrap();
        let root = around.path().join("guides");
        for file in ["guides/a.md", "guides/.caché/b.md", "dehors.md", "autres/c.md"] {
            put(around.path(), file);
        }
        let links = [
            ("a.md", "encore-a.md"),
            (".caché/b.md", "b.md"),
            ("../dehors.md", "evasion.md"),
            ("../autres", "autres"),
            (".", "boucle"),
            ("rompu", "rompu.md"),
            ("soi.md", "soi.md"),
        ];
        links.iter().for_each(|(to, link)| symlink(to, root.join(link)).unwrap());
        assert_eq!(names(&list(&root).unwrap()), ["a.md", "b.md"]);
    }

    #[test]
    fn too_many_guides_are_told_and_the_deepest_left_out() {
        let root = tempfile::tempdir().unwrap();
        put(root.path(), "profond/z.md");
        (0..=GUIDES).for_each(|n| put(root.path(), &format!("{n}.md")));
        let listing = list(root.path()).unwrap();
        assert_eq!((listing.guides.len(), listing.cut), (GUIDES, Some(Cut::Guides(GUIDES))));
        assert_eq!(names(&listing).last(), Some(&"999.md"));
    }

    #[test]
    fn a_survey_tells_the_list_first_each_guide_once_and_stops_when_it_is_not_wanted() {
        let root = tempfile::tempdir().unwrap();
        ["a.md", "b.md"].iter().for_each(|file| put(root.path(), file));
        let card =
            |title: &str| Card { title: CleanText::line(title), tally: Tally::default(), visited: None, trouble: None };
        let surveyor: Surveyor = Arc::new(move |file| card(&file.file_name().unwrap().to_string_lossy()));
        let lister: Lister = Arc::new(|path| list(path).map_err(|e| CleanText::line(&e.to_string())));
        let folder = Folder { path: root.path().to_owned(), lister, surveyor, fetcher: Arc::new(|_| None) };
        let known = [(root.path().join("b.md"), card("ouvert"))];
        let told = Mutex::new(Vec::new());
        let run = |wanted: bool, path: &Path| {
            let folder = Folder { path: path.to_owned(), ..folder.clone() };
            survey(&folder, &known, &|| wanted, |piece| told.lock().unwrap().push(piece));
            std::mem::take(&mut *told.lock().unwrap())
        };
        let pieces = run(true, root.path());
        let read: Vec<_> =
            pieces.iter().flat_map(|p| if let Survey::Read(cards) = p { &cards[..] } else { &[] }).collect();
        let titles: Vec<_> = read.iter().map(|(path, card)| (path.to_str().unwrap(), card.title.as_str())).collect();
        assert_eq!(titles, [("a.md", "a.md"), ("b.md", "ouvert")]);
        assert!(matches!(pieces.first(), Some(Survey::Listed(_))) && pieces.last() == Some(&Survey::Done));
        assert!(matches!(run(false, root.path())[..], [Survey::Listed(_)]));
        assert!(matches!(run(true, &root.path().join("rien"))[..], [Survey::Failed(_)]));
    }
}
