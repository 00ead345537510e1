//! The program as the shell sees it: the real binary, with a home of its own and an environment without surprises.

use serde_json::{Value, json};
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A home, a state folder and a working folder that go away after the test.
pub struct Home {
    folder: TempDir,
}

/// What a call came to.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Home {
    pub fn new() -> Home {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("work")).unwrap();
        Home { folder }
    }

    pub fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    /// Puts a file into the working folder.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> &Home {
        let path = self.path("work").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    /// A call in the working folder. `USER` is lise, the language English, no terminal anywhere.
    pub fn call(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jalon"));
        command.args(args).env_clear().current_dir(self.path("work"));
        command.env("HOME", self.folder.path()).env("XDG_STATE_HOME", self.path("state"));
        command.env("USER", "lise").env("LANG", "en_GB.UTF-8").env("TZ", "UTC").env("TERM", "xterm-256color");
        command.stdin(Stdio::null());
        command
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        Ran::of(self.call(args).output().unwrap())
    }

    /// A call that must succeed without a word on standard error: its output.
    pub fn good(&self, args: &[&str]) -> String {
        let ran = self.run(args);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{args:?}: {}", ran.out);
        ran.out
    }

    /// A call that must fail with this code and one line on standard error: the line.
    pub fn bad(&self, args: &[&str], code: i32) -> String {
        let ran = self.run(args);
        assert_eq!((ran.code, ran.out.as_str()), (code, ""), "{args:?}: {}", ran.err);
        ran.complaint()
    }

    fn status(&self, args: &[&str]) -> Value {
        serde_json::from_str(&self.good(&[&["status", "--json"], args].concat())).unwrap()
    }
}

