//! `jalon walk`: the whole journey by typed answers, through a pipe and on a terminal, with nothing but text.

use crate::commands::{Home, Ran};
use crate::pty::{LONG, Terminal};
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdout, Stdio};
use std::time::Instant;

/// A list as a team writes one.
const MOVE: &str = "\
# Moving the office

## Before

1. Tell the landlord. Three months ahead.
2. Order the boxes.

## Values

- **Calm**: nobody carries more than one box.

Ask <moving@example.org>.
";

/// A walk with all answers given at once.
fn walk(home: &Home, args: &[&str], answers: &str) -> Ran {
    let mut child = start(home, args, &[]);
    child.stdin.take().unwrap().write_all(answers.as_bytes()).unwrap();
    Ran::of(child.wait_with_output().unwrap())
}

fn start(home: &Home, args: &[&str], variables: &[(&str, &str)]) -> Child {
    let mut call = home.call(&[&["walk"], args].concat());
    call.envs(variables.iter().copied()).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    call.spawn().unwrap()
}

fn status(home: &Home, guide: &str) -> Value {
    serde_json::from_str(&home.good(&["status", "--json", guide])).unwrap()
}

/// Reads up to a line that ends so, and gives all of it.
fn until(out: &mut BufReader<ChildStdout>, end: &str) -> String {
    let mut all = String::new();
    while !all.trim_end().ends_with(end) {
        assert_ne!(out.read_line(&mut all).unwrap(), 0, "it ended before {end:?}:\n{all}");
    }
    all
}

#[test]
fn the_whole_journey_goes_through_a_pipe() {
    let home = Home::new();
    home.file("move.md", MOVE);
    // Open; find the next step; tick; note; copy the address; leave.
    let ran = walk(&home, &["move.md"], "done\nnote ask Zoé for the van\ncontacts\n1\nquit\n");
    let expected = "\
Moving the office (progress: 0 of 3)

Before (progress: 0 of 2)
Step 1 of 3, to do: Tell the landlord

  1. Tell the landlord. Three months ahead.

done, skip, note, next, help?
1. Tell the landlord: done.

Before (progress: 1 of 2)
Step 2 of 3, to do: Order the boxes

  2. Order the boxes.

done, skip, note, next, help?
2. Order the boxes: note added.
done, skip, note, next, help?
1. moving@example.org, mail, Values
Number to copy? (nothing: go back)
no clipboard: nothing but text can be sent this way; here is the address
moving@example.org
done, skip, note, next, help?
";
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, expected, ""));
    let items = &status(&home, "move.md")["groups"][0]["items"];
    assert_eq!((&items[0]["state"], &items[0]["by"]), (&"done".into(), &"lise".into()));
    assert_eq!((&items[1]["state"], &items[1]["note"]), (&"todo".into(), &"ask Zoé for the van".into()));
    let again = walk(&home, &["move.md"], "");
    assert!(again.out.contains("Step 2 of 3, to do: Order the boxes\nNote: ask Zoé for the van\n"), "{}", again.out);
}

#[test]
fn the_journey_goes_in_french_with_words_of_either_language() {
    let home = Home::new();
    home.file("move.md", MOVE);
    let answers = "suivant\nPRECEDENT\nf\npasser\ntrop tôt\nAffirmer\nundo\nannuler\nétat\nquitter\n";
    let ran = walk(&home, &["--lang", "fr", "move.md"], answers);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let said = ran.out.replace('\u{a0}', " ");
    for line in ["1. Tell the landlord : fait.", "2. Order the boxes : passé.", "Tout est fait.", "annulé : « Calm »"]
    {
        assert!(said.lines().any(|l| l == line), "{line}\n{said}");
    }
    assert!(said.contains("2. Order the boxes : à faire\n"), "{said}");
    assert!(!said.contains("inconnue"), "{said}");
}

