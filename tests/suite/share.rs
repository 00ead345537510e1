//! `jalon share`: what was private comes into the folder beside the guide, whole, once, whatever happens meanwhile;
//! and what others put there is told.

use crate::commands::{Home, Ran};
use crate::journal::strace;
use crate::pty::Terminal;
use jalon::guide::{CleanText, Guide, Origin};
use jalon::progress::{Change, Dot, Hlc, Op, Record, Subject};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

const GUIDE: &str = "# Release\n\n1. Freeze\n2. Build\n3. Deploy\n4. Announce\n\n## Rules\n\n- **Calm**: always.\n";

fn home() -> Home {
    let home = Home::new();
    home.file("guide.md", GUIDE);
    home
}

/// The groups of a status: all but where the progress lives.
fn groups(home: &Home, args: &[&str]) -> Value {
    let status: Value = serde_json::from_str(&home.good(&[&["status", "--json"], args].concat())).unwrap();
    status["groups"].clone()
}

/// The journal without devices and numbers: what `log` tells people.
fn log(home: &Home, args: &[&str]) -> String {
    home.good(&[&["log"], args].concat())
}

/// All files below a folder, by their paths in it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(inner) = open.pop() {
        for entry in fs::read_dir(inner).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() { open.push(path) } else { found.push(path.strip_prefix(folder).unwrap().to_owned()) }
        }
    }
    found.sort();
    found
}

/// Two runs with something of everything in them.
fn walk(home: &Home) {
    home.good(&["tick", "1", "guide.md"]);
    home.good(&["skip", "2", "--reason", "built already", "guide.md"]);
    home.good(&["note", "3", "at noon", "guide.md"]);
    home.good(&["tick", "Calm", "guide.md"]);
    home.good(&["tick", "4", "guide.md"]);
    home.good(&["undo", "guide.md"]);
    home.good(&["tick", "3", "guide.md", "--as", "bob"]);
    home.good(&["tick", "2", "guide.md", "--run", "autumn"]);
    home.good(&["archive", "autumn", "guide.md"]);
}

#[test]
fn what_was_private_is_shared_with_its_authors_and_times_and_can_still_be_undone() {
    let home = home();
    walk(&home);
    let before = (groups(&home, &["guide.md"]), log(&home, &["guide.md"]));
    let autumn = (groups(&home, &["guide.md", "--run", "autumn"]), log(&home, &["guide.md", "--run", "autumn"]));
    let journals = || {
        let all = files(&home.path("state")).into_iter().filter(|file| file.extension().is_some_and(|e| e == "jsonl"));
        all.map(|file| (fs::read(home.path("state").join(&file)).unwrap(), file)).collect::<Vec<_>>()
    };
    let private = journals();
    let said = home.good(&["share", "guide.md"]);
    let expected = ".jalon is made: progress lives there now, for everybody who has this folder.\n\
                    9 changes of yours brought in.\n\nTo hand it on:\n    git add .jalon\n    \
                    git commit -m 'Share progress'\n    git push\n";
    assert_eq!(said, expected);
    assert_eq!((groups(&home, &["guide.md"]), log(&home, &["guide.md"])), before);
    assert_eq!((groups(&home, &["guide.md", "--run", "autumn"]), log(&home, &["guide.md", "--run", "autumn"])), autumn);
    assert!(home.good(&["runs", "guide.md"]).contains("Archived\n  autumn"));
    assert!(!private.is_empty() && journals() == private, "nothing is taken away");
    assert_eq!(home.good(&["share", "guide.md"]), ".jalon is there already: progress is shared.\n");
    assert_eq!(log(&home, &["guide.md"]), before.1, "nothing is said twice");
    assert!(home.good(&["undo", "guide.md"]).starts_with("Taken back: affirmed, Calm."));
    assert!(home.good(&["redo", "guide.md"]).starts_with("Brought back: affirmed, Calm."));
    assert!(home.good(&["undo", "guide.md", "--as", "bob"]).starts_with("Taken back: done, Deploy."));
}

