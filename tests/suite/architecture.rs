//! Reads the sources and says which rule of the house broke: the order of the rooms, who may name which crate,
//! what only the edge may touch, and the shape of files. Each rule is tried on a small sin first, so that a rule
//! that no longer sees anything fails too.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The rooms in the order of the map; a room's `crate::…` may name itself and those before it.
const ROOMS: [&str; 9] = ["guide", "progress", "words", "theme", "layout", "app", "view", "cli", "edge"];

/// Who may name a crate.
enum May {
    /// Every room.
    All,
    /// The files whose path below `src/` begins with one of these.
    Only(&'static [&'static str]),
}

/// Every dependency has its line here: a new one is a decision about rooms too.
const CRATES: &[(&str, May)] = &[
    ("pulldown_cmark", May::Only(&["guide/parse"])),
    ("unicase", May::Only(&["guide/parse"])),
    ("serde_saphyr", May::Only(&["guide/front_matter"])),
    ("html_escape", May::Only(&["guide/"])),
    ("unicode_normalization", May::Only(&["guide/", "edge/places"])),
    ("memchr", May::Only(&["guide/search", "guide/whole", "guide/lead", "guide/parse", "edge/pages"])),
    ("regex", May::Only(&["guide/search"])),
    ("regex_syntax", May::Only(&["guide/search"])),
    ("unicode_linebreak", May::Only(&["layout/"])),
    ("syntect", May::Only(&["layout/code"])),
    ("two_face", May::Only(&["layout/code"])),
    ("ratatui", May::Only(&["theme/", "app/", "view/", "edge/"])),
    ("crossterm", May::Only(&["edge/"])),
    ("clap", May::Only(&["cli/"])),
    ("clap_complete", May::Only(&["cli/completions"])),
    ("toml", May::Only(&["cli/config"])),
    ("etcetera", May::Only(&["edge/"])),
    ("rustix", May::Only(&["edge/"])),
    ("signal_hook", May::Only(&["edge/"])),
    ("notify", May::Only(&["edge/"])),
    ("compact_str", May::Only(&["guide/", "progress/"])),
    ("crc32fast", May::Only(&["progress/", "edge/"])),
    ("qrcode", May::Only(&["app/qr"])),
    ("tui_input", May::Only(&["app/", "view/"])),
    ("serde", May::All),
    ("serde_json", May::All),
    ("unicode_segmentation", May::All),
    ("unicode_width", May::All),
];

/// jiff is pure where it is handed an instant and a zone, so it has rules of its own below.
const CRATES_WITH_OWN_RULES: [&str; 1] = ["jiff"];

/// Paths that reach the world, and the crates' ways to it. Only the edge (and `main`) may write them.
const WORLD: [&str; 22] = [
    "std::fs",
    "std::env",
    "std::net",
    "std::os",
    "std::process",
    "std::thread",
    "std::time::SystemTime",
    "std::time::Instant",
    "std::io::stdin",
    "std::io::stdout",
    "std::io::stderr",
    "std::io::Stdin",
    "std::io::Stdout",
    "std::io::Stderr",
    "jiff::Timestamp::now",
    "jiff::ZonedDateTime::now",
    "jiff::tz::TimeZone::system",
    "jiff::tz::TimeZone::try_system",
    "Timestamp::now",
    "ZonedDateTime::now",
    "TimeZone::system",
    "TimeZone::try_system",
];

/// Macros that print.
const PRINTING: [&str; 5] = ["print", "println", "eprint", "eprintln", "dbg"];

/// The longest file, in lines.
const LONGEST: usize = 600;

/// Longer files, each with its reason.
const LONG_FILES: [(&str, &str); 0] = [];

/// A source file: its path below `src/` with forward slashes, and its text.
struct Source {
    path: String,
    text: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut open = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let below: Vec<_> = path.strip_prefix(&root).unwrap().iter().map(|p| p.to_str().unwrap()).collect();
                found.push(Source { path: below.join("/"), text: fs::read_to_string(&path).unwrap() });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(found.len() > 20, "the sources were not found");
    found
}

