//! The journal against crashes, other programs, damage and a disk that fails. Programs are this test binary itself,
//! started again with a task in the environment (`child`).

mod campaign;

use jalon::edge::journal::{Cause, Journal};
use jalon::edge::places::{GuideName, Place, Wanted};
use jalon::guide::{CleanText, ItemId, ItemKind};
use jalon::progress::{Change, Dot, Hlc, Log, Op, Record, Subject, read_lines};
use jalon::words::Trouble;
use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

const NOW: i64 = 1_795_510_800_000;

fn place(dir: &Path) -> Place {
    let wanted = Wanted { guide: GuideName::BuiltIn, run: "default", who: "lise", progress: None };
    Place::find(&wanted, Some(dir.join("state")))
}

fn open(dir: &Path) -> (Journal, Vec<Record>, Vec<Trouble>) {
    Journal::open(place(dir))
}

fn records(dir: &Path) -> Vec<Record> {
    open(dir).1
}

/// The folder of the journals.
fn folder(dir: &Path) -> PathBuf {
    place(dir).folder.unwrap()
}

/// The file of the device that ticks here; it ticked before.
fn file(dir: &Path) -> PathBuf {
    folder(dir).join(format!("{}.jsonl", place(dir).device))
}

fn tick(id: &str) -> Change {
    let subject = Subject {
        id: ItemId(id.into()),
        kind: Some(ItemKind::Step),
        label: CleanText::line("Choisissez votre plateforme"),
        path: "comment lancer".into(),
        place: 3,
        body: 7,
        ..Subject::default()
    };
    Change { subject, op: Op::Done }
}

fn ids(records: &[Record]) -> Vec<&str> {
    records.iter().map(|r| r.change.subject.id.0.as_str()).collect()
}

/// A record of another device, as a line.
fn line_of(device: &str, n: u64, at: i64, id: &str) -> String {
    let dot = Dot { device: device.into(), n };
    Record { dot, at: Hlc { millis: at, counter: 0 }, by: CleanText::line("bob"), change: tick(id) }.to_line()
}

/// This binary, about to do one task in `dir`. It says `ack <number> <id>` for each record that was acknowledged.
fn task(name: &str, dir: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    as_child(&mut command, name, dir);
    command
}

/// Put before the binary's path: `sh -c …`, `strace …`.
fn task_under(wrapper: &[&str], name: &str, dir: &Path) -> Command {
    let mut command = Command::new(wrapper[0]);
    command.args(&wrapper[1..]).arg(std::env::current_exe().unwrap());
    as_child(&mut command, name, dir);
    command
}

fn as_child(command: &mut Command, name: &str, dir: &Path) {
    command.args(["--exact", "journal::child", "--nocapture", "--test-threads=1"]);
    command.env("JALON_TEST_TASK", name).env("JALON_TEST_DIR", dir).stdout(Stdio::piped()).stderr(Stdio::piped());
}

/// The lines that begin with `word`, without it.
fn said(output: &[u8], word: &str) -> Vec<String> {
    let text = String::from_utf8_lossy(output);
    let whole = text.split_inclusive('\n').filter_map(|l| l.strip_suffix('\n'));
    whole.filter_map(|l| l.strip_prefix(word)?.strip_prefix(' ')).map(str::to_owned).collect()
}

fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).unwrap();
}

/// Not a test: what `task` starts. Without a task it does nothing.
#[test]
fn child() {
    let (Ok(name), Ok(dir)) = (std::env::var("JALON_TEST_TASK"), std::env::var("JALON_TEST_DIR")) else { return };
    let dir = Path::new(&dir);
    let (mut journal, known, _) = open(dir);
    say("\n");
    let mut append = |changes: &[Change]| match journal.append(changes, jalon::edge::clock::now()) {
        Ok(records) => {
            say(&records.iter().map(|r| format!("ack {} {}\n", r.dot.n, r.change.subject.id.0)).collect::<String>());
            true
        }
        Err(error) => {
            say(&format!("err {:?}\n", error.cause));
            false
        }
    };
    match name.split(' ').collect::<Vec<_>>().as_slice() {
        // Until it is killed, one to three ticks at a time.
        ["forever", mark] => {
            for turn in 0.. {
                let changes: Vec<Change> = (0..=turn % 3).map(|i| tick(&format!("{mark}-{turn}-{i}"))).collect();
                assert!(append(&changes));
            }
        }
        ["ticks", mark, count] => {
            for i in 0..count.parse().unwrap() {
                assert!(append(&[tick(&format!("{mark}-{i}"))]));
            }
        }
        ["retry"] => {
            let _ = append(&[tick("a")]) || append(&[tick("a")]);
        }
        ["until-refused"] => {
            for i in 0..50 {
                if !append(&[tick(&format!("{i}"))]) {
                    break;
                }
            }
        }
        ["list"] => {
            say(&known.iter().map(|r| format!("rec {} {}\n", r.dot.n, r.change.subject.id.0)).collect::<String>());
        }
        other => panic!("no such task: {other:?}"),
    }
}

