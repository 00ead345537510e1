//! The loop: what happens outside comes in through one mailbox, `update` decides, effects go out, and what changed is
//! drawn. Sleeps whenever nothing happens; decides nothing itself.

use super::clipboard::{self, Copied};
use super::colouring::Slow;
use super::desk::Desk;
use super::hall::{Hall, Waited, Wishes};
use super::journal::Journal;
use super::leave::{self, HUNG_UP, Leave, PANICKED};
use super::mail::{Mail, Post};
use super::memory::Memory;
use super::screen::Screen;
use super::searcher::Searcher;
use super::searches::Searches;
use super::terminal::{NoTerminal, Reports, Tty};
use super::watch::{Aim, Deaf, Watch, watch};
use super::worker::Worker;
use super::{clock, opener, signals};
use crate::app::{self, Concern, Effect, Landing, Model, Msg};
use crate::guide::{BoxState, CleanText, Guide, ItemIndex};
use crate::view;
use crate::words::{Edge, Lang};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::io;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Where the guide came from, to be read again.
pub trait Original: Send {
    /// Its file; none where there is none to watch.
    fn file(&self) -> Option<&Path>;
    /// Reads it. Gives nothing where it is what it was when it was read last; the error is a sentence for the reader.
    fn read(&mut self) -> Result<Option<Guide>, CleanText>;
    /// Makes the box of an item of `guide` say something in the file, and gives what the file holds then; nothing where
    /// it said so already. The error is a sentence for the reader.
    fn write_box(&mut self, guide: &Guide, item: ItemIndex, state: BoxState) -> Result<Option<Guide>, CleanText>;
}

/// All that one run of the full screen needs.
pub struct Session {
    /// The model to begin with.
    pub model: Model,
    /// The journal that changes go to.
    pub journal: Journal,
    /// Where the guide is read again.
    pub original: Box<dyn Original>,
    /// Where it is remembered how far one read.
    pub memory: Memory,
    /// Where searches are kept for later sessions.
    pub searches: Searches,
}

/// The two pure functions that the loop stands between. Tests put their own in place.
#[derive(Clone, Copy, Debug)]
pub struct Cast {
    /// Takes a message, changes the model, says what to do.
    pub update: fn(&mut Model, Msg) -> Vec<Effect>,
    /// Draws the model, and says where the cursor shows.
    pub draw: fn(&Model, Rect, &mut Buffer) -> Option<(u16, u16)>,
}

/// How long an editor must be done with the guide's file before it is read: some write it piece by piece, some take it
/// away first.
const GUIDE_QUIET: Duration = Duration::from_millis(100);

/// The same for journals, which are written a whole line at a time.
const JOURNAL_QUIET: Duration = Duration::from_millis(20);

/// A guide that is read in less is waited for without a word.
const AT_ONCE: Duration = Duration::from_millis(100);

/// How long one waits at the end for ticks to reach the guide's file.
const LAST_BOXES: Duration = Duration::from_secs(1);

/// The status where there is no terminal to run on, or no guide.
const NO_SCREEN: u8 = 2;

/// What is played: ours.
const OURS: Cast = Cast { update: app::update, draw: view::draw };

/// Runs the full screen until the reader leaves, on what `read` gives. Gives the exit code, or why there is nothing to
/// run on; other threads may end the process before. Where the reading takes long the screen says so, and one can leave.
pub fn run<E, F>(wishes: Wishes, read: F) -> Result<ExitCode, E>
where
    E: Send + 'static,
    F: FnOnce() -> Result<Session, E> + Send + 'static,
{
    let lang = wishes.lang;
    let (to, made) = channel();
    let (reading, done) = channel::<()>();
    let reader = thread::Builder::new().name("opening".into()).spawn(move || {
        let _ = to.send(read());
        drop(reading);
    });
    if let Err(error) = reader {
        return Ok(no_screen(NoTerminal::Keys(error), lang));
    }
    match made.recv_timeout(AT_ONCE) {
        Ok(Ok(session)) => return Ok(play(session, OURS)),
        Ok(Err(why)) => return Err(why),
        // It panicked, and the standard hook has told.
        Err(RecvTimeoutError::Disconnected) => return Ok(ExitCode::from(PANICKED)),
        Err(RecvTimeoutError::Timeout) => {}
    }
    let mut hall = match Hall::open(wishes) {
        Ok(hall) => hall,
        Err(why) => return Ok(no_screen(why, lang)),
    };
    let post = hall.post.clone();
    // It ends with the reading: nothing is ever sent.
    let bell = move || post.send(done.recv().map_or(Mail::Ready, |()| Mail::Ready));
    if let Err(error) = thread::Builder::new().name("bell".into()).spawn(bell) {
        hall.tty.finish();
        return Ok(no_screen(NoTerminal::Keys(error), lang));
    }
    let waited = catch_unwind(AssertUnwindSafe(|| hall.wait(&made)));
    let code = match waited {
        Ok(Ok(Waited::Ready(Ok(session), early))) => return Ok(perform(Stage::new(hall, session, OURS, early))),
        Ok(Ok(Waited::Ready(Err(why), _))) => {
            hall.leave.settle(NO_SCREEN);
            return Err(why);
        }
        Ok(Ok(Waited::Left)) => 0,
        Ok(Ok(Waited::Fault)) | Err(_) => PANICKED,
        Ok(Err(_)) => HUNG_UP,
    };
    Ok(ExitCode::from(hall.leave.settle(code)))
}

