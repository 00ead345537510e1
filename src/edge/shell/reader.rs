//! Opens the full screen: what is known at the start becomes a model, and the loop takes over. Draws nothing, and
//! answers no key.

use super::guides::{self, Begun, Opened, Print};
use super::shelf;
use super::surroundings::{Colour, outlive_size_limits};
use super::{Call, End, Walked};
use crate::app::{Concern, LARGEST, Model, Msg, Notice, Settings, Tone, update};
use crate::cli::Source;
use crate::edge::boxes::write_box;
use crate::edge::places;
use crate::edge::{Memory, Opener, Original, Searches, Session, Wishes, clock, run, show};
use crate::guide::{BaseUrl, BoxState, CleanText, Guide, ItemIndex};
use crate::progress::Log;
use crate::words::{BoxTrouble, Lang, Shell};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// How often, and how far apart, a file that is gone or empty is read again: it may be in the midst of being saved.
const TRIES: u32 = 5;
const WAIT: Duration = Duration::from_millis(50);

/// Runs the full screen until the reader leaves.
pub(super) fn open(call: &Call) -> Result<ExitCode, End> {
    let force = &call.found.force;
    let (theme, keymap) = (force.theme.clone(), Arc::clone(&force.keymap));
    let wishes =
        Wishes { lang: call.lang, theme, colour: call.around.colour != Colour::Never, mouse: force.mouse, keymap };
    if let Some(session) = at_once(call)? {
        return Ok(show(session));
    }
    let call = call.clone();
    run(wishes, move || session(&call))
}

/// What is opened in no time: the guide built in, a small one, the head of a large one. A thread for it would only have to
/// be waited for. Who left off further down in a large one is not shown the beginning first, only to be taken away from
/// it: that one waits for the whole.
fn at_once(call: &Call) -> Result<Option<Session>, End> {
    let begun = guides::begin(&call.asked.source, call.base_url().as_ref(), room(call));
    match begun.map_err(|sentence| End::Told(call.say(sentence), 2))? {
        Begun::Whole(opened) => guide_session(call, opened, complaints(call)).map(Some),
        Begun::Head(opened) => {
            let private = places::private(&call.guide_name(&opened), call.run(), places::state_folder());
            let bookmark = Memory::of(private).recall();
            let here = bookmark.is_none_or(|bookmark| bookmark.is_at_top(&opened.guide));
            Ok(here.then(|| head_session(call, opened)))
        }
        Begun::Slow => Ok(None),
    }
}

/// Reads the guide and its progress, or lists the guides of a folder that holds several.
fn session(call: &Call) -> Result<Session, End> {
    match shelf::listing(call)? {
        Some((path, listing)) => Ok(shelf::session(call, path, listing)),
        None => whole(call, complaints(call)),
    }
}

/// The bytes of text that certainly fill the screen: two for each cell of its text.
fn room(call: &Call) -> usize {
    let (columns, rows) = size(call);
    2 * usize::from(rows) * usize::from(columns.min(call.found.force.width))
}

fn size(call: &Call) -> (u16, u16) {
    let (columns, rows) = call.around.size.unwrap_or((80, 24));
    (columns.min(LARGEST.0), rows.min(LARGEST.1))
}

/// The head of a guide. Nothing is known of what was done with it, and nothing can be changed.
fn head_session(call: &Call, opened: Opened) -> Session {
    let settings = Settings { write_boxes: false, ..settings(call, &CleanText::default(), "", opened.path.as_deref()) };
    let mut model = Model::new(Arc::new(opened.guide), Log::default(), settings, size(call), clock::now());
    model.banners.append(&mut complaints(call));
    let call = call.clone();
    Session {
        model,
        journal: None,
        folder: None,
        original: Box::new(Beginning { path: opened.path }),
        memory: Memory::of(None),
        searches: Searches::of(None),
        opener: opener(&call),
        // What is wrong with the configuration was told with the head.
        rest: Some(Arc::new(move || whole(&call, Vec::new()).map_err(End::told))),
    }
}

fn whole(call: &Call, banners: Vec<Notice>) -> Result<Session, End> {
    guide_session(call, call.opened()?, banners)
}

