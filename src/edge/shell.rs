//! The program as the shell calls it: arguments, environment and standard streams on one side, the pure rooms on the
//! other. Performs what an invocation asks for and gives the exit code; decides no wording and no counts.
//!
//! Exit codes: 0 done; 1 something is open (`status --exit-code`); 2 wrong arguments, an unreadable guide, nothing
//! printed; 3 progress could not be saved.

mod config;
mod exchange;
mod guides;
mod line;
mod paint;
mod reader;
mod share;
mod shelf;
mod surroundings;
mod runs;
mod show;
mod walk;

use super::clock;
use super::journal::{Journal, SaveError, missing};
use super::leave::{self, NOT_SAVED};
use super::places::{self, GuideName, Place, Wanted};
use crate::cli::{self, Command, Form, Goal, Invocation, Page, Row, Settled, Source, Stop, Verb, Voice};
use crate::guide::{BaseUrl, CleanText, Guide, ItemIndex, Oddity};
use crate::layout::{Colours, Layout, Measures, Medium};
use crate::progress::{Change, Log, Record, Report, export_json, export_markdown, format, report};
use crate::theme::Glyphs;
use crate::words::{BoxTrouble, Lang, Shell, Trouble};
use config::Found;
use guides::Opened;
use paint::Paint;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;
use surroundings::Surroundings;

/// Columns where nobody says how many there are.
const UNKNOWN_WIDTH: u16 = 80;

/// Why the program ends before its work is done.
#[derive(Debug)]
enum End {
    /// Something to say on standard error, and the exit code.
    Told(String, u8),
    /// Standard output failed.
    Print(io::Error),
}

impl End {
    /// What there is to say, where it is not the end after all.
    fn told(self) -> CleanText {
        match self {
            End::Told(sentence, _) => CleanText::line(&sentence),
            End::Print(error) => CleanText::line(&error.to_string()),
        }
    }
}

impl From<io::Error> for End {
    fn from(error: io::Error) -> End {
        End::Print(error)
    }
}

/// Runs the program on the process's own arguments. Gives the exit code.
pub fn main() -> ExitCode {
    let around = Surroundings::of_process();
    leave::guarded(around.lang(None), || called(around))
}

fn called(around: Surroundings) -> ExitCode {
    let args: Vec<OsString> = std::env::args_os().collect();
    let asked = match cli::parse(args.iter().cloned(), Lang::default()) {
        Ok(asked) => asked,
        Err(_) => return stopped(args, &around),
    };
    let found = match config::find(&asked.options, around.lang(None)) {
        Ok(found) => found,
        Err(end) => return finish(around.lang(asked.options.lang), Err(end)),
    };
    let lang = around.lang(found.force.lang);
    finish(lang, Call { asked, around, found, lang }.perform())
}

/// What to say of a command line that asks for help, or is wrong, in the language that would have held.
fn stopped(args: Vec<OsString>, around: &Surroundings) -> ExitCode {
    let hints = cli::hints(&args);
    let found = config::find(&hints, around.lang(None)).ok();
    let lang = around.lang(found.and_then(|found| found.force.lang).or(hints.lang));
    finish(
        lang,
        match cli::parse(args, lang) {
            Err(Stop::Told(text)) => print_text(&text).map(|()| ExitCode::SUCCESS),
            Err(Stop::Wrong(text)) => Err(End::Told(text.to_string(), 2)),
            // Both tables take the same arguments; a test sees to it.
            Ok(_) => Ok(ExitCode::from(2)),
        },
    )
}