/// Runs the full screen on a session that is there, with functions that may be others than ours.
pub fn play(session: Session, cast: Cast) -> ExitCode {
    let settings = &session.model.settings;
    let (lang, theme, colour) = (settings.lang, settings.theme.clone(), settings.colour);
    match Hall::open(Wishes { lang, theme, colour, mouse: session.model.mouse, keymap: Arc::clone(&settings.keymap) }) {
        Ok(hall) => perform(Stage::new(hall, session, cast, Vec::new())),
        Err(why) => no_screen(why, lang),
    }
}

fn perform((leave, mut stage): (Arc<Leave>, Stage)) -> ExitCode {
    // The hook has told of a panic; the code tells the shell.
    let code = match catch_unwind(AssertUnwindSafe(|| stage.turn())) {
        Ok(Ok(())) => 0,
        Ok(Err(_)) => HUNG_UP,
        Err(_) => PANICKED,
    };
    // The last keys may have come with the one that ended it. It is written by who leaves.
    let _ = stage.memory.note(&stage.model);
    let refused = if code == 0 { stage.finish_boxes() } else { Vec::new() };
    let code = leave.settle(code);
    refused.iter().for_each(leave::complain);
    ExitCode::from(code)
}

fn no_screen(why: NoTerminal, lang: Lang) -> ExitCode {
    let sentence = match why {
        NoTerminal::Output => Edge::OutputIsNoTerminal,
        NoTerminal::Keys(error) => Edge::NoScreen(CleanText::line(&error.to_string())),
    };
    leave::complain(&CleanText::line(&sentence.say(lang)));
    ExitCode::from(NO_SCREEN)
}

/// Everything that the loop holds.
struct Stage {
    cast: Cast,
    model: Model,
    tty: Arc<Tty>,
    screen: Screen,
    desk: Arc<Desk>,
    mailbox: Receiver<Mail>,
    /// What came before there was a model.
    early: Vec<Mail>,
    post: Post,
    original: Arc<Mutex<Box<dyn Original>>>,
    memory: Arc<Memory>,
    /// Copies and opens: what other programs do for us.
    errands: Worker,
    /// Reads and colours.
    reader: Worker,
    /// Searches.
    searcher: Searcher,
    searches: Searches,
    /// Languages that are coloured no more.
    slow: Arc<Slow>,
    /// The journal, until its thread has it.
    journal: Option<Journal>,
    /// Held so that the watching goes on: of the guide, and of the journals.
    watches: Vec<Watch>,
}

impl Stage {
    fn new(hall: Hall, session: Session, cast: Cast, early: Vec<Mail>) -> (Arc<Leave>, Stage) {
        let Hall { tty, screen, desk, mailbox, post, leave, .. } = hall;
        let memory = leave.remember_with(session.memory);
        let stage = Stage {
            cast,
            model: session.model,
            tty,
            screen,
            desk,
            mailbox,
            early,
            errands: Worker::new("errands", post.clone()),
            reader: Worker::new("reader", post.clone()),
            searcher: Searcher::new(post.clone()),
            searches: session.searches,
            post,
            original: Arc::new(Mutex::new(session.original)),
            memory,
            slow: Arc::default(),
            journal: Some(session.journal),
            watches: Vec::new(),
        };
        (leave, stage)
    }

    /// The loop. Ends well when the reader leaves, with an error when the terminal takes no more bytes.
    fn turn(&mut self) -> io::Result<()> {
        if self.resize()?.is_break() {
            return Ok(());
        }
        for mail in std::mem::take(&mut self.early) {
            if self.take(mail)?.is_break() {
                return Ok(());
            }
        }
        self.draw()?;
        self.remember();
        self.open_journal();
        self.watch_guide();
        // Days matter once something is settled; finding the zone means reading a folder of some hundred files.
        self.errands.give(|| Some(Mail::Msg(Msg::Zone(clock::zone()))));
        while let Ok(first) = self.mailbox.recv() {
            let mut resized = false;
            let mut next = Some(first);
            // All that waits is taken in before a frame is drawn; of several sizes the last one counts.
            while let Some(mail) = next {
                let flow = match mail {
                    Mail::Resized => {
                        resized = true;
                        ControlFlow::Continue(())
                    }
                    mail => self.take(mail)?,
                };
                if flow.is_break() {
                    return Ok(());
                }
                next = self.mailbox.try_recv().ok();
            }
            if resized && self.resize()?.is_break() {
                return Ok(());
            }
            self.draw()?;
            self.remember();
        }
        Ok(())
    }

