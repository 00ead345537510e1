//! The places that the payloads of [`super::escapes`] reach by other ways: every command besides reading the guide, a
//! configuration, what others leave in a shared folder, and each dialog of the full screen. Where a text is shown in
//! several places, each place is named.
//!
//! There is no sink besides these and `escapes`: no window title, no link sequence (OSC 8) and no log file is written
//! at all. The oracle refuses the first two; the last test holds the third.

use super::escapes::{PAYLOADS, assert_allowed, assert_plain, forge, guide, press};
use crate::clipboard::{clipboards, decoded};
use crate::commands::{Home, Ran};
use crate::pty::{Running, Terminal};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// All payloads in one text that can be an argument.
fn all() -> String {
    PAYLOADS.concat().replace('\0', "")
}

/// The hostile guide, ticked by Lise and by somebody whose record is forged.
fn home() -> Home {
    let home = Home::new();
    home.file("mal.md", guide());
    home.good(&["tick", "3", "mal.md", "--as", "Lise"]);
    forge(&home, &all());
    home
}

/// Lise's own journal, somewhere below a folder.
fn lise(folder: &Path) -> PathBuf {
    let mut open = vec![folder.to_owned()];
    while let Some(inner) = open.pop() {
        for path in fs::read_dir(inner).unwrap().map(|entry| entry.unwrap().path()) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if name.starts_with("lise-") && name.ends_with(".jsonl") {
                return path;
            }
            if path.is_dir() {
                open.push(path);
            }
        }
    }
    panic!("Lise has no journal below {}", folder.display());
}

/// A call whose words are all plain, and which said something.
fn plain(home: &Home, args: &[&str], code: i32) -> Ran {
    let ran = home.run(args);
    assert_eq!(ran.code, code, "{args:?}: {}{}", ran.out, ran.err);
    assert!(!(ran.out.is_empty() && ran.err.is_empty()), "{args:?}");
    for text in [&ran.out, &ran.err] {
        assert_plain(&format!("{args:?}"), text);
    }
    ran
}

#[test]
fn what_is_exported_is_plain_and_comes_back_as_it_was() {
    let home = home();
    home.good(&["note", "5", &all(), "mal.md"]);
    home.good(&["skip", "7", "--reason", &all(), "mal.md"]);
    for form in [&["export", "mal.md"][..], &["export", "--json", "mal.md"]] {
        let sheet = plain(&home, form, 0).out;
        home.file("sheet", &sheet);
        plain(&home, &["import", "sheet", "mal.md"], 0);
        plain(&home, &["import", "sheet", "mal.md", "--run", "anew"], 0);
        plain(&home, &["log", "mal.md", "--run", "anew"], 0);
        plain(&home, &["status", "mal.md", "--run", "anew"], 0);
    }
}

#[test]
fn what_is_imported_is_no_more_live_than_what_is_written() {
    let home = Home::new();
    home.file("a.md", "# A\n\n- [ ] un\n- [ ] deux\n");
    let json = home.good(&["export", "--json", "a.md"]);
    for payload in PAYLOADS {
        let markdown = format!("# {payload}\n\n## {payload}\n\n- [x] un — {payload}\n- [x] {payload}\n  {payload}\n");
        let written = serde_json::Value::from(payload).to_string();
        let spoiled = json.replace("\"un\"", &written).replace("\"A\"", &written);
        assert_ne!(spoiled, json);
        for sheet in [markdown, spoiled, format!("{{\"{payload}\": "), payload.to_owned()] {
            home.file("sheet", &sheet);
            let ran = home.run(&["import", "sheet", "a.md"]);
            assert_plain(payload, &(ran.out + &ran.err));
        }
    }
    for command in ["log", "status"] {
        plain(&home, &[command, "a.md"], 0);
    }
}

