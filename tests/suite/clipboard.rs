//! Where a copied text goes in each surrounding: what is written to the terminal, and which program is run with what,
//! caught on a real pseudo-terminal with programs that note what they are given.

use crate::oracle;
use crate::pty::{LONG, Running, Terminal};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::time::Instant;
use tempfile::TempDir;

/// `astreinte@exemple.fr`, as a terminal is given it.
const OSC_52: &str = "\x1b]52;c;YXN0cmVpbnRlQGV4ZW1wbGUuZnI=\x1b\\";
/// Programs that may stand on a machine that tests run on.
const KNOWN: [&str; 6] = ["tmux", "wl-copy", "xclip", "xsel", "pbcopy", "xdg-open"];

/// How a program answers.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Answer {
    Takes,
    Fails,
}

/// A folder that is all of the `PATH`: every known program, those that are named with their answer, others failing.
struct Programs {
    folder: TempDir,
}

impl Programs {
    fn new(named: &[(&str, Answer)]) -> Programs {
        let folder = tempfile::tempdir().unwrap();
        for name in KNOWN {
            let answer = named.iter().find(|(known, _)| *known == name).map_or(Answer::Fails, |(_, answer)| *answer);
            let (note, code) = (folder.path().join("notes"), i32::from(answer == Answer::Fails));
            // Each note is one line, written at once.
            let script = format!(
                "#!/bin/sh\nread -r text\nprintf '%s|%s|%s\\n' {name} \"$*\" \"$text\" >>'{}'\nexit {code}\n",
                note.display()
            );
            let program = folder.path().join(name);
            fs::write(&program, script).unwrap();
            fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        }
        Programs { folder }
    }

    fn path(&self) -> &str {
        self.folder.path().to_str().unwrap()
    }

    fn notes(&self) -> Vec<String> {
        let notes = fs::read_to_string(self.folder.path().join("notes")).unwrap_or_default();
        notes.lines().map(str::to_owned).collect()
    }
}

fn written(text: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("guide.md");
    fs::write(&file, text).unwrap();
    (folder, file)
}

pub fn clipboards(running: &Running) -> Vec<String> {
    let bytes = String::from_utf8_lossy(&running.bytes()).into_owned();
    let parts = bytes.split("\x1b]52;").skip(1).map(|rest| rest.split("\x1b\\").next().unwrap_or_default());
    parts.map(|payload| format!("\x1b]52;{payload}\x1b\\")).collect()
}

