//! The terminal: made ours, written to, and given back. Every byte that reaches it while the full screen runs is
//! written here. Reads nothing, and never waits for an answer.
//!
//! Whoever ends the program may give the terminal back: the loop, the panic hook, the thread of signals, the thread
//! that saw it go away. So [`Tty::restore`] may be called from anywhere and any number of times.

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::{Errno, retry_on_intr};
use rustix::termios::{OptionalActions, QueueSelector, Termios};
use rustix::{process, stdio, termios};
use std::fs::File;
use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::{Duration, Instant};

/// The alternate screen, no cursor, bracketed paste.
const ENTER: &str = "\x1b[?1049h\x1b[?25l\x1b[?2004h";

/// Everything undone, whether it was done or not: synchronized update, paste, mouse, colours, cursor, screen.
const LEAVE: &str = "\x1b[?2026l\x1b[?2004l\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[0m\x1b[?25h\x1b[?1049l";

/// Presses, drags and the wheel, with coordinates of any size.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1002l\x1b[?1000l";

/// What is the background (OSC 11)? And what are you (DA1)? The second is answered by all, so that one knows when the
/// first will not be.
const ASK_BACKGROUND: &str = "\x1b]11;?\x1b\\\x1b[c";

/// The largest window drawn on, columns and rows: a terminal that claims 65,535 of each would cost 400 GB.
const LARGEST: (u16, u16) = (1000, 400);

/// What a window is where nothing says its size.
const USUAL: (u16, u16) = (80, 24);

/// How long giving back waits for another thread's write, and for a terminal that takes nothing.
const GIVE_BACK_WAIT: Duration = Duration::from_millis(200);

/// Where keys come from: standard input, or the terminal itself where standard input is something else.
#[derive(Debug)]
enum Keys {
    Stdin,
    Terminal(File),
}

/// The terminal, and what it has to be given back as.
#[derive(Debug)]
pub struct Tty {
    keys: Keys,
    saved: Termios,
    /// Held while writing and while changing hands.
    pen: Mutex<()>,
    /// It is ours just now.
    ours: AtomicBool,
    /// It was given back for good.
    gone: AtomicBool,
    /// Another program has it for a while; what it was interrupted by may still be unheard after it gave it back.
    lent: AtomicBool,
    /// That program is done.
    returned: AtomicBool,
    /// Mouse reports are wanted.
    mouse: AtomicBool,
    /// A question is open: what is still unread are no keys.
    asked: AtomicBool,
}

/// Why there is no full screen.
#[derive(Debug)]
pub enum NoTerminal {
    /// Standard output is no terminal.
    Output,
    /// There is no terminal to read keys from.
    Keys(io::Error),
}

impl Tty {
    /// Finds the terminal and notes its state; changes nothing.
    pub fn open() -> Result<Tty, NoTerminal> {
        if !termios::isatty(stdio::stdout()) {
            return Err(NoTerminal::Output);
        }
        let keys = if termios::isatty(stdio::stdin()) {
            Keys::Stdin
        } else {
            Keys::Terminal(open_terminal().map_err(NoTerminal::Keys)?)
        };
        let saved = termios::tcgetattr(keys.as_fd()).map_err(|e| NoTerminal::Keys(e.into()))?;
        let off = || AtomicBool::new(false);
        Ok(Tty {
            keys,
            saved,
            pen: Mutex::new(()),
            ours: off(),
            gone: off(),
            lent: off(),
            returned: off(),
            mouse: off(),
            asked: off(),
        })
    }

    /// Makes it ours: raw mode, the alternate screen, pastes, the mouse where wanted. Again after a stop.
    pub fn enter(&self) -> io::Result<()> {
        let _pen = self.pen();
        if self.gone.load(SeqCst) {
            return Ok(());
        }
        self.ours.store(true, SeqCst);
        let mut raw = self.saved.clone();
        raw.make_raw();
        retry_on_intr(|| termios::tcsetattr(self.keys.as_fd(), OptionalActions::Now, &raw))?;
        let mouse = if self.mouse.load(SeqCst) { MOUSE_ON } else { "" };
        write_all(format!("{ENTER}{mouse}").as_bytes())
    }