#[test]
fn runs_and_what_is_done_with_them_are_told_plainly() {
    let home = home();
    let commands: [&[&str]; 7] = [
        &["runs", "mal.md"],
        &["runs", "--json", "mal.md"],
        &["undo", "mal.md", "--as", "Lise"],
        &["redo", "mal.md", "--as", "Lise"],
        &["reset", "mal.md"],
        &["undo", "mal.md"],
        &["status", "--format", "{title} {next}", "mal.md"],
    ];
    for command in commands {
        plain(&home, command, 0);
    }
    // Folders that somebody put where runs are.
    let own = lise(&home.path("state"));
    let runs = own.parent().unwrap().parent().unwrap();
    for (n, payload) in PAYLOADS.iter().filter(|p| !p.contains(['\0', '/'])).enumerate() {
        let copy = runs.join(format!("{n}e{payload}"));
        fs::create_dir(&copy).unwrap();
        fs::copy(&own, copy.join(own.file_name().unwrap())).unwrap();
    }
    plain(&home, &["runs", "mal.md"], 0);
    plain(&home, &["runs", "--json", "mal.md"], 0);
    for payload in PAYLOADS.iter().filter(|p| !p.contains('\0')) {
        for args in [&["archive", payload, "mal.md"][..], &["status", "--format", payload, "mal.md"]] {
            let ran = home.run(args);
            assert_plain(&format!("{args:?}"), &(ran.out + &ran.err));
        }
    }
}

#[test]
fn a_shared_folder_that_somebody_filled_is_told_of_plainly() {
    let home = home();
    plain(&home, &["share", "mal.md", "--as", &all()], 0);
    let own = lise(&home.path("work/.jalon"));
    for (n, payload) in PAYLOADS.iter().filter(|p| !p.contains(['\0', '/'])).enumerate() {
        fs::copy(&own, own.with_file_name(format!("{n}e{payload}.jsonl"))).unwrap();
        fs::write(own.with_file_name(format!("eve-{n:08x}.jsonl")), format!("{payload}\n{{\"v\":9}}\n")).unwrap();
    }
    for command in ["share", "status", "log", "runs", "next", "export"] {
        plain(&home, &[command, "mal.md"], 0);
    }
}

#[test]
fn a_walk_says_nothing_live() {
    let home = home();
    let answers = format!("done\nnote {0}\nskip {0}\n{0}\ncontacts\n1\nshow\nlist\nwhy\n?\nfind {0}\nquit\n", all());
    let mut call = home.call(&["walk", "mal.md", "--as", &all()]);
    let mut child = call.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(answers.as_bytes()).unwrap();
    let ran = Ran::of(child.wait_with_output().unwrap());
    assert!(ran.out.lines().count() > 20, "{}", ran.out);
    assert_plain("walk", &(ran.out + &ran.err));
}

#[test]
fn a_configuration_is_told_of_plainly_wherever_its_words_come_from() {
    let home = Home::new();
    home.file("a.md", "# A\n\n- [ ] un\n");
    for payload in PAYLOADS {
        let quoted = serde_json::Value::from(payload).to_string();
        let texts = [
            format!("{payload}\n"),
            format!("as = {quoted}\ntheme = {quoted}\nlang = {quoted}\nbase_url = {quoted}\nprogress = {quoted}\n"),
            format!("{quoted} = 1\n[keys.{quoted}]\na = \"b\"\n[keys.text]\n{quoted} = {quoted}\ndown = {quoted}\n"),
            format!("[themes.{quoted}]\nbase = {quoted}\n{quoted} = {quoted}\nlink = {quoted}\n"),
        ];
        for text in texts {
            home.file("c.toml", &text);
            for args in [
                &["config", "--check", "c.toml"][..],
                &["config", "--config", "c.toml"],
                &["status", "a.md", "--config", "c.toml"],
            ] {
                let ran = home.run(args);
                assert!(!(ran.out.is_empty() && ran.err.is_empty()), "{args:?} on {text:?}");
                assert_plain(&format!("{args:?} on {text:?}"), &(ran.out + &ran.err));
            }
        }
        if payload.contains('\0') {
            continue;
        }
        for variable in ["JALON_THEME", "JALON_LANG", "JALON_AS", "JALON_CONFIG", "JALON_PROGRESS", "JALON_BASE_URL"] {
            let ran = Ran::of(home.call(&["config"]).env(variable, payload).output().unwrap());
            assert_plain(&format!("{variable}={payload:?}"), &(ran.out + &ran.err));
        }
        // The file's own name, and the folders that everything else stands in.
        let file = format!("c{}.toml", payload.replace('/', "_"));
        home.file(&file, "x = 1\n");
        plain(&home, &["config", "--check", &file], 1);
        let folder = home.path(&format!("state{}", payload.replace('/', "_")));
        let ran = home.call(&["tick", "1", "a.md"]).env("XDG_STATE_HOME", folder).output().unwrap();
        let ran = Ran::of(ran);
        assert_plain("tick", &(ran.out + &ran.err));
    }
}

