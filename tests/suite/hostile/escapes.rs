//! Sixty ways to drive a terminal or to deceive a reader, through every place that a guide, a file's name, a person's
//! name and a journal reach. What is written may hold what the oracle allows and characters that are seen, nothing else.

use crate::commands::{Home, journal};
use crate::oracle;
use crate::pty::{Running, Terminal};
use jalon::guide::{Guide, Origin};
use std::fmt::Write;
use std::fs;
use std::thread;
use std::time::{Duration, Instant};

/// The payloads: sequences of every kind, whole and cut short, as bytes and as entities, and characters that hide.
const PAYLOADS: [&str; 60] = [
    "\x1b[31m",
    "\x1b[2J",
    "\x1b[H",
    "\x1b[6n",
    "\x1b[5n",
    "\x1b[c",
    "\x1b[>0q",
    "\x1b[21t",
    "\x1b[?1049l",
    "\x1b[?1003h",
    "\x1b[?2026h",
    "\x1b[!p",
    "\x1bc",
    "\x1b(0",
    "\x1b]0;t\x07",
    "\x1b]0;t\x1b\\",
    "\x1b]7;file://h/x\x07",
    "\x1b]8;;https://evil.fr\x1b\\a\x1b]8;;\x1b\\",
    "\x1b]9;n\x07",
    "\x1b]52;c;eA==\x07",
    "\x1b]777;notify;a;b\x07",
    "\x1b]1337;File=name=eA==:eA==\x07",
    "\x1b]4;1;?\x07",
    "\x1b]10;?\x07",
    "\x1b]133;A\x07",
    "\x1b]5522;x",
    "\x1bP+q544e\x1b\\",
    "\x1bP$qm\x1b\\",
    "\x1bPtmux;\x1b\x1b]52;c;eA==\x07\x1b\\",
    "\x1b_Ga=d\x1b\\",
    "\x1b^x\x1b\\",
    "\x1bXx\x1b\\",
    "\x1b[200~ls\x1b[201~",
    "\u{9b}31m",
    "\u{9d}0;t\u{9c}",
    "\u{90}+q\u{9c}",
    "\u{9f}G\u{9c}",
    "\u{85}",
    "\x07",
    "\x08\x08\x08",
    "\x0b",
    "\x0c",
    "\x0e\x0f",
    "\x7f",
    "\0",
    "a\rb",
    "&#27;[31m",
    "&#x1b;]0;t&#7;",
    "&#x9b;2J",
    "&#27;*[*31m",
    "&#27;`[31m`",
    "&amp;#27;[31m",
    "&#8238;abc",
    "\u{202e}abc\u{202c}",
    "\u{2066}a\u{2069}",
    "\u{200e}\u{200f}\u{61c}",
    "\u{e0061}\u{e007f}",
    "\u{200b}\u{feff}\u{2060}\u{200d}\u{200c}\u{fe0f}",
    "\u{fff9}a\u{fffa}b\u{fffb}\u{ad}",
    "\u{2028}a\u{2029}",
];

/// A section with a payload wherever Markdown has a place for text.
fn section(i: usize, p: &str) -> String {
    format!(
        "## {i}. T {p} t {{#i{i}}}\n\nMot {p} *{p}* ~~{p}~~ `{p}` [{p}](<https://a{i}.fr/{p}> \"{p}\") \
         <https://b{i}.fr/{p}> [x](mailto:a{i}@b.fr?subject={p}) ![{p}](<{p}.png> \"{p}\") ${p}$ x[^{i}]\n\n\
         1. [ ] tâche {p}\n2. deux\n\n### Valeurs {p}\n\n- **tête {p}** : suite\n\n> [!NOTE]\n> {p}\n\n```{p}\n{p}\n```\n\n\
         | {p} | b |\n|---|---|\n| {p} | c |\n\n<p title=\"{p}\">{p}</p>\n<a href=\"https://c{i}.fr/{p}\">{p}</a>\n\n\
         <details open><summary>{p}</summary>\n\n{p}\n\n</details>\n\n[^{i}]: {p}\n\n"
    )
}

fn guide() -> String {
    let front = "---\ntitle: \"T \\e[2J \\u202e\"\nclef\\x07: \"\\e]0;x\\a\"\n---\n\n";
    let sections = PAYLOADS.iter().enumerate().map(|(i, p)| section(i + 1, p));
    format!("{front}# Manuel\n\n{}", sections.collect::<String>())
}

