//! The configuration file as the shell and the full screen see it, on guides that are not the built-in one.

use crate::commands::Home;
use crate::pty::Terminal;
use std::fs;

/// A guide with two open tasks.
const GUIDE: &str = "# Release\n\n## Before\n\n- [ ] Freeze the branch\n- [ ] Tell the team\n\n## After\n\nRest.\n";

/// Where a terminal's program has its own file.
const FILE: &str = ".config/jalon/config.toml";

fn home(config: &str) -> Home {
    let home = Home::new();
    home.file("release.md", GUIDE).file("c.toml", config);
    home
}

#[test]
fn the_file_named_is_read_and_one_s_own_where_none_is_named() {
    let home = home("lang = \"fr\"\n");
    assert!(home.good(&["--config", "c.toml", "tick", "1", "release.md"]).contains("\u{a0}: fait."));
    assert!(home.good(&["next", "release.md"]).contains("Tell the team"));
    fs::create_dir_all(home.path(".config/jalon")).unwrap();
    fs::write(home.path(FILE), "lang = \"fr\"\n").unwrap();
    assert!(home.good(&["untick", "1", "release.md"]).contains("à faire de nouveau"));
    assert!(home.good(&["--lang", "en", "tick", "1", "release.md"]).contains(": done."), "an option comes first");
    let elsewhere = home.path("elsewhere");
    fs::create_dir_all(elsewhere.join("jalon")).unwrap();
    fs::write(elsewhere.join("jalon/config.toml"), "as = \"Ada\"\n").unwrap();
    let ran = home.call(&["tick", "2", "release.md"]).env("XDG_CONFIG_HOME", &elsewhere).output().unwrap();
    assert_eq!(String::from_utf8(ran.stdout).unwrap().lines().count(), 1);
    assert!(home.good(&["log", "release.md", "--lang", "en"]).contains("Ada"));
}

#[test]
fn a_setting_of_the_file_does_what_its_option_does() {
    let home = home("ascii = true\nbase_url = \"https://example.org/\"\nwidth = 30\n");
    home.file("links.md", "# Links\n\n[page](/page) and a sentence that is longer than thirty columns are.\n");
    let told = home.good(&["contacts", "links.md", "--config", "c.toml"]);
    assert_eq!(told, "https://example.org/page\n");
    let shown = home.good(&["show", "links.md", "--config", "c.toml"]);
    assert!(shown.lines().all(|line| line.chars().count() <= 30), "{shown}");
    let status = home.good(&["status", "release.md", "--config", "c.toml"]);
    assert!(status.is_ascii(), "{status}");
}

#[test]
fn progress_goes_where_the_file_says_seen_from_the_file() {
    let home = home("");
    home.file("conf/c.toml", "progress = \"kept\"\n");
    home.good(&["tick", "1", "release.md", "--config", "conf/c.toml"]);
    assert!(home.path("work/conf/kept").is_dir());
    home.file("conf/c.toml", "progress = \"~/notes\"\n");
    home.good(&["tick", "1", "release.md", "--config", "conf/c.toml"]);
    assert!(home.path("notes").is_dir());
}

#[test]
fn a_bad_file_never_stops_the_work_and_is_told_on_standard_error() {
    let home = home("widht = 3\nlang = \"en\"\n[keys.text\n");
    let ran = home.run(&["next", "release.md", "--config", "c.toml"]);
    assert_eq!(ran.code, 0);
    assert!(ran.out.contains("Freeze the branch"), "{}", ran.out);
    let lines: Vec<&str> = ran.err.lines().collect();
    assert_eq!(lines.len(), 2, "{}", ran.err);
    assert_eq!(lines[0], "jalon: c.toml:1: unknown key `widht`; perhaps `width`");
    assert!(lines[1].starts_with("jalon: c.toml:3: not TOML: "), "{}", lines[1]);
    home.file("c.toml", "a = 1\n".repeat(9));
    let many: String = (0..9).map(|n| format!("a{n} = 1\n")).collect();
    home.file("c.toml", many);
    let ran = home.run(&["next", "release.md", "--config", "c.toml"]);
    assert_eq!(ran.err.lines().count(), 4);
    assert!(ran.err.lines().last().unwrap().contains("6 more problems; `jalon config --check`"), "{}", ran.err);
}