#[test]
fn a_folder_of_hostile_names_is_listed_plainly() {
    let home = Home::new();
    for (n, payload) in PAYLOADS.iter().filter(|p| !p.contains(['\0', '/'])).enumerate() {
        home.file(&format!("guides/{n}e{payload}.md"), format!("# {payload}\n\n- [ ] {payload}\n"));
    }
    home.file(&format!("guides/{}/a.md", PAYLOADS[0]), "\0");
    for command in
        [&["status", "guides"][..], &["status", "--json", "guides"], &["next", "guides"], &["show", "guides"]]
    {
        let ran = home.run(command);
        assert!(!(ran.out.is_empty() && ran.err.is_empty()), "{command:?}");
        assert_plain(&format!("{command:?}"), &(ran.out + &ran.err));
    }
    let running = Terminal::new().args(&[home.path("work/guides").to_str().unwrap()]).start();
    running.sees("guides").keys("Gg/").keys(&pasted()).keys("\x1b").keys("\x1b");
    running.keys("g\r").sees("tâches 0/1").keys("0").sees("58 guides");
    assert_allowed("a folder's list", &running.bytes());
    leave(running);
}

fn pasted() -> String {
    format!("\x1b[200~{}\x1b[201~", PAYLOADS.concat().replace("\x1b[201~", ""))
}

/// Closes what lies over the text, and waits until what it says is gone.
fn shut(running: &Running, text: &str) {
    running.keys("\x1b").wait("it closed", |screen| !screen.contents().contains(text));
}

