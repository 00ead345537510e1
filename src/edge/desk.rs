//! Where changes wait for the journal, and the thread that writes them there. Holds a change until the disk has it;
//! decides nothing about what is shown.
//!
//! The list is not bounded: it grows by one per key that a person presses, and a change must not be lost because the
//! disk is slow. All that waits while one sync runs goes into the next one.

use super::clock;
use super::journal::{Amended, Journal, SaveError};
use crate::app::{Concern, Msg, Ticket};
use crate::guide::CleanText;
use crate::progress::{Change, Op, Record};
use crate::words::{Edge, Lang, Lost, Trouble};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How soon refused changes are tried again.
const RETRY: Duration = Duration::from_secs(30);

/// The list of changes that are not on disk yet.
#[derive(Debug, Default)]
pub struct Desk {
    papers: Mutex<Papers>,
    bell: Condvar,
}

#[derive(Debug, Default)]
struct Papers {
    waiting: Vec<(Ticket, Change)>,
    /// Something was put that was not tried yet.
    fresh: bool,
    /// The last try failed.
    failed: bool,
    /// Others may have written.
    look: bool,
    /// Nobody puts anything here any more.
    closed: bool,
}

/// What the writing thread needs of a journal.
pub trait Book: Send {
    /// Makes its folder, if it can.
    fn prepare(&mut self) -> Result<(), SaveError>;
    /// Writes and syncs, all or none; gives a record for each change, in order.
    fn append(&mut self, changes: &[Change], now: i64) -> Result<Vec<Record>, SaveError>;
    /// What others wrote.
    fn read_new(&mut self) -> Vec<Record>;
    /// What is on disk, where something that was told to be may be there no more.
    fn amend(&mut self) -> Option<Amended>;
    /// What is wrong with it.
    fn troubles(&self) -> Vec<Trouble>;
    /// Its folder, to be named.
    fn folder(&self) -> CleanText;
}

impl Book for Journal {
    fn prepare(&mut self) -> Result<(), SaveError> {
        Journal::prepare(self)
    }

    fn append(&mut self, changes: &[Change], now: i64) -> Result<Vec<Record>, SaveError> {
        Journal::append(self, changes, now)
    }

    fn read_new(&mut self) -> Vec<Record> {
        Journal::read_new(self)
    }

    fn amend(&mut self) -> Option<Amended> {
        Journal::amend(self)
    }

    fn troubles(&self) -> Vec<Trouble> {
        Journal::troubles(self)
    }

    fn folder(&self) -> CleanText {
        let folder = self.place().folder.as_deref();
        folder.map_or_else(CleanText::default, |folder| CleanText::line(&folder.to_string_lossy()))
    }
}

impl Desk {
    /// Puts a change on the list.
    pub fn put(&self, ticket: Ticket, change: Change) {
        let mut papers = self.papers();
        papers.waiting.push((ticket, change));
        papers.fresh = true;
        self.bell.notify_all();
    }

    /// Says that others may have written.
    pub fn look(&self) {
        self.papers().look = true;
        self.bell.notify_all();
    }

    /// Nobody puts anything here any more: the thread ends once all is saved.
    pub fn close(&self) {
        self.papers().closed = true;
        self.bell.notify_all();
    }

    /// Waits a little for the disk, then gives what it does not have.
    pub fn unsaved(&self, wait: Duration) -> Vec<Change> {
        let settled = |papers: &mut Papers| !papers.waiting.is_empty() && (papers.fresh || !papers.failed);
        let papers = self.bell.wait_timeout_while(self.papers(), wait, settled);
        let papers = papers.unwrap_or_else(PoisonError::into_inner).0;
        papers.waiting.iter().map(|(_, change)| change.clone()).collect()
    }

    /// Starts the thread that writes, and tells what became of each change.
    pub fn serve(
        self: &Arc<Self>,
        mut book: impl Book + 'static,
        lang: Lang,
        tell: impl Fn(Msg) + Send + 'static,
    ) -> std::io::Result<()> {
        let desk = Arc::clone(self);
        let (told, ready) = (book.troubles(), book.prepare().is_ok());
        let mut writer = Writer { desk, book, lang, tell, told, ready, pause: RETRY, retry: None };
        thread::Builder::new().name("journal".into()).spawn(move || while writer.turn().is_continue() {})?;
        Ok(())
    }

