//! Reads the journals of a folder, each from where it was read last. Writes nothing, waits for no lock.

use super::files;
use crate::guide::CleanText;
use crate::progress::{Record, is_device, read_lines, writer_of};
use crate::words::Trouble;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs::{self, File, Metadata};
use std::io;
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::{Path, PathBuf};

/// Most bytes of a journal: 50,000 changes of one person on one device.
pub(super) const MAX_FILE: u64 = 16 * 1024 * 1024;

/// Most journals of a folder.
const MAX_FILES: usize = 64;

/// Most bytes of others' journals in a folder, all together: who pushes many large ones takes no more memory than that.
const MAX_OTHERS: u64 = 64 * 1024 * 1024;

/// How many bytes before the place where reading stopped are looked at again, to tell that the file went on from
/// there and is not another one.
const GUARD: u64 = 64;

/// The journals of one folder.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    seen: BTreeMap<String, Seen>,
    /// A journal that was read is gone, or does not go on from where it was read.
    broken: bool,
    too_many: usize,
    /// Others' journals hold more than is read.
    too_much: bool,
    /// The first of what is no journal, and how many there are.
    strange: Option<(PathBuf, usize)>,
    unreadable: BTreeMap<PathBuf, String>,
}

/// How far one journal was read.
#[derive(Debug, Default)]
struct Seen {
    /// Device, inode, length and change time when it was read: nothing of it is new while they are the same.
    stamp: Option<(u64, u64, u64, i64, i64)>,
    /// Bytes of whole lines read.
    whole: u64,
    /// The last of them.
    guard: Vec<u8>,
    bad: usize,
    foreign: usize,
    newer: usize,
    oversized: bool,
    /// It was read from its beginning the last time.
    anew: bool,
}

impl Shelf {
    /// What is new in all journals of the folder; those of `device` come first, whatever their names.
    pub(super) fn read_new(&mut self, folder: &Path, device: &str) -> Vec<Record> {
        self.unreadable.clear();
        self.strange = None;
        if let Some((path, error)) = astray(folder) {
            self.unreadable.insert(path.to_owned(), error.to_string());
            // What was read is not behind this name any more, or was never to be looked for behind it.
            if error.kind() == io::ErrorKind::NotADirectory {
                self.forget_all_but(&[]);
            }
            return Vec::new();
        }
        let names = match names(folder) {
            Ok((names, strange)) => {
                self.strange = strange.first().map(|name| (folder.join(name), strange.len()));
                names
            }
            Err(e) => {
                match e.kind() {
                    io::ErrorKind::NotFound => self.forget_all_but(&[]),
                    _ => _ = self.unreadable.insert(folder.to_owned(), e.to_string()),
                }
                return Vec::new();
            }
        };
        self.forget_all_but(&names);
        let (ours, theirs): (Vec<_>, Vec<_>) = names.into_iter().partition(|n| writer_of(n) == writer_of(device));
        self.too_many = (ours.len() + theirs.len()).saturating_sub(MAX_FILES);
        let mut records = Vec::new();
        let (own, mut left) = (ours.len(), MAX_OTHERS);
        self.too_much = false;
        for (n, name) in ours.into_iter().chain(theirs).take(MAX_FILES).enumerate() {
            let path = folder.join(format!("{name}.jsonl"));
            let most = if n < own { MAX_FILE } else { left.min(MAX_FILE) };
            let read = files::open_read(&path).and_then(|file| self.catch_up_to(most, &name, &file));
            if n >= own {
                let seen = self.seen.get(&name).map_or((0, 0), |seen| (seen.whole, seen.length()));
                left = left.saturating_sub(seen.0);
                self.too_much |= most < MAX_FILE && seen.1 > most;
            }
            match read {
                Ok(mut new) => records.append(&mut new),
                // Taken away since the folder was read.
                Err(e) if e.kind() == io::ErrorKind::NotFound => {}
                Err(e) => {
                    self.unreadable.insert(path, e.to_string());
                }
            }
        }
        records
    }

    /// Forgets the journals that are gone.
    fn forget_all_but(&mut self, names: &[String]) {
        let there: BTreeSet<&String> = names.iter().collect();
        self.broken |= self.seen.iter().any(|(name, seen)| seen.whole > 0 && !there.contains(name));
        self.seen.retain(|name, _| there.contains(name));
    }

    /// Whether something that was read may be there no more, since this was asked last.
    pub(super) fn broke(&mut self) -> bool {
        std::mem::take(&mut self.broken)
    }

    /// Whether a journal was read from its beginning the last time: what was new is all that it holds.
    pub(super) fn read_anew(&self, device: &str) -> bool {
        self.seen.get(device).is_some_and(|seen| seen.anew)
    }

    /// What is new in one journal.
    pub(super) fn catch_up(&mut self, device: &str, file: &File) -> io::Result<Vec<Record>> {
        self.catch_up_to(MAX_FILE, device, file)
    }

