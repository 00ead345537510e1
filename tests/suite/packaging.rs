//! What goes with the program: help, completions, the manual page and the data of packages, each tried with the real
//! thing where it is at hand.

use crate::commands::Home;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// Whether a program can be run here.
fn is_here(program: &str) -> bool {
    Command::new(program).arg("--version").stdin(Stdio::null()).output().is_ok_and(|ran| ran.status.success())
}

/// What Bash completes, by the script that the program prints.
fn completed(home: &Home, words: &str) -> Vec<String> {
    let script = "eval \"$1\"; COMP_WORDS=(); read -ra COMP_WORDS <<<\"$2\"; [[ $2 == *' ' ]] && COMP_WORDS+=('')
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMPREPLY=(); command=$(complete -p jalon); command=${command#*-F }
        ${command%% *} jalon \"${COMP_WORDS[COMP_CWORD]}\" \"${COMP_WORDS[COMP_CWORD - 1]}\" 2>/dev/null
        printf '%s\\n' \"${COMPREPLY[@]}\"";
    let made = home.good(&["completions", "bash"]);
    let mut bash = Command::new("bash");
    bash.args(["--norc", "-c", script, "bash", &made, words]).current_dir(home.path("work"));
    let ran = bash.output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8(ran.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn bash_completes_commands_options_values_and_guides() {
    if !is_here("bash") {
        eprintln!("no bash here");
        return;
    }
    let home = Home::new();
    home.file("runbook.md", "# x\n").file("Notes of mine.md", "# x\n").file("c.toml", "");
    assert_eq!(completed(&home, "jalon stat"), ["status"]);
    assert_eq!(completed(&home, "jalon ru"), ["runs", "runbook.md"], "a guide as well as a command");
    assert_eq!(completed(&home, "jalon Not"), ["Notes of mine.md"]);
    assert_eq!(completed(&home, "jalon status --js"), ["--json"]);
    assert_eq!(completed(&home, "jalon --theme n"), ["night"]);
    assert_eq!(completed(&home, "jalon --lang "), ["fr", "en"]);
    assert_eq!(completed(&home, "jalon --config c"), ["c.toml"]);
    let all = completed(&home, "jalon ");
    assert!(
        ["tick", "config", "man", "--run", "runbook.md"].iter().all(|word| all.iter().any(|a| a == word)),
        "{all:?}"
    );
}

#[test]
fn the_manual_page_is_a_page_in_both_languages() {
    let home = Home::new();
    for (lang, chapters) in [
        ("en", ["NAME", "KEYS", "CONFIGURATION", "FILES", "ENVIRONMENT", "EXIT STATUS"]),
        ("fr", ["NOM", "TOUCHES", "CONFIGURATION", "FICHIERS", "ENVIRONNEMENT", "CODE DE RETOUR"]),
    ] {
        let page = home.good(&["man", "--lang", lang]);
        assert!(chapters.iter().all(|chapter| page.contains(&format!(".SH \"{chapter}\"\n"))), "{lang}");
        home.file("jalon.1", &page);
        if !is_here("groff") {
            continue;
        }
        let mut groff = Command::new("groff");
        groff.args(["-man", "-k", "-Tutf8", "-ww", "-P-cbou"]).arg(home.path("work/jalon.1"));
        let ran = groff.output().unwrap();
        let (text, complaints) =
            (String::from_utf8(ran.stdout).unwrap(), String::from_utf8_lossy(&ran.stderr).into_owned());
        let serious = complaints.lines().filter(|line| !line.contains("cannot break line")).count();
        assert_eq!(serious, 0, "{complaints}");
        assert!(
            text.contains("--base-url") && text.contains("JALON_REVIEW_AFTER_DAYS") && text.contains("Alt-↓"),
            "{text}"
        );
    }
}

#[test]
fn help_is_told_in_the_language_of_the_interface() {
    let home = Home::new();
    home.file("c.toml", "lang = \"fr\"\n");
    let french = "Imprimer ce qui est fait et ce qui reste à faire";
    for args in [&["--help", "--lang", "fr"][..], &["--lang=fr", "-h"], &["--config", "c.toml", "--help"]] {
        let help = home.good(args);
        assert!(help.contains(french) && help.contains("Commandes\u{a0}:"), "{help}");
    }
    let locale = home.call(&["status", "--help"]).env("LC_ALL", "fr_FR.UTF-8").output().unwrap();
    assert!(String::from_utf8(locale.stdout).unwrap().starts_with(french));
    assert!(home.good(&["status", "--help"]).starts_with("Print what is done"));
    assert!(home.bad(&["--lang", "fr", "--colour"], 2).starts_with("argument inattendu «\u{a0}--colour\u{a0}»"));
    assert!(home.bad(&["--config", "gone.toml", "--colour"], 2).starts_with("unexpected argument"));
}

/// The part of the manifest below a heading.
fn section(heading: &str) -> &'static str {
    let manifest = include_str!("../../Cargo.toml");
    let after = manifest.split(&format!("[{heading}]\n")).nth(1).unwrap_or_else(|| panic!("no [{heading}]"));
    after.split("\n[").next().unwrap()
}

/// The strings of a section's list.
fn list(section: &'static str, key: &str) -> Vec<&'static str> {
    let (_, list) = section.split_once(&format!("{key} = [")).unwrap_or_else(|| panic!("no {key}"));
    list.split("\n]").next().unwrap().split('"').skip(1).step_by(2).collect()
}

#[test]
fn what_a_package_takes_is_there_or_made_by_the_recipe() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let recipe = fs::read_to_string(root.join(".ci/assets")).unwrap();
    let assets = list(section("package.metadata.deb"), "assets");
    assert_eq!(assets.len() % 3, 0, "source, destination, mode: {assets:?}");
    for asset in assets.chunks(3) {
        let source = asset[0];
        let made = source.strip_prefix("target/assets/").is_some_and(|name| recipe.contains(&format!("/{name}\"")));
        assert!(made || source == "target/release/jalon" || root.join(source).exists(), "{source}");
        assert!(!asset[1].starts_with('/') && asset[2].parse::<u32>().is_ok(), "{asset:?}");
    }
    for path in list(section("package"), "include") {
        let path = path.trim_start_matches('/').trim_end_matches("/**");
        assert!(root.join(path).exists(), "{path}");
    }
}

#[test]
fn the_package_holds_all_that_the_sources_take_in() {
    let include = list(section("package"), "include");
    let covered = |path: &str| {
        include.iter().any(|rule| {
            let rule = rule.trim_start_matches('/');
            rule == path || rule.strip_suffix("/**").is_some_and(|folder| path.starts_with(&format!("{folder}/")))
        })
    };
    for path in ["src/lib.rs", "content/lancer-sa-communaute.md", "README.md", "LICENSE-MIT", "LICENSE-APACHE"] {
        assert!(covered(path), "{path}");
    }
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["package", "--list", "--allow-dirty", "--offline"]).current_dir(env!("CARGO_MANIFEST_DIR"));
    let told = cargo.output().unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let listed = String::from_utf8(told.stdout).unwrap();
    let files: Vec<&str> = listed.lines().collect();
    assert!(files.contains(&"src/main.rs") && files.contains(&"content/lancer-sa-communaute.md"), "{listed}");
    assert!(!files.iter().any(|file| file.starts_with("tests/") || file.starts_with("target/")), "{listed}");
}
