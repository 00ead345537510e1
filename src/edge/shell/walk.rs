//! `walk`: reads answers line by line, prints what comes of them, saves and copies. Decides no wording and no place:
//! those are the pure walker's. Writes text alone, but for the one sequence that hands a copied address to a terminal
//! that can take it.

use super::{Call, End, Walked, complain, lines, reader};
use crate::app::Landing;
use crate::cli::{self, Page, Row, Sight, Source, Turn, Walker};
use crate::edge::Original;
use crate::edge::clipboard::{self, Copied};
use crate::edge::clock;
use crate::edge::leave::NOT_SAVED;
use crate::guide::{BoxState, CleanText, Guide, ItemIndex};
use crate::layout::{Colours, Measures};
use crate::progress::{Boxes, Change};
use crate::words::{Aloud, BoxTrouble, Shell};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Read, Write};
use std::process::ExitCode;

/// The longest answer, in bytes; what is beyond is the next one.
const LONGEST: u64 = 16 * 1024;

/// Walks until the answers end or one leaves.
pub(super) fn walk(call: &Call) -> Result<ExitCode, End> {
    let answers = Answers::open(call)?;
    let opened = call.open()?;
    let walked = call.told(&opened).0;
    if call.asked.options.write_boxes && opened.path.is_none() {
        complain(&BoxTrouble::NoFile.say(call.lang));
    }
    let original = opened.path.is_some().then(|| reader::original(call, &opened));
    let mut path = Path {
        call,
        answers,
        guide: opened.guide,
        walked,
        original,
        arrived: None,
        unread: None,
        unsaved: Vec::new(),
        boxes: Boxed::AsAsked,
    };
    let outcome = path.go();
    let lost = !path.unsaved.is_empty() || path.boxes == Boxed::Refused;
    match outcome {
        // Whoever stops listening must still learn that something is lost.
        Ok(()) | Err(End::Print(_)) if lost => Ok(ExitCode::from(NOT_SAVED)),
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(why) => Err(why),
    }
}

/// Where answers come from, and how they are asked for.
struct Answers {
    from: Box<dyn BufRead>,
    /// One types behind the question, on its line; else each question has a line of its own.
    typed: bool,
}

/// All that a walk holds.
struct Path<'a> {
    call: &'a Call,
    answers: Answers,
    guide: Guide,
    walked: Walked,
    original: Option<Box<dyn Original>>,
    /// A guide that was read again, and is not walked through yet.
    arrived: Option<Guide>,
    /// Why the guide could not be read again, as told last.
    unread: Option<CleanText>,
    /// What the disk refused.
    unsaved: Vec<Change>,
    /// What became of the boxes in the guide's file.
    boxes: Boxed,
}

/// What became of boxes that were to be written.
#[derive(PartialEq)]
enum Boxed {
    /// They are in the file, or none was asked for.
    AsAsked,
    /// One is not; that was told.
    Refused,
}

impl Answers {
    /// Standard input, or the terminal itself where standard input is the guide.
    fn open(call: &Call) -> Result<Answers, End> {
        let out = call.around.stdout_is_terminal;
        if call.asked.source != Source::Stdin {
            return Ok(Answers { from: Box::new(io::stdin().lock()), typed: out && io::stdin().is_terminal() });
        }
        let terminal = File::open("/dev/tty").map_err(|_| End::Told(call.say(Shell::ReadOnce), 2))?;
        Ok(Answers { from: Box::new(BufReader::new(terminal)), typed: out })
    }

    /// The next answer; none at the end of input.
    fn next(&mut self) -> Option<String> {
        let mut line = Vec::new();
        // Input that fails is input that ended: nobody is there to answer.
        let read = self.from.as_mut().take(LONGEST).read_until(b'\n', &mut line).ok()?;
        (read > 0).then(|| String::from_utf8_lossy(&line).into_owned())
    }
}