impl Ran {
    pub fn of(output: Output) -> Ran {
        Ran {
            code: output.status.code().expect("no signal ended it"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The one line of standard error.
    pub fn complaint(&self) -> String {
        let lines: Vec<&str> = self.err.lines().collect();
        assert_eq!(lines.len(), 1, "{}", self.err);
        lines[0].strip_prefix("jalon: ").expect("it says who speaks").to_owned()
    }
}

/// A release list as a team writes one.
const RUNBOOK: &str = "\
# Mise en production

## Déroulé

1. Geler la branche. Prévenir l’équipe.
2. Construire les paquets.
3. Déployer en préproduction.

## Vérifications

- [x] Sauvegarde faite
- [ ] Journal relu

Question ? <ops@exemple.fr> ou [le tableau](https://exemple.fr/tableau).
";

#[test]
fn the_status_of_the_guide_built_in_is_exactly_as_promised() {
    let open = |n: usize, kind: &str, label: &str, id: &Value| {
        json!({"n": n, "id": id, "kind": kind, "label": label, "state": "todo",
               "by": null, "at": null, "note": null, "reason": null, "changed": false})
    };
    let home = Home::new();
    let status = home.status(&[]);
    let id = |group: usize, item: usize| status["groups"][group]["items"][item]["id"].clone();
    let steps = [
        "Rassemblez une équipe de co-animateurs",
        "Définissez vos valeurs et votre mission",
        "Choisissez votre plateforme",
        "Organisez votre premier événement",
        "Communiquez et faites grandir",
    ];
    let values = ["Indépendance", "Bénévolat", "Exclusivité Tech", "Pas de prospection"];
    let steps: Vec<Value> = (0..5).map(|i| open(i + 1, "step", steps[i], &id(0, i))).collect();
    let values: Vec<Value> = (0..4).map(|i| open(i + 6, "value", values[i], &id(1, i))).collect();
    let whole = json!({
        "guide": {"id": "lancer-sa-communaute", "title": "Lancer sa communauté de CTO dans votre ville", "path": null},
        "run": "default",
        "groups": [
            {"title": "Comment lancer votre communauté ?", "kind": "steps", "done": 0, "total": 5, "items": steps},
            {"title": "Les valeurs essentielles à préserver", "kind": "values", "done": 0, "total": 4, "items": values},
        ],
        "retired": [], "done": 0, "total": 9,
        "next": {"n": 1, "label": "Rassemblez une équipe de co-animateurs"},
    });
    assert_eq!(status, whole);
    assert!(status["groups"][0]["items"][0]["id"].as_str().is_some_and(|id| id.len() == 16));
    assert!(!home.path("state").exists(), "looking leaves no trace");
}

#[test]
fn a_tick_is_there_for_the_next_call_with_who_and_when() {
    let home = Home::new();
    let said = home.good(&["tick", "1"]);
    assert_eq!(said, "✓ 1. Rassemblez une équipe de co-animateurs: done.\n");
    let status = home.status(&[]);
    let item = &status["groups"][0]["items"][0];
    assert_eq!((&status["done"], &status["next"]["n"]), (&json!(1), &json!(2)));
    assert_eq!((&item["state"], &item["by"]), (&json!("done"), &json!("lise")));
    let at = item["at"].as_str().unwrap();
    assert!(at.len() == 20 && at.ends_with('Z') && at.parse::<jiff::Timestamp>().is_ok(), "{at}");
}

#[test]
fn ticking_twice_records_once() {
    let home = Home::new();
    home.good(&["tick", "2"]);
    assert!(home.good(&["tick", "2"]).contains("done already"));
    assert_eq!(home.good(&["log", "--json"]).lines().count(), 1);
}

#[test]
fn a_tick_is_taken_back() {
    let home = Home::new();
    home.good(&["tick", "1"]);
    assert!(home.good(&["untick", "1"]).contains("to do again"));
    let status = home.status(&[]);
    assert_eq!((&status["done"], &status["groups"][0]["items"][0]["by"]), (&json!(0), &Value::Null));
    assert_eq!(home.good(&["log", "--json"]).lines().count(), 2, "nothing is erased");
}

#[test]
fn an_item_goes_by_id_and_by_a_part_of_its_label_without_accents() {
    let home = Home::new();
    let id = home.status(&[])["groups"][0]["items"][3]["id"].as_str().unwrap().to_owned();
    assert!(home.good(&["tick", &id]).contains("4. Organisez"));
    assert!(home.good(&["tick", "EVENEMENT"]).contains("done already"));
    assert_eq!(home.good(&["tick", "benevolat"]), "◆ 7. Bénévolat: affirmed today.\n");
}

#[test]
fn words_that_fit_several_items_or_none_change_nothing() {
    let home = Home::new();
    let line = home.bad(&["tick", "votre"], 2);
    assert!(
        line.contains("2. Définissez") && line.contains("3. Choisissez") && line.contains("4. Organisez"),
        "{line}"
    );
    assert!(home.bad(&["tick", "10"], 2).contains("\"10\""));
    assert!(home.bad(&["skip", "6", "--reason", "no"], 2).contains("is a value"));
    assert!(!home.path("state").exists());
}

#[test]
fn a_value_is_affirmed_again_each_time() {
    let home = Home::new();
    home.good(&["tick", "6"]);
    home.good(&["tick", "6"]);
    assert_eq!(home.good(&["log", "--json"]).lines().count(), 2);
    assert_eq!(home.status(&[])["groups"][1]["items"][0]["state"], "upheld");
}

#[test]
fn a_step_is_skipped_with_its_reason_and_carries_a_note() {
    let home = Home::new();
    home.good(&["skip", "3", "--reason", "déjà\nLuma"]);
    home.good(&["note", "1", "voir avec Zoé"]);
    let status = home.status(&[]);
    let items = &status["groups"][0]["items"];
    assert_eq!((&items[2]["state"], &items[2]["reason"]), (&json!("skipped"), &json!("déjà Luma")));
    assert_eq!(items[0]["note"], "voir avec Zoé");
    assert_eq!((&status["done"], &status["next"]["n"]), (&json!(1), &json!(1)));
    home.good(&["note", "1", ""]);
    assert_eq!(home.status(&[])["groups"][0]["items"][0]["note"], Value::Null);
}

#[test]
fn the_exit_code_tells_whether_something_is_open() {
    let home = Home::new();
    home.file("a.md", "# A\n\n- [x] un\n- [ ] deux\n").file("b.md", "# B\n\n- [x] un\n").file("c.md", "# C\n");
    assert_eq!(home.run(&["status", "--exit-code", "a.md"]).code, 1);
    assert_eq!(home.run(&["status", "a.md"]).code, 0);
    home.good(&["tick", "deux", "a.md"]);
    for settled in ["a.md", "b.md", "c.md"] {
        assert_eq!(home.run(&["status", "--json", "--exit-code", settled]).code, 0, "{settled}");
    }
}

#[test]
fn any_file_is_a_checklist_with_progress_of_its_own() {
    let home = Home::new();
    home.file("mep.md", RUNBOOK).file("other/mep.md", RUNBOOK);
    home.good(&["tick", "geler", "mep.md"]);
    let status = home.status(&["mep.md"]);
    assert_eq!((&status["done"], &status["total"]), (&json!(2), &json!(5)), "one ticked in the file, one here");
    assert_eq!(status["guide"]["title"], "Mise en production");
    assert_eq!(status["guide"]["path"], "mep.md");
    assert_eq!(home.status(&["other/mep.md"])["done"], 1);
    assert_eq!(home.status(&["./mep.md"])["done"], 2, "the same file under another name");
    assert_eq!(home.status(&[])["done"], 0);
    assert_eq!(fs::read_to_string(home.path("work/mep.md")).unwrap(), RUNBOOK, "untouched");
}

#[test]
fn runs_and_folders_keep_progress_apart() {
    let home = Home::new();
    home.good(&["tick", "1", "--run", "lyon"]);
    assert_eq!(home.status(&["--run", "lyon"])["done"], 1);
    assert_eq!(home.status(&["--run", "lyon"])["run"], "lyon");
    assert_eq!(home.status(&[])["done"], 0);
    home.good(&["tick", "1", "--progress", "here"]);
    assert_eq!(home.status(&["--progress", "here"])["done"], 1);
    assert!(home.path("work/here").is_dir());
    home.good(&["tick", "2", "--as", "Zoé"]);
    assert_eq!(home.status(&[])["groups"][0]["items"][1]["by"], "Zoé");
}

#[test]
fn progress_outlives_the_guide_s_edits() {
    let home = Home::new();
    home.file("mep.md", RUNBOOK);
    for item in ["geler", "construire", "déployer", "journal"] {
        home.good(&["tick", item, "mep.md"]);
    }
    // One goes, one is reworded, one moves to another section and two get other numbers.
    let edited = "# Mise en production\n\n## Déroulé\n\n1. Prévenir le support.\n\
                  2. Construire les paquets signés.\n3. Déployer en préproduction.\n\n## Avant\n\n\
                  - [ ] Journal relu\n- [ ] Sauvegarde faite\n";
    home.file("mep.md", edited);
    let status = home.status(&["mep.md"]);
    let states = |status: &Value, group: usize| -> Vec<(String, String)> {
        let items = status["groups"][group]["items"].as_array().unwrap().iter();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        items.map(|item| (text(&item["label"]), text(&item["state"]))).collect()
    };
    let pairs = |all: &[(&str, &str)]| all.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect::<Vec<_>>();
    let steps = [
        ("Prévenir le support", "todo"),
        ("Construire les paquets signés", "todo"),
        ("Déployer en préproduction", "done"),
    ];
    assert_eq!(states(&status, 0), pairs(&steps));
    assert_eq!(states(&status, 1), pairs(&[("Journal relu", "done"), ("Sauvegarde faite", "todo")]));
    assert_eq!(status["groups"][0]["items"][1]["by"], "lise", "carried over, to be confirmed");
    assert_eq!(status["retired"][0]["label"], "Geler la branche");
    let text = home.good(&["status", "mep.md"]);
    assert!(text.contains("signés  2") && text.contains("carried over, please confirm"), "{text}");
    assert!(text.contains("No longer in the guide\n      ✓ Geler la branche"), "{text}");
    // One word makes it stand, as it was done: by whom and when.
    assert_eq!(
        home.good(&["tick", "signés", "mep.md"]),
        "✓ 2. Construire les paquets signés: confirmed, it is done.\n"
    );
    let after = home.status(&["mep.md"]);
    let confirmed = |status: &Value, field: &str| status["groups"][0]["items"][1][field].clone();
    assert_eq!((confirmed(&after, "state"), confirmed(&after, "at")), (json!("done"), confirmed(&status, "at")));
    assert!(home.good(&["tick", "signés", "mep.md"]).contains("done already"));
    assert!(home.good(&["untick", "signés", "mep.md"]).contains("to do again"));
    // And the text as it was has its tick again.
    home.file("mep.md", RUNBOOK);
    let back = home.status(&["mep.md"]);
    assert_eq!((&back["retired"], &back["groups"][0]["items"][0]["state"]), (&json!([]), &json!("done")));
}

#[test]
fn what_was_carried_over_can_be_refused() {
    let home = Home::new();
    home.file("a.md", "# A\n\n- [ ] Acheter du pain frais\n- [ ] Dormir\n");
    home.good(&["tick", "1", "a.md"]);
    home.file("a.md", "# A\n\n- [ ] Acheter du pain très frais\n- [ ] Dormir\n");
    assert!(home.good(&["status", "a.md"]).contains("please confirm"));
    assert!(home.good(&["untick", "1", "a.md"]).contains("to do again"));
    let status = home.status(&["a.md"]);
    assert_eq!((&status["done"], &status["groups"][0]["items"][0]["by"]), (&json!(0), &Value::Null));
    assert_eq!(status["retired"][0]["label"], "Acheter du pain frais");
}

#[test]
fn what_is_exported_is_imported_elsewhere_as_it_was() {
    let home = Home::new();
    home.file("mep.md", RUNBOOK);
    home.good(&["tick", "geler", "mep.md"]);
    home.good(&["skip", "construire", "--reason", "déjà là", "mep.md"]);
    home.good(&["note", "déployer", "après midi", "mep.md"]);
    let expected = home.status(&["mep.md"])["groups"].clone();
    for form in [&["export", "mep.md"][..], &["export", "--json", "mep.md"]] {
        let exported = home.good(form);
        home.file("out", &exported);
        let other = Home::new();
        other.file("mep.md", RUNBOOK).file("out", &exported);
        assert_eq!(other.good(&["import", "out", "mep.md", "--as", "Zoé"]), "out: 3 items brought up to date.\n");
        assert_eq!(other.status(&["mep.md"])["groups"], expected, "by whom and when as well");
        assert_eq!(other.good(&["import", "out", "mep.md"]), "out: nothing new.\n");
        assert_eq!(other.good(&["export", "mep.md"]), home.good(&["export", "mep.md"]));
        assert!(other.good(&["log", "mep.md"]).contains("imported"));
    }
    assert!(home.good(&["export", "mep.md"]).contains("- [x] Geler la branche"));
}

#[test]
fn a_checklist_comes_in_by_standard_input_and_what_is_none_is_refused() {
    let home = Home::new();
    home.file("mep.md", RUNBOOK)
        .file("prose.md", "# Rien\n")
        .file("bad.json", "{\"jalon\": true}")
        .file("bin", b"\xff\0");
    let piped = |args: &[&str]| {
        let mut child = home.call(args);
        let mut child = child.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // A call that is refused may end before it reads.
        let _ = child.stdin.take().unwrap().write_all("- [x] Geler la branche\n".as_bytes());
        Ran::of(child.wait_with_output().unwrap())
    };
    assert_eq!(piped(&["import", "-", "mep.md"]).out, "-: 1 item brought up to date.\n");
    assert_eq!(home.status(&["mep.md"])["groups"][0]["items"][0]["state"], "done");
    let twice = piped(&["import", "-", "-"]);
    assert_eq!((twice.code, twice.complaint()), (2, "standard input can be read once only".into()));
    for file in ["prose.md", "bad.json", "bin", "nowhere"] {
        assert!(home.bad(&["import", file, "mep.md"], 2).starts_with(&format!("{file}: ")), "{file}");
    }
    home.file("out", "- [x] Construire les paquets\n");
    fs::remove_dir_all(home.path("state")).unwrap();
    fs::write(home.path("state"), "not a folder").unwrap();
    assert!(home.bad(&["import", "out", "mep.md"], 3).contains("Not saved"));
}

#[test]
fn a_template_gives_the_status_in_one_line() {
    let home = Home::new();
    home.good(&["tick", "1"]);
    let line = home.good(&["status", "--format", "{done}/{total} {next}"]);
    assert_eq!(line, "1/9 Définissez vos valeurs et votre mission\n");
    assert_eq!(home.run(&["status", "--format", "{percent} %", "--exit-code"]).code, 1);
    let unknown = home.bad(&["status", "--format", "{left}"], 2);
    assert!(unknown.contains("{left}") && unknown.contains("{done}, {total}, {open}"), "{unknown}");
    assert!(home.bad(&["status", "--format", "{done"], 2).contains("brace"));
}

#[test]
fn status_is_readable_and_carries_no_sequence() {
    let home = Home::new();
    home.good(&["tick", "1"]);
    let text = home.good(&["status"]);
    assert!(text.starts_with("Lancer sa communauté de CTO dans votre ville\n\n"), "{text}");
    assert!(text.contains("    1 ✓ Rassemblez une équipe de co-animateurs  2"), "{text}");
    assert!(text.contains("    2 ○ Définissez") && text.contains("    6 ◇ Indépendance"), "{text}");
    assert!(text.ends_with("1/9 · Next: 2. Définissez vos valeurs et votre mission\n"), "{text}");
    let ascii = home.good(&["status", "--ascii"]);
    assert!(ascii.contains("    1 x Rassemblez") && !ascii.contains('○') && !ascii.contains('─'), "{ascii}");
}

#[test]
fn the_outline_is_a_tree() {
    let home = Home::new();
    home.good(&["tick", "1"]);
    let text = home.good(&["outline"]);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 10);
    assert_eq!(
        lines[1..3],
        ["◐ Comment lancer votre communauté ?  1/5", "  ✓ 1. Rassemblez une équipe de co-animateurs"]
    );
    let json: Value = serde_json::from_str(&home.good(&["outline", "--json"])).unwrap();
    let how = &json[1];
    assert_eq!(json.as_array().unwrap().len(), 5);
    assert_eq!((&how["level"], &how["done"], &how["total"]), (&json!(2), &json!(1), &json!(5)));
    assert_eq!((&how["children"][0]["state"], &how["children"][1]["state"]), (&json!("done"), &json!("todo")));
}

#[test]
fn contacts_are_bare_and_one_a_line() {
    let home = Home::new();
    assert_eq!(home.good(&["contacts"]), "contact@cto-de-lyon.fr\nhttps://cto-de-lyon.fr/manifeste\n");
    let json: Value = serde_json::from_str(&home.good(&["contacts", "--json"])).unwrap();
    let mail = json!({"kind": "mail", "label": "contact@cto-de-lyon.fr", "target": "mailto:contact@cto-de-lyon.fr",
                      "section": "Besoin d'aide ?"});
    assert_eq!(json[0], mail);
    let based = home.good(&["contacts", "--base-url", "https://exemple.fr/"]);
    assert!(based.ends_with("https://exemple.fr/manifeste\n"), "{based}");
    home.file("mep.md", RUNBOOK);
    assert_eq!(home.good(&["contacts", "mep.md"]), "ops@exemple.fr\nhttps://exemple.fr/tableau\n");
}

#[test]
fn next_gives_the_open_item_and_later_says_that_all_is_done() {
    let home = Home::new();
    home.file("a.md", "# A\n\n- [ ] un\n");
    assert!(home.good(&["next", "a.md"]).starts_with("○ 1. un\n"));
    home.good(&["tick", "1", "a.md"]);
    assert_eq!(home.good(&["next", "a.md"]), "Everything is settled.\n");
}

#[test]
fn the_log_tells_what_was_done_oldest_first() {
    let home = Home::new();
    home.good(&["tick", "1"]);
    home.good(&["tick", "6"]);
    let text = home.good(&["log"]);
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].ends_with("lise  done      Rassemblez une équipe de co-animateurs"), "{text}");
    assert!(lines[1].ends_with("lise  affirmed  Indépendance"), "{text}");
    let objects = home.good(&["log", "--json"]);
    let objects: Vec<Value> = objects.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!((&objects[0]["op"], &objects[1]["op"]), (&json!("done"), &json!("affirm")));
    assert_eq!(Home::new().good(&["log"]), "Nothing was recorded yet.\n");
}

#[test]
fn the_language_is_the_locale_s_or_the_one_asked_for() {
    let home = Home::new();
    let french = |command: &mut Command| Ran::of(command.env("LANG", "fr_FR.UTF-8").output().unwrap()).out;
    assert!(french(&mut home.call(&["status"])).contains("0/9 · Suivant\u{a0}: 1."));
    assert!(french(home.call(&["status"]).env("LC_ALL", "C")).contains("Next: 1."));
    assert!(home.good(&["status", "--lang", "fr"]).contains("Suivant"));
    let ran = Ran::of(home.call(&["show", "nulle-part.md"]).env("LC_MESSAGES", "fr").output().unwrap());
    assert_eq!((ran.code, ran.complaint()), (2, "nulle-part.md\u{a0}: introuvable\u{a0}; vérifiez le chemin".into()));
}

#[test]
fn a_file_named_like_a_command_is_still_a_guide() {
    let home = Home::new();
    home.file("status", "# Un fichier\n");
    for args in [&["--", "status"][..], &["./status"]] {
        assert_eq!(home.good(args), home.good(&["show", "status"]), "{args:?}");
    }
    assert!(home.bad(&["statsu"], 2).contains("`status`"));
}

#[test]
fn wrong_arguments_are_one_line_and_code_2() {
    let home = Home::new();
    for args in
        [&["--colour"][..], &["tick"], &["skip", "1"], &["--width", "0"], &["show", "a", "b"], &["--lang", "de"]]
    {
        home.bad(args, 2);
    }
    assert!(home.good(&["--help"]).contains("--progress"));
    assert!(home.good(&["--version"]).starts_with("jalon "));
}

// Bad input.

#[test]
fn a_missing_file_is_named() {
    let home = Home::new();
    for command in
        [&["nowhere.md"][..], &["show", "nowhere.md"], &["status", "nowhere.md"], &["tick", "1", "nowhere.md"]]
    {
        assert_eq!(home.bad(command, 2), "nowhere.md: not found; check the path", "{command:?}");
    }
}

#[test]
fn a_folder_opens_its_one_guide_and_lists_several() {
    let home = Home::new();
    home.file("none/notes.txt", "x").file("one/a.md", "# Seul\n\n- [ ] un\n").file("one/.b.md", "# Caché\n");
    home.file("many/a.md", "# A\n").file("many/b.markdown", "# B\n");
    assert_eq!(home.bad(&["none"], 2), "none: no guide in this folder; name a Markdown file (.md)");
    assert_eq!(home.bad(&["show", "many"], 2), "many: several guides in this folder, name one: a.md, b.markdown");
    assert_eq!(home.status(&["one"])["guide"]["title"], "Seul");
    home.good(&["tick", "1", "one"]);
    assert_eq!(home.status(&["one/a.md"])["done"], 1, "the folder and the file are one guide");
}

#[test]
fn the_status_of_a_folder_is_that_of_each_of_its_guides() {
    let home = Home::new();
    home.file("many/2.md", "# Deux\n\n- [x] un\n- [ ] deux\n").file("many/10/a.md", "# Dix\n\n- [x] un\n");
    home.file("many/1.md", "# Un\n").file("many/.git/x.md", "# X\n");
    home.good(&["tick", "2", "many/2.md"]);
    let expected = "    · Un  many/1.md\n2/2 ● Deux  many/2.md\n1/1 ● Dix  many/10/a.md\n";
    assert_eq!(home.good(&["status", "--exit-code", "many"]), expected);
    home.good(&["untick", "2", "many/2.md"]);
    let ran = home.run(&["status", "--exit-code", "--format", "{done}/{total} {title}", "many"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, "0/0 Un\n1/2 Deux\n1/1 Dix\n"));
    let each = ["many/1.md", "many/2.md", "many/10/a.md"].map(|file| home.status(&[file]));
    assert_eq!(home.status(&["many"]).as_array().map(Vec::as_slice), Some(&each[..]), "what each says by itself");
    home.file("many/bin.md", b"\0");
    let ran = home.run(&["status", "many"]);
    assert_eq!((ran.code, ran.out.lines().count()), (2, 3));
    assert!(ran.err.contains("many/bin.md"), "{}", ran.err);
    assert!(home.bad(&["status", "--format", "{rien}", "many/10"], 2).contains("{rien}"));
}

#[test]
fn a_binary_file_is_refused() {
    let home = Home::new();
    home.file("a.out", b"\x7fELF\x02\x01\x01\0\0\0\0\x1b[2J");
    assert_eq!(home.bad(&["show", "a.out"], 2), "a.out: not text; name a Markdown file");
}

#[test]
fn invalid_utf_8_is_shown_as_far_as_it_goes_and_told() {
    let home = Home::new();
    home.file("latin.md", b"# R\xe9union\n\n- [ ] pr\xe9venir\n");
    let ran = home.run(&["status", "--json", "latin.md"]);
    assert_eq!(ran.code, 0);
    assert!(ran.complaint().starts_with("latin.md: not all of it is UTF-8"), "{}", ran.err);
    let status: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(status["groups"][0]["items"][0]["label"], "pr\u{fffd}venir");
}

#[test]
fn an_empty_file_is_told_and_has_nothing_to_do() {
    let home = Home::new();
    home.file("empty.md", "");
    for command in ["show", "status", "outline", "next"] {
        let ran = home.run(&[command, "empty.md"]);
        assert_eq!((ran.code, ran.complaint()), (0, "empty.md: the file is empty".into()), "{command}");
    }
}

#[test]
fn what_is_no_regular_file_is_refused_before_it_can_block() {
    let home = Home::new();
    assert!(home.bad(&["show", "/dev/zero"], 2).contains("neither a file nor a folder"));
    let fifo = home.path("work/pipe.md");
    assert!(Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    assert!(home.bad(&["show", "pipe.md"], 2).contains("neither a file nor a folder"));
}

#[test]
fn standard_input_is_a_guide() {
    let home = Home::new();
    let piped = |args: &[&str]| {
        let mut child = home.call(args).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(RUNBOOK.as_bytes()).unwrap();
        String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
    };
    assert_eq!(serde_json::from_str::<Value>(&piped(&["status", "--json", "-"])).unwrap()["total"], 5);
    assert!(piped(&["tick", "geler", "-"]).contains("done"));
    assert_eq!(serde_json::from_str::<Value>(&piped(&["status", "--json", "-"])).unwrap()["done"], 2);
}

/// The only journal under the state folder.
pub fn journal(state: &Path) -> PathBuf {
    let mut open = vec![state.to_owned()];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "jsonl") {
                found.push(path);
            }
        }
    }
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

