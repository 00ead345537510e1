//! The journal on disk: appends records so that what it returned is never lost, and reads what others wrote.
//! Decides nothing about what records mean, and never rewrites a line.
//!
//! The order of an append is the promise; each step is there because some other program lost data without it:
//!
//! 1. the lock, for at most 250 ms; a lock may hang for ever on a network file system, so after that a file of this
//!    process's own, which needs none;
//! 2. under the lock, what another program of this device wrote since: it continues our numbers and our clock;
//! 3. a line feed first where a crash left the last line torn, or it would swallow the next record;
//! 4. one `write` of whole lines at the end of the file;
//! 5. `fdatasync`, and on first use of the file `fsync` of its folder, and of folders made;
//! 6. a look whether the name still leads to the file: git may have put another in its place;
//! 7. only now the records are returned, and may be shown as done.
//!
//! After a failed sync the pages count as clean and a second sync would lie, so it is never tried again: the file is
//! opened anew at every append, and the records are written again.
//!
//! `SIGXFSZ` must be ignored at the program's start, as Rust ignores `SIGPIPE`: else a limit on file sizes kills the
//! process where it should get an error.

mod adopt;
mod amend;
mod disk;
mod error;
pub(super) mod files;
mod shelf;

use super::clock;
use super::places::Place;
use crate::guide::CleanText;
use crate::progress::{Change, Dot, Hlc, Record, writer_of};
use crate::words::Trouble;
pub use adopt::{bring, missing};
pub use amend::Amended;
pub use disk::Disk;
pub use error::{Cause, SaveError};
use shelf::{MAX_FILE, Shelf};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, TryLockError};
use std::io;
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long an append waits for the lock.
const LOCK_WAIT: Duration = Duration::from_millis(250);

/// How often an append starts again because the file or its folder vanished under it.
const ATTEMPTS: usize = 3;

/// Makes the records to be saved, once it is known what stands in the journal; told as which device.
type Make<'a> = dyn FnMut(&mut Journal, &str) -> Vec<Record> + 'a;

/// The journal of one walk, as one program sees it.
#[derive(Debug)]
pub struct Journal {
    place: Place,
    disk: Disk,
    shelf: Shelf,
    /// Our clock.
    clock: Hlc,
    /// The largest number known of each device that we may write as.
    numbers: BTreeMap<String, u64>,
    /// Read while appending: told at the next reading.
    arrived: Vec<Record>,
    /// Written, and the sync failed.
    unsure: Vec<Unsure>,
    /// What this writer recorded and the disk acknowledged, where it lives in the state folder.
    own: BTreeMap<Dot, Record>,
    /// Of that, what is on disk no more, to be written again.
    again: BTreeMap<Dot, Record>,
    /// Files whose folder is synced, by device and inode.
    synced: BTreeSet<(u64, u64)>,
    /// Folders with new entries that are not synced yet.
    unsynced: BTreeSet<PathBuf>,
    /// Devices with stamps far ahead of our clock: whose, and how far, in milliseconds.
    ahead: BTreeMap<String, (CleanText, i64)>,
}

/// A record of which nobody knows whether it is on disk.
#[derive(Debug)]
struct Unsure {
    record: Record,
    /// It can be read, so it keeps its number when it is written again.
    readable: bool,
}

impl Journal {
    /// Opens the journals of a place and reads them all. Makes nothing; what is wrong is told and never stops it.
    pub fn open(place: Place) -> (Journal, Vec<Record>, Vec<Trouble>) {
        Journal::open_on(Disk::REAL, place)
    }

    /// The same on a disk that may be another than the system's.
    pub fn open_on(disk: Disk, place: Place) -> (Journal, Vec<Record>, Vec<Trouble>) {
        let mut journal = Journal {
            place,
            disk,
            shelf: Shelf::default(),
            clock: Hlc::default(),
            numbers: BTreeMap::new(),
            arrived: Vec::new(),
            unsure: Vec::new(),
            own: BTreeMap::new(),
            again: BTreeMap::new(),
            synced: BTreeSet::new(),
            unsynced: BTreeSet::new(),
            ahead: BTreeMap::new(),
        };
        let records = journal.read_new();
        let troubles = journal.troubles();
        (journal, records, troubles)
    }

    /// Where it lives.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Remembers the device and makes the folder, so that it can be watched and a read-only disk shows at the start.
    /// A reader does this before it asks for the device's name; a single command need not.
    pub fn prepare(&mut self) -> Result<(), SaveError> {
        let folder = self.place.folder.clone().ok_or_else(SaveError::no_home)?;
        self.place.settle()?;
        self.make_folder(&folder)
    }

