//! Outside a terminal, and on poor ones: the guide is read all the same, nothing hangs, nothing is garbled. Each
//! surrounding is tried on a guide that is not the built-in one.

use crate::commands::{Home, bare, on_a_terminal};
use crate::pty::Terminal;
use std::process::{Command, Stdio};

const GUIDE: &str = "# Release\n\n- [ ] Freeze the branch\n- [x] Tell the *team*\n";

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

/// A call under a shell that closes some of the standard streams first.
fn closed(home: &Home, how: &str, args: &str) -> (Option<i32>, String, String) {
    let line = format!("\"$0\" {args} {how}");
    let mut shell = Command::new("sh");
    shell.args(["-c", &line, env!("CARGO_BIN_EXE_jalon")]).env_clear().current_dir(home.path("work"));
    shell
        .env("HOME", home.path(""))
        .env("XDG_STATE_HOME", home.path("state"))
        .env("USER", "lise")
        .env("TERM", "xterm-256color")
        .env("LANG", "C");
    let ran = shell.stdin(Stdio::null()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (ran.status.code(), text(ran.stdout), text(ran.stderr))
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
fn closed_streams_change_nothing_but_what_cannot_be_said() {
    let home = home();
    let (code, out, err) = closed(&home, "<&-", "status release.md");
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(out.contains("Freeze the branch"), "{out}");
    let (code, out, _) = closed(&home, "2>&-", "status gone.md");
    assert_eq!((code, out.as_str()), (Some(2), ""));
    let (code, _, err) = closed(&home, ">&-", "tick 1 release.md");
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(home.good(&["status", "release.md"]).contains("2/2"), "what was asked for is done all the same");
    let (code, out, err) = closed(&home, "<&- >&- 2>&-", "release.md");
    assert_eq!((code, out.as_str(), err.as_str()), (Some(0), "", ""));
}

#[test]
fn a_guide_cannot_come_from_a_closed_stream() {
    let home = home();
    let (code, out, err) = closed(&home, "<&-", "show -");
    assert_eq!((code, out.trim()), (Some(0), ""));
    assert!(err.contains("empty"), "{err}");
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
