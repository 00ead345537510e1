//! What other programs change shows by itself: the guide, however it is saved, and progress, whoever makes it.
//!
//! `.ci/trust live` saves 50 times in each way, ticks 50 times in another window, and prints how long it took until each
//! was seen.

use crate::pty::{Running, Terminal};
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The ways in which editors save.
const WAYS: [Way; 6] = [Way::InPlace, Way::Truncated, Way::RenamedOver, Way::MadeAnew, Way::ThroughALink, Way::MovedIn];

#[derive(Clone, Copy, Debug)]
enum Way {
    /// Written over what was there, then cut to length.
    InPlace,
    /// Emptied, and written in two pieces.
    Truncated,
    /// Written beside, and renamed over it.
    RenamedOver,
    /// Taken away, and made anew.
    MadeAnew,
    /// What a link leads to is replaced, then the link itself, by turns.
    ThroughALink,
    /// Written in another folder, and moved over it.
    MovedIn,
}

/// A guide on disk that is open on a terminal, in the midst of its tenth section.
struct Desk {
    folder: TempDir,
    running: Running,
    /// The row at the top of the text.
    top: String,
    version: usize,
}

/// A guide of twenty sections; its version shows in the tenth, and makes the first one longer.
fn text(version: usize) -> String {
    let mut text = format!("# Guide\n\n{}", "Une ligne de plus.\n\n".repeat(version));
    for section in 1..=20 {
        text.push_str(&format!("## Section {section}\n\n"));
        for part in 1..=12 {
            text.push_str(&format!("Alinéa {section}.{part} de ce guide.\n\n"));
            if (section, part) == (10, 6) {
                text.push_str(&format!("Version n° {version}.\n\n"));
            }
        }
    }
    text
}