#[test]
fn each_surrounding_has_its_way_and_the_line_tells_it() {
    use Answer::{Fails, Takes};
    type Sample = (
        &'static str,
        &'static [(&'static str, &'static str)],
        &'static [(&'static str, Answer)],
        &'static [&'static str],
        bool,
        &'static str,
    );
    let sent = "envoyé au terminal\u{a0}: astreinte@exemple.fr";
    let samples: &[Sample] = &[
        ("nothing known", &[], &[], &[], true, sent),
        (
            "SSH",
            &[("SSH_CONNECTION", "192.0.2.1 5000 192.0.2.2 22"), ("DISPLAY", ":9")],
            &[("xclip", Takes)],
            &[],
            true,
            sent,
        ),
        (
            "SSH, by its terminal",
            &[("SSH_TTY", "/dev/pts/9"), ("WAYLAND_DISPLAY", "w")],
            &[("wl-copy", Takes)],
            &[],
            true,
            sent,
        ),
        (
            "tmux",
            &[("TMUX", "/tmp/tmux-0/default,1,0")],
            &[("tmux", Takes)],
            &["tmux|load-buffer -w -|astreinte@exemple.fr"],
            false,
            "copié\u{a0}: astreinte@exemple.fr (tmux)",
        ),
        (
            "tmux that knows no -w",
            &[("TMUX", "/tmp/tmux-0/default,1,0")],
            &[("tmux", Fails)],
            &["tmux|load-buffer -w -|astreinte@exemple.fr"],
            true,
            sent,
        ),
        (
            "tmux on the far side of SSH",
            &[("TMUX", "/tmp/tmux-0/default,1,0"), ("SSH_CONNECTION", "1"), ("DISPLAY", ":9")],
            &[("tmux", Takes), ("xclip", Takes)],
            &["tmux|load-buffer -w -|astreinte@exemple.fr"],
            false,
            "copié\u{a0}: astreinte@exemple.fr (tmux)",
        ),
        ("SSH inside tmux", &[("TERM", "tmux-256color"), ("SSH_CONNECTION", "1")], &[("tmux", Takes)], &[], true, sent),
        (
            "Wayland",
            &[("WAYLAND_DISPLAY", "wayland-9"), ("DISPLAY", ":9")],
            &[("wl-copy", Takes), ("xclip", Takes)],
            &["wl-copy||astreinte@exemple.fr"],
            false,
            "copié\u{a0}: astreinte@exemple.fr (wl-copy)",
        ),
        (
            "Wayland whose program fails",
            &[("WAYLAND_DISPLAY", "wayland-9"), ("DISPLAY", ":9")],
            &[("xclip", Takes)],
            &["wl-copy||astreinte@exemple.fr", "xclip|-selection clipboard|astreinte@exemple.fr"],
            false,
            "copié\u{a0}: astreinte@exemple.fr (xclip)",
        ),
        (
            "X11",
            &[("DISPLAY", ":9")],
            &[("xsel", Takes)],
            &["xclip|-selection clipboard|astreinte@exemple.fr", "xsel|-b -i|astreinte@exemple.fr"],
            false,
            "copié\u{a0}: astreinte@exemple.fr (xsel)",
        ),
        (
            "X11 without a program that works",
            &[("DISPLAY", ":9")],
            &[],
            &["xclip|-selection clipboard|astreinte@exemple.fr", "xsel|-b -i|astreinte@exemple.fr"],
            true,
            sent,
        ),
        ("the Linux console", &[("TERM", "linux")], &[], &[], false, "une touche pour revenir"),
        (
            "the Linux console on the far side",
            &[("TERM", "linux"), ("SSH_CONNECTION", "1")],
            &[],
            &[],
            false,
            "une touche pour revenir",
        ),
    ];
    let (_folder, file) = written("# Guide\n\n<astreinte@exemple.fr>\n");
    for (name, variables, programs, notes, to_terminal, told) in samples {
        let programs = Programs::new(programs);
        let mut terminal = Terminal::new().args(&["--theme", "night", file.to_str().unwrap()]);
        terminal = terminal.variable("PATH", programs.path());
        for (variable, value) in *variables {
            terminal = terminal.variable(variable, value);
        }
        let running = terminal.start();
        running.drawn().keys("cy").sees(told);
        let expected: &[&str] = if *to_terminal { &[OSC_52] } else { &[] };
        assert_eq!(clipboards(&running), expected, "{name}");
        assert_eq!(programs.notes(), *notes, "{name}");
        running.keys("z").sees("Contacts").keys("q");
        assert_eq!(running.ends().0, 0, "{name}");
    }
}

