//! The thread that hears signals: it ends the program, stops it and lets it go on, and tells of a new size.

use super::leave::Leave;
use super::mail::{Mail, Post};
use super::terminal::Tty;
use rustix::process::{Signal, getpid, getsid, kill_current_process_group, kill_process};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH, SIGXFSZ};
use signal_hook::iterator::Signals;
use std::io;
use std::sync::Arc;
use std::thread;

/// Signals that are caught. Until somebody hears them they wait.
#[derive(Debug)]
pub struct Caught(Signals);

/// Starts to catch. `SIGXFSZ` is caught and not obeyed: a limit on file sizes is an error of the journal then, not the
/// program's end. `SIGPIPE` is ignored by Rust's own start.
pub fn catch() -> io::Result<Caught> {
    let all = [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGCONT, SIGWINCH, SIGXFSZ];
    Signals::new(all).map(Caught)
}

/// Starts to hear.
pub fn hear(caught: Caught, leave: Arc<Leave>, post: Post) -> io::Result<()> {
    let Caught(mut signals) = caught;
    thread::Builder::new().name("signals".into()).spawn(move || {
        for signal in signals.forever() {
            match signal {
                SIGWINCH => {
                    leave.tty.heard();
                    post.send(Mail::Resized);
                }
                SIGCONT => post.send(Mail::Continued),
                SIGTSTP => stop(&leave.tty),
                // Typed to the program that has the terminal for a while; it tells itself what that means.
                SIGINT | SIGQUIT if leave.tty.is_lent() => {}
                SIGHUP | SIGINT | SIGQUIT | SIGTERM => leave.now(u8::try_from(128 + signal).unwrap_or(1)),
                _ => {}
            }
        }
    })?;
    Ok(())
}

/// Asks the thread to catch up: what came before is heard first, for smaller signals are. The window may have another
/// size besides.
pub fn catch_up() {
    let _ = kill_process(getpid(), Signal::WINCH);
}

/// Gives the terminal back and stops, with the whole process group: a parent such as `git` would hang else. Returns
/// when somebody lets us go on; `SIGCONT` then tells the loop.
pub fn stop(tty: &Tty) {
    tty.restore();
    let _ = kill_current_process_group(Signal::STOP);
}

/// Whether a shell is there that could let us go on: who leads a session has none above, and would stop for ever.
pub fn can_stop() -> bool {
    getsid(None).is_ok_and(|session| session != getpid())
}
