//! A disk that refuses. Each fault is told with the key that met it, names the file and what to do, and nothing that is
//! not on disk is drawn as done; once it is mended the next tick saves all, each once; and who leaves before is told
//! what is lost.
//!
//! A fault is real where it can be made real: a file system that is full or read-only, in a namespace of the program's
//! own and where the system allows one; a limit on file sizes; something in the place of a file or a folder. The others
//! are played by a disk that refuses as long as a file in the home says so, for permissions do not bind root, and no
//! disk breaks on demand. Those that may be missing for want of a namespace are played too.

use crate::pty::{Running, Terminal};
use crate::terminal::session;
use jalon::app::update;
use jalon::edge::journal::{Disk, Journal};
use jalon::edge::places::{GuideName, Place, Wanted};
use jalon::edge::{Cast, play};
use jalon::guide::{Guide, Origin};
use jalon::progress::{Record, read_lines};
use jalon::view;
use rustix::io::Errno;
use rustix::process::{Resource, Rlimit, getrlimit, prlimit};
use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

const GUIDE: &str = "# Guide\n\n- [ ] Avant\n- [ ] Pendant\n- [ ] Encore\n- [ ] Enfin\n";

/// The largest journal: more is refused by jalon itself.
const LARGEST: u64 = 16 * 1024 * 1024;

/// A fault: where it can be made, and what is said of it.
struct Fault {
    name: &'static str,
    ground: Ground,
    make: fn(&Stage),
    mend: fn(&Stage),
    /// What the sentence says beside the file's name: what is wrong, and what to do.
    told: [&'static str; 2],
}

#[derive(Clone, Copy, PartialEq)]
enum Ground {
    /// The program as it is, on the disk as it is.
    Home,
    /// The same, its state on a small file system of its own.
    Small,
    /// The program's own loop, on a disk that refuses when it is told to.
    Played,
}

const FULL: [&str; 2] = ["disque plein", "Libérez de la place"];
const READ_ONLY: [&str; 2] = ["en lecture seule", "Choisissez un autre dossier avec --progress"];
const NOT_A_FILE: [&str; 2] = ["n’est pas ce qu’il doit être", "Déplacez-le, il sera recréé"];
const TOO_LARGE: [&str; 2] = ["atteint la taille limite", "Commencez un autre parcours avec --run"];

const FAULTS: [Fault; 16] = [
    Fault { name: "a full disk", ground: Ground::Small, make: fill, mend: Stage::make_room, told: FULL },
    Fault {
        name: "a read-only disk",
        ground: Ground::Small,
        make: |stage| assert!(stage.remount("remount,ro"), "it does not become read-only"),
        mend: |stage| assert!(stage.remount("remount,rw"), "it does not become writable"),
        told: READ_ONLY,
    },
    Fault {
        name: "a limit on file sizes",
        ground: Ground::Home,
        make: |stage| stage.limit(Some(fs::metadata(stage.file()).unwrap().len())),
        mend: |stage| stage.limit(None),
        told: TOO_LARGE,
    },
    Fault {
        name: "a journal as large as may be",
        ground: Ground::Home,
        make: |stage| stage.resize(|_| LARGEST),
        mend: |stage| stage.resize(|bytes| bytes.iter().rposition(|b| *b != 0).unwrap() as u64 + 1),
        told: TOO_LARGE,
    },
    Fault {
        name: "a folder in the place of the file",
        ground: Ground::Home,
        make: |stage| put_aside(&stage.file(), |path| fs::create_dir(path).unwrap()),
        mend: |stage| put_back(&stage.file(), |path| fs::remove_dir(path).unwrap()),
        told: NOT_A_FILE,
    },
    Fault {
        name: "a file in the place of the folder",
        ground: Ground::Home,
        make: |stage| put_aside(&stage.folder, |path| fs::write(path, "").unwrap()),
        mend: |stage| put_back(&stage.folder, |path| fs::remove_file(path).unwrap()),
        told: NOT_A_FILE,
    },
    played("a full disk, played", |s| s.refuse("write", Errno::NOSPC), FULL),
    played("a write that is cut short", |s| s.refuse("half", Errno::NOSPC), FULL),
    played("a quota that is used up", |s| s.refuse("sync", Errno::DQUOT), FULL),
    played("a read-only disk, played", |s| s.refuse("open", Errno::ROFS), READ_ONLY),
    played("no permission", |s| s.refuse("open", Errno::ACCESS), ["accès refusé", "Donnez-vous le droit d’écrire"]),
    played("a disk that breaks", |s| s.refuse("sync", Errno::IO), ["Non enregistré", "Vérifiez le disque"]),
    played("a limit on file sizes, played", |s| s.refuse("write", Errno::FBIG), TOO_LARGE),
    played(
        "a folder that vanishes each time",
        |s| s.refuse("open", Errno::NOENT),
        ["a disparu", "Rétablissez son dossier"],
    ),
    played("a folder in the place of the file, played", |s| s.refuse("open", Errno::ISDIR), NOT_A_FILE),
    played("a file in the place of the folder, played", |s| s.refuse("open", Errno::NOTDIR), NOT_A_FILE),
];

const fn played(name: &'static str, make: fn(&Stage), told: [&'static str; 2]) -> Fault {
    Fault { name, ground: Ground::Played, make, mend: Stage::obey, told }
}