    /// The journal's thread and the watch start after the first frame: nobody waits for them.
    fn open_journal(&mut self) {
        let Some(journal) = self.journal.take() else { return };
        let lang = self.lang();
        // A folder that could not be made is waited for: it is made with the first change, or by somebody else.
        if let Some(folder) = journal.place().folder.clone() {
            let desk = Arc::clone(&self.desk);
            self.watch(Aim::Folder(folder, "jsonl"), JOURNAL_QUIET, Concern::JournalWatch, move || desk.look());
        }
        let post = self.post.clone();
        if let Err(error) = self.desk.serve(journal, lang, move |msg| post.msg(msg)) {
            self.post.msg(Msg::JournalTrouble(CleanText::line(&error.to_string())));
        }
    }

    /// The guide is read again when its file changes, on the thread that hears of it: what changes meanwhile waits.
    fn watch_guide(&mut self) {
        let file = self.original.lock().unwrap_or_else(PoisonError::into_inner).file().map(Path::to_owned);
        let Some(file) = file else { return };
        let (original, post) = (Arc::clone(&self.original), self.post.clone());
        let mut unread = false;
        self.watch(Aim::File(file), GUIDE_QUIET, Concern::GuideWatch, move || {
            read_again(&original, &post, |msg| {
                let news = unread || !matches!(msg, Msg::Unchanged);
                unread = matches!(msg, Msg::ReloadFailed(_));
                news
            });
        });
    }

    fn watch(&mut self, aim: Aim, quiet: Duration, what: Concern, changed: impl FnMut() + Send + 'static) {
        let (post, lang) = (self.post.clone(), self.lang());
        let tell = move |deaf: Option<Deaf>| {
            let why = deaf.map(|deaf| match deaf {
                Deaf::Network => Edge::NetworkDisk.say(lang).into_owned(),
                Deaf::System(why) => why,
            });
            let sentence = why.map(|why| Edge::Polling(CleanText::line(&why)).say(lang).into_owned());
            post.msg(Msg::Concern(what, sentence.map(|s| CleanText::line(&s))));
        };
        match watch(aim, quiet, changed, tell.clone()) {
            Ok(watch) => self.watches.push(watch),
            // Without a thread there is no looking every second either; but then little else works.
            Err(error) => tell(Some(Deaf::System(error.to_string()))),
        }
    }