#[test]
fn a_damaged_journal_is_told_kept_and_read_as_far_as_it_goes() {
    let home = Home::new();
    home.good(&["tick", "1"]);
    let file = journal(&home.path("state"));
    let whole = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("garbage\u{1b}[2J\n{whole}")).unwrap();
    let ran = home.run(&["status", "--json"]);
    assert_eq!(ran.code, 0);
    assert!(ran.complaint().contains("1 unreadable line") && !ran.err.contains('\u{1b}'), "{}", ran.err);
    assert_eq!(serde_json::from_str::<Value>(&ran.out).unwrap()["done"], 1);
    home.run(&["tick", "2"]);
    assert!(fs::read_to_string(&file).unwrap().starts_with("garbage"), "nothing is overwritten");
}

#[test]
fn a_folder_in_the_journal_s_place_stops_ticks_and_nothing_else() {
    let home = Home::new();
    home.good(&["tick", "1"]);
    let file = journal(&home.path("state"));
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    let ran = home.run(&["status", "--json"]);
    assert_eq!((ran.code, &serde_json::from_str::<Value>(&ran.out).unwrap()["total"]), (0, &json!(9)));
    assert!(home.bad(&["tick", "1"], 3).contains(".jsonl"));
    assert!(file.is_dir(), "nothing is overwritten");
}

