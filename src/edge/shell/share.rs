//! `share`: makes the folder beside the guide, brings what this device recorded in private into it, run by run, and
//! says what to commit. Never runs git.

use super::guides::shown;
use super::line::{argument, quoted};
use super::{Call, End};
use crate::cli::{Page, Row, Source};
use crate::edge::journal::{Journal, bring};
use crate::edge::leave::NOT_SAVED;
use crate::edge::places::{self, Place, Wanted};
use crate::edge::sharing::{self, Folder, Obstacle};
use crate::progress::Log;
use crate::theme::Role;
use crate::words::{Team, Trouble};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What came into the folder.
#[derive(Debug, Default)]
struct Brought {
    changes: usize,
    /// Changes that a reset ended, and that stay where they are.
    stay: usize,
    troubles: Vec<Trouble>,
}

/// Shares the progress of a guide. What is told as brought in is on disk.
pub(super) fn share(call: &Call) -> Result<ExitCode, End> {
    let wrong = |sentence: Team| End::Told(sentence.say(call.lang).into_owned(), 2);
    if !matches!(call.asked.source, Source::Path(_)) {
        return Err(wrong(Team::NeedsFile));
    }
    if call.found.force.progress.is_some() {
        return Err(wrong(Team::NeedsNoFolder));
    }
    let opened = call.open()?;
    let Some(guide) = &opened.path else { return Err(wrong(Team::NeedsFile)) };
    let refused = |obstacle| match obstacle {
        Obstacle::InTheWay(path) => End::Told(Team::InTheWay(shown(&path)).say(call.lang).into_owned(), NOT_SAVED),
        Obstacle::Refused(error) => call.unsaved(&error),
    };
    super::surroundings::outlive_size_limits();
    let folder = sharing::make(guide).map_err(refused)?;
    let brought = call.bring_all(&opened)?;
    call.warn(brought.troubles.iter());
    call.page(&told(call, guide, &folder, &brought))?;
    Ok(ExitCode::SUCCESS)
}

impl Call {
    /// Brings in the private journals of every run.
    fn bring_all(&self, opened: &super::Opened) -> Result<Brought, End> {
        let who = self.who();
        let at = |run: &str| {
            let wanted = Wanted { guide: self.guide_name(opened), run, who: &who, progress: None };
            Place::find(&wanted, places::state_folder())
        };
        let mut all = Brought::default();
        let Some(folder) = at("default").private else { return Ok(all) };
        for run in places::runs(&folder).unwrap_or_default() {
            let place = at(&run);
            let Some(private) = place.in_private() else { continue };
            let (_, records, troubles) = Journal::open(private);
            let log: Log = records.into_iter().collect();
            all.changes += bring(&log, &place).map_err(|error| self.unsaved(&error))?;
            all.stay += log.ended();
            all.troubles.extend(troubles);
        }
        Ok(all)
    }
}

fn told(call: &Call, guide: &Path, folder: &Folder, brought: &Brought) -> Page {
    let (made, first) = match folder {
        Folder::Made(path) => (path, Team::Made as fn(_) -> Team),
        Folder::Found(path) => (path, Team::Already as fn(_) -> Team),
    };
    let path = as_named(guide, made);
    let say = |sentence: Team| Row::of(Role::Text, sentence.say(call.lang));
    let mut page = vec![say(first(shown(&path)))];
    if brought.changes > 0 {
        page.push(say(Team::Brought(brought.changes)));
    }
    if brought.stay > 0 {
        page.push(say(Team::Stays(brought.stay)));
    }
    if brought.changes > 0 || matches!(folder, Folder::Made(_)) {
        let message = quoted(&Team::CommitMessage.say(call.lang));
        page.extend([Row::default(), say(Team::HandOn)]);
        let lines = [format!("git add {}", argument(&path)), format!("git commit -m {message}"), "git push".to_owned()];
        page.extend(lines.map(|line| Row::of(Role::Code, format!("    {line}"))));
    }
    page
}

/// The folder as the user named the guide, where that leads to it.
fn as_named(guide: &Path, made: &Path) -> PathBuf {
    let named = guide.with_file_name(places::SHARED);
    let leads = named.canonicalize().is_ok_and(|whole| whole == made);
    if leads { named } else { made.to_owned() }
}