    fn take(&mut self, mail: Mail) -> io::Result<ControlFlow<()>> {
        match mail {
            Mail::Msg(msg) => return self.tell(msg),
            Mail::Resized => return self.resize(),
            Mail::Answered => self.tty.answered(),
            Mail::Ready => {}
            Mail::Copy(ticket, bytes) => {
                self.tty.write(&bytes)?;
                return self.tell(Msg::Copied(ticket, Landing::Sent));
            }
            Mail::Continued => {
                self.tty.enter()?;
                self.screen.forget();
                if self.resize()?.is_break() {
                    return Ok(ControlFlow::Break(()));
                }
                return self.tell(Msg::Resumed);
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn resize(&mut self) -> io::Result<ControlFlow<()>> {
        let (width, height) = self.tty.size();
        self.tell(Msg::Resize(width, height))
    }

    /// Tells the model, and does what it says.
    fn tell(&mut self, msg: Msg) -> io::Result<ControlFlow<()>> {
        self.model.now = clock::now();
        for effect in (self.cast.update)(&mut self.model, msg) {
            if self.perform(effect)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// The last ticks reach the guide's file too before one leaves: waits a little for the disk, then for the thread
    /// that writes boxes. Gives what became of those that could not be written.
    fn finish_boxes(&mut self) -> Vec<CleanText> {
        if !self.model.settings.write_boxes {
            return Vec::new();
        }
        let deadline = Instant::now() + LAST_BOXES;
        let mut refused = Vec::new();
        let mut written = None;
        let ended = |done: &Receiver<()>| matches!(done.try_recv(), Err(TryRecvError::Disconnected));
        loop {
            let waits = self.model.pending.iter().any(|p| p.refused.is_none());
            if !waits && written.is_none() {
                // A thread does one job after the other: once this one is done, those before are.
                let (done, is_done) = channel();
                let post = self.post.clone();
                self.reader.give(move || {
                    drop(done);
                    post.send(Mail::Ready);
                    None
                });
                written = Some(is_done);
            }
            match self.mailbox.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(Mail::Msg(Msg::BoxRefused(why))) => refused.push(why),
                Ok(Mail::Msg(msg @ (Msg::Recorded(..) | Msg::Refused(..)))) => {
                    if self.tell(msg).is_err() {
                        return refused;
                    }
                }
                Ok(Mail::Ready) if written.as_ref().is_some_and(ended) => return refused,
                Ok(_) => {}
                Err(_) => return refused,
            }
        }
    }

    fn draw(&mut self) -> io::Result<()> {
        let (model, draw) = (&self.model, self.cast.draw);
        let bytes = self.screen.frame(model.size, |area, buf| draw(model, area, buf))?;
        if bytes.is_empty() { Ok(()) } else { self.tty.write(&bytes) }
    }

    /// Notes where one reads; every few seconds of reading that is written.
    fn remember(&mut self) {
        if self.memory.note(&self.model) {
            let memory = Arc::clone(&self.memory);
            self.errands.give(move || {
                memory.write();
                None
            });
        }
    }

    fn perform(&mut self, effect: Effect) -> io::Result<ControlFlow<()>> {
        match effect {
            Effect::Quit => return Ok(ControlFlow::Break(())),
            Effect::Record(ticket, change) => self.desk.put(ticket, change),
            Effect::Copy(ticket, text) => {
                let (lang, ways) = (self.lang(), clipboard::ways(clipboard::Around::of(variable)));
                self.errands.give(move || {
                    Some(match clipboard::copy(&text, &ways, lang) {
                        Copied::Landed(landing) => Mail::Msg(Msg::Copied(ticket, landing)),
                        Copied::ForTerminal(bytes) => Mail::Copy(ticket, bytes),
                    })
                });
            }
            Effect::Open(ticket, target) => {
                let (lang, program) = (self.lang(), opener::program(variable));
                let job = move || Some(Mail::Msg(Msg::Opened(ticket, opener::open(&target, program, lang))));
                self.errands.give(job);
            }
            Effect::Reload => {
                let (original, post) = (Arc::clone(&self.original), self.post.clone());
                self.reader.give(move || {
                    read_again(&original, &post, |_| true);
                    None
                });
            }
            Effect::WriteBox(item, state) => {
                let (original, post, guide) = (Arc::clone(&self.original), self.post.clone(), self.model.guide.clone());
                self.reader.give(move || {
                    write_box(&original, &post, &guide, item, state);
                    None
                });
            }
            Effect::Colour(ticket, block) => {
                let guide = Arc::clone(&self.model.guide);
                let slow = Arc::clone(&self.slow);
                self.reader.give(move || Some(Mail::Msg(Msg::Coloured(ticket, block, slow.colour(&guide, block)))));
            }
            Effect::Search(ticket, query) => self.searcher.look(ticket, query, &self.model.guide),
            Effect::RememberSearch(text) => {
                let searches = self.searches.clone();
                self.errands.give(move || {
                    searches.add(&text);
                    None
                });
            }
            Effect::CaptureMouse(true) => self.tty.capture_mouse(Reports::On)?,
            Effect::CaptureMouse(false) => self.tty.capture_mouse(Reports::Off)?,
            Effect::Suspend if signals::can_stop() => signals::stop(&self.tty),
            Effect::Suspend => {}
            Effect::Redraw => self.screen.forget(),
        }
        Ok(ControlFlow::Continue(()))
    }

    fn lang(&self) -> Lang {
        self.model.settings.lang
    }
}

/// Reads the guide again and tells, unless it is no news. It is told before anybody else may read, so that what was
/// read last is told last.
fn read_again(original: &Mutex<Box<dyn Original>>, post: &Post, mut is_news: impl FnMut(&Msg) -> bool) {
    let mut original = original.lock().unwrap_or_else(PoisonError::into_inner);
    let msg = match original.read() {
        Ok(Some(guide)) => Msg::Reloaded(Arc::new(guide)),
        Ok(None) => Msg::Unchanged,
        Err(why) => Msg::ReloadFailed(why),
    };
    if is_news(&msg) {
        post.msg(msg);
    }
}

/// Writes a box into the guide's file, and tells what the file holds then: told before anybody else may read, so that
/// the watch finds nothing new.
fn write_box(original: &Mutex<Box<dyn Original>>, post: &Post, guide: &Guide, item: ItemIndex, state: BoxState) {
    let mut original = original.lock().unwrap_or_else(PoisonError::into_inner);
    match original.write_box(guide, item, state) {
        Ok(Some(guide)) => post.msg(Msg::Reloaded(Arc::new(guide))),
        Ok(None) => {}
        Err(why) => post.msg(Msg::BoxRefused(why)),
    }
}

fn variable(name: &str) -> Option<std::ffi::OsString> {
    std::env::var_os(name)
}