/// Random enough for moments; the seed is told when a test fails.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

#[test]
fn kill_9_at_200_random_moments_loses_nothing_that_was_acknowledged() {
    let acknowledged = kills(20, 20);
    assert!(acknowledged >= 200, "only {acknowledged} ticks in 200 rounds: the test tests nothing");
}

/// Kills ten programs in a row in each of so many places, each within three milliseconds after one of its first ticks. Nothing acknowledged may be lost, nothing be there that
/// nobody asked for, no number be left out or given twice. Gives how many ticks were acknowledged.
fn kills(places: usize, most: u64) -> usize {
    let seed = jalon::edge::clock::now() as u64;
    let mut dice = Dice(seed);
    let (mut acknowledged, mut in_flight) = (0, 0);
    for _ in 0..places {
        let dir = tempfile::tempdir().unwrap();
        let mut acks: Vec<Vec<String>> = Vec::new();
        for round in 0..10 {
            let (ticks, after) = (1 + dice.below(most), Duration::from_micros(dice.below(3000)));
            acks.push(killed(dir.path(), &format!("r{round}"), ticks, after));
        }
        let listed = said(&task("list", dir.path()).output().unwrap().stdout, "rec");
        let there: BTreeSet<&String> = listed.iter().collect();
        let lost: Vec<_> = acks.iter().flatten().filter(|a| !there.contains(a)).collect();
        assert!(lost.is_empty(), "lost {lost:?}, seed {seed}");
        for (round, acks) in acks.iter().enumerate() {
            let (mark, acks): (String, BTreeSet<&String>) = (format!(" r{round}-"), acks.iter().collect());
            let extra = listed.iter().filter(|l| l.contains(&mark) && !acks.contains(l)).count();
            assert!(extra <= 3, "{extra} phantoms in round {round}, seed {seed}");
            in_flight += extra;
        }
        let numbers: Vec<u64> = listed.iter().map(|l| l.split(' ').next().unwrap().parse().unwrap()).collect();
        assert!(numbers.iter().copied().eq(1..=numbers.len() as u64), "gap in {numbers:?}, seed {seed}");
        acknowledged += acks.iter().map(Vec::len).sum::<usize>();
    }
    let kills = places * 10;
    println!("{kills} kills, {acknowledged} acknowledged, {in_flight} whole but not acknowledged, 0 lost, 0 invented");
    acknowledged
}

/// Lets a child tick, kills it some time after so many ticks were acknowledged, and returns all that were.
fn killed(dir: &Path, mark: &str, ticks: u64, after: Duration) -> Vec<String> {
    let mut child = task(&format!("forever {mark}"), dir).stderr(Stdio::null()).spawn().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut said_so_far = Vec::new();
    let mut heard = 0;
    while heard < ticks {
        let start = said_so_far.len();
        assert!(output.read_until(b'\n', &mut said_so_far).unwrap() > 0, "it ended by itself");
        heard += u64::from(said_so_far[start..].starts_with(b"ack "));
    }
    std::thread::sleep(after);
    child.kill().unwrap();
    output.read_to_end(&mut said_so_far).unwrap();
    child.wait().unwrap();
    said(&said_so_far, "ack")
}

#[test]
fn two_programs_at_once_lose_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let mut children = ["one", "two"].map(|mark| {
        let mut command = task(&format!("ticks {mark} 500"), dir.path());
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    });
    for child in &mut children {
        assert!(child.wait().unwrap().success());
    }
    let all = records(dir.path());
    assert_eq!(ids(&all).iter().collect::<BTreeSet<_>>().len(), 1000);
    let dots: BTreeSet<&Dot> = all.iter().map(|r| &r.dot).collect();
    assert_eq!(dots.len(), 1000, "each number is given once");
}