fn guide_session(call: &Call, opened: Opened, mut banners: Vec<Notice>) -> Result<Session, End> {
    let Walked { mut journal, log, troubles } = call.records(&opened);
    outlive_size_limits();
    banners.extend(troubles.iter().map(|trouble| warning(&trouble.say(call.lang))));
    let prepared = journal.prepare();
    if opened.guide.source.is_blank() {
        banners.push(warning(&Shell::EmptyGuide(opened.name.clone()).say(call.lang)));
    }
    if call.asked.options.write_boxes && opened.path.is_none() {
        banners.push(warning(&BoxTrouble::NoFile.say(call.lang)));
    }
    let place = journal.place();
    let settings = settings(call, &place.who, &place.device, opened.path.as_deref());
    let original = original(call, &opened);
    let memory = Memory::of(journal.place().private.clone());
    let mut model = Model::new(Arc::new(opened.guide), log, settings, size(call), clock::now());
    if let Some(bookmark) = memory.recall() {
        model.resume(&bookmark);
    }
    let searches = Searches::of(journal.place().searches());
    model.finder.history = searches.recall();
    model.banners.append(&mut banners);
    // Where nothing can be saved, the reader should know before the first tick, and can still read.
    if let Err(error) = prepared {
        let why = CleanText::line(&error.trouble().say(call.lang));
        update(&mut model, Msg::Concern(Concern::Journal, Some(why)));
    }
    let journal = Some(journal);
    Ok(Session { model, journal, folder: None, original, memory, searches, opener: opener(call), rest: None })
}

/// Opens the guides that links lead to as this one was opened: in the same walk, by the same person.
pub(super) fn opener(call: &Call) -> Opener {
    let call = call.clone();
    Arc::new(move |file| {
        let call = call.on(file);
        whole(&call, complaints(&call)).map_err(End::told)
    })
}

/// What is wrong with the configuration. The last one shows, and the first flaw may explain the others.
pub(super) fn complaints(call: &Call) -> Vec<Notice> {
    call.found.banners(call.lang).iter().rev().map(|line| warning(line)).collect()
}

fn warning(text: &str) -> Notice {
    Notice { tone: Tone::Warning, text: CleanText::line(text) }
}

/// What the reader wished, with a guide's file where it has one.
pub(super) fn settings(call: &Call, who: &CleanText, device: &str, file: Option<&Path>) -> Settings {
    let force = &call.found.force;
    Settings {
        lang: call.lang,
        theme: force.theme.clone(),
        themes: force.themes.clone(),
        colour: call.around.colour != Colour::Never,
        ascii: force.ascii,
        mouse: force.mouse,
        outline: force.outline,
        keymap: Arc::clone(&force.keymap),
        review_after_days: force.review_after_days,
        max_width: force.width,
        who: who.clone(),
        device: device.to_owned(),
        write_boxes: force.write_boxes && file.is_some(),
        file: file.and_then(Path::file_name).map(|n| CleanText::line(&n.to_string_lossy())),
    }
}

/// Where the guide is read again: its file, even where a folder was named and holds another guide by now.
pub(super) fn original(call: &Call, opened: &Opened) -> Box<dyn Original> {
    let (lang, base_url) = (call.lang, call.base_url());
    match (&opened.path, opened.print) {
        (Some(path), Some(print)) => Box::new(GuideFile { path: path.clone(), base_url, lang, print }),
        _ => Box::new(Fixed { source: call.asked.source.clone(), lang }),
    }
}

/// A guide that cannot change, or a folder's list, which is read again in its own way.
pub(super) struct Fixed {
    pub(super) source: Source,
    pub(super) lang: Lang,
}

impl Original for Fixed {
    fn file(&self) -> Option<&Path> {
        None
    }

    fn read(&mut self) -> Result<Option<Guide>, CleanText> {
        match &self.source {
            Source::Stdin => Err(CleanText::line(&Shell::ReadOnce.say(self.lang))),
            _ => Ok(None),
        }
    }

    fn write_box(&mut self, _: &Guide, _: ItemIndex, _: BoxState) -> Result<Option<Guide>, CleanText> {
        Err(CleanText::line(&BoxTrouble::NoFile.say(self.lang)))
    }
}

/// A file of which the head was read. It is not read again: the whole is on its way.
struct Beginning {
    path: Option<PathBuf>,
}