/// A program that runs, with its first item ticked and saved.
struct Stage {
    running: Running,
    /// Where its journal is, as this test reaches it.
    folder: PathBuf,
    device: String,
    /// The file system of its own, as the program sees it.
    state: PathBuf,
}

impl Stage {
    /// None where the system allows no file system of one's own.
    fn open(ground: Ground) -> Option<Stage> {
        let terminal = Terminal::new().size(220, 24);
        let home = terminal.home().to_owned();
        let state = home.join(".local/state");
        fs::create_dir_all(&state).unwrap();
        fs::write(home.join("guide.md"), GUIDE).unwrap();
        let guide = home.join("guide.md").to_str().unwrap().to_owned();
        let terminal = match ground {
            Ground::Home => terminal.args(&[&guide]),
            Ground::Played => terminal.part("faults::plays_a_disk_that_refuses"),
            Ground::Small => {
                let script = "mount -t tmpfs -o size=64k none \"$0\" && exec \"$@\"";
                let own = ["-rm", "sh", "-c", script, state.to_str().unwrap()];
                if !Command::new("unshare").args(own).arg("true").output().is_ok_and(|o| o.status.success()) {
                    return None;
                }
                terminal.args(&[&guide]).under("unshare", &own)
            }
        };
        let running = terminal.start();
        running.drawn().keys("3 ").sees("✓ Avant");
        let reached = match ground {
            Ground::Small => Path::new(&format!("/proc/{}/root", running.pid().as_raw_nonzero()))
                .join(state.strip_prefix("/").unwrap()),
            _ => state.clone(),
        };
        let guides = fs::read_dir(reached.join("jalon")).unwrap().map(|e| e.unwrap().path().join("default"));
        let folder = guides.into_iter().find(|p| p.exists()).unwrap();
        let device = journals(&folder).into_keys().next().unwrap();
        Some(Stage { running, folder, device, state })
    }

    fn file(&self) -> PathBuf {
        self.folder.join(format!("{}.jsonl", self.device))
    }

    /// What is on disk, each record once.
    fn saved(&self) -> Vec<String> {
        let all: BTreeMap<_, Record> =
            journals(&self.folder).into_values().flatten().map(|r| ((r.at, r.dot.clone()), r)).collect();
        all.into_values().map(|r| r.change.subject.label.as_str().to_owned()).collect()
    }

    fn make_room(&self) {
        fs::remove_file(self.folder.join("filler")).unwrap();
    }

    fn remount(&self, how: &str) -> bool {
        let pid = self.running.pid().as_raw_nonzero().to_string();
        let enter = ["-t", &pid, "-U", "-m", "--preserve-credentials", "mount", "-o", how];
        Command::new("nsenter").args(enter).arg(&self.state).status().is_ok_and(|s| s.success())
    }

    fn limit(&self, size: Option<u64>) {
        let maximum = getrlimit(Resource::Fsize).maximum;
        prlimit(Some(self.running.pid()), Resource::Fsize, Rlimit { current: size.or(maximum), maximum }).unwrap();
    }

    fn resize(&self, length: fn(&[u8]) -> u64) {
        let bytes = fs::read(self.file()).unwrap();
        OpenOptions::new().write(true).open(self.file()).unwrap().set_len(length(&bytes)).unwrap();
    }

    fn refuse(&self, call: &str, errno: Errno) {
        fs::write(self.running.home().join("refuses"), format!("{call} {}", errno.raw_os_error())).unwrap();
    }

    fn obey(&self) {
        fs::remove_file(self.running.home().join("refuses")).unwrap();
    }
}

/// The journals of a folder, by device.
fn journals(folder: &Path) -> BTreeMap<String, Vec<Record>> {
    let files = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
    let read = |path: PathBuf| {
        let device = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let records = read_lines(&fs::read(&path).unwrap(), &device).records;
        (device, records)
    };
    files.filter(|p| p.extension().is_some_and(|e| e == "jsonl")).map(read).collect()
}

