//! Where a link to another guide leads on the disk: never out of the guide's folder. Dot segments are resolved before
//! the disk is asked, symbolic links after.

use super::folder::is_markdown;
use crate::guide::CleanText;
use crate::words::Edge;
use std::path::{Component, Path, PathBuf};

/// The file that a path leads to from one guide's file, both in the folder `root`. All three are resolved already, but
/// for the path, which may begin with `/` for the folder itself. What is wrong comes back as a sentence.
pub(super) fn find(root: &Path, from: &Path, path: &str) -> Result<PathBuf, Edge> {
    let told = || CleanText::line(path);
    let outside = || Edge::OutsideFolder(told());
    let here = from.parent().and_then(|folder| folder.strip_prefix(root).ok()).ok_or_else(outside)?;
    let mut parts: Vec<&std::ffi::OsStr> = Vec::new();
    if !path.starts_with('/') {
        parts.extend(here.iter());
    }
    for part in Path::new(path.trim_start_matches('/')).components() {
        match part {
            Component::Normal(name) => parts.push(name),
            Component::CurDir => {}
            Component::ParentDir => _ = parts.pop().ok_or_else(outside)?,
            Component::RootDir | Component::Prefix(_) => return Err(outside()),
        }
    }
    let wanted: PathBuf = root.iter().chain(parts).collect();
    let found = wanted.canonicalize().map_err(|_| Edge::NoSuchFile(told()))?;
    if !found.starts_with(root) {
        return Err(outside());
    }
    if is_markdown(&found) && found.is_file() { Ok(found) } else { Err(Edge::NoMarkdown(told())) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::symlink;

    #[test]
    fn a_link_leads_to_a_markdown_file_of_the_folder_or_nowhere() {
        let around = tempfile::tempdir().unwrap();
        let base = around.path().canonicalize().unwrap();
        let root = base.join("guides");
        fs::create_dir_all(root.join("sous/dossier.md")).unwrap();
        for file in ["guides/a.md", "guides/sous/b b.md", "guides/texte.txt", "dehors.md", "guides-aussi.md"] {
            fs::write(base.join(file), "# x\n").unwrap();
        }
        symlink("sous/b b.md", root.join("lien.md")).unwrap();
        symlink("../dehors.md", root.join("evasion.md")).unwrap();
        symlink("..", root.join("haut")).unwrap();
        symlink("texte.txt", root.join("deguise.md")).unwrap();
        symlink("nulle-part.md", root.join("rompu.md")).unwrap();
        symlink("boucle.md", root.join("boucle.md")).unwrap();
        let (a, b) = (root.join("a.md"), root.join("sous/b b.md"));
        let told = CleanText::line;
        let samples = [
            (&a, "sous/b b.md", Ok(&b)),
            (&a, "./sous/../sous/b b.md", Ok(&b)),
            (&a, "lien.md", Ok(&b)),
            (&b, "../a.md", Ok(&a)),
            (&b, "/a.md", Ok(&a)),
            (&b, "//a.md", Ok(&a)),
            (&a, "../dehors.md", Err(Edge::OutsideFolder(told("../dehors.md")))),
            (&a, "../guides/a.md", Err(Edge::OutsideFolder(told("../guides/a.md")))),
            (&a, "../guides-aussi.md", Err(Edge::OutsideFolder(told("../guides-aussi.md")))),
            (&b, "../../dehors.md", Err(Edge::OutsideFolder(told("../../dehors.md")))),
            (&b, "/../dehors.md", Err(Edge::OutsideFolder(told("/../dehors.md")))),
            (&a, "evasion.md", Err(Edge::OutsideFolder(told("evasion.md")))),
            (&a, "haut/dehors.md", Err(Edge::OutsideFolder(told("haut/dehors.md")))),
            (&a, "nulle-part.md", Err(Edge::NoSuchFile(told("nulle-part.md")))),
            (&a, "rompu.md", Err(Edge::NoSuchFile(told("rompu.md")))),
            (&a, "boucle.md", Err(Edge::NoSuchFile(told("boucle.md")))),
            (&a, "texte.txt", Err(Edge::NoMarkdown(told("texte.txt")))),
            (&a, "deguise.md", Err(Edge::NoMarkdown(told("deguise.md")))),
            (&a, "sous/dossier.md", Err(Edge::NoMarkdown(told("sous/dossier.md")))),
            (&a, "~/x.md", Err(Edge::NoSuchFile(told("~/x.md")))),
        ];
        for (from, path, expected) in samples {
            assert_eq!(find(&root, from, path), expected.cloned(), "{path}");
        }
    }
}
