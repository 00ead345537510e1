//! Finds and reads the guide that a command names. Reads regular files and standard input only, at most a gibibyte.

use crate::app::Listing;
use crate::cli::Source;
use crate::edge::pages::Pages;
use crate::edge::{clock, folder};
use crate::guide::{BUILT_IN_BASE, BaseUrl, CleanText, Fetch, Guide, Origin, Work};
use crate::words::{Cannot, Shell};
use rustix::fs::{Mode, OFlags};
use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// The guide built in.
const BUILT_IN: &str = include_str!("../../../content/lancer-sa-communaute.md");
/// Its file's stem.
const BUILT_IN_NAME: &str = "lancer-sa-communaute";

/// The largest guide, in bytes.
const LARGEST: u64 = 1 << 30;

/// The most guides of a folder that are named where one of them is to be chosen.
const NAMED: usize = 10;

/// A file of so many bytes or more is not held as a whole: its text is fetched when it is asked for. Guides that people
/// write are far smaller, and stay as they are whatever happens to their file.
const PAGED: u64 = 16 * 1024 * 1024;

/// A guide of no more bytes is read and parsed at once: its head would be hardly less work.
const AT_ONCE: u64 = 16 * 1024;

/// More than front matter may have, its fences included.
const LONGEST_FRONT_MATTER: u64 = 72 * 1024;

/// How much of a file is looked at to tell text from other things.
const HEAD: usize = 8192;

/// A guide that was read.
#[derive(Debug)]
pub(super) struct Opened {
    /// The guide.
    pub(super) guide: Guide,
    /// What messages call it.
    pub(super) name: CleanText,
    /// Its file; another one than was named where that is a folder.
    pub(super) path: Option<PathBuf>,
    /// What the file was.
    pub(super) print: Option<Print>,
}

/// What a file was when it was read, to tell whether it is another one now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Print {
    length: usize,
    checksum: u32,
    stamp: Stamp,
    /// Milliseconds since the epoch.
    read_at: i64,
}

/// What the system says of a file: device, inode, length, and when its bytes and itself changed, in nanoseconds.
type Stamp = (u64, u64, u64, i128, i128);

/// A file whose last change is younger than this when it is read may change again within the clock's tick.
const TICK: i64 = 1000;

impl Print {
    /// Whether the bytes are the same.
    pub(super) fn is_same(&self, other: &Print) -> bool {
        (self.length, self.checksum) == (other.length, other.checksum)
    }

    /// Whether the file is surely what it was, without its being read.
    pub(super) fn holds(&self, path: &Path) -> bool {
        let (.., written, changed) = self.stamp;
        let old = i128::from(self.read_at - TICK) * 1_000_000;
        written.max(changed) < old && path.metadata().is_ok_and(|told| stamp(&told) == self.stamp)
    }
}

fn stamp(told: &Metadata) -> Stamp {
    let nanos = |seconds: i64, rest: i64| i128::from(seconds) * 1_000_000_000 + i128::from(rest);
    let (written, changed) = (nanos(told.mtime(), told.mtime_nsec()), nanos(told.ctime(), told.ctime_nsec()));
    (told.dev(), told.ino(), told.len(), written, changed)
}

/// A guide that was opened for the screen.
pub(super) enum Begun {
    /// All of it.
    Whole(Opened),
    /// So much of its head as fills a screen: the rest is still to be read.
    Head(Opened),
    /// What may take long to be read: it comes from somewhere else, or nobody can tell where its text begins.
    Slow,
}

/// Opens what a command names as far as a screen needs it, on which so many bytes of text have room, if that is done at once.
/// Of standard input all is read: what is typed or piped in cannot be read a second time.
pub(super) fn begin(source: &Source, base_url: Option<&BaseUrl>, room: usize) -> Result<Begun, Shell> {
    let path = match source {
        Source::BuiltIn => return open(source, base_url).map(Begun::Whole),
        Source::Path(path) if !path.is_dir() => path.clone(),
        Source::Stdin | Source::Path(_) => return Ok(Begun::Slow),
    };
    let (mut file, told) = file(&path, LARGEST).map_err(|why| unreadable(&path, why))?;
    if told.len() > AT_ONCE.max(2 * room as u64) {
        let bytes = beginning(&mut file, room as u64).map_err(|why| unreadable(&path, why))?;
        let length = usize::try_from(told.len()).unwrap_or(usize::MAX);
        let binary = is_binary(&bytes);
        if let Some(guide) = Guide::parse_head(&bytes, length, room, &origin(&path, base_url)).filter(|_| !binary) {
            let name = shown(&path);
            return Ok(Begun::Head(Opened { guide, name, path: Some(path), print: None }));
        }
        return Ok(Begun::Slow);
    }
    open(&Source::Path(path), base_url).map(Begun::Whole)
}

