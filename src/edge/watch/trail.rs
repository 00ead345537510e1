//! The way to a file or a folder, link by link: the folders to watch, and the names in them that matter. Looks at the
//! disk; watches nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Component, Path, PathBuf};

/// More links than this on one way are a loop, as the system counts them.
const LINKS: usize = 40;

/// How many folders above a watched folder are watched for its name: a walk's journals lie two folders deep in their
/// base, and each of them may be moved away and another put in its place.
const ABOVE: usize = 2;

/// What to hear of.
#[derive(Clone, Debug)]
pub enum Aim {
    /// A file, through whatever links lead to it.
    File(PathBuf),
    /// The files of a folder with this extension.
    Folder(PathBuf, &'static str),
}

/// The folders on the way to an aim, none of them reached through a link.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Trail {
    folders: BTreeMap<PathBuf, Post>,
}

/// What to hear of in one folder.
#[derive(Debug, Default, PartialEq)]
struct Post {
    /// Device and inode: another folder of the same name is another trail.
    identity: Option<(u64, u64)>,
    names: BTreeSet<OsString>,
    extension: Option<&'static str>,
}

impl Trail {
    /// Follows the way as far as it leads today. Where it ends early, the last folder there is watched for the next
    /// name.
    pub(super) fn to(aim: &Aim) -> Trail {
        let (Aim::File(path) | Aim::Folder(path, _)) = aim;
        let mut trail = Trail::default();
        let Ok(mut path) = std::path::absolute(path) else { return trail };
        for _ in 0..LINKS {
            match trail.follow(&path, aim) {
                Some(next) => path = next,
                None => break,
            }
        }
        trail
    }

    /// The folders to watch.
    pub(super) fn folders(&self) -> impl Iterator<Item = &Path> {
        self.folders.keys().map(PathBuf::as_path)
    }

    /// Whether a change at a path matters.
    pub(super) fn meets(&self, path: &Path) -> bool {
        let here = path.parent().and_then(|folder| self.folders.get(folder));
        here.is_some_and(|post| path.file_name().is_some_and(|name| post.wants(name)))
    }

    /// Whether a change was about a watched folder itself: it may be gone, and its watch with it.
    pub(super) fn is_on(&self, path: &Path) -> bool {
        self.folders.contains_key(path)
    }

    /// Walks down to the first link, and gives the way on from there; none where the way ends.
    fn follow(&mut self, path: &Path, aim: &Aim) -> Option<PathBuf> {
        let mut folder = PathBuf::new();
        let mut parts = path.components();
        while let Some(part) = parts.next() {
            let Component::Normal(name) = part else {
                // No part of `folder` is a link, so `..` is the folder above.
                match part {
                    Component::ParentDir => _ = folder.pop(),
                    other => folder.push(other),
                }
                continue;
            };
            let next = folder.join(name);
            let rest = parts.as_path();
            let last = rest.as_os_str().is_empty();
            match next.symlink_metadata() {
                Ok(found) if found.is_symlink() => {
                    self.post(&folder).names.insert(name.to_owned());
                    return Some(folder.join(fs::read_link(&next).ok()?).join(rest));
                }
                Ok(found) if found.is_dir() && !last => folder = next,
                Ok(found) if found.is_dir() => {
                    self.arrive(&next, aim);
                    return None;
                }
                _ => {
                    self.post(&folder).names.insert(name.to_owned());
                    return None;
                }
            }
        }
        None
    }

    /// The way leads to a folder.
    fn arrive(&mut self, folder: &Path, aim: &Aim) {
        let above = folder.ancestors().zip(folder.ancestors().skip(1)).take(ABOVE);
        for (inner, outer) in above {
            self.post(outer).names.extend(inner.file_name().map(OsStr::to_owned));
        }
        if let Aim::Folder(_, extension) = aim {
            self.post(folder).extension = Some(extension);
        }
    }

