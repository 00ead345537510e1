//! Whatever a path leads to gets an answer: the text, or one line that says why not. Nothing blocks, and nothing is
//! read for ever.

use crate::commands::Home;
use crate::pty::Terminal;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Command;

/// What a file must come to.
enum Answer {
    /// This is shown, and nothing is complained of.
    Shows(&'static str),
    /// This is shown, and one line is told, in English and in French.
    Tells(&'static str, [&'static str; 2]),
    /// It is refused in one line, in English and in French, with code 2.
    Refuses([&'static str; 2]),
}

const NOT_A_FILE: [&str; 2] =
    ["neither a file nor a folder; for a pipe write `-`", "ni un fichier ni un dossier ; pour un tube, écrivez « - »"];
const NOT_UTF_8: [&str; 2] = [
    "not all of it is UTF-8; the bytes in question show as �",
    "tout n’est pas en UTF-8 ; les octets en cause s’affichent �",
];
const NOT_TEXT: [&str; 2] = ["not text; name a Markdown file", "ce n’est pas du texte ; donnez un fichier Markdown"];
const NO_GUIDE: [&str; 2] = [
    "no guide in this folder; name a Markdown file (.md)",
    "ce dossier ne contient pas de guide ; donnez un fichier Markdown (.md)",
];
const EMPTY: [&str; 2] = ["the file is empty", "ce fichier est vide"];
const GONE: [&str; 2] = ["not found; check the path", "introuvable ; vérifiez le chemin"];
const TOO_LARGE: [&str; 2] = ["more than a gibibyte; split the guide", "plus d’un gibioctet ; partagez le guide"];
/// The system's own words, whatever they are here.
const SYSTEM: [&str; 2] = ["", ""];

use Answer::{Refuses, Shows, Tells};

const TEXT: &str = "# Été\n\n1. un\n2. deux\n";

/// A kind of file: its name, how it comes to be, and the answer.
type Kind = (&'static str, fn(&Path), Answer);

/// All kinds.
const KINDS: [Kind; 20] = [
    ("utf-8 with a mark", |p| fs::write(p, format!("\u{feff}{TEXT}")).unwrap(), Shows("Été")),
    ("utf-16, little end first", |p| fs::write(p, utf_16(u16::to_le_bytes)).unwrap(), Shows("Été")),
    ("utf-16, big end first", |p| fs::write(p, utf_16(u16::to_be_bytes)).unwrap(), Shows("Été")),
    ("half of utf-16", |p| fs::write(p, b"\xff\xfe#\0 \0a\0b").unwrap(), Tells("a\u{fffd}", NOT_UTF_8)),
    ("latin 1", |p| fs::write(p, b"# \xc9t\xe9\n").unwrap(), Tells("\u{fffd}t\u{fffd}", NOT_UTF_8)),
    ("a program", |p| fs::write(p, b"\x7fELF\x02\0\0\0").unwrap(), Refuses(NOT_TEXT)),
    (
        "NUL far into the text",
        |p| fs::write(p, format!("{}\n\na\0b\n", "mot ".repeat(3_000))).unwrap(),
        Shows("a\u{fffd}b"),
    ),
    ("carriage returns alone", |p| fs::write(p, TEXT.replace('\n', "\r")).unwrap(), Shows("2. deux")),
    ("carriage returns and line feeds", |p| fs::write(p, TEXT.replace('\n', "\r\n")).unwrap(), Shows("2. deux")),
    ("nothing", |p| fs::write(p, "").unwrap(), Tells("", EMPTY)),
    ("a pipe that nobody writes to", pipe, Refuses(NOT_A_FILE)),
    ("a socket", |p| drop(UnixListener::bind(p).unwrap()), Refuses(SYSTEM)),
    ("a device without end", |p| symlink("/dev/zero", p).unwrap(), Refuses(NOT_A_FILE)),
    ("an empty folder", |p| fs::create_dir(p).unwrap(), Refuses(NO_GUIDE)),
    (
        "a folder of itself",
        |p| {
            fs::create_dir(p).unwrap();
            symlink(".", p.join("a.md")).unwrap()
        },
        Refuses(NO_GUIDE),
    ),
    ("gone", |_| (), Refuses(GONE)),
    ("a link to nothing", |p| symlink("nowhere", p).unwrap(), Refuses(GONE)),
    ("a link to itself", |p| symlink(p, p).unwrap(), Refuses(SYSTEM)),
    ("a file that cannot be read to its end", |p| symlink("/proc/self/mem", p).unwrap(), Refuses(SYSTEM)),
    ("a file larger than any guide", sparse, Refuses(TOO_LARGE)),
];

fn utf_16(unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    std::iter::once(0xfeff).chain(TEXT.encode_utf16()).flat_map(unit).collect()
}

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

/// A gibibyte and a byte, of which the disk holds nothing.
fn sparse(path: &Path) {
    fs::File::create(path).unwrap().set_len((1 << 30) + 1).unwrap();
}

#[test]
fn every_kind_of_file_gets_an_answer_in_both_languages() {
    for (kind, make, answer) in &KINDS {
        let home = Home::new();
        make(&home.path("work/guide.md"));
        for (command, language) in [("show", 0), ("status", 0), ("show", 1)] {
            let lang = ["en", "fr"][language];
            let ran = home.run(&["--lang", lang, command, "guide.md"]);
            let (code, shown, told) = match answer {
                Shows(text) => (0, *text, None),
                Tells(text, complaint) => (0, *text, Some(complaint[language])),
                Refuses(complaint) => (2, "", Some(complaint[language])),
            };
            assert_eq!(ran.code, code, "{kind}: {}", ran.err);
            match told {
                Some(complaint) => {
                    let (line, space) = (ran.complaint().replace('\u{a0}', " "), ["", " "][language]);
                    assert!(
                        line.starts_with(&format!("guide.md{space}: ")) && line.ends_with(complaint),
                        "{kind}: {line}"
                    );
                }
                None => assert_eq!(ran.err, "", "{kind}"),
            }
            assert!(command == "status" || ran.out.contains(shown), "{kind}: {}", ran.out);
        }
    }
}

/// A hundred megabytes: too much for every run of the tests. `JALON_BUILD` names the program to be measured.
#[test]
#[ignore = "a campaign: .ci/trust files"]
fn campaign_of_a_hundred_megabytes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("guide.md");
    let part = format!("## Partie\n\n- [ ] tâche\n\n{}\n\n", "Des mots, et d’autres mots. ".repeat(35));
    fs::write(&path, part.repeat(100_000_000 / part.len() + 1)).unwrap();
    let mut terminal = Terminal::new();
    if let Some(build) = std::env::var_os("JALON_BUILD") {
        terminal = terminal.build(build);
    }
    let began = std::time::Instant::now();
    let running = terminal.args(&[path.to_str().unwrap()]).start();
    running.drawn();
    let first = began.elapsed();
    running.sees("Partie");
    println!("100 MB: a first frame after {} ms, the text after {} ms", first.as_millis(), began.elapsed().as_millis());
    running.keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn a_file_without_permission_is_told_apart_from_a_missing_one() {
    let home = Home::new();
    home.file("guide.md", TEXT);
    let path = home.path("work/guide.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    // Root reads everything.
    if fs::File::open(&path).is_err() {
        assert!(home.bad(&["show", "guide.md"], 2).contains("permission"));
    }
}

#[test]
fn what_is_refused_is_refused_on_a_terminal_too_and_leaves_it_alone() {
    for (kind, make, answer) in &KINDS {
        let Refuses(_) = answer else { continue };
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("guide.md");
        make(&path);
        let running = Terminal::new().args(&[path.to_str().unwrap()]).start();
        let text = String::from_utf8(running.end()).unwrap();
        assert!(text.starts_with("jalon: ") && text.lines().count() == 1, "{kind}: {text:?}");
    }
}

#[test]
fn a_guide_that_goes_away_while_it_is_read_stays_on_the_screen_and_takes_ticks() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("guide.md");
    for go in [|p: &Path| fs::remove_file(p).unwrap(), |p: &Path| fs::write(p, b"\0\x7fELF").unwrap()] {
        fs::write(&path, TEXT).unwrap();
        let running = Terminal::new().args(&[path.to_str().unwrap()]).start();
        running.sees("0/2");
        go(&path);
        running.keys("R").sees("guide.md").sees("Été");
        running.keys("\x1b3jx").sees("1/2").keys("q");
        assert_eq!(running.ends().0, 0);
    }
}
