//! A team: three clones of a repository, merged by git itself. Whatever they do and however they merge, git finds no
//! conflict, and all see the same.
//!
//! A world is one repository with its three clones, and many walks (`--run`) through its guide, each a history of its
//! own: so one merge of git's merges many histories.

mod clones;

use crate::fuzz::targets::Dice;
use jalon::edge::journal::Journal;
use jalon::edge::places::{GuideName, Place, Wanted};
use jalon::guide::{CleanText, Guide, ItemKind, Origin};
use jalon::progress::{Change, Log, Op, Record, Subject, Walk, export_markdown, read_lines, report};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const WORLDS: u64 = 20;
const RUNS: usize = 25;
const ROUNDS: usize = 4;
const PEOPLE: [&str; 3] = ["lise", "bob", "eve"];
const START: i64 = 1_795_510_800_000;

/// The guide, and what becomes of it while they walk.
const VERSIONS: [&str; 3] = [
    "# Release\n\n## Before\n\n- [ ] Announce it on the list\n- [ ] Freeze the branch\n- [ ] Check the logs\n\n\
     ## Deploy\n\n1. Take a backup\n2. Check the logs\n3. Run the migrations\n\n## Rules\n\n- **Calm**: always.\n",
    "# Release\n\n## Before\n\n- [ ] Read this\n- [ ] Announce it on the mailing list\n- [ ] Check the logs\n\n\
     ## Deploy\n\n1. Take a backup\n2. Run the migrations\n\n## Rules\n\n- **Calm**: even then.\n",
    "# Release\n\n## Early\n\n- [ ] Freeze the branch\n- [ ] Check the logs\n\n## Deploy\n\n1. Take a full backup\n\
     2. Check the logs\n3. Check the logs\n4. Run the migrations\n\n## Rules\n\n- **Calm**: always.\n- **Care**: too.\n",
];

/// A clone, and who works there.
struct Clone {
    who: &'static str,
    folder: PathBuf,
    state: PathBuf,
    walks: Vec<(Journal, Log)>,
}

