//! Where progress lives: the folder of a walk through a guide, and the name under which this device writes there.
//! Looks, and remembers the device; writes no progress.
//!
//! ```text
//! $XDG_STATE_HOME/jalon/<guide>/<run>/<device>.jsonl    private, the default
//! .jalon/<guide>/<run>/<device>.jsonl                   beside the guide, shared
//! DIR/<guide>/<run>/<device>.jsonl                      with --progress DIR
//! $XDG_STATE_HOME/jalon/<guide>/<run>/place.json        where one reads, wherever the progress is
//! $XDG_STATE_HOME/jalon/searches                        what was searched for, in any guide
//! $XDG_STATE_HOME/jalon/devices/<who>                   the device's name, made once
//! $XDG_STATE_HOME/jalon/locks/<folder>-<device>.lock    empty; held while a line is written
//! ```

use super::journal::SaveError;
use super::journal::files;
use crate::guide::CleanText;
use crate::progress::{Walk, is_device};
use etcetera::BaseStrategy;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The folder that makes progress shared.
pub const SHARED: &str = ".jalon";

/// Longest name made of somebody's words, in bytes.
const SLUG: usize = 48;

/// Which guide.
#[derive(Clone, Copy, Debug)]
pub enum GuideName<'a> {
    /// The one built in.
    BuiltIn,
    /// A file, with the front matter's `jalon.id`.
    File {
        /// As the user gave it.
        path: &'a Path,
        /// `jalon.id`
        id: Option<&'a str>,
    },
    /// Standard input: known by its title only.
    Input {
        /// The guide's title.
        title: &'a str,
    },
}

/// What decides where progress lives.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The guide.
    pub guide: GuideName<'a>,
    /// `--run`
    pub run: &'a str,
    /// `--as`, else the user's name.
    pub who: &'a str,
    /// `--progress`
    pub progress: Option<&'a Path>,
}

/// Where one walk's progress lives, and who writes it from here.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The walk, as reports name it.
    pub walk: Walk,
    /// The folder of its journals; none where there is no home.
    pub folder: Option<PathBuf>,
    /// Who ticks.
    pub who: CleanText,
    /// The name that this device writes under.
    pub device: String,
    /// The folder of what is this device's own and never shared: where one reads. None where there is no home.
    pub private: Option<PathBuf>,
    /// jalon's own folder, which remembers the device and holds the locks.
    state: Option<PathBuf>,
    /// Whether the device's name is on disk, so that it is the same tomorrow.
    settled: bool,
    /// Whether progress lives beside the guide.
    shared: bool,
}

/// jalon's folder in the user's state folder: `$XDG_STATE_HOME/jalon`, on macOS too.
pub fn state_folder() -> Option<PathBuf> {
    let home = etcetera::base_strategy::Xdg::new().ok().and_then(|xdg| xdg.state_dir());
    let named = || std::env::var_os("XDG_STATE_HOME").map(PathBuf::from).filter(|p| p.is_absolute());
    Some(home.or_else(named)?.join("jalon"))
}

/// The folder of what is this device's own of a walk through a guide; none where there is no home.
pub fn private(guide: &GuideName, run: &str, state: Option<PathBuf>) -> Option<PathBuf> {
    Some(state?.join(guide_id(guide, false)).join(slug(run)))
}

impl Place {
    /// Finds the place. Reads the disk, writes nothing: looking at a guide leaves no trace.
    pub fn find(wanted: &Wanted, state: Option<PathBuf>) -> Place {
        let beside = shared_folder(&wanted.guide);
        let shared = beside.is_some() && wanted.progress.is_none();
        let guide = guide_id(&wanted.guide, shared);
        let run = slug(wanted.run);
        let base = wanted.progress.map(Path::to_owned).or(beside);
        let elsewhere = base.is_some();
        let base = base.or_else(|| state.clone());
        let path = match wanted.guide {
            GuideName::File { path, .. } => Some(CleanText::line(&path.to_string_lossy())),
            GuideName::BuiltIn | GuideName::Input { .. } => None,
        };
        let mut place = Place {
            folder: base.as_ref().map(|b| b.join(&guide).join(&run)),
            walk: Walk { guide, path, run },
            who: CleanText::line(wanted.who),
            device: String::new(),
            private: private(&wanted.guide, wanted.run, state.clone()),
            state,
            settled: false,
            shared,
        };
        let known = place.memory().and_then(|file| remembered(&file, &slug(wanted.who)));
        place.settled = known.is_some();
        let name = known.unwrap_or_else(|| new_device(&slug(wanted.who)));
        place.device = place.here(&name, elsewhere);
        place
    }