    /// Gives it back as it was found. Ignores every error: there is nobody left to tell.
    pub fn restore(&self) {
        let _pen = self.pen_soon();
        if !self.ours.swap(false, SeqCst) {
            return;
        }
        if takes_more() {
            let _ = write_all(LEAVE.as_bytes());
        }
        // In the background the terminal is another's: to set it there would stop us, or spoil theirs.
        let theirs = termios::tcgetpgrp(self.keys.as_fd()).is_ok_and(|group| group != process::getpgrp());
        if !theirs {
            // A reply or a mouse report that is still under way must not be typed to the shell.
            if self.asked.load(SeqCst) || self.mouse.load(SeqCst) {
                let _ = termios::tcflush(self.keys.as_fd(), QueueSelector::IFlush);
            }
            let _ = retry_on_intr(|| termios::tcsetattr(self.keys.as_fd(), OptionalActions::Now, &self.saved));
        }
    }

    /// Gives it to another program for a while, as it was found.
    pub fn lend(&self) {
        self.returned.store(false, SeqCst);
        self.lent.store(true, SeqCst);
        self.restore();
    }

    /// Makes it ours again after it was lent. It counts as lent until [`Tty::heard`].
    pub fn take_back(&self) -> io::Result<()> {
        self.returned.store(true, SeqCst);
        self.enter()
    }

    /// All signals of the time before were heard.
    pub fn heard(&self) {
        if self.returned.swap(false, SeqCst) {
            self.lent.store(false, SeqCst);
        }
    }

    /// Whether another program has it: what is typed is not meant for us.
    pub fn is_lent(&self) -> bool {
        self.lent.load(SeqCst)
    }

    /// Gives it back for good: from now on nothing makes it ours again, and nothing more is drawn.
    pub fn finish(&self) {
        self.gone.store(true, SeqCst);
        self.restore();
    }

    /// Writes a frame, or another whole sequence, in one go; nothing while the terminal is not ours.
    pub fn write(&self, bytes: &[u8]) -> io::Result<()> {
        let _pen = self.pen();
        if self.ours.load(SeqCst) { write_all(bytes) } else { Ok(()) }
    }

    /// Turns mouse reports on or off.
    pub fn capture_mouse(&self, reports: Reports) -> io::Result<()> {
        let on = reports == Reports::On;
        self.mouse.store(on, SeqCst);
        self.write(if on { MOUSE_ON } else { MOUSE_OFF }.as_bytes())
    }

    /// Asks for the background colour; the answer comes among the keys, or never.
    pub fn ask_background(&self) -> io::Result<()> {
        self.asked.store(true, SeqCst);
        self.write(ASK_BACKGROUND.as_bytes())
    }

    /// The question was answered.
    pub fn answered(&self) {
        self.asked.store(false, SeqCst);
    }

    /// Columns and rows to draw on.
    pub fn size(&self) -> (u16, u16) {
        let told = termios::tcgetwinsize(stdio::stdout()).map(|w| (w.ws_col, w.ws_row)).unwrap_or_default();
        let named = |name| std::env::var(name).ok().and_then(|v: String| v.trim().parse().ok());
        screen_size(told, (named("COLUMNS"), named("LINES")))
    }

    fn pen(&self) -> MutexGuard<'_, ()> {
        self.pen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The pen, unless another thread holds it for too long: a write into a terminal that takes nothing never ends.
    fn pen_soon(&self) -> Option<MutexGuard<'_, ()>> {
        let deadline = Instant::now() + GIVE_BACK_WAIT;
        loop {
            match self.pen.try_lock() {
                Ok(pen) => return Some(pen),
                Err(TryLockError::Poisoned(pen)) => return Some(pen.into_inner()),
                Err(TryLockError::WouldBlock) if Instant::now() >= deadline => return None,
                Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(1)),
            }
        }
    }
}

impl AsFd for Tty {
    /// Where keys come from.
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.keys.as_fd()
    }
}

impl Drop for Tty {
    fn drop(&mut self) {
        self.finish();
    }
}

