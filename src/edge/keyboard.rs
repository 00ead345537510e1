//! The thread that reads the terminal. It sleeps until something comes, and ends the program when the terminal is
//! gone: a terminal that went away is readable for ever, and a loop that only reads would burn a processor. Through a
//! [`Gate`] it is sent to rest while another program has the terminal, whose keys it would steal.

use super::input::{Input, Parser};
use super::mail::{Mail, Post};
use crate::app::Msg;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use std::io::{self, PipeReader, PipeWriter, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long a question stays open where the terminal does not answer it.
const ANSWER_WAIT: Duration = Duration::from_secs(3);

/// Shut while another program has the terminal.
#[derive(Debug)]
pub struct Gate {
    /// Wakes the thread that reads.
    bell: (PipeReader, PipeWriter),
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Open,
    /// To be shut; the thread may still read.
    Closing,
    /// The thread rests.
    Shut,
}

impl Gate {
    /// An open gate.
    pub fn new() -> io::Result<Gate> {
        Ok(Gate { bell: io::pipe()?, state: Mutex::new(State::Open), changed: Condvar::new() })
    }

    /// Waits until nobody reads the terminal any more.
    pub fn shut(&self) -> io::Result<()> {
        *self.state() = State::Closing;
        (&self.bell.1).write_all(b".")?;
        let rests = self.changed.wait_while(self.state(), |state| *state == State::Closing);
        drop(rests.unwrap_or_else(PoisonError::into_inner));
        Ok(())
    }

    /// Lets the thread read again.
    pub fn open(&self) {
        *self.state() = State::Open;
        self.changed.notify_all();
    }

    /// The thread rests until the gate is open.
    fn rest(&self) {
        let _ = (&self.bell.0).read(&mut [0]);
        let mut state = self.state();
        if *state == State::Closing {
            *state = State::Shut;
            self.changed.notify_all();
        }
        drop(self.changed.wait_while(state, |state| *state == State::Shut).unwrap_or_else(PoisonError::into_inner));
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads until the terminal is gone. `asked` says whether a question was put to it.
pub fn read(terminal: impl AsFd, asked: bool, gate: &Gate, post: &Post) {
    let mut parser = Parser::default();
    let mut asked = asked.then(Instant::now);
    if asked.is_some() {
        parser.asked();
    }
    loop {
        let come = next(terminal.as_fd(), gate, parser.patience());
        if asked.is_some_and(|at| at.elapsed() > ANSWER_WAIT) {
            parser.answered();
            asked = None;
        }
        let inputs = match come {
            Come::Bytes(bytes) => parser.feed(&bytes),
            Come::Nothing => parser.give_up(),
            Come::Shut => {
                gate.rest();
                continue;
            }
            Come::Gone => return,
        };
        for input in inputs {
            post.send(match input {
                Input::Key(key) => Mail::Msg(Msg::Key(key)),
                Input::Mouse(mouse) => Mail::Msg(Msg::Mouse(mouse)),
                Input::Paste(text) => Mail::Msg(Msg::Paste(text)),
                Input::Background(rgb) => Mail::Msg(Msg::Background { rgb }),
                Input::Focus(gained) => Mail::Msg(Msg::Focus(gained)),
                Input::Attributes => Mail::Answered,
            });
        }
    }
}

/// What came.
#[derive(Debug, PartialEq)]
enum Come {
    Bytes(Vec<u8>),
    /// Nothing, in the time given.
    Nothing,
    /// Another program wants the terminal.
    Shut,
    /// The terminal is gone.
    Gone,
}

/// Waits for bytes, for ever or for some time.
fn next(terminal: BorrowedFd<'_>, gate: &Gate, wait: Option<Duration>) -> Come {
    let wait = wait.and_then(|w| Timespec::try_from(w).ok());
    loop {
        let bell = PollFd::from_borrowed_fd(gate.bell.0.as_fd(), PollFlags::IN);
        let mut fds = [PollFd::from_borrowed_fd(terminal, PollFlags::IN), bell];
        match poll(&mut fds, wait.as_ref()) {
            Ok(0) => return Come::Nothing,
            Ok(_) => {}
            Err(Errno::INTR) => continue,
            Err(_) => return Come::Gone,
        }
        let [fd, bell] = fds;
        // What may still be unread does not matter: nobody is there to see its effect.
        if fd.revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
            return Come::Gone;
        }
        if bell.revents().contains(PollFlags::IN) {
            return Come::Shut;
        }
        let mut buffer = [0; 4096];
        match rustix::io::read(terminal, &mut buffer) {
            Ok(0) => return Come::Gone,
            Ok(n) => return Come::Bytes(buffer.get(..n).unwrap_or_default().to_vec()),
            Err(Errno::INTR | Errno::AGAIN) => {}
            Err(_) => return Come::Gone,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Code, Key};
    use std::sync::mpsc::channel;

    const LONG: Duration = Duration::from_secs(20);

    #[test]
    fn keys_come_through_and_a_hang_up_ends_the_reading() {
        let (reader, writer) = rustix::pipe::pipe().unwrap();
        let (to, mailbox) = channel();
        let reading = std::thread::spawn(move || read(reader, true, &Gate::new().unwrap(), &Post(to)));
        rustix::io::write(&writer, b"q\x1b[?6c").unwrap();
        let first = mailbox.recv_timeout(LONG).unwrap();
        assert!(matches!(first, Mail::Msg(Msg::Key(key)) if key == Key::plain(Code::Char('q'))));
        assert!(matches!(mailbox.recv_timeout(LONG).unwrap(), Mail::Answered));
        rustix::io::write(&writer, b"\x1b").unwrap();
        let lone = mailbox.recv_timeout(LONG).unwrap();
        assert!(matches!(lone, Mail::Msg(Msg::Key(key)) if key == Key::plain(Code::Esc)));
        drop(writer);
        reading.join().unwrap();
    }

    #[test]
    fn keys_that_come_while_the_gate_is_shut_are_left_to_others() {
        let (reader, writer) = rustix::pipe::pipe().unwrap();
        let (to, mailbox) = channel();
        let gate = std::sync::Arc::new(Gate::new().unwrap());
        let (theirs, other) = (gate.clone(), reader.try_clone().unwrap());
        let reading = std::thread::spawn(move || read(reader, false, &theirs, &Post(to)));
        for _ in 0..100 {
            gate.shut().unwrap();
            rustix::io::write(&writer, b"x").unwrap();
            let mut buffer = [0; 8];
            assert_eq!(rustix::io::read(&other, &mut buffer).unwrap(), 1, "the thread would have taken it");
            gate.open();
        }
        rustix::io::write(&writer, b"q").unwrap();
        let first = mailbox.recv_timeout(LONG).unwrap();
        assert!(matches!(first, Mail::Msg(Msg::Key(key)) if key == Key::plain(Code::Char('q'))), "{first:?}");
        drop((writer, other));
        reading.join().unwrap();
    }

    #[test]
    fn the_end_of_input_is_the_end() {
        let file = tempfile::tempfile().unwrap();
        assert_eq!(next(file.as_fd(), &Gate::new().unwrap(), None), Come::Gone);
    }
}