#[test]
fn a_tick_that_cannot_be_saved_says_so_and_ends_with_3() {
    let home = Home::new();
    // The tests may run as root, whom permissions do not bind: a file stands where the folder must be.
    fs::write(home.path("state"), "not a folder").unwrap();
    let line = home.bad(&["tick", "1"], 3);
    assert!(line.contains("Not saved") && line.contains("state"), "{line}");
    assert_eq!(fs::read_to_string(home.path("state")).unwrap(), "not a folder", "nothing is overwritten");
    let ran = home.run(&["status", "--json"]);
    assert_eq!((ran.code, serde_json::from_str::<Value>(&ran.out).unwrap()["done"].clone()), (0, json!(0)));
}

#[test]
fn without_a_home_progress_can_be_kept_where_one_says() {
    let home = Home::new();
    let bare =
        |args: &[&str]| Ran::of(home.call(args).env_remove("HOME").env_remove("XDG_STATE_HOME").output().unwrap());
    let shown = bare(&["show"]);
    assert_eq!((shown.code, shown.err.as_str()), (0, ""));
    assert!([0, 3].contains(&bare(&["tick", "1", "--progress", "here"]).code));
}

#[test]
fn where_no_screen_can_be_drawn_the_guide_is_printed_like_show() {
    let home = Home::new();
    let shown = home.good(&["show"]);
    assert_eq!(home.good(&[]), shown);
    assert_eq!(home.good(&["--width", "80"]), shown);
    assert!(!shown.contains('\u{1b}'));
    let dumb = Ran::of(home.call(&[]).env("TERM", "dumb").output().unwrap());
    assert_eq!((dumb.code, &dumb.out), (0, &shown));
}