impl Desk {
    fn open(way: Way) -> Desk {
        let folder = tempfile::tempdir().unwrap();
        for inner in ["guides", "elsewhere", "links"] {
            fs::create_dir(folder.path().join(inner)).unwrap();
        }
        let guide = folder.path().join("guides/guide.md");
        fs::write(&guide, text(0)).unwrap();
        let named = match way {
            Way::ThroughALink => {
                let link = folder.path().join("links/guide.md");
                symlink("../guides/guide.md", &link).unwrap();
                link
            }
            _ => guide,
        };
        let running = Terminal::new().args(&[named.to_str().unwrap()]).start();
        running.sees("Alinéa 1.1");
        running.keys(&"]".repeat(10)).sees("Alinéa 10.1").keys("jjjjj").sees("Version n° 0");
        let top = running.wait("the third paragraph at the top", |s| top(&s.contents()).contains("Alinéa 10.2"));
        Desk { folder, running, top: self::top(&top), version: 0 }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Saves the next version; gives how long it took until it was seen.
    fn save(&mut self, way: Way) -> Duration {
        self.version += 1;
        save(way, &self.path(""), &text(self.version), self.version);
        let saved = Instant::now();
        let version = format!("Version n° {}.", self.version);
        let screen = self.running.wait(&format!("{way:?}: {version}"), |s| s.contents().contains(&version));
        let seen = saved.elapsed();
        assert_eq!(top(&screen), self.top, "{way:?}: the place was lost\n{screen}");
        seen
    }
}

/// The first row of the text.
fn top(screen: &str) -> String {
    let row = screen.lines().find(|l| l.contains("Alinéa")).unwrap_or_default();
    row.get(row.find("Alinéa").unwrap_or_default()..).unwrap_or_default().trim_end().to_owned()
}

fn save(way: Way, root: &Path, text: &str, version: usize) {
    let guide = root.join("guides/guide.md");
    let over = |from: &Path, to: &Path| {
        fs::write(from, text).unwrap();
        fs::rename(from, to).unwrap();
    };
    match way {
        Way::InPlace => {
            let mut file = OpenOptions::new().write(true).open(guide).unwrap();
            file.write_all(text.as_bytes()).unwrap();
            file.set_len(text.len() as u64).unwrap();
        }
        Way::Truncated => {
            let mut file = fs::File::create(guide).unwrap();
            let (one, two) = text.split_at(text.find("Section 5").unwrap());
            for piece in [one, two] {
                sleep(Duration::from_millis(10));
                file.write_all(piece.as_bytes()).unwrap();
            }
        }
        Way::RenamedOver => over(&root.join("guides/.guide.md.swp"), &guide),
        Way::MadeAnew => {
            fs::remove_file(&guide).unwrap();
            sleep(Duration::from_millis(20));
            fs::write(guide, text).unwrap();
        }
        Way::ThroughALink if version.is_multiple_of(2) => {
            // Another file, and the link is made to lead there.
            let name = format!("guide-{version}.md");
            fs::write(root.join("elsewhere").join(&name), text).unwrap();
            symlink(format!("../elsewhere/{name}"), root.join("links/new")).unwrap();
            fs::rename(root.join("links/new"), root.join("links/guide.md")).unwrap();
        }
        Way::ThroughALink => {
            let target = root.join("links/guide.md").canonicalize().unwrap();
            over(&target.with_extension("tmp"), &target);
        }
        Way::MovedIn => over(&root.join("elsewhere/draft.md"), &guide),
    }
}

#[test]
fn a_guide_saved_in_any_way_is_seen_without_a_key_and_the_place_kept() {
    for way in WAYS {
        let mut desk = Desk::open(way);
        for _ in 0..3 {
            desk.save(way);
        }
        desk.running.keys("q");
        assert_eq!(desk.running.ends().0, 0);
    }
}

#[test]
#[ignore = "the campaign: takes some minutes"]
fn campaign_of_fifty_in_each_way() {
    let told = |what: &str, mut seen: Vec<Duration>| {
        seen.sort();
        let (median, slowest) = (seen[seen.len() / 2].as_millis(), seen[seen.len() - 1].as_millis());
        println!("{what}: {} of 50 seen; median {median} ms, slowest {slowest} ms", seen.len());
    };
    for way in WAYS {
        let mut desk = Desk::open(way);
        told(&format!("{way:?}, place kept"), (0..50).map(|_| desk.save(way)).collect());
        desk.running.keys("q");
        assert_eq!(desk.running.ends().0, 0);
    }
    let folder = shared();
    let (lise, bob) = (at(folder.path(), "lise").start(), at(folder.path(), "bob").start());
    lise.sees("étapes 0/2");
    bob.sees("étapes 0/2").keys("3");
    let tick = |n: usize| {
        // From the key in one window, by way of the disk, to the other window.
        let count = format!("étapes {}/2", n % 2);
        let pressed = Instant::now();
        bob.keys("x");
        lise.sees(&count);
        pressed.elapsed()
    };
    told("ticks in another window", (1..=50).map(tick).collect());
}

#[test]
fn what_changed_is_told_in_one_line_and_marked_in_the_outline() {
    let mut desk = Desk::open(Way::RenamedOver);
    desk.save(Way::RenamedOver);
    desk.running.sees("guide relu\u{a0}: 2 sections changées");
    let marked = |s: &vt100::Screen, heading: &str| {
        let screen = s.contents();
        let mut outline = screen.lines().map(|l| l.chars().take(31).collect::<String>());
        outline.any(|l| l.contains(heading) && l.contains('•'))
    };
    desk.running.wait("a mark", |s| marked(s, "Section 10"));
    desk.running.keys("]").wait("no mark where one has been", |s| !s.contents().contains('•'));
    desk.running.keys("q");
    assert_eq!(desk.running.ends().0, 0);
}

#[test]
fn a_guide_taken_away_is_read_on_and_comes_back_with_its_file() {
    let mut desk = Desk::open(Way::InPlace);
    let (guide, away) = (desk.path("guides/guide.md"), desk.path("elsewhere/guide.md"));
    fs::rename(&guide, &away).unwrap();
    desk.running.sees("le texte d’avant reste affiché").keys("k").sees("Alinéa 10.1").keys("j");
    fs::rename(&away, &guide).unwrap();
    desk.running.wait("the trouble gone", |s| !s.contents().contains("le texte d’avant"));
    desk.save(Way::InPlace);
    // The whole folder goes away, as when git changes to a branch that does not have it.
    fs::remove_dir_all(desk.path("guides")).unwrap();
    desk.running.sees("le texte d’avant reste affiché");
    fs::create_dir(desk.path("guides")).unwrap();
    sleep(Duration::from_millis(300));
    desk.save(Way::MovedIn);
    desk.running.keys("q");
    assert_eq!(desk.running.ends().0, 0);
}

/// The files that remember where one reads, in a home.
fn places(home: &Path) -> Vec<PathBuf> {
    let mut open = vec![home.join(".local/state/jalon")];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => open.push(path),
                false => found.extend(Some(path).filter(|p| p.ends_with("place.json"))),
            }
        }
    }
    found
}

#[test]
fn a_guide_opened_again_is_read_on_and_what_is_new_in_it_is_told() {
    let desk = Desk::open(Way::InPlace);
    let guide = desk.path("guides/guide.md");
    let args = || Terminal::new().args(&[guide.to_str().unwrap()]).at_home_of(&desk.running);
    // Whoever ends the program, the place is kept.
    desk.running.signal(rustix::process::Signal::TERM);
    let deadline = Instant::now() + crate::pty::LONG;
    while places(desk.running.home()).is_empty() {
        assert!(Instant::now() < deadline, "the place was not kept");
        sleep(Duration::from_millis(5));
    }
    let again = args().start();
    let screen = again.wait("the line", |s| s.contents().contains("à l’instant"));
    assert_eq!(top(&screen), desk.top);
    assert!(!screen.contains("section"), "nothing is new\n{screen}");
    again.keys("]").sees("Alinéa 11.1").keys("q");
    assert_eq!(again.ends().0, 0);
    fs::write(&guide, text(1).replace("## Section 7", "## Une neuve\n\nTexte.\n\n## Section 7")).unwrap();
    let third = args().size(130, 30).start();
    let screen = third.wait("the news", |s| s.contents().contains("1 section nouvelle, 2 changées"));
    assert!(top(&screen).starts_with("Alinéa 11.1"), "{screen}");
    assert!(screen.contains('•'), "{screen}");
    third.keys("q");
    assert_eq!(third.ends().0, 0);
    assert_eq!(places(desk.running.home()).len(), 1);
    assert!(!desk.path("guides/.jalon").exists());
}

