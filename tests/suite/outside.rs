//! Outside a terminal, and on poor ones, with streams closed or read by nobody: the guide is read all the same, nothing
//! hangs, nothing is garbled, nothing is lost, and what is to be said is said where it still can be. On a guide that is
//! not the built-in one.

use crate::commands::{Home, Ran, bare, journal, on_a_terminal};
use crate::pty::Terminal;
use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

const GUIDE: &str = "# Release\n\n- [ ] Freeze the branch\n- [x] Tell the *team*\n\nAsk <release@example.org>.\n";

fn home() -> Home {
    let home = Home::new();
    home.file("release.md", GUIDE);
    home
}

/// Whether a text sets a colour, whatever else it sets. To go back to none (39, 49) is no colour.
fn coloured(text: &str) -> bool {
    let codes = text.split("\u{1b}[").skip(1).filter_map(|part| part.split_once('m').map(|(codes, _)| codes));
    codes.flat_map(|codes| codes.split(';')).any(|code| matches!(code.parse(), Ok(30..=38 | 40..=48 | 90..=107)))
}

#[test]
fn a_pipe_gets_the_text_without_a_sequence() {
    let home = home();
    let text = home.good(&["release.md"]);
    assert!(text.contains("Freeze the branch") && !text.contains('\u{1b}'), "{text:?}");
    assert_eq!(text, home.good(&["show", "release.md"]));
}

#[test]
fn a_terminal_that_is_dumb_or_says_nothing_gets_the_text_and_one_line_that_says_why() {
    let home = home();
    for term in ["dumb", ""] {
        let (text, code) = on_a_terminal(&home, &["release.md"], &[("TERM", term)]);
        let (why, rest) = text.split_once('\n').unwrap();
        assert!(why.contains("TERM") && rest.contains("Freeze the branch"), "{text}");
        assert!(!text.contains('\u{1b}') && code == 0, "{text:?}");
    }
}

#[test]
fn a_guide_cannot_come_from_a_closed_stream() {
    let ran = by_shell(&home(), "<&-", &["show", "-"]);
    assert_eq!((ran.code, ran.out.trim()), (0, ""));
    assert!(ran.err.contains("empty"), "{}", ran.err);
}

