//! Hears of what other programs do to a file or a folder, however they do it, and tells once they pause. Reads no file
//! itself; what changed is for the one told to find out.
//!
//! Folders are watched, not files: a program that saves by renaming puts a new file in the old one's place, and the
//! watch of a file would die with the old one. A folder can be replaced too, so each time the way is followed anew.
//! Where nothing can be watched, one looks every second, and says so.

mod trail;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher, event::AccessKind, event::AccessMode};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};
pub use trail::Aim;
use trail::Trail;

/// How long nothing is watched at the start. The kernel lets no process end at once that watches a folder: it waits
/// for a grace period, some milliseconds. Who leaves at once does not wait for that, and what happened until the watch
/// begins is told when it does.
const LEISURE: Duration = Duration::from_millis(300);

/// How often to look where nothing can be watched.
const EVERY: Duration = Duration::from_secs(1);

/// The longest that a pause is waited for: what is written without one is shown all the same.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often the way is followed anew because it changed while its folders began to be watched.
const TRIES: usize = 5;

/// A watch; it ends when this is dropped.
#[derive(Debug)]
pub struct Watch {
    bell: Sender<Heard>,
}

/// Why changes are looked for instead of being heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deaf {
    /// A network's disk does not tell what other machines do.
    Network,
    /// The system cannot watch; what it says.
    System(String),
}

/// Calls `changed` from a thread of its own: once at the start, for what happened before, and whenever something
/// happened to the aim and nothing more did for `quiet`. Calls `deaf` when watching becomes impossible, and with
/// nothing when it is possible again.
pub fn watch(
    aim: Aim,
    quiet: Duration,
    changed: impl FnMut() + Send + 'static,
    deaf: impl Fn(Option<Deaf>) + Send + 'static,
) -> io::Result<Watch> {
    listen(aim, quiet, changed, deaf, grow_ears)
}

/// How a trail begins to be watched. Tests have ways that fail.
type Grow = fn(&Arc<Trail>, &Sender<Heard>) -> notify::Result<RecommendedWatcher>;

fn listen(
    aim: Aim,
    quiet: Duration,
    changed: impl FnMut() + Send + 'static,
    deaf: impl Fn(Option<Deaf>) + Send + 'static,
    grow: Grow,
) -> io::Result<Watch> {
    let (bell, inbox) = channel();
    let watch = Watch { bell: bell.clone() };
    let mut listener =
        Listener { aim, quiet, bell, inbox, changed, deaf, grow, ears: None, trail: Arc::default(), told: None };
    thread::Builder::new().name("watch".into()).spawn(move || listener.listen())?;
    Ok(watch)
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.bell.send(Heard::End);
    }
}

/// What reaches the listening thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Heard {
    /// Something happened on the way.
    Change,
    /// A folder on the way may be gone, and its watch with it.
    Folder,
    /// It is time to look.
    Time,
    /// Nobody listens any more.
    End,
}

struct Listener<C, D> {
    aim: Aim,
    quiet: Duration,
    bell: Sender<Heard>,
    inbox: Receiver<Heard>,
    changed: C,
    deaf: D,
    grow: Grow,
    ears: Option<RecommendedWatcher>,
    trail: Arc<Trail>,
    told: Option<Deaf>,
}

impl<C: FnMut(), D: Fn(Option<Deaf>)> Listener<C, D> {
    fn listen(&mut self) {
        let mut heard = match self.inbox.recv_timeout(LEISURE) {
            Ok(Heard::End) | Err(RecvTimeoutError::Disconnected) => return,
            _ => Heard::Folder,
        };
        while heard != Heard::End {
            self.follow(heard);
            // A panic is told by the hook; the listening goes on.
            let _ = catch_unwind(AssertUnwindSafe(|| (self.changed)()));
            heard = match self.wait() {
                Heard::Time => Heard::Time,
                first => self.until_quiet(first),
            };
        }
    }

    /// Blocks until something happens; only where nothing can be heard, until a second has passed.
    fn wait(&self) -> Heard {
        if self.told.is_none() {
            return self.inbox.recv().unwrap_or(Heard::End);
        }
        match self.inbox.recv_timeout(EVERY) {
            Ok(heard) => heard,
            Err(RecvTimeoutError::Timeout) => Heard::Time,
            Err(RecvTimeoutError::Disconnected) => Heard::End,
        }
    }

    /// Waits for a pause, and gives the gravest of what was heard.
    fn until_quiet(&self, first: Heard) -> Heard {
        let deadline = Instant::now() + PATIENCE;
        let mut all = first;
        while all != Heard::End && Instant::now() < deadline {
            match self.inbox.recv_timeout(self.quiet) {
                Ok(Heard::Change | Heard::Time) => {}
                Ok(graver) => all = graver,
                Err(_) => break,
            }
        }
        all
    }