#[test]
fn what_is_said_to_be_done_is_on_disk_already() {
    let home = Home::new();
    home.file("move.md", MOVE);
    let mut child = start(&home, &["move.md"], &[]);
    let (mut answers, mut out) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    until(&mut out, "help?");
    answers.write_all(b"done\n").unwrap();
    until(&mut out, "landlord: done.");
    // It may die at any moment now.
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(status(&home, "move.md")["done"], 1);
}

#[test]
fn the_end_of_input_is_a_quiet_end_and_leaves_no_trace() {
    let home = Home::new();
    home.file("move.md", MOVE);
    for answers in ["", "next\nhelp\n", "skip\n", "note", "\u{0}\u{ff}\n"] {
        let ran = walk(&home, &["move.md"], answers);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{answers:?}");
    }
    assert!(!home.path("state").exists(), "who only looks leaves no trace");
    let endless = "x".repeat(100_000) + "\nquit\n";
    let ran = walk(&home, &["move.md"], &endless);
    assert_eq!(ran.code, 0, "an answer that never ends is cut");
    assert!(ran.out.matches("Not understood").count() >= 1);
}

#[test]
fn what_cannot_be_saved_is_told_and_ends_with_3() {
    let home = Home::new();
    home.file("move.md", MOVE);
    fs::write(home.path("state"), "a file in the folder's place").unwrap();
    let ran = walk(&home, &["move.md"], "done\nstatus\nquit\n");
    assert_eq!(ran.code, 3);
    assert!(ran.err.lines().any(|l| l.contains("Not saved") && l.contains("state")), "{}", ran.err);
    assert!(!ran.out.contains("landlord: done") && ran.out.contains("1. Tell the landlord: to do"), "{}", ran.out);
}

