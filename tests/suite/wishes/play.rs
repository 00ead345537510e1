//! Plays a row of the table: keys are pressed, and what must come of them is waited for. What is to come must not be
//! there before the keys are pressed, so that no row passes by itself.

use super::table::WISHES;
use crate::find::stands_out;
use crate::pty::{LONG, Running, Terminal};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::{Duration, Instant};
use vt100::{Color, MouseProtocolMode, Screen};

/// Leaves, whatever is open.
const LEAVE: &str = "\x03";

/// The guides that every wish finds in its home.
const GUIDES: [(&str, &str); 3] = [
    ("atelier.md", include_str!("../guides/atelier.md")),
    ("onboarding.md", include_str!("../guides/onboarding.md")),
    ("runbook.md", include_str!("../guides/runbook.md")),
];

/// Programs that note what they are called with and what they read. The editor waits for a line first.
const PROGRAMS: [(&str, &str); 3] = [
    ("xdg-open", "printf '%s\\n' \"$@\" > given; mv given given-xdg-open"),
    ("wl-copy", "cat > given; mv given given-wl-copy"),
    ("vi", "echo editing; read -r line; printf '%s\\n' \"$@\" > given; mv given given-vi"),
];

/// What the wishes are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Search,
    Finding,
    Links,
    Copying,
    Keeping,
    OwnWay,
    Mouse,
    Terminal,
    Plain,
}

/// A row of the table.
#[derive(Clone, Copy)]
pub struct Wish {
    part: Part,
    what: &'static str,
    args: &'static [&'static str],
    steps: &'static [Step],
    variables: &'static [(&'static str, &'static str)],
    config: &'static str,
    shell: Option<&'static str>,
}

