//! The searches of earlier sessions: a small file of one's own, one search a line, the last one last. Several programs
//! may add to it. Fails in silence: who loses it loses nothing of value.

use super::journal::files;
use crate::app::REMEMBERED;
use crate::guide::CleanText;
use std::io;
use std::path::{Path, PathBuf};

/// The longest search that is kept, in characters.
const LONGEST: usize = 200;
/// The largest file that is read, in bytes: as much as it may hold.
const LARGEST: u64 = (REMEMBERED * (LONGEST * 4 + 1)) as u64;

/// The file of the searches.
#[derive(Clone, Debug)]
pub struct Searches {
    file: Option<PathBuf>,
}

impl Searches {
    /// The searches in a file; without one, none are kept.
    pub fn of(file: Option<PathBuf>) -> Searches {
        Searches { file }
    }

    /// Those that are kept.
    pub fn recall(&self) -> Vec<CleanText> {
        self.file.as_ref().and_then(|file| read(file).ok()).unwrap_or_default()
    }

    /// Adds one, to those that others may have added meanwhile.
    pub fn add(&self, search: &CleanText) {
        let Some(file) = self.file.as_ref().filter(|_| search.chars().count() <= LONGEST) else { return };
        let mut all = read(file).unwrap_or_default();
        all.retain(|it| it != search);
        all.push(search.clone());
        let most = all.len().saturating_sub(REMEMBERED);
        let text: String = all.iter().skip(most).map(|it| format!("{it}\n")).collect();
        let _ = files::replace(file, text.as_bytes());
    }
}

/// What stands in the file, cleaned: somebody may have written to it.
fn read(file: &Path) -> io::Result<Vec<CleanText>> {
    let bytes = files::read_most(file, LARGEST)?;
    let text = String::from_utf8_lossy(&bytes);
    let fits = |it: &CleanText| !it.is_empty() && it.chars().count() <= LONGEST;
    let mut all: Vec<CleanText> = text.lines().map(CleanText::line).filter(fits).collect();
    let most = all.len().saturating_sub(REMEMBERED);
    all.drain(..most);
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    fn line(text: &str) -> CleanText {
        CleanText::line(text)
    }

    #[test]
    fn searches_are_kept_for_their_owner_alone_each_once_and_not_too_many() {
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join("jalon/searches");
        let searches = Searches::of(Some(file.clone()));
        assert_eq!(searches.recall(), []);
        for text in ["un", "deux", "un"] {
            searches.add(&line(text));
        }
        assert_eq!(searches.recall(), [line("deux"), line("un")]);
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        searches.add(&line(&"x".repeat(LONGEST + 1)));
        assert_eq!(searches.recall().len(), 2, "what nobody types again is not kept");
        for n in 0..REMEMBERED + 20 {
            searches.add(&line(&n.to_string()));
        }
        let kept = searches.recall();
        assert_eq!((kept.len(), kept[0].as_str()), (REMEMBERED, "20"));
        assert_eq!(fs::read_dir(root.path().join("jalon")).unwrap().count(), 1, "no draft is left");
    }

    #[test]
    fn whatever_stands_in_the_file_is_cleaned() {
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join("searches");
        fs::write(&file, b"a\x1b[31mb\n\n\xff\n  un \t deux\x07\n").unwrap();
        let kept = Searches::of(Some(file.clone())).recall();
        assert_eq!(kept, [line("a\u{1b}[31mb"), line("\u{fffd}"), line("un deux\u{7}")]);
        assert!(kept.iter().all(|it| !it.contains(char::is_control)));
        fs::write(&file, "x".repeat(LARGEST as usize * 2)).unwrap();
        assert_eq!(Searches::of(Some(file.clone())).recall(), []);
        fs::remove_file(&file).unwrap();
        std::os::unix::fs::symlink("elsewhere", &file).unwrap();
        fs::write(root.path().join("elsewhere"), "secret").unwrap();
        assert_eq!(Searches::of(Some(file)).recall(), [], "a link is not followed");
    }

    #[test]
    fn where_nothing_can_be_kept_nothing_is_said() {
        let root = tempfile::tempdir().unwrap();
        let blocked = root.path().join("file");
        fs::write(&blocked, "x").unwrap();
        Searches::of(Some(blocked.join("searches"))).add(&line("un"));
        Searches::of(None).add(&line("un"));
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
    }
}
