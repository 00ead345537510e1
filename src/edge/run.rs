//! The loop: what happens outside comes in through one mailbox, `update` decides, effects go out, and what changed is
//! drawn. Sleeps whenever nothing happens; decides nothing itself.

mod effects;

use super::clock;
use super::colouring::Slow;
use super::folder::Librarian;
use super::hall::{Ears, Hall, Meanwhile, Waited, Wishes};
use super::keyboard::Gate;
use super::leave::{self, HUNG_UP, Leave, NOT_SAVED, PANICKED};
use super::mail::{Mail, Post};
use super::pile::Pile;
use super::screen::Screen;
use super::searcher::Searcher;
use super::searches::Searches;
use super::session::Session;
use super::sweeper::Sweeper;
use super::terminal::{NoTerminal, Tty};
use super::visit::{Opener, Visit};
use super::volume::Volume;
use super::worker::{Job, Worker};
use crate::app::{self, Concern, Effect, Entry, GuideNumber, Landing, Model, Msg, Ticket};
use crate::guide::CleanText;
use crate::view;
use crate::words::{Edge, Lang};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::io;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// The two pure functions that the loop stands between. Tests put their own in place.
#[derive(Clone, Copy, Debug)]
pub struct Cast {
    /// Takes a message, changes the model, says what to do.
    pub update: fn(&mut Model, Msg) -> Vec<Effect>,
    /// Draws the model, and says where the cursor shows.
    pub draw: fn(&Model, Rect, &mut Buffer) -> Option<(u16, u16)>,
}

/// A guide that is read in less is waited for without a word.
const AT_ONCE: Duration = Duration::from_millis(100);

/// How long one waits at the end for ticks to reach the guide's file.
const LAST_BOXES: Duration = Duration::from_secs(1);

/// The status where there is no terminal to run on, or no guide.
const NO_SCREEN: u8 = 2;

/// What is played: ours.
const OURS: Cast = Cast { update: app::update, draw: view::draw };

/// What the reading of the rest of a guide came to.
type Completed = Result<Box<Session>, Option<CleanText>>;

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
        Ok(Ok(session)) => return Ok(show(session)),
        Ok(Err(why)) => return Err(why),
        // It panicked, and the hook has told.
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
        Ok(Ok(Waited::Ready(Ok(session), meanwhile))) => {
            return Ok(perform(Stage::new(hall, session, OURS, meanwhile)));
        }
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

/// Runs the full screen until the reader leaves, on a session that is there.
pub fn show(session: Session) -> ExitCode {
    play(session, OURS)
}

