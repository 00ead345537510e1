//! Brings a walk's state in from what `export` printed, or from a checklist that somebody ticked. Decides nothing about
//! what must be recorded; that is the pure import's.

use super::guides::{self, shown};
use super::{Call, End};
use crate::cli::{Row, Source};
use crate::guide::CleanText;
use crate::progress::{self, Change};
use crate::theme::Role;
use crate::words::Shell;
use std::collections::BTreeSet;
use std::process::ExitCode;

/// Records what a file says and the journal does not. What is told as brought in is on disk.
pub(super) fn import(call: &Call, file: &Source) -> Result<ExitCode, End> {
    let wrong = |sentence: Shell| End::Told(call.say(sentence), 2);
    if *file == Source::Stdin && call.asked.source == Source::Stdin {
        return Err(wrong(Shell::ReadOnce));
    }
    let opened = call.open()?;
    let text = guides::text(file).map_err(wrong)?;
    let mut walked = call.walk(&opened);
    let name = match file {
        Source::Path(path) => shown(path),
        Source::Stdin | Source::BuiltIn => CleanText::line("-"),
    };
    let changes = progress::import(&text, &opened.guide, &walked.log);
    let changes = changes.map_err(|why| wrong(Shell::BadExport(name.clone(), why)))?;
    call.save(&mut walked.journal, &changes)?;
    call.warn(walked.troubles.iter());
    let said = Shell::Imported(name, subjects(&changes)).say(call.lang);
    call.page(&vec![Row::of(Role::Text, said)])?;
    Ok(ExitCode::SUCCESS)
}

/// How many things are changed: an item that gets a tick and a note is one.
fn subjects(changes: &[Change]) -> usize {
    changes.iter().map(|change| &change.subject.id.0).collect::<BTreeSet<_>>().len()
}
