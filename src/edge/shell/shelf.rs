//! A folder with several guides: opens the reader on their list, and looks at each of them for it. Draws nothing.

use super::reader::{self, Fixed};
use super::{Call, End, guides};
use crate::app::{Card, Library, Listing, Model};
use crate::cli::Source;
use crate::edge::places::{self, GuideName, Place, Wanted};
use crate::edge::run::Session;
use crate::edge::{Folder, Lister, Memory, Searches, Surveyor, clock};
use crate::guide::{CleanText, Guide, Origin};
use crate::progress::{Log, Tally};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The folder that a command names, with its guides, if it names one with several.
pub(super) fn listing(call: &Call) -> Result<Option<(PathBuf, Listing)>, End> {
    let Source::Path(path) = &call.asked.source else { return Ok(None) };
    if !path.is_dir() {
        return Ok(None);
    }
    let listing = guides::list(path).map_err(|why| End::Told(call.say(why), 2))?;
    Ok((listing.guides.len() > 1).then(|| (path.clone(), listing)))
}

/// The reader, on the list. Nothing is known yet of the guides; that comes after the first frame.
pub(super) fn session(call: &Call, path: PathBuf, listing: Listing) -> Session {
    // The list itself has no progress, but what is searched for in its guides is remembered like elsewhere.
    let wanted = Wanted { guide: GuideName::BuiltIn, run: "default", who: &call.who(), progress: None };
    let place = Place::find(&wanted, places::state_folder());
    let origin = Origin { name: name(&path), base_url: None };
    let settings = reader::settings(call, &place.who, &place.device, None);
    let size = call.around.size.unwrap_or((80, 24));
    let mut model = Model::new(Arc::new(Guide::parse("", &origin)), Log::default(), settings, size, clock::now());
    model.list(Library::new(listing));
    let searches = Searches::of(place.searches());
    model.finder.history = searches.recall();
    model.banners.append(&mut reader::complaints(call));
    Session {
        model,
        journal: None,
        folder: Some(Folder { path, lister: lister(call), surveyor: surveyor(call) }),
        original: Box::new(Fixed { source: Source::BuiltIn, lang: call.lang }),
        memory: Memory::of(None),
        searches,
        opener: reader::opener(call),
    }
}

fn lister(call: &Call) -> Lister {
    let call = call.clone();
    Arc::new(move |path| guides::list(path).map_err(|why| CleanText::line(&call.say(why))))
}

fn surveyor(call: &Call) -> Surveyor {
    let call = call.clone();
    Arc::new(move |file| card(&call, file))
}

/// Looks at a guide: in the same walk as the one that would be opened.
fn card(call: &Call, file: &Path) -> Card {
    let call = call.on(file);
    let opened = match call.opened() {
        Ok(opened) => opened,
        Err(end) => {
            let title = CleanText::line(&file.file_stem().unwrap_or_default().to_string_lossy());
            return Card { title, tally: Tally::default(), visited: None, trouble: Some(end.told()) };
        }
    };
    let walked = call.walk(&opened);
    let report = call.report(&opened.guide, &walked);
    let visited = Memory::of(walked.journal.place().private.clone()).recall().map(|bookmark| bookmark.at);
    let tally = Tally { done: report.done, total: report.total };
    Card { title: opened.guide.title, tally, visited, trouble: None }
}

/// What the folder is called: its own name, also where it was named by dots.
fn name(path: &Path) -> String {
    let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    whole.file_name().unwrap_or(whole.as_os_str()).to_string_lossy().into_owned()
}