    fn post(&mut self, folder: &Path) -> &mut Post {
        self.folders.entry(folder.to_owned()).or_insert_with(|| {
            let identity = folder.metadata().ok().map(|m| (m.dev(), m.ino()));
            Post { identity, ..Post::default() }
        })
    }
}

impl Post {
    fn wants(&self, name: &OsStr) -> bool {
        let fits = |extension: &str| Path::new(name).extension().is_some_and(|e| e == extension);
        self.names.contains(name) || self.extension.is_some_and(fits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    /// The folders of a trail below a root, each with the names that count there.
    fn told(trail: &Trail, root: &Path) -> Vec<String> {
        let root = root.canonicalize().unwrap();
        let line = |(folder, post): (&PathBuf, &Post)| {
            let names: Vec<_> = post.names.iter().map(|n| n.to_str().unwrap()).chain(post.extension).collect();
            format!("{}: {}", folder.strip_prefix(&root).ok()?.display(), names.join(" ")).into()
        };
        trail.folders.iter().filter_map(line).collect()
    }

    fn file(path: PathBuf) -> Trail {
        Trail::to(&Aim::File(path))
    }

    #[test]
    fn a_file_is_watched_in_its_folder_by_its_name() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("a.md"), "x").unwrap();
        let trail = file(root.path().join("a.md"));
        assert_eq!(told(&trail, root.path()), [": a.md"]);
        let folder = root.path().canonicalize().unwrap();
        assert!(trail.meets(&folder.join("a.md")) && !trail.meets(&folder.join("b.md")));
        assert!(trail.is_on(&folder) && !trail.meets(&folder));
    }

    #[test]
    fn links_are_watched_where_they_stand_and_where_they_lead() {
        let root = tempfile::tempdir().unwrap();
        for folder in ["one", "two", "three"] {
            fs::create_dir(root.path().join(folder)).unwrap();
        }
        fs::write(root.path().join("three/a.md"), "x").unwrap();
        symlink("../three", root.path().join("two/link")).unwrap();
        symlink("../two/link/a.md", root.path().join("one/b.md")).unwrap();
        let trail = file(root.path().join("one/b.md"));
        assert_eq!(told(&trail, root.path()), ["one: b.md", "three: a.md", "two: link"]);
    }

    #[test]
    fn what_is_not_there_yet_is_waited_for_where_the_way_ends() {
        let root = tempfile::tempdir().unwrap();
        assert_eq!(told(&file(root.path().join("x/y/a.md")), root.path()), [": x"]);
        fs::write(root.path().join("x"), "a file in the folder's place").unwrap();
        assert_eq!(told(&file(root.path().join("x/y/a.md")), root.path()), [": x"]);
        symlink("nowhere", root.path().join("b.md")).unwrap();
        assert_eq!(told(&file(root.path().join("b.md")), root.path()), [": b.md nowhere"]);
    }

    #[test]
    fn a_loop_of_links_ends() {
        let root = tempfile::tempdir().unwrap();
        symlink("b", root.path().join("a")).unwrap();
        symlink("a", root.path().join("b")).unwrap();
        assert_eq!(told(&file(root.path().join("a")), root.path()), [": a b"]);
    }

    #[test]
    fn a_folder_is_watched_with_two_above_it() {
        let root = tempfile::tempdir().unwrap();
        let run = root.path().join("base/guide/run");
        fs::create_dir_all(&run).unwrap();
        let aim = Aim::Folder(run.clone(), "jsonl");
        let trail = Trail::to(&aim);
        assert_eq!(told(&trail, root.path()), ["base: guide", "base/guide: run", "base/guide/run: jsonl"]);
        let run = run.canonicalize().unwrap();
        assert!(trail.meets(&run.join("lise-1.jsonl")) && !trail.meets(&run.join("place.json")));
        fs::rename(root.path().join("base"), root.path().join("away")).unwrap();
        assert_eq!(told(&Trail::to(&aim), root.path()), [": base"]);
        fs::create_dir_all(root.path().join("base/guide/run")).unwrap();
        assert_ne!(Trail::to(&aim), trail, "another folder of the same name");
    }
}