/// The room of a file; none for `lib.rs` and `main.rs`.
fn room(path: &str) -> Option<&str> {
    path.split_once('/').map(|(room, _)| room)
}

/// An identifier or one character of punctuation, with its line. Comments, strings and characters are left out.
#[derive(Clone, Debug, PartialEq)]
struct Token {
    word: String,
    line: usize,
}

/// Splits Rust into words. Knows just enough of the language to keep out what is not code.
fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    let (mut out, mut i, mut line) = (Vec::new(), 0, 1);
    while i < chars.len() {
        let start = i;
        match at(i) {
            '/' if at(i + 1) == '/' => {
                while i < chars.len() && at(i) != '\n' {
                    i += 1;
                }
            }
            '/' if at(i + 1) == '*' => {
                let mut depth = 0;
                loop {
                    match (at(i), at(i + 1)) {
                        ('/', '*') => (depth, i) = (depth + 1, i + 2),
                        ('*', '/') => (depth, i) = (depth - 1, i + 2),
                        _ => i += 1,
                    }
                    if depth == 0 || i >= chars.len() {
                        break;
                    }
                }
            }
            '"' => i = after_string(&chars, i),
            'r' if raw_hashes(&chars, i + 1).is_some() => i = after_raw(&chars, i + 1),
            'b' if at(i + 1) == 'r' && raw_hashes(&chars, i + 2).is_some() => i = after_raw(&chars, i + 2),
            // A character, not a lifetime: 'x' or an escape.
            '\'' if at(i + 1) == '\\' => {
                i += 3;
                while i < chars.len() && at(i) != '\'' {
                    i += 1;
                }
                i += 1;
            }
            '\'' if at(i + 2) == '\'' => i += 3,
            c if c.is_alphanumeric() || c == '_' => {
                while at(i).is_alphanumeric() || at(i) == '_' {
                    i += 1;
                }
                out.push(Token { word: chars[start..i].iter().collect(), line });
            }
            c => {
                if !c.is_whitespace() {
                    out.push(Token { word: c.to_string(), line });
                }
                i += 1;
            }
        }
        line += chars[start..i.min(chars.len())].iter().filter(|c| **c == '\n').count();
    }
    out
}

fn after_string(chars: &[char], mut i: usize) -> usize {
    i += 1;
    while i < chars.len() && chars[i] != '"' {
        i += if chars[i] == '\\' { 2 } else { 1 };
    }
    i + 1
}

/// How many `#` stand between the `r` and the quote of a raw string; none if it is not one.
fn raw_hashes(chars: &[char], from: usize) -> Option<usize> {
    let hashes = chars[from.min(chars.len())..].iter().take_while(|c| **c == '#').count();
    (chars.get(from + hashes) == Some(&'"')).then_some(hashes)
}

fn after_raw(chars: &[char], from: usize) -> usize {
    let hashes = raw_hashes(chars, from).unwrap();
    let mut i = from + hashes + 1;
    while i < chars.len() {
        if chars[i] == '"' && chars[i + 1..].iter().take_while(|c| **c == '#').count() >= hashes {
            return i + 1 + hashes;
        }
        i += 1;
    }
    i
}

/// A path as written out, `use` groups multiplied: `use std::{fs, io::stdout}` gives `std::fs` and `std::io::stdout`.
#[derive(Debug, PartialEq)]
struct Named {
    path: String,
    line: usize,
}