#[test]
fn a_reader_that_had_enough_is_no_error() {
    let home = Home::new();
    let long: String = (0..20_000).map(|n| format!("## Titre {n}\n\n")).collect();
    home.file("long.md", long);
    let mut child = home.call(&["outline", "long.md"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut pipe = child.stdout.take().unwrap();
    pipe.read_exact(&mut [0; 10]).unwrap();
    drop(pipe);
    let ended = child.wait_with_output().unwrap();
    assert_eq!((ended.status.code(), String::from_utf8(ended.stderr).unwrap()), (Some(0), String::new()));
}

#[test]
fn a_full_disk_under_standard_output_is_told() {
    let home = Home::new();
    let Ok(full) = fs::OpenOptions::new().write(true).open("/dev/full") else { return };
    let ran = Ran::of(home.call(&["status"]).stdout(full).output().unwrap());
    assert_eq!(ran.code, 2);
    assert!(ran.complaint().starts_with("standard output: "), "{}", ran.err);
}

#[test]
fn a_guide_cannot_drive_the_terminal_through_any_command() {
    let home = Home::new();
    let evil = "# T&#27;]0;x&#7;\n\n## A\u{9b}31m\n\n1. un\u{1b}[2J\n2. deux&#x9b;H\n\n[l](mailto:a@b.fr?subject=%1b)\n<c@d.fr>\n";
    home.file("evil.md", evil);
    home.run(&["note", "1", "n\u{1b}]52;c;eA==\u{7}", "evil.md", "--as", "l\u{1b}[1mise"]);
    let commands: [&[&str]; 9] = [
        &["show"],
        &["outline"],
        &["outline", "--json"],
        &["status"],
        &["status", "--json"],
        &["next"],
        &["contacts"],
        &["log"],
        &["log", "--json"],
    ];
    for command in commands {
        let ran = home.run(&[command, &["evil.md"]].concat());
        let drives = |c: char| c.is_control() && c != '\n';
        assert!(!ran.out.contains(drives) && !ran.err.contains(drives), "{command:?}: {:?} {:?}", ran.out, ran.err);
        assert_eq!(ran.code, 0, "{command:?}: {}", ran.err);
    }
    let named = home.run(&["show", "no\u{1b}[2Jfile.md"]);
    assert!(!named.err.contains('\u{1b}'), "{:?}", named.err);
}

/// A call on a terminal of its own, 100 columns wide: all that it wrote, and its exit code.
pub fn on_a_terminal(home: &Home, args: &[&str], variables: &[(&str, &str)]) -> (String, u32) {
    use portable_pty::{CommandBuilder, PtySize, native_pty_system};
    let pair = native_pty_system().openpty(PtySize { rows: 30, cols: 100, pixel_width: 0, pixel_height: 0 }).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_jalon"));
    command.args(args);
    command.env_clear();
    command.cwd(home.path("work"));
    command.env("XDG_STATE_HOME", home.path("state"));
    command.env("HOME", home.folder.path());
    for (name, value) in [("USER", "lise"), ("LANG", "C"), ("TERM", "xterm-256color")].iter().chain(variables) {
        command.env(name, value);
    }
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader().unwrap();
    let mut bytes = Vec::new();
    // Linux ends a terminal that nobody holds any more with an error; what came before it counts.
    let mut piece = [0; 4096];
    while let Ok(n @ 1..) = reader.read(&mut piece) {
        bytes.extend_from_slice(&piece[..n]);
    }
    let code = child.wait().unwrap().exit_code();
    (String::from_utf8(bytes).unwrap().replace("\r\n", "\n"), code)
}

/// A text without its SGR sequences; any other sequence stays and is seen.
pub fn bare(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| {
        let code = part.len() - part.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';').len();
        match part[code..].strip_prefix('m') {
            Some(rest) => out + rest,
            None => out + "\u{1b}[" + part,
        }
    })
}