#[test]
fn a_thousand_records_cut_anywhere_keep_every_whole_one() {
    let lines: Vec<String> = (1..=1000).map(|n| line_of("bob-55667788", n, NOW, &format!("i{n}"))).collect();
    let bytes = lines.concat().into_bytes();
    let ends: Vec<usize> = lines
        .iter()
        .scan(0, |end, l| {
            *end += l.len();
            Some(*end)
        })
        .collect();
    // Whole lines before the cut are read the same wherever the cut is, so only the last two are read at every byte:
    // as they are, and with what a crash may leave behind them, and the next line appended as the journal does it.
    let next = line_of("bob-55667788", 1001, NOW, "next");
    for (k, line) in lines.iter().enumerate() {
        let before = if k == 0 { String::new() } else { lines[k - 1].clone() };
        for cut in 0..=line.len() {
            let part = [before.as_bytes(), &line.as_bytes()[..cut]].concat();
            let read = read_lines(&part, "bob-55667788");
            // Without its line feed only, the record is whole all the same.
            let whole = usize::from(k > 0) + usize::from(cut + 1 >= line.len());
            let ended = before.len() + if cut == line.len() { cut } else { 0 };
            assert_eq!((read.records.len(), read.bad, read.whole), (whole, 0, ended), "line {k} cut at {cut}");
            // Each byte of a line meets each of these in some line.
            let tail = [&b""[..], &[0; 70], b"{\"v\":1,\"n\":", b"\xff\xfe\n\n{}\n"][(cut + k) % 4];
            let torn = [&part, tail].concat();
            let heal = if torn.is_empty() || torn.ends_with(b"\n") { &b""[..] } else { b"\n" };
            let read = read_lines(&[&torn, heal, next.as_bytes()].concat(), "bob-55667788").records;
            // A record whose line feed is lost may be spoiled by what follows; nobody was told that it was saved.
            let first = if k == 0 { 1 } else { k as u64 };
            let ended = usize::from(k > 0) + usize::from(cut == line.len());
            let numbers: Vec<u64> = read.iter().map(|r| r.dot.n).collect();
            assert!(
                (first..).zip(&numbers).take(ended).all(|(n, found)| n == *found),
                "{numbers:?}, line {k} cut at {cut}"
            );
            assert_eq!(numbers.last(), Some(&1001), "line {k} cut at {cut}, then {tail:?}");
        }
    }
    for cut in (0..bytes.len()).step_by(9973).chain([bytes.len()]) {
        let whole = ends.iter().filter(|&&end| end <= cut + 1).count();
        let kept = read_lines(&bytes[..cut], "bob-55667788").records;
        assert!(kept.len() == whole && kept.iter().zip(1..).all(|(r, n)| r.dot.n == n), "cut at {cut}");
        for tail in [&[0u8; 700][..], b"{\"v\":1,\"n\":", b"\xff\xfe\n\n{}\n", b"\0\0\n\0"] {
            let damaged = [&bytes[..cut], b"\n", tail, b"\n", lines[0].as_bytes()].concat();
            let read = read_lines(&damaged, "bob-55667788").records;
            assert_eq!(read.len(), whole + 1, "cut at {cut}, then {tail:?}");
        }
    }
}

#[test]
fn the_next_append_after_a_torn_one_can_be_read() {
    let whole: Vec<u8> = {
        let dir = tempfile::tempdir().unwrap();
        let (mut journal, ..) = open(dir.path());
        journal.append(&[tick("a"), tick("b")], NOW).unwrap();
        fs::read(file(dir.path())).unwrap()
    };
    let first = whole.iter().position(|&b| b == b'\n').unwrap() + 1;
    let line = String::from_utf8(whole.clone()).unwrap();
    let device = line.split("\"dev\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    for cut in (0..whole.len()).step_by(7).chain([first - 1, first, whole.len() - 1]) {
        for padding in [&b""[..], &[0; 64]] {
            let dir = tempfile::tempdir().unwrap();
            fs::create_dir_all(dir.path().join("state/devices")).unwrap();
            fs::write(dir.path().join("state/devices/lise"), &device).unwrap();
            fs::create_dir_all(folder(dir.path())).unwrap();
            let torn = [&whole[..cut], padding].concat();
            fs::write(file(dir.path()), &torn).unwrap();
            let (mut journal, known, troubles) = open(dir.path());
            assert!(troubles.is_empty(), "an unacknowledged write is no trouble: {troubles:?}");
            let added = journal.append(&[tick("c")], NOW).unwrap();
            assert_eq!(added[0].dot.n, known.len() as u64 + 1);
            assert!(fs::read(file(dir.path())).unwrap().starts_with(&torn), "nothing is rewritten");
            let after = records(dir.path());
            assert_eq!(after.len(), known.len() + 1, "cut at {cut}");
            assert_eq!(after.last(), added.last());
        }
    }
}

#[test]
fn damage_in_the_middle_is_told_and_kept() {
    let dir = tempfile::tempdir().unwrap();
    let (mut journal, ..) = open(dir.path());
    journal.append(&[tick("a"), tick("b"), tick("c")], NOW).unwrap();
    let path = file(dir.path());
    let damaged = fs::read_to_string(&path).unwrap().replacen("\"item\":\"b\"", "\"item\":\"x\"", 1);
    fs::write(&path, &damaged).unwrap();
    let (mut journal, known, troubles) = open(dir.path());
    assert_eq!(ids(&known), ["a", "c"]);
    assert_eq!(troubles, [Trouble::Damaged(CleanText::line(&path.to_string_lossy()), 1)]);
    journal.append(&[tick("d")], NOW).unwrap();
    assert!(fs::read_to_string(&path).unwrap().starts_with(&damaged));
}

