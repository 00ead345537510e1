//! Two people, two clones, real git, and the real program: the commands of the README's "With your team", as they stand
//! there, and what each of the two sees of the other.
//!
//! `.ci/trust pulls` pulls 20 times into an open reader, and prints how long it took from the end of `git pull` until the
//! screen showed it.

use crate::pty::{Running, Terminal};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const README: &str = include_str!("../../../README.md");

const GUIDE: &str = "# Release\n\n1. Freeze\n2. Build\n3. Deploy\n\n## Rules\n\n- **Calm**: always.\n";

/// A repository that both can push to, and each one's clone and home.
struct World {
    folder: TempDir,
}

/// Somebody at their clone.
#[derive(Clone, Copy)]
struct Person<'a> {
    world: &'a World,
    name: &'static str,
}

impl World {
    /// None where git is not installed.
    fn new() -> Option<World> {
        if Command::new("git").arg("--version").output().is_err() {
            eprintln!("git is not installed: clones were not tried");
            return None;
        }
        let world = World { folder: tempfile::tempdir().unwrap() };
        for inner in ["lise-home", "bob-home"] {
            fs::create_dir(world.path(inner)).unwrap();
        }
        fs::create_dir(world.path("lise")).unwrap();
        fs::write(world.path("lise/runbook.md"), GUIDE).unwrap();
        let lise = world.person("lise");
        lise.sh("git init --quiet --bare --initial-branch main ../origin.git");
        lise.sh("git init --quiet --initial-branch main && git add --all && git commit --quiet -m guide");
        lise.sh("git remote add origin ../origin.git && git push --quiet --set-upstream origin main");
        let cloned = world.person("bob").shell("git clone --quiet origin.git bob").current_dir(world.path("")).output();
        good("git clone", cloned.unwrap());
        Some(world)
    }

    fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    fn person(&self, name: &'static str) -> Person<'_> {
        Person { world: self, name }
    }
}

fn good(what: &str, output: Output) -> String {
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{what}: {told}");
    String::from_utf8(output.stdout).unwrap()
}

impl Person<'_> {
    fn clone(&self) -> PathBuf {
        self.world.path(self.name)
    }

    fn home(&self) -> PathBuf {
        self.world.path(&format!("{}-home", self.name))
    }

    fn shell(&self, script: &str) -> Command {
        let program = Path::new(env!("CARGO_BIN_EXE_jalon")).parent().unwrap().to_str().unwrap();
        let path = format!("{program}:{}", std::env::var("PATH").unwrap_or_default());
        let mut command = Command::new("/bin/sh");
        command.args(["-e", "-c", script]).env_clear();
        command.env("PATH", path).env("HOME", self.home()).env("USER", self.name).env("LANG", "en_GB.UTF-8");
        command.env("GIT_CONFIG_NOSYSTEM", "1").env("TZ", "UTC");
        for role in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{role}_NAME"), self.name).env(format!("GIT_{role}_EMAIL"), "x@example.org");
        }
        command
    }

    /// Commands in the clone, all of which must succeed.
    fn sh(&self, script: &str) -> String {
        good(script, self.shell(script).current_dir(self.clone()).output().unwrap())
    }

    /// The open reader.
    fn reader(&self, columns: u16, rows: u16) -> Running {
        let (home, guide) = (self.home(), self.clone().join("runbook.md"));
        let terminal = Terminal::new().args(&[guide.to_str().unwrap()]).size(columns, rows);
        terminal.variable("HOME", home.to_str().unwrap()).variable("USER", self.name).start()
    }

    /// Label, state and author of each item.
    fn status(&self) -> Vec<(String, String, String)> {
        let status: Value = serde_json::from_str(&self.sh("jalon status --json runbook.md")).unwrap();
        let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
        let groups = status["groups"].as_array().unwrap();
        let items = groups.iter().flat_map(|g| g["items"].as_array().unwrap());
        items.map(|i| (text(&i["label"]), text(&i["state"]), text(&i["by"]))).collect()
    }

    /// The commands of the README by which a change travels.
    fn hand_on(&self) {
        self.sh("git add .jalon && git commit --quiet -m progress");
        self.sh("git pull --quiet --no-rebase --no-edit && git push --quiet");
    }
}

/// The commands of the README's section on teams, one list for each block.
fn readme() -> Vec<String> {
    let section = README.split("\n## With your team\n").nth(1).expect("the section").split("\n## ").next().unwrap();
    section.split("```sh\n").skip(1).map(|block| block.split("```").next().unwrap().to_owned()).collect()
}

fn item(label: &str, state: &str, by: &str) -> (String, String, String) {
    (label.into(), state.into(), by.into())
}

