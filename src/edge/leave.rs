//! How the program ends, whoever ends it: the terminal is given back, and what could not be saved is told. A tick that
//! was shown as done is on disk already, so any thread may end the process at any moment.

use super::desk::{Desk, lost};
use super::memory::Memory;
use super::terminal::Tty;
use crate::guide::CleanText;
use crate::progress::Change;
use crate::words::{Edge, Lang};
use std::io::Write;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::process::{ExitCode, exit};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How long the end waits for changes that are being written.
const LAST_SAVE: Duration = Duration::from_millis(500);

/// The longest that ending may take, whatever hangs.
const LAST_MOMENT: Duration = Duration::from_millis(1500);

/// The status of a program that its terminal's end ended, as after `SIGHUP`.
pub const HUNG_UP: u8 = 129;

/// The status of a program that panicked, as Rust has it.
pub const PANICKED: u8 = 101;

/// Exit code where progress could not be saved.
pub const NOT_SAVED: u8 = 3;

/// Everything that the end needs.
#[derive(Debug)]
pub struct Leave {
    /// The terminal.
    pub tty: Arc<Tty>,
    /// What is to be saved of each guide that was opened: its changes, and where one reads.
    pub kept: Mutex<Vec<(Arc<Desk>, Arc<Memory>)>>,
    /// The reader's language.
    pub lang: Lang,
    /// Taken by the first who leaves, and never given back.
    pub first: Mutex<()>,
}

impl Leave {
    /// From now on there are a guide's changes and place to be saved at the end.
    pub fn keep(&self, desk: &Arc<Desk>, memory: &Arc<Memory>) {
        self.kept().push((Arc::clone(desk), Arc::clone(memory)));
    }

    /// A guide is closed, and all of it saved.
    pub fn let_go(&self, desk: &Arc<Desk>) {
        self.kept().retain(|(kept, _)| !Arc::ptr_eq(kept, desk));
    }

    fn kept(&self) -> MutexGuard<'_, Vec<(Arc<Desk>, Arc<Memory>)>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives everything back and gives the exit code. Who comes second waits for the first to end the process.
    pub fn settle(&self, code: u8) -> u8 {
        std::mem::forget(self.first.lock().unwrap_or_else(PoisonError::into_inner));
        let _ = thread::Builder::new().name("end".into()).spawn(move || {
            thread::sleep(LAST_MOMENT);
            exit(i32::from(code));
        });
        self.tty.finish();
        let kept = self.kept().clone();
        let deadline = Instant::now() + LAST_SAVE;
        let unsaved = |(desk, _): &(Arc<Desk>, _)| desk.unsaved(deadline.saturating_duration_since(Instant::now()));
        let unsaved: Vec<Change> = kept.iter().flat_map(unsaved).collect();
        for change in &unsaved {
            complain(&lost(change, self.lang));
        }
        // Last, for it is worth the least.
        kept.iter().for_each(|(_, memory)| memory.write());
        if code == 0 && !unsaved.is_empty() { NOT_SAVED } else { code }
    }

    /// Ends the process, from any thread.
    pub fn now(&self, code: u8) -> ! {
        exit(i32::from(self.settle(code)))
    }

    /// What a panic of the thread that draws leaves to tell. The terminal is given back first.
    pub fn fault(&self, place: CleanText, what: CleanText) {
        self.tty.finish();
        complain(&CleanText::line(&Edge::Fault(place, what).say(self.lang)));
    }
}

/// Does the work of a program that has no screen yet, or never has one: a panic, on whichever thread, is told in one
/// clean line, and the thread's that works ends the program.
pub fn guarded(lang: Lang, work: impl FnOnce() -> ExitCode) -> ExitCode {
    panic::set_hook(Box::new(move |info| {
        let (place, what) = told(info);
        complain(&CleanText::line(&Edge::Fault(place, what).say(lang)));
    }));
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(ExitCode::from(PANICKED))
}

/// One line on standard error. Where even that fails, nobody is left to be told.
pub fn complain(text: &CleanText) {
    let _ = writeln!(std::io::stderr(), "jalon: {text}");
}

/// Where a panic happened and what it said, in text that may be shown.
pub fn told(info: &PanicHookInfo<'_>) -> (CleanText, CleanText) {
    let place = info.location().map(|l| format!("{}:{}", l.file(), l.line())).unwrap_or_default();
    let payload = info.payload();
    let what = payload.downcast_ref::<&str>().map(|s| (*s).to_owned());
    let what = what.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_default();
    (CleanText::line(&place), CleanText::line(&what).cut(300))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    #[test]
    #[ignore = "plays a part in the test below"]
    fn panics_on_purpose() {
        let work = || {
            let _ = thread::spawn(|| panic!("beside")).join();
            panic!("a {}", "\u{1b}[31m\nred \u{9b}guide")
        };
        assert_eq!(guarded(Lang::En, work), ExitCode::from(PANICKED));
    }

    #[test]
    fn a_panic_of_a_plain_command_is_one_clean_line_and_a_status_of_its_own() {
        let part = ["edge::leave::tests::panics_on_purpose", "--exact", "--ignored", "--nocapture"];
        let told =
            Command::new(std::env::current_exe().unwrap()).args(part).env("RUST_BACKTRACE", "1").output().unwrap();
        assert!(told.status.success(), "{told:?}");
        let said = String::from_utf8(told.stderr).unwrap();
        let lines: Vec<&str> = said.lines().collect();
        assert_eq!(lines.len(), 2, "{said:?}");
        for (line, what) in lines.iter().zip(["beside", "red"]) {
            assert!(line.starts_with("jalon: ") && line.contains("leave.rs:") && line.contains(what), "{said:?}");
            assert!(!line.chars().any(char::is_control), "{said:?}");
        }
    }
}