/// Takes all the room there is. The journal's last page has room of its own, which empty lines take.
fn fill(stage: &Stage) {
    let mut journal = OpenOptions::new().append(true).open(stage.file()).unwrap();
    let length = journal.metadata().unwrap().len();
    journal.write_all(&vec![b'\n'; (length.next_multiple_of(4096) - length) as usize]).unwrap();
    let mut filler = File::create(stage.folder.join("filler")).unwrap();
    while filler.write(&[0; 512]).is_ok_and(|n| n > 0) {}
}

fn put_aside(path: &Path, block: impl Fn(&Path)) {
    fs::rename(path, path.with_extension("aside")).unwrap();
    block(path);
}

fn put_back(path: &Path, unblock: impl Fn(&Path)) {
    unblock(path);
    fs::rename(path.with_extension("aside"), path).unwrap();
}

fn not_done(screen: &vt100::Screen, label: &str) -> String {
    let text = screen.contents();
    assert!(!text.contains(&format!("✓ {label}")), "drawn as done, and not on disk:\n{text}");
    text
}

#[test]
fn each_fault_of_the_disk_is_told_at_once_and_saved_once_it_is_mended() {
    for fault in &FAULTS {
        let Some(stage) = Stage::open(fault.ground) else {
            println!("skipped: {}: the system allows no file system of one's own; it is played instead", fault.name);
            continue;
        };
        (fault.make)(&stage);
        // The frame that answers the key says it all: the mark, the reason, the file, what to do.
        stage.running.keys("j ");
        let told = stage.running.wait(fault.name, |screen| {
            let text = not_done(screen, "Pendant");
            text.contains("! Pendant") && text.contains("Non enregistré")
        });
        for part in fault.told {
            assert!(told.contains(part), "{}: {part:?} is not in\n{told}", fault.name);
        }
        let named = told.contains(&format!("{}.jsonl", stage.device)) || told.contains("/default");
        assert!(named, "{}: no file is named in\n{told}", fault.name);
        stage.running.keys("j ").wait("the next one is not saved either", |screen| {
            not_done(screen, "Pendant");
            not_done(screen, "Encore").contains("! Encore")
        });
        (fault.mend)(&stage);
        stage.running.keys("j ").wait("all is saved with the next tick", |screen| {
            let text = screen.contents();
            ["Pendant", "Encore", "Enfin"].iter().all(|label| text.contains(&format!("✓ {label}")))
                && !text.contains("Non enregistré")
        });
        assert_eq!(stage.saved(), ["Avant", "Pendant", "Encore", "Enfin"], "{}", fault.name);
        stage.running.keys("q");
        assert_eq!(stage.running.ends().0, 0, "{}", fault.name);
    }
}

#[test]
fn who_leaves_before_the_disk_is_mended_is_told_what_is_lost() {
    for fault in FAULTS.iter().filter(|f| f.ground != Ground::Small) {
        let stage = Stage::open(fault.ground).unwrap();
        (fault.make)(&stage);
        stage.running.keys("j ").sees("! Pendant").keys("j ").sees("! Encore").keys("q");
        let (code, screen) = stage.running.ends();
        // A part's status is that of a test.
        assert_eq!(code, if fault.ground == Ground::Played { 0 } else { 3 }, "{}", fault.name);
        for label in ["Pendant", "Encore"] {
            let line = format!("jalon: non enregistré\u{a0}: coché, «\u{a0}{label}\u{a0}»");
            assert!(screen.contains(&line), "{}: {line:?} is not in\n{screen}", fault.name);
        }
    }
}

#[test]
fn a_journal_that_is_removed_is_written_again_and_that_is_told() {
    let stage = Stage::open(Ground::Home).unwrap();
    stage.running.keys("j ").sees("✓ Pendant");
    let folder = |stage: &Stage| fs::remove_dir_all(stage.folder.parent().unwrap());
    let file = |stage: &Stage| fs::remove_file(stage.file());
    let ways: [fn(&Stage) -> io::Result<()>; 2] = [folder, file];
    for remove in ways {
        remove(&stage).unwrap();
        // Nobody presses a key: the watch hears of it.
        stage.running.sees("avait été enlevé du disque").sees("avec 2 changements");
        assert!(stage.running.screen().contains("✓ Avant"));
        assert_eq!(stage.saved(), ["Avant", "Pendant"]);
        stage.running.keys("\x1b");
        stage.running.wait("nothing to tell", |screen| !screen.contents().contains("enlevé"));
    }
    stage.running.keys("j ").sees("✓ Encore");
    assert_eq!(stage.saved(), ["Avant", "Pendant", "Encore"]);
    stage.running.keys("q");
    assert_eq!(stage.running.ends().0, 0);
}