/// Leaves from wherever it is: the help lies over everything, so once it is gone nothing else is open. An escape that
/// is read together with the next key is another key, so both are tried until they came apart.
pub(super) fn leave(running: Running) {
    let help = |screen: &vt100::Screen| screen.contents().contains("Touches");
    for _ in 0..200 {
        if running.screen().contains("Touches") {
            break;
        }
        // On the checklist the question is why something is an item.
        for key in ["\x1b", "2", "?"] {
            press(&running, key);
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
    }
    assert!(running.screen().contains("Touches"), "no help came:\n{}", running.screen());
    running.keys("\x1b").wait("the help gone", |screen| !help(screen));
    // A key that comes with the escape would be another one.
    std::thread::sleep(std::time::Duration::from_millis(100));
    running.keys("q");
    assert_eq!(running.ends().0, 0);
}

/// What is on one section's screen, with nothing live in the words by which a test waits.
fn dialogs(folder: &Path) -> PathBuf {
    let all = PAYLOADS.concat();
    // In one line of Markdown: without line ends, and with what would end the brackets around it escaped.
    let line = all.chars().filter(|c| !"\0\r\n\u{b}\u{c}\u{2028}\u{2029}\u{85}".contains(*c));
    let escaped = |c: char| if "[]()<>|`*\\\"".contains(c) { format!("\\{c}") } else { c.to_string() };
    let p: String = line.map(escaped).collect();
    // Links are read strictly, so theirs is short: live once its entities are undone, and hidden.
    let t = "&#27;&#93;8;;&#7;&#x9b;2J\u{202e}\u{200b}\u{2066}";
    let text = format!(
        "---\ntitle: Dialogues\nclef: \"\\e[2J\\u202e\\u200bfin\"\n---\n\n# Dialogues\n\n[lien {t}](<https://un.fr/{t}>) et mot[^n].\n\n\
         | tête {p} | b |\n|---|---|\n| cellule {p} | c |\n\n- [ ] tâche {p}\n- [x] autre {p}\n\n\
         [écrire {t}](<mailto:lise@exemple.fr?subject={t}&body={t}>)\n\n[^n]: note {p}\n"
    );
    let file = folder.join(format!("dialogues{}.md", p.replace('/', "").chars().take(60).collect::<String>()));
    fs::write(&file, text).unwrap();
    file
}

#[test]
fn no_dialog_writes_a_live_byte() {
    let folder = tempfile::tempdir().unwrap();
    let file = dialogs(folder.path());
    for size in [(120, 40), (60, 24)] {
        let running = Terminal::new()
            .args(&[file.to_str().unwrap(), "--as", &all()])
            .variable("SSH_CONNECTION", "192.0.2.1 5000 192.0.2.2 22")
            .variable("EDITOR", &format!("/nowhere/{}", PAYLOADS[0]))
            .size(size.0, size.1)
            .start();
        running.sees("tâches 1/2");
        // What is typed into the checklist: a note, a reason, a filter.
        running.keys("3gje").sees("Note").keys(&pasted()).keys("\r");
        running.keys("s").sees("Passer, parce que").keys(&pasted()).keys("\r").sees("tâches 2/2");
        running.keys("/").keys(&pasted()).sees("introuvable");
        shut(&running, "introuvable");
        running.keys("2");
        // The question before a link is opened.
        running.keys("f").sees("Suivre le lien").keys("f").sees("Ouvrir ce lien").sees("un.fr/").keys("\r");
        running.sees("pas ouvert").keys("F").sees("Copier le lien").keys("f").sees("envoyé au terminal");
        running.keys("r").sees("[1] note");
        shut(&running, "[1] note");
        // Alone on the screen, the table begins right under the title.
        let table = |screen: &vt100::Screen| screen.contents().lines().nth(2).is_some_and(|l| l.contains("tête"));
        running.keys("t").wait("the table", table);
        running.keys("\x1b").wait("the text again", |screen| !table(screen));
        running.keys("i").sees("En-tête du fichier").sees("clef");
        shut(&running, "En-tête du fichier");
        // What is typed, while it is typed and after: search and palette.
        running.keys("/").keys(&pasted()).sees("introuvable").keys("\r").sees("introuvable");
        shut(&running, "introuvable");
        running.keys("/re:(").sees("parenthèse ouverte");
        shut(&running, "parenthèse ouverte");
        running.keys(":").sees("Que faire").keys(&pasted()).sees("rien de tel");
        shut(&running, "Que faire");
        for key in ["x", "u", "\x12", "E", "R", "m", "y", "Y"] {
            press(&running, key);
        }
        running.keys("c").sees("lise@exemple.fr").keys("y").sees("terminal\u{a0}: lise@exemple.fr").keys("Y");
        press(&running, "Q");
        assert_allowed("a dialog", &running.bytes());
        let copied = clipboards(&running);
        assert!(copied.len() >= 3, "{copied:?}");
        for text in copied.iter().map(|c| decoded(c.trim_start_matches("\x1b]52;c;").trim_end_matches("\x1b\\"))) {
            assert_plain("the clipboard", &text);
        }
        leave(running);
    }
}

#[test]
fn what_others_write_while_one_reads_is_no_more_live() {
    let home = Home::new();
    home.file("mal.md", guide());
    home.good(&["tick", "3", "mal.md", "--as", "Lise"]);
    let file = home.path("work/mal.md");
    let running = Terminal::new()
        .args(&[file.to_str().unwrap()])
        .variable("XDG_STATE_HOME", home.path("state").to_str().unwrap())
        .start();
    running.drawn().keys("3gj").sees("Lise");
    forge(&home, &all());
    running.sees("mallory");
    running.keys("J").sees("mallory").keys("\x1b");
    // The guide itself becomes another, then none at all.
    fs::write(&file, guide().replace("tâche", "chose")).unwrap();
    running.keys("R").sees("chose");
    fs::write(&file, format!("\0\x7f{}", PAYLOADS[0])).unwrap();
    press(&running, "R");
    assert_allowed("what came meanwhile", &running.bytes());
    leave(running);
}

#[test]
fn no_log_file_is_written() {
    let home = home();
    home.run(&["tick", "absent", "mal.md"]);
    let mut open = vec![home.path("")];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            assert!(!name.ends_with(".log") && !name.contains("crash"), "{name}");
            if path.is_dir() {
                open.push(path);
            }
        }
    }
}