#[test]
fn what_was_saved_after_all_is_not_counted_as_lost() {
    let home = Home::new();
    home.file("move.md", MOVE);
    fs::write(home.path("state"), "a file in the folder's place").unwrap();
    let mut child = start(&home, &["move.md"], &[]);
    let (mut answers, mut out) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    until(&mut out, "help?");
    answers.write_all(b"done\n").unwrap();
    until(&mut out, "help?");
    fs::remove_file(home.path("state")).unwrap();
    answers.write_all(b"done\n").unwrap();
    until(&mut out, "landlord: done.");
    drop(answers);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn edits_of_the_guide_and_ticks_of_others_are_seen_between_two_answers() {
    let home = Home::new();
    home.file("move.md", MOVE);
    let mut child = start(&home, &["move.md"], &[]);
    let (mut answers, mut out) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    until(&mut out, "help?");
    home.good(&["tick", "2", "move.md", "--as", "bob"]);
    home.file("move.md", MOVE.replace("# Moving the office", "# Moving out"));
    answers.write_all(b"status\n").unwrap();
    let said = until(&mut out, "Calm: to do");
    assert!(said.starts_with("guide read again\nMoving out (progress: 1 of 3)\n"), "{said}");
    assert!(said.contains("2. Order the boxes: done just now (") && said.contains(", bob)"), "{said}");
    // The step that one is at goes away: the tick must not land on another.
    home.file("move.md", MOVE.replace("1. Tell the landlord. Three months ahead.\n2. ", "1. Paint it.\n2. "));
    answers.write_all(b"done\n").unwrap();
    let said = until(&mut out, "Paint it.");
    assert!(said.contains("nothing was done.\n"), "{said}");
    drop((answers, out));
    child.wait().unwrap();
    assert_eq!(status(&home, "move.md")["groups"][0]["items"][0]["state"], "todo");
}

#[test]
fn an_address_is_copied_by_the_program_that_the_surroundings_have() {
    let home = Home::new();
    home.file("move.md", MOVE);
    let folder = home.path("bin");
    fs::create_dir(&folder).unwrap();
    let program = folder.join("wl-copy");
    fs::write(&program, format!("#!/bin/sh\ncat > {}\n", home.path("clipboard").display())).unwrap();
    fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    let mut child = start(&home, &["move.md"], &[("WAYLAND_DISPLAY", "wayland-0"), ("PATH", &path)]);
    child.stdin.take().unwrap().write_all(b"copy 1\n").unwrap();
    let ran = Ran::of(child.wait_with_output().unwrap());
    assert!(ran.out.contains("copied: moving@example.org (wl-copy)\n"), "{}", ran.out);
    assert_eq!(fs::read_to_string(home.path("clipboard")).unwrap(), "moving@example.org");
}

#[test]
fn a_guide_from_standard_input_leaves_the_answers_to_the_terminal() {
    let script = "printf '# Une\\n\\n1. Alpha\\n2. Beta\\n' | \"$0\" walk --lang en -";
    let running = Terminal::new().under("sh", &["-c", script]).start();
    running.sees("Step 1 of 2, to do: Alpha").keys("next\r").sees("Step 2 of 2").keys("\x04");
    let bytes = running.end();
    assert!(!bytes.contains(&0x1b));
}

#[test]
fn on_a_terminal_answers_are_typed_behind_the_question_and_only_text_is_written() {
    for term in ["xterm-256color", "dumb"] {
        let running =
            Terminal::new().args(&["walk", "--lang", "en", "--theme", "night"]).variable("TERM", term).start();
        running.sees("done, skip, note, next, help? ");
        running.keys("done\r").sees("Rassemblez une équipe de co-animateurs: done.").sees("Step 2 of 9");
        running.keys("note à voir\r").sees("note added.").keys("quit\r");
        let screen = running.screen();
        assert!(screen.contains("help? done\n"), "the answer stands behind the question: {screen}");
        let bytes = running.end();
        assert!(!bytes.contains(&0x1b), "{}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn on_a_terminal_the_address_is_sent_to_it_and_a_plain_one_gets_it_in_the_open() {
    let walk = |term: &str| {
        let running = Terminal::new().args(&["walk", "--lang", "en"]).variable("TERM", term).start();
        running.sees("help? ").keys("copy 1\rquit\r");
        let deadline = Instant::now() + LONG;
        while !running.screen().contains("contact@cto-de-lyon.fr\n") && Instant::now() < deadline {
            std::thread::yield_now();
        }
        String::from_utf8(running.end()).unwrap()
    };
    let able = walk("xterm-256color");
    assert!(able.contains("\x1b]52;c;Y29udGFjdEBjdG8tZGUtbHlvbi5mcg==\x1b\\"), "{able:?}");
    assert!(able.contains("sent to the terminal: contact@cto-de-lyon.fr\r\n"), "{able}");
    assert_eq!(able.matches('\x1b').count(), 2);
    let plain = walk("dumb");
    assert!(!plain.contains('\x1b') && plain.contains("\r\ncontact@cto-de-lyon.fr\r\n"), "{plain}");
}

#[test]
fn boxes_are_written_where_the_configuration_wishes_so() {
    let home = Home::new();
    home.file("list.md", "- [ ] un\n").file("config.toml", "write_boxes = true\n");
    let ran = walk(&home, &["--config", "config.toml", "list.md"], "done\nquit\n");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(fs::read_to_string(home.path("work/list.md")).unwrap(), "- [x] un\n");
}

#[test]
fn boxes_are_written_into_the_file_where_one_wishes_so() {
    let home = Home::new();
    let boxes = |a: char, b: char| format!("# Liste\n\n- [{a}] un\n- [{b}] deux\n");
    home.file("list.md", boxes(' ', ' '));
    let ran = walk(&home, &["--write-boxes", "list.md"], "done\ndone\nundo\nnote encore\nquit\n");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(fs::read_to_string(home.path("work/list.md")).unwrap(), boxes('x', ' '));
    assert!(!ran.out.contains("read again"), "one's own hand is no news: {}", ran.out);
    assert!(ran.out.contains("2. deux: note added."), "{}", ran.out);
}
