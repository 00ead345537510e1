//! A folder with several guides: opens the reader on their list, looks at each of them for it, and tells the status of
//! all. Draws nothing.

use super::reader::{self, Fixed};
use super::{Call, End, complain, guides, print_text, settled_code};
use crate::app::{Card, Library, Listing, Model};
use crate::cli::{self, Command, Form, Settled, Source};
use crate::edge::places::{self, GuideName, Place, Wanted};
use crate::edge::{Fetcher, Folder, Lister, Memory, Searches, Session, Surveyor, clock};
use crate::guide::{CleanText, Guide, Origin};
use crate::progress::{Log, Tally, format};
use crate::words::Shell;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
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

/// Tells the status of each guide. One that cannot be read is told on standard error and is none of them; the exit status
/// says so in the end.
pub(super) fn status(call: &Call, folder: &Path, listing: &Listing, command: &Command) -> Result<ExitCode, End> {
    call.found.complaints(call.lang).iter().for_each(|line| complain(line));
    if listing.cut.is_some() {
        complain(&call.say(Shell::SomeGuides(guides::shown(folder), listing.guides.len())));
    }
    let (mut reports, mut unread, mut told) = (Vec::new(), false, Vec::new());
    for path in &listing.guides {
        let call = call.on(&folder.join(path));
        match call.opened() {
            Ok(opened) => {
                let walked = call.walk(&opened);
                // What is wrong with all of them alike, such as a home that is missing, is told once.
                call.warn(walked.troubles.iter().filter(|trouble| !told.contains(*trouble)));
                reports.push(call.report(&opened.guide, &walked));
                told.extend(walked.troubles);
            }
            Err(end) => {
                complain(&end.told());
                unread = true;
            }
        }
    }
    let settled = match command {
        Command::Status(Form::Json, settled) => {
            print_text(&cli::shelf_json(&reports))?;
            settled
        }
        Command::StatusLine(template, settled) => {
            let wrong = |why| End::Told(call.say(Shell::BadTemplate(why)), 2);
            let lines: Result<Vec<CleanText>, _> = reports.iter().map(|report| format(report, template)).collect();
            print_text(&lines.map_err(wrong)?.iter().map(|line| format!("{line}\n")).collect::<String>())?;
            settled
        }
        Command::Status(Form::Human, settled) => {
            call.page(&cli::shelf(&reports, &call.voice()))?;
            settled
        }
        _ => &Settled::Untold,
    };
    let open = reports.iter().map(|report| settled_code(report, *settled)).find(|code| *code != ExitCode::SUCCESS);
    Ok(if unread { ExitCode::from(2) } else { open.unwrap_or(ExitCode::SUCCESS) })
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
        folder: Some(Folder { path, lister: lister(call), surveyor: surveyor(call), fetcher: fetcher(call) }),
        original: Box::new(Fixed { source: Source::BuiltIn, lang: call.lang }),
        memory: Memory::of(None),
        searches,
        opener: reader::opener(call),
        rest: None,
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

fn fetcher(call: &Call) -> Fetcher {
    let call = call.clone();
    Arc::new(move |file| call.on(file).opened().ok().map(|opened| opened.guide))
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