    /// Records changes at `now` (milliseconds since the epoch), all or none, with one sync. When it returns, they are
    /// on disk; after an error, call again with the same changes and nothing is counted twice.
    pub fn append(&mut self, changes: &[Change], now: i64) -> Result<Vec<Record>, SaveError> {
        if changes.is_empty() {
            return Ok(Vec::new());
        }
        self.save(&mut |journal, device| journal.stamp(device, changes, now))
    }

    /// Saves the records that `make` makes, under the lock and from all that stands there, for the device that it is
    /// told. Asked again where the file vanished meanwhile.
    fn save(&mut self, make: &mut Make) -> Result<Vec<Record>, SaveError> {
        let folder = self.place.folder.clone().ok_or_else(SaveError::no_home)?;
        self.place.settle()?;
        let lock = self.lock();
        let device = match &lock {
            Some(_) => self.place.device.clone(),
            None => format!("{}-{}", self.place.device, std::process::id()),
        };
        let path = folder.join(format!("{device}.jsonl"));
        let mut outcome = Err(SaveError { cause: Cause::Gone, file: path.clone() });
        for _ in 0..ATTEMPTS {
            self.make_folder(&folder)?;
            outcome = self.write(&path, &device, make);
            match &outcome {
                Err(error) if error.cause == Cause::Gone => {}
                _ => break,
            }
        }
        drop(lock);
        outcome
    }

    /// What others, and other programs of this device, wrote since the last reading. Never waits for a lock.
    pub fn read_new(&mut self) -> Vec<Record> {
        if let Some(folder) = self.place.folder.clone() {
            let records = self.shelf.read_new(&folder, &self.place.device);
            self.take_in(records);
        }
        std::mem::take(&mut self.arrived)
    }

    /// What is wrong with the journals, as of the last reading.
    pub fn troubles(&self) -> Vec<Trouble> {
        let Some(folder) = &self.place.folder else { return vec![Trouble::NoHome] };
        let mut all = self.shelf.troubles(folder);
        let day = 24 * 60 * 60 * 1000;
        all.extend(self.ahead.values().map(|(who, by)| Trouble::ClockAhead(who.clone(), by / day)));
        all
    }

    /// Steps 2 to 6. Gone if the file, or its folder, vanished under it.
    fn write(&mut self, path: &Path, device: &str, make: &mut Make) -> Result<Vec<Record>, SaveError> {
        let failed = |e: io::Error| SaveError::new(&e, path);
        let mut file = (self.disk.open)(path).map_err(failed)?;
        let since = self.shelf.catch_up(device, &file).map_err(failed)?;
        let again = self.owed(device, &since);
        self.take_in(since);
        let records = make(self, device);
        // What could not be read back is written anew, as a new record; what could and was not asked for again waits.
        self.unsure.retain(|u| u.readable && !records.contains(&u.record));
        let length = file.metadata().map_err(failed)?.len();
        let mut bytes = if torn(&file, length).map_err(failed)? { b"\n".to_vec() } else { Vec::new() };
        again.iter().chain(&records).for_each(|r| bytes.extend_from_slice(r.to_line().as_bytes()));
        if length + bytes.len() as u64 > MAX_FILE {
            return Err(SaveError { cause: Cause::TooLarge, file: path.to_owned() });
        }
        self.unsure.extend(records.iter().map(|r| Unsure { record: r.clone(), readable: false }));
        self.write_once(&mut file, &bytes).and_then(|()| (self.disk.sync)(&file)).map_err(failed)?;
        self.sync_folders(&file, path)?;
        if !leads_to(path, &file).map_err(failed)? {
            return Err(SaveError { cause: Cause::Gone, file: path.to_owned() });
        }
        self.unsure.retain(|u| !records.contains(&u.record));
        self.again.retain(|dot, _| dot.device != device);
        // What was just written is not news; should this fail, it is told again, and known.
        let ours = self.shelf.catch_up(device, &file).unwrap_or_default();
        self.take_in(ours.into_iter().filter(|r| !records.contains(r) && !again.contains(r)).collect());
        self.keep(&records);
        self.numbers.insert(device.to_owned(), records.iter().map(|r| r.dot.n).fold(self.number(device), u64::max));
        self.clock = records.iter().map(|r| r.at).fold(self.clock, Hlc::max);
        Ok(records)
    }