#[test]
fn lines_of_a_newer_version_are_kept_byte_for_byte() {
    let dir = tempfile::tempdir().unwrap();
    open(dir.path()).0.append(&[tick("a")], NOW).unwrap();
    let path = file(dir.path());
    let line = fs::read_to_string(&path).unwrap();
    let body = line.get(..line.len() - 17).unwrap();
    let sealed = |body: String| format!("{body},\"c\":\"{:08x}\"}}\n", crc32fast::hash(body.as_bytes()));
    let newer = sealed(body.replace("\"v\":1,\"n\":1", "\"v\":2,\"n\":2"));
    let unknown_op = sealed(body.replace("\"n\":1", "\"n\":3").replace("\"op\":\"done\"", "\"op\":\"assign\""));
    let more = sealed(format!(
        "{},\"mood\":[1,{{}}]",
        body.replace("\"n\":1", "\"n\":4").replace("\"item\":\"a\"", "\"item\":\"m\"")
    ));
    let before = [line.as_str(), &newer, &unknown_op, &more].concat();
    fs::write(&path, &before).unwrap();
    let (mut journal, known, troubles) = open(dir.path());
    assert_eq!(ids(&known), ["a", "m"]);
    assert_eq!(troubles, [Trouble::Newer(CleanText::line(&path.to_string_lossy()), 2)]);
    journal.append(&[tick("b")], NOW).unwrap();
    assert!(fs::read_to_string(&path).unwrap().starts_with(&before));
    assert_eq!(ids(&records(dir.path())), ["a", "m", "b"]);
}

#[test]
fn another_program_sees_what_was_ticked_and_only_once() {
    let dir = tempfile::tempdir().unwrap();
    let (mut first, ..) = open(dir.path());
    first.prepare().unwrap();
    let (mut second, ..) = open(dir.path());
    let ticked = first.append(&[tick("a"), tick("b")], NOW).unwrap();
    assert_eq!(first.read_new(), [], "one's own is no news");
    assert_eq!(second.read_new(), ticked);
    assert_eq!(second.read_new(), []);
    let third = second.append(&[tick("c")], NOW - 5).unwrap();
    assert_eq!(third[0].dot.n, 3, "the other's numbers are continued");
    assert!(third[0].at > ticked[1].at, "and its clock");
    first.append(&[tick("d")], NOW).unwrap();
    assert_eq!(first.read_new(), third, "what an append reads is told at the next reading");
}

#[test]
fn a_line_being_written_is_read_when_it_is_whole() {
    let dir = tempfile::tempdir().unwrap();
    let (mut journal, ..) = open(dir.path());
    journal.prepare().unwrap();
    let path = folder(dir.path()).join("bob-55667788.jsonl");
    let line = line_of("bob-55667788", 1, NOW, "a");
    let (start, end) = line.split_at(40);
    fs::write(&path, start).unwrap();
    assert_eq!(journal.read_new(), []);
    OpenOptions::new().append(true).open(&path).unwrap().write_all(end.as_bytes()).unwrap();
    assert_eq!(ids(&journal.read_new()), ["a"]);
    assert_eq!(journal.troubles(), []);
}

#[test]
fn a_lock_that_hangs_does_not_keep_a_tick_from_the_disk() {
    let dir = tempfile::tempdir().unwrap();
    let (mut journal, ..) = open(dir.path());
    journal.append(&[tick("a")], NOW).unwrap();
    let lock = OpenOptions::new().write(true).open(journal.place().lock().unwrap()).unwrap();
    lock.lock().unwrap();
    let aside = journal.append(&[tick("b")], NOW).unwrap();
    assert_eq!(aside[0].dot, Dot { device: format!("{}-{}", place(dir.path()).device, std::process::id()), n: 1 });
    assert_eq!(ids(&records(dir.path())), ["a", "b"], "reading waits for no lock");
    lock.unlock().unwrap();
    assert_eq!(journal.append(&[tick("c")], NOW).unwrap()[0].dot.n, 2);
    let log: Log = records(dir.path()).into_iter().collect();
    let undo = log.undo(&place(dir.path()).device).unwrap();
    assert_eq!(undo.subject.id.0, "c");
}