#[test]
fn a_dumb_terminal_gets_the_text_and_one_line_that_says_why() {
    let home = Home::new();
    let shown = home.good(&["show", "--width", "90"]);
    for variables in [[("TERM", "dumb")], [("TERM", "")]] {
        let (text, code) = on_a_terminal(&home, &[], &variables);
        let (why, rest) = text.split_once('\n').unwrap();
        assert!(why.starts_with("jalon: this terminal (TERM) cannot draw") && why.contains("`jalon walk`"), "{why}");
        assert_eq!((rest, code), (shown.as_str(), 0));
    }
}

#[test]
fn a_terminal_gets_colours_and_the_same_words() {
    let home = Home::new();
    home.good(&["tick", "1"]);
    for command in ["status", "outline", "contacts", "next", "show", "log"] {
        let piped = home.good(&[command, "--width", "90"]);
        let (text, code) = on_a_terminal(&home, &[command], &[("TZ", "UTC")]);
        assert!(text.contains("\u{1b}[") && code == 0, "{command}: {text:?}");
        let told: Vec<String> = bare(&text).lines().map(|l| l.trim_end().to_owned()).collect();
        assert_eq!(told.join("\n") + "\n", piped, "{command}");
    }
    let (json, _) = on_a_terminal(&home, &["status", "--json"], &[]);
    assert!(!json.contains('\u{1b}'), "programs get no colours");
}