    /// Makes sure that the way as it is now is watched.
    fn follow(&mut self, heard: Heard) {
        let mut stale = heard == Heard::Folder || self.ears.is_none();
        let mut failure = None;
        for _ in 0..TRIES {
            let trail = Trail::to(&self.aim);
            if !stale && trail == *self.trail {
                break;
            }
            // The old watch ends only once the new one hears, so that nothing falls between the two; and what changed
            // meanwhile shows when the way is followed once more.
            let trail = Arc::new(trail);
            match (self.grow)(&trail, &self.bell) {
                Ok(ears) => (self.ears, self.trail, failure) = (Some(ears), trail, None),
                Err(error) => (self.ears, failure) = (None, Some(Deaf::System(reason(&error)))),
            }
            stale = self.ears.is_none();
        }
        let remote = || self.trail.folders().any(is_remote).then_some(Deaf::Network);
        let now = failure.or_else(remote);
        if now != self.told {
            self.told.clone_from(&now);
            (self.deaf)(now);
        }
    }
}

/// Starts to watch all folders of a trail, or none.
fn grow_ears(trail: &Arc<Trail>, bell: &Sender<Heard>) -> notify::Result<RecommendedWatcher> {
    let (known, bell) = (Arc::clone(trail), bell.clone());
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if let Some(heard) = sense(&known, event) {
            // Fails when nobody listens any more.
            let _ = bell.send(heard);
        }
    })?;
    for folder in trail.folders() {
        watcher.watch(folder, RecursiveMode::NonRecursive)?;
    }
    Ok(watcher)
}

/// What an event means to us; most events of a folder are about other files.
fn sense(trail: &Trail, event: notify::Result<Event>) -> Option<Heard> {
    // After an error, or where events were lost, anything may have happened.
    let Ok(event) = event else { return Some(Heard::Folder) };
    if event.need_rescan() {
        return Some(Heard::Folder);
    }
    match event.kind {
        // A file that was mapped into memory tells of its being written only when it is closed.
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => {}
        // Our own reading opens files too: to hear that would make us read again, for ever.
        EventKind::Access(_) => return None,
        _ => {}
    }
    if event.paths.iter().any(|path| trail.is_on(path)) {
        return Some(Heard::Folder);
    }
    event.paths.iter().any(|path| trail.meets(path)).then_some(Heard::Change)
}

/// Whether a folder lies on a disk that other machines change without our system's being told.
#[cfg(target_os = "linux")]
fn is_remote(folder: &Path) -> bool {
    // statfs(2): NFS, SMB, CIFS, SMB2, 9P, Ceph, AFS, Lustre.
    const REMOTE: [u32; 8] =
        [0x6969, 0x517b, 0xff53_4d42, 0xfe53_4d42, 0x0102_1997, 0x00c3_6400, 0x5346_414f, 0x0bd0_0bd0];
    rustix::fs::statfs(folder).is_ok_and(|told| REMOTE.contains(&(told.f_type as u32)))
}

#[cfg(not(target_os = "linux"))]
fn is_remote(_: &Path) -> bool {
    false
}

