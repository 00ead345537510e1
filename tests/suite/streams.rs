//! Every command with its standard streams closed, or read by nobody: it says what is to be said where it still can,
//! never panics, and loses nothing.

use crate::commands::{Home, Ran, journal};
use crate::pty::Terminal;
use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

const GUIDE: &str = "# Moving\n\n1. Tell the landlord\n2. Order the boxes\n\nAsk <moving@example.org>.\n";

/// Everything that prints, and what changes something.
const COMMANDS: [&[&str]; 13] = [
    &[],
    &["show"],
    &["outline"],
    &["status"],
    &["status", "--json"],
    &["status", "--format", "{done}/{total}"],
    &["next"],
    &["contacts"],
    &["log"],
    &["export"],
    &["walk"],
    &["tick", "1"],
    &["untick", "1"],
];

fn home() -> Home {
    let home = Home::new();
    home.file("move.md", GUIDE);
    home
}

/// The call, by a shell that does something to its streams first.
fn by_shell(home: &Home, redirections: &str, args: &[&str]) -> Ran {
    let call = home.call(args);
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("exec \"$0\" \"$@\" {redirections}")]).arg(call.get_program()).args(call.get_args());
    shell.env_clear().envs(call.get_envs().filter_map(|(name, value)| Some((name, value?))));
    shell.current_dir(call.get_current_dir().unwrap()).stdin(Stdio::null());
    Ran::of(shell.output().unwrap())
}

/// A stream that nobody reads.
fn unread() -> Stdio {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    writer.into()
}

#[test]
fn closed_streams_are_no_harm() {
    for redirections in ["<&-", ">&-", "2>&-", "<&- >&-", ">&- 2>&-", "<&- 2>&-", "<&- >&- 2>&-"] {
        let home = home();
        for command in COMMANDS {
            let ran = by_shell(&home, redirections, &[command, &["move.md"]].concat());
            assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{command:?} {redirections}");
        }
        // What goes to a closed stream must not end up in a file that took its number.
        let text = fs::read_to_string(journal(&home.path("state"))).unwrap();
        assert_eq!(text.lines().count(), 2, "{redirections}: {text}");
        assert!(text.lines().all(|line| line.starts_with('{') && line.ends_with('}')), "{redirections}: {text}");
        assert_eq!(fs::read_to_string(home.path("work/move.md")).unwrap(), GUIDE, "{redirections}");
    }
}

#[test]
fn what_cannot_be_told_still_shows_in_the_exit_code() {
    let home = home();
    for redirections in [">&- 2>&-", "<&- >&- 2>&-", "2>&-"] {
        assert_eq!(by_shell(&home, redirections, &["show", "missing.md"]).code, 2);
        assert_eq!(by_shell(&home, redirections, &["--nonsense"]).code, 2);
        assert_eq!(by_shell(&home, redirections, &["status", "--exit-code", "move.md"]).code, 1);
    }
    fs::write(home.path("state"), "a file in the folder's place").unwrap();
    assert_eq!(by_shell(&home, ">&- 2>&-", &["tick", "1", "move.md"]).code, 3);
}

#[test]
fn output_that_nobody_reads_is_no_error_and_what_was_changed_is_saved() {
    let home = home();
    for command in COMMANDS {
        let args = [command, &["move.md"]].concat();
        let ran = Ran::of(home.call(&args).stdout(unread()).output().unwrap());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{command:?}");
    }
    assert_eq!(fs::read_to_string(journal(&home.path("state"))).unwrap().lines().count(), 2);
    let mut child = home.call(&["walk", "move.md"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    // It may be gone before it hears the answer; then it did nothing, and said so to nobody.
    let _ = child.stdin.take().unwrap().write_all(b"done\n");
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn complaints_that_nobody_reads_end_nothing() {
    let home = home();
    home.file("odd.md", b"# Odd \xff\n\n1. one\n2. two\n");
    let ran = Ran::of(home.call(&["status", "odd.md"]).stderr(unread()).output().unwrap());
    assert!(ran.code == 0 && ran.out.contains("1 ○ one"), "{ran:?}");
    assert_eq!(Ran::of(home.call(&["show", "missing.md"]).stderr(unread()).output().unwrap()).code, 2);
}

#[test]
fn a_walk_whose_terminal_goes_away_ends() {
    // The end of input, an interrupt, and a hang-up: each is an end, none a loop.
    let walk = || Terminal::new().args(&["walk", "--lang", "en"]).start();
    let running = walk();
    running.sees("help? ").keys("\x04");
    assert!(!running.end().contains(&0x1b));
    for signal in [rustix::process::Signal::INT, rustix::process::Signal::HUP, rustix::process::Signal::TERM] {
        let running = walk();
        running.sees("help? ").signal(signal);
        running.end();
    }
}
