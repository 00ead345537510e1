//! The quiet end of the checklist: what was settled and is no longer in the guide. Folded away until asked for; nothing
//! of it is erased, and nothing of it can be ticked.

use super::details::About;
use super::history;
use super::model::{CheckRow, Gone, Model};
use super::msg::Effect;
use crate::progress::{Op, Standing};

/// The rows, the title first; none where nothing is gone. `alone` where no other row stands above them.
pub(super) fn rows(model: &Model, alone: bool) -> Vec<CheckRow> {
    let gone = model.log.retired(&model.guide);
    if gone.is_empty() {
        return Vec::new();
    }
    // A guide that lost all its items leaves nothing else to show.
    let folded = !model.checklist.gone_shown;
    let mut rows: Vec<CheckRow> = (!alone).then_some(CheckRow::Gap).into_iter().collect();
    rows.push(CheckRow::GoneHead { count: gone.len() as u32, folded });
    if folded {
        return rows;
    }
    // The last one settled comes first, as in a journal.
    rows.extend(gone.into_iter().rev().map(|(id, record, entry)| {
        CheckRow::Gone(Box::new(Gone {
            id: id.clone(),
            label: record.change.subject.label.clone(),
            standing: match &record.change.op {
                Op::Skip { reason } => Standing::Skipped(reason.clone()),
                Op::Affirm => Standing::Upheld,
                _ => Standing::Done,
            },
            since: record.at.millis,
            by: record.by.clone(),
            note: entry.note.clone(),
        }))
    }));
    rows
}

/// Whether the selected row is one of these.
pub(super) fn is_selected(model: &Model) -> bool {
    matches!(selected(model), Some(CheckRow::GoneHead { .. } | CheckRow::Gone(_)))
}

/// Enter: unfolds or folds the title, shows an item's journal. Nothing where the selection is elsewhere.
pub(super) fn enter(model: &mut Model) -> Option<Vec<Effect>> {
    match selected(model)? {
        CheckRow::GoneHead { .. } => {
            model.checklist.gone_shown = !model.checklist.gone_shown;
            Some(Vec::new())
        }
        CheckRow::Gone(gone) => {
            let about = About::Gone(gone.id.clone());
            Some(history::open(model, about))
        }
        _ => None,
    }
}

/// Folds them away, and selects their title.
pub(super) fn fold(model: &mut Model) {
    model.checklist.gone_shown = false;
    let head = model.checklist.rows.iter().position(|r| matches!(r, CheckRow::GoneHead { .. }));
    model.checklist.selected = head.unwrap_or(model.checklist.selected);
}

/// Unfolds them; goes in where they are unfolded.
pub(super) fn unfold(model: &mut Model) {
    if let Some(CheckRow::GoneHead { folded, .. }) = selected(model) {
        let inside = !folded;
        model.checklist.gone_shown = true;
        model.checklist.selected += usize::from(inside);
    }
}

/// A click: the title folds and unfolds, a second one on an item shows its journal.
pub(super) fn click(model: &mut Model, again: bool) -> Vec<Effect> {
    match selected(model) {
        Some(CheckRow::Gone { .. }) if !again => Vec::new(),
        _ => enter(model).unwrap_or_default(),
    }
}

fn selected(model: &Model) -> Option<&CheckRow> {
    model.checklist.rows.get(model.checklist.selected)
}