/// All paths of a file: in `use` and in running code. `super` is resolved against the file's own place.
fn paths(file: &str, text: &str) -> Vec<Named> {
    let tokens = tokens(text);
    let word = |i: usize| tokens.get(i).map_or("", |t| t.word.as_str());
    let mut home: Vec<String> = vec!["crate".into()];
    // `x_tests.rs` is the file of `x`'s own `mod tests`.
    let place = file.trim_end_matches(".rs").replace("_tests", "/tests");
    home.extend(place.split('/').filter(|p| !matches!(*p, "mod" | "lib" | "main")).map(str::to_owned));
    // Inline modules around the token, and the depth of braces that each opened at.
    let (mut inline, mut braces): (Vec<(String, usize)>, usize) = (Vec::new(), 0);
    let (mut out, mut i) = (Vec::new(), 0);
    while i < tokens.len() {
        match word(i) {
            "mod" if word(i + 2) == "{" => {
                inline.push((word(i + 1).to_owned(), braces));
                braces += 1;
                i += 3;
            }
            "{" => (braces, i) = (braces + 1, i + 1),
            "}" => {
                braces = braces.saturating_sub(1);
                if inline.last().is_some_and(|m| m.1 == braces) {
                    inline.pop();
                }
                i += 1;
            }
            // Not `impl Trait + use<'a>`.
            "use" if word(i + 1) != "<" => {
                let here: Vec<String> = home.iter().cloned().chain(inline.iter().map(|m| m.0.clone())).collect();
                let end = (i..tokens.len()).find(|k| word(*k) == ";").unwrap_or(tokens.len());
                for (parts, line) in use_tree(&tokens[i + 1..end]) {
                    out.push(Named { path: resolve(&here, &parts), line });
                }
                i = end;
            }
            w if is_name(w) && word(i + 1) == ":" && word(i + 2) == ":" => {
                let (mut parts, line) = (vec![w.to_owned()], tokens[i].line);
                while word(i + 1) == ":" && word(i + 2) == ":" && is_name(word(i + 3)) {
                    parts.push(word(i + 3).to_owned());
                    i += 3;
                }
                let here: Vec<String> = home.iter().cloned().chain(inline.iter().map(|m| m.0.clone())).collect();
                out.push(Named { path: resolve(&here, &parts), line });
                i += 1;
            }
            _ => i += 1,
        }
    }
    out
}

fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Multiplies the groups of one `use` out.
fn use_tree(tokens: &[Token]) -> Vec<(Vec<String>, usize)> {
    let mut out = Vec::new();
    // The path so far, and its length at each open brace.
    let (mut path, mut opened): (Vec<String>, Vec<usize>) = (Vec::new(), Vec::new());
    let mut skip = false;
    let mut flush = |path: &[String], base: usize, line: usize| {
        if path.len() > base {
            out.push((path.to_vec(), line));
        }
    };
    for token in tokens {
        let base = opened.last().copied().unwrap_or(0);
        match token.word.as_str() {
            "{" => opened.push(path.len()),
            "}" => {
                flush(&path, base, token.line);
                opened.pop();
                let outer = opened.last().copied().unwrap_or(0);
                path.truncate(outer);
                skip = false;
            }
            "," => {
                flush(&path, base, token.line);
                path.truncate(base);
                skip = false;
            }
            "as" => skip = true,
            "*" => path.push("*".into()),
            name if is_name(name) && !skip => path.push(name.to_owned()),
            _ => {}
        }
    }
    let line = tokens.last().map_or(0, |t| t.line);
    flush(&path, 0, line);
    out
}

/// Replaces `self` and `super` at a path's head by the module that they mean.
fn resolve(here: &[String], parts: &[String]) -> String {
    let mut base: Vec<String> = Vec::new();
    let mut rest = parts;
    while let Some((first, more)) = rest.split_first() {
        match first.as_str() {
            "self" if base.is_empty() => base = here.to_vec(),
            "super" if base.is_empty() => {
                base = here.iter().take(here.len().saturating_sub(1).max(1)).cloned().collect()
            }
            "super" => base.truncate((base.len() - 1).max(1)),
            _ => break,
        }
        rest = more;
    }
    base.extend(rest.iter().cloned());
    base.join("::")
}

