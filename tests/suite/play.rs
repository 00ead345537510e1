//! What somebody does with the program, key by key, on a real pseudo-terminal.

use crate::pty::{LONG, Terminal};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

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
    running.keys("3").keys("jx");
    settled(running.home(), 1);
    running.keys("u");
    settled(running.home(), 0);
    running.keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn copying_the_address_over_ssh_sends_it_to_the_terminal_and_nothing_else() {
    let running = Terminal::new().variable("SSH_CONNECTION", "192.0.2.1 5000 192.0.2.2 22").start();
    running.drawn().keys("c").keys("j\r");
    running.writes("\x1b]52;c;Y29udGFjdEBjdG8tZGUtbHlvbi5mcg==\x1b\\");
    running.keys("q");
    let bytes = running.bytes();
    assert_eq!(running.ends().0, 0);
    assert_eq!(String::from_utf8(bytes).unwrap().matches("\x1b]52").count(), 1);
}

#[test]
fn a_program_that_takes_the_text_is_preferred_to_the_terminal() {
    let terminal = Terminal::new();
    let folder = tempfile::tempdir().unwrap();
    let taken = folder.path().join("taken");
    let fake = folder.path().join("wl-copy");
    std::fs::write(&fake, "#!/bin/sh\ncat >\"$TAKEN.part\"\nmv \"$TAKEN.part\" \"$TAKEN\"\n").unwrap();
    let executable = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(&fake, executable).unwrap();
    let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap_or_default());
    let running = terminal
        .variable("WAYLAND_DISPLAY", "wayland-9")
        .variable("PATH", &path)
        .variable("TAKEN", taken.to_str().unwrap())
        .start();
    running.drawn().keys("c").keys("j\r");
    let deadline = Instant::now() + LONG;
    while !taken.exists() {
        assert!(Instant::now() < deadline, "never taken");
        std::thread::sleep(Duration::from_millis(10));
    }
    assert_eq!(std::fs::read_to_string(taken).unwrap(), "contact@cto-de-lyon.fr");
    running.keys("q");
    assert!(!String::from_utf8(running.bytes()).unwrap().contains("\x1b]52"));
    assert_eq!(running.ends().0, 0);
}
