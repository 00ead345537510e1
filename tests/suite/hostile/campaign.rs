//! The campaign of figures, run by hand with `.ci/hostile`, which says how: every hostile guide at its full size through
//! the real program on a terminal, and the guides in two sizes for the count of instructions.
//!
//! Prints, for each guide, the time to the first frame and to the first frame with text of the guide, the slowest answer
//! to a key, and the most memory that was held. Seconds depend on the machine, so they are looked at, and fail nothing.

use super::inputs::INPUTS;
use crate::pty::{Running, Terminal};
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Each with how often it is pressed. The help, opened after each and closed again, proves that it was answered.
const KEYS: [(&str, usize); 14] = [
    ("j", 3),
    (" ", 3),
    ("G", 1),
    ("k", 3),
    ("b", 2),
    ("g", 1),
    ("]", 2),
    ("x", 2),
    (".", 1),
    ("3", 1),
    ("G", 1),
    ("x", 2),
    ("h", 1),
    ("1", 1),
];

#[test]
#[ignore = "the campaign: writes the guides at an eighth and a quarter of their size into the folder JALON_HOSTILE"]
fn writes_the_hostile_guides() {
    let folder = PathBuf::from(std::env::var_os("JALON_HOSTILE").expect("JALON_HOSTILE names a folder"));
    for (n, input) in INPUTS.iter().enumerate() {
        for part in [8, 4] {
            fs::write(folder.join(format!("{:02}-{part}.md", n + 1)), (input.make)(input.full / part)).unwrap();
        }
        fs::write(folder.join(format!("{:02}.name", n + 1)), input.name).unwrap();
    }
}

#[test]
#[ignore = "the campaign: takes minutes, and its figures are for eyes"]
fn campaign() {
    let build = std::env::var_os("JALON_BUILD").map(PathBuf::from);
    let build = build.map(|b| b.canonicalize().unwrap());
    let only = std::env::var("JALON_ONLY").unwrap_or_default();
    let from: usize = std::env::var("JALON_FROM").ok().and_then(|n| n.parse().ok()).unwrap_or(1);
    let folder = tempfile::tempdir().unwrap();
    println!("first frame | with text | slowest key | most memory | guide");
    for (n, input) in INPUTS.iter().enumerate().skip(from - 1).filter(|(_, i)| i.name.contains(&only)) {
        let path = folder.path().join(format!("{}.md", n + 1));
        fs::write(&path, (input.make)(input.full)).unwrap();
        let terminal = Terminal::new().args(&[path.to_str().unwrap()]);
        let terminal = match &build {
            Some(build) => terminal.build(build),
            None => terminal,
        };
        let began = Instant::now();
        let running = terminal.start();
        running.drawn();
        let first = began.elapsed();
        running.sees("? aide");
        let text = began.elapsed();
        let (slowest, key) = slowest(&running);
        let memory = most_memory(&running);
        running.keys("q");
        running.ends();
        println!(
            "{:8} ms | {:6} ms | {:5} ms {key:>2} | {memory:7} MiB | {} {}",
            first.as_millis(),
            text.as_millis(),
            slowest.as_millis(),
            n + 1,
            input.name
        );
        fs::remove_file(&path).unwrap();
    }
}

/// The longest time from a key to the help that was asked for right after it, and that key.
fn slowest(running: &Running) -> (Duration, &'static str) {
    let mut slowest = (Duration::ZERO, "");
    for (key, times) in KEYS {
        for _ in 0..times {
            let began = Instant::now();
            running.keys(key).keys("?");
            running.wait("the help, or why an item is one", is_open);
            slowest = slowest.max((began.elapsed(), key));
            running.keys("\x1b");
            running.wait("the text alone again", |screen| !is_open(screen));
        }
    }
    slowest
}

fn is_open(screen: &vt100::Screen) -> bool {
    let text = screen.contents();
    text.contains("Touches") || text.contains("Pourquoi")
}

fn most_memory(running: &Running) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", running.pid().as_raw_nonzero())).unwrap();
    let line = status.lines().find(|l| l.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
}
