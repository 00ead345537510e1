//! A guide that is open: what is shown of it, the desk of its journal, its memory, and what watches its files. Several
//! may be open, and live on while others are on the screen.

use super::desk::Desk;
use super::folder::Folder;
use super::journal::Journal;
use super::mail::{Line, Post};
use super::memory::Memory;
use super::session::{Original, Rest, Session};
use super::watch::{Aim, Deaf, Watch, watch};
use crate::app::{Card, Concern, GuideNumber, Model, Msg};
use crate::guide::{BoxState, CleanText, Guide, ItemIndex};
use crate::layout::Line as Row;
use crate::words::Edge;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How long an editor must be done with the guide's file before it is read: some write it piece by piece, some take it
/// away first.
const GUIDE_QUIET: Duration = Duration::from_millis(100);

/// The same for journals, which are written a whole line at a time.
const JOURNAL_QUIET: Duration = Duration::from_millis(20);

/// A guide that is open.
pub(super) struct Volume {
    pub(super) model: Model,
    pub(super) desk: Arc<Desk>,
    pub(super) memory: Arc<Memory>,
    pub(super) original: Arc<Mutex<Box<dyn Original>>>,
    /// Its file, as it was named. Known here too: who asks for it must not wait until the original is read.
    pub(super) file: Option<PathBuf>,
    /// To the loop, for this guide.
    pub(super) line: Line,
    /// The folder, of the one whose model is a list.
    pub(super) folder: Option<Folder>,
    /// When it was on the screen last, in milliseconds since the epoch.
    pub(super) seen: i64,
    /// Reads the whole, while only the head is open.
    pub(super) rest: Option<Rest>,
    /// The journal, until its thread has it.
    journal: Option<Journal>,
    /// Held so that the watching goes on: of the guide, and of the journals.
    watches: Vec<Watch>,
}

impl Volume {
    /// A guide, with the number that it goes by.
    pub(super) fn new(session: Session, number: GuideNumber, desk: Arc<Desk>, post: Post) -> Volume {
        let mut model = session.model;
        model.number = number;
        Volume {
            seen: model.now,
            folder: session.folder,
            model,
            desk,
            memory: Arc::new(session.memory),
            file: session.original.file().map(Path::to_owned),
            original: Arc::new(Mutex::new(session.original)),
            line: Line { post, guide: number },
            rest: session.rest,
            journal: session.journal,
            watches: Vec::new(),
        }
    }

    /// Whether all of the guide is open.
    pub(super) fn is_whole(&self) -> bool {
        self.rest.is_none()
    }

    /// Has the whole in the place of the head; gives the model, which is to take the screen over.
    pub(super) fn complete(&mut self, session: Session) -> Model {
        self.rest = None;
        self.memory = Arc::new(session.memory);
        self.original = Arc::new(Mutex::new(session.original));
        self.journal = session.journal;
        session.model
    }

    /// What a list tells of it, with its file.
    pub(super) fn card(&self) -> Option<(PathBuf, Card)> {
        Some((self.file.clone()?, self.model.card(self.seen)))
    }

    /// Forgets what was parsed of a large guide and is not on the screen. While somebody else reads in it, it waits for
    /// the next time. The place is to be noted afterwards.
    pub(super) fn slim(&mut self) {
        if !self.model.guide.is_heavy() {
            return;
        }
        self.memory.let_go();
        let lines = &self.model.reader.lines;
        let block = |line: Option<&Row>| line.map_or(0, |l| l.anchor.block);
        let shown = block(lines.first())..block(lines.last()) + 1;
        if let Some(guide) = Arc::get_mut(&mut self.model.guide) {
            guide.forget_but(shown);
        }
    }

    /// Why a change could not be saved, if one could not.
    pub(super) fn unsaved(&self) -> Option<CleanText> {
        let why = self.model.pending.iter().find_map(|pending| pending.refused.clone())?;
        Some(CleanText::line(
            &Edge::UnsavedElsewhere(self.model.guide.title.clone(), why).say(self.model.settings.lang),
        ))
    }

