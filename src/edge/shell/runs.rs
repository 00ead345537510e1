//! The walks through a guide from the shell: lists them, starts one over, puts one away, and takes changes back.
//! Decides no wording, and erases nothing: all of it is records.

use super::{Call, End, Opened, Walked, line};
use crate::cli::{self, Form, Row, RunReport, Shelving, WalkVerb};
use crate::edge::places;
use crate::guide::CleanText;
use crate::progress::{Change, Log, Op, Record, Subject, history};
use crate::theme::Role;
use crate::words::{Company, Team};
use std::process::ExitCode;

/// Most runs that are read for the list.
const MOST: usize = 200;

/// Prints all walks through the guide.
pub(super) fn list(call: &Call, opened: &Opened, form: Form) -> Result<(), End> {
    let walked = call.walk(opened);
    let (meant, own) = (walked.journal.place().walk.run.clone(), walked.journal.place().folder.clone());
    let names = own.map(|folder| places::runs(&folder)).transpose()?.unwrap_or_default();
    let own = call.report(&opened.guide, &walked);
    let guide = own.guide.clone();
    let mut runs = vec![RunReport::of(own, &walked.log)];
    let mut troubles = walked.troubles;
    let others: Vec<&String> = names.iter().filter(|name| **name != meant).collect();
    let more = others.len().saturating_sub(MOST);
    for name in others.into_iter().take(MOST) {
        let walked = call.walk_of(opened, name);
        let new: Vec<_> = walked.troubles.iter().filter(|trouble| !troubles.contains(*trouble)).cloned().collect();
        troubles.extend(new);
        // A run that somebody only looked at has a folder, and no more.
        if !walked.log.records().is_empty() {
            runs.push(RunReport::of(call.report(&opened.guide, &walked), &walked.log));
        }
    }
    call.warn(troubles.iter());
    match form {
        Form::Human => {
            let mut page = cli::runs(&guide, runs, &meant, &call.voice());
            if more > 0 {
                page.push(Row::of(Role::Muted, Team::MoreRuns(more).say(call.lang)));
            }
            call.page(&page)
        }
        Form::Json => super::print_text(&cli::runs_json(&guide, runs)),
    }
}

/// Starts the walk over, or takes the last change back, or brings it back.
pub(super) fn change(call: &Call, verb: WalkVerb) -> Result<ExitCode, End> {
    let opened = call.open()?;
    let mut walked = call.walk(&opened);
    let (change, said) = match verb {
        WalkVerb::Reset => reset(call, &opened, &walked),
        WalkVerb::Undo => {
            let change = walked.log.undo(&walked.journal.place().device);
            let back = line::jalon(call, &["redo"]);
            let said = told(&walked.log, change.as_ref(), |op, label| Team::Undone(op, label, back));
            (change, said.unwrap_or(Team::NothingToUndo))
        }
        WalkVerb::Redo => {
            let change = walked.log.redo(&walked.journal.place().device);
            let said = told(&walked.log, change.as_ref(), Team::Redone);
            (change, said.unwrap_or(Team::NothingToRedo))
        }
    };
    let change = change.map(|change| walked.log.located(&opened.guide, change));
    finish(call, &mut walked, change, said)
}

/// Puts a run away, or takes it out again.
pub(super) fn shelve(call: &Call, run: &str, shelving: Shelving) -> Result<ExitCode, End> {
    let opened = call.open()?;
    let mut walked = call.records_of(&opened, run);
    let place = walked.journal.place().clone();
    let name = CleanText::line(&place.walk.run);
    if walked.log.records().is_empty() {
        let known = place.folder.map(|folder| places::runs(&folder)).transpose()?.unwrap_or_default();
        let known = known.into_iter().filter(|known| !call.records_of(&opened, known).log.records().is_empty());
        return Err(End::Told(Team::NoSuchRun(name, known.collect()).say(call.lang).into_owned(), 2));
    }
    let (op, wanted) = match shelving {
        Shelving::Archive => (Op::Archive, true),
        Shelving::Unarchive => (Op::Unarchive, false),
    };
    let change = (walked.log.archived() != wanted).then(|| Change { subject: Subject::of_run(&name), op });
    let said = match (shelving, &change) {
        (Shelving::Archive, Some(_)) => {
            let back = line::jalon(call, &["unarchive", &name]);
            Team::Archived(name, back)
        }
        (Shelving::Archive, None) => Team::AlreadyArchived(name),
        (Shelving::Unarchive, Some(_)) => Team::Unarchived(name),
        (Shelving::Unarchive, None) => Team::NotArchived(name),
    };
    finish(call, &mut walked, change, said)
}

/// The change that starts a walk over; none where that would change nothing.
fn reset(call: &Call, opened: &Opened, walked: &Walked) -> (Option<Change>, Team) {
    let place = walked.journal.place();
    let run = CleanText::line(&place.walk.run);
    // What counts is what a reset ends: also a note, and what left the guide.
    let counting = |record: &Record| record.change.op.concerns_item() && walked.log.counts(&record.dot);
    if !walked.log.records().iter().any(counting) {
        return (None, Team::NothingToReset(run));
    }
    let company = if place.is_shared() { Company::Team } else { Company::Alone };
    let done = call.report(&opened.guide, walked).done;
    let change = Change { subject: Subject::of_run(&run), op: Op::Reset };
    (Some(change), Team::StartedOver(run, done, company, line::jalon(call, &["undo"])))
}

/// What an undo or a redo does, told of the record that it is about.
fn told(log: &Log, change: Option<&Change>, say: impl FnOnce(&'static str, CleanText) -> Team) -> Option<Team> {
    let (Op::Undo { of } | Op::Redo { of }) = &change?.op else { return None };
    let record = history(log).into_iter().find(|line| line.device == of.device && line.n == of.n)?;
    Some(say(record.op, record.label))
}

/// Saves, and then tells.
fn finish(call: &Call, walked: &mut Walked, change: Option<Change>, said: Team) -> Result<ExitCode, End> {
    call.save(&mut walked.journal, change.as_slice())?;
    // Told only now: where nothing could be saved, that is the one line that counts.
    call.warn(walked.troubles.iter());
    call.page(&vec![Row::of(Role::Text, said.say(call.lang))])?;
    Ok(ExitCode::SUCCESS)
}
