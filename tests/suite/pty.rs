//! The real program on a real pseudo-terminal, with a home of its own and an environment without surprises. Every byte
//! that it writes passes the oracle.

use crate::oracle;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long anything may take before a test gives up. No test says that it took less.
pub const LONG: Duration = Duration::from_secs(30);

/// A terminal, before a program runs on it.
pub struct Terminal {
    program: PathBuf,
    args: Vec<String>,
    size: (u16, u16),
    variables: Vec<(String, String)>,
    home: Arc<TempDir>,
    background: Option<&'static str>,
}

/// A program that runs on a terminal.
pub struct Running {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keys: Arc<Mutex<Box<dyn Write + Send>>>,
    written: Arc<(Mutex<Written>, Condvar)>,
    /// How the terminal was set before the program came.
    found: String,
    home: Arc<TempDir>,
}

/// What the program wrote, and what it looks like.
struct Written {
    bytes: Vec<u8>,
    /// How many of them the screen has.
    shown: usize,
    screen: vt100::Parser,
    ended: bool,
}

impl Terminal {
    /// A terminal of 120 columns and 40 rows, dark, in French, for jalon.
    pub fn new() -> Terminal {
        Terminal {
            program: env!("CARGO_BIN_EXE_jalon").into(),
            args: Vec::new(),
            size: (120, 40),
            variables: Vec::new(),
            home: Arc::new(tempfile::tempdir().unwrap()),
            background: Some("rgb:1919/1c1c/2424"),
        }
    }

    /// Arguments.
    pub fn args(mut self, args: &[&str]) -> Terminal {
        self.args.extend(args.iter().map(|a| (*a).to_owned()));
        self
    }

    /// Another program in jalon's place; jalon's path is its first argument.
    pub fn under(mut self, program: &str, args: &[&str]) -> Terminal {
        let own = std::mem::replace(&mut self.program, program.into());
        let mut all: Vec<String> = args.iter().map(|a| (*a).to_owned()).collect();
        all.push(own.to_str().unwrap().to_owned());
        all.append(&mut self.args);
        self.args = all;
        self
    }

    /// Another build of jalon in place of the one that the tests were built with.
    pub fn build(mut self, program: impl Into<PathBuf>) -> Terminal {
        self.program = program.into();
        self
    }

    /// This test program itself, in the part of one of its ignored tests.
    pub fn part(mut self, test: &str) -> Terminal {
        self.program = std::env::current_exe().unwrap();
        self.args = [test, "--exact", "--ignored", "--nocapture", "--test-threads=1"].map(str::to_owned).to_vec();
        self.variable("JALON_PART", test)
    }