#[test]
fn where_nothing_can_be_kept_a_guide_opens_at_its_beginning_and_nobody_is_troubled() {
    let desk = Desk::open(Way::InPlace);
    let guide = desk.path("guides/guide.md");
    let again = Terminal::new().args(&[guide.to_str().unwrap()]).start();
    let screen = again.drawn().sees("Alinéa 1.1").screen();
    assert!(!screen.contains("à l’instant"), "another home knows nothing\n{screen}");
    again.keys("q");
    assert_eq!(again.ends().0, 0);
}

/// A shared guide of one step, in a folder that git keeps.
fn shared() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("guide.md"), "# Guide\n\n1. Une étape\n2. Une autre\n").unwrap();
    fs::create_dir(folder.path().join(".jalon")).unwrap();
    folder
}

/// Somebody's terminal, at the guide of a folder.
fn at(folder: &Path, who: &str) -> Terminal {
    Terminal::new().args(&[folder.join("guide.md").to_str().unwrap()]).variable("USER", who)
}

/// The folder of the journals beside a shared guide.
fn journals(folder: &Path) -> PathBuf {
    folder.join(".jalon/guide/default")
}

/// Somebody ticks the first step of a clone of their own; gives the journal, as git would bring it.
fn journal_of(who: &str) -> (String, Vec<u8>) {
    let clone = shared();
    let running = at(clone.path(), who).start();
    running.sees("étapes 0/2").keys("3x").sees("étapes 1/2").keys("q");
    assert_eq!(running.ends().0, 0);
    let file = fs::read_dir(journals(clone.path())).unwrap().next().unwrap().unwrap();
    (file.file_name().into_string().unwrap(), fs::read(file.path()).unwrap())
}

#[test]
fn ticks_beside_a_shared_guide_show_in_every_window() {
    let folder = shared();
    let (lise, bob) = (at(folder.path(), "lise").start(), at(folder.path(), "bob").start());
    lise.sees("étapes 0/2");
    bob.sees("étapes 0/2").keys("3x").sees("étapes 1/2");
    lise.sees("étapes 1/2").sees("bob").keys("3jx").sees("étapes 2/2");
    bob.sees("étapes 2/2").keys("u").sees("étapes 1/2");
    lise.sees("étapes 1/2").keys("q");
    bob.keys("q");
    assert_eq!((lise.ends().0, bob.ends().0), (0, 0));
}

#[test]
fn what_a_pull_brings_shows_though_the_folder_of_journals_is_made_or_replaced_by_it() {
    let folder = shared();
    let running = at(folder.path(), "lise").start();
    running.sees("étapes 0/2");
    let (name, journal) = journal_of("bob");
    let put = |folder: &Path| {
        fs::create_dir_all(journals(folder)).unwrap();
        let draft = folder.join(".jalon/tmp_obj");
        fs::write(&draft, &journal).unwrap();
        fs::rename(draft, journals(folder).join(&name)).unwrap();
    };
    put(folder.path());
    running.sees("étapes 1/2").sees("bob");
    // Another branch has no progress; what was read stays in sight, and what is ticked then has its folder again.
    fs::remove_dir_all(folder.path().join(".jalon")).unwrap();
    sleep(Duration::from_millis(100));
    put(folder.path());
    let (other, second) = journal_of("chloé");
    sleep(Duration::from_millis(100));
    let second = String::from_utf8(second).unwrap();
    fs::write(journals(folder.path()).join(other), second).unwrap();
    running.sees("chloé").keys("3jx").sees("étapes 2/2").keys("q");
    assert_eq!(running.ends().0, 0);
    assert_eq!(fs::read_dir(journals(folder.path())).unwrap().count(), 3);
}

#[test]
fn a_journal_that_could_not_be_made_at_the_start_is_made_once_it_can() {
    let home = Terminal::new().start();
    home.drawn();
    let blocked = home.home().join("blocked");
    fs::write(&blocked, "a file in the folder's place").unwrap();
    let running = Terminal::new().at_home_of(&home).variable("XDG_STATE_HOME", blocked.to_str().unwrap()).start();
    running.sees("Non enregistré").keys("3x").sees("! 1. Rassemblez");
    fs::remove_file(&blocked).unwrap();
    running.wait("the trouble with the folder gone", |s| !s.contents().contains("n’est pas ce qu’il doit être"));
    running.sees("✓ 1. Rassemblez").keys("jx").sees("✓ 2. Définissez").keys("q");
    assert_eq!(running.ends().0, 0);
}