/// The first bytes of a file, of which a head is made: more than fill a screen, so that there is a heading to cut at, and where
/// there may be front matter, as much as that may have.
fn beginning(file: &mut File, room: u64) -> Result<Vec<u8>, Cannot> {
    let mut bytes = Vec::with_capacity(HEAD + 3 * room as usize + 1);
    file.take(HEAD as u64 + 3 * room).read_to_end(&mut bytes).map_err(|e| cannot(&e))?;
    if bytes.starts_with(b"---") || bytes.starts_with(b"\xef\xbb\xbf---") {
        file.take(LONGEST_FRONT_MATTER).read_to_end(&mut bytes).map_err(|e| cannot(&e))?;
    }
    Ok(bytes)
}

/// Opens what a command names. What cannot be opened comes back as a sentence.
pub(super) fn open(source: &Source, base_url: Option<&BaseUrl>) -> Result<Opened, Shell> {
    let base = base_url.cloned();
    match source {
        Source::BuiltIn => {
            let base_url = Some(base.unwrap_or_else(|| BaseUrl::Otherwise(BUILT_IN_BASE.to_owned())));
            let origin = Origin { name: BUILT_IN_NAME.to_owned(), base_url };
            let guide = Guide::parse(BUILT_IN, &origin);
            Ok(Opened { guide, name: CleanText::line(BUILT_IN_NAME), path: None, print: None })
        }
        Source::Stdin => {
            let name = CleanText::line("-");
            let bytes = limited(io::stdin().lock(), LARGEST, 0).map_err(|why| Shell::CannotRead(name.clone(), why))?;
            let guide = parsed(bytes, Origin { name: "-".to_owned(), base_url: base }, &name)?;
            Ok(Opened { guide, name, path: None, print: None })
        }
        Source::Path(path) => {
            let path = within(path)?;
            let (content, print) = read(&path)?;
            let (guide, name) = (parse(&path, content, base_url)?, shown(&path));
            Ok(Opened { guide, name, path: Some(path), print: Some(print) })
        }
    }
}

/// What a guide is made from.
pub(super) enum Content {
    /// All bytes of its file.
    Bytes(Vec<u8>),
    /// A very large file, read when it is asked for.
    Pages(Pages),
}

impl Content {
    /// Nothing, or blanks behind a byte-order mark.
    pub(super) fn is_blank(&self) -> bool {
        let Content::Bytes(bytes) = self else { return false };
        bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes).trim_ascii().is_empty()
    }
}

/// Reads a guide's file.
pub(super) fn read(path: &Path) -> Result<(Content, Print), Shell> {
    let read_at = clock::now();
    let (file, told) = file(path, LARGEST).map_err(|why| unreadable(path, why))?;
    let print = |length, checksum| Print { length, checksum, stamp: stamp(&told), read_at };
    if let Some((pages, checksum)) = pages(&file, &told) {
        let print = print(pages.length(), checksum);
        return Ok((Content::Pages(pages), print));
    }
    let bytes = limited(file, LARGEST, room(&told)).map_err(|why| unreadable(path, why))?;
    let print = print(bytes.len(), crc32fast::hash(&bytes));
    Ok((Content::Bytes(bytes), print))
}

/// The pages of a file that is so large that its text should not be held, and can be fetched as it stands.
fn pages(file: &File, told: &Metadata) -> Option<(Pages, u32)> {
    let length = usize::try_from(told.len()).ok().filter(|_| told.len() >= PAGED)?;
    Pages::of(file.try_clone().ok()?, length, &at_a_time).ok()?
}