    /// Makes sure that the device's name is remembered, so that tomorrow's session, and undo in it, knows it again.
    /// Several programs that start for the first time at once agree on one name.
    pub fn settle(&mut self) -> Result<(), SaveError> {
        if self.settled {
            return Ok(());
        }
        let file = self.memory().ok_or_else(SaveError::no_home)?;
        let who = slug(&self.who);
        let name = remember(&file, &who).map_err(|e| SaveError::new(&e, &file))?;
        let elsewhere = !self.in_state();
        self.device = self.here(&name, elsewhere);
        self.settled = true;
        Ok(())
    }

    /// Whether progress lives beside the guide.
    pub fn is_shared(&self) -> bool {
        self.shared
    }

    /// Where the same walk is kept when it is not shared; none where there is no home.
    pub fn in_private(&self) -> Option<Place> {
        Some(Place { folder: Some(self.private.clone()?), shared: false, ..self.clone() })
    }

    /// The place where a writer of the private folder, known there by this name, writes here.
    pub fn of_writer(&self, name: &str) -> Place {
        Place { device: self.here(name, !self.in_state()), settled: true, ..self.clone() }
    }

    /// The file that programs of this device lock while one of them writes in this folder. It lies in the state
    /// folder, where it is not committed with a shared one.
    pub fn lock(&self) -> Option<PathBuf> {
        let folder = crc32fast::hash(self.folder.as_ref()?.as_os_str().as_encoded_bytes());
        Some(self.state.as_ref()?.join("locks").join(format!("{folder:08x}-{}.lock", self.device)))
    }

    /// The file of the searches of earlier sessions: one's own, whatever is shared.
    pub fn searches(&self) -> Option<PathBuf> {
        Some(self.state.as_ref()?.join("searches"))
    }

    fn memory(&self) -> Option<PathBuf> {
        Some(self.state.as_ref()?.join("devices").join(slug(&self.who)))
    }

    pub(super) fn in_state(&self) -> bool {
        matches!((&self.folder, &self.state), (Some(folder), Some(state)) if folder.starts_with(state))
    }

    /// The device's name in this folder. Outside the state folder the place counts too: two clones of a repository
    /// on one machine must not write files of one name, or git would have to merge them.
    fn here(&self, name: &str, elsewhere: bool) -> String {
        let Some(folder) = self.folder.as_ref().filter(|_| elsewhere) else { return name.to_owned() };
        let base = folder.parent().and_then(Path::parent).unwrap_or(folder);
        let base = base.canonicalize().or_else(|_| std::path::absolute(base)).unwrap_or_else(|_| base.to_owned());
        let who = name.rsplit_once('-').map_or(name, |(who, _)| who);
        let both = [name.as_bytes(), b"\0", base.as_os_str().as_encoded_bytes()].concat();
        format!("{who}-{:08x}", crc32fast::hash(&both))
    }
}

/// Where the folder of shared progress stands, or would stand: beside the guide's file itself, wherever links to it lie.
pub fn beside(guide: &Path) -> Option<PathBuf> {
    Some(whole_path(guide).parent()?.join(SHARED))
}

