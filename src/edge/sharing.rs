//! The folder `.jalon` beside a guide, which makes progress shared. Makes it, and never takes anything away; what is
//! written into it besides is the journal's.

use super::journal::{SaveError, files};
use super::places;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Each journal has one writer, so git has nothing to merge. Where somebody copies a journal to a second clone all the
/// same, both may add to it: then the lines of both are right, and reading one twice does no harm. Line ends are part
/// of the journal's checksums.
const ATTRIBUTES: &str = "*.jsonl -text merge=union\n";

/// The folder, and whether it was there.
#[derive(Debug)]
pub(super) enum Folder {
    /// It was made.
    Made(PathBuf),
    /// It was there.
    Found(PathBuf),
}

/// Why there is no folder.
#[derive(Debug)]
pub(super) enum Obstacle {
    /// A file or a link stands there. A link is not followed: a repository may hold it.
    InTheWay(PathBuf),
    /// It cannot be made.
    Refused(SaveError),
}

/// Makes the folder beside a guide's file, with what git must know of it.
pub(super) fn make(guide: &Path) -> Result<Folder, Obstacle> {
    let path = places::beside(guide).ok_or_else(|| Obstacle::Refused(SaveError::no_home()))?;
    // What is refused is an entry of the folder above.
    let above = path.parent().unwrap_or(&path);
    let refused = |error: io::Error, at: &Path| Obstacle::Refused(SaveError::new(&error, at));
    let folder = match path.symlink_metadata() {
        Ok(found) if found.is_dir() => Folder::Found(path.clone()),
        Ok(_) => return Err(Obstacle::InTheWay(path)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => {
            for changed in files::make_folder(&path).map_err(|e| refused(e, above))? {
                files::sync_folder(&changed).map_err(|e| refused(e, &changed))?;
            }
            Folder::Made(path.clone())
        }
        Err(e) => return Err(refused(e, &path)),
    };
    attribute(&path).map_err(|e| refused(e, &path.join(".gitattributes")))?;
    Ok(folder)
}

/// Writes what git must know, unless somebody wrote something else there.
fn attribute(folder: &Path) -> io::Result<()> {
    let path = folder.join(".gitattributes");
    match files::read_small(&path) {
        // What a crash left of our own line is none.
        Ok(text) if text.len() < ATTRIBUTES.len() && ATTRIBUTES.as_bytes().starts_with(&text) => {
            fs::remove_file(&path)?
        }
        Ok(_) => return Ok(()),
        Err(e) if e.kind() == io::ErrorKind::NotFound => {}
        Err(e) => return Err(e),
    }
    let mut file = files::create_new(&path)?;
    file.write_all(ATTRIBUTES.as_bytes())?;
    file.sync_all()?;
    files::sync_folder(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guide() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let guide = folder.path().join("guide.md");
        fs::write(&guide, "# x\n").unwrap();
        (folder, guide)
    }

    #[test]
    fn the_folder_is_made_once_and_what_git_must_know_is_written_unless_somebody_wrote_it() {
        let (folder, guide) = guide();
        assert!(matches!(make(&guide), Ok(Folder::Made(_))));
        let attributes = folder.path().join(".jalon/.gitattributes");
        assert_eq!(fs::read_to_string(&attributes).unwrap(), ATTRIBUTES);
        for torn in ["", "*.jso"] {
            fs::write(&attributes, torn).unwrap();
            assert!(matches!(make(&guide), Ok(Folder::Found(_))));
            assert_eq!(fs::read_to_string(&attributes).unwrap(), ATTRIBUTES, "finished after a crash");
        }
        fs::write(&attributes, "*.jsonl text\n").unwrap();
        make(&guide).unwrap();
        assert_eq!(fs::read_to_string(&attributes).unwrap(), "*.jsonl text\n");
    }

    #[test]
    fn it_stands_beside_the_file_that_a_link_leads_to() {
        let (folder, guide) = guide();
        fs::create_dir(folder.path().join("links")).unwrap();
        let link = folder.path().join("links/guide.md");
        std::os::unix::fs::symlink(guide, &link).unwrap();
        make(&link).unwrap();
        assert!(folder.path().join(".jalon").is_dir() && !folder.path().join("links/.jalon").exists());
    }

    #[test]
    fn a_link_or_a_file_in_its_place_is_not_touched() {
        let (folder, guide) = guide();
        let path = folder.path().join(".jalon");
        fs::create_dir(folder.path().join("elsewhere")).unwrap();
        std::os::unix::fs::symlink("elsewhere", &path).unwrap();
        assert!(matches!(make(&guide), Err(Obstacle::InTheWay(p)) if p.ends_with(".jalon")));
        assert_eq!(fs::read_dir(folder.path().join("elsewhere")).unwrap().count(), 0);
        fs::remove_file(&path).unwrap();
        fs::write(&path, "mine").unwrap();
        assert!(matches!(make(&guide), Err(Obstacle::InTheWay(_))));
        assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    }
}