/// Reads an export: UTF-8 text.
pub(super) fn text(source: &Source) -> Result<String, Shell> {
    let (name, read) = match source {
        Source::Path(path) => (shown(path), bytes(path, LARGEST).map(|(bytes, _)| bytes)),
        Source::Stdin | Source::BuiltIn => (CleanText::line("-"), limited(io::stdin().lock(), LARGEST, 0)),
    };
    let text = read.and_then(|bytes| String::from_utf8(bytes).map_err(|_| Cannot::Binary));
    text.map_err(|why| Shell::CannotRead(name, why))
}

/// Reads a file that is small by its nature, and no larger than `limit`.
pub(super) fn small(path: &Path, limit: usize) -> Result<Vec<u8>, Cannot> {
    bytes(path, limit as u64).map(|(bytes, _)| bytes)
}

/// Parses a guide's file.
pub(super) fn parse(path: &Path, content: Content, base_url: Option<&BaseUrl>) -> Result<Guide, Shell> {
    let origin = origin(path, base_url);
    let bytes = match content {
        Content::Bytes(bytes) => bytes,
        Content::Pages(pages) => match Guide::fetched(Box::new(pages), &origin, &at_a_time) {
            Some(guide) => return Ok(guide),
            // It is no UTF-8, or is being written: all of it is read as it is now.
            None => bytes(path, LARGEST).map_err(|why| unreadable(path, why))?.0,
        },
    };
    parsed(bytes, origin, &shown(path))
}

fn origin(path: &Path, base_url: Option<&BaseUrl>) -> Origin {
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    Origin { name, base_url: base_url.cloned() }
}

/// Why the system refused, in words.
pub(super) fn cannot(error: &io::Error) -> Cannot {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Cannot::NotFound,
        io::ErrorKind::PermissionDenied => Cannot::Forbidden,
        io::ErrorKind::IsADirectory => Cannot::IsFolder,
        _ => Cannot::Other(CleanText::line(&error.to_string())),
    }
}

/// The file itself, or the one guide of a folder.
fn within(path: &Path) -> Result<PathBuf, Shell> {
    if !path.is_dir() {
        return Ok(path.to_owned());
    }
    let listing = list(path)?;
    match listing.guides.as_slice() {
        [one] => Ok(path.join(one)),
        several => {
            let names = several.iter().take(NAMED).map(|guide| shown(guide).to_string()).collect();
            Err(Shell::SeveralGuides(shown(path), names, several.len().saturating_sub(NAMED)))
        }
    }
}

/// The guides of a folder, of which there is one at least.
pub(super) fn list(path: &Path) -> Result<Listing, Shell> {
    let listing = folder::list(path).map_err(|error| Shell::CannotRead(shown(path), cannot(&error)))?;
    if listing.guides.is_empty() { Err(Shell::NoGuides(shown(path))) } else { Ok(listing) }
}

/// Reads a regular file.
fn bytes(path: &Path, limit: u64) -> Result<(Vec<u8>, Metadata), Cannot> {
    let (file, told) = file(path, limit)?;
    Ok((limited(file, limit, room(&told))?, told))
}

/// As much as there is, and room to see that it is all.
fn room(told: &Metadata) -> usize {
    usize::try_from(told.len()).unwrap_or(0) + 1
}

/// Opens a regular file. Opened without waiting and asked afterwards what it is: a pipe without a writer would hold us
/// for ever, a device never end, and what a name led to before it was opened proves nothing.
fn file(path: &Path, limit: u64) -> Result<(File, Metadata), Cannot> {
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let opened = rustix::fs::open(path, flags, Mode::empty()).map_err(|e| cannot(&e.into()))?;
    let file = File::from(opened);
    let told = file.metadata().map_err(|e| cannot(&e))?;
    if told.is_dir() {
        return Err(Cannot::IsFolder);
    }
    if !told.is_file() {
        return Err(Cannot::NotFile);
    }
    if told.len() > limit {
        return Err(Cannot::TooLarge);
    }
    Ok((file, told))
}

fn limited(from: impl Read, limit: u64, room: usize) -> Result<Vec<u8>, Cannot> {
    let mut bytes = Vec::with_capacity(room);
    from.take(limit + 1).read_to_end(&mut bytes).map_err(|e| cannot(&e))?;
    if bytes.len() as u64 > limit { Err(Cannot::TooLarge) } else { Ok(bytes) }
}