/// The runs of a guide that have a folder, in order; `folder` is that of one of them. What is not named as a run is
/// none.
pub fn runs(folder: &Path) -> io::Result<Vec<String>> {
    let Some(guide) = folder.parent() else { return Ok(Vec::new()) };
    let listed = match std::fs::read_dir(guide) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        listed => listed?,
    };
    let folders = listed.flatten().filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    let names = folders.filter_map(|entry| entry.file_name().into_string().ok());
    let mut runs: Vec<String> = names.filter(|name| slug(name) == *name).collect();
    runs.sort_unstable();
    Ok(runs)
}

/// The `.jalon` beside a guide's file, if it is a folder; a link to one is not, for a repository may hold it.
fn shared_folder(guide: &GuideName) -> Option<PathBuf> {
    let GuideName::File { path, .. } = guide else { return None };
    let folder = beside(path)?;
    folder.symlink_metadata().is_ok_and(|m| m.is_dir()).then_some(folder)
}

/// The guide's name in a base folder. In a shared folder it must be the same on every machine, so it is made of the
/// file's name alone; elsewhere the whole path counts, for there are many files called `README.md`. Two guides of one
/// folder never share a name: one that is not simply its slug and `.md` gets a checksum.
fn guide_id(guide: &GuideName, shared: bool) -> String {
    match guide {
        GuideName::BuiltIn => "lancer-sa-communaute".to_owned(),
        GuideName::File { id: Some(id), .. } => slug(id),
        GuideName::File { path, id: None } => {
            let stem = slug(&path.file_stem().unwrap_or_default().to_string_lossy());
            if shared {
                // Some systems take accents apart in the names of files, and the checksum must not know.
                let name: String = path.file_name().unwrap_or_default().to_string_lossy().nfd().collect();
                let plain = name.strip_suffix(".md") == Some(&stem);
                return if plain { stem } else { format!("{stem}-{:08x}", crc32fast::hash(name.as_bytes())) };
            }
            format!("{stem}-{:08x}", crc32fast::hash(whole_path(path).as_os_str().as_encoded_bytes()))
        }
        GuideName::Input { title } => format!("stdin-{:08x}", crc32fast::hash(title.as_bytes())),
    }
}

fn whole_path(path: &Path) -> PathBuf {
    path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned())
}

/// A file name from somebody's words: lower-case ASCII letters, digits and `-`, 1 to 48 bytes. Where letters of other
/// scripts or the end were lost, a checksum keeps different words apart. A slug names a folder for ever, so accents
/// are taken off by Unicode's decomposition, which never changes, and not by the search's folding, which may.
pub fn slug(words: &str) -> String {
    let folded: String = words.nfd().filter(|c| !is_combining_mark(*c)).collect();
    let lost = folded.chars().any(|c| c.is_alphanumeric() && !c.is_ascii());
    let parts: Vec<&str> = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|p| !p.is_empty()).collect();
    let name = parts.join("-").to_ascii_lowercase();
    if !lost && (1..=SLUG).contains(&name.len()) {
        return name;
    }
    let start = name.get(..name.len().min(SLUG - 9)).unwrap_or_default().trim_end_matches('-');
    let start = if start.is_empty() { "x" } else { start };
    format!("{start}-{:08x}", crc32fast::hash(words.as_bytes()))
}

fn new_device(who: &str) -> String {
    // The keys of a new `RandomState` come from the system's random numbers, which std gives no other way.
    let random = RandomState::new().build_hasher().finish();
    format!("{who}-{:08x}", random as u32)
}

/// The device's name from its file; none if there is none, or no name in it.
fn remembered(file: &Path, who: &str) -> Option<String> {
    let bytes = files::read_small(file).ok()?;
    let name = String::from_utf8(bytes).ok()?.trim().to_owned();
    let random = name.strip_prefix(who)?.strip_prefix('-')?;
    let fits = is_device(&name) && random.len() == 8 && random.bytes().all(|b| b.is_ascii_hexdigit());
    fits.then_some(name)
}

