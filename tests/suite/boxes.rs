//! `--write-boxes`: ticks that go into the guide's file too, by the shell and by the reader.

use crate::commands::Home;
use crate::pty::Terminal;
use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Stdio;

const LIST: &str = "\u{feff}# Liste\r\n\r\n- [ ] un\r\n- [x] deux\r\n- [ ] trois\r\n";

#[test]
fn boxes_are_written_into_the_file_where_one_asks_for_it_and_nothing_else_of_it_changes() {
    let text = "\u{feff}---\r\ntitle: T\r\n---\r\n\r\n- [ ] un\r\n- [ ] un\r\n  1. [X] trois \r\n> - [ ] quatre\r\n";
    let home = Home::new();
    home.file("a.md", text);
    let bytes = || fs::read(home.path("work/a.md")).unwrap();
    home.good(&["tick", "2", "a.md"]);
    assert_eq!(bytes(), text.as_bytes(), "only where it is asked for");
    let ticked = text.replacen("- [ ] un\r\n  1", "- [x] un\r\n  1", 1);
    assert!(home.good(&["--write-boxes", "tick", "2", "a.md"]).contains("already"));
    assert_eq!(bytes(), ticked.as_bytes(), "the journal had it, now the file has it too");
    home.good(&["untick", "3", "a.md", "--write-boxes"]);
    assert_eq!(bytes(), ticked.replace("[X]", "[ ]").as_bytes());
    home.good(&["--write-boxes", "skip", "2", "--reason", "no", "a.md"]);
    home.good(&["--write-boxes", "tick", "4", "a.md"]);
    let last = text.replace("[X]", "[ ]").replace("[ ] quatre", "[x] quatre");
    assert_eq!(bytes(), last.as_bytes(), "what is skipped has an open box");
    assert_eq!(fs::read_dir(home.path("work")).unwrap().count(), 1, "no draft stays");
}

#[test]
fn a_box_that_cannot_be_written_is_told_also_by_the_exit_code_and_the_tick_is_kept() {
    let home = Home::new();
    home.file("b.md", b"- [ ] un\n- [ ] deux\n\xff");
    let told = |args: &[&str]| {
        let ran = home.run(args);
        assert_eq!(ran.code, 3, "the tick is on disk, but that was half of what was asked for");
        ran.err
    };
    assert!(told(&["--write-boxes", "tick", "1", "b.md"]).contains("not all UTF-8"));
    assert!(told(&["--write-boxes", "tick", "1"]).contains("no file"));
    let sixteen: Vec<u8> = "\u{feff}- [ ] un\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    home.file("c.md", &sixteen);
    assert!(told(&["--write-boxes", "tick", "1", "c.md"]).contains("UTF-16"));
    for name in ["b.md", "c.md"] {
        let status = home.run(&["status", "--format", "{done}", name]);
        assert_eq!(status.out, "1\n", "{name}");
    }
    assert_eq!(fs::read(home.path("work/c.md")).unwrap(), sixteen);
    // A walk tells it in the same way.
    let mut walk = home.call(&["--write-boxes", "walk", "b.md"]);
    let mut walk = walk.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    walk.stdin.take().unwrap().write_all(b"done\nquit\n").unwrap();
    let walked = walk.wait_with_output().unwrap();
    assert_eq!(walked.status.code(), Some(3), "{}", String::from_utf8_lossy(&walked.stderr));
    // A setting that holds for every guide asks nothing of one that has no file.
    home.file("boxes.toml", "write_boxes = true\n");
    home.good(&["--config", "boxes.toml", "tick", "2"]);
}

#[test]
fn a_box_that_is_refused_on_the_way_out_is_told_by_the_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    let running = reader(folder.path());
    let file = folder.path().join("liste.md");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).unwrap();
    running.keys("xq");
    let (code, screen) = running.ends();
    assert_eq!(code, 3, "{screen}");
}

/// The reader on a list that it writes its ticks into, with the checklist in front.
fn reader(folder: &Path) -> crate::pty::Running {
    let file = folder.join("liste.md");
    fs::write(&file, LIST).unwrap();
    let running = Terminal::new().args(&["--write-boxes", file.to_str().unwrap()]).start();
    running.sees("trois").keys("3gj");
    running
}

#[test]
fn the_reader_writes_its_ticks_and_its_own_writing_is_no_news() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("liste.md");
    let running = reader(folder.path());
    let holds = |text: String| {
        running.wait("the file to hold the ticks", |_| fs::read_to_string(&file).unwrap() == text);
    };
    running.keys("x");
    holds(LIST.replace("[ ] un", "[x] un"));
    running.keys("jx");
    holds(LIST.replace("[ ] un", "[x] un").replace("[x] deux", "[ ] deux"));
    running.keys("uu");
    holds(LIST.to_owned());
    let screen = running.wait("the undone steps", |s| s.contents().contains("1/3"));
    assert!(!screen.contains("guide relu"), "{screen}");
    // What somebody else writes is news as ever.
    fs::write(&file, LIST.replace("trois", "quatre")).unwrap();
    running.sees("guide relu");
}

#[test]
fn ticks_on_the_way_out_reach_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let running = reader(folder.path());
    running.keys("xjjxq");
    assert_eq!(running.ends().0, 0);
    let text = fs::read_to_string(folder.path().join("liste.md")).unwrap();
    assert_eq!(text, LIST.replace("[ ]", "[x]"));
}

#[test]
fn a_call_writes_into_the_file_as_it_is_now() {
    let home = Home::new();
    home.file("a.md", LIST).good(&["--write-boxes", "tick", "1", "a.md"]);
    let edited = LIST.replace("[ ] un", "[x] UN");
    home.file("a.md", &edited).good(&["--write-boxes", "untick", "1", "a.md"]);
    assert_eq!(fs::read_to_string(home.path("work/a.md")).unwrap(), edited.replace("[x] UN", "[ ] UN"));
}
