//! The README says what the program does: its tables are written from the tables that the program itself reads.
//! `JALON_BLESS=1` writes them anew.

use jalon::app::{Arrows, Where, bindings};
use jalon::cli::{manual_commands, manual_options, read_config, written_default};
use jalon::words::{Lang, Setting};
use std::fs;
use std::path::PathBuf;

const README: &str = include_str!("../../README.md");

/// What is promised, and which test shows it.
const TRUST: &str = include_str!("../trust.md");

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn table(head: [&str; 2], rows: impl Iterator<Item = (String, String)>) -> String {
    let rows = rows.map(|(a, b)| format!("| {} | {} |\n", cell(&a), cell(&b)));
    format!("| {} | {} |\n|---|---|\n{}", head[0], head[1], rows.collect::<String>())
}

fn code(text: &str) -> String {
    // A backtick key needs a longer fence (CommonMark 6.1).
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}

fn keys() -> String {
    let places = [
        (Where::Everywhere, "everywhere"),
        (Where::Text, "in the text"),
        (Where::Lists, "in the outline, the checklist, the contacts and the list of a folder’s guides"),
        (Where::Checklist, "in the checklist"),
        (Where::Contacts, "in the contacts"),
        (Where::Library, "in the list of a folder’s guides"),
        (Where::Line, "while typing a line"),
        (Where::Dialog, "in a dialog"),
    ];
    let tables = places.map(|(place, title)| {
        let rows = bindings().iter().filter(|b| b.place == place).map(|b| {
            let keys: Vec<String> = b.keys.iter().map(|k| code(&k.name(Lang::En, Arrows::Drawn))).collect();
            (keys.join(" "), b.action.long(Lang::En).to_owned())
        });
        table([title, ""], rows)
    });
    assert_eq!(bindings().iter().filter(|b| !places.iter().any(|p| p.0 == b.place)).count(), 0, "a place is missing");
    tables.join("\n")
}

fn commands() -> String {
    table(["command", "does"], manual_commands(Lang::En).into_iter().map(|(a, b)| (code(&a), b)))
}

fn settings() -> String {
    let default = |setting| written_default(setting).map_or_else(String::new, |value| code(&value));
    let rows =
        Setting::ALL.into_iter().map(|setting| (format!("{} {}", code(setting.name()), default(setting)), setting));
    table(
        ["setting and default", "is for"],
        rows.map(|(a, setting)| (a.trim_end().to_owned(), setting.say(Lang::En).to_owned())),
    )
}

fn options() -> String {
    table(["option", "does"], manual_options(Lang::En).into_iter().map(|(a, b)| (code(&a), b)))
}

/// The README with the part between two markers replaced.
fn with(readme: &str, name: &str, content: &str) -> String {
    let open = format!("<!-- {name}: ");
    let (before, rest) = readme.split_once(&open).unwrap_or_else(|| panic!("no marker {name}"));
    let (marker, rest) = rest.split_once("-->\n").unwrap();
    let (_, after) = rest.split_once(&format!("<!-- /{name} -->")).unwrap();
    format!("{before}{open}{marker}-->\n{content}<!-- /{name} -->{after}")
}

#[test]
fn the_readme_s_tables_are_those_of_the_program() {
    let mut wanted = README.to_owned();
    for (name, content) in
        [("keys", keys()), ("commands", commands()), ("options", options()), ("settings", settings())]
    {
        wanted = with(&wanted, name, &content);
    }
    if std::env::var_os("JALON_BLESS").is_some() {
        fs::write(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("README.md"), &wanted).unwrap();
        return;
    }
    assert!(README == wanted, "README.md is behind the program: JALON_BLESS=1 cargo test --test suite docs");
}

#[test]
fn the_readme_leads_with_a_picture_and_the_two_commands() {
    let mut parts = README.split("\n\n");
    assert!(parts.next().unwrap().starts_with("!["));
    let commands = parts.next().unwrap();
    assert!(commands.contains("cargo run --release") && commands.contains("cargo test"));
}