/// Writes a new name, unless there is one already, and reads back which it is.
fn remember(file: &Path, who: &str) -> io::Result<String> {
    let folder = file.parent().ok_or(io::ErrorKind::NotFound)?;
    let made = files::make_folder(folder)?;
    let draft = folder.join(format!(".{}-{}.new", new_device(who), std::process::id()));
    let mut new = files::create_new(&draft)?;
    let written = new.write_all(format!("{}\n", new_device(who)).as_bytes()).and_then(|()| new.sync_all());
    let placed = written.and_then(|()| publish(&draft, file, who));
    // The draft has done its work or is of no use; if it cannot be taken away, it lies there and does no harm.
    let _ = std::fs::remove_file(&draft);
    placed?;
    for folder in made.iter().map(PathBuf::as_path).chain([folder]) {
        files::sync_folder(folder)?;
    }
    remembered(file, who).ok_or_else(|| io::ErrorKind::InvalidData.into())
}

/// Gives the draft its name without replacing a good one. A link does that in one step; where there are no links,
/// and where a crash left a file without a name in it, the draft takes the place.
fn publish(draft: &Path, file: &Path, who: &str) -> io::Result<()> {
    match std::fs::hard_link(draft, file) {
        Ok(()) => Ok(()),
        Err(_) if remembered(file, who).is_some() => Ok(()),
        Err(_) => std::fs::rename(draft, file),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn file<'a>(path: &'a Path, id: Option<&'a str>) -> Wanted<'a> {
        Wanted { guide: GuideName::File { path, id }, run: "default", who: "Lise Martin", progress: None }
    }

    #[test]
    fn a_slug_is_a_file_name_everywhere() {
        assert_eq!(slug("Lise Martin"), "lise-martin");
        assert_eq!(slug("  Événement n° 2 !"), "evenement-n-2");
        for odd in ["", ".", "..", "/", "../../etc/passwd", "\u{1b}[31m", "指南", &"a".repeat(400), "CON", "-", "é/è"]
        {
            let made = slug(odd);
            assert!((1..=SLUG).contains(&made.len()), "{odd:?}: {made}");
            assert!(made.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'), "{odd:?}: {made}");
            assert!(!made.starts_with('-') && !made.ends_with('-'), "{odd:?}: {made}");
        }
        assert_ne!(slug("指南 2"), slug("手冊 2"));
        assert_ne!(slug(&"a".repeat(60)), slug(&"a".repeat(61)));
    }

    #[test]
    fn each_guide_has_its_folder() {
        let dir = tempfile::tempdir().unwrap();
        let state = Some(dir.path().join("state"));
        let (one, two) = (dir.path().join("a/README.md"), dir.path().join("b/README.md"));
        let folder = |wanted: &Wanted| Place::find(wanted, state.clone()).folder.unwrap();
        assert_ne!(folder(&file(&one, None)), folder(&file(&two, None)));
        assert_eq!(folder(&file(&one, Some("Mon Guide"))), dir.path().join("state/mon-guide/default"));
        let built_in = Wanted { guide: GuideName::BuiltIn, run: "Été 2027", ..file(&one, None) };
        assert_eq!(folder(&built_in), dir.path().join("state/lancer-sa-communaute/ete-2027"));
        let input = Wanted { guide: GuideName::Input { title: "Un guide" }, ..built_in };
        assert!(folder(&input).starts_with(dir.path().join("state")));
        assert!(Place::find(&input, None).walk.guide.starts_with("stdin-"));
        let chosen = Wanted { progress: Some(Path::new("/elsewhere")), ..built_in };
        assert_eq!(folder(&chosen), Path::new("/elsewhere/lancer-sa-communaute/ete-2027"));
        assert!(!dir.path().join("state").exists(), "looking leaves no trace");
    }

    #[test]
    fn a_shared_folder_beside_the_guide_is_found_and_a_link_is_not_one() {
        let dir = tempfile::tempdir().unwrap();
        let guide = dir.path().join("Guide d’équipe.md");
        fs::write(&guide, "# x").unwrap();
        std::os::unix::fs::symlink("/tmp", dir.path().join(SHARED)).unwrap();
        let state = Some(dir.path().join("state"));
        let place = |who| Place::find(&Wanted { who, ..file(&guide, None) }, state.clone());
        assert!(place("lise").folder.unwrap().starts_with(dir.path().join("state")));
        fs::remove_file(dir.path().join(SHARED)).unwrap();
        fs::create_dir(dir.path().join(SHARED)).unwrap();
        let found = place("lise").folder.unwrap();
        assert!(found.starts_with(dir.path().canonicalize().unwrap().join(".jalon")), "{found:?}");
        let private = place("lise").private.unwrap();
        assert!(private.starts_with(dir.path().join("state")), "one's own place is not shared: {private:?}");
    }

    #[test]
    fn two_guides_of_a_shared_folder_never_have_one_name() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join(SHARED)).unwrap();
        let name = |file: &str| {
            let path = dir.path().join(file);
            fs::write(&path, "# x").unwrap();
            let folder = Place::find(&self::file(&path, None), None).folder.unwrap();
            folder.parent().unwrap().file_name().unwrap().to_str().unwrap().to_owned()
        };
        assert_eq!(name("guide-d-equipe.md"), "guide-d-equipe", "a plain name stays readable");
        let names: Vec<String> =
            ["guide-d-equipe.md", "Guide d’équipe.md", "guide-d-equipe.markdown", "guide-d-équipe.md"].map(name).into();
        assert_eq!(names.iter().collect::<std::collections::BTreeSet<_>>().len(), 4, "{names:?}");
        assert_eq!(name("guide-d-e\u{301}quipe.md"), names[3], "one name, written in two ways");
    }

    #[test]
    fn two_clones_write_under_two_names_and_each_keeps_its_own() {
        let dir = tempfile::tempdir().unwrap();
        let state = Some(dir.path().join("state"));
        let device = |clone: &str| {
            fs::create_dir_all(dir.path().join(clone).join(SHARED)).unwrap();
            let guide = dir.path().join(clone).join("guide.md");
            fs::write(&guide, "# x").unwrap();
            let mut place = Place::find(&file(&guide, None), state.clone());
            place.settle().unwrap();
            place.device
        };
        assert_ne!(device("one"), device("two"));
        assert_eq!(device("one"), device("one"));
        assert!(device("one").starts_with("lise-martin-"));
    }

    #[test]
    fn a_device_keeps_its_name() {
        let dir = tempfile::tempdir().unwrap();
        let state = Some(dir.path().join("state"));
        let guide = Path::new("guide.md");
        let mut first = Place::find(&file(guide, None), state.clone());
        first.settle().unwrap();
        assert_eq!(Place::find(&file(guide, None), state.clone()).device, first.device);
        let other = Place::find(&Wanted { who: "Bob", ..file(guide, None) }, state.clone());
        assert!(other.device.starts_with("bob-") && is_device(&other.device));
        fs::write(dir.path().join("state/devices/lise-martin"), "\0\0\0").unwrap();
        let mut healed = Place::find(&file(guide, None), state.clone());
        healed.settle().unwrap();
        assert_eq!(Place::find(&file(guide, None), state).device, healed.device);
    }

    #[test]
    fn first_starts_at_once_agree_on_a_name() {
        let dir = tempfile::tempdir().unwrap();
        let state = dir.path().join("state");
        let start = || {
            let mut place = Place::find(&file(Path::new("g.md"), None), Some(state.clone()));
            place.settle().unwrap();
            place.device
        };
        let names: Vec<String> = std::thread::scope(|s| {
            let threads: Vec<_> = (0..8).map(|_| s.spawn(start)).collect();
            threads.into_iter().map(|t| t.join().unwrap()).collect()
        });
        assert!(names.iter().all(|n| *n == names[0]), "{names:?}");
        assert_eq!(fs::read_dir(state.join("devices")).unwrap().count(), 1, "no draft is left");
    }

    #[test]
    fn without_a_home_the_reader_goes_on() {
        let mut place = Place::find(&file(Path::new("g.md"), None), None);
        assert_eq!((place.folder.clone(), place.lock()), (None, None));
        assert!(place.settle().is_err());
        assert!(is_device(&place.device));
    }
}