fn git(folder: &Path, arguments: &[&str]) {
    let done = Command::new("git")
        .args(["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "gc.auto=0", "-c", "core.autocrlf=false"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env_remove("GIT_DIR")
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "git {arguments:?}: {told}");
}

fn parse(source: &str) -> Guide {
    Guide::parse(source, &Origin { name: "guide".into(), base_url: None })
}

fn place(folder: &Path, state: &Path, who: &str, run: usize) -> Place {
    let path = folder.join("guide.md");
    let run = format!("walk-{run}");
    let wanted = Wanted { guide: GuideName::File { path: &path, id: None }, run: &run, who, progress: None };
    Place::find(&wanted, Some(state.to_owned()))
}

impl Clone {
    fn open(who: &'static str, folder: PathBuf, state: PathBuf) -> Clone {
        let mut clone = Clone { who, folder, state, walks: Vec::new() };
        for run in 0..RUNS {
            let (journal, records, troubles) = Journal::open(place(&clone.folder, &clone.state, who, run));
            assert!(troubles.is_empty(), "{troubles:?}");
            assert!(journal.place().folder.as_ref().unwrap().starts_with(clone.folder.join(".jalon")));
            clone.walks.push((journal, records.into_iter().collect()));
        }
        clone
    }

    fn guide(&self) -> Guide {
        parse(&fs::read_to_string(self.folder.join("guide.md")).unwrap())
    }

    /// Does something in a walk, as the program does it.
    fn act(&mut self, run: usize, dice: &mut Dice, now: i64) {
        let guide = self.guide();
        let (journal, log) = &mut self.walks[run];
        log.extend(journal.read_new());
        log.settle_for(&guide);
        let item = dice.roll(guide.items.len());
        let of_item = |op| Some(Change { subject: Subject::of_item(&guide, item), op });
        let done = if guide.items[item].kind == ItemKind::Value { Op::Affirm } else { Op::Done };
        let change = match dice.roll(24) {
            0..=9 => of_item(done),
            10..=12 => of_item(Op::Todo),
            13 => of_item(Op::Skip { reason: CleanText::line("later, « maybe »") }),
            14 | 15 => of_item(Op::Note { text: CleanText::line("vu à midi") }),
            16 | 17 => of_item(Op::Confirm),
            18 | 19 => log.undo(&journal.place().device),
            20 => log.redo(&journal.place().device),
            21 | 22 => {
                let group = dice.roll(guide.groups.len());
                let op = if log.left_out(&guide.groups[group].id) { Op::Restore } else { Op::Leave };
                Some(Change { subject: Subject::of_group(&guide, group), op })
            }
            _ => Some(Change { subject: Subject::of_run("walk"), op: Op::Reset }),
        };
        let Some(change) = change.map(|c| log.located(&guide, c)) else { return };
        let records = journal.append(&[change], now).unwrap();
        log.extend(records);
    }

    fn commit(&self) {
        git(&self.folder, &["add", "--all"]);
        git(&self.folder, &["commit", "--quiet", "--allow-empty", "--message", self.who]);
    }

    /// Merges what another has; a conflict would make git fail.
    fn pull(&self, other: &Clone) {
        let from = other.folder.to_str().unwrap();
        git(&self.folder, &["pull", "--quiet", "--no-rebase", "--no-edit", from, "main"]);
    }
}

/// Three clones of a repository with a guide and a shared folder.
fn clones(world: &Path) -> Vec<Clone> {
    let first = world.join(PEOPLE[0]);
    fs::create_dir_all(first.join(".jalon")).unwrap();
    fs::write(first.join("guide.md"), VERSIONS[0]).unwrap();
    fs::write(first.join(".jalon/.keep"), "").unwrap();
    git(&first, &["init", "--quiet", "--initial-branch", "main"]);
    git(&first, &["add", "--all"]);
    git(&first, &["commit", "--quiet", "--message", "guide"]);
    for who in &PEOPLE[1..] {
        git(world, &["clone", "--quiet", first.to_str().unwrap(), who]);
    }
    PEOPLE.iter().map(|who| Clone::open(who, world.join(who), world.join(format!("state-{who}")))).collect()
}

/// All that is seen of a walk.
fn seen(guide: &Guide, mut log: Log) -> (String, String, Vec<Record>) {
    log.settle_for(guide);
    let told = report(guide, &log, &Walk::default(), START + 1_000_000, 90);
    (serde_json::to_string(&told).unwrap(), export_markdown(guide, &log), log.records().to_vec())
}

/// The journals of a walk in a clone, by device.
fn files(clone: &Clone, run: usize) -> Vec<(String, Vec<u8>)> {
    let folder = clone.folder.join(format!(".jalon/guide/walk-{run}"));
    let Ok(listed) = fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<(String, Vec<u8>)> = listed
        .map(|file| {
            let path = file.unwrap().path();
            (path.file_stem().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap())
        })
        .collect();
    files.sort();
    files
}

fn records_of(files: &[(String, Vec<u8>)]) -> Vec<Record> {
    files.iter().flat_map(|(device, bytes)| read_lines(bytes, device).records).collect()
}

/// Plays a world; gives how many records its walks have.
fn play(world: &Path, dice: &mut Dice) -> usize {
    let mut clones = clones(world);
    let mut now = START;
    for round in 0..ROUNDS {
        if let Some(version) = VERSIONS.get(round).filter(|_| dice.roll(3) > 0) {
            fs::write(clones[0].folder.join("guide.md"), version).unwrap();
        }
        for clone in &mut clones {
            for run in 0..RUNS {
                for _ in 0..dice.roll(3) {
                    // One's clock is two minutes behind the others'.
                    now += 700;
                    let behind = if clone.who == "bob" { 120_000 } else { 0 };
                    clone.act(run, dice, now - behind);
                }
            }
            clone.commit();
        }
        for _ in 0..2 {
            let (to, from) = (dice.roll(3), dice.roll(3));
            if to != from {
                clones[to].pull(&clones[from]);
            }
        }
    }
    for (to, from) in [(0, 1), (0, 2), (1, 0), (2, 0)] {
        clones[to].pull(&clones[from]);
    }
    (0..RUNS).map(|run| check(&mut clones, run, dice)).sum()
}

/// All three see the same, whatever the order in which records come.
fn check(clones: &mut [Clone], run: usize, dice: &mut Dice) -> usize {
    let guide = clones[0].guide();
    let all = files(&clones[0], run);
    let records = records_of(&all);
    let expected = seen(&guide, records.iter().cloned().collect());
    assert_eq!(expected.2.len(), records.len(), "a record is there once");
    for clone in clones.iter_mut() {
        assert_eq!(files(clone, run), all, "the files of {}", clone.who);
        // The program that ran all along, and one that starts now.
        let (journal, log) = &mut clone.walks[run];
        log.extend(journal.read_new());
        assert_eq!(seen(&guide, log.clone()), expected, "what {} sees", clone.who);
        let fresh = Journal::open(place(&clone.folder, &clone.state, clone.who, run));
        assert!(fresh.2.is_empty(), "{:?}", fresh.2);
        assert_eq!(seen(&guide, fresh.1.into_iter().collect()), expected);
    }
    let mut mixed: Vec<Record> = records.iter().chain(records.iter().step_by(2)).cloned().collect();
    dice.shuffle(&mut mixed);
    let mut one_by_one = Log::default();
    for record in mixed {
        one_by_one.add(record);
        if dice.roll(4) == 0 {
            one_by_one.settle_for(&guide);
        }
    }
    assert_eq!(seen(&guide, one_by_one), expected, "doubled and shuffled");
    let mut torn = all.clone();
    for (_, bytes) in &mut torn {
        let line = bytes.len().min(30 + dice.roll(60));
        bytes.extend_from_within(..line);
        bytes.extend([b'\0'; 3]);
        if dice.roll(2) == 0 {
            bytes.extend(b"\n\xff\xfe{\"v\":1,\"n\":\n");
        }
    }
    assert_eq!(seen(&guide, records_of(&torn).into_iter().collect()), expected, "torn");
    records.len()
}

#[test]
fn five_hundred_histories_of_three_clones_merge_without_a_conflict_into_one_state() {
    if Command::new("git").arg("--version").output().is_err() {
        eprintln!("git is not installed: histories of several clones were not tried");
        return;
    }
    assert_eq!(WORLDS as usize * RUNS, 500);
    let dir = tempfile::tempdir().unwrap();
    let halves: Vec<usize> = std::thread::scope(|scope| {
        let half = |first: u64| {
            let dir = dir.path();
            scope.spawn(move || {
                let worlds = (first..WORLDS).step_by(2);
                worlds.map(|n| play(&dir.join(format!("world-{n}")), &mut Dice(0x9e37_79b9 + n))).sum::<usize>()
            })
        };
        [half(0), half(1)].into_iter().map(|half| half.join().unwrap()).collect()
    });
    let records: usize = halves.iter().sum();
    assert!(records > 500 * 6, "{records} records are too few to say anything");
}
