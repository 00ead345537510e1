//! Hears of files that other programs change, so that a tick made elsewhere is seen at once. Reads no file itself.
//!
//! Folders are watched, not files: a program that saves by renaming puts a new file in the old one's place, and the
//! watch of a file would die with the old one.

use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::Path;
use std::thread;
use std::time::Duration;

/// How often to look where nothing can be watched.
const EVERY: Duration = Duration::from_secs(1);

/// A watch; it ends when this is dropped, save where it is only a looking every second.
#[derive(Debug)]
pub struct Watch {
    _watcher: Option<RecommendedWatcher>,
}

/// Calls `changed` whenever something in the folder may have changed, from another thread. Where the system cannot
/// watch it (a network, too many watches), every second; then the reason comes too.
pub fn watch(folder: &Path, changed: impl Fn() + Send + Sync + Clone + 'static) -> (Watch, Option<String>) {
    match hear(folder, changed.clone()) {
        Ok(watcher) => (Watch { _watcher: Some(watcher) }, None),
        Err(error) => {
            let looking = thread::Builder::new().name("watch".into()).spawn(move || {
                loop {
                    thread::sleep(EVERY);
                    changed();
                }
            });
            let why = match looking {
                Ok(_) => reason(&error),
                Err(e) => e.to_string(),
            };
            (Watch { _watcher: None }, Some(why))
        }
    }
}

fn hear(folder: &Path, changed: impl Fn() + Send + 'static) -> notify::Result<RecommendedWatcher> {
    let hearing = move |event: notify::Result<Event>| match event {
        // Our own reading opens files too: to hear that would make us read again, for ever.
        Ok(event) if event.kind.is_access() && !event.need_rescan() => {}
        // After an error events may be missing, so look.
        _ => changed(),
    };
    let mut watcher = notify::recommended_watcher(hearing)?;
    watcher.watch(folder, RecursiveMode::NonRecursive)?;
    Ok(watcher)
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
    use std::sync::mpsc::channel;

    const LONG: Duration = Duration::from_secs(20);

    #[test]
    fn a_change_is_heard_and_our_own_reading_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a");
        std::fs::write(&file, "x").unwrap();
        let (tell, told) = channel();
        let (watch, why) = watch(folder.path(), move || tell.send(()).unwrap_or_default());
        assert_eq!(why, None);
        std::fs::read(&file).unwrap();
        std::fs::read_dir(folder.path()).unwrap().for_each(drop);
        assert!(told.recv_timeout(Duration::from_millis(200)).is_err(), "reading was heard");
        std::fs::write(folder.path().join("b"), "y").unwrap();
        told.recv_timeout(LONG).unwrap();
        drop(watch);
    }

    #[test]
    fn what_cannot_be_watched_is_looked_at_and_the_reason_told() {
        let folder = tempfile::tempdir().unwrap();
        let (tell, told) = channel();
        let (_watch, why) = watch(&folder.path().join("missing"), move || tell.send(()).unwrap_or_default());
        assert!(why.is_some_and(|w| !w.is_empty()));
        told.recv_timeout(LONG).unwrap();
    }
}
