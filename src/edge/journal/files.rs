//! The journal's calls to the file system: folders and files of the right mode and kind, and folders synced.
//! Knows nothing of records. Follows no links: a shared folder holds what others put there.

use rustix::fs::OFlags;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::process;

/// Never through a link, and never waiting for the other end of a FIFO.
const SAFELY: i32 = OFlags::NOFOLLOW.union(OFlags::NONBLOCK).bits() as i32;

/// Opens a journal for appending and reading, and makes it if it is not there.
pub(super) fn open_append(path: &Path) -> io::Result<File> {
    regular(OpenOptions::new().read(true).append(true).create(true).mode(0o600).custom_flags(SAFELY).open(path)?)
}

/// Opens a file for reading.
pub(in crate::edge) fn open_read(path: &Path) -> io::Result<File> {
    regular(OpenOptions::new().read(true).custom_flags(SAFELY).open(path)?)
}

/// Opens a lock file, and makes it if it is not there.
pub(super) fn open_lock(path: &Path) -> io::Result<File> {
    regular(OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).custom_flags(SAFELY).open(path)?)
}

/// Makes a file that must not exist yet.
pub(in crate::edge) fn create_new(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

/// Reads the beginning of a small file.
pub(in crate::edge) fn read_small(path: &Path) -> io::Result<Vec<u8>> {
    read_most(path, 4096)
}

/// Reads a file, and of one that is larger the first `most` bytes.
pub(in crate::edge) fn read_most(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open_read(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Makes a folder and those above it, readable by their owner only, and tells which folders have new entries and must
/// be synced.
pub(in crate::edge) fn make_folder(path: &Path) -> io::Result<Vec<PathBuf>> {
    let missing: Vec<&Path> = path.ancestors().take_while(|p| p.symlink_metadata().is_err()).collect();
    let mut changed = Vec::new();
    for folder in missing.into_iter().rev().filter(|p| !p.as_os_str().is_empty()) {
        match DirBuilder::new().mode(0o700).create(folder) {
            Err(e) if e.kind() != io::ErrorKind::AlreadyExists => return Err(e),
            _ => {
                changed.push(folder.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned())
            }
        }
    }
    Ok(changed)
}

/// Fails where a folder is a link or a file.
pub(super) fn expect_folder(path: &Path) -> io::Result<()> {
    if fs::symlink_metadata(path)?.is_dir() { Ok(()) } else { Err(io::ErrorKind::NotADirectory.into()) }
}

/// Puts bytes in a file's place, whole or not at all.
pub(in crate::edge) fn replace(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = file.parent().ok_or(io::ErrorKind::NotFound)?;
    let name = file.file_name().ok_or(io::ErrorKind::NotFound)?;
    make_folder(folder)?;
    let draft = folder.join(format!(".{}-{}.new", name.to_string_lossy(), process::id()));
    // One that a program with our number left when it was killed.
    let _ = fs::remove_file(&draft);
    let written = create_new(&draft).and_then(|mut new| new.write_all(bytes));
    let placed = written.and_then(|()| fs::rename(&draft, file));
    if placed.is_err() {
        let _ = fs::remove_file(&draft);
    }
    placed
}

/// Syncs a folder's entries. Some file systems cannot, and say that the call is not valid: then there is no more to do.
pub(in crate::edge) fn sync_folder(path: &Path) -> io::Result<()> {
    match File::open(path)?.sync_all() {
        Err(e) if matches!(e.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        synced => synced,
    }
}

/// A device would never end, a FIFO never begin.
fn regular(file: File) -> io::Result<File> {
    let kind = file.metadata()?.file_type();
    match kind {
        k if k.is_file() => Ok(file),
        k if k.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        // The kind of error that a link gives: not what it should be.
        _ => Err(rustix::io::Errno::LOOP.into()),
    }
}
