//! The one table of options and commands, and what a command line asks for. The help, the README, the manual, the
//! completions and the parser read the table; it is English, and French is put over it in `language`.

use super::invocation::{
    About, Command, Form, Goal, Invocation, Options, Settled, ShellName, Shelving, Source, Stop, Verb, WalkVerb,
};
use super::language::in_language;
use super::misuse::{stop, wrong};
use crate::guide::CleanText;
use crate::words::{Lang, Misuse};
use clap::builder::NonEmptyStringValueParser;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::path::PathBuf;

/// Read, and act on, a Markdown guide: an outline, a text and a checklist that remembers.
#[derive(Debug, Parser)]
#[command(name = "jalon", version, disable_help_subcommand = true, max_term_width = 90)]
struct Line {
    #[command(flatten)]
    table: Table,
    #[command(subcommand)]
    command: Option<Sub>,
    /// A file, a folder of guides, `-` for standard input; the guide built in if left out.
    #[arg(value_name = "GUIDE")]
    guide: Option<PathBuf>,
}

/// The table of options.
#[derive(Debug, Args)]
struct Table {
    /// Language of the interface [default: that of the system].
    #[arg(long, global = true, value_enum, value_name = "LANG", hide_possible_values = true)]
    #[arg(help = "Language of the interface: fr, en [default: the system's]")]
    lang: Option<LangArg>,
    /// Colours: auto, day, night, terminal (its own 16 colours), or a theme of the configuration [default: auto].
    #[arg(long, global = true, value_name = "THEME", value_parser = NonEmptyStringValueParser::new())]
    theme: Option<String>,
    /// Columns of the text [default: the terminal's, at most 90].
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1000))]
    width: Option<u16>,
    /// Draw marks and frames with ASCII alone.
    #[arg(long, global = true)]
    ascii: bool,
    /// The address that links like /page are joined to.
    #[arg(long, global = true, value_name = "URL", value_parser = NonEmptyStringValueParser::new())]
    base_url: Option<String>,
    /// Keep progress in this folder.
    #[arg(long, global = true, value_name = "DIR")]
    progress: Option<PathBuf>,
    /// One of several walks through the same guide [default: default].
    #[arg(long, global = true, value_name = "NAME", value_parser = run_name)]
    run: Option<String>,
    /// Who ticks [default: the user's name].
    #[arg(long = "as", global = true, value_name = "NAME", value_parser = line)]
    who: Option<CleanText>,
    /// Write ticks of task boxes into the guide's file too.
    #[arg(long, global = true)]
    write_boxes: bool,
    /// Leave the mouse to the terminal.
    #[arg(long, global = true)]
    no_mouse: bool,
    /// The configuration file to read, in place of one's own.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum LangArg {
    Fr,
    En,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ShellArg {
    Bash,
    Zsh,
    Fish,
    Elvish,
    #[value(name = "powershell")]
    PowerShell,
}

