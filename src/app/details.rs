//! All that is known of one item, in sentences: its whole label, where it stands, who settled it and when, reason, note
//! and what waits for an answer. The foot of the checklist and the item's journal show it, for rows are cut.

use super::model::{CheckRow, Known, Model, Save};
use crate::guide::{CleanText, ItemId, ItemIndex, ItemKind};
use crate::layout::wrapped;
use crate::progress::{Entry, Op, Record, Standing, plain_id};
use crate::theme::Role;
use crate::words::{Day, Panel, Past, Stood, day, day_number};

/// An item of the guide, or one that is no longer in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// In the guide.
    Item(ItemIndex),
    /// No longer in it: the id that the journal knows it by.
    Gone(ItemId),
}

/// A paragraph and its role.
pub type Paragraph = (Role, String);

/// What is known of the selected row in at most `most` rows of `width` columns, the label first; nothing where the row
/// is no item's. Where that is too little, a cut is marked, and the item's journal says it all.
pub fn foot(model: &Model, width: u16, most: u16) -> Vec<Paragraph> {
    let told = selected(model).map(|about| of(model, &about)).unwrap_or_default();
    let (width, most) = (usize::from(width), usize::from(most));
    let mut parts = told.iter().map(|(role, text)| (*role, wrapped(text, width)));
    let Some((label_role, mut label)) = parts.next() else { return Vec::new() };
    let rest: Vec<Paragraph> = parts.flat_map(|(role, rows)| rows.into_iter().map(move |r| (role, r))).collect();
    // The label gives way, down to one row, before anything else does.
    shorten(&mut label, most.saturating_sub(rest.len()).max(1), model, |row| row);
    let mut rows: Vec<Paragraph> = label.into_iter().map(|row| (label_role, row)).collect();
    rows.extend(rest);
    shorten(&mut rows, most, model, |(_, row)| row);
    rows
}

/// Keeps so many rows, and marks the last one where there were more.
fn shorten<T>(rows: &mut Vec<T>, most: usize, model: &Model, text: impl Fn(&mut T) -> &mut String) {
    let cut = rows.len() > most;
    rows.truncate(most);
    if let Some(last) = rows.last_mut().filter(|_| cut) {
        text(last).push_str(model.glyphs().ellipsis);
    }
}

/// What the selected row of the checklist is about.
pub(super) fn selected(model: &Model) -> Option<About> {
    match model.checklist.rows.get(model.checklist.selected)? {
        CheckRow::Item { item, .. } => Some(About::Item(*item as usize)),
        CheckRow::Gone(gone) => Some(About::Gone(gone.id.clone())),
        CheckRow::Group { .. } | CheckRow::GoneHead { .. } | CheckRow::Gap => None,
    }
}

/// What is known of an item, its label first.
pub(super) fn of(model: &Model, about: &About) -> Vec<Paragraph> {
    match about {
        About::Item(item) => of_item(model, *item),
        About::Gone(id) => of_gone(model, id),
    }
}

/// A day as people tell it.
pub(super) fn told_day(model: &Model, millis: i64) -> Day {
    let number = |millis| day_number(millis, &model.zone);
    Day { ago: number(model.now) - number(millis), date: day(millis, &model.zone) }
}

fn of_item(model: &Model, index: ItemIndex) -> Vec<Paragraph> {
    let (Some(item), Some(known)) = (model.guide.items.get(index), model.known(index)) else {
        return Vec::new();
    };
    let Known { standing, save, since, by, note, carried, changed } = known;
    let number = item.number().map(|n| format!("{n}. ")).unwrap_or_default();
    let mut told = vec![(Role::PanelTitle, format!("{number}{}", item.label))];
    let mut tell = |role, past: Past| told.push((role, past.say(model.settings.lang).into_owned()));
    let (stood, role) = match (&standing, item.kind) {
        (Standing::Todo, ItemKind::Value) => (Stood::Unaffirmed, Role::Open),
        (Standing::Todo, _) => (Stood::Todo, Role::Open),
        (Standing::Done, _) if since.is_none() => (Stood::InFile, Role::Done),
        (Standing::Done, _) => (Stood::Done, Role::Done),
        (Standing::Skipped(_), _) => (Stood::Skipped, Role::Skipped),
        (Standing::Upheld, _) => (Stood::Upheld, Role::Important),
        (Standing::Due, _) => (Stood::Due, Role::Due),
    };
    match carried {
        Some(label) => {
            tell(Role::Warning, Past::Carried(label));
            // What was recorded of the text that the progress comes from.
            if let Some(carry) = model.log.carried(&item.id) {
                recorded(model, carry.entry, &mut tell);
            }
        }
        None => tell(role, Past::Stands(stood, by, since.map(|millis| told_day(model, millis)))),
    }
    if changed {
        tell(Role::Warning, Past::Changed);
    }
    if let Standing::Skipped(reason) = &standing {
        because(reason, &mut tell);
    }
    if let Some(note) = note {
        tell(Role::Note, Past::Note(note));
    }
    match save {
        Save::Saved => {}
        Save::Pending => told.push((Role::Pending, Panel::Saving.say(model.settings.lang).into_owned())),
        Save::Failed => told.push((Role::Danger, not_saved(model, &item.id))),
    }
    told
}

fn of_gone(model: &Model, id: &ItemId) -> Vec<Paragraph> {
    let gone = model.log.retired(&model.guide).into_iter().find(|(gone, ..)| *gone == id);
    let Some((_, record, entry)) = gone else { return Vec::new() };
    let mut told = vec![(Role::PanelTitle, record.change.subject.label.to_string())];
    let mut tell = |role, past: Past| told.push((role, past.say(model.settings.lang).into_owned()));
    tell(Role::Muted, Past::IsGone);
    recorded(model, entry, &mut tell);
    told
}

/// How, when and by whom something was settled, and its note.
fn recorded(model: &Model, entry: &Entry, tell: &mut impl FnMut(Role, Past)) {
    if let Some(record) = entry.settled() {
        let (stood, role) = stood(record);
        tell(role, Past::Stands(stood, Some(record.by.clone()), Some(told_day(model, record.at.millis))));
        if let Op::Skip { reason } = &record.change.op {
            because(reason, tell);
        }
    }
    if let Some(note) = &entry.note {
        tell(Role::Note, Past::Note(note.clone()));
    }
}

fn because(reason: &CleanText, tell: &mut impl FnMut(Role, Past)) {
    if !reason.is_empty() {
        tell(Role::Muted, Past::Because(reason.clone()));
    }
}

/// In which way a record settled what it is about.
fn stood(record: &Record) -> (Stood, Role) {
    match record.change.op {
        Op::Skip { .. } => (Stood::Skipped, Role::Skipped),
        Op::Affirm => (Stood::Upheld, Role::Important),
        _ => (Stood::Done, Role::Done),
    }
}

/// Why a change of the item is not on disk.
fn not_saved(model: &Model, id: &ItemId) -> String {
    let id = plain_id(id);
    let why = model.pending.iter().filter(|p| p.change.subject.id == id).find_map(|p| p.refused.as_ref());
    why.map_or_else(|| Panel::NotSaved.say(model.settings.lang).into_owned(), CleanText::to_string)
}
