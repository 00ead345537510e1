//! The life of the terminal: it is given back whatever happens, its end is the program's end, and a program that rests
//! does nothing.

use crate::pty::{LONG, Terminal, sleeps, wait_state};
use jalon::app::{Code, Effect, Model, Msg, Settings};
use jalon::edge::journal::Journal;
use jalon::edge::places::{GuideName, Place, Wanted};
use jalon::edge::{Cast, Memory, Original, Searches, Session, play};
use jalon::guide::{BoxState, CleanText, Guide, ItemIndex, Origin};
use jalon::progress::Log;
use jalon::words::Lang;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use rustix::process::Signal;
use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

#[test]
fn quitting_gives_the_terminal_back() {
    let running = Terminal::new().start();
    running.drawn().keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn signals_that_end_it_give_the_terminal_back_and_are_told_by_the_exit_code() {
    for (signal, code) in [(Signal::INT, 130), (Signal::TERM, 143), (Signal::HUP, 129), (Signal::QUIT, 131)] {
        let running = Terminal::new().start();
        running.drawn().signal(signal);
        assert_eq!(running.ends().0, code, "{signal:?}");
    }
}

#[test]
fn a_stop_gives_the_terminal_back_and_going_on_draws_everything_anew() {
    let running = Terminal::new().part("terminal::plays_a_program_with_faults").start();
    running.sees("keys 0").signal(Signal::TSTP);
    wait_state(running.pid(), 'T');
    running.given_back();
    running.signal(Signal::CONT);
    running.wait("the picture again", |screen| screen.alternate_screen() && screen.contents().contains("keys 0"));
    running.keys("x").sees("keys 1").keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn control_z_stops_it_under_a_shell_and_fg_brings_it_back() {
    // The program leads no session here, and the shell has job control.
    let script = "set -m; \"$@\"; echo stopped; fg >/dev/null; echo ended";
    let running = Terminal::new().under("sh", &["-c", script, "sh"]).start();
    running.drawn().keys("\x1a");
    running.writes("stopped");
    running.wait("the picture again", |screen| screen.alternate_screen());
    running.keys("q");
    let (code, screen) = running.ends();
    assert_eq!(code, 0);
    assert!(screen.contains("ended"), "{screen}");
}

#[test]
fn control_z_does_nothing_where_no_shell_could_bring_it_back() {
    let running = Terminal::new().part("terminal::plays_a_program_with_faults").start();
    running.sees("keys 0").keys("\x1ax").sees("keys 1").keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn a_panic_gives_the_terminal_back_and_says_where_in_one_line() {
    let running = Terminal::new().part("terminal::plays_a_program_with_faults").start();
    running.sees("keys 0").keys("p");
    let (_, screen) = running.ends();
    let report: String = screen.lines().skip_while(|l| !l.contains("jalon:")).collect();
    assert!(report.contains("terminal.rs") && report.contains("on purpose"), "{screen}");
}

#[test]
fn a_panic_of_another_thread_leaves_the_screen_alone_and_is_told() {
    let running = Terminal::new().part("terminal::plays_a_program_with_faults").start();
    running.sees("keys 0").keys("w").sees("a thread: tests/suite/terminal.rs");
    running.keys("x").sees("keys 2").keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn a_program_that_rests_writes_nothing_and_never_wakes() {
    let running = Terminal::new().start();
    running.drawn();
    let (mut bytes, mut wakes) = (running.bytes().len(), sleeps(running.pid()));
    let deadline = Instant::now() + LONG;
    // It comes to rest some time after its first frame; from then on nothing at all happens.
    loop {
        thread::sleep(Duration::from_millis(1500));
        let now = (running.bytes().len(), sleeps(running.pid()));
        if now == (bytes, wakes) {
            break;
        }
        (bytes, wakes) = now;
        assert!(Instant::now() < deadline, "it never rests");
    }
    running.keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn replies_that_come_late_and_in_pieces_are_no_keys() {
    let running = Terminal::new().silent().part("terminal::plays_a_program_with_faults").start();
    running.sees("keys 0");
    for piece in
        ["\x1b]11;rgb:19", "19/1c1c/24", "24\x1b", "\\\x1b[?64;1", ";22c\x1bP>|ppp q", "ppp\x1b\\\x1b[12;", "5R"]
    {
        running.keys(piece);
        thread::sleep(Duration::from_millis(5));
    }
    running.keys("x").sees("keys 1").sees("ground 25,28,36").keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn replies_that_come_when_nobody_waits_for_them_any_more_are_no_keys() {
    let running = Terminal::new().silent().part("terminal::plays_a_program_with_faults").start();
    running.sees("keys 0");
    // An answer is waited for three seconds.
    thread::sleep(Duration::from_millis(3_300));
    for piece in
        ["\x1b]11;rgb:1919/1c1c/2424\x1b\\", "\x1b[?62", ";22c", "\x1b]11;rgb:19", "19/1c1c/2424\x07", "\x1b[?6c"]
    {
        running.keys(piece);
        thread::sleep(Duration::from_millis(5));
    }
    running.keys("x").sees("keys 1").keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn a_paste_is_one_message_and_no_keys() {
    let running = Terminal::new().part("terminal::plays_a_program_with_faults").start();
    running.sees("keys 0").keys("\x1b[200~pqw\r\x1b[201~").sees("pasted 4").sees("keys 0").keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn the_last_of_many_sizes_is_the_one_drawn() {
    let running = Terminal::new().part("terminal::plays_a_program_with_faults").start();
    running.sees("keys 0");
    for columns in (30..=150).rev().step_by(3) {
        running.resize(columns, 20);
    }
    running.sees("size 30x20");
    running.resize(1, 1);
    thread::sleep(Duration::from_millis(20));
    running.resize(80, 24);
    running.sees("size 80x24").keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn a_guide_from_standard_input_leaves_the_keys_to_the_terminal() {
    let running = Terminal::new().under("sh", &["-c", "printf '# Une\\n\\nxyz\\n' | \"$0\" -"]).start();
    running.drawn().keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn no_color_takes_the_colours_and_leaves_the_weights() {
    let running = Terminal::new().variable("NO_COLOR", "1").part("terminal::plays_a_program_with_faults").start();
    running.sees("keys 0");
    let bytes = String::from_utf8(running.bytes()).unwrap();
    assert!(bytes.contains("\x1b[1m") && !bytes.contains("\x1b[;m") && !bytes.contains("\x1b[m"), "{bytes:?}");
    running.keys("q");
    running.ends();
}

#[test]
fn a_guide_printed_on_a_terminal_has_its_code_coloured() {
    let script = r#"printf 'Text\n\n```rust\nfn main() {}\n```\n' > a.md; exec "$0" show --theme terminal a.md"#;
    let running = Terminal::new().under("sh", &["-c", script]).start();
    running.sees("main");
    let printed = String::from_utf8(running.bytes()).unwrap();
    // The keyword is a piece of its own.
    assert!(printed.contains("fn") && !printed.contains("fn main"), "{printed:?}");
    running.ends();
}

#[test]
fn what_could_not_be_saved_is_told_at_the_end() {
    // A file stands where the folder of progress should.
    let terminal = Terminal::new().variable("JALON_BLOCKED", "1").part("terminal::plays_a_program_with_faults");
    let running = terminal.start();
    running.sees("keys 0").keys("t").sees("refused 1").keys("q");
    let (_, screen) = running.ends();
    assert!(screen.contains("non enregistré") && screen.contains("Une étape"), "{screen}");
}

#[test]
fn what_is_saved_in_one_window_arrives_in_the_other() {
    let part = || Terminal::new().part("terminal::plays_a_program_with_faults");
    let one = part().start();
    one.sees("keys 0");
    let other = part().at_home_of(&one).variable("JALON_DEVICE", "2").start();
    other.sees("keys 0");
    one.keys("t").sees("recorded");
    other.sees("arrived 1").keys("q");
    other.ends();
    one.keys("q");
    one.ends();
}

/// How many keys came, in the part below.
static KEYS: AtomicUsize = AtomicUsize::new(0);

#[test]
#[ignore = "a part in other tests"]
fn plays_a_program_with_faults() {
    if std::env::var_os("JALON_PART").is_none() {
        return;
    }
    let home = std::path::PathBuf::from(std::env::var_os("HOME").unwrap());
    let state = home.join("state");
    if std::env::var_os("JALON_BLOCKED").is_some() {
        fs::write(&state, "").unwrap();
    }
    let guide = Guide::parse("# Guide\n\n- [ ] Une étape\n", &Origin::default());
    let who = if std::env::var_os("JALON_DEVICE").is_some() { "bob" } else { "lise" };
    let wanted = Wanted { guide: GuideName::BuiltIn, run: "default", who, progress: None };
    let (mut journal, _, _) = Journal::open(Place::find(&wanted, Some(state)));
    // Where the folder cannot be made, that is told with the first change.
    let _ = journal.prepare();
    play(session(guide, journal, Log::default()), Cast { update: faulty, draw: plain });
}

/// A session on a guide that has no file to be read again.
pub fn session(guide: Guide, journal: Journal, log: Log) -> Session {
    let settings =
        Settings { lang: Lang::Fr, who: CleanText::line("lise"), device: "lise-1".into(), ..Settings::default() };
    let model = Model::new(Arc::new(guide), log, settings, (80, 24), 0);
    Session {
        model,
        journal: Some(journal),
        folder: None,
        original: Box::new(Nowhere),
        memory: Memory::of(None),
        searches: Searches::of(None),
        opener: Arc::new(|_| Err(CleanText::line("never"))),
        rest: None,
    }
}

/// A guide that cannot be read again.
struct Nowhere;

impl Original for Nowhere {
    fn file(&self) -> Option<&std::path::Path> {
        None
    }

    fn read(&mut self) -> Result<Option<Guide>, CleanText> {
        Err(CleanText::line("never"))
    }

    fn write_box(&mut self, _: &Guide, _: ItemIndex, _: BoxState) -> Result<Option<Guide>, CleanText> {
        Err(CleanText::line("never"))
    }
}

/// What the part was told, for its picture.
static TOLD: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn faulty(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let mut told = TOLD.lock().unwrap();
    match msg {
        Msg::Resize(columns, rows) => model.size = (columns, rows),
        Msg::Background { rgb: (r, g, b) } => told.push(format!("ground {r},{g},{b}")),
        Msg::Paste(text) => told.push(format!("pasted {}", text.len())),
        Msg::WorkerPanicked(what) => told.push(format!("a thread: {what}")),
        Msg::Refused(..) => told.push("refused 1".into()),
        Msg::Recorded(..) => told.push("recorded".into()),
        Msg::Arrived(records) => told.push(format!("arrived {}", records.len())),
        Msg::Key(key) => match key.code {
            Code::Char('q') => return vec![Effect::Quit],
            Code::Char('z') if key.ctrl => return vec![Effect::Suspend],
            Code::Char('p') => {
                drop(told);
                panic!("on purpose")
            }
            Code::Char('t') => {
                let subject = jalon::progress::Subject::of_item(&model.guide, 0);
                return vec![Effect::Record(1, jalon::progress::Change { subject, op: jalon::progress::Op::Done })];
            }
            code => {
                KEYS.fetch_add(1, SeqCst);
                if code == Code::Char('w') {
                    thread::spawn(|| panic!("on purpose"));
                }
            }
        },
        _ => {}
    }
    Vec::new()
}

fn plain(model: &Model, area: Rect, buf: &mut Buffer) -> Option<(u16, u16)> {
    let lines = [format!("keys {}", KEYS.load(SeqCst)), format!("size {}x{}", model.size.0, model.size.1)];
    let told = TOLD.lock().unwrap();
    for (row, line) in (area.y..area.bottom()).zip(lines.iter().chain(&*told)) {
        buf.set_stringn(0, row, line, area.width.into(), Style::new().bold());
    }
    None
}
