//! The calls of an append that a disk may refuse, as one table, so that tests have disks that fail. Decides nothing
//! about what follows from a refusal.

use super::files;
use std::fs::{File, TryLockError};
use std::io::{self, Write};
use std::path::Path;

/// The calls of an append that a disk may refuse.
#[derive(Clone, Copy, Debug)]
pub struct Disk {
    /// Opens a journal for appending, and makes it if it is not there.
    pub open: fn(&Path) -> io::Result<File>,
    /// One `write`; gives how many bytes it took.
    pub write: fn(&mut File, &[u8]) -> io::Result<usize>,
    /// Brings a journal's bytes to the disk.
    pub sync: fn(&File) -> io::Result<()>,
    /// Brings a folder's entries to the disk.
    pub sync_folder: fn(&Path) -> io::Result<()>,
    /// Takes the lock, or says at once why not.
    pub lock: fn(&File) -> Result<(), TryLockError>,
}

impl Disk {
    /// The system's.
    pub const REAL: Disk = Disk {
        open: files::open_append,
        write: |file, bytes| file.write(bytes),
        sync: File::sync_data,
        sync_folder: files::sync_folder,
        lock: File::try_lock,
    };
}