/// The reason without the folder's name, which notify adds.
fn reason(error: &notify::Error) -> String {
    match &error.kind {
        notify::ErrorKind::Io(e) => e.to_string(),
        notify::ErrorKind::Generic(text) => text.clone(),
        notify::ErrorKind::PathNotFound => "no such folder".into(),
        notify::ErrorKind::MaxFilesWatch => "too many watches".into(),
        other => format!("{other:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::path::PathBuf;
    use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

    const LONG: Duration = Duration::from_secs(20);
    const QUIET: Duration = Duration::from_millis(20);

    struct Heard {
        _watch: Watch,
        changes: Receiver<()>,
        deaf: Receiver<Option<Deaf>>,
    }

    /// A watch that has told of its start.
    fn heard(aim: Aim) -> Heard {
        let ((tell, changes), (tell_deaf, deaf)) = (channel(), channel());
        let changed = move || tell.send(()).unwrap_or_default();
        let watch = watch(aim, QUIET, changed, move |why| tell_deaf.send(why).unwrap_or_default()).unwrap();
        changes.recv_timeout(LONG).unwrap();
        Heard { _watch: watch, changes, deaf }
    }

    impl Heard {
        fn hears(&self, what: &str) {
            self.changes.recv_timeout(LONG).unwrap_or_else(|_| panic!("not heard: {what}"));
            while self.changes.recv_timeout(QUIET * 5).is_ok() {}
        }

        fn hears_nothing(&self, what: &str) {
            assert!(self.changes.recv_timeout(Duration::from_millis(200)).is_err(), "heard: {what}");
        }
    }

    fn folder() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.md");
        fs::write(&file, "x").unwrap();
        (folder, file)
    }

    #[test]
    fn a_change_is_heard_and_neither_our_own_reading_nor_a_neighbour_is() {
        let (folder, file) = folder();
        let heard = heard(Aim::File(file.clone()));
        fs::read(&file).unwrap();
        fs::read_dir(folder.path()).unwrap().for_each(drop);
        fs::write(folder.path().join("b.md"), "y").unwrap();
        heard.hears_nothing("reading, and a neighbour");
        fs::write(&file, "z").unwrap();
        heard.hears("a change");
        assert!(heard.deaf.try_recv().is_err(), "nothing to say about the watching");
    }

    #[test]
    fn a_folder_taken_away_and_made_anew_is_watched_again() {
        let (root, _) = folder();
        let inner = root.path().join("docs");
        let file = inner.join("a.md");
        fs::create_dir(&inner).unwrap();
        fs::write(&file, "x").unwrap();
        let heard = heard(Aim::File(file.clone()));
        for round in 0..3 {
            fs::remove_dir_all(&inner).unwrap();
            heard.hears("the folder gone");
            fs::create_dir(&inner).unwrap();
            heard.hears("the folder back");
            fs::write(&file, format!("{round}")).unwrap();
            heard.hears("the file back");
            fs::write(&file, format!("again {round}")).unwrap();
            heard.hears("the file changed");
        }
    }

    #[test]
    fn a_folder_moved_away_for_another_is_watched_in_its_place() {
        let (root, _) = folder();
        let run = root.path().join("base/guide/run");
        fs::create_dir_all(&run).unwrap();
        let heard = heard(Aim::Folder(run.clone(), "jsonl"));
        for moved in ["base/guide/run", "base/guide", "base"] {
            fs::rename(root.path().join(moved), root.path().join("away")).unwrap();
            heard.hears("the folder moved away");
            fs::create_dir_all(&run).unwrap();
            heard.hears("another in its place");
            fs::write(run.join("lise-1.jsonl"), "x").unwrap();
            heard.hears("a file in it");
            fs::write(run.join("place.json"), "x").unwrap();
            heard.hears_nothing("a file of another kind");
            fs::remove_dir_all(root.path().join("away")).unwrap();
        }
    }

    #[test]
    fn a_way_that_is_not_there_yet_is_heard_of_when_it_is() {
        let (root, _) = folder();
        let run = root.path().join("x/y/z");
        let heard = heard(Aim::Folder(run.clone(), "jsonl"));
        fs::create_dir_all(&run).unwrap();
        heard.hears("the folder");
        fs::write(run.join("bob-1.jsonl"), "x").unwrap();
        heard.hears("the file in it");
    }

    /// Whether the system can watch, in the test below.
    static CAN_WATCH: AtomicBool = AtomicBool::new(false);

    #[test]
    fn what_cannot_be_watched_is_looked_at_until_it_can() {
        let (_folder, file) = folder();
        let grow: Grow = |trail, bell| {
            let full = notify::Error::new(notify::ErrorKind::MaxFilesWatch);
            if CAN_WATCH.load(SeqCst) { grow_ears(trail, bell) } else { Err(full) }
        };
        let ((tell, changes), (tell_deaf, deaf)) = (channel(), channel());
        let changed = move || tell.send(()).unwrap_or_default();
        let deafened = move |why| tell_deaf.send(why).unwrap_or_default();
        let _watch = listen(Aim::File(file.clone()), QUIET, changed, deafened, grow).unwrap();
        assert_eq!(deaf.recv_timeout(LONG), Ok(Some(Deaf::System("too many watches".into()))));
        for _ in 0..3 {
            changes.recv_timeout(LONG).expect("it looks though nothing happens");
        }
        CAN_WATCH.store(true, SeqCst);
        assert_eq!(deaf.recv_timeout(LONG), Ok(None), "told once, and once that it is over");
        while changes.recv_timeout(EVERY * 2).is_ok() {}
        fs::write(&file, "y").unwrap();
        changes.recv_timeout(LONG).unwrap();
    }

    #[test]
    fn a_panic_of_the_one_told_does_not_end_the_watch() {
        let (_folder, file) = folder();
        let (tell, told) = channel();
        let mut count = 0;
        let changed = move || {
            count += 1;
            tell.send(count).unwrap_or_default();
            assert!(count != 1, "on purpose");
        };
        let _watch = watch(Aim::File(file.clone()), QUIET, changed, |_| {}).unwrap();
        assert_eq!(told.recv_timeout(LONG), Ok(1));
        fs::write(&file, "y").unwrap();
        assert_eq!(told.recv_timeout(LONG), Ok(2));
    }

    #[test]
    fn an_ended_watch_tells_nothing_more() {
        let (_folder, file) = folder();
        let Heard { _watch: watch, changes, .. } = heard(Aim::File(file.clone()));
        drop(watch);
        assert_eq!(changes.recv_timeout(LONG), Err(RecvTimeoutError::Disconnected));
        fs::write(&file, "y").unwrap();
    }

    #[test]
    fn events_that_were_lost_make_us_look_and_follow_the_way_anew() {
        let trail = Trail::default();
        let lost = Event::new(EventKind::Other).set_flag(notify::event::Flag::Rescan);
        assert_eq!(sense(&trail, Ok(lost)), Some(super::Heard::Folder));
        assert_eq!(sense(&trail, Err(notify::Error::generic("x"))), Some(super::Heard::Folder));
        assert_eq!(sense(&trail, Ok(Event::new(EventKind::Any).add_path("/elsewhere".into()))), None);
    }
}