#[test]
fn the_commands_of_the_readme_bring_two_people_together() {
    let Some(world) = World::new() else { return };
    let (lise, bob) = (world.person("lise"), world.person("bob"));
    let blocks = readme();
    let [share, travel] = &blocks[..] else { panic!("two blocks: {blocks:?}") };
    // Both ticked in private before anything was shared.
    lise.sh("jalon tick 1 runbook.md");
    bob.sh("jalon tick Calm runbook.md");
    lise.sh(share);
    let mut pulled = bob.shell("git pull --quiet --no-rebase --no-edit && jalon status runbook.md");
    let told = pulled.current_dir(bob.clone()).output().unwrap();
    assert!(String::from_utf8_lossy(&told.stderr).contains("`jalon share runbook.md` brings it in"), "{told:?}");
    bob.sh("jalon share runbook.md");
    bob.sh(travel);
    // Meanwhile, and without having pulled.
    lise.sh("jalon tick 3 runbook.md");
    lise.hand_on();
    bob.sh("git pull --quiet --no-rebase --no-edit");
    let expected = [
        item("Freeze", "done", "lise"),
        item("Build", "done", "bob"),
        item("Deploy", "done", "lise"),
        item("Calm", "upheld", "bob"),
    ];
    assert_eq!(lise.status(), expected);
    assert_eq!(bob.status(), expected);
    let log = lise.sh("jalon log runbook.md");
    assert_eq!(log, bob.sh("jalon log runbook.md"));
    let who: Vec<(&str, &str)> =
        log.lines().map(|l| (l.split_whitespace().nth(2).unwrap(), l.rsplit(' ').next().unwrap())).collect();
    assert_eq!(who, [("lise", "Freeze"), ("bob", "Calm"), ("bob", "Build"), ("lise", "Deploy")]);
    let files = lise.sh("git ls-files .jalon");
    assert_eq!(files.lines().filter(|f| f.ends_with(".jsonl")).count(), 2, "{files}");
    assert_eq!(lise.sh("git status --porcelain"), "", "nothing is left that would have to be committed or ignored");
    // What `share` says to do is what the README says.
    let said = String::from_utf8(bob.shell("jalon share runbook.md").current_dir(bob.clone()).output().unwrap().stdout);
    assert_eq!(said.unwrap(), ".jalon is there already: progress is shared.\n");
}

#[test]
fn two_who_say_different_things_about_one_step_are_both_kept_and_the_later_one_counts() {
    let Some(world) = World::new() else { return };
    let (lise, bob) = (world.person("lise"), world.person("bob"));
    lise.sh("jalon share runbook.md");
    lise.hand_on();
    bob.sh("git pull --quiet");
    lise.sh("jalon tick 2 runbook.md");
    lise.hand_on();
    // Bob does not know of it.
    bob.sh("jalon skip 2 --reason 'built already' runbook.md");
    bob.hand_on();
    lise.sh("git pull --quiet");
    for person in [lise, bob] {
        assert_eq!(person.status()[1], item("Build", "skipped", "bob"));
        let log = person.sh("jalon log runbook.md");
        assert!(log.lines().next().unwrap().contains("lise  done"), "{log}");
        assert!(log.lines().nth(1).unwrap().contains("bob   skipped  Build · built already"), "{log}");
    }
    // A run that one of them starts over is over for both, and only who did it takes it back.
    lise.sh("jalon reset runbook.md");
    lise.hand_on();
    bob.sh("git pull --quiet");
    assert_eq!(bob.status()[1], item("Build", "todo", ""));
    lise.sh("jalon undo runbook.md");
    lise.hand_on();
    bob.sh("git pull --quiet");
    assert_eq!(bob.status()[1], item("Build", "skipped", "bob"));
}

#[test]
fn a_pull_shows_in_the_open_reader_with_who_did_it() {
    let Some(world) = World::new() else { return };
    let (lise, bob) = (world.person("lise"), world.person("bob"));
    lise.sh("jalon share runbook.md");
    lise.hand_on();
    bob.sh("git pull --quiet");
    let (wide, narrow) = (lise.reader(120, 40), lise.reader(80, 24));
    wide.sees("étapes 0/3");
    narrow.sees("étapes 0/3");
    bob.sh("jalon tick 2 runbook.md && jalon skip 3 --reason 'not today' runbook.md");
    bob.sh("jalon tick Calm runbook.md --as 'Marie-Hélène de Saint-Exupéry'");
    bob.hand_on();
    lise.sh("git pull --quiet");
    for reader in [&wide, &narrow] {
        reader.sees("étapes 2/3").keys("3").keys("j");
        let row = |screen: &str, label: &str| screen.lines().find(|l| l.contains(label)).unwrap_or_default().to_owned();
        // Who, in the row; when, there or under the list.
        reader.sees("fait par bob, aujourd’hui");
        let screen = reader.wait("who did it", |s| row(&s.contents(), "2. Build").contains("bob"));
        assert!(row(&screen, "3. Deploy").contains("bob"), "{screen}");
        assert!(row(&screen, "◆ Calm").contains("Marie-H…"), "a long name is cut before it is left out\n{screen}");
    }
    wide.keys("gjjj").sees("not today");
    // One's own needs no name.
    narrow.keys("gjx").sees("étapes 3/3");
    let screen = narrow.wait("saved", |s| s.contents().contains("✓ 1. Freeze"));
    assert!(!screen.lines().any(|l| l.contains("1. Freeze") && l.contains("lise")), "{screen}");
    for reader in [wide, narrow] {
        reader.keys("q");
        assert_eq!(reader.ends().0, 0);
    }
}

#[test]
#[ignore = "the campaign: takes some minutes"]
fn campaign_of_twenty_pulls() {
    let Some(world) = World::new() else { return };
    let (lise, bob) = (world.person("lise"), world.person("bob"));
    lise.sh("jalon share runbook.md");
    lise.hand_on();
    bob.sh("git pull --quiet");
    let reader = lise.reader(120, 40);
    reader.sees("étapes 0/3");
    let mut seen: Vec<Duration> = (1..=20)
        .map(|n| {
            bob.sh(if n % 2 == 1 { "jalon tick 2 runbook.md" } else { "jalon untick 2 runbook.md" });
            bob.hand_on();
            lise.sh("git pull --quiet --no-rebase --no-edit");
            let pulled = Instant::now();
            reader.sees(&format!("étapes {}/3", n % 2));
            pulled.elapsed()
        })
        .collect();
    seen.sort();
    let told = |d: Duration| d.as_millis();
    println!("20 pulls seen: median {} ms, slowest {} ms after git ended", told(seen[10]), told(seen[19]));
    reader.keys("q");
    assert_eq!(reader.ends().0, 0);
}