    fn papers(&self) -> MutexGuard<'_, Papers> {
        self.papers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Writer<B, T> {
    desk: Arc<Desk>,
    book: B,
    lang: Lang,
    tell: T,
    /// Troubles told already.
    told: Vec<Trouble>,
    /// The journal's folder is there, or was.
    ready: bool,
    /// How soon to try again what was refused.
    pause: Duration,
    /// When that is.
    retry: Option<Instant>,
}

impl<B: Book, T: Fn(Msg)> Writer<B, T> {
    /// Waits for something to do, and does it; breaks off where nothing will come any more.
    fn turn(&mut self) -> ControlFlow<()> {
        let Some((looked, changes)) = self.wait() else { return ControlFlow::Break(()) };
        if looked {
            self.read();
        }
        if !changes.is_empty() {
            self.append(&changes);
        }
        ControlFlow::Continue(())
    }

    /// Blocks until others may have written, a change was put, or the time of a retry has come. Wakes for nothing else.
    fn wait(&self) -> Option<(bool, Vec<(Ticket, Change)>)> {
        let mut papers = self.desk.papers();
        loop {
            let due = self.retry.is_some_and(|at| at <= Instant::now());
            if papers.fresh || due {
                (papers.fresh, papers.failed) = (false, false);
                return Some((std::mem::take(&mut papers.look), papers.waiting.clone()));
            }
            if papers.closed && papers.waiting.is_empty() {
                return None;
            }
            if papers.look {
                papers.look = false;
                return Some((true, Vec::new()));
            }
            papers = match self.retry {
                Some(at) => {
                    let left = at.saturating_duration_since(Instant::now());
                    self.desk.bell.wait_timeout(papers, left).unwrap_or_else(PoisonError::into_inner).0
                }
                None => self.desk.bell.wait(papers).unwrap_or_else(PoisonError::into_inner),
            };
        }
    }

    /// Tells what others wrote, each new trouble once, and each that is over. A panic is told by the hook; the thread goes on.
    fn read(&mut self) {
        if !self.ready && catch_unwind(AssertUnwindSafe(|| self.book.prepare())).is_ok_and(|made| made.is_ok()) {
            self.is_ready();
            // What was refused for want of a folder need not wait its half minute.
            self.retry = self.retry.map(|_| Instant::now());
        }
        let Ok(records) = catch_unwind(AssertUnwindSafe(|| self.book.read_new())) else { return };
        if !records.is_empty() {
            (self.tell)(Msg::Arrived(records));
        }
        let troubles = self.book.troubles();
        for over in self.told.iter().filter(|t| !troubles.contains(t)) {
            (self.tell)(Msg::JournalMended(CleanText::line(&over.say(self.lang))));
        }
        for trouble in troubles.iter().filter(|t| !self.told.contains(t)) {
            (self.tell)(Msg::JournalTrouble(CleanText::line(&trouble.say(self.lang))));
        }
        self.told = troubles;
        self.amend();
    }

    /// Where journals were taken away, what is on disk now is all that counts; what was written again is told.
    fn amend(&mut self) {
        let Ok(Some(amended)) = catch_unwind(AssertUnwindSafe(|| self.book.amend())) else { return };
        // Why it could not be written again is told with the next change, or as a folder that cannot be read.
        if let Ok(count @ 1..) = amended.again {
            let again = Trouble::WrittenAgain(self.book.folder(), count);
            (self.tell)(Msg::JournalTrouble(CleanText::line(&again.say(self.lang))));
        }
        // Last, so that what counts no more is the line that is seen.
        (self.tell)(Msg::OnDisk(amended.records));
    }