#[test]
fn a_folder_or_a_file_that_vanishes_is_made_anew() {
    let dir = tempfile::tempdir().unwrap();
    let (mut journal, ..) = open(dir.path());
    journal.append(&[tick("a")], NOW).unwrap();
    fs::remove_dir_all(folder(dir.path()).parent().unwrap()).unwrap();
    assert_eq!(journal.append(&[tick("b")], NOW).unwrap()[0].dot.n, 2, "no number is given twice");
    fs::remove_file(file(dir.path())).unwrap();
    journal.append(&[tick("c")], NOW).unwrap();
    assert_eq!(ids(&records(dir.path())), ["a", "b", "c"], "what had been acknowledged comes along");
}

#[test]
fn a_file_that_was_put_in_place_of_ours_is_read_anew() {
    let dir = tempfile::tempdir().unwrap();
    let (mut journal, ..) = open(dir.path());
    journal.append(&[tick("a")], NOW).unwrap();
    let path = file(dir.path());
    let old = fs::read(&path).unwrap();
    journal.append(&[tick("b")], NOW).unwrap();
    let aside = path.with_extension("old");
    fs::write(&aside, &old).unwrap();
    fs::rename(&aside, &path).unwrap();
    let added = journal.append(&[tick("c")], NOW).unwrap();
    assert_eq!(added[0].dot.n, 3, "b is gone from the file, but its number was given");
    assert_eq!(ids(&records(dir.path())), ["a", "b", "c"], "and it is written again with the next one");
}

#[test]
fn a_journal_that_became_another_is_read_from_its_beginning() {
    let dir = tempfile::tempdir().unwrap();
    let (mut journal, ..) = open(dir.path());
    journal.prepare().unwrap();
    let path = folder(dir.path()).join("bob-55667788.jsonl");
    let line = |n, id| line_of("bob-55667788", n, NOW, id);
    fs::write(&path, line(1, "a") + &line(2, "b")).unwrap();
    assert_eq!(ids(&journal.read_new()), ["a", "b"]);
    // Same length, same end, another file: what a checkout may leave.
    let aside = path.with_extension("new");
    fs::write(&aside, line(1, "c") + &line(2, "b")).unwrap();
    fs::rename(&aside, &path).unwrap();
    assert_eq!(ids(&journal.read_new()), ["c", "b"]);
    // The same file, written anew and longer: what an editor may leave.
    fs::write(&path, line(1, "d") + &line(2, "e") + &line(3, "f")).unwrap();
    assert_eq!(ids(&journal.read_new()), ["d", "e", "f"]);
}

#[test]
fn a_file_that_is_replaced_while_it_is_synced_does_not_take_the_tick_along() {
    if !strace() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    place(dir.path()).settle().unwrap();
    let (path, trace) = (file(dir.path()), dir.path().join("trace"));
    let wrapper = ["strace", "-f", "-o", trace.to_str().unwrap(), "-P", path.to_str().unwrap(), "-e"];
    let wrapper = [&wrapper[..], &["inject=fdatasync:delay_enter=2000000:when=1"]].concat();
    let mut child = task_under(&wrapper, "retry", dir.path()).spawn().unwrap();
    let written = || fs::metadata(&path).is_ok_and(|m| m.len() > 0);
    while !written() && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_millis(1));
    }
    let aside = path.with_extension("new");
    fs::write(&aside, "").unwrap();
    fs::rename(&aside, &path).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(said(&output.stdout, "ack"), ["1 a"]);
    assert_eq!(ids(&records(dir.path())), ["a"]);
}

#[test]
fn folders_and_files_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let (mut journal, ..) = open(dir.path());
    assert!(!dir.path().join("state").exists(), "reading leaves no trace");
    journal.append(&[tick("a")], NOW).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&file(dir.path())), 0o600);
    let inside = folder(dir.path());
    assert!(inside.ancestors().take_while(|p| *p != dir.path()).all(|p| mode(p) == 0o700));
}