#[test]
fn what_was_asked_for_is_done_though_nobody_can_be_told() {
    let home = home();
    let ran = by_shell(&home, ">&-", &["tick", "1", "release.md"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(home.good(&["status", "release.md"]).contains("2/2"));
    let ran = by_shell(&home, "<&-", &["status", "release.md"]);
    assert!(ran.code == 0 && ran.out.contains("Freeze the branch"), "{ran:?}");
}

#[test]
fn who_has_had_enough_is_not_told_of_it() {
    let home = home();
    home.file("long.md", "A line of text.\n\n".repeat(20_000));
    let mut child = home.call(&["show", "long.md"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let ran = child.wait_with_output().unwrap();
    assert_eq!((ran.status.code(), ran.stderr.as_slice()), (Some(0), &b""[..]));
}

#[test]
fn three_variables_say_where_colours_are_wanted_and_the_words_stay_the_same() {
    let home = home();
    let plain = home.good(&["show", "--width", "90", "release.md"]);
    let on = |pairs: &[(&str, &str)]| on_a_terminal(&home, &["show", "--width", "90", "release.md"], pairs).0;
    let words = |text: &str| bare(text).lines().map(|l| l.trim_end().to_owned() + "\n").collect::<String>();
    for (pairs, wanted) in [
        (&[][..], true),
        (&[("NO_COLOR", "1")], false),
        (&[("NO_COLOR", "")], true),
        (&[("CLICOLOR", "0")], false),
        (&[("CLICOLOR", "0"), ("CLICOLOR_FORCE", "1")], true),
        (&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], false),
    ] {
        let text = on(pairs);
        assert_eq!(coloured(&text), wanted, "{pairs:?} {text:?}");
        assert!(text.contains("\u{1b}[1m") || text.contains("\u{1b}[1;"), "weight stays: {pairs:?} {text:?}");
        assert_eq!(words(&text), plain, "{pairs:?}");
    }
    let piped = |name: &str, value: &str| {
        let ran = home.call(&["show", "--width", "90", "release.md"]).env(name, value).output().unwrap();
        String::from_utf8(ran.stdout).unwrap()
    };
    assert!(coloured(&piped("CLICOLOR_FORCE", "1")) && words(&piped("CLICOLOR_FORCE", "1")) == plain);
    assert_eq!(piped("CLICOLOR_FORCE", "0"), plain);
    assert_eq!(piped("CLICOLOR", "1"), plain);
    let json = home.call(&["status", "--json", "release.md"]).env("CLICOLOR_FORCE", "1").output().unwrap();
    assert!(!json.stdout.contains(&0x1b), "programs get no colours");
}

#[test]
fn the_full_screen_has_no_colours_where_none_are_wanted_and_its_selection_still_shows() {
    for (name, value) in [("NO_COLOR", "1"), ("CLICOLOR", "0")] {
        let running = Terminal::new().file("release.md", GUIDE).args(&["release.md"]).variable(name, value).start();
        running.drawn().keys("3").wait("the selected row", |screen| {
            let cells = (0..40).flat_map(|row| (0..120).map(move |column| (row, column)));
            cells.filter_map(|(row, column)| screen.cell(row, column)).any(vt100::Cell::inverse)
        });
        running.keys("q");
        let bytes = running.end();
        assert!(!coloured(&String::from_utf8_lossy(&bytes)), "{name}");
    }
}

#[test]
fn without_a_keyboard_the_guide_is_printed() {
    // `setsid` leaves no terminal to read keys from; where it is not there, nothing is tried.
    let script = "command -v setsid >/dev/null || { echo skipped; exit; }; setsid -w \"$0\" release.md </dev/null";
    let running = Terminal::new().file("release.md", GUIDE).under("sh", &["-c", script]).start();
    running.wait("the text", |screen| {
        let text = screen.contents();
        text.contains("skipped") || text.contains("Freeze the branch") && !screen.alternate_screen()
    });
    assert_eq!(running.ends().0, 0);
}

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
            let ran = by_shell(&home, redirections, &[command, &["release.md"]].concat());
            assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{command:?} {redirections}");
        }
        // What goes to a closed stream must not end up in a file that took its number.
        let text = fs::read_to_string(journal(&home.path("state"))).unwrap();
        assert_eq!(text.lines().count(), 2, "{redirections}: {text}");
        assert!(text.lines().all(|line| line.starts_with('{') && line.ends_with('}')), "{redirections}: {text}");
        assert_eq!(fs::read_to_string(home.path("work/release.md")).unwrap(), GUIDE, "{redirections}");
    }
}

#[test]
fn what_cannot_be_told_still_shows_in_the_exit_code() {
    let home = home();
    for redirections in [">&- 2>&-", "<&- >&- 2>&-", "2>&-"] {
        assert_eq!(by_shell(&home, redirections, &["show", "missing.md"]).code, 2);
        assert_eq!(by_shell(&home, redirections, &["--nonsense"]).code, 2);
        assert_eq!(by_shell(&home, redirections, &["status", "--exit-code", "release.md"]).code, 1);
    }
    fs::write(home.path("state"), "a file in the folder's place").unwrap();
    assert_eq!(by_shell(&home, ">&- 2>&-", &["tick", "1", "release.md"]).code, 3);
}

#[test]
fn output_that_nobody_reads_is_no_error_and_what_was_changed_is_saved() {
    let home = home();
    for command in COMMANDS {
        let args = [command, &["release.md"]].concat();
        let ran = Ran::of(home.call(&args).stdout(unread()).output().unwrap());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{command:?}");
    }
    assert_eq!(fs::read_to_string(journal(&home.path("state"))).unwrap().lines().count(), 2);
    let mut child = home.call(&["walk", "release.md"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
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