    fn append(&mut self, changes: &[(Ticket, Change)]) {
        let plain: Vec<Change> = changes.iter().map(|(_, change)| change.clone()).collect();
        let outcome = catch_unwind(AssertUnwindSafe(|| self.book.append(&plain, clock::now())));
        match outcome {
            Ok(Ok(records)) => {
                self.retry = None;
                self.is_ready();
                self.done(changes.len(), Outcome::Saved);
                for ((ticket, _), record) in changes.iter().zip(records) {
                    (self.tell)(Msg::Recorded(*ticket, record));
                }
            }
            Ok(Err(error)) => self.refused(changes, &error.trouble().say(self.lang)),
            Err(_) => self.refused(changes, &Edge::WriterFault.say(self.lang)),
        }
    }

    /// What was told at the start, that nothing can be saved, is true no more.
    fn is_ready(&mut self) {
        if !std::mem::replace(&mut self.ready, true) {
            (self.tell)(Msg::Concern(Concern::Journal, None));
        }
    }

    fn refused(&mut self, changes: &[(Ticket, Change)], why: &str) {
        self.retry = Some(Instant::now() + self.pause);
        self.done(changes.len(), Outcome::Refused);
        let why = CleanText::line(why);
        for (ticket, _) in changes {
            (self.tell)(Msg::Refused(*ticket, why.clone()));
        }
    }