#[test]
fn what_is_one_s_own_stays_out_of_the_folder() {
    let home = home();
    walk(&home);
    home.good(&["share", "guide.md"]);
    home.good(&["tick", "4", "guide.md"]);
    let shared = files(&home.path("work/.jalon"));
    let (attributes, journals) = shared.split_first().unwrap();
    assert_eq!(attributes, Path::new(".gitattributes"));
    assert_eq!(fs::read_to_string(home.path("work/.jalon/.gitattributes")).unwrap(), "*.jsonl -text merge=union\n");
    // Lise in both runs, and Bob: each under one name, and none is the name that this machine knows itself by.
    assert_eq!(journals.len(), 3, "{journals:?}");
    let names: BTreeSet<_> = journals.iter().map(|j| j.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    assert_eq!(names.len(), 2);
    let devices: Vec<String> = ["lise", "bob"]
        .map(|who| fs::read_to_string(home.path("state/jalon/devices").join(who)).unwrap().trim().to_owned())
        .into();
    for journal in journals {
        let text = fs::read_to_string(home.path("work/.jalon").join(journal)).unwrap();
        assert!(devices.iter().all(|device| !text.contains(device) && !names.contains(device)), "{text}");
        assert!(!text.contains(home.path("").to_str().unwrap()));
    }
}

#[test]
fn two_guides_of_one_folder_share_it_without_mixing() {
    let home = home();
    home.file("other.md", GUIDE);
    home.good(&["tick", "1", "guide.md"]);
    home.good(&["tick", "2", "other.md"]);
    home.good(&["share", "guide.md"]);
    let told = home.run(&["status", "other.md"]);
    let hint = "1 change of yours stayed out of the shared folder: `jalon share other.md` brings it in";
    assert_eq!(told.complaint(), hint, "the folder is beside this guide too");
    assert!(told.out.contains("0/5"), "{}", told.out);
    let said = home.good(&["share", "other.md"]);
    assert!(said.starts_with(".jalon is there already: progress is shared.\n1 change of yours brought in."), "{said}");
    assert!(said.contains("git add .jalon"), "there is something to commit: {said}");
    let done = |guide: &str| {
        let all = groups(&home, &[guide]);
        let items = all[0]["items"].as_array().unwrap().clone();
        items.iter().map(|i| i["state"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(done("guide.md"), ["done", "todo", "todo", "todo"]);
    assert_eq!(done("other.md"), ["todo", "done", "todo", "todo"]);
}

#[test]
fn a_folder_that_came_with_a_pull_takes_what_was_private_without_losing_what_is_there() {
    let home = home();
    home.good(&["tick", "1", "guide.md"]);
    fs::create_dir(home.path("work/.jalon")).unwrap();
    // In the shared folder the device begins to count anew, so both have a record number one.
    home.run(&["tick", "2", "guide.md"]);
    home.run(&["tick", "3", "guide.md"]);
    home.run(&["undo", "guide.md"]);
    assert!(home.good(&["share", "guide.md"]).contains("1 change of yours brought in."));
    let states: Vec<String> =
        groups(&home, &["guide.md"])[0]["items"].as_array().unwrap().iter().map(|i| i["state"].to_string()).collect();
    assert_eq!(states, ["\"done\"", "\"done\"", "\"todo\"", "\"todo\""]);
    assert_eq!(log(&home, &["guide.md"]).lines().count(), 4);
}

#[test]
fn a_walk_that_was_started_over_in_private_ends_nobody_else_s() {
    let home = home();
    home.good(&["tick", "1", "guide.md"]);
    home.good(&["reset", "guide.md"]);
    home.good(&["tick", "2", "guide.md"]);
    let before = groups(&home, &["guide.md"]);
    let said = home.good(&["share", "guide.md"]);
    assert!(
        said.contains("1 change of yours brought in.\n1 change from before the run was started over stays"),
        "{said}"
    );
    assert_eq!(groups(&home, &["guide.md"]), before);
    let state = home.path("state/jalon");
    let private = log(&home, &["guide.md", "--progress", state.to_str().unwrap()]);
    assert_eq!(private.lines().count(), 3, "nothing is lost: {private}");
}

#[test]
fn only_a_guide_with_a_place_beside_it_can_be_shared() {
    let home = home();
    for args in [&["share"][..], &["share", "-"]] {
        assert!(home.bad(args, 2).contains("`jalon share GUIDE`"), "{args:?}");
    }
    assert!(home.bad(&["share", "--progress", "x", "guide.md"], 2).contains("--progress"));
    assert!(home.bad(&["share", "nowhere.md"], 2).starts_with("nowhere.md: "));
    assert!(home.bad(&["share", "--lang", "fr"], 2).contains("«\u{a0}jalon share GUIDE\u{a0}»"));
    assert!(!home.path("work/.jalon").exists());
}

#[test]
fn what_stands_in_the_folder_s_place_is_named_and_left_alone() {
    let home = home();
    let jalon = home.path("work/.jalon");
    fs::write(&jalon, "mine").unwrap();
    let told = home.bad(&["share", "guide.md"], 3);
    let named = jalon.canonicalize().unwrap();
    assert_eq!(
        told,
        format!("{}: a link or a file stands where the folder should; move it away and try again", named.display())
    );
    assert_eq!(fs::read_to_string(&jalon).unwrap(), "mine");
    fs::remove_file(&jalon).unwrap();
    fs::create_dir(home.path("elsewhere")).unwrap();
    std::os::unix::fs::symlink(home.path("elsewhere"), &jalon).unwrap();
    assert!(home.bad(&["share", "guide.md"], 3).contains(".jalon: a link or a file"));
    assert_eq!(files(&home.path("elsewhere")), Vec::<PathBuf>::new());
    fs::remove_file(&jalon).unwrap();
    // Deeper in, it is what a repository may bring.
    fs::create_dir(&jalon).unwrap();
    home.run(&["tick", "1", "guide.md", "--progress", home.path("state/jalon").to_str().unwrap()]);
    std::os::unix::fs::symlink(home.path("elsewhere"), jalon.join("guide")).unwrap();
    assert!(home.bad(&["share", "guide.md"], 3).contains("Not saved: "));
    assert_eq!(files(&home.path("elsewhere")), Vec::<PathBuf>::new());
}

#[test]
fn a_folder_that_cannot_be_written_in_is_named_and_sharing_goes_on_once_it_can() {
    if !strace() {
        return;
    }
    for (call, errno, told) in [
        ("mkdir", "EACCES", "permission denied"),
        ("mkdir", "EROFS", "is read-only"),
        ("mkdir", "ENOSPC", "disk is full"),
        ("fdatasync", "EIO", "Check the disk"),
    ] {
        let home = home();
        home.good(&["tick", "1", "guide.md"]);
        let ran = Ran::of(traced(&home, &format!("inject={call}:error={errno}:when=1")));
        assert_eq!((ran.code, ran.out.as_str()), (3, ""), "{call} {errno}");
        let complaint = ran.complaint();
        let work = home.path("work").canonicalize().unwrap();
        assert!(complaint.contains(told) && complaint.contains(work.to_str().unwrap()), "{complaint}");
        home.good(&["share", "guide.md"]);
        assert_eq!(log(&home, &["guide.md"]).lines().count(), 1, "{call} {errno}");
    }
}

/// `share` under strace, which makes a call fail, or kills at it.
fn traced(home: &Home, inject: &str) -> Output {
    let plain = home.call(&["share", "guide.md"]);
    let mut command = Command::new("strace");
    command.args(["-f", "-o", home.path("trace").to_str().unwrap(), "-e", inject]).arg(plain.get_program());
    command.args(plain.get_args()).env_clear().current_dir(home.path("work"));
    command.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default()).stdin(Stdio::null());
    command.output().unwrap()
}

#[test]
fn killed_at_any_moment_it_is_finished_by_the_next_call() {
    let home = home();
    walk(&home);
    let (expected, told) = (groups(&home, &["guide.md"]), log(&home, &["guide.md"]));
    let autumn = log(&home, &["guide.md", "--run", "autumn"]);
    let (mut broken, mut partial) = (0, 0);
    for round in 0..60 {
        let _ = fs::remove_dir_all(home.path("work/.jalon"));
        let mut child = home.call(&["share", "guide.md"]).stdout(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_micros(round * 250));
        child.kill().unwrap();
        broken += u32::from(!child.wait().unwrap().success());
        let there = files(&home.path("work/.jalon"));
        partial += u32::from(!there.is_empty() && there.len() < 4);
        home.good(&["share", "guide.md"]);
        assert_eq!(groups(&home, &["guide.md"]), expected, "round {round}");
        assert_eq!(log(&home, &["guide.md"]), told, "round {round}");
        assert_eq!(log(&home, &["guide.md", "--run", "autumn"]), autumn, "round {round}");
    }
    println!("60 kills: {broken} in time, {partial} with a part of it on disk, 0 lost, 0 doubled");
    assert!(broken > 0, "never killed in time: the test tests nothing");
}

#[test]
fn killed_at_each_write_it_is_finished_by_the_next_call() {
    if !strace() {
        return;
    }
    let home = home();
    walk(&home);
    let told = (log(&home, &["guide.md"]), log(&home, &["guide.md", "--run", "autumn"]));
    let mut kills = 0;
    for call in ["mkdir", "write", "fdatasync", "fsync"] {
        for when in 1.. {
            let _ = fs::remove_dir_all(home.path("work/.jalon"));
            let ended = traced(&home, &format!("inject={call}:signal=SIGKILL:when={when}")).status.success();
            home.good(&["share", "guide.md"]);
            let after = (log(&home, &["guide.md"]), log(&home, &["guide.md", "--run", "autumn"]));
            assert_eq!(after, told, "killed at {call} number {when}");
            if ended {
                break;
            }
            kills += 1;
        }
    }
    println!("{kills} moments of death, each finished by the next call");
    assert!(kills > 10, "{kills}");
}

/// A journal of one tick of the first step, as somebody else may push it: any name, any time.
fn journal_of(device: &str, by: &str, millis: i64) -> String {
    let guide = Guide::parse(GUIDE, &Origin { name: "guide".into(), base_url: None });
    let change = Change { subject: Subject::of_item(&guide, 0), op: Op::Done };
    let (dot, at) = (Dot { device: device.into(), n: 1 }, Hlc { millis, counter: 0 });
    let line = Record { dot, at, by: CleanText::line("NAME"), change }.to_line();
    let body = line.rsplit_once(",\"c\":").unwrap().0.replace("\"NAME\"", &serde_json::to_string(by).unwrap());
    format!("{body},\"c\":\"{:08x}\"}}\n", crc32fast::hash(body.as_bytes()))
}

#[test]
fn what_others_put_in_the_folder_is_told_by_name_and_drives_no_terminal() {
    let home = home();
    home.good(&["share", "guide.md"]);
    let folder = home.path("work/.jalon/guide/default");
    fs::create_dir_all(&folder).unwrap();
    let now = jalon::edge::clock::now();
    let put = |name: &str, text: String| fs::write(folder.join(name), text).unwrap();
    put("bob-55667788.jsonl", journal_of("bob-55667788", "bob", now + 3 * 86_400_000 + 60_000));
    put("eve-55667788.jsonl", journal_of("eve-55667788", "e\u{1b}]0;owned\u{7}\u{202e}v\u{9b}31me\n", now));
    put("bill-55667788.jsonl", journal_of("eve-55667788", "eve", now));
    put("a (conflicted copy).jsonl", journal_of("bob-55667788", "bob", now));
    assert!(Command::new("mkfifo").arg(folder.join("pipe-55667788.jsonl")).status().unwrap().success());
    let ran = home.run(&["status", "guide.md"]);
    assert_eq!(ran.code, 0);
    let expected = [
        "bill-55667788.jsonl: of another device than its name says",
        "a (conflicted copy).jsonl, one of 2, is no device’s journal: jalon does not read them, take them away",
        "bob’s clock is 3 days ahead: their changes win until then",
    ];
    assert_eq!(ran.err.lines().count(), expected.len(), "{}", ran.err);
    for told in expected {
        assert!(ran.err.lines().any(|l| l.ends_with(told)), "{told}\n{}", ran.err);
    }
    let log = home.run(&["log", "guide.md"]).out;
    assert!(log.contains("bob") && log.contains('e') && log.chars().all(|c| c == '\n' || !c.is_control()), "{log:?}");
    assert!(!log.contains('\u{202e}'));
    // In the reader: what it writes is judged byte by byte. One trouble at a time, Esc shows the one before.
    let guide = home.path("work/guide.md");
    let reader = Terminal::new().args(&[guide.to_str().unwrap()]).start();
    reader.sees("étapes 1/4").sees("L’horloge de bob avance de 3 jours").keys("\x1b").sees("conflicted copy");
    reader.keys("\x1b").sees("bill-55667788.jsonl").keys("\x1b");
    reader.wait("all told", |s| !s.contents().contains("jsonl"));
    reader.keys("q");
    assert_eq!(reader.ends().0, 0);
}
