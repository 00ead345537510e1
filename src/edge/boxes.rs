//! Writes a task's box into the guide's file: one byte, and nothing else of the file is touched. The file is read
//! again first; where the box is not found as the guide knows it, the file is left alone and the reader told.
//!
//! What is written is a new file beside the old one, synced, which takes the old one's name in one step, and then the
//! folder is synced: whoever reads sees the old file or the new one, and so does a crash. A link is followed: its
//! target is written. Where a new file would not be the old one to everybody (it has a second name, another owner, or
//! attributes beyond its mode) the one byte is written in its place instead, which is one step too. A file that is
//! read-only is left alone, also where its folder would let it be replaced.

use super::journal::files::{create_new, sync_folder};
use crate::guide::{BoxState, CleanText, Guide, ItemIndex, NoBox};
use crate::words::BoxTrouble;
use rustix::fs::OFlags;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{FileExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// How often one begins anew because somebody else wrote the file in the meantime.
const TRIES: usize = 3;

/// Makes the box of an item say something. False where it said so already.
pub fn write_box(path: &Path, guide: &Guide, item: ItemIndex, state: BoxState) -> Result<bool, BoxTrouble> {
    let failed = |error: io::Error| trouble(&error, path);
    // The link's target is what is read; the link stays as it is.
    let target = path.canonicalize().map_err(failed)?;
    for _ in 0..TRIES {
        let mut file = open(&target, OpenOptions::new().read(true)).map_err(failed)?;
        let told = file.metadata().map_err(failed)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(failed)?;
        let found = guide.box_in(&bytes, item).map_err(|why| unfound(why, path))?;
        if found.state == state {
            return Ok(false);
        }
        if told.mode() & 0o222 == 0 {
            return Err(BoxTrouble::ReadOnly(shown(path)));
        }
        if let Some(byte) = bytes.get_mut(found.at) {
            *byte = state.byte();
        }
        // What cannot be written is not replaced either.
        let writer = open(&target, OpenOptions::new().write(true)).map_err(failed)?;
        if !is_still(&target, &told) {
            continue;
        }
        let replaced = match replaceable(&file, &told) {
            true => replace(&target, &told, &bytes),
            false => Ok(Replaced::Cannot),
        };
        match replaced.map_err(failed)? {
            Replaced::Done => return Ok(true),
            Replaced::Changed => {}
            Replaced::Cannot => {
                let written = writer.write_all_at(&[state.byte()], found.at as u64);
                written.and_then(|()| writer.sync_all()).map_err(failed)?;
                return Ok(true);
            }
        }
    }
    Err(BoxTrouble::Edited(shown(path)))
}

/// What became of a new file.
enum Replaced {
    /// It has the old one's name.
    Done,
    /// The old one was written by somebody else meanwhile.
    Changed,
    /// It cannot be made like the old one.
    Cannot,
}

/// Opens a regular file, without waiting for the other end of what is none.
fn open(path: &Path, how: &mut OpenOptions) -> io::Result<File> {
    let flags = (OFlags::NONBLOCK | OFlags::NOCTTY).bits() as i32;
    let file = how.custom_flags(flags).open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::ErrorKind::InvalidInput.into()) }
}

/// Whether a new file can be all that the old one is.
fn replaceable(file: &File, told: &Metadata) -> bool {
    let plain = rustix::fs::flistxattr(file, &mut [0u8; 0][..]).map_or(true, |length| length == 0);
    told.nlink() == 1 && plain
}