/// Runs the full screen on a session that is there, with functions that may be others than ours.
pub fn play(session: Session, cast: Cast) -> ExitCode {
    let settings = &session.model.settings;
    let (lang, theme, colour) = (settings.lang, settings.theme.clone(), settings.colour);
    match Hall::open(Wishes { lang, theme, colour, mouse: session.model.mouse, keymap: Arc::clone(&settings.keymap) }) {
        Ok(hall) => perform(Stage::new(hall, session, cast, Meanwhile::default())),
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
    let volume = stage.volume();
    let _ = volume.memory.note(&volume.model);
    let refused = if code == 0 { stage.finish_boxes() } else { Vec::new() };
    let code = leave.settle(code);
    refused.iter().for_each(leave::complain);
    // The process ends: the system takes back all that a large guide takes faster than it is given back piece by piece.
    std::mem::forget(stage);
    ExitCode::from(if code == 0 && !refused.is_empty() { NOT_SAVED } else { code })
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
    /// The guides that are open.
    pile: Pile,
    tty: Arc<Tty>,
    gate: Arc<Gate>,
    screen: Screen,
    mailbox: Receiver<Mail>,
    /// What is to be heard once the first frame stands.
    ears: Option<Ears>,
    /// What came before there was a model.
    meanwhile: Meanwhile,
    post: Post,
    leave: Arc<Leave>,
    /// Opens another guide.
    opener: Opener,
    /// Copies and opens: what other programs do for us.
    errands: Worker,
    /// Reads and colours.
    reader: Worker,
    /// Reads the rest of a guide of which the head is open.
    completer: Worker,
    /// Searches.
    searcher: Searcher,
    searches: Searches,
    /// Looks through a folder.
    librarian: Librarian,
    /// Searches in all guides of one.
    sweeper: Sweeper,
    /// Languages that are coloured no more.
    slow: Arc<Slow>,
    /// What the reader is given when the frame is written: a thread that wakes may take our processor for some
    /// milliseconds.
    after_frame: Vec<Job>,
}

impl Stage {
    fn new(hall: Hall, session: Session, cast: Cast, meanwhile: Meanwhile) -> (Arc<Leave>, Stage) {
        let Hall { tty, gate, screen, mailbox, post, leave, ears, .. } = hall;
        let mut stage = Stage {
            cast,
            pile: Pile::new(),
            tty,
            gate,
            screen,
            mailbox,
            ears,
            meanwhile,
            errands: Worker::new("errands", post.clone()),
            reader: Worker::new("reader", post.clone()),
            completer: Worker::new("rest", post.clone()),
            searcher: Searcher::new(post.clone()),
            librarian: Librarian::new(post.clone()),
            sweeper: Sweeper::new(post.clone()),
            post,
            leave: Arc::clone(&leave),
            opener: Arc::clone(&session.opener),
            searches: session.searches.clone(),
            slow: Arc::default(),
            after_frame: Vec::new(),
        };
        stage.put(session);
        (leave, stage)
    }

    /// Puts a guide with those that are open; gives its place among them.
    fn put(&mut self, session: Session) -> usize {
        let number = self.pile.next();
        let volume = Volume::new(session, number, Arc::default(), self.post.clone());
        if volume.is_whole() {
            self.leave.keep(&volume.desk, &volume.memory);
        }
        self.pile.put(volume);
        number as usize
    }

    /// Of many guides that are open, one is closed.
    fn close_one(&mut self) {
        if let Some(closed) = self.pile.close_one() {
            self.leave.let_go(&closed.desk);
            let memory = Arc::clone(&closed.memory);
            self.errands.give(move || {
                memory.write();
                None
            });
        }
    }

    /// The guide on the screen.
    fn volume(&mut self) -> &mut Volume {
        self.pile.on_screen_mut()
    }

    /// The loop. Ends well when the reader leaves, with an error when the terminal takes no more bytes.
    fn turn(&mut self) -> io::Result<()> {
        if self.resize()?.is_break() {
            return Ok(());
        }
        for mail in std::mem::take(&mut self.meanwhile.news) {
            if self.take(mail)?.is_break() {
                return Ok(());
            }
        }
        self.draw()?;
        self.hear()?;
        self.volume().slim();
        self.remember();
        self.complete(self.pile.shown());
        self.volume().serve();
        if self.tell(Msg::Entered(Entry::Plain))?.is_break() {
            return Ok(());
        }
        // Days matter once something is settled; finding the zone means reading a folder of some hundred files.
        self.errands.give(|| Some(Mail::Msg(Msg::Zone(clock::zone()))));
        if self.catch_up()?.is_break() {
            return Ok(());
        }
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
            self.show()?;
        }
        Ok(())
    }

    /// Draws, and does what is done after each frame.
    fn show(&mut self) -> io::Result<()> {
        self.draw()?;
        self.volume().slim();
        self.remember();
        Ok(())
    }

    /// Does what was typed before there was a guide.
    fn catch_up(&mut self) -> io::Result<ControlFlow<()>> {
        let typed = std::mem::take(&mut self.meanwhile.typed);
        if typed.is_empty() {
            return Ok(ControlFlow::Continue(()));
        }
        for msg in typed {
            if self.tell(msg)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        self.show()?;
        Ok(ControlFlow::Continue(()))
    }

    /// Hears signals and keys from now on. Without threads there is nothing to go on with, and that is told.
    fn hear(&mut self) -> io::Result<()> {
        let heard = self.ears.take().map_or(Ok(()), |ears| ears.hear(&self.leave, &self.gate, &self.post));
        if let Err(error) = &heard {
            self.tty.finish();
            leave::complain(&CleanText::line(&Edge::NoScreen(CleanText::line(&error.to_string())).say(self.lang())));
        }
        heard
    }

    fn take(&mut self, mail: Mail) -> io::Result<ControlFlow<()>> {
        match mail {
            Mail::Msg(msg) => return self.tell(msg),
            Mail::To(guide, msg) => return self.tell_one(guide as usize, msg),
            Mail::Visited(from, ticket, visit) => return self.visited(from as usize, ticket, visit),
            Mail::Completed(guide, session) => return self.completed(guide as usize, session),
            Mail::Resized => return self.resize(),
            Mail::Answered => self.tty.answered(),
            Mail::Ready => {}
            Mail::Copy(guide, ticket, bytes) => {
                self.tty.write(&bytes)?;
                return self.tell_one(guide as usize, Msg::Copied(ticket, Landing::Sent));
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

    /// Has the rest of a guide read, where only its head is open.
    fn complete(&mut self, guide: usize) {
        let Some(rest) = self.pile.get(guide).and_then(|volume| volume.rest.clone()) else { return };
        let number = guide as GuideNumber;
        self.completer.give(move || {
            let session = catch_unwind(AssertUnwindSafe(|| rest()));
            // Of a panic the hook tells.
            let session = session.unwrap_or_else(|_| Err(CleanText::default()));
            let session = session.map(Box::new).map_err(|why| Some(why).filter(|why| !why.is_empty()));
            Some(Mail::Completed(number, session))
        });
    }

    /// The whole of a guide is there, or it is known that the rest is not to be had.
    fn completed(&mut self, guide: usize, session: Completed) -> io::Result<ControlFlow<()>> {
        let Some(volume) = self.pile.get_mut(guide).filter(|volume| !volume.is_whole()) else {
            return Ok(ControlFlow::Continue(()));
        };
        let session = match session {
            Ok(session) => *session,
            Err(why) => return self.tell_one(guide, Msg::Incomplete(why)),
        };
        self.searches = session.searches.clone();
        let model = volume.complete(session);
        self.leave.keep(&volume.desk, &volume.memory);
        let flow = self.tell_one(guide, Msg::Completed(Box::new(model)))?;
        if let Some(volume) = self.pile.get_mut(guide) {
            volume.serve();
        }
        Ok(flow)
    }

    /// A link to another guide was followed as far as the disk. Who followed another link meanwhile, or is busy with a
    /// dialog, is left where they are.
    fn visited(&mut self, from: usize, ticket: Ticket, visit: Visit) -> io::Result<ControlFlow<()>> {
        let waits = |model: &Model| model.visiting == Some(ticket) && model.overlay.is_none();
        let waits = self.pile.get(from).is_some_and(|volume| waits(&volume.model));
        if from != self.pile.shown() || !waits {
            return Ok(ControlFlow::Continue(()));
        }
        match visit {
            Visit::Nothing(why) => self.tell(Msg::NotVisited(ticket, why)),
            Visit::Known(number, entry) => self.turn_to(number as usize, entry),
            Visit::New(session, entry) => {
                let number = self.put(*session);
                let flow = self.turn_to(number, entry)?;
                self.volume().serve();
                self.close_one();
                Ok(flow)
            }
        }
    }

    /// Puts another of the open guides on the screen.
    fn turn_to(&mut self, to: usize, entry: Entry) -> io::Result<ControlFlow<()>> {
        // The same guide needs no handing over.
        let entry = match entry {
            Entry::Named(name) if to == self.pile.shown() => Entry::Within(name),
            other => other,
        };
        let turned = self.pile.turn_to(to, |here, there| {
            there.model.now = clock::now();
            here.seen = there.model.now;
            there.model.take_over(&mut here.model, &entry);
        });
        if !turned {
            return Ok(ControlFlow::Continue(()));
        }
        if self.tell(Msg::Entered(entry))?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
        self.tell_unsaved()
    }

    /// What could not be saved in a guide that is not on the screen is told over the one that is.
    fn tell_unsaved(&mut self) -> io::Result<ControlFlow<()>> {
        let unsaved = self.pile.others().find_map(Volume::unsaved);
        self.tell(Msg::Concern(Concern::Elsewhere, unsaved))
    }

    fn resize(&mut self) -> io::Result<ControlFlow<()>> {
        let (width, height) = self.tty.size();
        self.tell(Msg::Resize(width, height))
    }

    /// Tells the model on the screen, and does what it says.
    fn tell(&mut self, msg: Msg) -> io::Result<ControlFlow<()>> {
        self.tell_one(self.pile.shown(), msg)
    }

    /// Tells one of the models, and does what it says.
    fn tell_one(&mut self, guide: usize, msg: Msg) -> io::Result<ControlFlow<()>> {
        let saving = matches!(msg, Msg::Refused(..) | Msg::Recorded(..)) && guide != self.pile.shown();
        let Some(volume) = self.pile.get_mut(guide) else { return Ok(ControlFlow::Continue(())) };
        volume.model.now = clock::now();
        for effect in (self.cast.update)(&mut volume.model, msg) {
            if self.perform(guide, effect)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        if saving { self.tell_unsaved() } else { Ok(ControlFlow::Continue(())) }
    }

    fn draw(&mut self) -> io::Result<()> {
        let draw = self.cast.draw;
        let model = &self.pile.on_screen().model;
        let bytes = self.screen.frame(model.size, |area, buf| draw(model, area, buf));
        if !bytes.is_empty() {
            self.tty.write(&bytes)?;
        }
        for job in self.after_frame.drain(..) {
            self.reader.give(job);
        }
        Ok(())
    }

    /// Notes where one reads; every few seconds of reading that is written.
    fn remember(&mut self) {
        let volume = self.volume();
        if volume.memory.note(&volume.model) {
            let memory = Arc::clone(&volume.memory);
            self.errands.give(move || {
                memory.write();
                None
            });
        }
    }

    /// The last ticks reach the guide's file too before one leaves: waits a little for the disk, then for the thread
    /// that writes boxes. Gives what became of those that could not be written.
    fn finish_boxes(&mut self) -> Vec<CleanText> {
        if !self.volume().model.settings.write_boxes {
            return Vec::new();
        }
        let deadline = Instant::now() + LAST_BOXES;
        let mut refused = Vec::new();
        let mut written = None;
        let ended = |done: &Receiver<()>| matches!(done.try_recv(), Err(TryRecvError::Disconnected));
        loop {
            let waits = |volume: &Volume| volume.model.pending.iter().any(|change| change.refused.is_none());
            let waits = self.pile.iter().any(waits);
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
                Ok(Mail::To(_, Msg::BoxRefused(why))) => refused.push(why),
                Ok(Mail::To(guide, msg @ (Msg::Recorded(..) | Msg::Refused(..)))) => {
                    if self.tell_one(guide as usize, msg).is_err() {
                        return refused;
                    }
                }
                Ok(Mail::Ready) if written.as_ref().is_some_and(ended) => return refused,
                Ok(_) => {}
                Err(_) => return refused,
            }
        }
    }

    fn lang(&self) -> Lang {
        self.leave.lang
    }
}