impl Original for Beginning {
    fn file(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    fn read(&mut self) -> Result<Option<Guide>, CleanText> {
        Ok(None)
    }

    fn write_box(&mut self, _: &Guide, _: ItemIndex, _: BoxState) -> Result<Option<Guide>, CleanText> {
        Ok(None)
    }
}

/// A guide's file, and what it was when it was read last.
struct GuideFile {
    path: PathBuf,
    base_url: Option<BaseUrl>,
    lang: Lang,
    print: Print,
}

impl Original for GuideFile {
    fn file(&self) -> Option<&Path> {
        Some(&self.path)
    }

    /// A guide that is gone or empty now was hardly meant to be: one waits a little, and then keeps what was read
    /// before.
    fn read(&mut self) -> Result<Option<Guide>, CleanText> {
        let mut tries = 0;
        loop {
            match self.try_to_read() {
                Ok(read) => return Ok(read),
                Err(why) if tries + 1 == TRIES => return Err(CleanText::line(&why.say(self.lang))),
                Err(_) => tries += 1,
            }
            thread::sleep(WAIT);
        }
    }

    fn write_box(&mut self, guide: &Guide, item: ItemIndex, state: BoxState) -> Result<Option<Guide>, CleanText> {
        let wrote = write_box(&self.path, guide, item, state);
        if wrote.map_err(|why| CleanText::line(&why.say(self.lang)))? { self.read() } else { Ok(None) }
    }
}

impl GuideFile {
    fn try_to_read(&mut self) -> Result<Option<Guide>, Shell> {
        if self.print.holds(&self.path) {
            return Ok(None);
        }
        let (content, print) = guides::read(&self.path)?;
        let same = self.print.is_same(&print);
        if !same && content.is_blank() {
            return Err(Shell::EmptyGuide(guides::shown(&self.path)));
        }
        let guide = if same { None } else { Some(guides::parse(&self.path, content, self.base_url.as_ref())?) };
        self.print = print;
        Ok(guide)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn file(path: &Path) -> GuideFile {
        let opened = guides::open(&Source::Path(path.to_owned()), None).unwrap();
        GuideFile { path: path.to_owned(), base_url: None, lang: Lang::En, print: opened.print.unwrap() }
    }

    fn title(read: Result<Option<Guide>, CleanText>) -> String {
        read.unwrap().map_or_else(|| "unchanged".to_owned(), |guide| guide.title.to_string())
    }

    #[test]
    fn a_guide_is_read_again_only_when_it_changed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        fs::write(&path, "# Un\n").unwrap();
        let mut original = file(&path);
        assert_eq!(title(original.read()), "unchanged");
        fs::write(&path, "# Un\n").unwrap();
        assert_eq!(title(original.read()), "unchanged", "the same bytes, written again");
        fs::write(&path, "# Du\n").unwrap();
        assert_eq!(title(original.read()), "Du", "as many bytes in the same tick of the clock");
        assert_eq!(title(original.read()), "unchanged");
    }

    #[test]
    fn an_emptied_or_missing_guide_is_not_taken_for_the_new_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        fs::write(&path, "# Un\n").unwrap();
        let mut original = file(&path);
        fs::write(&path, "\u{feff}\n").unwrap();
        assert!(original.read().unwrap_err().contains("empty"));
        fs::remove_file(&path).unwrap();
        assert!(original.read().unwrap_err().contains("a.md"));
        fs::write(&path, "# Un\n").unwrap();
        assert_eq!(title(original.read()), "unchanged", "back as it was");
        fs::write(&path, "# Deux\n").unwrap();
        assert_eq!(title(original.read()), "Deux");
    }

    #[test]
    fn a_guide_that_was_empty_from_the_start_is_no_trouble() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        fs::write(&path, "").unwrap();
        let mut original = file(&path);
        assert_eq!(title(original.read()), "unchanged");
        fs::write(&path, "# Un\n").unwrap();
        assert_eq!(title(original.read()), "Un");
    }

    #[test]
    fn a_file_that_appears_while_it_is_waited_for_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        fs::write(&path, "# Un\n").unwrap();
        let mut original = file(&path);
        fs::remove_file(&path).unwrap();
        let late = path.clone();
        let editor = thread::spawn(move || {
            thread::sleep(WAIT);
            fs::write(late, "# Deux\n").unwrap();
        });
        assert_eq!(title(original.read()), "Deux");
        editor.join().unwrap();
    }
}
