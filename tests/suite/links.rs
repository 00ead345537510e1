//! Links followed on a real terminal, on guides of a folder that the test makes.

use crate::pty::{LONG, Running, Terminal};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const START: &str = "# Départ\n\nVers [l’arrivée](sous/arriv%C3%A9e.md), [son milieu](sous/arriv%C3%A9e.md#le-milieu), \
                     [dehors](../dehors.md),\n[nulle part](rien.md), [un texte](note.txt), [plus bas](#Etape-a-part), \
                     [un fichier](file:///etc/passwd).\n\n- [ ] Tâche du départ\n\n## Étape à part\n\nFin du départ.\n";

/// A folder of guides that name each other, in another one.
fn folder() -> (TempDir, PathBuf) {
    let around = tempfile::tempdir().unwrap();
    let root = around.path().join("guides");
    fs::create_dir_all(root.join("sous")).unwrap();
    let filling = "Une ligne.\n\n".repeat(60);
    let arrival = format!(
        "# Arrivée\n\nRetour au [départ](../d%C3%A9part.md).\n\n- [ ] Tâche de l’arrivée\n\n{filling}## Le milieu\n\n\
         Au [départ, plus bas](/d%C3%A9part.md#%C3%A9tape-%C3%A0-part), [fin](./arriv%C3%A9e.md#fin).\n\n{filling}## Fin\n\nFin.\n"
    );
    fs::write(root.join("départ.md"), START).unwrap();
    fs::write(root.join("sous/arrivée.md"), arrival).unwrap();
    fs::write(root.join("note.txt"), "texte").unwrap();
    fs::write(around.path().join("dehors.md"), "# Dehors\n").unwrap();
    (around, root)
}

fn open(root: &Path) -> Running {
    let running = Terminal::new().args(&[root.join("départ.md").to_str().unwrap()]).start();
    running.sees("Fin du départ");
    running
}

/// What `jalon status --json` says of a guide.
fn done(home: &Path, guide: &Path) -> u64 {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jalon"));
    command.args(["status", "--json"]).arg(guide).env_clear().env("HOME", home).env("USER", "lise").current_dir(home);
    let output = command.output().unwrap();
    let status: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    status["done"].as_u64().unwrap()
}

/// Waits until the second section is being read: it stands in the outline, in the text and above it.
fn apart(running: &Running) {
    running.wait("the section named", |screen| screen.contents().matches("Étape à part").count() == 3);
}