/// Puts a new file in the old one's place.
fn replace(target: &Path, told: &Metadata, bytes: &[u8]) -> io::Result<Replaced> {
    let Some((folder, name)) = target.parent().zip(target.file_name()) else { return Ok(Replaced::Cannot) };
    let draft = folder.join(format!(".{}.jalon-{}", name.to_string_lossy(), std::process::id()));
    let mut file = match create_new(&draft) {
        Ok(file) => file,
        // A folder in which nothing can be made may still hold a file that can be written.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => return Ok(Replaced::Cannot),
        // What a crash left behind is in nobody's way the next time.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            fs::remove_file(&draft)?;
            create_new(&draft)?
        }
        Err(error) => return Err(error),
    };
    let replaced = fill(&mut file, told, bytes).and_then(|alike| match alike {
        false => Ok(Replaced::Cannot),
        true if !is_still(target, told) => Ok(Replaced::Changed),
        true => fs::rename(&draft, target).map(|()| Replaced::Done),
    });
    if !matches!(replaced, Ok(Replaced::Done)) {
        let _ = fs::remove_file(&draft);
        return replaced;
    }
    sync_folder(folder)?;
    replaced
}

/// Writes and syncs the new file; false where it cannot have the owner that the old one has.
fn fill(file: &mut File, told: &Metadata, bytes: &[u8]) -> io::Result<bool> {
    let made = file.metadata()?;
    if (made.uid(), made.gid()) != (told.uid(), told.gid())
        && std::os::unix::fs::fchown(&*file, Some(told.uid()), Some(told.gid())).is_err()
    {
        return Ok(false);
    }
    file.write_all(bytes)?;
    // After the owner, for changing that takes special bits of the mode away.
    file.set_permissions(fs::Permissions::from_mode(told.mode() & 0o7777))?;
    file.sync_all()?;
    Ok(true)
}

/// Whether the name leads to the file that was read, and nobody wrote it since.
fn is_still(path: &Path, told: &Metadata) -> bool {
    let stamp = |m: &Metadata| (m.dev(), m.ino(), m.len(), m.mtime(), m.mtime_nsec(), m.ctime(), m.ctime_nsec());
    path.symlink_metadata().is_ok_and(|now| stamp(&now) == stamp(told))
}

fn unfound(why: NoBox, path: &Path) -> BoxTrouble {
    match why {
        NoBox::Utf16 => BoxTrouble::Utf16(shown(path)),
        NoBox::NotUtf8 => BoxTrouble::NotUtf8(shown(path)),
        NoBox::Edited | NoBox::NoTask => BoxTrouble::Edited(shown(path)),
    }
}

fn trouble(error: &io::Error, path: &Path) -> BoxTrouble {
    match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => BoxTrouble::ReadOnly(shown(path)),
        io::ErrorKind::NotFound => BoxTrouble::Gone(shown(path)),
        _ => BoxTrouble::Io(shown(path), CleanText::line(&error.to_string())),
    }
}