/// Whether a character drives a terminal or hides. No text of ours holds one, and no payload holds one that a script
/// or an emoji needs.
fn is_bad(c: char) -> bool {
    c.is_control() && c != '\n'
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}')
}

fn assert_plain(what: &str, text: &str) {
    let bad = text.char_indices().find(|(_, c)| is_bad(*c));
    assert_eq!(bad.map(|(at, c)| (c, &text[..at])), None, "{what}");
}

/// The same for bytes meant for a terminal, whose sequences the oracle judges.
fn assert_allowed(what: &str, bytes: &[u8]) {
    assert_eq!(oracle::offence(bytes), None, "{what}");
    let text = String::from_utf8_lossy(bytes);
    let hidden = text.chars().find(|c| is_bad(*c) && !matches!(c, '\x1b' | '\r'));
    assert_eq!(hidden, None, "{what}");
}

#[test]
fn each_payload_is_in_the_guide_and_no_text_of_it_is_live() {
    for (i, payload) in PAYLOADS.iter().enumerate() {
        let guide = Guide::parse(&section(i + 1, payload), &Origin { name: (*payload).into(), base_url: None });
        let mut texts: Vec<&str> = vec![&guide.title];
        texts.extend(guide.blocks().map(|(_, b)| &*b.text));
        texts.extend(guide.headings.iter().map(|h| &*h.text));
        texts.extend(guide.links().map(|(_, l)| &*l.target));
        texts.extend(guide.items.iter().map(|i| &*i.label));
        texts.extend(guide.groups.iter().map(|g| &*g.title));
        texts.extend(guide.contacts.iter().flat_map(|c| [&*c.label, &*c.bare, &*c.target]));
        assert!(texts.len() > 20, "{payload:?} breaks the section apart");
        for text in texts {
            // A tab and a soft hyphen stay in blocks: the layout makes of them what they are for.
            assert_plain(&format!("{payload:?}"), &text.replace(['\t', '\u{ad}'], ""));
        }
    }
}

#[test]
fn no_command_prints_a_live_byte() {
    let home = Home::new();
    let all = PAYLOADS.concat().replace('\0', "");
    home.file("mal.md", guide());
    home.good(&["tick", "3", "mal.md", "--as", "Lise"]);
    forge(&home, &all);
    let changes: [&[&str]; 4] =
        [&["note", "1", &all], &["skip", "1", "--reason", &all], &["tick", "2"], &["untick", "2"]];
    for change in changes {
        let ran = home.run(&[change, &["mal.md", "--as", &all]].concat());
        assert_eq!(ran.code, 0, "{change:?}: {}", ran.err);
        assert_plain(change[0], &(ran.out + &ran.err));
    }
    let commands: [&[&str]; 10] = [
        &["show"],
        &["show", "--width", "20"],
        &["outline"],
        &["outline", "--json"],
        &["status"],
        &["status", "--json"],
        &["next"],
        &["contacts"],
        &["contacts", "--json"],
        &["log"],
    ];
    for command in commands.iter().copied().chain([&["log", "--json"][..]]) {
        let ran = home.run(&[command, &["mal.md"]].concat());
        assert_eq!(ran.code, 0, "{command:?}: {}", ran.err);
        assert!(!ran.out.is_empty());
        assert_plain(&format!("{command:?}"), &(ran.out + &ran.err));
    }
    let log = home.run(&["log", "mal.md"]).out;
    assert!(log.contains("mallory"), "the forged record was read: {log}");
}

/// Another device's journal: Lise's last record once more, later, by somebody whose name and words hold all payloads,
/// and sealed as if it were honest.
fn forge(home: &Home, all: &str) {
    let own = journal(&home.path("state"));
    let line = fs::read_to_string(&own).unwrap().lines().last().unwrap().to_owned();
    let record: serde_json::Value = serde_json::from_str(&line).unwrap();
    let mut body = line.rsplit_once(",\"c\":").unwrap().0.to_owned();
    let device = "mallory-1a2b3c4d";
    let texts = [("by", format!("mallory{all}")), ("label", all.into()), ("path", all.into()), ("dev", device.into())];
    for (field, text) in texts {
        let written = |value: &serde_json::Value| format!("\"{field}\":{value}");
        assert!(body.contains(&written(&record[field])), "{body}");
        body = body.replace(&written(&record[field]), &written(&text.into()));
    }
    let sealed = format!("{body},\"c\":\"{:08x}\"}}\n", crc32fast::hash(body.as_bytes()));
    fs::write(own.with_file_name(format!("{device}.jsonl")), sealed).unwrap();
}