    /// Whether nothing of it waits for the disk.
    pub(super) fn is_saved(&self) -> bool {
        self.model.pending.is_empty() && self.desk.unsaved(Duration::ZERO).is_empty()
    }

    /// The journal's thread and the watches start after the first frame: nobody waits for them.
    pub(super) fn serve(&mut self) {
        // What is read while it is watched is read twice; a head is being completed anyway.
        if self.is_whole() {
            self.open_journal();
            self.watch_guide();
        }
    }

    fn open_journal(&mut self) {
        let Some(journal) = self.journal.take() else { return };
        // A folder that could not be made is waited for: it is made with the first change, or by somebody else.
        if let Some(folder) = journal.place().folder.clone() {
            let desk = Arc::clone(&self.desk);
            self.watch(Aim::Folder(folder, "jsonl"), JOURNAL_QUIET, Concern::JournalWatch, move || desk.look());
        }
        let (line, lang) = (self.line.clone(), self.model.settings.lang);
        if let Err(error) = self.desk.serve(journal, lang, move |msg| line.msg(msg)) {
            self.line.msg(Msg::JournalTrouble(CleanText::line(&error.to_string())));
        }
    }

    /// The guide is read again when its file changes, on the thread that hears of it: what changes meanwhile waits.
    fn watch_guide(&mut self) {
        let Some(file) = self.file.clone() else { return };
        let (original, line) = (Arc::clone(&self.original), self.line.clone());
        let mut unread = false;
        self.watch(Aim::File(file), GUIDE_QUIET, Concern::GuideWatch, move || {
            read_again(&original, &line, |msg| {
                let news = unread || !matches!(msg, Msg::Unchanged);
                unread = matches!(msg, Msg::ReloadFailed(_));
                news
            });
        });
    }

    fn watch(&mut self, aim: Aim, quiet: Duration, what: Concern, changed: impl FnMut() + Send + 'static) {
        let (line, lang) = (self.line.clone(), self.model.settings.lang);
        let tell = move |deaf: Option<Deaf>| {
            let why = deaf.map(|deaf| match deaf {
                Deaf::Network => Edge::NetworkDisk.say(lang).into_owned(),
                Deaf::System(why) => why,
            });
            let sentence = why.map(|why| Edge::Polling(CleanText::line(&why)).say(lang).into_owned());
            line.msg(Msg::Concern(what, sentence.map(|s| CleanText::line(&s))));
        };
        match watch(aim, quiet, changed, tell.clone()) {
            Ok(watch) => self.watches.push(watch),
            // Without a thread there is no looking every second either; but then little else works.
            Err(error) => tell(Some(Deaf::System(error.to_string()))),
        }
    }
}

impl Drop for Volume {
    /// Its watches end by themselves; the thread that writes has to be told.
    fn drop(&mut self) {
        self.desk.close();
    }
}

/// Reads the guide again and tells, unless it is no news. It is told before anybody else may read, so that what was
/// read last is told last.
pub(super) fn read_again(original: &Mutex<Box<dyn Original>>, line: &Line, mut is_news: impl FnMut(&Msg) -> bool) {
    let mut original = original.lock().unwrap_or_else(PoisonError::into_inner);
    let msg = match original.read() {
        Ok(Some(guide)) => Msg::Reloaded(Arc::new(guide)),
        Ok(None) => Msg::Unchanged,
        Err(why) => Msg::ReloadFailed(why),
    };
    if is_news(&msg) {
        line.msg(msg);
    }
}

/// Writes a box into the guide's file, and tells what the file holds then: told before anybody else may read, so that
/// the watch finds nothing new.
pub(super) fn write_box(
    original: &Mutex<Box<dyn Original>>,
    line: &Line,
    guide: &Guide,
    item: ItemIndex,
    state: BoxState,
) {
    let mut original = original.lock().unwrap_or_else(PoisonError::into_inner);
    match original.write_box(guide, item, state) {
        Ok(Some(guide)) => line.msg(Msg::Reloaded(Arc::new(guide))),
        Ok(None) => {}
        Err(why) => line.msg(Msg::BoxRefused(why)),
    }
}