/// Decodes base64 (RFC 4648); the test's own, not the program's.
pub fn decoded(payload: &str) -> String {
    let digit = |b: u8| match b {
        b'A'..=b'Z' => Some(u32::from(b - b'A')),
        b'a'..=b'z' => Some(u32::from(b - b'a') + 26),
        b'0'..=b'9' => Some(u32::from(b - b'0') + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let (mut bits, mut count, mut bytes) = (0_u32, 0, Vec::new());
    for value in payload.bytes().filter_map(digit) {
        (bits, count) = (bits << 6 | value, count + 6);
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xff) as u8);
        }
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn forty_copied_texts_are_one_clean_line_each() {
    let evil = [
        "\u{202e}",
        "\u{200b}",
        "\u{2066}",
        "&#27;[31m",
        "&#x9b;5n",
        "&#8238;",
        "\u{feff}",
        "%0A",
        "%0D%0Arm -rf /",
        "&#10;",
    ];
    let mut text = String::from("# Guide\n\n");
    for (n, dirt) in evil.iter().enumerate() {
        text += &format!(
            "[a](<https://exemple{n}.fr/a{dirt}b>) [b](</relatif{n}{dirt}>) [c](<mailto:lise{n}@exemple.fr?subject={dirt}x>) \
             [d](<tel:+334720000{n}0>)\n\n"
        );
    }
    let (_folder, file) = written(&text);
    let running = Terminal::new().args(&["--theme", "night", file.to_str().unwrap()]).start();
    running.drawn().keys("c").sees("lise0@exemple.fr");
    for n in 1..=40 {
        running.keys("Y");
        let deadline = Instant::now() + LONG;
        while clipboards(&running).len() < n {
            assert!(Instant::now() < deadline, "the {n}th was never copied\n{}", running.screen());
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        running.keys("j");
    }
    let copied = clipboards(&running);
    let texts: std::collections::BTreeSet<String> =
        copied.iter().map(|c| decoded(c.trim_start_matches("\x1b]52;c;").trim_end_matches("\x1b\\"))).collect();
    assert_eq!(texts.len(), 40, "each its own: {texts:#?}");
    for text in &texts {
        assert!(!text.is_empty() && text.trim() == text, "{text:?}");
        assert_eq!(oracle::line_offence(text), None, "{text:?}");
    }
    running.keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn a_section_may_be_longer_than_an_address_and_is_refused_where_a_terminal_would_cut_it() {
    let text = format!("# Court\n\n{}\n\n# Long\n\n{}\n", "mot ".repeat(4000), "mot ".repeat(20_000));
    let (_folder, file) = written(&text);
    let running = Terminal::new().args(&["--theme", "night", file.to_str().unwrap()]).start();
    running.drawn().keys("y").sees("envoyé au terminal\u{a0}: section «\u{a0}Court\u{a0}»");
    let copied = clipboards(&running);
    assert_eq!(
        decoded(copied[0].trim_start_matches("\x1b]52;c;")),
        format!("# Court\n\n{}", "mot ".repeat(4000).trim_end())
    );
    running.keys("]y").sees("# Long").sees("la suite n’a pas de place ici");
    running.keys("x").sees("pas de presse-papiers\u{a0}: plus de 72\u{a0}Kio").keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn of_fifty_hostile_links_none_is_opened_and_each_is_told() {
    let programs = Programs::new(&[("xdg-open", Answer::Takes)]);
    let hostile = [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "file:etc/passwd",
        "FILE:///etc/passwd",
        "smb://hote/partage",
        "ssh://-oProxyCommand=x",
        "ftp://a.fr/x",
        "sftp://a.fr/x",
        "telnet://a.fr",
        "gopher://a.fr",
        "ldap://a.fr",
        "tel:+33123456789;x=1",
        "sms:+33123456789",
        "facetime:a@b.fr",
        "vscode://file/etc/passwd",
        "ms-msdt:/id",
        "ms-word:ofe|u|x",
        "search-ms:query=x",
        "x-man-page://1/ls",
        "x-apple.systempreferences:x",
        "steam://run/1",
        "slack://open",
        "zoommtg://x",
        "view-source:https://a.fr",
        "about:config",
        "chrome://settings",
        "blob:https://a.fr/1",
        "intent://x#Intent;end",
        "jar:https://a.fr!/x",
        "//evil.example/",
        "///etc/passwd",
        "\\\\\\\\evil\\\\partage",
        "C:/Windows/calc.exe",
        "-https://a.fr",
        "--help=https://a.fr",
        "https:a.fr",
        "https:/a.fr",
        "https:///chemin",
        "https://-a.fr/",
        "https://a..fr/",
        "https://a.fr:port/",
        "https://a.fr\\\\x/",
        "https://[x]/",
        "https://%65vil.example/",
        "https://banque.fr@evil.example/",
        "https://a:b@evil.example/",
        "mailto:",
        "mailto:?attach=/etc/passwd",
        "mailto:-a@b.fr",
        "mailto:a@b@c.fr",
        "mailto:a%0Ab@c.fr",
        "../dehors.md",
        "/etc/passwd",
    ];
    assert!(hostile.len() >= 50);
    let body: String = hostile.iter().enumerate().map(|(n, link)| format!("[lien {n}](<{link}>)\n\n")).collect();
    let (_folder, file) = written(&body);
    let terminal = Terminal::new().args(&["--theme", "night", file.to_str().unwrap()]).size(120, 200);
    let running = terminal.variable("DISPLAY", ":9").variable("PATH", programs.path()).start();
    running.drawn();
    for (n, link) in hostile.iter().enumerate() {
        running.keys("f");
        running.keys(&letters(&running, n));
        running.wait(&format!("{link} told"), |screen| {
            let text = screen.contents();
            let told =
                ["ne s’ouvre pas d’ici", "lien non suivi", "hors d’atteinte"].iter().any(|told| text.contains(told));
            told && !text.contains("Suivre le lien") && !text.contains("Ouvrir ce lien")
        });
        running.keys("\x1b").wait("the line gone", |screen| {
            !["ne s’ouvre pas d’ici", "lien non suivi", "hors d’atteinte"].iter().any(|t| screen.contents().contains(t))
        });
    }
    assert_eq!(programs.notes(), [""; 0], "something was opened");
    running.keys("q");
    assert_eq!(running.ends().0, 0);
}

/// The letters over the link of that number, read off the screen: over `lien`, one letter leaves `ien`, two leave `en`.
fn letters(running: &Running, n: usize) -> String {
    let screen = running.wait("the letters", |screen| screen.contents().contains("Suivre le lien"));
    let rest = [format!("ien {n}"), format!("en {n}")];
    let label = |line: &str| {
        let label: String = line.trim().chars().take_while(|c| "fjdkslgh".contains(*c)).collect();
        let over = line.trim().strip_prefix(&label).is_some_and(|left| rest.iter().any(|rest| left == rest));
        (over && !label.is_empty()).then_some(label)
    };
    screen.lines().find_map(label).unwrap_or_else(|| panic!("no letters over lien {n}\n{screen}"))
}