    /// A variable of the environment.
    pub fn variable(mut self, name: &str, value: &str) -> Terminal {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// A file in its home, which is its working folder too.
    pub fn file(self, name: &str, content: &str) -> Terminal {
        let path = self.home.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
        self
    }

    /// Columns and rows.
    pub fn size(mut self, columns: u16, rows: u16) -> Terminal {
        self.size = (columns, rows);
        self
    }

    /// The home of another program, so that both see the same progress.
    pub fn at_home_of(mut self, other: &Running) -> Terminal {
        self.home = Arc::clone(&other.home);
        self
    }

    /// The home that the program will have.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// A terminal that answers no question.
    pub fn silent(mut self) -> Terminal {
        self.background = None;
        self
    }

    /// Starts the program.
    pub fn start(self) -> Running {
        let size = PtySize { cols: self.size.0, rows: self.size.1, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(&self.program);
        command.args(&self.args);
        command.env_clear();
        command.cwd(self.home.path());
        let path = std::env::var("PATH").unwrap_or_default();
        let home = self.home.path().to_str().unwrap();
        for (name, value) in
            [("HOME", home), ("PATH", &path), ("TERM", "xterm-256color"), ("LANG", "fr_FR.UTF-8"), ("USER", "lise")]
        {
            command.env(name, value);
        }
        self.variables.iter().for_each(|(name, value)| command.env(name, value));
        let found = settings(&*pair.master);
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let written = Written {
            bytes: Vec::new(),
            shown: 0,
            screen: vt100::Parser::new(cells(size.rows), cells(size.cols), 0),
            ended: false,
        };
        let running = Running {
            child,
            keys: Arc::new(Mutex::new(pair.master.take_writer().unwrap())),
            written: Arc::new((Mutex::new(written), Condvar::new())),
            found,
            home: self.home,
            master: pair.master,
        };
        running.listen(self.background);
        running
    }
}

impl Running {
    /// Types.
    pub fn keys(&self, keys: &str) -> &Running {
        self.keys.lock().unwrap().write_all(keys.as_bytes()).unwrap();
        self
    }

    /// Waits until the screen is as wanted, and gives its text.
    pub fn wait(&self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) -> String {
        let (written, bell) = &*self.written;
        let deadline = Instant::now() + LONG;
        let mut now = written.lock().unwrap();
        loop {
            if wanted(now.screen.screen()) {
                return now.screen.screen().contents();
            }
            let left = deadline.saturating_duration_since(Instant::now());
            let screen = now.screen.screen().contents();
            assert!(!left.is_zero(), "never came: {what}\n{screen}");
            assert!(!now.ended, "the program ended before: {what}\n{screen}");
            now = bell.wait_timeout(now, left.min(Duration::from_millis(200))).unwrap().0;
        }
    }

    /// Waits for a text on the screen.
    pub fn sees(&self, text: &str) -> &Running {
        self.wait(text, |screen| screen.contents().contains(text));
        self
    }

    /// Waits until a frame is drawn on the alternate screen.
    pub fn drawn(&self) -> &Running {
        self.writes("\x1b[?2026l");
        self.wait("the alternate screen", |screen| screen.alternate_screen());
        self
    }

    /// Waits until bytes that hold a text were written, whatever the screen made of them.
    pub fn writes(&self, text: &str) {
        let deadline = Instant::now() + LONG;
        while !String::from_utf8_lossy(&self.bytes()).contains(text) {
            assert!(Instant::now() < deadline, "never written: {text:?}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// All bytes written so far.
    pub fn bytes(&self) -> Vec<u8> {
        self.written.0.lock().unwrap().bytes.clone()
    }

    /// How many bytes were written so far.
    pub fn count(&self) -> usize {
        self.written.0.lock().unwrap().bytes.len()
    }

    /// Waits for the end of a program that draws no screen. Gives all bytes that it wrote.
    pub fn end(mut self) -> Vec<u8> {
        let deadline = Instant::now() + LONG;
        while self.child.try_wait().unwrap().is_none() || !self.written.0.lock().unwrap().ended {
            assert!(Instant::now() < deadline, "it does not end\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(5));
        }
        self.bytes()
    }

    /// Looks at the screen as it is now.
    pub fn look<T>(&self, at: impl Fn(&vt100::Screen) -> T) -> T {
        at(self.written.0.lock().unwrap().screen.screen())
    }

    /// The text on the screen now.
    pub fn screen(&self) -> String {
        self.written.0.lock().unwrap().screen.screen().contents()
    }

    /// Gives the window another size.
    pub fn resize(&self, columns: u16, rows: u16) {
        self.written.0.lock().unwrap().screen.screen_mut().set_size(cells(rows), cells(columns));
        self.master.resize(PtySize { cols: columns, rows, pixel_width: 0, pixel_height: 0 }).unwrap();
    }

    /// Says that the window has a size that the screen does not have.
    pub fn claim(&self, columns: u16, rows: u16) {
        self.master.resize(PtySize { cols: columns, rows, pixel_width: 0, pixel_height: 0 }).unwrap();
    }

    /// Waits until nothing was written for a while, and gives the text on the screen.
    pub fn settled(&self) -> String {
        let mut before = usize::MAX;
        while before != self.count() {
            before = self.count();
            std::thread::sleep(Duration::from_millis(300));
        }
        self.screen()
    }

    /// Sends a signal.
    pub fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).unwrap();
    }

    /// The process.
    pub fn pid(&self) -> Pid {
        Pid::from_raw(self.child.process_id().unwrap().try_into().unwrap()).unwrap()
    }

    /// Where the program's home is.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// How the terminal is set now.
    pub fn settings(&self) -> String {
        settings(&*self.master)
    }

    /// Waits until the terminal is as it was found.
    pub fn given_back(&self) {
        let deadline = Instant::now() + LONG;
        while self.settings() != self.found {
            assert!(Instant::now() < deadline, "the terminal's settings were not given back");
            std::thread::sleep(Duration::from_millis(5));
        }
        self.wait_even_after_the_end("the usual screen, no mode left on, and no colour", |screen| {
            !screen.alternate_screen()
                && !screen.hide_cursor()
                && !screen.bracketed_paste()
                && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
                && (screen.fgcolor(), screen.bgcolor()) == (vt100::Color::Default, vt100::Color::Default)
                && !(screen.bold() || screen.italic() || screen.underline() || screen.inverse())
        });
        let on = modes(&self.bytes());
        assert!(on.is_empty(), "modes that were left as they were not found: {on:?}");
    }

    /// Waits for the program's end, and that it gave the terminal back. Gives the exit code and the last screen.
    pub fn ends(mut self) -> (u32, String) {
        let deadline = Instant::now() + LONG;
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(Instant::now() < deadline, "it does not end\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(5));
        };
        // Its last words may still be under way.
        let (written, bell) = &*self.written;
        let silent = bell.wait_timeout_while(written.lock().unwrap(), LONG, |now| !now.ended).unwrap();
        assert!(!silent.1.timed_out(), "somebody still holds the terminal");
        drop(silent);
        self.given_back();
        (status.exit_code(), self.screen())
    }

    fn wait_even_after_the_end(&self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) {
        let (written, bell) = &*self.written;
        let deadline = Instant::now() + LONG;
        let mut now = written.lock().unwrap();
        while !wanted(now.screen.screen()) {
            assert!(Instant::now() < deadline, "never came: {what}\n{:?}", String::from_utf8_lossy(&now.bytes));
            now = bell.wait_timeout(now, Duration::from_millis(50)).unwrap().0;
        }
    }

    /// Reads what the program writes, judges it, and answers questions as a terminal does.
    fn listen(&self, background: Option<&'static str>) {
        let mut reader = self.master.try_clone_reader().unwrap();
        let (written, keys) = (Arc::clone(&self.written), Arc::clone(&self.keys));
        std::thread::spawn(move || {
            let mut buffer = [0; 8192];
            let mut answered = background.is_none();
            while let Ok(n @ 1..) = reader.read(&mut buffer) {
                let mut now = written.0.lock().unwrap();
                now.bytes.extend_from_slice(&buffer[..n]);
                now.show();
                let asked = now.bytes.windows(6).any(|w| w == b"\x1b]11;?");
                written.1.notify_all();
                drop(now);
                if let Some(colour) = background.filter(|_| asked && !answered) {
                    let answer = format!("\x1b]11;{colour}\x1b\\\x1b[?64;1;22c");
                    let _ = keys.lock().unwrap().write_all(answer.as_bytes());
                    answered = true;
                }
            }
            written.0.lock().unwrap().ended = true;
            written.1.notify_all();
        });
    }
}

impl Written {
    /// Gives the screen what it does not have, but no half character: the emulator (vte 0.15) loses a byte there.
    fn show(&mut self) {
        let news = &self.bytes[self.shown..];
        let whole = match std::str::from_utf8(news) {
            Err(e) if e.error_len().is_none() => e.valid_up_to(),
            _ => news.len(),
        };
        self.screen.process(&news[..whole]);
        self.shown += whole;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if !std::thread::panicking()
            && let Some(offence) = oracle::offence(&self.bytes())
        {
            panic!("the program wrote {offence}");
        }
    }
}

/// The modes that are not as a terminal has them at the start, once all bytes were obeyed: the cursor shows then, and
/// everything else is off. Read from the bytes, for the emulator knows not all of them.
fn modes(bytes: &[u8]) -> BTreeSet<String> {
    let text = String::from_utf8_lossy(bytes);
    let mut changed = BTreeSet::new();
    for part in text.split("\x1b[?").skip(1) {
        let Some(end) = part.find(|c: char| !c.is_ascii_digit() && c != ';') else { continue };
        let on = part[end..].starts_with('h');
        if on || part[end..].starts_with('l') {
            for mode in part[..end].split(';') {
                if on != (mode == "25") {
                    changed.insert(mode.to_owned())
                } else {
                    changed.remove(mode)
                };
            }
        }
    }
    changed
}

#[test]
fn a_mode_left_on_is_seen() {
    assert_eq!(modes(b"\x1b[?1049h\x1b[?25l\x1b[?2026hx\x1b[?2026l\x1b[?25h\x1b[?1049l"), BTreeSet::new());
    let left = modes(b"\x1b[?1000;1006h\x1b[?25l\x1b[?1006l");
    assert_eq!(left.iter().map(String::as_str).collect::<Vec<_>>(), ["1000", "25"]);
}

fn cells(n: u16) -> NonZero<u16> {
    NonZero::new(n).unwrap()
}

fn settings(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios())
}

/// What the system says of a process: its state and the processor time it used, in clock ticks of 10 ms. None once it
/// is gone.
pub fn process(pid: Pid) -> Option<(char, u64)> {
    let text = fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero())).ok()?;
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let number = |n: usize| fields.get(n).and_then(|f| f.parse::<u64>().ok());
    Some((fields.first()?.chars().next()?, number(11)? + number(12)?))
}

/// How often the threads of a process went to sleep so far: what never wakes does not count on.
pub fn sleeps(pid: Pid) -> u64 {
    let tasks = fs::read_dir(format!("/proc/{}/task", pid.as_raw_nonzero())).unwrap();
    let status = |task: fs::DirEntry| fs::read_to_string(task.path().join("status")).unwrap();
    let count = |text: String| {
        let line = text.lines().find(|l| l.starts_with("voluntary_ctxt_switches:")).unwrap().to_owned();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap()
    };
    tasks.map(|t| count(status(t.unwrap()))).sum()
}

/// Waits for a state of a process, as `T` for stopped. Gives false if it is gone before.
pub fn wait_state(pid: Pid, state: char) {
    let deadline = Instant::now() + LONG;
    while process(pid).map(|p| p.0) != Some(state) {
        assert!(Instant::now() < deadline, "process {pid:?} never came to state {state}");
        std::thread::sleep(Duration::from_millis(5));
    }
}
