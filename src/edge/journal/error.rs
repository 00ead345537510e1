//! Why a record could not be saved: the system's errors by name. Says it in words nowhere; those are `Trouble`'s.

use crate::guide::CleanText;
use crate::words::Trouble;
use std::io;
use std::path::{Path, PathBuf};

/// A record could not be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveError {
    /// Why.
    pub cause: Cause,
    /// The file or folder; empty where there is none.
    pub file: PathBuf,
}

/// Why a record could not be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// No space, or no quota, left.
    Full,
    /// The file system can only be read.
    ReadOnly,
    /// Permission denied.
    Denied,
    /// The folder or the file vanishes as often as it is made.
    Gone,
    /// A link, a folder or something else stands where the file should, or a file where the folder should.
    NotAFile,
    /// The system's limit on file sizes, or ours.
    TooLarge,
    /// Another error; what the system says.
    Io(String),
    /// There is no home folder.
    NoHome,
}

impl SaveError {
    /// Names what stands in the way where it is not the file itself: a file in the place of a folder above.
    pub(in crate::edge) fn new(error: &io::Error, file: &Path) -> SaveError {
        let cause = Cause::of(error);
        let blocks = |p: &&Path| cause == Cause::NotAFile && p.metadata().is_ok_and(|m| !m.is_dir());
        let file = file.ancestors().find(blocks).unwrap_or(file).to_owned();
        SaveError { cause, file }
    }

    pub(in crate::edge) fn no_home() -> SaveError {
        SaveError { cause: Cause::NoHome, file: PathBuf::new() }
    }

    /// What to tell the reader.
    pub fn trouble(&self) -> Trouble {
        let file = CleanText::line(&self.file.to_string_lossy());
        match &self.cause {
            Cause::Full => Trouble::Full(file),
            Cause::ReadOnly => Trouble::ReadOnly(file),
            Cause::Denied => Trouble::Denied(file),
            Cause::Gone => Trouble::Gone(file),
            Cause::NotAFile => Trouble::NotAFile(file),
            Cause::TooLarge => Trouble::TooLarge(file),
            Cause::Io(why) => Trouble::Io(file, CleanText::line(why)),
            Cause::NoHome => Trouble::NoHome,
        }
    }
}

impl Cause {
    fn of(error: &io::Error) -> Cause {
        use io::ErrorKind as Kind;
        match error.kind() {
            Kind::StorageFull | Kind::QuotaExceeded => Cause::Full,
            Kind::ReadOnlyFilesystem => Cause::ReadOnly,
            Kind::PermissionDenied => Cause::Denied,
            Kind::NotFound => Cause::Gone,
            Kind::IsADirectory | Kind::NotADirectory => Cause::NotAFile,
            Kind::FileTooLarge => Cause::TooLarge,
            _ if error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error()) => Cause::NotAFile,
            _ => Cause::Io(error.to_string()),
        }
    }
}