/// Says what is to be said at the end. A reader of our output that had enough is no error.
fn finish(lang: Lang, outcome: Result<ExitCode, End>) -> ExitCode {
    match outcome {
        Ok(code) => code,
        Err(End::Told(text, code)) => {
            complain(&text);
            ExitCode::from(code)
        }
        Err(End::Print(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(End::Print(error)) => {
            complain(&Shell::CannotPrint(guides::cannot(&error)).say(lang));
            ExitCode::from(2)
        }
    }
}

/// One line on standard error. Where even that fails, nobody is left to be told.
fn complain(text: &str) {
    leave::complain(&CleanText::line(text));
}

fn print_text(text: &str) -> Result<(), End> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// One call of the program.
#[derive(Clone)]
struct Call {
    asked: Invocation,
    around: Surroundings,
    found: Found,
    lang: Lang,
}

/// What was done with a guide.
struct Walked {
    journal: Journal,
    log: Log,
    troubles: Vec<Trouble>,
}

impl Call {
    fn perform(&self) -> Result<ExitCode, End> {
        match &self.asked.goal {
            Goal::Read => self.read(),
            Goal::Config(about) => config::tell(self, about),
            Goal::Completions(shell) => print_text(&cli::completions(*shell, self.lang)).map(|()| ExitCode::SUCCESS),
            Goal::Manual => print_text(&cli::manual(self.lang)).map(|()| ExitCode::SUCCESS),
            Goal::Print(command) => self.print(command),
            Goal::Change(item, verb) => self.change(item, verb),
            Goal::Run(verb) => runs::change(self, *verb),
            Goal::Shelve(run, shelving) => runs::shelve(self, run, *shelving),
            Goal::Share => share::share(self),
            Goal::Walk => walk::walk(self),
            Goal::Import(file) => exchange::import(self, file),
        }
    }

    /// The same call, about another guide.
    fn on(&self, file: &Path) -> Call {
        let mut call = self.clone();
        call.asked.source = Source::Path(file.to_owned());
        call
    }

    /// Opens the reader, or prints the guide where no screen can be drawn.
    fn read(&self) -> Result<ExitCode, End> {
        if self.around.stdout_is_terminal {
            match (self.around.is_dumb(), self.around.has_keyboard()) {
                (true, _) => complain(&Shell::DumbTerminal.say(self.lang)),
                (false, false) => complain(&Shell::NoKeyboard.say(self.lang)),
                (false, true) => return reader::open(self),
            }
        }
        self.print(&Command::Show)
    }

    fn print(&self, command: &Command) -> Result<ExitCode, End> {
        if let Command::Status(..) | Command::StatusLine(..) = command
            && let Some((path, listing)) = shelf::listing(self)?
        {
            return shelf::status(self, &path, &listing, command);
        }
        let opened = &mut self.open()?;
        let guide = &opened.guide;
        let voice = self.voice();
        match command {
            Command::Contacts(Form::Human) => self.page(&cli::contacts(guide))?,
            Command::Contacts(Form::Json) => print_text(&cli::contacts_json(guide))?,
            Command::Show => return show::show(self, opened).map(|()| ExitCode::SUCCESS),
            Command::Next => {
                let report = self.told(opened).1;
                self.page(&cli::next(
                    self.layout(guide, &Colours::new(), &BTreeSet::new(), &Measures::default()),
                    &report,
                    &voice,
                ))?;
            }
            Command::Outline(form) => {
                let report = self.told(opened).1;
                match form {
                    Form::Human => self.page(&cli::outline(guide, &report, &voice))?,
                    Form::Json => print_text(&cli::outline_json(guide, &report))?,
                }
            }
            Command::Log(form) => {
                let walked = self.told(opened).0;
                match form {
                    Form::Human => self.page(&cli::log(&walked.log, &voice))?,
                    Form::Json => print_text(&cli::log_json(&walked.log))?,
                }
            }
            Command::Runs(form) => runs::list(self, opened, *form)?,
            Command::Export(form) => {
                let Walked { journal, log, .. } = self.told(opened).0;
                match form {
                    Form::Human => print_text(&export_markdown(guide, &log))?,
                    Form::Json => print_text(&export_json(guide, &log, &journal.place().walk))?,
                }
            }
            Command::Status(form, settled) => {
                let report = self.told(opened).1;
                match form {
                    Form::Human => self.page(&cli::status(&report, &voice))?,
                    Form::Json => print_text(&cli::status_json(&report))?,
                }
                return Ok(settled_code(&report, *settled));
            }
            Command::StatusLine(template, settled) => {
                // Before anything is told: what is wrong with the arguments is the one line that counts.
                let (walked, wrong) = (self.walk(opened), |why| End::Told(self.say(Shell::BadTemplate(why)), 2));
                let report = self.report(guide, &walked);
                let line = format(&report, template).map_err(wrong)?;
                self.warn(walked.troubles.iter());
                print_text(&format!("{line}\n"))?;
                return Ok(settled_code(&report, *settled));
            }
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Changes one item. What is printed as done is on disk.
    fn change(&self, item: &str, verb: &Verb) -> Result<ExitCode, End> {
        let opened = self.open()?;
        let mut walked = self.walk(&opened);
        let report = self.report(&opened.guide, &walked);
        let wrong = |sentence: Shell| End::Told(self.say(sentence), 2);
        let answer = cli::answer(&opened.guide, &report, item, verb).map_err(wrong)?;
        let change = answer.change.clone().map(|change| walked.log.located(&opened.guide, change));
        let records = self.save(&mut walked.journal, change.as_slice())?;
        // Told only now: where nothing could be saved, that is the one line that counts.
        self.warn(walked.troubles.iter());
        self.page(&answer.page(&self.voice()))?;
        // A setting that holds for all guides says nothing of one that has no file; an option does.
        let wanted = self.found.force.write_boxes && (opened.path.is_some() || self.asked.options.write_boxes);
        if wanted && !matches!(verb, Verb::Note(_)) {
            walked.log.extend(records);
            walked.log.settle_for(&opened.guide);
            if let Err(why) = self.write_box(&opened, &walked.log, answer.item) {
                complain(&why.say(self.lang));
                // The journal has the tick, but that was half of what was asked for.
                return Ok(ExitCode::from(NOT_SAVED));
            }
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Writes a box into the guide's file, also where the journal said so before: a file may have been out of reach
    /// then.
    fn write_box(&self, opened: &Opened, log: &Log, item: ItemIndex) -> Result<(), BoxTrouble> {
        let path = opened.path.as_ref().ok_or(BoxTrouble::NoFile)?;
        let Some(state) = log.box_state(&opened.guide, item) else { return Ok(()) };
        super::boxes::write_box(path, &opened.guide, item, state).map(|_| ())
    }

    /// Puts changes on disk, all or none.
    fn save(&self, journal: &mut Journal, changes: &[Change]) -> Result<Vec<Record>, End> {
        if !changes.is_empty() {
            surroundings::outlive_size_limits();
        }
        journal.append(changes, clock::now()).map_err(|error| self.unsaved(&error))
    }

    /// The end of a command whose work the disk refused.
    fn unsaved(&self, error: &SaveError) -> End {
        End::Told(error.trouble().say(self.lang).into_owned(), NOT_SAVED)
    }

    /// Opens the guide and tells what is odd about it, and about the configuration.
    fn open(&self) -> Result<Opened, End> {
        self.found.complaints(self.lang).iter().for_each(|line| complain(line));
        let opened = self.opened()?;
        let name = || opened.name.clone();
        if opened.guide.source.is_blank() {
            complain(&Shell::EmptyGuide(name()).say(self.lang));
        }
        for oddity in &opened.guide.oddities {
            match oddity {
                Oddity::NotUtf8 => complain(&Shell::NotUtf8(name()).say(self.lang)),
                Oddity::FrontMatter(why) => complain(&Shell::BadFrontMatter(name(), why.clone()).say(self.lang)),
                // What was hidden is gone from what is printed; the reader says how much.
                _ => {}
            }
        }
        Ok(opened)
    }

    /// What relative links are joined to. The guide built in has an address of its own, which only an option changes.
    fn base_url(&self) -> Option<BaseUrl> {
        let asked = self.asked.options.base_url.clone().map(BaseUrl::Asked);
        let set = || self.found.force.base_url.clone().filter(|_| self.asked.source != Source::BuiltIn);
        asked.or_else(|| set().map(BaseUrl::Otherwise))
    }

    fn opened(&self) -> Result<Opened, End> {
        let opened = guides::open(&self.asked.source, self.base_url().as_ref());
        opened.map_err(|sentence| End::Told(sentence.say(self.lang).into_owned(), 2))
    }

    /// What was done with the guide, and its status; trouble with the journal is told, and the rest goes on.
    fn told(&self, opened: &Opened) -> (Walked, Report) {
        let walked = self.walk(opened);
        self.warn(walked.troubles.iter());
        let report = self.report(&opened.guide, &walked);
        (walked, report)
    }

    /// What was done with the guide, carried over its edits.
    fn walk(&self, opened: &Opened) -> Walked {
        self.walk_of(opened, self.run())
    }

    /// The same in another run.
    fn walk_of(&self, opened: &Opened, run: &str) -> Walked {
        let mut walked = self.records_of(opened, run);
        walked.log.settle_for(&opened.guide);
        walked
    }

    /// What was recorded; not yet matched with what the guide holds today, which the reader's model does itself.
    fn records(&self, opened: &Opened) -> Walked {
        self.records_of(opened, self.run())
    }

    /// The run that is meant.
    fn run(&self) -> &str {
        self.asked.options.run.as_deref().unwrap_or("default")
    }

    /// The same of another run.
    fn records_of(&self, opened: &Opened, run: &str) -> Walked {
        let progress = self.found.force.progress.as_deref();
        let wanted = Wanted { guide: self.guide_name(opened), run, who: &self.who(), progress };
        let (journal, records, mut troubles) = Journal::open(Place::find(&wanted, places::state_folder()));
        let unshared = unshared(journal.place(), &records);
        if let Some(path) = opened.path.as_ref().filter(|_| unshared > 0) {
            troubles.push(Trouble::Unshared(CleanText::line(&line::argument(path)), unshared));
        }
        Walked { journal, log: records.into_iter().collect(), troubles }
    }

    /// Who ticks.
    fn who(&self) -> String {
        self.found.force.who.as_deref().map_or_else(|| self.around.user(), str::to_owned)
    }

    fn guide_name<'a>(&self, opened: &'a Opened) -> GuideName<'a> {
        match (&opened.path, &self.asked.source) {
            (Some(path), _) => GuideName::File { path, id: opened.guide.front.id.as_deref() },
            (None, Source::Stdin) => GuideName::Input { title: &opened.guide.title },
            (None, _) => GuideName::BuiltIn,
        }
    }

    fn report(&self, guide: &Guide, walked: &Walked) -> Report {
        report(guide, &walked.log, &walked.journal.place().walk, clock::now(), self.found.force.review_after_days)
    }

    fn warn<'a>(&self, troubles: impl Iterator<Item = &'a Trouble>) {
        troubles.for_each(|trouble| complain(&trouble.say(self.lang)));
    }

    fn layout<'a>(
        &self,
        guide: &'a Guide,
        colours: &'a Colours,
        toggled: &'a BTreeSet<crate::guide::ContainerId>,
        measures: &'a Measures,
    ) -> Layout<'a> {
        Layout {
            guide,
            width: self.width(),
            glyphs: self.glyphs(),
            lang: self.lang,
            colours,
            toggled,
            measures,
            medium: Medium::Paper,
        }
    }

    fn width(&self) -> u16 {
        let terminal =
            || self.around.size.map_or(UNKNOWN_WIDTH, |(columns, _)| columns).clamp(1, self.found.force.width);
        self.asked.options.width.unwrap_or_else(terminal)
    }

    fn glyphs(&self) -> &'static Glyphs {
        if self.found.force.ascii { Glyphs::ASCII } else { Glyphs::UNICODE }
    }

    fn say(&self, sentence: Shell) -> String {
        sentence.say(self.lang).into_owned()
    }

    fn voice(&self) -> Voice {
        Voice { lang: self.lang, glyphs: self.glyphs(), width: self.width(), zone: clock::zone() }
    }

    fn page(&self, page: &Page) -> Result<(), End> {
        self.rows(page.iter().cloned())
    }

    fn rows(&self, rows: impl Iterator<Item = Row>) -> Result<(), End> {
        let paint = self.paint();
        lines(rows.map(|row| paint.row(&row)))
    }

    fn paint(&self) -> Paint {
        Paint::choose(&self.around, &self.found.force.theme, self.width())
    }
}

/// How many changes the private journal of a shared walk holds that the shared one does not: they were made before the
/// folder came, by oneself or with a pull, or in a window that was open then.
fn unshared(place: &Place, shared: &[Record]) -> usize {
    let private = place.in_private().filter(|_| place.is_shared());
    private.map_or(0, |private| missing(&Journal::open(private).1.into_iter().collect(), place, shared))
}

/// Whether something is open, where that was asked for.
fn settled_code(report: &Report, settled: Settled) -> ExitCode {
    ExitCode::from(u8::from(report.done < report.total && settled == Settled::InExitCode))
}

/// Prints lines as they come.
fn lines(lines: impl Iterator<Item = String>) -> Result<(), End> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    for line in lines {
        writeln!(out, "{line}")?;
    }
    Ok(out.flush()?)
}
