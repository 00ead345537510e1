//! A guide that takes long to be read: the screen says so, and the reader can leave, or sees it once it is there.

use crate::pty::{Running, Terminal, wait_state};
use rustix::process::Signal;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::process::Command;
use tempfile::TempDir;

/// A reader whose guide comes through a pipe that we hold, until it says that it waits.
fn waiting() -> (Running, File, TempDir) {
    waiting_on(Terminal::new())
}

fn waiting_on(terminal: Terminal) -> (Running, File, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let script = "exec \"$0\" - <\"$PIPE\"";
    let running = terminal.under("sh", &["-c", script]).variable("PIPE", pipe.to_str().unwrap()).start();
    let writer = OpenOptions::new().write(true).open(&pipe).unwrap();
    running.sees("lecture du guide");
    (running, writer, folder)
}

#[test]
fn one_can_leave_before_the_guide_is_there() {
    for keys in ["q", "\x03", "\x1b", "jG x?\x1b[Aq", "/quai\x03"] {
        let (running, _writer, _folder) = waiting();
        running.keys(keys);
        assert_eq!(running.ends().0, 0);
    }
}

#[test]
fn the_key_that_leaves_is_the_one_in_force() {
    let terminal = Terminal::new().file(".config/jalon/config.toml", "[keys.everywhere]\nquit = [\"Q\"]\n");
    let (running, _writer, _folder) = waiting_on(terminal);
    running.sees("lecture du guide… (Q\u{a0}: quitter)").keys("qQ");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn signals_and_sizes_are_heard_before_the_guide_is_there() {
    let (running, _writer, _folder) = waiting();
    running.resize(30, 5);
    running.wait("the sentence in the middle of the new size", |screen| {
        screen.contents().lines().nth(2).is_some_and(|row| row.contains("lecture du guide"))
    });
    running.signal(Signal::TSTP);
    wait_state(running.pid(), 'T');
    running.given_back();
    running.signal(Signal::CONT);
    running.sees("lecture du guide").signal(Signal::TERM);
    assert_eq!(running.ends().0, 143);
}

#[test]
fn the_guide_is_shown_once_it_is_there_in_the_theme_that_fits() {
    let (running, mut writer, _folder) = waiting();
    writer.write_all("# Déroulé\n\n1. un\n2. deux\n".as_bytes()).unwrap();
    drop(writer);
    running.sees("étapes 0/2");
    let night = String::from_utf8(running.bytes()).unwrap();
    assert!(night.contains("48;2;"), "the terminal said that it is dark before there was a guide");
    running.keys("3x").sees("étapes 1/2").keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn what_is_typed_before_the_guide_is_there_is_done_in_order_once_it_is() {
    let (running, mut writer, _folder) = waiting();
    running.keys("3jx2/qua").keys("tre\r");
    writer.write_all("# Déroulé\n\n1. un\n2. deux\n3. trois\n4. quatre\n".as_bytes()).unwrap();
    drop(writer);
    running.wait("the second step is done, and what was looked for is found", |screen| {
        let text = screen.contents();
        text.contains("étapes 1/4") && text.contains("✓ 2. deux") && text.contains("1/1")
    });
    running.keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn answers_and_pastes_that_come_before_the_guide_are_no_keys() {
    let (running, mut writer, _folder) = waiting();
    running.keys("3\x1b[200~xq\x1b[201~\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[?62;22cj");
    writer.write_all("# Déroulé\n\n1. un\n2. deux\n".as_bytes()).unwrap();
    drop(writer);
    running.sees("étapes 0/2").keys("x").wait("the second step is done, no other", |screen| {
        screen.contents().contains("étapes 1/2") && screen.contents().contains("✓ 2. deux")
    });
    running.keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn what_turns_out_to_be_no_guide_gives_the_terminal_back_and_says_so() {
    let (running, mut writer, _folder) = waiting();
    writer.write_all(b"\x7fELF\0\0").unwrap();
    drop(writer);
    let (code, screen) = running.ends();
    assert_eq!(code, 2);
    assert!(screen.contains("ce n’est pas du texte"), "{screen}");
}