#[test]
fn no_error_prints_a_live_byte() {
    let home = Home::new();
    home.file("a.md", "- [ ] un \u{1b}[2J\n- [ ] un \u{202e}\n");
    for payload in PAYLOADS.iter().filter(|p| !p.contains('\0')) {
        let file = format!("x{payload}.md");
        home.file("vide/a", "").file(&file.replace('/', "_"), "\0");
        let calls: [&[&str]; 10] = [
            &["show", &format!("absent{payload}.md")],
            &["show", &file.replace('/', "_")],
            &[&format!("--{payload}")],
            &["--lang", payload],
            &["--width", payload],
            &["tick", &format!("rien{payload}"), "a.md"],
            &["tick", "un", "a.md"],
            &["show", "a.md", "--run", &format!("r{payload}")],
            &["status", "a.md", "--progress", &format!("a.md/{payload}")],
            &["show", "a.md", "--base-url", payload],
        ];
        for call in calls {
            let ran = home.run(call);
            assert_plain(&format!("{call:?}"), &(ran.out + &ran.err));
        }
    }
}

#[test]
fn a_terminal_gets_no_live_byte_from_show() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mal\u{1b}]0;t\u{7}\u{202e}.md");
    fs::write(&file, guide()).unwrap();
    for command in ["show", "outline", "status", "next", "contacts", "log"] {
        let running = Terminal::new().args(&[command, file.to_str().unwrap()]).start();
        let bytes = running.end();
        assert!(!bytes.is_empty() || command == "log");
        assert_allowed(command, &bytes);
    }
}

#[test]
fn no_panel_writes_a_live_byte() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mal\u{1b}]0;t\u{7}\u{202e}.md");
    fs::write(&file, guide()).unwrap();
    let all = PAYLOADS.concat();
    for (columns, rows) in [(120, 40), (60, 20)] {
        let running = Terminal::new()
            .args(&[file.to_str().unwrap(), "--as", &all.replace('\0', "")])
            .variable("SSH_CONNECTION", "192.0.2.1 5000 192.0.2.2 22")
            .size(columns, rows)
            .start();
        running.drawn();
        let mut keys = vec!["1", "G", "g", "2"];
        keys.extend(std::iter::repeat_n(" ", 90));
        keys.extend(["g", "3"].iter().chain(std::iter::repeat_n(&"\x1b[6~", 12)));
        for _ in 0..8 {
            keys.extend(["j", "?", "\x1b", "x", "\r", "3"]);
        }
        let paste = format!("\x1b[200~{}\x1b[201~", all.replace("\x1b[201~", ""));
        keys.extend(["n", "\x1b", "e", &paste, "\r", "s", &paste, "\r", "i", "i", "u"]);
        keys.extend(["c", "j", "y", "Y", "o", "\x1b", "j", "j", "\r", "T", "T", "T", "?", "\x1b", "M", "\x1b", "R"]);
        for key in keys {
            press(&running, key);
        }
        assert_allowed("the full screen", &running.bytes());
        running.keys("\x1bq");
        press(&running, "q");
        assert_eq!(running.ends().0, 0, "{columns}x{rows}");
    }
}

/// Types, and waits until that was drawn; for a moment only, for some keys change nothing.
fn press(running: &Running, key: &str) {
    let before = running.count();
    let until = Instant::now() + Duration::from_millis(60);
    running.keys(key);
    while running.count() == before && Instant::now() < until {
        thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn the_test_itself_sees_what_is_live() {
    for payload in PAYLOADS {
        let decoded = payload.replace("&#27;", "\x1b").replace("&#x1b;", "\x1b").replace("&#x9b;", "\u{9b}");
        let decoded = decoded.replace("&#8238;", "\u{202e}").replace("&amp;#27;", "\x1b");
        assert!(decoded.contains(is_bad), "{payload:?}");
    }
    let mut text = String::new();
    writeln!(text, "Étape 2\u{a0}: « oui »\u{202f}! ✓ ◆ …").unwrap();
    assert_plain("what people write", &text);
}
