//! Killed in the middle of ticking, on a real terminal: what the screen had shown as done is on disk when the guide is
//! opened again, and so is what it had shown as open again. The journal's own tests do the same without a screen, many
//! more times.

use crate::commands::Home;
use crate::fuzz::targets::Dice;
use crate::pty::{Running, Terminal};
use rustix::process::Signal;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

/// Tasks of the guide; all of them are on the screen at once.
const TASKS: usize = 24;

/// Kills of every run of the tests.
const KILLS: usize = 12;

fn guide() -> String {
    (0..TASKS).map(|n| format!("- [ ] tache-{n:02}.\n")).collect()
}

fn start(home: &Path) -> Running {
    let guide = home.join("work/guide.md");
    // One device, whatever is killed and started again.
    let terminal = Terminal::new().size(120, 40).variable("XDG_STATE_HOME", home.join("state").to_str().unwrap());
    let running = terminal.args(&[guide.to_str().unwrap()]).start();
    running.sees("tache-23").keys("3gj");
    running
}

/// Which tasks the checklist shows as done; none where a task's row is not drawn, or is on its way.
fn shown(screen: &vt100::Screen) -> Vec<Option<bool>> {
    let text = screen.contents();
    let row = |n: usize| {
        let name = format!("tache-{n:02}");
        let mut marks = text.lines().filter_map(|line| line.rsplit_once(&name)?.0.trim_end().chars().last());
        match marks.next() {
            Some('✓') => Some(true),
            Some('○') => Some(false),
            _ => None,
        }
    };
    (0..TASKS).map(row).collect()
}

/// Which tasks are done on disk.
fn on_disk(home: &Path) -> Vec<bool> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jalon"));
    command.args(["status", "--json", "guide.md"]).env_clear().current_dir(home.join("work"));
    command.env("HOME", home).env("XDG_STATE_HOME", home.join("state")).env("USER", "lise");
    let told = command.output().unwrap();
    assert_eq!(String::from_utf8_lossy(&told.stderr), "");
    let told: Value = serde_json::from_slice(&told.stdout).unwrap();
    let items = told["groups"][0]["items"].as_array().unwrap();
    assert_eq!(items.len(), TASKS);
    items.iter().map(|item| item["state"] == "done").collect()
}

/// Sessions that are killed at some moment; gives how many marks were seen and held against the disk.
fn kills(times: usize, seed: u64) -> usize {
    let (home, mut dice, mut held) = (Home::new(), Dice(seed), 0);
    home.file("guide.md", guide());
    let home = home.path("");
    for round in 0..times {
        let running = start(&home);
        let before = on_disk(&home);
        running.wait("the marks that are on disk", |screen| {
            shown(screen).iter().zip(&before).all(|(mark, done)| *mark == Some(*done))
        });
        // Each task is ticked at most once a session, so that a mark seen to change is the last word on it.
        let ticked = 1 + dice.roll(TASKS - 1);
        for _ in 0..ticked {
            let keys: &[&str] = &["xj", "xj", "j", " j", "xj?\x1b"];
            running.keys(keys[dice.roll(keys.len())]);
            thread::sleep(Duration::from_millis(dice.roll(6) as u64));
        }
        thread::sleep(Duration::from_millis(dice.roll(60) as u64));
        let seen = running.look(shown);
        running.signal(Signal::KILL);
        let after = on_disk(&home);
        for (task, (mark, done)) in seen.iter().zip(&after).enumerate() {
            if *mark == Some(!before[task]) {
                held += 1;
                assert_eq!(mark.unwrap(), *done, "task {task} of round {round}, seed {seed}: seen, and not on disk");
            }
        }
        drop(running);
        let files = fs::read_dir(home.join("work")).unwrap().count();
        assert_eq!(files, 1, "nothing is left beside the guide");
    }
    held
}

#[test]
fn what_was_seen_survives_kill_9_on_a_terminal() {
    let held = kills(KILLS, 0x1234_5678_9abc);
    assert!(held > 10, "only {held} marks were seen to change");
}

#[test]
#[ignore = "a campaign: .ci/trust screens"]
fn campaign_of_three_hundred_kills() {
    let held = kills(300, 0x2545_f491_4f6c);
    println!("300 kills on a terminal: {held} marks seen to change, each of them on disk");
}