#[test]
fn check_tells_each_flaw_with_its_line_and_by_its_exit_code() {
    let home =
        home("lang = \"en\"\n[keys.text]\nnext-heding = [\"w\"]\n[themes.mine]\nbase = \"day\"\nmuted = \"#ccc\"\n");
    let ran = home.run(&["config", "--check", "c.toml"]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines[0], "c.toml:3: unknown action `next-heding`; perhaps `next-heading`");
    assert!(lines[1].starts_with("c.toml:6: `themes.mine.muted` is hard to read: a contrast of 1."), "{}", lines[1]);
    assert_eq!(lines.len(), 2);
    assert_eq!(home.run(&["config", "--check", "--config", "c.toml"]).out, ran.out, "the one that is read");
    assert!(
        home.run(&["next", "release.md", "--config", "c.toml"]).err.lines().count() == 1,
        "contrast is for the check"
    );
    home.file("good.toml", "lang = \"en\"\n");
    assert_eq!(home.good(&["config", "--check", "good.toml"]), "good.toml: nothing wrong.\n");
    assert!(home.good(&["config", "--check"]).starts_with("No file: "));
    assert!(home.bad(&["config", "--check", "gone.toml"], 2).starts_with("gone.toml: not found"));
    assert!(home.bad(&["config", "--check", "."], 2).contains("folder"));
    home.file("large.toml", "#".repeat(70_000)).file("bytes.toml", b"\xff\xfe\n");
    assert!(home.bad(&["config", "--check", "large.toml"], 2).contains("more than 65536 bytes"));
    assert!(home.bad(&["config", "--check", "bytes.toml"], 2).contains("not UTF-8"));
    rustix::fs::mkfifoat(rustix::fs::CWD, home.path("work/pipe.toml"), 0o600.into()).unwrap();
    home.bad(&["config", "--check", "pipe.toml"], 2);
}

#[test]
fn a_file_that_was_asked_for_must_be_there_and_one_s_own_need_not_be_sound() {
    let home = home("");
    assert!(home.bad(&["--config", "gone.toml", "next", "release.md"], 2).starts_with("gone.toml: not found"));
    fs::create_dir_all(home.path(FILE)).unwrap();
    let ran = home.run(&["next", "release.md"]);
    assert_eq!(ran.code, 0);
    assert!(ran.complaint().contains("folder"), "{}", ran.err);
    assert!(home.bad(&["config", "--check"], 2).contains("folder"));
}

#[test]
fn config_tells_what_holds_and_who_says_so() {
    let home = home("width = 40\n[keys.text]\ntable = [\"w\"]\n");
    let mut call = home.call(&["config", "--config", "c.toml", "--ascii"]);
    let told = String::from_utf8(call.env("JALON_AS", "Ada").output().unwrap().stdout).unwrap();
    let row = |name: &str| told.lines().find(|l| l.starts_with(name)).unwrap_or_else(|| panic!("{name}: {told}"));
    assert_eq!(told.lines().next(), Some("# The file read: c.toml"));
    assert!(row("width = 40").ends_with("# this file") && row("ascii = true").ends_with("# --ascii"), "{told}");
    assert!(row("as = \"Ada\"").ends_with("# JALON_AS") && row("lang = \"en\"").ends_with("# the system's"), "{told}");
    assert!(told.ends_with("[keys.text]\ntable = [\"w\"]\n"), "{told}");
    home.file("again.toml", &told);
    assert!(home.good(&["config", "--check", "again.toml"]).contains("nothing wrong"));
}

#[test]
fn the_example_is_a_file_that_passes_the_check() {
    let home = home("");
    for lang in ["fr", "en"] {
        home.file("example.toml", home.good(&["config", "--example", "--lang", lang]));
        home.good(&["config", "--check", "example.toml"]);
    }
}