#[test]
fn no_color_leaves_weight_alone() {
    let home = Home::new();
    let coloured = |text: &str| text.split("\u{1b}[").skip(1).any(|s| s.starts_with('3') || s.contains(";3"));
    assert!(coloured(&on_a_terminal(&home, &["status"], &[]).0));
    let (text, _) = on_a_terminal(&home, &["status"], &[("NO_COLOR", "1")]);
    assert!(!coloured(&text) && text.contains("\u{1b}[1m"), "{text:?}");
}

#[test]
pub fn on_a_terminal_the_reader_opens_and_leaves_with_q() {
    use portable_pty::{CommandBuilder, PtySize, native_pty_system};
    let home = Home::new();
    let pair = native_pty_system().openpty(PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 }).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_jalon"));
    command.env_clear();
    command.cwd(home.path("work"));
    command.env("HOME", home.folder.path());
    command.env("TERM", "xterm-256color");
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader().unwrap();
    let mut writer = pair.master.take_writer().unwrap();
    let (mut bytes, mut piece) = (Vec::new(), [0; 4096]);
    let mut asked = false;
    while let Ok(n @ 1..) = reader.read(&mut piece) {
        bytes.extend_from_slice(&piece[..n]);
        // It took the screen: now it may be asked to give it back.
        if !asked && String::from_utf8_lossy(&bytes).contains("\u{1b}[?1049h") {
            writer.write_all(b"q").unwrap();
            asked = true;
        }
    }
    assert_eq!(child.wait().unwrap().exit_code(), 0);
    assert!(
        asked && String::from_utf8_lossy(&bytes).contains("\u{1b}[?1049l"),
        "{:?}",
        String::from_utf8_lossy(&bytes)
    );
}