#[derive(Debug, Args)]
struct Json {
    /// Print JSON, for programs.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct Target {
    /// A file, a folder of guides, `-` for standard input; the guide built in if left out.
    #[arg(value_name = "GUIDE")]
    guide: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct ItemArg {
    /// The item: its number in `status`, its id, or a part of its label that fits no other.
    #[arg(value_name = "ITEM", value_parser = NonEmptyStringValueParser::new())]
    item: String,
}

#[derive(Debug, Args)]
struct RunArg {
    /// The run, as `runs` names it.
    #[arg(value_name = "RUN", value_parser = run_name)]
    name: String,
}

#[derive(Debug, Subcommand)]
enum Sub {
    /// Print the guide, laid out.
    Show(Target),
    /// Print the headings as a tree, with progress.
    Outline {
        #[command(flatten)]
        json: Json,
        #[command(flatten)]
        target: Target,
    },
    /// Print what is done and what is open.
    Status {
        #[command(flatten)]
        json: Json,
        /// Print one line instead: {done}/{total} {next}; also {open}, {percent}, {steps}, {values}, {title}.
        #[arg(long, value_name = "TEMPLATE", conflicts_with = "json")]
        format: Option<String>,
        /// Exit with 0 where all is settled, 1 where something is open.
        #[arg(long)]
        exit_code: bool,
        #[command(flatten)]
        target: Target,
    },
    /// Print the next open item with its text.
    Next(Target),
    /// Go through the guide item by item, on plain lines: for screen readers, plain terminals and pipes.
    Walk(Target),
    /// Tick a step or a task; affirm a value.
    Tick {
        #[command(flatten)]
        item: ItemArg,
        #[command(flatten)]
        target: Target,
    },
    /// Take a tick, a skip or an affirmation back.
    Untick {
        #[command(flatten)]
        item: ItemArg,
        #[command(flatten)]
        target: Target,
    },
    /// Skip a step or a task, and say why.
    Skip {
        #[command(flatten)]
        item: ItemArg,
        /// Why.
        #[arg(long, value_name = "TEXT", value_parser = full_line)]
        reason: CleanText,
        #[command(flatten)]
        target: Target,
    },
    /// Put a note on an item; an empty one takes it away.
    Note {
        #[command(flatten)]
        item: ItemArg,
        /// The note, one line.
        #[arg(value_name = "TEXT", value_parser = line)]
        text: CleanText,
        #[command(flatten)]
        target: Target,
    },
    /// Take the last change made from here back.
    Undo(Target),
    /// Bring back what was undone last.
    Redo(Target),
    /// Print addresses, numbers and links, one a line.
    Contacts {
        #[command(flatten)]
        json: Json,
        #[command(flatten)]
        target: Target,
    },
    /// Print the journal, oldest first.
    Log {
        #[command(flatten)]
        json: Json,
        #[command(flatten)]
        target: Target,
    },
    /// Make the folder .jalon beside the guide: from then on progress lives there, for a team.
    Share(Target),
    /// Print the walks through the guide, the last changed first.
    Runs {
        #[command(flatten)]
        json: Json,
        #[command(flatten)]
        target: Target,
    },
    /// Start the run over; nothing is erased, `undo` brings it back.
    Reset(Target),
    /// Put a run away, to be listed apart; nothing is erased.
    Archive {
        #[command(flatten)]
        run: RunArg,
        #[command(flatten)]
        target: Target,
    },
    /// Take a run out of the archive.
    Unarchive {
        #[command(flatten)]
        run: RunArg,
        #[command(flatten)]
        target: Target,
    },
    /// Print progress as a checklist in Markdown, or as JSON, to hand on.
    Export {
        #[command(flatten)]
        json: Json,
        #[command(flatten)]
        target: Target,
    },
    /// Bring progress in from what `export` printed, or from a checklist ticked by hand.
    Import {
        /// What was exported; `-` for standard input.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[command(flatten)]
        target: Target,
    },
    /// Print the settings in force and where each comes from, an example file, or what is wrong with a file.
    Config {
        /// Print a file with every setting, key and theme, explained.
        #[arg(long, conflicts_with = "check")]
        example: bool,
        /// Print what is wrong, one line each; exit with 1 where something is.
        #[arg(long)]
        check: bool,
        /// The file to check [default: the one that is read].
        #[arg(value_name = "FILE", requires = "check")]
        file: Option<PathBuf>,
    },
    /// Print what makes a shell complete jalon's commands.
    Completions {
        /// The shell: bash, zsh, fish, elvish or powershell.
        #[arg(value_enum, value_name = "SHELL", hide_possible_values = true)]
        shell: ShellArg,
    },
    /// Print the manual page, in roff.
    Man,
}

/// The table of options and commands in a language.
pub(super) fn table(lang: Lang) -> clap::Command {
    in_language(Line::command(), lang)
}

/// Reads a command line, the program's name first. What is told of it is told in this language.
pub fn parse<I: IntoIterator<Item = OsString>>(args: I, lang: Lang) -> Result<Invocation, Stop> {
    let args: Vec<OsString> = args.into_iter().collect();
    match plain(&args) {
        Some(asked) => Ok(asked),
        None => tabled(args, lang),
    }
}

/// Reads a command line that says no more than which guide is to be read. Who opens a guide need not wait for a table of
/// two dozen commands to be made. What has a dot or a slash in it names no command, and no option.
fn plain(args: &[OsString]) -> Option<Invocation> {
    let source = match args {
        [_] => Source::BuiltIn,
        [_, one] => {
            let bytes = one.as_encoded_bytes();
            let named = !bytes.starts_with(b"-") && (bytes.contains(&b'.') || bytes.contains(&b'/'));
            named.then(|| source(Some(PathBuf::from(one))))?
        }
        _ => return None,
    };
    Some(Invocation { options: Options::default(), goal: Goal::Read, source })
}

fn tabled(args: Vec<OsString>, lang: Lang) -> Result<Invocation, Stop> {
    let matches = table(lang).try_get_matches_from(args).map_err(|error| stop(&error, lang))?;
    let line = Line::from_arg_matches(&matches).map_err(|error| stop(&error, lang))?;
    let options = line.table.into_options();
    let Some(command) = line.command else {
        return Ok(Invocation { options, goal: Goal::Read, source: source(line.guide) });
    };
    if let Some(guide) = line.guide {
        let before = CleanText::line(&guide.to_string_lossy());
        return Err(wrong(&Misuse::GuideFirst(before), lang));
    }
    let (goal, guide) = command.into_goal();
    Ok(Invocation { options, goal, source: source(guide) })
}

/// The two options that say in which language to speak of a line that cannot be read, as far as they can be seen.
pub fn hints(args: &[OsString]) -> Options {
    let value = |name: &str| {
        let words = || args.iter().take_while(|arg| *arg != "--");
        let joined = words().find_map(|arg| arg.to_str()?.strip_prefix(name)?.strip_prefix('=').map(OsString::from));
        joined.or_else(|| words().skip_while(|arg| *arg != name).nth(1).cloned())
    };
    let lang = value("--lang").and_then(|name| LangArg::from_str(name.to_str()?, false).ok());
    Options { lang: lang.map(LangArg::meant), config: value("--config").map(PathBuf::from), ..Options::default() }
}

impl LangArg {
    fn meant(self) -> Lang {
        match self {
            LangArg::Fr => Lang::Fr,
            LangArg::En => Lang::En,
        }
    }
}

impl ShellArg {
    fn meant(self) -> ShellName {
        match self {
            ShellArg::Bash => ShellName::Bash,
            ShellArg::Zsh => ShellName::Zsh,
            ShellArg::Fish => ShellName::Fish,
            ShellArg::Elvish => ShellName::Elvish,
            ShellArg::PowerShell => ShellName::PowerShell,
        }
    }
}

impl Table {
    fn into_options(self) -> Options {
        Options {
            lang: self.lang.map(LangArg::meant),
            theme: self.theme,
            width: self.width,
            ascii: self.ascii,
            base_url: self.base_url,
            progress: self.progress,
            run: self.run,
            who: self.who,
            no_mouse: self.no_mouse,
            config: self.config,
            write_boxes: self.write_boxes,
        }
    }
}

impl Sub {
    fn into_goal(self) -> (Goal, Option<PathBuf>) {
        let (goal, target) = match self {
            Sub::Show(target) => (Goal::Print(Command::Show), target),
            Sub::Outline { json, target } => (Goal::Print(Command::Outline(json.form())), target),
            Sub::Status { json, format, exit_code, target } => {
                let settled = if exit_code { Settled::InExitCode } else { Settled::Untold };
                let command = match format {
                    Some(template) => Command::StatusLine(template, settled),
                    None => Command::Status(json.form(), settled),
                };
                (Goal::Print(command), target)
            }
            Sub::Next(target) => (Goal::Print(Command::Next), target),
            Sub::Walk(target) => (Goal::Walk, target),
            Sub::Tick { item, target } => (Goal::Change(item.item, Verb::Tick), target),
            Sub::Untick { item, target } => (Goal::Change(item.item, Verb::Untick), target),
            Sub::Skip { item, reason, target } => (Goal::Change(item.item, Verb::Skip(reason)), target),
            Sub::Note { item, text, target } => (Goal::Change(item.item, Verb::Note(text)), target),
            Sub::Undo(target) => (Goal::Run(WalkVerb::Undo), target),
            Sub::Redo(target) => (Goal::Run(WalkVerb::Redo), target),
            Sub::Share(target) => (Goal::Share, target),
            Sub::Runs { json, target } => (Goal::Print(Command::Runs(json.form())), target),
            Sub::Reset(target) => (Goal::Run(WalkVerb::Reset), target),
            Sub::Archive { run, target } => (Goal::Shelve(run.name, Shelving::Archive), target),
            Sub::Unarchive { run, target } => (Goal::Shelve(run.name, Shelving::Unarchive), target),
            Sub::Contacts { json, target } => (Goal::Print(Command::Contacts(json.form())), target),
            Sub::Log { json, target } => (Goal::Print(Command::Log(json.form())), target),
            Sub::Export { json, target } => (Goal::Print(Command::Export(json.form())), target),
            Sub::Completions { shell } => (Goal::Completions(shell.meant()), Target { guide: None }),
            Sub::Man => (Goal::Manual, Target { guide: None }),
            Sub::Config { example: true, .. } => (Goal::Config(About::Example), Target { guide: None }),
            Sub::Config { check: true, file, .. } => (Goal::Config(About::Check(file)), Target { guide: None }),
            Sub::Config { .. } => (Goal::Config(About::Force), Target { guide: None }),
            Sub::Import { file, target } => (Goal::Import(source(Some(file))), target),
        };
        (goal, target.guide)
    }
}

impl Json {
    fn form(&self) -> Form {
        if self.json { Form::Json } else { Form::Human }
    }
}

fn source(guide: Option<PathBuf>) -> Source {
    match guide {
        None => Source::BuiltIn,
        Some(path) if path.as_os_str() == "-" => Source::Stdin,
        Some(path) => Source::Path(path),
    }
}

/// A line of text, cleaned.
fn line(raw: &str) -> Result<CleanText, String> {
    Ok(CleanText::line(raw))
}

/// A line of text that says something.
fn full_line(raw: &str) -> Result<CleanText, String> {
    let text = CleanText::line(raw);
    if text.is_empty() { Err("it is empty".to_owned()) } else { Ok(text) }
}

/// A run's name becomes a folder's, so it has no separators.
fn run_name(raw: &str) -> Result<String, String> {
    let fits = raw.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
    if raw.is_empty() || raw.starts_with(['.', '-']) || raw.len() > 64 || !fits {
        return Err("a run's name is made of letters, digits, `-`, `_` and `.`, at most 64".to_owned());
    }
    Ok(raw.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(line: &str) -> Result<Invocation, Stop> {
        parse(std::iter::once("jalon").chain(line.split(' ').filter(|w| !w.is_empty())).map(OsString::from), Lang::En)
    }

    fn path(name: &str) -> Source {
        Source::Path(PathBuf::from(name))
    }

    fn wrong(line: &str) -> String {
        match asked(line) {
            Err(Stop::Wrong(text)) => text.to_string(),
            other => panic!("{line}: {other:?}"),
        }
    }

    #[test]
    fn clap_finds_its_own_table_sound() {
        Line::command().debug_assert();
    }

    #[test]
    fn nothing_opens_the_guide_built_in() {
        let got = asked("").unwrap();
        assert_eq!(got, Invocation { options: Options::default(), goal: Goal::Read, source: Source::BuiltIn });
    }

    #[test]
    fn a_guide_is_a_path_or_standard_input() {
        assert_eq!(asked("a.md").unwrap().source, path("a.md"));
        assert_eq!(asked("-").unwrap().source, Source::Stdin);
        assert_eq!(asked("status -").unwrap().source, Source::Stdin);
        assert_eq!(asked("show a.md").unwrap().source, path("a.md"));
    }

    #[test]
    fn a_file_named_like_a_command_is_reached_by_two_dashes_or_a_path() {
        assert_eq!(
            asked("-- status").unwrap(),
            asked("./status").map(|i| Invocation { source: path("status"), ..i }).unwrap()
        );
        assert_eq!(asked("./status").unwrap().source, path("./status"));
    }

    #[test]
    fn options_stand_before_and_after_the_command() {
        let before = asked("--lang fr --width 40 status a.md").unwrap();
        assert_eq!(before, asked("status a.md --lang fr --width 40").unwrap());
        assert_eq!((before.options.lang, before.options.width), (Some(Lang::Fr), Some(40)));
    }

    #[test]
    fn every_command_is_read_with_what_it_takes() {
        let status = Command::Status(Form::Json, Settled::InExitCode);
        assert_eq!(asked("status --json --exit-code").unwrap().goal, Goal::Print(status));
        assert_eq!(asked("next").unwrap().goal, Goal::Print(Command::Next));
        assert_eq!(asked("walk a.md").map(|i| (i.goal, i.source)), Ok((Goal::Walk, path("a.md"))));
        assert_eq!(asked("log --json").unwrap().goal, Goal::Print(Command::Log(Form::Json)));
        assert_eq!(asked("contacts").unwrap().goal, Goal::Print(Command::Contacts(Form::Human)));
        let line = Command::StatusLine("{done}".into(), Settled::InExitCode);
        assert_eq!(asked("status --format {done} --exit-code").unwrap().goal, Goal::Print(line));
        assert_eq!(asked("export --json").unwrap().goal, Goal::Print(Command::Export(Form::Json)));
        let import = asked("import - a.md").unwrap();
        assert_eq!((import.goal, import.source), (Goal::Import(Source::Stdin), path("a.md")));
        let share = asked("share a.md").unwrap();
        assert_eq!((share.goal, share.source), (Goal::Share, path("a.md")));
        assert_eq!(asked("runs --json").unwrap().goal, Goal::Print(Command::Runs(Form::Json)));
        assert_eq!(asked("reset --run x").unwrap().goal, Goal::Run(WalkVerb::Reset));
        assert_eq!(asked("undo").unwrap().goal, Goal::Run(WalkVerb::Undo));
        let archive = asked("archive été-2027 a.md").unwrap();
        assert_eq!((archive.goal, archive.source), (Goal::Shelve("été-2027".into(), Shelving::Archive), path("a.md")));
        let tick = asked("tick 3 a.md").unwrap();
        assert_eq!((tick.goal, tick.source), (Goal::Change("3".into(), Verb::Tick), path("a.md")));
        let skip = Goal::Change("3".into(), Verb::Skip(CleanText::line("late")));
        assert_eq!(asked("skip 3 --reason late").unwrap().goal, skip);
        let note = asked("note 3 hello a.md").unwrap();
        assert_eq!(note.goal, Goal::Change("3".into(), Verb::Note(CleanText::line("hello"))));
        assert_eq!(note.source, path("a.md"));
    }

    #[test]
    fn wrong_arguments_are_told_in_one_line_that_drives_no_terminal() {
        for line in [
            "--colour",
            "tick",
            "skip 3",
            "--width 0",
            "--run ../x",
            "--lang de",
            "a.md b.md",
            "a.md status",
            "skip 3 --reason=",
            "status --json --format x",
            "import",
            "archive",
            "unarchive ../x",
        ] {
            let text = wrong(line);
            assert!(!text.contains('\n') && !text.is_empty(), "{line}: {text}");
        }
        assert!(!wrong("--\u{1b}[31mred").contains('\u{1b}'));
        assert!(wrong("tick").contains("<ITEM>"), "{}", wrong("tick"));
    }

    #[test]
    fn help_and_version_are_no_errors() {
        assert!(matches!(asked("--help"), Err(Stop::Told(text)) if text.contains("--progress")));
        assert!(matches!(asked("--version"), Err(Stop::Told(text)) if text.starts_with("jalon ")));
    }

    #[test]
    fn a_plain_line_is_read_as_the_table_reads_it() {
        let line = |words: &[&str]| -> Vec<OsString> { ["jalon"].iter().chain(words).map(OsString::from).collect() };
        for words in
            [&[][..], &["a.md"], &["./status"], &["dir/"], &["."], &[".."], &["/"], &["é.md"], &["a b.md"], &["x=y.md"]]
        {
            let read = plain(&line(words));
            assert!(read.is_some(), "{words:?}");
            assert_eq!(read, tabled(line(words), Lang::En).ok(), "{words:?}");
        }
        for words in [
            &["status"][..],
            &["-"],
            &["--"],
            &[""],
            &["--lang=fr.x"],
            &["-h./"],
            &["a.md", "b.md"],
            &["help"],
            &["dir"],
        ] {
            assert_eq!(plain(&line(words)), None, "{words:?}");
        }
    }
}
