//! Finds and reads the guide that a command names. Reads regular files and standard input only, at most a gibibyte.

use crate::cli::Source;
use crate::guide::{BUILT_IN_BASE, CleanText, Guide, Origin};
use crate::words::{Cannot, Shell};
use rustix::fs::{Mode, OFlags};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The guide built in.
const BUILT_IN: &str = include_str!("../../../content/lancer-sa-communaute.md");
/// Its file's stem.
const BUILT_IN_NAME: &str = "lancer-sa-communaute";

/// The largest guide, in bytes.
const LARGEST: u64 = 1 << 30;

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
}

/// Opens what a command names. What cannot be opened comes back as a sentence.
pub(super) fn open(source: &Source, base_url: Option<&str>) -> Result<Opened, Shell> {
    let base = base_url.map(str::to_owned);
    match source {
        Source::BuiltIn => {
            let base_url = Some(base.unwrap_or_else(|| BUILT_IN_BASE.to_owned()));
            let origin = Origin { name: BUILT_IN_NAME.to_owned(), base_url };
            Ok(Opened { guide: Guide::parse(BUILT_IN, &origin), name: CleanText::line(BUILT_IN_NAME), path: None })
        }
        Source::Stdin => {
            let name = CleanText::line("-");
            let bytes = limited(io::stdin().lock()).map_err(|why| Shell::CannotRead(name.clone(), why))?;
            parsed(bytes, "-", base, name, None)
        }
        Source::Path(path) => {
            let path = within(path)?;
            let name = shown(&path);
            let bytes = read(&path).map_err(|why| unreadable(&path, why))?;
            let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            parsed(bytes, &stem, base, name, Some(path))
        }
    }
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
    let failed = |error: io::Error| Shell::CannotRead(shown(path), cannot(&error));
    let mut guides = Vec::new();
    for entry in fs::read_dir(path).map_err(failed)? {
        let found = entry.map_err(failed)?.path();
        if is_guide(&found) {
            guides.push(found);
        }
    }
    guides.sort();
    match guides.as_slice() {
        [] => Err(Shell::NoGuides(shown(path))),
        [one] => Ok(one.clone()),
        several => {
            let names = several.iter().map(|g| CleanText::line(&g.file_name().unwrap_or_default().to_string_lossy()));
            Err(Shell::SeveralGuides(shown(path), names.map(|n| n.to_string()).collect()))
        }
    }
}

fn is_guide(path: &Path) -> bool {
    let hidden = path.file_name().is_some_and(|n| n.as_encoded_bytes().starts_with(b"."));
    let markdown = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("md") || e.eq_ignore_ascii_case("markdown"));
    markdown && !hidden && path.is_file()
}

/// Reads a regular file. Opened without waiting and asked afterwards what it is: a pipe without a writer would hold us
/// for ever, a device never end, and what a name led to before it was opened proves nothing.
fn read(path: &Path) -> Result<Vec<u8>, Cannot> {
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
    if told.len() > LARGEST {
        return Err(Cannot::TooLarge);
    }
    limited(file)
}

fn limited(from: impl Read) -> Result<Vec<u8>, Cannot> {
    let mut bytes = Vec::new();
    from.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|e| cannot(&e))?;
    if bytes.len() as u64 > LARGEST { Err(Cannot::TooLarge) } else { Ok(bytes) }
}

fn parsed(
    bytes: Vec<u8>,
    stem: &str,
    base_url: Option<String>,
    name: CleanText,
    path: Option<PathBuf>,
) -> Result<Opened, Shell> {
    if is_binary(&bytes) {
        return Err(Shell::CannotRead(name, Cannot::Binary));
    }
    let guide = Guide::parse_bytes(&bytes, &Origin { name: stem.to_owned(), base_url });
    Ok(Opened { guide, name, path })
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

fn shown(path: &Path) -> CleanText {
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
}