    /// Gives each change its number and its time. A record that was written and can be read, but of which the disk
    /// did not say that it has it, keeps both, so that it is one record however often it is written.
    fn stamp(&mut self, device: &str, changes: &[Change], now: i64) -> Vec<Record> {
        let mut unsure: Vec<Record> = self.unsure.iter().filter(|u| u.readable).map(|u| u.record.clone()).collect();
        let (mut n, mut at) = (self.number(device), self.clock);
        let mut records = Vec::new();
        for change in changes {
            let dot = Dot { device: device.to_owned(), n: n + 1 };
            let new =
                Record { dot, at: at.after(now), by: self.place.who.clone(), change: change.clone() }.as_written();
            let known = unsure.iter().position(|r| r.change == new.change && r.dot.device == device);
            let record = known.map_or(new, |place| unsure.remove(place));
            (n, at) = (n.max(record.dot.n), at.max(record.at));
            records.push(record);
        }
        records
    }

    /// Learns numbers and times from records read, and keeps them for the next reading. Records that this program is
    /// unsure of are not told: they may be shown only once they are on disk.
    fn take_in(&mut self, records: Vec<Record>) {
        let now = clock::now();
        for record in records {
            let device = &record.dot.device;
            if writer_of(device) == writer_of(&self.place.device) {
                // Our own clock must not run backwards, or we could not change what we did before it was put right.
                self.clock = self.clock.max(record.at);
                self.numbers.insert(device.clone(), self.number(device).max(record.dot.n));
            } else {
                self.clock = self.clock.meet(record.at, now);
                if record.at.far_ahead(now) {
                    let who = if record.by.is_empty() { CleanText::line(device) } else { record.by.clone() };
                    self.ahead.insert(device.clone(), (who, record.at.millis.saturating_sub(now)));
                }
            }
            match self.unsure.iter_mut().find(|u| u.record == record) {
                Some(unsure) => unsure.readable = true,
                None => {
                    self.keep(std::slice::from_ref(&record));
                    self.arrived.push(record);
                }
            }
        }
    }

    fn number(&self, device: &str) -> u64 {
        self.numbers.get(device).copied().unwrap_or(0)
    }

    /// The lock, unless it cannot be had in time or not at all.
    fn lock(&self) -> Option<File> {
        let path = self.place.lock()?;
        files::make_folder(path.parent()?).ok()?;
        let file = files::open_lock(&path).ok()?;
        let deadline = Instant::now() + LOCK_WAIT;
        let mut pause = Duration::from_millis(1);
        loop {
            match (self.disk.lock)(&file) {
                Ok(()) => return Some(file),
                Err(TryLockError::WouldBlock) if Instant::now() + pause < deadline => std::thread::sleep(pause),
                Err(_) => return None,
            }
            pause = (pause * 2).min(Duration::from_millis(16));
        }
    }

    fn make_folder(&mut self, folder: &Path) -> Result<(), SaveError> {
        let made = files::make_folder(folder).map_err(|e| SaveError::new(&e, folder))?;
        self.unsynced.extend(made);
        // The base may be a link of the user's; what is in it may be somebody else's, and must not lead elsewhere.
        for inner in [folder.parent(), Some(folder)].into_iter().flatten() {
            files::expect_folder(inner).map_err(|e| SaveError::new(&e, inner))?;
        }
        Ok(())
    }

    fn sync_folders(&mut self, file: &File, path: &Path) -> Result<(), SaveError> {
        let meta = file.metadata().map_err(|e| SaveError::new(&e, path))?;
        let identity = (meta.dev(), meta.ino());
        let own = path.parent().filter(|_| !self.synced.contains(&identity));
        for folder in own.map(Path::to_owned).into_iter().chain(self.unsynced.clone()) {
            (self.disk.sync_folder)(&folder).map_err(|e| SaveError::new(&e, &folder))?;
            self.unsynced.remove(&folder);
        }
        self.synced.insert(identity);
        Ok(())
    }

    /// One `write`. What it did not take would have to follow in a second one, and a crash between them, or another
    /// program's line, would tear the record: so that is a failure, and the next append mends the line.
    fn write_once(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        loop {
            match (self.disk.write)(file, bytes) {
                Ok(n) if n == bytes.len() => return Ok(()),
                // The disk is full, or the file at its limit; a second write would say which, but no more than that.
                Ok(_) => return Err(io::ErrorKind::StorageFull.into()),
                // Nothing was written.
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
    }
}

/// Whether the last line has no end.
fn torn(file: &File, length: u64) -> io::Result<bool> {
    let Some(last) = length.checked_sub(1) else { return Ok(false) };
    let mut byte = [0];
    Ok(file.read_at(&mut byte, last)? == 1 && byte != *b"\n")
}

/// Whether the name still leads to the open file.
fn leads_to(path: &Path, file: &File) -> io::Result<bool> {
    let ours = file.metadata()?;
    match fs::symlink_metadata(path) {
        Ok(named) => Ok((named.dev(), named.ino()) == (ours.dev(), ours.ino())),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(e) => Err(e),
    }
}