#[test]
fn a_theme_that_there_is_not_is_refused_by_name() {
    let home = home("[themes.mine]\n");
    assert!(home.bad(&["show", "--theme", "mauve", "--config", "c.toml"], 2).contains("terminal, mine"));
    home.good(&["show", "release.md", "--theme", "mine", "--config", "c.toml"]);
}

#[test]
fn what_a_file_quotes_drives_no_terminal() {
    let home = home("\"\\u001b[31m\" = 1\n\u{1b}]0;x\u{7}\n");
    for args in [
        &["config", "--check", "c.toml"][..],
        &["next", "release.md", "--config", "c.toml"],
        &["config", "--config", "c.toml"],
    ] {
        let ran = home.run(args);
        let told = ran.out + &ran.err;
        assert!(!told.chars().any(|c| c.is_control() && c != '\n'), "{told:?}");
    }
}

#[test]
fn a_remapped_key_acts_on_the_screen_and_shows_in_footer_and_help() {
    let config =
        "lang = \"en\"\n[keys.everywhere]\nnext-open = [\"ctrl-o\"]\nquit = [\"Q\"]\n[keys.text]\ntick = [\"w\"]\n";
    let running =
        Terminal::new().file("release.md", GUIDE).file(FILE, config).args(&["release.md"]).size(120, 90).start();
    running.drawn().sees("Q quit").sees("Ctrl-o next step");
    running.keys("q.\x0fw").sees("1/2");
    running.keys("?").sees("Q  Ctrl-c");
    running.keys("q").wait("the help gone", |screen| !screen.contents().contains("Everywhere"));
    running.keys("Q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn an_unbound_key_does_nothing_and_control_c_still_leaves() {
    let config = "[keys.everywhere]\nquit = []\n";
    let running = Terminal::new().file("release.md", GUIDE).file(FILE, config).args(&["release.md"]).start();
    running.drawn().keys("q").keys("?").sees("Ctrl-c");
    running.keys("\x03");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn a_bad_file_is_told_on_the_screen_until_esc_and_the_reader_opens_all_the_same() {
    let config = "lang = \"fr\"\ncolour = 1\n";
    let running = Terminal::new().file("release.md", GUIDE).file(FILE, config).args(&["release.md"]).start();
    running.drawn().sees(" config.toml:2\u{a0}: clef inconnue «\u{a0}colour\u{a0}»");
    running.keys("\x1b").wait("the notice gone", |screen| !screen.contents().contains("inconnue"));
    running.keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn a_theme_of_one_s_own_paints_the_screen_and_t_comes_round_to_it() {
    let config = "theme = \"mine\"\n[themes.mine]\nbase = \"night\"\npage = \"#123456\"\n";
    let running = Terminal::new().file("release.md", GUIDE).file(FILE, config).args(&["release.md"]).start();
    let ground = |screen: &vt100::Screen| screen.cell(20, 60).map(vt100::Cell::bgcolor);
    let mine = |screen: &vt100::Screen| ground(screen) == Some(vt100::Color::Rgb(0x12, 0x34, 0x56));
    running.drawn().wait("its ground", mine);
    running.keys("T").wait("another ground", |screen| !mine(screen));
    running.keys("TTTT").sees("thème\u{a0}: mine");
    running.wait("its ground again", mine);
    running.keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn the_outline_can_be_away_from_the_start() {
    let config = "outline = false\nlang = \"en\"\n";
    let running = Terminal::new().file("release.md", GUIDE).file(FILE, config).args(&["release.md"]).start();
    let branch = |screen: &vt100::Screen| screen.contents().matches("Before").count();
    running.drawn().wait("no outline", |screen| branch(screen) <= 2);
    let without = running.screen().matches("Before").count();
    running.keys("o").wait("the outline", |screen| branch(screen) == without + 1);
    running.keys("q");
    running.ends();
}