/// Whether `path` is `of` or stands below it.
fn within(path: &str, of: &str) -> bool {
    path.strip_prefix(of).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

// The rules. Each takes a file and gives the sins found in it.

fn wrong_way(file: &str, text: &str) -> Vec<String> {
    let allowed = match room(file) {
        Some(own) => ROOMS.iter().position(|r| *r == own).map_or(0, |n| n + 1),
        None => ROOMS.len(),
    };
    let mut sins = Vec::new();
    for named in paths(file, text) {
        let mut parts = named.path.split("::");
        if parts.next() != Some("crate") {
            continue;
        }
        let target = parts.next().unwrap_or("*");
        let known = ROOMS.iter().position(|r| *r == target);
        if known.is_none_or(|n| n >= allowed) && room(file).is_some() {
            sins.push(format!("{file}:{}: `{}` points right on the map", named.line, named.path));
        }
    }
    sins
}

fn foreign_crates(file: &str, text: &str) -> Vec<String> {
    let mut sins = Vec::new();
    for named in paths(file, text) {
        let head = named.path.split("::").next().unwrap_or_default();
        if let Some((name, May::Only(places))) = CRATES.iter().find(|(name, _)| *name == head)
            && !places.iter().any(|p| file.starts_with(p))
        {
            sins.push(format!("{file}:{}: only {} may name {name}", named.line, places.join(", ")));
        }
        let geometry = within(&named.path, "ratatui::layout");
        if head == "ratatui" && file.starts_with("app/") && !geometry {
            sins.push(format!("{file}:{}: app takes geometry only from ratatui, not `{}`", named.line, named.path));
        }
        let terminal = ["ratatui::crossterm", "ratatui::backend", "ratatui::Terminal", "ratatui::init", "ratatui::run"];
        if terminal.iter().any(|t| within(&named.path, t)) && !file.starts_with("edge/") {
            sins.push(format!("{file}:{}: `{}` is the terminal: only the edge", named.line, named.path));
        }
    }
    sins
}

fn worldly(file: &str, text: &str) -> Vec<String> {
    if file.starts_with("edge/") || file == "main.rs" {
        return Vec::new();
    }
    let mut sins = Vec::new();
    for named in paths(file, text) {
        if let Some(world) = WORLD.iter().find(|w| within(&named.path, w)) {
            sins.push(format!("{file}:{}: `{world}` is the edge's", named.line));
        }
        // `use std::time::*` would bring the clock in unseen.
        if ["std::*", "std::time::*", "std::io::*"].contains(&named.path.as_str()) {
            sins.push(format!("{file}:{}: `{}` could bring anything in", named.line, named.path));
        }
    }
    let tokens = tokens(text);
    for pair in tokens.windows(2) {
        if PRINTING.contains(&pair[0].word.as_str()) && pair[1].word == "!" {
            sins.push(format!("{file}:{}: `{}!` prints; only the edge does", pair[0].line, pair[0].word));
        }
    }
    sins
}

fn unsafe_code(file: &str, text: &str) -> Vec<String> {
    let found = tokens(text).into_iter().filter(|t| t.word == "unsafe");
    found.map(|t| format!("{file}:{}: unsafe code", t.line)).collect()
}

fn too_long(file: &str, text: &str) -> Vec<String> {
    let lines = text.lines().count();
    if lines > LONGEST && !LONG_FILES.iter().any(|(path, _)| *path == file) {
        return vec![format!("{file}: {lines} lines; split it, or list it with a reason")];
    }
    Vec::new()
}

fn unintroduced(file: &str, text: &str) -> Vec<String> {
    let first = text.lines().next().unwrap_or_default();
    let says = first.strip_prefix("//! ").is_some_and(|s| s.trim().len() > 10);
    if says { Vec::new() } else { vec![format!("{file}: does not open with a `//!` that says what it owns")] }
}

fn assert_clean(rule: fn(&str, &str) -> Vec<String>) {
    let sins: Vec<String> = sources().iter().flat_map(|s| rule(&s.path, &s.text)).collect();
    assert!(sins.is_empty(), "\n{}", sins.join("\n"));
}

#[test]
fn rooms_import_only_rooms_before_them() {
    assert_clean(wrong_way);
}

#[test]
fn the_order_rule_sees_every_way_to_write_a_path() {
    let sins = [
        ("guide/x.rs", "use crate::app::Model;"),
        ("guide/x.rs", "use crate::{guide::Guide, app::Model};"),
        ("guide/x.rs", "fn f() { crate::view::draw() }"),
        ("guide/x.rs", "use super::super::edge;"),
        ("guide/mod.rs", "use super::edge as e;"),
        ("guide/mod.rs", "mod tests { use super::super::edge; }"),
        ("guide/mod.rs", "mod tests { } use super::edge;"),
        ("guide/x_tests.rs", "use super::super::super::edge;"),
        ("guide/x.rs", "use crate::*;"),
        ("layout/x.rs", "use crate::theme::Role; use crate::{words::{Lang, Ui}, app::{Key}};"),
        ("app/x.rs", "fn f<'a>(c: char) { let _ = 'x'; crate::view::draw() }"),
    ];
    for (file, text) in sins {
        assert_eq!(wrong_way(file, text).len(), 1, "{file}: {text}");
    }
    let innocent = [
        ("view/x.rs", "use crate::app::Model; use super::status; use crate::guide::{self, Guide};"),
        ("guide/mod.rs", "mod tests { use super::Guide; use super::super::guide; }"),
        ("guide/x.rs", "// crate::app\n/* crate::app /* crate::view */ crate::app */ const A: &str = \"crate::app\";"),
        ("guide/x.rs", "const A: &str = r#\"\" crate::app \"#; const B: char = '\"'; const C: char = '\\''; // \""),
        ("guide/x_tests.rs", "use super::super::Guide;"),
        ("lib.rs", "pub mod guide;"),
    ];
    for (file, text) in innocent {
        assert_eq!(wrong_way(file, text), Vec::<String>::new(), "{file}: {text}");
    }
}

#[test]
fn crates_are_named_only_where_they_belong() {
    assert_clean(foreign_crates);
}

#[test]
fn the_crate_rule_sees_a_crate_out_of_place() {
    let sins = [
        ("guide/outline.rs", "use pulldown_cmark::Parser;"),
        ("layout/table.rs", "fn f() { syntect::parsing::SyntaxSet::new(); }"),
        ("guide/x.rs", "use ratatui::layout::Rect;"),
        ("app/x.rs", "use ratatui::{layout::Rect, style::Style};"),
        ("view/x.rs", "use ratatui::crossterm::event;"),
        ("view/x.rs", "use crossterm;"),
        ("edge/x.rs", "use clap::Parser;"),
        ("cli/x.rs", "use rustix::fs;"),
    ];
    for (file, text) in sins {
        assert_eq!(foreign_crates(file, text).len(), 1, "{file}: {text}");
    }
    let innocent = [
        ("guide/parse/inline.rs", "use pulldown_cmark::Event;"),
        ("layout/code.rs", "use {syntect::parsing, two_face::syntax};"),
        ("app/panes.rs", "use ratatui::layout::{Constraint, Rect};"),
        ("edge/terminal.rs", "use ratatui::crossterm::event; use crossterm::style;"),
    ];
    for (file, text) in innocent {
        assert_eq!(foreign_crates(file, text), Vec::<String>::new(), "{file}: {text}");
    }
}

#[test]
fn every_dependency_has_its_line_in_the_table_of_crates() {
    let manifest = include_str!("../../Cargo.toml");
    let section = manifest.split("\n[dependencies]\n").nth(1).unwrap().split("\n[").next().unwrap();
    let declared: BTreeSet<String> = section
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split_once('='))
        .map(|(name, _)| name.trim().replace('-', "_"))
        .collect();
    let listed: BTreeSet<String> =
        CRATES.iter().map(|(name, _)| *name).chain(CRATES_WITH_OWN_RULES).map(str::to_owned).collect();
    assert_eq!(declared, listed);
}

