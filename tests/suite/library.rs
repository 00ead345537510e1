//! A folder's list on a real terminal, on guides that the test makes.

use crate::find::stands_out;
use crate::links::settled;
use crate::pty::{LONG, Running, Terminal};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
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
    running.keys("2\x7f").sees("5 guides").keys("\x1b").sees("2/3").sees("aujourd’hui");
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
fn all_guides_are_searched_and_one_comes_back_to_the_query() {
    let (_around, root) = folder();
    fs::write(
        root.join("sous/long.md"),
        format!("# Long\n\n{}Une dernière étâpe.\n", "Un paragraphe.\n\n".repeat(200)),
    )
    .unwrap();
    fs::write(root.join("mé\x1b]0;titre\x07chant.md"), "# Nom\n\nUne \x1b[31métape\x07 de plus, puis une Étape.\n")
        .unwrap();
    let running = Terminal::new().args(&[root.to_str().unwrap()]).start();
    running.sees("6 guides").keys("/etape").sees("3 dans 2 guides");
    running.wait("only those that hold it, with what stands around, marked", |screen| {
        let text = screen.contents();
        let shows = text.contains("Une dernière étâpe.") && text.contains("Une ␛[31métape␇ de plus");
        shows && !text.contains("Première arrivée") && stands_out(screen, "étape") && stands_out(screen, "étâpe")
    });
    // Down to the other one, in at its first hit, on to the next, and back to the list, where the query stands.
    running.keys("\x1b[B\r").sees("Une dernière étâpe").sees("1/1").keys("\x7f");
    // What was read last stands first, and is still selected.
    running.sees("«\u{a0}etape\u{a0}»").sees("3 dans 2 guides").sees("1/2");
    running.keys("j").sees("2/2").keys("\r").sees("de plus, puis").sees("1/2").keys("n").sees("2/2");
    running.keys("0").sees("3 dans 2 guides");
    // What is written meanwhile is found by the next survey; Esc takes the query away.
    fs::write(root.join("10-clôture.md"), "# Clôture\n\nétape, étape\n").unwrap();
    running.keys("R").sees("5 dans 3 guides").keys("\x1b\x1b");
    running.wait("all guides", |screen| {
        let text = screen.contents();
        text.contains("Première arrivée") && !text.contains("dans 3 guides") && !text.contains("etape")
    });
    running.keys("/nulle part\r").sees("introuvable").sees("Première arrivée");
    running.keys("/re:[ée]t.pe\r").sees("1/2");
    running.keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn earlier_searches_are_shared_between_the_folder_and_the_text_of_a_guide() {
    let (_around, root) = folder();
    let running = open(&root);
    running.keys("/depart\r").sees("Retour à").keys("/\x1b[A").sees("/ depart").keys("\x1b");
    running.wait("no line", |screen| !screen.contents().contains("/ depart"));
    running.keys("/retour\r").wait("the hit", |screen| stands_out(screen, "Retour"));
    running.keys("0").sees("«\u{a0}depart\u{a0}»").keys("\x1b");
    running.wait("no query", |screen| !screen.contents().contains("depart"));
    running.keys("/\x1b[A").sees("/ retour");
    let file = running.home().join(".local/state/jalon/searches");
    let deadline = Instant::now() + LONG;
    while !fs::read_to_string(&file).is_ok_and(|text| text == "depart\nretour\n") {
        assert!(Instant::now() < deadline, "never kept");
        std::thread::sleep(Duration::from_millis(10));
    }
    let again = Terminal::new().at_home_of(&running).args(&[root.to_str().unwrap()]).start();
    again.sees("5 guides").keys("/\x1b[A\x1b[A").sees("/ depart");
    for running in [running, again] {
        running.keys("\x03");
        assert_eq!(running.ends().0, 0);
    }
}

#[test]
fn a_search_in_all_guides_has_room_on_small_screens_and_without_colours() {
    for (columns, rows, variable) in [(80, 24, "UNUSED"), (40, 12, "UNUSED"), (40, 12, "NO_COLOR"), (20, 5, "UNUSED")] {
        let (_around, root) = folder();
        let running =
            Terminal::new().args(&[root.to_str().unwrap()]).size(columns, rows).variable(variable, "1").start();
        running.drawn().keys("/l'arrivee");
        if rows > 5 {
            running.sees("1 dans 1 guide");
            // Without colours it is underlined; nothing else in this row is.
            let underlined = |screen: &vt100::Screen| {
                let (last, hit) = (screen.size().0.get() - 2, "l’arrivée".chars().count());
                let cells = (0..columns).filter_map(|column| screen.cell(last, column));
                cells.filter(|cell| cell.underline()).count() == hit
            };
            let is_bare = variable == "NO_COLOR";
            running.wait("the hit stands out", |screen| {
                if is_bare { underlined(screen) } else { stands_out(screen, "l’arrivée") }
            });
        }
        let is_open = |text: &str| text.contains("Retour à") && !text.contains("l'arrivee");
        running.keys("\r").wait("the guide", |screen| is_open(&screen.contents()));
        running.keys("\x7f").keys("q");
        assert_eq!(running.ends().0, 0);
    }
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