    /// New changes are put at the end only, so the first ones are those that were tried.
    fn done(&self, tried: usize, outcome: Outcome) {
        let mut papers = self.desk.papers();
        papers.failed = outcome == Outcome::Refused;
        if outcome == Outcome::Saved {
            let tried = tried.min(papers.waiting.len());
            papers.waiting.drain(..tried);
        }
        self.desk.bell.notify_all();
    }
}

#[derive(PartialEq)]
enum Outcome {
    Saved,
    Refused,
}

/// The line that tells at the end of a change that is lost.
pub fn lost(change: &Change, lang: Lang) -> CleanText {
    let what = match change.op {
        Op::Done | Op::Affirm | Op::Confirm | Op::Import { .. } => Lost::Done,
        Op::Todo => Lost::Todo,
        Op::Skip { .. } => Lost::Skip,
        Op::Note { .. } => Lost::Note,
        Op::Leave | Op::Restore => Lost::Group,
        Op::Reset | Op::Archive | Op::Unarchive => Lost::Run,
        Op::Undo { .. } | Op::Redo { .. } => Lost::Undo,
    };
    CleanText::line(&Edge::Unsaved(change.subject.label.clone(), what).say(lang))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edge::journal::Cause;
    use crate::guide::ItemId;
    use crate::progress::{Dot, Hlc, Subject};
    use std::sync::mpsc::{Receiver, channel};

    /// A journal that does as it is told.
    struct Obedient {
        orders: Receiver<Order>,
        groups: Vec<usize>,
        tell: std::sync::mpsc::Sender<Vec<usize>>,
        /// What becomes of the next tries to make its folder, the last one first.
        prepared: Vec<Result<(), SaveError>>,
        troubles: Arc<Mutex<Vec<Trouble>>>,
    }

    enum Order {
        Save,
        Fail,
        Panic,
    }

    impl Book for Obedient {
        fn prepare(&mut self) -> Result<(), SaveError> {
            self.prepared.pop().unwrap_or(Ok(()))
        }

        fn append(&mut self, changes: &[Change], now: i64) -> Result<Vec<Record>, SaveError> {
            match self.orders.recv().unwrap() {
                Order::Save => {}
                Order::Fail => return Err(SaveError { cause: Cause::Full, file: "x".into() }),
                Order::Panic => panic!("told to"),
            }
            self.groups.push(changes.len());
            self.tell.send(self.groups.clone()).unwrap();
            let record = |(n, change): (usize, &Change)| Record {
                dot: Dot { device: "d".into(), n: n as u64 + 1 },
                at: Hlc { millis: now, counter: 0 },
                by: CleanText::default(),
                change: change.clone(),
            };
            Ok(changes.iter().enumerate().map(record).collect())
        }

        fn read_new(&mut self) -> Vec<Record> {
            Vec::new()
        }

        fn amend(&mut self) -> Option<Amended> {
            None
        }

        fn troubles(&self) -> Vec<Trouble> {
            self.troubles.lock().unwrap().clone()
        }

        fn folder(&self) -> CleanText {
            CleanText::default()
        }
    }

    fn change(label: &str) -> Change {
        let subject = Subject {
            id: ItemId(label.into()),
            kind: None,
            label: CleanText::line(label),
            path: String::new(),
            place: 0,
            body: 0,
            ..Subject::default()
        };
        Change { subject, op: Op::Done }
    }

    struct Stage {
        desk: Arc<Desk>,
        orders: std::sync::mpsc::Sender<Order>,
        groups: Receiver<Vec<usize>>,
        told: Receiver<Msg>,
        troubles: Arc<Mutex<Vec<Trouble>>>,
    }

    fn stage() -> Stage {
        prepared(Vec::new())
    }

    fn prepared(prepared: Vec<Result<(), SaveError>>) -> Stage {
        let (orders, inbox) = channel();
        let (tell_groups, groups) = channel();
        let (tell, told) = channel();
        let desk = Arc::new(Desk::default());
        let troubles = Arc::new(Mutex::new(vec![Trouble::NoHome]));
        let book = Obedient {
            orders: inbox,
            groups: Vec::new(),
            tell: tell_groups,
            prepared,
            troubles: Arc::clone(&troubles),
        };
        desk.serve(book, Lang::En, move |msg| drop(tell.send(msg))).unwrap();
        Stage { desk, orders, groups, told, troubles }
    }

    const LONG: Duration = Duration::from_secs(20);

    #[test]
    fn all_that_waits_during_one_sync_goes_into_the_next() {
        let stage = stage();
        stage.desk.put(1, change("a"));
        // The thread took the first one once this is empty-handed no more; two others come while it works.
        while stage.desk.papers().fresh {
            thread::yield_now();
        }
        stage.desk.put(2, change("b"));
        stage.desk.put(3, change("c"));
        stage.orders.send(Order::Save).unwrap();
        stage.orders.send(Order::Save).unwrap();
        stage.groups.recv_timeout(LONG).unwrap();
        assert_eq!(stage.groups.recv_timeout(LONG).unwrap(), [1, 2]);
        let tickets: Vec<Ticket> = (0..3)
            .map(|_| match stage.told.recv_timeout(LONG).unwrap() {
                Msg::Recorded(ticket, _) => ticket,
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(tickets, [1, 2, 3]);
        assert_eq!(stage.desk.unsaved(Duration::ZERO), []);
    }

    #[test]
    fn what_was_refused_is_kept_and_tried_with_the_next_change() {
        let stage = stage();
        stage.desk.put(1, change("a"));
        stage.orders.send(Order::Fail).unwrap();
        assert!(matches!(stage.told.recv_timeout(LONG).unwrap(), Msg::Refused(1, why) if !why.is_empty()));
        assert_eq!(stage.desk.unsaved(LONG), [change("a")], "a disk that refuses is not waited for");
        stage.desk.put(2, change("b"));
        stage.orders.send(Order::Panic).unwrap();
        assert!(matches!(stage.told.recv_timeout(LONG).unwrap(), Msg::Refused(1, _)));
        assert!(matches!(stage.told.recv_timeout(LONG).unwrap(), Msg::Refused(2, _)));
        stage.desk.put(3, change("c"));
        stage.orders.send(Order::Save).unwrap();
        assert_eq!(stage.groups.recv_timeout(LONG).unwrap(), [3]);
        assert!(matches!(stage.told.recv_timeout(LONG).unwrap(), Msg::Recorded(1, _)));
        assert_eq!(stage.desk.unsaved(LONG), []);
    }

    #[test]
    fn what_was_refused_is_tried_again_by_itself_until_the_disk_has_it() {
        let ((orders, inbox), (tell_groups, _groups), (tell, told)) = (channel(), channel(), channel());
        let book = Obedient {
            orders: inbox,
            groups: Vec::new(),
            tell: tell_groups,
            prepared: Vec::new(),
            troubles: Arc::default(),
        };
        let desk = Arc::new(Desk::default());
        let tell = move |msg| drop(tell.send(msg));
        let (pause, told_before) = (Duration::from_millis(1), vec![Trouble::NoHome]);
        let mut writer = Writer {
            desk: Arc::clone(&desk),
            book,
            lang: Lang::En,
            tell,
            told: told_before,
            ready: true,
            pause,
            retry: None,
        };
        desk.put(1, change("a"));
        for order in [Order::Fail, Order::Fail, Order::Save] {
            orders.send(order).unwrap();
            assert!(writer.turn().is_continue());
        }
        desk.close();
        assert!(writer.turn().is_break(), "nothing will come any more");
        let told: Vec<Msg> = told.try_iter().collect();
        assert!(matches!(told[..], [Msg::Refused(1, _), Msg::Refused(1, _), Msg::Recorded(1, _)]), "{told:?}");
        assert_eq!(desk.unsaved(Duration::ZERO), []);
        assert_eq!(writer.retry, None);
    }

    #[test]
    fn a_trouble_is_told_once_and_not_at_all_where_it_was_known() {
        let stage = stage();
        stage.desk.look();
        stage.desk.put(1, change("a"));
        stage.orders.send(Order::Save).unwrap();
        assert!(matches!(stage.told.recv_timeout(LONG).unwrap(), Msg::Recorded(1, _)));
    }

    #[test]
    fn a_trouble_that_is_over_is_withdrawn_once() {
        let stage = stage();
        let (over, new) = (Trouble::NoHome, Trouble::TooMuch(CleanText::line("x")));
        *stage.troubles.lock().unwrap() = vec![new.clone()];
        stage.desk.look();
        let said = |trouble: &Trouble| CleanText::line(&trouble.say(Lang::En));
        assert!(matches!(stage.told.recv_timeout(LONG), Ok(Msg::JournalMended(what)) if what == said(&over)));
        assert!(matches!(stage.told.recv_timeout(LONG), Ok(Msg::JournalTrouble(what)) if what == said(&new)));
        stage.troubles.lock().unwrap().clear();
        stage.desk.look();
        assert!(matches!(stage.told.recv_timeout(LONG), Ok(Msg::JournalMended(what)) if what == said(&new)));
        stage.desk.put(1, change("a"));
        stage.orders.send(Order::Save).unwrap();
        assert!(matches!(stage.told.recv_timeout(LONG).unwrap(), Msg::Recorded(1, _)), "and not told again");
    }

    #[test]
    fn a_folder_that_could_not_be_made_is_tried_again_and_its_trouble_withdrawn_once() {
        let fails = || Err(SaveError { cause: Cause::NotAFile, file: "x".into() });
        let stage = prepared(vec![Ok(()), fails(), fails()]);
        let withdrawn = |told| matches!(told, Ok(Msg::Concern(Concern::Journal, None)));
        stage.desk.look();
        while stage.desk.papers().look {
            thread::yield_now();
        }
        stage.desk.look();
        assert!(withdrawn(stage.told.recv_timeout(LONG)));
        stage.desk.put(1, change("a"));
        stage.orders.send(Order::Save).unwrap();
        assert!(matches!(stage.told.recv_timeout(LONG).unwrap(), Msg::Recorded(1, _)), "and not told again");
        let stage = prepared(vec![Ok(()), fails()]);
        stage.desk.put(1, change("a"));
        stage.orders.send(Order::Fail).unwrap();
        assert!(matches!(stage.told.recv_timeout(LONG).unwrap(), Msg::Refused(1, _)));
        stage.orders.send(Order::Save).unwrap();
        stage.desk.look();
        assert!(withdrawn(stage.told.recv_timeout(LONG)));
        assert!(matches!(stage.told.recv_timeout(LONG).unwrap(), Msg::Recorded(1, _)), "tried again at once");
        let stage = prepared(vec![fails(), fails(), fails()]);
        stage.desk.put(1, change("a"));
        stage.orders.send(Order::Save).unwrap();
        assert!(withdrawn(stage.told.recv_timeout(LONG)), "what was saved has a folder");
    }

    #[test]
    fn a_lost_change_is_one_line_that_names_the_item() {
        assert_eq!(lost(&change("Étape"), Lang::Fr).as_str(), "non enregistré\u{a0}: coché, «\u{a0}Étape\u{a0}»");
        assert_eq!(lost(&change("a\nb"), Lang::En).as_str(), "not saved: ticked, “a b”");
    }
}