fn shown(path: &Path) -> CleanText {
    CleanText::line(&path.file_name().map_or_else(PathBuf::new, PathBuf::from).to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::Origin;
    use std::os::unix::fs::symlink;

    const TEXT: &str = "\u{feff}# T\r\n\r\n- [ ] un\r\n- [x] deux\r\n";

    struct Place {
        folder: tempfile::TempDir,
        file: PathBuf,
        guide: Guide,
    }

    fn place() -> Place {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.md");
        fs::write(&file, TEXT).unwrap();
        Place { folder, file, guide: Guide::parse(TEXT, &Origin::default()) }
    }

    impl Place {
        fn tick(&self, item: ItemIndex) -> Result<bool, BoxTrouble> {
            write_box(&self.file, &self.guide, item, BoxState::Ticked)
        }

        fn text(&self) -> String {
            fs::read_to_string(&self.file).unwrap()
        }

        fn names(&self) -> Vec<String> {
            let mut names: Vec<String> = fs::read_dir(self.folder.path())
                .unwrap()
                .map(|e| e.unwrap().file_name().into_string().unwrap())
                .collect();
            names.sort();
            names
        }
    }

    fn ticked() -> String {
        TEXT.replace("[ ]", "[x]")
    }

    #[test]
    fn one_byte_changes_in_a_new_file_with_the_old_mode_and_no_draft_stays() {
        let place = place();
        fs::set_permissions(&place.file, fs::Permissions::from_mode(0o640)).unwrap();
        let before = fs::metadata(&place.file).unwrap();
        assert_eq!(place.tick(0), Ok(true));
        let after = fs::metadata(&place.file).unwrap();
        assert_eq!((place.text(), after.mode() & 0o7777), (ticked(), 0o640));
        assert_eq!((after.uid(), after.gid()), (before.uid(), before.gid()));
        assert_ne!(after.ino(), before.ino(), "a new file, in one step");
        assert_eq!(place.names(), ["a.md"]);
        assert_eq!(write_box(&place.file, &place.guide, 1, BoxState::Open), Ok(true), "after our own write too");
        assert_eq!(place.text(), "\u{feff}# T\r\n\r\n- [x] un\r\n- [ ] deux\r\n");
    }

    #[test]
    fn a_box_that_says_so_already_is_not_written() {
        let place = place();
        let before = fs::metadata(&place.file).unwrap();
        assert_eq!(place.tick(1), Ok(false));
        assert!(is_still(&place.file, &before));
    }

    #[test]
    fn a_link_stays_one_and_its_target_is_written() {
        let mut place = place();
        let link = place.folder.path().join("link.md");
        symlink("a.md", &link).unwrap();
        place.file = link.clone();
        assert_eq!(place.tick(0), Ok(true));
        assert!(link.symlink_metadata().unwrap().is_symlink());
        assert_eq!(fs::read_to_string(place.folder.path().join("a.md")).unwrap(), ticked());
    }

    #[test]
    fn a_second_name_of_the_file_keeps_leading_to_it() {
        let place = place();
        let other = place.folder.path().join("b.md");
        fs::hard_link(&place.file, &other).unwrap();
        assert_eq!(place.tick(0), Ok(true));
        assert_eq!((place.text(), fs::read_to_string(&other).unwrap()), (ticked(), ticked()));
        assert_eq!(fs::metadata(&other).unwrap().nlink(), 2);
    }

    #[test]
    fn a_read_only_file_is_left_alone_though_its_folder_could_be_written() {
        let place = place();
        fs::set_permissions(&place.file, fs::Permissions::from_mode(0o444)).unwrap();
        assert_eq!(place.tick(0), Err(BoxTrouble::ReadOnly(CleanText::line("a.md"))));
        assert_eq!((place.text(), place.names()), (TEXT.to_owned(), vec!["a.md".to_owned()]));
    }

    #[test]
    fn an_edited_a_missing_and_an_odd_file_are_told_and_left_alone() {
        let place = place();
        let name = || CleanText::line("a.md");
        for edited in ["# T\r\n\r\n- [ ] un\r\n", "- [ ] un\n", ""] {
            fs::write(&place.file, edited).unwrap();
            let asked = place.tick(0);
            assert!(matches!(&asked, Err(BoxTrouble::Edited(_))) || (edited.starts_with("# T\r") && asked == Ok(true)));
        }
        let broken = [TEXT.as_bytes(), b"\xff"].concat();
        fs::write(&place.file, &broken).unwrap();
        assert_eq!(place.tick(0), Err(BoxTrouble::NotUtf8(name())));
        fs::remove_file(&place.file).unwrap();
        assert_eq!(place.tick(0), Err(BoxTrouble::Gone(name())));
        fs::create_dir(&place.file).unwrap();
        assert!(matches!(place.tick(0), Err(BoxTrouble::Io(..))));
    }

    #[test]
    fn a_draft_that_a_crash_left_is_in_nobodys_way() {
        let place = place();
        let draft = place.folder.path().join(format!(".a.md.jalon-{}", std::process::id()));
        fs::write(&draft, "torn").unwrap();
        assert_eq!(place.tick(0), Ok(true));
        assert_eq!((place.text(), place.names()), (ticked(), vec!["a.md".to_owned()]));
    }
}