    fn catch_up_to(&mut self, most: u64, device: &str, file: &File) -> io::Result<Vec<Record>> {
        let seen = self.seen.entry(device.to_owned()).or_default();
        let meta = file.metadata()?;
        let stamp = (meta.dev(), meta.ino(), meta.len(), meta.mtime(), meta.mtime_nsec());
        seen.anew = false;
        if seen.stamp == Some(stamp) {
            return Ok(Vec::new());
        }
        if !seen.goes_on(file, &meta)? {
            self.broken |= seen.whole > 0;
            *seen = Seen { anew: true, ..Seen::default() };
        }
        let length = meta.len().min(most).saturating_sub(seen.whole);
        let bytes = read_at(file, seen.whole, length)?;
        let lines = read_lines(&bytes, device);
        seen.whole += lines.whole as u64;
        seen.bad += lines.bad;
        seen.foreign += lines.foreign;
        seen.newer += lines.newer;
        seen.oversized = meta.len() > MAX_FILE;
        let back = GUARD.min(seen.whole);
        seen.guard = read_at(file, seen.whole - back, back)?;
        seen.stamp = Some(stamp);
        Ok(lines.records)
    }

    /// What is wrong with the journals, as of the last reading.
    pub(super) fn troubles(&self, folder: &Path) -> Vec<Trouble> {
        let clean = |path: &Path| CleanText::line(&path.to_string_lossy());
        let mut all: Vec<Trouble> = Vec::new();
        for (path, why) in &self.unreadable {
            all.push(Trouble::Unreadable(clean(path), CleanText::line(why)));
        }
        for (device, seen) in &self.seen {
            let file = clean(&folder.join(format!("{device}.jsonl")));
            if seen.bad > 0 {
                all.push(Trouble::Damaged(file.clone(), seen.bad));
            }
            if seen.foreign > 0 {
                all.push(Trouble::Foreign(file.clone(), seen.foreign));
            }
            if seen.newer > 0 {
                all.push(Trouble::Newer(file.clone(), seen.newer));
            }
            if seen.oversized {
                all.push(Trouble::Oversized(file));
            }
        }
        if let Some((first, count)) = &self.strange {
            all.push(Trouble::NotJournals(clean(first), *count));
        }
        if self.too_much {
            all.push(Trouble::TooMuch(clean(folder)));
        }
        if self.too_many > 0 {
            all.push(Trouble::TooMany(clean(folder), self.too_many));
        }
        all
    }
}

impl Seen {
    /// The file's length when it was read.
    fn length(&self) -> u64 {
        self.stamp.map_or(0, |stamp| stamp.2)
    }

    /// Whether the file is the one read before, with more at its end: git puts another in its place, an editor may
    /// write it anew.
    fn goes_on(&self, file: &File, meta: &Metadata) -> io::Result<bool> {
        let same = self.stamp.is_some_and(|(dev, ino, ..)| (dev, ino) == (meta.dev(), meta.ino()));
        if !same || meta.len() < self.whole {
            return Ok(false);
        }
        let back = self.guard.len() as u64;
        Ok(read_at(file, self.whole - back, back)? == self.guard)
    }
}

/// The walk's folder, or the guide's around it, where that is a link or no folder: a repository may hold one that leads
/// anywhere. What is above may be a link of the user's.
fn astray(folder: &Path) -> Option<(&Path, io::Error)> {
    let inner = folder.parent().into_iter().chain([folder]);
    let mut faults = inner.filter_map(|path| Some((path, files::expect_folder(path).err()?)));
    faults.find(|(_, error)| error.kind() != io::ErrorKind::NotFound)
}

/// The devices that have a journal in the folder, in order; and what is named like one and is none, as are links,
/// folders and FIFOs.
fn names(folder: &Path) -> io::Result<(Vec<String>, Vec<OsString>)> {
    let (mut names, mut strange) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(folder)? {
        let Ok(entry) = entry else { continue };
        let name = entry.file_name();
        if !name.as_encoded_bytes().ends_with(b".jsonl") {
            continue;
        }
        let device = name.to_str().and_then(|n| n.strip_suffix(".jsonl")).filter(|n| is_device(n));
        match device.filter(|_| entry.file_type().is_ok_and(|t| t.is_file())) {
            Some(device) => names.push(device.to_owned()),
            None => strange.push(name),
        }
    }
    names.sort();
    strange.sort();
    Ok((names, strange))
}

/// Reads up to `length` bytes; fewer if the file became shorter meanwhile.
fn read_at(file: &File, from: u64, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; usize::try_from(length).unwrap_or(0)];
    let mut filled = 0;
    while let Some(rest) = bytes.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match file.read_at(rest, from + filled as u64) {
            Ok(0) => break,
            Ok(n) => filled += n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    bytes.truncate(filled);
    Ok(bytes)
}