#[test]
fn a_tick_right_after_the_journal_was_removed_brings_the_others_along() {
    let stage = Stage::open(Ground::Home).unwrap();
    fs::remove_dir_all(stage.folder.parent().unwrap()).unwrap();
    stage.running.keys("j ").sees("✓ Pendant");
    stage.running.wait("both on disk", |_| stage.saved() == ["Avant", "Pendant"]);
    stage.running.keys("q");
    assert_eq!(stage.running.ends().0, 0);
}

#[test]
fn what_cannot_be_written_again_is_not_drawn_as_done() {
    let stage = Stage::open(Ground::Home).unwrap();
    let folder = stage.folder.parent().unwrap();
    // In one step, so that the watch cannot come between.
    fs::write(folder.with_extension("file"), "").unwrap();
    fs::rename(folder, folder.with_extension("aside")).unwrap();
    fs::rename(folder.with_extension("file"), folder).unwrap();
    stage.running.wait("it is open again, and told", |screen| {
        let text = screen.contents();
        !text.contains("✓ Avant") && text.contains("○ Avant") && text.contains("n’est plus sur le disque")
    });
    stage.running.keys("q");
    stage.running.ends();
}

#[test]
fn what_git_takes_out_of_a_shared_folder_is_followed_and_not_written_again() {
    let terminal = Terminal::new().size(220, 24).file("guide.md", GUIDE).file(".jalon/.gitkeep", "");
    let shared = terminal.home().join(".jalon");
    let aside = terminal.home().join("aside");
    let running = terminal.args(&["guide.md"]).start();
    running.drawn().keys("3 ").sees("✓ Avant");
    fs::rename(&shared, &aside).unwrap();
    running.sees("1 changement n’est plus sur le disque").sees("○ Avant");
    fs::rename(&aside, &shared).unwrap();
    running.sees("✓ Avant");
    running.wait("nothing to tell", |screen| !screen.contents().contains("n’est plus sur le disque"));
    let guides: Vec<_> = fs::read_dir(&shared).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_dir()).collect();
    let lines = journals(&guides[0].join("default")).into_values().flatten().count();
    assert_eq!(lines, 1, "nothing was written again");
    running.keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn a_disk_without_locks_takes_a_file_of_the_programs_own() {
    let stage = Stage::open(Ground::Played).unwrap();
    stage.refuse("lock", Errno::NOTSUP);
    stage.running.keys("j ").sees("✓ Pendant");
    let aside = format!("{}-{}", stage.device, stage.running.pid().as_raw_nonzero());
    assert_eq!(journals(&stage.folder).into_keys().collect::<Vec<_>>(), [stage.device.clone(), aside]);
    stage.obey();
    stage.running.keys("j ").sees("✓ Encore");
    assert_eq!(stage.saved(), ["Avant", "Pendant", "Encore"]);
    stage.running.keys("q");
    assert_eq!(stage.running.ends().0, 0);
}

#[test]
#[ignore = "a part in other tests"]
fn plays_a_disk_that_refuses() {
    let (Some(_), Some(home)) = (std::env::var_os("JALON_PART"), std::env::var_os("HOME")) else { return };
    let wanted = Wanted { guide: GuideName::BuiltIn, run: "default", who: "lise", progress: None };
    let place = Place::find(&wanted, Some(Path::new(&home).join(".local/state/jalon")));
    let disk = Disk {
        open: |path| refused("open").and_then(|()| (Disk::REAL.open)(path)),
        write: |file, bytes| match refused("half") {
            Ok(()) => refused("write").and_then(|()| (Disk::REAL.write)(file, bytes)),
            Err(_) => (Disk::REAL.write)(file, bytes.get(..bytes.len() / 2).unwrap()),
        },
        sync: |file| refused("sync").and_then(|()| (Disk::REAL.sync)(file)),
        lock: |file| refused("lock").map_err(TryLockError::Error).and_then(|()| (Disk::REAL.lock)(file)),
        ..Disk::REAL
    };
    let (mut journal, records, _) = Journal::open_on(disk, place);
    journal.prepare().unwrap();
    let guide = Guide::parse(GUIDE, &Origin::default());
    play(session(guide, journal, records.into_iter().collect()), Cast { update, draw: view::draw });
}

/// The error that a call is to give, while there is one.
fn refused(call: &str) -> io::Result<()> {
    let home = std::env::var_os("HOME").unwrap();
    let Ok(text) = fs::read_to_string(Path::new(&home).join("refuses")) else { return Ok(()) };
    let (refused, errno) = text.split_once(' ').unwrap();
    if call == refused { Err(io::Error::from_raw_os_error(errno.parse().unwrap())) } else { Ok(()) }
}
