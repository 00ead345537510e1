//! `E`: the reader's editor has the whole terminal, at the line being read, and what it did shows afterwards. The
//! editor is a script that notes how it was called.

use crate::pty::{Running, Terminal, wait_state};
use rustix::process::Signal;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// A file that a shell would choke on, and that looks like an option.
const NAME: &str = "-g $(touch hit);x.md";

/// Notes its arguments and the terminal's settings, waits for a line, and does to the file what is asked of it.
const EDITOR: &str = r#"#!/bin/sh
printf '%s\n' "$@" > args
stty -a > settings
eval "file=\${$#}"
echo called >> calls
echo "editing, call $(grep -c called calls)"
IFS= read -r typed
printf '%s' "$typed" > typed
sh ./edit "$file"
"#;

fn guide() -> String {
    let sections = (1..=30).map(|n| format!("## Section {n}\n\nText of {n}.\n\n1. One of {n}\n2. Two of {n}\n\n"));
    format!("# Guide\n\n{}", sections.collect::<String>())
}

/// A reader on the guide, with an editor of this name that makes this change.
fn reader(editor: &str, variable: &str, change: &str) -> Terminal {
    let terminal = Terminal::new().args(&["--", NAME]).variable(editor, variable);
    let home = terminal.home().to_owned();
    fs::write(home.join(NAME), guide()).unwrap();
    fs::write(home.join("edit"), change).unwrap();
    let bin = home.join("bin");
    fs::create_dir(&bin).unwrap();
    for name in ["vim", "my editor"] {
        fs::write(bin.join(name), EDITOR).unwrap();
        fs::set_permissions(bin.join(name), fs::Permissions::from_mode(0o755)).unwrap();
    }
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    terminal.variable("PATH", &path)
}

fn read(running: &Running, name: &str) -> String {
    fs::read_to_string(running.home().join(name)).unwrap()
}

/// Waits until the editor was called so many times.
fn editing(running: &Running, call: usize) {
    let said = format!("editing, call {call}");
    running.wait(&said, |screen| !screen.alternate_screen() && screen.contents().contains(&said));
}

fn back(running: &Running, text: &str) {
    running.wait(text, |screen| screen.alternate_screen() && screen.contents().contains(text));
}

/// The line, from 1, of a text in the guide's file.
fn line(home: &Path, text: &str) -> usize {
    let guide = fs::read_to_string(home.join(NAME)).unwrap();
    1 + guide.lines().position(|l| l == text).unwrap()
}

#[test]
fn it_opens_at_the_line_being_read_and_comes_back_to_the_same_section() {
    let change = r###"{ printf '# Guide\n\nMany\n\nnew\n\nlines.\n\n'; tail -n +3 "$1" | sed 's/Text of 7/Other text/'; } > new; cat new > "$1""###;
    let running = reader("VISUAL", "vim -f 'two words'", change).variable("EDITOR", "false").start();
    running.sees("Text of 1.").keys("]]]]]]]").sees("Text of 7.");
    let there = line(running.home(), "## Section 7");
    running.keys("E");
    editing(&running, 1);
    // What is typed now is the editor's, all of it.
    running.keys("q:q!\r");
    back(&running, "Other text");
    running.sees("guide relu");
    assert_eq!(read(&running, "args"), format!("-f\ntwo words\n+{there}\n./{NAME}\n"));
    assert_eq!(read(&running, "typed"), "q:q!");
    assert!(read(&running, "settings").contains(" icanon"), "the editor found the terminal as we did");
    assert!(!running.home().join("hit").exists(), "no shell saw the file's name");
    let screen = running.screen();
    let (bread, first) = (screen.find("Section 7").unwrap(), screen.find("Other text").unwrap());
    assert!(bread < first && !screen.contains("Text of 1."), "{screen}");
    running.keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn from_the_checklist_it_opens_at_the_selected_step() {
    let running = reader("EDITOR", "vim", "").start();
    running.sees("Text of 1.").keys("3g");
    let opened = |call: usize, keys: &str| {
        running.keys(keys).keys("E");
        editing(&running, call);
        running.keys("\r");
        back(&running, "rien n’a changé");
        let told: usize = read(&running, "args").lines().next().unwrap()[1..].parse().unwrap();
        read(&running, NAME).lines().nth(told - 1).unwrap().to_owned()
    };
    assert_eq!([opened(1, "j"), opened(2, "j"), opened(3, "k")], ["1. One of 1", "2. Two of 1", "1. One of 1"]);
    assert_eq!(opened(4, "k"), "## Section 1", "the group");
    running.keys("q");
    running.ends();
}

#[test]
fn an_editor_that_nobody_knows_is_given_the_file_alone_and_its_failure_is_told() {
    let running = reader("EDITOR", "'my editor'", "exit 3").start();
    running.sees("Text of 1.").keys("E");
    editing(&running, 1);
    running.keys("\r");
    back(&running, "l’éditeur a échoué (my editor: exit status: 3)");
    assert_eq!(read(&running, "args"), format!("./{NAME}\n"));
    running.keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn a_missing_editor_is_told_and_the_reading_goes_on() {
    let running = reader("VISUAL", "no-such-editor", "").start();
    running.sees("Text of 1.").keys("E");
    back(&running, "no-such-editor");
    running.keys("]").sees("Text of 1.").keys("q");
    assert_eq!(running.ends().0, 0);
    let running = reader("VISUAL", "", "").variable("PATH", "/nowhere").start();
    running.sees("Text of 1.").keys("E").sees("VISUAL ou EDITOR").keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn a_guide_that_is_no_file_is_not_edited() {
    let running = Terminal::new().variable("EDITOR", "vim").start();
    running.sees("Lancer sa communauté").keys("E").sees("ce guide n’a pas de fichier à modifier").keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn an_interrupt_in_the_editor_ends_the_editor_alone() {
    let running = reader("EDITOR", "vim", "").start();
    running.sees("Text of 1.").keys("E");
    editing(&running, 1);
    running.keys("\x03");
    back(&running, "l’éditeur a échoué");
    running.keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn a_stop_in_the_editor_stops_both_and_fg_brings_both_back() {
    // The editor stops its whole group, as vi does at Ctrl-z.
    let change = "kill -TSTP 0; printf 'edited again\n'; IFS= read -r more; printf '%s' \"$more\" > more";
    let script = "set -m; \"$@\"; echo stopped; fg >/dev/null; echo ended";
    let running = reader("EDITOR", "vim", change).under("sh", &["-c", script, "sh"]).start();
    running.sees("Text of 1.").keys("E");
    editing(&running, 1);
    running.keys("\r");
    running.writes("stopped");
    running.writes("edited again");
    running.keys("after\r");
    running.wait("the picture again", |screen| screen.alternate_screen());
    running.keys("q");
    assert_eq!(read(&running, "more"), "after");
    let (code, screen) = running.ends();
    assert_eq!(code, 0);
    assert!(screen.contains("ended"), "{screen}");
}

#[test]
fn a_signal_that_ends_the_reader_ends_it_while_one_edits_too() {
    let running = reader("EDITOR", "vim", "").start();
    running.sees("Text of 1.").keys("E");
    editing(&running, 1);
    running.signal(Signal::TERM);
    wait_state(running.pid(), 'Z');
    running.given_back();
}
