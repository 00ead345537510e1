//! What a command line asks for, as plain data. Knows nothing of how it was written.

use crate::guide::CleanText;
use crate::words::Lang;
use std::path::PathBuf;

/// What a command line asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Invocation {
    /// The options, which are the same for all commands.
    pub options: Options,
    /// What to do.
    pub goal: Goal,
    /// With which guide.
    pub source: Source,
}

/// The options.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    /// `--lang`
    pub lang: Option<Lang>,
    /// `--theme`
    pub theme: Option<String>,
    /// `--width`
    pub width: Option<u16>,
    /// `--ascii`
    pub ascii: bool,
    /// `--base-url`
    pub base_url: Option<String>,
    /// `--progress`
    pub progress: Option<PathBuf>,
    /// `--run`
    pub run: Option<String>,
    /// `--as`
    pub who: Option<CleanText>,
    /// `--no-mouse`
    pub no_mouse: bool,
    /// `--config`
    pub config: Option<PathBuf>,
    /// Ticks of task boxes are written into the guide's file too.
    pub write_boxes: bool,
}

/// Where the guide comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The one in the program.
    BuiltIn,
    /// Standard input.
    Stdin,
    /// A file, or a folder of guides.
    Path(PathBuf),
}

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goal {
    /// Open the reader.
    Read,
    /// Print something.
    Print(Command),
    /// Change one item, named by its number, id or label.
    Change(String, Verb),
    /// What a shell completes.
    Completions(ShellName),
    /// The manual page.
    Manual,
    /// About the configuration.
    Config(About),
    /// Change the walk as a whole.
    Run(WalkVerb),
    /// Put a run away, or take it out again.
    Shelve(String, Shelving),
    /// Share the progress of all runs.
    Share,
    /// Walk through it item by item, on plain lines.
    Walk,
    /// Bring a walk's state in from a file, or from standard input.
    Import(Source),
}

/// A shell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShellName {
    /// GNU Bash.
    Bash,
    /// Zsh.
    Zsh,
    /// Fish.
    Fish,
    /// Elvish.
    Elvish,
    /// PowerShell.
    PowerShell,
}

/// What to say about the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// Which file is read, and what holds.
    Force,
    /// A file with everything in it.
    Example,
    /// What is wrong with a file: this one, or the one that is read.
    Check(Option<PathBuf>),
}

/// What to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// The guide.
    Show,
    /// The headings.
    Outline(Form),
    /// Groups and counts.
    Status(Form, Settled),
    /// The status in one line, by a template.
    StatusLine(String, Settled),
    /// The next open item.
    Next,
    /// Addresses.
    Contacts(Form),
    /// The journal.
    Log(Form),
    /// All walks through the guide.
    Runs(Form),
    /// The state of the walk, to hand on.
    Export(Form),
}

/// For whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For people.
    Human,
    /// For programs.
    Json,
}

/// Whether the exit status tells that something is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// It does.
    InExitCode,
    /// It does not.
    Untold,
}

/// A change to an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Done, or a value affirmed.
    Tick,
    /// Back to do.
    Untick,
    /// Skipped, and why.
    Skip(CleanText),
    /// A note; empty takes it away.
    Note(CleanText),
}

/// A change of a walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WalkVerb {
    /// The last change of this device is taken back.
    Undo,
    /// The last undo of this device is taken back.
    Redo,
    /// All starts over.
    Reset,
}

/// What becomes of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelving {
    /// It is put away.
    Archive,
    /// It is taken out again.
    Unarchive,
}

/// Why nothing is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Help or version was asked for: the text, for standard output.
    Told(String),
    /// The arguments are wrong: one line, for standard error.
    Wrong(CleanText),
}
