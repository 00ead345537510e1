//! A folder's list on a real terminal, on guides that the test makes.

use crate::links::settled;
use crate::pty::{Running, Terminal};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Guides in a folder and below it, one with a hostile name, a file that is none, and things that are passed over.
fn folder() -> (TempDir, PathBuf) {
    let around = tempfile::tempdir().unwrap();
    let root = around.path().join("Mes guides");
    let files = [
        ("2-arrivée.md", "# Première arrivée\n\nVers [le départ](sous/d%C3%A9part.md).\n\n- [x] a\n- [ ] b\n- [ ] c\n"),
        ("10-clôture.md", "---\ntitle: Clôture\n---\n\n- [x] tout\n"),
        ("sous/départ.md", "# Grand départ\n\nRetour à [l’arrivée](/2-arriv%C3%A9e.md).\n"),
        ("mé\x1b]0;titre\x07chant.md", "# Nom \x1b[31mhostile\n"),
        ("binaire.md", "\0\0\0"),
        (".git/caché.md", "# Caché\n"),
        ("node_modules/x/README.md", "# Paquet\n"),
    ];
    for (file, text) in files {
        let path = root.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    (around, root)
}

fn open(root: &Path) -> Running {
    let running = Terminal::new().args(&[root.to_str().unwrap()]).start();
    running.sees("Mes guides").sees("5 guides").sees("Première arrivée").sees("illisible");
    running
}

#[test]
fn a_folder_is_a_list_from_which_guides_are_opened_and_to_which_one_comes_back() {
    let (_around, root) = folder();
    let running = open(&root);
    running.wait("the guides in order, and none that is hidden", |screen| {
        let text = screen.contents();
        let places =
            ["2-arrivée.md", "10-clôture.md", "binaire.md", "chant.md", "sous/départ.md"].map(|name| text.find(name));
        places.iter().all(Option::is_some) && places.is_sorted() && !text.contains("Caché") && !text.contains("Paquet")
    });
    running.sees("1/3").sees("1/1");
    // One guide is ticked, and the list knows it at once; by the next start so does the disk.
    running.keys("/premiere\r").sees("tâches 1/3").keys("3 ").sees("tâches 2/3");
    running.keys("2\x7f").sees("5 guides").sees("2/3").sees("aujourd’hui");
    // A link inside the folder, then straight back to the list; Backspace leads into the guide again.
    running.keys("\r").sees("Vers le départ").keys("f").keys("f");
    running.sees("Retour à l’arrivée").keys("0").sees("5 guides").keys("\x7f").sees("Retour à l’arrivée");
    running.keys("0").sees("5 guides");
    running.wait("what was read last to stand first", |screen| {
        let text = screen.contents();
        text.find("Grand départ") < text.find("Première arrivée") && text.find("Première") < text.find("Clôture")
    });
    running.keys("/binaire\r").sees("binaire.md\u{a0}: ").sees("5 guides");
    settled(running.home(), &root.join("2-arrivée.md"), 2);
    running.keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn a_list_follows_its_folder_when_it_is_read_again() {
    let (_around, root) = folder();
    let running = open(&root);
    fs::write(root.join("nouveau.md"), "# Tout neuf\n").unwrap();
    fs::remove_file(root.join("10-clôture.md")).unwrap();
    running.keys("R").sees("Tout neuf").sees("dossier relu").keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn five_hundred_guides_answer_keys_before_they_are_read() {
    let around = tempfile::tempdir().unwrap();
    let items: String = (0..100).map(|n| format!("- [ ] chose {n}\n")).collect();
    for n in 0..500 {
        fs::write(around.path().join(format!("{n}.md")), format!("# Guide numéro {n}\n\n{items}")).unwrap();
    }
    let running = Terminal::new().args(&[around.path().to_str().unwrap()]).start();
    running.sees("500 guides").keys("G").sees("500/500").keys("g/499.md\r").sees("tâches 0/100");
    running.keys("q");
    assert_eq!(running.ends().0, 0);
}