/// Waits until so many items of a guide are settled on disk.
pub fn settled(home: &Path, guide: &Path, count: u64) {
    let deadline = Instant::now() + LONG;
    while done(home, guide) != count {
        assert!(Instant::now() < deadline, "never settled: {}", guide.display());
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_link_opens_another_guide_of_the_folder_with_its_own_progress_and_the_way_back() {
    let (_around, root) = folder();
    let running = open(&root);
    running.keys("ff").sees("Retour au départ").sees("tâches 0/1");
    running.keys("3x2").sees("tâches 1/1");
    running.keys("H").sees("Fin du départ").sees("tâches 0/1");
    running.keys("L").sees("Retour au départ").sees("tâches 1/1");
    running.keys("\x7f").sees("Fin du départ").keys("3x").sees("tâches 1/1").keys("u").sees("tâches 0/1");
    let home = running.home().to_owned();
    settled(&home, &root.join("sous/arrivée.md"), 1);
    settled(&home, &root.join("départ.md"), 0);
    running.keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn places_are_named_remembered_and_found_again_across_guides() {
    let (_around, root) = folder();
    let running = open(&root);
    running.keys("fj").sees("Au départ, plus bas");
    // Back to the guide that is open, by a link, at a place that it names.
    running.keys("ff").sees("Fin du départ");
    apart(&running);
    running.keys("H").sees("Au départ, plus bas");
    // A guide that names itself.
    running.keys("fj");
    running.wait("its last lines", |screen| screen.contents().contains("100"));
    running.keys("H").sees("Au départ, plus bas");
    running.keys("H").sees("Tâche du départ").keys("H").sees("aucun endroit où revenir");
    running.keys("LL").wait("the end of the way", |screen| screen.contents().contains("100"));
    running.keys("L").sees("aucun endroit où repartir").keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn what_is_not_a_guide_of_the_folder_is_told_and_not_opened() {
    let (_around, root) = folder();
    let running = open(&root);
    for (keys, told) in [
        ("fd", "lien non suivi\u{a0}: hors du dossier du guide, ../dehors.md"),
        ("fk", "lien non suivi\u{a0}: pas de fichier rien.md"),
        ("fs", "hors d’atteinte sans adresse de base (--base-url)\u{a0}: note.txt"),
        ("fg", "ne s’ouvre pas d’ici (ni page web ni courriel)\u{a0}: file:///etc/passwd"),
    ] {
        running.keys(keys).sees(told);
    }
    running.keys("fl");
    apart(&running);
    running.keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn a_guide_that_is_no_file_has_no_neighbours() {
    let running = Terminal::new().under("sh", &["-c", "printf '[a](b.md)\\n' | \"$1\" -", "sh"]).start();
    running.drawn().keys("ff").sees("lien non suivi\u{a0}: ce guide n’est pas un fichier").keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn a_change_that_could_not_be_saved_is_told_in_the_next_guide_and_at_the_end() {
    let (_around, root) = folder();
    let running = open(&root);
    running.keys("3x").sees("tâches 1/1").keys("u").sees("tâches 0/1").keys("q");
    let home = running.home().to_owned();
    let first = Terminal::new().at_home_of(&running);
    assert_eq!(running.ends().0, 0);
    let state = home.join(".local/state/jalon");
    let mut folders = fs::read_dir(&state).unwrap().map(|entry| entry.unwrap().path());
    let journal = folders.find(|path| path.file_name().unwrap().to_string_lossy().starts_with("depart")).unwrap();
    fs::remove_dir_all(&journal).unwrap();
    fs::write(&journal, "in its place").unwrap();
    let running = first.args(&[root.join("départ.md").to_str().unwrap()]).start();
    running.sees("Fin du départ").keys("3x").sees("non enregistré").keys("2ff");
    running.sees("Retour au départ").sees("Non enregistré dans «\u{a0}Départ\u{a0}»");
    running.keys("3x").sees("tâches 1/1");
    settled(&home, &root.join("sous/arrivée.md"), 1);
    running.keys("q");
    let (code, screen) = running.ends();
    assert_eq!(code, 3, "{screen}");
    assert!(screen.contains("non enregistré") && screen.contains("Tâche du départ"), "{screen}");
    assert!(!screen.contains("Tâche de l’arrivée"), "what was saved is not told as lost: {screen}");
}

#[test]
fn a_link_dressed_as_another_is_told_in_the_question_and_not_believed_among_the_contacts() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("piège.md");
    fs::write(&file, "# Piège\n\n[https://banque.fr](https://voleur.example/)\n").unwrap();
    let running = Terminal::new().args(&[file.to_str().unwrap()]).start();
    running.sees("https://banque.fr").keys("ff").sees("https://voleur.example/");
    running.sees("Attention\u{a0}: le texte du lien annonce une autre");
    running.keys("\r").sees("pas ouvert").keys("c").sees("↗ https://voleur.example/").keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn of_many_guides_that_were_visited_the_one_seen_longest_ago_is_closed() {
    let folder = tempfile::tempdir().unwrap();
    let names: Vec<String> = (0..24).map(|n| format!("guide-{n:02}.md")).collect();
    for (n, name) in names.iter().enumerate() {
        let next = names.get(n + 1).map_or_else(String::new, |next| format!("[vers](./{next})\n"));
        fs::write(folder.path().join(name), format!("# Titre {n:02}\n\n{next}\n- [ ] tâche {n:02}\n")).unwrap();
    }
    let running = Terminal::new().args(&[folder.path().join(&names[0]).to_str().unwrap()]).start();
    running.sees("tâche 00").keys("3gjx").sees("1/1").keys("2");
    let files = || fs::read_dir(format!("/proc/{}/task", running.pid().as_raw_nonzero())).unwrap().count();
    let mut most = 0;
    for n in 1..names.len() {
        running.keys("ff").sees(&format!("tâche {n:02}"));
        most = most.max(files());
        if n == 15 {
            thread::sleep(Duration::from_millis(500));
        }
    }
    // Each open guide has a thread for its journal, and two that watch.
    let settled = || files() <= 16 * 5 + 12;
    let deadline = Instant::now() + LONG;
    while !settled() {
        assert!(Instant::now() < deadline, "{} threads, {most} at the most", files());
        thread::sleep(Duration::from_millis(50));
    }
    // The way back leads to those that are open, and to the first one; what was ticked there is still so.
    for _ in 1..names.len() {
        running.keys("H");
    }
    running.sees("tâche 00").sees("1/1").keys("q");
    assert_eq!(running.ends().0, 0);
}