impl Path<'_> {
    fn go(&mut self) -> Result<(), End> {
        let (mut walker, page) = self.see(Walker::begin);
        print(page)?;
        loop {
            let question = self.see(|sight| walker.question(sight));
            self.ask(&question)?;
            let Some(line) = self.answers.next() else {
                // The shell's prompt belongs on a line of its own.
                return if self.answers.typed { print(vec![Row::default()]) } else { Ok(()) };
            };
            if let Some(before) = self.look_around() {
                let (page, meant) = self.see(|sight| walker.reread(&before, sight));
                print(page)?;
                if meant == cli::Meant::Nothing {
                    continue;
                }
            }
            match self.see(|sight| walker.hear(&line, sight)) {
                Turn::Say(page) => print(page)?,
                Turn::Record(change) => {
                    if self.save(change)? {
                        print(self.see(|sight| walker.recorded(sight)))?;
                    }
                }
                Turn::Copy(text) => {
                    let landing = self.copy(&text)?;
                    print(cli::copied(&text, &landing, self.call.lang))?;
                }
                Turn::Leave => return Ok(()),
            }
        }
    }

    /// Shows the walker what there is now.
    fn see<T>(&self, look: impl FnOnce(&Sight<'_>) -> T) -> T {
        let (colours, toggled, measures) = (Colours::new(), BTreeSet::new(), Measures::default());
        let (report, voice) = (self.call.report(&self.guide, &self.walked), self.call.voice());
        look(&Sight {
            layout: self.call.layout(&self.guide, &colours, &toggled, &measures),
            report: &report,
            log: &self.walked.log,
            device: &self.walked.journal.place().device,
            voice: &voice,
            now: clock::now(),
        })
    }

    fn ask(&self, question: &Row) -> Result<(), End> {
        let mut out = io::stdout().lock();
        let end = if self.answers.typed { " " } else { "\n" };
        write!(out, "{}{end}", question.plain())?;
        Ok(out.flush()?)
    }

    /// Takes in what others did since the last answer. Gives the guide as it was where it is another now.
    fn look_around(&mut self) -> Option<Guide> {
        let records = self.walked.journal.read_new();
        let news = !records.is_empty();
        self.walked.log.extend(records);
        let read = match (self.arrived.take(), &mut self.original) {
            (Some(guide), _) => Ok(Some(guide)),
            (None, Some(original)) => original.read(),
            (None, None) => Ok(None),
        };
        let before = match read {
            Ok(read) => {
                self.unread = None;
                read.map(|guide| std::mem::replace(&mut self.guide, guide))
            }
            Err(why) => {
                if self.unread.as_ref() != Some(&why) {
                    complain(&why);
                }
                self.unread = Some(why);
                None
            }
        };
        if news || before.is_some() {
            self.walked.log.settle_for(&self.guide);
        }
        before
    }

    /// Whether a change is on disk now. A refusal is told, and remembered unless the same change succeeds later.
    fn save(&mut self, change: Change) -> Result<bool, End> {
        match self.call.save(&mut self.walked.journal, std::slice::from_ref(&change)) {
            Ok(records) => {
                self.unsaved.retain(|lost| *lost != change);
                let boxes = self.call.found.force.write_boxes.then(|| Boxes::of(&self.guide, &self.walked.log));
                self.walked.log.extend(records);
                self.walked.log.settle_for(&self.guide);
                if let Some(before) = boxes {
                    let changed = before.changed(&self.guide, &self.walked.log);
                    changed.into_iter().for_each(|(item, state)| self.write_box(item, state));
                }
                Ok(true)
            }
            Err(End::Told(why, _)) => {
                complain(&why);
                self.unsaved.push(change);
                Ok(false)
            }
            Err(end) => Err(end),
        }
    }

    /// Writes a box into the guide's file. What hinders that is told; the journal has the tick. A guide with other items
    /// is left for the next answer, which must not land on another one.
    fn write_box(&mut self, item: ItemIndex, state: BoxState) {
        let Some(original) = self.original.as_mut().filter(|_| self.arrived.is_none()) else { return };
        match original.write_box(&self.guide, item, state) {
            Ok(Some(guide)) if guide.items.iter().map(|i| &i.id).eq(self.guide.items.iter().map(|i| &i.id)) => {
                self.guide = guide;
                self.walked.log.settle_for(&self.guide);
            }
            Ok(arrived) => self.arrived = arrived,
            Err(why) => {
                complain(&why);
                self.boxes = Boxed::Refused;
            }
        }
    }

    /// Copies by the reader's own ways. A terminal is written to only where it can take more than text.
    fn copy(&self, text: &CleanText) -> Result<Landing, End> {
        let lang = self.call.lang;
        let ways = clipboard::ways(clipboard::Around::of(|name| std::env::var_os(name)));
        let bytes = match clipboard::copy(text, &ways, lang) {
            Copied::Landed(landing) => return Ok(landing),
            Copied::ForTerminal(bytes) => bytes,
        };
        if !self.call.around.stdout_is_terminal || self.call.around.is_dumb() {
            return Ok(Landing::NoWay(CleanText::line(&Aloud::TextAlone.say(lang))));
        }
        let mut out = io::stdout().lock();
        out.write_all(&bytes)?;
        out.flush()?;
        Ok(Landing::Sent)
    }
}

fn print(page: Page) -> Result<(), End> {
    lines(page.iter().map(Row::plain))
}
