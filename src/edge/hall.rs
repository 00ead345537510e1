//! The terminal, taken: its keys and signals heard, panics too. Stands before there is a guide, and waits for one that
//! takes long to be read: says what goes on, keeps what is typed, and lets the reader leave. Knows no model.

use super::early::{AtOnce, Early};
use super::keyboard::Gate;
use super::leave::{self, HUNG_UP, Leave};
use super::mail::{Mail, Post};
use super::screen::Screen;
use super::terminal::{NoTerminal, Reports, Tty};
use super::{keyboard, signals};
use crate::app::{Keymap, Msg};
use crate::guide::CleanText;
use crate::theme::ThemeChoice;
use crate::view;
use crate::words::Lang;
use std::io;
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::thread;

/// What has to be known of the reader's wishes before there is a guide.
#[derive(Clone, Debug)]
pub struct Wishes {
    /// Language of the interface.
    pub lang: Lang,
    /// Theme asked for.
    pub theme: ThemeChoice,
    /// False under `NO_COLOR`.
    pub colour: bool,
    /// Mouse reports at the start.
    pub mouse: bool,
    /// The keys in force.
    pub keymap: Arc<Keymap>,
}

/// The terminal, taken.
pub(super) struct Hall {
    pub(super) tty: Arc<Tty>,
    pub(super) screen: Screen,
    pub(super) mailbox: Receiver<Mail>,
    pub(super) post: Post,
    pub(super) leave: Arc<Leave>,
    pub(super) gate: Arc<Gate>,
    /// What is still to be heard.
    pub(super) ears: Option<Ears>,
    wishes: Wishes,
}

/// Signals and keys that nobody hears yet: threads are started once there is something to see.
pub(super) struct Ears {
    caught: signals::Caught,
    /// Whether the terminal was asked for its background.
    asked: bool,
}

impl Ears {
    /// Starts the threads that hear signals and read the terminal.
    pub(super) fn hear(self, leave: &Arc<Leave>, gate: &Arc<Gate>, post: &Post) -> io::Result<()> {
        signals::hear(self.caught, Arc::clone(leave), post.clone())?;
        let (leave, gate, post, asked) = (Arc::clone(leave), Arc::clone(gate), post.clone(), self.asked);
        thread::Builder::new().name("keyboard".into()).spawn(move || {
            // Whether the terminal is gone or the thread panicked: without keys there is no way on.
            let _ = catch_unwind(AssertUnwindSafe(|| keyboard::read(&*leave.tty, asked, &gate, &post)));
            leave.now(HUNG_UP)
        })?;
        Ok(())
    }
}

/// What came while one waited.
#[derive(Default)]
pub(super) struct Meanwhile {
    /// What has to be known before the first frame.
    pub(super) news: Vec<Mail>,
    /// What was typed, to be done once the first frame stands.
    pub(super) typed: Vec<Msg>,
}

/// What the waiting came to.
pub(super) enum Waited<T> {
    /// It is there, and so is what came meanwhile.
    Ready(T, Meanwhile),
    /// The reader left.
    Left,
    /// Who should have made it panicked.
    Fault,
}

impl Hall {
    /// Takes the terminal, and starts to catch signals and to hear panics first: from the first byte on it will be given
    /// back. Signals and keys wait until they are heard.
    pub(super) fn open(wishes: Wishes) -> Result<Hall, NoTerminal> {
        let tty = Arc::new(Tty::open()?);
        let (to, mailbox) = channel();
        let post = Post(to);
        let (lang, first) = (wishes.lang, Mutex::new(()));
        let leave = Arc::new(Leave { tty: Arc::clone(&tty), kept: Mutex::default(), lang, first });
        hook(Arc::clone(&leave), post.clone());
        let caught = signals::catch().map_err(NoTerminal::Keys)?;
        let gate = Arc::new(Gate::new().map_err(NoTerminal::Keys)?);
        let asked = wishes.theme == ThemeChoice::Auto && wishes.colour;
        let ears = Some(Ears { caught, asked });
        let hall = Hall { tty, screen: Screen::unknown(), mailbox, post, leave, gate, ears, wishes };
        match hall.enter(asked) {
            Ok(()) => Ok(hall),
            Err(error) => {
                hall.tty.finish();
                Err(NoTerminal::Keys(error))
            }
        }
    }

    /// Enters the terminal.
    fn enter(&self, ask: bool) -> io::Result<()> {
        if self.wishes.mouse {
            self.tty.capture_mouse(Reports::On)?;
        }
        self.tty.enter()?;
        if ask { self.tty.ask_background() } else { Ok(()) }
    }

    /// Waits for what another thread makes. It rings with [`Mail::Ready`] once it is done, well or ill. Keys that do
    /// not leave are kept, pastes too; clicks are not, for they were about another picture.
    pub(super) fn wait<T>(&mut self, made: &Receiver<T>) -> io::Result<Waited<T>> {
        let (mut news, mut early) = (Vec::new(), Early::default());
        self.draw()?;
        if let Some(ears) = self.ears.take() {
            ears.hear(&self.leave, &self.gate, &self.post)?;
        }
        while let Ok(mail) = self.mailbox.recv() {
            match mail {
                Mail::Ready => break,
                Mail::Msg(Msg::Key(key)) => match early.key(key, &self.wishes.keymap) {
                    Some(AtOnce::Leave) => return Ok(Waited::Left),
                    Some(AtOnce::Suspend) if signals::can_stop() => signals::stop(&self.tty),
                    Some(AtOnce::Redraw) => self.screen.forget(),
                    Some(AtOnce::Suspend) | None => {}
                },
                Mail::Msg(Msg::Paste(text)) => early.paste(text),
                Mail::Msg(msg @ (Msg::Background { .. } | Msg::WorkerPanicked(_))) => news.push(Mail::Msg(msg)),
                Mail::Answered => self.tty.answered(),
                Mail::Continued => {
                    self.tty.enter()?;
                    self.screen.forget();
                }
                Mail::Resized
                | Mail::Msg(_)
                | Mail::To(..)
                | Mail::Visited(..)
                | Mail::Copy(..)
                | Mail::Completed(..) => {}
            }
            self.draw()?;
        }
        Ok(match made.recv() {
            Ok(made) => Waited::Ready(made, Meanwhile { news, typed: early.into_typed() }),
            Err(_) => {
                self.tell_fault(&news);
                Waited::Fault
            }
        })
    }

    fn draw(&mut self) -> io::Result<()> {
        let Wishes { lang, theme, colour, keymap, .. } = &self.wishes;
        let bytes = self.screen.frame(self.tty.size(), |area, buf| {
            view::waiting(*lang, theme, *colour, keymap, area, buf);
            None
        });
        if bytes.is_empty() { Ok(()) } else { self.tty.write(&bytes) }
    }

    /// The hook left a message; there will be no banner to show it in.
    fn tell_fault(&self, news: &[Mail]) {
        self.tty.finish();
        for mail in news {
            if let Mail::Msg(Msg::WorkerPanicked(what)) = mail {
                leave::complain(what);
            }
        }
    }
}

/// A panic of the thread that draws ends the program, so the terminal is given back before its report. Another
/// thread's must leave the screen alone: it becomes a banner.
fn hook(leave: Arc<Leave>, post: Post) {
    let drawing = thread::current().id();
    panic::set_hook(Box::new(move |info| {
        let (place, what) = leave::told(info);
        if thread::current().id() == drawing {
            leave.fault(place, what);
        } else {
            post.msg(Msg::WorkerPanicked(CleanText::line(&format!("{place}: {what}"))));
        }
    }));
}