/// Something done, or something that must come of what was done before it.
#[derive(Clone, Copy)]
pub enum Step {
    /// These keys are pressed, without a pause.
    Keys(&'static str),
    /// Somebody saves a guide in which one text stands in another's place.
    Saves(&'static str, &'static str, &'static str),
    /// The window gets this many columns and rows.
    Resizes(u16, u16),
    /// The reader is left and opened again.
    Again,
    /// The screen shows it.
    Shows(&'static str),
    /// The screen shows it, as it may have done before.
    Still(&'static str),
    /// The screen does not show it any more.
    Hides(&'static str),
    /// The screen shows it, painted unlike what stands before it.
    Marks(&'static str),
    /// A program of this name got this: its arguments, or what it was to copy.
    Gives(&'static str, &'static str),
    /// These characters were written, whatever became of them.
    Writes(&'static str),
    /// The mouse is taken, or left to the terminal.
    Mouse(Taken),
    /// The screen is the reader's, or what was there before is back.
    Screen(Taken),
    /// Every character on the screen is one of ASCII.
    OnlyAscii,
    /// Nothing on the screen has a colour.
    NoColour,
    /// It ends by itself.
    Ends,
}

/// Whether something of the terminal is in the program's hands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    Yes,
    No,
}

use Step::{Again, Ends, Gives, Hides, Keys, Marks, Mouse, NoColour, OnlyAscii, Resizes, Saves, Shows, Still, Writes};

/// A wish, in words.
pub const fn wish(part: Part, what: &'static str) -> Wish {
    Wish { part, what, args: &[], steps: &[], variables: &[], config: "", shell: None }
}

impl Wish {
    /// Of `jalon` with these arguments.
    pub const fn on(self, args: &'static [&'static str]) -> Wish {
        Wish { args, ..self }
    }

    /// Fulfilled so.
    pub const fn done_by(self, steps: &'static [Step]) -> Wish {
        Wish { steps, ..self }
    }

    /// In an environment that has this too.
    pub const fn where_set(self, variables: &'static [(&'static str, &'static str)]) -> Wish {
        Wish { variables, ..self }
    }

    /// With this configuration file.
    pub const fn configured(self, config: &'static str) -> Wish {
        Wish { config, ..self }
    }

    /// Under a shell that runs this; `"$@"` is the program with its arguments.
    pub const fn under(self, script: &'static str) -> Wish {
        Wish { shell: Some(script), ..self }
    }

    fn ends_by_itself(&self) -> bool {
        self.steps.iter().any(|step| matches!(step, Ends))
    }

    fn terminal(&self) -> Terminal {
        let terminal = Terminal::new();
        let home = terminal.home().to_owned();
        let path = format!("{}:{}", home.join("bin").display(), std::env::var("PATH").unwrap_or_default());
        let terminal = terminal.variable("PATH", &path).variable("WAYLAND_DISPLAY", "wayland-9");
        let terminal = self.variables.iter().fold(terminal, |t, (name, value)| t.variable(name, value));
        let terminal = terminal.args(self.args);
        match self.shell {
            Some(script) => terminal.under("sh", &["-c", script, "sh"]),
            None => terminal,
        }
    }

    fn furnish(&self, home: &Path) {
        fs::create_dir_all(home.join("bin")).unwrap();
        fs::create_dir_all(home.join(".config/jalon")).unwrap();
        for (name, text) in GUIDES {
            fs::write(home.join(name), text).unwrap();
        }
        for (name, script) in PROGRAMS {
            fs::write(home.join("bin").join(name), format!("#!/bin/sh\ncd '{}'\n{script}\n", home.display())).unwrap();
            fs::set_permissions(home.join("bin").join(name), fs::Permissions::from_mode(0o755)).unwrap();
        }
        if !self.config.is_empty() {
            fs::write(home.join(".config/jalon/config.toml"), self.config).unwrap();
        }
    }

    fn play(&self) {
        let keys = self.steps.iter().filter_map(Step::done).collect::<Vec<_>>().join(", ");
        println!("{:?}: {}: {}: {keys}", self.part, self.args.join(" "), self.what);
        let terminal = self.terminal();
        self.furnish(terminal.home());
        let mut running = terminal.start();
        if !self.ends_by_itself() {
            running.drawn().sees("0/");
        }
        for (n, step) in self.steps.iter().enumerate() {
            let answers = self.steps[n + 1..].iter().take_while(|s| s.is_answer());
            if !step.is_answer() && !matches!(step, Again) {
                answers
                    .filter(|s| s.is_news())
                    .for_each(|s| assert!(!s.holds(&running), "{}: {} comes too soon", self.what, s.told()));
            }
            running = step.play(self, running);
        }
        if !self.ends_by_itself() {
            running.keys(LEAVE);
        }
        assert_eq!(running.ends().0, 0, "{}", self.what);
    }
}

impl Step {
    /// Whether it comes of what was done before it.
    fn is_answer(&self) -> bool {
        !matches!(self, Keys(_) | Saves(..) | Resizes(..) | Again | Ends)
    }

    /// Whether it must not have been there before.
    fn is_news(&self) -> bool {
        self.is_answer() && !matches!(self, Still(_) | OnlyAscii | NoColour)
    }

    /// What somebody does, in the table as it is printed.
    fn done(&self) -> Option<String> {
        match self {
            Keys(keys) => Some(keys.escape_debug().to_string()),
            Saves(guide, ..) => Some(format!("({guide} is saved)")),
            Resizes(columns, rows) => Some(format!("({columns}x{rows})")),
            Again => Some("(left and opened again)".into()),
            _ => None,
        }
    }

    fn told(&self) -> String {
        match self {
            Keys(_) | Saves(..) | Resizes(..) | Again | Ends => self.done().unwrap_or_default(),
            Shows(text) | Still(text) => format!("shows {text:?}"),
            Hides(text) => format!("hides {text:?}"),
            Marks(text) => format!("marks {text:?}"),
            Gives(program, text) => format!("gives {program} {text:?}"),
            Writes(text) => format!("writes {text:?}"),
            Mouse(_) => "the mouse".into(),
            Step::Screen(_) => "the screen".into(),
            OnlyAscii => "only ASCII".into(),
            NoColour => "no colour".into(),
        }
    }

    fn play(&self, wish: &Wish, running: Running) -> Running {
        match self {
            Keys(keys) => {
                running.keys(keys);
            }
            Saves(guide, from, to) => {
                let path = running.home().join(guide);
                let text = fs::read_to_string(&path).unwrap();
                assert!(text.contains(from), "{from}");
                fs::write(path, text.replace(from, to)).unwrap();
            }
            Resizes(columns, rows) => running.resize(*columns, *rows),
            Again => {
                let next = wish.terminal().at_home_of(&running);
                running.keys(LEAVE);
                assert_eq!(running.ends().0, 0);
                let running = next.start();
                running.drawn();
                return running;
            }
            Ends => {}
            answer => {
                let deadline = Instant::now() + LONG;
                while !answer.holds(&running) {
                    let screen = running.screen();
                    let got = if let Gives(program, _) = answer { given(&running, program) } else { String::new() };
                    assert!(Instant::now() < deadline, "{}: never {}\n{got:?}\n{screen}", wish.what, answer.told());
                    std::thread::sleep(Duration::from_millis(5));
                }
            }
        }
        running
    }

    /// Whether it has come.
    fn holds(&self, running: &Running) -> bool {
        let screen = |is: &dyn Fn(&Screen) -> bool| running.look(is);
        match self {
            Keys(_) | Saves(..) | Resizes(..) | Again | Ends => true,
            Shows(text) | Still(text) => plain(&running.screen()).contains(text),
            Hides(text) => !plain(&running.screen()).contains(text),
            Marks(text) => screen(&|s| stands_out(s, text)),
            Gives(program, text) => given(running, program) == *text,
            Writes(text) => plain(&String::from_utf8_lossy(&running.bytes())).contains(text),
            Mouse(taken) => screen(&|s| (s.mouse_protocol_mode() == MouseProtocolMode::None) == (*taken == Taken::No)),
            Step::Screen(taken) => screen(&|s| s.alternate_screen() == (*taken == Taken::Yes)),
            OnlyAscii => running.screen().is_ascii(),
            NoColour => screen(&|s| {
                let (rows, columns) = s.size();
                let mut cells =
                    (0..rows.get()).flat_map(|row| (0..columns.get()).filter_map(move |at| s.cell(row, at)));
                cells.all(|c| (c.fgcolor(), c.bgcolor()) == (Color::Default, Color::Default))
            }),
        }
    }
}

/// What a program was given so far.
fn given(running: &Running, program: &str) -> String {
    fs::read_to_string(running.home().join(format!("given-{program}"))).unwrap_or_default()
}

/// A text as the table has it: rows end with a line feed alone, and spaces may break.
fn plain(text: &str) -> String {
    text.replace('\r', "").replace(['\u{a0}', '\u{202f}'], " ")
}

/// Plays all wishes of a part.
pub fn play(part: Part) {
    let wishes: Vec<&Wish> = WISHES.iter().filter(|w| w.part == part).collect();
    let failed = wishes.iter().filter(|wish| std::panic::catch_unwind(|| wish.play()).is_err()).count();
    assert!(failed == 0 && !wishes.is_empty(), "{failed} of {} wishes are not fulfilled", wishes.len());
}