#[test]
fn only_the_edge_touches_the_world() {
    assert_clean(worldly);
}

#[test]
fn the_rule_of_the_edge_sees_files_clocks_threads_and_printing() {
    let sins = [
        "use std::fs;",
        "use std::{fmt, fs::File};",
        "fn f() { std::env::var(\"HOME\"); }",
        "use std::time::{Duration, Instant};",
        "use std::time::SystemTime as Now;",
        "use std::thread;",
        "fn f() { std::process::exit(1) }",
        "use std::io::{self, stdout};",
        "use std::time::*;",
        "fn f() { let now = jiff::Timestamp::now(); }",
        "fn f() { let zone = TimeZone::system(); }",
        "fn f() { println!(\"x\") }",
    ];
    for text in sins {
        assert_eq!(worldly("app/x.rs", text).len(), 1, "{text}");
        assert_eq!(worldly("edge/x.rs", text).len(), 0, "{text}");
        assert_eq!(worldly("main.rs", text).len(), 0, "{text}");
    }
    let innocent = ["use std::time::Duration;", "use std::fmt;", "const V: &str = env!(\"CARGO_PKG_VERSION\");"];
    for text in innocent {
        assert_eq!(worldly("app/x.rs", text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn no_code_is_unsafe() {
    assert_clean(unsafe_code);
    assert_eq!(unsafe_code("app/x.rs", "fn f() { unsafe { } }").len(), 1);
    assert_eq!(unsafe_code("app/x.rs", "// unsafe\nconst A: &str = \"unsafe\";").len(), 0);
}

#[test]
fn files_are_short() {
    assert_clean(too_long);
    assert_eq!(too_long("app/x.rs", &"\n".repeat(LONGEST + 1)).len(), 1);
    assert_eq!(too_long("app/x.rs", &"\n".repeat(LONGEST)).len(), 0);
    let all = sources();
    for (path, reason) in LONG_FILES {
        let file = all.iter().find(|s| s.path == path).unwrap_or_else(|| panic!("{path} is gone"));
        assert!(file.text.lines().count() > LONGEST, "{path} is short again: take it off the list ({reason})");
    }
}

#[test]
fn files_open_with_what_they_own() {
    assert_clean(unintroduced);
    assert_eq!(unintroduced("app/x.rs", "use crate::guide;").len(), 1);
    assert_eq!(unintroduced("app/x.rs", "//! Keys.\n").len(), 1);
}

/// The rooms as the drawing in `lib.rs`'s first block names them.
fn drawn(map: &str) -> Vec<&str> {
    let block = map.split("```").nth(1).unwrap_or_default();
    block
        .lines()
        .skip(1)
        .filter_map(|l| l.strip_prefix("//!   ")?.split(' ').next())
        .filter(|w| !w.is_empty())
        .collect()
}

#[test]
fn the_map_names_the_rooms_in_the_order_of_their_modules() {
    let map = include_str!("../../src/lib.rs");
    let declared: Vec<&str> =
        map.lines().filter_map(|l| l.strip_prefix("pub mod ")).map(|l| l.trim_end_matches(';')).collect();
    assert_eq!(declared, ROOMS, "the modules of lib.rs");
    assert_eq!(drawn(map), ROOMS, "the drawing in lib.rs");
    let folders: BTreeSet<String> = sources().iter().filter_map(|s| room(&s.path)).map(str::to_owned).collect();
    assert_eq!(folders, ROOMS.iter().map(|r| (*r).to_owned()).collect(), "the folders of src");
}