fn parsed(bytes: Vec<u8>, origin: Origin, name: &CleanText) -> Result<Guide, Shell> {
    if is_binary(&bytes) {
        return Err(Shell::CannotRead(name.clone(), Cannot::Binary));
    }
    Ok(Guide::read(bytes, &origin, &at_a_time))
}

/// Does two pieces of work at a time; one after the other where the system has no thread to give.
pub(super) fn at_a_time(one: Work<'_>, other: Work<'_>) {
    let other = Mutex::new(Some(other));
    let turn = || {
        let work = other.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(work) = work {
            work();
        }
    };
    thread::scope(|scope| {
        let helping = thread::Builder::new().name("reading".into()).spawn_scoped(scope, turn);
        one();
        if helping.is_err() {
            turn();
        }
    });
}

/// Whether bytes are no text: a NUL near the start, as other tools tell it, unless a byte-order mark says UTF-16.
fn is_binary(bytes: &[u8]) -> bool {
    let sixteen = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    !sixteen && bytes.iter().take(HEAD).any(|b| *b == 0)
}

/// A missing file that is nearly named like a command was meant as one.
fn unreadable(path: &Path, why: Cannot) -> Shell {
    let meant = path.to_str().and_then(crate::cli::nearest_command).filter(|_| why == Cannot::NotFound);
    match meant {
        Some(command) => Shell::PerhapsCommand(shown(path), command),
        None => Shell::CannotRead(shown(path), why),
    }
}

/// What messages call a file.
pub(super) fn shown(path: &Path) -> CleanText {
    CleanText::line(&path.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nul_near_the_start_is_no_text_unless_it_is_utf_16() {
        assert!(is_binary(b"\x7fELF\0") && !is_binary(b"# Titre\n"));
        assert!(!is_binary(b"\xff\xfe#\0 \0") && !is_binary(b"\xfe\xff\0#\0 "));
        assert!(!is_binary(&[vec![b'a'; HEAD], vec![0]].concat()));
    }

    /// A guide that is too large to be held: mostly code, which is quickly read.
    fn large() -> String {
        let code = "x".repeat(4_000);
        let section = |n: usize| format!("## {n}. Étape {n}\n\nUn *pas*.\n\n- [ ] tâche {n}\n\n```\n{code}\n```\n\n");
        (0..PAGED as usize / 4_000).map(section).collect()
    }

    /// Such a file, and its guide.
    fn paged(path: &Path) -> (String, Guide, Print) {
        let text = large();
        std::fs::write(path, &text).unwrap();
        let (content, print) = read(path).unwrap();
        assert!(matches!(content, Content::Pages(_)));
        (text, parse(path, content, None).unwrap(), print)
    }

    #[test]
    fn a_very_large_file_is_not_held_and_reads_as_one_that_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        let (text, paged, print) = paged(&path);
        let held = parse(&path, Content::Bytes(text.clone().into_bytes()), None).unwrap();
        assert!(print.is_same(&Print { length: text.len(), checksum: crc32fast::hash(text.as_bytes()), ..print }));
        assert_eq!((&paged.items, &paged.headings, &paged.groups), (&held.items, &held.headings, &held.groups));
        let last = held.block_count() - 1;
        for block in [0, 1, last / 2, last] {
            assert_eq!(paged.block(block), held.block(block), "{block}");
        }
        let line = |guide: &Guide| guide.source_line(crate::guide::Anchor::of_block(last));
        assert_eq!((line(&paged), line(&held)), (text.lines().count() - 2, text.lines().count() - 2));
        let section = held.section_source(7);
        assert_eq!(paged.section_source(7), section);
        assert_eq!(paged.source.get(section.clone()), held.source.get(section));
    }

    #[test]
    fn a_very_large_file_that_is_overwritten_shows_nothing_that_was_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        let (text, paged, print) = paged(&path);
        let (count, middle) = (paged.block_count(), paged.block_count() / 2);
        let before = paged.block(middle).cloned();
        std::fs::write(&path, text.replace("pas", "bis")).unwrap();
        assert_eq!((paged.block(middle).cloned(), paged.block_count()), (before, count), "what is parsed stays");
        assert_eq!(paged.block(0), None);
        let (content, now) = read(&path).unwrap();
        assert!(!print.is_same(&now));
        let again = parse(&path, content, None).unwrap();
        assert_eq!(again.block(1).map(|block| block.text.to_string()).as_deref(), Some("Un bis."));
    }
}
