//! Several walks through one guide, from the shell: listed, started over, put away, and all of it taken back.

use crate::commands::Home;
use serde_json::Value;
use std::fs;

const GUIDE: &str = "# Release\n\n1. Freeze\n2. Build\n3. Deploy\n";

fn home() -> Home {
    let home = Home::new();
    home.file("guide.md", GUIDE);
    home
}

fn done(home: &Home, run: &str) -> i64 {
    let status = home.good(&["status", "--json", "--run", run, "guide.md"]);
    serde_json::from_str::<Value>(&status).unwrap()["done"].as_i64().unwrap()
}

fn runs(home: &Home) -> Vec<(String, i64, bool)> {
    let told: Value = serde_json::from_str(&home.good(&["runs", "--json", "guide.md"])).unwrap();
    let run = |run: &Value| {
        let name = run["run"].as_str().unwrap().to_owned();
        (name, run["done"].as_i64().unwrap(), run["archived"].as_bool().unwrap())
    };
    told["runs"].as_array().unwrap().iter().map(run).collect()
}

#[test]
fn a_run_started_over_keeps_its_history_and_undo_brings_it_back() {
    let home = home();
    home.good(&["tick", "1", "guide.md"]);
    home.good(&["skip", "2", "--reason", "built already", "guide.md"]);
    let said = home.good(&["reset", "guide.md"]);
    assert_eq!(
        said,
        "Run default started over: 2 items were settled. Nothing is erased, `jalon undo guide.md` undoes this.\n"
    );
    assert_eq!(done(&home, "default"), 0);
    let log = home.good(&["log", "guide.md"]);
    assert!(log.contains("built already") && log.lines().last().unwrap().contains("started over"), "{log}");
    assert_eq!(home.good(&["reset", "guide.md"]), "Run default: nothing recorded in it, nothing to start over.\n");
    let said = home.good(&["undo", "guide.md"]);
    assert_eq!(said, "Taken back: started over, default. `jalon redo guide.md` brings it back.\n");
    assert_eq!(done(&home, "default"), 2);
    assert_eq!(home.good(&["redo", "guide.md"]), "Brought back: started over, default.\n");
    assert_eq!(done(&home, "default"), 0);
    assert_eq!(home.good(&["log", "guide.md"]).lines().count(), 5, "nothing is erased");
}

#[test]
fn undo_goes_back_change_by_change_and_says_when_there_is_nothing() {
    let home = home();
    assert_eq!(home.good(&["undo", "guide.md"]), "Nothing to undo: nothing was recorded from here.\n");
    assert_eq!(home.good(&["redo", "guide.md"]), "Nothing to redo.\n");
    assert!(!home.path("state").exists(), "and leaves no trace");
    home.good(&["tick", "1", "guide.md"]);
    home.good(&["tick", "2", "guide.md"]);
    for (left, label) in [(1, "Build"), (0, "Freeze")] {
        assert!(home.good(&["undo", "guide.md"]).starts_with(&format!("Taken back: done, {label}.")));
        assert_eq!(done(&home, "default"), left);
    }
    home.good(&["undo", "guide.md"]);
    home.good(&["redo", "guide.md"]);
    assert_eq!(done(&home, "default"), 1);
    // What somebody else did is not mine to take back.
    home.good(&["tick", "3", "guide.md", "--as", "bob"]);
    home.good(&["undo", "guide.md"]);
    assert_eq!(done(&home, "default"), 1);
}

