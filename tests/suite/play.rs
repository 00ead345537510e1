//! What somebody does with the program, key by key, on a real pseudo-terminal.

use crate::pty::{LONG, Terminal};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// What `jalon status --json` says in a home.
fn status(home: &Path) -> serde_json::Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jalon"));
    command.args(["status", "--json"]).env_clear().env("HOME", home).env("USER", "lise").current_dir(home);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Waits until so many items are settled.
fn settled(home: &Path, count: u64) {
    let deadline = Instant::now() + LONG;
    while status(home)["done"] != count {
        assert!(Instant::now() < deadline, "never settled: {}", status(home));
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_tick_made_with_a_key_is_what_status_tells() {
    let running = Terminal::new().start();
    running.drawn();
    assert_eq!(status(running.home())["done"], 0);
    running.keys("3").keys("x").sees("étapes 1/5");
    settled(running.home(), 1);
    running.keys("u").sees("étapes 0/5");
    settled(running.home(), 0);
    running.keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn a_tick_made_elsewhere_shows_in_a_window_that_is_open() {
    let one = Terminal::new().start();
    one.sees("étapes 0/5");
    let other = Terminal::new().at_home_of(&one).variable("USER", "bob").start();
    other.sees("étapes 0/5").keys("3x").sees("étapes 1/5").keys("q");
    one.sees("étapes 1/5").keys("q");
    assert_eq!((one.ends().0, other.ends().0), (0, 0));
}

#[test]
fn copying_the_address_over_ssh_sends_it_to_the_terminal_and_nothing_else() {
    let running = Terminal::new().variable("SSH_CONNECTION", "192.0.2.1 5000 192.0.2.2 22").start();
    running.drawn().keys("c").keys("\r");
    running.writes("\x1b]52;c;Y29udGFjdEBjdG8tZGUtbHlvbi5mcg==\x1b\\");
    running.sees("contact@cto-de-lyon.fr").keys("q");
    let bytes = running.bytes();
    assert_eq!(running.ends().0, 0);
    assert_eq!(String::from_utf8(bytes).unwrap().matches("\x1b]52").count(), 1);
}

/// A folder with a program of this name that notes its arguments and what it reads; the note's path; the folder as a
/// `PATH`.
fn fake(name: &str) -> (TempDir, PathBuf, String) {
    let folder = tempfile::tempdir().unwrap();
    let note = folder.path().join("note");
    let script = format!("#!/bin/sh\n{{ echo \"$#:$*\"; cat; }} >'{0}.part'\nmv '{0}.part' '{0}'\n", note.display());
    let program = folder.path().join(name);
    fs::write(&program, script).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap_or_default());
    (folder, note, path)
}

/// Waits for what a fake program noted.
fn noted(note: &Path) -> String {
    let deadline = Instant::now() + LONG;
    while !note.exists() {
        assert!(Instant::now() < deadline, "never noted");
        std::thread::sleep(Duration::from_millis(10));
    }
    fs::read_to_string(note).unwrap()
}

#[test]
fn a_program_that_takes_the_text_is_preferred_to_the_terminal() {
    let (_folder, note, path) = fake("wl-copy");
    let running = Terminal::new().variable("WAYLAND_DISPLAY", "wayland-9").variable("PATH", &path).start();
    running.drawn().keys("c").keys("\r");
    assert_eq!(noted(&note), "0:\ncontact@cto-de-lyon.fr");
    running.sees("wl-copy").keys("q");
    assert!(!String::from_utf8(running.bytes()).unwrap().contains("\x1b]52"));
    assert_eq!(running.ends().0, 0);
}

#[test]
fn a_link_is_opened_as_one_argument_after_a_question() {
    let (_folder, note, path) = fake("xdg-open");
    let running = Terminal::new().variable("DISPLAY", ":9").variable("PATH", &path).start();
    running.drawn().keys("c").keys("o").sees("mailto:contact@cto-de-lyon.fr");
    assert!(!note.exists(), "opened without asking");
    running.keys("\r");
    assert_eq!(noted(&note), "1:mailto:contact@cto-de-lyon.fr\n");
    running.keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn no_word_of_a_guide_drives_the_terminal_on_any_panel() {
    let evil = "x&#27;[31m&#27;]0;t&#7;&#x9b;5n&#8238;\u{1b}]52;c;eA==\u{7}\u{1b}[?1003h\u{9b}6n";
    let guide = format!(
        "---\ntitle: \"{evil}\"\n---\n# {evil}\n\n## Steps {evil}\n\n1. {evil}\n2. b\n\n- [ ] task {evil}\n\n\
         ```sh\n{evil}\n```\n\n| {evil} |\n|---|\n| {evil} |\n\n> {evil}\n\n[{evil}](https://a.fr/{evil}) \
         <mailto:a@b.fr>\n\n![{evil}](x.png)\n\n<details><summary>{evil}</summary>\n\n{evil}\n\n</details>\n"
    );
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("evil\u{1b}]0;t\u{7}.md");
    fs::write(&file, guide).unwrap();
    for (columns, rows) in [(120, 40), (80, 24), (40, 12), (20, 5), (10, 3)] {
        let running = Terminal::new().args(&[file.to_str().unwrap()]).size(columns, rows).start();
        running.drawn();
        // Every panel and dialog that a word of the guide can stand in; the oracle reads every byte.
        for keys in
            ["1", "j", "\r", "2", "]", " ", "G", "g", "3", "j", "x", "?", "?", "\x1b", "c", "j", "Y", "o", "\x1b", "R"]
        {
            running.keys(keys);
            std::thread::sleep(Duration::from_millis(40));
        }
        running.keys("\x1bq");
        std::thread::sleep(Duration::from_millis(60));
        running.keys("q");
        assert_eq!(running.ends().0, 0, "{columns}x{rows}");
    }
}