#[test]
fn what_others_put_in_the_folder_does_no_harm() {
    let dir = tempfile::tempdir().unwrap();
    let (mut journal, ..) = open(dir.path());
    journal.append(&[tick("a")], NOW).unwrap();
    let folder = folder(dir.path());
    let good = line_of("bob-55667788", 1, NOW, "b");
    fs::write(folder.join("bob-55667788.jsonl"), &good).unwrap();
    fs::write(folder.join("eve-00000000.jsonl"), &good).unwrap();
    fs::write(folder.join("no device.jsonl"), line_of("no device", 1, NOW, "x")).unwrap();
    fs::write(folder.join("long-00000000.jsonl"), format!("{}\n", "x".repeat(1 << 20))).unwrap();
    fs::create_dir(folder.join("dir-00000000.jsonl")).unwrap();
    std::os::unix::fs::symlink(folder.join("bob-55667788.jsonl"), folder.join("link-00000000.jsonl")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", folder.join("zero-00000000.jsonl")).unwrap();
    assert!(Command::new("mkfifo").arg(folder.join("fifo-00000000.jsonl")).status().unwrap().success());
    let (mut journal, known, troubles) = open(dir.path());
    assert_eq!(ids(&known).into_iter().collect::<BTreeSet<_>>(), BTreeSet::from(["a", "b"]));
    let named = |name: &str| CleanText::line(&folder.join(name).to_string_lossy());
    let told = [
        Trouble::Foreign(named("eve-00000000.jsonl"), 1),
        Trouble::Damaged(named("long-00000000.jsonl"), 1),
        // The folder, two links, the FIFO, and the name that no device has.
        Trouble::NotJournals(named("dir-00000000.jsonl"), 5),
    ];
    assert_eq!(troubles, told);
    for i in 0..70 {
        let device = format!("d{i:02}-00000000");
        fs::write(folder.join(format!("{device}.jsonl")), line_of(&device, 1, NOW, "z")).unwrap();
    }
    journal.read_new();
    assert!(matches!(journal.troubles().last(), Some(Trouble::TooMany(_, 10))), "{:?}", journal.troubles());
    let (_, known, _) = open(dir.path());
    assert!(ids(&known).contains(&"a"), "one's own is read whatever else there is");
}

#[test]
fn a_walk_s_folder_that_is_a_link_is_neither_read_nor_written_and_told() {
    for linked in ["lancer-sa-communaute", "lancer-sa-communaute/default"] {
        let dir = tempfile::tempdir().unwrap();
        open(dir.path()).0.append(&[tick("a")], NOW).unwrap();
        let (link, away) = (dir.path().join("state").join(linked), dir.path().join("away"));
        fs::rename(&link, &away).unwrap();
        std::os::unix::fs::symlink(&away, &link).unwrap();
        let (mut journal, known, troubles) = open(dir.path());
        assert_eq!(known, []);
        assert!(matches!(&troubles[..], [Trouble::Unreadable(file, _)] if file.as_str() == link.to_str().unwrap()));
        assert_eq!(journal.append(&[tick("b")], NOW).unwrap_err().cause, Cause::NotAFile);
        fs::remove_file(&link).unwrap();
        fs::rename(&away, &link).unwrap();
        assert_eq!(ids(&journal.read_new()), ["a"]);
        assert_eq!(journal.troubles(), []);
    }
}

#[test]
fn a_journal_that_is_too_large_is_read_to_the_limit() {
    let dir = tempfile::tempdir().unwrap();
    let (mut journal, ..) = open(dir.path());
    journal.prepare().unwrap();
    let path = folder(dir.path()).join("bob-55667788.jsonl");
    let line = line_of("bob-55667788", 1, NOW, "a");
    fs::write(&path, line.repeat((16 << 20) / line.len() + 2)).unwrap();
    let read = journal.read_new();
    assert_eq!(read.len(), (16 << 20) / line.len());
    assert_eq!(journal.troubles(), [Trouble::Oversized(CleanText::line(&path.to_string_lossy()))]);
}

#[test]
fn others_journals_are_read_to_a_limit_of_the_folder_as_a_whole_and_one_s_own_whatever_they_hold() {
    let dir = tempfile::tempdir().unwrap();
    let (mut journal, ..) = open(dir.path());
    journal.append(&[tick("own")], NOW).unwrap();
    // Twelve mebibytes each: five of them fit into sixty-four, and a third of the sixth.
    let filling = format!("{}\n", "x".repeat(4000)).repeat((12 << 20) / 4001);
    for n in 0..7 {
        let device = format!("d{n}-00000000");
        let path = folder(dir.path()).join(format!("{device}.jsonl"));
        fs::write(path, format!("{filling}{}", line_of(&device, 1, NOW, &device))).unwrap();
    }
    let (_, known, troubles) = open(dir.path());
    let wanted = ["own", "d0-00000000", "d1-00000000", "d2-00000000", "d3-00000000", "d4-00000000"];
    assert_eq!(ids(&known), wanted);
    let told = Trouble::TooMuch(CleanText::line(&folder(dir.path()).to_string_lossy()));
    assert!(troubles.contains(&told), "{troubles:?}");
}

#[test]
fn what_was_taken_off_the_disk_is_written_again_under_its_own_numbers() {
    let dir = tempfile::tempdir().unwrap();
    let (mut journal, ..) = open(dir.path());
    let first = journal.append(&[tick("a"), tick("b")], NOW).unwrap();
    assert!(journal.amend().is_none(), "all is there");
    fs::remove_dir_all(folder(dir.path())).unwrap();
    assert_eq!(journal.read_new(), []);
    let amended = journal.amend().unwrap();
    assert_eq!((amended.again, amended.records), (Ok(2), first.clone()));
    assert_eq!(records(dir.path()), first);
    // An earlier state of the file, as a backup brings it back.
    let text = fs::read_to_string(file(dir.path())).unwrap();
    fs::write(file(dir.path()), text.split_inclusive('\n').next().unwrap()).unwrap();
    let third = journal.append(&[tick("c")], NOW).unwrap();
    assert_eq!(third[0].dot.n, 3, "numbers go on");
    assert_eq!(ids(&records(dir.path())), ["a", "b", "c"]);
    let amended = journal.amend().unwrap();
    assert_eq!((amended.again, amended.records.len()), (Ok(0), 3), "that was done with the tick");
    assert!(journal.amend().is_none());
}

#[test]
fn a_clock_far_ahead_is_told_and_does_not_carry_ours_along() {
    let dir = tempfile::tempdir().unwrap();
    let (mut journal, ..) = open(dir.path());
    journal.prepare().unwrap();
    let now = jalon::edge::clock::now();
    let ahead = now + 3 * 86_400_000 + 60_000;
    let path = folder(dir.path()).join("bob-55667788.jsonl");
    fs::write(path, line_of("bob-55667788", 1, ahead, "a") + &line_of("bob-55667788", 2, now + 5000, "b")).unwrap();
    assert_eq!(journal.read_new().len(), 2);
    assert_eq!(journal.troubles(), [Trouble::ClockAhead(CleanText::line("bob"), 3)]);
    let ours = journal.append(&[tick("b")], now).unwrap()[0].at;
    assert_eq!(ours, Hlc { millis: now + 5000, counter: 1 }, "after what was seen, not after the wrong clock");
}

#[test]
fn our_own_clock_never_runs_backwards() {
    let dir = tempfile::tempdir().unwrap();
    let late = open(dir.path()).0.append(&[tick("a")], NOW + 90 * 86_400_000_000).unwrap();
    let early = open(dir.path()).0.append(&[tick("a")], NOW).unwrap();
    assert!(early[0].at > late[0].at);
}

#[test]
fn what_stands_in_the_way_is_named_and_saving_goes_on_when_it_is_gone() {
    type Block = fn(&Path);
    let ways: [(&str, Block); 6] = [
        ("state", |dir| fs::write(dir.join("state"), "").unwrap()),
        ("state/lancer-sa-communaute", |dir| {
            fs::create_dir_all(dir.join("state")).unwrap();
            fs::write(dir.join("state/lancer-sa-communaute"), "").unwrap();
        }),
        ("state/lancer-sa-communaute/default", |dir| {
            fs::create_dir_all(dir.join("state/lancer-sa-communaute")).unwrap();
            std::os::unix::fs::symlink("/tmp", dir.join("state/lancer-sa-communaute/default")).unwrap();
        }),
        ("FILE", |dir| {
            fs::create_dir_all(file(dir)).unwrap();
        }),
        ("FILE", |dir| {
            fs::create_dir_all(folder(dir)).unwrap();
            std::os::unix::fs::symlink("/dev/full", file(dir)).unwrap();
        }),
        ("FILE", |dir| {
            fs::create_dir_all(folder(dir)).unwrap();
            assert!(Command::new("mkfifo").arg(file(dir)).status().unwrap().success());
        }),
    ];
    for (named, block) in ways {
        let dir = tempfile::tempdir().unwrap();
        let memory = dir.path().join("state/devices");
        if named == "FILE" {
            // The device must be known, or each look at the place would invent another.
            place(dir.path()).settle().unwrap();
            assert!(memory.exists());
        }
        block(dir.path());
        let blocked = if named == "FILE" { file(dir.path()) } else { dir.path().join(named) };
        let (mut journal, ..) = open(dir.path());
        let error = journal.append(&[tick("a")], NOW).unwrap_err();
        assert_eq!((error.cause, &error.file), (Cause::NotAFile, &blocked));
        let _ = fs::remove_file(&blocked).or_else(|_| fs::remove_dir_all(&blocked));
        journal.append(&[tick("a")], NOW).unwrap();
        assert_eq!(ids(&records(dir.path())), ["a"]);
    }
}

#[test]
fn a_limit_on_file_sizes_is_an_error_and_no_end() {
    let dir = tempfile::tempdir().unwrap();
    let limited = ["sh", "-c", "trap '' XFSZ; ulimit -f 2; exec \"$0\" \"$@\""];
    let output = task_under(&limited, "until-refused", dir.path()).output().unwrap();
    let (acks, errors) = (said(&output.stdout, "ack"), said(&output.stdout, "err"));
    assert!(!acks.is_empty() && errors.len() == 1, "{acks:?} {errors:?}");
    assert!(["TooLarge", "Full"].contains(&errors[0].as_str()), "{errors:?}");
    open(dir.path()).0.append(&[tick("after")], NOW).unwrap();
    let after = records(dir.path());
    let acked = acks.iter().filter_map(|ack| ack.split(' ').nth(1));
    assert!(acked.into_iter().all(|id| ids(&after).contains(&id)), "{acks:?}, but {:?}", ids(&after));
    assert!(ids(&after).contains(&"after"));
}

/// Whether strace is here, and may trace.
pub fn strace() -> bool {
    let there = Command::new("strace").args(["-o", "/dev/null", "true"]).status().is_ok_and(|s| s.success());
    if !there {
        println!("skipped: strace is not installed, or may not trace");
    }
    there
}

#[test]
fn system_calls_sync_before_the_acknowledgement() {
    if !strace() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let trace = dir.path().join("trace");
    let wrapper = ["strace", "-f", "-y", "-o", trace.to_str().unwrap(), "-e", "trace=openat,write,fsync,fdatasync"];
    let output = task_under(&wrapper, "ticks x 2", dir.path()).output().unwrap();
    assert_eq!(said(&output.stdout, "ack"), ["1 x-0", "2 x-1"]);
    let calls = fs::read_to_string(&trace).unwrap();
    let calls: Vec<&str> = calls.lines().collect();
    let all = |parts: &[&str]| -> Vec<usize> {
        (0..calls.len()).filter(|&i| parts.iter().all(|p| calls[i].contains(p))).collect()
    };
    let writes = all(&[" write(", ".jsonl>"]);
    let syncs = all(&[" fdatasync(", ".jsonl>"]);
    let acks = all(&[" write(1<", "ack "]);
    assert_eq!((writes.len(), syncs.len(), acks.len()), (2, 2, 2), "{calls:#?}");
    assert!(
        writes[0] < syncs[0] && syncs[0] < acks[0] && acks[0] < writes[1] && writes[1] < syncs[1] && syncs[1] < acks[1]
    );
    let (folder, base) = (folder(dir.path()), dir.path().to_owned());
    for made in folder.ancestors().take_while(|p| p.starts_with(&base)) {
        let end = format!("{}>", made.canonicalize().unwrap().display());
        let synced = all(&[" fsync(", &end]);
        assert!(synced.iter().any(|&i| i < acks[0]), "{} is not synced before the first answer", made.display());
    }
    let created = all(&[" openat(", ".jsonl\"", "O_NOFOLLOW", "O_APPEND", "O_CREAT"])[0];
    let synced = all(&[" fsync(", &format!("{}>", folder.canonicalize().unwrap().display())]);
    assert!(synced.iter().any(|&i| i > created && i < acks[0]), "the folder is synced after the file is made");
    assert!(!synced.iter().any(|&i| i > acks[0]), "and once is enough");
}

#[test]
fn each_call_that_fails_once_is_told_and_the_tick_is_saved_once_at_the_next_try() {
    if !strace() {
        return;
    }
    let faults = [
        ("openat", "EROFS", "ReadOnly"),
        ("openat", "EACCES", "Denied"),
        ("openat", "ELOOP", "NotAFile"),
        ("write", "ENOSPC", "Full"),
        ("write", "EDQUOT", "Full"),
        ("write", "EFBIG", "TooLarge"),
        ("write", "EIO", "Io"),
        ("fdatasync", "EIO", "Io"),
        ("fdatasync", "ENOSPC", "Full"),
        ("fsync", "EIO", "Io"),
    ];
    for (call, errno, cause) in faults {
        let dir = tempfile::tempdir().unwrap();
        place(dir.path()).settle().unwrap();
        fs::create_dir_all(folder(dir.path())).unwrap();
        let inject = format!("inject={call}:error={errno}:when=1");
        let at = if call == "fsync" { folder(dir.path()) } else { file(dir.path()) };
        let log = dir.path().join("trace");
        // Reading at the start opens the file too, so it must not be there yet.
        let wrapper = ["strace", "-f", "-o", log.to_str().unwrap(), "-P", at.to_str().unwrap(), "-e", &inject];
        let output = task_under(&wrapper, "retry", dir.path()).output().unwrap();
        let errors = said(&output.stdout, "err");
        assert!(errors.len() == 1 && errors[0].starts_with(cause), "{call} {errno}: {errors:?}");
        assert_eq!(said(&output.stdout, "ack"), ["1 a"], "{call} {errno}");
        let log: Log = records(dir.path()).into_iter().collect();
        assert_eq!(ids(log.records()), ["a"], "{call} {errno}: one record, however often it was written");
    }
}