#[test]
fn the_readme_s_configuration_is_one_that_nothing_is_wrong_with() {
    let (_, rest) = README.split_once("```toml\n").unwrap();
    let (config, flaws) = read_config(rest.split("```").next().unwrap());
    assert_eq!(flaws, []);
    assert_eq!((config.values.len(), config.wishes.len(), config.themes.len()), (2, 2, 1), "all of it is taken");
}

#[test]
fn the_readme_s_files_are_there() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let targets = README.split("](").skip(1).map(|rest| rest.split(')').next().unwrap());
    // The picture is held by a test of its own.
    for target in targets.filter(|t| !t.contains(':') && !t.starts_with('#') && !t.ends_with(".svg")) {
        assert!(root.join(target).exists(), "{target}");
    }
}

/// All sources below a folder, with their paths.
fn sources(folder: PathBuf, all: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => sources(path, all),
            false if path.extension().is_some_and(|e| e == "rs") => {
                all.push((path.to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap()));
            }
            false => {}
        }
    }
}

/// A campaign that is no ignored test would be passed over, and the script would say that all is well.
#[test]
fn each_campaign_of_the_script_is_an_ignored_test() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let (mut all, mut campaigns) = (Vec::new(), 0);
    sources(root.join("tests"), &mut all);
    let script = fs::read_to_string(root.join(".ci/trust")).unwrap().replace("--test suite ", "");
    for name in script.split("suite ").skip(1).filter_map(|rest| rest.split([';', '\n']).next()) {
        let Some((module, function)) = name.trim_matches('"').rsplit_once("::") else { continue };
        // Some stand in a loop over the ends of their names.
        let function = function.strip_suffix("$campaign").unwrap_or(function);
        let module = module.replace("::", "/");
        let fitting = all.iter().filter(|(path, _)| path.contains(&format!("/{module}")));
        let ends: Vec<bool> = fitting
            .flat_map(|(_, text)| text.split("#[test]\n").skip(1))
            .filter(|test| test.split("fn ").nth(1).is_some_and(|name| name.starts_with(function)))
            .map(|test| test.starts_with("#[ignore"))
            .collect();
        assert!(!ends.is_empty() && ends.iter().all(|ignored| *ignored), "{name}");
        campaigns += 1;
    }
    assert!(campaigns >= 8, "{campaigns}");
}

#[test]
fn each_test_and_campaign_that_the_page_on_trust_names_exists() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mut all = Vec::new();
    ["src", "tests"].iter().for_each(|folder| sources(root.join(folder), &mut all));
    let named: Vec<&str> = TRUST.split('`').skip(1).step_by(2).collect();
    let (mut tests, mut campaigns) = (0, 0);
    for name in named {
        if let Some(command) = name.strip_prefix(".ci/") {
            let (script, part) = command.split_once(' ').unwrap_or((command, ""));
            let text = fs::read_to_string(root.join(".ci").join(script)).unwrap();
            assert!(text.contains(&format!("#     .ci/{script} {part}")), "{name}");
            campaigns += 1;
        } else if let Some((module, function)) = name.rsplit_once("::").filter(|_| !name.contains(' ')) {
            // The function, in a file of its module's path.
            let module = module.trim_start_matches("suite::").trim_end_matches("::tests").replace("::", "/");
            let holds = |(path, text): &(String, String)| {
                path.contains(&format!("/{module}")) && text.contains(&format!("fn {function}("))
            };
            assert!(all.iter().any(holds), "{name}");
            tests += 1;
        }
    }
    assert!(tests > 40 && campaigns > 10, "{tests} tests, {campaigns} campaigns");
    let rows: Vec<&str> = TRUST.lines().filter_map(|l| l.strip_prefix("| ")?.split(' ').next()).collect();
    assert_eq!(rows.iter().filter(|r| r.starts_with('R')).count(), 25, "each promise has its row");
}