#[test]
fn what_to_do_next_is_told_as_one_can_type_it() {
    let home = home();
    home.file("my guide.md", GUIDE);
    home.good(&["tick", "1", "my guide.md", "--run", "autumn", "--as", "Lise M"]);
    let said = home.good(&["reset", "my guide.md", "--run", "autumn", "--as", "Lise M"]);
    let command = said.split('`').nth(1).unwrap();
    assert_eq!(command, "jalon undo 'my guide.md' --run autumn --as 'Lise M'");
    let path = std::path::Path::new(env!("CARGO_BIN_EXE_jalon")).parent().unwrap();
    let shell = std::process::Command::new("/bin/sh")
        .args(["-c", command])
        .env_clear()
        .envs([("PATH", path), ("HOME", &home.path("")), ("XDG_STATE_HOME", &home.path("state"))])
        .current_dir(home.path("work"))
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&shell.stdout).starts_with("Taken back: started over, autumn."), "{shell:?}");
}

#[test]
fn runs_are_listed_with_what_became_of_them_and_those_put_away_apart() {
    let home = home();
    assert_eq!(runs(&home), [("default".to_owned(), 0, false)]);
    assert!(home.good(&["runs", "guide.md"]).contains("not begun yet"));
    home.good(&["tick", "1", "guide.md"]);
    home.good(&["tick", "1", "guide.md", "--run", "Été 2027".replace(' ', "-").as_str()]);
    home.good(&["tick", "2", "guide.md", "--run", "ete-2027"]);
    assert_eq!(runs(&home), [("ete-2027".to_owned(), 2, false), ("default".to_owned(), 1, false)]);
    let said = home.good(&["archive", "été-2027", "guide.md"]);
    assert_eq!(
        said,
        "Run ete-2027 archived. Nothing is erased, `jalon unarchive ete-2027 guide.md` takes it out again.\n"
    );
    assert_eq!(runs(&home)[0], ("ete-2027".to_owned(), 2, true));
    let listed = home.good(&["runs", "guide.md"]);
    let (open, away) = listed.split_once("Archived\n").unwrap();
    assert!(open.contains("▸ default") && away.contains("ete-2027") && away.contains("2/3"), "{listed}");
    assert!(home.good(&["archive", "ete-2027", "guide.md"]).contains("archived already"));
    assert!(home.good(&["unarchive", "ete-2027", "guide.md"]).contains("taken out"));
    assert!(home.good(&["unarchive", "ete-2027", "guide.md"]).contains("not archived"));
    assert_eq!(runs(&home)[0], ("ete-2027".to_owned(), 2, false));
    let told = home.bad(&["archive", "spring", "guide.md"], 2);
    assert_eq!(told, "there is no run spring; there are default, ete-2027");
    // Putting away is a change like any: undo takes it back, and a reset leaves it alone.
    home.good(&["archive", "default", "guide.md"]);
    home.good(&["reset", "guide.md"]);
    assert!(runs(&home).contains(&("default".to_owned(), 0, true)));
    home.good(&["undo", "guide.md"]);
    home.good(&["undo", "guide.md"]);
    assert!(runs(&home).contains(&("default".to_owned(), 1, false)));
}

#[test]
fn what_is_no_run_is_not_listed() {
    let home = home();
    home.good(&["tick", "1", "guide.md"]);
    home.good(&["tick", "1", "guide.md", "--run", "autumn"]);
    let guide = fs::read_dir(home.path("state/jalon")).unwrap().map(|e| e.unwrap().path());
    let guide = guide.into_iter().find(|p| p.file_name().unwrap().to_str().unwrap().starts_with("guide-")).unwrap();
    for name in ["empty", "Not A Run", ".hidden", "\u{1b}[31m"] {
        fs::create_dir(guide.join(name)).unwrap();
    }
    fs::write(guide.join("file"), "").unwrap();
    std::os::unix::fs::symlink(guide.join("autumn"), guide.join("link")).unwrap();
    let names: Vec<String> = runs(&home).into_iter().map(|r| r.0).collect();
    assert_eq!(names, ["autumn", "default"]);
    for n in 0..205 {
        fs::create_dir(guide.join(format!("r{n:03}"))).unwrap();
    }
    assert!(home.good(&["runs", "guide.md"]).ends_with("and 7 more runs, not read.\n"));
}