impl AsFd for Keys {
    fn as_fd(&self) -> BorrowedFd<'_> {
        match self {
            Keys::Stdin => stdio::stdin(),
            Keys::Terminal(file) => file.as_fd(),
        }
    }
}

/// Whether the mouse is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reports {
    /// It is.
    On,
    /// The terminal keeps it for itself, so that text can be selected.
    Off,
}

/// The terminal by the name of standard output's: macOS cannot poll `/dev/tty`. The general name where that one may
/// not be opened, as after `su`.
fn open_terminal() -> io::Result<File> {
    let open = |name: &std::path::Path| File::options().read(true).write(true).open(name);
    let name = termios::ttyname(stdio::stdout(), Vec::new()).ok().and_then(|n| n.into_string().ok());
    match name.map(|n| open(n.as_ref())) {
        Some(Ok(file)) => Ok(file),
        _ => open("/dev/tty".as_ref()),
    }
}

/// The size drawn at: what the terminal told, else the environment (columns, rows), else the usual; within bounds.
fn screen_size(told: (u16, u16), named: (Option<u16>, Option<u16>)) -> (u16, u16) {
    let pick = |told: u16, named: Option<u16>, usual: u16, largest: u16| match (told, named.filter(|n| *n > 0)) {
        (0, named) => named.unwrap_or(usual).min(largest),
        (told, _) => told.min(largest),
    };
    (pick(told.0, named.0, USUAL.0, LARGEST.0), pick(told.1, named.1, USUAL.1, LARGEST.1))
}

/// Writes everything to standard output, past any buffer.
fn write_all(mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match rustix::io::write(stdio::stdout(), bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(n) => bytes = bytes.get(n..).unwrap_or_default(),
            Err(Errno::INTR) => {}
            // Another program left the terminal in non-blocking mode.
            Err(Errno::AGAIN) => {
                retry_on_intr(|| poll(&mut [PollFd::from_borrowed_fd(stdio::stdout(), PollFlags::OUT)], None))?;
            }
            Err(e) => return Err(e.into()),
        }
    }
    Ok(())
}

/// Whether standard output takes bytes soon.
fn takes_more() -> bool {
    let mut fds = [PollFd::from_borrowed_fd(stdio::stdout(), PollFlags::OUT)];
    let wait = Timespec { tv_sec: 0, tv_nsec: GIVE_BACK_WAIT.subsec_nanos().into() };
    retry_on_intr(|| poll(&mut fds, Some(&wait))).is_ok_and(|n| n > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edge::screen;

    #[test]
    fn the_size_is_never_zero_and_never_huge() {
        assert_eq!(screen_size((120, 40), (Some(1), Some(1))), (120, 40));
        assert_eq!(screen_size((0, 0), (None, None)), (80, 24));
        assert_eq!(screen_size((0, 0), (Some(0), Some(50))), (80, 50));
        assert_eq!(screen_size((0, 30), (Some(100), None)), (100, 30));
        assert_eq!(screen_size((u16::MAX, u16::MAX), (None, None)), (1000, 400));
        assert_eq!(screen_size((0, 0), (Some(u16::MAX), Some(u16::MAX))), (1000, 400));
        assert_eq!(screen_size((1, 1), (None, None)), (1, 1));
    }

    #[test]
    fn leaving_undoes_each_mode_that_entering_sets() {
        let modes = |text: &str, end: char| -> std::collections::BTreeSet<String> {
            let parts = text.split("\x1b[?").skip(1);
            parts.filter(|p| p.ends_with(end)).map(|p| p.trim_end_matches(end).to_owned()).collect()
        };
        let plain = LEAVE.replace("\x1b[0m", "");
        let set = modes(&format!("{ENTER}{MOUSE_ON}{}", screen::BEGIN), 'h');
        let reset = modes(&plain, 'l');
        assert!(set.is_subset(&reset), "{set:?} {reset:?}");
        assert!(modes(ENTER, 'l').is_subset(&modes(&plain, 'h')));
        assert_eq!(modes(MOUSE_ON, 'h'), modes(MOUSE_OFF, 'l'));
    }
}
